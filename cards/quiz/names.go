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
	for len(w) > 1 && titles[w[0]] && (w[0] != "dr" || w[1] != "congo") {
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
	var out []string
	for i := 0; i < len(w); i++ {
		x := w[i]
		figure := strings.TrimRight(x, "stndrh")
		switch {
		case x == "mt":
			x = "mount"
		case x == "st" && i == 0:
			x = "saint"
		case x == "ft" && i == 0:
			x = "fort"
		case spellings[x] != "":
			x = spellings[x]
		case len(w) > 1 && shortNations[x] != "" && (i == 0 || w[i-1] == "the" || w[i-1] == "of"):
			x = shortNations[x]
		case i > 0 && len(x) > 1 && roman[x] != "":
			x = roman[x]
		case i > 0 && (i == len(w)-1 || w[i+1] == "of") && (x == "i" || x == "v" || x == "x"):
			x = map[string]string{"i": "1", "v": "5", "x": "10"}[x]
		case i > 0 && ordinals[x] > 0 && out[len(out)-1] == "the":
			out[len(out)-1] = strconv.Itoa(ordinals[x])
			continue
		case i > 0 && figure != x && number(figure) > 0: // "the 8th"
			if x = figure; out[len(out)-1] == "the" {
				out = out[:len(out)-1]
			}
		case i == 0 && figure != x && 0 < number(figure) && number(figure) <= 12:
			x = ordinalWord(number(figure))
		case counting(x):
			n, run := numberRun(w[i:])
			i += run - 1
			x = strconv.Itoa(n)
		}
		out = append(out, x)
	}
	return strings.Join(out, " ")
}

// counting reports whether a word is a number that names are written with.
func counting(x string) bool { return small[x] >= 1 && !amounts[x] }

// numberRun reads the number in words that w begins with, "nineteen eighty four" as one,
// and says how many words it has.
func numberRun(w []string) (n, words int) {
	run := slices.IndexFunc(w, func(x string) bool { return !counting(x) })
	if run < 0 {
		run = len(w)
	}
	for ; run > 1; run-- {
		if y, ok := yearInWords(strings.Join(w[:run], " ")); ok {
			return y, run
		}
		if v, ok := parseNumberWords(w[:run]); ok {
			return int(v), run
		}
	}
	return int(small[w[0]]), 1
}

func ordinalWord(n int) string {
	for word, m := range ordinals {
		if m == n {
			return word
		}
	}
	return ""
}

// judgeName compares names and terms.
func judgeName(e Expected, typed string) Judgement {
	if j, ok := e.located(typed); ok {
		return j
	}
	known, asKnown := joined(bare(fold(e.Text))), joined(bare(fold(typed)))
	want, got := canon(fold(e.Text)), canon(fold(typed))
	if first := strings.Fields(want)[:min(1, len(strings.Fields(want)))]; len(first) == 1 && len(got) > 2 && got[1] == ' ' && telling[first[0]] && first[0][0] == got[0] {
		got = first[0] + got[1:] // "N Korea"
	}
	if before, _, ok := strings.Cut(got, " of "); ok && e.person() && want == before && len(numerals(want)) > 0 {
		got = before // "Elizabeth I of England"
	}
	if a, b := generation(e.Text), generation(typed); e.person() && a != "" && b != "" && a != b {
		return Judgement{Wrong, "Another of that name."}
	}
	switch {
	case want == got, e.person() && sameWords(bare(fold(e.Text)), bare(fold(typed))), joined(want) == joined(got), essential(want) == essential(got) && essential(want) != "":
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
	case e.explained(typed):
		return Judgement{Right, "The name and its abbreviation."}
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

// sameWords reports whether two names have the same words in any order.
func sameWords(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
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
	if before, _, ok := cutLast(want, " and "); ok && e.initials(typed, before) && len(short) > 2 {
		return true // "CDC", without "and Prevention"
	}
	return short == all.String() || short == major.String()
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// explained reports whether a name was typed with its abbreviation in parentheses, or the
// other way round, both of them right.
func (e Expected) explained(typed string) bool {
	outside, inside, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(typed), ")"), "(")
	return ok && fold(outside) != "" && fold(inside) != "" && !strings.Contains(inside, "(") && judgeName(e, outside).Verdict == Right && judgeName(e, inside).Verdict == Right
}

// numbersAgree reports whether the numbers and numerals of two names are the same.
func numbersAgree(a, b string) bool {
	return slices.Equal(numerals(a), numerals(b))
}

var roman = map[string]string{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16"}

func numerals(s string) []string {
	var out []string
	for i, w := range strings.Fields(s) {
		switch {
		case i > 0 && roman[w] != "":
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
	case len(rest) == 0 && len(extra) == 0 && slices.Equal(withoutKind(w), withoutKind(g)):
		return Judgement{Right, "The same."}, true
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

// withoutKind is a name without its generic and small words.
func withoutKind(w []string) []string {
	return slices.DeleteFunc(slices.Clone(w), func(x string) bool { return generic[x] || minorWord(x) })
}

// minor are the small words that a name is the same without.
var minor = words("of the and for on in at de la du des von to a an")

func minorWord(x string) bool { return minor[x] }
