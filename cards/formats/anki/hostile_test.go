package anki_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/anki"
)

var keep = flag.String("keep", "", "a folder to write the hostile packages to")

// hostile is a package that means no good.
type hostile struct {
	what string
	file []byte
	want error                                // what it is refused with; nil if it is made harmless
	then func(t *testing.T, d *formats.Draft) // what it must be then
}

// bombSize is enough for a ratio to be seen; nothing larger is ever unpacked.
const bombSize = 64 << 20

// hostiles makes them all.
func hostiles(t testing.TB) []hostile {
	var all []hostile
	all = append(all, archives(t)...)
	all = append(all, listings(t)...)
	all = append(all, databases(t)...)
	return append(all, contents(t)...)
}

func notes(n int) func(*testing.T, *formats.Draft) {
	return func(t *testing.T, d *formats.Draft) {
		if len(d.Notes) != n {
			t.Errorf("%d notes, want %d", len(d.Notes), n)
		}
	}
}

func noMedia(t *testing.T, d *formats.Draft) {
	if len(d.Media) != 0 || len(d.Troubles) == 0 {
		t.Errorf("media %v, troubles %v; want none of it, and that said", d.Media, d.Troubles)
	}
}

// archives are wrong as zip archives.
func archives(t testing.TB) []hostile {
	db := collection(t, sound, oneNote, oneCard)
	good := entry{name: "collection.anki2", content: db}
	whole := archive(t, good, entry{name: "media", content: []byte("{}")})
	bomb := make([]byte, bombSize)
	big := archive(t, entry{name: "collection.anki2", content: bomb})
	bigMedium := archive(t, good, entry{name: "media", content: []byte(`{"0":"a.png"}`)}, entry{name: "0", content: bomb})
	bigList := archive(t, good, entry{name: "media", content: bomb})
	flag := func(bit uint16) func(*zip.FileHeader) { return func(h *zip.FileHeader) { h.Flags |= bit } }
	link := func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }
	wrongSum := bytes.Clone(archive(t, entry{name: "collection.anki2", content: db, header: func(h *zip.FileHeader) { h.Method = zip.Store }}))
	wrongSum[2000] ^= 0xFF
	var many []entry
	for i := range 120_000 {
		many = append(many, entry{name: fmt.Sprint("x", i)})
	}
	return []hostile{
		{what: "an archive cut in half", file: whole[:len(whole)/2], want: formats.ErrDamaged},
		{what: "an archive of nothing", file: archive(t), want: formats.ErrUnknown},
		{what: "names that lead out", file: archive(t, good, entry{name: "../../evil", content: []byte("x")}, entry{name: "/tmp/evil", content: []byte("x")}, entry{name: `C:\evil`, content: []byte("x")}), then: notes(1)},
		{what: "a collection of 64 MiB of zeros", file: big, want: formats.ErrTooLarge},
		{what: "a medium of 64 MiB of zeros", file: bigMedium, want: formats.ErrTooLarge},
		{what: "a list of media of 64 MiB of zeros", file: bigList, want: formats.ErrTooLarge},
		{what: "120,000 entries", file: archive(t, append(many, good)...), want: formats.ErrTooLarge},
		{what: "a link for a collection", file: archive(t, entry{name: "collection.anki2", content: []byte("/etc/passwd"), header: link}), want: formats.ErrUnsafe},
		{what: "a link for a medium", file: archive(t, good, entry{name: "media", content: []byte(`{"0":"a.png"}`)}, entry{name: "0", content: []byte("/etc/passwd"), header: link}), then: noMedia},
		{what: "an encrypted collection", file: archive(t, entry{name: "collection.anki2", content: db, header: flag(1)}), want: formats.ErrDamaged},
		{what: "a checksum that is wrong", file: wrongSum, want: formats.ErrDamaged},
		{what: "two collections of one name", file: archive(t, good, entry{name: "collection.anki2", content: []byte("other")}), then: notes(1)},
		{what: "a folder for a collection", file: archive(t, entry{name: "collection.anki2/", header: func(h *zip.FileHeader) { h.Method = zip.Store }}), want: formats.ErrUnknown},
		{what: "3,000 media that share their bytes", file: shared(t, db), want: formats.ErrTooLarge},
		{what: "an unknown method of compression", file: method(whole, 99), want: formats.ErrDamaged},
		{what: "no collection but a version", file: archive(t, entry{name: "meta", content: []byte{8, 3}}), want: formats.ErrUnknown},
		{what: "version 0", file: archive(t, good, entry{name: "meta", content: []byte{8, 0}}), want: formats.ErrTooNew},
		{what: "version 4", file: archive(t, good, entry{name: "meta", content: []byte{8, 4}}), want: formats.ErrTooNew},
		{what: "version 2^63", file: archive(t, good, entry{name: "meta", content: []byte{8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}}), want: formats.ErrTooNew},
		{what: "a version that is none", file: archive(t, good, entry{name: "meta", content: []byte("hello")}), want: formats.ErrDamaged},
		{what: "the third generation without zstd", file: archive(t, entry{name: "meta", content: []byte{8, 3}}, entry{name: "collection.anki21b", content: db}), want: formats.ErrDamaged},
		{what: "the placeholder alone", file: legacy(t, sound, strings.Replace(oneNote, "'front'", "'Please update to the latest Anki version, then import the .apkg file again.'", 1)), want: formats.ErrDamaged},
	}
}

