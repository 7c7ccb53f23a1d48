package store_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
)

// noon is when tests begin: a Tuesday.
var noon = time.Date(2025, time.March, 4, 12, 0, 0, 0, time.UTC)

// world is a store of a test's own, with a clock that the test moves.
type world struct {
	t    testing.TB
	s    *store.Store
	path string
	now  time.Time
	keys int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(t.TempDir(), "recto.db"), now: noon}
	w.open()
	t.Cleanup(func() { must(t, w.s.Close()) })
	return w
}

func (w *world) open() {
	w.t.Helper()
	s, err := store.Open(w.ctx(), store.Options{Path: w.path})
	must(w.t, err)
	w.s = s
}

func (w *world) ctx() context.Context { return context.Background() }

// key is a fresh idempotency key.
func (w *world) key() string {
	w.keys++
	return fmt.Sprintf("key-%012d", w.keys)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got is v, unless there was an error.
func got[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// person is a user of a test.
type person struct {
	w  *world
	id store.UserID
}

func (w *world) join(name string) *person { return w.joinIn(name, "UTC") }

func (w *world) joinIn(name, zone string) *person {
	w.t.Helper()
	u := got[store.User](w.t)(w.s.CreateUser(w.ctx(), store.NewUser{Name: name, PasswordHash: "hash", Zone: zone}, store.SignupOpen, w.now))
	return &person{w, u.ID}
}

func (p *person) user() store.User {
	p.w.t.Helper()
	return got[store.User](p.w.t)(p.w.s.User(p.w.ctx(), p.id))
}

func (p *person) today() cards.Day { p.w.t.Helper(); return p.user().Today(p.w.now) }

// deck makes a deck with n cards.
func (p *person) deck(name string, n int) (store.DeckID, []store.CardID) {
	p.w.t.Helper()
	id := got[store.DeckID](p.w.t)(p.w.s.CreateDeck(p.w.ctx(), p.id, name, p.w.now))
	for i := range n {
		p.add(id, fmt.Sprintf("%s %d", name, i))
	}
	return id, p.cards(id)
}

// add adds a card to a deck.
func (p *person) add(deck store.DeckID, front string) store.NoteID {
	p.w.t.Helper()
	n := cards.Note{GUID: fmt.Sprintf("%s-%d", front, p.id), Type: "Basic", Fields: []cards.Field{{Name: "Front", Value: front}, {Name: "Back", Value: "back of " + front}}}
	return got[store.NoteID](p.w.t)(p.w.s.AddNote(p.w.ctx(), p.id, deck, n, p.today(), p.w.now))
}

// cards lists a deck's cards.
func (p *person) cards(deck store.DeckID) []store.CardID {
	p.w.t.Helper()
	rows, _, err := p.w.s.DeckCards(p.w.ctx(), p.id, deck, "", 0, 10000)
	must(p.w.t, err)
	ids := make([]store.CardID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

func (p *person) card(id store.CardID) store.Card {
	p.w.t.Helper()
	return got[store.Card](p.w.t)(p.w.s.Card(p.w.ctx(), p.id, id))
}

// rules of SM-2 with one grade, as the web gives them to Grade.
func grading(g cards.Grade) func(cards.Schedule, cards.Day) cards.Schedule {
	return func(s cards.Schedule, today cards.Day) cards.Schedule { return sm2.Next(s, g, today) }
}

// grade answers a card as it stands.
func (p *person) grade(id store.CardID, g cards.Grade) cards.Review {
	p.w.t.Helper()
	c := p.card(id)
	a := store.Answer{Card: id, Version: c.Version, Key: p.w.key(), Grade: g, Took: 4 * time.Second, At: p.w.now}
	return got[cards.Review](p.w.t)(p.w.s.Grade(p.w.ctx(), p.id, a, grading(g)))
}

func (p *person) undo() cards.Review {
	p.w.t.Helper()
	return got[cards.Review](p.w.t)(p.w.s.Undo(p.w.ctx(), p.id, p.w.key(), p.w.now))
}

// next is the question, or the zero one when the day is done.
func (p *person) next(deck store.DeckID) store.Question {
	p.w.t.Helper()
	q, err := p.w.s.Next(p.w.ctx(), p.id, deck, p.w.now)
	if isNotFound(err) {
		return store.Question{}
	}
	must(p.w.t, err)
	return q
}

func (p *person) counts(deck store.DeckID) store.Counts {
	p.w.t.Helper()
	return got[store.Counts](p.w.t)(p.w.s.Counts(p.w.ctx(), p.id, deck, p.w.now))
}

func (p *person) history(id store.CardID) []cards.Review {
	p.w.t.Helper()
	return got[[]cards.Review](p.w.t)(p.w.s.History(p.w.ctx(), p.id, id))
}

func (p *person) export() string {
	p.w.t.Helper()
	var b bytes.Buffer
	must(p.w.t, p.w.s.Export(p.w.ctx(), p.id, &b))
	return b.String()
}

// wantClean checks that the database is sound.
func (w *world) wantClean() {
	w.t.Helper()
	r := got[store.Report](w.t)(w.s.Check(w.ctx(), nil))
	for _, p := range r.Problems {
		w.t.Errorf("check: %s", p)
	}
}
