package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/search"
	"recto/store"
)

// find is the fronts of what a query finds.
func (p *person) find(query string) []store.Found {
	p.w.t.Helper()
	n, err := search.Parse(query)
	must(p.w.t, err)
	return got[[]store.Found](p.w.t)(p.w.s.Find(p.w.ctx(), p.id, p.w.now, n))
}

// act does an act to what a query finds, and returns how it went.
func (p *person) act(query string, b store.Bulk) store.BulkAct {
	p.w.t.Helper()
	act := got[store.BulkAct](p.w.t)(p.w.s.StartBulk(p.w.ctx(), p.id, p.w.key(), b, p.find(query), p.w.now))
	must(p.w.t, p.w.s.RunBulk(p.w.ctx(), p.id, act.ID))
	return got[store.BulkAct](p.w.t)(p.w.s.Bulk(p.w.ctx(), p.id, act.ID))
}

func (p *person) undoAct(id store.BulkID) store.BulkAct {
	p.w.t.Helper()
	must(p.w.t, p.w.s.UndoBulk(p.w.ctx(), p.id, id, p.w.now))
	must(p.w.t, p.w.s.RunBulk(p.w.ctx(), p.id, id))
	return got[store.BulkAct](p.w.t)(p.w.s.Bulk(p.w.ctx(), p.id, id))
}

// TestActsOnManyAreTakenBackWhole does each act to 250 cards that someone else studies
// too, and takes it back.
func TestActsOnManyAreTakenBackWhole(t *testing.T) {
	w := newWorld(t)
	ada, bob := w.join("ada"), w.join("bob")
	deck, ids := ada.deck("Apollo", 250)
	other, _ := ada.deck("Moon", 3)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, other, true))
	must(t, w.s.Enrol(w.ctx(), bob.id, deck, bob.today(), w.now))
	must(t, w.s.Enrol(w.ctx(), bob.id, other, bob.today(), w.now))
	ada.grade(ids[0], 4)
	bob.grade(ids[0], 5)
	for _, c := range []struct {
		what  store.Bulk
		query string
		items int
		then  map[string]int // what queries find after it
	}{
		{store.Bulk{Kind: store.BulkMove, Deck: other}, "deck:Apollo", 250, map[string]int{"deck:Apollo": 0, "deck:Moon": 253}},
		{store.Bulk{Kind: store.BulkTag, Tag: "Später::zwei"}, "", 253, map[string]int{"tag:spater": 253, "tag:none": 0}},
		{store.Bulk{Kind: store.BulkSuspend}, "deck:Apollo", 250, map[string]int{"is:suspended": 250}},
		{store.Bulk{Kind: store.BulkBury}, "deck:Moon", 3, map[string]int{"is:buried": 3}},
		{store.Bulk{Kind: store.BulkReset}, "rated:1", 1, map[string]int{"is:new": 253, "rated:1": 1, "resched:1": 1}},
		{store.Bulk{Kind: store.BulkFlag, Flag: 3}, "deck:Apollo", 250, map[string]int{"flag:3": 250, "flag:0": 3}},
		{store.Bulk{Kind: store.BulkDelete}, "deck:Apollo", 250, map[string]int{"": 3}},
	} {
		before, bobs := ada.stand(), bob.stand()
		act := ada.act(c.query, c.what)
		if act.State != "done" || act.Items != c.items || act.Done != c.items || act.Left != 0 {
			t.Errorf("%s: %+v, want %d of %d done", c.what.Kind, act, c.items, c.items)
		}
		for query, want := range c.then {
			if n := len(ada.find(query)); n != want {
				t.Errorf("after %s, %q finds %d, want %d", c.what.Kind, query, n, want)
			}
		}
		w.wantClean()
		latest := got[store.BulkAct](t)(w.s.LatestBulk(w.ctx(), ada.id))
		if latest.ID != act.ID {
			t.Errorf("after %s, the latest act is %+v", c.what.Kind, latest)
		}
		if back := ada.undoAct(act.ID); back.State != "undone" || back.Done != c.items || back.Left != 0 {
			t.Errorf("%s taken back: %+v, want %d of %d", c.what.Kind, back, c.items, c.items)
		}
		if now := ada.stand(); now != before {
			t.Errorf("after %s was taken back, something differs:\n%s\n%s", c.what.Kind, before, now)
		}
		if now := bob.stand(); now != bobs {
			t.Errorf("after %s was taken back, something of another differs:\n%s\n%s", c.what.Kind, bobs, now)
		}
		w.wantClean()
		if err := w.s.UndoBulk(w.ctx(), ada.id, act.ID, w.now); !errors.Is(err, store.ErrStale) {
			t.Errorf("%s taken back twice gives %v, want ErrStale", c.what.Kind, err)
		}
	}
}

