package generate

import (
	"regexp"
	"strings"

	"recto/cards"
	"recto/cards/extract"
)

// ofDate makes the cards of a date: a question or a gap, and what happened then.
func (m *maker) ofDate(f extract.Fact) ([]candidate, string) {
	if f.Type == "life" {
		return m.ofLife(f)
	}
	if before, of := strings.CutSuffix(m.article.Text[f.Sentence.Start:f.Span.Start], " of "); of && precision(f.Value) == "day" && isUpper(lastWord(before)) {
		return nil, "The date is part of a name."
	}
	if m.withinName(f) {
		return nil, "The date is part of a name."
	}
	if f.Far {
		return nil, farReason
	}
	if m.cited(f) {
		return nil, referenceReason
	}
	if m.datesPerson(f) {
		return nil, referenceReason
	}
	if m.paired(f) {
		return nil, "It is one of several dates that the sentence names side by side."
	}
	var out []candidate
	if k, ok := m.when(f); ok {
		out = append(out, m.dated(k, f))
	}
	if k, ok := m.happening(f); ok && len(out) == 0 {
		out = append(out, m.dated(k, f))
	}
	k, why := m.statement(f, m.dateGap(f))
	if why == "" {
		out = append(out, m.dated(k, f))
	}
	if k, ok := m.event(f); ok {
		out = append(out, k)
	}
	return out, why
}

// withinName reports whether f stands inside a name: "the NATO 2022 Strategic Concept".
func (m *maker) withinName(f extract.Fact) bool {
	for _, n := range m.passages[f.Index].facts {
		if n.Kind == cards.NameFact && n.Type != "role" && n.Span.Start < f.Span.Start && n.Span.Contains(f.Span) {
			return true
		}
	}
	return false
}

// datesPerson reports whether f is a year alone in brackets behind a person, which is
// that of a writing: "Holt (1971) found".
func (m *maker) datesPerson(f extract.Fact) bool {
	if !m.bracketed(f) || precision(f.Value) != "year" {
		return false
	}
	for _, g := range m.passages[f.Index].facts {
		if g.Type == "person" && g.Span.End == f.Span.Start-2 {
			return true
		}
	}
	return false
}

// paired reports whether another date of the same precision stands beside f's with
// no more than "and" between: "2014 and 2015".
func (m *maker) paired(f extract.Fact) bool {
	for _, g := range m.passages[f.Index].facts {
		if g.Kind != cards.DateFact || g.Span == f.Span || precision(g.Value) != precision(f.Value) {
			continue
		}
		between := cards.Span{Start: g.Span.End, End: f.Span.Start}
		if g.Span.Start > f.Span.Start {
			between = cards.Span{Start: f.Span.End, End: g.Span.Start}
		}
		if between.Len() < 0 || between.Len() > 16 {
			continue
		}
		said := strings.Fields(strings.Trim(between.Of(m.article.Text), " ,"))
		for len(said) > 1 && datedParts[said[len(said)-1]] {
			said = said[:len(said)-1]
		}
		switch strings.Join(said, " ") {
		case "and", "or", "", "to", "–", "-":
			return true
		}
	}
	return false
}

// dateGap is the gap of a date, with the preposition that a date worked out from
// "the same year" lacks.
func (m *maker) dateGap(f extract.Fact) string {
	gap := gapFor(f.Fact)
	words := dateWords(f.Value)
	if f.Derived == "" || words == "" || words == f.Text || strings.HasSuffix(words, " "+strings.TrimSpace(f.Text)) || strings.HasPrefix(words, f.Text+" ") {
		return gap
	}
	p := m.passages[f.Index]
	first := p.inside(f.Span)
	if len(first) > 0 && first[0] > 0 && (datePrepositions[p.lower(first[0]-1)] || datedParts[p.lower(first[0]-1)] && p.lower(first[0]-1) != "and") {
		return gap
	}
	on := "in "
	if precision(f.Value) == "day" {
		on = "on "
	}
	return on + gap
}

// dated gives a card of a date that the text only points at ("the following month")
// the date that was worked out as its answer.
func (m *maker) dated(k candidate, f extract.Fact) candidate {
	if f.Derived == "" {
		return k
	}
	words := saidWhole(f.Fact)
	if words != "" && words != k.answer.Text {
		k.answer.Text, k.back, k.normal = words, words, f.Derived
	}
	return k
}

// saidWhole is a date in words, with the year that its text lacks, "" where it cannot be
// said: in the text's own order of month and day.
func saidWhole(f cards.Fact) string {
	if words := dateWords(f.Value); words != "" && !monthFirst.MatchString(f.Text) {
		return words
	}
	return withYear(plainText(f.Text), f.Value)
}

// monthFirst is a day of a month as Americans write it.
var monthFirst = regexp.MustCompile(`^\p{Lu}\p{Ll}+\.? \d{1,2}(?:st|nd|rd|th)?$`)

