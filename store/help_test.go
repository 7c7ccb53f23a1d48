package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/store"
)

func (p *person) helps(h store.Help) store.HelpAct {
	p.w.t.Helper()
	if h.Key == "" {
		h.Key = p.w.key()
	}
	h.At = p.w.now
	return got[store.HelpAct](p.w.t)(p.w.s.HelpWith(p.w.ctx(), p.id, h))
}

func (p *person) unhelps(id int64) {
	p.w.t.Helper()
	got[store.HelpAct](p.w.t)(p.w.s.UndoHelp(p.w.ctx(), p.id, id, p.w.now))
}

func (p *person) aid(id store.CardID) store.Aid {
	p.w.t.Helper()
	return got[store.Aid](p.w.t)(p.w.s.Aid(p.w.ctx(), p.id, id))
}

func basic(front, back string) cards.Note {
	return cards.Note{Type: "Basic", Fields: []cards.Field{{Name: "Front", Value: front}, {Name: "Back", Value: back}}}
}

// TestACardIsTakenApart: others take its place, not on one day, and all of it can be
// taken back.
func TestACardIsTakenApart(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Lists", 2)
	before := ada.card(ids[0]).Schedule
	h := store.Help{Card: ids[0], Key: w.key(), Kind: store.HelpSplit, Notes: []cards.Note{basic("one of them", "a"), basic("another", "b"), basic("the last", "c")}}
	act := ada.helps(h)
	if again := ada.helps(h); again.ID != act.ID {
		t.Errorf("the same form is acts %d and %d", act.ID, again.ID)
	}
	acts := got[[]store.HelpAct](t)(w.s.HelpActs(w.ctx(), ada.id, ids[0]))
	if len(acts) != 1 || len(acts[0].Made) != 3 || !ada.card(ids[0]).Schedule.Suspended || len(ada.cards(deck)) != 5 {
		t.Fatalf("after it the acts are %+v, the card %+v", acts, ada.card(ids[0]).Schedule)
	}
	ada.grade(ids[1], cards.Good)
	q := ada.next(0)
	if !slices.Contains(acts[0].Made, q.Card.ID) || q.Counts.New != 1 {
		t.Errorf("card %d is asked and %d are new; the three come on different days", q.Card.ID, q.Counts.New)
	}
	w.wantClean()
	ada.unhelps(act.ID)
	ada.unhelps(act.ID)
	if ada.card(ids[0]).Schedule != before || len(ada.cards(deck)) != 2 {
		t.Errorf("taken back, the card stands at %+v among %d", ada.card(ids[0]).Schedule, len(ada.cards(deck)))
	}
	trash := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id))
	if len(trash) != 3 {
		t.Errorf("%d cards are in the trash, want 3", len(trash))
	}
	must(t, w.s.Restore(w.ctx(), ada.id, trash[0].ID))
	w.wantClean()
}

// TestACardIsPutOffUntilADay, and comes back by itself.
func TestACardIsPutOffUntilADay(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 1)
	ada.grade(ids[0], cards.Good)
	w.now = w.now.AddDate(0, 0, 1)
	before := ada.card(ids[0]).Schedule
	until := ada.today() + 10
	if _, err := w.s.HelpWith(w.ctx(), ada.id, store.Help{Card: ids[0], Key: w.key(), Kind: store.HelpUntil, Until: ada.today(), At: w.now}); !errors.Is(err, store.ErrStale) {
		t.Errorf("putting it off until today gives %v, want ErrStale", err)
	}
	act := ada.helps(store.Help{Card: ids[0], Kind: store.HelpUntil, Until: until})
	if c := ada.counts(0); c.Due != 0 {
		t.Errorf("it is asked the same day: %+v", c)
	}
	sum := got[store.TodaySummary](t)(w.s.Session(w.ctx(), ada.id, w.now))
	if sum.Tomorrow != 0 {
		t.Errorf("tomorrow brings %d cards, want none", sum.Tomorrow)
	}
	ada.unhelps(act.ID)
	if ada.card(ids[0]).Schedule != before || ada.counts(0).Due != 1 {
		t.Errorf("taken back, it stands at %+v", ada.card(ids[0]).Schedule)
	}
	act = ada.helps(store.Help{Card: ids[0], Kind: store.HelpUntil, Until: until})
	w.now = w.now.AddDate(0, 0, 9)
	if c := ada.counts(0); c.Due != 0 {
		t.Errorf("it is asked on the day before: %+v", c)
	}
	if sum := got[store.TodaySummary](t)(w.s.Session(w.ctx(), ada.id, w.now)); sum.Tomorrow != 1 {
		t.Errorf("on the day before, tomorrow brings %d cards, want 1", sum.Tomorrow)
	}
	w.now = w.now.AddDate(0, 0, 1)
	if c := ada.counts(0); c.Due != 1 {
		t.Errorf("it does not come back: %+v", c)
	}
	ada.grade(ids[0], cards.Good)
	if _, err := w.s.UndoHelp(w.ctx(), ada.id, act.ID, w.now); !errors.Is(err, store.ErrStale) {
		t.Errorf("taking it back after an answer gives %v, want ErrStale", err)
	}
	w.wantClean()
}

