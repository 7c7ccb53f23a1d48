package english

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The functions below inflect single words. They keep a capital first letter and
// leave alone what is not a word. They know the irregular verbs and nouns of
// irregular.go and the spelling rules; of two forms in use they give the one of
// the American press ("traveled", but "programmed").

// PastTense returns the past tense of a verb's base form: "go" -> "went". The
// past of "be" is "was".
func PastTense(base string) string {
	return likeCase(base, func(w string) string {
		if w == "be" {
			return "was"
		}
		if v, ok := irregular(w); ok {
			return v.past
		}
		return withED(w)
	})
}

// PastParticiple returns the past participle of a verb's base form: "go" -> "gone".
func PastParticiple(base string) string {
	return likeCase(base, func(w string) string {
		if w == "be" {
			return "been"
		}
		if v, ok := irregular(w); ok {
			return v.participle
		}
		return withED(w)
	})
}

// irregular finds a verb, also behind the prefixes that leave its forms as they are.
func irregular(w string) (verb, bool) {
	if v, ok := verbs[w]; ok {
		return v, true
	}
	for _, p := range []string{"re-", "over-", "out-", "pre-", "co-"} {
		if rest, ok := strings.CutPrefix(w, p); ok {
			if v, ok := verbs[rest]; ok {
				return verb{p + v.past, p + v.participle}, true
			}
		}
	}
	return verb{}, false
}

// ThirdPerson returns the third person singular present: "go" -> "goes".
func ThirdPerson(base string) string {
	return likeCase(base, func(w string) string {
		switch w {
		case "be":
			return "is"
		case "have":
			return "has"
		case "do", "go", "undergo", "forgo", "redo", "undo", "outdo", "veto", "echo", "embargo":
			return w + "es"
		}
		if modals[w] {
			return w
		}
		return withS(w)
	})
}

var modals = set("can could may might must shall should will would ought")

// PresentParticiple returns the -ing form: "run" -> "running".
func PresentParticiple(base string) string {
	return likeCase(base, func(w string) string {
		switch {
		case w == "be" || strings.HasSuffix(w, "ee") || strings.HasSuffix(w, "oe") || strings.HasSuffix(w, "ye") || w == "singe":
			return w + "ing"
		case strings.HasSuffix(w, "ie"):
			return w[:len(w)-2] + "ying"
		case strings.HasSuffix(w, "e") && len(w) > 2:
			return w[:len(w)-1] + "ing"
		case hardC(w):
			return w + "king" // "panicking"
		}
		return double(w) + "ing"
	})
}

// Base returns the base form of a verb's form: "went" -> "go", "imposed" ->
// "impose". Regular forms are undone by the spelling alone, which errs now and
// then; the Lemma of a tagged Token is better where there is one.
func Base(form string) string {
	return likeCase(form, baseForm)
}

