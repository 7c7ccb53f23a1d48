package article_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"recto/cards/article"
)

const lamp = "The lamp was lit for the first time in 1811, and it was seen from the ships that were out on the bay. "

// TestBook reads a book as a reader meets it.
func TestBook(t *testing.T) {
	t.Parallel()
	data := bookOf(t, []string{
		`<p>` + lamp + `</p><p>It cost £42,000<a epub:type="noteref" href="#n1">1</a> to build.</p><aside epub:type="footnote" id="n1"><p>As the accounts say.</p></aside>`,
		`<div/><p><a id="page4"/>In 1843 the tower was painted.</p><p>It was 35 m high.</p>`,
		`<h2>Chapter Two</h2><p>The keeper left in 1901.</p><ul><li>oil</li><li>wicks</li></ul>`,
	}, "OEBPS/text/loose.xhtml", "<html><body><p>This page is in no spine.</p></body></html>")
	a, err := article.Read("some.file", data)
	if err != nil {
		t.Fatal(err)
	}
	checkShape(t, a)
	const want = `title: The Lighthouse Keepers
author: Ada Marlow, Jon Pike
published: 2019-05-04
language: en-GB

heading 1: Foreword

below "Foreword"
paragraph: The lamp was lit for the first time in 1811, and it was seen from the ships that were out on the bay.
paragraph: It cost £42,000 to build.
furniture: As the accounts say.

heading 1: Chapter One

below "Chapter One"
paragraph: In 1843 the tower was painted.
paragraph: It was 35 m high.

heading 2: Chapter Two

below "Chapter Two"
paragraph: The keeper left in 1901.
item: oil
item: wicks
`
	if got := show(a); got != want {
		t.Errorf("the book reads as\n%s\nwant\n%s", got, want)
	}
}

// TestWord reads a Word document as a reader meets it.
func TestWord(t *testing.T) {
	t.Parallel()
	data := wordOf(t, paragraph("T", "The Bay Light")+paragraph("Own", "Building")+paragraph("", lamp)+
		`<w:p><w:r><w:t>It was 35 m</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> high and weighed 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t></w:r><w:r><w:t> kg</w:t></w:r><w:del><w:r><w:delText> or more</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>`+
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>oil from whales</w:t></w:r></w:p>`+
		`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The keepers</w:t></w:r></w:p>`+paragraph("Q", "We never slept.")+
		`<w:tbl><w:tr><w:tc>`+paragraph("", "Keeper")+`</w:tc><w:tc>`+paragraph("", "From")+`</w:tc></w:tr><w:tr><w:tc>`+paragraph("", "Hale")+`</w:tc><w:tc>`+paragraph("", "1811")+`</w:tc></w:tr></w:tbl>`+
		paragraph("C", "The tower from the sea")+
		`<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+paragraph("", "A box beside the text.")+`</w:txbxContent></mc:Choice><mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent><w:t>The last keeper left in 1901.</w:t></w:r></w:p>`,
		"word/footnotes.xml", `<w:footnotes`+wordSpace+`><w:footnote w:type="separator" w:id="0">`+paragraph("", "-----")+`</w:footnote><w:footnote w:id="2">`+paragraph("", "Measured in 1900.")+`</w:footnote></w:footnotes>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:creator>Ada Marlow</dc:creator><dcterms:created>2020-03-04T10:00:00Z</dcterms:created></cp:coreProperties>`)
	a, err := article.Read("-", data)
	if err != nil {
		t.Fatal(err)
	}
	checkShape(t, a)
	const want = `title: The Bay Light
author: Ada Marlow
published: 2020-03-04
language: en

heading 1: The Bay Light

heading 1: Building

below "Building"
paragraph: The lamp was lit for the first time in 1811, and it was seen from the ships that were out on the bay.
paragraph: It was 35 m high and weighed 10^6 kg.
item: oil from whales

heading 3: The keepers

below "The keepers"
quotation: We never slept.
row: Keeper | From
row: Hale | 1811
furniture: The tower from the sea
furniture: A box beside the text.
paragraph: The last keeper left in 1901.
furniture: Measured in 1900.
`
	if got := show(a); got != want {
		t.Errorf("the document reads as\n%s\nwant\n%s", got, want)
	}
}

// TestHostilePacks: archives that were made to hurt are refused at once.
func TestHostilePacks(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<w:p>", 5000)
	entities := `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("lol", 1000) + `"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	many := []string{}
	for i := range 20_001 {
		many = append(many, fmt.Sprint(i), "")
	}
	for _, c := range []struct {
		what string
		data []byte
		want any
	}{
		{"a bomb", wordOf(t, paragraph("", strings.Repeat("a", 30<<20))), new(article.ErrHeavy)},
		{"a bomb in a chapter", bookOf(t, []string{strings.Repeat(" ", 20<<20)}), new(article.ErrHeavy)},
		{"elements without end", wordOf(t, deep), new(article.ErrHeavy)},
		{"pages nested without end", bookOf(t, []string{strings.Repeat("<div>", 5000)}), new(article.ErrNested)},
		{"too many files", pack(t, many...), new(article.ErrHeavy)},
		{"a container without a book", pack(t, "META-INF/container.xml", container), new(article.ErrDamaged)},
		{"a container that names nothing", pack(t, "META-INF/container.xml", "<x/>"), new(article.ErrDamaged)},
		{"a document cut short", wordOf(t, paragraph("", lamp))[:600], new(article.ErrDamaged)},
		{"a workbook", pack(t, "[Content_Types].xml", "", "xl/workbook.xml", ""), new(article.ErrFormat)},
		{"a locked chapter", bookOf(t, []string{"<p>a"}, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/chapter%200.xhtml"/></CipherData></EncryptedData></encryption>`), new(article.ErrProtected)},
	} {
		_, err := article.Read("x", c.data)
		if err == nil || !errors.As(err, c.want) {
			t.Errorf("%s: Read says %v, want %T", c.what, err, c.want)
		}
	}
	a, err := article.Read("x", pack(t, "[Content_Types].xml", "", "word/document.xml", entities+"<w:document><w:p><w:t>Lit in 1811 &b; &amp; seen.</w:t></w:p></w:document>"))
	if err != nil || len(a.Text) > 100 {
		t.Errorf("entities of its own: %d bytes, %v, want them left alone", len(a.Text), err)
	}
}
