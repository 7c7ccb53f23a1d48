package forest

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// drawn are samples whose answer depends on the first two of five features.
func drawn(n int) []Sample {
	rng := rand.New(rand.NewPCG(7, 7))
	var out []Sample
	for range n {
		x := make([]float64, 5)
		for k := range x {
			x[k] = math.Round(rng.Float64() * 20)
		}
		p := Probability(0.4*(x[0]-10) - 0.3*(x[1]-10))
		out = append(out, Sample{X: x, Yes: rng.Float64() < p, Weight: 1})
	}
	return out
}

var small = Growth{Rounds: 120, Depth: 3, Leaf: 20, Rate: 0.1, Share: 1, Seed: 1}

func TestGrowLearns(t *testing.T) {
	f := Grow(drawn(3000), small)
	right, n := 0, 0
	for _, s := range drawn(5000)[3000:] {
		n++
		if (f.Logit(s.X) > 0) == s.Yes {
			right++
		}
	}
	if share := float64(right) / float64(n); share < 0.78 {
		t.Errorf("a forest is right on %.2f of the samples it has not seen, want 0.78", share)
	}
}

func TestGrowTwiceTheSame(t *testing.T) {
	if a, b := Grow(drawn(800), small), Grow(drawn(800), small); !reflect.DeepEqual(a, b) {
		t.Error("the same samples and seed give two forests")
	}
}

func TestWeights(t *testing.T) {
	samples := drawn(800)
	for i := range samples {
		if samples[i].Yes {
			samples[i].Weight = 4
		}
	}
	plain, heavy := Grow(drawn(800), small), Grow(samples, small)
	x := []float64{10, 10, 10, 10, 10}
	if plain.Logit(x) >= heavy.Logit(x) {
		t.Errorf("four times the weight on yes gives %v, without it %v", heavy.Logit(x), plain.Logit(x))
	}
}

func TestForestOfLeaves(t *testing.T) {
	f := Forest{Base: 1, Trees: []Tree{{{Feature: 0, Cut: 2, Left: 1, Right: 2}, {Feature: -1, Value: -1}, {Feature: -1, Value: 1}}}}
	for x, want := range map[float64]float64{1: 0, 2: 0, 3: 2} {
		if got := f.Logit([]float64{x}); got != want {
			t.Errorf("Logit(%v) = %v, want %v", x, got, want)
		}
	}
	if Probability(0) != 0.5 {
		t.Errorf("Probability(0) = %v", Probability(0))
	}
}
