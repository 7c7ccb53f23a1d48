package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// HelpKind says what was done to help with a card.
type HelpKind string

// The kinds of help.
const (
	HelpSplit    HelpKind = "split"    // one card became several; it is suspended
	HelpContext  HelpKind = "context"  // the note says more of what it is about
	HelpContrast HelpKind = "contrast" // a card that tells it apart from another was added
	HelpMnemonic HelpKind = "mnemonic" // what the user keeps with the answer
	HelpUntil    HelpKind = "until"    // it is put off until a day
	HelpLeave    HelpKind = "leave"    // nothing is to be done about it for now
)

// HelpAct is one thing that was done to help with a card.
type HelpAct struct {
	ID     int64
	Card   CardID
	Kind   HelpKind
	At     time.Time
	Undone bool
	Made   []CardID  // that it added and that are not in the trash
	Until  cards.Day // of HelpUntil
}

// Help is what is to be done. Key is made with the form: the same key twice is one act.
type Help struct {
	Card  CardID
	Key   string
	Kind  HelpKind
	Notes []cards.Note  // of HelpSplit, and the one of HelpContrast; without GUIDs
	Field []cards.Field // of HelpContext: all fields of the note
	Text  string        // of HelpMnemonic
	Until cards.Day     // of HelpUntil, after today
	At    time.Time
}

// helpBefore is what has to be put back.
type helpBefore struct {
	Mnemonic string    `json:"mnemonic,omitempty"`
	LeftAt   int       `json:"leftAt,omitempty"`
	Fields   []string  `json:"fields,omitempty"` // of the note
	After    []string  `json:"after,omitempty"`  // as they were left
	Made     []NoteID  `json:"made,omitempty"`
	Event    int64     `json:"event,omitempty"` // by which the card was set aside
	Until    cards.Day `json:"until,omitempty"`
}

// helped is a card under help.
type helped struct {
	card   CardID
	note   NoteID
	deck   DeckID
	mine   bool
	lapses int
}

// mostMnemonic is the longest mnemonic, in bytes.
const mostMnemonic = 2000

// HelpWith helps with a card, in one transaction, so that UndoHelp can take it back. It
// gives ErrNotFound for a card that the user cannot see, and ErrNotYours where the
// note or the deck would change and is another's.
func (s *Store) HelpWith(ctx context.Context, user UserID, h Help) (act HelpAct, err error) {
	if h.Key == "" || h.At.IsZero() {
		return act, fmt.Errorf("store: help with card %d: the key or the time is missing", h.Card)
	}
	var left []*chore
	err = s.write(ctx, fmt.Sprintf("help with card %d", h.Card), func(t *txn) error {
		left = nil
		known, err := t.helpActs(user, `h.key = ?2`, h.Key)
		if err != nil || len(known) > 0 {
			act = append(known, HelpAct{})[0]
			return err
		}
		c, err := t.helpedCard(user, h.Card)
		if err != nil {
			return err
		}
		var before helpBefore
		if before, left, err = t.help(user, c, h); err != nil {
			return err
		}
		id, err := t.insert(`INSERT INTO help_acts (user_id, card_id, key, kind, before, at, undone) VALUES (?, ?, ?, ?, ?, ?, 0)`,
			int64(user), int64(h.Card), h.Key, string(h.Kind), toJSON(before), millis(h.At))
		act = HelpAct{ID: id, Card: h.Card, Kind: h.Kind, At: h.At, Until: h.Until}
		return err
	})
	return act, s.finishAll(ctx, err, left)
}

// helpedCard is a card that the user can see.
func (t *txn) helpedCard(user UserID, card CardID) (c helped, err error) {
	err = t.row(`SELECT c.id, c.note_id, c.deck_id, d.user_id = ?1, coalesce(s.lapses, 0) FROM cards c JOIN decks d ON d.id = c.deck_id
		LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id WHERE c.id = ?2 AND `+cardSeenBy, int64(user), int64(card)).Scan(&c.card, &c.note, &c.deck, &c.mine, &c.lapses)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return c, err
}

// cardSeenBy is where user ?1 can see the cards of a deck d.
const cardSeenBy = `d.user_id IS NOT NULL AND (d.user_id = ?1 OR d.shared = 1 OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))`

// help does what is to be done, and returns what has to be put back.
func (t *txn) help(user UserID, c helped, h Help) (before helpBefore, left []*chore, err error) {
	switch h.Kind {
	case HelpMnemonic:
		if len(h.Text) > mostMnemonic {
			return before, nil, fmt.Errorf("a mnemonic of %d bytes is too long", len(h.Text))
		}
		before.Mnemonic, err = aidOf(t, user, c.card, "mnemonic", "")
		return before, nil, errors.Join(err, t.setAid(user, c.card, "mnemonic", h.Text))
	case HelpLeave:
		before.LeftAt, err = aidOf(t, user, c.card, "left_at", 0)
		return before, nil, errors.Join(err, t.setAid(user, c.card, "left_at", max(c.lapses, 1)))
	case HelpUntil:
		before.Until = h.Until
		before.Event, err = t.putOffUntil(user, c.card, h)
		return before, nil, err
	}
	if !c.mine {
		return before, nil, ErrNotYours
	}
	switch h.Kind {
	case HelpContext:
		return t.addContext(user, c, h)
	case HelpContrast:
		if len(h.Notes) != 1 {
			return before, nil, errors.New("one card tells two others apart")
		}
		before.Made, left, err = t.addNotes(user, c.deck, h)
		return before, left, err
	case HelpSplit:
		if len(h.Notes) < 2 {
			return before, nil, errors.New("a card is taken apart into two or more")
		}
		if before.Made, left, err = t.addNotes(user, c.deck, h); err == nil {
			before.Event, err = t.suspendFor(user, c.card, h)
		}
		return before, left, err
	}
	return before, nil, fmt.Errorf("there is no help of kind %q", h.Kind)
}

