package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Trashed is something deleted that can be put back.
type Trashed struct {
	ID      int64
	Kind    string // "deck", "card", "cards" or "article"
	Name    string
	Deleted time.Time
}

// trashedCards is the kind of many cards that were deleted by one act.
const trashedCards = "cards"

// trashRow is a row of trash.
type trashRow struct {
	ID      int64
	UserID  int64
	Kind    string
	ItemID  int64
	Name    string
	Deleted int64
	Detail  string
}

func (trashRow) TableName() string { return "trash" }

// trashDetail is what has to be put back with a thing.
type trashDetail struct {
	Deck       DeckID         `json:"deck,omitempty"`    // of a card
	Gone       bool           `json:"gone,omitempty"`    // the card's note makes it no longer
	Import     ImportID       `json:"import,omitempty"`  // that was taken back into this deck,
	From       DeckID         `json:"from,omitempty"`    // of what it had added to that one
	Verdict    string         `json:"verdict,omitempty"` // on the proposal that a card was made of
	Shared     bool           `json:"shared,omitempty"`  // of a deck
	Enrolments []enrolmentRow `json:"enrolments,omitempty"`
}

// enrolmentRow is a row of enrolments.
type enrolmentRow struct {
	UserID      int64  `json:"user" gorm:"primaryKey;autoIncrement:false"`
	DeckID      int64  `json:"deck" gorm:"primaryKey;autoIncrement:false"`
	State       string `json:"state"`
	Paused      bool   `json:"paused,omitempty"`
	Typed       bool   `json:"typed,omitempty"`
	NewLimit    *int   `json:"new_limit,omitempty"`
	ReviewLimit *int   `json:"review_limit,omitempty"`
	Created     int64  `json:"created"`
}

func (enrolmentRow) TableName() string { return "enrolments" }

// throwAway notes something in the trash and returns the item.
func (t *txn) throwAway(user UserID, kind string, id int64, name string, d trashDetail, now time.Time) (int64, error) {
	row := trashRow{UserID: int64(user), Kind: kind, ItemID: id, Name: name, Deleted: millis(now), Detail: toJSON(d)}
	err := t.db.Create(&row).Error
	return row.ID, err
}

// DeleteDeck moves a deck of the user's to the trash, with its cards and everyone's
// progress, and returns the item to Restore. It returns ErrStale while cards are
// being given to those who study it.
func (s *Store) DeleteDeck(ctx context.Context, user UserID, id DeckID, now time.Time) (item int64, err error) {
	err = s.write(ctx, fmt.Sprintf("delete deck %d", id), func(t *txn) error {
		if err := t.ownDeck(user, id); err != nil {
			return err
		}
		var d trashDetail
		var name string
		var busy int
		err := t.row(`SELECT name, shared, (SELECT count(*) FROM chores c WHERE c.item_id = decks.id AND c.kind IN ('`+choreCards+`', '`+choreEnrol+`'))
			FROM decks WHERE id = ?`, int64(id)).Scan(&name, &d.Shared, &busy)
		if err == nil && busy > 0 {
			err = ErrStale
		}
		if err != nil {
			return err
		}
		if err := t.db.Where("deck_id = ?", int64(id)).Order("user_id").Find(&d.Enrolments).Error; err != nil {
			return err
		}
		if _, err := t.exec(`DELETE FROM enrolments WHERE deck_id = ?`, int64(id)); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE decks SET user_id = NULL, shared = 0 WHERE id = ?`, int64(id)); err != nil {
			return err
		}
		item, err = t.throwAway(user, "deck", int64(id), name, d, now)
		return err
	})
	return item, err
}

// DeleteCard moves a card of the user's to the trash, with everyone's progress, and
// returns the item to Restore. The proposal it was made of counts as dropped.
func (s *Store) DeleteCard(ctx context.Context, user UserID, id CardID, now time.Time) (item int64, err error) {
	err = s.write(ctx, fmt.Sprintf("delete card %d", id), func(t *txn) error {
		var d trashDetail
		var front string
		err := t.row(`SELECT c.deck_id, c.front, coalesce((SELECT v.verdict FROM verdicts v WHERE v.note_id = c.note_id LIMIT 1), '')
			FROM cards c WHERE c.id = ? AND c.deck_id IS NOT NULL`, int64(id)).Scan(&d.Deck, &front, &d.Verdict)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err == nil {
			err = t.ownDeck(user, d.Deck)
		}
		if err != nil {
			return err
		}
		if err := t.hideCard(id); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE verdicts SET verdict = 'drop' WHERE note_id = (SELECT note_id FROM cards WHERE id = ?1)`, int64(id)); err != nil {
			return err
		}
		item, err = t.throwAway(user, "card", int64(id), shorten(front, 200), d, now)
		return err
	})
	return item, err
}

