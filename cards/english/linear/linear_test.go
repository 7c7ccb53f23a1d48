package linear

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// trained learns which of three labels goes with two random features.
func trained(labels int) (*Trainer, [][]uint32) {
	random := rand.New(rand.NewPCG(1, 1))
	t := NewTrainer(labels)
	var examples [][]uint32
	for range 300 {
		a, b := uint32(random.IntN(9)), uint32(random.IntN(9))
		examples = append(examples, []uint32{Feature(1, a, 0, 0, 0), Feature(2, b, 0, 0, 0), Feature(3, a, b, 0, 0)})
	}
	scores := make([]int32, labels)
	for range 10 {
		for i, e := range examples {
			t.Score(e, scores)
			if guess, truth := top(scores), truthOf(examples[i], labels); guess != truth || labels == 1 {
				t.Update(e, truth, 1)
				t.Update(e[:1], guess, -1)
			}
			t.Tick()
		}
	}
	return t, examples
}

// truthOf is an arbitrary rule that the pair of features decides.
func truthOf(e []uint32, labels int) int { return int(e[2]) % labels }

func top(scores []int32) int { return slices.Index(scores, slices.Max(scores)) }

func TestModelRemembersWhatTrainerLearnt(t *testing.T) {
	trainer, examples := trained(3)
	model := trainer.Freeze(Pruning{Changes: 1, Steps: 8})
	scores := make([]int32, 3)
	wrong := 0
	for _, e := range examples {
		if model.Score(e, scores); top(scores) != truthOf(e, 3) {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d examples are wrong after training, want 0", wrong, len(examples))
	}
}

func TestAppendAndRead(t *testing.T) {
	for _, labels := range []int{1, 3, 200} {
		trainer, examples := trained(labels)
		model := trainer.Freeze(Pruning{Changes: 1, Steps: 8})
		b := model.Append([]byte{})
		read, rest, err := Read(append(slices.Clone(b), "rest"...))
		if err != nil || string(rest) != "rest" {
			t.Fatalf("Read of a model with %d labels: rest %q, error %v", labels, rest, err)
		}
		if !bytes.Equal(read.Append(nil), b) || read.Features() != model.Features() || read.Weights() != model.Weights() {
			t.Errorf("a model with %d labels is another one after it was written and read", labels)
		}
		one, two := make([]int32, labels), make([]int32, labels)
		for _, e := range examples {
			model.Score(e, one)
			if read.Score(e, two); !slices.Equal(one, two) {
				t.Fatalf("scores %v after reading, want %v", two, one)
			}
		}
	}
}

func TestScoreOfManyFeatures(t *testing.T) {
	trainer := NewTrainer(2)
	var features []uint32
	for i := range uint32(3*batch + 5) {
		features = append(features, Feature(9, i, 0, 0, 0))
	}
	trainer.Update(features, 1, 2)
	trainer.Tick()
	scores := make([]int32, 2)
	if trainer.Score(features, scores); scores[1] != int32(2*len(features)) {
		t.Errorf("the trainer's score is %d, want %d", scores[1], 2*len(features))
	}
	if trainer.Freeze(Pruning{Steps: 1}).Score(features, scores); scores[0] != 0 || scores[1] != int32(len(features)) {
		t.Errorf("the model's scores are %v, want 0 and %d", scores, len(features))
	}
}

func FuzzRead(f *testing.F) {
	trainer, _ := trained(3)
	f.Add(trainer.Freeze(Pruning{Changes: 1, Steps: 8}).Append(nil))
	f.Add([]byte{1, 1, 1, 5, 0, 0, 2})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, _, err := Read(b)
		if err != nil {
			return
		}
		m.Score([]uint32{0, 1, 1 << 31}, make([]int32, m.Labels()))
	})
}

func TestSortedNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{0, 1, 2, 7, 1000} {
		for _, most := range []uint32{1, 50, 1<<32 - 1} {
			want := make([]uint32, n)
			for i := range want {
				want[i] = uint32(random.Uint64N(uint64(most) + 1))
			}
			slices.Sort(want)
			got, rest, err := readSorted(append(appendSorted(nil, want), "rest"...), n)
			if err != nil || !slices.Equal(got, want) || string(rest) != "rest" {
				t.Errorf("%d numbers up to %d: error %v, rest %q, the same %t", n, most, err, rest, slices.Equal(got, want))
			}
		}
	}
}

// TestLargeWeightsAndCloseKeys has weights that no byte holds, and keys that differ
// in their last bits alone.
func TestLargeWeightsAndCloseKeys(t *testing.T) {
	for _, labels := range []int{1, 2} {
		trainer := NewTrainer(labels)
		want := map[uint32]int32{}
		for i := range uint32(300) {
			want[7<<16+3*i] = 1
			want[1<<32-1-3*i] = int32(i)*i32sign(i) + 1
		}
		for key, w := range want {
			if w != 0 {
				trainer.Update([]uint32{key}, labels-1, w)
			}
		}
		trainer.Tick()
		model, _, err := Read(trainer.Freeze(Pruning{Steps: 1}).Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		scores := make([]int32, labels)
		for key := range want {
			for _, k := range []uint32{key, key - 1, key + 1} {
				if model.Score([]uint32{k}, scores); scores[labels-1] != want[k] {
					t.Errorf("with %d labels the weight of %d is %d, want %d", labels, k, scores[labels-1], want[k])
				}
			}
		}
	}
}

// i32sign is 1 for even numbers and -1 for odd ones.
func i32sign(i uint32) int32 { return 1 - 2*int32(i%2) }
