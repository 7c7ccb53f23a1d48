package render

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Filled reports whether a field shows anything: more than white space, line breaks
// and divisions. A no-break space and a picture do.
func Filled(field string) bool {
	for {
		field = strings.TrimLeft(field, " \t\r\n\f\v")
		if field == "" {
			return false
		}
		if field[0] != '<' {
			return true
		}
		tag, rest, closed := strings.Cut(field[1:], ">")
		if !closed {
			return true
		}
		tag = strings.TrimPrefix(tag, "/")
		tag = strings.TrimSuffix(strings.TrimSuffix(tag, "/"), " ")
		if !strings.EqualFold(tag, "br") && !strings.EqualFold(tag, "div") {
			return true
		}
		field = rest
	}
}

// stripTags takes the markup out of HTML and decodes what is left, as the filter
// "text" does; text with a "&" that begins no entity stays as it is.
func stripTags(s string) string {
	s = stripMarkup(s)
	for rest := s; ; {
		i := strings.IndexByte(rest, '&')
		if i < 0 {
			break
		}
		end := strings.IndexByte(rest[i:], ';')
		if end < 0 || html.UnescapeString(rest[i:i+end+1]) == rest[i:i+end+1] {
			return s
		}
		rest = rest[i+end+1:]
	}
	return strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " ")
}

// stripMarkup takes tags, comments, scripts and styles out of HTML.
func stripMarkup(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	never := map[string]bool{} // closers that do not come any more
	closed := func(from int, closer string) int {
		if never[closer] {
			return 0
		}
		end := indexFold(s[from:], closer)
		if end < 0 {
			never[closer] = true
			return 0
		}
		return from + end + len(closer)
	}
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		size := 0
		switch {
		case strings.HasPrefix(s, "<!--"):
			size = closed(4, "-->")
		case hasPrefixFold(s, "<style"):
			size = closed(6, "</style>")
		case hasPrefixFold(s, "<script"):
			size = closed(7, "</script>")
		}
		if size == 0 {
			size = closed(0, ">")
		}
		if size == 0 {
			break
		}
		s = s[size:]
	}
	b.WriteString(s)
	return b.String()
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// indexFold is strings.Index for a lower-case ASCII needle that may stand in capitals.
func indexFold(s, needle string) int {
	for i := 0; i+len(needle) <= len(s); i++ {
		j := strings.IndexByte(s[i:], needle[0])
		if j < 0 || i+j+len(needle) > len(s) {
			return -1
		}
		if i += j; strings.EqualFold(s[i:i+len(needle)], needle) {
			return i
		}
	}
	return -1
}

// Plain is the text that HTML shows: blocks and line breaks become one line break,
// other white space one blank. Scripts, styles and comments are no text.
func Plain(document string) string {
	var w plainWriter
	w.out.Grow(len(document))
	if Simple(document, w.text, func(a atom.Atom, _ bool) { w.element(a) }) {
		return w.out.String()
	}
	w = plainWriter{}
	z := nethtml.NewTokenizer(strings.NewReader(document))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return w.out.String()
		case nethtml.TextToken:
			if w.skip == 0 {
				w.text(html.UnescapeString(string(z.Raw())))
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			w.tag(z, true)
		case nethtml.EndTagToken:
			w.tag(z, false)
		}
	}
}

type plainWriter struct {
	out  strings.Builder
	skip atom.Atom // inside an element that has no text
	gap  byte      // what separates the next text: 0, ' ' or '\n'
}

func (w *plainWriter) text(s string) {
	for at := 0; at < len(s); {
		if n := blank(s[at:]); n > 0 {
			if w.gap == 0 {
				w.gap = ' '
			}
			at += n
			continue
		}
		if w.gap != 0 && w.out.Len() > 0 {
			w.out.WriteByte(w.gap)
		}
		w.gap = 0
		from := at
		for at++; at < len(s) && blank(s[at:]) == 0; at++ {
		}
		w.out.WriteString(s[from:at])
	}
}

// blank is how many bytes long the white space is that s, which is not empty, begins
// with.
func blank(s string) int {
	switch s[0] {
	case ' ', '\t', '\r', '\n', '\f':
		return 1
	case 0xC2: // of a no-break space
		if len(s) > 1 && s[1] == 0xA0 {
			return 2
		}
	}
	return 0
}

func (w *plainWriter) tag(z *nethtml.Tokenizer, start bool) {
	name, _ := z.TagName()
	a := atom.Lookup(name)
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Noembed, atom.Noframes, atom.Xmp:
		switch {
		case start && w.skip == 0:
			w.skip = a
		case !start && w.skip == a:
			w.skip = 0
		}
	}
	w.element(a)
}

// element begins a line where an element does.
func (w *plainWriter) element(a atom.Atom) {
	if blocks[a] {
		w.gap = '\n'
	}
	if a == atom.Td || a == atom.Th {
		w.gap = max(w.gap, ' ')
	}
}

// blocks are the elements that begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.Br: true, atom.Hr: true, atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true,
	atom.Dt: true, atom.Dd: true, atom.Table: true, atom.Tr: true, atom.Caption: true, atom.Pre: true, atom.Blockquote: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Center: true,
	atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Details: true, atom.Summary: true,
	atom.Figure: true, atom.Figcaption: true, atom.Aside: true, atom.Main: true, atom.Nav: true, atom.Address: true,
}
