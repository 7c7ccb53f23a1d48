package tag

import (
	"math/rand/v2"
	"slices"
	"strings"

	"recto/cards/english/linear"
	"recto/cards/english/word"
)

// Example is one sentence with its true tags.
type Example struct {
	Atoms []word.Atoms
	Tags  []Tag
}

// rareTag is how often a pair of tags must occur to be learnt.
const rareTag = 3

// Train learns a tagger; the same examples and the same source of random numbers
// give the same tagger.
func Train(examples []Example, epochs int, random *rand.Rand, p linear.Pruning) *Tagger {
	t := &Tagger{tags: inventory(examples)}
	index := map[Tag]int{}
	for i, tag := range t.tags {
		index[tag] = i
	}
	learner := linear.NewTrainer(len(t.tags))
	order := random.Perm(len(examples))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			learn(learner, examples[k], index)
		}
	}
	t.model = learner.Freeze(p)
	return t
}

func learn(learner *linear.Trainer, e Example, index map[Tag]int) {
	scores := make([]int32, learner.Labels())
	var features []uint32
	one, two := none, none
	for i := range e.Atoms {
		features = appendFeatures(features[:0], e.Atoms, i, uint32(one), uint32(two))
		learner.Score(features, scores)
		guess := best(scores)
		if truth, ok := index[e.Tags[i]]; ok && truth != guess {
			learner.Update(features, truth, 1)
			learner.Update(features, guess, -1)
		}
		learner.Tick()
		one, two = guess, one
	}
}

func inventory(examples []Example) []Tag {
	count := map[Tag]int{}
	for _, e := range examples {
		for _, t := range e.Tags {
			count[t]++
		}
	}
	var tags []Tag
	for t, n := range count {
		if n >= rareTag {
			tags = append(tags, t)
		}
	}
	slices.SortFunc(tags, func(a, b Tag) int { return strings.Compare(a.UPOS+" "+a.XPOS, b.UPOS+" "+b.XPOS) })
	return tags
}
