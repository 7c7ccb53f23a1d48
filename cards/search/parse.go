package search

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// What a query may have at most: beyond it, databases refuse to look.
const (
	MaxLength = 2000 // characters
	maxTerms  = 100
	maxDepth  = 50 // of brackets and minus signs
)

// Error says what is wrong with a query, and where.
type Error struct {
	At       int    // the character it begins at, from 1
	Sentence string // without its full stop
}

func (e *Error) Error() string { return fmt.Sprintf("character %d: %s", e.At, e.Sentence) }

// Parse reads a query. An empty one is And{}, which every card fulfils. The error is
// an *Error.
func Parse(query string) (Node, error) {
	p := &parser{rest: query, all: query}
	if utf8.RuneCountInString(query) > MaxLength {
		return nil, &Error{MaxLength + 1, fmt.Sprintf("this is too long to search for; take %d characters or fewer", MaxLength)}
	}
	if !utf8.ValidString(query) || strings.ContainsRune(query, 0) {
		return nil, &Error{1, "this is not text"}
	}
	n, err := p.either(0)
	if err == nil && p.rest != "" {
		err = p.fail("this bracket closes nothing; to look for it, put a \\ in front")
	}
	if err != nil {
		return nil, err
	}
	if n == nil {
		n = And{}
	}
	return n, nil
}

// parser reads a query from its beginning.
type parser struct {
	all, rest string
	terms     int
}

// at is the number of the character that a part of the query, which is left, begins with.
func (p *parser) at(left string) int {
	return utf8.RuneCountInString(p.all[:len(p.all)-len(left)]) + 1
}

func (p *parser) fail(format string, args ...any) error { return p.failAt(p.rest, format, args...) }

func (p *parser) failAt(left, format string, args ...any) error {
	return &Error{p.at(left), fmt.Sprintf(format, args...)}
}

const blanks = " \u3000\t\r\n"

func (p *parser) skip() { p.rest = strings.TrimLeft(p.rest, blanks) }

