// Package desk is what a person does with the cards proposed from an article: how
// many of them to be shown, which of two to make one of, and how much of the article
// is known by now.
//
//	budget      how many cards a person wants: a threshold on a Proposal's Confidence
//	usual       the budget at which exactly the default proposals are sure
//	sure        a proposal at or above the budget, proposed ticked; all others are
//	            the less sure
//	join        two proposals of one sentence become one card that asks for both
//	mastery     how a person stands with a fact of an article, in one word
package desk

import (
	"cmp"
	"slices"
	"strings"

	"recto/cards"
)

// Usual stands for the budget at which exactly the default proposals are sure.
const Usual = -1

// Sure says which proposals are sure at a threshold between 0 and 1, or Usual: true
// at the index of each. Of the others than the default ones only those can become
// sure that no surer card answers already or gives away. A lower threshold never
// makes fewer of them sure.
func Sure(list []cards.Proposal, threshold float64) []bool {
	sure := make([]bool, len(list))
	order := make([]int, 0, len(list))
	for i, p := range list {
		if sure[i] = p.Default && (threshold == Usual || p.Confidence >= threshold); !p.Default {
			order = append(order, i)
		}
	}
	if threshold == Usual || len(order) == 0 {
		return sure
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[b].Confidence, list[a].Confidence) })
	bySentence := map[int][]int{}
	for i, p := range list {
		if p.Default {
			bySentence[p.Sentence.Start] = append(bySentence[p.Sentence.Start], i)
		}
	}
	for _, i := range order {
		p := list[i]
		if p.Confidence < threshold {
			break
		}
		others := bySentence[p.Sentence.Start]
		if !slices.ContainsFunc(others, func(j int) bool { return betrays(p, list[j]) }) {
			sure[i] = true
			bySentence[p.Sentence.Start] = append(others, i)
		}
	}
	return sure
}

// betrays reports whether two cards have the same answer, or show each other's.
func betrays(a, b cards.Proposal) bool {
	return a.FactID != "" && a.FactID == b.FactID || a.Source.Overlaps(b.Source) || shows(a, b) && shows(b, a)
}

// shows reports whether the front of a shows the answer of b.
func shows(a, b cards.Proposal) bool {
	return b.Answer.Text != "" && strings.Contains(a.Front+" "+a.Context, b.Answer.Text)
}

// Threshold is the one at which a budget's exactly default proposals begin: the
// least Confidence of a default one, or 0.5 where there is none.
func Threshold(list []cards.Proposal) float64 {
	least, found := 1.0, false
	for _, p := range list {
		if p.Default {
			least, found = min(least, p.Confidence), true
		}
	}
	if !found {
		return 0.5
	}
	return least
}
