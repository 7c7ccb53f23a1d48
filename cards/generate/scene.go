package generate

import (
	"regexp"
	"strings"
	"unicode"

	"recto/cards"
)

// maxTitle is how many words of a title a card shows.
const maxTitle = 10

// maxHeading is how many words of a heading a card shows.
const maxHeading = 6

// sceneMark stands between the parts of a scene.
const sceneMark = " · "

// headingYear is the year that a heading begins with: "2007: The surge".
var headingYear = regexp.MustCompile(`^\d{4}(?:[–-]\d{2,4})?: `)

// scene says where a card plays, as far as the front does not: the title of the
// article, the heading above the sentence, and the year that the sentences around tell,
// as in "World War I · Eastern Front · 1916". It stands in the line of context, before
// what is there. A card is met among thousands of others, far from its article.
func (m *maker) scene(c candidate) string {
	title := shortTitle(plainText(m.article.Title))
	if title != "" && (c.context == plainText(m.article.Title) || !titleHelps(title, c.context+" "+c.front, c.answer.Text)) {
		title = ""
	}
	heading, year := m.headingOf(c), m.yearOf(c)
	if hasYear(heading) {
		year = ""
	}
	var parts []string
	for _, part := range []string{title, heading, year} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, sceneMark)
}

// headingOf is the heading above the sentence of a card where it has a name of the article:
// "Battle of Verdun", not "Early life".
func (m *maker) headingOf(c candidate) string {
	if c.p.block >= len(m.article.Blocks) {
		return ""
	}
	heading := shortTitle(headingYear.ReplaceAllString(plainText(m.article.Blocks[c.p.block].Heading), ""))
	ws := strings.Fields(heading)
	named := false
	for _, w := range ws {
		named = named || isUpper(w) && len(m.names.byTail[strings.ToLower(w)]) > 0
	}
	if !named || len(ws) > maxHeading || strings.Contains(heading, ": ") || !titleHelps(heading, m.article.Title+" "+c.context+" "+c.front, c.answer.Text) {
		return ""
	}
	return heading
}

// inScene is a line of context behind the scene.
func inScene(scene, context string) string {
	switch {
	case scene == "":
		return context
	case context == "":
		return scene
	}
	return scene + ": " + context
}

// yearScene is a scene of a year alone.
var yearScene = regexp.MustCompile(`^\d{4}(?:: |$)`)

// splitScene parts a line of context into the scene, of the title and what goes with it
// or of a year, and what stands behind it. It undoes inScene.
func splitScene(title, line string) (scene, context string) {
	if title != "" {
		switch after, found := strings.CutPrefix(line, title); {
		case found && strings.HasPrefix(after, sceneMark):
			more, context, _ := strings.Cut(after, ": ")
			return title + more, context
		case found && after == "":
			return title, ""
		case found && strings.HasPrefix(after, ": "):
			return title, after[2:]
		}
	}
	if year := yearScene.FindString(line); year != "" {
		return year[:4], line[len(year):]
	}
	return "", line
}

// titleNumber is a number before a heading: "2. Methods".
var titleNumber = regexp.MustCompile(`^(?:\d{1,3}\.?|\d+(?:\.\d+)+\.?|\d+\.)\s+`)

// shortTitle is a title without the name of the site behind it and without a second
// half, "" where it is too long to stand above a card.
func shortTitle(title string) string {
	title = titleNumber.ReplaceAllString(title, "")
	for _, mark := range []string{" | ", " – ", " — ", " - ", ": "} {
		if before, _, cut := strings.Cut(title, mark); cut && len(strings.Fields(before)) > 1 {
			title = before
		}
	}
	title = strings.TrimRight(title, ".:,; ")
	if n := len(strings.Fields(title)); n == 0 || n > maxTitle || strings.ContainsAny(title, "<>{}[]|\n") { // markup
		return ""
	}
	return title
}

// emptyTitles are words of titles that tell nothing of what an article is about.
var emptyTitles = wordSet(`introduction abstract background overview history understand summary preface foreword contents article untitled document home page notes chapter part section`)

// titleHelps reports whether a title tells what a card leaves open, and not its answer:
// less than half of its words that mean something stand on the card, and of the words of
// the answer not the last and no more than half in it. A name of few words helps unless
// the card has it whole.
func titleHelps(title, shown, answer string) bool {
	on := map[string]bool{}
	for _, w := range words(shown) {
		on[stem(w)] = true
	}
	var telling, known int
	name := true
	for i, w := range words(title) {
		if functionWords[strings.ToLower(w)] {
			continue
		}
		telling++
		if emptyTitles[strings.ToLower(w)] {
			return false
		}
		if on[stem(w)] {
			known++
		}
		name = name && (i == 0 || unicode.IsUpper([]rune(w)[0]) || unicode.IsDigit([]rune(w)[0]))
	}
	switch {
	case telling == 0 || betrays(title, answer):
		return false
	case name && len(strings.Fields(title)) <= 4:
		return known < telling
	}
	return 2*known < telling
}

