package linear

import (
	"math"
	"math/bits"
)

// dense holds the rows of the features that are met most: those with weights for
// many labels. There are few of them, yet every third feature that is asked for is
// one, so they lie together, small enough for the processor's nearest caches, and
// their rows have a byte for every label, of which eight are added at once.
//
// A key has one place, by its first bits. Where two compete the first stays; the
// other is left to the blocks.
type dense struct {
	width int      // words of a row
	shift uint8    // a key's place is key >> shift
	keys  []uint32 // by place
	rows  []uint16 // by place, the number of the row
	words []uint64 // the rows: weights of eight labels, each more by bias
}

const (
	bias = 128
	// many is how many weights make a row dense, if that is less than half the labels.
	many = 17
	// perPlace is about how many features there are for each place.
	perPlace = 24
)

func newDense(labels, features int) dense {
	width := max(bits.Len(uint(features/perPlace)), 2) - 1
	d := dense{width: (labels + 7) / 8, shift: uint8(32 - width), keys: make([]uint32, 1<<width), rows: make([]uint16, 1<<width)}
	for i := range d.keys {
		d.keys[i] = uint32(i^1) << d.shift // a key that has its place elsewhere
	}
	return d
}

// suits reports whether a row with so many cells is long enough.
func (d *dense) suits(labels, cells int) bool {
	return labels > 1 && cells >= min(many, labels/2+1)
}

// add takes a row in, unless it is short, has weights that are no bytes, or its place
// is taken.
func (d *dense) add(labels int, key uint32, cells []int32) bool {
	if !d.suits(labels, len(cells)) {
		return false
	}
	place := key >> (d.shift & 31)
	n := len(d.words) / d.width
	if d.keys[place]>>(d.shift&31) == place || n > math.MaxUint16 {
		return false
	}
	for _, c := range cells {
		if w := c >> 8; w < math.MinInt8 || w > math.MaxInt8 {
			return false
		}
	}
	d.keys[place], d.rows[place] = key, uint16(n)
	for range d.width {
		d.words = append(d.words, bias*0x0101010101010101)
	}
	row := d.words[n*d.width:]
	for _, c := range cells {
		at, label := &row[uint8(c)/8], uint8(c)%8
		*at += uint64(int64(c>>8)) << (8 * label)
	}
	return true
}

// cells appends the cells of a key that add has taken.
func (d *dense) cells(cells []int32, key uint32) []int32 {
	row := d.words[int(d.rows[key>>(d.shift&31)])*d.width:][:d.width]
	for i, word := range row {
		for k := range 8 {
			if w := int32(uint8(word>>(8*k))) - bias; w != 0 {
				cells = append(cells, w<<8|int32(8*i+k))
			}
		}
	}
	return cells
}

// split puts where the rows of features begin into found, and the features that have
// none into rest. It goes without branches, which would be guessed wrong every third
// time.
func (d *dense) split(features []uint32, found, rest *[batch]uint32) (n, others int) {
	f, r := uint(0), uint(0)
	for _, key := range features {
		place := key >> (d.shift & 31)
		found[f%batch], rest[r%batch] = uint32(d.rows[place])*uint32(d.width), key
		hit := uint(0)
		if d.keys[place] == key {
			hit = 1
		}
		f += hit
		r += 1 - hit
	}
	return int(f), int(r)
}

// sum adds rows up: for eight labels at a time, in two words of four.
func (d *dense) sum(rows []uint32, sums *[256]int32) {
	if len(rows) == 0 {
		return
	}
	const lanes = 0x00FF00FF00FF00FF
	for i := range d.width {
		var even, odd uint64
		words := d.words[i:]
		for _, r := range rows {
			w := words[r]
			even += w & lanes
			odd += w >> 8 & lanes
		}
		out := (*[8]int32)(sums[8*i:])
		less := int32(bias * len(rows))
		for k := range 4 {
			out[2*k] += int32(uint16(even>>(16*k))) - less
			out[2*k+1] += int32(uint16(odd>>(16*k))) - less
		}
	}
}
