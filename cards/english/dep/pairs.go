package dep

// pairChart is the chart of the parser of arcs and pairs. For words i and j it
// holds, for the head on either side, the best span that ends in a word without
// further dependents (done), the best that the arc between i and j has just closed
// (arc), and the best pair of half-spans between two neighbouring dependents
// (meet), each with where it splits.
type pairChart struct {
	l             *lattice
	done, arc     [2][]int32 // [0]: the head is j, [1]: the head is i
	meet          []int32
	doneAt, arcAt [2][]int16
	meetAt        []int16
	heads         []int
}

const low = int32(-1 << 28)

// decode returns the heads of the tree of the largest sum.
func (l *lattice) decode() []int {
	n := l.n
	c := &pairChart{l: l, heads: make([]int, n), meet: make([]int32, n*n), meetAt: make([]int16, n*n)}
	for side := range 2 {
		c.done[side], c.arc[side] = make([]int32, n*n), make([]int32, n*n)
		c.doneAt[side], c.arcAt[side] = make([]int16, n*n), make([]int16, n*n)
	}
	for width := 1; width < n; width++ {
		for i := 0; i+width < n; i++ {
			c.fill(i, i+width)
		}
	}
	best := 0
	sum := func(r int) int32 { return c.done[0][r] + c.done[1][r*n+n-1] + l.root[r] }
	for r := range n {
		if sum(r) > sum(best) {
			best = r
		}
	}
	c.heads[best] = Root
	c.walk(0, best, 0)
	c.walk(best, n-1, 1)
	return c.heads
}

func (c *pairChart) fill(i, j int) {
	n := c.l.n
	at := i*n + j
	best, split := low, i
	for k := i; k < j; k++ {
		if s := c.done[1][i*n+k] + c.done[0][(k+1)*n+j]; s > best {
			best, split = s, k
		}
	}
	c.meet[at], c.meetAt[at] = best, int16(split)
	c.arc[1][at], c.arcAt[1][at] = c.close(i, j, c.done[0][(i+1)*n+j])
	c.arc[0][at], c.arcAt[0][at] = c.close(j, i, c.done[1][i*n+j-1])
	best, split = low, i
	for k := i; k < j; k++ {
		if s := c.done[0][i*n+k] + c.arc[0][k*n+j]; s > best {
			best, split = s, k
		}
	}
	c.done[0][at], c.doneAt[0][at] = best, int16(split)
	best, split = low, j
	for k := i + 1; k <= j; k++ {
		if s := c.arc[1][i*n+k] + c.done[1][k*n+j]; s > best {
			best, split = s, k
		}
	}
	c.done[1][at], c.doneAt[1][at] = best, int16(split)
}

// close finds the best way to the arc from h to d: d is the first dependent on its
// side, its own half-span scoring first, or the next after an inner one. It returns
// the inner one, h for none.
func (c *pairChart) close(h, d int, first int32) (int32, int16) {
	l, n := c.l, c.l.n
	if !l.kept[h*n+d] {
		return low, int16(h)
	}
	pairs := l.pairs[l.first[h*n+d]:]
	best, inner := first+pairs[0], h
	side := 0
	if h < d {
		side = 1
	}
	for i, kid := range l.kids[side][h] {
		k := int(kid)
		if k == d {
			break
		}
		s := c.span(h, k) + c.meet[min(k, d)*n+max(k, d)] + pairs[i+1]
		if s > best {
			best, inner = s, k
		}
	}
	return max(best, low) + l.arcs[h*n+d], int16(inner)
}

// span is the score of the span that the arc from h to d closes.
func (c *pairChart) span(h, d int) int32 {
	if h < d {
		return c.arc[1][h*c.l.n+d]
	}
	return c.arc[0][d*c.l.n+h]
}

// walk writes the heads in the span from i to j, whose head is j for side 0.
func (c *pairChart) walk(i, j, side int) {
	if i == j {
		return
	}
	k := int(c.doneAt[side][i*c.l.n+j])
	if side == 0 {
		c.walk(i, k, 0)
		c.walkArc(j, k)
		return
	}
	c.walkArc(i, k)
	c.walk(k, j, 1)
}

// walkArc writes the heads in the span that the arc from h to d closes.
func (c *pairChart) walkArc(h, d int) {
	n := c.l.n
	for {
		c.heads[d] = h
		side, at := 0, d*n+h
		if h < d {
			side, at = 1, h*n+d
		}
		inner := int(c.arcAt[side][at])
		if inner == h {
			if h < d {
				c.walk(h+1, d, 0)
			} else {
				c.walk(d, h-1, 1)
			}
			return
		}
		lo, hi := min(inner, d), max(inner, d)
		k := int(c.meetAt[lo*n+hi])
		c.walk(lo, k, 1)
		c.walk(k+1, hi, 0)
		d = inner
	}
}
