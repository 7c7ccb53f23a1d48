package generate

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

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

// score is the estimated probability that a reader keeps a card with these
// features as it is. It is the one place that decides what is worth proposing.
func score(features []float64) float64 { return forest.Probability(loadForest().Logit(features)) }
