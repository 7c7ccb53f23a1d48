package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Imports lists what a user has imported, the latest first.
func (s *Store) Imports(ctx context.Context, user UserID) ([]Imported, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT id, at, state, file, report FROM imports WHERE user_id = ? AND state <> 'staged' ORDER BY id DESC`, int64(user))
	if err != nil {
		return nil, wrap("imports", err)
	}
	defer rows.Close()
	list := []Imported{}
	for rows.Next() {
		i, err := scanImport(rows.Scan)
		if err != nil {
			return nil, wrap("imports", err)
		}
		list = append(list, i)
	}
	return list, wrap("imports", rows.Err())
}

// OneImport is an import of the user's, or ErrNotFound.
func (s *Store) OneImport(ctx context.Context, user UserID, id ImportID) (Imported, error) {
	i, err := scanImport(s.readers.QueryRowContext(ctx, `SELECT id, at, state, file, report FROM imports WHERE id = ? AND user_id = ? AND state <> 'staged'`,
		int64(id), int64(user)).Scan)
	return i, wrap(fmt.Sprintf("import %d", id), err)
}

func scanImport(scan func(...any) error) (i Imported, err error) {
	var at int64
	var state, file, report string
	if err := scan(&i.ID, &at, &state, &file, &report); err != nil {
		return i, err
	}
	i.At, i.Back = instant(at), state == "back" || state == "taking"
	if err := json.Unmarshal([]byte(report), &i.Plan); err != nil {
		return i, fmt.Errorf("read what import %d did: %w", i.ID, err)
	}
	i.Plan.File = file
	for _, d := range i.Plan.Decks {
		i.Decks = append(i.Decks, d.ID)
	}
	return i, nil
}

// TakeBack takes an import back: the cards that it added go to the trash, from where
// they can be had again, and what it changed is as it was before. What was studied
// since by anybody, or changed since, stays as it is, and is counted. Taking back
// what was taken back already gives ErrStale.
func (s *Store) TakeBack(ctx context.Context, user UserID, id ImportID, now time.Time) (TakenBack, error) {
	b := &takeBack{s: s, user: user, id: id, now: now, bins: map[DeckID]DeckID{}}
	var c *chore
	err := s.write(ctx, fmt.Sprintf("take back import %d", id), func(t *txn) (err error) {
		var state string
		if err := t.row(`SELECT state FROM imports WHERE id = ? AND user_id = ?`, int64(id), int64(user)).Scan(&state); err != nil {
			return notFound(err)
		}
		if state != "done" {
			return ErrStale
		}
		if _, err := t.exec(`UPDATE imports SET state = 'taking' WHERE id = ?`, int64(id)); err != nil {
			return err
		}
		c, err = t.addChore(chore{Kind: choreTakeBack, UserID: int64(user), ItemID: int64(id), Day: 0})
		return err
	})
	if err != nil {
		return TakenBack{}, err
	}
	if err := b.run(context.WithoutCancel(ctx), *c); err != nil {
		return TakenBack{}, err
	}
	if len(b.Items) > 0 {
		b.Item = b.Items[0]
	}
	return b.TakenBack, nil
}

// takeBack is an import that is taken back, some notes at a time.
type takeBack struct {
	TakenBack
	s    *Store
	user UserID
	id   ImportID
	now  time.Time
	bins map[DeckID]DeckID // of the decks whose cards were thrown away
}

// bin is the deck in the trash that takes what the import added to a deck. It has the
// name of that.
func (b *takeBack) bin(t *txn, from DeckID) (DeckID, error) {
	found, err := column[DeckID](t.ctx, t.pool, `SELECT item_id FROM trash WHERE user_id = ? AND kind = 'deck' AND json_extract(detail, '$.import') = ? AND json_extract(detail, '$.from') = ?`,
		int64(b.user), int64(b.id), int64(from))
	if err != nil || len(found) > 0 {
		return append(found, 0)[0], err
	}
	var name string
	if err := t.row(`SELECT name FROM decks WHERE id = ?`, int64(from)).Scan(&name); err != nil {
		return 0, err
	}
	deck, err := t.insert(`INSERT INTO decks (user_id, name, name_key, shared, cards, created, source) SELECT NULL, name, name_key, 0, 0, created, source FROM decks WHERE id = ?`, int64(from))
	if err != nil {
		return 0, err
	}
	detail := trashDetail{Import: b.id, From: from, Enrolments: []enrolmentRow{{UserID: int64(b.user), DeckID: deck, State: "active", Created: millis(b.now)}}}
	item, err := t.throwAway(b.user, "deck", deck, name, detail, b.now)
	b.Items = append(b.Items, item)
	return DeckID(deck), err
}

// resumeTakeBack is the chore that takeBack leaves when it is interrupted.
func (s *Store) resumeTakeBack(ctx context.Context, c chore) error {
	b := &takeBack{s: s, user: UserID(c.UserID), id: ImportID(c.ItemID), now: instant(c.Begun), bins: map[DeckID]DeckID{}}
	return b.run(ctx, c)
}

func (b *takeBack) run(ctx context.Context, c chore) error {
	if err := b.changes(ctx); err != nil {
		return err
	}
	for after := int64(0); ; {
		var more bool
		err := b.s.write(ctx, "take back an import", func(t *txn) (err error) {
			was := b.TakenBack
			was.Items = slices.Clone(was.Items)
			if after, more, err = b.notes(t, after); err != nil {
				b.TakenBack = was
			}
			return err
		})
		if err != nil {
			return err
		}
		if !more {
			break
		}
	}
	if err := b.answers(ctx); err != nil {
		return err
	}
	return b.end(ctx, c)
}

// notes moves the next notes that the import added, and the cards that it added to
// others, into the bin.
func (b *takeBack) notes(t *txn, after int64) (last int64, more bool, err error) {
	const few = maxChunk / 5
	rows, err := column[int64](t.ctx, t.pool, `SELECT n.id FROM notes n WHERE `+addedNotes+` AND n.id > ?2 ORDER BY n.id LIMIT ?3`, int64(b.id), after, few)
	if err != nil {
		return after, false, err
	}
	for _, id := range rows {
		after = id
		if err := b.note(t, id); err != nil {
			return after, false, err
		}
	}
	if len(rows) > 0 {
		return after, true, nil
	}
	list, err := t.changesOf(b.id, `done = 1 AND kind = '`+changeCard+`' ORDER BY n LIMIT ?`, few)
	for _, c := range list {
		if err == nil {
			err = b.card(t, CardID(c.item))
		}
		if err == nil {
			_, err = t.exec(`UPDATE import_changes SET done = 2 WHERE import_id = ? AND n = ?`, int64(b.id), c.n)
		}
	}
	return after, len(list) > 0, err
}

// since is where somebody has answered, set aside or put off card c after the import.
const since = `EXISTS (SELECT 1 FROM reviews r WHERE r.card_id = c.id AND r.at > (SELECT at FROM imports WHERE id = ?2) AND r.kind NOT IN ('import', 'undo')
	AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id))`

// editedSince is where note n was changed after the import. A time that the file itself
// puts after the import is none of a change here.
const editedSince = `n.changed > (SELECT at FROM imports WHERE id = ?2) AND n.changed <> coalesce(json_extract(nullif(n.source, ''), '$.changed'), 0)`

func (b *takeBack) note(t *txn, id int64) error {
	var studied, edited bool
	err := t.row(`SELECT EXISTS (SELECT 1 FROM cards c WHERE c.note_id = n.id AND `+since+`), `+editedSince+` FROM notes n WHERE n.id = ?1`,
		id, int64(b.id)).Scan(&studied, &edited)
	switch {
	case err != nil:
		return err
	case studied:
		b.Studied++
		return nil
	case edited:
		b.Edited++
		return nil
	}
	cards, err := column[CardID](t.ctx, t.pool, `SELECT c.id FROM cards c JOIN decks d ON d.id = c.deck_id WHERE c.note_id = ? AND d.user_id IS NOT NULL`, id)
	if err != nil {
		return err
	}
	for _, c := range cards {
		if err := b.throw(t, c); err != nil {
			return err
		}
	}
	b.Notes++
	b.Cards += len(cards)
	return nil
}

func (b *takeBack) card(t *txn, id CardID) error {
	var studied bool
	err := t.row(`SELECT `+since+` FROM cards c JOIN decks d ON d.id = c.deck_id WHERE c.id = ?1 AND d.user_id IS NOT NULL`, int64(id), int64(b.id)).Scan(&studied)
	if err != nil || studied {
		if studied {
			b.Studied++
		}
		if errors.Is(notFound(err), ErrNotFound) {
			err = nil
		}
		return err
	}
	b.Cards++
	return b.throw(t, id)
}

// throw moves a card into the bin of its deck.
func (b *takeBack) throw(t *txn, id CardID) error {
	var from DeckID
	if err := t.row(`SELECT deck_id FROM cards WHERE id = ?`, int64(id)).Scan(&from); err != nil {
		return err
	}
	if b.bins[from] == 0 {
		bin, err := b.bin(t, from)
		if err != nil {
			return err
		}
		b.bins[from] = bin
	}
	return t.moveCard(id, b.bins[from])
}

// moveCard puts a card into another deck, with everyone's progress.
func (t *txn) moveCard(id CardID, deck DeckID) error {
	for _, q := range []string{
		`UPDATE decks SET cards = cards - 1 WHERE id = (SELECT deck_id FROM cards WHERE id = ?1) AND ?2 = ?2`,
		`UPDATE decks SET cards = cards + 1 WHERE id = ?2 AND ?1 = ?1`,
		`UPDATE cards SET deck_id = ?2 WHERE id = ?1`,
		`UPDATE schedules SET deck_id = ?2 WHERE card_id = ?1`,
	} {
		if err := t.repeat(q, int64(id), int64(deck)); err != nil {
			return err
		}
	}
	return nil
}

// answers takes away the old answers that the import brought to cards that were there.
func (b *takeBack) answers(ctx context.Context) error {
	return b.s.inChunks(ctx, "take back an import", `DELETE FROM old_reviews WHERE (user_id, card_id, at, n) IN (SELECT o.user_id, o.card_id, o.at, o.n FROM old_reviews o
		WHERE o.import_id = ?1 AND NOT EXISTS (SELECT 1 FROM cards c JOIN notes n ON n.id = c.note_id WHERE c.id = o.card_id AND n.import_id = ?1) LIMIT ?2)`, int64(b.id), maxChunk)
}

// end takes away the decks that the import made and that are empty now.
func (b *takeBack) end(ctx context.Context, c chore) error {
	return b.s.write(ctx, "take back an import", func(t *txn) error {
		empty, err := column[DeckID](t.ctx, t.pool, `SELECT id FROM decks d WHERE import_id = ? AND user_id = ? AND NOT EXISTS (SELECT 1 FROM cards x WHERE x.deck_id = d.id)`, int64(b.id), int64(b.user))
		if err != nil {
			return err
		}
		for _, id := range empty {
			if err := t.dropEmptyDeck(id); err != nil {
				return err
			}
		}
		if _, err := t.exec(`UPDATE imports SET state = 'back' WHERE id = ?`, int64(b.id)); err != nil {
			return err
		}
		return t.endChore(c)
	})
}

// dropEmptyDeck takes away a deck without cards, unless a card in the trash is to come
// back into it.
func (t *txn) dropEmptyDeck(id DeckID) error {
	var n int
	if err := t.row(`SELECT count(*) FROM trash WHERE kind = 'card' AND json_extract(detail, '$.deck') = ?`, int64(id)).Scan(&n); err != nil || n > 0 {
		return err
	}
	for _, q := range []string{`DELETE FROM enrolments WHERE deck_id = ?`, `DELETE FROM exams WHERE deck_id = ?`, `DELETE FROM decks WHERE id = ?`} {
		if _, err := t.exec(q, int64(id)); err != nil {
			return err
		}
	}
	return nil
}
