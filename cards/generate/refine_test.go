package generate

import (
	"math"
	"math/rand/v2"
	"testing"

	"recto/cards"
	"recto/cards/generate/forest"
)

// judged are n verdicts of a reader whose P(keep) is moved by shift against the score.
func judged(rng *rand.Rand, kind cards.FactKind, n int, shift float64) (list []Verdict) {
	for range n {
		p := 0.3 + 0.6*rng.Float64()
		list = append(list, Verdict{Kind: kind, Sure: p, Kept: rng.Float64() < forest.Probability(logit(p)+shift)})
	}
	return list
}

// What many verdicts say is learned, and the score of a server whose readers keep what
// it expects stays as it was.
func TestRefineLearnsWhatReadersKeep(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, want := range []float64{-1.2, -0.6, 0, 0.6} {
		list := append(judged(rng, cards.NameFact, 2000, want), judged(rng, cards.DateFact, 2000, 0)...)
		r, habits := Refine(list)
		if got := logit(r.Sure(cards.NameFact, 0.5)); math.Abs(got-want) > 0.2 {
			t.Errorf("readers who are %.1f logits off give a shift of %.2f", want, got)
		}
		if got := logit(r.Sure(cards.DateFact, 0.5)); math.Abs(got) > 0.2 {
			t.Errorf("beside names that are %.1f off, dates move by %.2f", want, got)
		}
		if len(habits) != 2 || habits[0].Judged != 2000 || habits[0].Expected < 1100 || habits[0].Expected > 1300 {
			t.Errorf("habits are %+v", habits)
		}
	}
}

// Few verdicts move little, and a reader who drops everything moves no card by more
// than is said.
func TestRefineIsHeldBack(t *testing.T) {
	dropped := func(n int) (list []Verdict) {
		for range n {
			list = append(list, Verdict{Kind: cards.NameFact, Sure: 0.7})
		}
		return list
	}
	none, habits := Refine(dropped(FewVerdicts - 1))
	if got := none.Sure(cards.NameFact, 0.7); got != 0.7 || len(habits) != 1 || habits[0].Judged != FewVerdicts-1 || habits[0].Shift != 0 {
		t.Errorf("%d verdicts move 0.7 to %.3f, with habits %+v", FewVerdicts-1, got, habits)
	}
	all, _ := Refine(dropped(100_000))
	for _, kind := range []cards.FactKind{cards.NameFact, cards.DateFact} {
		if got, least := all.Sure(kind, 0.7), forest.Probability(logit(0.7)-maxShift); got < least-1e-9 || got > 0.7 {
			t.Errorf("a reader who drops all moves a %s of 0.7 to %.3f, want %.3f or more", kind, got, least)
		}
	}
	if got := (Refinement{}).Sure(cards.DateFact, 0.61); got != 0.61 {
		t.Errorf("nothing learned moves 0.61 to %v", got)
	}
}

// The order in which verdicts come changes nothing.
func TestRefineIsSteady(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	list := append(judged(rng, cards.NameFact, 50, -1), judged(rng, cards.QuantityFact, 30, 0.5)...)
	a, _ := Refine(list)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	b, _ := Refine(list)
	for _, kind := range []cards.FactKind{cards.NameFact, cards.QuantityFact, cards.DateFact} {
		if x, y := a.Sure(kind, 0.6), b.Sure(kind, 0.6); math.Abs(x-y) > 1e-3 {
			t.Errorf("%s of 0.6 is %.6f and, in another order, %.6f", kind, x, y)
		}
	}
}
