package dep

import (
	"fmt"
	"slices"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
)

// Parser makes trees. It is read only and may be shared.
type Parser interface {
	// Parse returns the tree of a sentence.
	Parse(s *Sentence) Tree
	// Append writes the parser behind b, for Read.
	Append(b []byte) []byte
	String() string // how large it is
}

// The kinds of parsers, the first byte of what Append writes.
const (
	kindTransition = 1
	kindGraph      = 2
)

// Read reads a parser that Append wrote.
func Read(b []byte) (Parser, error) {
	switch {
	case len(b) > 4 && b[0] == kindTransition:
		return readTransition(b[1:])
	case len(b) > 4 && b[0] == kindGraph:
		return readGraph(b[1:])
	}
	return nil, pack.ErrDamaged
}

// Transition is a greedy transition-based parser. It is read only and may be shared.
type Transition struct {
	relations int
	backwards bool // from the last word to the first
	model     linear.Scorer
}

// Parse returns the tree of a sentence.
func (p *Transition) Parse(s *Sentence) Tree { return p.Vote(s).Tree }

// Vote returns the tree of a sentence and how sure it is of every arc.
func (p *Transition) Vote(s *Sentence) Vote {
	if !p.backwards {
		return p.forwards(s)
	}
	v := p.forwards(s.Reversed())
	slices.Reverse(v.Sure)
	return Vote{v.reversed(), v.Sure}
}

func (p *Transition) forwards(s *Sentence) Vote {
	st := newState(s.n)
	scores := make([]int32, p.model.Labels())
	sure := make([]int32, s.n)
	features := make([]uint32, 0, 192)
	for !st.done(s.n) {
		if len(st.stack) == 0 { // nothing else is allowed
			p.apply(st, shift)
			continue
		}
		features = appendFeatures(features[:0], s, st)
		p.model.Score(features, scores)
		a := p.best(scores, st, s.n)
		if a != shift {
			sure[st.stack[len(st.stack)-1]] = p.margin(scores, a, st, s.n)
		}
		p.apply(st, a)
	}
	return Vote{st.tree(s.n), sure}
}

// margin is by how much the score of an arc, given as its transition, is above that
// of the best transition that makes another one or none, if one is allowed.
func (p *Transition) margin(scores []int32, arc int, st *state, n int) int32 {
	shifts, lefts, rights := st.allowed(n)
	other := scores[arc] - certain
	if shifts {
		other = max(other, scores[shift])
	}
	switch {
	case arc < p.right() && rights:
		other = max(other, slices.Max(scores[p.right():]))
	case arc >= p.right() && lefts:
		other = max(other, slices.Max(scores[left:p.right()]))
	}
	return scores[arc] - other
}

// best is the allowed transition of the highest score.
func (p *Transition) best(scores []int32, st *state, n int) int {
	shifts, lefts, rights := st.allowed(n)
	b := -1
	try := func(from, to int) {
		for a := from; a < to; a++ {
			if b < 0 || scores[a] > scores[b] {
				b = a
			}
		}
	}
	if shifts {
		try(shift, shift+1)
	}
	if lefts {
		try(left, p.right())
	}
	if rights {
		try(p.right(), len(scores))
	}
	return b
}

// Append writes the parser behind b. Its model must be a *linear.Model.
func (p *Transition) Append(b []byte) []byte {
	backwards := byte(0)
	if p.backwards {
		backwards = 1
	}
	b = append(b, kindTransition, 1, backwards, byte(p.relations))
	return p.model.(*linear.Model).Append(b)
}

func readTransition(b []byte) (Parser, error) {
	p := &Transition{backwards: b[1] == 1, relations: int(b[2])}
	m, _, err := linear.Read(b[3:])
	if err != nil || m.Labels() != 1+2*p.relations {
		return nil, pack.ErrDamaged
	}
	p.model = m
	return p, nil
}

// String says how large the parser is.
func (p *Transition) String() string {
	if m, ok := p.model.(*linear.Model); ok {
		return fmt.Sprintf("%d features, %d weights", m.Features(), m.Weights())
	}
	return "in training"
}
