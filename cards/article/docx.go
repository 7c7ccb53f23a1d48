package article

import (
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
)

// A Word document is a zip archive of XML files; see ECMA-376, Part 1. Each of its
// paragraphs and tables is made into the elements that a page would have for it
// and read like these. The standard library reads all of it; the libraries for Go
// write documents, or have not been kept.

const docxPackage = "[Content_Types].xml"

// readDOCX makes an Article of a Word document. Footnotes and endnotes stand at
// its end.
func readDOCX(z *archive, part string, limit int) (cards.Article, error) {
	w := word{styles: readStyles(z, path.Dir(part)), limit: limit}
	if err := z.xmlWalk(part, w.element); err != nil {
		return cards.Article{}, err
	}
	w.note = true
	for _, name := range []string{"footnotes.xml", "endnotes.xml"} {
		if name = path.Join(path.Dir(part), name); z.has(name) {
			if err := z.xmlWalk(name, w.element); err != nil {
				return cards.Article{}, err
			}
		}
	}
	a := w.flow.out.article()
	readCore(z, &a)
	a.Title = first(a.Title, w.title)
	finish(&a)
	return a, nil
}

// readCore reads the core properties. Titles that Word makes up are none.
func readCore(z *archive, a *cards.Article) {
	const core = "docProps/core.xml"
	if !z.has(core) {
		return
	}
	within := ""
	_ = z.xmlWalk(core, func(e element) error { // a document can be read without
		switch text := oneLine(e.text); {
		case e.name != "":
			within = e.name
			if e.end {
				within = ""
			}
		case within == "title" && !strings.HasPrefix(text, "Microsoft Word"):
			a.Title = first(a.Title, text)
		case within == "creator":
			a.Author = first(a.Author, author(text))
		case within == "created":
			a.Published = first(a.Published, edtf(text))
		case within == "language":
			a.Language = first(a.Language, text)
		}
		return nil
	})
}

// word reads the XML of a Word document, element by element.
type word struct {
	flow   flow
	styles map[string]style
	limit  int
	title  string
	note   bool // reading footnotes

	skip   int         // elements deep in what is not read
	para   []*openPara // the paragraph being read, after those it stands within
	tables []*html.Node
	rows   []*html.Node
	cells  []*html.Node
	inText bool
}

// openPara is a paragraph that is being read.
type openPara struct {
	node  *html.Node
	style string // its id
	list  bool
	level int // of a heading, by the paragraph itself
	run   run
	inRun bool
	boxed bool // in a text box
}

// run is how the text that follows is set.
type run struct {
	bold, hidden bool
	script       string // "superscript", "subscript" or ""
}

// unread are elements whose text is not part of what a document says: changes that
// were struck out, codes of fields, and second forms of what was read already.
var unread = map[string]bool{
	"del": true, "moveFrom": true, "instrText": true, "delText": true, "Fallback": true, "pict": true,
	"footnoteReference": true, "endnoteReference": true, "commentReference": true, "rPrChange": true, "pPrChange": true, "sectPr": true,
	"binData": true, "oMathPara": true, "oMath": true,
}

func (w *word) element(e element) error {
	if w.skip > 0 {
		switch {
		case e.name == "":
		case e.end:
			w.skip--
		default:
			w.skip++
		}
		return nil
	}
	switch {
	case e.name == "":
		if w.inText {
			w.write(e.text)
		}
	case e.end:
		w.close(e.name)
	case unread[e.name] || (e.name == "footnote" || e.name == "endnote") && e.attr("type") != "" && e.attr("type") != "normal":
		w.skip = 1
	default:
		w.open(e)
	}
	if n := w.flow.out.text.Len(); n > w.limit {
		return ErrTooLong{Length: n, Limit: w.limit}
	}
	return nil
}

func (w *word) open(e element) {
	switch e.name {
	case "p":
		w.para = append(w.para, &openPara{node: newNode(atom.P), boxed: len(w.para) > 0})
	case "tbl":
		w.tables = append(w.tables, newNode(atom.Table))
	case "tr":
		w.rows = append(w.rows, newNode(atom.Tr))
	case "tc":
		w.cells = append(w.cells, newNode(atom.Td))
	case "t":
		w.inText = true
	case "tab", "ptab":
		if p := w.top(); p != nil && p.inRun {
			w.write("\t")
		}
	case "br", "cr":
		if e.attr("type") == "" {
			w.write("\n")
		}
	case "noBreakHyphen":
		w.write("-")
	default:
		w.property(e)
	}
}

