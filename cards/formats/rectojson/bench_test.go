package rectojson_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/rectojson"
)

// large is a Draft of n notes, each with a card and two reviews.
func large(n int) *formats.Draft {
	d := &formats.Draft{
		NoteTypes: []formats.NoteType{{Name: "Basic", Fields: []formats.Field{{Name: "Front"}, {Name: "Back"}}}},
		Decks:     []formats.Deck{{Name: "Default", Preset: -1}},
	}
	at := sample().Made
	text := strings.Repeat("some words of a <b>field</b>, ", 6)
	for i := range n {
		d.Notes = append(d.Notes, formats.Note{ID: int64(i + 1), GUID: fmt.Sprint("g", i), Fields: []string{fmt.Sprint("front ", i), text}, Created: at, Modified: at})
		d.Cards = append(d.Cards, formats.Card{ID: int64(i + 1), Note: i, State: formats.Reviewing, Due: 19000, Interval: 30, Ease: 2500, Passes: -1, Modified: at})
		review := formats.Review{Card: i, CardID: int64(i + 1), At: at, Kind: formats.ReviewDue, Button: 3, Grade: 4, Interval: 30}
		d.Reviews = append(d.Reviews, review, review)
	}
	return d
}

func BenchmarkRead(b *testing.B) {
	document := written(b, large(50_000))
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := set.Read(b.Context(), formats.Bytes("x.json", document), formats.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	d := large(50_000)
	b.SetBytes(int64(len(written(b, d))))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := set.Write(b.Context(), io.Discard, d, rectojson.ID, formats.WriteOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
