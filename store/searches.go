package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// SearchID identifies a saved search of one user.
type SearchID int64

// SavedSearch is a query that a user keeps by a name.
type SavedSearch struct {
	ID    SearchID
	Name  string
	Query string
}

// The most that is kept of searches: their number, and how long a name and a query are,
// in bytes.
const (
	mostSearches   = 200
	longSearchName = 200
	longQuery      = 8000
)

// ErrFull is for a list that takes no more.
var ErrFull = errors.New("this list is full")

// SaveSearch keeps a query by a name. A search of that name gets the query. More than 200
// give ErrFull.
func (s *Store) SaveSearch(ctx context.Context, user UserID, name, query string, now time.Time) (id SearchID, err error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > longSearchName || len(query) > longQuery {
		return 0, fmt.Errorf("store: save a search: %q is no name, or the query is too long", name)
	}
	err = s.write(ctx, "save a search", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		id, err = t.saveSearch(user, name, query, millis(now))
		return err
	})
	return id, err
}

func (t *txn) saveSearch(user UserID, name, query string, created int64) (SearchID, error) {
	var have int
	var known int64
	err := t.row(`SELECT count(*), coalesce(max(CASE WHEN name_key = ?2 THEN id END), 0) FROM saved_searches WHERE user_id = ?1`, int64(user), fold(name)).Scan(&have, &known)
	switch {
	case err != nil:
		return 0, err
	case known != 0:
		_, err := t.exec(`UPDATE saved_searches SET name = ?, query = ? WHERE id = ?`, name, query, known)
		return SearchID(known), err
	case have >= mostSearches:
		return 0, ErrFull
	}
	id, err := t.insert(`INSERT INTO saved_searches (user_id, name, name_key, query, created) VALUES (?, ?, ?, ?, ?)`, int64(user), name, fold(name), query, created)
	return SearchID(id), err
}

// SavedSearches lists a user's searches by name.
func (s *Store) SavedSearches(ctx context.Context, user UserID) (list []SavedSearch, err error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT id, name, query FROM saved_searches WHERE user_id = ? ORDER BY name_key`, int64(user))
	if err != nil {
		return nil, wrap("saved searches", err)
	}
	defer rows.Close()
	for rows.Next() {
		var x SavedSearch
		if err := rows.Scan(&x.ID, &x.Name, &x.Query); err != nil {
			return nil, wrap("saved searches", err)
		}
		list = append(list, x)
	}
	return list, wrap("saved searches", rows.Err())
}

// DeleteSearch forgets a search of the user's, or gives ErrNotFound.
func (s *Store) DeleteSearch(ctx context.Context, user UserID, id SearchID) error {
	return s.write(ctx, fmt.Sprintf("delete search %d", id), func(t *txn) error {
		n, err := t.exec(`DELETE FROM saved_searches WHERE id = ? AND user_id = ?`, int64(id), int64(user))
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
}

// searchList is what the user searches for again and again, as it is exported.
var searchList = exportedList{"searches", `SELECT name, query, created FROM saved_searches WHERE user_id = ?1 ORDER BY name_key`, exportSearch}

// exportedSearch is a SavedSearch.
type exportedSearch struct {
	Name    string    `json:"name"`
	Query   string    `json:"query"`
	Created time.Time `json:"created"`
}

func exportSearch(_ *exporter, rows *sql.Rows) (any, error) {
	var x exportedSearch
	var created int64
	err := rows.Scan(&x.Name, &x.Query, &created)
	x.Created = instant(created)
	return x, err
}

// filtered are the searches of Anki's filtered decks, whose cards have gone home.
func (m *staging) filtered() (list []exportedSearch) {
	for _, d := range m.draft.Decks {
		var terms [][]any // search, limit, order
		if !d.Filtered || json.Unmarshal(d.Extras["anki.terms"], &terms) != nil || len(terms) == 0 || len(terms[0]) == 0 {
			continue
		}
		if query, ok := terms[0][0].(string); ok && strings.TrimSpace(query) != "" {
			list = append(list, exportedSearch{Name: d.Name, Query: strings.TrimSpace(query), Created: m.now})
		}
	}
	return list
}

// showSearches stores the searches whose names are free.
func (m *staging) showSearches(t *txn) error {
	for _, x := range append(exported[exportedSearch](m, searchList), m.filtered()...) {
		name := strings.TrimSpace(x.Name)
		if name == "" || len(name) > longSearchName || len(x.Query) > longQuery {
			continue
		}
		var known bool
		err := t.row(`SELECT EXISTS (SELECT 1 FROM saved_searches WHERE user_id = ? AND name_key = ?)`, int64(m.user), fold(name)).Scan(&known)
		if err == nil && !known {
			_, err = t.saveSearch(m.user, name, x.Query, millis(x.Created))
		}
		if err != nil && !errors.Is(err, ErrFull) {
			return err
		}
	}
	return nil
}
