package build

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"recto/cards/formats"
)

// XML reads XML that is not always well-formed, as old programs write it: control
// characters, bare "&" and "<", and wrong encodings are put up with. Entities that a
// document declares are never expanded, and nothing outside of it is read.
type XML struct {
	d     *xml.Decoder
	depth int // of the element that was begun last
	most  int
}

// NewXML starts to read a document whose elements nest at most limits.Depth deep.
func NewXML(document []byte, limits formats.Limits) *XML {
	text := decodeXML(document)
	text = bareLess.ReplaceAllString(text, "&lt;$1")
	text = strings.Map(func(r rune) rune {
		if r == '\x03' {
			return 'ú' // as SuperMemo writes it
		}
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, text)
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 already
	return &XML{d: d, most: limits.Depth}
}

var (
	bareLess = regexp.MustCompile(`<([^A-Za-z/!?_])`)
	declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']`)
)

func decodeXML(document []byte) string {
	plain := unicode.UTF8.NewDecoder().Transformer
	if utf8.Valid(document) {
		return strings.TrimPrefix(string(document), "\ufeff")
	}
	label := "windows-1252"
	if m := declared.FindSubmatch(document[:min(len(document), 400)]); m != nil && !strings.EqualFold(string(m[1]), "utf-8") && !bytes.EqualFold(m[1], []byte("us-ascii")) {
		label = string(m[1])
	}
	if e, _ := charset.Lookup(label); e != nil {
		plain = e.NewDecoder().Transformer
	}
	out, _, err := transform.Bytes(unicode.BOMOverride(plain), document)
	if err != nil {
		return strings.ToValidUTF8(string(document), "\ufffd")
	}
	return strings.ToValidUTF8(string(out), "\ufffd")
}

// Line is the line that reading has come to.
func (x *XML) Line() int {
	line, _ := x.d.InputPos()
	return line
}

// Next returns the next element that begins or ends; its text goes to text, if that
// is given. At the end of the document it returns io.EOF.
func (x *XML) Next(text *strings.Builder) (start *xml.StartElement, ends bool, err error) {
	for {
		token, err := x.d.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil, false, io.EOF
			}
			return nil, false, formats.Damaged("line %d: the XML cannot be read: %w", x.Line(), err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if x.depth++; x.depth > x.most {
				return nil, false, formats.TooLarge("line %d: its XML is nested deeper than %d levels", x.Line(), x.most)
			}
			return &t, false, nil
		case xml.EndElement:
			x.depth--
			return nil, true, nil
		case xml.CharData:
			if text != nil {
				text.Write(t)
			}
		}
	}
}

// Node is an element with all that is in it.
type Node struct {
	Name     string
	Line     int
	Attrs    map[string]string
	Text     string // of itself, without that of its children
	Children []*Node
}

// Node reads the rest of an element that has begun.
func (x *XML) Node(start *xml.StartElement) (*Node, error) {
	n := &Node{Name: start.Name.Local, Line: x.Line(), Attrs: Attrs(start)}
	var text strings.Builder
	for {
		child, ends, err := x.Next(&text)
		switch {
		case err != nil && (text.Len() > 0 || len(n.Children) > 0 || len(n.Attrs) > 0) && errors.Is(err, io.EOF):
			n.Text = text.String()
			return n, nil
		case err != nil:
			return nil, err
		case ends:
			n.Text = text.String()
			return n, nil
		}
		c, err := x.Node(child)
		if err != nil {
			return nil, err
		}
		n.Children = append(n.Children, c)
	}
}

// Attrs are the attributes of an element.
func Attrs(start *xml.StartElement) map[string]string {
	m := make(map[string]string, len(start.Attr))
	for _, a := range start.Attr {
		m[a.Name.Local] = a.Value
	}
	return m
}

// Child is the text of the first child with a name, without space around it.
func (n *Node) Child(name string) string {
	for _, c := range n.Children {
		if c.Name == name {
			return strings.TrimSpace(c.Text)
		}
	}
	return ""
}
