// Package pdf takes the text out of a PDF, as its reader meets it: column by column,
// words that were divided at the end of a line made whole, without what stands at
// the head and foot of every page.
//
// A PDF says only where each glyph is painted. A Fragment is glyphs painted side by
// side on one base line; fragments that stand in one column at one height make a
// line; lines make a Block. All lengths are in points, 1/72 inch, from the lower
// left corner of the page, as the page is turned for reading.
//
// The objects of the file are read by pdfcpu (Apache 2.0), which is kept up, repairs
// damaged files, decrypts those that open without a password, and bounds depth,
// objects and decoded bytes. It does not say what text is on a page; that is done
// here, after ISO 32000-1, sections 8 and 9. Of the others that were weighed,
// ledongthuc/pdf (and rsc.io/pdf, dslipak/pdf, from which or beside which it grew)
// follows loops in hostile files and misses forms, most predictors and PDF 2.0;
// PDFium in WebAssembly reads best, but takes 350 MB and seven seconds to be
// compiled, or half a second a page to be interpreted.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// The reasons why a file is not read.
var (
	ErrLocked  = errors.New("pdf: locked with a password")
	ErrNoText  = errors.New("pdf: no text on any page")
	ErrTooMuch = errors.New("pdf: takes too much time or memory")
)

// Kind says what a Block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	Item // of a list, without its mark
	Row  // of a table, its cells parted by " | "
	Note // a footnote, or what else is set much smaller than the text
)

// Block is a paragraph or what stands for one.
type Block struct {
	Kind  Kind
	Level int // of a heading, 1 to 6
	Text  string
}

// Document is the text of a PDF.
type Document struct {
	Title, Author string // as the file says; "" when it does not
	Pages         int
	Blocks        []Block
}

// What a file may take. A book of 500 pages paints two million glyphs.
const (
	mostPages   = 5_000
	mostGlyphs  = 8_000_000
	mostStream  = 16 << 20  // bytes of one stream, decoded
	mostDecoded = 256 << 20 // bytes of all streams, decoded
	mostObjects = 1_000_000
	mostDepth   = 50 // objects one within the other
	mostForms   = 12 // forms one within the other
	mostTime    = 60 * time.Second
)

// limits of pdfcpu, in its terms.
var limits = model.ResourceLimits{
	MaxStreamBytes: 64 << 20, MaxDecodeBytes: mostStream,
	MaxImagePixels: 1, MaxImageBytes: 1,
	MaxObjectCount: mostObjects, MaxXRefEntries: mostObjects,
	MaxObjectStreamCount: 20_000, MaxObjectStreamFirst: 1 << 20,
	MaxRecursionDepth: mostDepth,
}

// Read reads a PDF. Its errors are ErrLocked, ErrNoText, ErrTooMuch, the error of a
// context that ended, or say that the file is damaged. It never panics.
func Read(ctx context.Context, data []byte) (*Document, error) {
	within, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	type result struct {
		doc *Document
		err error
	}
	done := make(chan result, 1)
	go func() {
		doc, err := guarded(within, data)
		done <- result{doc, err}
	}()
	select {
	case r := <-done:
		if within.Err() != nil && ctx.Err() == nil && r.err != nil {
			return nil, ErrTooMuch
		}
		return r.doc, r.err
	case <-within.Done():
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, ErrTooMuch
	}
}

// guarded reads a PDF and makes an error of what goes wrong in any way.
func guarded(ctx context.Context, data []byte) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("pdf: damaged: %v", r)
		}
	}()
	f, err := open(ctx, data)
	if err != nil {
		return nil, err
	}
	doc = &Document{Pages: f.x.PageCount}
	doc.Title, doc.Author = f.info()
	var pages []page
	for n := 1; n <= f.x.PageCount; n++ {
		p, err := f.page(n)
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	if f.shown == 0 || f.unknown*2 > f.shown {
		return doc, ErrNoText
	}
	doc.Blocks = blocksOf(pages)
	return doc, nil
}

// file is a PDF that is being read.
type file struct {
	ctx     context.Context
	x       *model.XRefTable
	fonts   map[int]*font // by the number of their objects
	decoded int64         // bytes
	shown   int           // glyphs
	unknown int           // glyphs of which nobody says what letter they are
}

func open(ctx context.Context, data []byte) (*file, error) {
	conf := &model.Configuration{
		Reader15: true, ValidationMode: model.ValidationRelaxed, Offline: true, Limits: limits,
		UnsupportedResourcePolicy: model.UnsupportedResourceSkip, Cmd: model.EXTRACTCONTENT,
	}
	c, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), conf)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrOwnerPasswordRequired), errors.Is(err, pdfcpu.ErrEncrypted):
		return nil, ErrLocked
	case errors.Is(err, filter.ErrDecodeLimitExceeded):
		return nil, ErrTooMuch
	case err != nil && bytes.Contains(data, []byte("/Encrypt")) && strings.Contains(err.Error(), "ncrypt"):
		return nil, ErrLocked
	case err != nil:
		return nil, fmt.Errorf("pdf: damaged: %w", err)
	}
	f := &file{ctx: ctx, x: c.XRefTable, fonts: map[int]*font{}}
	if err := f.x.EnsurePageCount(); err != nil {
		return nil, fmt.Errorf("pdf: damaged: %w", err)
	}
	if f.x.PageCount > mostPages {
		return nil, ErrTooMuch
	}
	return f, nil
}

