package web

import (
	"context"
	"fmt"
	"mime"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

func TestADeckIsDownloadedInEveryFormat(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"rivers.apkg", written(t, "apkg", true)})
	ada.press(page, "import", nil).want(t, "a deck with a picture", 200, "4 cards are in 2 decks.")
	decks, err := w.store.Decks(w.ctx(), ada.id, w.today(ada))
	must(t, err)
	total := 0
	for _, d := range decks {
		for _, format := range []string{"apkg", "txt", "csv", "json", "md"} {
			a := ada.get(fmt.Sprintf("/decks/%d/export?format=%s", d.ID, format)).want(t, format, 200)
			_, parameters, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
			if err != nil || parameters["filename"] != d.Name+"."+format {
				t.Errorf("%s: Content-Disposition is %q", format, a.header.Get("Content-Disposition"))
			}
			back, err := registry.All.Read(context.Background(), formats.Bytes(parameters["filename"], []byte(a.body)), formats.Options{TempDir: t.TempDir()})
			must(t, err)
			if len(back.Cards) != d.Cards {
				t.Errorf("%s: %d cards, want %d", format, len(back.Cards), d.Cards)
			}
			if format == "apkg" {
				total += len(back.Media)
			}
			must(t, back.Close())
		}
	}
	if total != 1 {
		t.Errorf("the packages hold %d media, want the one picture", total)
	}
}

func TestWhatIsLeftOutOfADownload(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"rivers.apkg", written(t, "apkg", false)})
	ada.press(page, "import", nil).want(t, "a deck with progress", 200, "Imported")
	studied := func(query string) (n int) {
		a := ada.get("/decks/1/export?format=apkg"+query).want(t, query, 200)
		d, err := registry.All.Read(context.Background(), formats.Bytes("x.apkg", []byte(a.body)), formats.Options{TempDir: t.TempDir()})
		must(t, err)
		defer func() { must(t, d.Close()) }()
		for _, c := range d.Cards {
			if c.State != formats.New {
				n++
			}
		}
		return n
	}
	if got := studied(""); got != 1 {
		t.Errorf("%d cards with progress, want the one that came with it", got)
	}
	if got := studied("&without=progress"); got != 0 {
		t.Errorf("%d cards with progress where it was to be left out", got)
	}
}

func TestNamesOfDownloadsAreSafe(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	for name, want := range map[string]string{
		"Köln & Umgebung":            "Köln & Umgebung.csv",
		"A::B::C":                    "A - B - C.csv",
		`../../etc/"passwd"; x=y`:    "....etcpasswd; x=y.csv",
		"line\r\nSet-Cookie: evil=1": "lineSet-Cookie evil=1.csv",
		"<script>alert(1)</script>":  "scriptalert(1)script.csv",
		"???":                        "deck.csv",
		"CON":                        "CON_.csv",
		strings.Repeat("日本語", 40):    "",
	} {
		deck, _ := ada.deck(name, [2]string{"front", "back"})
		a := ada.get(fmt.Sprintf("/decks/%d/export?format=csv", deck)).want(t, name, 200)
		_, parameters, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
		if err != nil || want != "" && parameters["filename"] != want || strings.ContainsAny(parameters["filename"], "/\\\r\n\"") || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%q is downloaded as %q (%v), want %q", name, parameters["filename"], err, want)
		}
		if len(a.header.Values("Content-Disposition")) != 1 || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: headers %v", name, a.header)
		}
	}
	ada.get("/decks/1/export?format=exe").want(t, "no such format", 400, "There is no such kind of file.")
	ada.get("/decks/999/export?format=csv").want(t, "no such deck", 404)
}
