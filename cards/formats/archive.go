package formats

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

// Archive is a zip file that is read with limits. An entry's name is a key and
// never a path: nothing is unpacked under it.
type Archive struct {
	names   []string // in the archive's order, each once
	entries map[string]*zip.File
	limits  Limits

	mu   sync.Mutex
	left int64 // unpacked bytes still allowed in total
}

// IsZip reports whether the file is a zip archive.
func (s *Source) IsZip() bool {
	return bytes.HasPrefix(s.head, []byte("PK\x03\x04")) || bytes.HasPrefix(s.head, []byte("PK\x05\x06"))
}

// Has reports whether the file is a zip archive with an entry of this name.
func (s *Source) Has(entry string) bool {
	a, err := s.Archive(Limits{})
	return err == nil && a.Has(entry)
}

// Archive opens the file as a zip archive. Of entries with the same name the first
// counts. The errors are ErrDamaged, ErrTooLarge and ErrUnsafe.
func (s *Source) Archive(l Limits) (*Archive, error) {
	l = l.filled()
	if s.zip == nil && s.bad == nil {
		s.zip, s.bad = openArchive(s, l)
	}
	if s.bad != nil {
		return nil, s.bad
	}
	return &Archive{names: s.zip.names, entries: s.zip.entries, limits: l, left: min(l.Total, fairTotal(s.size))}, nil
}

// fairTotal is how much all entries of an archive may unpack to together: entries
// can share their packed bytes, so that the ratio of each says nothing of the whole.
func fairTotal(packed int64) int64 {
	const (
		least = 512 * mib
		times = 30 // media hardly get smaller, and databases to a fifth
	)
	return max(least, times*packed)
}

func openArchive(s *Source, l Limits) (*Archive, error) {
	if !s.IsZip() {
		return nil, Damaged("it is no zip archive")
	}
	directory := &budget{ReaderAt: s, left: directoryBytes}
	r, err := zip.NewReader(directory, s.size)
	switch {
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are never paths here
		return nil, Damaged("the archive's directory cannot be read: %w", err)
	}
	directory.lift()
	if len(r.File) > l.Entries {
		return nil, TooLarge("it has %d entries, and %d are allowed", len(r.File), l.Entries)
	}
	a := &Archive{entries: make(map[string]*zip.File, len(r.File))}
	for _, f := range r.File {
		if _, twice := a.entries[f.Name]; twice {
			continue
		}
		a.entries[f.Name] = f
		a.names = append(a.names, f.Name)
	}
	return a, nil
}

// directoryBytes bound the reading of an archive's directory: enough for 100,000
// entries with long names, and a directory of millions is refused before its
// entries fill the memory.
const directoryBytes = 24 * mib

// budget reads until so many bytes are used up, and after lift without end.
type budget struct {
	io.ReaderAt
	left   int64
	lifted bool
}

func (b *budget) lift() { b.lifted = true }

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if b.lifted {
		return b.ReaderAt.ReadAt(p, off)
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, TooLarge("the archive's directory is longer than %d MiB", directoryBytes/mib)
	}
	return b.ReaderAt.ReadAt(p, off)
}

// Names lists the entries in the archive's order. It must not be changed.
func (a *Archive) Names() []string { return a.names }

// Has reports whether there is an entry of this name.
func (a *Archive) Has(name string) bool { return a.entries[name] != nil }

// Size is how many bytes an entry has, as the archive says, 0 where there is none.
func (a *Archive) Size(name string) int64 {
	if f := a.entries[name]; f != nil {
		return int64(min(f.UncompressedSize64, 1<<62))
	}
	return 0
}

// Open reads an entry, at most limit bytes of it, counted as they come. The errors
// are fs.ErrNotExist, ErrDamaged, ErrTooLarge and ErrUnsafe.
func (a *Archive) Open(name string, limit int64) (io.ReadCloser, error) {
	f := a.entries[name]
	if f == nil {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	if f.Mode()&fs.ModeSymlink != 0 {
		return nil, Unsafe("%q is a link to another file", name)
	}
	if f.Flags&1 != 0 {
		return nil, Damaged("%q is encrypted", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, Damaged("%q cannot be unpacked: %w", name, err)
	}
	return &unpacking{a: a, r: r, name: name, left: limit, packed: int64(f.CompressedSize64)}, nil
}

// ReadAll is the content of an entry of at most limit bytes.
func (a *Archive) ReadAll(name string, limit int64) ([]byte, error) {
	r, err := a.Open(name, limit)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// unpacking reads an entry and holds it to the limits.
type unpacking struct {
	a            *Archive
	r            io.ReadCloser
	name         string
	left         int64
	done, packed int64
}

func (u *unpacking) Close() error { return u.r.Close() }

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.done += int64(n)
	u.left -= int64(n)
	switch {
	case u.left < 0:
		return 0, TooLarge("%q is larger than allowed when unpacked", u.name)
	case u.done > 16*mib && u.done > u.packed*u.a.limits.Ratio:
		return 0, TooLarge("%q unpacks to more than %d times its size", u.name, u.a.limits.Ratio)
	case !u.a.take(int64(n)):
		return 0, TooLarge("its files are larger than allowed when unpacked")
	case err != nil && !errors.Is(err, io.EOF):
		return n, Damaged("%q cannot be unpacked: %w", u.name, err)
	}
	return n, err
}

func (a *Archive) take(n int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left -= n
	return a.left >= 0
}
