package linear

import (
	"math"
	"math/bits"
	"slices"
)

// builder lays a Model out, row after row in the order of the keys. Its blocks are
// written where they stay.
type builder struct {
	m     *Model
	keys  []uint32 // all of them, in order
	next  int      // the key whose row comes next
	until int      // the first key of the block after the one under way
	start int      // where the block under way begins in units
	place int      // of the next key in its list, in units
}

// perBlock is about how many keys share a block, noKey what stands behind them.
const (
	perBlock = 6
	noKey    = 1<<16 - 1
)

func newBuilder(labels int, keys []uint32, weights int) *builder {
	n := len(keys)
	width := min(max(bits.Len(uint(n/perBlock)), 16), 20)
	m := &Model{labels: labels, keys: n, weights: weights, shift: uint8(32 - width), blocks: make([]block, 1<<width), dense: newDense(labels, n)}
	m.units = make([]uint16, 0, 2*n+weights+weights/16+5*min(n, 1<<width))
	return &builder{m: m, keys: keys}
}

// open sees to it that the block of the next key is under way and has the list of
// its keys. Behind them stand two that are none, so that every search ends and every
// row has an end.
func (b *builder) open() {
	if b.next < b.until {
		return
	}
	m, shift := b.m, b.m.shift&31
	at, seen := b.keys[b.next]>>shift, uint32(0)
	b.start, b.place = len(m.units), len(m.units)
	for b.until < len(b.keys) && b.keys[b.until]>>shift == at {
		key := b.keys[b.until]
		seen |= 1 << m.part(key)
		m.units = append(m.units, uint16(key), 0)
		b.until++
	}
	m.blocks[at] = block{seen, uint32(b.start)}
	if m.units = append(m.units, noKey, 0); m.labels > 1 {
		m.units = append(m.units, noKey, 0)
	}
}

// point lets the next row of the list begin here.
func (b *builder) point() {
	b.m.units[b.place+1] = uint16(len(b.m.units) - b.start)
	b.place += 2
}

// end ends the row of a key, and the block if it was the last: one cell without
// weight is the row of the first key that is none. It reports whether there is room:
// no weights that a trainer keeps are so many or so large that there is none.
func (b *builder) end() bool {
	if b.next++; b.next == b.until {
		b.point()
		b.m.units = append(b.m.units, 0)
		b.point()
	}
	return len(b.m.units)-b.start < 1<<16-8
}

// add adds the cells of the next key, weight<<8 | label. It reports whether there is
// room.
func (b *builder) add(cells []int32) bool {
	if b.m.labels == 1 {
		return b.weight(cells[0] >> 8)
	}
	b.open()
	b.point()
	if b.m.dense.add(b.m.labels, b.keys[b.next], cells) {
		cells = nil
	}
	for _, c := range cells {
		for w := c >> 8; w != 0; {
			part := min(max(w, math.MinInt8), math.MaxInt8)
			b.m.units = append(b.m.units, uint16(part)<<8|uint16(uint8(c)))
			w -= part
		}
	}
	return b.end()
}

// weight adds the weight of the next key in a model with one label. It reports
// whether there is room.
func (b *builder) weight(w int32) bool {
	b.open()
	b.m.units[b.place+1] = uint16(w)
	b.place += 2
	b.next++
	return w == int32(int16(w))
}

// short adds a row as nearly all are: names are its labels, and weights begins with
// its weights as varints of one byte. It adds nothing and returns false unless that
// is what they are, or where the row might be a dense one.
func (b *builder) short(names, weights []byte) bool {
	if len(weights) < len(names) || b.m.dense.suits(b.m.labels, len(names)) {
		return false
	}
	b.open()
	n := len(b.m.units)
	units := slices.Grow(b.m.units, len(names))[:n+len(names)]
	row, weights := units[n:], weights[:len(names)]
	most, odd := byte(0), byte(0)
	for i, label := range names[:len(row)] {
		w := weights[i]
		most, odd = max(most, label), odd|w|(w-1) // 0 and what goes on have the first bit
		row[i] = uint16(w>>1^-(w&1))<<8 | uint16(label)
	}
	if odd >= 0x80 || int(most) >= b.m.labels {
		return false
	}
	b.point()
	b.m.units = units
	return b.end()
}
