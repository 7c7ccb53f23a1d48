// Package linear holds sparse linear classifiers over hashed features: a Trainer
// that learns weights as an averaged perceptron (Collins 2002), and the Model that
// is kept of it, pruned and rounded to small numbers.
//
// A feature is a 32-bit hash made by Feature. Two features that meet in one hash
// share their weights, which with some hundred thousand of them happens to one in
// ten thousand and does no measurable harm.
package linear

import (
	"encoding/binary"
	"errors"
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
	mask   uint32
	slots  []slot
	cells  []int32 // rows: the number of cells, then weight<<8 | label
	keys   int

	// seen has a bit set for every key there is, and few others: most features that
	// are asked for are in no model, and seen, unlike slots, stays in the cache.
	seen []uint64
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
	if m.labels == 1 {
		sum := int32(0)
		for _, f := range features {
			if m.may(f) {
				sum += int32(m.row(f))
			}
		}
		scores[0] = sum
		return
	}
	var rows, sizes [batch]uint32
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		n := 0
		for _, f := range part {
			if !m.may(f) {
				continue
			}
			if r := m.row(f); r != 0 {
				rows[n&(batch-1)] = r
				n++
			}
		}
		for i, r := range rows[:n] {
			sizes[i] = uint32(m.cells[r])
		}
		for i, r := range rows[:n] {
			for _, c := range m.cells[r+1 : r+1+sizes[i]] {
				scores[uint8(c)] += c >> 8
			}
		}
	}
}

// may reports false for most keys that the model does not have.
func (m *Model) may(key uint32) bool {
	return m.seen[int(key>>6)&(len(m.seen)-1)]>>(key&63)&1 != 0
}

func (m *Model) row(key uint32) uint32 {
	for i := uint32(place(key)) & m.mask; ; i = (i + 1) & m.mask {
		if s := m.slots[i]; s.key == key || s.row == 0 {
			return s.row
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

// empty makes a Model with room for a number of features and weights.
func empty(labels, features, weights int) *Model {
	size := 16
	for 3*size < 4*features {
		size *= 2
	}
	m := &Model{labels: labels, mask: uint32(size - 1), slots: make([]slot, size), keys: features, seen: make([]uint64, max(1, size/16))}
	if labels > 1 {
		m.cells = make([]int32, 1, 1+features+weights)
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
	m.seen[int(key>>6)&(len(m.seen)-1)] |= 1 << (key & 63)
	i := uint32(place(key)) & m.mask
	for m.slots[i].row != 0 {
		i = (i + 1) & m.mask
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

// Append writes the model behind b. Numbers of one kind stand together, which
// halves what a general compressor makes of them: the sorted keys as differences,
// the lengths of the rows, the labels, the low and the high parts of the weights.
func (m *Model) Append(b []byte) []byte {
	used := make([]slot, 0, m.keys)
	for _, s := range m.slots {
		if s.row != 0 {
			used = append(used, s)
		}
	}
	slices.SortFunc(used, func(a, b slot) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	b = binary.AppendUvarint(b, uint64(m.labels))
	b = binary.AppendUvarint(b, uint64(m.keys))
	b = binary.AppendUvarint(b, uint64(m.Weights()))
	last := uint32(0)
	for _, s := range used {
		b = binary.AppendUvarint(b, uint64(s.key-last))
		last = s.key
	}
	for _, s := range used {
		b = append(b, byte(len(m.rowOf(s))-1)) // 1 to 256 labels
	}
	for _, s := range used {
		for _, c := range m.rowOf(s) {
			b = append(b, byte(c))
		}
	}
	for _, s := range used {
		for _, c := range m.rowOf(s) {
			b = binary.AppendVarint(b, int64(c>>8))
		}
	}
	return b
}

var errDamaged = errors.New("linear: the model is damaged")

// Read reads a model that Append wrote and returns what follows it.
func Read(b []byte) (*Model, []byte, error) {
	var head [3]uint64
	for i := range head {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, nil, errDamaged
		}
		head[i], b = v, b[n:]
	}
	labels, keys, weights := head[0], head[1], head[2]
	if labels > 256 || keys > uint64(len(b)) || weights > uint64(len(b)) {
		return nil, nil, errDamaged
	}
	sorted := make([]uint32, keys)
	last := uint64(0)
	for i := range sorted {
		d, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, nil, errDamaged
		}
		last += d
		sorted[i], b = uint32(last), b[n:]
	}
	if uint64(len(b)) < keys+weights {
		return nil, nil, errDamaged
	}
	lengths, names := b[:keys], b[keys:keys+weights]
	return readRows(int(labels), sorted, lengths, names, b[keys+weights:])
}

// readRows fills the table: lengths are those of the rows less one, names the
// labels of all cells, b begins with their weights.
func readRows(labels int, sorted []uint32, lengths, names, b []byte) (*Model, []byte, error) {
	m := empty(labels, len(sorted), len(names))
	var cells []int32
	for i, key := range sorted {
		k := int(lengths[i]) + 1
		if k > len(names) || k > labels {
			return nil, nil, errDamaged
		}
		cells = cells[:0]
		for _, label := range names[:k] {
			w, n := varint(b)
			if n <= 0 || w == 0 || int(label) >= labels {
				return nil, nil, errDamaged
			}
			cells = append(cells, int32(w)<<8|int32(label))
			b = b[n:]
		}
		m.add(key, cells)
		names = names[k:]
	}
	if len(names) > 0 {
		return nil, nil, errDamaged
	}
	return m, b, nil
}

// varint is binary.Varint, quicker where the number has one byte, as nearly all do.
func varint(b []byte) (int64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return int64(b[0]>>1) ^ -int64(b[0]&1), 1
	}
	return binary.Varint(b)
}
