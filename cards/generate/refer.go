package generate

import (
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/extract"
)

// settled is a line that stands alone, or does so with a context line above it.
type settled struct {
	line    line
	context string
	shown   bool // context is the sentence before
}

const leansReason = "The sentence leans on the text before it, which one line above a card cannot stand in for."

// settle puts in l's place of what leans on the text before what it stands for, in
// brackets, where that is certain; else it finds the line of context that explains
// it. It returns a reason where neither can be done.
func (m *maker) settle(l line, answer cards.Span) (settled, string) {
	l = l.dropTimeLead(answer)
	l, open := m.resolve(l, answer)
	if len(open) == 0 {
		return settled{line: l}, ""
	}
	for _, o := range open {
		if o.sort == leanSpeaker {
			return settled{}, "The author speaks of themselves or of the article, and a card has no author."
		}
	}
	if rest := m.untitled(open, answer); len(rest) > 0 {
		open = rest
	}
	text, shown, ok := m.contextOf(l, open, answer)
	switch {
	case !ok && l.marginal(open):
		return settled{line: l}, ""
	case !ok:
		return settled{}, leansReason
	}
	return settled{l, text, shown}, ""
}

// untitled are those of open that the title, which stands above the card, does not explain.
func (m *maker) untitled(open []lean, answer cards.Span) []lean {
	title := shortTitle(plainText(m.article.Title))
	if title == "" || !titleHelps(title, "", answer.Of(m.article.Text)) {
		return open
	}
	var out []lean
	for _, o := range open {
		if o.sort != leanDefinite || !m.back.title[o.head] {
			out = append(out, o)
		}
	}
	return out
}

// marginal reports whether all that is left open is definite nouns behind the verb:
// most readers understand "the territory" there, and the score looks at the rest.
func (l line) marginal(open []lean) bool {
	verb := 0
	for verb < len(l.keep) && !l.p.finite(l.keep[verb]) {
		verb++
	}
	for _, o := range open {
		if o.sort != leanDefinite || o.at < verb || certainOne[o.head] {
			return false
		}
	}
	return true
}

// certainOne are nouns that mean nothing to who does not know which one is meant.
var certainOne = wordSet(`company firm party city town village country island club band team school university college hospital book film novel album song
	ship river lake bridge church castle museum agency newspaper magazine author writer organisation organization article study`)

// resolve replaces what leans by what it certainly stands for, and returns what is
// left unexplained.
func (m *maker) resolve(l line, answer cards.Span) (line, []lean) {
	at := make([]bool, len(l.p.tokens))
	for _, i := range l.p.inside(answer) {
		at[i] = true
	}
	l = m.wholeName(m.dateRelatives(l, answer), answer)
	var open []lean
	for range 6 {
		open = m.leans(l, at)
		done := true
		for _, o := range open {
			if r, ok := m.explain(l, o); ok {
				l, done = r, false
				break
			}
		}
		if done {
			break
		}
	}
	return l, open
}

// wholeName shows the first bare surname of l as the whole name that the text has given
// before, where only one person bears it: "[George Clark] took Vincennes".
func (m *maker) wholeName(l line, answer cards.Span) line {
	for _, at := range m.names.between(l.p.index, l.p.index+1) {
		n := m.names.all[at.name]
		text := at.span.Of(l.p.text)
		bare := bareName(text)
		if tail := lastLower(n.full); m.back.title[tail] && !m.back.titled(n.full) {
			continue // "Hubble" under the title "The Hubble Space Telescope"
		}
		if !n.person || n.index >= l.p.index || strings.ContainsRune(bare, ' ') || !strings.ContainsRune(n.full, ' ') || lastLower(n.full) != strings.ToLower(bare) || len(m.names.byTail[strings.ToLower(bare)]) > 1 {
			continue
		}
		if at.span.Overlaps(answer) || !l.covers(at.span) || strings.Contains(n.full, answer.Of(l.p.text)) || l.afterTitle(at.span) {
			continue
		}
		return l.replacing(at.span, "["+n.full+"]"+strings.TrimPrefix(text, bare))
	}
	return l
}

