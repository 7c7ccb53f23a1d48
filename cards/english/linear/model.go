// Package linear holds sparse linear classifiers over hashed features: a Trainer
// that learns weights as an averaged perceptron (Collins 2002), and the Model that
// is kept of it, pruned and rounded to small numbers.
//
// A feature is a 32-bit hash made by Feature. Two features that meet in one hash
// share their weights, which with some hundred thousand of them happens to one in
// ten thousand and does no measurable harm.
package linear

import (
	"math"
	"slices"
)

// Scorer gives every label a score under a set of features. Trainer and Model are
// Scorers, so what is learnt and what is kept run through the same code.
type Scorer interface {
	Labels() int
	Score(features []uint32, scores []int32)
}

// slot of the hash table: the key and where its row begins in cells. In a Model
// with one label row is the weight itself.
type slot struct {
	key uint32
	row uint32 // 0: the slot is empty
}

// Model is a trained classifier. It is read only and may be shared.
type Model struct {
	labels int
	shift  uint8 // a key's place in slots is key >> shift
	slots  []slot
	cells  []int32 // rows: the number of cells, then weight<<8 | label
	keys   int

	// seen has a bit set for every key there is, and few others: most features that
	// are asked for are in no model, and seen, unlike slots, stays in the cache.
	seen      []uint64
	seenShift uint8
}

// Labels is the number of labels.
func (m *Model) Labels() int { return m.labels }

// Features is the number of features that have a weight.
func (m *Model) Features() int { return m.keys }

// Weights is the number of weights that are not 0.
func (m *Model) Weights() int {
	if m.labels == 1 {
		return m.keys
	}
	return len(m.cells) - 1 - m.keys
}

// batch is how many features are looked up before their weights are read: the
// loads of one pass do not wait for each other, and most of them miss the cache.
const batch = 64

// Score writes the score of every label to scores, which has Labels elements.
func (m *Model) Score(features []uint32, scores []int32) {
	clear(scores)
	var keys, rows [batch]uint32
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		found := m.look(part, &keys)
		if m.labels == 1 {
			for _, f := range found {
				scores[0] += int32(m.row(f))
			}
			continue
		}
		for i, f := range found {
			rows[i&(batch-1)] = m.row(f)
		}
		for _, r := range rows[:len(found)] {
			for _, c := range m.cells[r+1 : r+1+uint32(m.cells[r])] {
				scores[uint8(c)] += c >> 8
			}
		}
	}
}

// look returns the features that the model may have, in found. It goes without
// branches, which would be guessed wrong every other time.
func (m *Model) look(features []uint32, found *[batch]uint32) []uint32 {
	n := uint(0)
	for _, f := range features {
		found[n%batch] = f
		bit := f >> m.seenShift
		n += uint(m.seen[bit>>6] >> (bit & 63) & 1)
	}
	return found[:n]
}

func (m *Model) row(key uint32) uint32 {
	i := key >> m.shift
	for {
		if s := m.slots[i]; s.key == key || s.row == 0 {
			return s.row
		}
		if i++; int(i) == len(m.slots) {
			i = 0
		}
	}
}

// Pruning says what a Model keeps of what was learnt. Perceptron weights have heavy
// tails, so both limits are multiples of the median of their magnitudes: a step
// taken from the largest weight would round most of them to nothing.
type Pruning struct {
	Changes int     // features changed fewer times than this are dropped
	Cut     float64 // weights below Cut medians are dropped
	Steps   float64 // steps of rounding in one median
}

// limit is the largest magnitude of a rounded weight.
const limit = 1<<15 - 1

type entry struct {
	key   uint32
	cells []int32
}

// Freeze averages, prunes and rounds the weights.
func (t *Trainer) Freeze(p Pruning) *Model {
	median := t.median(p)
	var entries []entry
	for i := range t.rows {
		r := &t.rows[i]
		if !kept(r, p) {
			continue
		}
		var cells []int32
		for k, c := range r.cells {
			w := t.average(r, k)
			if q := math.Round(w / median * p.Steps); math.Abs(w) >= p.Cut*median && q != 0 {
				cells = append(cells, int32(min(max(q, -limit), limit))<<8|int32(uint8(c)))
			}
		}
		if len(cells) > 0 {
			slices.SortFunc(cells, func(a, b int32) int { return int(uint8(a)) - int(uint8(b)) })
			entries = append(entries, entry{r.key, cells})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	return build(t.labels, entries)
}

func kept(r *row, p Pruning) bool {
	n := 0
	for _, h := range r.history {
		n += int(h.changes)
	}
	return n >= p.Changes
}

// average is the mean of weight k of a row over all steps.
func (t *Trainer) average(r *row, k int) float64 {
	h := r.history[k]
	return (float64(h.summed) + float64(r.cells[k]>>8)*float64(t.step-h.stamp)) / float64(t.step)
}

// median of the magnitudes of the weights that pruning by changes leaves.
func (t *Trainer) median(p Pruning) float64 {
	var all []float64
	for i := range t.rows {
		if r := &t.rows[i]; kept(r, p) {
			for k := range r.cells {
				if w := math.Abs(t.average(r, k)); w > 0 {
					all = append(all, w)
				}
			}
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// build makes a Model of entries in the order of their keys.
func build(labels int, entries []entry) *Model {
	n := 0
	for _, e := range entries {
		n += len(e.cells)
	}
	m := empty(labels, len(entries), n)
	for _, e := range entries {
		m.add(e.key, e.cells)
	}
	return m
}

// empty makes a Model with room for a number of features and weights. Keys lie in
// slots in their order, each at its place or soon after it, so that the table is
// filled from one end to the other.
func empty(labels, features, weights int) *Model {
	width := 4
	for 3<<width < 4*features {
		width++
	}
	m := &Model{labels: labels, shift: uint8(32 - width), slots: make([]slot, 1<<width), keys: features}
	m.seenShift = uint8(max(0, 32-width-2))
	m.seen = make([]uint64, 1<<(32-m.seenShift)/64+1)
	if labels != 1 {
		m.cells = make([]int32, 1, 1+features+weights) // row 0 is empty
	}
	return m
}

// add adds a feature with its cells.
func (m *Model) add(key uint32, cells []int32) {
	if m.labels == 1 {
		m.insert(key, uint32(cells[0]>>8))
		return
	}
	m.insert(key, uint32(len(m.cells)))
	m.cells = append(append(m.cells, int32(len(cells))), cells...)
}

func (m *Model) insert(key, row uint32) {
	bit := key >> m.seenShift
	m.seen[bit>>6] |= 1 << (bit & 63)
	i := key >> m.shift
	for m.slots[i].row != 0 {
		if i++; int(i) == len(m.slots) {
			i = 0
		}
	}
	m.slots[i] = slot{key, row}
}

// rowOf is what add was given.
func (m *Model) rowOf(s slot) []int32 {
	if m.labels == 1 {
		return []int32{int32(s.row) << 8}
	}
	return m.cells[s.row+1 : s.row+1+uint32(m.cells[s.row])]
}
