package store_test

import (
	"errors"
	"testing"

	"recto/cards"
	"recto/store"
)

// TestNothingOfAnothersIsReached calls every method that takes an identifier with
// something of ada's: as someone else, to whom it does not exist, and as someone
// who studies the deck, who may look and not change.
func TestNothingOfAnothersIsReached(t *testing.T) {
	w := newWorld(t)
	ada, eve, student := w.join("ada"), w.join("eve"), w.join("student")
	deck, ids := ada.deck("Apollo", 2)
	note := ada.card(ids[0]).Note
	_, article := ada.article("Peace came in 1956.", 1, "")
	_, gone := ada.deck("Gone", 1)
	item := got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, gone[0], w.now))
	must(t, w.s.CreateSession(w.ctx(), ada.id, []byte("token"), "agent", w.now))
	session := got[[]store.SignIn](t)(w.s.Sessions(w.ctx(), ada.id, nil))[0].ID
	eves, _ := eve.deck("Eve's", 1)
	theirs, _ := student.deck("Student's", 1)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), student.id, deck, student.today(), w.now))
	studentCard := student.card(ids[0])

	ctx, now, today := w.ctx(), w.now, ada.today()
	fields := []cards.Field{{Name: "Front", Value: "f"}, {Name: "Back", Value: "b"}}
	type call func(p *person, own store.DeckID) error
	of := func(_ any, err error) error { return err }
	hidden := map[string]call{ // from eve, while the deck is not shared
		"Deck": func(p *person, _ store.DeckID) error { return of(w.s.Deck(ctx, p.id, deck, today)) },
		"DeckCards": func(p *person, _ store.DeckID) error {
			_, _, err := w.s.DeckCards(ctx, p.id, deck, "", 0, 9)
			return err
		},
		"Card":         func(p *person, _ store.DeckID) error { return of(w.s.Card(ctx, p.id, ids[0])) },
		"History":      func(p *person, _ store.DeckID) error { return of(w.s.History(ctx, p.id, ids[0])) },
		"Next":         func(p *person, _ store.DeckID) error { return of(w.s.Next(ctx, p.id, deck, now)) },
		"Enrol":        func(p *person, _ store.DeckID) error { return w.s.Enrol(ctx, p.id, deck, today, now) },
		"Leave":        func(p *person, _ store.DeckID) error { return w.s.Leave(ctx, p.id, deck) },
		"SetEnrolment": func(p *person, _ store.DeckID) error { return w.s.SetEnrolment(ctx, p.id, deck, store.Enrolment{}) },
		"Grade": func(p *person, _ store.DeckID) error {
			return of(w.s.Grade(ctx, p.id, store.Answer{Card: ids[0], Version: 1, Key: w.key(), Grade: 4, At: now}, grading(4)))
		},
		"Suspend":       func(p *person, _ store.DeckID) error { return of(w.s.Suspend(ctx, p.id, ids[0], w.key(), true, now)) },
		"SetTyping":     func(p *person, _ store.DeckID) error { return w.s.SetTyping(ctx, p.id, ids[0], store.TypingYes) },
		"SetDeckTyping": func(p *person, _ store.DeckID) error { return w.s.SetDeckTyping(ctx, p.id, deck, true) },
		"Bury":          func(p *person, _ store.DeckID) error { return of(w.s.Bury(ctx, p.id, ids[0], w.key(), now)) },
	}
	owned := map[string]call{ // from both: ErrNotFound, or ErrNotYours for what can be seen
		"RenameDeck":     func(p *person, _ store.DeckID) error { return w.s.RenameDeck(ctx, p.id, deck, "Taken") },
		"ShareDeck":      func(p *person, _ store.DeckID) error { return w.s.ShareDeck(ctx, p.id, deck, true) },
		"DeleteDeck":     func(p *person, _ store.DeckID) error { return of(w.s.DeleteDeck(ctx, p.id, deck, now)) },
		"DeleteCard":     func(p *person, _ store.DeckID) error { return of(w.s.DeleteCard(ctx, p.id, ids[0], now)) },
		"EditNote":       func(p *person, _ store.DeckID) error { return w.s.EditNote(ctx, p.id, note, fields, nil, now) },
		"Restore":        func(p *person, _ store.DeckID) error { return w.s.Restore(ctx, p.id, item) },
		"Article":        func(p *person, _ store.DeckID) error { return of(w.s.Article(ctx, p.id, article)) },
		"DeleteArticle":  func(p *person, _ store.DeckID) error { return of(w.s.DeleteArticle(ctx, p.id, article, now)) },
		"SaveCards":      func(p *person, own store.DeckID) error { return of(w.s.SaveCards(ctx, p.id, article, own, today, now)) },
		"SaveCards into": func(p *person, _ store.DeckID) error { return of(w.s.SaveCards(ctx, p.id, article, deck, today, now)) },
		"EndSession":     func(p *person, _ store.DeckID) error { return w.s.EndSession(ctx, p.id, session) },
		"CreateInvite":   func(p *person, _ store.DeckID) error { return w.s.CreateInvite(ctx, p.id, "hash", 1, now) },
		"SetVerdicts": func(p *person, _ store.DeckID) error {
			return w.s.SetVerdicts(ctx, p.id, article, []store.Verdict{{Proposal: "p0", Verdict: "drop"}}, now)
		},
		"AddNote": func(p *person, _ store.DeckID) error {
			return of(w.s.AddNote(ctx, p.id, deck, cards.Note{GUID: w.key(), Type: "Basic", Fields: fields}, today, now))
		},
	}
	before := ada.export()
	must(t, w.s.ShareDeck(ctx, ada.id, deck, false))
	for name, do := range hidden {
		if err := do(eve, eves); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of a stranger gives %v, want ErrNotFound", name, err)
		}
	}
	for name, do := range owned {
		want := store.ErrNotFound
		if name == "CreateInvite" { // of nothing in particular
			want = store.ErrNotYours
		}
		if err := do(eve, eves); !errors.Is(err, want) {
			t.Errorf("%s of a stranger gives %v, want ErrNotFound", name, err)
		}
	}
	must(t, w.s.ShareDeck(ctx, ada.id, deck, true))
	for name, do := range owned {
		if err := do(student, theirs); !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrNotYours) {
			t.Errorf("%s of a student gives %v, want ErrNotFound or ErrNotYours", name, err)
		}
	}
	if now := ada.export(); now != before {
		t.Error("something of ada's has changed")
	}
	if now := student.card(ids[0]); now.Schedule != studentCard.Schedule || now.Version != studentCard.Version {
		t.Errorf("the student's card has changed to %+v", now)
	}
	for _, p := range []*person{eve, student} {
		if list := got[[]store.Trashed](t)(w.s.Trash(ctx, p.id)); len(list) != 0 {
			t.Errorf("the trash of another shows %+v", list)
		}
		if list := got[[]store.ArticleRow](t)(w.s.Articles(ctx, p.id)); len(list) != 0 {
			t.Errorf("the articles of another show %+v", list)
		}
	}
	w.wantClean()
}
