package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards/formats"
	"recto/store"
)

func (c *client) deckNames() string {
	c.w.t.Helper()
	decks, err := c.w.store.Decks(c.w.ctx(), c.id, c.w.today(c))
	c.w.must(err)
	var names []string
	for _, d := range decks {
		names = append(names, fmt.Sprintf("%s %d", d.Name, d.Cards))
	}
	return strings.Join(names, ", ")
}

func TestImportingByFormsAlone(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.get("/").want(t, "an empty Today", 200, `href="/import"`)
	ada.get("/decks").want(t, "no decks", 200, `href="/import"`)
	page, path := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	golden(t, "import", page)
	golden(t, "import-choose-waiting", ada.get("/import").want(t, "a file that waits", 200, "Not imported yet"))
	report := ada.press(page, "import", nil).want(t, "the report", 200, "3 cards are in Rivers.", "Review", "See them", "Take this import back")
	golden(t, "imported", report)
	if got := ada.deckNames(); got != "Rivers 3" {
		t.Fatalf("after the import the decks are %q", got)
	}
	ada.get("/review").want(t, "review", 200, "Which river flows through Rome?")
	if to := ada.get(path).location(); !strings.HasPrefix(to, "/import/") || to == path {
		t.Errorf("the file's page leads to %q after it was saved, want the report", to)
	}
	golden(t, "import-choose", ada.get("/import").want(t, "the list", 200, "Imported before", "Rivers.csv", "Take back"))

	back := ada.submit(report, "take-back", nil).want(t, "taken back", 200, "Taken back", "Everything is as it was before this import.")
	golden(t, "imported-back", back)
	if got := ada.deckNames(); got != "" {
		t.Errorf("after taking the import back the decks are %q", got)
	}
	ada.submit(report, "take-back", nil).want(t, "taken back twice", 200, "Taken back")
	ada.get("/import").want(t, "the list", 200, "taken back")
}

func TestPressingTwiceImportsOnce(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	action, form := previewForm(t, page.body, "import")
	answers := make(chan answer, 4)
	for range cap(answers) {
		go func() { answers <- ada.copy().post(action, form) }()
	}
	for range cap(answers) {
		ada.settled((<-answers).want(t, "the button, pressed four times at once", http.StatusSeeOther).location()).want(t, "after it", 200, "3 cards are in Rivers.")
	}
	ada.settled(ada.post(action, form).want(t, "the button of a tab that was left open", http.StatusSeeOther).location()).want(t, "after it", 200, "3 cards are in Rivers.")
	list, err := w.store.Imports(w.ctx(), ada.id)
	w.must(err)
	if got := ada.deckNames(); got != "Rivers 3" || len(list) != 1 {
		t.Errorf("pressed five times: decks %q and %d imports, want Rivers 3 and one", got, len(list))
	}
}

