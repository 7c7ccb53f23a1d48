package quiz

import (
	"regexp"
	"slices"
	"strings"
)

// pair is two numbers that are said together: a part and its whole, or the two sides of a
// ratio or a score.
type pair struct{ first, second float64 }

var (
	partForm  = regexp.MustCompile(`^(.+?)(?: (?:in|of|out of)(?: every| the)? | ?/ ?)([a-z0-9-]+)(?: .*)?$`)
	ratioForm = regexp.MustCompile(`^(?:([a-z]+|\d+(?:\.\d+)?)(?: ?: ?|[ -]to[ -]| against )([a-z]+|\d+(?:\.\d+)?)|(\d+) ?- ?(\d+))(?: .*)?$`)
)

// readPair reads two numbers without units in a form.
func readPair(form *regexp.Regexp, s string) (pair, bool) {
	g := form.FindStringSubmatch(plainText(s))
	if g == nil {
		return pair{}, false
	}
	g = slices.DeleteFunc(g[1:], func(part string) bool { return part == "" })
	a, okA := parseOne(g[0])
	b, okB := parseOne(g[1])
	if !okA || !okB || a.unit != "" || b.unit != "" || len(a.rest)+len(b.rest) > 0 {
		return pair{}, false
	}
	return pair{a.value, b.value}, true
}

// judgePair judges "8 of 10" and "4:1", whose numbers belong together. It reports false
// where no such two were expected, or where what was typed may be judged as one number.
func judgePair(expected, typed string) (Judgement, bool) {
	if want, ok := readPair(partForm, expected); ok && want.first < want.second {
		got, ok := readPair(partForm, typed)
		return Judgement{Right, "The same number."}, ok && got == want
	}
	want, ok := readPair(ratioForm, expected)
	if _, ranged := parseRange(plainText(expected)); !ok || ranged && !strings.Contains(expected, ":") {
		return Judgement{}, false
	}
	switch got, ok := readPair(ratioForm, typed); {
	case ok && got == want:
		return Judgement{Right, "The same numbers."}, true
	case ok:
		return Judgement{Wrong, "Other numbers."}, true
	}
	if q, ok := parseQuantity(typed); ok && (q.share || q.unit == "%") {
		return Judgement{}, false // "a quarter" of 1:4 is for the judge of one number
	}
	return Judgement{Wrong, "Two numbers were asked."}, true
}
