package article

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"
)

// What an archive may hold. A book of 500 pages has some hundred files, the
// largest of them of a megabyte or two; pictures are never unpacked.
const (
	mostFiles  = 20_000
	mostOfFile = 24 << 20  // bytes of one file, unpacked
	mostOfAll  = 96 << 20  // bytes of all files that are read, unpacked
	mostRatio  = 200       // how many times longer a file of more than a megabyte may become
	mostNodes  = 4_000_000 // elements in one XML file
	mostDepth  = 200       // XML elements one within the other
)

// archive is a zip archive that is read with care: every file in it may be a bomb.
type archive struct {
	ctx   context.Context // of the reading
	what  string          // with its article: "an EPUB book"
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

var fileMark = []byte("PK\x01\x02") // of each file in an archive's table

func openArchive(ctx context.Context, data []byte) (*archive, error) {
	what := "a zip archive"
	if kind, ok := errors.AsType[ErrFormat](refuseZip(data)); ok {
		what = kind.What
	}
	if bytes.Count(data, fileMark) > mostFiles {
		return nil, ErrHeavy{what}
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamaged{what, err}
	}
	z := &archive{ctx: ctx, what: what, files: map[string]*zip.File{}, left: mostOfAll}
	for _, f := range r.File {
		name := strings.TrimPrefix(path.Clean("/"+f.Name), "/")
		if _, twice := z.files[name]; !twice {
			z.files[name] = f
		}
	}
	return z, nil
}

func (z *archive) has(name string) bool { return z.files[name] != nil }

// read unpacks a file.
func (z *archive) read(name string) ([]byte, error) {
	if z.ctx.Err() != nil {
		return nil, z.ctx.Err()
	}
	f := z.files[name]
	if f == nil {
		return nil, ErrDamaged{z.what, errors.New("there is no " + name)}
	}
	if f.Flags&1 != 0 {
		return nil, ErrProtected{z.what}
	}
	most := min(mostOfFile, z.left, max(1<<20, mostRatio*int64(f.CompressedSize64))) //nolint:gosec // a length within the data
	if f.UncompressedSize64 > uint64(most) {
		return nil, ErrHeavy{z.what}
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged{z.what, err}
	}
	defer func() { _ = r.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, ErrDamaged{z.what, err}
	}
	if int64(len(data)) > most {
		return nil, ErrHeavy{z.what}
	}
	z.left -= int64(len(data))
	return data, nil
}

// element is what xmlWalk tells of: the beginning or the end of an element, or text
// within one.
type element struct {
	name  string // without its name space
	attrs []xml.Attr
	text  string // of character data; name is "" then
	end   bool
}

func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// xmlWalk calls each for what a file of XML is made of, in order. Entities that the
// file declares are never expanded. It ends early, without an error, when each
// returns errEnough.
func (z *archive) xmlWalk(name string, each func(element) error) error {
	data, err := z.read(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict, d.Entity, d.CharsetReader = false, xml.HTMLEntity, charset.NewReaderLabel
	depth, nodes := 0, 0
	for {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return ErrDamaged{z.what, err}
		}
		var e element
		switch t := token.(type) {
		case xml.StartElement:
			e = element{name: t.Name.Local, attrs: t.Attr}
			depth++
			nodes++
		case xml.EndElement:
			e = element{name: t.Name.Local, end: true}
			depth--
		case xml.CharData:
			e = element{text: string(t)}
		default:
			continue
		}
		switch {
		case depth > mostDepth || nodes > mostNodes:
			return ErrHeavy{z.what}
		case nodes%1024 == 0 && z.ctx.Err() != nil:
			return z.ctx.Err()
		}
		if err := each(e); err != nil {
			if errors.Is(err, errEnough) {
				return nil
			}
			return err
		}
	}
}

var errEnough = errors.New("enough")

// mainDocument is the name of the part of an Office package that holds the text of
// a Word document, "" when it is another kind of package.
func (z *archive) mainDocument() string {
	part := ""
	_ = z.xmlWalk("_rels/.rels", func(e element) error { // without it the usual name decides
		if e.name == "Relationship" && strings.HasSuffix(e.attr("Type"), "/officeDocument") {
			part = strings.TrimPrefix(path.Clean("/"+e.attr("Target")), "/")
		}
		return nil
	})
	if strings.HasPrefix(part, "word/") && z.has(part) {
		return part
	}
	if z.has("word/document.xml") {
		return "word/document.xml"
	}
	return ""
}
