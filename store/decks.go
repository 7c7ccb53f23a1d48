package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Deck is a deck as one user sees it.
type Deck struct {
	ID        DeckID
	Name      string
	OwnerName string
	Mine      bool
	Shared    bool
	Article   ArticleID // that its first cards were made from, 0 for none or another's
	Cards     int
	Enrolled  bool
	Paused    bool
	Limits    cards.Limits // the deck's own, or those of the user
	OwnLimits bool
	Typed     bool // the user answers its cards by typing
	Due, New  int  // to be asked today; Due has the drills too
}

// deckRow is what decksSQL reads.
type deckRow struct {
	ID           int64
	Name         string
	OwnerID      int64
	OwnerName    string
	Shared       bool
	ArticleID    int64
	Cards        int
	State        string
	Paused       bool
	Typed        bool
	NewLimit     *int
	ReviewLimit  *int
	UserNew      int
	UserReviews  int
	ArticleOwner int64
}

// decksSQL reads decks as user @user sees them.
const decksSQL = `SELECT d.id, d.name, d.user_id AS owner_id, o.name AS owner_name, d.shared, coalesce(d.article_id, 0) AS article_id,
	d.cards,
	coalesce(e.state, '') AS state, coalesce(e.paused, 0) AS paused, coalesce(e.typed, 0) AS typed, e.new_limit, e.review_limit,
	u.new_per_day AS user_new, u.reviews_per_day AS user_reviews, coalesce(a.user_id, 0) AS article_owner
	FROM decks d JOIN users o ON o.id = d.user_id JOIN users u ON u.id = @user
	LEFT JOIN enrolments e ON e.user_id = @user AND e.deck_id = d.id
	LEFT JOIN articles a ON a.id = d.article_id
	WHERE `

func (r deckRow) deck(user UserID) Deck {
	d := Deck{
		ID: DeckID(r.ID), Name: r.Name, OwnerName: r.OwnerName, Mine: r.OwnerID == int64(user), Shared: r.Shared, Cards: r.Cards,
		Enrolled: r.State == "active", Limits: cards.Limits{New: r.UserNew, Reviews: r.UserReviews},
	}
	d.Paused, d.Typed = d.Enrolled && r.Paused, d.Enrolled && r.Typed
	if d.Mine && r.ArticleOwner == int64(user) {
		d.Article = ArticleID(r.ArticleID)
	}
	if d.Enrolled && r.NewLimit != nil && r.ReviewLimit != nil {
		d.Limits, d.OwnLimits = cards.Limits{New: *r.NewLimit, Reviews: *r.ReviewLimit}, true
	}
	return d
}

// Decks lists the decks that a user owns or studies, by name.
func (s *Store) Decks(ctx context.Context, user UserID, today cards.Day) ([]Deck, error) {
	decks, err := s.decks(ctx, user, `d.id IN (SELECT id FROM decks WHERE user_id = @user
		UNION SELECT deck_id FROM enrolments WHERE user_id = @user AND state = 'active') ORDER BY d.name_key, d.id`, nil)
	if err == nil && len(decks) > 0 {
		err = s.fillCounts(ctx, user, today, decks)
	}
	return decks, wrap("decks", err)
}

// SharedDecks lists the decks of others that a user could study and does not.
func (s *Store) SharedDecks(ctx context.Context, user UserID) ([]Deck, error) {
	decks, err := s.decks(ctx, user, `d.shared = 1 AND d.user_id <> @user AND coalesce(e.state, '') <> 'active' ORDER BY d.name_key, d.id`, nil)
	return decks, wrap("shared decks", err)
}

// Deck is one deck, or ErrNotFound if the user neither owns nor studies it and it
// is not shared.
func (s *Store) Deck(ctx context.Context, user UserID, id DeckID, today cards.Day) (Deck, error) {
	decks, err := s.decks(ctx, user, `d.id = @deck AND (d.user_id = @user OR d.shared = 1 OR e.state = 'active')`, id)
	if err == nil && len(decks) == 0 {
		err = ErrNotFound
	}
	if err == nil {
		err = s.fillCounts(ctx, user, today, decks)
	}
	if err != nil {
		return Deck{}, wrap("deck", err)
	}
	return decks[0], nil
}

