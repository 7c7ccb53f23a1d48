package crowdanki_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
)

const (
	aModel = `{"__type__":"NoteModel","crowdanki_uuid":"m","name":"Basic","type":0,"css":".card{}","latexPre":"x","flds":[{"name":"Front","ord":0,"font":"Arial"},{"name":"Back","ord":1,"rtl":true}],"tmpls":[{"name":"Card 1","ord":0,"qfmt":"{{Front}}","afmt":"{{Back}}","did":null},{"name":"Card 2","ord":1,"qfmt":"{{#Back}}{{Back}}{{/Back}}","afmt":"{{Front}}"}]}`
	aNote  = `{"__type__":"Note","fields":["Chad","N'Djamena"],"guid":"g1","note_model_uuid":"m","tags":["geo"]}`
)

func deck(name, notes, children, media string) string {
	return `{"__type__":"Deck","crowdanki_uuid":"d","name":"` + name + `","children":[` + children + `],"desc":"about","deck_config_uuid":"c","deck_configurations":[{"__type__":"DeckConfig","crowdanki_uuid":"c","name":"Mine","new":{"perDay":7},"rev":{"perDay":70.0}}],"note_models":[` + aModel + `],"media_files":[` + media + `],"notes":[` + notes + `]}`
}

func archive(t testing.TB, files ...string) *formats.Source {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return formats.Bytes("x.zip", b.Bytes())
}

func TestRead(t *testing.T) {
	one := `{"__type__":"Note","fields":["Mali",""],"guid":"g2","note_model_uuid":"m","tags":[]}`
	child := `{"__type__":"Deck","name":"Africa","children":[],"notes":[` + one + `],"media_files":["b.png"]}`
	d := read(t, archive(t, "Geo/deck.json", deck("Geo", aNote, child, `"a.png","missing.png"`), "Geo/media/a.png", "PNG", "Geo/media/b.png", "PNG2", "Geo/media/unlisted.png", "x"))
	var got []string
	for _, c := range d.Cards {
		got = append(got, fmt.Sprint(d.Decks[c.Deck].Name, " ", d.Notes[c.Note].GUID, " ", c.Ordinal))
	}
	if want := "[Geo g1 0 Geo g1 1 Geo::Africa g2 0]"; fmt.Sprint(got) != want {
		t.Errorf("cards %v, want %s", got, want)
	}
	if nt := d.NoteTypes[0]; !nt.Fields[1].RTL || string(nt.Extras["anki.latexPre"]) != `"x"` || string(nt.Fields[0].Extras["anki.font"]) != `"Arial"` || nt.CSS != ".card{}" {
		t.Errorf("the note type is %+v", nt)
	}
	if p := d.Presets[d.Decks[0].Preset]; p.Name != "Mine" || p.Limits.New != 7 || p.Limits.Reviews != 70 || d.Decks[0].Description != "about" {
		t.Errorf("the preset is %+v", p)
	}
	if len(d.Media) != 2 || d.Media[1].Size != 4 || len(d.Troubles) != 1 || d.Troubles[0].Where != "missing.png" {
		t.Errorf("media %+v, troubles %v", d.Media, d.Troubles)
	}
}

func TestMediaBeside(t *testing.T) {
	s := formats.Bytes("deck.json", []byte(deck("Geo", aNote, "", `"a.png","../b.png"`)))
	s.Files = fstest.MapFS{"media/a.png": {Data: []byte("1")}, "b.png": {Data: []byte("2")}}
	d := read(t, s)
	if len(d.Media) != 1 || d.Media[0].Name != "a.png" || len(d.Troubles) != 1 {
		t.Errorf("media %+v, troubles %v", d.Media, d.Troubles)
	}
}

