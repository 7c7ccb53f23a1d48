package store_test

import (
	"errors"
	"fmt"
	"testing"

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
