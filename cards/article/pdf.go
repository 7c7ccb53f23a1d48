package article

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"recto/cards"
	"recto/cards/article/pdf"
)

// farIn is how many bytes may stand before a PDF begins.
const farIn = 1 << 10

func isPDF(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), farIn)], "\ufeff \r\n\t\x00"), []byte("%PDF-"))
}

// pdfKinds are the kinds of the blocks of a PDF.
var pdfKinds = map[pdf.Kind]cards.BlockKind{
	pdf.Paragraph: cards.Paragraph, pdf.Heading: cards.Heading, pdf.Item: cards.ListItem, pdf.Row: cards.TableRow, pdf.Note: cards.Furniture,
}

// readPDF makes an Article of a PDF.
func readPDF(ctx context.Context, data []byte, limit int) (cards.Article, error) {
	const what = "a PDF"
	doc, err := pdf.Read(ctx, data)
	switch {
	case ctx.Err() != nil:
		return cards.Article{}, ctx.Err()
	case errors.Is(err, pdf.ErrLocked):
		return cards.Article{}, ErrProtected{what}
	case errors.Is(err, pdf.ErrNoText):
		return cards.Article{}, ErrScanned{doc.Pages}
	case errors.Is(err, pdf.ErrTooMuch):
		return cards.Article{}, ErrHeavy{what}
	case err != nil:
		return cards.Article{}, ErrDamaged{what, err}
	}
	var w writer
	for _, b := range doc.Blocks {
		w.add(pdfKinds[b.Kind], b.Level, readable(b.Text))
		if w.text.Len() > limit {
			return cards.Article{}, ErrTooLong{Length: w.text.Len(), Limit: limit}
		}
	}
	a := w.article()
	a.Author = author(readable(doc.Author))
	a.Title = pdfTitle(readable(doc.Title), a)
	finish(&a)
	return a, nil
}

// ligatures are the letters that fonts join; accents stand behind their letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

func readable(text string) string {
	return norm.NFC.String(ligatures.Replace(strings.ToValidUTF8(text, "\ufffd")))
}

// madeUp matches titles that programs give to files.
var madeUp = regexp.MustCompile(`(?i)^(?:microsoft word|microsoft powerpoint|untitled|document\d*|print|layout \d)|[/\\]|\.(?:docx?|pdf|indd|tex|dvi|qxd|rtf|odt|ps|html?)$`)

// pdfTitle is the title that a PDF says it has, unless a program made it up: then
// the first of its headings of the largest size.
func pdfTitle(said string, a cards.Article) string {
	if said = oneLine(said); said != "" && !madeUp.MatchString(said) {
		return said
	}
	for _, b := range a.Blocks[:min(len(a.Blocks), 8)] {
		if b.Kind == cards.Heading && b.Level == 1 {
			return oneLine(b.Span.Of(a.Text))
		}
	}
	return ""
}
