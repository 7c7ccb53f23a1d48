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
	"math/bits"
	"slices"
)

// Scorer gives every label a score under a set of features. Trainer and Model are
// Scorers, so what is learnt and what is kept run through the same code.
type Scorer interface {
	Labels() int
	Score(features []uint32, scores []int32)
}

// Model is a trained classifier. It is read only and may be shared.
//
// Scoring waits for memory and for little else, so a Model is laid out in blocks
// that lie in few cache lines: one block for every value of the first bits of a key.
// A block lists the low halves of its keys in order, each with what goes with it.
// With one label that is the weight; with more it is where in the block the row of
// the key begins, and the rows stand behind the list. A cell of a row is a weight
// that one byte can hold, and the label; larger weights take several cells. Rows of
// many cells stand elsewhere, see dense, and are empty here.
type Model struct {
	labels  int
	keys    int
	weights int
	shift   uint8 // a key's block is key >> shift, at least 16 bits
	blocks  []block
	units   []uint16
	dense   dense
}

// block is an entry of the directory of blocks. Most features that are asked for and
// are in no model are told from it alone.
type block struct {
	seen  uint32 // a bit for every 32nd part of the block's range that has a key
	begin uint32 // where in units it begins
}

// part is the bit in seen of the part of its block's range that a key lies in.
func (m *Model) part(key uint32) uint32 { return key >> ((m.shift - 5) & 31) & 31 }

// Labels is the number of labels.
func (m *Model) Labels() int { return m.labels }

// Features is the number of features that have a weight.
func (m *Model) Features() int { return m.keys }

// Weights is the number of weights that are not 0.
func (m *Model) Weights() int { return m.weights }

// batch is how many features are looked up together: the loads of one pass do not
// wait for each other, and most of them miss the cache.
const batch = 64

// Score writes the score of every label to scores, which has Labels elements.
func (m *Model) Score(features []uint32, scores []int32) {
	if m.labels == 1 {
		scores[0] = m.sum(features)
		return
	}
	var sums [256]int32
	var found, others [batch]uint32
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		n, rest := m.dense.split(part, &found, &others)
		m.dense.sum(found[:n], &sums)
		m.add(others[:rest], &sums)
	}
	copy(scores, sums[:m.labels])
}

// sum is the score under a model with one label.
func (m *Model) sum(features []uint32) int32 {
	var w work
	total := int32(0)
	for len(features) > 0 {
		part := features[:min(batch, len(features))]
		features = features[len(part):]
		for _, a := range w.at[:m.look(part, &w)] {
			total += int32(int16(m.units[a+1]))
		}
	}
	return total
}

// add adds the rows of features that stand in the blocks.
func (m *Model) add(features []uint32, sums *[256]int32) {
	var w work
	var rest [batch][]uint16
	n := m.look(features, &w)
	for i, a := range w.at[:n] {
		begin := w.begin[i&(batch-1)]
		row := m.units[begin+uint32(m.units[a+1]) : begin+uint32(m.units[a+3])]
		sums[uint8(row[0])] += int32(int8(row[0] >> 8))
		rest[i&(batch-1)] = row[1:]
	}
	for _, row := range rest[:n] {
		for _, c := range row {
			sums[uint8(c)] += int32(int8(c >> 8))
		}
	}
}

// work is what is known of the features of a batch that the model may have.
type work struct {
	blocks [batch]block  // of all features
	low    [batch]uint16 // of the feature
	begin  [batch]uint32 // of its block
	at     [batch]uint32 // its place in units
	there  [batch]uint16 // the low half that stands at this place
}

// look finds the features that the model has and returns how many they are. It goes
// without branches that would be guessed wrong every other time.
func (m *Model) look(features []uint32, w *work) int {
	for i, f := range features {
		w.blocks[i&(batch-1)] = m.blocks[f>>(m.shift&31)] // nothing else here, so that many loads are under way
	}
	n := uint(0)
	for k, f := range features {
		b := w.blocks[k&(batch-1)]
		part := m.part(f)
		before := b.seen & (1<<part - 1)
		i := n % batch
		w.low[i], w.begin[i], w.at[i] = uint16(f), b.begin, b.begin+2*uint32(bits.OnesCount32(before))
		n += uint(b.seen >> part & 1)
	}
	for i, a := range w.at[:n] {
		w.there[i&(batch-1)] = m.units[a]
	}
	k := uint(0)
	for i, a := range w.at[:n] {
		low, there := w.low[i&(batch-1)], w.there[i&(batch-1)]
		for there < low { // other keys lie in the same part
			a += 2
			there = m.units[a]
		}
		w.at[k%batch], w.begin[k%batch] = a, w.begin[i&(batch-1)]
		if there == low {
			k++
		}
	}
	return int(k)
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
	keys, n := make([]uint32, len(entries)), 0
	for i, e := range entries {
		keys[i] = e.key
		n += len(e.cells)
	}
	b := newBuilder(labels, keys, n)
	for _, e := range entries {
		b.add(e.cells)
	}
	return b.m
}

// all yields the features in the order of their keys with what add was given.
func (m *Model) all(yield func(key uint32, cells []int32) bool) {
	var cells []int32
	for i, b := range m.blocks {
		if b.seen == 0 {
			continue
		}
		units := m.units[b.begin:]
		for at := 0; ; at += 2 {
			key := uint32(i)<<m.shift&^(1<<16-1) | uint32(units[at])
			if cells = m.row(cells[:0], units, at); len(cells) == 0 {
				cells = m.dense.cells(cells, key)
			}
			if cells[0]>>8 == 0 {
				break
			}
			if !yield(key, cells) {
				return
			}
		}
	}
}

// row appends the cells of the key at a place of a block.
func (m *Model) row(cells []int32, units []uint16, at int) []int32 {
	if m.labels == 1 {
		return append(cells, int32(int16(units[at+1]))<<8)
	}
	for _, c := range units[units[at+1]:units[at+3]] {
		w := int32(int8(c>>8)) << 8
		if n := len(cells); n > 0 && uint8(cells[n-1]) == uint8(c) {
			cells[n-1] += w
		} else {
			cells = append(cells, w|int32(uint8(c)))
		}
	}
	return cells
}
