package generate

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"recto/cards"
	"recto/cards/extract"
)

// ofTerm makes a card only where the text says what the term means: common words
// are guessed or have synonyms.
// withoutHead is f without its last word where the sentence has that word before it and
// so gives half of the term away: of "a natural number ... is called a composite number",
// "composite" is asked for.
func (m *maker) withoutHead(f extract.Fact) extract.Fact {
	before, text := m.article.Text[f.Sentence.Start:f.Span.Start], f.Span.Of(m.article.Text)
	cut := strings.LastIndexByte(text, ' ')
	if cut > 0 && holds(before, text[cut+1:]) {
		f.Span.End = f.Span.Start + cut
	}
	return f
}

func (m *maker) ofTerm(f extract.Fact) ([]candidate, string) {
	if f.Type == "alias" {
		k, why := m.statement(f, gapMark+" (name)")
		return one(k, why)
	}
	if f.About.Len() <= 0 {
		return nil, "It is a common word, which other words could replace."
	}
	var out []candidate
	k, why := m.statement(m.withoutHead(f), gapFor(f.Fact))
	switch {
	case m.isPerson(f):
		why = "It says what somebody was, not what a word means."
	case why == "":
		out = append(out, k)
	}
	if k, ok := m.define(f); ok {
		out = append(out, k)
	}
	return out, why
}

// isPerson reports whether f's words are also the name of a person.
func (m *maker) isPerson(f extract.Fact) bool {
	for _, g := range m.passages[f.Index].facts {
		if g.Kind == cards.NameFact && g.Type == "person" && g.Span.Overlaps(f.Span) {
			return true
		}
	}
	return false
}

func one(k candidate, why string) ([]candidate, string) {
	if why != "" {
		return nil, why
	}
	return []candidate{k}, ""
}

// define asks what a term or a name means. The definition is the answer.
func (m *maker) define(f extract.Fact) (candidate, bool) {
	text := m.aboutOf(f)
	if n := len(strings.Fields(text)); n < 3 || n > 22 || passing.MatchString(text) {
		return candidate{}, false
	}
	k := m.newCandidate(f, "define", f.About)
	k.typ, k.turned, k.line = "", true, m.passages[f.Index].whole()
	k.front = m.whatOrWho(f) + " " + m.copula(f) + " " + plainText(f.Text) + "?"
	return k, true
}

// passing finds what says of somebody only what they were at a moment, or among others
// that the text names: "a guest this weekend", "the only holdout".
var passing = regexp.MustCompile(`(?i)\b(?:this|these|those|his|her|their)\b|^(?:the (?:only|same|other|next)|one of) `)

// copula is the form of "be" that stands between a term and what it is, or the one
// that fits the term.
func (m *maker) copula(f extract.Fact) string {
	p := m.passages[f.Index]
	for i := range p.tokens {
		w := p.lower(i)
		if p.tokens[i].Start >= f.Span.End && p.tokens[i].End <= f.About.Start && (w == "is" || w == "was" || w == "are" || w == "were") {
			return w
		}
	}
	if ix := p.inside(f.Span); len(ix) > 0 && strings.HasSuffix(p.tag(ix[len(ix)-1]), "S") {
		return "are"
	}
	return "is"
}

func (m *maker) whatOrWho(f extract.Fact) string {
	for _, n := range m.names.between(f.Index, f.Index+1) {
		if n.span.Overlaps(f.Span) && m.names.all[n.name].person {
			return "Who"
		}
	}
	return "What"
}

// ofAcronym asks what letters stand for, and for the letters.
func (m *maker) ofAcronym(f extract.Fact) ([]candidate, string) {
	if f.About.Len() <= 0 {
		return nil, "The article does not say what the letters stand for."
	}
	short, long := plainText(f.Text), m.aboutOf(f)
	k := m.newCandidate(f, "acronym", f.About)
	k.answer.Value = f.Value
	k.front = fmt.Sprintf("What does %s stand for?", oneOf(short))
	k.typ, k.line = "", m.passages[f.Index].whole()
	if initialsOf(short, long) {
		return []candidate{k}, ""
	}
	back := m.newCandidate(f, "acronym", f.Span)
	back.answer.Value = short
	back.front = fmt.Sprintf("What is the abbreviation of “%s”?", long)
	back.typ, back.turned, back.line = "", true, k.line
	return []candidate{k, back}, ""
}

