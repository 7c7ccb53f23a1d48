// Package entity finds the names in a sentence and says of what kind they are.
package entity

import (
	"strings"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
	"recto/cards/english/word"
)

// Types are the kinds of entities, by number.
var Types = []string{"person", "place", "organization", "event", "work", "other"}

// Span is an entity: the tokens First to Last and the index of its type in Types.
type Span struct{ First, Last, Type int }

// The labels of tokens: outside, and for every type the begin and the inside of a
// name.
const outside = 0

func begin(kind int) int  { return 1 + 2*kind }
func inside(kind int) int { return 2 + 2*kind }

func labels() int { return 1 + 2*len(Types) }

// Tagger marks entities from left to right. It is read only and may be shared.
type Tagger struct {
	lists Lists
	model linear.Scorer
}

// Word is what the tagger looks at beside the atoms.
type Word struct{ Form, UPOS, XPOS string }

// Tag returns the entities of one sentence, in order.
func (t *Tagger) Tag(words []Word, atoms []word.Atoms) []Span {
	sight := look(words, atoms, t.lists)
	scores := make([]int32, labels())
	features := make([]uint32, 0, 96)
	var out []Span
	one, two := outside, outside
	for i := range words {
		features = sight.appendFeatures(features[:0], i, uint32(one), uint32(two))
		t.model.Score(features, scores)
		one, two = best(scores, one), one
		out = extend(out, i, one)
	}
	return trimmed(out, words)
}

// trimmed takes words that end no name off the entities: "United Kingdom of".
func trimmed(spans []Span, words []Word) []Span {
	kept := spans[:0]
	for _, s := range spans {
		for s.Last >= s.First && endsNoName[words[s.Last].XPOS] {
			s.Last--
		}
		if s.First <= s.Last {
			kept = append(kept, s)
		}
	}
	return kept
}

var endsNoName = map[string]bool{"IN": true, "DT": true, "CC": true, ",": true, ":": true, "HYPH": true, "POS": true, "-LRB-": true}

// extend adds the label of token i to the entities found so far.
func extend(spans []Span, i, label int) []Span {
	switch {
	case label == outside:
	case label == begin(label/2):
		spans = append(spans, Span{i, i, label / 2})
	default:
		spans[len(spans)-1].Last = i
	}
	return spans
}

// best is the label of the highest score that may follow the label before.
func best(scores []int32, before int) int {
	b := outside
	for label, s := range scores {
		if label > 0 && label%2 == 0 && before != label && before != label-1 {
			continue
		}
		if s > scores[b] {
			b = label
		}
	}
	return b
}

// sight is a sentence as features see it.
type sight struct {
	atoms []word.Atoms
	xpos  []uint32
	class []uint32
	lists []uint32
	head  []uint32 // the last word of the run of nouns from here on
}

func look(words []Word, atoms []word.Atoms, lists Lists) *sight {
	n := len(words)
	s := &sight{atoms: atoms, xpos: make([]uint32, n), class: make([]uint32, n), lists: make([]uint32, n), head: make([]uint32, n)}
	for i, w := range words {
		s.xpos[i] = linear.String(w.XPOS)
		s.class[i] = classOf(w.Form)
		s.lists[i] = lists.of(w.Form)
	}
	for i := n - 1; i >= 0; i-- {
		if x := words[i].XPOS; strings.HasPrefix(x, "NN") {
			s.head[i] = atoms[i].Low
			if i+1 < n && s.head[i+1] != 0 {
				s.head[i] = s.head[i+1]
			}
		}
	}
	return s
}

