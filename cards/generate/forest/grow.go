package forest

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Sample is what a forest learns from.
type Sample struct {
	X      []float64
	Yes    bool
	Weight float64
}

// Growth says how a forest is grown.
type Growth struct {
	Rounds, Depth int
	Leaf          int     // samples that a leaf has at least
	Rate          float64 // by which each tree is shrunk
	Share         float64 // of the features that each tree may look at
	Seed          uint64
}

// maxCuts is how many cuts of one feature are tried at most.
const maxCuts = 15

// Grow grows a forest from samples, of which there must be some of both answers.
func Grow(samples []Sample, g Growth) Forest {
	rng := rand.New(rand.NewPCG(g.Seed, 0)) //nolint:gosec // a forest must come out the same again
	w := grower{samples: samples, growth: g, grad: make([]float64, len(samples)), hess: make([]float64, len(samples))}
	features := len(samples[0].X)
	for k := range features {
		w.cuts = append(w.cuts, cutsOf(samples, k))
		w.bins = append(w.bins, binsOf(samples, k, w.cuts[k]))
	}
	var yes, all float64
	rows := make([]int, len(samples))
	for i, s := range samples {
		rows[i] = i
		all += s.Weight
		if s.Yes {
			yes += s.Weight
		}
	}
	f := Forest{Base: math.Log(yes / (all - yes))}
	z := make([]float64, len(samples))
	for i := range z {
		z[i] = f.Base
	}
	for range g.Rounds {
		for i, s := range samples {
			p := Probability(z[i])
			y := 0.0
			if s.Yes {
				y = 1
			}
			w.grad[i], w.hess[i] = s.Weight*(y-p), s.Weight*p*(1-p)
		}
		w.features = rng.Perm(features)[:min(features, max(8, int(float64(features)*g.Share)))]
		w.tree = nil
		w.split(rows, g.Depth)
		for i := range samples {
			z[i] += w.tree.value(samples[i].X)
		}
		f.Trees = append(f.Trees, w.tree)
	}
	return f
}

// cutsOf are the values between those of feature k, or about equal shares of them
// where there are many.
func cutsOf(samples []Sample, k int) []float64 {
	seen := map[float64]bool{}
	for _, s := range samples {
		seen[s.X[k]] = true
	}
	values := make([]float64, 0, len(seen))
	for x := range seen {
		values = append(values, x)
	}
	slices.Sort(values)
	if len(values) > maxCuts+1 {
		var some []float64
		for i := 1; i <= maxCuts; i++ {
			some = append(some, values[i*len(values)/(maxCuts+1)])
		}
		return some
	}
	for i := 0; i+1 < len(values); i++ {
		values[i] = (values[i] + values[i+1]) / 2
	}
	return values[:max(0, len(values)-1)]
}

// binsOf is between which of the cuts of feature k each sample lies.
func binsOf(samples []Sample, k int, cuts []float64) []uint8 {
	bins := make([]uint8, len(samples))
	for i, s := range samples {
		for int(bins[i]) < len(cuts) && s.X[k] > cuts[bins[i]] {
			bins[i]++
		}
	}
	return bins
}

// grower grows one tree after the other.
type grower struct {
	samples    []Sample
	growth     Growth
	cuts       [][]float64
	bins       [][]uint8 // of every sample, by feature
	grad, hess []float64 // of the loss, by sample
	features   []int     // that the tree may look at
	tree       Tree
}

// leastGain is what a split must gain, and ridge what holds the leaves small.
const (
	leastGain = 0.5
	ridge     = 1
)

// split adds the node of rows to the tree, and those below it, and returns its index.
func (w *grower) split(rows []int, depth int) int {
	me := len(w.tree)
	w.tree = append(w.tree, Node{Feature: -1})
	g, h := w.sums(rows)
	feature, cut := -1, 0.0
	if depth > 0 && len(rows) >= 2*w.growth.Leaf {
		feature, cut = w.best(rows, g, h)
	}
	if feature < 0 {
		w.tree[me].Value = math.Round(g/(h+ridge)*w.growth.Rate*1e5) / 1e5
		return me
	}
	var left, right []int
	for _, i := range rows {
		if w.samples[i].X[feature] <= cut {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l := w.split(left, depth-1)
	r := w.split(right, depth-1)
	w.tree[me] = Node{Feature: feature, Cut: cut, Left: l, Right: r}
	return me
}

func (w *grower) sums(rows []int) (g, h float64) {
	for _, i := range rows {
		g += w.grad[i]
		h += w.hess[i]
	}
	return g, h
}

// best is the feature and the cut that gain most, -1 where none gains enough.
func (w *grower) best(rows []int, g, h float64) (int, float64) {
	feature, cut, most := -1, 0.0, leastGain
	var n [maxCuts + 1]int
	var gs, hs [maxCuts + 1]float64
	for _, k := range w.features {
		cuts := w.cuts[k]
		clear(n[:])
		clear(gs[:])
		clear(hs[:])
		bins := w.bins[k]
		for _, i := range rows {
			b := bins[i]
			n[b]++
			gs[b] += w.grad[i]
			hs[b] += w.hess[i]
		}
		below, gl, hl := 0, 0.0, 0.0
		for b, c := range cuts {
			below, gl, hl = below+n[b], gl+gs[b], hl+hs[b]
			if below < w.growth.Leaf || len(rows)-below < w.growth.Leaf {
				continue
			}
			gain := gl*gl/(hl+ridge) + (g-gl)*(g-gl)/(h-hl+ridge) - g*g/(h+ridge)
			if gain > most {
				feature, cut, most = k, c, gain
			}
		}
	}
	return feature, cut
}