// shared is a package whose 3,000 media are all the same bytes of the archive,
// 1 MiB of zeros each 12 MiB when unpacked.
func shared(t testing.TB, db []byte) []byte {
	var list strings.Builder
	entries := []entry{{name: "collection.anki2", content: db}, {name: "0", content: make([]byte, 12<<20)}}
	list.WriteString(`{"0":"0.png"`)
	for i := 1; i < 3000; i++ {
		fmt.Fprintf(&list, `,"%d":"%d.png"`, i, i)
		entries = append(entries, entry{name: fmt.Sprint(i)})
	}
	entries = append(entries, entry{name: "media", content: []byte(list.String() + "}")})
	b := archive(t, entries...)
	// Point every empty entry of the directory at the bytes of "0".
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	at := int(binary.LittleEndian.Uint32(b[end+16:]))
	var model []byte
	for at < end {
		name, extra, comment := int(binary.LittleEndian.Uint16(b[at+28:])), int(binary.LittleEndian.Uint16(b[at+30:])), int(binary.LittleEndian.Uint16(b[at+32:]))
		switch key := string(b[at+46 : at+46+name]); {
		case key == "0":
			model = bytes.Clone(b[at : at+46])
		case model != nil && key != "media":
			copy(b[at+8:at+28], model[8:28])
			copy(b[at+42:at+46], model[42:46])
		}
		at += 46 + name + extra + comment
	}
	return b
}

// method changes how the entries of an archive say they are compressed.
func method(b []byte, m byte) []byte {
	b = bytes.Clone(b)
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return b
		}
		at += i + 4
		b[at+6] = m
	}
}

