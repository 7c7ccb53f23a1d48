package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"recto/cards/formats"
	"recto/store"
)

func TestSearchesAreKeptByName(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	save := func(p *person, name, query string) store.SearchID {
		t.Helper()
		return got[store.SearchID](t)(w.s.SaveSearch(w.ctx(), p.id, name, query, w.now))
	}
	verbs := save(ada, "Verbs", "tag:verb")
	save(ada, "Äpfel", "deck:Obst")
	if again := save(ada, " verbs ", "tag:verb is:due"); again != verbs {
		t.Errorf("the same name is searches %d and %d", verbs, again)
	}
	save(eve, "Verbs", "hers")
	list := got[[]store.SavedSearch](t)(w.s.SavedSearches(w.ctx(), ada.id))
	if len(list) != 2 || list[0] != (store.SavedSearch{ID: verbs, Name: "verbs", Query: "tag:verb is:due"}) {
		t.Errorf("ada's searches are %+v", list)
	}
	if err := w.s.DeleteSearch(w.ctx(), eve.id, verbs); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("eve deletes ada's search: %v", err)
	}
	must(t, w.s.DeleteSearch(w.ctx(), ada.id, verbs))
	if err := w.s.DeleteSearch(w.ctx(), ada.id, verbs); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
	for i := range 199 {
		save(ada, fmt.Sprint(i), "x")
	}
	if _, err := w.s.SaveSearch(w.ctx(), ada.id, "one more", "x", w.now); !errors.Is(err, store.ErrFull) {
		t.Errorf("one more than 200 gives %v", err)
	}
	if _, err := w.s.SaveSearch(w.ctx(), ada.id, " ", "x", w.now); err == nil {
		t.Error("a search has no name")
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	w.wantClean()
}

// TestAFilteredDeckIsASavedSearch: its cards go home, and what it looked for stays.
func TestAFilteredDeckIsASavedSearch(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	d := pack("one")
	d.Decks = append(d.Decks,
		formats.Deck{ID: 9, Name: "Cram", Preset: -1, Filtered: true, Extras: formats.Extras{"anki.terms": json.RawMessage(`[["deck:Pack prop:due>5",3,0],["x",1,1]]`)}},
		formats.Deck{ID: 10, Name: "Empty", Preset: -1, Filtered: true, Extras: formats.Extras{"anki.terms": json.RawMessage(`[["",3,0]]`)}},
		formats.Deck{ID: 11, Name: "Damaged", Preset: -1, Filtered: true, Extras: formats.Extras{"anki.terms": json.RawMessage(`{"a":1}`)}})
	for range 2 {
		ada.take(d, store.Choices{})
	}
	list := got[[]store.SavedSearch](t)(w.s.SavedSearches(w.ctx(), ada.id))
	if len(list) != 1 || list[0].Name != "Cram" || list[0].Query != "deck:Pack prop:due>5" {
		t.Errorf("the saved searches are %+v", list)
	}
}
