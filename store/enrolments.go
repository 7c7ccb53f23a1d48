package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Enrolment is how a user studies a deck.
type Enrolment struct {
	Paused bool
	Limits *cards.Limits // nil where the user's own limits hold
}

// Enrol makes a user study a deck of theirs, or a shared one. Cards that are new to
// them are new cards of day today; progress they had is there again.
func (s *Store) Enrol(ctx context.Context, user UserID, deck DeckID, today cards.Day, now time.Time) error {
	var left *chore
	err := s.write(ctx, fmt.Sprintf("enrol in deck %d", deck), func(t *txn) (err error) {
		left = nil
		if err := t.ownDeck(user, deck); err != nil && !errors.Is(err, ErrNotYours) {
			return err
		}
		var state string
		err = t.row(`SELECT state FROM enrolments WHERE user_id = ? AND deck_id = ?`, int64(user), int64(deck)).Scan(&state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			_, err = t.exec(`INSERT INTO enrolments (user_id, deck_id, state, paused, created) VALUES (?, ?, 'filling', 0, ?)`, int64(user), int64(deck), millis(now))
		case err == nil && state == "active":
			return nil
		case err == nil:
			_, err = t.exec(`UPDATE enrolments SET state = 'filling' WHERE user_id = ? AND deck_id = ?`, int64(user), int64(deck))
		}
		if err != nil {
			return err
		}
		left, err = t.addChore(chore{Kind: choreEnrol, UserID: int64(user), ItemID: int64(deck), Day: int64(today)})
		return err
	})
	if err == nil {
		err = s.finish(ctx, left)
	}
	return err
}

// fillEnrolment gives the cards, some at a time. The deck is studied once all are there.
func (s *Store) fillEnrolment(ctx context.Context, c chore) error {
	user, deck, after := UserID(c.UserID), DeckID(c.ItemID), CardID(0)
	for more := true; more; {
		err := s.write(ctx, fmt.Sprintf("enrol in deck %d", deck), func(t *txn) error {
			which, err := t.nextCards(deck, after)
			if err != nil {
				return err
			}
			if more = which.until > after; more {
				after = which.until
				return t.giveCards(user, deck, which, cards.Day(c.Day))
			}
			if _, err := t.exec(`UPDATE enrolments SET state = 'active' WHERE user_id = ? AND deck_id = ? AND state = 'filling'`, int64(user), int64(deck)); err != nil {
				return err
			}
			return t.endChore(c)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Leave ends that a user studies a deck. Their progress is kept, and counts again
// when they enrol again.
func (s *Store) Leave(ctx context.Context, user UserID, deck DeckID) error {
	return s.changeEnrolment(ctx, user, deck, "leave", `state = 'left'`)
}

// SetEnrolment pauses a deck or lets it go on, and sets its limits.
func (s *Store) SetEnrolment(ctx context.Context, user UserID, deck DeckID, e Enrolment) error {
	var most, due any
	if e.Limits != nil {
		if e.Limits.New < 0 || e.Limits.Reviews < 0 {
			return fmt.Errorf("store: set enrolment in deck %d: limits of %d and %d are none", deck, e.Limits.New, e.Limits.Reviews)
		}
		most, due = e.Limits.New, e.Limits.Reviews
	}
	return s.changeEnrolment(ctx, user, deck, "set enrolment in", `paused = ?, new_limit = ?, review_limit = ?`, bit(e.Paused), most, due)
}

func (s *Store) changeEnrolment(ctx context.Context, user UserID, deck DeckID, method, set string, args ...any) error {
	return s.write(ctx, fmt.Sprintf("%s deck %d", method, deck), func(t *txn) error {
		n, err := t.exec(`UPDATE enrolments SET `+set+` WHERE user_id = ? AND deck_id = ? AND state = 'active'`, append(args, int64(user), int64(deck))...)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
}
