package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner cuts a text into tokens in one pass from left to right. Every rune is
// looked at a bounded number of times, so the work is linear in the text.
//
// The conventions are those of the English treebanks of Universal Dependencies:
// clitics and hyphens are tokens of their own ("Japan" "’s", "well" "-" "known"),
// a stop that belongs to an abbreviation stays with it ("U.S.", "J."). It departs
// from them where a name would break: "Sakhalin-2" and "2+2" are one token.
type scanner struct {
	text   string
	tokens []extent
	word   int // start of the word under way, -1 if there is none
	pos    int // of the rune under way
	end    int // of the chunk: the run without white space that holds pos
	hasAt  bool
}

// extent is where a token stands in the text.
type extent struct{ Start, End int }

// tokenize returns the tokens of text. Together they cover every byte that is not
// white space.
func tokenize(text string) []Token {
	s := &scanner{text: text, word: -1, tokens: make([]extent, 0, len(text)/4+1)}
	for pos := 0; pos < len(text); {
		r, n := utf8.DecodeRuneInString(text[pos:])
		if isSpace(r) {
			pos += n
			continue
		}
		end := pos
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if isSpace(r) {
				break
			}
			end += n
		}
		s.chunk(pos, end)
		pos = end
	}
	tokens := make([]Token, len(s.tokens)) // no more than there are: a book has many
	for i, at := range s.tokens {
		t := &tokens[i]
		t.Start, t.End, t.Form, t.Head = at.Start, at.End, text[at.Start:at.End], -1
		t.Norm = normalise(t.Form)
		if t.End < len(text) {
			r, _ := utf8.DecodeRuneInString(text[t.End:])
			t.SpaceAfter = isSpace(r)
		}
	}
	return tokens
}

// isSpace reports white space, seen or not (zero width space, byte order mark).
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

// IsSpace reports whether Split takes r for white space, which no token covers.
func IsSpace(r rune) bool { return isSpace(r) }

func (s *scanner) chunk(start, end int) {
	s.pos, s.end, s.word = start, end, -1
	s.hasAt = strings.IndexByte(s.text[start:end], '@') > 0
	for s.pos < s.end {
		if s.word < 0 {
			if n := s.address(); n > 0 {
				s.emit(n)
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:s.end])
		switch cut := s.rule(r, n); {
		case cut > 0:
			s.flush()
			s.emit(cut)
		case cut < 0: // a word that ends after this rune
			s.begin()
			s.pos += -cut
			s.flush()
		default:
			s.begin()
			s.pos += n
		}
	}
	s.flush()
}

func (s *scanner) begin() {
	if s.word < 0 {
		s.word = s.pos
	}
}

// emit makes a token of the next n bytes.
func (s *scanner) emit(n int) {
	s.tokens = append(s.tokens, extent{s.pos, s.pos + n})
	s.pos += n
}

// flush ends the word under way before pos and splits its clitics off.
func (s *scanner) flush() {
	if s.word >= 0 && s.word < s.pos {
		from := s.word
		for _, k := range clitics(s.text[from:s.pos]) {
			s.tokens = append(s.tokens, extent{from, s.word + k})
			from = s.word + k
		}
		s.tokens = append(s.tokens, extent{from, s.pos})
	}
	s.word = -1
}

// before and after are the runes around the one at pos within the chunk; 0 where
// the chunk ends, and before is 0 too where no word is under way.
func (s *scanner) before() rune {
	if s.word < 0 || s.word >= s.pos {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s.text[s.word:s.pos])
	return r
}

func (s *scanner) at(pos int) rune {
	if pos >= s.end {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s.text[pos:s.end])
	return r
}

// run counts the bytes from pos that are in set.
func (s *scanner) run(set string) int {
	end := s.pos
	for end < s.end {
		r, n := utf8.DecodeRuneInString(s.text[end:s.end])
		if r == utf8.RuneError || !strings.ContainsRune(set, r) {
			break
		}
		end += n
	}
	return end - s.pos
}

