package dep

import (
	"fmt"

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
func (p *Transition) Parse(s *Sentence) Tree {
	if p.backwards {
		return p.forwards(s.Reversed()).reversed()
	}
	return p.forwards(s)
}

func (p *Transition) forwards(s *Sentence) Tree {
	st := newState(s.n)
	scores := make([]int32, p.model.Labels())
	features := make([]uint32, 0, 192)
	for !st.done(s.n) {
		features = appendFeatures(features[:0], s, st)
		p.model.Score(features, scores)
		p.apply(st, p.best(scores, st, s.n))
	}
	return st.tree(s.n)
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