// afterTitle reports whether a name stands behind a word that belongs to it, such as a
// title, or before another one: "General Clark", "the Clark Bridge".
func (l line) afterTitle(span cards.Span) bool {
	in := l.p.inside(span)
	first, last := in[0], in[len(in)-1]
	if last+2 < len(l.p.tokens) && l.p.tag(last+1) == "POS" && strings.HasPrefix(l.p.tag(last+2), "NNP") {
		return true // "Hadrian's Wall"
	}
	return first > 0 && (l.p.tag(first-1) == "NNP" || l.p.tag(first-1) == "NNPS" || l.p.tag(first-1) == "DT") || last+1 < len(l.p.tokens) && (l.p.tag(last+1) == "NNP" || l.p.tag(last+1) == "NNPS")
}

// dateRelatives shows the relative dates of l, other than the answer, as the dates
// they were worked out to be.
func (m *maker) dateRelatives(l line, answer cards.Span) line {
	for _, f := range l.p.facts {
		if f.Kind != cards.DateFact || f.Derived == "" || f.Far || f.Span.Overlaps(answer) || !l.covers(f.Span) {
			continue
		}
		words := saidWhole(f.Fact)
		if words == "" || strings.Contains(f.Text, words) {
			continue
		}
		mark := "[" + words + "]"
		first := l.p.inside(f.Span)[0]
		if first > 0 && strings.HasSuffix(l.p.text[:f.Span.Start], "-") {
			mark = words // "mid-February 1943"
		} else if first == 0 || !datePrepositions[l.p.lower(first-1)] && !datedParts[l.p.lower(first-1)] {
			on := "in "
			if precision(f.Value) == "day" {
				on = "on "
			}
			mark = on + mark
		}
		l = l.replacing(f.Span, mark)
	}
	return l
}

// datedParts are words that a date can follow without a preposition.
var datedParts = wordSet(`of within early mid late the last this about around between and`)

// explain replaces one lean where that is certain.
func (m *maker) explain(l line, o lean) (line, bool) {
	i := l.keep[o.at]
	possessive := l.p.tag(i) == "PRP$"
	var words string
	var ok bool
	switch o.sort {
	case leanPerson:
		words, ok = m.referent(l.p)
		ok = ok && !holds(l.String(), lastWord(words)) // "[Howe’s] men between Howe and Philadelphia"
		ok = ok && !l.speaksOfTwo(o.at)
		ok = ok && (possessive || l.subjectAt(o.at) || l.p.lower(i) == "him")
	case leanThing:
		if possessive && o.at > 2 || !possessive && !l.subjectAt(o.at) {
			return l, false
		}
		if c, whole := l.clause(); !possessive && (!whole || !slices.Contains(c.subject, i)) {
			return l, false // "do not believe that it is"
		} else if !possessive && l.passive(c) && l.p.index > 0 {
			prev := m.passages[l.p.index-1].whole()
			if d, ok := prev.clause(); ok && !prev.passive(d) {
				return l, false // "The court heard the case. It was argued": what was done to may be the object
			}
		}
		words, ok = m.subjectBefore(l.p, l.p.lower(i))
	case leanDefinite, leanOpening:
		n, found := m.names.called(o.head, l.p.index)
		if other, has := m.others[o.head]; !found || o.last != o.at+1 || has && other < l.p.index {
			return l, false
		}
		l = l.showing(l.keep[o.last], "")
		return l.showing(i, "[the "+n.full+"]"), true
	}
	if !ok {
		return l, false
	}
	if possessive {
		words += "’s"
		if strings.HasSuffix(words, "s’s") {
			words = strings.TrimSuffix(words, "s")
		}
	}
	return l.showing(i, "["+words+"]"), true
}

// speaksOfTwo reports whether l has a pronoun of a woman beside that of a man at q, or
// the other way round: "She met him", of whom either could be meant.
func (l line) speaksOfTwo(q int) bool {
	woman := func(w string) bool { return w == "she" || w == "her" || w == "hers" || w == "herself" }
	for k := range l.keep {
		if w := l.word(k); persons[w] && woman(w) != woman(l.word(q)) {
			return true
		}
	}
	return false
}

// subjectAt reports whether a finite verb follows position q, with no more than an
// adverb between.
func (l line) subjectAt(q int) bool {
	for k := q + 1; k < len(l.keep) && k <= q+2; k++ {
		if l.p.finite(l.keep[k]) {
			return true
		}
		if l.p.tag(l.keep[k]) != "RB" {
			return false
		}
	}
	return false
}

