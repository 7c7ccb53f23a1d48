package dep

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
)

// Graph is a graph-based parser: it finds the tree whose parts, arcs and pairs of
// neighbouring dependents of one head, have the largest sum of scores (McDonald and
// Pereira 2006), and then the relations. It is read only and may be shared.
type Graph struct {
	relations int
	parts     linear.Scorer // one label: the score of a part
	reach     reach
	labels    linear.Scorer // the relations
}

// candidates is how many heads of a word are tried together with its neighbours,
// those whose arcs alone score best; in training there are more.
const (
	candidates       = 6
	lessonCandidates = 8
)

// margin is what every false arc scores more in training, so that true ones learn
// to win by as much.
const margin = 60

// reach is the longest distance seen between words of two tags on one side.
type reach map[uint32]int16

// extra is how much farther an arc may reach than any that was seen.
const extra = 4

func (r reach) key(s *Sentence, h, d int) uint32 {
	side, _ := way(h, d)
	return linear.Feature(200, s.nodes[h].xpos, s.nodes[d].xpos, side, 0)
}

func (r reach) allows(s *Sentence, h, d int) bool {
	distance := max(h-d, d-h)
	if distance == 1 {
		return true
	}
	far, ok := r[r.key(s, h, d)]
	return ok && distance <= int(far)+extra
}

func (r reach) learn(s *Sentence, h, d int) {
	k := r.key(s, h, d)
	r[k] = max(r[k], int16(max(h-d, d-h)))
}

// Parse returns the tree of a sentence.
func (g *Graph) Parse(s *Sentence) Tree {
	own, _ := g.Elect(s, nil, nil)
	return own
}

// lattice holds the scores of the parts of one sentence.
type lattice struct {
	n    int
	arcs []int32 // head*n + dependent
	root []int32
	kept []bool // arcs that are tried, as arcs

	// pairs of neighbouring dependents of one head: for the arc from h to d they begin
	// at first[h*n+d] with d alone on its side, then d after each of the kids of h on
	// that side that are nearer to h.
	kids  [2][][]int16
	first []int32
	pairs []int32
}

// score scores the arcs that the sieve, if there is one, lets through, keeps the best
// heads of each word, those of others and, in training, the true ones, and scores the
// pairs that can be made of them. In training truth is not nil and false arcs score
// margin more.
func (g *Graph) score(s *Sentence, truth []int, sieve *Sieve, others []Vote) *lattice {
	n := s.n
	l := &lattice{n: n, arcs: make([]int32, n*n), root: make([]int32, n), kept: make([]bool, n*n)}
	features := make([]uint32, 0, 128)
	var out [1]int32
	through, scores := make([]bool, n), make([]int32, n)
	for d := range n {
		for h := range n {
			through[h] = h != d && (g.reach.allows(s, h, d) || truth != nil && truth[d] == h)
			scores[h] = 0
			if !through[h] {
				scores[h] = low
			}
		}
		if sieve != nil {
			sieve.sift(s, d, others, scores, through)
		}
		for h := range n {
			if !through[h] {
				l.arcs[h*n+d] = low
				continue
			}
			features = appendArc(features[:0], s, h, d)
			g.parts.Score(features, out[:])
			l.arcs[h*n+d] = out[0]
			if truth != nil && truth[d] != h {
				l.arcs[h*n+d] += margin
			}
		}
		features = appendArc(features[:0], s, n, d)
		g.parts.Score(features, out[:])
		l.root[d] = out[0]
	}
	if truth == nil {
		l.keep(candidates)
	} else {
		l.keep(lessonCandidates)
		l.add(truth)
	}
	for _, v := range others {
		l.add(v.Heads)
	}
	g.scorePairs(s, l)
	return l
}

// keep marks the arcs that are tried: of every word those to its best most heads.
func (l *lattice) keep(most int) {
	n := l.n
	best := make([]int32, 0, n)
	for d := range n {
		best = best[:0]
		for h := range n {
			if h != d && l.arcs[h*n+d] > low {
				best = append(best, l.arcs[h*n+d])
			}
		}
		limit := int32(-1 << 30)
		if len(best) > most {
			slices.Sort(best)
			limit = best[len(best)-most]
		}
		for h := range n {
			l.kept[h*n+d] = h != d && l.arcs[h*n+d] > low && l.arcs[h*n+d] >= limit
		}
	}
}

