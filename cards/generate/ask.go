package generate

import (
	"strings"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
)

// verbForms is the verb group of a question: what stands before the subject and
// what behind it.
type verbForms struct{ auxiliary, rest string }

// turn splits a clause's verbs around the subject of a question: "signed" becomes
// "did" and "sign". It reports false where the group cannot be turned.
func (l line) turn(c clause) (verbForms, bool) {
	var tail []string
	for _, i := range c.verbs[1:] {
		if l.p.lower(i) == "not" || l.p.lower(i) == "n't" {
			return verbForms{}, false
		}
		tail = append(tail, l.p.tokens[i].Form)
	}
	i := c.verbs[0]
	w := l.p.lower(i)
	switch {
	case l.p.tag(i) == "RB":
		return l.turnAdverb(c)
	case w == "is" || w == "are" || w == "was" || w == "were" || l.p.tag(i) == "MD":
		return verbForms{w, strings.Join(tail, " ")}, true
	case w == "had" && len(c.verbs) > 1:
		return l.turnPluperfect(c)
	case (w == "has" || w == "have" || w == "did" || w == "does" || w == "do") && len(c.verbs) > 1:
		return verbForms{w, strings.Join(tail, " ")}, true
	case strings.ContainsAny(w, "'’"):
		return verbForms{}, false
	}
	do := map[string]string{"VBD": "did", "VBZ": "does", "VBP": "do"}[l.p.tag(i)]
	if do == "" {
		return verbForms{}, false
	}
	return verbForms{do, strings.Join(append([]string{l.base(i)}, tail...), " ")}, true
}

// turnAdverb turns "formally recognised" into "did" and "formally recognise".
func (l line) turnAdverb(c clause) (verbForms, bool) {
	if len(c.verbs) < 2 {
		return verbForms{}, false
	}
	rest := c
	rest.verbs = c.verbs[1:]
	v, ok := l.turn(rest)
	if !ok {
		return v, false
	}
	v.rest = strings.TrimSpace(strings.ToLower(l.p.tokens[c.verbs[0]].Form) + " " + v.rest)
	return v, true
}

// turnPluperfect makes a simple past of it: asked for its own date, an event is
// before nothing else.
func (l line) turnPluperfect(c clause) (verbForms, bool) {
	main := c.main()
	if l.p.tag(main) != "VBN" && l.p.tag(main) != "VBD" {
		return verbForms{}, false
	}
	var adverbs []string
	for _, i := range c.verbs[1 : len(c.verbs)-1] {
		switch {
		case l.p.lower(i) == "been":
			be := "was"
			if l.plural(c.subject) {
				be = "were"
			}
			return verbForms{be, strings.Join(append(adverbs, l.p.tokens[main].Form), " ")}, true
		case l.p.tag(i) == "RB":
			adverbs = append(adverbs, l.p.tokens[i].Form)
		default:
			return verbForms{}, false
		}
	}
	return verbForms{"did", strings.Join(append(adverbs, l.base(main)), " ")}, true
}

func (l line) base(i int) string {
	if lemma := l.p.tokens[i].Lemma; lemma != "" {
		return lemma
	}
	return english.Base(l.p.lower(i))
}

func (l line) plural(subject []int) bool {
	for _, i := range subject {
		switch l.p.tag(i) {
		case "CC", "NNS", "NNPS":
			return true
		case "IN", "WDT":
			return false
		}
	}
	return false
}

// upTo open questions for the end of a time, or its beginning.
var upTo = wordSet(`By Since Until Till Before`)

// question words the clause as a question that begins with opening, the tokens of
// gone left out. Leading adverbials stand at its end.
func (l line) question(opening string, c clause, gone []int) (string, bool) {
	v, ok := l.turn(c)
	if !ok {
		return "", false
	}
	if upTo[firstWord(opening)] && l.p.lower(c.verbs[0]) == "had" && len(c.verbs) > 1 {
		v = verbForms{"had", l.render(c.verbs[1:])} // "By what year had the war ended"
	}
	subject := trimCommas(l.p, minus(c.subject, gone))
	if len(subject) == 0 {
		return "", false
	}
	parts := []string{opening, v.auxiliary, l.p.lowerStart(l.render(subject), subject[0]), v.rest}
	rest := l.shortened(trimCommas(l.p, minus(c.rest, gone)), len(subject))
	if len(rest) > 0 && (l.p.lower(rest[0]) == "," || l.p.lower(rest[0]) == ";") {
		parts[len(parts)-1] = strings.TrimSpace(parts[len(parts)-1]) + ","
	}
	parts = append(parts, l.render(rest))
	lead := trimCommas(l.p, minus(c.lead, gone))
	if text, ok := l.trailing(lead); ok {
		parts = append(parts, text)
	} else {
		return "", false
	}
	return unbracket(questionEnd(capitalise(tidy(strings.Join(parts, " "))))), true
}

