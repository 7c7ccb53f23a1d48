package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// BulkKind is what is done to many cards at once.
type BulkKind string

// What can be done to many cards.
const (
	BulkMove      BulkKind = "move"  // into another deck of the user's
	BulkTag       BulkKind = "tag"   // their notes get a tag
	BulkUntag     BulkKind = "untag" // their notes lose it
	BulkSuspend   BulkKind = "suspend"
	BulkUnsuspend BulkKind = "unsuspend"
	BulkBury      BulkKind = "bury"  // put off to the next day
	BulkReset     BulkKind = "reset" // new again: what was learnt of them counts no more
	BulkFlag      BulkKind = "flag"
	BulkDelete    BulkKind = "delete" // into the trash, as one thing
)

// Bulk is an act on many cards.
type Bulk struct {
	Kind BulkKind
	Deck DeckID // of BulkMove
	Tag  string // of BulkTag and BulkUntag
	Flag int    // of BulkFlag: 1 to 7, or 0 for none
}

// BulkID identifies an act; 0 is none.
type BulkID int64

// BulkAct is an act as far as it has come.
type BulkAct struct {
	ID    BulkID
	Kind  BulkKind
	Said  string // the deck's name as it was, the tag, or the colour
	State string // doing, done, undoing or undone
	At    time.Time
	Items int // cards, or notes for tags, that it was asked of
	Done  int // of them, those that it changed, or that were taken back
	Left  int // those that were as they should be already, or have changed since and were left
}

// Busy reports whether the act is under way.
func (a BulkAct) Busy() bool { return a.State == "doing" || a.State == "undoing" }

// How an item of an act stands.
const (
	itemWaiting = iota
	itemDone
	itemSame // it was so already, or cannot be
	itemBack // taken back
	itemKept // changed since, and left
)

// keptActs is how many acts of a user are remembered, those in the trash aside.
const keptActs = 20

// errBulk is for an act that cannot be.
var errBulk = errors.New("this cannot be done to cards")

