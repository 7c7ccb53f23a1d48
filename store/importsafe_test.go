package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/store"
)

// large is a Draft of n notes, every other of which has progress, and a medium.
func large(n int) *formats.Draft {
	fronts := make([]string, n)
	for i := range fronts {
		fronts[i] = fmt.Sprintf("front %d", i)
	}
	d := pack(fronts...)
	for i := 0; i < n; i += 2 {
		started(d, i, 3, 10)
	}
	d.Notes[0].Fields[1] = `<img src="dot.svg">`
	d.Media = formats.MediaOf("dot.svg", []byte("<svg/>"))
	return d
}

// tables counts the rows of all tables.
func (w *world) tables() map[string]int {
	w.t.Helper()
	db, err := sql.Open("sqlite3", w.path)
	must(w.t, err)
	defer db.Close()
	counts := map[string]int{}
	rows, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	must(w.t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		must(w.t, rows.Scan(&name))
		var n int
		must(w.t, db.QueryRow(`SELECT count(*) FROM `+name).Scan(&n))
		counts[name] = n
	}
	must(w.t, rows.Err())
	return counts
}

// files lists the media on the disk.
func (w *world) files() (list []string) {
	must(w.t, filepath.WalkDir(w.path+".media", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "importing" {
			list = append(list, e.Name())
		}
		return nil
	}))
	return list
}

// TestNothingOfAnImportIsSeenBeforeItsEnd looks while an import is written: no deck, no
// card, no question, no figure speaks of it; and others grade meanwhile.
func TestNothingOfAnImportIsSeenBeforeItsEnd(t *testing.T) {
	w := newWorld(t)
	ada, bob := w.join("ada"), w.join("bob")
	_, ids := ada.deck("Before", 1)
	_, others := bob.deck("Bob's", 50)
	before, looks := ada.export(), 0
	_, _, err := w.s.Import(w.ctx(), ada.id, large(3000), store.Choices{}, func(done, total int) {
		if done == 0 || done == total || looks == len(others) {
			return
		}
		bob.grade(others[looks], cards.Good)
		looks++
		if now := ada.export(); now != before {
			t.Fatalf("at card %d of %d something is seen:\n%s", done, total, firstDifference(before, now))
		}
		if c := ada.counts(0); c.New != 1 || c.Due != 0 {
			t.Fatalf("at card %d of %d there are %+v to be asked", done, total, c)
		}
		if types := got[[]store.NoteType](t)(w.s.NoteTypes(w.ctx(), ada.id)); slices.ContainsFunc(types, func(nt store.NoteType) bool { return strings.Contains(nt.Name, "Word") }) {
			t.Fatalf("at card %d of %d the note type is seen", done, total)
		}
		if _, err := w.s.Media(w.ctx(), ada.id, ada.id, "dot.svg"); !errors.Is(err, store.ErrNotFound) {
			t.Fatalf("at card %d of %d the medium gives %v", done, total, err)
		}
		if _, _, err := w.s.Import(w.ctx(), ada.id, pack("x"), store.Choices{}, nil, w.now); !errors.Is(err, store.ErrBusy) {
			t.Fatalf("a second import gives %v, want ErrBusy", err)
		}
	}, w.now)
	must(t, err)
	if looks == 0 {
		t.Error("nobody has looked")
	}
	if c := ada.counts(0); c.New != 10 || c.Due != 0 || ada.card(ids[0]).ID == 0 {
		t.Errorf("after it there are %+v to be asked", c)
	}
	w.wantClean()
}