// oneOf is an abbreviation without the "s" of several: "MoUs".
func oneOf(short string) string {
	if one := strings.TrimSuffix(short, "s"); len(one) > 1 && one[len(one)-1] >= 'A' && one[len(one)-1] <= 'Z' {
		return one
	}
	return short
}

// ofList asks for a list as a whole.
func (m *maker) ofList(f extract.Fact) ([]candidate, string) {
	n := len(f.Items)
	switch {
	case n < 3:
		return nil, "Two things make no list; they are asked for one by one."
	case n > 5:
		return nil, fmt.Sprintf("A list of %d is too long to be learnt as one answer.", n)
	}
	var items []string
	for _, s := range f.Items {
		text := plainText(s.Of(m.article.Text))
		if len(strings.Fields(text)) > 7 {
			return nil, "The items of the list are too long to be learnt word for word."
		}
		items = append(items, text)
	}
	if m.apposed(f, items) {
		return nil, "It is one thing and what is said of it, no list."
	}
	k, why := m.statement(f, fmt.Sprintf("%s (%d %s)", gapMark, n, m.sortOf(f)))
	if why != "" {
		return nil, why
	}
	k.family, k.typ = "set", ""
	k.back = strings.Join(items, "; ")
	return []candidate{k}, ""
}

// apposed reports whether a list is a name and what is said of it: "María Fernandez, a
// lawyer and attaché".
func (m *maker) apposed(f extract.Fact, items []string) bool {
	for _, s := range items[1:] {
		if isUpper(s) || strings.IndexFunc(s, unicode.IsUpper) >= 0 {
			return false
		}
	}
	for _, g := range m.passages[f.Index].facts {
		if g.Kind == cards.NameFact && g.Span == f.Items[0] {
			return true
		}
	}
	return false
}

// sortOf says what the items of a list are, "things" if they are not all of one sort.
func (m *maker) sortOf(f extract.Fact) string {
	sort := ""
	for _, item := range f.Items {
		typ := ""
		for _, g := range m.passages[f.Index].facts {
			if g.Kind == cards.NameFact && g.Span.Overlaps(item) && g.Span.Len()*5 >= item.Len()*4 && !g.Doubt {
				typ = plainType(g.Type)
			}
		}
		if typ == "" || sort != "" && sort != typ {
			return "things"
		}
		sort = typ
	}
	switch sort {
	case "person":
		return "people"
	case "place":
		return "places"
	case "organisation":
		return "organisations"
	}
	return "things"
}

// ofLife asks when a person was born or died.
func (m *maker) ofLife(f extract.Fact) ([]candidate, string) {
	who := m.aboutOf(f)
	if who == "" || !isUpper(who) {
		return nil, "It is not certain whose life it is."
	}
	asked := precisionWords[precision(f.Value)]
	k := m.newCandidate(f, "life", f.Span)
	k.line = m.passages[f.Index].whole()
	switch m.lifeEvent(f) {
	case "born":
		k.front = fmt.Sprintf("In what year was %s born?", who)
	case "died":
		k.front = fmt.Sprintf("In what year did %s die?", who)
	case "lived":
		k.front = fmt.Sprintf("When did %s live?", who)
	default:
		return nil, "It is not certain whether it is a birth or a death."
	}
	if asked != "year" {
		k.front = strings.Replace(k.front, "In what year", "When", 1)
	}
	return []candidate{k}, ""
}