// StartBulk notes an act on what was found, and returns what it will be. RunBulk does
// it. Of what was found, those count that the act can change: one's own cards, or those
// that one studies. The same key twice is one act. It returns ErrNotFound for a deck that
// is not the user's, and ErrStale while another act of theirs is under way.
func (s *Store) StartBulk(ctx context.Context, user UserID, key string, b Bulk, found []Found, now time.Time) (act BulkAct, err error) {
	items := b.items(found)
	if key == "" || now.IsZero() {
		return act, fmt.Errorf("store: start bulk: the key or the time is missing")
	}
	var known bool
	err = s.write(ctx, "start bulk", func(t *txn) error {
		act, known, err = t.startBulk(user, key, b, len(items), now)
		return err
	})
	if err != nil || known {
		return act, err
	}
	ctx = context.WithoutCancel(ctx)
	for chunk := range slices.Chunk(items, maxChunk) {
		err := s.write(ctx, "stage bulk", func(t *txn) error {
			for _, id := range chunk {
				if err := t.repeat(`INSERT INTO bulk_items (act_id, item_id, state, before) VALUES (?, ?, 0, '')`, int64(act.ID), id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return act, err
		}
	}
	return act, s.write(ctx, "stage bulk", func(t *txn) error {
		if b.Kind == BulkDelete && len(items) > 0 {
			name := strconv.Itoa(len(items)) + " cards"
			if len(items) == 1 {
				name = "1 card"
			}
			if _, err := t.throwAway(user, trashedCards, int64(act.ID), name, trashDetail{}, now); err != nil {
				return err
			}
		}
		_, err := t.exec(`UPDATE bulk_acts SET state = 'doing' WHERE id = ? AND state = 'staged'`, int64(act.ID))
		act.State = "doing"
		return err
	})
}

// items are what an act is done to: notes for tags, cards for all else.
func (b Bulk) items(found []Found) []int64 {
	var ids []int64
	for _, f := range found {
		switch b.Kind {
		case BulkTag, BulkUntag:
			if f.Mine {
				ids = append(ids, int64(f.Note))
			}
		case BulkMove, BulkDelete:
			if f.Mine {
				ids = append(ids, int64(f.Card))
			}
		default:
			if f.Studied {
				ids = append(ids, int64(f.Card))
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (t *txn) startBulk(user UserID, key string, b Bulk, items int, now time.Time) (act BulkAct, known bool, err error) {
	old, err := t.acts(`user_id = ? AND key = ?`, int64(user), key)
	if err != nil || len(old) > 0 {
		return append(old, act)[0], len(old) > 0, err
	}
	var busy int
	if err := t.row(`SELECT count(*) FROM bulk_acts WHERE user_id = ? AND state IN ('staged', 'doing', 'undoing')`, int64(user)).Scan(&busy); err != nil {
		return act, false, err
	}
	if busy > 0 {
		return act, false, ErrStale
	}
	value, said, err := t.bulkValue(user, b)
	if err != nil {
		return act, false, err
	}
	if err := t.forgetActs(user); err != nil {
		return act, false, err
	}
	id, err := t.insert(`INSERT INTO bulk_acts (user_id, key, kind, value, said, state, at, items) VALUES (?, ?, ?, ?, ?, 'staged', ?, ?)`,
		int64(user), key, string(b.Kind), value, said, millis(now), items)
	if err == nil {
		_, err = t.addChore(chore{Kind: choreBulk, UserID: int64(user), ItemID: id})
	}
	return BulkAct{ID: BulkID(id), Kind: b.Kind, Said: said, State: "staged", At: instant(millis(now)), Items: items}, false, err
}

// bulkValue checks an act, and says what is stored of it and how it is called.
func (t *txn) bulkValue(user UserID, b Bulk) (value, said string, err error) {
	switch b.Kind {
	case BulkMove:
		if err = t.ownDeck(user, b.Deck); err == nil {
			err = t.row(`SELECT name FROM decks WHERE id = ?`, int64(b.Deck)).Scan(&said)
		}
		return strconv.FormatInt(int64(b.Deck), 10), said, err
	case BulkTag, BulkUntag:
		if b.Tag == "" || strings.ContainsAny(b.Tag, " \t\r\n\u3000\x1f") {
			return "", "", fmt.Errorf("%w: a tag has no spaces", errBulk)
		}
		return b.Tag, b.Tag, nil
	case BulkFlag:
		if b.Flag < 0 || b.Flag > 7 {
			return "", "", fmt.Errorf("%w: there is no flag %d", errBulk, b.Flag)
		}
		return strconv.Itoa(b.Flag), strconv.Itoa(b.Flag), nil
	case BulkSuspend, BulkUnsuspend, BulkBury, BulkReset, BulkDelete:
		return "", "", nil
	}
	return "", "", fmt.Errorf("%w: %q", errBulk, b.Kind)
}

// forgetActs takes away the oldest acts of a user, but for what lies in the trash.
func (t *txn) forgetActs(user UserID) error {
	const old = `(SELECT a.id FROM bulk_acts a WHERE a.user_id = ?1 AND a.state IN ('done', 'undone')
		AND NOT EXISTS (SELECT 1 FROM trash x WHERE x.kind = '` + trashedCards + `' AND x.item_id = a.id) ORDER BY a.id DESC LIMIT -1 OFFSET ?2)`
	// What is left of a large one is little work once a day, and none for those who wait.
	n, err := t.exec(`DELETE FROM bulk_items WHERE (act_id, item_id) IN (SELECT act_id, item_id FROM bulk_items WHERE act_id IN `+old+` LIMIT ?3)`, int64(user), keptActs, 20*maxChunk)
	if err != nil || n == 20*maxChunk {
		return err
	}
	_, err = t.exec(`DELETE FROM bulk_acts WHERE id IN `+old, int64(user), keptActs)
	return err
}

const actColumns = `a.id, a.kind, a.said, a.state, a.at, a.items,
	(SELECT count(*) FROM bulk_items i WHERE i.act_id = a.id AND i.state = CASE WHEN a.state IN ('undoing', 'undone') THEN 3 ELSE 1 END),
	(SELECT count(*) FROM bulk_items i WHERE i.act_id = a.id AND i.state = CASE WHEN a.state IN ('undoing', 'undone') THEN 4 ELSE 2 END)`

func (t *txn) acts(condition string, args ...any) ([]BulkAct, error) {
	return bulkActs(t.ctx, t.pool, condition, args...)
}

func bulkActs(ctx context.Context, db querier, condition string, args ...any) (list []BulkAct, err error) {
	rows, err := db.QueryContext(ctx, `SELECT `+actColumns+` FROM bulk_acts a WHERE `+condition+` ORDER BY a.id DESC LIMIT 1`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a BulkAct
		var at int64
		if err := rows.Scan(&a.ID, &a.Kind, &a.Said, &a.State, &at, &a.Items, &a.Done, &a.Left); err != nil {
			return nil, err
		}
		a.At = instant(at)
		list = append(list, a)
	}
	return list, rows.Err()
}

// Bulk is an act of the user's, or ErrNotFound.
func (s *Store) Bulk(ctx context.Context, user UserID, id BulkID) (BulkAct, error) {
	list, err := bulkActs(ctx, s.readers, `a.user_id = ? AND a.id = ?`, int64(user), int64(id))
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	return append(list, BulkAct{})[0], wrap("bulk", err)
}

// LatestBulk is the user's latest act that is under way or can be taken back, or
// ErrNotFound.
func (s *Store) LatestBulk(ctx context.Context, user UserID) (BulkAct, error) {
	list, err := bulkActs(ctx, s.readers, `a.user_id = ? AND a.state IN ('doing', 'done', 'undoing')
		AND (a.state <> 'done' OR EXISTS (SELECT 1 FROM bulk_items i WHERE i.act_id = a.id AND i.state = 1))`, int64(user))
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	return append(list, BulkAct{})[0], wrap("latest bulk", err)
}

// UndoBulk takes an act back: RunBulk puts everything back that has not changed since.
// It returns ErrStale if it was taken back already, or another act is under way.
func (s *Store) UndoBulk(ctx context.Context, user UserID, id BulkID, now time.Time) error {
	return s.write(ctx, fmt.Sprintf("undo bulk %d", id), func(t *txn) error {
		var state string
		if err := t.row(`SELECT state FROM bulk_acts WHERE id = ? AND user_id = ?`, int64(id), int64(user)).Scan(&state); err != nil {
			return notFound(err)
		}
		var busy int
		if err := t.row(`SELECT count(*) FROM bulk_acts WHERE user_id = ? AND state IN ('staged', 'doing', 'undoing')`, int64(user)).Scan(&busy); err != nil {
			return err
		}
		if state != "done" || busy > 0 {
			return ErrStale
		}
		// What was deleted comes back as of the day on which it was.
		if _, err := t.exec(`UPDATE bulk_acts SET state = 'undoing', at = CASE kind WHEN 'delete' THEN at ELSE ? END WHERE id = ?`, millis(now), int64(id)); err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM trash WHERE kind = ? AND item_id = ? AND user_id = ?`, trashedCards, int64(id), int64(user)); err != nil {
			return err
		}
		_, err := t.addChore(chore{Kind: choreBulk, UserID: int64(user), ItemID: int64(id)})
		return err
	})
}
