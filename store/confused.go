package store

import (
	"context"
	"strconv"
	"time"

	"recto/cards"
	"recto/cards/quiz/ask"
)

// Confusion is a pair of cards of which one was answered with the answer of the other.
type Confusion struct {
	Card, Other Faced
	Times       int
	Last        time.Time
}

// Faced is a card by its text.
type Faced struct {
	ID          CardID
	Front, Back string
}

// Confusions are the pairs that a user takes for one another, those most often first, n
// at most; those of one card where card is not 0.
func (s *Store) Confusions(ctx context.Context, user UserID, card CardID, n int) ([]Confusion, error) {
	const seen = `IN (SELECT d.id FROM decks d WHERE ` + cardSeenBy + `)`
	rows, err := s.readers.QueryContext(ctx, `SELECT x.card_id, c.front, c.back, x.other_id, o.front, o.back, x.times, x.last FROM confusions x
		JOIN cards c ON c.id = x.card_id JOIN cards o ON o.id = x.other_id
		WHERE x.user_id = ?1 AND (?2 = 0 OR x.card_id = ?2 OR x.other_id = ?2) AND c.deck_id `+seen+` AND o.deck_id `+seen+`
		ORDER BY x.times DESC, x.last DESC LIMIT ?3`, int64(user), int64(card), n)
	if err != nil {
		return nil, wrap("confusions", err)
	}
	defer rows.Close()
	list := []Confusion{}
	for rows.Next() {
		var c Confusion
		var last int64
		if err := rows.Scan(&c.Card.ID, &c.Card.Front, &c.Card.Back, &c.Other.ID, &c.Other.Front, &c.Other.Back, &c.Times, &last); err != nil {
			return nil, wrap("confusions", err)
		}
		c.Last = instant(last)
		list = append(list, c)
	}
	return list, wrap("confusions", rows.Err())
}

// PairItems are two cards as a quiz asks them apart. It gives ErrNotFound where the user
// cannot see both.
func (s *Store) PairItems(ctx context.Context, user UserID, a, b CardID) (items [2]ask.Item, err error) {
	for _, id := range []CardID{a, b} {
		if _, err := s.Card(ctx, user, id); err != nil {
			return items, err
		}
	}
	found, err := s.quizRows(ctx, user, []int64{int64(a), int64(b)})
	if err == nil && len(found) != 2 {
		err = ErrNotFound
	}
	if err == nil {
		_, err = s.fillItems(ctx, found)
	}
	if err != nil {
		return items, wrap("cards "+strconv.FormatInt(int64(a), 10)+" and "+strconv.FormatInt(int64(b), 10), err)
	}
	for i := range found {
		items[i] = found[i].item
	}
	return items, nil
}

// Leeches are the cards of decks that a user studies and has forgotten again and again,
// the worst first, n at most.
func (s *Store) Leeches(ctx context.Context, user UserID, n int) ([]CardRow, error) {
	list, err := cardRows(ctx, s.readers, user, `s.lapses >= ? AND c.deck_id IN (SELECT deck_id FROM enrolments WHERE user_id = ? AND state = 'active')
		ORDER BY s.lapses DESC, c.id LIMIT ?`, cards.LeechLapses, int64(user), n)
	return list, wrap("leeches", err)
}
