// Package article turns bytes into an Article: it decodes them, finds the main
// text of a page, cuts it into blocks and tells the body from its furniture
// (footnotes, references, captions, share lines), which is kept but never made
// into cards.
//
// The text of a plain file is the file's own text, byte for byte, once it is
// decoded: only line ends other than "\n" and characters that nobody sees (a byte
// order mark, control characters, soft hyphens) are changed. The text of Markdown
// and HTML is what a reader sees, its blocks separated by blank lines. Reading
// the text of an article once more as plain text leaves it as it is.
//
// Books and documents (PDF, EPUB, DOCX) are told by their content, never by their
// names. Everything in them is bounded, since they come from anybody.
package article

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"recto/cards"
)

// DefaultLimit is the length in bytes above which a text is refused unless the
// Source says otherwise: about three books of 500 pages.
const DefaultLimit = 5 << 20

// markupFactor is how many times longer than its text a page may be.
const markupFactor = 4

// Source says what is known of an article besides its bytes. All of it may be
// left empty; the bytes themselves decide wherever they can.
type Source struct {
	Name        string // of the file, to tell formats apart and for want of a title
	URL         string // where the page was found
	ContentType string // as the server gave it, perhaps with a charset
	Limit       int    // bytes of text; 0 means DefaultLimit
}

// Read makes an Article of a file. Its errors are sentences for the person who
// gave the file: ErrLanguage, ErrFormat, ErrEncoding, ErrNested, ErrTooLong,
// ErrEmpty, and of books and documents ErrProtected, ErrScanned, ErrDamaged and
// ErrHeavy.
func Read(name string, data []byte) (cards.Article, error) {
	return Source{Name: name}.Read(data)
}

// Read makes an Article of data.
func (s Source) Read(data []byte) (cards.Article, error) {
	return s.ReadContext(context.Background(), data)
}

// ReadContext is Read, and ends with the error of ctx when that ends before.
func (s Source) ReadContext(ctx context.Context, data []byte) (cards.Article, error) {
	limit := s.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	a, ok, err := s.document(ctx, data, limit)
	if !ok {
		a, err = s.text(data, limit)
	}
	if ctx.Err() != nil {
		return cards.Article{}, ctx.Err()
	}
	if err != nil {
		return cards.Article{}, err
	}
	switch {
	case !strings.ContainsFunc(a.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
		return cards.Article{}, ErrEmpty{}
	case len(a.Text) > limit:
		return cards.Article{}, ErrTooLong{Length: len(a.Text), Limit: limit}
	}
	if err := settleLanguage(&a); err != nil {
		return cards.Article{}, err
	}
	if a.URL == "" {
		a.URL = s.URL
	}
	if a.Title == "" {
		a.Title = s.title(a)
	}
	return a, nil
}

// text reads data that is text, plain or marked up.
func (s Source) text(data []byte, limit int) (cards.Article, error) {
	if len(data) > markupFactor*limit {
		return cards.Article{}, ErrTooLong{Length: len(data), Limit: limit}
	}
	text, err := decode(data, s.ContentType)
	if err != nil {
		return cards.Article{}, err
	}
	return s.parse(text, limit)
}

// parse makes an Article of text. What is not mostly markup is refused before it is
// read when it cannot come below the limit.
func (s Source) parse(text string, limit int) (cards.Article, error) {
	format := s.format(text)
	if format != formatHTML && len(text) > limit && solid(text) > limit {
		return cards.Article{}, ErrTooLong{Length: len(text), Limit: limit}
	}
	switch format {
	case formatHTML:
		return HTML(text, s.URL)
	case formatMarkdown:
		return Markdown(text)
	default:
		return Plain(text), nil
	}
}

// solid is the number of bytes of text that are no white space.
func solid(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		n += len(word)
	}
	return n
}

// longestTitle is the length in characters at which the first words of a text
// that has no title are cut off.
const longestTitle = 60

// title is for an article that does not say its own: the file's name, else the
// first words of the text.
func (s Source) title(a cards.Article) string {
	base := filepath.Base(filepath.ToSlash(s.Name))
	base = strings.TrimSuffix(base, filepath.Ext(base))
	base = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(base, ""))), " ")
	if strings.ContainsFunc(base, unicode.IsLetter) {
		return base
	}
	for _, b := range a.Blocks {
		if b.Kind != cards.Furniture {
			return firstWords(b.Span.Of(a.Text))
		}
	}
	return firstWords(a.Text)
}

func firstWords(text string) string {
	title := ""
	for word := range strings.FieldsSeq(text) {
		if title != "" && len([]rune(title))+1+len([]rune(word)) > longestTitle {
			return title + " …"
		}
		title = strings.TrimSpace(title + " " + word)
	}
	return title
}

// ErrEmpty is the error of an article without any text.
type ErrEmpty struct{}

func (ErrEmpty) Error() string { return "There is no text here: the article is empty." }

// ErrNested is the error of a page whose elements stand one within the other too
// deeply to be read, as no page does that a person wrote.
type ErrNested struct{ Err error }

func (ErrNested) Error() string {
	return "This page is built in a way that Recto cannot read. Open it, copy its text and paste it."
}

// Unwrap is the error of the parser.
func (e ErrNested) Unwrap() error { return e.Err }

// ErrTooLong is the error of an article that is longer than the limit.
type ErrTooLong struct {
	Length, Limit int // bytes
}

func (e ErrTooLong) Error() string {
	return fmt.Sprintf("This is too long: %s of text, and Recto reads up to %s at once. Split it, for example by chapters.", megabytes(e.Length), megabytes(e.Limit))
}

func megabytes(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+1023)>>10)
	}
	if n%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
