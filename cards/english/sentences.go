package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split cuts a block of text into sentences and tokens, without tags.
//
// A blank line always ends a sentence. A single line break does too, unless the
// line before it is long and stops nowhere or the next goes on in lower case, as
// in text wrapped by hand.
func Split(text string) []Sentence {
	tokens := tokenize(text)
	var out []Sentence
	sp := splitter{text: text, tokens: tokens}
	for from := 0; from < len(tokens); {
		to := sp.end(from)
		out = append(out, Sentence{Start: tokens[from].Start, End: tokens[to-1].End, Tokens: tokens[from:to:to]})
		from = to
	}
	return out
}

type splitter struct {
	text   string
	tokens []Token
}

// maxOpen is how many tokens a bracket may stay open before it no longer holds a
// sentence together, maxLength how long a sentence may be at all, and maxClosers
// how many quotes, brackets and marks may follow its stop.
const (
	maxOpen   = 60
	maxLength = 400

	maxClosers = 16
)

// end returns the index after the last token of the sentence that begins at from.
func (sp *splitter) end(from int) int {
	opened := -1 // token of the outermost open bracket
	depth := 0
	line := from
	for i := from; i < len(sp.tokens); i++ {
		if i > from && sp.lineBreak(line, i) {
			return i
		}
		if i > from && strings.IndexByte(sp.gap(i), '\n') >= 0 {
			line = i
		}
		if i-from >= maxLength {
			return i
		}
		switch f := sp.tokens[i].Form; f {
		case "(", "[", "{":
			if depth == 0 {
				opened = i
			}
			depth++
		case ")", "]", "}":
			depth = max(0, depth-1)
		default:
			if !terminal(f) {
				continue
			}
			next, closed := sp.closers(i + 1)
			if held := depth - closed; held > 0 && opened > from && i-opened < maxOpen {
				continue
			}
			if next < len(sp.tokens) && sp.begins(from, i, next) {
				return next
			}
		}
	}
	return len(sp.tokens)
}

// gap is the text between token i and the one before it.
func (sp *splitter) gap(i int) string {
	return sp.text[sp.tokens[i-1].End:sp.tokens[i].Start]
}

// lineBreak reports whether the line break before token i, if there is one, ends
// the sentence; line is the first token of the line before.
func (sp *splitter) lineBreak(line, i int) bool {
	gap := sp.gap(i)
	if k := strings.IndexByte(gap, '\n'); k < 0 {
		return strings.ContainsAny(gap, "\u2029\f")
	} else if strings.IndexByte(gap[k+1:], '\n') >= 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(sp.tokens[i].Form)
	if unicode.IsLower(first) {
		return false
	}
	last := sp.tokens[i-1].Form
	wrapped := sp.tokens[i-1].End-sp.tokens[line].Start >= 50 && !terminal(last) && last != ":"
	return !wrapped || strings.ContainsRune("•*–—-", first)
}

// terminal reports whether a token may end a sentence.
func terminal(form string) bool {
	switch form[len(form)-1] {
	case '.':
		return true
	case '?', '!':
		return strings.Trim(form, "?!") == ""
	}
	return strings.HasSuffix(form, "…") || form == "。"
}

// closers skips what belongs to the sentence that ended before token i: closing
// quotes and brackets, and the marks of footnotes. It also counts the brackets.
func (sp *splitter) closers(i int) (next, closed int) {
	for last := i + maxClosers; i < len(sp.tokens) && i < last; {
		f, gap := sp.tokens[i].Form, sp.gap(i)
		switch {
		case gap == "" && (f == ")" || f == "]" || f == "}"):
			closed++
			i++
		case gap == "" && strings.Contains("\"''”’»", f), f == "”" && len(gap) == 1, gap == "" && terminal(f) && len(f) <= 3 && f[0] < 'A':
			i++
		case gap == "" && footnoteNumber(f), gap == " " && sp.looseFootnote(i):
			i++
		default:
			k := sp.footnote(i)
			if k == i {
				return i, closed
			}
			i = k
		}
	}
	return i, closed
}

