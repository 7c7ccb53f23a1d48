package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// normalise gives a form straight quotes and takes soft hyphens out.
func normalise(form string) string {
	plain := true
	for i := 0; i < len(form); i++ {
		if form[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain || !strings.ContainsAny(form, "‘’‚‛ʼ´“”„‟«»\u00ad‐‑…") {
		return form
	}
	var b strings.Builder
	for _, r := range form {
		switch r {
		case '‘', '’', '‚', '‛', 'ʼ', '´':
			b.WriteByte('\'')
		case '“', '”', '„', '‟', '«', '»':
			b.WriteByte('"')
		case '‐', '‑':
			b.WriteByte('-')
		case '…':
			b.WriteString("...")
		case '\u00ad':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// apostrophe decides about an apostrophe or single quote r of n bytes.
func (s *scanner) apostrophe(r rune, n int, p, next rune) int {
	if unicode.IsLetter(p) || unicode.IsDigit(p) {
		return keepIf(r != '`' && r != '‘' && unicode.IsLetter(next), n)
	}
	if p != 0 || s.word >= 0 {
		return n
	}
	if r != '`' && r != '´' && s.elided(s.text[s.pos+n:s.end]) {
		return 0 // "'90s", "’em"
	}
	if next == r && n == 1 && s.at(s.pos+2) != r {
		return 2 // `` and ''
	}
	return n
}

// elided reports whether rest, what follows an apostrophe at the start of a word,
// is a word cut short or a clitic that stands alone.
func (s *scanner) elided(rest string) bool {
	if len(rest) >= 2 && rest[0] >= '0' && rest[0] <= '9' && rest[1] >= '0' && rest[1] <= '9' {
		return len(rest) == 2 || rest[2] == 's' || !isWordByte(rest[2])
	}
	end := 0
	for end < len(rest) && end < 6 && isWordByte(rest[end]) {
		end++
	}
	switch strings.ToLower(rest[:end]) {
	case "em", "til", "cause", "tis", "twas":
		return true
	case "s", "re", "ve", "ll":
		return end == len(rest) && len(s.tokens) > 0
	}
	return false
}

// hyphen decides about a hyphen or minus of n bytes.
func (s *scanner) hyphen(n int, p, next rune) int {
	if k := s.run("-"); k > 1 {
		return k
	}
	switch {
	case p == 0:
		return keepIf(s.word < 0 && unicode.IsDigit(next) && !s.afterToken(), n)
	case next == 0:
		return n
	case unicode.IsLetter(p) && unicode.IsDigit(next):
		return keepIf(s.designation(n), n)
	case unicode.IsDigit(p) && unicode.IsDigit(next):
		return keepIf(s.serial(n), n)
	case unicode.IsLetter(p) && unicode.IsLetter(next):
		return keepIf(prefixes[strings.ToLower(s.lastPart())], n)
	case unicode.IsLetter(p) && next == '\u00ad':
		return 0
	}
	return n
}

// afterToken reports whether a token ends where the word would begin, as in "5-6".
func (s *scanner) afterToken() bool {
	return len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].End == s.pos
}

// lastPart is what stands between the last hyphen of the word and pos.
func (s *scanner) lastPart() string {
	w := tail(s.text[s.word:s.pos], 16)
	return w[strings.LastIndexByte(w, '-')+1:]
}

// designation reports whether the word, the hyphen and the digits after it name
// something: "F-16", "COVID-19", "Sakhalin-2", but not "mid-20" or "Part-3-of".
func (s *scanner) designation(n int) bool {
	first, _ := utf8.DecodeRuneInString(s.text[s.word:])
	if !unicode.IsUpper(first) && !prefixes[strings.ToLower(s.lastPart())] {
		return false
	}
	k := s.pos + n
	for k < s.end && k-s.pos < 12 && s.text[k] >= '0' && s.text[k] <= '9' {
		k++
	}
	if k < s.end && s.text[k]|0x20 >= 'a' && s.text[k]|0x20 <= 'z' {
		k++ // "Tu-95M", "M-16s"
	}
	return k == s.end || !isWordByte(s.text[k]) && (s.text[k] != '-' || prefixes[strings.ToLower(s.lastPart())])
}

// serial reports whether the hyphen between two digits belongs to a number in
// groups (555-12-34, 2022-03-21, ISBN), not to a range (1939-1945).
func (s *scanner) serial(n int) bool {
	if strings.IndexByte(tail(s.text[s.word:s.pos], 24), '-') >= 0 {
		return true
	}
	k := s.pos + n
	for k < s.end && k-s.pos < 24 && s.text[k] >= '0' && s.text[k] <= '9' {
		k++
	}
	return k+1 < s.end && s.text[k] == '-' && s.text[k+1] >= '0' && s.text[k+1] <= '9'
}

// slash decides about a slash.
func (s *scanner) slash(n int, p, next rune) int {
	if unicode.IsDigit(p) && unicode.IsDigit(next) {
		return 0 // "9/11"
	}
	after := s.at(s.pos + n + utf8.RuneLen(max(next, 1)))
	if s.pos-s.word == 1 && s.word >= 0 && unicode.IsLetter(p) && unicode.IsLetter(next) && !unicode.IsLetter(after) {
		return 0 // "w/o" stays whole, "and/or" does not
	}
	return n
}

// address returns the length of the web or mail address that starts at pos, or 0.
func (s *scanner) address() int {
	rest := s.text[s.pos:s.end]
	if rest[0] < 'A' || rest[0] > 'z' {
		return 0
	}
	head := strings.ToLower(rest[:min(len(rest), 10)])
	for _, p := range []string{"http://", "https://", "ftp://", "www.", "mailto:"} {
		if strings.HasPrefix(head, p) && len(rest) > len(p) {
			return s.trimAddress(rest)
		}
	}
	if !s.hasAt {
		return 0
	}
	at := 0
	for at < len(rest) && at < 64 && (isWordByte(rest[at]) || strings.IndexByte("._%+-", rest[at]) >= 0) {
		at++
	}
	if at == 0 || at+3 >= len(rest) || rest[at] != '@' {
		return 0
	}
	end, dot := at+1, false
	for end < len(rest) && (isWordByte(rest[end]) || rest[end] == '-' || rest[end] == '.') {
		dot = dot || rest[end] == '.' && end+1 < len(rest) && isWordByte(rest[end+1])
		end++
	}
	if !dot {
		return 0
	}
	return s.trimAddress(rest[:end])
}

// trimAddress gives the punctuation after an address back to the sentence.
func (s *scanner) trimAddress(a string) int {
	open := strings.Count(a, "(") - strings.Count(a, ")")
	for len(a) > 0 {
		r, n := utf8.DecodeLastRuneInString(a)
		if !strings.ContainsRune(".,;:!?)]}>\"'”’»", r) || r == ')' && open >= 0 || r == utf8.RuneError {
			break
		}
		if r == ')' {
			open++
		}
		a = a[:len(a)-n]
	}
	return len(a)
}
