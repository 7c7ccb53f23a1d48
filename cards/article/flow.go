package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
)

// flow writes the text that a reader of an HTML tree sees, block by block.
type flow struct {
	out   writer
	line  strings.Builder // the block that is being read
	kind  cards.BlockKind // of that block; "" means Paragraph
	level int
	raw   bool // inside <pre>, where line ends count
	links int  // bytes of the line that are links
	bold  int  // bytes of the line that are bold
}

// skipped are elements whose text is not part of what a page says.
var skipped = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Svg: true, atom.Iframe: true, atom.Object: true, atom.Video: true, atom.Audio: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Input: true, atom.Dialog: true,
	atom.Nav: true, atom.Menu: true, atom.Form: true, atom.Del: true, atom.Rp: true, atom.Rt: true,
}

// blockKinds are the elements that begin a block, with the kind of it.
var blockKinds = map[atom.Atom]cards.BlockKind{
	atom.P: "", atom.Div: "", atom.Section: "", atom.Article: "", atom.Main: "", atom.Header: "",
	atom.Body: "", atom.Html: "", atom.Address: "", atom.Center: "", atom.Details: "", atom.Summary: "", atom.Hr: "",
	atom.Ul: "", atom.Ol: "", atom.Dl: "", atom.Table: "", atom.Tbody: "", atom.Thead: "", atom.Tfoot: "",
	atom.Td: "", atom.Th: "", atom.Fieldset: "", atom.Figure: "", atom.Hgroup: "", atom.Pre: "",
	atom.H1: cards.Heading, atom.H2: cards.Heading, atom.H3: cards.Heading,
	atom.H4: cards.Heading, atom.H5: cards.Heading, atom.H6: cards.Heading,
	atom.Li: cards.ListItem, atom.Dt: cards.ListItem, atom.Dd: cards.ListItem,
	atom.Blockquote: cards.Quotation, atom.Tr: cards.TableRow,
	atom.Figcaption: cards.Furniture, atom.Caption: cards.Furniture, atom.Footer: cards.Furniture, atom.Aside: cards.Furniture,
}

func (f *flow) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		f.text(n.Data)
	case html.ElementNode:
		f.element(n)
	case html.DocumentNode:
		f.children(n)
	}
}

func (f *flow) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.walk(c)
	}
}

func (f *flow) element(n *html.Node) {
	if skipped[n.DataAtom] || hidden(n) || backlink(n) || attr(n, "epub:type") == "noteref" {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		f.breakLine()
	case atom.Sup, atom.Sub:
		f.script(n)
	case atom.Q:
		f.line.WriteString("“")
		f.children(n)
		f.line.WriteString("”")
	case atom.Tr:
		if dataTable(n) {
			f.row(n)
		} else {
			f.children(n)
		}
	case atom.A:
		f.links += f.inline(n)
	case atom.B, atom.Strong:
		f.bold += f.inline(n)
	default:
		if kind, ok := blockKinds[n.DataAtom]; ok {
			f.block(n, kind)
		} else {
			f.children(n)
		}
	}
}

// inline reads an element within a line, and counts what it added to it.
func (f *flow) inline(n *html.Node) int {
	before := f.line.Len()
	f.children(n)
	return max(0, f.line.Len()-before)
}

// block reads an element that begins a new block and ends the one before it. What
// stands inside a list item, a quotation or furniture stays that, whatever it is
// wrapped in; headings inside a list item or a quotation are its text.
func (f *flow) block(n *html.Node, kind cards.BlockKind) {
	f.flush()
	outer, level, raw := f.kind, f.level, f.raw
	switch {
	case outer == cards.Furniture || notes(n) || code(n):
		f.kind = cards.Furniture
	case kind != "" && (outer == "" || kind == cards.Furniture || kind == cards.ListItem):
		f.kind = kind
	}
	if kind == cards.Heading && f.kind == cards.Heading {
		f.level = int(n.Data[1] - '0')
	}
	f.raw = f.raw || n.DataAtom == atom.Pre
	f.children(n)
	f.flush()
	f.kind, f.level, f.raw = outer, level, raw
}

// row reads a row of a table of data: its cells become one block.
func (f *flow) row(n *html.Node) {
	f.flush()
	outer := f.kind
	if f.kind != cards.Furniture {
		f.kind = cards.TableRow
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		cell := flow{}
		cell.children(c)
		cell.flush()
		text := strings.ReplaceAll(strings.TrimSpace(cell.out.text.String()), "\n", " ")
		if text == "" {
			continue
		}
		if f.line.Len() > 0 {
			f.line.WriteString(" | ")
		}
		f.line.WriteString(text)
	}
	f.flush()
	f.kind = outer
}

