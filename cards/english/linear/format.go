package linear

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// Append writes the model behind b. Numbers of one kind stand together, which
// halves what a general compressor makes of them: the sorted keys, the lengths of
// the rows, the labels, the weights.
func (m *Model) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(m.labels))
	b = binary.AppendUvarint(b, uint64(m.keys))
	b = binary.AppendUvarint(b, uint64(m.weights))
	keys := make([]uint32, 0, m.keys)
	var lengths, names, weights []byte
	for key, cells := range m.all {
		keys = append(keys, key)
		lengths = append(lengths, byte(len(cells)-1)) // 1 to 256 labels
		for _, c := range cells {
			names = append(names, byte(c))
			weights = binary.AppendVarint(weights, int64(c>>8))
		}
	}
	b = appendSorted(b, keys)
	if m.labels > 1 {
		b = append(append(b, lengths...), names...)
	}
	return append(b, weights...)
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
	sorted, b, err := readSorted(b, int(keys))
	if err != nil {
		return nil, nil, err
	}
	if labels == 1 {
		return readWeights(sorted, b)
	}
	if uint64(len(b)) < keys+weights {
		return nil, nil, errDamaged
	}
	lengths, names := b[:keys], b[keys:keys+weights]
	return readRows(int(labels), sorted, lengths, names, b[keys+weights:])
}

// readWeights makes a model with one label.
func readWeights(sorted []uint32, b []byte) (*Model, []byte, error) {
	m := newBuilder(1, sorted, len(sorted))
	for range sorted {
		w, n := varint(b)
		if n <= 0 || w == 0 || int64(int32(w)) != w || !m.weight(int32(w)) {
			return nil, nil, errDamaged
		}
		b = b[n:]
	}
	return m.m, b, nil
}

// readRows makes a model with several labels: lengths are those of the rows less
// one, names the labels of all cells, b begins with their weights.
func readRows(labels int, sorted []uint32, lengths, names, b []byte) (*Model, []byte, error) {
	m := newBuilder(labels, sorted, len(names))
	var cells []int32
	for i := range sorted {
		k := int(lengths[i]) + 1
		if k > len(names) || k > labels {
			return nil, nil, errDamaged
		}
		row := names[:k]
		names = names[k:]
		if m.short(row, b) {
			b = b[k:]
			continue
		}
		cells = cells[:0]
		for _, label := range row {
			w, n := varint(b)
			if n <= 0 || w == 0 || int64(int32(w)<<8>>8) != w || int(label) >= labels {
				return nil, nil, errDamaged
			}
			cells = append(cells, int32(w)<<8|int32(label))
			b = b[n:]
		}
		if !m.add(cells) {
			return nil, nil, errDamaged
		}
	}
	if len(names) > 0 {
		return nil, nil, errDamaged
	}
	return m.m, b, nil
}

// varint is binary.Varint, quicker where the number has one byte, as nearly all do.
func varint(b []byte) (int64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return int64(b[0]>>1) ^ -int64(b[0]&1), 1
	}
	return binary.Varint(b)
}

// appendSorted writes ascending numbers as a Rice code of their differences: what a
// difference is above the low bits in ones and a zero, then the low bits. Hashes
// are spread so evenly that no compressor does better, and it is quick to read.
func appendSorted(b []byte, numbers []uint32) []byte {
	width := riceWidth(len(numbers))
	var word uint64
	var used uint
	put := func(v uint64, n uint) {
		word |= v << used
		for used += n; used >= 8; used -= 8 {
			b = append(b, byte(word))
			word >>= 8
		}
	}
	last := uint32(0)
	for _, x := range numbers {
		d := x - last
		last = x
		for q := d >> width; q > 0; {
			k := min(q, 32)
			put(1<<k-1, uint(k))
			q -= k
		}
		put(0, 1)
		put(uint64(d&(1<<width-1)), width)
	}
	return append(b, byte(word))
}

// riceWidth is the number of low bits for n numbers that share 32 bits evenly.
func riceWidth(n int) uint {
	return uint(max(0, 31-bits.Len(uint(n))))
}

// readSorted reads n numbers that appendSorted wrote and returns what follows them.
func readSorted(b []byte, n int) ([]uint32, []byte, error) {
	if n/8 > len(b) {
		return nil, nil, errDamaged
	}
	width := riceWidth(n)
	numbers := make([]uint32, n)
	last, at := uint64(0), uint(0) // at counts bits
	for i := range numbers {
		high := uint64(0)
		word := bitsAt(b, at)
		for word&(1<<wordBits-1) == 1<<wordBits-1 {
			high += wordBits
			at += wordBits
			word = bitsAt(b, at)
		}
		ones := uint(bits.TrailingZeros64(^word))
		at += ones + 1
		if word >>= ones + 1; ones+1+width > wordBits {
			word = bitsAt(b, at)
		}
		at += width
		last += (high+uint64(ones))<<width | word&(1<<width-1)
		if last > 1<<32-1 || at > 8*uint(len(b)) {
			return nil, nil, errDamaged
		}
		numbers[i] = uint32(last)
	}
	end := at/8 + 1
	if end > uint(len(b)) {
		return nil, nil, errDamaged
	}
	return numbers, b[end:], nil
}

// wordBits is how many bits bitsAt gives at least, if b has them.
const wordBits = 57

// bitsAt returns the bits of b from bit at; behind b there are zeros.
func bitsAt(b []byte, at uint) uint64 {
	if k := at / 8; k+8 <= uint(len(b)) {
		return binary.LittleEndian.Uint64(b[k:]) >> (at % 8)
	}
	var rest [8]byte
	if k := at / 8; k < uint(len(b)) {
		copy(rest[:], b[k:])
	}
	return binary.LittleEndian.Uint64(rest[:]) >> (at % 8)
}