func (s *sight) appendFeatures(fs []uint32, i int, one, two uint32) []uint32 {
	at := func(j int) *word.Atoms {
		if j < 0 || j >= len(s.atoms) {
			return &word.Pad
		}
		return &s.atoms[j]
	}
	of := func(list []uint32, j int) uint32 {
		if j < 0 || j >= len(list) {
			return 77
		}
		return list[j]
	}
	f := linear.Feature
	a, b, bb, c, cc := at(i), at(i-1), at(i-2), at(i+1), at(i+2)
	t, tb, tc := of(s.xpos, i), of(s.xpos, i-1), of(s.xpos, i+1)
	g, gb, gc := of(s.lists, i), of(s.lists, i-1), of(s.lists, i+1)
	k, kb, kc := of(s.class, i), of(s.class, i-1), of(s.class, i+1)
	h := of(s.head, i)
	fs = append(fs,
		f(1, 0, 0, 0, 0), f(2, a.Low, 0, 0, 0), f(3, a.Form, 0, 0, 0), f(4, a.Shape, 0, 0, 0), f(5, t, 0, 0, 0), f(6, t, a.Low, 0, 0), f(7, a.Shape, t, 0, 0),
		f(8, b.Low, 0, 0, 0), f(9, bb.Low, 0, 0, 0), f(10, c.Low, 0, 0, 0), f(11, cc.Low, 0, 0, 0), f(12, tb, 0, 0, 0), f(13, tc, 0, 0, 0),
		f(14, tb, t, 0, 0), f(15, t, tc, 0, 0), f(16, tb, t, tc, 0), f(17, b.Low, t, 0, 0), f(18, t, c.Low, 0, 0), f(19, b.Low, a.Low, 0, 0),
		f(20, a.Low, c.Low, 0, 0), f(21, b.Shape, 0, 0, 0), f(22, c.Shape, 0, 0, 0), f(23, a.Shape, c.Shape, 0, 0), f(24, b.Shape, a.Shape, 0, 0),
		f(25, a.Flags, t, 0, 0), f(26, bb.Low, b.Low, t, 0), f(27, c.Low, cc.Low, t, 0))
	fs = append(fs,
		f(30, one, 0, 0, 0), f(31, one, two, 0, 0), f(32, one, t, 0, 0), f(33, one, a.Low, 0, 0), f(34, one, a.Shape, 0, 0), f(35, one, b.Low, t, 0),
		f(36, one, t, tc, 0), f(37, one, b.Low, a.Low, 0), f(38, one, two, t, 0), f(39, one, t, c.Low, 0))
	fs = append(fs,
		f(40, g, 0, 0, 0), f(41, g, one, 0, 0), f(42, gc, t, 0, 0), f(43, gb, t, 0, 0), f(44, g, t, 0, 0), f(45, g, gc, 0, 0), f(46, g, gb, one, 0), f(47, g, a.Shape, one, 0),
		f(50, k, 0, 0, 0), f(51, k, one, 0, 0), f(52, k, kc, 0, 0), f(53, kb, k, 0, 0), f(54, kb, k, one, 0), f(55, k, b.Low, 0, 0), f(56, k, c.Low, 0, 0),
		f(57, kb, t, 0, 0), f(58, kc, t, 0, 0), f(59, kb, one, t, 0),
		f(60, h, t, 0, 0), f(61, h, one, 0, 0), f(62, h, a.Shape, one, 0))
	for j := 1; j < 4; j++ {
		fs = append(fs, f(uint32(70+j), a.Suffix[j], 0, 0, 0), f(uint32(80+j), a.Suffix[j], a.Flags, 0, 0), f(uint32(90+j), a.Prefix[j], t, 0, 0))
	}
	return fs
}

// Append writes the tagger behind b. Its model must be a *linear.Model.
func (t *Tagger) Append(b []byte) []byte {
	return t.model.(*linear.Model).Append(t.lists.append(b))
}

// Read reads a tagger that Append wrote.
func Read(b []byte) (*Tagger, error) {
	lists, b, err := readLists(b)
	if err != nil {
		return nil, err
	}
	m, _, err := linear.Read(b)
	if err != nil || m.Labels() != labels() {
		return nil, pack.ErrDamaged
	}
	return &Tagger{lists, m}, nil
}