// rule decides about the rune r of n bytes at pos: 0, it belongs to the word; a
// positive number, that many bytes are a token of their own; a negative one, the
// word ends after that many bytes.
func (s *scanner) rule(r rune, n int) int {
	p, next := s.before(), s.at(s.pos+n)
	switch r {
	case '.':
		return s.stop(p, next)
	case '…':
		return s.run("….")
	case '!', '?':
		return s.run("!?")
	case ',', ':':
		return keepIf(unicode.IsDigit(p) && unicode.IsDigit(next), n)
	case '\'', '’', '‘', 'ʼ', '`', '´':
		return s.apostrophe(r, n, p, next)
	case '-', '‐', '‑', '−':
		return s.hyphen(n, p, next)
	case '–', '—', '―', '‒':
		return s.run("–—―‒")
	case '/', '\\':
		return s.slash(n, p, next)
	case '$', '£', '€', '¥', '₹', '₽', '₩':
		if s.capitals() {
			return -n // "US$", "A$"
		}
		return n
	case '+':
		keep := unicode.IsDigit(next) && (p == 0 || unicode.IsDigit(p)) || next == 0 && (unicode.IsUpper(p) || unicode.IsDigit(p) || p == '+')
		return keepIf(keep || next == '+' && unicode.IsUpper(p), n)
	case '&':
		return keepIf(unicode.IsLetter(p) && unicode.IsLetter(next), n)
	case '@', '#':
		return keepIf(p == 0 && (unicode.IsLetter(next) || unicode.IsDigit(next)) || unicode.IsLetter(p) && unicode.IsLetter(next), n)
	case '*', '=', '~', '^':
		return s.run(string(r))
	case '_':
		return 0
	case '°':
		if c := s.at(s.pos + n); c == 'C' || c == 'F' {
			if d := s.at(s.pos + n + 1); !unicode.IsLetter(d) {
				return n + 1
			}
		}
		return n
	}
	if r == utf8.RuneError || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '\u00ad' || r == '\u200d' || r == '\u200c' {
		return 0
	}
	return n
}

func keepIf(keep bool, n int) int {
	if keep {
		return 0
	}
	return n
}

// capitals reports whether the word under way is one to three capital letters.
func (s *scanner) capitals() bool {
	if s.word < 0 || s.pos-s.word > 3 || s.pos == s.word {
		return false
	}
	for i := s.word; i < s.pos; i++ {
		if c := s.text[i]; c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// stop decides about a full stop.
func (s *scanner) stop(p, next rune) int {
	if next == '.' {
		return s.run(".…")
	}
	if next == '…' {
		return s.run(".…")
	}
	if p == 0 {
		return keepIf(unicode.IsDigit(next) || s.word < 0 && unicode.IsLower(next), 1)
	}
	word := s.text[s.word:s.pos]
	if unicode.IsLetter(next) || unicode.IsDigit(next) {
		switch {
		case numbered[strings.ToLower(tail(word, 8))] && unicode.IsDigit(next): // "No.5"
			return -1
		case unicode.IsDigit(next) && unicode.IsLower(p) && len(word) > 2 && s.footnoteDigits():
			return 1
		case unicode.IsUpper(next) && (unicode.IsDigit(p) || unicode.IsLower(p) && plainWord(word)): // "word.Next"
			return 1
		}
		return 0
	}
	if s.abbreviation(word) {
		return -1
	}
	return 1
}

// footnoteDigits reports whether the stop at pos is followed by at most three
// digits and the end of the chunk: the mark of a footnote that lost its height.
func (s *scanner) footnoteDigits() bool {
	k := s.pos + 1
	for k < s.end && s.text[k] >= '0' && s.text[k] <= '9' {
		k++
	}
	return k-s.pos <= 4 && (k == s.end || !isWordByte(s.text[k]))
}

func isWordByte(c byte) bool {
	return c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// plainWord reports whether a word is at least three letters and nothing else.
// Only the last 24 bytes are looked at.
func plainWord(w string) bool {
	if len(w) < 3 {
		return false
	}
	for _, r := range tail(w, 24) {
		if !unicode.IsLetter(r) && r != utf8.RuneError {
			return false
		}
	}
	return true
}

// tail is the end of s, at most n bytes of it.
func tail(s string, n int) string {
	if len(s) > n {
		return s[len(s)-n:]
	}
	return s
}
