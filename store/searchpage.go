package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

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