// TestACancelledImportLeavesNothing cancels an import in the middle.
func TestACancelledImportLeavesNothing(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Before", 2)
	before := w.tables()
	for _, at := range []int{0, 1, 3} {
		ctx, cancel := context.WithCancel(w.ctx())
		tells := 0
		_, _, err := w.s.Import(ctx, ada.id, large(2000), store.Choices{}, func(int, int) {
			if tells++; tells > at {
				cancel()
			}
		}, w.now)
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("a cancelled import gives %v", err)
		}
		if now := w.tables(); fmt.Sprint(now) != fmt.Sprint(before) {
			t.Errorf("cancelled after %d tells, it leaves %v of %v", at, now, before)
		}
		w.wantClean()
	}
	must(t, w.s.CollectMedia(w.ctx(), time.Now().Add(48*time.Hour)))
	if left := w.files(); len(left) > 0 {
		t.Errorf("it leaves the files %v", left)
	}
}

const importFile = "RECTO_IMPORT_FILE" // the database that a child imports into

// TestAnImportThatIsKilledLeavesNothing kills a process that imports, again and again:
// the next one that opens the database finds all of the import or nothing.
func TestAnImportThatIsKilledLeavesNothing(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Before", 2)
	must(t, w.s.Close())
	before := w.tables()
	cut, whole := 0, 0
	for run := range crashRuns(t) {
		child := exec.Command(os.Args[0], "-test.run=^TestImportChild$")
		child.Env = append(os.Environ(), importFile+"="+w.path)
		out, err := child.StdoutPipe()
		must(t, err)
		must(t, child.Start())
		_, err = out.Read(make([]byte, 1)) // it has begun
		must(t, err)
		time.Sleep(time.Duration(20+60*run) * time.Millisecond)
		_ = child.Process.Kill()
		_ = child.Wait()
		w.open()
		w.wantClean()
		must(t, w.s.Close())
		switch now := w.tables(); {
		case fmt.Sprint(now) == fmt.Sprint(before):
			cut++
		case now["imports"] == before["imports"]+1 && now["notes"] == before["notes"]+3000:
			whole++
			before = now
		default:
			t.Fatalf("run %d leaves %v of %v", run, now, before)
		}
	}
	w.open()
	t.Logf("killed %d times: %d imports left nothing, %d were whole", cut+whole, cut, whole)
}

// TestImportChild is the child.
func TestImportChild(t *testing.T) {
	path := os.Getenv(importFile)
	if path == "" {
		t.Skip("it is started by TestAnImportThatIsKilledLeavesNothing")
	}
	s := got[*store.Store](t)(store.Open(t.Context(), store.Options{Path: path}))
	u, _, err := s.UserByName(t.Context(), "ada")
	must(t, err)
	d := large(3000)
	for i := range d.Notes {
		d.Notes[i].GUID += fmt.Sprint("-", os.Getpid())
	}
	_, _, err = s.Import(t.Context(), u.ID, d, store.Choices{}, func(done, _ int) {
		if done > 0 {
			fmt.Print(".")
		}
	}, noon)
	must(t, err)
	time.Sleep(time.Minute)
}

// TestEveryRealFileIsStored imports the files of the other formats, twice, and moves
// the account on.
func TestEveryRealFileIsStored(t *testing.T) {
	root := shared(t, "files")
	w := newWorld(t)
	n := 0
	must(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "manifest.json" {
			return err
		}
		d, err := readFile(t, path)
		if err != nil {
			return nil //nolint:nilerr // what is no deck is the readers' business
		}
		n++
		ada := w.join(fmt.Sprintf("user %d", n))
		_, plan := ada.take(d, store.Choices{})
		if plan.Notes.New != len(d.Notes) || plan.Cards.New != len(d.Cards) {
			t.Errorf("%s: %+v %+v are stored of %d notes and %d cards", path, plan.Notes, plan.Cards, len(d.Notes), len(d.Cards))
		}
		if again := ada.preview(d, store.Choices{}); !again.Nothing() {
			t.Errorf("%s: a second import would do %+v %+v", path, again.Notes, again.Cards)
		}
		return nil
	}))
	if n < 20 {
		t.Errorf("only %d files could be read", n)
	}
	w.wantClean()
}

