package revise

import (
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// longest is how many words of a sentence are compared.
const longest = 400

// tokens are the words and the single marks of a text.
func tokens(text string) []cards.Span {
	var list []cards.Span
	start := -1
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			list, start = append(list, cards.Span{Start: start, End: i}), -1
		}
		if !unicode.IsSpace(r) {
			_, size := utf8.DecodeRuneInString(text[i:])
			list = append(list, cards.Span{Start: i, End: i + size})
		}
	}
	if start >= 0 {
		list = append(list, cards.Span{Start: start, End: len(text)})
	}
	return list
}

// locate finds where the answer stands in the new sentence to: the same words, or a
// fact of the same kind in its slot, or the slot itself. Same says that it has the
// same value. A span without length is nowhere.
func (p *paired) locate(a answer, to cards.Span) (source cards.Span, same bool) {
	before, after := a.sentence.Of(p.old.Article.Text), to.Of(p.newer.Article.Text)
	x, y := tokens(before), tokens(after)
	if len(x) > longest || len(y) > longest {
		return cards.Span{}, false
	}
	inside := cards.Span{Start: a.source.Start - a.sentence.Start, End: a.source.End - a.sentence.Start}
	first, last := -1, -1
	for i, t := range x {
		if t.Overlaps(inside) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return cards.Span{}, false
	}
	to1 := alignment(before, after, x, y)
	if s, ok := together(to1, y, first, last); ok {
		s = cards.Span{Start: s.Start + to.Start, End: s.End + to.Start}
		for _, f := range p.facts[to] { // said more fully: "12 May 1931" for "1931"
			if f.Kind == a.kind && f.Span.Contains(s) && f.Span != s {
				return f.Span, f.Value == a.value
			}
		}
		return s, true
	}
	slot, ok := slotOf(to1, y, first, last)
	slot = cards.Span{Start: slot.Start + to.Start, End: slot.End + to.Start}
	for _, f := range p.facts[to] { // said in another form: "12 May" for "May 12"
		if f.Kind == a.kind && f.Value == a.value && a.value != "" {
			return f.Span, true
		}
	}
	if !ok {
		return cards.Span{}, false
	}
	for _, f := range p.facts[to] {
		if f.Kind == a.kind && f.Span.Overlaps(slot) {
			return f.Span, false
		}
	}
	if len(tokens(slot.Of(p.newer.Article.Text))) > 2*(last-first+1)+2 {
		return cards.Span{}, false
	}
	return slot, false
}

// alignment is for each token of x the one of y that it stands opposite to in a
// longest common subsequence, -1 for none.
func alignment(before, after string, x, y []cards.Span) []int {
	width := len(y) + 1
	long := make([]int, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].Of(before) == y[j].Of(after) {
				long[i*width+j] = long[(i+1)*width+j+1] + 1
			} else {
				long[i*width+j] = max(long[(i+1)*width+j], long[i*width+j+1])
			}
		}
	}
	to := make([]int, len(x))
	i, j := 0, 0
	for ; i < len(x); i++ {
		to[i] = -1
		for j < len(y) && x[i].Of(before) != y[j].Of(after) && long[i*width+j+1] >= long[(i+1)*width+j] && long[i*width+j+1] == long[i*width+j] {
			j++
		}
		if j < len(y) && x[i].Of(before) == y[j].Of(after) {
			to[i] = j
			j++
		}
	}
	return to
}

// together reports where tokens first to last stand, if all of them stand side by
// side in the new sentence.
func together(to []int, y []cards.Span, first, last int) (cards.Span, bool) {
	for i := first; i <= last; i++ {
		if to[i] < 0 || i > first && to[i] != to[i-1]+1 {
			return cards.Span{}, false
		}
	}
	return cards.Span{Start: y[to[first]].Start, End: y[to[last]].End}, true
}

// slotOf is what stands between the counterparts of the tokens around first to last.
func slotOf(to []int, y []cards.Span, first, last int) (cards.Span, bool) {
	left, right := -1, len(y)
	for i := first - 1; i >= 0 && left < 0; i-- {
		left = to[i]
	}
	for i := last + 1; i < len(to) && right == len(y); i++ {
		if to[i] >= 0 {
			right = to[i]
		}
	}
	if left+1 >= right {
		return cards.Span{}, false
	}
	return cards.Span{Start: y[left+1].Start, End: y[right-1].End}, true
}