// withYear is the text of several dates with the year that it lacks and their EDTF value
// has: "May 4 and 5, 1865". It is "" where the dates are of several years.
func withYear(text, edtf string) string {
	year := ""
	for _, date := range strings.FieldsFunc(edtf, func(r rune) bool { return strings.ContainsRune("{},/", r) }) {
		if len(date) < 7 || date[0] == '-' || strings.ContainsAny(date, "X~?%") || year != "" && date[:4] != year {
			return ""
		}
		year = date[:4]
	}
	if year == "" || strings.Contains(text, year) {
		return ""
	}
	return text + ", " + year
}

func (m *maker) ofQuantity(f extract.Fact) ([]candidate, string) {
	var out []candidate
	switch {
	case m.withinName(f):
		return nil, "The number is part of a name."
	case f.Type == "duration" && strings.ContainsAny(f.Text, "-‑") && !strings.ContainsAny(f.Text, " "):
		return nil, "It only describes the word behind it."
	case f.Type == "duration" && m.rate(f):
		return nil, "It tells how often, not how long."
	}
	if f.Type == "count" || f.Type == "" || f.Type == "number" {
		if small(f.Text) && m.afterThe(f) {
			return nil, "It only counts what the sentence has named already."
		}
		if m.yearOrNumber(f) {
			return nil, "It may be a year or a number; the sentence does not say which."
		}
		if k, ok := m.howMany(f); ok {
			out = append(out, k)
		}
	}
	k, why := m.statement(f, gapFor(f.Fact))
	if why == "" {
		out = append(out, k)
	}
	return out, why
}

// yearOrNumber reports whether f is a bare number of two to four digits where a year
// could stand: "after 211".
func (m *maker) yearOrNumber(f extract.Fact) bool {
	if f.About.Len() > 0 || len(f.Text) < 2 || len(f.Text) > 4 || strings.Trim(f.Text, "0123456789") != "" {
		return false
	}
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 || ix[0] == 0 {
		return false
	}
	last := ix[len(ix)-1]
	if last+1 < len(p.tokens) && (p.noun(last+1) || strings.HasPrefix(p.tag(last+1), "JJ") || p.lower(last+1) == "of") {
		return false
	}
	switch p.lower(ix[0] - 1) {
	case "of":
		return ix[0] > 1 && months[p.lower(ix[0]-2)] // "in December of 384"
	case "after", "around", "before", "by", "until", "since", "in", "circa", "from", "c.":
		return true
	}
	return false
}

// rate reports whether f is so much time of another: "5 days per week".
func (m *maker) rate(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 || ix[len(ix)-1]+2 >= len(p.tokens) {
		return false
	}
	last := ix[len(ix)-1]
	w := p.lower(last + 1)
	return (w == "per" || w == "a" || w == "each" || w == "every") && timeUnits[p.lower(last+2)]
}

var smallNumbers = wordSet(`one two three four five 1 2 3 4 5`)

func small(text string) bool { return smallNumbers[strings.ToLower(text)] }

// afterThe reports whether a definite word stands before the answer: "the two", "both".
func (m *maker) afterThe(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 || ix[0] == 0 {
		return false
	}
	switch p.lower(ix[0] - 1) {
	case "remaining", "other", "last", "next", "following", "previous":
		return true
	case "the", "these", "those", "all", "its", "his", "her", "their", "no", "any", "each", "this", "that":
		return true
	}
	return false
}

func (m *maker) ofName(f extract.Fact) ([]candidate, string) {
	switch {
	case f.Type == "role":
		return m.ofRole(f)
	case m.back.titled(f.Text):
		return nil, "The title tells it."
	case m.cited(f):
		return nil, referenceReason
	case f.Type == "country" && m.common(f):
		return nil, "The article speaks of this country throughout, so it could be guessed."
	case m.listed(f) > 2:
		return nil, "It is one of several that the sentence names side by side."
	case months[strings.ToLower(f.Text)] || weekdays[strings.TrimSuffix(strings.ToLower(f.Text), "s")] || seasons[strings.ToLower(f.Text)]:
		return nil, "It is a part of the year or of the week, not a name."
	case m.manyThings(f):
		return nil, "It is a common noun, not a name."
	case everyones[strings.ToLower(bareName(f.Text))]:
		return nil, "Everybody knows the name, so it could be guessed."
	case ranked(f.Text):
		return nil, "It is a rank, a degree or a faith, not a name."
	case onlyOffice(f.Text):
		return nil, "It is an office, not a name."
	case m.adjective(f):
		return nil, "It is an adjective made of a name, which could be guessed."
	case m.clippedFront(f):
		return nil, "The answer is only a part of a name."
	case m.bracketed(f):
		return nil, "It stands in brackets behind what it is another name of."
	}
	var out []candidate
	doubt := f.Doubt || m.doubtful(f)
	if f.Type == "person" && !m.surelyPerson(f) || doubt {
		f.Type = "unsure"
	}
	if k, ok := m.who(f); ok {
		out = append(out, k)
	}
	k, why := m.statement(f, gapFor(f.Fact))
	if why == "" {
		out = append(out, k)
	}
	for i := range out {
		out[i].doubt = doubt
	}
	return out, why
}

var seasons = wordSet(`spring summer autumn winter`)