// hideCard takes a card out of its deck.
func (t *txn) hideCard(id CardID) error {
	for _, q := range []string{
		`UPDATE decks SET cards = cards - 1 WHERE id = (SELECT deck_id FROM cards WHERE id = ?1)`,
		`UPDATE cards SET deck_id = NULL WHERE id = ?1`,
		`UPDATE schedules SET deck_id = 0 WHERE card_id = ?1`,
	} {
		if _, err := t.exec(q, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// DeleteArticle moves an article to the trash and returns the item to Restore. The
// cards that were made of it stay, with their proof.
func (s *Store) DeleteArticle(ctx context.Context, user UserID, id ArticleID, now time.Time) (item int64, err error) {
	err = s.write(ctx, fmt.Sprintf("delete article %d", id), func(t *txn) error {
		if err := t.ownArticle(user, id); err != nil {
			return err
		}
		var title string
		if err := t.row(`SELECT title FROM articles WHERE id = ?`, int64(id)).Scan(&title); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE articles SET user_id = NULL WHERE id = ?`, int64(id)); err != nil {
			return err
		}
		item, err = t.throwAway(user, "article", int64(id), title, trashDetail{}, now)
		return err
	})
	return item, err
}

// Trash lists what a user has deleted, the latest first.
func (s *Store) Trash(ctx context.Context, user UserID) ([]Trashed, error) {
	var rows []trashRow
	err := s.read(ctx).Where("user_id = ?", int64(user)).Order("id DESC").Find(&rows).Error
	list := make([]Trashed, len(rows))
	for i, r := range rows {
		list[i] = Trashed{ID: r.ID, Kind: r.Kind, Name: r.Name, Deleted: instant(r.Deleted)}
	}
	return list, wrap("trash", err)
}

// Restore puts back something that a user has deleted, with everyone's progress. A
// card whose deck lies in the trash brings the deck with it. A deck whose name has
// been taken since gets a number behind it.
func (s *Store) Restore(ctx context.Context, user UserID, item int64) error {
	var left *chore
	var act BulkID
	err := s.write(ctx, fmt.Sprintf("restore %d", item), func(t *txn) (err error) {
		left, act = nil, 0
		var row trashRow
		err = t.db.Where("id = ? AND user_id = ?", item, int64(user)).Take(&row).Error
		if err != nil {
			return notFound(err)
		}
		if row.Kind == trashedCards {
			act = BulkID(row.ItemID)
			return nil
		}
		left, err = t.restore(user, row)
		return err
	})
	if err == nil && act != 0 {
		if err = s.UndoBulk(ctx, user, act, time.Time{}); err == nil {
			err = s.RunBulk(ctx, user, act)
		}
	}
	if err == nil {
		err = s.finish(ctx, left)
	}
	return err
}

func (t *txn) restore(user UserID, row trashRow) (*chore, error) {
	var d trashDetail
	if err := json.Unmarshal([]byte(row.Detail), &d); err != nil {
		return nil, err
	}
	if _, err := t.exec(`DELETE FROM trash WHERE id = ?`, row.ID); err != nil {
		return nil, err
	}
	switch row.Kind {
	case "article":
		_, err := t.exec(`UPDATE articles SET user_id = ? WHERE id = ?`, int64(user), row.ItemID)
		return nil, err
	case "deck":
		return nil, t.restoreDeck(user, DeckID(row.ItemID), row.Name, d)
	case "card":
		return t.restoreCard(user, CardID(row.ItemID), d, row.Deleted)
	}
	return nil, fmt.Errorf("nothing is known of a %s", row.Kind)
}

func (t *txn) restoreDeck(user UserID, id DeckID, name string, d trashDetail) error {
	free, n := name, 1
	for err := t.freeName(user, id, free); err != nil; err = t.freeName(user, id, free) {
		if !errors.Is(err, ErrNameTaken) {
			return err
		}
		n++
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	_, err := t.exec(`UPDATE decks SET user_id = ?, name = ?, name_key = ?, shared = ? WHERE id = ?`, int64(user), free, fold(free), bit(d.Shared), int64(id))
	if err != nil {
		return err
	}
	for _, e := range d.Enrolments {
		if _, err := t.user(UserID(e.UserID)); errors.Is(err, ErrNotFound) {
			continue // they have left the server
		} else if err != nil {
			return err
		}
		if err := t.db.Create(&e).Error; err != nil {
			return err
		}
	}
	return nil
}

// restoreCard puts a card back into its deck. Whoever began to study the deck
// meanwhile gets it as a new card.
func (t *txn) restoreCard(user UserID, id CardID, d trashDetail, deleted int64) (*chore, error) {
	var row trashRow
	err := t.db.Where("kind = 'deck' AND item_id = ? AND user_id = ?", int64(d.Deck), int64(user)).Limit(1).Find(&row).Error
	if err != nil {
		return nil, err
	}
	if row.ID != 0 {
		if _, err := t.restore(user, row); err != nil {
			return nil, err
		}
	}
	if err := t.ownDeck(user, d.Deck); err != nil {
		return nil, err
	}
	var note int64
	if err := t.row(`SELECT note_id FROM cards WHERE id = ?`, int64(id)).Scan(&note); err != nil {
		return nil, notFound(err)
	}
	for _, q := range []string{
		`UPDATE cards SET deck_id = ?2 WHERE id = ?1`,
		`UPDATE schedules SET deck_id = ?2 WHERE card_id = ?1`,
	} {
		if _, err := t.exec(q, int64(id), int64(d.Deck)); err != nil {
			return nil, err
		}
	}
	if _, err := t.exec(`UPDATE decks SET cards = cards + 1 WHERE id = ?`, int64(d.Deck)); err != nil {
		return nil, err
	}
	if d.Verdict != "" {
		if _, err := t.exec(`UPDATE verdicts SET verdict = ? WHERE note_id = ?`, d.Verdict, note); err != nil {
			return nil, err
		}
	}
	u, err := t.user(user)
	if err != nil {
		return nil, err
	}
	return t.newCards(user, d.Deck, cardRange{id - 1, id}, 1, u.user().Today(instant(deleted)))
}

// intoDeck puts the cards of a note into a deck, with everyone's progress, and takes
// them out of the trash.
func (t *txn) intoDeck(note int64, deck DeckID) error {
	if _, err := t.exec(`DELETE FROM trash WHERE kind = 'card' AND item_id IN (SELECT id FROM cards WHERE note_id = ?)`, note); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE decks SET cards = cards - (SELECT count(*) FROM cards c WHERE c.note_id = ?1 AND c.deck_id = decks.id)
		WHERE id IN (SELECT deck_id FROM cards WHERE note_id = ?1)`, note); err != nil {
		return err
	}
	for _, q := range []string{
		`UPDATE cards SET deck_id = ?2 WHERE note_id = ?1`,
		`UPDATE decks SET cards = cards + (SELECT count(*) FROM cards c WHERE c.note_id = ?1) WHERE id = ?2`,
		`UPDATE schedules SET deck_id = ?2 WHERE card_id IN (SELECT id FROM cards WHERE note_id = ?1)`,
	} {
		if _, err := t.exec(q, note, int64(deck)); err != nil {
			return err
		}
	}
	ids, err := column[CardID](t.ctx, t.pool, `SELECT id FROM cards WHERE note_id = ? ORDER BY id`, note)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := t.exec(`INSERT INTO schedules (user_id, card_id, deck_id, sibling, version, `+scheduleColumns+`, first)
			SELECT e.user_id, c.id, c.deck_id, c.sibling, 1, 0, 250, 0, u.last_day, 0, 0, 0, 0, 0, 0, 0
			FROM cards c JOIN enrolments e ON e.deck_id = c.deck_id AND e.state <> 'left' JOIN users u ON u.id = e.user_id
			WHERE c.id = ?1 AND NOT EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = e.user_id AND s.card_id = c.id)`, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// notFound makes GORM's and database/sql's word for it the store's.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound) {
		return ErrNotFound
	}
	return err
}