// lifeEvent says whether a date of a life is its beginning, its end or both.
func (m *maker) lifeEvent(f extract.Fact) string {
	if precision(f.Value) == "range" {
		return "lived"
	}
	text := m.article.Text
	before := text[max(f.Sentence.Start, f.Span.Start-24):f.Span.Start]
	after := text[f.Span.End:min(f.Sentence.End, f.Span.End+12)]
	low := strings.ToLower(before)
	switch {
	case strings.HasSuffix(strings.TrimRight(low, " "), "–"), strings.HasSuffix(strings.TrimRight(low, " "), "-"), strings.HasSuffix(strings.TrimRight(low, " "), "—"):
		return "died"
	case strings.HasPrefix(strings.TrimLeft(after, " "), "–"), strings.HasPrefix(strings.TrimLeft(after, " "), "-"), strings.HasPrefix(strings.TrimLeft(after, " "), "—"):
		return "born"
	case strings.Contains(low, "born") || strings.Contains(low, "(b."):
		return "born"
	case strings.Contains(low, "died") || strings.Contains(low, "(d."):
		return "died"
	}
	return ""
}

// ofRole asks who holds an office. It needs the office to be unique and dated.
func (m *maker) ofRole(f extract.Fact) ([]candidate, string) {
	return nil, "The office is said in passing; the card of its holder shows it."
}

// minQuote and maxQuote bound the words of a quotation whose speaker is asked for.
const (
	minQuote = 5
	maxQuote = 34
)

// ofQuotation asks whose words they are.
func (m *maker) ofQuotation(f extract.Fact) ([]candidate, string) {
	who := m.aboutOf(f)
	switch {
	case who == "":
		return nil, "The text does not say plainly whose words they are."
	case !isUpper(bareName(who)):
		return nil, "Whose words they are is said with a pronoun or a common word only."
	}
	text := strings.Trim(plainText(f.Text), `"“”'‘’ ,.`)
	switch n := len(strings.Fields(text)); {
	case n < minQuote:
		return nil, "Only a few words are quoted, too few to know the speaker by."
	case n > maxQuote:
		return nil, "The quotation is too long for a card."
	}
	k := m.newCandidate(f, "quotation", f.About)
	k.typ, k.line = "", m.passages[f.Index].whole()
	k.front = "Whose words are these: “" + strings.NewReplacer("“", "‘", "”", "’", `"`, "'").Replace(text) + "”?"
	return []candidate{k}, ""
}

// ofCause asks why, where the effect is a clause that is certain.
func (m *maker) ofCause(f extract.Fact) ([]candidate, string) {
	const unsure = "A cause is asked for only where the sentence says one thing of which it is the cause."
	s, c, ok := m.clauseOf(f)
	if !ok || s.line.trusts(c) != certain || len(strings.Fields(f.Text)) > 16 || len(strings.Fields(f.Text)) < 2 {
		return nil, unsure
	}
	l := s.line
	ix := l.p.inside(f.Span)
	at := -1
	for q, i := range c.rest {
		if i == ix[0] {
			at = q
		}
	}
	if at < 0 || at+len(ix) != len(c.rest) {
		return nil, unsure
	}
	link := at
	for link > 0 && causeWords[l.p.lower(c.rest[link-1])] {
		link--
	}
	if link == at || link == 0 {
		return nil, unsure
	}
	for _, i := range c.rest[:link] {
		if t := l.p.tag(i); t == "WDT" || t == "WP" || t == "WRB" {
			return nil, unsure // the cause is that of the clause beside the main one
		}
	}
	front, ok := l.question("Why", c, c.rest[link:])
	if !ok {
		return nil, unsure
	}
	k := m.newCandidate(f, "why", f.Span)
	k.back = sentenceEnd(capitalise(l.render(c.rest[link:])))
	k.line, k.front, k.context, k.shown, k.trust = l.with(minus(l.keep, c.rest[link:])), front, s.context, s.shown, certain
	return []candidate{k}, ""
}

var causeWords = wordSet(`because of due to owing thanks as a result in response part`)
