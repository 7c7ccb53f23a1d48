package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Answer is what a user answered to a card.
type Answer struct {
	Card    CardID
	Version int64  // of the schedule that the question was asked from
	Key     string // made with the form: the same key twice is one review
	Grade   cards.Grade
	Took    time.Duration
	At      time.Time
	Given   *GivenAnswer // what was typed, nil for nothing or what was right; its card, place, key and time are the Answer's
}

// event is a change of one user's schedule of one card.
type event struct {
	user    UserID
	card    CardID
	version int64 // awaited, 0 for any
	key     string
	at      time.Time
	grade   cards.Grade
	took    time.Duration
	undoes  int64
	change  func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error)
}

// Grade applies next to the user's schedule of a card and records the review, in one
// transaction. The same key twice is one review, which is returned again. It returns
// ErrStale if the card was changed since the version of the answer, and ErrNotFound
// if the user does not study it. What was typed is kept with the review, and goes when
// that is taken back.
func (s *Store) Grade(ctx context.Context, user UserID, a Answer, next func(cards.Schedule, cards.Day) cards.Schedule) (review cards.Review, err error) {
	if !a.Grade.Valid() {
		return review, fmt.Errorf("store: grade card %d: %d is no grade", a.Card, a.Grade)
	}
	e := event{user: user, card: a.Card, version: a.Version, key: a.Key, at: a.At, grade: a.Grade, took: a.Took}
	if e.version == 0 {
		e.version = -1 // a form without a version is older than any
	}
	e.change = func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
		return next(before, today), cards.EventOf(before, today), nil
	}
	return s.recordWith(ctx, "grade", e, func(t *txn, v cards.Review) error { return t.giveWith(user, a, v) })
}

// Suspend sets a card aside, or brings it back. It returns ErrStale if nothing
// changes by it.
func (s *Store) Suspend(ctx context.Context, user UserID, card CardID, key string, suspended bool, now time.Time) (cards.Review, error) {
	return s.record(ctx, "suspend", event{user: user, card: card, key: key, at: now,
		change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before.Suspended == suspended {
				return before, "", ErrStale
			}
			before.Suspended = suspended
			if suspended {
				return before, cards.EventSuspend, nil
			}
			return before, cards.EventUnsuspend, nil
		}})
}

// Bury puts a card off to the next study day. It returns ErrStale if it is put off
// already.
func (s *Store) Bury(ctx context.Context, user UserID, card CardID, key string, now time.Time) (cards.Review, error) {
	return s.record(ctx, "bury", event{user: user, card: card, key: key, at: now,
		change: func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before.Buried >= today {
				return before, "", ErrStale
			}
			before.Buried = today
			return before, cards.EventBury, nil
		}})
}

func (s *Store) record(ctx context.Context, method string, e event) (cards.Review, error) {
	return s.recordWith(ctx, method, e, func(*txn, cards.Review) error { return nil })
}

// recordWith records an event, and does what goes with it in the same transaction.
func (s *Store) recordWith(ctx context.Context, method string, e event, with func(*txn, cards.Review) error) (review cards.Review, err error) {
	if e.key == "" || e.at.IsZero() {
		return review, fmt.Errorf("store: %s card %d: the key or the time is missing", method, e.card)
	}
	err = s.writer.run(ctx, func(t *txn) (err error) {
		if review, err = t.record(e); err != nil {
			return err
		}
		return with(t, review)
	})
	if err != nil {
		return cards.Review{}, fmt.Errorf("store: %s card %d: %w", method, e.card, err)
	}
	return review, nil
}

// state is where a user and a card stand before an event.
type state struct {
	version, first int64
	schedule       packed
	zone           string
	rollover, last int64
	known          int64 // the event that has the key already, 0 for none
}

// record looks first and refuses before it writes, so that what is refused takes
// nothing of the batch with it.
func (t *txn) record(e event) (cards.Review, error) {
	st, err := t.stateOf(e)
	switch {
	case err != nil:
		return cards.Review{}, err
	case st.known != 0:
		return t.again(e, st.known)
	case e.version != 0 && e.version != st.version:
		return cards.Review{}, ErrStale
	}
	clock, err := clockOf(st.zone, int(st.rollover))
	if err != nil {
		return cards.Review{}, err
	}
	v := cards.Review{
		Key: e.key, CardID: int64(e.card), At: instant(millis(e.at)), Zone: st.zone, Rollover: int(st.rollover), Day: clock.Today(e.at, cards.Day(st.last)),
		Grade: e.grade, Took: e.took.Truncate(time.Millisecond), Before: st.schedule.schedule(), Undoes: e.undoes,
	}
	if v.After, v.Kind, err = e.change(v.Before, v.Day); err != nil {
		return cards.Review{}, err
	}
	return v, t.add(e.user, &v, st)
}

