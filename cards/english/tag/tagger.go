// Package tag gives words their parts of speech and lemmas.
package tag

import (
	"strings"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
	"recto/cards/english/word"
)

// Tag is what the tagger says of a word: the universal part of speech and the tag
// of the Penn Treebank.
type Tag struct{ UPOS, XPOS string }

// Tagger tags sentences from left to right; both tags are one decision. It is read
// only and may be shared.
type Tagger struct {
	tags  []Tag
	model linear.Scorer
}

// none is the tag before the first word.
const none = 255

// Tag returns the tags of the words of one sentence.
func (t *Tagger) Tag(atoms []word.Atoms) []Tag {
	out := make([]Tag, len(atoms))
	scores := make([]int32, len(t.tags))
	features := make([]uint32, 0, 64)
	one, two := none, none
	for i := range atoms {
		features = appendFeatures(features[:0], atoms, i, uint32(one), uint32(two))
		t.model.Score(features, scores)
		one, two = best(scores), one
		out[i] = t.tags[one]
	}
	return out
}

// best is the index of the largest score, the first of several.
func best(scores []int32) int {
	b := 0
	for i, s := range scores {
		if s > scores[b] {
			b = i
		}
	}
	return b
}

// appendFeatures looks at word i, two words either side and the two tags before.
func appendFeatures(fs []uint32, atoms []word.Atoms, i int, one, two uint32) []uint32 {
	at := func(j int) *word.Atoms {
		if j < 0 || j >= len(atoms) {
			return &word.Pad
		}
		return &atoms[j]
	}
	f := linear.Feature
	a, b, bb, c, cc := at(i), at(i-1), at(i-2), at(i+1), at(i+2)
	fs = append(fs, f(1, 0, 0, 0, 0), f(2, a.Form, 0, 0, 0), f(3, a.Low, 0, 0, 0), f(4, a.Low, a.Flags, 0, 0))
	for k, s := range a.Suffix {
		fs = append(fs, f(uint32(10+k), s, 0, 0, 0))
	}
	for k, p := range a.Prefix {
		fs = append(fs, f(uint32(20+k), p, 0, 0, 0))
	}
	suffix := a.Suffix[2]
	fs = append(fs,
		f(30, a.Shape, 0, 0, 0), f(31, a.Shape, suffix, 0, 0), f(32, a.Flags, 0, 0, 0), f(33, a.Flags, a.Suffix[1], 0, 0),
		f(34, a.Shape, b.Low, 0, 0), f(35, a.Shape, c.Low, 0, 0))
	fs = append(fs,
		f(40, one, 0, 0, 0), f(41, one, two, 0, 0), f(42, one, a.Low, 0, 0), f(43, one, suffix, 0, 0), f(44, one, two, a.Low, 0),
		f(45, two, 0, 0, 0), f(46, one, a.Shape, 0, 0), f(47, one, two, suffix, 0))
	fs = append(fs,
		f(50, b.Low, 0, 0, 0), f(51, bb.Low, 0, 0, 0), f(52, c.Low, 0, 0, 0), f(53, cc.Low, 0, 0, 0),
		f(54, b.Low, a.Low, 0, 0), f(55, a.Low, c.Low, 0, 0), f(56, b.Low, a.Low, c.Low, 0), f(57, c.Low, cc.Low, 0, 0),
		f(58, bb.Low, b.Low, 0, 0), f(59, a.Low, c.Suffix[2], 0, 0))
	return append(fs,
		f(60, c.Suffix[2], 0, 0, 0), f(61, c.Suffix[1], 0, 0, 0), f(62, c.Shape, 0, 0, 0), f(63, one, c.Low, 0, 0),
		f(64, one, c.Suffix[2], 0, 0), f(65, cc.Suffix[2], 0, 0, 0), f(66, suffix, c.Suffix[2], 0, 0), f(67, b.Suffix[2], 0, 0, 0),
		f(68, a.Flags, c.Flags, 0, 0), f(69, b.Flags, a.Flags, 0, 0), f(70, one, suffix, c.Low, 0), f(71, one, two, c.Low, 0),
		f(72, b.Shape, a.Shape, 0, 0), f(73, a.Shape, c.Shape, 0, 0), f(74, one, a.Low, c.Low, 0), f(75, one, a.Low, c.Suffix[1], 0))
}

// Append writes the tagger behind b. Its model must be a *linear.Model.
func (t *Tagger) Append(b []byte) []byte {
	list := make([]string, len(t.tags))
	for i, tag := range t.tags {
		list[i] = tag.UPOS + " " + tag.XPOS
	}
	return t.model.(*linear.Model).Append(pack.AppendStrings(b, list))
}

// ReadTagger reads a tagger that Append wrote and returns what follows it.
func ReadTagger(b []byte) (*Tagger, []byte, error) {
	list, b, err := pack.Strings(b)
	if err != nil {
		return nil, nil, err
	}
	t := &Tagger{tags: make([]Tag, len(list))}
	for i, s := range list {
		t.tags[i].UPOS, t.tags[i].XPOS, _ = strings.Cut(s, " ")
	}
	m, b, err := linear.Read(b)
	if err != nil || m.Labels() != len(list) {
		return nil, nil, pack.ErrDamaged
	}
	t.model = m
	return t, b, nil
}
