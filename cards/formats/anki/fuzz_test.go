package anki_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// forAPerson reports whether an error is one of ours, with a sentence.
func forAPerson(t *testing.T, err error) {
	t.Helper()
	if s := err.Error(); !strings.Contains(s, "this file") && !strings.Contains(s, "no deck") {
		t.Errorf("not an error for a person: %v", err)
	}
}

// FuzzCollection hits the bytes of a bare collection.
func FuzzCollection(f *testing.F) {
	f.Add(collection(f, sound, oneNote, oneCard))
	f.Add(collection(f, "PRAGMA page_size = 512", sound, oneNote, oneCard))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := formats.Set{anki.Family{}}.ReadAs(t.Context(), formats.Bytes("x.anki2", b), anki.Collection, formats.Options{TempDir: t.TempDir()})
		if err != nil {
			forAPerson(t, err)
			return
		}
		defer d.Close()
		writable(t, d)
	})
}

// FuzzPackage hits the bytes of packages of every generation.
func FuzzPackage(f *testing.F) {
	db := collection(f, sound, oneNote, oneCard)
	f.Add(legacy(f, sound, oneNote))
	f.Add(latest(f, db, []byte{10, 7, 10, 5, 'a', '.', 'p', 'n', 'g'}, zstandard(f, strings.NewReader("x"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := formats.Set{anki.Family{}}.Read(t.Context(), formats.Bytes("x.apkg", b), formats.Options{TempDir: t.TempDir()})
		if err != nil {
			forAPerson(t, err)
			return
		}
		defer d.Close()
		writable(t, d)
	})
}

// FuzzRows fills a sound collection with whatever rows may hold. What is read has
// to come back from an export as it was.
func FuzzRows(f *testing.F) {
	f.Add("{}", basicModel, basicDeck, "g", "front\x1fback", " a b ", int64(5), int64(2), int64(2), int64(30), int64(2500), int64(0), int64(0), `{"pos":3}`, int64(3), int64(1))
	f.Add(`{"rollover":3,"creationOffset":-60,"schedVer":2}`, `{"5":{"flds":[{"name":""}],"type":1}}`, `{"1":{"name":"a::b","dyn":1}}`, "", "", "", int64(0), int64(1), int64(-1), int64(1700000000), int64(-5), int64(7), int64(9), "x", int64(0), int64(9))
	f.Fuzz(func(t *testing.T, conf, models, decks, guid, flds, tags string, mid, kind, queue, due, factor, odue, odid int64, data string, ease, review int64) {
		path := filepath.Join(t.TempDir(), "c.db")
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		for _, s := range []struct {
			sql  string
			args []any
		}{
			{"PRAGMA synchronous = OFF", nil},
			{layout, nil},
			{"INSERT INTO col VALUES (1, 1500000000, 1600000000000, 0, 11, 0, 0, 0, ?, ?, ?, '{}', '{}')", []any{conf, models, decks}},
			{"INSERT INTO notes VALUES (1600000000001, ?, ?, 1600000000, 0, ?, ?, 0, 0, 0, '')", []any{guid, mid, tags, flds}},
			{"INSERT INTO cards VALUES (1600000000002, 1600000000001, 1, 0, 1600000000, 0, ?, ?, ?, 5, ?, 0, 0, 0, ?, ?, 0, ?)", []any{kind, queue, due, factor, odue, odid, data}},
			{"INSERT INTO revlog VALUES (1600000000003, 1600000000002, 0, ?, 1, 1, 2500, 100, ?)", []any{ease, review}},
		} {
			if _, err := db.Exec(s.sql, s.args...); err != nil {
				t.Fatal(err)
			}
		}
		db.Close()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := formats.Set{anki.Family{}}.ReadAs(t.Context(), formats.Bytes("c.anki2", b), anki.Collection, formats.Options{TempDir: t.TempDir()})
		if err != nil {
			forAPerson(t, err)
			return
		}
		defer d.Close()
		again := unpacked(t, packed(t, d, formats.WriteOptions{}))
		if d.Notes[0].GUID == "" {
			again.Notes[0].GUID = ""
		}
		again.Notes[0].Type, d.Notes[0].Type = 0, 0 // a type that was made up stands in another place
		if !reflect.DeepEqual(again.Notes, d.Notes) || !reflect.DeepEqual(again.Reviews, d.Reviews) {
			t.Errorf("after an export:\n got %#v %#v\nwant %#v %#v", again.Notes, again.Reviews, d.Notes, d.Reviews)
		}
		if len(d.Cards) > 0 {
			got, want := again.Cards[0], d.Cards[0]
			if want.State == formats.Reviewing && want.Ease == 0 { // Anki insists on one
				want.Ease = 2500
			}
			got.Deck, want.Deck = 0, 0
			if !reflect.DeepEqual(got, want) {
				t.Errorf("a card after an export:\n got %+v\nwant %+v", got, want)
			}
		}
	})
}
