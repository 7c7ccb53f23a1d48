package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"recto/cards/search"
	"recto/store"
	"recto/views"
)

const longSearchName = 60 // characters

// savedSearches lists the searches that the user keeps, and offers to keep this one.
func (s *server) savedSearches(r *request, b browsing, p *views.Browse) error {
	list, err := s.store.SavedSearches(r.ctx, r.user.ID)
	for _, x := range list {
		l := views.SavedSearch{ID: int64(x.ID), Name: x.Name, Query: x.Query, Href: browsing{query: x.Query, order: store.ByAdded, down: true}.address(), Current: x.Query == b.query}
		p.Saved = append(p.Saved, l)
		if l.Current {
			p.SaveName = x.Name
		}
	}
	if name := clean(r.query.Get("name")); name != "" && p.SaveName == "" {
		p.SaveName = name
	}
	return err
}

// saveSearch keeps a query by a name.
func (s *server) saveSearch(r *request) (reply, error) {
	b := browsing{query: strings.TrimSpace(clean(r.form.Get("q"))), order: store.ByAdded, down: true}
	name := r.line("name")
	var sentence string
	_, wrong := search.Parse(b.query)
	switch {
	case b.query == "" || wrong != nil:
		sentence = "Search for something first; then the search can be saved."
	case !visible(name) || len([]rune(name)) > longSearchName:
		sentence = "Give the search a name, of 60 characters at most."
	default:
		_, err := s.store.SaveSearch(r.ctx, r.user.ID, name, b.query, r.now)
		if errors.Is(err, store.ErrFull) {
			sentence = "You have 200 saved searches, which is the most. Delete one first."
			break
		}
		if err != nil {
			return reply{}, err
		}
		return goTo(withQuery(b.address(), "note", "saved-search"))
	}
	p, err := s.browsePage(r, b)
	if err != nil {
		return reply{}, err
	}
	p.SaveError, p.SaveName = sentence, name
	return showAs(http.StatusUnprocessableEntity, p)
}

// deleteSearch forgets a search, and shows what it found: saving it again is one press.
func (s *server) deleteSearch(r *request) (reply, error) {
	id, err := r.param("search")
	if err != nil {
		return reply{}, err
	}
	list, err := s.store.SavedSearches(r.ctx, r.user.ID)
	if err != nil {
		return reply{}, err
	}
	for _, x := range list {
		if x.ID != store.SearchID(id) {
			continue
		}
		if err := s.store.DeleteSearch(r.ctx, r.user.ID, x.ID); err != nil {
			return reply{}, err
		}
		return goTo("/cards?" + url.Values{"q": {x.Query}, "name": {x.Name}, "note": {"deleted-search"}}.Encode())
	}
	return reply{}, store.ErrNotFound
}
