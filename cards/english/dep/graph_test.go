package dep

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// brute finds the largest sum of any projective tree by trying all.
func brute(l *lattice) int32 {
	n := l.n
	best := int32(-1 << 30)
	heads := make([]int, n)
	var try func(d int)
	try = func(d int) {
		if d == n {
			if isProjectiveTree(heads) {
				best = max(best, l.sum(heads))
			}
			return
		}
		for h := -1; h < n; h++ {
			if h != d {
				heads[d] = h
				try(d + 1)
			}
		}
	}
	try(0)
	return best
}

// sum adds the scores of a tree's parts up.
func (l *lattice) sum(heads []int) int32 {
	total := int32(0)
	inner := neighbours(heads)
	for d, h := range heads {
		if h == Root {
			total += l.root[d]
			continue
		}
		total += l.arcs[h*l.n+d]
		if l.pairs != nil {
			total += l.pairs[int(l.first[h*l.n+d])+l.rank(h, inner[d])]
		}
	}
	return total
}

// rank is the place of inner among the dependents that h may have on its side, 0
// for h itself.
func (l *lattice) rank(h, inner int) int {
	side := 0
	if inner > h {
		side = 1
	}
	return slices.Index(l.kids[side][h], int16(inner)) + 1
}

// isProjectiveTree reports whether heads form one tree with one root and without
// crossing arcs.
func isProjectiveTree(heads []int) bool {
	roots := 0
	for d, h := range heads {
		if h == Root {
			roots++
			continue
		}
		steps := 0
		for w := d; w != Root; w = heads[w] {
			if steps++; steps > len(heads) {
				return false
			}
		}
		for m := min(d, h) + 1; m < max(d, h); m++ {
			under := false
			for w := m; w != Root && !under; w = heads[w] {
				if under = w == h; steps > 10*len(heads) {
					return false
				}
				steps++
			}
			if !under {
				return false
			}
		}
	}
	return roots == 1
}

func TestDecodeFindsTheBestTree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := 1; n <= 5; n++ {
		for range 30 {
			l := &lattice{n: n, arcs: make([]int32, n*n), root: make([]int32, n), kept: make([]bool, n*n)}
			for i := range l.arcs {
				l.arcs[i], l.kept[i] = int32(random.IntN(21)-10), i/n != i%n
			}
			l.list()
			for h := range n {
				l.root[h] = int32(random.IntN(21) - 10)
				for side := range 2 {
					for i, d := range l.kids[side][h] {
						l.first[h*n+int(d)] = int32(len(l.pairs))
						for range i + 1 {
							l.pairs = append(l.pairs, int32(random.IntN(21)-10))
						}
					}
				}
			}
			heads := l.decode()
			if !isProjectiveTree(heads) {
				t.Fatalf("decode = %v, which is no projective tree", heads)
			}
			if got, want := l.sum(heads), brute(l); got != want {
				t.Errorf("the tree %v of %d words has score %d, want %d", heads, n, got, want)
			}
		}
	}
}

func TestAgree(t *testing.T) {
	trees := []Tree{
		{[]int{1, Root, 1, 2}, []uint8{0, 5, 1, 3}},
		{[]int{1, Root, 1, 1}, []uint8{0, 5, 2, 3}},
		{[]int{1, Root, 3, 1}, []uint8{4, 5, 1, 3}},
	}
	base := []uint8{0, 1, 1, 3, 4, 5}
	tree, votes := Agree([]int{1, Root, 1, 1}, trees, []int32{1, 1, 1}, base)
	if want := []uint8{0, 5, 1, 3}; !slices.Equal(tree.Relations, want) {
		t.Errorf("relations = %v, want %v", tree.Relations, want)
	}
	if want := []int{2, 3, 2, 2}; !slices.Equal(votes, want) {
		t.Errorf("votes = %v, want %v", votes, want)
	}
}

// TestGain has two words that may each govern the other: votes turn a near choice
// round, a sure one more than an unsure one, and leave a clear one alone.
func TestGain(t *testing.T) {
	for _, c := range []struct {
		lead int32 // of the first word as the root
		sure int32 // of the vote for the second
		want []int
	}{
		{0, 0, []int{1, Root}}, {2 * (esteem + 1), 0, []int{Root, 0}}, {2 * (esteem + 1), certain, []int{1, Root}},
		{2 * (esteem + regard - 1), certain, []int{1, Root}}, {2 * (esteem + regard + 1), certain, []int{Root, 0}},
	} {
		l := &lattice{n: 2, arcs: make([]int32, 4), root: []int32{c.lead, 0}, kept: []bool{false, true, true, false}}
		l.list()
		l.first[2*0+1], l.first[2*1+0], l.pairs = 0, 1, []int32{0, 0}
		l.gain([]Vote{{Tree{[]int{1, Root}, []uint8{0, 0}}, []int32{c.sure, c.sure}}})
		if got := l.decode(); !slices.Equal(got, c.want) {
			t.Errorf("with a lead of %d and a vote sure by %d the heads are %v, want %v", c.lead, c.sure, got, c.want)
		}
	}
}
