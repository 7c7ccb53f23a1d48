package generate

import "strings"

// behindLead reports whether the pronoun at q is the subject behind a leading adverbial,
// in which nothing is named that it could stand for: "After the war, it closed".
func (l line) behindLead(q int) bool {
	if q < 2 || l.p.tag(l.keep[q]) != "PRP" || l.p.tag(l.keep[0]) != "IN" || !l.subjectAt(q) {
		return false
	}
	for _, i := range l.keep[:q] {
		if l.p.finite(i) {
			return false
		}
	}
	return true
}

// object reports whether the pronoun at q is an object that nothing stands for but the
// subject, which it cannot be: "Poisson asked him".
func (l line) object(q int) bool {
	w := l.word(q)
	if l.p.tag(l.keep[q]) != "PRP" || w != "him" && w != "her" && w != "it" && w != "them" || l.subjectAt(q) || l.p.tag(l.keep[0]) == "IN" {
		return false
	}
	verbs := 0
	for _, i := range l.keep[:q] {
		switch {
		case l.p.finite(i):
			verbs++
		case l.p.lower(i) == "," || verbs > 0 && (l.p.noun(i) || l.p.tag(i) == "IN" || l.p.tag(i) == "TO"):
			return false
		}
	}
	return verbs == 1
}

// antecedents say what a pronoun of the same line may stand for.
type antecedents struct {
	named  bool // somebody, or something, by name
	noun   bool
	plural bool // several
}

func (a *antecedents) see(p *passage, i int) {
	if p.dated[i] {
		return
	}
	tag := p.tag(i)
	a.named = a.named || p.people[i] || strings.HasPrefix(tag, "NNP") && !p.lifeless[i]
	a.noun = a.noun || p.noun(i)
	a.plural = a.plural || tag == "NNS" || tag == "NNPS" || a.noun && p.lower(i) == "and"
}

// leading says what stands in the subject behind leading adverbials, where a
// pronoun may look forward to it: "In his speech, Kishida ...".
type leading struct {
	end int
	antecedents
}

func (l line) leading() leading {
	c, ok := l.clause()
	if !ok || len(c.lead) == 0 {
		return leading{}
	}
	out := leading{end: len(c.lead)}
	for _, i := range c.subject {
		out.see(l.p, i)
	}
	return out
}
