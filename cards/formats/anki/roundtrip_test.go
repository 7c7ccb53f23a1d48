package anki_test

import (
	"bytes"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/anki"
)

// packed is d as a package.
func packed(t testing.TB, d *formats.Draft, o formats.WriteOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := (anki.Family{}).Write(t.Context(), &b, d, anki.Package, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpacked(t testing.TB, b []byte) *formats.Draft {
	t.Helper()
	d, err := formats.Set{anki.Family{}}.Read(t.Context(), formats.Bytes("x.apkg", b), formats.Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestRealPackagesComeBack: what is read of a real package is read again from
// Recto's export of it, and the second export is the first one, byte for byte.
func TestRealPackagesComeBack(t *testing.T) {
	for _, k := range manifest(t) {
		if k.Integrity != "ok" || k.Schema > 18 {
			continue
		}
		t.Run(k.File, func(t *testing.T) {
			first, err := readFile(t, filepath.Join(decks(t), k.File))
			if err != nil {
				t.Fatal(err)
			}
			once := packed(t, first, formats.WriteOptions{})
			second := unpacked(t, once)
			if len(second.Troubles) > 0 {
				t.Errorf("troubles with our own package: %v", second.Troubles)
			}
			if twice := packed(t, second, formats.WriteOptions{}); !bytes.Equal(once, twice) {
				t.Error("the second export is not the first")
			}
			equal(t, first, second)
		})
	}
}

// equal compares what a package holds. Extras may grow: Anki insists on keys that
// other programs leave out.
func equal(t *testing.T, a, b *formats.Draft) {
	t.Helper()
	if !reflect.DeepEqual(a.Notes, b.Notes) && len(a.Notes)+len(b.Notes) > 0 {
		t.Error("other notes")
	}
	if !reflect.DeepEqual(a.Reviews, b.Reviews) && len(a.Reviews)+len(b.Reviews) > 0 {
		t.Error("other reviews")
	}
	for i := range a.Cards {
		if !reflect.DeepEqual(a.Cards[i], b.Cards[i]) {
			t.Fatalf("card %+v, want %+v", b.Cards[i], a.Cards[i])
		}
	}
	for i := range a.Decks {
		want, got := a.Decks[i], b.Decks[i]
		if want.Preset < 0 { // every deck has one in Anki
			got.Preset = -1
		}
		want.Extras, got.Extras = nil, nil
		if !reflect.DeepEqual(got, want) {
			t.Errorf("deck %+v, want %+v", got, want)
		}
	}
	for i := range a.NoteTypes {
		want, got := a.NoteTypes[i], b.NoteTypes[i]
		keeps(t, want.Name, got.Extras, want.Extras)
		for j := range want.Fields {
			keeps(t, want.Fields[j].Name, got.Fields[j].Extras, want.Fields[j].Extras)
		}
		if got.Name != want.Name || got.CSS != want.CSS || got.Cloze != want.Cloze || len(got.Fields) != len(want.Fields) || len(got.Templates) != len(want.Templates) {
			t.Errorf("note type %+v, want %+v", got, want)
		}
	}
	if len(a.Media) != len(b.Media) {
		t.Fatalf("%d media, want %d", len(b.Media), len(a.Media))
	}
	for i := range a.Media {
		if a.Media[i].Name != b.Media[i].Name || a.Media[i].SHA256 != b.Media[i].SHA256 {
			t.Errorf("medium %q differs", a.Media[i].Name)
		}
	}
}

func keeps(t *testing.T, what string, got, want formats.Extras) {
	t.Helper()
	for key, value := range want {
		if string(got[key]) != string(value) {
			t.Errorf("%s: %s is %s, want %s", what, key, got[key], value)
		}
	}
}

// TestADraftOfAnotherFormatBecomesAPackage: notes without numbers, times and
// settings get those that Anki insists on, in the order of the Draft.
func TestADraftOfAnotherFormatBecomesAPackage(t *testing.T) {
	d := &formats.Draft{
		NoteTypes: []formats.NoteType{{Name: "Basic", Fields: []formats.Field{{Name: "Front"}, {Name: "Back"}}, Templates: []formats.Template{{Name: "Card 1", Front: "{{Front}}", Back: "{{Back}}"}}}},
		Decks:     []formats.Deck{{Name: "Geo::Africa", Preset: -1}},
		Notes:     []formats.Note{{Fields: []string{"Chad", "N'Djamena"}, Tags: []string{"two words", "leech"}}, {GUID: "mali", Fields: []string{"Mali", "Bamako"}}},
	}
	due := cards.DayOf(2024, 2, 29)
	d.Cards = []formats.Card{
		{Note: 0, Deck: 0, State: formats.Reviewing, Due: due, Interval: 30, Ease: 2100, Reps: 4, Passes: 4, Lapses: 1},
		formats.NewCard(1, 0, 0, 2),
	}
	at := time.Date(2024, 1, 30, 12, 0, 0, 0, time.UTC)
	d.Reviews = []formats.Review{{Card: 0, At: at, Kind: formats.ReviewDue, Button: 3, Grade: 4, Interval: 30}, {Card: 0, At: at, Kind: formats.ReviewDue, Button: 1, Interval: 1}}

	got := unpacked(t, packed(t, d, formats.WriteOptions{}))
	if len(got.Troubles) > 0 {
		t.Errorf("troubles: %v", got.Troubles)
	}
	if len(got.Notes) != 2 || got.Notes[0].Fields[0] != "Chad" || got.Notes[0].GUID == "" || got.Notes[1].GUID != "mali" {
		t.Errorf("notes %+v", got.Notes)
	}
	if tags := strings.Join(got.Notes[0].Tags, " "); tags != "two_words leech" {
		t.Errorf("tags %q, want two_words leech", tags)
	}
	c := got.Cards[0]
	if c.Due != due || c.Interval != 30 || c.Ease != 2100 || got.Decks[c.Deck].Name != "Geo::Africa" {
		t.Errorf("card %+v, want one due on %s in Geo::Africa", c, due)
	}
	if len(got.Reviews) != 2 || !got.Reviews[0].At.Equal(at) || !got.Reviews[1].At.Equal(at.Add(time.Millisecond)) {
		t.Errorf("reviews %+v, want two a millisecond apart", got.Reviews)
	}
	without := unpacked(t, packed(t, d, formats.WriteOptions{Without: formats.Parts{Progress: true}}))
	if c := without.Cards[0]; c.State != formats.New || c.Position != 1 || c.Lapses != 0 || len(without.Reviews) != 0 || len(without.Notes[0].Tags) != 1 {
		t.Errorf("without progress: card %+v, %d reviews, tags %q", c, len(without.Reviews), without.Notes[0].Tags)
	}
}

// TestChecksums: the sort field and the checksum of a note are Anki's own, as the
// real packages have them.
func TestChecksums(t *testing.T) {
	tests := []struct{ field, want string }{
		{"plain", "plain"},
		{"a &amp; b&nbsp;c", "a & b c"},
		{"<b>bold</b><br>", "bold"},
		{`<img src="a b.png"> x`, " a b.png  x"},
		{`<IMG class=x SRC='y.png'>`, " y.png "},
		{"<style>.a{}</style>x<script>y</script><!-- z -->", "x"},
		{"1 < 2", "1 < 2"},
		{"[sound:x.mp3]", "[sound:x.mp3]"},
	}
	for _, test := range tests {
		if got := anki.Strip(test.field); got != test.want {
			t.Errorf("strip(%q) = %q, want %q", test.field, got, test.want)
		}
	}
}

func TestDueDaysInEveryZone(t *testing.T) {
	tests := []struct {
		what    string
		created int64 // 4:00 local time
		conf    string
		want    cards.Day
	}{
		{"UTC", 1699502400, `{"creationOffset":0}`, cards.DayOf(2023, 11, 9)},
		{"UTC, old", 1699502400, `{}`, cards.DayOf(2023, 11, 9)},
		{"Auckland", 1699502400 - 13*3600, `{"creationOffset":-780}`, cards.DayOf(2023, 11, 9)},
		{"Shanghai, old", 1699502400 - 8*3600, `{}`, cards.DayOf(2023, 11, 9)},
		{"Los Angeles, old", 1699502400 + 8*3600, `{}`, cards.DayOf(2023, 11, 9)},
		{"Los Angeles", 1699502400 + 8*3600, `{"creationOffset":480}`, cards.DayOf(2023, 11, 9)},
		{"an offset that is none", 1699502400, `{"creationOffset":99999}`, cards.DayOf(2023, 11, 9)},
	}
	for _, test := range tests {
		row := strings.Replace(colRow(11, test.conf, basicModel, basicDeck), "1500000000", strconv.FormatInt(test.created, 10), 1)
		card := "INSERT INTO cards VALUES (1600000000002, 1600000000001, 1, 0, 1600000000, 0, 2, 2, 10, 5, 2500, 3, 0, 0, 0, 0, 0, '');"
		d := unpacked(t, legacy(t, layout, row, oneNote, card))
		if got := d.Cards[0].Due; got != test.want+10 {
			t.Errorf("%s: due on %s, want %s", test.what, got, test.want+10)
		}
		if got := unpacked(t, packed(t, d, formats.WriteOptions{})).Cards[0].Due; got != test.want+10 {
			t.Errorf("%s: due on %s after an export, want %s", test.what, got, test.want+10)
		}
	}
}
