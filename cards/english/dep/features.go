package dep

import "recto/cards/english/linear"

// distance puts a number of words into one of nine classes.
func distance(d int16) uint32 {
	switch {
	case d <= 4:
		return uint32(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 16:
		return 7
	}
	return 8
}

// appendFeatures describes a state in the manner of Zhang and Nivre (2011): the
// words s0, s1, s2 on the stack and b0, b1, b2 to come, their children, distances,
// what lies between, the relations found so far.
func appendFeatures(fs []uint32, s *Sentence, st *state) []uint32 {
	pad := int16(s.n + 1)
	i0, i1, i2 := pad, pad, pad
	k := len(st.stack)
	if k > 0 {
		i0 = st.stack[k-1]
	}
	if k > 1 {
		i1 = st.stack[k-2]
	}
	if k > 2 {
		i2 = st.stack[k-3]
	}
	b := st.next
	v := view{
		s0: &s.nodes[i0], s1: &s.nodes[i1], s2: &s.nodes[i2],
		b0: &s.nodes[b], b1: &s.nodes[min(b+1, pad)], b2: &s.nodes[min(b+2, pad)],
		k0: &st.kids[i0], k1: &st.kids[i1], kb: &st.kids[b],
	}
	v.near, v.far = 9, 9
	if k > 0 {
		v.near = distance(b - i0)
		end := s.nodes[max(b-1, 0)]
		v.commas0, v.verbs0 = uint32(min(end.commas-v.s0.commas, 3)), uint32(min(end.verbs-v.s0.verbs, 2))
	}
	if k > 1 {
		v.far = distance(i0 - i1)
		end := s.nodes[i0-1]
		v.commas1, v.verbs1 = uint32(min(end.commas-v.s1.commas, 3)), uint32(min(end.verbs-v.s1.verbs, 2))
	}
	fs = v.words(fs)
	fs = v.pairs(fs)
	fs = v.children(fs, s, st)
	fs = v.valency(fs)
	fs = v.phrases(fs)
	depth := uint32(min(k, 4))
	return append(fs, linear.Feature(200, depth, 0, 0, 0), linear.Feature(201, depth, v.b0.xpos, 0, 0))
}

// view is the part of a state that features look at.
type view struct {
	s0, s1, s2, b0, b1, b2 *node
	k0, k1, kb             *kids
	near, far              uint32 // distances s0 to b0 and s1 to s0
	commas0, verbs0        uint32 // between s0 and b0
	commas1, verbs1        uint32 // between s1 and s0
}

func (v *view) words(fs []uint32) []uint32 {
	f := linear.Feature
	s0, s1, s2, b0, b1, b2 := v.s0, v.s1, v.s2, v.b0, v.b1, v.b2
	return append(fs, f(0, 0, 0, 0, 0),
		f(1, s0.word, 0, 0, 0), f(2, s0.xpos, 0, 0, 0), f(3, s0.word, s0.xpos, 0, 0), f(4, s0.upos, 0, 0, 0),
		f(5, s1.word, 0, 0, 0), f(6, s1.xpos, 0, 0, 0), f(7, s1.word, s1.xpos, 0, 0), f(8, s1.upos, 0, 0, 0),
		f(9, b0.word, 0, 0, 0), f(10, b0.xpos, 0, 0, 0), f(11, b0.word, b0.xpos, 0, 0), f(12, b0.upos, 0, 0, 0),
		f(13, b1.word, 0, 0, 0), f(14, b1.xpos, 0, 0, 0), f(15, b1.word, b1.xpos, 0, 0), f(16, b2.word, 0, 0, 0), f(17, b2.xpos, 0, 0, 0),
		f(18, s2.xpos, 0, 0, 0), f(19, s2.word, s2.xpos, 0, 0),
		f(20, s0.suffix, 0, 0, 0), f(21, s1.suffix, 0, 0, 0), f(22, b0.suffix, 0, 0, 0), f(23, s0.form, 0, 0, 0), f(24, b0.form, 0, 0, 0), f(25, s1.form, 0, 0, 0))
}

func (v *view) pairs(fs []uint32) []uint32 {
	f := linear.Feature
	s0, s1, s2, b0, b1, b2 := v.s0, v.s1, v.s2, v.b0, v.b1, v.b2
	fs = append(fs,
		f(30, s0.word, s0.xpos, b0.word, b0.xpos), f(31, s0.word, s0.xpos, b0.word, 0), f(32, s0.word, b0.word, b0.xpos, 0),
		f(33, s0.xpos, b0.word, b0.xpos, 0), f(34, s0.word, s0.xpos, b0.xpos, 0), f(35, s0.word, b0.word, 0, 0), f(36, s0.xpos, b0.xpos, 0, 0),
		f(37, b0.xpos, b1.xpos, 0, 0), f(38, s0.upos, b0.upos, 0, 0),
		f(40, s1.word, s1.xpos, s0.word, s0.xpos), f(41, s1.word, s0.word, 0, 0), f(42, s1.xpos, s0.word, s0.xpos, 0),
		f(43, s1.word, s1.xpos, s0.xpos, 0), f(44, s1.xpos, s0.xpos, 0, 0), f(45, s1.upos, s0.upos, 0, 0), f(46, s1.xpos, b0.xpos, 0, 0),
		f(47, s1.word, b0.word, 0, 0), f(48, s1.xpos, b0.word, 0, 0), f(49, s1.word, b0.xpos, 0, 0), f(50, b0.word, b1.word, 0, 0),
		f(51, b0.word, b1.xpos, 0, 0), f(52, b0.xpos, b1.word, 0, 0), f(53, s0.suffix, b0.xpos, 0, 0), f(54, s1.xpos, s0.suffix, 0, 0),
		f(55, s0.xpos, b1.xpos, 0, 0), f(56, s0.word, b1.word, 0, 0), f(57, s0.xpos, b1.word, 0, 0))
	return append(fs,
		f(60, s0.xpos, b0.xpos, b1.xpos, 0), f(61, b0.xpos, b1.xpos, b2.xpos, 0), f(62, s1.xpos, s0.xpos, b0.xpos, 0), f(63, s2.xpos, s1.xpos, s0.xpos, 0),
		f(64, s1.upos, s0.upos, b0.upos, 0), f(65, s0.word, b0.xpos, b1.xpos, 0), f(66, s0.xpos, b0.word, b1.xpos, 0), f(67, s1.word, s0.xpos, b0.xpos, 0),
		f(68, s1.xpos, s0.word, b0.xpos, 0), f(69, s1.xpos, s0.xpos, b0.word, 0), f(70, s1.xpos, s0.xpos, b0.xpos, b1.xpos),
		f(71, s1.upos, s0.upos, b0.upos, b1.upos), f(72, s2.upos, s1.upos, s0.upos, b0.upos), f(73, s1.word, s0.word, b0.xpos, 0), f(74, s1.word, s0.xpos, b0.word, 0))
}

func (v *view) children(fs []uint32, s *Sentence, st *state) []uint32 {
	f := linear.Feature
	at := func(i int16) (*node, uint32) { return &s.nodes[i], uint32(st.kids[i].relation) }
	s0, s1, b0 := v.s0, v.s1, v.b0
	l0, rl0 := at(v.k0.left1)
	r0, rr0 := at(v.k0.right1)
	l1, rl1 := at(v.k1.left1)
	r1, rr1 := at(v.k1.right1)
	lb, rlb := at(v.kb.left1)
	fs = append(fs,
		f(80, s0.xpos, l0.xpos, b0.xpos, 0), f(81, s0.xpos, r0.xpos, b0.xpos, 0), f(82, s0.xpos, b0.xpos, lb.xpos, 0), f(83, s1.xpos, r1.xpos, s0.xpos, 0),
		f(84, s1.xpos, l1.xpos, s0.xpos, 0), f(85, s1.xpos, s0.xpos, l0.xpos, 0), f(86, s1.xpos, s0.xpos, r0.xpos, 0),
		f(87, s1.word, l0.word, 0, 0), f(88, s1.xpos, l0.word, s0.xpos, 0), f(89, s1.word, l0.word, s0.xpos, 0), f(90, s1.xpos, l0.word, s0.word, 0),
		f(91, s1.word, s0.word, l0.word, 0), f(92, s0.xpos, lb.word, b0.xpos, 0), f(93, s0.word, lb.word, b0.xpos, 0),
		f(94, s0.word, r0.word, b0.word, 0), f(95, s0.xpos, r0.word, b0.xpos, 0))
	fs = append(fs,
		f(100, l0.word, 0, 0, 0), f(101, l0.xpos, 0, 0, 0), f(102, rl0, 0, 0, 0), f(103, r0.word, 0, 0, 0), f(104, r0.xpos, 0, 0, 0), f(105, rr0, 0, 0, 0),
		f(106, l1.word, 0, 0, 0), f(107, l1.xpos, 0, 0, 0), f(108, rl1, 0, 0, 0), f(109, r1.word, 0, 0, 0), f(110, r1.xpos, 0, 0, 0), f(111, rr1, 0, 0, 0),
		f(112, lb.word, 0, 0, 0), f(113, lb.xpos, 0, 0, 0), f(114, rlb, 0, 0, 0),
		f(115, s0.word, rr0, 0, 0), f(116, s1.word, rr1, 0, 0), f(117, s1.word, r1.word, s0.word, 0))
	l02, rl02 := at(v.k0.left2)
	r02, rr02 := at(v.k0.right2)
	l12, rl12 := at(v.k1.left2)
	r12, rr12 := at(v.k1.right2)
	lb2, rlb2 := at(v.kb.left2)
	return append(fs,
		f(120, l02.xpos, 0, 0, 0), f(121, rl02, 0, 0, 0), f(122, r02.xpos, 0, 0, 0), f(123, rr02, 0, 0, 0), f(124, l12.xpos, 0, 0, 0), f(125, rl12, 0, 0, 0),
		f(126, r12.xpos, 0, 0, 0), f(127, rr12, 0, 0, 0), f(128, lb2.xpos, 0, 0, 0), f(129, rlb2, 0, 0, 0),
		f(130, s0.xpos, l0.xpos, l02.xpos, 0), f(131, s0.xpos, r0.xpos, r02.xpos, 0), f(132, s1.xpos, r1.xpos, r12.xpos, 0),
		f(133, s1.xpos, l1.xpos, l12.xpos, 0), f(134, b0.xpos, lb.xpos, lb2.xpos, 0))
}

// phrases looks at what introduces the words and at the noun that is to come.
func (v *view) phrases(fs []uint32) []uint32 {
	f := linear.Feature
	s0, s1, s2, b0 := v.s0, v.s1, v.s2, v.b0
	return append(fs,
		f(210, s0.word, b0.word, b0.content, 0), f(211, s1.word, s0.marker, s0.upos, 0), f(212, s0.xpos, b0.word, b0.content, 0), f(213, s1.xpos, s0.xpos, s0.marker, 0),
		f(214, s0.word, b0.marker, b0.upos, 0), f(215, s0.xpos, b0.xpos, b0.marker, 0), f(216, s1.word, s0.word, s0.marker, 0), f(217, s1.word, s0.marker, b0.xpos, 0),
		f(218, s2.word, s0.marker, s1.xpos, 0), f(219, s1.marker, s0.marker, s1.upos, s0.upos), f(220, s0.marker, b0.marker, s0.upos, b0.upos), f(221, s0.word, b0.content, b0.upos, 0))
}

func (v *view) valency(fs []uint32) []uint32 {
	f := linear.Feature
	s0, s1, b0 := v.s0, v.s1, v.b0
	n := func(k uint8) uint32 { return uint32(min(k, 5)) }
	q0l, q0r, q1l, q1r, qb := uint32(v.k0.leftSet), uint32(v.k0.rightSet), uint32(v.k1.leftSet), uint32(v.k1.rightSet), uint32(v.kb.leftSet)
	fs = append(fs,
		f(140, s0.word, v.near, 0, 0), f(141, s0.xpos, v.near, 0, 0), f(142, b0.word, v.near, 0, 0), f(143, b0.xpos, v.near, 0, 0),
		f(144, s0.xpos, b0.xpos, v.near, 0), f(145, s0.word, b0.word, v.near, 0), f(146, s1.xpos, v.far, 0, 0), f(147, s0.xpos, v.far, 0, 0),
		f(148, s1.xpos, s0.xpos, v.far, 0), f(149, s1.word, s0.word, v.far, 0), f(150, s0.xpos, b0.xpos, v.commas0, 0), f(151, s1.xpos, s0.xpos, v.commas1, 0),
		f(152, s0.xpos, b0.xpos, v.verbs0, 0), f(153, s1.xpos, s0.xpos, v.verbs1, 0), f(154, v.commas0, v.verbs0, 0, 0), f(155, v.commas1, v.verbs1, 0, 0))
	fs = append(fs,
		f(160, s0.word, n(v.k0.leftN), 0, 0), f(161, s0.xpos, n(v.k0.leftN), 0, 0), f(162, s0.word, n(v.k0.rightN), 0, 0), f(163, s0.xpos, n(v.k0.rightN), 0, 0),
		f(164, s1.word, n(v.k1.rightN), 0, 0), f(165, s1.xpos, n(v.k1.rightN), 0, 0), f(166, s1.xpos, n(v.k1.leftN), 0, 0),
		f(167, b0.word, n(v.kb.leftN), 0, 0), f(168, b0.xpos, n(v.kb.leftN), 0, 0))
	return append(fs,
		f(170, s0.word, q0l, 0, 0), f(171, s0.xpos, q0l, 0, 0), f(172, s0.word, q0r, 0, 0), f(173, s0.xpos, q0r, 0, 0), f(174, s1.word, q1r, 0, 0),
		f(175, s1.xpos, q1r, 0, 0), f(176, s1.xpos, q1l, 0, 0), f(177, b0.word, qb, 0, 0), f(178, b0.xpos, qb, 0, 0), f(179, s1.xpos, q1r, s0.xpos, 0),
		f(180, s0.xpos, q0l, b0.xpos, 0), f(181, s0.xpos, q0r, b0.xpos, 0), f(182, s0.xpos, b0.xpos, qb, 0), f(183, s1.xpos, s0.xpos, q0l, 0),
		f(184, s1.word, s0.xpos, q1r, 0), f(185, s1.xpos, q1r, b0.xpos, 0), f(186, s1.xpos, s0.xpos, q0r, 0), f(187, s1.word, s0.xpos, q0l, 0),
		f(188, s1.xpos, s0.xpos, q1l, 0), f(189, s0.word, b0.xpos, qb, 0))
}