func TestTheButtonDoesWhatItSays(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	// The first row names the columns. Who says that it is a card is shown what that
	// means before it is saved.
	again := ada.press(page, "import", url.Values{"header": {"no"}}).want(t, "the first row is a card", 200, "Import 4 cards", "What importing does has changed with your choices")
	if got := ada.deckNames(); got != "" {
		t.Fatalf("something was saved that the button did not say: %q", got)
	}
	ada.press(again, "import", nil).want(t, "pressed again", 200, "4 cards are in Rivers.")

	// A deck is no surprise: the figures stay.
	other, _ := ada.deck("Geography", [2]string{"Capital of Chad?", "N'Djamena"})
	page, _ = ada.preview(sentFile{"seas.csv", []byte("front,back\nWhich sea is the lowest?,The Dead Sea\nWhich sea is red?,The Red Sea\n")})
	ada.press(page, "import", url.Values{"into": {"deck"}, "deck": {fmt.Sprint(other)}}).want(t, "into a deck of one's own", 200, "2 cards are in Geography.")
	page, _ = ada.preview(sentFile{"lakes.csv", []byte("front,back\nWhich lake is the deepest?,Baikal\nWhich is the largest?,The Caspian\n")})
	ada.press(page, "import", url.Values{"into": {"new"}, "name": {"Lakes of the world"}}).want(t, "into a new deck", 200, "2 cards are in Lakes of the world.")
	if got := ada.deckNames(); got != "Geography 3, Lakes of the world 2, Rivers 4" {
		t.Errorf("the decks are %q", got)
	}
	page, _ = ada.preview(sentFile{"lakes.csv", []byte("front,back\nWhich lake is large?,Superior\nWhich lake is small?,Eisee\n")})
	for what, c := range map[string]struct {
		change url.Values
		says   string
	}{
		"a deck of nobody":   {url.Values{"into": {"deck"}, "deck": {"9999"}}, "The deck that you chose is no longer there."},
		"no deck":            {url.Values{"into": {"deck"}, "deck": {"x"}}, "The deck that you chose is no longer there."},
		"a name of nothing":  {url.Values{"into": {"new"}, "name": {" \u200b"}}, "Give the deck a name."},
		"a name of a volume": {url.Values{"into": {"new"}, "name": {strings.Repeat("n", 500)}}, "This name is too long"},
	} {
		page = ada.press(page, "import", c.change).want(t, what, 200, c.says)
		checkHTML(t, what, page.body)
	}
}

func TestADeckOfAnotherIsNoPlaceForCards(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	hers, _ := grace.deck("Hers", [2]string{"front", "back"})
	w.must(w.store.ShareDeck(w.ctx(), grace.id, hers, true))
	w.must(w.store.Enrol(w.ctx(), ada.id, hers, w.today(ada), w.now()))
	page, _ := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	before := export(w, grace)
	ada.press(page, "import", url.Values{"into": {"deck"}, "deck": {fmt.Sprint(hers)}}).want(t, "a deck of another", 200, "The deck that you chose is no longer there.")
	if now := export(w, grace); now != before {
		t.Errorf("a deck of another has changed: %s", diff(before, now))
	}
}

func TestColumnsAndSeparatorsCanBeSaid(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"list.txt", []byte("1;Rome;the Tiber\n2;Paris;the Seine\n3;Vienna;the Danube\n")})
	page.want(t, "three columns", 200, "as found: semicolon", "Import 3 cards", `<option value="Back" selected>`)
	page = ada.press(page, "look-again", url.Values{"column": {"*skip", "Back", "Front"}})
	page.want(t, "the columns in another order", 200, `<option value="*skip" selected>`)
	ada.press(page, "import", nil).want(t, "saved", 200, "3 cards are in list.")
	rows, _, err := w.store.DeckCards(w.ctx(), ada.id, 1, "", 0, 10)
	w.must(err)
	if rows[0].Front != "the Tiber" || rows[0].Back != "Rome" {
		t.Errorf("the first card is %q, %q; want the river and its city", rows[0].Front, rows[0].Back)
	}

	page, _ = ada.preview(sentFile{"words.txt", []byte("hund ~ dog\nkatt ~ cat\n")})
	page = ada.press(page, "look-again", url.Values{"separator": {"other"}, "other": {"~"}}).want(t, "a separator of one's own", 200, "Import 2 cards", "katt", "cat")
	checkHTML(t, "a separator of one's own", page.body)
	page = ada.press(page, "look-again", url.Values{"separator": {"tab"}, "column": {"Front", "*tags"}})
	page.want(t, "columns of another separator mean nothing", 200, "Import 2 cards")
	page = ada.press(page, "look-again", url.Values{"separator": {"nonsense"}, "between": {"nonsense"}, "header": {"nonsense"}, "encoding": {"nonsense"}, "html": {"nonsense"}, "layout": {"nonsense"}, "column": {"nonsense"}, "into": {"nonsense"}, "duplicates": {"nonsense"}})
	page.want(t, "words that the form does not have", 200, "Import 2 cards")

	page, _ = ada.preview(sentFile{"all.txt", []byte("a,b;c,d;e,f")})
	page.want(t, "rows that end with a semicolon", 200, "Import 3 cards")
	page = ada.press(page, "look-again", url.Values{"between": {"line"}})
	page.want(t, "one line is one card", 200, "Import 1 card")

	latin, _ := ada.preview(sentFile{"latin.csv", []byte("front;back\nK\xf6ln;Cologne\nM\xfcnchen;Munich\nD\xfcsseldorf;Dusseldorf\n")})
	latin.want(t, "windows-1252", 200, "Köln", "as found: windows-1252")
	ada.press(latin, "look-again", url.Values{"encoding": {"windows-1251"}}).want(t, "another encoding", 200, "Kцln")
}