func (s *Store) decks(ctx context.Context, user UserID, where string, deck any) ([]Deck, error) {
	var rows []deckRow
	err := s.read(ctx).Raw(decksSQL+where, sql.Named("user", int64(user)), sql.Named("deck", deck)).Scan(&rows).Error
	decks := make([]Deck, len(rows))
	for i, r := range rows {
		decks[i] = r.deck(user)
	}
	return decks, err
}

// fillCounts says of each deck what it asks today.
func (s *Store) fillCounts(ctx context.Context, user UserID, today cards.Day, decks []Deck) error {
	p, err := s.planOn(ctx, user, today)
	if err == nil {
		err = s.count(ctx, p)
	}
	if err != nil {
		return err
	}
	for i := range decks {
		if of := p.deck(decks[i].ID); of != nil {
			decks[i].New, decks[i].Due = of.new, of.due+of.waiting+of.drill
		}
	}
	return nil
}

// CreateDeck makes a deck, which its owner studies. It returns ErrNameTaken if they
// have one of that name.
func (s *Store) CreateDeck(ctx context.Context, user UserID, name string, now time.Time) (id DeckID, err error) {
	err = s.write(ctx, "create deck", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		if err := t.freeName(user, 0, name); err != nil {
			return err
		}
		made, err := t.insert(`INSERT INTO decks (user_id, name, name_key, shared, cards, created) VALUES (?, ?, ?, 0, 0, ?)`, int64(user), name, fold(name), millis(now))
		if err != nil {
			return err
		}
		id = DeckID(made)
		_, err = t.exec(`INSERT INTO enrolments (user_id, deck_id, state, paused, created) VALUES (?, ?, 'active', 0, ?)`, int64(user), made, millis(now))
		return err
	})
	return id, err
}

// freeName returns ErrNameTaken if a user has another deck of that name.
func (t *txn) freeName(user UserID, deck DeckID, name string) error {
	if name == "" {
		return errors.New("a deck needs a name")
	}
	var n int
	err := t.row(`SELECT count(*) FROM decks WHERE user_id = ? AND name_key = ? AND id <> ?`, int64(user), fold(name), int64(deck)).Scan(&n)
	if err == nil && n > 0 {
		err = ErrNameTaken
	}
	return err
}

// ownDeck returns ErrNotFound for a deck that the user cannot see, and ErrNotYours
// for one of another.
func (t *txn) ownDeck(user UserID, id DeckID) error {
	var owner int64
	err := t.row(`SELECT d.user_id FROM decks d WHERE d.id = ?2 AND d.user_id IS NOT NULL AND (d.user_id = ?1 OR d.shared = 1
		OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))`, int64(user), int64(id)).Scan(&owner)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case err == nil && owner != int64(user):
		return ErrNotYours
	}
	return err
}

// RenameDeck gives a deck of the user's another name, or returns ErrNameTaken.
func (s *Store) RenameDeck(ctx context.Context, user UserID, id DeckID, name string) error {
	return s.write(ctx, fmt.Sprintf("rename deck %d", id), func(t *txn) error {
		if err := t.ownDeck(user, id); err != nil {
			return err
		}
		if err := t.freeName(user, id, name); err != nil {
			return err
		}
		_, err := t.exec(`UPDATE decks SET name = ?, name_key = ? WHERE id = ?`, name, fold(name), int64(id))
		return err
	})
}

// ShareDeck lets everyone on the server study a deck, or its owner alone. Whoever
// studies it when it is no longer shared has their progress kept, and studies it
// again as soon as it is.
func (s *Store) ShareDeck(ctx context.Context, user UserID, id DeckID, shared bool) error {
	return s.write(ctx, fmt.Sprintf("share deck %d", id), func(t *txn) error {
		if err := t.ownDeck(user, id); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE decks SET shared = ? WHERE id = ?`, bit(shared), int64(id)); err != nil {
			return err
		}
		from, to := []string{"active", "filling"}, "withdrawn"
		if shared {
			from, to = []string{"withdrawn", ""}, "active"
		}
		_, err := t.exec(`UPDATE enrolments SET state = ? WHERE deck_id = ? AND user_id <> ? AND state IN (?, ?)`, to, int64(id), int64(user), from[0], from[1])
		return err
	})
}
