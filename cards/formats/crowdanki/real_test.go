package crowdanki_test

import (
	"testing"

	"recto/cards/formats/formatstest"
)

func TestRealFile(t *testing.T) {
	d := read(t, formatstest.Shared(t, "crowdanki/Anki-Deutsche-Bundeslaender_deck.json"))
	if len(d.Notes) != 16 || len(d.Cards) != 96 || len(d.NoteTypes) != 1 || len(d.Presets) != 1 || len(d.Troubles) != 0 {
		t.Errorf("notes %d, cards %d, types %d, presets %d, troubles %v", len(d.Notes), len(d.Cards), len(d.NoteTypes), len(d.Presets), d.Troubles)
	}
	if n := d.Notes[0]; n.GUID != "y#fSwfekWx" || n.Fields[1] != "Stuttgart" {
		t.Errorf("the first note is %+v", n)
	}
	if nt := d.NoteTypes[0]; nt.Name != "Bundesland" || len(nt.Templates) != 6 || nt.Extras["anki.latexPre"] == nil {
		t.Errorf("the note type is %+v", nt)
	}
	if p := d.Presets[0]; p.Limits.New != 1 || p.Limits.Reviews != 30 || d.Decks[0].Preset != 0 {
		t.Errorf("the preset is %+v", p)
	}
}