// listings are wrong in the list of media or in the media.
func listings(t testing.TB) []hostile {
	db := collection(t, sound, oneNote, oneCard)
	with := func(list string, media ...string) []byte {
		entries := []entry{{name: "collection.anki2", content: db}, {name: "media", content: []byte(list)}}
		for i, m := range media {
			entries = append(entries, entry{name: fmt.Sprint(i), content: []byte(m)})
		}
		return archive(t, entries...)
	}
	names := func(want ...string) func(*testing.T, *formats.Draft) {
		return func(t *testing.T, d *formats.Draft) {
			var got []string
			for _, m := range d.Media {
				got = append(got, m.Name)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("media %q, want %q", got, want)
			}
		}
	}
	wide := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00} // a frame that asks for a window of 2 GiB
	message := func(name string) []byte {
		inner := append([]byte{10, byte(len(name))}, name...)
		return append([]byte{10, byte(len(inner))}, inner...)
	}
	return []hostile{
		{what: "a medium that climbs", file: with(`{"0":"../../../etc/cron.d/evil"}`, "x"), then: names("......etccron.devil")},
		{what: "a medium with a root", file: with(`{"0":"/etc/passwd"}`, "x"), then: names("etcpasswd")},
		{what: "a medium on a drive", file: with(`{"0":"C:\\Windows\\x.dll"}`, "x"), then: names("CWindowsx.dll")},
		{what: "a medium that is a device", file: with(`{"0":"CON.png","1":"lpt1"}`, "x", "y"), then: names("CON_.png", "lpt1_")},
		{what: "media that are dots", file: with(`{"0":"..","1":".","2":" . ","3":""}`, "a", "b", "c", "d"), then: names()},
		{what: "a medium with a zero byte", file: with(`{"0":"a\u0000.png"}`, "x"), then: names("a.png")},
		{what: "a medium that turns its writing", file: with(`{"0":"x\u202egpj.exe"}`, "x"), then: names("xgpj.exe")},
		{what: "a medium whose name is 10,000 letters", file: with(`{"0":"`+strings.Repeat("ä", 10_000)+`.png"}`, "x"), then: names(strings.Repeat("ä", 58) + ".png")},
		{what: "two media of one name", file: with(`{"0":"a.png","1":"a.png"}`, "x", "y"), then: names("a.png", "a-a1fce436.png")},
		{what: "two names that become one", file: with(`{"0":"a?.png","1":"a.png"}`, "x", "x"), then: names("a.png")},
		{what: "media that are not there", file: with(`{"0":"a.png","7":"b.png"}`), then: noMedia},
		{what: "keys that are no numbers", file: with(`{"x":"a.png","../0":"b.png"}`, "x"), then: noMedia},
		{what: "a list that is a list", file: with(`["a.png"]`, "x"), want: formats.ErrDamaged},
		{what: "a deep list", file: with(strings.Repeat(`{"0":`, 100_000), "x"), want: formats.ErrTooLarge},
		{what: "a collection of 64 MiB of zeros in zstd", file: archive(t, entry{name: "meta", content: []byte{8, 3}}, entry{name: "collection.anki21b", content: zstandard(t, zeros(bombSize))}), want: formats.ErrTooLarge},
		{what: "a zstd window of 2 GiB", file: archive(t, entry{name: "collection.anki21b", content: wide}), want: formats.ErrTooLarge},
		{what: "a list of 128 MiB of zeros in zstd", file: archive(t, entry{name: "collection.anki21b", content: zstandard(t, bytes.NewReader(db))}, entry{name: "media", content: zstandard(t, zeros(2*bombSize))}), want: formats.ErrTooLarge},
		{what: "a medium of 64 MiB of zeros in zstd", file: latest(t, db, message("a.png"), zstandard(t, zeros(bombSize))), want: formats.ErrTooLarge},
		{what: "a list that is no message", file: latest(t, db, []byte("\xff\xff\xff\xff")), want: formats.ErrDamaged},
		{what: "a name longer than its message", file: latest(t, db, []byte{10, 5, 10, 200, 1}), want: formats.ErrDamaged},
		{what: "a medium without zstd", file: latest(t, db, message("a.png"), []byte("plain")), then: noMedia},
		{what: "a climbing medium of the third generation", file: latest(t, db, message("../a.png"), zstandard(t, strings.NewReader("x"))), then: names("..a.png")},
	}
}

