package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"recto/cards/search"
	"recto/store"
)

func browseFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	_, ids := ada.deck(secret+" browsed", [2]string{secret + " browsed", "back"})
	act, err := w.store.StartBulk(w.ctx(), ada.id, newKey(), store.Bulk{Kind: store.BulkFlag, Flag: 1}, []store.Found{{Card: ids[0], Studied: true}}, w.now())
	w.must(err)
	w.must(w.store.RunBulk(w.ctx(), ada.id, act.ID))
	saved, err := w.store.SaveSearch(w.ctx(), ada.id, secret, secret, w.now())
	w.must(err)
	return map[string]fixture{
		"GET /cards":                           {path: "/cards", other: 200},
		"POST /browse/searches":                {path: "/browse/searches", form: with("q", "is:due", "name", "mine"), other: 303},
		"POST /browse/searches/:search/delete": {path: fmt.Sprintf("/browse/searches/%d/delete", saved), form: with()},
		"POST /browse/act":                     {path: "/browse/act", form: with("do", "suspend", "scope", "chosen", "card", fmt.Sprint(ids[0]), "here", "/cards"), other: 303},
		"POST /browse/acts/:act/undo":          {path: fmt.Sprintf("/browse/acts/%d/undo", act.ID), form: with("here", "/cards")},
	}
}

func TestBrowsePages(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	golden(t, "browse-empty", ada.get("/cards").want(t, "no cards", 200, "No cards yet."))
	ada.deck("Apollo programme", facts...)
	other, _ := grace.deck("Rivers of Europe", [2]string{"Which river flows through Rome?", "The Tiber"})
	w.must(w.store.ShareDeck(w.ctx(), grace.id, other, true))
	w.must(w.store.Enrol(w.ctx(), ada.id, other, w.today(ada), w.now()))
	golden(t, "browse", ada.get("/cards").want(t, "cards", 200, "4 cards", "The Tiber"))
	golden(t, "browse-found", ada.get("/cards?q=apollo+-rocket&by=question").want(t, "a search", 200, "2 cards", "has “apollo” and not has “rocket”"))
	golden(t, "browse-nothing", ada.get("/cards?q=tag%3Anowhere").want(t, "nothing", 200, "No card is found"))
	golden(t, "browse-wrong", ada.get("/cards?q=apollo+is%3Alate").want(t, "a wrong query", 422, "At character 8: a card is not"))
	ada.get("/cards?q=planet%3Aearth").want(t, "a field that is not", 422, "no note has a field", "deck, tag, is")
}

// TestEveryActOfThePageIsDoneAndTakenBack posts each act as the page's form does.
func TestEveryActOfThePageIsDoneAndTakenBack(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo programme", facts...)
	ada.lapse(ids[0], 1)
	moon, _ := ada.deck("Moon")
	for _, c := range []struct {
		form  url.Values
		says  string
		undo  string
		query string // finds what the act did
		n     int
	}{
		{url.Values{"do": {"suspend"}, "scope": {"all"}}, "3 cards were suspended.", "Undo: suspend 3 cards", "is:suspended", 3},
		{url.Values{"do": {"bury"}, "scope": {"all"}}, "3 cards were put off to the next day.", "Undo: put off 3 cards", "is:buried", 3},
		{url.Values{"do": {"reset"}, "scope": {"all"}}, "1 card was set back to new. 2 cards stayed as they were.", "Undo: set 1 card back to new", "is:new", 3},
		{url.Values{"do": {"flag"}, "flag": {"4"}, "scope": {"all"}}, "3 cards got flag 4.", "Undo: flag 3 cards", "flag:4", 3},
		{url.Values{"do": {"tag"}, "tag": {"space::race"}, "scope": {"all"}}, "3 notes were tagged with “space::race”.", "Undo: tag 3 notes", "tag:space", 3},
		{url.Values{"do": {"move"}, "deck": {fmt.Sprint(moon)}, "scope": {"all"}}, "3 cards were moved to Moon.", "Undo: move 3 cards", "deck:Moon", 3},
		{url.Values{"do": {"delete"}, "scope": {"all"}}, "3 cards were put into the trash.", "Undo: delete 3 cards", "-is:suspended", 0},
	} {
		page := ada.get("/cards").want(t, "cards", 200)
		done := ada.submit(page, "acts", c.form).want(t, c.form.Get("do"), 200, c.says)
		checkHTML(t, c.form.Get("do"), done.body)
		ada.get("/cards").want(t, "a reload", 200, c.undo)
		if n := found(w, ada, c.query); n != c.n {
			t.Errorf("after %s, %q finds %d, want %d", c.form.Get("do"), c.query, n, c.n)
		}
		back := ada.submit(ada.get("/cards"), "undo-act", nil).want(t, "undo", 200, "Taken back: ")
		checkHTML(t, "undo of "+c.form.Get("do"), back.body)
		if n := found(w, ada, "-is:suspended -is:buried flag:0 tag:none deck:Apollo*"); n != 3 {
			t.Errorf("after the undo of %s, %d cards are as they were, want 3", c.form.Get("do"), n)
		}
	}
}

