package store_test

import (
	"bytes"
	"strings"
	"testing"

	"recto/cards"
	"recto/store"
)

// TestAWholeAccountMovesToAnother fills an account with all that Recto has, exports it,
// imports it into another database and exports that: the two documents are the same,
// byte for byte, and the log gives every schedule there too.
func TestAWholeAccountMovesToAnother(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Words", 5)
	deck2, article := ada.article("Peace came in 1956.", 3, "")
	_ = deck2
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, article, []store.Verdict{{Proposal: "p0", Verdict: "keep"}, {Proposal: "p1", Verdict: "edit", Front: "When?", Back: "1956"}, {Proposal: "p2", Verdict: "drop"}}, w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, article, deck, ada.today(), w.now))
	ada.note(deck, "Cloze", "{{c1::Paris}} is in {{c2::France}}", "")
	ada.note(deck, "Basic (and reversed card)", "Hund", `<img src="dog.png">`)
	name := got[string](t)(w.s.AddMedia(w.ctx(), ada.id, "dog.png", strings.NewReader("\x89PNG\r\n\x1a\nno real one"), w.now))
	if name != "dog.png" {
		t.Fatalf("the medium is called %q", name)
	}
	ada.take(pack("one", "two"), store.Choices{})
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Again)
	ada.undo()
	ada.grade(ids[2], cards.Easy)
	got[cards.Review](t)(w.s.Suspend(w.ctx(), ada.id, ids[3], w.key(), true, w.now))
	got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[4], w.key(), w.now))
	must(t, w.s.SetFlag(w.ctx(), ada.id, ids[0], 4))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, deck, store.Enrolment{Limits: &cards.Limits{New: 7, Reviews: 70}}))
	must(t, w.s.SetDeckTyping(w.ctx(), ada.id, deck, true))
	must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 5, w.key()))
	settings := ada.user().Settings
	settings.Theme, settings.NewPerDay = "dark", 33
	must(t, w.s.SetSettings(w.ctx(), ada.id, settings))

	first := ada.export()
	elsewhere := newWorld(t)
	elsewhere.now = w.now
	other := elsewhere.join("ada")
	d := reread(t, []byte(first), "ada.json")
	if len(d.Troubles) > 0 {
		t.Errorf("the export has troubles: %v", d.Troubles)
	}
	other.take(d, store.Choices{})
	elsewhere.wantClean()
	if second := other.export(); second != first {
		t.Errorf("the account is another one after it moved:\n%s", firstDifference(first, second))
	}
	if plan := other.preview(d, store.Choices{}); !plan.Nothing() {
		t.Errorf("importing it again would do %+v", plan)
	}
	for _, p := range []*person{ada, other} { // undo goes on where it was
		if p.undo().Kind != cards.EventUndo {
			t.Error("the last event cannot be taken back")
		}
	}
	if a, b := ada.export(), other.export(); !bytes.Equal([]byte(a), []byte(b)) && !strings.Contains(firstDifference(a, b), `"key":"key-`) {
		t.Errorf("after an undo the accounts differ:\n%s", firstDifference(a, b))
	}
}
