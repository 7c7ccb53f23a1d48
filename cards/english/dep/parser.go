package dep

import (
	"fmt"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
)

// Parser is a transition-based parser. It is read only and may be shared.
type Parser struct {
	relations int
	beam      int  // states kept at each step; 1 is greedy
	backwards bool // from the last word to the first
	model     linear.Scorer
}

// Parse returns the tree of a sentence.
func (p *Parser) Parse(s *Sentence) Tree {
	if p.backwards {
		return p.forwards(s.Reversed()).reversed()
	}
	return p.forwards(s)
}

func (p *Parser) forwards(s *Sentence) Tree {
	return p.greedy(s)
}

func (p *Parser) greedy(s *Sentence) Tree {
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
func (p *Parser) best(scores []int32, st *state, n int) int {
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
func (p *Parser) Append(b []byte) []byte {
	backwards := byte(0)
	if p.backwards {
		backwards = 1
	}
	b = append(b, byte(p.beam), backwards, byte(p.relations))
	return p.model.(*linear.Model).Append(b)
}

// ReadParser reads a parser that Append wrote.
func ReadParser(b []byte) (*Parser, error) {
	if len(b) < 3 || b[0] == 0 {
		return nil, pack.ErrDamaged
	}
	p := &Parser{beam: int(b[0]), backwards: b[1] == 1, relations: int(b[2])}
	m, _, err := linear.Read(b[3:])
	if err != nil || m.Labels() != 1+2*p.relations {
		return nil, pack.ErrDamaged
	}
	p.model = m
	return p, nil
}

// String says how large the parser is.
func (p *Parser) String() string {
	if m, ok := p.model.(*linear.Model); ok {
		return fmt.Sprintf("%d features, %d weights", m.Features(), m.Weights())
	}
	return "in training"
}
