package quiz

import (
	"slices"
	"strings"
)

// spelling allows a slip: one letter from five on, two from nine on, never where
// another answer is as near, and never in the first letter unless it sounds alike.
func (e Expected) spelling(want, got string) Judgement {
	if e.nearer(got, want) {
		return Judgement{Wrong, "That is nearer to another answer of the same article."}
	}
	if eachNear(want, got) {
		return Judgement{Right, "A slip of spelling."}
	}
	if almost(want, got) {
		return Judgement{Close, "Nearly as spelt."}
	}
	return Judgement{Wrong, "Another answer was expected."}
}

// almost reports whether each word is the expected one but for a letter or two.
func almost(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if n := len([]rune(x[i])); x[i] != y[i] && (n < 4 || x[i][0] != y[i][0] && sound(x[i])[0] != sound(y[i])[0] || distance(x[i], y[i]) > max(1, n/5) || otherWord(x[i], y[i]) || twoConsonants(x[i], y[i]) || n < 7 && consonantsSwapped(x[i], y[i]) || telling[x[i]] || telling[y[i]] || countries[y[i]]) {
			return false
		}
	}
	return true
}

// eachNear compares word by word, so that a slip in one word is measured by that
// word's length.
func eachNear(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return len(a) >= 8 && near(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
	}
	for i := range x {
		if x[i] != y[i] && (telling[x[i]] || telling[y[i]] || !near(x[i], y[i])) {
			return false
		}
	}
	return true
}

// near reports whether two words are one word with a slip, or two writings of one
// word from another alphabet.
func near(a, b string) bool {
	if a == b {
		return true
	}
	n := min(len([]rune(a)), len([]rune(b)))
	switch {
	case n < 3 || countries[a] && countries[b] || otherWord(a, b) || twoWords(a, b):
		return false
	case sound(a) == sound(b) && (n > 3 || a[0] == b[0]), singular(a) == singular(b), n > 5 && hard(sound(a)) == hard(sound(b)):
		return true
	case otherConsonants(a, b):
		return false
	case n > 7 && a[0] == b[0] && distance(sound(a), sound(b)) == 1 && !countries[a] && !countries[b]:
		return true
	case n < 5 || a[0] != b[0]:
		return false
	}
	if d := distance(singular(a), singular(b)); d == 1 {
		return n >= 7 || !consonantsSwapped(a, b)
	}
	return n >= 9 && distance(a, b) == 2 && !twoConsonants(a, b)
}

// endings of words of science, of which one in place of another makes another word.
var endings = [][]string{{"ide", "ite", "ate", "ine"}, {"ane", "ene", "yne"}, {"st", "sis"}, {"ose", "ase"}, {"anol", "anal"}, {"enol", "enal"}, {"blast", "clast", "cyte"}}

// otherEnding reports whether two words differ by such an ending (chlorine, chloride).
func otherEnding(a, b string) bool {
	for _, group := range endings {
		for _, x := range group {
			stem, ok := strings.CutSuffix(a, x)
			if ok && len(stem) > 2 && any(group, func(y string) bool { return x != y && b == stem+y }) {
				return true
			}
		}
	}
	return false
}

// twoConsonants reports whether two words differ by two consonants in place of two
// others (stalactite, stalagmite).
func twoConsonants(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	var out, in []rune
	for i := range x {
		if x[i] != y[i] {
			out, in = append(out, x[i]), append(in, y[i])
		}
	}
	return len(out) == 2 && !strings.ContainsAny(string(out)+string(in), "aeiouy") && (out[0] != in[1] || out[1] != in[0])
}

// consonantsSwapped reports whether two words differ by one consonant in place of
// another, which in a short word makes another word (Niger, Nigel).
func consonantsSwapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return !strings.ContainsRune("aeiouy", x[i]) && !strings.ContainsRune("aeiouy", y[i]) && slices.Equal(x[i+1:], y[i+1:])
		}
	}
	return false
}

// sounds bring the usual writings of names from other alphabets to one.
var sounds = strings.NewReplacer("ough", "0u", "dh", "d", "schtsch", "s", "ssion", "tion", "sion", "tion", "shch", "s", "tsch", "c", "tch", "c", "sch", "s", "ch", "c", "sh", "s", "kh", "k", "zh", "z", "dzh", "j", "dj", "j", "ph", "f", "gh", "g", "th", "t",
	"yy", "i", "iy", "i", "ij", "i", "yi", "i", "ey", "e", "ei", "e", "y", "i", "j", "i", "ou", "u", "oo", "u", "w", "v", "ck", "k", "q", "k", "x", "ks", "ts", "c", "tz", "c", "cz", "c", "ee", "i", "ae", "e", "aa", "a")

// hard brings g and k to one, which Arabic names are written with alike.
func hard(s string) string { return strings.ReplaceAll(s, "g", "k") }

func sound(s string) string {
	s = sounds.Replace(s)
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// nearer reports whether what was typed is at least as near to another answer.
func (e Expected) nearer(got, want string) bool {
	d := distance(got, want)
	return d > 0 && any(e.Others, func(o string) bool {
		f := bare(fold(o))
		if f == bare(fold(e.Text)) {
			return false
		}
		if distance(got, f) <= d {
			return true
		}
		w := strings.Fields(f)
		return len(w) > 1 && len(strings.Fields(got)) == 1 && distance(got, w[len(w)-1]) <= d
	})
}

// without is what stands in a and not in b, each word counted once.
func without(a, b []string) []string {
	left := slices.Clone(b)
	var out []string
	for _, x := range a {
		i := slices.IndexFunc(left, func(y string) bool { return x == y || near(x, y) && !telling[x] && !telling[y] })
		if i < 0 {
			out = append(out, x)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	return out
}

func any(list []string, f func(string) bool) bool { return slices.ContainsFunc(list, f) }

func all(list []string, f func(string) bool) bool {
	return !slices.ContainsFunc(list, func(x string) bool { return !f(x) })
}
