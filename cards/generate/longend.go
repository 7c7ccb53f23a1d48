package generate

import (
	"strings"

	"recto/cards"
)

// longLine is the number of words from which a line is cut at its end where it can be.
const longLine = 24

// dropLongEnd cuts a long line before a participle or a relative clause behind the
// answer, even where no comma stands: what is before it is a sentence of its own.
func dropLongEnd(l line, answer cards.Span) line {
	end := l.end()
	for a := end - 2; a > 8 && end > longLine; a-- {
		i := l.keep[a]
		tag, before := l.p.tag(i), l.p.tag(l.keep[a-1])
		participle := tag == "VBG" && (strings.HasPrefix(before, "NN") || before == "CD" && !l.p.noun(l.keep[a+1])) && !l.p.named[i] && !timeUnits[l.word(a-1)]
		relative := (tag == "WDT" || tag == "WP") && (before == "," || strings.HasPrefix(before, "NN") && l.word(a) != "that")
		if !participle && !relative || l.quoted(a) {
			continue
		}
		cut := a
		if before == "," {
			cut--
		}
		left := l.with(append(append([]int(nil), l.keep[:cut]...), l.keep[end:]...))
		if cut == a && l.needsTelling(a-1) || !left.holds(answer) || left.lost(l, answer) || !left.stands() || left.hangs() {
			continue
		}
		l, end, a = left, cut, cut
	}
	return l
}

// needsTelling reports whether the noun at q is a common one behind "the", "a" or a verb,
// which what follows makes a certain one: "the post that oversees them", "have
// inscriptions referring to plague".
func (l line) needsTelling(q int) bool {
	if l.p.named[l.keep[q]] || l.p.dated[l.keep[q]] || strings.HasPrefix(l.p.tag(l.keep[q]), "NNP") {
		return false
	}
	for k := q - 1; k >= 0 && k >= q-5; k-- {
		switch w := l.word(k); {
		case w == "the" || w == "a" || w == "an", strings.HasPrefix(l.p.tag(l.keep[k]), "VB"):
			return true
		case !l.p.noun(l.keep[k]) && !strings.HasPrefix(l.p.tag(l.keep[k]), "JJ") && l.p.tag(l.keep[k]) != "CD" && l.p.tag(l.keep[k]) != "HYPH":
			return false
		}
	}
	return false
}

// hangs reports whether l ends in a clause that has lost its verb: "when three women".
func (l line) hangs() bool {
	for q := l.end() - 1; q >= 0; q-- {
		i := l.keep[q]
		switch w := l.p.lower(i); {
		case l.p.finite(i):
			return false
		case l.p.tag(i) == "WRB", l.p.tag(i) == "WDT", l.p.tag(i) == "WP", w == "while", w == "because", w == "although", w == "that" && l.p.tag(i) == "IN":
			return true
		}
	}
	return true
}
