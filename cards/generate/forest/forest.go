// Package forest estimates a probability by a sum of small regression trees.
//
// Trees are grown by gradient boosting for the logarithm of the odds, each leaf a
// Newton step: Friedman, "Greedy Function Approximation: A Gradient Boosting
// Machine", Annals of Statistics 29 (2001). The same samples and seed always give
// the same forest.
package forest

import "math"

// Forest is a sum of trees over a base, all in log-odds.
type Forest struct {
	Base  float64 `json:"base"`
	Trees []Tree  `json:"trees"`
}

// Tree is a list of nodes; the first is the root.
type Tree []Node

// Node of Feature -1 is a leaf; any other sends a sample to one of two nodes behind it.
type Node struct {
	Feature int     `json:"f"`
	Cut     float64 `json:"c,omitempty"` // at most Cut goes Left
	Left    int     `json:"l,omitempty"`
	Right   int     `json:"r,omitempty"`
	Value   float64 `json:"v,omitempty"` // of a leaf
}

func (t Tree) value(x []float64) float64 {
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

// Logit is the log-odds that f gives the features x.
func (f Forest) Logit(x []float64) float64 {
	z := f.Base
	for _, t := range f.Trees {
		z += t.value(x)
	}
	return z
}

// Probability is that of the log-odds z.
func Probability(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
