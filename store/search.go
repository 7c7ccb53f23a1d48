package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/search"
)

// Order is what found cards are sorted by.
type Order string

// The orders.
const (
	ByAdded    Order = "added"
	ByQuestion Order = "question"
	ByDeck     Order = "deck"
	ByDue      Order = "due" // new cards last
	ByInterval Order = "interval"
	ByEase     Order = "ease"
	ByLapses   Order = "lapses"
)

// Orders are all there are.
var Orders = []Order{ByAdded, ByQuestion, ByDeck, ByDue, ByInterval, ByEase, ByLapses}

// Browse is a question for found cards, a page at a time.
type Browse struct {
	Query  search.Node
	Order  Order
	Down   bool   // the greatest first
	After  string // a page's Next, or "" for the first page
	Before string // a page's Previous; only one of them is given
	Size   int
}

// Browsed is a page of found cards.
type Browsed struct {
	Cards    []FoundCard
	Total    int
	Next     string // "" on the last page
	Previous string // "" on the first page
}

// FoundCard is a card among those found.
type FoundCard struct {
	CardRow
	Note     NoteID
	Deck     DeckID
	DeckName string
	Mine     bool // it can be moved, tagged and deleted
	Studied  bool // it can be suspended, put off and flagged
	Flag     int
}

// Browse finds cards in the decks that a user owns or studies. A query that names a
// field that no note has gives a *search.Error. The page and the number of all are of
// one moment.
func (s *Store) Browse(ctx context.Context, user UserID, now time.Time, b Browse) (found Browsed, err error) {
	err = s.searching(ctx, user, now, b.Query, func(q *finder) error {
		if !slices.Contains(Orders, b.Order) {
			b.Order = ByAdded
		}
		where, err := q.compile(b.Query)
		if err != nil || len(q.decks) == 0 {
			return err
		}
		if where.dear {
			if err := q.page(b, where, &found); err != nil || len(found.Cards) > 0 || b.After+b.Before == "" {
				return err
			}
		}
		if err := q.row(`SELECT count(*) FROM `+q.from(where), where.args...).Scan(&found.Total); err != nil || found.Total == 0 || where.dear {
			return err
		}
		return q.page(b, where, &found)
	})
	if err != nil {
		return Browsed{}, wrap("browse", err)
	}
	return found, nil
}

// Found is a card of a search, as far as acts on many need it.
type Found struct {
	Card    CardID
	Note    NoteID
	Mine    bool
	Studied bool
}

// Find finds all cards that fulfil a query, as Browse does, as they were added.
func (s *Store) Find(ctx context.Context, user UserID, now time.Time, query search.Node) (list []Found, err error) {
	err = s.searching(ctx, user, now, query, func(q *finder) error {
		where, err := q.compile(query)
		if err != nil || len(q.decks) == 0 {
			return err
		}
		where.card = true
		rows, err := q.tx.QueryContext(q.ctx, q.named(where, `SELECT `+idOf+`, c.note_id, c.deck_id FROM `+q.from(where)+` ORDER BY `+idOf), where.args...) //nolint:gosec // ids and columns of our own; values are arguments
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var f Found
			var deck int64
			if err := rows.Scan(&f.Card, &f.Note, &deck); err != nil {
				return err
			}
			d := q.deck(deck)
			f.Mine, f.Studied = d.mine, d.studied
			list = append(list, f)
		}
		return rows.Err()
	})
	return list, wrap("find", err)
}

// finder looks for cards of one user at one moment.
type finder struct {
	ctx   context.Context
	tx    *sql.Tx
	user  int64
	clock cards.Clock
	today cards.Day
	decks []foundDeck // that are searched, by name
	types []*noteType // of their owners, once a query needs them
}

// foundDeck is a deck that a user owns or studies.
type foundDeck struct {
	id            int64
	name          string
	mine, studied bool
}

func (q *finder) row(query string, args ...any) *sql.Row {
	return q.tx.QueryRowContext(q.ctx, query, args...)
}

