package markdown

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"recto/cards/formats"
)

var (
	cardMark  = regexp.MustCompile(`(?i)(?:^|\s)(?:#card|#\[\[card\]\]|\[\[card\]\])(?:\s|$)`)
	logTag    = regexp.MustCompile(`(?:^|\s)#(?:\[\[([^\]\n]+)\]\]|([^\s#,.;:!?\[\]()"']+))`)
	logProp   = regexp.MustCompile(`^([a-z][a-z0-9._-]*)::\s?(.*)$`)
	logCloze  = regexp.MustCompile(`\{\{cloze\s+(.+?)\s*\}\}`)
	codeSpans = regexp.MustCompile("`[^`\n]*`")
)

// bulleted is a block of an outline.
type bulleted struct {
	line   int
	indent int
	text   string
	props  map[string]string
	end    int // index after its last descendant
}

// logseq reads an outline in which blocks with #card are fronts and the blocks below
// them backs.
func (f *file) logseq() {
	blocks := f.outline()
	left := 10*len(blocks) + 10_000 // blocks that backs may have together: cards in cards repeat them
	for i := range blocks {
		b := &blocks[i]
		if !isCard(b.text) {
			continue
		}
		below := blocks[i+1 : b.end]
		below = below[:min(len(below), mostBelow, left)]
		if left -= len(below); len(below) < b.end-i-1 {
			f.warn(b.line, "there are too many blocks below this one; the last were left out")
		}
		card := block{line: b.line, back: children(below)}
		text := cardMark.ReplaceAllString(b.text, " ")
		for _, m := range logTag.FindAllStringSubmatch(codeSpans.ReplaceAllString(text, ""), -1) {
			card.tags = append(card.tags, m[1]+m[2])
		}
		card.front = strings.TrimSpace(logTag.ReplaceAllString(text, " "))
		if deck := b.props["deck"]; deck != "" {
			card.deck = strings.ReplaceAll(strings.Trim(deck, "[]"), "/", "::")
		}
		marked, n := logGaps(card.front)
		if n > 0 {
			card.front, card.kind = marked, cloze
		}
		f.logCard(card, b.props)
	}
}

func (f *file) logCard(b block, props map[string]string) {
	before := len(f.Draft.Cards)
	if b.kind == cloze {
		f.gapped(b)
	} else {
		f.question(b)
	}
	c := logSchedule(props)
	if c == nil {
		return
	}
	for i := before; i < len(f.Draft.Cards); i++ { // Logseq asks all gaps of a block at once
		is := &f.Draft.Cards[i]
		c.Note, c.Deck, c.Ordinal = is.Note, is.Deck, is.Ordinal
		*is = *c
	}
}

func isCard(text string) bool { return cardMark.MatchString(codeSpans.ReplaceAllString(text, "x")) }

// logGaps marks {{cloze text \\ cue}}.
func logGaps(text string) (marked string, n int) {
	marked = logCloze.ReplaceAllStringFunc(text, func(m string) string {
		inner := logCloze.FindStringSubmatch(m)[1]
		answer, cue := inner, ""
		if i := strings.LastIndex(inner, `\\`); i > 0 {
			answer, cue = strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+2:])
		}
		n++
		return gap(n, answer, cue)
	})
	return marked, n
}

// outline reads the blocks of a page. A line that is no bullet belongs to the bullet
// above it.
func (f *file) outline() []bulleted {
	var out []bulleted
	for _, l := range f.lines() {
		trimmed := strings.TrimLeft(l.text, "\t ")
		indent := width(l.text[:len(l.text)-len(trimmed)])
		if rest, ok := strings.CutPrefix(trimmed+" ", "- "); ok && !l.code {
			out = append(out, bulleted{line: l.number, indent: indent, text: strings.TrimSpace(rest), props: map[string]string{}})
			if p := logProp.FindStringSubmatch(strings.TrimSpace(rest)); p != nil {
				out[len(out)-1].text = ""
				out[len(out)-1].props[p[1]] = p[2]
			}
			continue
		}
		if len(out) == 0 {
			continue
		}
		b := &out[len(out)-1]
		if p := logProp.FindStringSubmatch(strings.TrimSpace(trimmed)); p != nil && !l.code {
			if len(b.props) < 100 {
				b.props[p[1]] = strings.TrimSpace(p[2])
			}
			continue
		}
		b.text += "\n" + unindent(l.text, b.indent+2)
	}
	var open []int
	for i := range out {
		for len(open) > 0 && out[open[len(open)-1]].indent >= out[i].indent {
			out[open[len(open)-1]].end = i
			open = open[:len(open)-1]
		}
		open = append(open, i)
	}
	for _, i := range open {
		out[i].end = len(out)
	}
	return out
}

// width is the number of columns of white space, a tab being four.
func width(space string) int { return len(space) + 3*strings.Count(space, "\t") }

func unindent(text string, by int) string {
	for by > 0 && text != "" && (text[0] == ' ' || text[0] == '\t') {
		if text[0] == '\t' {
			by -= 3
		}
		by--
		text = text[1:]
	}
	return text
}

// mostBelow is how many blocks one back may have.
const mostBelow = 200

// children is the Markdown of the blocks below one; a single block is no list.
func children(blocks []bulleted) string {
	if len(blocks) == 0 {
		return ""
	}
	if len(blocks) == 1 {
		return blocks[0].text
	}
	var b strings.Builder
	for _, c := range blocks {
		level := min(max(0, c.indent-blocks[0].indent)/2, 20)
		pad := strings.Repeat("  ", level)
		b.WriteString(pad + "- " + strings.ReplaceAll(c.text, "\n", "\n"+pad+"  ") + "\n")
	}
	return b.String()
}

// logSchedule reads the properties in which Logseq keeps a schedule; nil for a new
// card.
func logSchedule(props map[string]string) *formats.Card {
	next, err := time.Parse(time.RFC3339, props["card-next-schedule"])
	if err != nil || next.Year() < 1970 || next.Year() > 2200 {
		return nil
	}
	interval, _ := strconv.ParseFloat(props["card-last-interval"], 64)
	ease, _ := strconv.ParseFloat(props["card-ease-factor"], 64)
	repeats, _ := strconv.Atoi(props["card-repeats"])
	score, err := strconv.Atoi(props["card-last-score"])
	if !(interval >= 0 && interval < 1e5) || !(ease >= 0 && ease < 50) || repeats < 0 || repeats > 1e6 {
		return nil
	}
	c := &formats.Card{State: formats.Reviewing, Due: dayOf(next), Interval: max(1, int(interval+0.5)), Ease: max(1300, int(ease*1000+0.5)), Reps: max(1, repeats), Passes: repeats}
	if err == nil && score < 3 {
		c.State, c.DueAt, c.Passes, c.Interval = formats.Learning, next, 0, 0
	}
	if last, err := time.Parse(time.RFC3339, props["card-last-reviewed"]); err == nil {
		c.Modified = last
	}
	return c
}
