package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// acronyms finds short forms that the article explains, after A. Schwartz and
// M. Hearst, "A simple algorithm for identifying abbreviation definitions in
// biomedical text" (2003): "National Security Strategy (NSS)" and "NSS (National
// Security Strategy)". The answer is the short form, About the long one.
func acronyms(readers []*reader, known *dossier) {
	for _, r := range readers {
		for i := range r.Tokens {
			if r.low[i] != "(" {
				continue
			}
			if !r.shortInBrackets(i, known) {
				r.longInBrackets(i, known)
			}
		}
	}
}

// shortInBrackets tells "National Security Strategy (NSS)", whose bracket opens at i.
func (r *reader) shortInBrackets(i int, known *dossier) bool {
	k := i + 1
	end := k
	for end < len(r.Tokens) && end < k+4 && r.low[end] != ")" && r.low[end] != "," && r.low[end] != ";" {
		end++
	}
	if end == k || end >= len(r.Tokens) || end == k+4 {
		return false
	}
	short := r.form(k, end-1)
	if !shortForm(short) || r.anyDated(k, end) {
		return false
	}
	letters := strings.TrimSuffix(short, "s")
	first := r.longStart(letters, i-1)
	if first < 0 {
		first = r.longStart(short, i-1)
	}
	if first < 0 {
		return false
	}
	r.abbreviate(k, end-1, r.span(first, i-1), known)
	return true
}

// shortForm reports whether s looks like a short form: two to ten characters, two
// capital letters or more, one word or two.
func shortForm(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 10 || len(strings.Fields(s)) > 2 {
		return false
	}
	capitals := 0
	for i, c := range s {
		if i == 0 && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 2 || capitals == 1 && n <= 4 && s[len(s)-1] >= 'A' && s[len(s)-1] <= 'Z'
}

// longStart is the token at which the long form that ends at token last begins; -1
// when the letters of short are not found in the words before, in order, the first
// one at the start of a word.
func (r *reader) longStart(short string, last int) int {
	letters := strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, short))
	n := utf8.RuneCountInString(letters)
	room := min(n+5, n*2)
	low := last
	for words := 0; low >= 0 && words < room; low-- {
		if p := r.low[low]; p == "(" || p == ")" || p == ";" || p == "." || p == ":" {
			break
		}
		if r.word(low) || isDigit(r.low[low]) {
			words++
		}
	}
	low++
	if first := r.initialsStart(letters, low, last); first >= 0 {
		return first
	}
	return r.lettersStart(letters, low, last)
}

// initialsStart looks for a long form whose words begin with the letters, small
// words left out or not; it prefers that to letters from within words.
func (r *reader) initialsStart(letters string, low, last int) int {
	for first := last; first >= low; first-- {
		if !r.word(first) && !isDigit(r.low[first]) || hyphen(r.at(first-1)) && r.tight(first-1) {
			continue
		}
		all, main := make([]byte, 0, 16), make([]byte, 0, 16)
		for k := first; k <= last; k++ {
			if !r.word(k) && !isDigit(r.low[k]) {
				continue
			}
			all = append(all, r.low[k][0])
			if !function(r.low[k]) {
				main = append(main, r.low[k][0])
			}
		}
		if (string(all) == letters || string(main) == letters) && !function(r.low[first]) {
			return first
		}
	}
	return -1
}

// lettersStart is the matching of the paper: from the right, every letter anywhere,
// the first at the start of a word.
func (r *reader) lettersStart(letters string, low, last int) int {
	c := []rune(letters)
	at := len(c) - 1
	for k := last; k >= low; k-- {
		w := []rune(r.low[k])
		for p := len(w) - 1; p >= 0; p-- {
			if w[p] != c[at] || at == 0 && p > 0 {
				continue
			}
			if at == 0 {
				if function(r.low[k]) || last-k+1 < 2 && len(w) < 2*len(c) || len(strings.Join(r.low[k:last+1], "")) <= len(letters) {
					return -1
				}
				return k
			}
			at--
		}
	}
	return -1
}

// longInBrackets tells "NSS (National Security Strategy)", whose bracket opens at i.
func (r *reader) longInBrackets(i int, known *dossier) {
	if i == 0 || !shortForm(r.Tokens[i-1].Norm) || !allCapitals(strings.TrimSuffix(r.Tokens[i-1].Norm, "s")) {
		return
	}
	end := i + 1
	for end < len(r.Tokens) && end < i+14 && r.low[end] != ")" && r.low[end] != "," && r.low[end] != ";" {
		end++
	}
	if end >= len(r.Tokens) || end == i+14 || end-i < 3 {
		return
	}
	first := r.longStart(strings.TrimSuffix(r.Tokens[i-1].Norm, "s"), end-1)
	if first < 0 || first > i+2 {
		return
	}
	r.abbreviate(i-1, i-1, r.span(first, end-1), known)
}

// abbreviate adds the acronym of the tokens from i to j.
func (r *reader) abbreviate(i, j int, long cards.Span, known *dossier) {
	for k := i; k <= j; k++ {
		r.held[k] = true
	}
	r.tell(cards.AcronymFact, "", r.span(i, j), r.words(long), long)
	known.expansions[r.form(i, j)] = r.words(long)
}