// property reads how a paragraph or a run is set.
func (w *word) property(e element) {
	p := w.top()
	if p == nil {
		return
	}
	on := e.attr("val") != "0" && e.attr("val") != "false" && e.attr("val") != "none"
	switch e.name {
	case "r":
		p.run, p.inRun = run{}, true
	case "pStyle":
		p.style = e.attr("val")
	case "numId":
		p.list = on
	case "outlineLvl":
		p.level = outline(e.attr("val"))
	case "b":
		p.run.bold = on
	case "vanish":
		p.run.hidden = on
	case "vertAlign":
		p.run.script = e.attr("val")
	}
}

func (w *word) close(name string) {
	switch name {
	case "t":
		w.inText = false
	case "r":
		if p := w.top(); p != nil {
			p.run, p.inRun = run{}, false
		}
	case "p":
		if p := w.top(); p != nil {
			w.para = w.para[:len(w.para)-1]
			w.put(w.styled(p))
		}
	case "tc":
		w.cells = within(w.cells, w.rows)
	case "tr":
		if n := len(w.rows); n == 1 && len(w.cells) == 0 { // row by row, for a table may be endless
			w.put(w.rows[0])
			w.rows = nil
		} else {
			w.rows = within(w.rows, w.tables)
		}
	case "tbl":
		if n := len(w.tables); n > 0 {
			table := w.tables[n-1]
			w.tables = w.tables[:n-1]
			w.put(table)
		}
	}
}

// within puts the last of the open elements into the last of those around it.
func within(open, around []*html.Node) []*html.Node {
	n := len(open)
	if n == 0 {
		return open
	}
	if len(around) > 0 {
		around[len(around)-1].AppendChild(open[n-1])
	}
	return open[:n-1]
}

// put places a finished paragraph or table where it belongs.
func (w *word) put(n *html.Node) {
	switch {
	case n.FirstChild == nil:
	case len(w.cells) > 0:
		w.cells[len(w.cells)-1].AppendChild(n)
	default:
		w.flow.walk(n)
		w.flow.flush()
	}
}

// styled makes of a paragraph the element that its style asks for.
func (w *word) styled(p *openPara) *html.Node {
	n, st := p.node, w.styles[p.style]
	level := p.level
	if level == 0 {
		level = st.level
	}
	tag := atom.P
	switch {
	case w.note || p.boxed || st.furniture:
		tag = atom.Aside
	case st.title:
		tag, w.title = atom.H1, first(w.title, oneLine(textOf(n)))
	case level > 0 && len(w.cells) == 0:
		tag = [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[min(level, 6)-1]
	case p.list || st.list:
		tag = atom.Li
	case st.quote:
		tag = atom.Blockquote
	}
	n.DataAtom, n.Data = tag, tag.String()
	return n
}

func (w *word) top() *openPara {
	if len(w.para) == 0 {
		return nil
	}
	return w.para[len(w.para)-1]
}

// write adds text to the paragraph, in the element that the run asks for.
func (w *word) write(text string) {
	p := w.top()
	if p == nil || p.run.hidden {
		return
	}
	into := p.node
	switch {
	case p.run.script == "superscript":
		into = child(into, atom.Sup)
	case p.run.script == "subscript":
		into = child(into, atom.Sub)
	case p.run.bold:
		into = child(into, atom.B)
	}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			into.AppendChild(newNode(atom.Br))
		}
		if line == "" {
			continue
		}
		if last := into.LastChild; last != nil && last.Type == html.TextNode && len(last.Data) < 1<<10 {
			last.Data += line
		} else {
			into.AppendChild(&html.Node{Type: html.TextNode, Data: line})
		}
	}
}

// child is the last element of n when it has that tag, else a new one.
func child(n *html.Node, tag atom.Atom) *html.Node {
	if last := n.LastChild; last != nil && last.DataAtom == tag {
		return last
	}
	c := newNode(tag)
	n.AppendChild(c)
	return c
}

func newNode(tag atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: tag, Data: tag.String()}
}
