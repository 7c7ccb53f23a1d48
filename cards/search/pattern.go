package search

import (
	"regexp"
	"strings"
)

// Pattern is text with wildcards.
type Pattern struct{ parts []part }

// part is a run of characters, or a wildcard.
type part struct {
	wild rune   // '*', '_', or 0 for text
	text string // folded
	raw  string // as typed
}

// patternOf reads text in which a backslash takes from a character its meaning.
func patternOf(text string) Pattern {
	var p Pattern
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			p.parts = append(p.parts, part{text: Fold(run.String()), raw: run.String()})
			run.Reset()
		}
	}
	escaped := false
	for _, r := range text {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && (r == '*' || r == '_'):
			flush()
			p.parts = append(p.parts, part{wild: r})
		default:
			run.WriteRune(r)
		}
		escaped = false
	}
	flush()
	p.keepSpaces()
	return p
}

// keepSpaces puts back the spaces at the ends of runs beside wildcards, which folding
// takes off: "a _" and "* b".
func (p *Pattern) keepSpaces() {
	for i := range p.parts {
		q := &p.parts[i]
		if q.wild != 0 {
			continue
		}
		if i > 0 && strings.TrimLeft(q.raw, " \t\n\r") != q.raw {
			q.text = " " + q.text
		}
		if i < len(p.parts)-1 && strings.TrimRight(q.raw, " \t\n\r") != q.raw && q.text != " " {
			q.text += " "
		}
	}
}

// Raw is the pattern without its wildcards' meaning and with its letters as typed, for
// what is compared by itself, such as a number.
func (p Pattern) Raw() string {
	var b strings.Builder
	for _, q := range p.parts {
		if q.wild != 0 {
			b.WriteRune(q.wild)
		} else {
			b.WriteString(q.raw)
		}
	}
	return b.String()
}

// Empty reports whether the pattern is nothing, which nothing but "" fulfils.
func (p Pattern) Empty() bool { return len(p.parts) == 0 }

// All reports whether anything fulfils the pattern.
func (p Pattern) All() bool {
	for _, q := range p.parts {
		if q.wild != '*' {
			return false
		}
	}
	return len(p.parts) > 0
}

// Plain is the folded text of a pattern that has no wildcards.
func (p Pattern) Plain() (text string, ok bool) {
	for _, q := range p.parts {
		if q.wild != 0 {
			return "", false
		}
		text += q.text
	}
	return text, true
}

// Longest is the longest run of folded text that whatever fulfils the pattern contains.
func (p Pattern) Longest() (text string) {
	for _, q := range p.parts {
		if s := strings.TrimSpace(q.text); len(s) > len(text) {
			text = s
		}
	}
	return text
}

// Like is the pattern as one of SQL's LIKE, with "\" as escape, for folded text.
func (p Pattern) Like() string {
	var b strings.Builder
	for _, q := range p.parts {
		switch q.wild {
		case '*':
			b.WriteByte('%')
		case '_':
			b.WriteByte('_')
		default:
			b.WriteString(likeEscapes.Replace(q.text))
		}
	}
	return b.String()
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Expr is the pattern as a regular expression for folded text, without anchors. What
// stands for one character is any of the class one, such as ".".
func (p Pattern) Expr(one string) string {
	var b strings.Builder
	for _, q := range p.parts {
		switch q.wild {
		case '*':
			b.WriteString(one + "*")
		case '_':
			b.WriteString(one)
		default:
			b.WriteString(regexp.QuoteMeta(q.text))
		}
	}
	return b.String()
}

// Matcher is whether a text, not yet folded, fulfils the pattern from its first to its
// last character.
func (p Pattern) Matcher() func(text string) bool {
	if plain, ok := p.Plain(); ok {
		return func(text string) bool { return Fold(text) == plain }
	}
	re := regexp.MustCompile(`(?s)\A` + p.Expr(".") + `\z`)
	return func(text string) bool { return re.MatchString(Fold(text)) }
}

// String is the pattern as people read it: with a backslash where a * or _ is itself.
func (p Pattern) String() string {
	var b strings.Builder
	for _, q := range p.parts {
		if q.wild != 0 {
			b.WriteRune(q.wild)
		} else {
			b.WriteString(typed.Replace(q.raw))
		}
	}
	return b.String()
}

var typed = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`)
