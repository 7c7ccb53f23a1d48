package anki_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	_ "github.com/mattn/go-sqlite3"
)

// entry is one file of a package.
type entry struct {
	name    string
	content []byte
	header  func(*zip.FileHeader)
}

// archive makes a package.
func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.header != nil {
			e.header(h)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// layout is the least that a collection of schema 11 has.
const layout = `
CREATE TABLE col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer, csum integer, flags integer, data text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer, time integer, type integer);
CREATE TABLE graves (usn integer, oid integer, type integer);`

const (
	basicModel = `{"5":{"id":5,"name":"Basic","type":0,"flds":[{"name":"Front","ord":0},{"name":"Back","ord":1}],"tmpls":[{"name":"Card 1","ord":0,"qfmt":"{{Front}}","afmt":"{{Back}}"}],"css":".card{}"}}`
	basicDeck  = `{"1":{"id":1,"name":"Default","dyn":0,"conf":1}}`
)

// row of col with the given version and JSON.
func colRow(version int, conf, models, decks string) string {
	q := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	return fmt.Sprintf("INSERT INTO col VALUES (1, 1500000000, 1600000000000, 0, %d, 0, 0, 0, %s, %s, %s, '{}', '{}');", version, q(conf), q(models), q(decks))
}

var (
	sound   = layout + colRow(11, "{}", basicModel, basicDeck)
	oneNote = "INSERT INTO notes VALUES (1600000000001, 'g1', 5, 1600000000, 0, '', 'front' || char(31) || 'back', 0, 0, 0, '');"
	oneCard = "INSERT INTO cards VALUES (1600000000002, 1600000000001, 1, 0, 1600000000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '');"
)

// collection makes a database of SQL statements.
func collection(t testing.TB, statements ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "c.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%.80s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// legacy is a package of the first generation.
func legacy(t testing.TB, statements ...string) []byte {
	t.Helper()
	return archive(t, entry{name: "collection.anki2", content: collection(t, statements...)}, entry{name: "media", content: []byte("{}")})
}

// zstandard compresses.
func zstandard(t testing.TB, content io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zeros are n zero bytes.
func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// latest is a package of the third generation around a collection.
func latest(t testing.TB, db []byte, list []byte, media ...[]byte) []byte {
	t.Helper()
	entries := []entry{
		{name: "meta", content: []byte{8, 3}},
		{name: "collection.anki21b", content: zstandard(t, bytes.NewReader(db))},
		{name: "media", content: zstandard(t, bytes.NewReader(list))},
	}
	for i, m := range media {
		entries = append(entries, entry{name: fmt.Sprint(i), content: m})
	}
	return archive(t, entries...)
}
