package desk

import (
	"strings"

	"recto/cards"
)

// gap is how a statement shows that its answer was taken out; its sort stands in
// brackets behind it.
const gap = "____"

// Words are those of a card.
type Words struct{ Front, Back string }

// CanJoin reports whether two proposals can become one card: they are of the same
// sentence and have different answers.
func CanJoin(a, b cards.Proposal) bool {
	return a.ID != b.ID && a.Sentence == b.Sentence && a.Sentence.Len() > 0 && !a.Source.Overlaps(b.Source)
}

// Join makes one card of the words of two proposals of a sentence, in the order in
// which their answers stand. Two statements with a gap become one with both gaps;
// all else is asked one after the other, a line each. Nothing is said that neither
// of them says.
func Join(a, b cards.Proposal, first, second Words) Words {
	if b.Source.Start < a.Source.Start {
		a, b, first, second = b, a, second, first
	}
	if both, ok := twoGaps(a, b, first.Front, second.Front); ok {
		return Words{both, first.Back + "; " + second.Back}
	}
	return Words{first.Front + "\n" + second.Front, first.Back + "\n" + second.Back}
}

// twoGaps takes the second answer out of the first statement as well, where it stands
// there once, behind the first gap.
func twoGaps(a, b cards.Proposal, first, second string) (string, bool) {
	mark, ok := gapOf(second)
	_, has := gapOf(first)
	if !ok || !has || strings.Count(first, b.Answer.Text) != 1 || strings.Count(second, a.Answer.Text) != 1 {
		return "", false
	}
	at := strings.Index(first, b.Answer.Text)
	if at < strings.Index(first, gap) || inWord(first, at, at+len(b.Answer.Text)) {
		return "", false
	}
	return first[:at] + mark + first[at+len(b.Answer.Text):], true
}

// gapOf is the only gap of a statement, with the sort of its answer.
func gapOf(front string) (string, bool) {
	_, rest, ok := strings.Cut(front, gap)
	if !ok || strings.Contains(rest, gap) {
		return "", false
	}
	if hint, _, closed := strings.Cut(rest, ")"); closed && strings.HasPrefix(hint, " (") {
		return gap + hint + ")", true
	}
	return gap, true
}

// inWord reports whether a letter or a digit touches the part of s from start to end.
func inWord(s string, start, end int) bool {
	touches := func(c byte) bool {
		return c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
	}
	return start > 0 && touches(s[start-1]) || end < len(s) && touches(s[end])
}
