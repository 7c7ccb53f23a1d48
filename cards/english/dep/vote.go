package dep

import "slices"

// Vote is a parser's tree of a sentence, and how sure it is of each arc.
type Vote struct {
	Tree
	Sure []int32 // the score of the arc less that of the best other choice, at most certain; nil if unknown
}

// What an arc gains in the scores of a graph-based parser when another parser has
// it: esteem, and up to regard more as that parser is up to certain of it. Found by
// trial on the dev split.
const (
	esteem  = 15
	regard  = 60
	certain = 300
)

// Elect returns the tree of a sentence that g finds, and the one that is elected: of
// the trees that g can make that of the largest score, when the arcs of other
// parsers' trees have gained by their votes (after Sagae and Lavie 2006, who let the
// votes alone decide). It looks at the arcs that the sieve lets through, at all if
// it is nil.
func (g *Graph) Elect(s *Sentence, sieve *Sieve, others []Vote) (own, elected Tree) {
	l := g.score(s, nil, sieve, others)
	own = Tree{l.decode(), make([]uint8, s.n)}
	g.label(s, own)
	elected = own
	if !unanimous(own, others) {
		l.gain(others)
		elected = Tree{l.decode(), own.Relations}
	}
	return own, elected
}

// gain adds the votes to the scores.
func (l *lattice) gain(votes []Vote) {
	for _, v := range votes {
		for d, h := range v.Heads {
			more := int32(esteem)
			if v.Sure != nil {
				more += v.Sure[d] * regard / certain
			}
			if h == Root {
				l.root[d] += more
			} else {
				l.arcs[h*l.n+d] += more
			}
		}
	}
}

func unanimous(t Tree, votes []Vote) bool {
	for _, v := range votes {
		if !slices.Equal(v.Heads, t.Heads) {
			return false
		}
	}
	return true
}

// Agree gives the arcs of a tree the relations that have most votes among the trees
// that have them, each vote having its weight. base maps relations to what they are
// up to the colon. It returns how many of the trees have each word's head and
// relation up to the colon.
func Agree(heads []int, trees []Tree, weights []int32, base []uint8) (Tree, []int) {
	out := Tree{heads, make([]uint8, len(heads))}
	for d, h := range heads {
		out.Relations[d] = electRelation(trees, weights, base, d, h)
	}
	votes := make([]int, len(heads))
	for _, t := range trees {
		for d, h := range t.Heads {
			if h == heads[d] && base[t.Relations[d]] == base[out.Relations[d]] {
				votes[d]++
			}
		}
	}
	return out, votes
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