// databases are wrong as databases.
func databases(t testing.TB) []hostile {
	good := collection(t, sound, oneNote, oneCard)
	replaced := func(table, with string) []byte { return legacy(t, sound, oneNote, "DROP TABLE "+table, with) }
	endless := " AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id, n AS nid, n AS flds FROM r"
	schema := func(sql string) []byte {
		return legacy(t, sound, oneNote, "PRAGMA writable_schema = ON", sql)
	}
	wal := bytes.Clone(good)
	wal[18], wal[19] = 2, 2
	return []hostile{
		{what: "a view for cards that never ends", file: replaced("cards", "CREATE VIEW cards"+endless), want: formats.ErrUnsafe},
		{what: "a view for notes that never ends", file: replaced("notes", "CREATE VIEW notes"+endless), want: formats.ErrUnsafe},
		{what: "a view for the log", file: replaced("revlog", "CREATE VIEW revlog"+endless), want: formats.ErrUnsafe},
		{what: "a view for col", file: replaced("col", "CREATE VIEW col AS SELECT 1 AS crt, 11 AS ver"), want: formats.ErrUnsafe},
		{what: "a virtual table for notes", file: schema("UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE notes USING rtree(id, a, b)', rootpage = 0 WHERE name = 'notes'"), want: formats.ErrUnsafe},
		{what: "a computed column", file: replaced("cards", "CREATE TABLE cards (id integer primary key, nid integer AS (id * 2), did, ord)"), want: formats.ErrUnsafe},
		{what: "a stored computed column", file: replaced("notes", "CREATE TABLE notes (id integer primary key, guid, mid, flds AS (hex(zeroblob(100000000))) STORED)"), want: formats.ErrUnsafe},
		{what: "a view of another name", file: legacy(t, sound, oneNote, "CREATE VIEW x"+endless), then: notes(1)},
		{what: "triggers", file: legacy(t, sound, oneNote, "CREATE TRIGGER tr AFTER INSERT ON notes BEGIN DELETE FROM notes; END"), then: notes(1)},
		{what: "an index on an expression", file: legacy(t, sound, oneNote, "CREATE INDEX ix ON notes (lower(flds) || hex(guid))"), then: notes(1)},
		{what: "a standard value that runs a function", file: legacy(t, sound, oneNote, "CREATE TABLE extra (a DEFAULT (hex(randomblob(9))), b CHECK (length(a) > 1))"), then: notes(1)},
		{what: "a schema that is no SQL", file: schema("UPDATE sqlite_schema SET sql = 'CREATE TABLE notes (((' WHERE name = 'notes'"), want: formats.ErrDamaged},
		{what: "a table on a page that is not there", file: schema("UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'notes'"), want: formats.ErrDamaged},
		{what: "two tables on one page", file: schema("UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'notes') WHERE name = 'cards'"), then: notes(1)},
		{what: "a collection that is text", file: archive(t, entry{name: "collection.anki2", content: []byte("hello")}), want: formats.ErrDamaged},
		{what: "a collection of nothing", file: archive(t, entry{name: "collection.anki2"}), want: formats.ErrDamaged},
		{what: "a database without tables", file: legacy(t, "CREATE TABLE x (a)"), want: formats.ErrDamaged},
		{what: "a header and no more", file: archive(t, entry{name: "collection.anki2", content: good[:100]}), want: formats.ErrDamaged},
		{what: "half a database", file: archive(t, entry{name: "collection.anki2", content: good[:len(good)/2]}), want: formats.ErrDamaged},
		{what: "a database that waits for its log", file: archive(t, entry{name: "collection.anki2", content: wal}), then: notes(1)},
		{what: "no row in col", file: legacy(t, layout), want: formats.ErrDamaged},
		{what: "two rows in col", file: legacy(t, sound, oneNote, "INSERT INTO col SELECT 2, crt, mod, scm, 250, dty, usn, ls, '', '', '', '', '' FROM col"), then: notes(1)},
		{what: "schema 250", file: legacy(t, layout, colRow(250, "", "", "")), want: formats.ErrTooNew},
		{what: "schema 3", file: legacy(t, layout, colRow(3, "", "", "")), want: formats.ErrTooOld},
		{what: "no table of notes", file: legacy(t, sound, "DROP TABLE notes"), want: formats.ErrDamaged},
		{what: "no table of cards", file: legacy(t, sound, "DROP TABLE cards"), want: formats.ErrDamaged},
		{what: "no log", file: legacy(t, sound, oneNote, "DROP TABLE revlog"), then: notes(1)},
		{what: "a table of 1,000 columns", file: legacy(t, sound, oneNote, "CREATE TABLE wide (c"+columns(1000)+")"), then: notes(1)},
	}
}

func columns(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ", c%d", i)
	}
	return b.String()
}

