package store

import (
	"html"
	"strings"
	"unicode/utf8"

	parser "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards/render"
)

// field is plain text as the HTML of a note's field.
func field(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br>")
}

// plain is the text that the HTML of a field shows: tags are taken off, and what
// begins a line in a browser begins one here.
func plain(field string) string {
	if !strings.ContainsAny(field, "<&") {
		return field
	}
	var b strings.Builder
	simple := render.Simple(field, func(text string) { b.WriteString(text) }, func(a atom.Atom, start bool) {
		if start && beginsLine[a] {
			b.WriteByte('\n')
		}
	})
	if simple {
		return strings.Trim(b.String(), "\n")
	}
	b.Reset()
	for z := parser.NewTokenizer(strings.NewReader(field)); ; {
		switch z.Next() {
		case parser.ErrorToken:
			return strings.Trim(b.String(), "\n")
		case parser.TextToken:
			b.Write(z.Text())
		case parser.StartTagToken, parser.SelfClosingTagToken:
			if name, _ := z.TagName(); beginsLine[atom.Lookup(name)] {
				b.WriteByte('\n')
			}
		}
	}
}

var beginsLine = map[atom.Atom]bool{
	atom.Br: true, atom.P: true, atom.Div: true, atom.Li: true, atom.Tr: true, atom.Blockquote: true, atom.Pre: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true,
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// pattern is a LIKE pattern for what contains text, with "\" as escape.
func pattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
