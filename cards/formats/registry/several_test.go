package registry_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
	"recto/cards/formats/registry"
)

// pixel is a picture.
var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00")

// written is a Draft as a file of a format.
func written(t *testing.T, d *formats.Draft, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := registry.All.Write(context.Background(), &b, d, format, formats.WriteOptions{TempDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t *testing.T, files ...*formats.Source) (*formats.Draft, error) {
	t.Helper()
	d, err := registry.ReadSeveral(context.Background(), files, formats.Options{TempDir: t.TempDir()})
	if err == nil {
		t.Cleanup(func() { _ = d.Close() })
		formatstest.Consistent(t, d)
	}
	return d, err
}

func troubles(d *formats.Draft) string {
	var all []string
	for _, x := range d.Troubles {
		all = append(all, x.String())
	}
	return strings.Join(all, "\n")
}

func TestFilesChosenTogetherAreOneDraft(t *testing.T) {
	d, err := read(t,
		formats.Bytes("rivers.csv", []byte("front,back\nthe Tiber,Rome\nthe Seine,Paris\n,nothing\n")),
		formats.Bytes("notes.md", []byte("Q: Capital of Chad?\nA: N'Djamena ![](map.png)\n")),
		formats.Bytes("map.png", pixel),
		formats.Bytes("letter.pdf", []byte("%PDF-1.7 no deck")),
	)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Notes) != 3 || len(d.Cards) != 3 || len(d.Decks) != 2 || len(d.Media) != 1 {
		t.Errorf("%d notes, %d cards, %d decks and %d media; want 3, 3, 2 and 1\n%s", len(d.Notes), len(d.Cards), len(d.Decks), len(d.Media), troubles(d))
	}
	for _, want := range []string{"line 4, rivers.csv: the front is empty", "letter.pdf: this is no deck"} {
		if !strings.Contains(troubles(d), want) {
			t.Errorf("the troubles do not say %q:\n%s", want, troubles(d))
		}
	}
}

func TestTheSameNoteInTwoFilesIsOneNote(t *testing.T) {
	first, err := read(t, formats.Bytes("a.csv", []byte("front,back\nthe Tiber,Rome\nthe Seine,Paris\n")))
	if err != nil {
		t.Fatal(err)
	}
	for i := range first.Notes {
		first.Notes[i].GUID = string(rune('a' + i))
		first.Notes[i].ID = int64(i + 1)
	}
	file := written(t, first, "apkg")
	d, err := read(t, formats.Bytes("one.apkg", file), formats.Bytes("two.apkg", file), formats.Bytes("b.csv", []byte("front,back\nthe Neva,Petersburg\nthe Spree,Berlin\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Notes) != 4 || len(d.Cards) != 4 {
		t.Errorf("%d notes and %d cards, want 4 of each", len(d.Notes), len(d.Cards))
	}
	if !strings.Contains(troubles(d), "two.apkg: 2 of its notes are in a file before it too") {
		t.Errorf("the troubles are\n%s", troubles(d))
	}
}

func TestTwoPicturesOfOneNameAreKeptApart(t *testing.T) {
	pack := func(deck, text string, picture []byte) *formats.Source {
		d, err := read(t, formats.Bytes(deck+".md", []byte("Q: "+text+" ![](map.png)\nA: x\n")), formats.Bytes("map.png", picture))
		if err != nil {
			t.Fatal(err)
		}
		return formats.Bytes(deck+".apkg", written(t, d, "apkg"))
	}
	d, err := read(t, pack("a", "Chad", pixel), pack("b", "Mali", append(bytes.Clone(pixel), 1)), pack("c", "Niger", pixel))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Media) != 2 || d.Media[0].Name != "map.png" || d.Media[1].Name == "map.png" {
		t.Fatalf("the media are %+v, want two of different names", d.Media)
	}
	for i, want := range []string{d.Media[0].Name, d.Media[1].Name, d.Media[0].Name} {
		if !strings.Contains(d.Notes[i].Fields[0], `src="`+want+`"`) {
			t.Errorf("note %d shows %q, want the picture %s", i, d.Notes[i].Fields[0], want)
		}
	}
}

func TestOfSeveralFilesNoneMayBeADeck(t *testing.T) {
	_, err := read(t, formats.Bytes("a.pdf", []byte("%PDF-1.7")), formats.Bytes("b.zip", []byte("PK\x05\x06")))
	if !errors.Is(err, formats.ErrUnknown) || !strings.HasPrefix(err.Error(), "a.pdf: ") {
		t.Errorf("two files without a deck give %v, want what is wrong with the first", err)
	}
	if _, err := read(t, formats.Bytes("a.png", pixel), formats.Bytes("b.png", pixel)); !errors.Is(err, formats.ErrUnknown) {
		t.Errorf("two pictures give %v, want ErrUnknown", err)
	}
}

func TestTheLimitsHoldForAllFilesTogether(t *testing.T) {
	row := "question,answer\n"
	file := func(name string) *formats.Source {
		return formats.Bytes(name, []byte("front,back\n"+strings.Repeat(row, 60)))
	}
	_, err := registry.ReadSeveral(context.Background(), []*formats.Source{file("a.csv"), file("b.csv")}, formats.Options{Limits: formats.Limits{Rows: 100}})
	if !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("120 rows where 100 are allowed give %v, want ErrTooLarge", err)
	}
}
