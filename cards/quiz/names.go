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

// person reports whether the expected answer is a person's name.
func (e Expected) person() bool { return e.Type == "person" }

// particles stand before a surname and may be left out.
var particles = words("de da di van von der den del della la le el al bin ibn du dos")

// personParts compares the names of persons, given as words.
func (e Expected) personParts(w, g []string) (Judgement, bool) {
	full, typed := strings.Join(w, " "), strings.Join(g, " ")
	if len(g) < len(w) && len(joined(typed)) > 4 && strings.HasSuffix(joined(full), joined(typed)) && g[0] != w[len(w)-1] {
		return Judgement{Right, "The surname will do."}, true
	}
	w, g = withoutParticles(w), withoutParticles(g)
	last := w[len(w)-1]
	switch {
	case len(g) == 1:
		return e.surnameOnly(w, g[0])
	case len(w) == 1 && g[len(g)-1] == last:
		return Judgement{Right, "The same, with a first name."}, true
	case len(w) == 1:
		return Judgement{}, false
	}
	if x, y := slices.Sorted(slices.Values(w)), slices.Sorted(slices.Values(g)); slices.Equal(x, y) && !slices.Equal(w, g) {
		return Judgement{Right, "The same, in another order."}, true
	}
	if g[len(g)-1] != last && !near(g[len(g)-1], last) || e.nearer(typed, full) {
		return Judgement{}, false
	}
	j := givenNames(w[:len(w)-1], g[:len(g)-1])
	if j.Verdict == Right && e.fitsAnother(g) {
		return Judgement{Close, "That fits more than one person here."}, true
	}
	return j, true
}

func withoutParticles(w []string) []string {
	out := slices.DeleteFunc(slices.Clone(w), func(x string) bool { return particles[x] })
	if len(out) == 0 {
		return w
	}
	return out
}

// surnameOnly judges one word typed for a person's name.
func (e Expected) surnameOnly(w []string, typed string) (Judgement, bool) {
	last := w[len(w)-1]
	switch {
	case typed == last && e.shared(last):
		return Judgement{Close, "Several here have that surname."}, true
	case typed == last:
		return Judgement{Right, "The surname will do."}, true
	case len(w) > 1 && typed == w[0]:
		return Judgement{Close, "Only the first name."}, true
	case near(typed, last) && !e.nearer(typed, last):
		return Judgement{Right, "The surname, with a slip of spelling."}, true
	}
	return Judgement{}, false
}

// fitsAnother reports whether a typed name could as well be that of another person
// of the article.
func (e Expected) fitsAnother(g []string) bool {
	return any(e.Others, func(o string) bool {
		w := withoutParticles(strings.Fields(canon(fold(o))))
		if len(w) < 2 || canon(fold(o)) == canon(fold(e.Text)) || w[len(w)-1] != g[len(g)-1] {
			return false
		}
		return len(g) <= 2 && givenNames(w[:len(w)-1], g[:len(g)-1]).Verdict == Right
	})
}

// givenNames compares given names once the surnames agree: initials stand for
// names, names may be left out or added, none may contradict.
func givenNames(w, g []string) Judgement {
	contradicted := Judgement{Wrong, "Another person of that surname."}
	if !givenAgree(w[0], g[0]) {
		return contradicted
	}
	if len(w) == len(g) {
		for i := range w {
			if !givenAgree(w[i], g[i]) {
				return contradicted
			}
		}
		return Judgement{Right, "The same person."}
	}
	short, long := w[1:], g[1:]
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, s := range short {
		if !any(long, func(l string) bool { return givenAgree(s, l) }) {
			return contradicted
		}
	}
	return Judgement{Right, "The same person."}
}

func givenAgree(a, b string) bool {
	return a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(b) == 1 && strings.HasPrefix(a, b) ||
		nicknames[a] != "" && nicknames[a] == nicknames[b] || near(a, b)
}

// shared reports whether another answer has the same surname.
func (e Expected) shared(surname string) bool {
	return any(e.Others, func(o string) bool {
		f := bare(fold(o))
		return f != bare(fold(e.Text)) && strings.HasSuffix(f, " "+surname)
	})
}

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
		if n := len([]rune(x[i])); x[i] != y[i] && (n < 4 || distance(x[i], y[i]) > max(1, n/5) || n < 7 && consonantsSwapped(x[i], y[i]) || telling[x[i]] || telling[y[i]] || countries[y[i]]) {
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
	case n < 3 || countries[a] && countries[b]:
		return false
	case sound(a) == sound(b) && (n > 3 || a[0] == b[0]), n > 4 && singular(a) == singular(b):
		return true
	case n < 5 || a[0] != b[0]:
		return false
	}
	if d := distance(singular(a), singular(b)); d == 1 {
		return n >= 7 || !consonantsSwapped(a, b)
	}
	return n >= 9 && distance(a, b) == 2
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
var sounds = strings.NewReplacer("tsch", "c", "tch", "c", "sch", "s", "ch", "c", "sh", "s", "kh", "h", "zh", "z", "dzh", "j", "dj", "j", "ph", "f", "gh", "g", "th", "t",
	"yy", "i", "iy", "i", "ij", "i", "yi", "i", "ey", "e", "ei", "e", "y", "i", "j", "i", "ou", "u", "oo", "u", "w", "v", "ck", "k", "q", "k", "x", "ks", "ts", "c", "tz", "c", "cz", "c", "ee", "i", "ae", "e", "aa", "a")

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
