package entity

import (
	"math/rand/v2"

	"recto/cards/english/linear"
	"recto/cards/english/word"
)

// Example is one sentence with its true entities, in order and not overlapping.
type Example struct {
	Words []Word
	Atoms []word.Atoms
	Spans []Span
}

// Train learns a tagger; the same examples and the same source of random numbers
// give the same tagger.
func Train(examples []Example, lists Lists, epochs int, random *rand.Rand, p linear.Pruning) *Tagger {
	learner := linear.NewTrainer(labels())
	sights := make([]*sight, len(examples))
	truths := make([][]int, len(examples))
	for i, e := range examples {
		sights[i], truths[i] = look(e.Words, e.Atoms, lists), labelled(e)
	}
	scores := make([]int32, labels())
	var features []uint32
	order := random.Perm(len(examples))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			one, two := outside, outside
			for i, truth := range truths[k] {
				features = sights[k].appendFeatures(features[:0], i, uint32(one), uint32(two))
				learner.Score(features, scores)
				guess := best(scores, one)
				if guess != truth {
					learner.Update(features, truth, 1)
					learner.Update(features, guess, -1)
				}
				learner.Tick()
				one, two = guess, one
			}
		}
	}
	return &Tagger{lists, learner.Freeze(p)}
}

func labelled(e Example) []int {
	out := make([]int, len(e.Words))
	for _, s := range e.Spans {
		out[s.First] = begin(s.Type)
		for i := s.First + 1; i <= s.Last; i++ {
			out[i] = inside(s.Type)
		}
	}
	return out
}
