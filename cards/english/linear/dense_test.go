package linear

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRowsOfManyLabels has features with weights for few labels, for many, for many
// with one too large for a byte, and two with the same place among those of many.
func TestRowsOfManyLabels(t *testing.T) {
	const labels = 101
	random := rand.New(rand.NewPCG(3, 3))
	trainer := NewTrainer(labels)
	want := map[uint32][]int32{}
	for i := range uint32(3000) {
		key := Feature(1, i, 0, 0, 0)
		if i%7 == 1 {
			key = Feature(1, i-1, 0, 0, 0) + 1
		}
		row := make([]int32, labels)
		for range []int{1, 40, 90}[i%3] {
			row[random.IntN(labels)] = int32(random.IntN(250) - 125)
		}
		if i%5 == 0 {
			row[random.IntN(labels)] = 700
		}
		want[key] = row
		for label, w := range row {
			if w != 0 {
				trainer.Update([]uint32{key}, label, w)
			}
		}
	}
	trainer.Tick()
	learnt := trainer.Freeze(Pruning{Steps: float64(median(want))})
	b := learnt.Append(nil)
	model, _, err := Read(b)
	if err != nil || !bytes.Equal(model.Append(nil), b) {
		t.Fatalf("a model is another one after it was written and read (error %v)", err)
	}
	if n := len(model.dense.words) / model.dense.width; n < 20 {
		t.Errorf("%d rows are dense, want 20 or more", n)
	}
	var features []uint32
	sum := make([]int32, labels)
	for key, row := range want {
		features = append(features, key, key+2)
		for label, w := range row {
			sum[label] += w
		}
		for label, w := range want[key+2] {
			sum[label] += w
		}
		scores := make([]int32, labels)
		if model.Score([]uint32{key}, scores); !slices.Equal(scores, row) {
			t.Fatalf("the scores of feature %d are %v, want %v", key, scores, row)
		}
	}
	scores := make([]int32, labels)
	if model.Score(features, scores); !slices.Equal(scores, sum) {
		t.Errorf("the scores of all features are %v, want %v", scores, sum)
	}
}

// median of the magnitudes of weights, the step that leaves them as they are.
func median(rows map[uint32][]int32) int32 {
	var all []int32
	for _, row := range rows {
		for _, w := range row {
			if w != 0 {
				all = append(all, max(w, -w))
			}
		}
	}
	slices.Sort(all)
	return all[len(all)/2]
}
