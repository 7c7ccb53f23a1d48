package store_test

import (
	"errors"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/quiz"
	"recto/store"
)

// type answers a card by typing, as it stands.
func (p *person) types(id store.CardID, given string, g cards.Grade, key string) error {
	p.w.t.Helper()
	q, ok, err := p.w.s.TypedAmong(p.w.ctx(), p.id, id, false, given)
	must(p.w.t, err)
	if !ok {
		p.w.t.Fatalf("card %d is not asked by typing", id)
	}
	r := q.Judge(given)
	a := store.Answer{Card: id, Version: p.card(id).Version, Key: key, Grade: g, At: p.w.now}
	if r.Verdict != quiz.Right {
		a.Given = &store.GivenAnswer{Text: given, Verdict: r.Verdict, Belongs: store.CardID(r.Parts[0].Belongs), Overridden: r.Verdict.Overruled(g)}
	}
	_, err = p.w.s.Grade(p.w.ctx(), p.id, a, grading(g))
	return err
}

func (p *person) given(id store.CardID) []store.GivenAnswer {
	p.w.t.Helper()
	return got[[]store.GivenAnswer](p.w.t)(p.w.s.AnswersGiven(p.w.ctx(), p.id, id))
}

// TestWhatIsTypedGoesWithItsGrade: both are kept once, and taken back together.
func TestWhatIsTypedGoesWithItsGrade(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 3)
	version := ada.card(ids[0]).Version
	key := w.key()
	must(t, ada.types(ids[0], "back of words 1", cards.Again, key))
	again := store.Answer{Card: ids[0], Version: version, Key: key, Grade: cards.Again, At: w.now, Given: &store.GivenAnswer{Text: "something else", Verdict: quiz.Wrong}}
	got[cards.Review](t)(w.s.Grade(w.ctx(), ada.id, again, grading(cards.Again))) // a double click
	list := ada.given(ids[0])
	if len(list) != 1 || list[0].Text != "back of words 1" || list[0].Belongs != ids[1] || list[0].Place != store.GivenInReview || list[0].Overridden {
		t.Errorf("the answers given are %+v, want one that is card %d's", list, ids[1])
	}
	if text := ada.export(); !strings.Contains(text, "back of words 1\"") || !strings.Contains(text, `"place":"review"`) && !strings.Contains(text, `"place": "review"`) {
		t.Error("the export has not what was typed")
	}
	ada.undo()
	if list := ada.given(ids[0]); len(list) != 0 {
		t.Errorf("after undo the answers given are %+v", list)
	}
	got[cards.Review](t)(w.s.Grade(w.ctx(), ada.id, again, grading(cards.Again))) // the old form from a page that was kept
	if list := ada.given(ids[0]); len(list) != 0 {
		t.Errorf("a form that was taken back keeps %+v", list)
	}
	must(t, ada.types(ids[1], "something else", cards.Good, w.key()))
	if list := ada.given(ids[1]); len(list) != 1 || !list[0].Overridden {
		t.Errorf("an answer that was right by the person's word is kept as %+v", list)
	}
	must(t, ada.types(ids[2], "back of words 2", cards.Good, w.key()))
	if list := ada.given(ids[2]); len(list) != 0 {
		t.Errorf("a right answer is kept as %+v", list)
	}
	a := store.Answer{Card: ids[2], Version: 99, Key: w.key(), Grade: cards.Good, At: w.now, Given: &store.GivenAnswer{Text: "late", Verdict: quiz.Wrong}}
	if _, err := w.s.Grade(w.ctx(), ada.id, a, grading(cards.Good)); !errors.Is(err, store.ErrStale) || len(ada.given(ids[2])) != 0 {
		t.Errorf("what comes too late gives %v, and is kept as %+v", err, ada.given(ids[2]))
	}
	w.wantClean()
}

// TestHowACardIsAnswered: by its deck, unless it has a way of its own; for each user.
func TestHowACardIsAnswered(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 1)
	typed := func(p *person) bool {
		t.Helper()
		yes, _ := got[store.Aid](t)(w.s.Aid(w.ctx(), p.id, ids[0])).Typed()
		return yes
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), eve.id, deck, eve.today(), w.now))
	for _, step := range []struct {
		deck   bool
		typing store.Typing
		want   bool
	}{{false, store.TypingAsDeck, false}, {true, store.TypingAsDeck, true}, {true, store.TypingNo, false}, {false, store.TypingNo, false}, {false, store.TypingYes, true}, {true, store.TypingYes, true}} {
		must(t, w.s.SetDeckTyping(w.ctx(), ada.id, deck, step.deck))
		must(t, w.s.SetTyping(w.ctx(), ada.id, ids[0], step.typing))
		if typed(ada) != step.want || typed(eve) {
			t.Errorf("with deck %t and card %q it is typed by ada: %t, by eve: %t", step.deck, step.typing, typed(ada), typed(eve))
		}
	}
	if d := got[store.Deck](t)(w.s.Deck(w.ctx(), ada.id, deck, ada.today())); !d.Typed {
		t.Error("the deck does not say that it is typed")
	}
	if err := w.s.SetTyping(w.ctx(), ada.id, ids[0], "perhaps"); err == nil {
		t.Error("there is a third way to answer a card")
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, false))
	if err := w.s.SetTyping(w.ctx(), eve.id, ids[0], store.TypingYes); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("how another's card is answered gives %v, want ErrNotFound", err)
	}
	if err := w.s.SetDeckTyping(w.ctx(), eve.id, deck, true); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("how another's deck is answered gives %v, want ErrNotFound", err)
	}
	w.wantClean()
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	if n := w.rows()["card_aids"]; n != 0 {
		t.Errorf("%d aids stay when their user goes", n)
	}
	w.wantClean()
}