// TestHostileDraftsTouchNothingElse imports what no reader should let through: the
// database stays sound, and no file appears outside of the folder of media.
func TestHostileDraftsTouchNothingElse(t *testing.T) {
	outside := t.TempDir()
	for name, spoil := range map[string]func(*formats.Draft){
		"names of media that lead out": func(d *formats.Draft) {
			for _, n := range []string{"../../evil.png", filepath.Join(outside, "evil.png"), "a/../../b", "\x00", strings.Repeat("x", 5000)} {
				d.Media = append(d.Media, formats.MediaOf(n, []byte("evil "+n))...)
			}
		},
		"decks of any name": func(d *formats.Draft) {
			for _, n := range []string{"", "::", "../../x", "'; DROP TABLE notes; --", strings.Repeat("deep::", 3000), "\xff\xfe"} {
				d.Decks = append(d.Decks, formats.Deck{Name: n, Preset: 99})
			}
			for i := range d.Cards {
				d.Cards[i].Deck = i % len(d.Decks)
			}
		},
		"one GUID for all": func(d *formats.Draft) {
			for i := range d.Notes {
				d.Notes[i].GUID = "same"
			}
		},
		"note types that make nothing": func(d *formats.Draft) {
			d.NoteTypes[0].Templates[0].Front = "{{#a}}{{^b}}{{cloze:c}}"
			d.NoteTypes[0].Fields[0].Name = d.NoteTypes[0].Fields[1].Name
		},
		"progress beyond all bounds": func(d *formats.Draft) {
			for i := range d.Cards {
				c := &d.Cards[i]
				c.State, c.Interval, c.Ease, c.Due, c.Lapses, c.Reps, c.Flag = formats.Reviewing, 1<<31-1, 1<<16-1, 1<<30, -5, 1<<31-1, 7
			}
		},
		"scripts and long fields": func(d *formats.Draft) {
			d.Notes[0].Fields[0] = "<script>alert(1)</script>" + strings.Repeat("<b>", 100_000)
			d.Notes[1].Tags = []string{"", " ", strings.Repeat("t", 100_000), "<img src=x onerror=alert(1)>"}
		},
		"Recto's own extras that are none": func(d *formats.Draft) {
			d.Extras = formats.Extras{"recto.user": []byte(`{"settings":{"rollover":-9}}`)}
			d.Decks[0].Extras = formats.Extras{"recto.deck": []byte(`[1,2]`)}
			d.Notes[0].Extras = formats.Extras{"recto.note": []byte(`{"article":"x","proposal":"p","sibling":"nobody"}`)}
			d.Articles = append(d.Articles, []byte(`{"text":"ab","blocks":[{"span":{"start":1,"end":9}}]}`), []byte(`7`))
		},
		"a log that contradicts itself": func(d *formats.Draft) {
			seen := cards.Schedule{EFactor: 250, Seen: true, Repetitions: 4}
			d.Cards[0].Schedule = &seen
			for range 3 {
				d.Reviews = append(d.Reviews, formats.Review{Card: 0, At: noon, Button: 3, Event: &formats.Event{Key: "k", Kind: cards.EventUndo, Undoes: "k", After: seen, Zone: "Nowhere"}})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ada := w.join("ada")
			d := large(40)
			spoil(d)
			ada.take(d, store.Choices{})
			w.wantClean()
			if again := ada.preview(d, store.Choices{}); again.Notes.New+again.Cards.New > 0 {
				t.Errorf("a second import would add %+v %+v", again.Notes, again.Cards)
			}
			_ = ada.next(0)
			sameAccount(t, ada, w.join("bob"))
			left, err := os.ReadDir(outside)
			must(t, err)
			if len(left) > 0 {
				t.Errorf("the folder outside has %v", left)
			}
			around, err := os.ReadDir(filepath.Dir(w.path))
			must(t, err)
			for _, f := range around {
				if !strings.HasPrefix(f.Name(), "recto.db") {
					t.Errorf("beside the database lies %s", f.Name())
				}
			}
			for _, f := range w.files() {
				if len(f) != 64 {
					t.Errorf("among the media lies %s", f)
				}
			}
		})
	}
}