// TestASetBackCardStaysSo: it is asked as a new one, an import of the file that it came
// with leaves it new, and what it was comes back whole.
func TestASetBackCardStaysSo(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	d := pack("one", "two")
	started(d, 0, 9, 20)
	ada.take(d, store.Choices{})
	id := ada.find("one")[0].Card
	ada.grade(id, cards.Again)
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, id, w.key(), true, w.now))
	before, counts := ada.card(id).Schedule, ada.counts(0)
	act := ada.act("-is:new", store.Bulk{Kind: store.BulkReset})
	if s := ada.card(id).Schedule; act.Done != 1 || s.Seen || s.Lapses != 0 || !s.Suspended {
		t.Errorf("%+v left the card at %+v", act, s)
	}
	if again := ada.act("", store.Bulk{Kind: store.BulkReset}); again.Done != 0 || again.Left != 2 {
		t.Errorf("set back twice: %+v", again)
	}
	if p := ada.preview(d, store.Choices{}); p.Cards.Newer != 0 {
		t.Errorf("the file's progress would come back: %+v", p.Cards)
	}
	w.wantClean()
	ada.undoAct(act.ID)
	if s := ada.card(id).Schedule; s != before || ada.counts(0) != counts {
		t.Errorf("taken back, the card stands at %+v and %+v are left, want %+v and %+v", s, ada.counts(0), before, counts)
	}
	other := newWorld(t)
	other.now = w.now
	bob := other.join("bob")
	bob.take(reread(t, []byte(ada.export()), "ada.json"), store.Choices{})
	other.wantClean()
}

// TestDuplicatesAreFound as in Anki, by type and first field, and by the type's name.
func TestDuplicatesAreFound(t *testing.T) {
	w := newWorld(t)
	ada := library(w)
	for query, want := range map[string]string{`"dupe:Basic,a dog"`: "a", `"dupe:basic,a dog"`: "a", `"dupe:Basic,A dog"`: "", `dupe:Basic,dog`: "", `"dupe:Cloze,a dog"`: "", `dupe:*,g`: "g", `dupe:9999,g`: ""} {
		if found := ada.letters(query); found != want {
			t.Errorf("%q finds %q, want %q", query, found, want)
		}
	}
}

// stand is all cards of a person with their decks, tags, flags and schedules.
func (p *person) stand() (all string) {
	p.w.t.Helper()
	page := got[store.Browsed](p.w.t)(p.w.s.Browse(p.w.ctx(), p.id, p.w.now, store.Browse{Query: search.And{}, Size: 1000}))
	for _, c := range page.Cards {
		all += fmt.Sprintf("%d %s %v %d %+v\n", c.ID, c.DeckName, c.Tags, c.Flag, c.Schedule)
	}
	return all
}

func TestAnActIsDoneOnceAndKeepsWhatChangedSince(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 5)
	key := w.key()
	for range 2 { // a double click
		act := got[store.BulkAct](t)(w.s.StartBulk(w.ctx(), ada.id, key, store.Bulk{Kind: store.BulkSuspend}, ada.find(""), w.now))
		must(t, w.s.RunBulk(w.ctx(), ada.id, act.ID))
	}
	act := got[store.BulkAct](t)(w.s.LatestBulk(w.ctx(), ada.id))
	if act.Done != 5 {
		t.Fatalf("suspended twice by one form: %+v", act)
	}
	if n := len(got[[]cards.Review](t)(w.s.History(w.ctx(), ada.id, ids[0]))); n != 1 {
		t.Errorf("a card has %d events, want 1", n)
	}
	if _, err := w.s.Undo(w.ctx(), ada.id, w.key(), w.now); !errors.Is(err, store.ErrNothingToUndo) {
		t.Errorf("the undo of reviews takes part of an act back: %v", err)
	}
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, ids[1], w.key(), false, w.now))
	ada.grade(ids[1], 4)
	graded := ada.card(ids[1]).Schedule
	back := ada.undoAct(act.ID)
	if back.Done != 4 || back.Left != 1 {
		t.Errorf("taken back: %+v, want 4 and one that has changed since", back)
	}
	if now := ada.card(ids[1]).Schedule; now != graded {
		t.Errorf("a card that was graded since has changed to %+v", now)
	}
	if n := len(ada.find("is:suspended")); n != 0 {
		t.Errorf("%d cards are still suspended", n)
	}
	w.wantClean()
}

