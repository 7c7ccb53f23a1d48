package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/store"
)

// shared is the folder of the reference data, which lies outside the repository.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(append([]string{root, "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has data/%s", filepath.Join(parts...))
	}
	return path
}

// draftOf reads a file.
func draftOf(t testing.TB, path string) *formats.Draft {
	t.Helper()
	d, err := readFile(t, path)
	must(t, err)
	return d
}

func readFile(t testing.TB, path string) (*formats.Draft, error) {
	t.Helper()
	s, f, err := formats.Open(path)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	d, err := registry.All.Read(context.Background(), s, formats.Options{TempDir: t.TempDir()})
	if err == nil {
		t.Cleanup(func() { d.Close() })
	}
	return d, err
}

// take imports a Draft.
func (p *person) take(d *formats.Draft, c store.Choices) (store.ImportID, store.Plan) {
	p.w.t.Helper()
	id, plan, err := p.w.s.Import(p.w.ctx(), p.id, d, c, nil, p.w.now)
	must(p.w.t, err)
	return id, plan
}

func (p *person) preview(d *formats.Draft, c store.Choices) store.Plan {
	p.w.t.Helper()
	return got[store.Plan](p.w.t)(p.w.s.Preview(p.w.ctx(), p.id, d, c, p.w.now))
}

// draft is what the person has.
func (p *person) draft(deck store.DeckID) *formats.Draft {
	p.w.t.Helper()
	d := got[*formats.Draft](p.w.t)(p.w.s.Draft(p.w.ctx(), p.id, deck))
	p.w.t.Cleanup(func() { d.Close() })
	return d
}

// written is a Draft as a file.
func written(t testing.TB, d *formats.Draft, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := registry.All.Write(context.Background(), &b, d, format, formats.WriteOptions{TempDir: t.TempDir()})
	must(t, err)
	return b.Bytes()
}

// reread reads what was written.
func reread(t testing.TB, data []byte, name string) *formats.Draft {
	t.Helper()
	d, err := registry.All.Read(context.Background(), formats.Bytes(name, data), formats.Options{TempDir: t.TempDir()})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	return d
}

// knownDeck is what the manifest says of a package.
type knownDeck struct {
	File      string
	Integrity string
	Schema    int
	Notes     int
	Cards     int
	Revlog    int
	Blobs     int `json:"media_blobs"`
}

func knownDecks(t testing.TB) (folder string, all []knownDeck) {
	t.Helper()
	folder = shared(t, "decks")
	b, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	must(t, err)
	must(t, json.Unmarshal(b, &all))
	return folder, all
}

// TestEveryRealPackageIsStored imports every package, twice, and writes what is stored
// out again: counts are those of the manifest, the second import changes nothing, and
// what comes out gives the same account elsewhere.
func TestEveryRealPackageIsStored(t *testing.T) {
	folder, all := knownDecks(t)
	for _, k := range all {
		t.Run(k.File, func(t *testing.T) {
			d, err := readFile(t, filepath.Join(folder, k.File))
			if k.Schema > 18 || k.Integrity != "ok" {
				if !errors.Is(err, formats.ErrTooNew) && !errors.Is(err, formats.ErrDamaged) {
					t.Errorf("reading %s: %v, want a sentence that says why not", k.File, err)
				}
				return
			}
			must(t, err)
			w := newWorld(t)
			ada := w.join("ada")
			before := ada.preview(d, store.Choices{})
			_, plan := ada.take(d, store.Choices{File: k.File})
			if before.Notes != plan.Notes || before.Cards != plan.Cards || before.Reviews != plan.Reviews {
				t.Errorf("the preview said %+v, and the import did %+v", before, plan)
			}
			out := ada.draft(0)
			for _, n := range []struct {
				what      string
				got, want int
			}{
				{"notes", len(out.Notes), k.Notes}, {"cards", len(out.Cards), k.Cards},
				{"reviews", len(out.Reviews), k.Revlog}, {"media", len(out.Media), k.Blobs},
			} {
				if n.got != n.want {
					t.Errorf("%d %s are stored, want %d", n.got, n.what, n.want)
				}
			}
			w.wantClean()
			if again := ada.preview(d, store.Choices{}); !again.Nothing() {
				t.Errorf("a second import would do %+v %+v, %d reviews, %+v, want nothing", again.Notes, again.Cards, again.Reviews, again.Media)
			}
			sameAccount(t, ada, w.join("bob"))
		})
	}
}

// sameAccount gives all that one person has to another, by way of Recto's own file,
// and compares what that one has then.
func sameAccount(t *testing.T, from, to *person) {
	t.Helper()
	first := written(t, from.draft(0), "json")
	to.take(reread(t, first, "all.json"), store.Choices{})
	second := written(t, to.draft(0), "json")
	if !bytes.Equal(first, second) {
		t.Errorf("the account is another one after a round trip:\n%s", firstDifference(string(first), string(second)))
	}
	from.w.wantClean()
}

// firstDifference shows where two texts part.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	around := func(s string) string { return s[max(0, i-150):min(len(s), i+150)] }
	return around(a) + "\n--- and\n" + around(b)
}

// dayOf is a day after that on which tests begin.
func dayOf(n int) cards.Day { return cards.DayOf(2025, 3, 4) + cards.Day(n) }
