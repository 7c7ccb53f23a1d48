package dep

import (
	"math/bits"

	"recto/cards/english/linear"
)

// at returns the node of a word or the pad beyond either end; the root is beyond
// the last word.
func (s *Sentence) at(i int) *node {
	if i < 0 || i >= s.n {
		return &s.nodes[s.n+1]
	}
	return &s.nodes[i]
}

// way is the direction and the distance of an arc: bit 0 the side, above it the
// class of the distance.
func way(h, d int) (side, far uint32) {
	if h < d {
		return 1, 2*distance(int16(d-h)) + 1
	}
	return 0, 2 * distance(int16(h-d))
}

// appendArc describes an arc from h, the root if it is s.n, to d: both words, their
// neighbours, what lies between (McDonald, Crammer and Pereira 2005), and the
// preposition or conjunction that introduces either.
func appendArc(fs []uint32, s *Sentence, h, d int) []uint32 {
	f := linear.Feature
	a, b := &s.nodes[h], &s.nodes[d]
	side, far := way(h, d)
	hl, hr := s.at(h-1), s.at(h+1)
	dl, dr := s.at(d-1), s.at(d+1)
	if h == s.n {
		side, far = 2, 40
		hl = &s.nodes[s.n+1]
	}
	fs = append(fs, f(1, far, 0, 0, 0),
		f(2, a.word, side, 0, 0), f(3, a.xpos, far, 0, 0), f(4, a.word, a.xpos, far, 0), f(5, b.word, side, 0, 0), f(6, b.xpos, far, 0, 0), f(7, b.word, b.xpos, far, 0),
		f(8, a.word, a.xpos, b.word, b.xpos), f(9, a.xpos, b.word, b.xpos, side), f(10, a.word, a.xpos, b.xpos, side), f(11, a.word, b.word, side, 0),
		f(12, a.xpos, b.xpos, side, 0), f(13, a.xpos, b.xpos, far, 0), f(14, a.word, b.xpos, far, 0), f(15, a.xpos, b.word, far, 0),
		f(16, a.suffix, b.xpos, side, 0), f(17, a.xpos, b.suffix, side, 0), f(18, a.upos, b.upos, far, 0))
	fs = append(fs,
		f(20, a.xpos, hr.xpos, dl.xpos, b.xpos+side), f(21, hl.xpos, a.xpos, dl.xpos, b.xpos+side), f(22, a.xpos, hr.xpos, b.xpos, dr.xpos+side),
		f(23, hl.xpos, a.xpos, b.xpos, dr.xpos+side), f(24, hl.xpos, a.xpos, b.xpos, far), f(25, a.xpos, dl.xpos, b.xpos, far), f(26, a.xpos, hr.xpos, b.xpos, far),
		f(27, a.xpos, b.xpos, dr.xpos, far), f(28, a.word, b.xpos, dr.xpos, side), f(29, a.word, dl.xpos, b.xpos, side), f(30, a.xpos, b.word, dr.xpos, side),
		f(31, a.xpos, dl.xpos, b.word, side), f(32, a.xpos, b.xpos, dl.word, side), f(33, a.xpos, b.xpos, dr.word, side), f(34, a.xpos, b.xpos, hl.word, side),
		f(35, a.xpos, b.xpos, hr.word, side))
	fs = append(fs,
		f(40, a.word, b.marker, side, b.upos), f(41, a.xpos, b.marker, b.xpos, far), f(42, a.marker, b.marker, side, 0), f(43, a.word, b.marker, b.word, side),
		f(44, a.xpos, a.marker, b.xpos, side), f(45, a.upos, b.marker, far, 0))
	return appendBetween(fs, s, h, d, side, far)
}

// appendBetween describes the words between h and d.
func appendBetween(fs []uint32, s *Sentence, h, d int, side, far uint32) []uint32 {
	f := linear.Feature
	a, b := &s.nodes[h], &s.nodes[d]
	lo, hi := min(h, d), max(h, d)
	if h == s.n {
		lo, hi = -1, d
	}
	var seen uint32
	if hi-lo < 40 {
		for i := lo + 1; i < hi; i++ {
			seen |= 1 << s.nodes[i].kind
		}
	}
	var commas, verbs uint32
	if hi > lo+1 {
		var before node
		if lo >= 0 {
			before = s.nodes[lo]
		}
		end := s.nodes[hi-1]
		commas, verbs = uint32(min(end.commas-before.commas, 4)), uint32(min(end.verbs-before.verbs, 3))
	}
	fs = append(fs, f(50, commas, verbs, side, 0), f(51, a.xpos, b.xpos, commas, side), f(52, a.xpos, b.xpos, verbs, side), f(53, a.upos, b.upos, commas*4+verbs, far),
		f(54, b.word, commas, verbs, side), f(55, a.word, commas, verbs, side), f(56, seen, a.upos, b.upos, side))
	for rest := seen; rest != 0; rest &= rest - 1 {
		fs = append(fs, f(57, a.xpos, b.xpos, uint32(bits.TrailingZeros32(rest)), side))
	}
	return fs
}

