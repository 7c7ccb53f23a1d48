package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"recto/cards"
	"recto/cards/generate"
	"recto/cards/starter"
	"recto/store"
)

// starterName is the deck that a new account finds.
const starterName = "Japan and Russia"

// starterDeck gives new accounts the starter article with its cards. They are
// made once, by the generator that makes all others, when the first is needed.
type starterDeck struct {
	store *store.Store
	made  func() (madeArticle, error)
}

type madeArticle struct {
	article cards.Article
	generate.Result
}

func newStarterDeck(s *store.Store) *starterDeck {
	return &starterDeck{store: s, made: sync.OnceValues(makeStarter)}
}

func makeStarter() (madeArticle, error) {
	a, err := starter.Article()
	if err != nil {
		return madeArticle{}, fmt.Errorf("starter deck: %w", err)
	}
	r, err := generate.FromArticle(context.Background(), a, generate.Options{})
	if err != nil {
		return madeArticle{}, fmt.Errorf("starter deck: %w", err)
	}
	return madeArticle{a, r}, nil
}

// give puts the starter article and its surest cards into the account of user.
func (d *starterDeck) give(ctx context.Context, user store.UserID, now time.Time) error {
	made, err := d.made()
	if err != nil {
		return err
	}
	u, err := d.store.User(ctx, user)
	if err != nil {
		return fmt.Errorf("starter deck for user %d: %w", user, err)
	}
	id, err := d.store.AddArticle(ctx, user, made.article, made.Entries, made.Proposals, now)
	if err != nil {
		return fmt.Errorf("starter deck for user %d: %w", user, err)
	}
	var kept []store.Verdict
	for _, p := range made.Proposals {
		if p.Default {
			kept = append(kept, store.Verdict{Proposal: p.ID, Verdict: "keep"})
		}
	}
	if err := d.store.SetVerdicts(ctx, user, id, kept, now); err != nil {
		return fmt.Errorf("starter deck for user %d: %w", user, err)
	}
	deck, err := d.store.CreateDeck(ctx, user, starterName, now)
	if err != nil {
		return fmt.Errorf("starter deck for user %d: %w", user, err)
	}
	if _, err := d.store.SaveCards(ctx, user, id, deck, u.Today(now), now); err != nil {
		return fmt.Errorf("starter deck for user %d: %w", user, err)
	}
	return nil
}
