package markdown_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/markdown"
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

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name string
	}{
		{"hashcards/Art.md"}, {"hashcards/Deck.md"}, {"hashcards/Geography.md"}, {"hashcards/Math.md"},
		{"logseq/Flashcards.md"}, {"logseq/Cloze.md"},
		{"obsidian-sr/notes1__Computation_Graph.md"}, {"obsidian-sr/notes2__Triboelectric_Effect.md"}, {"obsidian-sr/readme.md"}, {"obsidian-sr/real_kafka-monitoring.md"},
		{"obsidian-to-anki/basic_sync.md"}, {"obsidian-to-anki/cloze_sync.md"}, {"obsidian-to-anki/markdown_table.md"}, {"obsidian-to-anki/question_answer.md"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := formats.Set{markdown.Family{}}.Read(context.Background(), shared(t, c.name), formats.Options{})
			if err != nil {
				t.Log(err)
				return
			}
			t.Logf("%s notes %d cards %d troubles %v types %d decks %v", d.Format, len(d.Notes), len(d.Cards), d.Troubles, len(d.NoteTypes), d.Decks)
			for _, n := range d.Notes {
				t.Logf("  %d %s %.600q %v", n.Line, d.NoteTypes[n.Type].Name, n.Fields, n.Tags)
			}
			for _, c := range d.Cards {
				if c.State != formats.New {
					t.Logf("  %+v", c)
				}
			}
		})
	}
}
