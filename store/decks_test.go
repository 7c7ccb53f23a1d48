package store_test

import (
	"errors"
	"fmt"
	"testing"

	"recto/cards"
	"recto/store"
)

func TestASharedDeckSharesNoProgress(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, ids := ada.deck("Apollo", 3)
	ada.grade(ids[0], cards.Good)
	if list := got[[]store.Deck](t)(w.s.SharedDecks(w.ctx(), grace.id)); len(list) != 0 {
		t.Errorf("before it is shared grace finds %+v", list)
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	if list := got[[]store.Deck](t)(w.s.SharedDecks(w.ctx(), grace.id)); len(list) != 1 || list[0].OwnerName != "ada" || list[0].Cards != 3 || list[0].Mine {
		t.Errorf("after it is shared grace finds %+v", list)
	}
	before := ada.export()
	must(t, w.s.Enrol(w.ctx(), grace.id, deck, grace.today(), w.now))
	must(t, w.s.Enrol(w.ctx(), grace.id, deck, grace.today(), w.now)) // twice is once
	if c := grace.counts(0); c.New != 3 {
		t.Errorf("grace has %+v to study, want 3 new cards", c)
	}
	grace.grade(ids[0], cards.Again)
	if now := ada.export(); now != before {
		t.Error("what grace does shows in ada's export")
	}
	if ada.card(ids[0]).Schedule == grace.card(ids[0]).Schedule {
		t.Error("ada and grace have one schedule")
	}
	if grace.card(ids[0]).Mine {
		t.Error("grace may edit ada's card")
	}

	added := ada.add(deck, "fresh")
	if c := grace.counts(0); c.New != 3 {
		t.Errorf("after ada added a card (note %d), grace counts %+v, want 3 new", added, c)
	}
	w.wantClean()

	must(t, w.s.Leave(w.ctx(), grace.id, deck))
	if c := grace.counts(0); c != (store.Counts{}) {
		t.Errorf("after leaving, grace counts %+v", c)
	}
	if _, err := w.s.Undo(w.ctx(), grace.id, w.key(), w.now); !errors.Is(err, store.ErrNothingToUndo) {
		t.Errorf("after leaving, undo gives %v", err)
	}
	ada.add(deck, "fresher")
	must(t, w.s.Enrol(w.ctx(), grace.id, deck, grace.today(), w.now))
	if c, h := grace.counts(0), grace.history(ids[0]); c.New != 4 || c.Drill != 1 || len(h) != 1 {
		t.Errorf("back again, grace counts %+v with %d events, want 4 new, 1 drill and 1 event", c, len(h))
	}

	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, false))
	if _, err := w.s.Deck(w.ctx(), grace.id, deck, grace.today()); !isNotFound(err) {
		t.Errorf("a deck that is no longer shared gives %v", err)
	}
	if c := grace.counts(0); c != (store.Counts{}) {
		t.Errorf("when it is no longer shared, grace counts %+v", c)
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	if c := grace.counts(0); c.New != 4 || c.Drill != 1 {
		t.Errorf("shared again, grace counts %+v", c)
	}
	w.wantClean()
}

func TestALargeDeckIsStudiedWhole(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Long", w.now))
	_, id := ada.article("Peace came in 1956.", 1100, "")
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	people := []*person{}
	for i := range 12 {
		p := w.join(fmt.Sprintf("user %d", i))
		must(t, w.s.Enrol(w.ctx(), p.id, deck, p.today(), w.now))
		people = append(people, p)
	}
	_, more := ada.article("War came in 1941.", 250, "")
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, more, deck, ada.today(), w.now)) // 250 cards for 13 people are many jobs
	for _, p := range people {
		settings := p.user().Settings
		settings.NewPerDay = 9999
		must(t, w.s.SetSettings(w.ctx(), p.id, settings))
		if c := p.counts(deck); c.New != 1350 {
			t.Fatalf("%+v are there to study, want 1350 new cards", c)
		}
	}
	w.wantClean()
}

