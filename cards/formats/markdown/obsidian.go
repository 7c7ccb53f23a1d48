package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// flashTag is the tag under which Obsidian's plugin looks for cards; what follows its
// first slash is the deck.
var flashTag = regexp.MustCompile(`(?i)(?:^|\s)#flashcards((?:/[^\s#,]+)*)`)

// scheduleMark is the comment in which the plugin keeps its schedules.
var scheduleMark = regexp.MustCompile(`<!--\s*SR:(![^>]*?)-->`)

// obsidian reads the cards of Obsidian's spaced repetition: "Q::A", "Q:::A" both ways,
// blocks with a line "?" or "??", and texts with ==gaps==.
func (f *file) obsidian() {
	deck := flashDeck(f.meta["tags"])
	var paragraph []line
	for _, l := range f.lines() {
		trimmed := strings.TrimSpace(l.text)
		switch {
		case trimmed == "" && !l.code:
			f.paragraph(paragraph, deck)
			paragraph = nil
		case !l.code && onlyTags(trimmed):
			f.paragraph(paragraph, deck)
			paragraph = nil
			if d := flashDeck(trimmed); d != "" {
				deck = d
			}
		case !l.code && strings.HasPrefix(trimmed, "<!--") && strings.HasSuffix(trimmed, "-->") && scheduleMark.FindString(trimmed) == trimmed && len(paragraph) == 0:
			f.late(scheduleMark.FindStringSubmatch(trimmed)[1])
		default:
			paragraph = append(paragraph, l)
		}
	}
	f.paragraph(paragraph, deck)
	f.flush()
}

// flashDeck is the deck that a line of tags names: "science::physics", "" for none.
func flashDeck(text string) string {
	m := flashTag.FindStringSubmatch(" " + strings.Trim(text, `[]"'`))
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(strings.Trim(m[1], "/"), "/", "::")
}

func onlyTags(text string) bool {
	if !strings.HasPrefix(text, "#") {
		return false
	}
	for w := range strings.FieldsSeq(text) {
		if len(w) < 2 || w[0] != '#' || w[1] == '#' || strings.Contains(w, "::") {
			return false
		}
	}
	return true
}

// paragraph reads lines between blank ones: each line with a separator is a card,
// or the whole is one.
func (f *file) paragraph(lines []line, deck string) {
	for i, l := range lines {
		if t := strings.TrimSpace(l.text); !l.code && (t == "?" || t == "??") {
			f.multi(lines, i, t == "??", deck)
			return
		}
	}
	var rest []line
	for _, l := range lines {
		if !l.code {
			if front, back, both, ok := splitLine(l.text); ok && !f.property(l, front) {
				f.text(rest, deck)
				rest = nil
				k := basic
				if both {
					k = reversed
				}
				f.card(block{line: l.number, kind: k, front: front, back: back, deck: deck})
				continue
			}
			if s := scheduleMark.FindStringSubmatch(l.text); s != nil && len(rest) == 0 {
				f.late(s[1])
				continue
			}
		}
		rest = append(rest, l)
	}
	f.text(rest, deck)
}

// property reports whether a line "key:: value" is a property of the page.
func (f *file) property(l line, key string) bool {
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "type", "tags", "title", "alias", "aliases", "public", "description", "platforms", "id", "collapsed", "template", "date", "created", "updated":
		return l.number <= f.start+20
	}
	return false
}

// multi is a block whose question and answer are parted by a line.
func (f *file) multi(lines []line, at int, both bool, deck string) {
	b := block{line: lines[0].number, front: join(lines[:at]), back: join(lines[at+1:]), deck: deck}
	if both {
		b.kind = reversed
	}
	f.card(b)
}

// text is a paragraph without a separator: a card if it has gaps.
func (f *file) text(lines []line, deck string) {
	if len(lines) == 0 {
		return
	}
	text := join(lines)
	if strings.Contains(text, "==") || strings.Contains(text, "{{") {
		f.card(block{line: lines[0].number, kind: cloze, front: text, deck: deck})
	}
}

