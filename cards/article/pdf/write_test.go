package pdf_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/font"
	"golang.org/x/text/encoding/charmap"
)

// piece is a text that a test paints.
type piece struct {
	x, y, size float64
	font       string // F1 Times, F2 Times bold
	text       string
}

// column sets words in lines of a width, from a height down.
func column(x, y, width, size float64, paragraphs ...string) []piece {
	var out []piece
	put := func(line string) {
		out = append(out, piece{x, y, size, "F1", line})
		y -= 1.2 * size
	}
	for _, p := range paragraphs {
		line := ""
		for _, word := range strings.Fields(p) {
			if w, _ := font.TextWidthFloat(line+" "+word, "Times-Roman", size); line != "" && w > width {
				put(line)
				line = ""
			}
			line = strings.TrimSpace(line + " " + word)
			if strings.HasSuffix(word, "-|") { // the line is full here
				put(strings.TrimSuffix(line, "|"))
				line = ""
			}
		}
		put(line)
		y -= 0.6 * size
	}
	return out
}

func content(pieces ...piece) string {
	var b strings.Builder
	for _, p := range pieces {
		text := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(p.text)
		text, _ = charmap.Windows1252.NewEncoder().String(text)
		fmt.Fprintf(&b, "BT /%s %g Tf %g %g Td (%s) Tj ET\n", p.font, p.size, p.x, p.y, text)
	}
	return b.String()
}

const fonts = `/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >> >>`

// document makes a PDF of pages, each the content of one. More objects are numbered
// from 100 on.
func document(pages []string, more ...string) []byte {
	objects := map[int]string{1: "<< /Type /Catalog /Pages 2 0 R >>"}
	kids := ""
	for i, p := range pages {
		objects[10+2*i] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents %d 0 R /Resources << %s /XObject << /X 100 0 R >> >> >>", 11+2*i, fonts)
		objects[11+2*i] = stream("", p)
		kids += fmt.Sprintf("%d 0 R ", 10+2*i)
	}
	objects[2] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))
	for i, o := range more {
		objects[100+i] = o
	}
	return assemble(objects, "")
}

// stream is a stream object, deflated.
func stream(entries, data string) string {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(data))
	_ = w.Close()
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream", z.Len(), entries, z.String())
}

// assemble writes the objects of a file with its table.
func assemble(objects map[int]string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	most := 0
	for n := range objects {
		most = max(most, n)
	}
	at := make([]int, most+1)
	for n := 1; n <= most; n++ {
		if o, ok := objects[n]; ok {
			at[n] = b.Len()
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, o)
		}
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", most+1)
	for n := 1; n <= most; n++ {
		if at[n] == 0 {
			b.WriteString("0000000000 65535 f \n")
		} else {
			fmt.Fprintf(&b, "%010d 00000 n \n", at[n])
		}
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", most+1, trailer, start)
	return b.Bytes()
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