// word takes a word that stands alone, such as "or", and reports whether it was there.
func (p *parser) word(word string) bool {
	if len(p.rest) < len(word) || !strings.EqualFold(p.rest[:len(word)], word) {
		return false
	}
	if after := p.rest[len(word):]; after == "" || strings.ContainsRune(blanks+`()"`, firstRune(after)) {
		p.rest = after
		return true
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// either reads conditions with "or" between them; nil where there are none.
func (p *parser) either(depth int) (Node, error) {
	if depth > maxDepth {
		return nil, p.fail("the brackets go too deep")
	}
	var any Or
	for {
		n, err := p.both(depth)
		if err != nil {
			return nil, err
		}
		before := p.rest
		more := p.word("or")
		if n != nil {
			any = append(any, n)
		}
		if !more {
			break
		}
		if n == nil {
			return nil, p.failAt(before, "there is nothing before this %q; to look for the word, write \"\\%s\"", before[:2], before[:2])
		}
		p.skip()
		if p.rest == "" || p.rest[0] == ')' {
			return nil, p.failAt(before, "there is nothing after this %q; to look for the word, write \"\\%s\"", before[:2], before[:2])
		}
	}
	switch len(any) {
	case 0:
		return nil, nil
	case 1:
		return any[0], nil
	}
	return any, nil
}

// both reads conditions that stand beside each other; nil where there are none.
func (p *parser) both(depth int) (Node, error) {
	all := And{}
	joined := "" // where an "and" stands that waits for what comes after it
	for {
		p.skip()
		before := p.rest
		if p.word("and") {
			if joined != "" || len(all) == 0 {
				return nil, p.failAt(before, "there is nothing before this %q; to look for the word, write \"\\%s\"", before[:3], before[:3])
			}
			joined = before
			continue
		}
		if p.rest == "" || p.rest[0] == ')' || p.isOr() {
			if joined != "" {
				return nil, p.failAt(joined, "there is nothing after this %q; to look for the word, write \"\\%s\"", joined[:3], joined[:3])
			}
			switch len(all) {
			case 0:
				return nil, nil
			case 1:
				return all[0], nil
			}
			return all, nil
		}
		n, err := p.one(depth)
		if err != nil {
			return nil, err
		}
		all, joined = append(all, n), ""
	}
}

func (p *parser) isOr() bool {
	saved := p.rest
	found := p.word("or")
	p.rest = saved
	return found
}

// one reads one condition.
func (p *parser) one(depth int) (Node, error) {
	switch p.rest[0] {
	case '(':
		return p.group(depth)
	case '-':
		start := p.rest
		p.rest = p.rest[1:]
		if p.rest == "" || strings.ContainsRune(blanks+")", firstRune(p.rest)) {
			return nil, p.failAt(start, "there is nothing behind this minus sign; to look for it, write \"\\-\"")
		}
		if depth > maxDepth {
			return nil, p.fail("there are too many minus signs")
		}
		n, err := p.one(depth + 1)
		return Not{n}, err
	}
	return p.term()
}

func (p *parser) group(depth int) (Node, error) {
	start := p.rest
	p.rest = p.rest[1:]
	n, err := p.either(depth + 1)
	if err != nil {
		return nil, err
	}
	if p.rest == "" {
		return nil, p.failAt(start, "this bracket is never closed; to look for it, put a \\ in front")
	}
	p.rest = p.rest[1:]
	if n == nil {
		return nil, p.failAt(start, "there is nothing between these brackets")
	}
	return n, nil
}

// term reads a word, a phrase, or a condition with a colon. Quotation marks stand
// around all of it, or around what follows the colon.
func (p *parser) term() (Node, error) {
	p.terms++
	if p.terms > maxTerms {
		return nil, p.fail("these are more than %d conditions", maxTerms)
	}
	start := p.rest
	if p.rest[0] == '"' {
		text, err := p.quoted()
		if err != nil {
			return nil, err
		}
		if text == "" {
			return nil, p.failAt(start, "there is nothing between these quotation marks")
		}
		key, value, ok := cutColon(text)
		return p.leaf(start, key, value, ok)
	}
	text, err := p.bare()
	if err != nil {
		return nil, err
	}
	key, value, ok := cutColon(text)
	if ok && value == "" && strings.HasPrefix(p.rest, `"`) {
		if value, err = p.quoted(); err != nil {
			return nil, err
		}
	}
	return p.leaf(start, key, value, ok)
}

// quoted reads what stands between quotation marks.
func (p *parser) quoted() (string, error) {
	start := p.rest
	for i := 1; i < len(p.rest); i++ {
		switch p.rest[i] {
		case '\\':
			i++
		case '"':
			text := p.rest[1:i]
			p.rest = p.rest[i+1:]
			return text, nil
		}
	}
	return "", p.failAt(start, "this quotation mark is never closed; to look for it, put a \\ in front")
}

// bare reads up to a blank, a bracket or a quotation mark.
func (p *parser) bare() (string, error) {
	for i, r := range p.rest {
		if i > 0 && p.rest[i-1] == '\\' && !escapedSlash(p.rest[:i]) {
			if strings.ContainsRune(blanks, r) {
				return "", p.failAt(p.rest[i-1:], "this \\ has nothing behind it; to look for it, write \"\\\\\"")
			}
			continue
		}
		if strings.ContainsRune(blanks+`()"`, r) {
			text := p.rest[:i]
			p.rest = p.rest[i:]
			return text, nil
		}
	}
	text := p.rest
	if strings.HasSuffix(text, `\`) && !escapedSlash(text) {
		return "", p.failAt(text[len(text)-1:], "this \\ has nothing behind it; to look for it, write \"\\\\\"")
	}
	p.rest = ""
	return text, nil
}

// escapedSlash reports whether the backslash that s ends with is itself escaped.
func escapedSlash(s string) bool {
	n := len(s) - len(strings.TrimRight(s, `\`))
	return n%2 == 0
}

// cutColon cuts a term at its first colon that has no backslash in front.
func cutColon(text string) (key, value string, found bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case ':':
			return text[:i], text[i+1:], true
		}
	}
	return "", text, false
}