func TestTheSameNotesAgainAskWhatToDo(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, _ := ada.preview(sentFile{"rivers.txt", []byte(ankiText)})
	ada.press(page, "import", nil).want(t, "the first time", 200, "1 card is in Geo::Africa.")
	changed := strings.Replace(ankiText, "N'Djamena", "Ndjamena", 1)
	page, _ = ada.preview(sentFile{"rivers.txt", []byte(changed)})
	checkHTML(t, "a note that differs", page.body)
	page.want(t, "a note that differs", 200, "Cards that are here and differ")
	action, form := previewForm(t, page.body, "throw-away")
	for choice, says := range map[string]string{"theirs": "Update 1 card", "both": "Import 1 card", "mine": "Nothing to import"} {
		form.Set("duplicates", choice)
		a := ada.post(strings.TrimSuffix(action, "/stop")+"/look", form).want(t, choice, 303)
		checkHTML(t, choice, ada.settled(a.location()).want(t, choice, 200, says).body)
	}
}

func TestSavingCanBeStoppedWhileItWaits(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page, path := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	before := w.dump()
	release := w.holdLane(t)
	action, form := previewForm(t, page.body, "import")
	ada.post(action, form).want(t, "the button", 303)
	waiting := ada.get(path).want(t, "while it waits", 200, "data-job", "Importing “Rivers.csv”")
	golden(t, "import-job", waiting)
	stopped := ada.submit(waiting, "stop-import", nil).want(t, "stopped", 200, "Stopped. Nothing has been saved.", "Import 3 cards")
	checkHTML(t, "stopped while saving", stopped.body)
	release()
	if now := w.dump(); now != before {
		t.Errorf("an import that was stopped has changed something: %s", diff(before, now))
	}
	ada.press(stopped, "import", nil).want(t, "pressed once more", 200, "3 cards are in Rivers.")
}

func TestPagesOfImport(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Imports = ImportLimits{Read: formats.Limits{Time: time.Minute}} })
	ada := w.join("ada")
	golden(t, "import-choose-empty", ada.get("/import").want(t, "nothing yet", 200, "Import a deck"))
	failed, _ := ada.preview(sentFile{"holiday.png", pixel})
	golden(t, "import-failed", failed)
	golden(t, "import-gone", ada.get("/import/01900000-0000-7000-8000-000000000000").want(t, "a file that is gone", 404))
	golden(t, "import-wrong", ada.sendFiles(nil).want(t, "no file", 422, "There is nothing to read yet."))
	several, _ := ada.preview(sentFile{"deck.json", []byte(crowdanki)}, sentFile{"neva.png", pixel}, sentFile{"letter.pdf", []byte("%PDF-1.7")})
	golden(t, "import-several", several.want(t, "a deck with a picture and a letter", 200, "Left out."))
	deck, _ := ada.deck("Apollo programme", facts...)
	golden(t, "deckexport", ada.get(fmt.Sprintf("/decks/%d/export", deck)).want(t, "export", 200, "Anki deck package"))
}

func TestAnImportOfTheAccountGoesWithIt(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, path := ada.preview(sentFile{"Rivers.csv", []byte(rivers)})
	up := w.inboxOf(t, path, ada)
	w.server.inbox.removeAllOf(ada.id)
	if _, err := w.server.inbox.find(up.id, ada.id); err != store.ErrNotFound { //nolint:errorlint // it is returned as it is
		t.Errorf("after the account was deleted its file is found: %v", err)
	}
}
