package dep

import (
	"math/rand/v2"

	"recto/cards/english/linear"
)

// Example is a sentence with its true tree.
type Example struct {
	Sentence *Sentence
	Tree     Tree
}

// Course is how a parser is trained.
type Course struct {
	Relations int // how many there are
	Epochs    int
	Backwards bool
	Graph     bool // a graph-based parser, else a transition-based one
	Random    *rand.Rand
	Pruning   linear.Pruning
	Labels    linear.Pruning                     // of the relations of a graph-based parser
	Progress  func(epoch int, now func() Parser) // called after each epoch, now gives the parser as it stands; may be nil
}

// gold is a true tree, made projective, with the root as word n.
type gold struct {
	head     []int16
	relation []uint8
}

// Train learns a parser of the kind that the course says. The same examples, course and source of random numbers
// give the same parser.
func Train(examples []Example, c Course) Parser {
	if c.Graph {
		return trainGraph(examples, c)
	}
	return trainTransition(examples, c)
}

func trainTransition(examples []Example, c Course) *Transition {
	p := &Transition{relations: c.Relations, backwards: c.Backwards}
	sentences := make([]*Sentence, len(examples))
	golds := make([]gold, len(examples))
	for i, e := range examples {
		s, t := e.Sentence, e.Tree
		if c.Backwards {
			s, t = s.Reversed(), t.reversed()
		}
		sentences[i], golds[i] = s, projective(t)
	}
	learner := linear.NewTrainer(1 + 2*c.Relations)
	p.model = learner
	order := c.Random.Perm(len(examples))
	for epoch := range c.Epochs {
		c.Random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			p.follow(learner, sentences[k], golds[k], epoch, c.Random)
		}
		if c.Progress != nil {
			c.Progress(epoch, func() Parser {
				now := *p
				now.model = learner.Freeze(c.Pruning)
				return &now
			})
		}
	}
	p.model = learner.Freeze(c.Pruning)
	return p
}

// follow parses a sentence greedily and corrects the weights wherever a transition
// that loses arcs scores best. The oracle is dynamic (Goldberg and Nivre 2013): it
// knows the best that can still be done after errors, which the parser is left to
// make from the second epoch on.
func (p *Transition) follow(learner *linear.Trainer, s *Sentence, g gold, epoch int, random *rand.Rand) {
	st := newState(s.n)
	scores := make([]int32, learner.Labels())
	features := make([]uint32, 0, 192)
	for !st.done(s.n) {
		features = appendFeatures(features[:0], s, st)
		learner.Score(features, scores)
		guess := p.best(scores, st, s.n)
		cost := p.costs(st, g, s.n)
		truth := p.bestTrue(scores, st, g, cost)
		right := guess == truth
		if !right {
			learner.Update(features, truth, 1)
			learner.Update(features, guess, -1)
		}
		learner.Tick()
		if !right && (epoch == 0 || random.IntN(10) == 0) {
			guess = truth
		}
		p.apply(st, guess)
	}
}

// lost is how many true arcs each kind of transition puts out of reach; never is
// for one that is not allowed.
type lost struct{ shift, left, right int }

const never = 1 << 20

func (p *Transition) costs(st *state, g gold, n int) lost {
	shifts, lefts, rights := st.allowed(n)
	cost := lost{never, never, never}
	k, b := len(st.stack), st.next
	if shifts {
		cost.shift = 0
		for i, w := range st.stack {
			if g.head[w] == b {
				cost.shift++
			}
			if i < k-1 && g.head[b] == w {
				cost.shift++
			}
		}
	}
	if k == 0 {
		return cost
	}
	top := st.stack[k-1]
	h := g.head[top]
	waiting := 0 // words to come that the top of the stack governs
	for d := int(b); d < n; d++ {
		if g.head[d] == top {
			waiting++
		}
	}
	if lefts {
		cost.left = waiting
		if h > b || k > 1 && h == st.stack[k-2] {
			cost.left++
		}
	}
	if rights {
		cost.right = waiting
		if h >= b {
			cost.right++
		}
	}
	return cost
}

// bestTrue is the transition of the highest score among those that lose least. An
// arc that is true must have its relation; one that is not may have any.
func (p *Transition) bestTrue(scores []int32, st *state, g gold, cost lost) int {
	least := min(cost.shift, cost.left, cost.right)
	b := -1
	try := func(from, to int) {
		for a := from; a < to; a++ {
			if b < 0 || scores[a] > scores[b] {
				b = a
			}
		}
	}
	if cost.shift == least {
		try(shift, shift+1)
	}
	k := len(st.stack)
	if cost.left == least {
		if top := st.stack[k-1]; g.head[top] == st.next {
			try(left+int(g.relation[top]), left+int(g.relation[top])+1)
		} else {
			try(left, p.right())
		}
	}
	if cost.right == least {
		if top := st.stack[k-1]; g.head[top] == st.stack[k-2] {
			try(p.right()+int(g.relation[top]), p.right()+int(g.relation[top])+1)
		} else {
			try(p.right(), len(scores))
		}
	}
	return b
}

// projective lifts the shortest crossing arcs to the head's head until none
// crosses.
func projective(t Tree) gold {
	n := len(t.Heads)
	g := gold{make([]int16, n), t.Relations}
	for i, h := range t.Heads {
		if h == Root {
			h = n
		}
		g.head[i] = int16(h)
	}
	for {
		d := g.crossing()
		if d < 0 {
			return g
		}
		g.head[d] = g.head[g.head[d]]
	}
}

// crossing is the dependent of the shortest arc over a word that its head does not
// govern, or -1.
func (g gold) crossing() int {
	n := int16(len(g.head))
	governs := func(h, w int16) bool {
		for w != n {
			if w == h {
				return true
			}
			w = g.head[w]
		}
		return h == n
	}
	best, length := -1, int16(0)
	for d, h := range g.head {
		if h == n {
			continue
		}
		lo, hi := min(int16(d), h), max(int16(d), h)
		for m := lo + 1; m < hi; m++ {
			if !governs(h, m) {
				if best < 0 || hi-lo < length {
					best, length = d, hi-lo
				}
				break
			}
		}
	}
	return best
}
