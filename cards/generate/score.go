package generate

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"recto/cards"
	"recto/cards/generate/forest"
)

// scoreFile holds the trees that score walks. The command generate/train grows them
// from the table of verdicts in generate/verdicts.
//
//go:embed score.json
var scoreFile []byte

var loadForest = sync.OnceValue(func() forest.Forest {
	var f forest.Forest
	if err := json.Unmarshal(scoreFile, &f); err != nil {
		panic(fmt.Sprintf("generate: embedded score.json: %v", err))
	}
	return f
})

// named is P(keep) of k, raised where it asks for the term that a sentence introduces:
// "is called ____". The table has many gaps for words in passing and few of these, of
// which readers kept five of five.
func named(k candidate, p float64) float64 {
	if k.kind == cards.TermFact && introduced.MatchString(k.front) {
		return 1 - 0.7*(1-p)
	}
	return p
}

// score is the estimated probability that a reader keeps a card with these
// features as it is. It is the one place that decides what is worth proposing.
func score(features []float64) float64 { return forest.Probability(loadForest().Logit(features)) }