func TestDeckNames(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, _ := ada.deck("Économie", 1)
	other, _ := ada.deck("Other", 0)
	if _, err := w.s.CreateDeck(w.ctx(), ada.id, "ÉCONOMIE", w.now); !errors.Is(err, store.ErrNameTaken) {
		t.Errorf("the same name in capitals gives %v, want ErrNameTaken", err)
	}
	if err := w.s.RenameDeck(w.ctx(), ada.id, other, "économie"); !errors.Is(err, store.ErrNameTaken) {
		t.Errorf("renaming to a taken name gives %v, want ErrNameTaken", err)
	}
	must(t, w.s.RenameDeck(w.ctx(), ada.id, deck, "ÉCONOMIE"))
	grace.deck("Économie", 1)

	item := got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, deck, w.now))
	ada.deck("économie", 0)
	must(t, w.s.Restore(w.ctx(), ada.id, item))
	if d := got[store.Deck](t)(w.s.Deck(w.ctx(), ada.id, deck, ada.today())); d.Name != "ÉCONOMIE (2)" || d.Cards != 1 {
		t.Errorf("the deck that was put back is %+v", d)
	}
}

func TestTheTrashGivesBackEverything(t *testing.T) {
	w := newWorld(t)
	ada, grace, eve := w.join("ada"), w.join("grace"), w.join("eve")
	deck, ids := ada.deck("Apollo", 3)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	for _, p := range []*person{grace, eve} {
		must(t, w.s.Enrol(w.ctx(), p.id, deck, p.today(), w.now))
	}
	ada.grade(ids[0], cards.Good)
	grace.grade(ids[0], cards.Hard)
	grace.grade(ids[1], cards.Easy)
	must(t, w.s.SetEnrolment(w.ctx(), grace.id, deck, store.Enrolment{Limits: &cards.Limits{New: 7, Reviews: 8}}))
	before, hers := ada.export(), grace.export()

	card := got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ids[0], w.now))
	if _, err := w.s.Card(w.ctx(), grace.id, ids[0]); !isNotFound(err) {
		t.Errorf("a deleted card gives %v", err)
	}
	if c := grace.counts(0); c.New != 1 || c.Drill != 0 {
		t.Errorf("without the card grace counts %+v", c)
	}
	w.wantClean()
	whole := got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, deck, w.now))
	for _, p := range []*person{ada, grace} {
		if _, err := w.s.Deck(w.ctx(), p.id, deck, p.today()); !isNotFound(err) {
			t.Errorf("a deleted deck gives %v", err)
		}
		if c := p.counts(0); c != (store.Counts{}) {
			t.Errorf("without the deck, %+v are counted", c)
		}
		if q := p.next(deck); q.Card.ID != 0 {
			t.Errorf("a card of a deleted deck is asked: %+v", q)
		}
	}
	a := store.Answer{Card: ids[1], Version: 2, Key: w.key(), Grade: cards.Good, At: w.now}
	if _, err := w.s.Grade(w.ctx(), grace.id, a, grading(cards.Good)); !isNotFound(err) {
		t.Errorf("grading a card of a deleted deck gives %v", err)
	}
	w.wantClean()
	list := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id))
	if len(list) != 2 || list[0].Kind != "deck" || list[0].Name != "Apollo" || list[1].Kind != "card" || list[1].Name != "Apollo 0" {
		t.Errorf("the trash is %+v", list)
	}
	if err := w.s.Restore(w.ctx(), grace.id, whole); !isNotFound(err) {
		t.Errorf("putting back what another has deleted gives %v", err)
	}
	must(t, w.s.DeleteUser(w.ctx(), eve.id)) // she studied the deck, and is gone when it comes back
	must(t, w.s.Restore(w.ctx(), ada.id, card))
	if err := w.s.Restore(w.ctx(), ada.id, whole); !isNotFound(err) {
		t.Errorf("the deck came back with its card; putting it back again gives %v", err)
	}
	if now := ada.export(); now != before {
		t.Errorf("after all was put back the export differs:\n%s\n%s", before, now)
	}
	if now := grace.export(); now != hers {
		t.Errorf("after all was put back grace's export differs:\n%s\n%s", hers, now)
	}
	if d := got[store.Deck](t)(w.s.Deck(w.ctx(), grace.id, deck, grace.today())); !d.OwnLimits || d.Limits != (cards.Limits{New: 7, Reviews: 8}) {
		t.Errorf("grace's deck has come back as %+v", d)
	}
	w.wantClean()
}

