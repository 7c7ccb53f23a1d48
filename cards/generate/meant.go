package generate

import (
	"strings"

	"recto/cards"
)

// referent is the person that a pronoun of p stands for, if only one can be meant:
// the only one of the paragraph so far, the one that the sentence before is about,
// or the one whom the article is about.
func (m *maker) referent(p *passage) (string, bool) {
	first := p.index
	for first > 0 && m.passages[first-1].block == p.block {
		first--
	}
	here := m.peopleIn(first, p.index)
	if len(here) == 1 {
		if hero, ok := m.hero(); ok && hero != here[0] && m.names.all[hero].index < p.index {
			who, sure := m.about(m.passages[p.index-1], 4) // the article may go on about its hero
			return m.names.all[here[0]].full, sure && who == here[0]
		}
		return m.names.all[here[0]].full, true
	}
	if len(here) == 0 {
		if hero, ok := m.hero(); ok && m.names.all[hero].index < p.index {
			return m.names.all[hero].full, true
		}
		return "", false
	}
	who, ok := m.about(m.passages[p.index-1], 4)
	if !ok {
		return "", false
	}
	hero, _ := m.hero()
	if before := m.peopleIn(p.index-1, p.index); len(before) > 1 && who != hero {
		return "", false
	}
	return m.names.all[who].full, true
}

// about is the person whom a sentence speaks of: its subject, or who is meant by a
// pronoun that is, in up to depth sentences of the paragraph.
func (m *maker) about(p *passage, depth int) (int, bool) {
	c, ok := dropConnective(p.whole(), cards.Span{}).clause()
	if !ok {
		return 0, false
	}
	for _, n := range m.names.between(p.index, p.index+1) {
		if m.names.all[n.name].person && p.tokens[c.subject[0]].Start <= n.span.Start && n.span.End <= p.tokens[c.subject[len(c.subject)-1]].End {
			return n.name, true
		}
	}
	if w := p.lower(c.subject[0]); depth == 0 || p.index == 0 || m.passages[p.index-1].block != p.block || !persons[w] {
		return 0, false
	}
	prev := m.passages[p.index-1]
	who, ok := m.about(prev, depth-1)
	if hero, _ := m.hero(); ok && who != hero && len(m.peopleIn(prev.index, prev.index+1)) > 1 {
		return 0, false
	}
	return who, ok
}

// hero is the person whom the title names.
func (m *maker) hero() (int, bool) { return m.names.hero, m.names.hero >= 0 }

// subjectBefore is the subject of the sentence before p, if it is a name and can be
// what pronoun stands for.
func (m *maker) subjectBefore(p *passage, pronoun string) (string, bool) {
	if p.index == 0 || m.passages[p.index-1].block != p.block {
		return "", false
	}
	prev := m.passages[p.index-1]
	l := dropConnective(dropBrackets(prev.whole(), cards.Span{}), cards.Span{})
	c, ok := l.clause()
	if !ok || len(c.subject) > 8 || l.trusts(c) == denied {
		return "", false
	}
	if w := prev.lower(c.subject[0]); len(c.subject) == 1 && (w == "it" && (pronoun == "it" || pronoun == "its") || w == "they" && (pronoun == "they" || pronoun == "their")) {
		return m.subjectBefore(prev, pronoun) // the story goes on about the same
	}
	plural, named := false, false
	for _, i := range c.subject {
		switch tag := prev.tag(i); {
		case strings.HasPrefix(tag, "PRP"), tag == "IN", tag == "VBG", tag == ",", tag == "POS":
			return "", false
		case tag == "CC", tag == "NNS", tag == "NNPS":
			plural = true
		case prev.people[i]:
			return "", false
		}
		named = named || prev.named[i]
	}
	if !named || plural != (pronoun == "they" || pronoun == "their") {
		return "", false
	}
	return prev.lowerStart(l.render(c.subject), c.subject[0]), true
}

// passive reports whether a clause says what was done to its subject: "was argued".
func (l line) passive(c clause) bool {
	be := false
	for _, i := range c.verbs {
		switch w := l.p.lower(i); {
		case w == "was" || w == "were" || w == "is" || w == "are" || w == "been" || w == "being":
			be = true
		case l.p.tag(i) == "VBN" && be:
			return true
		}
	}
	return false
}
