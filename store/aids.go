package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Typing says whether a user answers a card by typing in the review.
type Typing string

// The ways: as the deck is, or whatever that is.
const (
	TypingAsDeck Typing = ""
	TypingYes    Typing = "yes"
	TypingNo     Typing = "no"
)

// Aid is what one user keeps with a card.
type Aid struct {
	DeckTyped bool   // the user answers the cards of its deck by typing
	Typing    Typing // this one
	Mnemonic  string // plain text, shown with the answer
	LeftAt    int    // lapses at which they left the card as it is, 0 for never
}

// Typed reports whether the card is answered by typing where its answer is short, and
// whether it is, by the person's own wish, whatever its answer is.
func (a Aid) Typed() (typed, wished bool) {
	wished = a.Typing == TypingYes
	return wished || a.DeckTyped && a.Typing != TypingNo, wished
}

// Aid is what a user keeps with a card. It gives ErrNotFound for a card that lies in
// no deck.
func (s *Store) Aid(ctx context.Context, user UserID, card CardID) (a Aid, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT coalesce(e.typed, 0), coalesce(a.typed, ''), coalesce(a.mnemonic, ''), coalesce(a.left_at, 0)
		FROM cards c LEFT JOIN enrolments e ON e.user_id = ?1 AND e.deck_id = c.deck_id AND e.state = 'active' LEFT JOIN card_aids a ON a.user_id = ?1 AND a.card_id = c.id
		WHERE c.id = ?2 AND c.deck_id IS NOT NULL`, int64(user), int64(card)).Scan(&a.DeckTyped, &a.Typing, &a.Mnemonic, &a.LeftAt)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return a, wrap(fmt.Sprintf("what is kept with card %d", card), err)
}

// SetTyping says how a user answers one card. It gives ErrNotFound for a card that they
// cannot see.
func (s *Store) SetTyping(ctx context.Context, user UserID, card CardID, typing Typing) error {
	if typing != TypingAsDeck && typing != TypingYes && typing != TypingNo {
		return fmt.Errorf("store: answer card %d by typing: %q is no way to answer", card, typing)
	}
	if _, err := s.Card(ctx, user, card); err != nil {
		return err
	}
	return s.write(ctx, fmt.Sprintf("answer card %d by typing", card), func(t *txn) error { return t.setAid(user, card, "typed", string(typing)) })
}

// setAid sets one of the columns of what a user keeps with a card.
func (t *txn) setAid(user UserID, card CardID, column string, value any) error {
	_, err := t.exec(`INSERT INTO card_aids (user_id, card_id, typed, mnemonic, left_at) SELECT ?1, c.id, '', '', 0 FROM cards c WHERE c.id = ?2 ON CONFLICT DO NOTHING`, int64(user), int64(card))
	if err == nil {
		_, err = t.exec(`UPDATE card_aids SET `+column+` = ?3 WHERE user_id = ?1 AND card_id = ?2`, int64(user), int64(card), value)
	}
	return err
}

// SetDeckTyping says whether a user answers the cards of a deck by typing. It gives
// ErrNotFound for a deck that they do not study.
func (s *Store) SetDeckTyping(ctx context.Context, user UserID, deck DeckID, typed bool) error {
	return s.changeEnrolment(ctx, user, deck, "set typing in", `typed = ?`, bit(typed))
}

// aidList is what the user keeps with cards, as it is exported.
var aidList = exportedList{"aids", `SELECT card_id, typed, mnemonic, left_at FROM card_aids WHERE user_id = ?1 ORDER BY card_id`, exportAid}

// exportedAid is what the user keeps with one card.
type exportedAid struct {
	Card     int    `json:"card"`
	Typing   Typing `json:"typing,omitempty"`
	Mnemonic string `json:"mnemonic,omitempty"`
	LeftAt   int    `json:"leftAt,omitempty"`
}

func exportAid(d *exporter, rows *sql.Rows) (any, error) {
	var x exportedAid
	var card CardID
	err := rows.Scan(&card, &x.Typing, &x.Mnemonic, &x.LeftAt)
	x.Card = d.place(card)
	return x, err
}