// TestWhatIsKeptAndWritten: mnemonics, leaving a card, context and contrast come and go.
func TestWhatIsKeptAndWritten(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 2)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), eve.id, deck, eve.today(), w.now))

	first := ada.helps(store.Help{Card: ids[0], Kind: store.HelpMnemonic, Text: "lime"})
	second := ada.helps(store.Help{Card: ids[0], Kind: store.HelpMnemonic, Text: "a lime tree"})
	if ada.aid(ids[0]).Mnemonic != "a lime tree" || eve.aid(ids[0]).Mnemonic != "" {
		t.Errorf("ada keeps %q, eve %q", ada.aid(ids[0]).Mnemonic, eve.aid(ids[0]).Mnemonic)
	}
	if text := ada.export(); !strings.Contains(text, "a lime tree") || strings.Contains(eve.export(), "a lime tree") {
		t.Error("the export has not what ada keeps, or eve's has it")
	}
	ada.unhelps(second.ID)
	if m := ada.aid(ids[0]).Mnemonic; m != "lime" {
		t.Errorf("taken back, she keeps %q", m)
	}
	ada.unhelps(first.ID)

	leave := ada.helps(store.Help{Card: ids[0], Kind: store.HelpLeave})
	if n := ada.aid(ids[0]).LeftAt; n != 1 {
		t.Errorf("the card is left at %d lapses", n)
	}
	ada.unhelps(leave.ID)
	if n := ada.aid(ids[0]).LeftAt; n != 0 {
		t.Errorf("taken back, the card is left at %d lapses", n)
	}

	fields := ada.card(ids[0]).Fields
	said := slices.Clone(fields)
	said[0].Value = "In the story: " + said[0].Value
	context := ada.helps(store.Help{Card: ids[0], Kind: store.HelpContext, Field: said})
	if c := ada.card(ids[0]); !strings.HasPrefix(c.Front, "In the story") {
		t.Errorf("with its context the front is %q", c.Front)
	}
	ada.unhelps(context.ID)
	if c := ada.card(ids[0]); !slices.Equal(c.Fields, fields) {
		t.Errorf("taken back, the fields are %v", c.Fields)
	}
	context = ada.helps(store.Help{Card: ids[0], Kind: store.HelpContext, Field: said})
	must(t, w.s.EditNote(w.ctx(), ada.id, ada.card(ids[0]).Note, fields, nil, w.now))
	if _, err := w.s.UndoHelp(w.ctx(), ada.id, context.ID, w.now); !errors.Is(err, store.ErrStale) {
		t.Errorf("taking back what was edited since gives %v, want ErrStale", err)
	}

	contrast := ada.helps(store.Help{Card: ids[0], Kind: store.HelpContrast, Notes: []cards.Note{basic("a or b?", "a, b")}})
	if n := len(ada.cards(deck)); n != 3 || ada.card(ids[0]).Schedule.Suspended {
		t.Errorf("with a contrast card the deck has %d", n)
	}
	ada.unhelps(contrast.ID)
	if n := len(ada.cards(deck)); n != 2 {
		t.Errorf("taken back, the deck has %d", n)
	}

	for kind, want := range map[store.HelpKind]error{store.HelpSplit: store.ErrNotYours, store.HelpContext: store.ErrNotYours, store.HelpContrast: store.ErrNotYours, store.HelpMnemonic: nil, store.HelpLeave: nil, store.HelpUntil: nil} {
		h := store.Help{Card: ids[0], Key: w.key(), Kind: kind, Notes: []cards.Note{basic("f", "b"), basic("g", "b")}, Field: said, Text: "x", Until: eve.today() + 3, At: w.now}
		if _, err := w.s.HelpWith(w.ctx(), eve.id, h); !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%s by a student gives %v, want %v", kind, err, want)
		}
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, false))
	if _, err := w.s.HelpWith(w.ctx(), eve.id, store.Help{Card: ids[0], Key: w.key(), Kind: store.HelpMnemonic, At: w.now}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("help with another's card gives %v, want ErrNotFound", err)
	}
	if _, err := w.s.UndoHelp(w.ctx(), eve.id, contrast.ID, w.now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("taking back another's help gives %v, want ErrNotFound", err)
	}
	w.wantClean()
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	if rows := w.rows(); rows["card_aids"]+rows["help_acts"] != 0 {
		t.Errorf("what was kept with cards stays: %v", rows)
	}
	w.wantClean()
}

