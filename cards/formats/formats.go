// Package formats is where files of other programs meet Recto: a Family reads a
// file into a neutral Draft and writes a Draft to a file. It knows no database; who
// stores a Draft decides what becomes of it.
//
//	Source      a file to be read: its bytes, and its name as a hint only
//	Format      one kind of file ("apkg", "csv"), named by an ID that never changes
//	Family      formats read and written by the same package (anki, text, ...)
//	Set         the families that a program knows (see package registry)
//	Draft       what a file held, in words of no program: notes, note types, decks,
//	            cards, reviews and media (draft.go)
//	Trouble     one thing that could not be read or was changed, with its line
//	Limits      how much a file may ask for before it is refused
//
// Every file is hostile until it has been checked: readers hold to the Limits by
// counting what they read, never by what a header promises, and they never use a
// name from a file as a path.
package formats

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Format is one kind of file.
type Format struct {
	ID         string   // "apkg"; stays the same for ever
	Name       string   // "Anki deck package", as a person reads it
	Extensions []string // without the dot, the usual one first: "apkg"
	Read       bool
	Write      bool
	Trash      bool   // it holds what was thrown away, marked so
	Loses      string // what a written file cannot hold, as the end of a sentence; empty if nothing
}

// Confidence is how sure a Family is that a Source is in one of its formats.
type Confidence int

// The degrees of confidence.
const (
	No      Confidence = 0   // it is not
	Weak    Confidence = 10  // any text would do: nothing speaks for it but that it can be read
	Likely  Confidence = 50  // the shape fits: lines with the same number of tabs
	Strong  Confidence = 80  // marks that hardly occur elsewhere: lines that start "Q:" and "A:"
	Certain Confidence = 100 // a signature: a zip archive with collection.anki2 in it
)

// Family reads, and mostly writes, formats that belong together.
type Family interface {
	// Formats lists what the family reads or writes. The slice is the caller's.
	Formats() []Format
	// Detect says by the content of s which of the family's formats it is in and how
	// sure that is. It reads little (s.Head, or the directory of an archive), and a
	// name can only decide between what the content leaves open.
	Detect(s *Source) (format string, sure Confidence)
	// Read makes a Draft of s. What is wrong with a part is in Draft.Troubles; an
	// error means that nothing could be had. The caller closes the Draft, and before
	// that leaves s open.
	Read(ctx context.Context, s *Source, format string, o Options) (*Draft, error)
	// Write writes d and returns what the format could not hold, or ErrReadOnly.
	Write(ctx context.Context, w io.Writer, d *Draft, format string, o WriteOptions) ([]Trouble, error)
}

// Progress is told how much of a work is done, in units that only their ratio
// gives a meaning. It is called from one goroutine and must return at once.
type Progress func(done, total int64)

// Options say how a file is read. The zero value reads with DefaultLimits and
// detects everything.
type Options struct {
	Limits   Limits   // the zero value means DefaultLimits
	Progress Progress // nil for none
	TempDir  string   // where unpacked databases go while the Draft is open; "" for the system's
	Now      time.Time
	Text     TextOptions
}

// TextOptions are the choices of a person who sees a preview of a text file. Zero
// values are detected.
type TextOptions struct {
	Encoding     string   // "utf-8", "utf-16le", "utf-16be", "windows-1252"
	Separator    string   // between columns: "\t", ",", " - "
	RowSeparator string   // between rows; "" means lines with quoted fields
	HTML         *bool    // fields are HTML; false means they are escaped
	Header       *bool    // the first row names the columns
	Columns      []string // what each column is: a field's name, or one of the Column constants
	NoteType     string   // for rows that name none
	Deck         string   // for rows that name none
}

// What a column can be besides a field. No field's name starts with "\x00".
const (
	ColumnSkip     = "\x00skip"
	ColumnTags     = "\x00tags"
	ColumnDeck     = "\x00deck"
	ColumnNoteType = "\x00notetype"
	ColumnGUID     = "\x00guid"
)

// Filled returns o with every zero value that has a default replaced by it.
func (o Options) Filled() Options {
	o.Limits = o.Limits.filled()
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	return o
}

// WriteOptions say how a file is written.
type WriteOptions struct {
	Progress Progress  // nil for none
	TempDir  string    // where a database is put together; "" for the system's
	Now      time.Time // stands where a file has to say when it was made; the zero value means the youngest time in the Draft, so that equal Drafts give equal files
	Without  Parts
}

// Parts of a Draft that a person may leave out of a file.
type Parts struct {
	Progress bool // schedules and reviews: every card is new
	Media    bool
}

