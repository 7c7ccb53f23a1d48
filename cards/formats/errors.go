package formats

import (
	"errors"
	"fmt"
	"time"
)

// What can be wrong with a file. Each is wrapped with a sentence for its owner.
var (
	ErrUnknown  = errors.New("this is no deck that Recto can read")
	ErrTooNew   = errors.New("this file was made by a newer program than Recto knows")
	ErrTooOld   = errors.New("this file was made by an older program than Recto knows")
	ErrTooLarge = errors.New("this file asks for more than is allowed")
	ErrDamaged  = errors.New("this file is damaged")
	ErrUnsafe   = errors.New("this file holds what no deck needs")
	ErrReadOnly = errors.New("files of this kind are read, not written")
)

// Damaged wraps ErrDamaged with a sentence.
func Damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrDamaged, fmt.Errorf(format, args...))
}

// TooLarge wraps ErrTooLarge with a sentence.
func TooLarge(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrTooLarge, fmt.Errorf(format, args...))
}

// Unsafe wraps ErrUnsafe with a sentence.
func Unsafe(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrUnsafe, fmt.Errorf(format, args...))
}

// Trouble is one thing that a reader could not read or had to change, or that a
// writer had to leave out.
type Trouble struct {
	Line     int    // of the file, from 1; 0 where lines mean nothing
	Where    string // what it is about: "note 1398130163168", "deck A::B"; may be empty
	Sentence string // "the back is empty": lower case, no full stop
	Skipped  bool   // the row is not in the Draft; otherwise it is, repaired
}

func (t Trouble) String() string {
	switch {
	case t.Line > 0 && t.Where != "":
		return fmt.Sprintf("line %d, %s: %s", t.Line, t.Where, t.Sentence)
	case t.Line > 0:
		return fmt.Sprintf("line %d: %s", t.Line, t.Sentence)
	case t.Where != "":
		return t.Where + ": " + t.Sentence
	}
	return t.Sentence
}

// Limits are how much a file may ask for. Zero fields take the default.
type Limits struct {
	File    int64         // bytes of the file itself
	Entry   int64         // bytes of one unpacked media file
	Data    int64         // bytes of an unpacked database, or of a document
	Total   int64         // bytes of everything unpacked together
	Text    int64         // bytes of all fields, templates and CSS together
	Memory  int64         // bytes of everything that stands in memory: Text, and NoteBytes and so on for each row
	Field   int           // bytes of one field
	Entries int           // files in an archive
	Rows    int           // notes; cards and reviews may be ten times as many
	Ratio   int64         // unpacked to packed bytes of one entry, once it is above 16 MiB
	Depth   int           // of nested JSON, XML or lists
	Fields  int           // of a note type; its templates too
	Time    time.Duration // for reading the whole
}

const mib = 1 << 20

// DefaultLimits let the largest real decks through on a small machine.
var DefaultLimits = Limits{
	File: 2048 * mib, Entry: 256 * mib, Data: 1024 * mib, Total: 4096 * mib, Text: 96 * mib, Memory: 192 * mib, Field: 8 * mib,
	Entries: 100_000, Rows: 500_000, Ratio: 200, Depth: 64, Fields: 500, Time: 5 * time.Minute,
}

// About what a row takes in memory besides its text, with the indexes of a reader.
const (
	NoteBytes   = 300
	CardBytes   = 260
	ReviewBytes = 120
)

// Weight counts what a reader keeps in memory.
type Weight struct {
	Limits       Limits
	text, memory int64
}

// Text counts n bytes of text.
func (w *Weight) Text(n int) error {
	if w.text += int64(n); w.text > w.Limits.Text {
		return TooLarge("its notes and templates are more than %d MiB of text", w.Limits.Text>>20)
	}
	return w.Rows(n)
}

// Rows counts n bytes of rows.
func (w *Weight) Rows(n int) error {
	if w.memory += int64(n); w.memory > w.Limits.Memory {
		return TooLarge("its notes, cards and reviews need more than %d MiB of memory", w.Limits.Memory>>20)
	}
	return nil
}

func (l Limits) filled() Limits {
	d := DefaultLimits
	return Limits{
		File: or(l.File, d.File), Entry: or(l.Entry, d.Entry), Data: or(l.Data, d.Data), Total: or(l.Total, d.Total),
		Text: or(l.Text, d.Text), Memory: or(l.Memory, d.Memory), Field: or(l.Field, d.Field), Entries: or(l.Entries, d.Entries), Rows: or(l.Rows, d.Rows),
		Ratio: or(l.Ratio, d.Ratio), Depth: or(l.Depth, d.Depth), Fields: or(l.Fields, d.Fields), Time: or(l.Time, d.Time),
	}
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
