package extract

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// atom is a token, or a part of one where a date is only part of it: "post-1945"
// is three atoms, "44BC" two.
type atom struct {
	span   cards.Span
	norm   string // straight quotes
	word   string // in lower case, without the stop of an abbreviation
	num    int    // of a word of one to four digits
	digits int    // how many, 0 for any other word
	glued  bool   // no white space stands before it
	token  int    // index of the token in its sentence
}

// line is a sentence as the matchers see it.
type line struct {
	index int // of the sentence in the document
	s     *Sentence
	body  string // of the article
	atoms []atom
}

// atom is the i-th atom, empty beyond either end.
func (l *line) atom(i int) atom {
	if i < 0 || i >= len(l.atoms) {
		return atom{}
	}
	return l.atoms[i]
}

func (l *line) word(i int) string { return l.atom(i).word }

// span covers the atoms from first to last, both inclusive.
func (l *line) span(first, last int) cards.Span {
	return cards.Span{Start: l.atoms[first].span.Start, End: l.atoms[last].span.End}
}

// newLine cuts a sentence into atoms.
func newLine(index int, s *Sentence, body string) *line {
	l := &line{index: index, s: s, body: body, atoms: make([]atom, 0, len(s.Tokens)+4)}
	for i, t := range s.Tokens {
		glued := i > 0 && s.Tokens[i-1].End == t.Start
		from := 0
		for _, cut := range cuts(t.Form) {
			l.add(t.Form[from:cut], cards.Span{Start: t.Start + from, End: t.Start + cut}, glued, i)
			from, glued = cut, true
		}
		form := t.Norm
		if from > 0 {
			form = t.Form[from:]
		}
		l.add(form, cards.Span{Start: t.Start + from, End: t.End}, glued, i)
	}
	return l
}

func (l *line) add(form string, span cards.Span, glued bool, token int) {
	a := atom{span: span, norm: form, glued: glued, token: token}
	a.word = strings.ToLower(form)
	if n := len(a.word); n > 2 && n <= 6 && a.word[n-1] == '.' && a.word[0] >= 'a' && a.word[0] <= 'z' {
		a.word = strings.ReplaceAll(a.word, ".", "") // "mar.", "b.c.", "a.d."
	}
	if a.word == "‐" || a.word == "‑" {
		a.word = "-"
	}
	if n, ok := number(form); ok {
		a.num, a.digits = n, len(form)
	}
	l.atoms = append(l.atoms, a)
}

// number reads one to four digits.
func number(s string) (int, bool) {
	if len(s) == 0 || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// cuts are the offsets inside a token at which a new atom begins.
func cuts(form string) []int {
	if len(form) > 40 || len(form) < 3 {
		return nil
	}
	hyphen := strings.ContainsAny(form, "-‐‑")
	if !strings.ContainsAny(form, "0123456789") && (!hyphen || !strings.EqualFold(form[:3], "mid")) {
		return nil
	}
	if hyphen {
		return hyphenCuts(form)
	}
	k := 0
	for k < len(form) && form[k] >= '0' && form[k] <= '9' {
		k++
	}
	if k > 0 && k <= 4 && eraWords[form[k:]] {
		return []int{k} // "44BC"
	}
	k = len(strings.TrimRight(form, "0123456789"))
	if digits := len(form) - k; digits >= 2 && digits <= 4 {
		switch form[:k] {
		case "AD", "CE", "FY", "c.", "ca.", "c":
			return []int{k}
		}
	}
	return nil
}

var eraWords = wordSet("BC BCE AD CE B.C. B.C.E. A.D. C.E.")

// hyphenCuts cuts at the hyphens of a token whose every part may be part of a date.
func hyphenCuts(form string) []int {
	if isoDay(form) {
		return nil
	}
	var out []int
	part := 0
	for i := 0; i < len(form); {
		r, n := utf8.DecodeRuneInString(form[i:])
		if r == '-' || r == '‐' || r == '‑' {
			if i > 0 && !datePart(form[part:i]) {
				return nil
			}
			if i > 0 {
				out = append(out, i)
			}
			out = append(out, i+n)
			part = i + n
		}
		i += n
	}
	if !datePart(form[part:]) {
		return nil
	}
	return out
}

func isoDay(form string) bool {
	return len(form) >= 10 && form[4] == '-' && form[7] == '-'
}

// datePart reports whether a part of a hyphenated word may be part of a date.
func datePart(p string) bool {
	if _, ok := number(p); ok {
		return true
	}
	w := strings.ToLower(p)
	if monthNames[w] > 0 || monthAbbrs[w] > 0 || seasonNames[w] > 0 || ordinalWords[w] > 0 {
		return true
	}
	switch w {
	case "mid", "post", "pre", "early", "late", "inter", "to":
		return true
	}
	bare := strings.TrimSuffix(w, "s")
	if _, ok := number(bare); ok && bare != w {
		return true // "1990s"
	}
	return len(w) > 2 && unicode.IsDigit(rune(w[0])) && strings.Trim(w, "0123456789") != w && ordinalEnd(w)
}

func ordinalEnd(w string) bool {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if rest, ok := strings.CutSuffix(w, end); ok {
			_, number := number(rest)
			return number
		}
	}
	return false
}
