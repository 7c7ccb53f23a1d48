package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/quiz"
	"recto/cards/quiz/ask"
	"recto/store"
)

// typed is a question that wants "answer" typed for a card.
func typed(card store.CardID) ask.Question {
	return ask.Question{Mode: ask.Typed, Parts: []ask.Part{{Card: int64(card), Prompt: "front", Answer: "answer"}}, Others: []ask.Other{{Card: int64(card) + 1, Text: "zebra"}}}
}

// quiz begins a quiz of typed questions.
func (p *person) quiz(bring, counts bool, ids ...store.CardID) store.QuizID {
	p.w.t.Helper()
	n := store.NewQuiz{Key: p.w.key(), Source: store.QuizSource{Kind: store.QuizAll}, Name: "All", Mode: ask.Typed, Bring: bring, Counts: counts}
	for _, id := range ids {
		n.Questions = append(n.Questions, typed(id))
	}
	return got[store.QuizID](p.w.t)(p.w.s.StartQuiz(p.w.ctx(), p.id, n, p.w.now))
}

// answer answers the question at a position.
func (p *person) answer(id store.QuizID, position int, given, key string) error {
	p.w.t.Helper()
	list := got[[]store.QuizQuestion](p.w.t)(p.w.s.QuizQuestions(p.w.ctx(), p.id, id, position, 1))
	return p.w.s.AnswerQuiz(p.w.ctx(), p.id, store.QuizAnswer{Quiz: id, Position: position, Key: key, Given: given, Result: list[0].Judge(given), At: p.w.now}, grading(cards.Good))
}

func (p *person) result(id store.QuizID) store.Quiz {
	p.w.t.Helper()
	return got[store.Quiz](p.w.t)(p.w.s.Quiz(p.w.ctx(), p.id, id))
}

func TestAQuizIsPracticeUnlessItIsSaid(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 3)
	ada.grade(ids[0], cards.Good)
	before, events := ada.card(ids[0]).Schedule, len(ada.history(ids[0]))
	id := ada.quiz(false, false, ids...)
	for i, given := range []string{"zebra", "answer", "nothing"} {
		must(t, ada.answer(id, i, given, w.key()))
	}
	if now := ada.card(ids[0]).Schedule; now != before || len(ada.history(ids[0])) != events {
		t.Errorf("practice changed the schedule to %+v", now)
	}
	if q := ada.result(id); q.Answered != 3 || q.Correct != 1 || q.Ended.IsZero() {
		t.Errorf("the quiz stands at %+v, want 1 of 3 and ended", q)
	}
	given := got[[]store.GivenAnswer](t)(w.s.AnswersGiven(w.ctx(), ada.id, ids[0]))
	if len(given) != 1 || given[0].Text != "zebra" || given[0].Belongs != ids[1] || given[0].Verdict != quiz.Wrong || given[0].Place != store.GivenInQuiz {
		t.Errorf("the answers given are %+v, want a zebra of card %d", given, ids[1])
	}
	w.wantClean()
}

func TestAnswersAreKeptOnceAndInTurn(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 2)
	n := store.NewQuiz{Key: "the same key as before", Mode: ask.Typed, Questions: []ask.Question{typed(ids[0]), typed(ids[1])}}
	id := got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, n, w.now))
	if again := got[store.QuizID](t)(w.s.StartQuiz(w.ctx(), ada.id, n, w.now)); again != id {
		t.Errorf("the same form begins quizzes %d and %d", id, again)
	}
	if err := ada.answer(id, 1, "answer", w.key()); !errors.Is(err, store.ErrStale) {
		t.Errorf("an answer out of turn gives %v, want ErrStale", err)
	}
	key := w.key()
	must(t, ada.answer(id, 0, "nothing", key))
	must(t, ada.answer(id, 0, "answer", key)) // a double click
	if err := ada.answer(id, 0, "answer", w.key()); !errors.Is(err, store.ErrStale) {
		t.Errorf("a second answer gives %v, want ErrStale", err)
	}
	must(t, w.s.Close())
	w.open() // a restart
	if q := ada.result(id); q.Answered != 1 || q.Correct != 0 || !q.Ended.IsZero() {
		t.Errorf("after a restart the quiz stands at %+v, want 0 of 1", q)
	}
	must(t, ada.answer(id, 1, "answer", w.key()))
	list := got[[]store.QuizQuestion](t)(w.s.QuizQuestions(w.ctx(), ada.id, id, 0, 9))
	if len(list) != 2 || list[0].Given != "nothing" || list[0].Verdict != quiz.Wrong || list[1].Verdict != quiz.Right {
		t.Errorf("the answers are %+v", list)
	}
	w.wantClean()
}