// TestPairsAreNoticed wherever an answer is another card's, for each user alone, and are
// forgotten when that is taken back.
func TestPairsAreNoticed(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 3)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), eve.id, deck, eve.today(), w.now))
	pairs := func(p *person, card store.CardID) []store.Confusion {
		t.Helper()
		return got[[]store.Confusion](t)(w.s.Confusions(w.ctx(), p.id, card, 9))
	}
	must(t, ada.types(ids[0], "back of words 1", cards.Again, w.key()))
	must(t, ada.types(ids[0], "back of words 1", cards.Again, w.key()))
	must(t, ada.types(ids[1], "back of words 2", cards.Good, w.key())) // right by her word: no pair
	must(t, eve.types(ids[2], "back of words 0", cards.Again, w.key()))
	id := ada.quiz(false, false, ids[1]) // whose other answer, the zebra, is the third card's
	must(t, ada.answer(id, 0, "zebra", w.key()))
	list := pairs(ada, 0)
	if len(list) != 2 || list[0].Card.ID != ids[0] || list[0].Other.ID != ids[1] || list[0].Times != 2 || list[0].Other.Back != "back of Words 1" || list[1].Card.ID != ids[1] || list[1].Other.ID != ids[2] {
		t.Errorf("ada's pairs are %+v", list)
	}
	if list := pairs(ada, ids[1]); len(list) != 2 {
		t.Errorf("the pairs of a card that stands in both are %+v", list)
	}
	if list := pairs(ada, ids[2]); len(list) != 1 {
		t.Errorf("the pairs of the third card are %+v", list)
	}
	if list := pairs(eve, 0); len(list) != 1 || list[0].Card.ID != ids[2] {
		t.Errorf("eve's pairs are %+v", list)
	}
	ada.undo() // the card that was right by her word
	ada.undo()
	if list := pairs(ada, ids[0]); len(list) != 1 || list[0].Times != 1 {
		t.Errorf("after undo the pairs are %+v", list)
	}
	if _, err := w.s.PairItems(w.ctx(), ada.id, ids[0], ids[1]); err != nil {
		t.Errorf("the pair's items: %v", err)
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, false))
	if list := pairs(eve, 0); len(list) != 0 {
		t.Errorf("eve sees pairs of cards that she does not see: %+v", list)
	}
	if _, err := w.s.PairItems(w.ctx(), eve.id, ids[0], ids[1]); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("items of another's cards give %v, want ErrNotFound", err)
	}
	source := store.QuizSource{Kind: store.QuizPair, Pair: [2]store.CardID{ids[1], ids[0]}}
	if read, ok := store.ParseQuizSource(source.String()); !ok || read.String() != source.String() {
		t.Errorf("%s is read as %s", source, read)
	}
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ids[1], w.now))
	if list := pairs(ada, 0); len(list) != 0 {
		t.Errorf("a card in the trash is one of the pairs %+v", list)
	}
	w.wantClean()
}

// TestLeeches are found in the decks that one studies, the worst first.
func TestLeeches(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 2)
	for range 9 {
		ada.grade(ids[1], cards.Good)
		ada.grade(ids[1], cards.Good)
		w.now = w.now.AddDate(0, 0, 1)
		ada.grade(ids[1], cards.Again)
		w.now = w.now.AddDate(0, 0, 1)
	}
	list := got[[]store.CardRow](t)(w.s.Leeches(w.ctx(), ada.id, 9))
	if len(list) != 1 || list[0].ID != ids[1] || !list[0].Schedule.Leech() {
		t.Errorf("the leeches are %+v, want card %d", list, ids[1])
	}
}
