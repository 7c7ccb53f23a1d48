package supermemo_test

import (
	"fmt"
	"recto/cards/formats/formatstest"
	"testing"
)

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name         string
		notes        int
		deck         string // of the first
		front, back  string
		due          string
		ivl, ease    int
		reps, lapses int
	}{
		{"supermemo/supermemo1.xml", 1, "aoeu::1-400::aoeu", "aoeu", "aoeu", "2007-10-07", 1844, 2800, 7, 0},
		{"supermemo/supermemo_EnglishPronunciationTop100.xml", 100, "English Pronunciation::[1] English Pronunciation - Top 100", "pronounce: weight", "/weIt/", "1970-01-01", 0, 0, 0, 0},
		{"mnemosyne/smconv.xml", 3, "Spanish", "la acera", "sidewalk", "2008-10-08", 472, 1954, 30, 8},
		{"mnemosyne/sm7.txt", 4, "sm7", "1 &#33267;<br>2", "1<br>2", "2007-04-01", 429, 3200, 8, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, formatstest.Shared(t, c.name))
			n, card := d.Notes[0], d.Cards[0]
			got := fmt.Sprintln(len(d.Notes), len(d.Cards), d.Decks[card.Deck].Name, n.Fields[0], n.Fields[1], card.Due.String(), card.Interval, card.Ease, card.Reps, card.Lapses, len(d.Troubles))
			if want := fmt.Sprintln(c.notes, c.notes, c.deck, c.front, c.back, c.due, c.ivl, c.ease, c.reps, c.lapses, 0); got != want {
				t.Errorf("Read = %s\nwant   %s; %v", got, want, d.Troubles)
			}
		})
	}
}