func found(w *world, c *client, query string) int {
	w.t.Helper()
	n, err := search.Parse(query)
	w.must(err)
	list, err := w.store.Find(w.ctx(), c.id, w.now(), n)
	w.must(err)
	return len(list)
}

func TestSearchesAreSavedAndDeleted(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo programme", facts...)
	page := ada.get("/cards?q=apollo+-rocket")
	checkHTML(t, "a search", page.body)
	saved := ada.submit(page, "save-search", url.Values{"name": {"Without rockets"}}).want(t, "save", 200, "The search is saved.", `aria-current="page">Without rockets</a>`)
	golden(t, "browse-saved", saved)
	checkHTML(t, "saved", saved.body)
	ada.get("/cards").want(t, "all cards", 200, `<a href="/cards?q=apollo&#43;-rocket">Without rockets</a>`)
	again := ada.submit(ada.get("/cards?q=moon"), "save-search", url.Values{"name": {"without rockets"}}).want(t, "another query of that name", 200, `<a href="/cards?q=moon" aria-current="page">without rockets</a>`)
	for says, form := range map[string]url.Values{"Give the search a name": {"name": {"  "}}, "Search for something first": {"name": {"x"}, "q": {"(("}}} {
		checkHTML(t, says, ada.submit(again, "save-search", form).want(t, says, http.StatusUnprocessableEntity, says).body)
	}
	list, err := w.store.SavedSearches(w.ctx(), ada.id)
	w.must(err)
	if len(list) != 1 || list[0].Query != "moon" {
		t.Fatalf("the saved searches are %+v", list)
	}
	gone := ada.submit(again, fmt.Sprintf("forget-%d", list[0].ID), nil).want(t, "delete", 200, "The search is no longer saved.", `value="without rockets"`)
	if strings.Contains(gone.body, "Saved searches\"") {
		t.Error("a deleted search is still listed")
	}
}

func TestWhatIsMissingForAnActIsSaid(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo programme", facts...)
	page := ada.get("/cards")
	for says, form := range map[string]url.Values{
		"No card is chosen.":        {"do": {"suspend"}, "scope": {"chosen"}},
		"Choose what to do":         {"do": {"explode"}, "scope": {"all"}},
		"Write one tag":             {"do": {"tag"}, "tag": {"two words"}, "scope": {"all"}},
		"Choose the deck":           {"do": {"move"}, "deck": {"x"}, "scope": {"all"}},
		"Choose what to do, and to": {"do": {"flag"}, "flag": {"9"}, "scope": {"all"}},
	} {
		checkHTML(t, says, ada.submit(page, "acts", form).want(t, says, http.StatusUnprocessableEntity, says).body)
	}
	ada.submit(page, "acts", url.Values{"do": {"move"}, "deck": {"999"}, "scope": {"all"}}).want(t, "a deck that is not", http.StatusNotFound)
	ada.submit(page, "acts", url.Values{"do": {"suspend"}, "scope": {"chosen"}, "card": {fmt.Sprint(ids[1])}}).want(t, "one", 200, "1 card was suspended.")
	if n := found(w, ada, "is:suspended"); n != 1 {
		t.Errorf("%d cards are suspended, want 1", n)
	}
}

// TestPagesOfFoundCardsFollowEachOther walks all pages there and back.
func TestPagesOfFoundCardsFollowEachOther(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	var pairs [][2]string
	for i := range 250 {
		pairs = append(pairs, [2]string{fmt.Sprintf("Card %03d", i*7%250), "back"})
	}
	ada.deck("Many", pairs...)
	for _, o := range browseOrders {
		address := "/cards?by=" + string(o.order)
		seen := map[string]bool{}
		var back string
		for pages := 0; address != ""; pages++ {
			page := ada.get(address).want(t, address, 200)
			for _, part := range strings.Split(page.body, `data-card="`)[1:] {
				id, _, _ := strings.Cut(part, `"`)
				if seen[id] {
					t.Fatalf("%s: card %s comes twice", address, id)
				}
				seen[id] = true
			}
			address, back = link(page.body, "next"), link(page.body, "prev")
			if pages > 3 {
				t.Fatalf("by %s, the pages have no end", o.order)
			}
		}
		if len(seen) != 250 {
			t.Errorf("by %s, the pages have %d cards, want 250", o.order, len(seen))
		}
		middle := ada.get(back).want(t, back, 200, "101 to 200 of 250")
		ada.get(link(middle.body, "prev")).want(t, "the first page", 200, "1 to 100 of 250")
	}
}

// link is the address of a link with a rel, "" for none.
func link(page, rel string) string {
	_, after, ok := strings.Cut(page, `rel="`+rel+`" href="`)
	if !ok {
		return ""
	}
	address, _, _ := strings.Cut(after, `"`)
	return html.UnescapeString(address)
}