func baseForm(w string) string {
	if b, ok := auxiliaries[w]; ok {
		return b
	}
	if b, ok := verbForms[w]; ok {
		return b
	}
	if _, ok := verbs[w]; ok || w == "be" || modals[w] || len(w) < 4 {
		return w
	}
	if s, ok := strings.CutSuffix(w, "ies"); ok && len(s) > 1 {
		return s + "y"
	}
	if s, ok := strings.CutSuffix(w, "ied"); ok && len(s) > 1 {
		return s + "y"
	}
	if s, ok := strings.CutSuffix(w, "ying"); ok && shortIE[s] {
		return s + "ie"
	}
	if s, ok := strings.CutSuffix(w, "eed"); ok {
		if inEE[s+"ee"] {
			return s + "ee"
		}
		return w // "need", "succeed"
	}
	if s, ok := strings.CutSuffix(w, "es"); ok && sibilant(s) && !strings.HasSuffix(s, "s") {
		return undouble(s, s)
	}
	switch {
	case strings.HasSuffix(w, "sses"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	for _, suffix := range []string{"ed", "ing"} {
		if s, ok := strings.CutSuffix(w, suffix); ok && syllables(s) > 0 && len(s) > 1 {
			return stem(s)
		}
	}
	return w
}

// shortIE are the verbs in -ie without it: "lying" is of "lie".
var shortIE = set("l d t v bel underl unt outl overl")

// inEE are the regular verbs in -ee.
var inEE = set("agree disagree free guarantee decree referee tee pee emcee filigree")

// hardC reports whether a verb ends in a c that stays hard before an ending, which
// needs a k: "panicked".
func hardC(w string) bool {
	n := len(w)
	return n > 3 && w[n-1] == 'c' && w[n-2] == 'i'
}

// stem gives the base form of a regular verb without its -ed or -ing.
func stem(s string) string {
	if _, ok := verbs[s]; ok {
		return s
	}
	if _, ok := verbs[s+"e"]; ok {
		return s + "e"
	}
	for _, w := range []string{s + "e", s, undouble(s, s)} {
		if oddVerbs()[w] {
			return w
		}
	}
	if strings.HasSuffix(s, "ell") && syllables(s) > 1 && s != "misspell" {
		return s[:len(s)-1] // "travelled"
	}
	if c, ok := strings.CutSuffix(s, "k"); ok && hardC(c) && syllables(c) > 1 {
		return c
	}
	if u := undouble(s, ""); u != "" {
		return u
	}
	if silentE(s) {
		return s + "e"
	}
	return s
}

// oddVerbsFile lists the regular verbs of WordNet 3.0 (Princeton University) whose
// dictionary form the rules below would miss: "compiled" is of "compile", as no rule
// can tell from "fulfilled".
//
//go:embed verbs.txt
var oddVerbsFile string

var oddVerbs = sync.OnceValue(func() map[string]bool { return set(oddVerbsFile) })

// undouble takes a doubled consonant off that the ending caused, or returns other.
func undouble(s, other string) string {
	n := len(s)
	if n < 3 || s[n-1] != s[n-2] || strings.IndexByte("aeiouflsz", s[n-1]) >= 0 {
		if n < 3 || s[n-1] != 'l' || s[n-2] != 'l' || !stressed[s[:n-1]] {
			return other
		}
	}
	return s[:n-1]
}

// silentE guesses whether a base form lost an -e before its ending.
func silentE(s string) bool {
	n := len(s)
	if n < 2 {
		return false
	}
	last, prev := s[n-1], s[n-2]
	for _, end := range []string{"at", "iz", "is", "ys", "us", "as", "os", "uc", "ec", "ic", "ac", "iv", "av", "olv", "erv", "urv", "arg", "erg", "urg", "org",
		"eng", "ang", "ung", "ens", "ins", "uls", "els", "ers", "urs", "aps", "anc", "enc", "inc", "ounc", "orc", "erc", "u", "iat", "uat", "iev", "eiv", "ibl", "abl", "itl", "ipl",
		"ubl", "oubl", "ddl", "ttl", "ggl", "bbl", "zzl", "rtl", "ckl", "ngl", "mbl", "ndl", "adl", "dg", "rs", "ris", "ur", "ir", "or", "cr", "id", "ad", "od", "ud", "ak", "ik", "ok", "uk",
		"im", "om", "um", "in", "un", "on", "ip", "op", "yp", "ut", "ot", "it", "et", "ag", "eg", "ug", "og", "ob", "ib", "ub", "al", "il", "ol", "ul", "yl", "ov", "aus", "eas", "ast", "az", "oz", "ez", "yz", "thr"} {
		if strings.HasSuffix(s, end) {
			return endsInE(s, end)
		}
	}
	return (last == 'v' || last == 'c' || last == 'u') || last == 's' && prev != 's'
}

// endsInE settles the endings that are sure only in some words.
func endsInE(s, end string) bool {
	one := syllables(s) == 1
	switch end {
	case "it", "et", "ot", "ut", "in", "on", "or", "om", "im", "um", "al", "il", "ol", "ul", "id", "op", "ip", "ub", "ob", "ib", "ad", "od", "og", "eg", "ag", "ug", "un", "ir", "ur", "ik", "ok", "ak", "uk", "at":
		n := len(s)
		if n > len(end) && isVowel(s[n-len(end)-1]) && end != "at" { // "reveal", "obtain", "treat"
			return s[n-len(end)-1] == 'u' && n > len(end)+1 && s[n-len(end)-2] == 'q'
		}
		if n > 2 && end == "at" && (s[n-3] == 'e' || s[n-3] == 'o') && one { // "treat", "float"
			return false
		}
		if one {
			return n > len(end) // "hop" would have doubled: "hoped" is hope
		}
		return !unstressed[tail(s, 3)] && !unstressed[tail(s, 2)]
	case "eas":
		return s != "eas"
	}
	return true
}

// unstressed are the ends of longer verbs that take -ed without losing an -e.
var unstressed = set(`it et ot on om al il en er op ip ol or in ad od um ud`)

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// syllables counts groups of vowels.
func syllables(w string) int {
	n, in := 0, false
	for i := 0; i < len(w); i++ {
		v := isVowel(w[i]) || w[i] == 'y' && i > 0
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

// Plural returns the plural of a singular noun: "treaty" -> "treaties".
func Plural(noun string) string {
	return likeCase(noun, func(w string) string {
		if p, ok := plurals[w]; ok {
			return p
		}
		for _, end := range []string{"man", "woman", "child", "foot", "tooth", "life", "wife", "self", "shelf", "craft"} {
			if head, ok := strings.CutSuffix(w, end); ok && !set("human german roman shaman talisman ottoman norman")[w] {
				if end == "craft" {
					return w
				}
				return head + plurals[end]
			}
		}
		if head, ok := strings.CutSuffix(w, "sis"); ok && len(head) > 2 {
			return head + "ses"
		}
		return withS(w)
	})
}

// Singular returns the singular of a plural noun: "treaties" -> "treaty".
func Singular(noun string) string {
	return likeCase(noun, func(w string) string {
		if s, ok := singulars[w]; ok {
			return s
		}
		if _, ok := plurals[w]; ok || len(w) < 4 {
			return w
		}
		if head, ok := strings.CutSuffix(w, "men"); ok && len(head) > 1 && !set("specimen regimen acumen abdomen omen")[w] {
			return head + "man"
		}
		if head, ok := strings.CutSuffix(w, "children"); ok {
			return head + "child"
		}
		switch {
		case strings.HasSuffix(w, "ies") && len(w) > 4:
			return w[:len(w)-3] + "y"
		case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"):
			return w[:len(w)-2]
		case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"), !strings.HasSuffix(w, "s"):
			return w
		}
		return w[:len(w)-1]
	})
}

func withS(w string) string {
	n := len(w)
	switch {
	case n > 1 && w[n-1] == 'y' && !isVowel(w[n-2]):
		return w[:n-1] + "ies"
	case sibilant(w):
		return w + "es"
	}
	return w + "s"
}

// sibilant reports whether -s needs a vowel before it.
func sibilant(w string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(w, end) {
			return !set("stomach monarch epoch patriarch matriarch eunuch loch")[w]
		}
	}
	return false
}

func withED(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "e"):
		return w + "d"
	case n > 1 && w[n-1] == 'y' && !isVowel(w[n-2]):
		return w[:n-1] + "ied"
	case hardC(w):
		return w + "ked" // "panicked"
	}
	return double(w) + "ed"
}

// double doubles the last consonant where an ending with a vowel asks for it.
func double(w string) string {
	n := len(w)
	if n < 3 || isVowel(w[n-1]) || !isVowel(w[n-2]) || isVowel(w[n-3]) && (w[n-3] != 'u' || n == 3 || w[n-4] != 'q') || strings.IndexByte("wxyh", w[n-1]) >= 0 {
		return w
	}
	if syllables(w) == 1 || stressed[w] {
		return w + w[n-1:]
	}
	return w
}

// likeCase applies f to the lower-case word and gives the result word's capitals.
func likeCase(word string, f func(string) string) string {
	if word == "" || len(word) > 64 {
		return word
	}
	low := strings.ToLower(word)
	out := f(low)
	r, n := utf8.DecodeRuneInString(word)
	switch {
	case !unicode.IsUpper(r):
		return out
	case out == low:
		return word
	case len(word) > n && strings.ToUpper(word) == word:
		return strings.ToUpper(out)
	}
	first, n := utf8.DecodeRuneInString(out)
	return string(unicode.ToUpper(first)) + out[n:]
}
