package text_test

import (
	"fmt"
	"slices"
	"testing"

	"recto/cards/formats"
)

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name, format          string
		notes, cards, skipped int
		types, decks          int
		last                  []string // the fields of the last note
	}{
		{"anki-text/text-tags.txt", "txt", 2, 2, 0, 1, 1, []string{"foo2", "bar2", "baz2"}},
		{"anki-text/text-update.txt", "txt", 1, 1, 0, 1, 1, []string{"1", "x"}},
		{"anki-text/ankidroid_text-ucs2-be-bom.txt", "csv", 1, 1, 0, 1, 1, []string{"Hello", "world"}},
		{"anki-text/ankidroid_text-utf8-bom.txt", "csv", 1, 1, 0, 1, 1, []string{"Hello", "world"}},
		{"anki-text/ankidroid_text-2fields.txt", "txt", 8, 8, 1, 1, 1, []string{"遊ぶ", "", ""}},
		{"anki-text/notes_guid-notetype-deck-tags_pilot_all.txt", "txt", 1865, 2244, 1, 5, 5, []string{"Where can more info be learned about basic med?", "AC68-1A"}},
		{"anki-text/notes_cloze_multiline_faa.txt", "txt", 159, 538, 0, 1, 1, []string{"{{c1::MDQ}} CTAF:&nbsp;{{c2::123.0}}", ""}},
		{"anki-text/cards_export_ppl.txt", "txt", 480, 480, 0, 1, 1, nil},
		{"anki-text/legacy_french_brackets.txt", "txt", 486, 486, 0, 1, 1, []string{"se déranger", "to come out/step aside"}},
		{"anki-text/legacy_entities.txt", "txt", 209, 209, 0, 1, 1, []string{"rails destroy model &lt;ModelName&gt;", "Removes model, migration, tests and fixtures"}},
		{"csv/ultimate-geography_main.csv", "csv", 323, 323, 0, 1, 1, []string{"Gulf of Oman", "", `<img src="ug-map-gulf_of_oman.png" />`, "", ""}},
		{"csv/ultimate-geography_capital.csv", "csv", 219, 219, 0, 1, 1, nil},
		{"quizlet/custom-sep_dashes.txt", "paste", 54, 54, 0, 1, 1, nil},
		{"quizlet/vocab.txt", "txt", 54, 54, 0, 1, 1, []string{"Voting Rights Act of 1965", ""}},
		{"mnemosyne/tsv_1.txt", "txt", 2, 2, 0, 1, 1, []string{"f", "p", "t"}},
		{"mnemosyne/tsv_2.txt", "txt", 1, 1, 0, 1, 1, []string{"f", "p", "&#33267;"}},
		{"mnemosyne/tsv_media.txt", "txt", 2, 2, 0, 1, 1, []string{"q2", `<img src="b.png">`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, shared(t, c.name), formats.TextOptions{})
			skipped := 0
			for _, x := range d.Troubles {
				if x.Skipped {
					skipped++
				}
			}
			got := fmt.Sprint(d.Format, len(d.Notes), len(d.Cards), skipped, len(d.NoteTypes), len(d.Decks))
			if want := fmt.Sprint(c.format, c.notes, c.cards, c.skipped, c.types, c.decks); got != want {
				t.Errorf("format, notes, cards, skipped, types, decks = %s, want %s; %v", got, want, d.Troubles)
			}
			if last := d.Notes[len(d.Notes)-1].Fields; c.last != nil && !slices.Equal(last, c.last) {
				t.Errorf("the last note is %q, want %q", last, c.last)
			}
			consistent(t, d)
		})
	}
}
