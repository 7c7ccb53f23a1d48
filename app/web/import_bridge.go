package web

import (
	"context"
	"errors"
	"time"

	"recto/cards/formats"
	"recto/store"
)

// importing is the part of the store that imports and exports decks.
type importing interface {
	Preview(ctx context.Context, user store.UserID, d *formats.Draft, c store.Choices, now time.Time) (store.Plan, error)
	Import(ctx context.Context, user store.UserID, d *formats.Draft, c store.Choices, progress func(done, total int), now time.Time) (store.ImportID, store.Plan, error)
	Imports(ctx context.Context, user store.UserID) ([]store.Imported, error)
	ImportOf(ctx context.Context, user store.UserID, id store.ImportID) (store.Imported, error)
	TakeBack(ctx context.Context, user store.UserID, id store.ImportID, now time.Time) (store.TakenBack, error)
	Draft(ctx context.Context, user store.UserID, deck store.DeckID) (*formats.Draft, error)
}

func (s *server) imports() importing {
	if i, ok := any(s.store).(importing); ok {
		return i
	}
	return noImports{}
}

type noImports struct{}

var errNoImports = errors.New("the store imports nothing yet")

func (noImports) Preview(_ context.Context, _ store.UserID, d *formats.Draft, _ store.Choices, _ time.Time) (store.Plan, error) {
	return store.Plan{Cards: store.CardCounts{New: len(d.Cards)}}, nil
}

func (noImports) Import(context.Context, store.UserID, *formats.Draft, store.Choices, func(done, total int), time.Time) (store.ImportID, store.Plan, error) {
	return 0, store.Plan{}, errNoImports
}

func (noImports) Imports(context.Context, store.UserID) ([]store.Imported, error) { return nil, nil }

func (noImports) ImportOf(context.Context, store.UserID, store.ImportID) (store.Imported, error) {
	return store.Imported{}, store.ErrNotFound
}

func (noImports) TakeBack(context.Context, store.UserID, store.ImportID, time.Time) (store.TakenBack, error) {
	return store.TakenBack{}, store.ErrNotFound
}

func (noImports) Draft(context.Context, store.UserID, store.DeckID) (*formats.Draft, error) {
	return nil, errNoImports
}