// contents are wrong in what the rows say.
func contents(t testing.TB) []hostile {
	model := func(m string) []byte { return legacy(t, layout, colRow(11, "{}", m, basicDeck), oneNote, oneCard) }
	deck := func(d string) []byte { return legacy(t, layout, colRow(11, "{}", basicModel, d), oneNote, oneCard) }
	note := func(values string) []byte { return legacy(t, sound, "INSERT INTO notes VALUES ("+values+")") }
	card := func(values string) []byte { return legacy(t, sound, oneNote, "INSERT INTO cards VALUES ("+values+")") }
	many := `{"5":{"id":5,"name":"x","flds":[` + strings.TrimSuffix(strings.Repeat(`{"name":"f"},`, 5000), ",") + `],"tmpls":[]}}`
	tables18 := "CREATE TABLE notetypes (id integer primary key, name text, mtime_secs integer, usn integer, config blob); CREATE TABLE fields (ntid, ord, name, config); CREATE TABLE templates (ntid, ord, name, mtime_secs, usn, config);"
	first := func(check func(c formats.Card) bool) func(*testing.T, *formats.Draft) {
		return func(t *testing.T, d *formats.Draft) {
			if len(d.Cards) != 1 || !check(d.Cards[0]) {
				t.Errorf("cards %+v", d.Cards)
			}
		}
	}
	return []hostile{
		{what: "deep note types", file: model(`{"5":` + strings.Repeat("[", 100_000) + `}`), want: formats.ErrTooLarge},
		{what: "note types in a list", file: model(`{`), want: formats.ErrDamaged},
		{what: "20 MiB of note types", file: model(`{"5":"` + strings.Repeat("x", 20<<20) + `"}`), want: formats.ErrTooLarge},
		{what: "a note type that is a number", file: model(`{"5":7}`), then: notes(1)},
		{what: "a note type of nothing", file: model(`{"5":{}}`), then: notes(1)},
		{what: "5,000 fields", file: model(many), want: formats.ErrTooLarge},
		{what: "deep settings", file: legacy(t, layout, colRow(11, strings.Repeat(`{"a":`, 100_000), basicModel, basicDeck)), want: formats.ErrTooLarge},
		{what: "a deck without a name", file: deck(`{"1":{"id":1,"name":""}}`), then: notes(1)},
		{what: "a deck of 100,000 levels", file: deck(`{"1":{"id":1,"name":"` + strings.Repeat("a::", 100_000) + `"}}`), then: func(t *testing.T, d *formats.Draft) {
			if n := len(d.Decks[0].Name); n > 4000 {
				t.Errorf("a deck's name of %d bytes", n)
			}
		}},
		{what: "a deck whose name turns its writing", file: deck(`{"1":{"id":1,"name":"a\u202e\u0007b"}}`), then: func(t *testing.T, d *formats.Draft) {
			if d.Decks[0].Name != "ab" {
				t.Errorf("a deck called %q, want ab", d.Decks[0].Name)
			}
		}},
		{what: "decks that are all filtered", file: deck(`{"1":{"id":1,"name":"Default","dyn":1}}`), then: notes(1)},
		{what: "a note of a type that is gone", file: note("1, 'g', 77, 0, 0, '', 'a' || char(31) || 'b' || char(31) || 'c', 0, 0, 0, ''"), then: notes(1)},
		{what: "a note of nothing", file: note("1, NULL, 5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"), then: notes(1)},
		{what: "a note of 1,000 fields", file: note("1, 'g', 5, 0, 0, '', replace(hex(zeroblob(500)), '00', 'a' || char(31)), 0, 0, 0, ''"), then: notes(1)},
		{what: "a field of 20 MiB", file: note("1, 'g', 5, 0, 0, '', hex(randomblob(10485760)), 0, 0, 0, ''"), want: formats.ErrTooLarge},
		{what: "a field of 70 MiB", file: note("1, 'g', 5, 0, 0, '', hex(randomblob(36000000)), 0, 0, 0, ''"), want: formats.ErrTooLarge},
		{what: "an identifier of 1 MiB", file: note("1, hex(zeroblob(500000)), 5, 0, 0, '', 'a', 0, 0, 0, ''"), then: notes(1)},
		{what: "a field that is a blob", file: note("1, x'00ff', 5, 'x', 0, x'20ff', x'61001f62ff', 0, 0, 0, ''"), then: func(t *testing.T, d *formats.Draft) {
			if len(d.Notes) != 1 || d.Notes[0].Fields[0] != "a" || d.Notes[0].Fields[1] != "b\uFFFD" {
				t.Errorf("notes %+v", d.Notes)
			}
		}},
		{what: "a note below 0", file: note("-9223372036854775808, 'g', 5, 9223372036854775807, 0, '', 'a', 0, 0, 0, ''"), then: notes(1)},
		{what: "a card of numbers beyond all", file: card("2, 1600000000001, 1, 0, 9223372036854775807, 0, 2, 2, 9223372036854775807, 9223372036854775807, -5, -1, -1, -9223372036854775808, 9223372036854775807, 0, 255, ''"),
			then: first(func(c formats.Card) bool {
				return c.Interval > 0 && c.Ease == 0 && c.Reps == 0 && c.Modified.Year() == 2020
			})},
		{what: "a card of fractions and text", file: card("2, 1600000000001, 1, '0', 'soon', 0, 2.0, '2', 12.7, '30', 2500.5, 'x', NULL, 0, 0, 0, 0, x'00'"),
			then: first(func(c formats.Card) bool { return c.Interval == 30 && c.Ease == 2500 && c.State == formats.Reviewing })},
		{what: "a card of unknown kinds", file: card("2, 1600000000001, 1, 0, 0, 0, 77, -9, 5, 0, 0, 0, 0, 0, 0, 0, 0, ''"), then: first(func(c formats.Card) bool { return c.State == formats.New })},
		{what: "a card at place -1", file: card("2, 1600000000001, 1, -1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, ''"), then: func(t *testing.T, d *formats.Draft) {
			if len(d.Cards) != 0 || len(d.Troubles) != 1 {
				t.Errorf("cards %v, troubles %v", d.Cards, d.Troubles)
			}
		}},
		{what: "a card of no note and no deck", file: card("2, 7, 7, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, ''"), then: notes(1)},
		{what: "a scheduler's memory that is deep", file: card("2, 1600000000001, 1, 0, 0, 0, 2, 2, 5, 1, 2500, 1, 0, 0, 0, 0, 0, replace(hex(zeroblob(20000)), '00', '[')"), then: notes(1)},
		{what: "reviews at impossible times", file: legacy(t, sound, oneNote, oneCard, "INSERT INTO revlog VALUES (-1, 1600000000002, 0, 9, 1, 1, 1, -5, 77), (9223372036854775807, 1, 0, 3, 1, 1, 1, 1, 1), (1600000000003, 1600000000002, 0, 9, 1, 1, 1, 9223372036854775807, 77)"),
			then: func(t *testing.T, d *formats.Draft) {
				if len(d.Reviews) != 1 || d.Reviews[0].Button != 4 || d.Reviews[0].Kind != formats.ReviewManual {
					t.Errorf("reviews %+v", d.Reviews)
				}
			}},
		{what: "settings of schema 18 that are no messages", file: legacy(t, layout, colRow(18, "", "", ""), tables18, "INSERT INTO notetypes VALUES (5, 'x', 0, 0, x'ffffffff')"), want: formats.ErrDamaged},
		{what: "settings of schema 18 that are text", file: legacy(t, layout, colRow(18, "", "", ""), tables18, "INSERT INTO notetypes VALUES (5, 'x', 0, 0, 'hello')"), want: formats.ErrDamaged},
		{what: "schema 18 without fields", file: legacy(t, layout, colRow(18, "", "", ""), tables18, "INSERT INTO notetypes VALUES (5, 'x', 0, 0, x'')", "DROP TABLE fields"), want: formats.ErrDamaged},
	}
}

