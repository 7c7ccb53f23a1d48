package dep

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"recto/cards/english/linear"
)

// aSentence is one of "the cat saw the dog near the tree ." with its tree.
func aSentence() Example {
	words := []Word{
		{"the", "the", "DET", "DT"}, {"cat", "cat", "NOUN", "NN"}, {"saw", "see", "VERB", "VBD"}, {"the", "the", "DET", "DT"}, {"dog", "dog", "NOUN", "NN"},
		{"near", "near", "ADP", "IN"}, {"the", "the", "DET", "DT"}, {"tree", "tree", "NOUN", "NN"}, {".", ".", "PUNCT", "."},
	}
	return Example{Prepare(words), Tree{Heads: []int{1, 2, Root, 4, 2, 7, 7, 2, 2}, Relations: make([]uint8, len(words))}}
}

func TestSieveLetsTrueHeadsThrough(t *testing.T) {
	e := aSentence()
	s, n := e.Sentence, e.Sentence.n
	learnt := TrainSieve(slices.Repeat([]Example{e}, 20), 2, rand.New(rand.NewPCG(1, 1)), linear.Pruning{Steps: 20})
	b := learnt.Append(nil)
	sieve, err := ReadSieve(b)
	if err != nil || !bytes.Equal(sieve.Append(nil), b) {
		t.Fatalf("a sieve is another one after it was written and read (error %v)", err)
	}
	vote := Vote{Tree: Tree{Heads: slices.Repeat([]int{3}, n)}}
	kept := 0
	for d, truth := range e.Tree.Heads {
		scores, through := make([]int32, n), make([]bool, n)
		scores[d] = low
		sieve.sift(s, d, []Vote{vote}, scores, through)
		for h := range n {
			must := h != d && (h == truth || h == d-1 || h == d+1 || h == 3)
			if must && !through[h] || h == d && through[h] {
				t.Errorf("the arc from %d to %d is let through: %t, want %t", h, d, through[h], must)
			}
			if through[h] && !must {
				kept++
			}
		}
	}
	if kept > 20 {
		t.Errorf("%d arcs more than the true ones are let through, want 20 at most", kept)
	}
}

func TestReadSieveOfOtherData(t *testing.T) {
	for _, b := range [][]byte{nil, {1}, {2, 0, 0}} {
		if _, err := ReadSieve(b); err == nil {
			t.Errorf("ReadSieve(%v) returned no error", b)
		}
	}
}