// Filled returns o with every zero value that has a default replaced by it.
func (o WriteOptions) Filled(d *Draft) WriteOptions {
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	if o.Now.IsZero() {
		o.Now = d.Youngest()
	}
	return o
}

// Set is the families that a program knows. Its order decides between families
// that are equally sure.
type Set []Family

// Formats lists the formats of all families.
func (set Set) Formats() []Format {
	var all []Format
	for _, f := range set {
		all = append(all, f.Formats()...)
	}
	return all
}

// find returns the format called id and its family.
func (set Set) find(id string) (Format, Family, bool) {
	for _, family := range set {
		for _, format := range family.Formats() {
			if format.ID == id {
				return format, family, true
			}
		}
	}
	return Format{}, nil, false
}

// Detect says which format s is in, by its content. The error is ErrUnknown with a
// sentence about what s seems to be, or why an archive cannot be opened. Quizzes and
// outlines of programs whose formats are not read yet may look like tables, and are
// named instead.
func (set Set) Detect(s *Source) (Format, error) {
	if s.Size() == 0 {
		return Format{}, fmt.Errorf("%w: the file is empty", ErrUnknown)
	}
	best, bestSure := "", No
	for _, family := range set {
		if id, sure := family.Detect(s); sure > bestSure {
			best, bestSure = id, sure
		}
	}
	if bestSure <= Likely && s.IsText() {
		if name := laterName(string(s.Head())); name != "" {
			return Format{}, fmt.Errorf("%w yet: it holds %s; make a table of them, a question and its answer in each row, and bring that", ErrUnknown, name)
		}
	}
	if bestSure == No {
		if _, err := s.Archive(Limits{}); s.IsZip() && err != nil {
			return Format{}, err
		}
		return Format{}, fmt.Errorf("%w: %s", ErrUnknown, s.seems())
	}
	format, _, ok := set.find(best)
	if !ok {
		return Format{}, fmt.Errorf("formats: a family detects %q, which it does not list", best)
	}
	return format, nil
}

// Read detects the format of s and makes a Draft of it, which the caller closes.
func (set Set) Read(ctx context.Context, s *Source, o Options) (*Draft, error) {
	format, err := set.Detect(s)
	if err != nil {
		return nil, err
	}
	return set.ReadAs(ctx, s, format.ID, o)
}

// ReadAs makes a Draft of s, which is in format id whatever Detect thinks.
func (set Set) ReadAs(ctx context.Context, s *Source, id string, o Options) (*Draft, error) {
	format, family, ok := set.find(id)
	if !ok || !format.Read {
		return nil, fmt.Errorf("%w: %q is not a format that is read", ErrUnknown, id)
	}
	o = o.Filled()
	ctx, cancel := context.WithTimeoutCause(ctx, o.Limits.Time, fmt.Errorf("%w: it takes longer than %s to read", ErrTooLarge, o.Limits.Time))
	defer cancel()
	d, err := family.Read(ctx, s, id, o)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	d.Format = id
	return d, nil
}

// ForWriting returns the format to write a file with this name in, by its ending.
func (set Set) ForWriting(name string) (Format, error) {
	extension := Extension(name)
	var endings []string
	for _, f := range set.Formats() {
		if !f.Write {
			continue
		}
		if slices.Contains(f.Extensions, extension) {
			return f, nil
		}
		endings = append(endings, "."+f.Extensions[0])
	}
	if extension == "" {
		return Format{}, notWritten(fmt.Sprintf("%q has no ending; use one of %s", name, strings.Join(endings, ", ")))
	}
	return Format{}, notWritten(fmt.Sprintf("nothing is written as .%s; use one of %s", extension, strings.Join(endings, ", ")))
}

// notWritten says which kind of file is not written. It is an ErrReadOnly.
type notWritten string

func (e notWritten) Error() string { return string(e) }

func (notWritten) Is(err error) bool { return err == ErrReadOnly } //nolint:errorlint // as errors.Is asks

// Write writes d in format id and returns what the format could not hold.
func (set Set) Write(ctx context.Context, w io.Writer, d *Draft, id string, o WriteOptions) ([]Trouble, error) {
	format, family, ok := set.find(id)
	if !ok || !format.Write {
		return nil, fmt.Errorf("%w: %q is not a format that is written", ErrReadOnly, id)
	}
	o = o.Filled(d)
	if !format.Trash {
		d = d.WithoutTrash()
	}
	return family.Write(ctx, w, d, id, o)
}
