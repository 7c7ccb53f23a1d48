package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// publisher makes an import visible: what it changes of what was there, and the cards
// that come into decks that were there. It is one transaction, and while that is under
// way others wait, so what can be made before it is.
type publisher struct {
	*txn
	user  UserID
	owner userRow // the same
	id    ImportID
	now   time.Time // of the import
	today cards.Day // of its user, then
	left  []*chore  // what is to be done after the transaction
}

// publish makes the rest of an import visible, and ends it and its chore. M has what
// was made ready, nil for nothing.
func (t *txn) publish(c chore, m *staging) (left []*chore, err error) {
	u, err := t.user(UserID(c.UserID))
	if err != nil {
		return nil, err
	}
	p := publisher{txn: t, user: UserID(c.UserID), owner: u, id: ImportID(c.ItemID)}
	var at int64
	if err := t.row(`SELECT at FROM imports WHERE id = ?`, c.ItemID).Scan(&at); err != nil {
		return nil, err
	}
	p.now = instant(at)
	p.today = u.user().Today(p.now)
	if m != nil {
		err = p.showReady(m)
	}
	if err := errors.Join(err, p.changes(), p.moves()); err != nil {
		return nil, err
	}
	if _, err := t.exec(`UPDATE imports SET state = 'done' WHERE id = ?`, c.ItemID); err != nil {
		return nil, err
	}
	return p.left, t.endChore(c)
}

// publishRest is publish for an import that a Recto that made it visible bit by bit had
// begun with.
func (s *Store) publishRest(ctx context.Context, c chore) error {
	var left []*chore
	err := s.write(ctx, "show an import", func(t *txn) (err error) {
		left, err = t.publish(c, nil)
		return err
	})
	return s.finishAll(ctx, err, left)
}

// changes applies what was written down of notes, note types and progress.
func (p *publisher) changes() error {
	for {
		list, err := p.changesOf(p.id, `done = 0 ORDER BY n LIMIT ?`, maxChunk)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			after, err := p.apply(c)
			if err != nil {
				return err
			}
			if err := p.repeat(`UPDATE import_changes SET done = 1, after = ? WHERE import_id = ? AND n = ?`, after, int64(p.id), c.n); err != nil {
				return err
			}
		}
	}
}

// apply makes one change, unless the thing was changed since it was written down. It
// returns what became of it, "" for nothing.
func (p *publisher) apply(c change) (after string, err error) {
	switch c.kind {
	case changeNote:
		var was, is noteChange
		if err := errors.Join(json.Unmarshal([]byte(c.before), &was), json.Unmarshal([]byte(c.after), &is)); err != nil {
			return "", err
		}
		done, left, err := p.changeNote(p.user, c.item, was, is, p.now)
		p.left = append(p.left, left...)
		return doneText(done, c.after), err
	case changeProgress:
		var was, is progressChange
		if err := errors.Join(json.Unmarshal([]byte(c.before), &was), json.Unmarshal([]byte(c.after), &is)); err != nil {
			return "", err
		}
		done, err := p.changeProgress(p.owner, c.item, was, &is, p.now, numberedKey(p.id, fmt.Sprint(c.item)))
		return doneText(done, toJSON(is)), err
	case changeType:
		var is typeChange
		if err := json.Unmarshal([]byte(c.after), &is); err != nil {
			return "", err
		}
		done, err := p.changeType(p, c.item, c.before, is)
		return doneText(done, c.after), err
	}
	return c.after, nil
}

func doneText(done bool, after string) string {
	if done {
		return after
	}
	return ""
}

// moves puts new cards into the decks that were there.
func (p *publisher) moves() error {
	decks, err := column[int64](p.ctx, p.pool, `SELECT id FROM decks WHERE import_id = ? AND user_id IS NULL ORDER BY id`, int64(p.id))
	if err != nil {
		return err
	}
	for _, staged := range decks {
		var text string
		if err := p.row(`SELECT source FROM decks WHERE id = ?`, staged).Scan(&text); err != nil {
			return err
		}
		var source deckSource
		if err := json.Unmarshal([]byte(text), &source); err != nil {
			return err
		}
		if err := p.move(staged, source.Into); err != nil {
			return err
		}
		if _, err := p.exec(`DELETE FROM decks WHERE id = ?`, staged); err != nil {
			return err
		}
	}
	return nil
}

// move puts the cards of a staged deck into another, for everyone who studies that.
func (p *publisher) move(staged int64, into DeckID) error {
	var which cardRange
	var n int
	err := p.row(`SELECT count(*), coalesce(min(id), 1) - 1, coalesce(max(id), 0) FROM cards WHERE deck_id = ?`, staged).Scan(&n, &which.after, &which.until)
	if err != nil || n == 0 {
		return err
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`UPDATE schedules SET deck_id = ?2 WHERE user_id = ?3 AND card_id > ?4 AND card_id <= ?5 AND deck_id = ?1`, []any{staged, int64(into), int64(p.user), int64(which.after), int64(which.until)}},
		{`UPDATE cards SET deck_id = ?2 WHERE deck_id = ?1`, []any{staged, int64(into)}},
		{`UPDATE decks SET cards = cards + ?2 WHERE id = ?1`, []any{int64(into), n}},
	} {
		if _, err := p.exec(q.sql, q.args...); err != nil {
			return err
		}
	}
	students, err := p.students(into, 0, 2)
	if err != nil || len(students) == 0 || len(students) == 1 && students[0] == p.user {
		return err
	}
	left, err := p.newCards(p.user, into, which, n, p.today)
	if left != nil {
		p.left = append(p.left, left)
	}
	return err
}
