package rectojson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/anki"
	"recto/cards/formats/rectojson"
)

var set = formats.Set{rectojson.Family{}, anki.Family{}}

// written is d as a document.
func written(t testing.TB, d *formats.Draft) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := set.Write(t.Context(), &b, d, rectojson.ID, formats.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, document string) (*formats.Draft, error) {
	t.Helper()
	d, err := set.Read(t.Context(), formats.Bytes("x.json", []byte(document)), formats.Options{})
	if err == nil {
		t.Cleanup(func() { d.Close() })
	}
	return d, err
}

// sample is a Draft with something of everything.
func sample() *formats.Draft {
	at := time.Date(2024, 2, 29, 23, 59, 1, 234e6, time.UTC)
	content := []byte("\x89PNG\r\n\x1a\n and so on")
	return &formats.Draft{
		Format: "json", Made: at,
		NoteTypes: []formats.NoteType{{
			ID: 7, Name: "Басик <b>", CSS: ".card { color: red }", Cloze: true, SortField: 1, Modified: at,
			Fields:    []formats.Field{{Name: "Front"}, {Name: "Back", RTL: true, Extras: formats.Extras{"anki.font": json.RawMessage(`"Arial"`)}}},
			Templates: []formats.Template{{Name: "Card 1", Front: "{{cloze:Front}}", Back: "{{Back}}\u2028"}},
		}},
		Decks:   []formats.Deck{{ID: 1, Name: "A::B", Preset: 0}, {Name: "Saved", Filtered: true, Preset: -1, Extras: formats.Extras{"anki.terms": json.RawMessage(`[["is:due",100,0]]`)}}},
		Presets: []formats.Preset{{ID: 1, Name: "Default"}},
		Notes:   []formats.Note{{ID: 3, GUID: "<&>#,;", Fields: []string{"{{c1::a}}\n\t\"", "[sound:x.mp3]"}, Tags: []string{"geo::africa"}, Created: at, Modified: at}, {GUID: "b", Fields: []string{"", ""}}},
		Cards: []formats.Card{
			{ID: 4, Deck: 0, State: formats.Reviewing, Position: 9, Due: 19782, Interval: 12, Ease: 2350, Reps: 7, Passes: 3, Lapses: 1, Flag: 4, Suspended: true, Modified: at, Memory: `{"s":12.5,"d":5}`},
			{ID: 5, Note: 1, State: formats.Learning, Due: 19782, DueAt: at, Left: 2, Passes: -1, Buried: formats.BuriedByUser},
			{ID: 6, Note: 1, Ordinal: 1, State: formats.New, Position: 3, Passes: -1},
		},
		Reviews: []formats.Review{
			{Card: 0, CardID: 4, At: at, Kind: formats.ReviewDue, Button: 3, Grade: 4, Interval: 12, Last: -600, Ease: 2350, Took: 4321 * time.Millisecond},
			{Card: -1, CardID: 99, At: at.Add(time.Second), Kind: formats.ReviewManual},
		},
		Articles: []json.RawMessage{json.RawMessage(`{"title":"x","data":"not a medium"}`)},
		Media: []formats.Media{{
			Name: "bild ä.png", Size: int64(len(content)), SHA256: [32]byte{},
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
		}},
		Extras: formats.Extras{"anki.conf": json.RawMessage(`{"data":"kept","media":[{"data":"kept too"}]}`)},
	}
}

func TestADocumentHoldsEverything(t *testing.T) {
	want := sample()
	document := written(t, want)
	// The SHA-256 in the sample is a wrong one: the document is then not believed.
	if d, err := read(t, string(document)); err != nil || len(d.Media) != 0 || len(d.Troubles) != 1 {
		t.Fatalf("a medium with another SHA-256: %v, %d media, troubles %v; want none and a trouble", err, len(d.Media), d.Troubles)
	}
	document = bytes.ReplaceAll(document, []byte(strings.Repeat("0", 64)), nil)
	got, err := read(t, string(document))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Media) != 1 || got.Media[0].Size != want.Media[0].Size {
		t.Fatalf("media %+v, want one of %d bytes", got.Media, want.Media[0].Size)
	}
	again := written(t, got)
	got.Media, want.Media = nil, nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read anew:\n got %+v\nwant %+v", got, want)
	}
	second, err := read(t, string(again))
	if err != nil {
		t.Fatal(err)
	}
	if third := written(t, second); !bytes.Equal(third, again) {
		t.Errorf("the same content is not the same bytes:\n%s\n%s", third, again)
	}
}

func TestADocumentHasTheListsThatItPromises(t *testing.T) {
	var document map[string]json.RawMessage
	if err := json.Unmarshal(written(t, &formats.Draft{}), &document); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"notes", "cards", "reviews", "decks", "noteTypes", "media", "articles", "presets"} {
		if string(document[key]) != "[]" {
			t.Errorf("%q of nothing is %s, want []", key, document[key])
		}
	}
}

