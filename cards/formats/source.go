package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// headSize is how much of a file stands in memory for Detect.
const headSize = 64 << 10

// Source is a file to be read.
type Source struct {
	io.ReaderAt
	Name  string // as its owner calls it; a hint, never a path
	Files fs.FS  // what lies beside it, for formats that keep media in a folder; nil for nothing

	size int64
	head []byte
	zip  *Archive
	bad  error // why it is no archive
}

// NewSource makes a Source of the size bytes of r, which must stay open.
func NewSource(name string, r io.ReaderAt, size int64) (*Source, error) {
	head := make([]byte, min(size, headSize))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("formats: read the start of %q: %w", name, err)
	}
	return &Source{ReaderAt: r, Name: name, size: size, head: head}, nil
}

// Bytes makes a Source of what is in memory.
func Bytes(name string, content []byte) *Source {
	return &Source{ReaderAt: bytes.NewReader(content), Name: name, size: int64(len(content)), head: content[:min(len(content), headSize)]}
}

// Open makes a Source of a file of this machine. The caller closes the file after
// the Draft.
func Open(path string) (*Source, io.Closer, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%w: %s is a folder or a device", ErrUnknown, path)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	s, err := NewSource(filepath.Base(path), f, info.Size())
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	s.Files = os.DirFS(filepath.Dir(path))
	return s, f, nil
}

// Size is the length of the file in bytes.
func (s *Source) Size() int64 { return s.size }

// Head is the first 64 KiB of the file, or all of a shorter one. It must not be changed.
func (s *Source) Head() []byte { return s.head }

// Whole is true when Head is the whole file.
func (s *Source) Whole() bool { return int64(len(s.head)) == s.size }

// Reader reads the file from its start, and no more than limit bytes: then it
// returns ErrTooLarge.
func (s *Source) Reader(limit int64) io.Reader {
	return AtMost(io.NewSectionReader(s, 0, s.size), limit, "the file")
}

// Extension is the ending of a name in lower case, without the dot.
func Extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
}

// IsSQLite reports whether the file is a database of SQLite.
func (s *Source) IsSQLite() bool { return bytes.HasPrefix(s.head, []byte("SQLite format 3\x00")) }

// IsText reports whether the file may be text in some encoding: no zero bytes but
// those of UTF-16, and no signature of a binary format.
func (s *Source) IsText() bool {
	if len(s.head) == 0 || s.IsZip() || s.IsSQLite() {
		return false
	}
	if bytes.HasPrefix(s.head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(s.head, []byte{0xFE, 0xFF}) {
		return true
	}
	return strings.HasPrefix(http.DetectContentType(s.head), "text/") && !bytes.Contains(s.head, []byte{0})
}

// seems says what a file is that is no deck, as the end of a sentence.
func (s *Source) seems() string {
	kind, _, _ := strings.Cut(http.DetectContentType(s.head), ";")
	switch {
	case s.IsZip() && Extension(s.Name) == "mochi":
		return "it is a deck of Mochi, whose format is not read yet; export it as Markdown or CSV there"
	case s.IsZip():
		return "it is an archive without a deck in it"
	case s.IsSQLite():
		return "it is a database, but not of a program that Recto knows"
	case bytes.HasPrefix(s.head, []byte{0x80}) && (Extension(s.Name) == "mem" || Extension(s.Name) == "pickle"):
		return "it is a Python pickle, which can run programs; export it as .cards or as XML"
	case strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"), kind == "application/pdf":
		return "it looks like " + kind
	case strings.HasPrefix(kind, "text/") && utf8.Valid(s.head):
		return "it is text in which no cards were found"
	}
	return "nothing in it looks like one"
}

// AtMost reads r and returns ErrTooLarge, naming what, once there are more than
// limit bytes.
func AtMost(r io.Reader, limit int64, what string) io.Reader {
	return &atMost{r: r, left: limit, limit: limit, what: what}
}

type atMost struct {
	r           io.Reader
	left, limit int64
	what        string
}

func (a *atMost) Read(p []byte) (int, error) {
	if int64(len(p)) > a.left+1 {
		p = p[:a.left+1]
	}
	n, err := a.r.Read(p)
	if int64(n) > a.left {
		n = int(a.left)
		err = TooLarge("%s is larger than %d bytes", a.what, a.limit)
	}
	a.left -= int64(n)
	return n, err
}
