package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"recto/cards"
)

// bulkJob is how many items a job of an act takes; each is several rows.
const bulkJob = 50

// bulkRun is an act that is being done, or taken back.
type bulkRun struct {
	user  UserID
	id    int64
	kind  BulkKind
	value string
	key   string
	at    time.Time
	undo  bool
	left  []*chore // that the items left, to be done after the job
}

// bulkItem is one of them.
type bulkItem struct {
	id     int64
	before string
	event  int64
}

// RunBulk does what StartBulk or UndoBulk noted, some items at a time, so that others'
// answers keep their pace. Once begun it is carried through; after a crash, the next
// start does the rest. Calling it for an act that is done does nothing.
func (s *Store) RunBulk(ctx context.Context, user UserID, id BulkID) error {
	var c chore
	err := s.read(ctx).Where("kind = ? AND user_id = ? AND item_id = ?", choreBulk, int64(user), int64(id)).Limit(1).Find(&c).Error
	if err != nil || c.ID == 0 {
		return wrap("run bulk", err)
	}
	return s.runBulk(context.WithoutCancel(ctx), c)
}

func (s *Store) runBulk(ctx context.Context, c chore) error {
	r := bulkRun{user: UserID(c.UserID), id: c.ItemID}
	var state string
	var at int64
	err := s.readers.QueryRowContext(ctx, `SELECT kind, value, key, at, state FROM bulk_acts WHERE id = ?`, c.ItemID).Scan(&r.kind, &r.value, &r.key, &at, &state)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return wrap("run bulk", err)
	}
	if err != nil || state == "staged" { // it was never noted whole
		return s.dropBulk(ctx, c)
	}
	r.at, r.undo = instant(at), state == "undoing"
	for after, more := int64(0), true; more; {
		var left []*chore
		err := s.write(ctx, fmt.Sprintf("bulk %s %d", r.kind, r.id), func(t *txn) (err error) {
			r.left = nil
			var last int64
			last, more, err = t.bulkJob(&r, after)
			after, left = max(after, last), r.left
			if err == nil && !more {
				err = t.endBulk(&r, c)
			}
			return err
		})
		for _, l := range left {
			if err == nil {
				err = s.finish(ctx, l)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dropBulk takes away an act that was not noted whole.
func (s *Store) dropBulk(ctx context.Context, c chore) error {
	if err := s.inChunks(ctx, "drop bulk", `DELETE FROM bulk_items WHERE (act_id, item_id) IN (SELECT act_id, item_id FROM bulk_items WHERE act_id = ?1 LIMIT ?2)`, c.ItemID, maxChunk); err != nil {
		return err
	}
	return s.write(ctx, "drop bulk", func(t *txn) error {
		if _, err := t.exec(`DELETE FROM bulk_acts WHERE id = ?`, c.ItemID); err != nil {
			return err
		}
		return t.endChore(c)
	})
}

func (t *txn) endBulk(r *bulkRun, c chore) error {
	state := "done"
	if r.undo {
		state = "undone"
	}
	if _, err := t.exec(`UPDATE bulk_acts SET state = ? WHERE id = ?`, state, r.id); err != nil {
		return err
	}
	if r.kind == BulkDelete && !r.undo { // nothing lies in the trash where nothing was deleted
		if _, err := t.exec(`DELETE FROM trash WHERE kind = ?1 AND item_id = ?2 AND NOT EXISTS (SELECT 1 FROM bulk_items i WHERE i.act_id = ?2 AND i.state = 1)`, trashedCards, r.id); err != nil {
			return err
		}
	}
	return t.endChore(c)
}

// bulkJob does the next items, and returns the last of them.
func (t *txn) bulkJob(r *bulkRun, after int64) (last int64, more bool, err error) {
	from := itemWaiting
	if r.undo {
		from = itemDone
	}
	n := bulkJob
	if r.kind == BulkMove || r.kind == BulkDelete {
		if n, err = t.movesAtOnce(r, after); err != nil {
			return 0, false, err
		}
	}
	items, err := t.bulkItems(`act_id = ? AND item_id > ? AND state = ? ORDER BY item_id LIMIT ?`, r.id, after, from, n)
	if err != nil {
		return 0, false, err
	}
	for i := range items {
		it := &items[i]
		state, err := t.bulkItem(r, it)
		if err != nil {
			return 0, false, fmt.Errorf("item %d: %w", it.id, err)
		}
		var event any
		if it.event != 0 {
			event = it.event
		}
		if err := t.repeat(`UPDATE bulk_items SET state = ?, before = ?, event = ? WHERE act_id = ? AND item_id = ?`, state, it.before, event, r.id, it.id); err != nil {
			return 0, false, err
		}
		last = it.id
	}
	return last, len(items) > 0, nil
}

// movesAtOnce is how many cards can be moved in one job: each has a schedule for
// everyone who studies its deck.
func (t *txn) movesAtOnce(r *bulkRun, after int64) (int, error) {
	var students int
	err := t.row(`SELECT coalesce(max(n), 0) FROM (SELECT (SELECT count(*) FROM schedules s WHERE s.card_id = i.item_id) AS n
		FROM bulk_items i WHERE i.act_id = ? AND i.item_id > ? ORDER BY i.item_id LIMIT 20)`, r.id, after).Scan(&students)
	return min(max(maxChunk/max(students, 1), 1), bulkJob), err
}

func (t *txn) bulkItems(where string, args ...any) (list []bulkItem, err error) {
	rows, err := t.pool.QueryContext(t.ctx, `SELECT item_id, before, coalesce(event, 0) FROM bulk_items WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var it bulkItem
		if err := rows.Scan(&it.id, &it.before, &it.event); err != nil {
			return nil, err
		}
		list = append(list, it)
	}
	return list, rows.Err()
}

// bulkItem does the act to one item, or takes it back, and returns how it stands then.
func (t *txn) bulkItem(r *bulkRun, it *bulkItem) (state int, err error) {
	switch r.kind {
	case BulkMove:
		return t.bulkMove(r, it)
	case BulkDelete:
		return t.bulkDelete(r, it)
	case BulkTag, BulkUntag:
		return t.bulkTag(r, it)
	case BulkFlag:
		return t.bulkFlag(r, it)
	}
	if r.undo {
		return t.bulkEventBack(r, it)
	}
	return t.bulkEvent(r, it)
}

// changeOf is what an act does to a schedule.
func changeOf(kind BulkKind) func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
	return func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
		switch {
		case kind == BulkBury && before.Buried < today:
			before.Buried = today
			return before, cards.EventBury, nil
		case kind == BulkSuspend && !before.Suspended:
			before.Suspended = true
			return before, cards.EventSuspend, nil
		case kind == BulkReset && before.Seen:
			after := cards.NewSchedule(today)
			after.Suspended, after.Buried = before.Suspended, before.Buried
			return after, cards.EventReset, nil
		case kind == BulkUnsuspend && before.Suspended:
			before.Suspended = false
			return before, cards.EventUnsuspend, nil
		}
		return before, "", ErrStale
	}
}

func (t *txn) bulkEvent(r *bulkRun, it *bulkItem) (int, error) {
	v, err := t.record(event{user: r.user, card: CardID(it.id), key: fmt.Sprintf("%s/%d", r.key, it.id), at: r.at, change: changeOf(r.kind)})
	switch {
	case errors.Is(err, ErrStale), errors.Is(err, ErrNotFound):
		return itemSame, nil
	case err != nil:
		return 0, err
	}
	it.event = v.ID
	return itemDone, nil
}

// bulkEventBack takes the event of a card back if nothing has happened to it since.
// A card that has another story by now, and is still suspended or not as the act left
// it, gets the opposite.
func (t *txn) bulkEventBack(r *bulkRun, it *bulkItem) (int, error) {
	found, err := reviewsOf(t.ctx, t.pool, `id = ?`, it.event)
	if err != nil || len(found) == 0 {
		return itemKept, err
	}
	back := found[0]
	var later int
	err = t.row(`SELECT (SELECT count(*) FROM reviews l WHERE l.card_id = ?1 AND l.user_id = ?2 AND l.id > ?3 AND l.kind <> 'undo'
		AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = l.id)) + (SELECT count(*) FROM reviews u WHERE u.undoes = ?3)`, it.id, int64(r.user), it.event).Scan(&later)
	if err != nil {
		return 0, err
	}
	e := event{user: r.user, card: CardID(it.id), key: fmt.Sprintf("%s/%d/undo", r.key, it.id), at: r.at}
	opposite := map[BulkKind]BulkKind{BulkSuspend: BulkUnsuspend, BulkUnsuspend: BulkSuspend}[r.kind]
	switch {
	case later == 0:
		e.undoes = back.ID
		e.change = func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before != back.After {
				return before, "", ErrStale
			}
			return back.Before, cards.EventUndo, nil
		}
	case opposite == "":
		return itemKept, nil
	default:
		e.change = changeOf(opposite)
	}
	_, err = t.record(e)
	switch {
	case errors.Is(err, ErrStale), errors.Is(err, ErrNotFound):
		return itemKept, nil
	case err != nil:
		return 0, err
	}
	return itemBack, nil
}

func (t *txn) bulkFlag(r *bulkRun, it *bulkItem) (int, error) {
	want, err := strconv.Atoi(r.value)
	if err != nil {
		return 0, err
	}
	var has int
	err = t.row(`SELECT s.flag FROM schedules s WHERE s.user_id = ? AND s.card_id = ?`, int64(r.user), it.id).Scan(&has)
	if errors.Is(err, sql.ErrNoRows) {
		return same(r), nil
	}
	if err != nil {
		return 0, err
	}
	set := want
	if r.undo {
		if has != want {
			return itemKept, nil
		}
		if set, err = strconv.Atoi(it.before); err != nil {
			return 0, err
		}
	} else if has == want {
		return itemSame, nil
	}
	if !r.undo {
		it.before = strconv.Itoa(has)
	}
	_, err = t.exec(`UPDATE schedules SET flag = ? WHERE user_id = ? AND card_id = ?`, set, int64(r.user), it.id)
	return done(r), err
}

// done and same are how an item stands that was changed, or left.
func done(r *bulkRun) int {
	if r.undo {
		return itemBack
	}
	return itemDone
}

func same(r *bulkRun) int {
	if r.undo {
		return itemKept
	}
	return itemSame
}

// ownCard is the deck of a card of the user's, 0 in the trash. It gives ErrNotFound for
// a card that is gone or another's.
func (t *txn) ownCard(user UserID, card int64) (deck int64, err error) {
	err = t.row(`SELECT coalesce(c.deck_id, 0) FROM cards c JOIN notes n ON n.id = c.note_id LEFT JOIN decks d ON d.id = c.deck_id
		WHERE c.id = ?2 AND n.user_id = ?1 AND (c.deck_id IS NULL OR d.user_id = ?1)`, int64(user), card).Scan(&deck)
	return deck, notFoundIf(err)
}

func notFoundIf(err error) error {
	if err == nil {
		return nil
	}
	return notFound(err)
}

func (t *txn) bulkMove(r *bulkRun, it *bulkItem) (int, error) {
	deck, err := t.ownCard(r.user, it.id)
	if errors.Is(err, ErrNotFound) {
		return same(r), nil
	}
	if err != nil {
		return 0, err
	}
	to, err := strconv.ParseInt(r.value, 10, 64)
	if err != nil {
		return 0, err
	}
	from := to
	if r.undo {
		if to, err = strconv.ParseInt(it.before, 10, 64); err != nil {
			return 0, err
		}
		if deck != from {
			return itemKept, nil
		}
	}
	if deck == 0 || deck == to {
		return same(r), nil
	}
	if err := t.ownDeck(r.user, DeckID(to)); errors.Is(err, ErrNotFound) || errors.Is(err, ErrNotYours) {
		return same(r), nil
	} else if err != nil {
		return 0, err
	}
	if !r.undo {
		it.before = strconv.FormatInt(deck, 10)
	}
	return done(r), t.putInto(it.id, to)
}

// putInto puts a card into another deck, with everyone's progress. Whoever studies that
// deck and has no schedule of the card gets it as a new one.
func (t *txn) putInto(card, deck int64) error {
	if err := t.moveCard(CardID(card), DeckID(deck)); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO schedules (user_id, card_id, deck_id, sibling, version, `+scheduleColumns+`, first)
		SELECT e.user_id, c.id, c.deck_id, c.sibling, 1, 0, 250, 0, u.last_day, 0, 0, 0, 0, 0, 0, 0
		FROM cards c JOIN enrolments e ON e.deck_id = c.deck_id AND e.state <> 'left' JOIN users u ON u.id = e.user_id
		WHERE c.id = ? AND NOT EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = e.user_id AND s.card_id = c.id)`, card)
	return err
}

func (t *txn) bulkDelete(r *bulkRun, it *bulkItem) (int, error) {
	deck, err := t.ownCard(r.user, it.id)
	if errors.Is(err, ErrNotFound) {
		return same(r), nil
	}
	if err != nil {
		return 0, err
	}
	var d trashDetail
	if r.undo {
		if deck != 0 {
			return itemKept, nil
		}
		if err := json.Unmarshal([]byte(it.before), &d); err != nil {
			return 0, err
		}
		left, err := t.restoreCard(r.user, CardID(it.id), d, millis(r.at))
		if errors.Is(err, ErrNotFound) {
			return itemKept, nil
		}
		r.left = append(r.left, left)
		return itemBack, err
	}
	if deck == 0 {
		return itemSame, nil
	}
	d.Deck = DeckID(deck)
	err = t.row(`SELECT coalesce((SELECT v.verdict FROM verdicts v JOIN cards c ON c.note_id = v.note_id WHERE c.id = ? LIMIT 1), '')`, it.id).Scan(&d.Verdict)
	if err == nil {
		err = t.hideCard(CardID(it.id))
	}
	if err == nil && d.Verdict != "" {
		_, err = t.exec(`UPDATE verdicts SET verdict = 'drop' WHERE note_id = (SELECT note_id FROM cards WHERE id = ?)`, it.id)
	}
	it.before = toJSON(d)
	return itemDone, err
}
