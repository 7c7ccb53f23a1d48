package pdf

import (
	"strconv"
)

// scanner cuts the content of a page into operands and operators (ISO 32000-1, 7.2
// and 7.8.2).
type scanner struct {
	data []byte
	at   int
}

// tokenKind says what a token is.
type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenString
	tokenName
	tokenOperator
	tokenArray // its elements are the tokens up to tokenClose
	tokenClose
)

type token struct {
	kind tokenKind
	num  float64
	text string // of a string, a name or an operator
}

func isBlank(b byte) bool {
	return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 0
}

func isDelimiter(b byte) bool {
	switch b {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (s *scanner) next() token {
	for s.at < len(s.data) {
		switch b := s.data[s.at]; {
		case isBlank(b):
			s.at++
		case b == '%':
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		case b == '(':
			return token{kind: tokenString, text: s.literal()}
		case b == '<' && s.at+1 < len(s.data) && s.data[s.at+1] == '<', b == '>' && s.at+1 < len(s.data) && s.data[s.at+1] == '>':
			s.at += 2 // what a dictionary holds is read as operands, which the operator passes over
		case b == '<':
			return token{kind: tokenString, text: s.hex()}
		case b == '[':
			s.at++
			return token{kind: tokenArray}
		case b == ']':
			s.at++
			return token{kind: tokenClose}
		case b == '/':
			s.at++
			return token{kind: tokenName, text: unescapeName(s.word())}
		case isDelimiter(b):
			s.at++
		default:
			return wordToken(s.word())
		}
	}
	return token{}
}

// word reads up to a blank or a delimiter.
func (s *scanner) word() string {
	start := s.at
	for s.at < len(s.data) && !isBlank(s.data[s.at]) && !isDelimiter(s.data[s.at]) {
		s.at++
	}
	return string(s.data[start:s.at])
}

func wordToken(word string) token {
	if b := word[0]; b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil || n != n || n > 1e9 || n < -1e9 {
			n = 0
		}
		return token{kind: tokenNumber, num: n}
	}
	return token{kind: tokenOperator, text: word}
}

func unescapeName(name string) string {
	for i := 0; i+2 < len(name); i++ {
		if name[i] == '#' {
			if n, err := strconv.ParseUint(name[i+1:i+3], 16, 8); err == nil {
				name = name[:i] + string([]byte{byte(n)}) + name[i+3:]
			}
		}
	}
	return name
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a string in parentheses.
func (s *scanner) literal() string {
	var out []byte
	depth := 0
	for ; s.at < len(s.data); s.at++ {
		switch b := s.data[s.at]; b {
		case '(':
			if depth++; depth > 1 {
				out = append(out, b)
			}
		case ')':
			if depth--; depth == 0 {
				s.at++
				return string(out)
			}
			out = append(out, b)
		case '\\':
			out = s.escape(out)
		default:
			out = append(out, b)
		}
	}
	return string(out)
}

// escape reads what follows a backslash; s.at is left on its last byte.
func (s *scanner) escape(out []byte) []byte {
	s.at++
	if s.at >= len(s.data) {
		return out
	}
	b := s.data[s.at]
	if e, ok := escapes[b]; ok {
		return append(out, e)
	}
	switch {
	case b >= '0' && b <= '7':
		n := 0
		end := min(s.at+3, len(s.data))
		for s.at < end && s.data[s.at] >= '0' && s.data[s.at] <= '7' {
			n = n*8 + int(s.data[s.at]-'0')
			s.at++
		}
		s.at--
		return append(out, byte(n))
	case b == '\r':
		if s.at+1 < len(s.data) && s.data[s.at+1] == '\n' {
			s.at++
		}
		return out
	case b == '\n':
		return out
	}
	return append(out, b)
}

// hex reads a string in hexadecimal digits.
func (s *scanner) hex() string {
	var out []byte
	half, has := byte(0), false
	for s.at++; s.at < len(s.data) && s.data[s.at] != '>'; s.at++ {
		n, err := strconv.ParseUint(string(s.data[s.at:s.at+1]), 16, 8)
		if err != nil {
			continue
		}
		if has {
			out = append(out, half<<4|byte(n))
		}
		half, has = byte(n), !has
	}
	s.at++
	if has {
		out = append(out, half<<4)
	}
	return string(out)
}

// skipImage passes over an image that stands within the content, to behind "EI".
func (s *scanner) skipImage() {
	for ; s.at+3 < len(s.data); s.at++ {
		if isBlank(s.data[s.at]) && s.data[s.at+1] == 'E' && s.data[s.at+2] == 'I' && isBlank(s.data[s.at+3]) {
			s.at += 3
			return
		}
	}
	s.at = len(s.data)
}