// deck is the deck of that id.
func (q *finder) deck(id int64) foundDeck {
	for _, d := range q.decks {
		if d.id == id {
			return d
		}
	}
	return foundDeck{}
}

// searching calls do with a finder, whose connection knows the functions of queries.
func (s *Store) searching(ctx context.Context, user UserID, now time.Time, query search.Node, do func(*finder) error) error {
	p, clock, last, err := s.planOf(ctx, user)
	if err != nil {
		return err
	}
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := addFunctions(ctx, conn); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	q := &finder{ctx: ctx, tx: tx, user: int64(p.user), clock: clock, today: clock.Today(now, last)}
	if err := q.readDecks(); err != nil {
		return err
	}
	q.narrow(query)
	return do(q)
}

func (q *finder) readDecks() error {
	rows, err := q.tx.QueryContext(q.ctx, `SELECT d.id, d.name, d.user_id = ?1, coalesce(e.state, '') = 'active'
		FROM decks d LEFT JOIN enrolments e ON e.user_id = ?1 AND e.deck_id = d.id
		WHERE d.user_id IS NOT NULL AND d.id IN (SELECT id FROM decks WHERE user_id = ?1
			UNION SELECT deck_id FROM enrolments WHERE user_id = ?1 AND state = 'active') ORDER BY d.name_key, d.id`, q.user)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d foundDeck
		if err := rows.Scan(&d.id, &d.name, &d.mine, &d.studied); err != nil {
			return err
		}
		q.decks = append(q.decks, d)
	}
	return rows.Err()
}

// narrow leaves those decks that every found card must lie in.
func (q *finder) narrow(query search.Node) {
	all, ok := query.(search.And)
	if !ok {
		all = search.And{query}
	}
	for _, n := range all {
		if d, ok := n.(search.Deck); ok {
			in := inDeck(d.Name)
			q.decks = slices.DeleteFunc(q.decks, func(d foundDeck) bool { return !in(d.name) })
		}
	}
}

// inDeck is whether a deck of a name, or one above it, is meant by a pattern.
func inDeck(p search.Pattern) func(name string) bool {
	match := p.Matcher()
	return func(name string) bool {
		for {
			if match(name) {
				return true
			}
			i := strings.LastIndex(name, "::")
			if i < 0 {
				return false
			}
			name = name[:i]
		}
	}
}

// base is the table that a query reads first: schedules, which lie beside each other by
// user, where every card has one and nothing of the card itself is asked, or little is
// left to ask it of; or cards.
func (q *finder) base(w *where) string {
	if w.card && !w.few || !w.schedule || slices.ContainsFunc(q.decks, func(d foundDeck) bool { return !d.studied }) {
		return "cards"
	}
	return "schedules"
}

// from is the tables that a query reads, and its condition.
func (q *finder) from(w *where) string {
	ids := make([]int64, len(q.decks))
	for i, d := range q.decks {
		ids[i] = d.id
	}
	text := `schedules s`
	if w.card {
		text += ` CROSS JOIN cards c ON c.id = s.card_id`
	}
	if w.note {
		text += ` CROSS JOIN notes n ON n.id = c.note_id`
	}
	text += ` WHERE s.user_id = ` + strconv.FormatInt(q.user, 10) + ` AND `
	if q.base(w) == "cards" {
		text = `cards c INDEXED BY cards_found`
		if w.schedule {
			text += ` LEFT JOIN schedules s ON s.user_id = ` + strconv.FormatInt(q.user, 10) + ` AND s.card_id = c.id`
		}
		if w.note {
			text += ` CROSS JOIN notes n ON n.id = c.note_id`
		}
		text += ` WHERE `
	}
	return q.named(w, text+deckOf+` IN (`+idList(ids)+`) AND `+w.sql)
}

// named puts columns in the places of idOf and deckOf.
func (q *finder) named(w *where, text string) string {
	if q.base(w) == "schedules" {
		return strings.NewReplacer(idOf, `s.card_id`, deckOf, `s.deck_id`).Replace(text)
	}
	return strings.NewReplacer(idOf, `c.id`, deckOf, `c.deck_id`).Replace(text)
}