// TestNoActReachesWhatIsAnothers: who studies a deck may suspend its cards for himself.
func TestNoActReachesWhatIsAnothers(t *testing.T) {
	w := newWorld(t)
	ada, bob := w.join("ada"), w.join("bob")
	deck, _ := ada.deck("Apollo", 2)
	secret, _ := ada.deck("Secret", 2)
	own, _ := bob.deck("Bob's", 1)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), bob.id, deck, bob.today(), w.now))
	if n := len(bob.find("Secret")); n != 0 {
		t.Errorf("bob finds %d cards of a deck that is not his", n)
	}
	before := ada.stand()
	for _, b := range []store.Bulk{{Kind: store.BulkMove, Deck: own}, {Kind: store.BulkTag, Tag: "x"}, {Kind: store.BulkDelete}} {
		if act := bob.act("deck:Apollo", b); act.Items != 0 {
			t.Errorf("%s: %+v", b.Kind, act)
		}
	}
	// Also not by cards that he names himself.
	forged := ada.find("")
	for _, b := range []store.Bulk{{Kind: store.BulkMove, Deck: own}, {Kind: store.BulkTag, Tag: "x"}, {Kind: store.BulkDelete}, {Kind: store.BulkFlag, Flag: 1}} {
		act := got[store.BulkAct](t)(w.s.StartBulk(w.ctx(), bob.id, w.key(), b, forged, w.now))
		must(t, w.s.RunBulk(w.ctx(), bob.id, act.ID))
	}
	if _, err := w.s.StartBulk(w.ctx(), bob.id, w.key(), store.Bulk{Kind: store.BulkMove, Deck: secret}, bob.find("deck:Bob*"), w.now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("moving into a deck of another gives %v, want ErrNotFound", err)
	}
	act := ada.act("deck:Secret", store.Bulk{Kind: store.BulkFlag, Flag: 2})
	for name, err := range map[string]error{
		"UndoBulk": w.s.UndoBulk(w.ctx(), bob.id, act.ID, w.now),
		"Bulk":     func() error { _, err := w.s.Bulk(w.ctx(), bob.id, act.ID); return err }(),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of another's act gives %v, want ErrNotFound", name, err)
		}
	}
	ada.undoAct(act.ID)
	if act := bob.act("deck:Apollo", store.Bulk{Kind: store.BulkSuspend}); act.Done != 2 {
		t.Errorf("bob suspends what he studies: %+v", act)
	}
	if now := ada.stand(); now != before {
		t.Errorf("something of ada's has changed:\n%s\n%s", before, now)
	}
	w.wantClean()
	must(t, w.s.DeleteUser(w.ctx(), bob.id))
	w.wantClean()
}

// TestManyDeletedComeBackFromTheTrash: as one thing, also after a restart.
func TestManyDeletedComeBackFromTheTrash(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo", 30)
	before := ada.stand()
	ada.act("", store.Bulk{Kind: store.BulkDelete})
	must(t, w.s.Close())
	w.open()
	w.now = w.now.Add(time.Hour)
	list := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id))
	if len(list) != 1 || list[0].Name != "30 cards" || list[0].Kind != "cards" {
		t.Fatalf("the trash has %+v, want 30 cards as one thing", list)
	}
	must(t, w.s.Restore(w.ctx(), ada.id, list[0].ID))
	if now := ada.stand(); now != before {
		t.Errorf("put back, something differs:\n%s\n%s", before, now)
	}
	if list := got[[]store.Trashed](t)(w.s.Trash(w.ctx(), ada.id)); len(list) != 0 {
		t.Errorf("the trash still has %+v", list)
	}
	w.wantClean()
}

// TestAnActThatACrashInterruptedIsFinished: an act that was noted is done by the next start.
func TestAnActThatACrashInterruptedIsFinished(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo", 30)
	act := got[store.BulkAct](t)(w.s.StartBulk(w.ctx(), ada.id, w.key(), store.Bulk{Kind: store.BulkSuspend}, ada.find(""), w.now))
	must(t, w.s.Close())
	w.open()
	if act = got[store.BulkAct](t)(w.s.Bulk(w.ctx(), ada.id, act.ID)); act.State != "done" || act.Done != 30 {
		t.Errorf("after a restart the act is %+v, want it done", act)
	}
	w.wantClean()
}
