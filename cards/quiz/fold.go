package quiz

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// special are letters that have no decomposition to a plain one.
var special = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ı", "i", "ħ", "h",
	"’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`,
	"–", "-", "—", "-", "−", "-", "‑", "-", "‐", "-", "&", " and ",
)

// A minus sign and a decimal point are part of the number they stand in.
var (
	signed  = regexp.MustCompile(`(^|\s)-(\d)`)
	decimal = regexp.MustCompile(`(\d)\.(\d)`)
)

// fold brings text to the form in which answers are compared: lower case, no
// diacritics, no punctuation, single blanks, no leading article.
func fold(s string) string {
	s = special.Replace(strings.ToLower(norm.NFKC.String(s)))
	if t, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), s); err == nil {
		s = t
	}
	s = strings.ReplaceAll(s, "'s ", " ")
	s = strings.TrimSuffix(s, "'s")
	s = signed.ReplaceAllString(s, "${1}minus $2")
	s = decimal.ReplaceAllString(s, "$1·$2")
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case r == '·':
			b.WriteByte('.')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'' || r == '.':
			// o'brien and u.s. are one word each
		case r == '+' || r == '%' || r == '$' || r == '€' || r == '£':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	out := b.String()
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(out, article); ok && rest != "" && !strings.Contains(rest[:min(2, len(rest))], " ") { // "A. G. Bell" has initials
			return rest
		}
	}
	return out
}

// same reports whether two answers are spelt alike. Those of signs alone, such as "≠",
// are compared as they are.
func same(a, b string) bool {
	if folded := fold(a); folded != "" {
		return folded == fold(b)
	}
	return strings.TrimSpace(a) == strings.TrimSpace(b)
}

func count(n int) string {
	if words := []string{"None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}; n < len(words) {
		return strings.ToLower(words[n])
	}
	return strconv.Itoa(n)
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours, each counted one.
// Source: Damerau (1964), Levenshtein (1966).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	two, one := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range one {
		one[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(one[j]+1, row[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], two[j-2]+1)
			}
		}
		two, one = one, row
	}
	return one[len(y)]
}
