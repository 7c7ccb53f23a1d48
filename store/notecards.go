package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// noteCard is a card of a note as it lies.
type noteCard struct {
	id      CardID
	ordinal int
	deck    DeckID // 0 in the trash
	sibling int64
	trash   int64       // the item there, 0 for none
	detail  trashDetail // of it
}

func (t *txn) cardsOfNote(note NoteID) (list []noteCard, err error) {
	rows, err := t.pool.QueryContext(t.ctx, `SELECT c.id, c.ordinal, coalesce(c.deck_id, 0), c.sibling, coalesce(x.id, 0), coalesce(x.detail, '{}')
		FROM cards c LEFT JOIN trash x ON x.kind = 'card' AND x.item_id = c.id WHERE c.note_id = ? ORDER BY c.ordinal`, int64(note))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c noteCard
		var detail string
		if err := rows.Scan(&c.id, &c.ordinal, &c.deck, &c.sibling, &c.trash, &detail); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(detail), &c.detail); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// followFields makes the cards that the values of a note make and that are not
// there, and puts those away that they make no longer.
func (t *txn) followFields(user UserID, note NoteID, nt *noteType, values, tags []string, now time.Time) (left []*chore, err error) {
	have, err := t.cardsOfNote(note)
	if err != nil {
		return nil, err
	}
	want := nt.render.Ordinals(values)
	deck, sibling := home(have)
	if err := t.ownDeck(user, deck); errors.Is(err, ErrNotFound) {
		deck = 0 // in the trash, where nothing is added
	} else if err != nil {
		return nil, err
	}
	for _, c := range have {
		wanted := slices.Contains(want, c.ordinal)
		switch {
		case wanted && c.trash != 0 && c.detail.Gone:
			made, err := t.comeBack(user, c)
			if err != nil {
				return nil, err
			}
			left = append(left, made)
		case !wanted && c.deck != 0:
			if err := t.putAway(user, c, nt.sides(values, tags, c.ordinal), now); err != nil {
				return nil, err
			}
		}
	}
	for _, ordinal := range want {
		if deck == 0 || slices.ContainsFunc(have, func(c noteCard) bool { return c.ordinal == ordinal }) {
			continue
		}
		made, err := t.oneMore(user, note, deck, sibling, ordinal, nt.sides(values, tags, ordinal), now)
		if err != nil {
			return nil, err
		}
		left = append(left, made)
	}
	return left, nil
}

// home is the deck that new cards of a note go to, and its group of siblings. Deck is
// 0 where all its cards were deleted.
func home(have []noteCard) (deck DeckID, sibling int64) {
	for _, c := range have {
		sibling = max(sibling, c.sibling)
		if deck == 0 {
			deck = c.deck
		}
	}
	for _, c := range have {
		if deck == 0 && c.detail.Gone {
			deck = c.detail.Deck
		}
	}
	return deck, sibling
}

// putAway moves a card that its note makes no longer to the trash.
func (t *txn) putAway(user UserID, c noteCard, s sides, now time.Time) error {
	if err := t.hideCard(c.id); err != nil {
		return err
	}
	_, err := t.throwAway(user, "card", int64(c.id), shorten(s.front, 200), trashDetail{Deck: c.deck, Gone: true}, now)
	return err
}

// comeBack takes a card out of the trash that its note makes again. A deck that has
// been deleted meanwhile stays where it is, and the card too.
func (t *txn) comeBack(user UserID, c noteCard) (*chore, error) {
	if err := t.ownDeck(user, c.detail.Deck); err != nil {
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
		return nil, err
	}
	var row trashRow
	if err := t.db.Where("id = ?", c.trash).Take(&row).Error; err != nil {
		return nil, err
	}
	return t.restore(user, row)
}

// oneMore adds a card to a note that has others.
func (t *txn) oneMore(user UserID, note NoteID, deck DeckID, sibling int64, ordinal int, s sides, now time.Time) (*chore, error) {
	u, err := t.user(user)
	if err != nil {
		return nil, err
	}
	if sibling == 0 {
		sibling = int64(note)
		if err := t.setSiblings(note, sibling); err != nil {
			return nil, err
		}
	}
	id, err := t.addCard(int64(note), deck, sibling, ordinal, s, millis(now))
	if err != nil {
		return nil, err
	}
	if _, err := t.exec(`UPDATE decks SET cards = cards + 1 WHERE id = ?`, int64(deck)); err != nil {
		return nil, err
	}
	return t.newCards(user, deck, cardRange{CardID(id - 1), CardID(id)}, 1, u.user().Today(now))
}

// setSiblings makes the cards of a note siblings, for everyone.
func (t *txn) setSiblings(note NoteID, sibling int64) error {
	if _, err := t.exec(`UPDATE cards SET sibling = ? WHERE note_id = ?`, sibling, int64(note)); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE schedules SET sibling = ? WHERE card_id IN (SELECT id FROM cards WHERE note_id = ?)`, sibling, int64(note))
	return err
}

// finishAll does what a job has left to do, unless it failed.
func (s *Store) finishAll(ctx context.Context, err error, left []*chore) error {
	for i := 0; err == nil && i < len(left); i++ {
		err = s.finish(ctx, left[i])
	}
	return err
}
