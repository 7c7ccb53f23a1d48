package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// sortKeys are what cards are sorted by. What comes with a schedule is asked of one.
var sortKeys = map[Order]struct {
	sql            string
	card, schedule bool
	text           bool
}{
	ByAdded:    {sql: `0`},
	ByQuestion: {sql: `substr(c.folded, 1, 40)`, card: true, text: true},
	ByDeck:     {}, // by its place among the decks
	ByDue:      {sql: `CASE WHEN s.seen = 1 THEN s.due ELSE 1000000 END`, schedule: true},
	ByInterval: {sql: `coalesce(s.interval, 0)`, schedule: true},
	ByEase:     {sql: `coalesce(s.e_factor, 250)`, schedule: true},
	ByLapses:   {sql: `coalesce(s.lapses, 0)`, schedule: true},
}

// page reads a page of what was found, from its place in the order. Where it takes long
// to find out of a card, each is looked at once, and the page tells how many there are.
func (q *finder) page(b Browse, w *where, found *Browsed) error {
	key := sortKeys[b.Order]
	expr := key.sql
	if b.Order == ByDeck {
		expr = q.deckRank()
	}
	w.card, w.schedule = w.card || key.card, w.schedule || key.schedule
	down, args, beyond := b.Down, slices.Clone(w.args), ""
	if at := cmp.Or(b.After, b.Before); at != "" {
		value, id, err := readPlace(at, key.text)
		if err != nil {
			return err
		}
		down = down != (b.Before != "")
		beyond = ">"
		if down {
			beyond = "<"
		}
		if args = append([]any{value, id}, args...); w.dear {
			args = append(slices.Clone(w.args), value, id)
		}
	}
	direction := ""
	if down {
		direction = " DESC"
	}
	limit := ` LIMIT ` + strconv.Itoa(b.Size+1)
	var query string
	if w.dear {
		//nolint:misspell // it is a word of SQL
		query = `WITH found AS MATERIALIZED (SELECT ` + idOf + ` AS id, ` + expr + ` AS place FROM ` + q.from(w) + `) SELECT id, place, (SELECT count(*) FROM found) FROM found`
		if beyond != "" {
			query += ` WHERE (place, id) ` + beyond + ` (?, ?)`
		}
		query += ` ORDER BY place` + direction + `, id` + direction + limit
	} else {
		from := *w
		if beyond != "" {
			from.sql = fmt.Sprintf(`(%s, %s) %s (?, ?) AND `, expr, idOf, beyond) + w.sql
		}
		order := expr + direction + `, ` + idOf + direction
		if b.Order == ByAdded {
			order = idOf + direction
		}
		query = `SELECT ` + idOf + `, ` + expr + `, ` + strconv.Itoa(found.Total) + ` FROM ` + q.from(&from) + ` ORDER BY ` + order + limit
	}
	ids, places, err := q.places(q.named(w, query), args, &found.Total)
	if err != nil || len(ids) == 0 {
		return err
	}
	more := len(ids) > b.Size
	ids, places = ids[:min(len(ids), b.Size)], places[:min(len(places), b.Size)]
	backwards := b.Before != ""
	if backwards {
		slices.Reverse(ids)
		slices.Reverse(places)
	}
	if more || backwards {
		found.Next = places[len(places)-1]
	}
	if b.After != "" || more && backwards {
		found.Previous = places[0]
	}
	return q.fill(ids, found)
}

// deckRank is the place of a card's deck among the decks by name.
func (q *finder) deckRank() string {
	var b strings.Builder
	b.WriteString(`CASE ` + deckOf)
	for i, d := range q.decks {
		fmt.Fprintf(&b, ` WHEN %d THEN %d`, d.id, i)
	}
	return b.String() + ` END`
}

// places reads ids, their places in the order, and how many there are in all.
func (q *finder) places(query string, args []any, total *int) (ids []int64, places []string, err error) {
	rows, err := q.tx.QueryContext(q.ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var key string
		if err := rows.Scan(&id, &key, total); err != nil {
			return nil, nil, err
		}
		ids, places = append(ids, id), append(places, strconv.FormatInt(id, 10)+"~"+key)
	}
	return ids, places, rows.Err()
}

// errPlace is for a place in the order that no page gave.
var errPlace = errors.New("this is no place in the order")

func readPlace(text string, isText bool) (value any, id int64, err error) {
	number, key, ok := strings.Cut(text, "~")
	if id, err = strconv.ParseInt(number, 10, 64); err != nil || !ok {
		return nil, 0, fmt.Errorf("%w: %w", ErrNotFound, errPlace)
	}
	if isText {
		return key, id, nil
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrNotFound, errPlace)
	}
	return n, id, nil
}

// fill reads what is shown of some cards, in the order of their ids.
func (q *finder) fill(ids []int64, found *Browsed) error {
	//nolint:gosec // they are numbers
	rows, err := q.tx.QueryContext(q.ctx, `SELECT c.note_id, c.deck_id, coalesce(s.flag, 0), `+rowColumns+`
		FROM cards c JOIN notes n ON n.id = c.note_id LEFT JOIN schedules s ON s.user_id = ? AND s.card_id = c.id WHERE c.id IN (`+idList(ids)+`)`, q.user)
	if err != nil {
		return err
	}
	defer rows.Close()
	at := make(map[CardID]FoundCard, len(ids))
	for rows.Next() {
		var f FoundCard
		if f.CardRow, err = scanCardRow(rows, &f.Note, &f.Deck, &f.Flag); err != nil {
			return err
		}
		d := q.deck(int64(f.Deck))
		f.DeckName, f.Mine, f.Studied = d.name, d.mine, d.studied
		at[f.ID] = f
	}
	for _, id := range ids {
		if f, ok := at[CardID(id)]; ok {
			found.Cards = append(found.Cards, f)
		}
	}
	return rows.Err()
}

// idList is numbers with commas between them.
func idList(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}