func join(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// splitLine cuts a line at its first "::" or ":::" outside of code and mathematics.
func splitLine(text string) (front, back string, both, ok bool) {
	if !strings.Contains(text, "::") {
		return "", "", false, false
	}
	covered := math.FindAllStringIndex(text, -1)
	for at := 0; ; {
		i := strings.Index(text[at:], "::")
		if i < 0 {
			return "", "", false, false
		}
		at += i
		if within(covered, at) || openCloze(text[:at]) {
			at += 2
			continue
		}
		n := 2
		if strings.HasPrefix(text[at:], ":::") {
			n, both = 3, true
		}
		front, back = text[:at], text[at+n:]
		return front, back, both, strings.TrimSpace(front) != "" && strings.TrimSpace(scheduleMark.ReplaceAllString(back, "")) != ""
	}
}

func within(spans [][]int, at int) bool {
	for _, s := range spans {
		if s[0] <= at && at < s[1] {
			return true
		}
	}
	return false
}

// openCloze reports whether a gap of Anki, "{{c1", is open at the end of text.
func openCloze(text string) bool {
	return strings.LastIndex(text, "{{") > strings.LastIndex(text, "}}")
}

// highlight is a gap of Obsidian: ==text==, perhaps with ^[hint] and a number ^[^1].
var highlight = regexp.MustCompile(`==([^=\n](?:[^\n]*?[^=\n])??)==(?:\^\[([^\]\n^]+)\])?(?:\^?\[\^(\d{1,3})\])?`)

// highlights marks ==text== as gaps, numbered in order unless they say a number.
func highlights(text string) (marked string, n int) {
	var p pieces
	text = p.protect(text, func(m string) (string, bool) { return m, true })
	next := 0
	text = highlight.ReplaceAllStringFunc(text, func(m string) string {
		s := highlight.FindStringSubmatch(m)
		number, err := strconv.Atoi(s[3])
		if err != nil || number == 0 {
			next++
			number = next
		}
		next = max(next, number)
		n++
		return gap(number, s[1], s[2])
	})
	return p.giveBack(text), n
}

// late is a schedule in a line of its own: it belongs to the card before it, if that
// has none yet. Older ones are left over.
func (f *file) late(schedule string) {
	if f.waiting != nil && f.waiting.schedule == "" {
		f.waiting.schedule = schedule
	}
}

// card waits for a schedule that may follow it.
func (f *file) card(b block) {
	f.flush()
	for _, part := range []*string{&b.front, &b.back} {
		if s := scheduleMark.FindStringSubmatch(*part); s != nil {
			b.schedule = s[1]
			*part = strings.TrimRight(scheduleMark.ReplaceAllString(*part, ""), " \n")
		}
	}
	if d := flashTag.FindStringIndex(b.front); d != nil && d[0] == 0 {
		b.deck = flashDeck(b.front[:d[1]])
		b.front = b.front[d[1]:]
	}
	f.waiting = &b
}

func (f *file) flush() {
	if b := f.waiting; b != nil {
		f.waiting = nil
		if b.kind == cloze {
			b.front, _ = highlights(b.front)
			f.gapped(*b)
		} else {
			f.question(*b)
		}
	}
}

// schedules reads "!2026-09-02,4,270!fsrs,...": for each card due date, interval in
// days and ease in percent, or what FSRS keeps. nil stands for a new card.
func schedules(text string) []*formats.Card {
	var out []*formats.Card
	for group := range strings.SplitSeq(strings.TrimPrefix(text, "!"), "!") {
		if len(out) == 500 {
			break
		}
		out = append(out, schedule(strings.Split(strings.TrimSpace(group), ",")))
	}
	return out
}

func schedule(parts []string) *formats.Card {
	if len(parts) >= 9 && parts[0] == "fsrs" {
		return fsrs(parts[1:])
	}
	const neverAsked = "2000-01-01" // what the plugin writes for a sibling without a schedule
	if len(parts) < 3 || parts[0] == neverAsked {
		return nil
	}
	due, err := time.Parse("2006-01-02", parts[0])
	interval, err2 := strconv.ParseFloat(parts[1], 64)
	ease, err3 := strconv.ParseFloat(parts[2], 64)
	if err != nil || err2 != nil || err3 != nil || due.Year() < 1970 || due.Year() > 2200 || !(interval >= 0 && interval < 1e5) || !(ease > 0 && ease < 5000) {
		return nil
	}
	return &formats.Card{State: formats.Reviewing, Due: dayOf(due), Interval: max(1, int(interval+0.5)), Ease: max(1300, int(ease*10)), Reps: 1, Passes: -1}
}

func dayOf(t time.Time) cards.Day { return cards.DayOf(t.Year(), t.Month(), t.Day()) }

// fsrs reads due, interval, stability, difficulty, state, answers, lapses, steps and
// the last answer.
func fsrs(parts []string) *formats.Card {
	due, err := time.Parse(time.RFC3339, parts[0])
	interval, err2 := strconv.ParseFloat(parts[1], 64)
	stability, err3 := strconv.ParseFloat(parts[2], 64)
	difficulty, err4 := strconv.ParseFloat(parts[3], 64)
	state, err5 := strconv.Atoi(parts[4])
	reps, err6 := strconv.Atoi(parts[5])
	lapses, err7 := strconv.Atoi(parts[6])
	for _, e := range []error{err, err2, err3, err4, err5, err6, err7} {
		if e != nil {
			return nil
		}
	}
	if !(interval >= 0 && interval < 1e5) || !(stability >= 0 && stability < 1e6) || !(difficulty >= 0 && difficulty <= 10) || state < 0 || state > 3 || reps < 0 || reps > 1e6 || lapses < 0 || lapses > reps || due.Year() < 1970 || due.Year() > 2200 {
		return nil
	}
	c := &formats.Card{
		State: []formats.State{formats.New, formats.Learning, formats.Reviewing, formats.Relearning}[state],
		Due:   dayOf(due), Interval: int(interval + 0.5), Ease: 2500, Reps: reps, Passes: -1, Lapses: lapses,
		Memory: `{"s":` + number(stability) + `,"d":` + number(difficulty) + `}`,
	}
	if c.State == formats.Learning || c.State == formats.Relearning {
		c.DueAt = due
	}
	return c
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func itoa(n int) string { return strconv.Itoa(n) }