// TestMissedComesIntoTheReview, as the rule says, and undo takes it back.
func TestMissedComesIntoTheReview(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 3)
	ada.grade(ids[0], cards.Easy)
	before := ada.card(ids[0]).Schedule
	id := ada.quiz(true, true, ids[0], ids[1], ids[0])
	must(t, ada.answer(id, 0, "zebra", w.key()))
	after := ada.card(ids[0]).Schedule
	want := before
	want.Due = ada.today()
	if after != want || after.Queue(ada.today()) != cards.QueueDue {
		t.Errorf("what was missed stands at %+v, want %+v", after, want)
	}
	must(t, ada.answer(id, 1, "zebra", w.key()))
	if s := ada.card(ids[1]).Schedule; s.Seen || len(ada.history(ids[1])) != 0 {
		t.Errorf("a card that was never learnt is brought into the review: %+v", s)
	}
	if v := ada.undo(); v.CardID != int64(ids[0]) || ada.card(ids[0]).Schedule != before {
		t.Errorf("undo leaves %+v, want %+v", ada.card(ids[0]).Schedule, before)
	}
	must(t, ada.answer(id, 2, "zebra", w.key()))
	must(t, w.s.OverrideQuiz(w.ctx(), ada.id, id, 2, w.now, grading(cards.Good)))
	if s := ada.card(ids[0]).Schedule; s != before {
		t.Errorf("an answer that was right by the person's word leaves %+v, want %+v", s, before)
	}
	w.wantClean()
}

// TestWhatIsTypedRightlyCounts: a due card is graded Good, and nothing else is.
func TestWhatIsTypedRightlyCounts(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Words", 3)
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Good)
	w.now = w.now.AddDate(0, 0, 1)
	before := ada.card(ids[0]).Schedule
	id := ada.quiz(false, true, ids[0], ids[0], ids[1], ids[2])
	must(t, ada.answer(id, 0, "answer", w.key()))
	events := ada.history(ids[0])
	last := events[len(events)-1]
	if last.Kind != cards.EventQuiz || last.Grade != cards.Good || last.After != grading(cards.Good)(before, ada.today()) {
		t.Errorf("a right answer to a due card is %+v", last)
	}
	must(t, ada.answer(id, 1, "answer", w.key())) // no longer due
	must(t, ada.answer(id, 2, "zebra", w.key()))
	if n := len(ada.history(ids[0])); n != len(events) {
		t.Errorf("a card that is not due is graded: %d events, want %d", n, len(events))
	}
	if n := len(ada.history(ids[1])); n != 1 {
		t.Errorf("a wrong answer is graded: %d events, want 1", n)
	}
	must(t, w.s.OverrideQuiz(w.ctx(), ada.id, id, 2, w.now, grading(cards.Good)))
	must(t, w.s.OverrideQuiz(w.ctx(), ada.id, id, 2, w.now, grading(cards.Good)))
	if h := ada.history(ids[1]); len(h) != 2 || h[1].Kind != cards.EventQuiz {
		t.Errorf("right by the person's word is %+v, want one grade in a quiz", h)
	}
	if q := ada.result(id); q.Correct != 3 {
		t.Errorf("%d are right, want 3", q.Correct)
	}
	ada.undo()
	ada.undo()
	if s := ada.card(ids[0]).Schedule; s != before {
		t.Errorf("undo leaves %+v, want %+v", s, before)
	}
	w.wantClean()
}

func TestAcceptedAnswersAreOnesOwn(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 1)
	if err := w.s.AcceptAnswer(w.ctx(), eve.id, ids[0], "mine", w.now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("accepting an answer of another's card gives %v, want ErrNotFound", err)
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.AcceptAnswer(w.ctx(), ada.id, ids[0], " the reply ", w.now))
	must(t, w.s.AcceptAnswer(w.ctx(), eve.id, ids[0], "mine", w.now))
	if list := got[[]string](t)(w.s.AcceptedAnswers(w.ctx(), ada.id, ids[0])); !slices.Equal(list, []string{"the reply"}) {
		t.Errorf("ada accepts %q", list)
	}
	items, _, err := w.s.QuizItems(w.ctx(), ada.id, store.QuizSource{Kind: store.QuizAll}, 1)
	must(t, err)
	if len(items) != 1 || !slices.Equal(items[0].Accept, []string{"the reply"}) {
		t.Errorf("the items are %+v, want one that accepts the reply", items)
	}
	if q := ask.Make(items, nil, ask.Wish{Mode: ask.Typed}); len(q) != 1 || q[0].Judge("The Reply").Verdict != quiz.Right {
		t.Errorf("an accepted answer is not judged right: %+v", q)
	}
	must(t, w.s.RemoveAcceptedAnswer(w.ctx(), ada.id, ids[0], "the reply"))
	if list := got[[]string](t)(w.s.AcceptedAnswers(w.ctx(), ada.id, ids[0])); len(list) != 0 {
		t.Errorf("after taking it back ada accepts %q", list)
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	w.wantClean()
}

