package store_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"recto/cards"
	"recto/cards/formats"
	"recto/store"
)

// pack is a Draft of a test: a note for each front, with a back, in deck "Pack::Words".
func pack(fronts ...string) *formats.Draft {
	d := &formats.Draft{Format: "apkg", NoteTypes: []formats.NoteType{formats.NoteTypeOf(cards.BasicNote)}}
	d.NoteTypes[0].ID, d.NoteTypes[0].Name = 1234, "Word"
	d.Decks = []formats.Deck{{ID: 7, Name: "Pack::Words", Preset: -1}}
	for i, front := range fronts {
		d.Notes = append(d.Notes, formats.Note{ID: int64(100 + i), GUID: "pack-" + front, Fields: []string{front, "back of " + front}, Modified: noon.AddDate(0, 0, -30)})
		d.Cards = append(d.Cards, formats.NewCard(i, 0, 0, int64(i+1)))
	}
	return d
}

// started gives card i of a Draft progress, and an answer n days before noon.
func started(d *formats.Draft, i, n, interval int) {
	c := &d.Cards[i]
	at := noon.AddDate(0, 0, -n)
	c.State, c.Interval, c.Ease, c.Reps, c.Due = formats.Reviewing, interval, 2300, c.Reps+1, dayOf(interval-n)
	d.Reviews = append(d.Reviews, formats.Review{Card: i, At: at, Kind: formats.ReviewDue, Button: 3, Grade: cards.Good, Interval: interval, Last: 1, Ease: 2300})
}

func TestTakingAnImportBack(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	before := written(t, ada.draft(0), "json")
	id, plan := ada.take(pack("one", "two", "three"), store.Choices{File: "pack.apkg"})
	if plan.Notes.New != 3 || len(plan.Decks) != 1 || plan.Decks[0].ID == 0 {
		t.Fatalf("the import did %+v, want three notes in a deck", plan)
	}
	after := written(t, ada.draft(0), "json")
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != 3 || back.Cards != 3 || back.Studied+back.Edited != 0 || len(back.Items) != 1 {
		t.Errorf("taking back did %+v, want three notes and cards gone", back)
	}
	if now := written(t, ada.draft(0), "json"); string(now) != string(before) {
		t.Errorf("after taking back there is\n%s", now)
	}
	if _, err := w.s.TakeBack(w.ctx(), ada.id, id, w.now); !errors.Is(err, store.ErrStale) {
		t.Errorf("taking back again gives %v, want ErrStale", err)
	}
	w.wantClean()

	must(t, w.s.Restore(w.ctx(), ada.id, back.Item))
	if now := written(t, ada.draft(0), "json"); string(now) != string(after) {
		t.Errorf("out of the trash there came something else:\n%s", firstDifference(string(after), string(now)))
	}
	w.wantClean()
}

func TestTakingBackKeepsWhatWasStudiedOrEditedSince(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	id, plan := ada.take(pack("one", "two", "three"), store.Choices{})
	deck := plan.Decks[0].ID
	ids := ada.cards(deck)
	w.now = w.now.Add(1e9)
	ada.grade(ids[0], cards.Good)
	ada.edit(ada.card(ids[1]).Note, "two", "another back")
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != 1 || back.Studied != 1 || back.Edited != 1 {
		t.Errorf("taking back did %+v, want one note gone, one studied and one edited", back)
	}
	wantSame(t, "the cards that stay", ada.fronts(deck), []string{"one/0", "two/0"})
	w.wantClean()

	// Imported again, what was taken back comes anew, and the rest is there.
	_, plan = ada.take(pack("one", "two", "three"), store.Choices{})
	if plan.Notes.New != 1 || plan.Notes.Kept != 1 || plan.Notes.Same != 1 {
		t.Errorf("importing again did %+v, want one new, one kept, one the same", plan.Notes)
	}
	w.wantClean()
}