// info is the title and the author that the file says it has.
func (f *file) info() (title, author string) {
	if f.x.Info == nil {
		return "", ""
	}
	d, err := f.x.DereferenceDict(*f.x.Info)
	if err != nil || d == nil {
		return "", ""
	}
	text := func(key string) string {
		o, ok := d.Find(key)
		if !ok {
			return ""
		}
		s, err := f.x.DereferenceText(o)
		if err != nil {
			return ""
		}
		return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
	}
	return text("Title"), text("Author")
}

// page is what is painted on one page.
type page struct {
	fragments     []fragment
	width, height float64
}

func (f *file) page(n int) (page, error) {
	if err := f.ctx.Err(); err != nil {
		return page{}, err
	}
	d, _, attrs, err := f.x.PageDict(n, false)
	if errors.Is(err, model.ErrPageNotFound) {
		return page{}, nil // the tree counts more pages than it has
	}
	if err != nil {
		return page{}, fmt.Errorf("pdf: damaged: page %d: %w", n, err)
	}
	base, width, height := turned(attrs)
	content, err := f.content(d)
	if err != nil {
		return page{}, err
	}
	s := shower{file: f, page: page{width: width, height: height}}
	s.ctm = base
	if err := s.run(content, attrs.Resources, 0); err != nil {
		return page{}, err
	}
	s.flush()
	return s.page, nil
}

// turned is how the space of a page becomes that of its reader.
func turned(attrs *model.InheritedPageAttrs) (base matrix, width, height float64) {
	box := attrs.MediaBox
	if attrs.CropBox != nil {
		box = attrs.CropBox
	}
	if box == nil || box.Width() <= 0 || box.Height() <= 0 {
		box = types.NewRectangle(0, 0, 612, 792)
	}
	x, y, w, h := box.LL.X, box.LL.Y, box.Width(), box.Height()
	switch (attrs.Rotate%360 + 360) % 360 {
	case 90:
		return matrix{0, -1, 1, 0, -y, w + x}, h, w
	case 180:
		return matrix{-1, 0, 0, -1, w + x, h + y}, w, h
	case 270:
		return matrix{0, 1, -1, 0, h + y, -x}, h, w
	}
	return matrix{1, 0, 0, 1, -x, -y}, w, h
}

// content is what paints a page, decoded. A stream that cannot be decoded is
// left out, as other readers do.
func (f *file) content(d types.Dict) ([]byte, error) {
	o, ok := d.Find("Contents")
	if !ok {
		return nil, nil
	}
	direct, err := f.x.Dereference(o)
	if err != nil {
		return nil, nil //nolint:nilerr // a page without content is an empty page
	}
	parts, ok := direct.(types.Array)
	if !ok {
		parts = types.Array{o}
	}
	var all bytes.Buffer
	for _, part := range parts {
		data, err := f.stream(part)
		if err != nil {
			return nil, err
		}
		if all.Len()+len(data) > mostStream {
			return nil, ErrTooMuch
		}
		all.Write(data)
		all.WriteByte('\n')
	}
	return all.Bytes(), nil
}

// stream decodes a stream. What is none, or cannot be decoded, is empty.
func (f *file) stream(o types.Object) ([]byte, error) {
	sd, _, err := f.x.DereferenceStreamDict(o)
	if err != nil || sd == nil {
		return nil, nil //nolint:nilerr // as other readers do
	}
	err = sd.DecodeWithLimit(mostStream)
	f.decoded += int64(len(sd.Content))
	switch {
	case errors.Is(err, filter.ErrDecodeLimitExceeded), f.decoded > mostDecoded:
		return nil, ErrTooMuch
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, nil
	}
	return sd.Content, f.ctx.Err()
}

// dict is the dictionary that an entry of another one is, nil when it is none.
func (f *file) dict(d types.Dict, key string) types.Dict {
	o, ok := d.Find(key)
	if !ok {
		return nil
	}
	sub, err := f.x.DereferenceDict(o)
	if err != nil {
		return nil
	}
	return sub
}

// get is an entry of a dictionary, nil when there is none.
func (f *file) get(d types.Dict, key string) types.Object {
	o, ok := d.Find(key)
	if !ok {
		return nil
	}
	return f.direct(o)
}

func (f *file) direct(o types.Object) types.Object {
	o, err := f.x.Dereference(o)
	if err != nil {
		return nil
	}
	return o
}

func number(o types.Object) (float64, bool) {
	switch o := o.(type) {
	case types.Integer:
		return float64(o.Value()), true
	case types.Float:
		return o.Value(), true
	}
	return 0, false
}