// TestReferencesFollowNames: a field that names a medium otherwise than the list
// does names it as it is called afterwards, and no other text changes.
func TestReferencesFollowNames(t *testing.T) {
	field := "e\u0301 [sound:e\u0301.mp3] <img src=\"a/b.png\"> <img src='e\u0301.png'> https://x/e\u0301"
	db := collection(t, sound, "INSERT INTO notes VALUES (1, 'g', 5, 0, 0, '', '"+strings.ReplaceAll(field, "'", "''")+"', 0, 0, 0, '')")
	d := unpacked(t, archive(t, entry{name: "collection.anki2", content: db}, entry{name: "media", content: []byte(`{"0":"\u00e9.mp3","1":"a/b.png","2":"e\u0301.png"}`)},
		entry{name: "0", content: []byte("x")}, entry{name: "1", content: []byte("y")}, entry{name: "2", content: []byte("z")}))
	want := "e\u0301 [sound:\u00e9.mp3] <img src=\"ab.png\"> <img src='\u00e9.png'> https://x/e\u0301"
	if got := d.Notes[0].Fields[0]; got != want {
		t.Errorf("the field is %q, want %q", got, want)
	}
}

func TestHostilePackages(t *testing.T) {
	all := hostiles(t)
	if len(all) < 60 {
		t.Errorf("%d hostile packages, want 60", len(all))
	}
	for _, h := range all {
		if *keep != "" {
			name := strings.NewReplacer(" ", "_", "/", "").Replace(h.what) + ".apkg"
			if err := os.WriteFile(filepath.Join(*keep, name), h.file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(h.what, func(t *testing.T) {
			temp := t.TempDir()
			d, err := formats.Set{anki.Family{}}.Read(t.Context(), formats.Bytes("x.apkg", h.file), formats.Options{TempDir: temp})
			left, readErr := os.ReadDir(temp)
			if readErr != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, readErr)
			}
			if !errors.Is(err, h.want) || h.want == nil && err != nil {
				t.Fatalf("%v, want %v", err, h.want)
			}
			if err != nil {
				if s := err.Error(); len(s) > 400 || strings.Contains(s, temp) {
					t.Errorf("the sentence is none for a person: %s", s)
				}
				return
			}
			defer d.Close()
			h.then(t, d)
			writable(t, d)
		})
	}
}

