package text_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"recto/cards/formats"
	"recto/cards/formats/text"
)

// shared reads a file of the reference data, which lies outside the repository.
func shared(t testing.TB, name string) *formats.Source {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(root, "data", "files", filepath.FromSlash(name)))
	if os.IsNotExist(err) {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has data/files/%s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return formats.Bytes(filepath.Base(name), data)
}

func read(t testing.TB, s *formats.Source, o formats.TextOptions) *formats.Draft {
	t.Helper()
	d, err := formats.Set{text.Family{}}.Read(context.Background(), s, formats.Options{Text: o})
	if err != nil {
		t.Fatalf("Read(%s): %v", s.Name, err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// consistent checks what holds for every Draft.
func consistent(t testing.TB, d *formats.Draft) {
	t.Helper()
	with := make([]int, len(d.Notes))
	for i, c := range d.Cards {
		if c.Note < 0 || c.Note >= len(d.Notes) || c.Deck < 0 || c.Deck >= len(d.Decks) {
			t.Fatalf("card %d refers to note %d and deck %d of %d and %d", i, c.Note, c.Deck, len(d.Notes), len(d.Decks))
		}
		with[c.Note]++
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
		if with[i] == 0 {
			t.Fatalf("note %d has no card: %q", i, n.Fields)
		}
	}
}