// TestTakingBackWhatSaysToBeChangedLater: a file whose notes were changed after the
// import, by a clock that is ahead, is taken back like any other.
func TestTakingBackWhatSaysToBeChangedLater(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	before := written(t, ada.draft(0), "json")
	d := pack("one", "two", "three")
	for i := range d.Notes {
		d.Notes[i].Modified = w.now.AddDate(1, 0, 0)
	}
	id, plan := ada.take(d, store.Choices{})
	w.now = w.now.Add(1e9)
	ada.edit(ada.card(ada.cards(plan.Decks[0].ID)[1]).Note, "two", "another back")
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != 2 || back.Edited != 1 || back.Studied != 0 {
		t.Errorf("taking back did %+v, want two notes gone and one edited", back)
	}
	w.wantClean()

	ben := w.join("ben")
	id, _ = ben.take(d, store.Choices{})
	if back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ben.id, id, w.now)); back.Notes != 3 || back.Edited != 0 {
		t.Errorf("taking back did %+v, want three notes gone", back)
	}
	if now := written(t, ben.draft(0), "json"); string(now) != string(before) {
		t.Errorf("after taking back there is\n%s", now)
	}
	w.wantClean()
}

func TestTakingAnUpdateBack(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.take(pack("one", "two"), store.Choices{})
	before := written(t, ada.draft(0), "json")

	newer := pack("one", "two", "three")
	newer.Notes[0].Fields[1], newer.Notes[0].Modified = "a better back", noon.AddDate(0, 0, -1)
	newer.NoteTypes[0].CSS, newer.NoteTypes[0].Modified = ".card { color: red }", noon
	started(newer, 1, 3, 10)
	id, plan := ada.take(newer, store.Choices{})
	if plan.Notes != (store.NoteCounts{New: 1, Changed: 1, Same: 1}) || plan.Cards.Newer != 1 || plan.Reviews != 1 {
		t.Fatalf("the update did %+v, %+v, %d reviews", plan.Notes, plan.Cards, plan.Reviews)
	}
	deck := plan.Decks[0].ID
	c := ada.card(ada.cards(deck)[1])
	if !c.Schedule.Seen || c.Schedule.Interval != 10 || c.Schedule.EFactor != 230 || c.Type.CSS == "" {
		t.Errorf("the card stands at %+v with CSS %q, want the file's progress and look", c.Schedule, c.Type.CSS)
	}
	w.wantClean()
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != 1 || back.Restored != 2 {
		t.Errorf("taking back did %+v, want one note gone and two things restored", back)
	}
	if now := written(t, ada.draft(0), "json"); string(now) != string(before) {
		t.Errorf("the account is not as it was:\n%s", firstDifference(string(before), string(now)))
	}
	w.wantClean()
}

// TestRealUpdates imports a package and its update, both of Anki's own tests: the
// update changes cards, and progress made here stays.
func TestRealUpdates(t *testing.T) {
	folder := shared(t, "decks")
	first, second := draftOf(t, filepath.Join(folder, "v1_anki_update1.apkg")), draftOf(t, filepath.Join(folder, "v1_anki_update2.apkg"))
	w := newWorld(t)
	ada := w.join("ada")
	_, plan := ada.take(first, store.Choices{})
	deck := plan.Decks[len(plan.Decks)-1].ID
	id := ada.cards(deck)[0]
	before := ada.card(id)
	review := ada.grade(id, cards.Good)
	_, plan = ada.take(second, store.Choices{})
	if plan.Notes.Changed != 1 || plan.Notes.New != 0 {
		t.Errorf("the update did %+v, want one note changed", plan.Notes)
	}
	after := ada.card(id)
	if after.Schedule != review.After || after.Fields[0] == before.Fields[0] && after.Fields[1] == before.Fields[1] {
		t.Errorf("the card is %+v at %+v, want other fields and the progress that was made", after.Fields, after.Schedule)
	}
	if again := ada.preview(second, store.Choices{}); !again.Nothing() {
		t.Errorf("the update again would do %+v", again)
	}
	w.wantClean()
}