// aidOf is one of the columns of what a user keeps with a card.
func aidOf[T any](t *txn, user UserID, card CardID, name string, none T) (T, error) {
	found, err := column[T](t.ctx, t.pool, `SELECT `+name+` FROM card_aids WHERE user_id = ? AND card_id = ?`, int64(user), int64(card))
	return append(found, none)[0], err
}

// putOffUntil hides a card until a day, on which it comes back by itself.
func (t *txn) putOffUntil(user UserID, card CardID, h Help) (int64, error) {
	v, err := t.record(event{user: user, card: card, key: h.Key, at: h.At,
		change: func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
			if h.Until <= today || before.Suspended || before.Buried == h.Until-1 {
				return before, "", ErrStale
			}
			before.Buried = h.Until - 1
			return before, cards.EventBury, nil
		}})
	return v.ID, err
}

// suspendFor sets a card aside whose place others have taken; 0 where it is not asked
// anyway.
func (t *txn) suspendFor(user UserID, card CardID, h Help) (int64, error) {
	v, err := t.record(event{user: user, card: card, key: h.Key, at: h.At,
		change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before.Suspended {
				return before, "", ErrStale
			}
			before.Suspended = true
			return before, cards.EventSuspend, nil
		}})
	return v.ID, ignored(v, err)
}

// addContext gives the card's note other fields.
func (t *txn) addContext(user UserID, c helped, h Help) (before helpBefore, left []*chore, err error) {
	nt, err := t.ownNote(user, c.note)
	if err != nil {
		return before, nil, err
	}
	if err := sameFields(nt.study.Fields, h.Field); err != nil {
		return before, nil, err
	}
	var tags []string
	if before.Fields, tags, err = t.noteText(c.note); err != nil {
		return before, nil, err
	}
	before.After = valuesOf(h.Field)
	left, err = t.editNote(user, c.note, nt, before.After, tags, h.At)
	return before, left, err
}

// noteText is the fields and tags of a note.
func (t *txn) noteText(note NoteID) (values, tags []string, err error) {
	var fields, list string
	if err := t.row(`SELECT fields, tags FROM notes WHERE id = ?`, int64(note)).Scan(&fields, &list); err != nil {
		return nil, nil, err
	}
	return readNote(fields, list)
}

// addNotes adds notes to a deck, whose cards do not come on one day.
func (t *txn) addNotes(user UserID, deck DeckID, h Help) (made []NoteID, left []*chore, err error) {
	u, err := t.user(user)
	if err != nil {
		return nil, nil, err
	}
	for i, n := range h.Notes {
		n.GUID = fmt.Sprintf("%s-%d", h.Key, i)
		row := noteRow{UserID: int64(user), Created: millis(h.At), Changed: millis(h.At)}
		var sibling int64
		if i > 0 {
			sibling = int64(made[0])
		}
		count, which, err := t.addNote(&row, deck, n, sibling)
		if err != nil {
			return nil, nil, err
		}
		made = append(made, NoteID(row.ID))
		if i == 0 && len(h.Notes) > 1 {
			if err := t.setSiblings(made[0], row.ID); err != nil {
				return nil, nil, err
			}
		}
		more, err := t.newCards(user, deck, which, count, u.user().Today(h.At))
		if err != nil {
			return nil, nil, err
		}
		left = append(left, more)
	}
	return made, left, nil
}

// HelpActs are what a user did to help with a card, the latest first.
func (s *Store) HelpActs(ctx context.Context, user UserID, card CardID) ([]HelpAct, error) {
	list, err := helpActsOf(ctx, s.readers, `h.card_id = ?2`, int64(user), int64(card))
	return list, wrap("help acts", err)
}

// HelpAct is one act of a user's, or ErrNotFound.
func (s *Store) HelpAct(ctx context.Context, user UserID, id int64) (HelpAct, error) {
	list, err := helpActsOf(ctx, s.readers, `h.id = ?2`, int64(user), id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	return append(list, HelpAct{})[0], wrap(fmt.Sprintf("help act %d", id), err)
}

func (t *txn) helpActs(user UserID, where string, arg any) ([]HelpAct, error) {
	return helpActsOf(t.ctx, t.pool, where, int64(user), arg)
}

func helpActsOf(ctx context.Context, db querier, where string, args ...any) (list []HelpAct, err error) {
	rows, err := db.QueryContext(ctx, `SELECT h.id, h.card_id, h.kind, h.at, h.undone, h.before, (SELECT json_group_array(c.id) FROM cards c
		WHERE c.deck_id IS NOT NULL AND c.note_id IN (SELECT j.value FROM json_each(h.before, '$.made') j)) FROM help_acts h WHERE h.user_id = ?1 AND `+where+` ORDER BY h.id DESC LIMIT 20`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a HelpAct
		var at int64
		var before, made string
		if err := rows.Scan(&a.ID, &a.Card, &a.Kind, &at, &a.Undone, &before, &made); err != nil {
			return nil, err
		}
		var b helpBefore
		if err := errors.Join(json.Unmarshal([]byte(before), &b), json.Unmarshal([]byte(made), &a.Made)); err != nil {
			return nil, fmt.Errorf("read help act %d: %w", a.ID, err)
		}
		a.At, a.Until = instant(at), b.Until
		list = append(list, a)
	}
	return list, rows.Err()
}