// appendPair describes two neighbouring dependents of h on one side; inner == h
// where outer is the nearest to h.
func appendPair(fs []uint32, s *Sentence, h, inner, outer int) []uint32 {
	f := linear.Feature
	a, b := &s.nodes[h], &s.nodes[outer]
	side, _ := way(h, outer)
	i := &s.nodes[s.n+1]
	gap := uint32(30)
	if inner != h {
		i = &s.nodes[inner]
		_, gap = way(inner, outer)
	}
	return append(fs,
		f(70, a.xpos, i.xpos, b.xpos, side), f(71, i.xpos, b.xpos, side, 0), f(72, i.word, b.xpos, side, 0), f(73, i.xpos, b.word, side, 0),
		f(74, a.word, i.xpos, b.xpos, side), f(75, a.xpos, i.word, b.xpos, side), f(76, a.xpos, i.xpos, b.word, side), f(77, a.upos, i.upos, b.upos, gap),
		f(78, i.marker, b.marker, side, a.upos), f(79, i.word, b.word, side, 0), f(80, a.word, i.marker, b.marker, side), f(81, i.xpos, b.xpos, gap, 0))
}

// labelView is a tree as the features of relations see it.
type labelView struct {
	s           *Sentence
	heads       []int
	left, right []int // outermost dependents
	first, last []int // the dependents nearest to the word
	count       []int
}

func newLabelView(s *Sentence, heads []int) *labelView {
	v := &labelView{s: s, heads: heads, count: make([]int, s.n)}
	for _, list := range []*[]int{&v.left, &v.right, &v.first, &v.last} {
		*list = make([]int, s.n)
		for i := range *list {
			(*list)[i] = -1
		}
	}
	for d, h := range heads {
		switch {
		case h < 0:
			continue
		case d < h:
			if v.left[h] < 0 {
				v.left[h] = d
			}
			v.first[h] = d
		default:
			if v.last[h] < 0 {
				v.last[h] = d
			}
			v.right[h] = d
		}
		v.count[h]++
	}
	return v
}

func (v *labelView) appendFeatures(fs []uint32, d int) []uint32 {
	f := linear.Feature
	s := v.s
	b := s.at(d)
	h := v.heads[d]
	a, g := &s.nodes[s.n], s.at(-1)
	side, far := uint32(2), uint32(40)
	order := uint32(0) // what stands between the word and its head on their side
	if h >= 0 {
		a = s.at(h)
		side, far = way(h, d)
		if gg := v.heads[h]; gg >= 0 {
			g = s.at(gg)
		}
		switch {
		case d < h && v.first[h] == d, d > h && v.last[h] == d:
			order = 1
		case d < h && v.left[h] == d, d > h && v.right[h] == d:
			order = 2
		}
	}
	l, r, n, m := s.at(v.left[d]), s.at(v.right[d]), s.at(v.first[d]), s.at(v.last[d])
	dl, dr := s.at(d-1), s.at(d+1)
	fs = append(fs, f(100, side, 0, 0, 0),
		f(101, b.word, b.xpos, side, 0), f(102, b.xpos, side, 0, 0), f(103, a.word, side, 0, 0), f(104, a.xpos, side, 0, 0), f(105, a.word, b.word, side, 0),
		f(106, a.xpos, b.xpos, side, far), f(107, a.word, b.xpos, side, 0), f(108, a.xpos, b.word, side, 0), f(109, a.xpos, b.xpos, dl.xpos, side), f(110, a.xpos, b.xpos, dr.xpos, side),
		f(111, b.suffix, a.xpos, side, 0), f(112, a.suffix, b.xpos, side, 0), f(113, b.form, b.xpos, a.upos, side))
	fs = append(fs,
		f(120, l.word, b.xpos, side, a.upos), f(121, l.xpos, b.xpos, a.xpos, side), f(122, r.xpos, b.xpos, a.xpos, side), f(123, r.word, b.xpos, side, 0), f(124, n.word, b.xpos, side, a.xpos),
		f(125, m.xpos, b.xpos, side, 0), f(126, b.marker, a.upos, b.upos, side), f(127, l.word, n.word, b.upos, a.upos), f(128, a.word, l.word, b.upos, side), f(129, b.word, l.word, side, 0))
	fs = append(fs,
		f(130, a.xpos, b.xpos, order, side), f(131, g.xpos, a.xpos, b.xpos, side), f(132, dl.word, b.xpos, side, 0), f(133, dr.word, b.xpos, side, 0), f(134, a.xpos, b.word, order, side))
	if h >= 0 {
		hl, hr, hn, hm := s.at(v.left[h]), s.at(v.right[h]), s.at(v.first[h]), s.at(v.last[h])
		fs = append(fs,
			f(140, hl.xpos, a.xpos, b.xpos, side), f(141, hr.xpos, a.xpos, b.xpos, side), f(142, hn.word, a.xpos, b.xpos, side), f(143, hm.xpos, a.xpos, b.xpos, side),
			f(144, hl.word, a.xpos, b.xpos, side), f(145, a.word, hl.xpos, b.xpos, side), f(146, uint32(min(v.count[h], 5)), a.xpos, b.xpos, side))
	}
	return append(fs, f(150, uint32(min(v.count[d], 4)), b.xpos, a.xpos, side))
}
