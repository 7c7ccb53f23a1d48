package dep

import "slices"

// Vote makes one tree of several for the same sentence: the projective tree whose
// arcs have most votes (Eisner 1996 over Sagae and Lavie 2006), each tree's vote
// having its weight, less the doubts, which may be nil; with each arc the relation
// that has most votes for it. base maps relations to what they are up to the colon. Besides the tree it returns how
// many of the trees have each word's head and relation up to the colon.
func Vote(trees []Tree, weights []int32, base []uint8, doubts *Doubts) (Tree, []int) {
	out := Tree{trees[0].Heads, make([]uint8, len(trees[0].Heads))}
	if !unanimous(trees) {
		out.Heads = elect(trees, weights, doubts)
	}
	for d, h := range out.Heads {
		out.Relations[d] = electRelation(trees, weights, base, d, h)
	}
	votes := make([]int, len(out.Heads))
	for _, t := range trees {
		for d, h := range t.Heads {
			if h == out.Heads[d] && base[t.Relations[d]] == base[out.Relations[d]] {
				votes[d]++
			}
		}
	}
	return out, votes
}

func unanimous(trees []Tree) bool {
	for _, t := range trees[1:] {
		for d, h := range t.Heads {
			if h != trees[0].Heads[d] {
				return false
			}
		}
	}
	return true
}

// electRelation finds the relation of word d to its head: first what it is up to
// the colon, then the rest. Trees with another head vote only if none has this one.
func electRelation(trees []Tree, weights []int32, base []uint8, d, head int) uint8 {
	var whole, short [256]int32
	any := false
	for i, t := range trees {
		if t.Heads[d] == head {
			any = true
			whole[t.Relations[d]] += weights[i]
			short[base[t.Relations[d]]] += weights[i]
		}
	}
	if !any {
		return trees[0].Relations[d]
	}
	best, chosen := int32(-1), uint8(0)
	for _, t := range trees {
		if r := t.Relations[d]; t.Heads[d] == head {
			if score := short[base[r]]<<12 + whole[r]; score > best {
				best, chosen = score, r
			}
		}
	}
	return chosen
}

// chart holds Eisner's spans from word i to word j: complete ones and those that
// an arc between i and j has just closed, with the head left or right.
type chart struct {
	n                          int
	openL, openR, doneL, doneR []int32 // L: the head is j
	inner, splitL, splitR      []int16
}

func (c *chart) at(i, j int) int { return i*c.n + j }

// Doubts are what a parser that scores every arc holds against it, in votes: 0 for
// the best head of a word, less for the others. They settle what the votes leave
// open.
type Doubts struct {
	arcs []int32 // head*n + dependent
	root []int32
}

// A doubt grows to gravest votes where the score is despair or more below the best.
const (
	gravest = 9
	despair = 200
)

// doubts turns the scores of single arcs into doubts.
func (l *lattice) doubts() *Doubts {
	n := l.n
	out := &Doubts{make([]int32, n*n), make([]int32, n)}
	for d := range n {
		best := l.root[d]
		for h := range n {
			if h != d {
				best = max(best, l.arcs[h*n+d])
			}
		}
		doubt := func(score int32) int32 { return max(score-best, -despair) * gravest / despair }
		out.root[d] = doubt(l.root[d])
		for h := range n {
			if h != d {
				out.arcs[h*n+d] = doubt(l.arcs[h*n+d])
			}
		}
	}
	return out
}

// elect returns the heads of the tree with the most votes.
func elect(trees []Tree, weights []int32, doubts *Doubts) []int {
	n := len(trees[0].Heads)
	votes := make([]int32, n*n) // head, dependent
	root := make([]int32, n)
	if doubts != nil {
		votes, root = slices.Clone(doubts.arcs), slices.Clone(doubts.root)
	}
	for i, t := range trees {
		for d, h := range t.Heads {
			if h == Root {
				root[d] += weights[i]
			} else {
				votes[h*n+d] += weights[i]
			}
		}
	}
	return maximum(n, votes, root)
}

// maximum finds the projective tree with one root of the largest sum of scores:
// arcs[h*n+d] for an arc from h to d, root[d] for d as the root.
func maximum(n int, arcs, root []int32) []int {
	c := &chart{n: n}
	for _, p := range []*[]int32{&c.openL, &c.openR, &c.doneL, &c.doneR} {
		*p = make([]int32, n*n)
	}
	for _, p := range []*[]int16{&c.inner, &c.splitL, &c.splitR} {
		*p = make([]int16, n*n)
	}
	for width := 1; width < n; width++ {
		for i := 0; i+width < n; i++ {
			c.fill(i, i+width, arcs)
		}
	}
	best := 0
	sum := func(r int) int32 { return c.doneL[c.at(0, r)] + c.doneR[c.at(r, n-1)] + root[r] }
	for r := range n {
		if sum(r) > sum(best) {
			best = r
		}
	}
	heads := make([]int, n)
	heads[best] = Root
	c.walkDone(0, best, true, heads)
	c.walkDone(best, n-1, false, heads)
	return heads
}

func (c *chart) fill(i, j int, arcs []int32) {
	at := c.at(i, j)
	best, split := int32(-1<<30), i
	for k := i; k < j; k++ {
		if s := c.doneR[c.at(i, k)] + c.doneL[c.at(k+1, j)]; s > best {
			best, split = s, k
		}
	}
	c.inner[at] = int16(split)
	c.openL[at] = best + arcs[j*c.n+i]
	c.openR[at] = best + arcs[i*c.n+j]
	best, split = -1<<30, i
	for k := i; k < j; k++ {
		if s := c.doneL[c.at(i, k)] + c.openL[c.at(k, j)]; s > best {
			best, split = s, k
		}
	}
	c.doneL[at], c.splitL[at] = best, int16(split)
	best, split = -1<<30, j
	for k := i + 1; k <= j; k++ {
		if s := c.openR[c.at(i, k)] + c.doneR[c.at(k, j)]; s > best {
			best, split = s, k
		}
	}
	c.doneR[at], c.splitR[at] = best, int16(split)
}

// walkDone writes the heads of a complete span; headRight says which end governs.
func (c *chart) walkDone(i, j int, headRight bool, heads []int) {
	if i == j {
		return
	}
	if headRight {
		k := int(c.splitL[c.at(i, j)])
		heads[k] = j
		c.walkDone(i, k, true, heads)
		c.walkInner(k, j, heads)
		return
	}
	k := int(c.splitR[c.at(i, j)])
	heads[k] = i
	c.walkInner(i, k, heads)
	c.walkDone(k, j, false, heads)
}

// walkInner writes the heads under the arc between i and j.
func (c *chart) walkInner(i, j int, heads []int) {
	k := int(c.inner[c.at(i, j)])
	c.walkDone(i, k, false, heads)
	c.walkDone(k+1, j, true, heads)
}
