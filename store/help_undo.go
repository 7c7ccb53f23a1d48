package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"recto/cards"
)

// UndoHelp takes back what was done to help with a card: what was added goes to the
// trash, and what was changed is as it was. What the user has changed since stays:
// that gives ErrStale. Taking back twice is taking back once.
func (s *Store) UndoHelp(ctx context.Context, user UserID, id int64, now time.Time) (act HelpAct, err error) {
	var left []*chore
	err = s.write(ctx, fmt.Sprintf("take back help %d", id), func(t *txn) error {
		left = nil
		found, err := t.helpActs(user, `h.id = ?2`, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrNotFound
		}
		act = found[0]
		if act.Undone {
			return nil
		}
		var text string
		var before helpBefore
		if err := t.row(`SELECT before FROM help_acts WHERE id = ?`, id).Scan(&text); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &before); err != nil {
			return err
		}
		if left, err = t.undoHelp(user, act, before, now); err != nil {
			return err
		}
		act.Undone = true
		_, err = t.exec(`UPDATE help_acts SET undone = 1 WHERE id = ?`, id)
		return err
	})
	return act, s.finishAll(ctx, err, left)
}

func (t *txn) undoHelp(user UserID, act HelpAct, before helpBefore, now time.Time) ([]*chore, error) {
	switch act.Kind {
	case HelpMnemonic:
		return nil, t.setAid(user, act.Card, "mnemonic", before.Mnemonic)
	case HelpLeave:
		return nil, t.setAid(user, act.Card, "left_at", before.LeftAt)
	case HelpContext:
		return t.withoutContext(user, act.Card, before, now)
	case HelpUntil:
		return nil, t.takeBackEvent(user, act, before.Event, now)
	}
	if before.Event != 0 {
		// A card that was brought back by hand since is asked already.
		if err := t.takeBackEvent(user, act, before.Event, now); ignored(cards.Review{}, err) != nil {
			return nil, err
		}
	}
	for _, note := range before.Made {
		if err := t.throwNote(user, note, now); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// withoutContext gives a note the fields back that it had, unless it was edited since.
func (t *txn) withoutContext(user UserID, card CardID, before helpBefore, now time.Time) ([]*chore, error) {
	var note NoteID
	if err := t.row(`SELECT note_id FROM cards WHERE id = ?`, int64(card)).Scan(&note); err != nil {
		return nil, notFound(err)
	}
	nt, err := t.ownNote(user, note)
	if err != nil {
		return nil, err
	}
	values, tags, err := t.noteText(note)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(values, before.After) {
		return nil, ErrStale
	}
	return t.editNote(user, note, nt, before.Fields, tags, now)
}

// takeBackEvent takes an event of a card back, if nothing has happened to it since.
func (t *txn) takeBackEvent(user UserID, act HelpAct, id int64, now time.Time) error {
	found, err := reviewsOf(t.ctx, t.pool, `id = ? AND user_id = ? AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = reviews.id)
		AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.card_id = reviews.card_id AND l.user_id = reviews.user_id AND l.id > reviews.id AND l.kind <> 'undo'
			AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = l.id))`, id, int64(user))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrStale
	}
	back := found[0]
	_, err = t.record(event{user: user, card: act.Card, key: fmt.Sprintf("%s-undo", back.Key), at: now, undoes: back.ID,
		change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before != back.After {
				return before, "", ErrStale
			}
			return back.Before, cards.EventUndo, nil
		}})
	return err
}

// throwNote moves the cards of a note to the trash that are not there.
func (t *txn) throwNote(user UserID, note NoteID, now time.Time) error {
	list, err := t.cardsOfNote(note)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.deck == 0 {
			continue
		}
		var front string
		if err := t.row(`SELECT front FROM cards WHERE id = ?`, int64(c.id)).Scan(&front); err != nil {
			return err
		}
		if err := t.hideCard(c.id); err != nil {
			return err
		}
		if _, err := t.throwAway(user, "card", int64(c.id), shorten(front, 200), trashDetail{Deck: c.deck}, now); err != nil {
			return err
		}
	}
	return nil
}