// peopleIn are the persons named in the sentences from first up to before limit.
func (m *maker) peopleIn(first, limit int) []int {
	var out []int
	seen := map[int]bool{}
	for _, n := range m.names.between(first, limit) {
		if m.names.all[n.name].person && !seen[n.name] {
			seen[n.name] = true
			out = append(out, n.name)
		}
	}
	return out
}

// lowerStart makes the first letter of s, which begins with token i, small unless
// it would be a capital anywhere.
func (p *passage) lowerStart(s string, i int) string {
	if s == "" || strings.HasPrefix(s, gapMark) || strings.HasPrefix(s, "[") {
		return s
	}
	switch tag := p.tag(i); {
	case p.named[i] && !strings.EqualFold(p.tokens[i].Form, "the"), strings.HasPrefix(tag, "NNP"), p.tokens[i].Form == "I", tag == "JJ" && i > 0:
		return s
	case p.dated[i] && months[p.lower(i)]:
		return s
	case strings.ToUpper(p.tokens[i].Form) == p.tokens[i].Form && len(p.tokens[i].Form) > 1, i > 0 && isUpper(p.tokens[i].Form):
		return s
	case tag == "JJ" && demonym(p.tokens[i].Form):
		return s
	}
	return decapitalise(s)
}

// demonym reports whether an adjective at the start of a sentence is most likely
// made of a name: "Japanese", "Soviet", "German".
func demonym(w string) bool {
	for _, end := range []string{"ese", "ish", "ian", "ean", "can", "viet", "rman", "eek", "utch", "ench", "elsh", "wiss", "aqi", "aiti", "audi", "meni", "aeli", "stani", "oman"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// dropTimeLead leaves out what only places a sentence behind the one before: "A year
// earlier," before a date, "At the time," and "at the time" at its end.
func (l line) dropTimeLead(answer cards.Span) line {
	l = l.dropAtTheTime(answer)
	relative := false
	for q := 0; q < len(l.keep) && q < 7; q++ {
		w := l.word(q)
		to := 0
		switch {
		case w == "," && relative:
			to = q + 1
		case relative && q > 0 && l.timed(q) && datePrepositions[w] && q+1 < len(l.keep) && l.p.dated[l.keep[q+1]]:
			to = q // "a year before in April 2013"
		case w == "later" || w == "earlier" || w == "before" || w == "afterwards" || w == "after":
			relative = true
		}
		if to == 0 {
			continue
		}
		if m := l.with(l.keep[to:]); !m.lost(l, answer) && m.stands() && m.beginsDated() {
			return m
		}
		return l
	}
	return l
}

// timed reports whether the words before position q only count a time: "A year before".
func (l line) timed(q int) bool {
	for k := range q {
		w := l.word(k)
		if !timeUnits[w] && !moments[w] && w != "before" && w != "after" && l.p.tag(l.keep[k]) != "CD" && l.p.tag(l.keep[k]) != "DT" && l.p.tag(l.keep[k]) != "RB" && w != "few" && w != "," && w != "several" {
			return false
		}
	}
	return true
}

// lost reports whether a token of the answer is in from but no longer in l.
func (l line) lost(from line, answer cards.Span) bool {
	return from.holds(answer) && len(l.p.inside(answer)) > 0 && !l.covers(answer)
}

// dropAtTheTime leaves out "At the time," at the start and "at the time" at the end.
func (l line) dropAtTheTime(answer cards.Span) line {
	pointed := func(q int) bool {
		w := l.word(q + 1)
		return (l.word(q) == "at" || l.word(q) == "during") && (w == "the" || w == "that" || w == "this") && (l.word(q+2) == "time" || l.word(q+2) == "period")
	}
	end := l.end()
	if end > 8 && pointed(end-3) {
		m := l.with(append(append([]int(nil), l.keep[:end-3]...), l.keep[end:]...))
		if !m.lost(l, answer) && m.stands() {
			l = m
		}
	}
	if len(l.keep) > 9 && pointed(0) && l.word(3) == "," {
		if m := l.with(l.keep[4:]); !m.lost(l, answer) && m.stands() {
			l = m
		}
	}
	return l
}

func (l line) beginsDated() bool {
	for q := 0; q < len(l.keep) && q < 3; q++ {
		if l.p.dated[l.keep[q]] {
			return true
		}
	}
	return false
}

// aboutOf is the words of a fact's About as a card says them.
func (m *maker) aboutOf(f extract.Fact) string {
	if f.About.Len() <= 0 {
		return ""
	}
	return plainText(f.About.Of(m.article.Text))
}
