package dep

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// randomTree makes a projective tree with one root over the words from first up to
// last.
func randomTree(random *rand.Rand, heads []int, first, last, head int) {
	if first > last {
		return
	}
	root := first + random.IntN(last-first+1)
	heads[root] = head
	for lo := first; lo < root; {
		hi := lo + random.IntN(root-lo)
		randomTree(random, heads, lo, hi, root)
		lo = hi + 1
	}
	for lo := root + 1; lo <= last; {
		hi := lo + random.IntN(last-lo+1)
		randomTree(random, heads, lo, hi, root)
		lo = hi + 1
	}
}

// TestOracle: transitions that lose nothing lead to the true tree; after errors the
// arcs that the oracle counts as lost are those that the tree lacks, up to the one
// that the rule of one root costs.
func TestOracle(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	p := &Transition{relations: 2}
	scores := make([]int32, 5)
	for trial := range 500 {
		n := 1 + random.IntN(12)
		heads := make([]int, n)
		randomTree(random, heads, 0, n-1, Root)
		g := projective(Tree{heads, make([]uint8, n)})
		if !slices.Equal(g.heads(), heads) {
			t.Fatalf("projective(%v) = %v: it was projective before", heads, g.heads())
		}
		st := newState(n)
		lostArcs := 0
		for !st.done(n) {
			cost := p.costs(st, g, n)
			action := p.bestTrue(scores, st, g, cost)
			if trial%2 == 1 && random.IntN(4) == 0 { // an error
				for i := range scores {
					scores[i] = int32(random.IntN(100))
				}
				action = p.best(scores, st, n)
			}
			switch {
			case action == shift:
				lostArcs += cost.shift
			case action < p.right():
				lostArcs += cost.left
			default:
				lostArcs += cost.right
			}
			p.apply(st, action)
		}
		tree := st.tree(n)
		missing := 0
		for d, h := range tree.Heads {
			if h != heads[d] {
				missing++
			}
		}
		if !isProjectiveTree(tree.Heads) {
			t.Fatalf("the tree %v is none", tree.Heads)
		}
		if trial%2 == 0 && missing > 0 {
			t.Errorf("the oracle makes %v of %v", tree.Heads, heads)
		}
		if missing < lostArcs-1 || missing > lostArcs+1 {
			t.Errorf("%d arcs of %v are missing in %v, the oracle counted %d", missing, heads, tree.Heads, lostArcs)
		}
	}
}

func TestProjectiveLiftsCrossingArcs(t *testing.T) {
	// "A hearing is scheduled on the issue today": issue depends on hearing
	heads := []int{1, 3, 3, Root, 6, 6, 1, 3}
	got := projective(Tree{heads, make([]uint8, len(heads))}).heads()
	if want := []int{1, 3, 3, Root, 6, 6, 3, 3}; !slices.Equal(got, want) {
		t.Errorf("projective(%v) = %v, want %v", heads, got, want)
	}
}

func TestReversed(t *testing.T) {
	words := []Word{{"a", "a", "DET", "DT"}, {"b", "b", "NOUN", "NN"}, {"c", "c", "VERB", "VB"}}
	s := Prepare(words)
	if again := s.Reversed().Reversed(); !slices.Equal(again.nodes, s.nodes) {
		t.Errorf("a sentence reversed twice is %v, want %v", again.nodes, s.nodes)
	}
	tree := Tree{[]int{1, 2, Root}, []uint8{4, 5, 6}}
	if r := tree.reversed(); !slices.Equal(r.Heads, []int{Root, 0, 1}) || !slices.Equal(r.Relations, []uint8{6, 5, 4}) {
		t.Errorf("the reverse of %v is %v", tree, r)
	}
}
