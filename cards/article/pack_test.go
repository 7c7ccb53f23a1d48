package article_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// pack makes a zip archive of names and contents, in turn.
func pack(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		method := zip.Deflate
		if files[i] == "mimetype" {
			method = zip.Store
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const container = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

// bookOf makes an EPUB 3 book of its chapters, in reading order; the manifest lists
// them the other way round. More are files besides, names and contents in turn.
func bookOf(t testing.TB, chapters []string, more ...string) []byte {
	t.Helper()
	var manifest, spine strings.Builder
	files := []string{"mimetype", "application/epub+zip", "META-INF/container.xml", container}
	for i := len(chapters) - 1; i >= 0; i-- {
		fmt.Fprintf(&manifest, `<item id="c%d" href="text/chapter%%20%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		files = append(files, fmt.Sprintf("OEBPS/text/chapter %d.xhtml", i),
			`<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>`+chapters[i]+`</body></html>`)
	}
	for i := range chapters {
		fmt.Fprintf(&spine, `<itemref idref="c%d"/>`, i)
	}
	files = append(files, "OEBPS/book.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>The Lighthouse Keepers</dc:title><dc:creator>Ada Marlow</dc:creator><dc:creator>Jon Pike</dc:creator><dc:date opf:event="modification" xmlns:opf="x">2024-01-02</dc:date><dc:date>2019-05-04</dc:date><dc:language>en-GB</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`+manifest.String()+`</manifest><spine><itemref idref="nav"/>`+spine.String()+`</spine></package>`,
		"OEBPS/nav.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="text/chapter%200.xhtml">Foreword</a></li><li><a href="text/chapter%201.xhtml">Chapter <i>One</i></a></li></ol></nav></body></html>`)
	return pack(t, append(files, more...)...)
}

const (
	relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	styles    = `<w:styles` + wordSpace + `><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My chapter"/><w:basedOn w:val="berschrift1"/></w:style><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style><w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>`
)

// wordOf makes a Word document with that body.
func wordOf(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	return pack(t, append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", relations,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
		"word/styles.xml", styles,
	}, more...)...)
}

// paragraph is one of a Word document, in a style or in none.
func paragraph(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}
