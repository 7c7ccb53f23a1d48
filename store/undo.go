package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// The latest event of a user that was not taken back, of a card that they study,
// if nothing has happened to the card since. An act on many cards is taken back whole,
// by UndoBulk.
const undoable = `SELECT r.id FROM reviews r
	WHERE r.user_id = ?1 AND r.kind NOT IN ('undo', 'import')
	AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)
	AND NOT EXISTS (SELECT 1 FROM bulk_items b WHERE b.event = r.id)
	AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.card_id = r.card_id AND l.user_id = r.user_id AND l.id > r.id AND l.kind <> 'undo'
		AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = l.id))
	AND EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = r.user_id AND s.card_id = r.card_id AND ` + active + `)
	ORDER BY r.day DESC, r.id DESC LIMIT 1`

// Undo takes back the user's latest event that was not taken back yet: the card's
// schedule is as it was before it, and the card is asked next. It can be called
// until nothing is left, which gives ErrNothingToUndo. The same key twice is one undo.
func (s *Store) Undo(ctx context.Context, user UserID, key string, now time.Time) (review cards.Review, err error) {
	if key == "" || now.IsZero() {
		return review, errors.New("store: undo: the key or the time is missing")
	}
	err = s.writer.run(ctx, func(t *txn) (err error) {
		review, err = t.undo(user, key, now)
		return err
	})
	if err != nil {
		return cards.Review{}, fmt.Errorf("store: undo: %w", err)
	}
	return review, nil
}

func (t *txn) undo(user UserID, key string, now time.Time) (cards.Review, error) {
	known, err := reviewsOf(t.ctx, t.pool, `user_id = ? AND key = ?`, int64(user), key)
	if err != nil || len(known) > 0 {
		if err == nil && known[0].Kind != cards.EventUndo {
			return cards.Review{}, ErrStale
		}
		return append(known, cards.Review{})[0], err
	}
	var id int64
	err = t.row(undoable, int64(user)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return cards.Review{}, ErrNothingToUndo
	}
	if err != nil {
		return cards.Review{}, err
	}
	found, err := reviewsOf(t.ctx, t.pool, `id = ?`, id)
	if err != nil {
		return cards.Review{}, err
	}
	if len(found) == 0 {
		return cards.Review{}, ErrNothingToUndo
	}
	back := found[0]
	v, err := t.record(event{user: user, card: CardID(back.CardID), key: key, at: now, grade: back.Grade, undoes: back.ID,
		change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before != back.After {
				return before, "", ErrStale
			}
			return back.Before, cards.EventUndo, nil
		}})
	if err == nil {
		err = t.ungive(user, back)
	}
	return v, err
}
