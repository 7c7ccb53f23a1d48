package generate

import (
	"math"
	"sort"

	"recto/cards"
	"recto/cards/generate/forest"
)

// Verdict is what a person decided about a card that was proposed.
type Verdict struct {
	Kind cards.FactKind
	Sure float64 // P(keep) before any refinement, 0 to 1
	Kept bool    // as it was: a card that was edited first was not
}

// Refinement moves P(keep) towards what people keep. The zero value moves nothing.
type Refinement struct {
	shifts map[cards.FactKind]float64 // logits
	others float64                    // for kinds that nobody judged
}

// Habit is what people did with proposed cards of one kind.
type Habit struct {
	Kind         cards.FactKind
	Judged, Kept int
	Expected     float64 // how many of them the score expected to be kept
	Shift        float64 // how far P(keep) moves for it, in logits
}

const (
	// FewVerdicts is how many verdicts move nothing yet.
	FewVerdicts = 20

	// tether is how strongly shifts are held to zero, as the precision of a normal
	// prior: half a logit, 12 points of P(keep) in the middle, is one deviation.
	tether   = 4
	maxShift = 1.5
)

// Refine learns from verdicts how much more or less people keep than the score
// expects: one shift in logits for all cards and one beside it for each kind of fact,
// the most probable ones under a normal prior (logistic regression with the score's
// logit as offset, by Newton steps along one shift after the other). Habits are sorted
// by how many cards of them were judged.
func Refine(verdicts []Verdict) (Refinement, []Habit) {
	kinds := map[cards.FactKind]*Habit{}
	for _, v := range verdicts {
		h := kinds[v.Kind]
		if h == nil {
			h = &Habit{Kind: v.Kind}
			kinds[v.Kind] = h
		}
		h.Judged++
		h.Expected += v.Sure
		if v.Kept {
			h.Kept++
		}
	}
	habits := make([]Habit, 0, len(kinds))
	for _, h := range kinds {
		habits = append(habits, *h)
	}
	sort.Slice(habits, func(i, j int) bool {
		a, b := habits[i], habits[j]
		return a.Judged > b.Judged || a.Judged == b.Judged && a.Kind < b.Kind
	})
	if len(verdicts) < FewVerdicts {
		return Refinement{}, habits
	}
	r := fit(verdicts, habits)
	for i, h := range habits {
		habits[i].Shift = r.shifts[h.Kind]
	}
	return r, habits
}

func fit(verdicts []Verdict, habits []Habit) Refinement {
	all, own := 0.0, map[cards.FactKind]float64{}
	step := func(kind cards.FactKind, shift float64) float64 { // "" is all kinds
		slope, curve := -tether*shift, float64(tether)
		for _, v := range verdicts {
			if kind != "" && v.Kind != kind {
				continue
			}
			p := forest.Probability(logit(v.Sure) + all + own[v.Kind])
			curve += p * (1 - p)
			slope -= p
			if v.Kept {
				slope++
			}
		}
		return shift + slope/curve
	}
	for range 20 {
		all = step("", all)
		for _, h := range habits {
			own[h.Kind] = step(h.Kind, own[h.Kind])
		}
	}
	r := Refinement{shifts: map[cards.FactKind]float64{}, others: bounded(all)}
	for _, h := range habits {
		r.shifts[h.Kind] = bounded(all + own[h.Kind])
	}
	return r
}

// Sure is the refined P(keep) of a card of a kind whose score is p, both 0 to 1.
func (r Refinement) Sure(kind cards.FactKind, p float64) float64 {
	shift, known := r.shifts[kind]
	if !known {
		shift = r.others
	}
	if shift == 0 {
		return p
	}
	return forest.Probability(logit(p) + shift)
}

func bounded(shift float64) float64 { return min(max(shift, -maxShift), maxShift) }

// logit is the log-odds of p, which forest.Probability turns back.
func logit(p float64) float64 {
	p = min(max(p, 0.001), 0.999)
	return math.Log(p / (1 - p))
}