func TestHostile(t *testing.T) {
	note := func(fields, guid, model string) string {
		return `{"fields":[` + fields + `],"guid":"` + guid + `","note_model_uuid":"` + model + `","tags":["a b","\u202ec",""]}`
	}
	for _, c := range []struct {
		name string
		s    *formats.Source
		err  error
		told int
	}{
		{"no JSON", formats.Bytes("x", []byte(`{"__type__":"Deck","note_models":[`)), formats.ErrDamaged, 0},
		{"no note", formats.Bytes("x", []byte(deck("x", "", "", ""))), formats.ErrDamaged, 0},
		{"decks in decks", formats.Bytes("x", []byte(`{"__type__":"Deck","note_models":[],"children":[`+strings.Repeat(`{"children":[`, 100_000))), formats.ErrTooLarge, 0},
		{"a note type that is not there", formats.Bytes("x", []byte(deck("x", aNote+","+note(`"a"`, "g", "z"), "", ""))), nil, 1},
		{"the same GUID twice", formats.Bytes("x", []byte(deck("x", aNote+","+aNote, "", ""))), nil, 1},
		{"too few fields", formats.Bytes("x", []byte(deck("x", note(`"a"`, "g", "m"), "", ""))), nil, 1},
		{"too many fields", formats.Bytes("x", []byte(deck("x", note(`"a","b","c"`, "g", "m"), "", ""))), nil, 1},
		{"empty fields", formats.Bytes("x", []byte(deck("x", aNote+","+note(`""," "`, "g", "m"), "", ""))), nil, 1},
		{"fields that are no texts", formats.Bytes("x", []byte(deck("x", note(`1`, "g", "m"), "", ""))), formats.ErrDamaged, 0},
		{"names of directions", formats.Bytes("x", []byte(deck("\u202egnp\u2066::::", aNote, "", ""))), nil, 0},
		{"a GUID without end", formats.Bytes("x", []byte(deck("x", note(`"a","b"`, strings.Repeat("g", 100_000), "m"), "", ""))), nil, 0},
		{"zero bytes", formats.Bytes("x", []byte(deck("x", note(`"a\u0000b","\u001f"`, "g", "m"), "", ""))), nil, 0},
		{"slips", archive(t, "deck.json", deck("x", aNote, "", `"../../etc/passwd","..\\b","/c","a/b","CON",".."`), "media/../../etc/passwd", "x"), nil, 6},
		{"a bomb", archive(t, "deck.json", deck("x", aNote, "", "")+strings.Repeat(" ", 60<<20)), formats.ErrTooLarge, 0},
		{"a bomb of a picture", archive(t, "deck.json", deck("x", aNote, "", `"a.png"`), "media/a.png", strings.Repeat("\x00", 40<<20)), formats.ErrTooLarge, 0},
		{"templates without end", formats.Bytes("x", []byte(strings.Replace(deck("x", aNote, "", ""), "{{Front}}", strings.Repeat("{{#Front}}", 50_000), 1))), nil, 0},
		{"a note type of a thousand templates", formats.Bytes("x", []byte(strings.Replace(deck("x", aNote, "", ""), `"tmpls":[`, `"tmpls":[`+strings.Repeat(`{"name":"x","qfmt":"{{Front}}"},`, 1000), 1))), formats.ErrTooLarge, 0},
	} {
		d, err := try(c.s)
		switch {
		case c.err == nil && err != nil, c.err != nil && !errors.Is(err, c.err):
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
		case err == nil:
			formatstest.Consistent(t, d)
			if len(d.Troubles) != c.told {
				t.Errorf("%s: troubles %v, want %d", c.name, d.Troubles, c.told)
			}
			if strings.ContainsAny(d.Decks[0].Name, "\u202e\u2066") || len(d.Notes[0].GUID) > 4096 {
				t.Errorf("%s: deck %q, GUID of %d bytes", c.name, d.Decks[0].Name, len(d.Notes[0].GUID))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(deck("Geo", aNote, "", `"a.png"`))
	f.Add(deck("Geo", strings.Replace(aNote, "Chad", "{{c1::Chad}}", 1), deck("B", aNote, "", ""), ""))
	f.Fuzz(func(t *testing.T, in string) {
		if d, err := try(formats.Bytes("x.json", []byte(in))); err == nil {
			formatstest.Consistent(t, d)
			for _, n := range d.Notes {
				for _, tag := range n.Tags {
					if tag == "" || strings.ContainsAny(tag, " \t\n") {
						t.Fatalf("a tag is %q", tag)
					}
				}
			}
		}
	})
}
