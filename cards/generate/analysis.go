package generate

import (
	"strings"

	"recto/cards"
)

// analysis is what the sentence of a card tells beside its words: the part that the
// answer plays in it, and how sure the parsers are of that.
type analysis struct {
	known    bool   // a fact was found in exactly these words
	relation string // of the answer's head to the rest: "nsubj", "obl", ...; "" without a tree
	votes    int    // parsers that agree on it
	root     bool   // it depends on the main verb
	tag      string // of the answer's last word
	next     string // tag of the word after it
	previous string // tag of the word before it
	joins    bool   // "and", "or" or a comma joins it to a name on either side
	follows  bool   // it stands behind a comma and a name: "Montgomery, Alabama"
	subject  string // tag of what the sentence is about, "" where that is not clear
	finite   int    // finite verbs in the sentence
	tokens   int
	names    int     // runs of proper nouns in the sentence
	agreed   float64 // share of its words on whose place all parsers agree
	facts    int     // in the sentence
	country  bool    // the answer is a country
	city     bool
	clause   bool // the trimmed sentence can be taken apart
	trust    trust
	person   int // what leans on the text before it, and is not explained
	thing    int
	pointing int
	moment   int
	definite int
	past     bool // tells what happened
}

// analyse reads the analysis of the answer under source off its sentence.
func (m *maker) analyse(p *passage, source cards.Span) analysis {
	a := p.analyse(source)
	a.past = p.past()
	l := p.trim(source)
	if c, ok := l.clause(); ok {
		a.clause, a.trust = true, l.trusts(c)
	}
	_, open := m.resolve(l, source)
	for _, o := range open {
		switch o.sort {
		case leanPerson, leanSpeaker:
			a.person++
		case leanThing:
			a.thing++
		case leanPointing:
			a.pointing++
		case leanMoment:
			a.moment++
		case leanDefinite, leanOpening:
			a.definite++
		}
	}
	return a
}

// analyse reads off the sentence what takes no other sentence to know.
func (p *passage) analyse(source cards.Span) analysis {
	a := analysis{tokens: len(p.tokens)}
	ix := p.inside(source)
	if len(ix) == 0 {
		return a
	}
	for _, f := range p.facts {
		if f.Span == source {
			a.known, a.country, a.city = true, a.country || f.Type == "country", a.city || f.Type == "city"
		}
		if f.Type != "role" {
			a.facts++
		}
	}
	last := ix[len(ix)-1]
	a.tag = p.tag(last)
	if last+1 < len(p.tokens) {
		a.next = p.tag(last + 1)
	}
	if ix[0] > 0 {
		a.previous = p.tag(ix[0] - 1)
	}
	a.joins, a.follows = p.neighbours(ix[0], last)
	votes := 0
	for i, t := range p.tokens {
		if p.finite(i) {
			a.finite++
		}
		if strings.HasPrefix(p.tag(i), "NNP") && (i == 0 || !strings.HasPrefix(p.tag(i-1), "NNP")) {
			a.names++
		}
		if t.Votes >= agreed {
			votes++
		}
		if strings.HasPrefix(t.Rel, "nsubj") && t.Head >= 0 && p.head(t.Head) < 0 && a.subject == "" {
			a.subject = t.XPOS
		}
	}
	a.agreed = float64(votes) / float64(len(p.tokens))
	if h := top(p, ix); h >= 0 && p.parsed {
		a.relation, _, _ = strings.Cut(p.tokens[h].Rel, ":")
		a.votes = p.tokens[h].Votes
		a.root = p.head(h) >= 0 && p.head(p.head(h)) < 0
	}
	return a
}

// relations are those that features tells apart.
var relations = strings.Fields("nsubj obj obl nmod appos compound conj amod nummod root flat")

// analysisNames names the numbers of analysisFeatures, in order.
var analysisNames = strings.Fields(`known rel-nsubj rel-obj rel-obl rel-nmod rel-appos rel-compound rel-conj rel-amod rel-nummod rel-root rel-flat
	votes on-root tag-name tag-noun tag-adjective next-noun next-preposition next-mark previous-preposition previous-article previous-noun joins follows
	subject-pronoun subject-name subject-noun subject-none finite tokens names agreed
	facts country city clause trust open-person open-thing open-pointing open-moment open-definite`)

func (a analysis) features(num func(...float64), is func(...bool)) {
	is(a.known)
	for _, r := range relations {
		is(a.relation == r)
	}
	num(float64(a.votes))
	is(a.root, strings.HasPrefix(a.tag, "NNP"), a.tag == "NN" || a.tag == "NNS", strings.HasPrefix(a.tag, "JJ"),
		strings.HasPrefix(a.next, "NN"), a.next == "IN", a.next == "," || a.next == ".", a.previous == "IN" || a.previous == "TO", a.previous == "DT", strings.HasPrefix(a.previous, "NN"), a.joins, a.follows,
		strings.HasPrefix(a.subject, "PRP"), strings.HasPrefix(a.subject, "NNP"), a.subject == "NN" || a.subject == "NNS", a.subject == "")
	num(float64(a.finite), float64(a.tokens), float64(a.names), a.agreed, float64(a.facts))
	is(a.country, a.city, a.clause)
	num(float64(a.trust), float64(a.person), float64(a.thing), float64(a.pointing), float64(a.moment), float64(a.definite))
}

// neighbours reports whether "and" or "or" joins the tokens from first to last to a
// name, and whether they stand behind a name and a comma.
func (p *passage) neighbours(first, last int) (joins, follows bool) {
	and := func(i int) bool { return i >= 0 && i < len(p.tokens) && p.tag(i) == "CC" }
	name := func(i int) bool { return i >= 0 && i < len(p.tokens) && p.named[i] }
	before := first - 1
	if before >= 0 && p.lower(before) == "the" {
		before--
	}
	joins = and(before) && (name(before-1) || name(before-2)) || and(last+1) && (name(last+2) || name(last+3))
	follows = first > 1 && p.lower(first-1) == "," && name(first-2)
	return joins, follows
}