// looseFootnote reports whether token i, after a stop and a space, is the number of a
// footnote: what comes after it begins a sentence of its own, as in "were
// protected. 4 Even though".
func (sp *splitter) looseFootnote(i int) bool {
	if i+1 >= len(sp.tokens) || len(sp.tokens[i].Form) > 2 || !footnoteNumber(sp.tokens[i].Form) || sp.gap(i+1) != " " {
		return false
	}
	next := sp.tokens[i+1].Form
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsUpper(first) && starters[strings.ToLower(next)]
}

// footnote returns the token after a mark such as "[1]" or "[citation needed]" at
// token i on the same line, or i.
func (sp *splitter) footnote(i int) int {
	if sp.tokens[i].Form != "[" || len(sp.gap(i)) > 1 || strings.Contains(sp.gap(i), "\n") {
		return i
	}
	for k := i + 1; k < len(sp.tokens) && k <= i+4; k++ {
		if sp.tokens[k].Form == "]" {
			inside := sp.text[sp.tokens[i].End:sp.tokens[k].Start]
			if footnoteNumber(inside) || inside == "citation needed" || strings.HasPrefix(inside, "note ") || len(inside) == 1 {
				return k + 1
			}
			break
		}
	}
	return i
}

// footnoteNumber reports whether s is up to three digits, superscript or not.
func footnoteNumber(s string) bool {
	if s == "" || len(s) > 9 {
		return false
	}
	n := 0
	for _, r := range s {
		if n++; n > 3 || !unicode.IsNumber(r) {
			return false
		}
	}
	return true
}

// begins reports whether token next begins a sentence, the one from token from
// having perhaps ended with token i.
func (sp *splitter) begins(from, i, next int) bool {
	f, nx := sp.tokens[i].Form, sp.tokens[next].Form
	spaced := sp.tokens[next].Start > sp.tokens[next-1].End
	if sp.enumerator(from, i) {
		return false
	}
	if !sp.opens(nx, spaced) {
		return false
	}
	switch {
	case len(f) > 1 && f[0] != '.' && f[len(f)-1] == '.' && !strings.HasPrefix(f, "…"):
		return sp.afterAbbreviation(f[:len(f)-1], nx)
	case f != "." && next > i+1 && next+1 < len(sp.tokens) && reporting[strings.ToLower(sp.tokens[next+1].Form)]:
		return false // “Stop!” Smith said
	}
	return true
}

// opens reports whether a token looks like the first of a sentence.
func (sp *splitter) opens(form string, spaced bool) bool {
	r, n := utf8.DecodeRuneInString(form)
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return true
	case unicode.IsLower(r): // "iPhone", "eBay"
		second, _ := utf8.DecodeRuneInString(form[n:])
		return spaced && unicode.IsUpper(second)
	case unicode.IsLetter(r):
		return spaced
	}
	return spaced && (unicode.IsDigit(r) || strings.ContainsRune("\"“‘'«([$£€¥–—-•*#&@", r))
}

// enumerator reports whether tokens from to i are only the number of a list item.
func (sp *splitter) enumerator(from, i int) bool {
	if sp.tokens[i].Form == "." {
		i--
	}
	if i != from {
		return false
	}
	f := strings.TrimSuffix(sp.tokens[i].Form, ".")
	return len(f) <= 3 && (footnoteNumber(f) || len(f) == 1 || strings.Trim(f, "ivxIVX") == "")
}

// afterAbbreviation decides whether a sentence ends at an abbreviation, given
// without its stop, before the token next.
func (sp *splitter) afterAbbreviation(word, next string) bool {
	low := strings.ToLower(word)
	r, n := utf8.DecodeRuneInString(word)
	if n == len(word) && unicode.IsLetter(r) || titles[low] && low != "sr" || inner[low] || numbered[low] {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsUpper(first) {
		return low == "etc" && !unicode.IsLower(first) && strings.ContainsRune("“\"", first)
	}
	if starters[strings.ToLower(next)] {
		return true
	}
	switch low {
	case "a.m", "p.m":
		return strings.ToUpper(next) != next // "a.m. EST"
	case "etc":
		return true
	}
	return false
}

// reporting are verbs that follow the speaker's name after a quotation.
var reporting = set(`said says asked asks cried replied exclaimed shouted added wrote remarked answered called whispered told`)