func TestSavingAgainBringsADeletedCardBackOnlyWhenItIsWanted(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, id := ada.article("Peace came in 1956.", 2, "")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Peace", w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now))
	ids := ada.cards(deck)
	ada.grade(ids[0], cards.Good)
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ids[0], w.now))
	a := got[store.Article](t)(w.s.Article(w.ctx(), ada.id, id))
	if p := a.Proposals[0]; p.Card != 0 || p.Verdict != "drop" {
		t.Errorf("the proposal of a deleted card has verdict %q and card %d", p.Verdict, p.Card)
	}
	if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now)); n != 0 {
		t.Errorf("saving again adds %d cards, want none", n)
	}
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: "p0", Verdict: "keep"}}, w.now))
	if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now)); n != 1 {
		t.Errorf("saving what is wanted again adds %d cards, want 1", n)
	}
	if c := ada.card(ids[0]); !c.Schedule.Seen {
		t.Error("the card has come back without its progress")
	}
	if list := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id)); len(list) != 0 {
		t.Errorf("the trash still has %+v", list)
	}
	w.wantClean()
}

func TestSearch(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Deck", w.now))
	for i, c := range [][3]string{{"What is 50%?", "one_half", ""}, {"L’Été &amp; l<br>hiver", "Summer", ""}, {`back\slash`, "x", "French"}} {
		n := cards.Note{GUID: fmt.Sprintf("guid-%d", i), Type: "Basic", Tags: []string{c[2]}, Fields: []cards.Field{{Name: "Front", Value: c[0]}, {Name: "Back", Value: c[1]}}}
		got[store.NoteID](t)(w.s.AddNote(w.ctx(), ada.id, deck, n, ada.today(), w.now))
	}
	tests := []struct {
		query string
		want  int
	}{
		{"", 3}, {"50%", 1}, {"%", 1}, {"one_half", 1}, {"_", 1}, {"ÉTÉ & L", 1}, {"été", 1}, {"summer", 1}, {`\`, 1}, {"french", 1}, {"nothing", 0}, {"<br>", 0},
	}
	for _, test := range tests {
		rows, total, err := w.s.DeckCards(w.ctx(), ada.id, deck, test.query, 0, 100)
		must(t, err)
		if len(rows) != test.want || total != test.want {
			t.Errorf("searching %q finds %d cards of %d, want %d", test.query, len(rows), total, test.want)
		}
	}
	rows, total, err := w.s.DeckCards(w.ctx(), ada.id, deck, "", 2, 100)
	must(t, err)
	if len(rows) != 1 || total != 3 || rows[0].Front != `back\slash` {
		t.Errorf("from the third on there are %+v of %d", rows, total)
	}
	if c := ada.card(ada.cards(deck)[1]); c.Front != "L’Été & l\nhiver" {
		t.Errorf("the front reads %q", c.Front)
	}
}

func TestEditingKeepsProgress(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 1)
	ada.grade(ids[0], cards.Good)
	c := ada.card(ids[0])
	fields := []cards.Field{{Name: "Front", Value: "A <i>new</i> front"}, {Name: "Back", Value: "b"}}
	must(t, w.s.EditNote(w.ctx(), ada.id, c.Note, fields, []string{"x", "y", "x"}, w.now))
	now := ada.card(ids[0])
	if now.Schedule != c.Schedule || now.Version != c.Version || now.Front != "A new front" || fmt.Sprint(now.Tags) != "[x y]" {
		t.Errorf("after editing the card is %+v", now)
	}
	if _, total, _ := w.s.DeckCards(w.ctx(), ada.id, deck, "NEW FRONT", 0, 1); total != 1 {
		t.Error("the new words are not found")
	}
	if err := w.s.EditNote(w.ctx(), ada.id, c.Note, fields[:1], nil, w.now); err == nil {
		t.Error("a note without its back is stored")
	}
	if _, err := w.s.AddNote(w.ctx(), ada.id, deck, cards.Note{GUID: "guid", Type: "Unheard of", Fields: fields}, ada.today(), w.now); err == nil {
		t.Error("a note of an unknown type is stored")
	}
}