// betrays reports whether a title has the last word of an answer, or more than half of
// those that mean something.
func betrays(title, answer string) bool {
	in := map[string]bool{}
	for _, w := range words(title) {
		in[stem(w)] = !functionWords[strings.ToLower(w)]
	}
	shared, telling, last := 0, 0, false
	for _, w := range words(answer) {
		if functionWords[strings.ToLower(w)] {
			continue
		}
		telling++
		last = in[stem(w)]
		if last {
			shared++
		}
	}
	return last || 2*shared > telling
}

// stem is a word without its ending, roughly.
func stem(w string) string {
	r := []rune(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(w), "'s"), "’s"))
	if len(r) > 5 {
		r = r[:5]
	}
	return string(r)
}

// yearOf is the year in which what a card tells happened, where it happened at a time,
// neither the card nor its answer has a year, and the sentences of the paragraph leave
// no other: its own date, the date right before it, or those before and behind it.
func (m *maker) yearOf(c candidate) string {
	if c.kind == cards.DateFact || hasYear(c.front+" "+c.context+" "+c.answer.Text) || !c.p.past() || decades.MatchString(c.front+" "+c.context) {
		return ""
	}
	for _, f := range c.p.facts {
		if f.Kind == cards.QuantityFact && f.Type == "duration" && strings.Contains(f.Text, "year") {
			return "" // "six years in a row"
		}
	}
	own, sure := m.yearsIn(c.p)
	switch {
	case !sure || len(own) > 1:
		return ""
	case len(own) == 1:
		return own[0]
	}
	if turning[c.p.lower(0)] || c.p.lower(0) == "following" {
		return "" // "After the first landing, ..."
	}
	before, behind := "", ""
	for i := c.p.index - 1; i >= 0 && c.p.index-i <= 4 && m.passages[i].block == c.p.block && before == ""; i-- {
		list, sure := m.yearsIn(m.passages[i])
		if !sure || len(list) > 1 {
			return ""
		}
		before = strings.Join(list, "")
	}
	for i := c.p.index + 1; i < len(m.passages) && i-c.p.index <= 4 && m.passages[i].block == c.p.block && behind == ""; i++ {
		list, sure := m.yearsIn(m.passages[i])
		if !sure || len(list) > 1 {
			break
		}
		behind = strings.Join(list, "")
	}
	if before == "" || behind != "" && behind != before {
		return ""
	}
	if near, _ := m.yearsIn(m.passages[c.p.index-1]); behind == "" && (len(near) == 0 || m.passages[c.p.index-1].block != c.p.block) {
		return "" // told too long ago, and not again
	}
	return before
}

// decades are times that are no year and say enough.
var decades = regexp.MustCompile(`\b\d{3}0s\b|\bcentury\b|\bBC\b|\bera\b|\bage\b`)

// turning are words before a date that the sentence does not play in.
var turning = wordSet(`since until till by before after from to than`)

// yearsIn lists the years of the dates of a sentence, and whether all of its dates are
// of a sure year.
func (m *maker) yearsIn(p *passage) (years []string, sure bool) {
	for _, f := range p.facts {
		if f.Kind != cards.DateFact {
			continue
		}
		switch precision(f.Value) {
		case "year", "month", "day", "season":
		default:
			return nil, false
		}
		if first := p.inside(f.Span); len(first) > 0 && first[0] > 0 && turning[p.lower(first[0]-1)] {
			return nil, false // "since 1978" tells of the time from then on
		}
		if f.Far || strings.ContainsAny(f.Value, "~?%X") || len(f.Value) < 4 || f.Value[0] == '-' {
			return nil, false
		}
		if year := f.Value[:4]; len(years) == 0 || years[len(years)-1] != year {
			years = append(years, year)
		}
	}
	return years, true
}

// past reports whether a sentence tells what happened: its first verb is of the past,
// and none is of the present.
func (p *passage) past() bool {
	found := false
	for i := range p.tokens {
		switch p.tag(i) {
		case "VBZ", "VBP":
			return false
		case "VBD":
			found = true
		}
	}
	return found
}