// longQuestion is the number of words of a subject and what is said of it beyond which a
// question leaves out what stands behind a comma.
const longQuestion = 18

// shortened is rest, of a question whose subject has n words, without the places that it
// names behind a comma where it is long: "born in Boldog, near Burkhan Khaldun".
func (l line) shortened(rest []int, n int) []int {
	if n+len(rest) <= longQuestion {
		return rest
	}
	for q := 4; q+1 < len(rest); q++ {
		next := l.p.lower(rest[q+1])
		if l.p.lower(rest[q]) == "," && (next == "near" || next == "not" || next == "north" || next == "south" || next == "east" || next == "west" || next == "just" || next == "about") {
			return rest[:q]
		}
	}
	return rest
}

// trailing is a leading adverbial as it stands at the end of a question.
func (l line) trailing(lead []int) (string, bool) {
	if len(lead) == 0 {
		return "", true
	}
	if len(lead) == 1 && l.p.tag(lead[0]) == "RB" {
		return "", connective[l.p.lower(lead[0])] || moments[l.p.lower(lead[0])]
	}
	if len(lead) > 14 || datePrepositions[l.p.lower(lead[len(lead)-1])] {
		return "", false
	}
	return l.p.lowerStart(l.render(lead), lead[0]), true
}

// unbracket shows what was put in for a pronoun without brackets: the words of a
// question are no quotation.
func unbracket(s string) string { return strings.NewReplacer("[", "", "]", "").Replace(s) }

// clauseOf takes f's trimmed and settled sentence apart; the reason is "" where
// that could be done.
func (m *maker) clauseOf(f extract.Fact) (settled, clause, bool) {
	s, why := m.settle(m.passages[f.Index].trim(f.Span), f.Span)
	if why != "" || !s.line.covers(f.Span) {
		return s, clause{}, false
	}
	c, ok := s.line.clause()
	return s, c, ok
}

// states are verbs for what lasts, and has no one date.
var states = wordSet(`want know believe think like need hope fear seem consist contain include belong remain live own`)

// opinions are verbs for what somebody holds, which is learnt, not when it was said.
var opinions = wordSet(`suggest argue claim estimate note observe describe conclude say comment remark speculate predict expect`)

// when asks for f's date where it can be taken out of a clause that is certain.
func (m *maker) when(f extract.Fact) (candidate, bool) {
	s, c, ok := m.clauseOf(f)
	if !ok {
		return candidate{}, false
	}
	l := s.line
	ph, ok := l.datePhrase(c, f.Fact)
	if !ok {
		return candidate{}, false
	}
	opening := askDate(precision(f.Value), ph.preposition)
	if opening == "" || ph.preposition == "" && precision(f.Value) == "year" {
		return candidate{}, false
	}
	if w := l.p.lower(c.main()); w == "is" || w == "was" || w == "are" || w == "were" || l.p.lower(c.verbs[0]) == "has" || l.p.lower(c.verbs[0]) == "have" {
		return candidate{}, false // a state has no date, and what has happened none that is over
	}
	if verb := l.base(c.main()); states[verb] || opinions[verb] {
		return candidate{}, false
	}
	var arcs [][]int
	if !ph.lead {
		arcs = append(arcs, ph.tokens)
	}
	t := l.trusts(c, arcs...)
	if t == denied || l.otherDates(f, c) {
		return candidate{}, false
	}
	front, ok := l.question(opening, c, ph.tokens)
	if !ok {
		return candidate{}, false
	}
	k := m.newCandidate(f, "when", f.Span)
	k.line, k.front, k.context, k.shown, k.trust = l.with(minus(l.keep, ph.tokens)), front, s.context, s.shown, t
	return k, true
}

// otherDates reports whether another date of the clause would be left dangling by
// the question, or make it unclear which one is asked for.
func (l line) otherDates(f extract.Fact, c clause) bool {
	for _, i := range append(append([]int(nil), c.rest...), c.lead...) {
		t := l.p.tokens[i]
		if l.p.dated[i] && !f.Span.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			return true
		}
	}
	return false
}

// event asks what happened on f's date, where a clause of the text says it word for
// word and no other sentence speaks of that day.
func (m *maker) event(f extract.Fact) (candidate, bool) {
	if precision(f.Value) != "day" || !hasYear(f.Text) || m.days[f.Value] != 1 {
		return candidate{}, false
	}
	s, c, ok := m.clauseOf(f)
	if !ok || s.context != "" || len(s.line.swap) > 0 {
		return candidate{}, false
	}
	l := s.line
	ph, ok := l.datePhrase(c, f.Fact)
	if !ok || !ph.lead || ph.preposition != "on" || l.trusts(c) == denied || len(trimCommas(l.p, minus(c.lead, ph.tokens))) > 0 {
		return candidate{}, false
	}
	said := append(append(append([]int(nil), c.subject...), c.verbs...), trimCommas(l.p, c.rest)...)
	for n := 1; n < len(said); n++ {
		if said[n] != said[n-1]+1 {
			return candidate{}, false
		}
	}
	source := cards.Span{Start: l.p.tokens[said[0]].Start, End: l.p.tokens[said[len(said)-1]].End}
	k := m.newCandidate(f, "event", source)
	k.kind, k.typ = f.Kind, "happening"
	k.back = sentenceEnd(capitalise(k.answer.Text))
	k.front = "What happened on " + f.Text + "?"
	k.line, k.turned = l, true
	return k, true
}

