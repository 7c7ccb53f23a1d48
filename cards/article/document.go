package article

import (
	"bytes"
	"context"
	"fmt"

	"recto/cards"
)

// MostBytes is the length in bytes above which a book or a document is refused
// unread. Pictures make up nearly all of such a file.
const MostBytes = 64 << 20

// ErrProtected is the error of a document that is locked against reading.
type ErrProtected struct {
	What string // with its article: "a PDF"
}

func (e ErrProtected) Error() string {
	return fmt.Sprintf("This is %s that is locked with a password or by copy protection. Save a copy without it, or paste the text.", e.What)
}

// ErrScanned is the error of a PDF whose pages are pictures.
type ErrScanned struct {
	Pages int
}

func (e ErrScanned) Error() string {
	pages := "its page is a picture"
	if e.Pages != 1 {
		pages = fmt.Sprintf("its %d pages are pictures", e.Pages)
	}
	return "This PDF holds no text: " + pages + ", as from a scanner. Run text recognition (OCR) over it first, or paste the text."
}

// ErrDamaged is the error of a book or a document that cannot be read.
type ErrDamaged struct {
	What string // with its article: "an EPUB book"
	Err  error
}

func (e ErrDamaged) Error() string {
	return fmt.Sprintf("This seems to be %s, but it is damaged or cut short. Open it in another program and save it anew, or copy the text and paste it.", e.What)
}

// Unwrap is the error of the reader.
func (e ErrDamaged) Unwrap() error { return e.Err }

// ErrHeavy is the error of a document that would take too much time or memory, as
// none does that was made to be read.
type ErrHeavy struct {
	What string // with its article: "a PDF"
}

func (e ErrHeavy) Error() string {
	return fmt.Sprintf("This is %s that would take too much time or memory to read. Copy the text out of it and paste it.", e.What)
}

// document reads data that is a book or a document. It reports false when data is
// neither, and is to be read as text.
func (s Source) document(ctx context.Context, data []byte, limit int) (cards.Article, bool, error) {
	var read func(context.Context, []byte, int) (cards.Article, error)
	switch {
	case isPDF(data):
		read = readPDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		read = readArchive
	default:
		return cards.Article{}, false, nil
	}
	if len(data) > MostBytes {
		return cards.Article{}, true, ErrTooLong{Length: len(data), Limit: MostBytes}
	}
	a, err := read(ctx, data, limit)
	return a, true, err
}

// readArchive reads what is packed as a zip archive and is a book or a document.
func readArchive(ctx context.Context, data []byte, limit int) (cards.Article, error) {
	z, err := openArchive(ctx, data)
	if err != nil {
		return cards.Article{}, err
	}
	switch {
	case z.has(epubContainer):
		return readEPUB(z, limit)
	case z.has(docxPackage):
		if part := z.mainDocument(); part != "" {
			return readDOCX(z, part, limit)
		}
	}
	return cards.Article{}, refuseZip(data)
}
