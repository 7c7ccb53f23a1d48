// Package formatstest helps the tests of the families of formats.
package formatstest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"recto/cards/formats"
)

// Shared reads a file of the reference data, which lies outside the repository; the
// test is skipped where it is absent.
func Shared(t testing.TB, name string) *formats.Source {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(root, "data", "files", filepath.FromSlash(name))) //nolint:gosec // the name is the test's own
	if os.IsNotExist(err) {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has data/files/%s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return formats.Bytes(filepath.Base(name), data)
}

// Consistent fails the test unless d is what every Draft is: its references lead
// somewhere, its text is clean, and each note has a card.
func Consistent(t testing.TB, d *formats.Draft) {
	t.Helper()
	with := make([]map[int]bool, len(d.Notes))
	for i, c := range d.Cards {
		if c.Note < 0 || c.Note >= len(d.Notes) || c.Deck < 0 || c.Deck >= len(d.Decks) {
			t.Fatalf("card %d refers to note %d and deck %d of %d and %d", i, c.Note, c.Deck, len(d.Notes), len(d.Decks))
		}
		if with[c.Note] == nil {
			with[c.Note] = map[int]bool{}
		}
		if with[c.Note][c.Ordinal] {
			t.Fatalf("note %d has the card %d twice", c.Note, c.Ordinal)
		}
		with[c.Note][c.Ordinal] = true
		if nt := d.NoteTypes[d.Notes[c.Note].Type]; c.Ordinal < 0 || !nt.Cloze && c.Ordinal >= len(nt.Templates) || c.Ordinal > 499 {
			t.Fatalf("card %d has the ordinal %d", i, c.Ordinal)
		}
		if c.Ease < 0 || c.Ease > 9990 || c.Interval < 0 || c.Due < 0 || c.State != formats.New && c.Ease == 0 {
			t.Fatalf("card %d stands at %+v", i, c)
		}
	}
	for i, n := range d.Notes {
		if want := len(d.NoteTypes[n.Type].Fields); len(n.Fields) != want {
			t.Fatalf("note %d has %d fields, and its type %d", i, len(n.Fields), want)
		}
		for _, f := range n.Fields {
			if !utf8.ValidString(f) || strings.ContainsAny(f, "\x00\x1f\r") {
				t.Fatalf("note %d has the field %q", i, f)
			}
		}
		if len(with[i]) == 0 {
			t.Fatalf("note %d has no card: %q", i, n.Fields)
		}
	}
	for _, r := range d.Reviews {
		if r.Card < -1 || r.Card >= len(d.Cards) {
			t.Fatalf("a review refers to card %d of %d", r.Card, len(d.Cards))
		}
	}
	for _, m := range d.Media {
		if m.Name == "" || m.Name != formats.SafeName(m.Name) {
			t.Fatalf("a media file is called %q", m.Name)
		}
	}
}