var (
	roughly = wordSet(`over about nearly almost approximately around roughly some only than least most up to just under below above`)
	plurals = wordSet(`are were have do`)
)

// howMany asks for a count that is the object or the subject of a clause.
func (m *maker) howMany(f extract.Fact) (candidate, bool) {
	if f.About.Len() <= 0 || f.About.Start < f.Span.End {
		return candidate{}, false
	}
	s, c, ok := m.clauseOf(f)
	if !ok {
		return candidate{}, false
	}
	l := s.line
	whole := cards.Span{Start: f.Span.Start, End: f.About.End}
	ix := l.p.inside(whole)
	if len(ix) == 0 || !l.covers(whole) || ix[0] > 0 && roughly[l.p.lower(ix[0]-1)] {
		return candidate{}, false
	}
	if last := ix[len(ix)-1]; last+1 < len(l.p.tokens) && (l.p.lower(last+1) == "of" || l.p.tag(last+1) == "CC") {
		return candidate{}, false
	}
	counted := l.p.lowerStart(m.aboutOf(f), l.p.inside(f.About)[0])
	t := l.trusts(c)
	if t == denied {
		return candidate{}, false
	}
	var front string
	switch {
	case len(c.rest) > 0 && c.rest[0] == ix[0]:
		front, ok = l.question("How many "+counted, c, ix)
	case c.subject[0] == ix[0] && len(c.subject) >= len(ix):
		front, ok = l.subjectQuestion("How many "+counted, c, c.subject[:len(ix)])
	default:
		return candidate{}, false
	}
	if !ok {
		return candidate{}, false
	}
	k := m.newCandidate(f, "how-many", f.Span)
	k.line, k.front, k.context, k.shown, k.trust = l.with(minus(l.keep, l.p.inside(f.Span))), front, s.context, s.shown, t
	return k, true
}

// subjectQuestion asks for the subject: opening stands in the place of the tokens gone.
func (l line) subjectQuestion(opening string, c clause, gone []int) (string, bool) {
	after := minus(c.subject, gone)
	if len(c.verbs) > 1 && l.p.lower(c.verbs[0]) == "had" && l.p.lower(c.verbs[1]) != "been" && l.p.tag(c.main()) == "VBN" {
		l = l.showing(c.verbs[0], "").showing(c.main(), english.PastTense(l.base(c.main())))
	}
	ix := append(append(append([]int(nil), after...), c.verbs...), trimCommas(l.p, c.rest)...)
	lead, ok := l.trailing(trimCommas(l.p, c.lead))
	if !ok {
		return "", false
	}
	if lead != "" && len(ix) > 14 {
		return unbracket(questionEnd(capitalise(lead) + ", " + lowerOpening(opening) + " " + l.render(ix))), true
	}
	return unbracket(questionEnd(capitalise(tidy(opening + " " + l.render(ix) + " " + lead)))), true
}

// lowerOpening is a question's first words as they stand behind an adverbial.
func lowerOpening(opening string) string {
	first, rest, _ := strings.Cut(opening, " ")
	if rest == "" {
		return strings.ToLower(first)
	}
	return strings.ToLower(first) + " " + rest
}

var asker = map[string]string{"person": "Who", "country": "Which country", "organisation": "Which organisation", "organization": "Which organisation"}

// who asks for a name that is the whole subject of a certain clause.
func (m *maker) who(f extract.Fact) (candidate, bool) {
	opening := asker[f.Type]
	if opening == "" {
		return candidate{}, false
	}
	s, c, ok := m.clauseOf(f)
	if !ok || len(c.rest) < 4 {
		return candidate{}, false
	}
	l := s.line
	if l.trusts(c) != certain {
		return candidate{}, false
	}
	ix := l.p.inside(f.Span)
	for _, i := range minus(c.subject, ix) {
		if l.p.lower(i) != "the" {
			return candidate{}, false
		}
	}
	if len(minus(ix, c.subject)) > 0 || plurals[l.p.lower(c.verbs[0])] {
		return candidate{}, false
	}
	front, ok := l.subjectQuestion(opening, c, c.subject)
	if !ok {
		return candidate{}, false
	}
	k := m.newCandidate(f, "who", f.Span)
	k.line, k.front, k.context, k.shown, k.trust = l.with(minus(l.keep, ix)), front, s.context, s.shown, certain
	return k, true
}
