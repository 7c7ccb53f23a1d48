package store_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/plan"
	"recto/cards/quiz/ask"
	"recto/store"
)

// TestAWholeAccountMovesToAnother fills an account with all that Recto has, exports it,
// imports it into another database and exports that: the two documents are the same,
// byte for byte, and the log gives every schedule there too.
func TestAWholeAccountMovesToAnother(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Words", 5)
	_, article := ada.article("Peace came in 1956.", 3, "")
	must(t, w.s.SetVerdicts(w.ctx(), ada.id, article, []store.Verdict{{Proposal: "p0", Verdict: "keep"}, {Proposal: "p1", Verdict: "edit", Front: "When?", Back: "1956"}, {Proposal: "p2", Verdict: "drop"}}, w.now))
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, article, deck, ada.today(), w.now))
	ada.note(deck, "Cloze", "{{c1::Paris}} is in {{c2::France}}", "")
	ada.note(deck, "Basic (and reversed card)", "Hund", `<img src="dog.png">`)
	name := got[string](t)(w.s.AddMedia(w.ctx(), ada.id, "dog.png", strings.NewReader("\x89PNG\r\n\x1a\nno real one"), w.now))
	if name != "dog.png" {
		t.Fatalf("the medium is called %q", name)
	}
	_, took := ada.take(pack("one", "two"), store.Choices{})
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

	ended := ada.quiz(true, false, ids[:3]...)
	for i, given := range []string{"zebra", "answer", "nothing"} {
		must(t, ada.answer(ended, i, given, w.key()))
	}
	must(t, ada.answer(ada.quiz(false, false, ids[1:]...), 0, "zebra", w.key())) // and goes on
	of := store.NewQuiz{Key: w.key(), Source: store.QuizSource{Kind: store.QuizDecks, Decks: []store.DeckID{deck, took.Decks[0].ID}}, Name: "Two", Mode: ask.Typed, Questions: []ask.Question{typed(ids[4])}}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	of.Key, of.Source = w.key(), store.QuizSource{Kind: store.QuizAgain, Quiz: ended}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	of.Key, of.Source = w.key(), store.QuizSource{Kind: store.QuizArticle, Article: article}
	got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, of, w.now))
	must(t, w.s.AcceptAnswer(w.ctx(), ada.id, ids[1], "fine", w.now))
	must(t, w.s.SetTyping(w.ctx(), ada.id, ids[2], store.TypingYes))
	ada.exam(deck, 30, true)
	must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.Spread, PerDay: 5, Until: ada.today() + 9}, ada.today()))

	first := ada.export()
	for _, list := range []string{"quizzes", "answers_given", "accepted_answers", "aids", "exams", "comeback"} {
		if !strings.Contains(first, `"recto.`+list+`"`) {
			t.Errorf("the account has no %s, and was to have everything", list)
		}
	}
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
