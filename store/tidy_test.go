package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/plan"
)

// TestTidyEndsPlansThatAreOver: a card that waited, and comes back after the plan, does
// not revive it.
func TestTidyEndsPlansThatAreOver(t *testing.T) {
	w := newWorld(t)
	ada, _ := w.awake("ada", 50, 8, 40)
	id := ada.next(0).Card.ID
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, id, w.key(), true, w.now))
	must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.All, PerDay: 50}, ada.today()))
	must(t, w.s.Tidy(w.ctx(), w.now))
	if !ada.comeback().Runs() {
		t.Fatal("a plan that has just begun was ended")
	}
	ada.study(0, cards.Good)
	must(t, w.s.Tidy(w.ctx(), w.now))
	if !ada.comeback().Runs() {
		t.Error("a plan was ended on its last day, on which new cards still wait")
	}
	w.now = w.now.Add(4 * day)
	must(t, w.s.Tidy(w.ctx(), w.now))
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, id, w.key(), false, w.now))
	if c := ada.comeback(); c.Runs() {
		t.Errorf("a card that came back revived the plan: %+v", c)
	}
	w.wantClean()
}

// TestAFileThatIsPlacedAgainWaitsForItsRow: what nobody needed until now may be wanted
// by whoever just sent it.
func TestAFileThatIsPlacedAgainWaitsForItsRow(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	name := got[string](t)(w.s.AddMedia(w.ctx(), ada.id, "dog.png", strings.NewReader("a dog"), w.now))
	w.now = w.now.Add(30 * time.Hour)
	if again := got[string](t)(w.s.AddMedia(w.ctx(), ada.id, "dog.png", strings.NewReader("a dog"), w.now)); again != name {
		t.Fatalf("the same content is called %q and %q", name, again)
	}
	must(t, w.s.Tidy(w.ctx(), w.now))
	if _, _, err := ada.content(ada, name); err != nil {
		t.Errorf("a medium that was sent again just now is gone: %v", err)
	}
	w.now = w.now.Add(30 * time.Hour)
	must(t, w.s.CollectMedia(w.ctx(), w.now)) // the row goes, and the file does too, for its own clock is far behind
	for _, f := range w.files() {
		must(t, os.Chtimes(filepath.Join(w.path+".media", f[:2], f), noon, noon))
	}
	must(t, w.s.Tidy(w.ctx(), time.Now()))
	if left := w.files(); len(left) != 0 {
		t.Errorf("files that nobody needs stay: %v", left)
	}
}

// TestTidyLeavesTheTrash: what was deleted can be put back whenever that is.
func TestTidyLeavesTheTrash(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 1)
	ada.grade(ids[0], cards.Good)
	item := got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, deck, w.now))
	w.now = w.now.Add(1000 * day)
	must(t, w.s.Tidy(w.ctx(), w.now))
	must(t, w.s.Restore(w.ctx(), ada.id, item))
	if n := len(ada.history(ids[0])); n != 1 {
		t.Errorf("the card that was put back has %d answers, want 1", n)
	}
}
