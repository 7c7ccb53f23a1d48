package quiz

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// alias reports whether two names are known names of the same thing.
func alias(a, b string) bool {
	a, b = joined(bare(fold(a))), joined(bare(fold(b)))
	return a == b || slices.Contains(aliasGroups[a], b)
}

// bare takes titles off the ends of a folded name.
func bare(s string) string {
	w := strings.Fields(s)
	for len(w) > 1 && titles[w[0]] {
		w = w[1:]
	}
	for len(w) > 1 && (w[len(w)-1] == "jr" || w[len(w)-1] == "sr") {
		w = w[:len(w)-1]
	}
	if len(w) > 1 && w[0] == "the" {
		w = w[1:]
	}
	return strings.Join(w, " ")
}

func joined(s string) string { return strings.ReplaceAll(s, " ", "") }

// canon writes the words of a folded name in one way: abbreviations in full,
// numerals and numbers in words as digits.
func canon(s string) string {
	w := strings.Fields(bare(s))
	out := w[:0]
	for i, x := range w {
		switch {
		case x == "mt":
			x = "mount"
		case x == "st" && i == 0:
			x = "saint"
		case x == "ft" && i == 0:
			x = "fort"
		case len(x) > 1 && roman[x] != "":
			x = roman[x]
		case i > 0 && i == len(w)-1 && (x == "i" || x == "v" || x == "x"):
			x = map[string]string{"i": "1", "v": "5", "x": "10"}[x]
		case i > 0 && ordinals[x] > 0 && out[len(out)-1] == "the":
			out[len(out)-1] = strconv.Itoa(ordinals[x])
			continue
		case i > 0 && small[x] >= 1 && x != "score":
			x = strconv.Itoa(int(small[x]))
		}
		out = append(out, x)
	}
	return strings.Join(out, " ")
}

// judgeName compares names and terms.
func judgeName(e Expected, typed string) Judgement {
	known, asKnown := joined(bare(fold(e.Text))), joined(bare(fold(typed)))
	want, got := canon(fold(e.Text)), canon(fold(typed))
	if first := strings.Fields(want)[:min(1, len(strings.Fields(want)))]; len(first) == 1 && len(got) > 2 && got[1] == ' ' && telling[first[0]] && first[0][0] == got[0] {
		got = first[0] + got[1:] // "N Korea"
	}
	switch {
	case want == got, joined(want) == joined(got), essential(want) == essential(got) && essential(want) != "":
		return Judgement{Right, "The same."}
	case e.given(got):
		return Judgement{Wrong, "That stands in the question."}
	case e.anothers(got):
		return Judgement{Wrong, "That is another answer of the same article."}
	case slices.Contains(aliasGroups[known], asKnown):
		return Judgement{Right, "Another name of the same."}
	case aliasGroups[asKnown] != nil && aliasGroups[known] != nil, aliasGroups[asKnown] != nil && len(asKnown) < 5:
		return Judgement{Wrong, "The name of something else."}
	case e.initials(typed, want):
		return Judgement{Right, "Its abbreviation."}
	case !numbersAgree(want, got):
		if len(numerals(got)) == 0 && wordsWithoutNumbers(want) == got {
			return Judgement{Close, "Its number is missing."}
		}
		return Judgement{Wrong, "Another number in the name."}
	case countries[got] && countries[want]:
		return Judgement{Wrong, "Another country."}
	case (!e.person() || !strings.HasSuffix(want, " "+got)) && all(strings.Fields(got), func(x string) bool { return generic[x] || minorWord(x) || titles[x] || len(numerals(x)) > 0 }):
		return Judgement{Wrong, "That is only what kind of thing it is."}
	}
	if j, ok := e.parts(want, got); ok {
		return j
	}
	return e.spelling(want, got)
}

// essential is a name without its small words.
func essential(s string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(s), minorWord), " ")
}

func wordsWithoutNumbers(s string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(s), func(x string) bool { return len(numerals(x)) > 0 }), " ")
}

// given reports whether the question itself names what was typed.
func (e Expected) given(got string) bool {
	front := " " + fold(e.Front) + " "
	return e.Front != "" && strings.Contains(front, " "+got+" ") && len(got) > 1
}

// anothers reports whether what was typed is another answer, or its last name.
func (e Expected) anothers(got string) bool {
	want := bare(fold(e.Text))
	for _, o := range e.Others {
		other := bare(fold(o))
		if other == want || alias(other, want) {
			continue
		}
		if other == got {
			return true
		}
		if w := strings.Fields(other); len(w) > 1 && w[len(w)-1] == got && !strings.HasSuffix(want, got) && !strings.HasPrefix(want, got) {
			return true
		}
	}
	return false
}

// initials reports whether an abbreviation was typed for the expected long name.
func (e Expected) initials(typed, want string) bool {
	short := strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, typed))
	w := strings.Fields(want)
	if len(short) < 2 || len(w) < 2 || strings.ContainsAny(strings.TrimSpace(typed), " ") {
		return false
	}
	var all, major strings.Builder
	for _, x := range w {
		all.WriteByte(x[0])
		if !minor[x] {
			major.WriteByte(x[0])
		}
	}
	return short == all.String() || short == major.String()
}

// numbersAgree reports whether the numbers and numerals of two names are the same.
func numbersAgree(a, b string) bool {
	return slices.Equal(numerals(a), numerals(b))
}

var roman = map[string]string{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16"}

func numerals(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		switch {
		case roman[w] != "":
			out = append(out, roman[w])
		case strings.ContainsAny(w, "0123456789"):
			out = append(out, strings.TrimRight(w, "thndsr"))
		default:
			if n, ok := ordinals[w]; ok {
				out = append(out, strconv.Itoa(n))
			} else if n, ok := small[w]; ok && n > 0 && n < 100 {
				out = append(out, strconv.Itoa(int(n)))
			}
		}
	}
	slices.Sort(out)
	return out
}

// parts compares names of several words: a surname alone, initials for given
// names, a generic head left out, a nickname.
func (e Expected) parts(want, got string) (Judgement, bool) {
	w, g := strings.Fields(want), strings.Fields(got)
	if len(w) < 2 && len(g) < 2 {
		return Judgement{}, false
	}
	if e.person() {
		return e.personParts(w, g)
	}
	switch rest, extra := without(w, g), without(g, w); {
	case len(extra) == 0 && len(rest) > 0 && all(rest, func(x string) bool { return generic[x] || minorWord(x) }):
		return Judgement{Right, "The same, its kind left out."}, true
	case len(rest) == 0 && len(extra) > 0 && all(extra, func(x string) bool { return generic[x] || minorWord(x) || titles[x] }):
		return Judgement{Right, "The same, with its kind."}, true
	case len(rest) == 0 && len(extra) == 0 && len(w) == len(g) && eachNear(want, got):
		return Judgement{}, false
	case len(rest) == 0 && len(extra) == 0:
		return Judgement{Close, "The right words in another order."}, true
	case any(rest, func(x string) bool { return telling[x] }) && len(extra) == 0:
		return Judgement{Close, "Which one is not said."}, true
	case any(extra, func(x string) bool { return telling[x] }):
		return Judgement{Wrong, "Another one."}, true
	case len(extra) == 0 && 2*len(g) >= len(w):
		return Judgement{Close, "A part of it."}, true
	}
	return Judgement{}, false
}

// minor are the small words that a name is the same without.
var minor = words("of the and for on in de la du des von to a an")

func minorWord(x string) bool { return minor[x] }