func TestProgressIsNeverOverwrittenByAnOlderOne(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	old := pack("one")
	started(old, 0, 20, 5)
	_, plan := ada.take(old, store.Choices{})
	id := ada.cards(plan.Decks[0].ID)[0]
	mine := ada.grade(id, cards.Good).After

	if plan := ada.preview(old, store.Choices{}); plan.Cards.Older != 1 || !plan.Nothing() {
		t.Errorf("the same file would do %+v, want its progress to be the older", plan.Cards)
	}
	ada.take(old, store.Choices{Duplicates: store.TakeTheirs})
	if now := ada.card(id).Schedule; now != mine {
		t.Errorf("an older progress made %+v of %+v", now, mine)
	}

	w.now = w.now.AddDate(0, 0, 30)
	newer := pack("one")
	started(newer, 0, 20, 5)
	newer.Reviews = append(newer.Reviews, formats.Review{Card: 0, At: w.now.AddDate(0, 0, -2), Kind: formats.ReviewDue, Button: 4, Grade: cards.Easy, Interval: 40, Last: 5, Ease: 2450})
	c := &newer.Cards[0]
	c.Interval, c.Ease, c.Due, c.Reps = 40, 2450, dayOf(68), 2
	ada.take(newer, store.Choices{Without: formats.Parts{Progress: true}})
	if now := ada.card(id).Schedule; now != mine {
		t.Errorf("an import without progress made %+v of %+v", now, mine)
	}
	ada.take(newer, store.Choices{})
	if now := ada.card(id).Schedule; now.Interval != 40 || now.EFactor != 245 || now.Due != dayOf(68) {
		t.Errorf("a newer progress gives %+v, want the file's", now)
	}
	w.wantClean()
	if h := ada.history(id); len(h) != 3 || h[2].Kind != cards.EventImport {
		t.Errorf("the log is %+v, want the first import, the answer and the second import", h)
	}
}

func TestDuplicatesAsChosen(t *testing.T) {
	for _, c := range []struct {
		choice store.Duplicates
		want   store.NoteCounts
		cards  int
	}{
		{store.TakeNewer, store.NoteCounts{Kept: 1}, 1},
		{store.KeepMine, store.NoteCounts{Kept: 1}, 1},
		{store.TakeTheirs, store.NoteCounts{Changed: 1}, 1},
		{store.AddBoth, store.NoteCounts{New: 1}, 2},
	} {
		w := newWorld(t)
		ada := w.join("ada")
		_, plan := ada.take(pack("one"), store.Choices{})
		deck := plan.Decks[0].ID
		ada.edit(ada.card(ada.cards(deck)[0]).Note, "one", "mine")
		_, plan = ada.take(pack("one"), store.Choices{Duplicates: c.choice})
		if plan.Notes != c.want || len(ada.cards(deck)) != c.cards {
			t.Errorf("%q did %+v and leaves %d cards, want %+v and %d", c.choice, plan.Notes, len(ada.cards(deck)), c.want, c.cards)
		}
		if again := ada.preview(pack("one"), store.Choices{Duplicates: c.choice}); c.choice == store.AddBoth && !again.Nothing() {
			t.Errorf("%q again would do %+v, want nothing", c.choice, again.Notes)
		}
		w.wantClean()
	}
}

// TestAnImportOfAnOlderFormIsTakenBack: what an import had added before the numbers of
// its notes were kept with it is found all the same.
func TestAnImportOfAnOlderFormIsTakenBack(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.take(pack("before"), store.Choices{})
	id, _ := ada.take(pack("one", "two", "three"), store.Choices{})
	must(t, w.s.Close())
	db, err := sql.Open("sqlite3", w.path)
	must(t, err)
	migration := got[[]byte](t)(os.ReadFile(filepath.Join("migrations", "0009_import.sql")))
	for _, q := range []string{
		`ALTER TABLE imports DROP COLUMN first_note`, `ALTER TABLE imports DROP COLUMN last_note`,
		`CREATE INDEX notes_import ON notes (import_id) WHERE import_id > 0`, `CREATE INDEX cards_deck ON cards (deck_id)`,
		string(migration),
	} {
		_, err := db.Exec(q)
		must(t, err)
	}
	must(t, db.Close())
	w.open()
	back := got[store.TakenBack](t)(w.s.TakeBack(w.ctx(), ada.id, id, w.now))
	if back.Notes != 3 || back.Cards != 3 {
		t.Errorf("taking it back moves %+v, want 3 notes and cards", back)
	}
	w.wantClean()
}