// writable makes sure that a Draft is sound: it can be written, and read again
// with as much in it.
func writable(t *testing.T, d *formats.Draft) {
	t.Helper()
	var b bytes.Buffer
	if _, err := (anki.Family{}).Write(t.Context(), &b, d, anki.Package, formats.WriteOptions{}); err != nil {
		t.Fatalf("it cannot be written: %v", err)
	}
	again, err := formats.Set{anki.Family{}}.Read(t.Context(), formats.Bytes("y.apkg", b.Bytes()), formats.Options{})
	if err != nil {
		t.Fatalf("what was written cannot be read: %v", err)
	}
	defer again.Close()
	if len(again.Notes) != len(d.Notes) || len(again.Cards) != len(d.Cards) || len(again.Reviews) != len(d.Reviews) || len(again.Media) != len(d.Media) {
		t.Errorf("written and read again: %d notes, %d cards, %d reviews, %d media; want %d, %d, %d, %d", len(again.Notes), len(again.Cards), len(again.Reviews), len(again.Media),
			len(d.Notes), len(d.Cards), len(d.Reviews), len(d.Media))
	}
}

// TestDamagedBytes: whatever bytes of a collection are hit, reading it is an error
// of ours or a Draft that is sound.
func TestDamagedBytes(t *testing.T) {
	good := collection(t, sound, oneNote, oneCard)
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same on every run
	for range 300 {
		b := bytes.Clone(good)
		for range 1 + random.IntN(20) {
			b[random.IntN(len(b))] = byte(random.IntN(256))
		}
		d, err := formats.Set{anki.Family{}}.ReadAs(t.Context(), formats.Bytes("x.anki2", b), anki.Collection, formats.Options{TempDir: t.TempDir()})
		if err == nil {
			writable(t, d)
			d.Close()
			continue
		}
		if !errors.Is(err, formats.ErrDamaged) && !errors.Is(err, formats.ErrUnsafe) && !errors.Is(err, formats.ErrTooNew) && !errors.Is(err, formats.ErrTooOld) && !errors.Is(err, formats.ErrTooLarge) {
			t.Errorf("not an error for a person: %v", err)
		}
	}
}
