// Package anki reads the packages and collections of Anki, all three generations
// of them, and writes the oldest, which every Anki and Mnemosyne opens.
//
//	package      a zip archive: a collection, a list of media, and the media as "0", "1", ...
//	collection   a database of SQLite: col, notes, cards, revlog, and from schema 14
//	             on tables for what schema 11 keeps as JSON in col
//	generation   1: collection.anki2; 2: collection.anki21; 3: collection.anki21b and
//	             media compressed with zstd, the list of media in protobuf
//	home         the deck a card lives in while a filtered deck has borrowed it
//
// Everything that Recto has no word for is kept under "anki." in the Extras and
// given back when a package is written. The layout of collections is described in
// Anki's manual and can be seen in any collection; numbers of protobuf fields are
// those of Anki 26.09.
package anki

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"

	"recto/cards/formats"
)

// The formats of Anki.
const (
	Package    = "apkg"
	Whole      = "colpkg"
	Collection = "anki2"
)

// Family is Anki's.
type Family struct{}

// Formats lists packages, whole collections in packages, and bare collections.
func (Family) Formats() []formats.Format {
	return []formats.Format{
		{ID: Package, Name: "Anki deck package", Extensions: []string{"apkg", "zip"}, Read: true, Write: true},
		{ID: Whole, Name: "Anki collection package", Extensions: []string{"colpkg"}, Read: true},
		{ID: Collection, Name: "Anki collection", Extensions: []string{"anki2", "anki21"}, Read: true},
	}
}

// entries are the names of a collection in a package, the newest generation first.
var entries = []string{"collection.anki21b", "collection.anki21", "collection.anki2"}

// Detect knows a package by the collection in it and a collection by its tables.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	switch {
	case s.IsZip():
		for _, entry := range entries {
			if s.Has(entry) {
				return packageKind(s.Name), formats.Certain
			}
		}
	case s.IsSQLite() && mentions(s, "CREATE TABLE revlog"), s.IsSQLite() && mentions(s, "CREATE TABLE graves"):
		return Collection, formats.Certain
	case s.IsSQLite() && strings.HasPrefix(formats.Extension(s.Name), "anki2"):
		return Collection, formats.Likely
	}
	return "", formats.No
}

// packageKind tells by its name whether a package is a whole collection; both are
// read alike.
func packageKind(name string) string {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, ".colpkg") || name == "collection.apkg" || strings.HasPrefix(name, "backup-") {
		return Whole
	}
	return Package
}

// mentions looks for a text in the first 4 MiB of s, in any case.
func mentions(s *formats.Source, text string) bool {
	want := bytes.ToLower([]byte(text))
	if bytes.Contains(bytes.ToLower(s.Head()), want) {
		return true
	}
	start := make([]byte, min(s.Size(), 4<<20))
	if _, err := s.ReadAt(start, 0); err != nil {
		return false
	}
	return bytes.Contains(bytes.ToLower(start), want)
}

// Read makes a Draft of a package or a collection.
func (Family) Read(ctx context.Context, s *formats.Source, format string, o formats.Options) (*formats.Draft, error) {
	o = o.Filled()
	if s.Size() > o.Limits.File {
		return nil, formats.TooLarge("it is larger than %d MiB", o.Limits.File>>20)
	}
	dir, err := os.MkdirTemp(o.TempDir, "recto-anki-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // nothing of worth is left in it

	r := &reader{limits: o.Limits, weight: formats.Weight{Limits: o.Limits}, progress: o.Progress, draft: &formats.Draft{Format: format}}
	var list []Entry
	var file string
	if s.IsZip() {
		if file, list, err = r.unpack(ctx, s, dir); err != nil {
			return nil, err
		}
	} else if file, err = copyTo(dir, stoppable{ctx, &heard{r: s.Reader(o.Limits.Data), total: s.Size(), tell: r.part("unpack")}}); err != nil {
		return nil, err
	}
	if err := r.collection(ctx, file); err != nil {
		return nil, err
	}
	if r.onlyPlaceholder() {
		return nil, formats.Damaged("it holds only the note that tells old versions to update; export it anew from Anki")
	}
	if err := r.media(ctx, list); err != nil {
		return nil, err
	}
	return r.draft, nil
}

// copyTo writes what r has into a new private file of dir, under a name of ours.
func copyTo(dir string, r io.Reader) (string, error) {
	f, err := os.CreateTemp(dir, "collection-")
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return "", err
	}
	return f.Name(), f.Close()
}

// reader gathers a Draft. Indexes into the Draft are looked up by Anki's IDs.
type reader struct {
	limits   formats.Limits
	progress formats.Progress
	draft    *formats.Draft

	generation int
	weight     formats.Weight
	created    int64 // when the collection was made, in seconds: day 0 of due dates
	scheduler  int   // 1 or 2
	clock      clock
	types      map[int64]int
	decks      map[int64]int
	notes      map[int64]int
	cards      map[int64]int
	said       map[string]int
}

// parts are the parts of reading, with the thousandths of it that they begin and end at.
var parts = map[string][2]int64{"unpack": {0, 200}, "notes": {200, 500}, "cards": {500, 700}, "revlog": {700, 750}, "media": {750, 1000}}

// part tells how much is done of a part of reading.
func (r *reader) part(name string) formats.Progress {
	p := parts[name]
	return func(done, total int64) {
		if total > 0 {
			r.progress(p[0]+int64(float64(p[1]-p[0])*float64(min(done, total))/float64(total)), 1000)
		}
	}
}

// heard tells how much of a reader was read.
type heard struct {
	r           io.Reader
	done, total int64
	tell        formats.Progress
}

func (h *heard) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	h.done += int64(n)
	h.tell(h.done, h.total)
	return n, err
}

// room makes sure that a table's rows may stand in memory and returns how many
// there are. How many are visited is told then.
func (r *reader) room(ctx context.Context, db *database, table string, most, bytes int) (int, error) {
	n, err := db.count(ctx, table, most)
	if err != nil {
		return 0, err
	}
	if n > most {
		return 0, formats.TooLarge("its table %q has more than %d rows", table, most)
	}
	tell := r.part(table)
	db.visited = func(rows int) { tell(int64(rows), int64(n)) }
	return n, r.weight.Rows(n * bytes)
}

// mostOfAKind is how often the same trouble is told before it is only counted.
const mostOfAKind = 20

// tell records a trouble about one row.
func (r *reader) tell(where, sentence string, skipped bool) {
	if r.said == nil {
		r.said = map[string]int{}
	}
	if r.said[sentence]++; r.said[sentence] > mostOfAKind {
		r.draft.Untold++
		return
	}
	r.draft.Tell(formats.Trouble{Where: where, Sentence: sentence, Skipped: skipped})
}

// onlyPlaceholder reports whether the collection is the one that newer packages
// hold for older programs.
func (r *reader) onlyPlaceholder() bool {
	d := r.draft
	return r.generation == 1 && len(d.Notes) == 1 && len(d.Notes[0].Fields) > 0 &&
		strings.HasPrefix(d.Notes[0].Fields[0], "Please update to the latest Anki version")
}
