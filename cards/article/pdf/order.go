package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// line is what stands at one height in one column.
type line struct {
	text       string
	x0, x1, y  float64
	size       float64
	bold       bool
	cells      int     // parts with wide gaps between them, as in a table
	left, wide float64 // of its column
	even       bool    // most lines of the column end at its right edge
	page       int
	column     int // counted through the document
}

// leastOfColumn is how many fragments stand on either side of a gutter.
const leastOfColumn = 4

// columns orders the fragments of a page as they are read, column by column. What
// crosses a gutter, such as a title, is read before what stands below it.
func columns(fs []fragment) [][]fragment {
	at, ok := gutter(fs)
	if !ok {
		return painted(fs)
	}
	byHeight := slices.Clone(fs)
	slices.SortStableFunc(byHeight, func(a, b fragment) int { return compare(b.y, a.y) })
	var out [][]fragment
	var across, left, right []fragment
	sides := func() {
		for _, side := range [][]fragment{left, right} {
			if len(side) > 0 {
				out = append(out, columns(side)...)
			}
		}
		left, right = nil, nil
	}
	for _, f := range byHeight {
		switch {
		case f.x1 <= at:
			left = append(left, f)
		case f.x0 >= at:
			right = append(right, f)
		default:
			sides()
			across = append(across, f)
			continue
		}
		if len(across) > 0 {
			out = append(out, across)
			across = nil
		}
	}
	if len(across) > 0 {
		out = append(out, across)
	}
	sides()
	return out
}

// painted cuts fragments where the painter went back up to begin a column on the
// right. It tells columns that are too short for a gutter. What stands above the
// left column is cut off with it, what stands below both comes after the right.
func painted(fs []fragment) [][]fragment {
	for i := 2; i < len(fs); i++ {
		if fs[i].y < fs[i-1].y+fs[i].size {
			continue
		}
		from := i
		edge, bottom := math.Inf(-1), math.Inf(1)
		for from > 0 && fs[from-1].y < fs[i].y+0.5*fs[i].size {
			from--
			edge, bottom = max(edge, fs[from].x1), min(bottom, fs[from].y)
		}
		to := i
		for to < len(fs) && fs[to].x0 > edge {
			bottom = min(bottom, fs[to].y)
			to++
		}
		var above, below []fragment
		for _, f := range fs[to:] {
			switch {
			case f.y < bottom:
				below = append(below, f)
			case f.y > fs[i].y+0.5*fs[i].size:
				above = append(above, f)
			default:
				return [][]fragment{fs}
			}
		}
		if i-from < 2 || to == i {
			continue
		}
		out := [][]fragment{append(above, fs[:i]...), fs[i:to:to]}
		if len(below) > 0 {
			out = append(out, painted(below)...)
		}
		return out
	}
	return [][]fragment{fs}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// gutter finds an upright strip with text of some width on both sides, which few
// fragments cross. The columns of a table are too narrow to count.
func gutter(fs []fragment) (at float64, ok bool) {
	if len(fs) < 2*leastOfColumn {
		return 0, false
	}
	edges := make([]float64, 0, len(fs))
	for _, f := range fs {
		edges = append(edges, f.x0)
	}
	slices.Sort(edges)
	best := 0
	last := math.Inf(-1)
	for _, e := range edges {
		if e < last+2 {
			continue // the same left edge
		}
		last = e
		if n := parted(fs, e-1); n > best {
			best, at = n, e-1
		}
	}
	return at, best > 0
}

// parted is how many fragments stand on the emptier side of x, 0 when x is no gutter.
func parted(fs []fragment, x float64) int {
	var n, chars [2]int
	crossing := 0
	top, bottom := [2]float64{math.Inf(-1), math.Inf(-1)}, [2]float64{math.Inf(1), math.Inf(1)}
	near := 0 // fragments on the left that end right before x
	for _, f := range fs {
		side := 0
		switch {
		case f.x1 <= x:
			if f.x1 > x-0.4*f.size {
				near++
			}
		case f.x0 >= x:
			side = 1
		default:
			crossing++
			continue
		}
		n[side]++
		chars[side] += utf8.RuneCountInString(f.text)
		top[side], bottom[side] = max(top[side], f.y), min(bottom[side], f.y)
	}
	least := min(n[0], n[1])
	shared := min(top[0], top[1]) - max(bottom[0], bottom[1])
	switch {
	case least < leastOfColumn, crossing*2 > least, near*3 > n[0]:
		return 0
	case chars[0] < 14*n[0], chars[1] < 14*n[1]:
		return 0
	case shared < 0.4*min(top[0]-bottom[0], top[1]-bottom[1]):
		return 0
	}
	return least
}

// lines makes lines of the fragments of one column.
func lines(fs []fragment, page, column int) []line {
	fs = slices.Clone(fs)
	slices.SortStableFunc(fs, func(a, b fragment) int { return compare(b.y, a.y) })
	var out []line
	left, right := math.Inf(1), math.Inf(-1)
	for len(fs) > 0 {
		n := 1
		for n < len(fs) && fs[0].y-fs[n].y < 0.35*min(fs[0].size, fs[n].size) {
			n++
		}
		l := joined(fs[:n])
		l.page, l.column = page, column
		left, right = min(left, l.x0), max(right, l.x1)
		out, fs = append(out, l), fs[n:]
	}
	full := 0
	for _, l := range out {
		if l.x1 > right-0.25*l.size {
			full++
		}
	}
	for i := range out {
		out[i].left, out[i].wide, out[i].even = left, right-left, full*2 > len(out)
	}
	return out
}

// joined makes a line of fragments at one height.
func joined(fs []fragment) line {
	slices.SortStableFunc(fs, func(a, b fragment) int { return compare(a.x0, b.x0) })
	l := line{x0: fs[0].x0, y: fs[0].y, bold: true, cells: 1}
	var b strings.Builder
	most := 0
	for i, f := range fs {
		if f.letters > most {
			most, l.size, l.y = f.letters, f.size, f.y
		}
		if i > 0 {
			switch gap := f.x0 - l.x1; {
			case gap > 1.8*f.size:
				b.WriteString(" | ")
				l.cells++
			case gap > 0.15*f.size:
				b.WriteByte(' ')
			}
		}
		b.WriteString(f.text)
		l.x1 = max(l.x1, f.x1)
		l.bold = l.bold && f.bold
	}
	l.text = b.String()
	return l
}