func TestDocumentsThatAreRefused(t *testing.T) {
	const head = `{"format":"recto","version":1,`
	const types = `"noteTypes":[{"name":"B","fields":[{"name":"F"}]}],"decks":[{"name":"D"}],`
	tests := []struct {
		what, document string
		want           error
	}{
		{"a newer version", `{"format":"recto","version":2}`, formats.ErrTooNew},
		{"an end in the middle", head + `"notes":[{"guid":"a"`, formats.ErrDamaged},
		{"an end in a medium", head + `"media":[{"name":"a.png","data":"AAAA`, formats.ErrDamaged},
		{"a note of no type", head + `"notes":[{"guid":"a","type":0,"fields":[]}]}`, formats.ErrDamaged},
		{"a note of type -1", head + types + `"notes":[{"guid":"a","type":-1,"fields":["x"]}]}`, formats.ErrDamaged},
		{"a card of no note", head + types + `"cards":[{"note":0,"state":"new"}]}`, formats.ErrDamaged},
		{"a card of an unknown state", head + types + `"notes":[{"fields":["x"]}],"cards":[{"state":"asleep"}]}`, formats.ErrDamaged},
		{"a card due on no day", head + types + `"notes":[{"fields":["x"]}],"cards":[{"state":"review","due":"2024-02-30"}]}`, formats.ErrDamaged},
		{"a review of no card", head + `"reviews":[{"card":0}]}`, formats.ErrDamaged},
		{"a review with grade 9", head + `"reviews":[{"card":-1,"grade":9,"at":"2024-01-01T00:00:00Z"}]}`, formats.ErrDamaged},
		{"a list that is none", head + `"notes":{"a":1}}`, formats.ErrDamaged},
		{"a text for a number", head + `"cards":[{"note":"0"}]}`, formats.ErrDamaged},
		{"deep lists", head + `"extra":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, formats.ErrTooLarge},
		{"a million brackets", head + `"extra":` + strings.Repeat("[", 1_000_000), formats.ErrTooLarge},
		{"an element of 40 MiB", head + `"notes":[{"guid":"` + strings.Repeat("a", 40<<20) + `"}]}`, formats.ErrTooLarge},
		{"no JSON after the start", head + "\x00\x01", formats.ErrDamaged},
	}
	for _, test := range tests {
		_, err := read(t, test.document)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.what, err, test.want)
		}
	}
}

// TestALargeDocumentIsTheSameDocument: above 16 MiB lists are counted first.
func TestALargeDocumentIsTheSameDocument(t *testing.T) {
	want := large(30_000)
	document := written(t, want)
	if len(document) < 16<<20 {
		t.Fatalf("the document has %d bytes, which is not large", len(document))
	}
	got, err := read(t, string(document))
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, got)
	twice := bytes.Replace(document, []byte(`"reviews":[`), []byte(`"decks":[{"name":"again"}],"reviews":[`), 1)
	if got, err = read(t, string(twice)); err != nil || len(got.Decks) != 2 || len(got.Notes) != 30_000 {
		t.Errorf("a list that comes twice: %v, %d decks, %d notes; want 2 and 30000", err, len(got.Decks), len(got.Notes))
	}
}

func TestMediaWithNamesThatArePaths(t *testing.T) {
	for _, name := range []string{"../evil.png", "/etc/passwd", `C:\x.png`, "..", "", "a/b.png", "CON.png", "x\u202egpj.exe"} {
		b, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := read(t, `{"format":"recto","media":[{"name":`+string(b)+`,"data":"AAAA"}]}`)
		if err != nil || len(d.Media) != 0 || len(d.Troubles) != 1 {
			t.Errorf("a medium called %q: %v, %v; want it left out with a trouble", name, err, d)
		}
	}
}

// TestRealPackagesAsDocuments: a package read, written as a document, read and
// written again is the same bytes, and its Draft is the same too.
func TestRealPackagesAsDocuments(t *testing.T) {
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", "decks", "v*pkg"))
	if err != nil || len(files) == 0 {
		t.Skip("the real packages are not here: set RECTO_SHARED to the folder that has data/decks")
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			s, f, err := formats.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			first, err := set.Read(t.Context(), s, formats.Options{TempDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			document := written(t, first)
			second, err := read(t, string(document))
			if err != nil {
				t.Fatal(err)
			}
			if len(second.Troubles) > 0 {
				t.Errorf("troubles: %v", second.Troubles)
			}
			if !bytes.Equal(written(t, second), document) {
				t.Error("written again, the document is not the same bytes")
			}
			same(t, first, second)
		})
	}
}

func same(t *testing.T, a, b *formats.Draft) {
	t.Helper()
	for _, pair := range []struct {
		what string
		a, b any
	}{
		{"notes", a.Notes, b.Notes}, {"cards", a.Cards, b.Cards}, {"reviews", a.Reviews, b.Reviews},
		{"decks", a.Decks, b.Decks}, {"note types", a.NoteTypes, b.NoteTypes}, {"presets", a.Presets, b.Presets}, {"extras", a.Extras, b.Extras},
	} {
		if reflect.ValueOf(pair.a).Len() > 0 && !reflect.DeepEqual(pair.a, pair.b) {
			t.Errorf("%s differ", pair.what)
		}
	}
	if len(a.Media) != len(b.Media) {
		t.Fatalf("%d media, want %d", len(b.Media), len(a.Media))
	}
	for i := range a.Media {
		if a.Media[i].SHA256 != b.Media[i].SHA256 || a.Media[i].Name != b.Media[i].Name {
			t.Errorf("medium %q differs", a.Media[i].Name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"format":"recto","version":1,"notes":[],"media":[{"name":"a.png","data":"AAAA"}]}`)
	f.Add(`{"format":"recto","noteTypes":[{"name":"B","fields":[{"name":"F"}]}],"decks":[{"name":"D"}],"notes":[{"fields":["x"]}],"cards":[{"state":"new"}]}`)
	f.Fuzz(func(t *testing.T, document string) {
		d, err := read(t, document)
		if err != nil {
			return
		}
		once := written(t, d)
		again, err := read(t, string(once))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, once)
		}
		if twice := written(t, again); !bytes.Equal(once, twice) {
			t.Errorf("written twice:\n%s\n%s", once, twice)
		}
	})
}