var offices = wordSet(`president undersecretary director spokesperson spokesman spokeswoman vice prime minister king queen emperor empress general pope chancellor governor mayor secretary ambassador premier prince princess chairman
	senator admiral colonel captain bishop archbishop doctor professor judge justice congress parliament government council senate cabinet state army navy of the`)

var ranks = wordSet(`major lieutenant sergeant corporal brigadier commander commodore marshal private cadet phd ph.d doctorate bachelor master mba ba bsc ma msc catholic protestant christian muslim jew jewish
	hindu buddhist anglican orthodox lutheran methodist baptist presbyterian calvinist roman greek sunni shia islam christianity catholicism protestantism`)

// ranked reports whether a name is made of ranks, degrees or faiths only.
func ranked(s string) bool {
	ws := strings.Fields(strings.ToLower(s))
	for _, w := range ws {
		if !ranks[strings.Trim(w, ".,")] {
			return false
		}
	}
	return len(ws) > 0
}

// onlyOffice reports whether a name has no word of its own: "Prime Minister".
func onlyOffice(s string) bool {
	ws := words(strings.ToLower(s))
	for i, w := range ws {
		part := officers[ws[len(ws)-1]] && (officeParts[w] || i == 0 && demonym(w))
		if !offices[w] && !part {
			return false
		}
	}
	return true
}

// officers hold offices, whose names have officeParts that are none themselves: "Soviet
// Deputy Foreign Minister".
var (
	officers = wordSet(`president minister secretary ambassador chancellor commissioner commander general chief officer`)
	//nolint:misspell // texts have both spellings
	officeParts = wordSet(
		`deputy foreign acting assistant defence defense interior finance affairs first supreme grand chief high soviet us union federal national officer commander commissioner`)
)

// adjective reports whether a name stands for something else before a noun: "North
// Korean weapons".
func (m *maker) adjective(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 {
		return false
	}
	last := ix[len(ix)-1]
	return strings.HasPrefix(p.tag(last), "JJ") || demonym(p.tokens[last].Form) && last+1 < len(p.tokens) && p.noun(last+1)
}

// manyThings reports whether a name is the plural of a common noun with a capital letter:
// "Directives", "Treaties".
func (m *maker) manyThings(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	return len(ix) == 1 && (p.tag(ix[0]) == "NNPS" || p.tag(ix[0]) == "NNS") && abstractPlural.MatchString(f.Text)
}

// abstractPlural is the plural of a noun that is hardly part of a name alone.
var abstractPlural = regexp.MustCompile(`(?:ions|ives|ties|ments|ances|ences|nesses|ships|isms|ioners)$`)

// clippedFront reports whether a name of a body begins in the middle: "Doctor Who
// [Society of Norland]".
func (m *maker) clippedFront(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if f.Type != "organisation" || len(ix) == 0 || ix[0] < 2 {
		return false
	}
	w := p.tokens[ix[0]-1]
	return w.XPOS == "NNP" && isUpper(w.Form) && len(w.Form) > 1 && isLower(w.Form[1:]) && !demonym(w.Form) && !offices[strings.ToLower(w.Form)] && !p.people[ix[0]-1]
}

// bracketed reports whether the answer is all that stands in a pair of brackets.
func (m *maker) bracketed(f extract.Fact) bool {
	text := m.article.Text
	return f.Span.Start > 0 && f.Span.End < len(text) && text[f.Span.Start-1] == '(' && text[f.Span.End] == ')'
}

// surelyPerson reports whether more than a tag speaks for a person: a name of several
// words, one that is the surname of such, or an office before it.
func (m *maker) surelyPerson(f extract.Fact) bool {
	full := bareName(f.Text)
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 || f.Doubt {
		return false
	}
	if last := ix[len(ix)-1] + 1; afterArticle(m.article.Text, f.Span.Start) || last < len(p.tokens) && (p.tag(last) == "NN" || p.tag(last) == "NNS") {
		return false // "the Viet Cong", "the Kennedy administration"
	}
	if strings.ContainsRune(full, ' ') {
		return true
	}
	for _, id := range m.names.byTail[strings.ToLower(full)] {
		if n := m.names.all[id]; n.person && strings.ContainsRune(n.full, ' ') {
			return true
		}
	}
	for _, g := range p.facts {
		if g.Type == "role" && g.Span.End <= f.Span.Start && f.Span.Start-g.Span.End <= 2 {
			return true
		}
	}
	return false
}

// common reports whether a name stands in so many sentences that it is the first
// guess for any gap.
func (m *maker) common(f extract.Fact) bool {
	n := m.back.occurrences(f.Text)
	return n >= 3 && n*8 >= len(m.passages)
}

// listed is how many names of the same sort stand side by side with f, f included.
func (m *maker) listed(f extract.Fact) int {
	p := m.passages[f.Index]
	most := 1
	for _, g := range p.facts {
		if g.Kind == cards.ListFact && g.Span.Contains(f.Span) && len(g.Items) > most {
			for _, item := range g.Items {
				if item == f.Span {
					most = len(g.Items)
				}
			}
		}
	}
	return most
}
