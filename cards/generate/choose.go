package generate

import (
	"math"
	"sort"
	"strings"

	"recto/cards"
)

// thresholds are the P(keep), as a strict reader judges, from which a card is proposed by
// default. Over passages of histories, news and encyclopedias Usual gives about 1 default
// card per 100 words, and 3 or more where a text is full of facts; More gives about half
// as many again, and Fewer about half as many.
var thresholds = map[Budget]float64{Fewer: 0.57, Usual: 0.43, More: 0.31}

// floor is the P(keep) below which a card is not proposed at all.
const floor = 0.25

// wary is how much surer than others a card of a family must be to be proposed by
// default: readers kept few of these, and too few were judged for the score to know.
var wary = map[string]float64{"quotation": 0.35, "set": 0.12, "event": 0.1, "why": 0.1, "define": 0.1}

// again is what a card loses for each surer card with the same answer: what is
// always the answer is guessed.
const again = 0.08

// chooser chooses among the candidates of an article.
type chooser struct {
	m      *maker
	all    []candidate
	faults []string // why fact i has no card
	chosen []int    // indexes of all, by fact
	sure   map[int]bool
}

// choose keeps of each fact the best card, and the card that asks the other way
// round, and marks those proposed by default: the surest first, one for an answer,
// none that gives another away.
func (c *chooser) choose(b Budget) {
	order := make([]int, len(c.all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(x, y int) bool { return c.all[order[x]].rank() > c.all[order[y]].rank() })
	type slot struct {
		fact   int
		turned bool
	}
	taken := map[slot]bool{}
	shown := map[string]int{}
	bySentence := map[int][]int{}
	answers := map[string]int{}
	c.sure = map[int]bool{}
	for _, i := range order {
		k := c.all[i]
		if taken[slot{k.fact, k.turned}] {
			continue
		}
		if k.score < floor {
			c.note(k.fact, c.doubt(k))
			continue
		}
		if j, ok := shown[k.question()]; ok {
			c.note(k.fact, "The card of “"+c.all[j].answer.Text+"” asks the same.")
			continue
		}
		taken[slot{k.fact, k.turned}] = true
		shown[k.question()] = i
		c.chosen = append(c.chosen, i)
		answer := strings.ToLower(k.answer.Text)
		if k.kind == cards.NameFact {
			answer = lastLower(k.answer.Text)
		}
		if k.score-again*float64(answers[answer])-wary[k.family] >= thresholds[b] && !k.undated && !c.betrays(k, bySentence[k.p.index]) {
			c.sure[i] = true
			answers[answer]++
			bySentence[k.p.index] = append(bySentence[k.p.index], i)
		}
	}
	sort.Slice(c.chosen, func(x, y int) bool {
		a, b := c.all[c.chosen[x]], c.all[c.chosen[y]]
		if a.source != b.source {
			return a.source.Start < b.source.Start || a.source.Start == b.source.Start && a.source.End < b.source.End
		}
		return c.chosen[x] < c.chosen[y]
	})
}

// rank orders candidates: by P(keep), dates and numbers before names, and a question
// whose clause is certain before the statement it was made of.
func (k candidate) rank() float64 {
	r := k.score
	switch k.kind {
	case cards.DateFact, cards.AcronymFact:
		r += 0.06
	case cards.QuantityFact:
		r += 0.03
	}
	if k.turned {
		r -= 0.1
	}
	if k.family == "when" || k.family == "how-many" || k.family == "who" {
		switch k.trust {
		case certain:
			r += 0.12
		case supported:
			r += 0.06
		case untried:
			r -= 0.05
		}
	}
	return r
}

// question is what a card asks, to tell two cards that ask the same.
func (k candidate) question() string {
	return strings.ToLower(strings.Join(words(k.context+" "+k.front), " "))
}

// betrays reports whether k and one of the cards already chosen of its sentence
// have the same answer, or show each other's.
func (c *chooser) betrays(k candidate, chosen []int) bool {
	for _, i := range chosen {
		o := c.all[i]
		if k.fact == o.fact || k.source.Overlaps(o.source) {
			return true
		}
		if shows(k, o) && shows(o, k) {
			return true
		}
	}
	return false
}

// shows reports whether the front of k shows the answer of o.
func shows(k, o candidate) bool {
	return holds(k.front+" "+k.context, o.answer.Text)
}

func (c *chooser) note(fact int, why string) {
	if c.faults[fact] == "" {
		c.faults[fact] = why
	}
}

// doubt says why a reader would hardly keep k.
func (c *chooser) doubt(k candidate) string {
	b := c.m.back
	proper := 0
	for i, w := range words(k.front) {
		if i > 0 && isUpper(w) {
			proper++
		}
	}
	switch {
	case k.kind == cards.TermFact:
		return "It is a common word, which other words could replace."
	case b.occurrences(k.answer.Text) > 3 && k.kind == cards.NameFact:
		return "The article names it so often that it could be guessed."
	case len(strings.Fields(k.front)) > 28:
		return "The sentence is too long to ask about."
	case proper == 0:
		return "Its sentence names nothing that the answer could be known by."
	case k.kind == cards.QuantityFact:
		return "The number counts for little outside its sentence."
	}
	return "It is said too much in passing to be worth a card."
}

// result is the proposals in the order of the text, and the ledger.
func (c *chooser) result() Result {
	var r Result
	ids := make([][]string, len(c.m.facts))
	seen := map[string]bool{}
	for _, i := range c.chosen {
		k := c.all[i]
		f := c.m.facts[k.fact]
		p := cards.Proposal{
			ID: identify(c.m.hash, k.family, k.source), FactID: f.ID, Kind: f.Kind, Family: k.family,
			Front: mended(k.front), Back: k.back, Context: inScene(k.scene, k.context), Answer: k.answer, Normal: k.normal,
			Source: k.source, Sentence: f.Sentence, Confidence: math.Round(k.score*1000) / 1000, Default: c.sure[i],
			Sibling: identifyNote(c.m.hash, f.Sentence),
		}
		if k.scored != k.score {
			p.Unrefined = math.Round(k.scored*1000) / 1000
		}
		if seen[p.ID] {
			c.note(k.fact, "Another fact of the same words has the card.")
			continue
		}
		seen[p.ID] = true
		r.Proposals = append(r.Proposals, p)
		ids[k.fact] = append(ids[k.fact], p.ID)
	}
	for i, f := range c.m.facts {
		e := cards.Entry{Fact: f.Fact, Proposals: ids[i]}
		if len(ids[i]) == 0 {
			e.Reason = c.faults[i]
			if e.Reason == "" {
				e.Reason = "It is said too much in passing to be worth a card."
			}
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}
