package store

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"recto/cards"
)

// changeNote turns a note from was to is, unless it is neither.
func (t *txn) changeNote(user UserID, id int64, was, is noteChange, now time.Time) (done bool, left []*chore, err error) {
	stands, err := t.noteNow(id)
	if errors.Is(err, ErrNotFound) {
		return false, nil, nil
	}
	if err != nil || !stands.same(was) {
		return false, nil, err
	}
	var name, definition string
	if err := t.row(`SELECT name, definition FROM note_types WHERE id = ?`, is.Type).Scan(&name, &definition); err != nil {
		return false, nil, notFound(err)
	}
	nt, err := readNoteType(is.Type, name, definition)
	if err != nil {
		return false, nil, err
	}
	if left, err = t.editNote(user, NoteID(id), nt, is.Fields, is.Tags, now); err != nil {
		return false, nil, err
	}
	_, err = t.exec(`UPDATE notes SET changed = ?, source = ? WHERE id = ?`, is.Changed, is.Source, id)
	return true, left, err
}

func (n noteChange) same(other noteChange) bool {
	return n.Type == other.Type && slices.Equal(n.Fields, other.Fields) && slices.Equal(n.Tags, other.Tags)
}

// changeProgress turns a user's progress of a card from was to is, by an event of
// kind import, unless it has moved since. It fills in which event.
func (t *txn) changeProgress(u userRow, card int64, was progressChange, is *progressChange, now time.Time, key string) (bool, error) {
	user := UserID(u.ID)
	stands, err := t.progressNow(user, CardID(card))
	if errors.Is(err, ErrNotFound) || err == nil && stands.Version != was.Version {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if is.Schedule != stands.Schedule {
		var first int64
		if err := t.row(`SELECT first FROM schedules WHERE user_id = ? AND card_id = ?`, int64(user), card).Scan(&first); err != nil {
			return false, err
		}
		v := cards.Review{
			Key: key, CardID: card, At: instant(millis(now)), Zone: u.Zone, Rollover: u.Rollover, Day: u.user().Today(now),
			Kind: cards.EventImport, Before: stands.Schedule, After: is.Schedule,
		}
		if err := t.add(user, &v, state{version: stands.Version, first: first, last: u.LastDay}); err != nil {
			return false, err
		}
		is.Event = v.ID
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`UPDATE schedules SET flag = ?3 WHERE user_id = ?1 AND card_id = ?2`, []any{int64(user), card, is.Flag}},
		{`UPDATE cards SET source = ?2 WHERE id = ?1`, []any{card, is.Source}},
	} {
		if _, err := t.exec(q.sql, q.args...); err != nil {
			return false, err
		}
	}
	stands, err = t.progressNow(user, CardID(card))
	is.Version = stands.Version
	return true, err
}

// changeType gives a note type another definition of the same shape, unless its own is
// no longer that of before.
func (t *txn) changeType(p *publisher, id int64, before string, is typeChange) (bool, error) {
	var was, stands typeChange
	if err := json.Unmarshal([]byte(before), &was); err != nil {
		return false, err
	}
	err := t.row(`SELECT name, definition FROM note_types WHERE id = ?`, id).Scan(&stands.Name, &stands.Definition)
	if err != nil || stands.Definition != was.Definition {
		if errors.Is(notFound(err), ErrNotFound) {
			err = nil
		}
		return false, err
	}
	if err := t.freeTypeName(p.user, NoteTypeID(id), is.Name); errors.Is(err, ErrNameTaken) {
		is.Name = stands.Name
	} else if err != nil {
		return false, err
	}
	if _, err := t.exec(`UPDATE note_types SET name = ?, definition = ? WHERE id = ?`, is.Name, is.Definition, id); err != nil {
		return false, err
	}
	c, err := t.addChore(chore{Kind: choreSides, UserID: int64(p.user), ItemID: id})
	p.left = append(p.left, c)
	return true, err
}
