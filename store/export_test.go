package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/formats"
	"recto/store"
)

// TestUndoGoesOnAfterAMove: the last event can be taken back there too.
func TestUndoGoesOnAfterAMove(t *testing.T) {
	w, elsewhere := newWorld(t), newWorld(t)
	ada, other := w.join("ada"), elsewhere.join("ada")
	_, ids := ada.deck("Words", 3)
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Again)
	other.take(reread(t, []byte(ada.export()), "ada.json"), store.Choices{})
	for _, p := range []*person{ada, other} {
		if v, err := p.w.s.Undo(p.w.ctx(), p.id, "the last", p.w.now); err != nil || v.Kind != cards.EventUndo {
			t.Errorf("account %d cannot take the last event back: %v", p.id, err)
		}
	}
	sameColumns(t, w, elsewhere)
}

// TestTheTrashStaysInTheDocument where the account has something already, or a file of
// another program is made; what is marked and does not stand behind the rest is kept.
func TestTheTrashStaysInTheDocument(t *testing.T) {
	w := newWorld(t)
	ada, bob, eve := w.join("ada"), w.join("bob"), w.join("eve")
	_, ids := ada.deck("Words", 3)
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ids[0], w.now))
	old, _ := ada.deck("Old", 2)
	got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, old, w.now))
	first := ada.export()
	d := reread(t, []byte(first), "ada.json")
	if n := len(d.Cards); n != 5 || len(d.WithoutTrash().Cards) != 2 || len(d.WithoutTrash().Decks) != 1 || len(d.WithoutTrash().Notes) != 2 {
		t.Errorf("the document has %d cards, without the trash %d", n, len(d.WithoutTrash().Cards))
	}
	if back := reread(t, written(t, d, "apkg"), "ada.apkg"); len(back.Cards) != 2 || len(back.Notes) != 2 {
		t.Errorf("a package of it has %d cards of %d notes, want 2", len(back.Cards), len(back.Notes))
	}
	bob.deck("Mine", 1)
	_, plan := bob.take(d, store.Choices{})
	if plan.Cards.New != 2 || plan.Cards.Thrown != 0 || len(got[[]store.Trashed](t)(w.s.Trash(w.ctx(), bob.id))) != 0 {
		t.Errorf("beside other cards, %+v came", plan.Cards)
	}
	if p := eve.preview(d, store.Choices{}); p.Cards.New != 2 || p.Cards.Thrown != 3 || len(p.Decks) != 1 {
		t.Errorf("into an empty account, %+v would come", p.Cards)
	}
	for _, list := range []string{`"recto.trash"`, `"recto.trashed"`} { // and without the list that says when
		other := w.join("other" + list[7:12])
		other.take(reread(t, []byte(strings.Replace(first, `"recto.trash"`, list, 1)), "ada.json"), store.Choices{})
		if n := len(got[[]store.Trashed](t)(w.s.Trash(w.ctx(), other.id))); n != 2 || len(other.find("")) != 2 {
			t.Errorf("%d things lie in the trash, want 2", n)
		}
		must(t, w.s.DeleteUser(w.ctx(), other.id))
	}
	mixed := strings.Replace(first, `"note":0,"ordinal":0,"deck":0`, `"note":0,"ordinal":0,"deck":0,"trashed":true`, 1)
	_, plan = eve.take(reread(t, []byte(mixed), "mixed.json"), store.Choices{})
	if plan.Cards.New != 5 || plan.Cards.Thrown != 0 {
		t.Errorf("of a document without order, %+v came", plan.Cards)
	}
	w.wantClean()
}

// TestListsOfADocumentAreNotTrusted: what a document says in them is left out where it
// speaks of nothing that is there, or could not be shown.
func TestListsOfADocumentAreNotTrusted(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	d := pack("one")
	d.Extras = formats.Extras{}
	for list, text := range map[string]string{
		"aids":             `[{"card":7,"mnemonic":"x"},{"card":-1,"mnemonic":"x"},{"card":0,"typing":"loudly"},{"card":0,"leftAt":-4}]`,
		"accepted_answers": `[{"card":1,"answer":"x"},{"card":0,"answer":""}]`,
		"answers_given":    `[{"card":0,"place":"nowhere","verdict":"wrong"},{"card":0,"place":"quiz","verdict":"right"},{"card":9,"place":"quiz","verdict":"wrong"}]`,
		"exams":            `[{"deck":"Pack::Words","day":"soon","made":"2025-01-01"},{"deck":"None","day":"2025-01-01","made":"2025-01-01"}]`,
		"comeback":         `[{"kind":"never","begun":"2025-01-01","per_day":1,"until":"2025-01-02"}]`,
		"quizzes": `[{"from":"all","source":"all","mode":"choice","questions":9,"answered":9,"correct":9,"begun":"2025-01-01T00:00:00Z","asked":[
			{"mode":"choice","parts":[{"card":1}],"right":[9]},{"mode":"order","parts":[]},{"mode":"match","parts":[{"card":1}],"right":[-1]},{"mode":"dance","parts":[{"card":1}]},
			{"mode":"typed","parts":[{"card":1,"at":{"start":5,"end":9}}]},{"mode":"typed","parts":[{"card":1}],"verdict":"right"},{"mode":"typed","parts":[{"card":1}],"overridden":true}]}]`,
	} {
		d.Extras["recto."+list] = json.RawMessage(text)
	}
	before := w.tables()
	ada.take(d, store.Choices{})
	for _, table := range []string{"card_aids", "accepted_answers", "answers_given", "exams", "comebacks", "quizzes", "quiz_questions"} {
		if n := w.tables()[table] - before[table]; n != 0 {
			t.Errorf("%d rows of %s came of nonsense", n, table)
		}
	}
	w.wantClean()
}