func (t *txn) stateOf(e event) (st state, err error) {
	to := make([]any, 0, 16)
	to = st.schedule.into(append(to, &st.version, &st.first))
	to = append(to, &st.zone, &st.rollover, &st.last, &st.known)
	err = t.hot[stateOf].QueryRowContext(t.ctx, int64(e.user), int64(e.card), e.key).Scan(to...)
	if errors.Is(err, sql.ErrNoRows) {
		// A card that has gone since may still have been answered with this key.
		err = t.row(`SELECT id FROM reviews WHERE user_id = ? AND key = ?`, int64(e.user), e.key).Scan(&st.known)
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrNotFound
		}
	}
	return st, err
}

// again returns the event that has the key of e. A key that was used for another
// card is no repetition.
func (t *txn) again(e event, id int64) (cards.Review, error) {
	found, err := reviewsOf(t.ctx, t.pool, `id = ?`, id)
	switch {
	case err != nil:
		return cards.Review{}, err
	case len(found) == 0 || found[0].CardID != int64(e.card):
		return cards.Review{}, ErrStale
	}
	return found[0], nil
}

// add writes the event and the schedule that it leaves.
func (t *txn) add(user UserID, v *cards.Review, st state) error {
	t.pool.wrote = true
	first := int64(firstDay(*v, cards.Day(st.first)))
	before, after := pack(v.Before), pack(v.After)
	args := after.append(append(make([]any, 0, 32), int64(user), v.CardID, first))
	if _, err := t.hot[changeSchedule].ExecContext(t.ctx, args...); err != nil {
		return err
	}
	var undoes any
	if v.Undoes != 0 {
		undoes = v.Undoes
	}
	args = append(args[:0], int64(user), v.Key, v.CardID, millis(v.At), v.Zone, int64(v.Rollover), int64(v.Day), string(v.Kind),
		int64(v.Grade), v.Took.Milliseconds(), undoes)
	r, err := t.hot[addReview].ExecContext(t.ctx, after.append(before.append(args))...)
	if err != nil {
		return err
	}
	if v.ID, err = r.LastInsertId(); err != nil {
		return err
	}
	if int64(v.Day) == st.last {
		return nil
	}
	_, err = t.hot[setLastDay].ExecContext(t.ctx, int64(user), int64(v.Day))
	return err
}

// firstDay is the day of a card's first answer after v, where it was first before. A
// card that came with progress, or has it again after a reset was taken back, had it some
// day before its last answer, so that it counts as none of a day's new cards.
func firstDay(v cards.Review, first cards.Day) cards.Day {
	switch {
	case !v.After.Seen:
		return 0
	case v.Before.Seen:
		return first
	case v.Kind == cards.EventImport, v.Kind == cards.EventUndo:
		return v.After.Last - 1
	}
	return v.Day
}

const reviewColumns = `id, key, card_id, at, zone, rollover, day, kind, grade, took, coalesce(undoes, 0),
	before_repetitions, before_e_factor, before_interval, before_due, before_last, before_lapses, before_seen, before_drill, before_suspended, before_buried,
	after_repetitions, after_e_factor, after_interval, after_due, after_last, after_lapses, after_seen, after_drill, after_suspended, after_buried`

// scanReview reads one row of reviewColumns.
func scanReview(rows *sql.Rows, before ...any) (v cards.Review, err error) {
	var at, rollover, day, grade, took int64
	var kind string
	var was, is packed
	to := append(before, &v.ID, &v.Key, &v.CardID, &at, &v.Zone, &rollover, &day, &kind, &grade, &took, &v.Undoes)
	if err := rows.Scan(is.into(was.into(to))...); err != nil {
		return v, err
	}
	v.At, v.Rollover, v.Day, v.Kind = instant(at), int(rollover), cards.Day(day), cards.EventKind(kind)
	v.Grade, v.Took = cards.Grade(grade), time.Duration(took)*time.Millisecond
	v.Before, v.After = was.schedule(), is.schedule()
	return v, nil
}

// reviewsOf reads the events that fulfil a condition, in the order they happened.
func reviewsOf(ctx context.Context, db querier, condition string, args ...any) (found []cards.Review, err error) {
	rows, err := db.QueryContext(ctx, `SELECT `+reviewColumns+` FROM reviews WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scanReview(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, rows.Err()
}

// History is a user's log of one card, oldest first. It returns ErrNotFound if the
// user cannot see the card.
func (s *Store) History(ctx context.Context, user UserID, card CardID) ([]cards.Review, error) {
	found, err := reviewsOf(ctx, s.readers, `card_id = ? AND user_id = ?`, int64(card), int64(user))
	if err == nil && len(found) == 0 {
		_, err = s.Card(ctx, user, card)
	}
	return found, wrap("history", err)
}
