package markdown_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

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

func try(s *formats.Source) (*formats.Draft, error) {
	return formats.Set{markdown.Family{}}.Read(context.Background(), s, formats.Options{})
}

// show writes a Draft, one line a note.
func show(d *formats.Draft) string {
	var lines []string
	for i, n := range d.Notes {
		deck, cards := "", 0
		for _, c := range d.Cards {
			if c.Note == i {
				deck = d.Decks[c.Deck].Name
				cards++
			}
		}
		lines = append(lines, fmt.Sprintf("%s/%s%q%v%d", deck, d.NoteTypes[n.Type].Name, n.Fields, n.Tags, cards))
	}
	return strings.Join(lines, "\n")
}

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name, format string
		notes, cards int
		last         string // as show writes it; "" for no deck
		progress     string // of the first card
	}{
		{"hashcards/Art.md", "md", 2, 2, `Art/Basic["<p>What is the title of this painting?</p>\n<p><img src=\"jss.webp\" alt=\"\"></p>" "<em>Portrait of Lady Agnew of Lochnaw</em>"][]1`, "new"},
		{"hashcards/Deck.md", "md", 2, 2, `Deck/Cloze["baz {{c1::quux}}" ""][]1`, "new"},
		{"hashcards/Geography.md", "md", 2, 3, `Geography/Cloze["{{c1::Berlin}} is the capital of {{c2::Germany}}." ""][]2`, "new"},
		{"hashcards/Math.md", "md", 6, 9, "", "new"},
		{"logseq/Flashcards.md", "logseq", 1, 1, `Flashcards/Basic["What does &quot;Logseq&quot; mean?" "You can read it as &quot;Log sequence&quot; or &quot;Logical sequence&quot; (thank you Ed)."][]1`, "review 2021-11-08 28 2660 4"},
		{"logseq/Cloze.md", "", 0, 0, "", ""},
		{"obsidian-sr/notes1__Computation_Graph.md", "", 0, 0, "", ""},
		{"obsidian-sr/notes2__Triboelectric_Effect.md", "obsidian", 1, 1, `science::physics/Basic["What is the phenomenon called when electric charge is transferred between two objects when they contact or slide against each other" "Triboelectric effect"][]1`, "review 2024-03-20 124 2700 1"},
		{"obsidian-sr/readme.md", "", 0, 0, "", ""},
		{"obsidian-sr/real_kafka-monitoring.md", "obsidian", 3, 3, "", "review 2025-01-25 1 2100 1"},
		{"obsidian-to-anki/basic_sync.md", "obsidian-to-anki", 3, 3, `basic_sync/Basic["This is a test.<br>And the test is continuing." "Test successful!"][]1`, "new"},
		{"obsidian-to-anki/cloze_sync.md", "obsidian-to-anki", 7, 16, "", "new"},
		{"obsidian-to-anki/question_answer.md", "md", 5, 5, "", "new"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := try(shared(t, c.name))
			if c.format == "" {
				if !errors.Is(err, formats.ErrUnknown) {
					t.Errorf("a file without cards: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, want := fmt.Sprint(d.Format, len(d.Notes), len(d.Cards), len(d.Troubles)), fmt.Sprint(c.format, c.notes, c.cards, 0); got != want {
				t.Errorf("format, notes, cards, troubles = %s, want %s: %v", got, want, d.Troubles)
			}
			lines := strings.Split(show(d), "\n")
			if last := lines[len(lines)-1]; c.last != "" && last != c.last {
				t.Errorf("the last note is\n%s, want\n%s", last, c.last)
			}
			if got := progress(d.Cards[0]); got != c.progress {
				t.Errorf("the first card stands at %s, want %s", got, c.progress)
			}
			consistent(t, d)
		})
	}
}

func progress(c formats.Card) string {
	if c.State == formats.New {
		return "new"
	}
	return fmt.Sprint(c.State, " ", c.Due, " ", c.Interval, " ", c.Ease, " ", c.Reps)
}

// consistent checks what holds for every Draft.
func consistent(t testing.TB, d *formats.Draft) {
	t.Helper()
	with := make([]int, len(d.Notes))
	for i, c := range d.Cards {
		if c.Note < 0 || c.Note >= len(d.Notes) || c.Deck < 0 || c.Deck >= len(d.Decks) || c.Ordinal < 0 || c.Ordinal > 499 {
			t.Fatalf("card %d is %+v", i, c)
		}
		if c.Ease < 0 || c.Interval < 0 || c.Due < 0 || c.Lapses > c.Reps {
			t.Fatalf("card %d stands at %+v", i, c)
		}
		with[c.Note]++
	}
	for i, n := range d.Notes {
		if want := len(d.NoteTypes[n.Type].Fields); len(n.Fields) != want {
			t.Fatalf("note %d has %d fields, and its type %d", i, len(n.Fields), want)
		}
		for _, f := range n.Fields {
			if !utf8.ValidString(f) || strings.ContainsAny(f, "\x00\x1f\r\ue000\ue001\ue002\ue003") {
				t.Fatalf("note %d has the field %q", i, f)
			}
		}
		if with[i] == 0 {
			t.Fatalf("note %d has no card: %q", i, n.Fields)
		}
	}
}
