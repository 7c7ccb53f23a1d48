package generate

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// scoreFile holds the trees that score walks. It is written by
//
//	go test ./cards/generate -run TestFit -fit
//
// from verdicts of readers on cards, of which the repository keeps no text.
//
//go:embed score.json
var scoreFile []byte

// forest is a sum of regression trees for the logarithm of the odds that a reader
// keeps a card as it is: gradient boosting as in Friedman, "Greedy Function
// Approximation: A Gradient Boosting Machine", Annals of Statistics 29 (2001).
type forest struct {
	Base  float64 `json:"base"`
	Trees []tree  `json:"trees"`
}

// tree is a list of nodes; the first is the root. A node of Feature -1 is a leaf.
type tree []node

type node struct {
	Feature int     `json:"f"`
	Cut     float64 `json:"c,omitempty"` // at most Cut goes Left
	Left    int     `json:"l,omitempty"`
	Right   int     `json:"r,omitempty"`
	Value   float64 `json:"v,omitempty"` // of a leaf
}

var loadForest = sync.OnceValue(func() forest {
	var f forest
	if err := json.Unmarshal(scoreFile, &f); err != nil {
		panic(fmt.Sprintf("generate: embedded score.json: %v", err))
	}
	return f
})

func (t tree) value(x []float64) float64 {
	i := 0
	for t[i].Feature >= 0 {
		if x[t[i].Feature] <= t[i].Cut {
			i = t[i].Left
		} else {
			i = t[i].Right
		}
	}
	return t[i].Value
}

func (f forest) logit(x []float64) float64 {
	z := f.Base
	for _, t := range f.Trees {
		z += t.value(x)
	}
	return z
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// score is the estimated probability that a reader keeps a card with these
// features as it is. It is the one place that decides what is worth proposing.
func score(features []float64) float64 { return logistic(loadForest().logit(features)) }