func (f *flow) flush() {
	text, kind, level := f.line.String(), f.kind, 0
	if kind == "" {
		kind = cards.Paragraph
		switch few := len(strings.Fields(text)) <= fewWords; {
		case few && mostly(f.links, text):
			kind = cards.Furniture // a link that stands alone leads elsewhere
		case few && mostly(f.bold, text) && !endsClosed.MatchString(strings.TrimSpace(text)):
			kind, level = cards.Heading, 3
		}
	}
	if f.kind == cards.Heading {
		level = f.level
	}
	if kind == cards.Heading {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	f.out.add(kind, level, text)
	f.line.Reset()
	f.links, f.bold = 0, 0
}

// fewWords is the length of a line that may be a heading or lead elsewhere.
const fewWords = 15

// mostly reports whether nearly all of a line are those n bytes of it.
func mostly(n int, text string) bool {
	return n > 0 && n*5 >= len(strings.TrimSpace(text))*4
}

func (f *flow) text(s string) {
	if f.raw {
		f.line.WriteString(s)
		return
	}
	f.line.WriteString(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s))
}

// breakLine is a line end; the second in a row ends the paragraph.
func (f *flow) breakLine() {
	if strings.HasSuffix(strings.TrimRight(f.line.String(), " "), "\n") {
		f.flush()
		return
	}
	f.line.WriteString("\n")
}

var superscripts = map[string]string{"2": "²", "3": "³"}

// script reads a superscript or subscript. Marks of footnotes are left out; what
// is part of the text stays readable: "10^13", "km²", "CO2", "21st".
func (f *flow) script(n *html.Node) {
	inner := flow{}
	inner.children(n)
	text := inner.line.String()
	if trimmed := strings.TrimSpace(text); trimmed == "" || footnoteMark(n, trimmed) {
		return
	}
	before, _ := utf8.DecodeLastRuneInString(f.line.String())
	first := []rune(strings.TrimSpace(text))[0]
	switch super := n.DataAtom == atom.Sup; {
	case super && unicode.IsLetter(before) && superscripts[text] != "":
		text = superscripts[text]
	case super && ordinal[strings.ToLower(text)] && unicode.IsDigit(before):
	case super && (unicode.IsDigit(before) || unicode.IsLetter(before) || before == ')') && (unicode.IsDigit(first) || strings.ContainsRune("+-−–", first) || len([]rune(text)) == 1):
		text = "^" + text
	case !super && unicode.IsLetter(before) && unicode.IsLetter(first):
		text = "_" + text
	}
	f.line.WriteString(text)
}

var ordinal = map[string]bool{"st": true, "nd": true, "rd": true, "th": true, "e": true, "er": true, "o": true, "a": true}

// footnoteMark reports whether a superscript is a mark that leads to a footnote.
func footnoteMark(n *html.Node, text string) bool {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") || strings.Trim(text, "*†‡§¶#") == "" {
		return true
	}
	if attr(n, "role") == "doc-noteref" || hasClass(n, "reference") || hasClass(n, "footnote-ref") {
		return true
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.A && (strings.Contains(attr(c, "href"), "#") || attr(c, "role") == "doc-noteref") {
			return true
		}
	}
	return false
}

// backlink reports whether an element only leads from a footnote back to the text.
func backlink(n *html.Node) bool {
	return attr(n, "role") == "doc-backlink" || hasClass(n, "footnote-backref") || hasClass(n, "mw-cite-backlink")
}

// notes reports whether an element holds footnotes or references.
func notes(n *html.Node) bool {
	switch attr(n, "role") {
	case "doc-endnotes", "doc-footnote", "doc-endnote", "doc-bibliography", "note", "dialog", "alertdialog", "search", "contentinfo", "navigation", "complementary":
		return true
	}
	switch attr(n, "epub:type") {
	case "footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "bibliography", "index", "toc", "copyright-page", "pagebreak":
		return true
	}
	for _, class := range []string{"footnotes", "footnote", "endnotes", "references", "reflist", "bibliography", "caption", "wp-caption-text"} {
		if hasClass(n, class) || attr(n, "id") == class {
			return true
		}
	}
	return false
}

// code reports whether an element is a listing of code.
func code(n *html.Node) bool {
	return n.DataAtom == atom.Pre && n.FirstChild != nil && n.FirstChild.DataAtom == atom.Code
}

// dataTable reports whether a row belongs to a table of data, and not to one
// that only lays out a page.
func dataTable(row *html.Node) bool {
	for n := range row.Descendants() {
		switch n.DataAtom {
		case atom.P, atom.Div, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.Blockquote:
			if n.DataAtom == atom.Table || len(strings.Fields(textOf(n))) > 30 {
				return false
			}
		case atom.Td:
			if len(strings.Fields(textOf(n))) > 60 {
				return false
			}
		}
	}
	return true
}

func hidden(n *html.Node) bool {
	if attr(n, "aria-hidden") == "true" || hasAttr(n, "hidden") || hasClass(n, "mw-editsection") || hasClass(n, "noprint") || hasClass(n, "sr-only") || hasClass(n, "visually-hidden") {
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if strings.EqualFold(c, class) {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
