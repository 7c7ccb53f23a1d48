package generate

import (
	"strings"

	"recto/cards"
)

// shortEnough is the number of words up to which a line may say two things of its subject.
const shortEnough = 14

// dropSecondVerb cuts a line behind what it first says of its subject where that holds
// the answer: "The town grew in the 14th century, and later became a port". A card asks
// for one thing.
func dropSecondVerb(l line, answer cards.Span) line {
	if l.end() <= shortEnough {
		return l
	}
	c, ok := l.clause()
	if !ok {
		return l
	}
	main := c.main()
	linked := false
	for a := 0; a < l.end()-3; a++ {
		i := l.keep[a]
		if i <= main {
			continue
		}
		tag, w := l.p.tag(i), l.p.lower(i)
		linked = linked || tag == "WDT" || tag == "WP" || tag == "WRB" || tag == "WP$" || clauseLinks[w] || strings.HasPrefix(tag, "VB") && tag != "VBN" && tag != "VBG" && tag != "VB"
		if linked || l.quoted(a) {
			return l // what follows may belong to a clause within this one
		}
		if tag != "CC" || w != "and" && w != "but" && w != "then" {
			continue
		}
		next := a + 1
		if l.p.tag(l.keep[next]) == "RB" {
			next++
		}
		if !l.p.finite(l.keep[next]) || l.p.tag(l.keep[next]) == "MD" && next == a+1 && l.p.finite(l.keep[a-1]) {
			continue
		}
		from := a
		if l.word(a-1) == "," {
			from--
		}
		left := l.with(l.keep[:from])
		if !left.stands() || !left.holds(answer) || left.hangs() {
			return l
		}
		if m, ok := l.without(from, l.end(), answer); ok {
			return m
		}
		return l
	}
	return l
}
