// Package revise compares two versions of an article's text: what has become of
// every fact of the earlier one, and where its answer stands in the newer one.
//
//	outcome     what has become of a fact or a proposal of the earlier version
//	same        its sentence stands in the newer text, word for word
//	reworded    its sentence has changed, and the answer says the same
//	changed     another answer stands where it stood: old -> new
//	vanished    neither its sentence nor one like it is there any more
//	slot        the words of a new sentence that stand where an answer stood in the
//	            old one, between the same words
//
// Sentences are paired first by their text, in order, and then by the words they
// have in common. Nothing is guessed where fewer than half of them are.
package revise

import (
	"strings"

	"recto/cards"
)

// Status is what has become of a fact.
type Status string

// The statuses.
const (
	Same     Status = "same"
	Reworded Status = "reworded"
	Changed  Status = "changed"
	Vanished Status = "vanished"
)

// Version is a text with what was found in it.
type Version struct {
	Article   cards.Article
	Entries   []cards.Entry
	Proposals []cards.Proposal
}

// Outcome is what has become of a fact. Source and Sentence are where it stands in
// the newer text, without length when it has vanished.
type Outcome struct {
	Status           Status
	Source, Sentence cards.Span
	Was, Now         string // the answer in both texts; Now is "" when it has vanished
	To               int    // the proposal or entry of the newer version that it leads to, -1 for none
}

// Comparison is what has become of an article. Proposals and Facts have an outcome for
// each proposal and each entry of the earlier version.
type Comparison struct {
	Proposals    []Outcome
	Facts        []Outcome
	NewProposals []int // proposals of the newer version to which none of the earlier leads
	NewFacts     []int // entries, likewise
}

// Compare compares two versions of a text.
func Compare(old, newer Version) Comparison {
	p := pair(old, newer)
	var c Comparison
	reached := map[int]bool{}
	for _, o := range old.Proposals {
		out := p.outcome(answer{source: o.Source, sentence: o.Sentence, kind: o.Kind, value: o.Answer.Value})
		out.To = successor(o, out, newer.Proposals)
		if out.To >= 0 {
			reached[out.To] = true
		}
		c.Proposals = append(c.Proposals, out)
	}
	for i := range newer.Proposals {
		if !reached[i] {
			c.NewProposals = append(c.NewProposals, i)
		}
	}
	at := map[place]int{}
	for i, e := range newer.Entries {
		at[place{e.Fact.Kind, e.Fact.Span}] = i
	}
	found := map[int]bool{}
	for _, e := range old.Entries {
		out := p.outcome(answer{source: e.Fact.Span, sentence: e.Fact.Sentence, kind: e.Fact.Kind, value: e.Fact.Value})
		out.To = -1
		if i, ok := at[place{e.Fact.Kind, out.Source}]; ok && out.Status != Vanished {
			out.To = i
			found[i] = true
		}
		c.Facts = append(c.Facts, out)
	}
	for i := range newer.Entries {
		if !found[i] {
			c.NewFacts = append(c.NewFacts, i)
		}
	}
	return c
}

// place is where a fact of some kind stands.
type place struct {
	kind cards.FactKind
	span cards.Span
}

// successor is the proposal of the newer version that asks for the same answer in the
// same way, or at least for the same answer; -1 for none.
func successor(o cards.Proposal, out Outcome, newer []cards.Proposal) int {
	if out.Status == Vanished {
		return -1
	}
	found := -1
	for i, n := range newer {
		if n.Source != out.Source {
			continue
		}
		if n.Family == o.Family {
			return i
		}
		if found < 0 && n.Kind == o.Kind && direct(o) && direct(n) {
			found = i
		}
	}
	return found
}

// direct reports whether a card asks for its answer, and not the other way round.
func direct(p cards.Proposal) bool { return p.Back == p.Answer.Text }

// Words are those of a card: question, answer, and the line above the question.
type Words struct{ Front, Back, Context string }

// Update gives a card the words of the newer version. What its owner has worded anew
// stays, but for the answer itself, which is exchanged where it stands in the back.
// The same words come back where there is nothing to update.
func Update(now Words, o cards.Proposal, out Outcome, newer []cards.Proposal) Words {
	if out.Status == Vanished {
		return now
	}
	own := now.Front != o.Front || now.Back != o.Back
	if out.To >= 0 && !own {
		n := newer[out.To]
		return Words{n.Front, n.Back, n.Context}
	}
	if out.Status == Changed && out.Was != "" {
		now.Back = strings.ReplaceAll(now.Back, out.Was, out.Now)
	}
	return now
}
