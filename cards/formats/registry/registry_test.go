package registry_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

func TestEveryFormatHasItsOwnID(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range registry.All.Formats() {
		if f.ID == "" || f.Name == "" || len(f.Extensions) == 0 || seen[f.ID] {
			t.Errorf("format %+v: an ID that no other has, a name and an ending are needed", f)
		}
		seen[f.ID] = true
	}
}

// TestContentDecides: a package is a package whatever its name is, and a name makes
// no deck of a file.
func TestContentDecides(t *testing.T) {
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", "decks", "*.*"))
	if err != nil || len(files) == 0 {
		t.Skip("the real packages are not here: set RECTO_SHARED to the folder that has data/decks")
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, ".json") {
			continue
		}
		for _, name := range []string{"x.txt", "x.csv", "x", "x.json", "x.cards"} {
			f, err := registry.All.Detect(formats.Bytes(name, b))
			if err != nil || !slices.Contains([]string{"apkg", "colpkg", "anki2"}, f.ID) {
				t.Errorf("%s called %s: %q, %v; want Anki's", filepath.Base(path), name, f.ID, err)
			}
		}
	}
	for _, name := range []string{"x.apkg", "x.json", "x.csv", "x.cards", "x.xml", "x.md", "x.anki2"} {
		if f, err := registry.All.Detect(formats.Bytes(name, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))); err == nil {
			t.Errorf("a picture called %s is taken for %q", name, f.ID)
		}
	}
}