// TestQuizzesGoWithTheirUser, and are in the export before that.
func TestQuizzesGoWithTheirUser(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 2)
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), eve.id, deck, eve.today(), w.now))
	for _, p := range []*person{ada, eve} {
		id := p.quiz(false, false, ids...)
		must(t, p.answer(id, 0, fmt.Sprintf("zebra of %d", p.id), w.key()))
		must(t, w.s.AcceptAnswer(w.ctx(), p.id, ids[1], "fine", w.now))
	}
	text := ada.export()
	if !strings.Contains(text, fmt.Sprintf("zebra of %d", ada.id)) || strings.Contains(text, fmt.Sprintf("zebra of %d", eve.id)) || !strings.Contains(text, "accepted_answers") {
		t.Error("the export has not all quizzes of ada's, or others")
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	rows := w.rows()
	if rows["quizzes"] != 1 || rows["quiz_questions"] != 2 || rows["answers_given"] != 0 || rows["accepted_answers"] != 0 {
		t.Errorf("the rows after ada has gone are %v: eve's quiz alone stays, her answers go with the cards", rows)
	}
	must(t, w.s.DeleteUser(w.ctx(), eve.id))
	if rows := w.rows(); rows["quizzes"]+rows["quiz_questions"] != 0 {
		t.Errorf("quizzes stay: %v", rows)
	}
	w.wantClean()
}

// TestAQuizOfATag asks for the cards of the tag and of those below it, however they are
// written.
func TestAQuizOfATag(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Words", 1)
	for front, tag := range map[string]string{"Tiber?": "Rivers", "Po?": "rivers::Italy", "Etna?": "mountains", "Delta?": "riversides"} {
		n := cards.Note{GUID: front, Type: "Basic", Tags: []string{tag}, Fields: []cards.Field{{Name: "Front", Value: front}, {Name: "Back", Value: "back"}}}
		got[store.NoteID](t)(w.s.AddNote(w.ctx(), ada.id, deck, n, ada.today(), w.now))
	}
	for tag, want := range map[string]int{"rivers": 2, "RIVERS": 2, "rivers::italy": 1, "river": 0, "river%": 0, "mountains": 1} {
		if n := got[int](t)(w.s.QuizCards(w.ctx(), ada.id, store.QuizSource{Kind: store.QuizTag, Tag: tag})); n != want {
			t.Errorf("the tag %q has %d cards, want %d", tag, n, want)
		}
	}
}

func TestNothingOfAnothersQuizIsReached(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Words", 2)
	_, article := ada.article("Peace came in 1956.", 1, "")
	id := ada.quiz(true, true, ids...)
	ctx := w.ctx()
	for name, err := range map[string]error{
		"Quiz":          second(w.s.Quiz(ctx, eve.id, id)),
		"QuizQuestions": second(w.s.QuizQuestions(ctx, eve.id, id, 0, 1)),
		"AnswerQuiz":    w.s.AnswerQuiz(ctx, eve.id, store.QuizAnswer{Quiz: id, Key: w.key(), At: w.now}, nil),
		"OverrideQuiz":  w.s.OverrideQuiz(ctx, eve.id, id, 0, w.now, nil),
		"EndQuiz":       w.s.EndQuiz(ctx, eve.id, id, w.now),
		"AddGiven":      w.s.AddGiven(ctx, eve.id, store.GivenAnswer{Card: ids[0], Key: w.key(), At: w.now}),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of another gives %v, want ErrNotFound", name, err)
		}
	}
	for _, source := range []store.QuizSource{{Kind: store.QuizAll}, {Kind: store.QuizDecks, Decks: []store.DeckID{deck}}, {Kind: store.QuizArticle, Article: article},
		{Kind: store.QuizTag, Tag: "x"}, {Kind: store.QuizLeeches}, {Kind: store.QuizAgain, Quiz: id}, {Kind: store.QuizExam, Decks: []store.DeckID{deck}, Day: 99999}} {
		items, more, err := w.s.QuizItems(ctx, eve.id, source, 1)
		must(t, err)
		if len(items)+len(more) > 0 {
			t.Errorf("%s gives another %d items", source, len(items)+len(more))
		}
		if read, ok := store.ParseQuizSource(source.String()); !ok || read.String() != source.String() {
			t.Errorf("%s is read as %s", source, read)
		}
	}
	if q := ada.result(id); q.Answered != 0 || !q.Ended.IsZero() {
		t.Errorf("ada's quiz has changed to %+v", q)
	}
}

func second[T any](_ T, err error) error { return err }

// TestQuizOfADeckTakesInThoseBelow asks the cards of a deck and of those below it.
func TestQuizOfADeckTakesInThoseBelow(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	top, _ := ada.deck("History", 3)
	below, _ := ada.deck("history::France", 4)
	ada.deck("Historyish", 5)
	eve.deck("History::Spain", 6)
	for _, c := range []struct {
		decks []store.DeckID
		want  int
	}{{[]store.DeckID{top}, 7}, {[]store.DeckID{below}, 4}, {[]store.DeckID{top, below}, 7}} {
		n, err := w.s.QuizCards(w.ctx(), ada.id, store.QuizSource{Kind: store.QuizDecks, Decks: c.decks})
		must(t, err)
		if n != c.want {
			t.Errorf("the decks %v have %d cards to ask, want %d", c.decks, n, c.want)
		}
	}
}
