package mnemosyne_test

import (
	"fmt"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
)

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name         string
		notes, cards int
		noteType     string
		fields       []string // of the first note
		seen, told   int      // cards that are not new, and troubles
	}{
		{"mnemosyne/1sided.xml", 4, 4, "Basic", []string{"question", "answer"}, 2, 1},
		{"mnemosyne/2sided.xml", 1, 2, "Basic (and reversed card)", []string{"question", "answer"}, 0, 0},
		{"mnemosyne/3sided.xml", 1, 2, "Vocabulary", []string{"f", "p", "t", ""}, 0, 0},
		{"mnemosyne/bad_xml.xml", 1, 1, "Basic", nil, 0, 1},
		{"mnemosyne/media.xml", 1, 1, "Basic", []string{`<img src="a.png"><br><img src="figs_a.png"><br><img src="figs_figs_a.png">`, "answer"}, 0, 0},
		{"mnemosyne/made_with_2.11/2sided.cards", 1, 2, "Basic (and reversed card)", []string{"question", "answer"}, 0, 0},
		{"mnemosyne/made_with_2.11/3sided.cards", 1, 2, "Vocabulary", []string{"f", "p", "t", ""}, 0, 0},
		{"mnemosyne/made_with_2.11/map.cards", 1, 2, "Map", []string{"<b>Drenthe</b>", `<img src="Drenthe.png">`, `<img src="Netherlands-Provinces.png">`}, 0, 0},
		{"mnemosyne/made_with_2.11/media.cards", 1, 1, "Basic", []string{`<img src="a.png"><br><img src="figs_a.png"><br><img src="figs_figs_a.png">`, "answer"}, 0, 0},
		{"mnemosyne/made_with_2.11/tsv.cards", 40, 40, "Basic", []string{"abaisser", "to lower/humiliate/(cookery) roll [sth] out/(cookery) place"}, 0, 0},
		{"mnemosyne/made_with_2.11/v1_random-reviews_revlog110.cards", 25, 25, "Basic", nil, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, formatstest.Shared(t, c.name))
			seen := 0
			for _, x := range d.Cards {
				if x.State != formats.New {
					seen++
				}
			}
			got := fmt.Sprint(len(d.Notes), len(d.Cards), d.NoteTypes[d.Notes[0].Type].Name, seen, len(d.Troubles))
			if want := fmt.Sprint(c.notes, c.cards, c.noteType, c.seen, c.told); got != want {
				t.Errorf("notes, cards, type, seen, told = %s, want %s: %v", got, want, d.Troubles)
			}
			if c.fields != nil && fmt.Sprintf("%q", d.Notes[0].Fields) != fmt.Sprintf("%q", c.fields) {
				t.Errorf("the first note is %q, want %q", d.Notes[0].Fields, c.fields)
			}
		})
	}
}