// add marks the arcs of a tree as well, if they have scores.
func (l *lattice) add(heads []int) {
	for d, h := range heads {
		if h != Root && l.arcs[h*l.n+d] > low {
			l.kept[h*l.n+d] = true
		}
	}
}

// scorePairs scores the pairs of neighbouring dependents that kept arcs can make,
// in the order in which the chart asks for them.
func (g *Graph) scorePairs(s *Sentence, l *lattice) {
	l.list()
	features := make([]uint32, 0, 32)
	var out [1]int32
	for h := range l.n {
		for side := range 2 {
			kids := l.kids[side][h]
			for i, d := range kids {
				l.first[h*l.n+int(d)] = int32(len(l.pairs))
				for k := -1; k < i; k++ {
					inner := h
					if k >= 0 {
						inner = int(kids[k])
					}
					features = appendPair(features[:0], s, h, inner, int(d))
					g.parts.Score(features, out[:])
					l.pairs = append(l.pairs, out[0])
				}
			}
		}
	}
}

// list lists the dependents that kept arcs allow each word, from the word outwards,
// side 0 to the left.
func (l *lattice) list() {
	n := l.n
	l.first = make([]int32, n*n)
	for side := range 2 {
		l.kids[side] = make([][]int16, n)
	}
	for h := range n {
		for d := h - 1; d >= 0; d-- {
			if l.kept[h*n+d] {
				l.kids[0][h] = append(l.kids[0][h], int16(d))
			}
		}
		for d := h + 1; d < n; d++ {
			if l.kept[h*n+d] {
				l.kids[1][h] = append(l.kids[1][h], int16(d))
			}
		}
	}
}

// label gives the arcs of a tree their relations.
func (g *Graph) label(s *Sentence, t Tree) {
	scores := make([]int32, g.relations)
	features := make([]uint32, 0, 64)
	v := newLabelView(s, t.Heads)
	for d := range s.n {
		features = v.appendFeatures(features[:0], d)
		g.labels.Score(features, scores)
		b := 0
		for r, x := range scores {
			if x > scores[b] {
				b = r
			}
		}
		t.Relations[d] = uint8(b)
	}
}

// Append writes the parser behind b. Its models must be of type *linear.Model.
func (g *Graph) Append(b []byte) []byte {
	b = append(b, kindGraph, byte(g.relations))
	b = binary.AppendUvarint(b, uint64(len(g.reach)))
	for _, k := range slices.Sorted(maps.Keys(g.reach)) {
		b = binary.AppendUvarint(b, uint64(k))
		b = binary.AppendUvarint(b, uint64(g.reach[k]))
	}
	return g.labels.(*linear.Model).Append(g.parts.(*linear.Model).Append(b))
}

func readGraph(b []byte) (Parser, error) {
	g := &Graph{relations: int(b[0]), reach: reach{}}
	n, b, err := pack.Uvarint(b[1:])
	for ; n > 0 && err == nil; n-- {
		var k, far uint64
		if k, b, err = pack.Uvarint(b); err == nil {
			far, b, err = pack.Uvarint(b)
		}
		g.reach[uint32(k)] = int16(far)
	}
	if err != nil {
		return nil, err
	}
	parts, b, err := linear.Read(b)
	if err != nil || parts.Labels() != 1 {
		return nil, pack.ErrDamaged
	}
	labels, _, err := linear.Read(b)
	if err != nil || labels.Labels() != g.relations {
		return nil, pack.ErrDamaged
	}
	g.parts, g.labels = parts, labels
	return g, nil
}

// String says how large the parser is.
func (g *Graph) String() string {
	p, ok := g.parts.(*linear.Model)
	q, fine := g.labels.(*linear.Model)
	if !ok || !fine {
		return "in training"
	}
	return fmt.Sprintf("%d features, %d weights", p.Features()+q.Features(), p.Weights()+q.Weights())
}
