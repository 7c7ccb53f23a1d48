package anki_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// decks is the folder of real packages, which lies outside the repository.
func decks(t testing.TB) string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	folder := filepath.Join(root, "data", "decks")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the real packages are not here: set RECTO_SHARED to the folder that has data/decks")
	}
	return folder
}

// known is what the manifest says of a package.
type known struct {
	File      string
	Integrity string
	Schema    int
	Notes     int
	Cards     int
	Revlog    int
	FSRS      int `json:"fsrs_cards"`
	Odid      int
	Media     int
	Blobs     int `json:"media_blobs"`
	Filtered  int `json:"filtered_decks"`
	Decks     int
	DeckNames []string `json:"deck_names"` // the first six of them
	Types     []struct {
		Name              string
		Fields, Templates int
		Cloze             bool
		Notes             int
	} `json:"notetypes"`
}

func manifest(t testing.TB) []known {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(decks(t), "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []known
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// readFile reads a file of this machine as whatever it is detected to be.
func readFile(t testing.TB, path string) (*formats.Draft, error) {
	t.Helper()
	s, f, err := formats.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	set := formats.Set{anki.Family{}}
	d, err := set.Read(t.Context(), s, formats.Options{TempDir: t.TempDir()})
	if err == nil {
		t.Cleanup(func() { d.Close() })
	}
	return d, err
}

func TestRealPackagesHoldWhatTheManifestSays(t *testing.T) {
	for _, k := range manifest(t) {
		t.Run(k.File, func(t *testing.T) {
			d, err := readFile(t, filepath.Join(decks(t), k.File))
			switch {
			case k.Schema > 18:
				if !errors.Is(err, formats.ErrTooNew) {
					t.Errorf("reading a collection of schema %d: %v, want ErrTooNew", k.Schema, err)
				}
				return
			case k.Integrity != "ok":
				if !errors.Is(err, formats.ErrDamaged) {
					t.Errorf("reading a damaged collection: %v, want ErrDamaged", err)
				}
				return
			case err != nil:
				t.Fatal(err)
			}
			compare(t, k, d)
		})
	}
}

func compare(t *testing.T, k known, d *formats.Draft) {
	t.Helper()
	same := func(what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
	same("notes", len(d.Notes), k.Notes)
	same("cards", len(d.Cards), k.Cards)
	same("reviews", len(d.Reviews), k.Revlog)
	same("decks", len(d.Decks), k.Decks)
	same("media", len(d.Media), k.Blobs)
	filtered, fsrs := 0, 0
	var names []string
	for _, deck := range d.Decks {
		names = append(names, deck.Name)
		if deck.Filtered {
			filtered++
		}
	}
	for _, c := range d.Cards {
		if strings.Contains(c.Memory, `"s":`) {
			fsrs++
		}
		if d.Decks[c.Deck].Filtered {
			t.Errorf("card %d lives in the filtered deck %q", c.ID, d.Decks[c.Deck].Name)
		}
	}
	settled := strings.Count(fmt.Sprint(d.Troubles), "it is an ordinary one now")
	same("filtered decks", filtered+settled, k.Filtered)
	same("cards with FSRS", fsrs, k.FSRS)
	for _, want := range k.DeckNames {
		if !slices.Contains(names, want) {
			t.Errorf("no deck %q among %q", want, names)
		}
	}
	for _, want := range k.Types {
		if !slices.ContainsFunc(d.NoteTypes, func(nt formats.NoteType) bool {
			return nt.Name == want.Name && len(nt.Fields) == want.Fields && len(nt.Templates) == want.Templates && nt.Cloze == want.Cloze
		}) {
			t.Errorf("no note type %q with %d fields, %d templates, cloze %v", want.Name, want.Fields, want.Templates, want.Cloze)
		}
	}
	for _, trouble := range d.Troubles {
		t.Logf("trouble: %s", trouble)
	}
}
