package quiz

import (
	"slices"
	"strings"
)

// person reports whether the expected answer is a person's name.
func (e Expected) person() bool { return e.Type == "person" }

// particles stand before a surname and may be left out.
var particles = words("de da di van von der den del della la le el al bin ibn du dos")

// personParts compares the names of persons, given as words.
func (e Expected) personParts(w, g []string) (Judgement, bool) {
	full, typed := strings.Join(w, " "), strings.Join(g, " ")
	if len(g) < len(w) && len(joined(typed)) > 4 && strings.HasSuffix(joined(full), joined(typed)) && g[0] != w[len(w)-1] && len(numerals(typed)) == 0 {
		if e.shared(typed) {
			return Judgement{Close, "Several here have that surname."}, true
		}
		return Judgement{Right, "The surname will do."}, true
	}
	if first := firstSurname(w); first < len(w) && g[len(g)-1] != w[len(w)-1] {
		w = w[:first]
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
	if g[len(g)-1] != last && (!near(g[len(g)-1], last) || e.nearer(typed, full)) {
		return Judgement{}, false
	}
	if len(g) < len(w) && number(last) > 0 { // "John II" is not John Paul II
		return Judgement{Wrong, "Another one of that number."}, true
	}
	j := givenNames(w[:len(w)-1], g[:len(g)-1])
	if j.Verdict == Right && e.fitsAnother(g) {
		return Judgement{Close, "That fits more than one person here."}, true
	}
	return j, true
}

// generation is "jr" or "sr" behind a name, or "".
func generation(s string) string {
	for _, x := range strings.Fields(fold(s)) {
		switch x {
		case "jr", "junior":
			return "jr"
		case "sr", "senior":
			return "sr"
		}
	}
	return ""
}

// firstSurname is where the first of several surnames behind a particle ends, as in
// "Miguel de Cervantes Saavedra": the others may be left out.
func firstSurname(w []string) int {
	for i := 1; i < len(w)-1; i++ {
		if particles[w[i]] && !particles[w[i+1]] {
			return i + 2
		}
	}
	return len(w)
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
	case len(w) > 2 && w[len(w)-2] == "of" && typed == last:
		return Judgement{Wrong, "That is only where they were from."}, true
	case typed == last && e.shared(last):
		return Judgement{Close, "Several here have that surname."}, true
	case typed == last:
		return Judgement{Right, "The surname will do."}, true
	case len(w) > 1 && (surnamesFirst[w[0]] && typed == w[0] || len(w) > 2 && (w[1] == "the" || w[1] == "of") && near(typed, w[0])) && !e.sharedFirst(w[0]):
		return Judgement{Right, "That will do."}, true
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
	if len(g) == 1 && len(w) > 1 && len(g[0]) == len(w) && g[0] == firstLetters(w) { // "TS Eliot"
		return Judgement{Right, "The same person."}
	}
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

func firstLetters(w []string) string {
	var b strings.Builder
	for _, x := range w {
		b.WriteByte(x[0])
	}
	return b.String()
}

// sharedFirst reports whether another answer begins with the same word.
func (e Expected) sharedFirst(first string) bool {
	return any(e.Others, func(o string) bool {
		f := bare(fold(o))
		return f != bare(fold(e.Text)) && (f == first || strings.HasPrefix(f, first+" "))
	})
}

// shared reports whether another answer has the same surname.
func (e Expected) shared(surname string) bool {
	return any(e.Others, func(o string) bool {
		f := bare(fold(o))
		return f != bare(fold(e.Text)) && strings.HasSuffix(f, " "+surname)
	})
}
