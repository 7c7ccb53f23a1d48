package store_test

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/plan"
	"recto/cards/stats"
	"recto/store"
)

func (p *person) exam(deck store.DeckID, in int, raise bool) cards.Day {
	p.w.t.Helper()
	e := store.Exam{Deck: deck, Day: p.today() + cards.Day(in), Raise: raise}
	must(p.w.t, p.w.s.SetExam(p.w.ctx(), p.id, e, p.today()))
	return e.Day
}

func (p *person) exams() []store.ExamState {
	p.w.t.Helper()
	return got[[]store.ExamState](p.w.t)(p.w.s.Exams(p.w.ctx(), p.id, p.today()))
}

// TestAnExamHasTheDecksBelowIt: those that are studied and not paused.
func TestAnExamHasTheDecksBelowIt(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("History", 3)
	below, _ := ada.deck("history::France", 4)
	ada.deck("History of art", 9)
	paused, _ := ada.deck("History::Rome", 5)
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, paused, store.Enrolment{Paused: true}))
	ada.grade(ids[0], cards.Good)
	on := ada.exam(deck, 20, false)
	list := ada.exams()
	if len(list) != 1 {
		t.Fatalf("the exams are %+v", list)
	}
	e := list[0]
	if e.Name != "History" || e.Day != on || e.Cards != 7 || e.New != 6 || e.Begun != 1 || e.Asked != 1 || e.Limit != 10 || e.Own ||
		e.Planned != (plan.Preparation{Days: 20, New: 6, Times: 3, Room: 13, PerDay: 1, Reach: ada.today() + 6}) {
		t.Errorf("the exam stands at %+v", e)
	}
	if n := len(got[[]cards.Schedule](t)(w.s.ExamSchedules(w.ctx(), ada.id, deck))); n != 7 {
		t.Errorf("the exam has %d schedules, want 7", n)
	}
	ada.exam(below, 5, true)
	if list := ada.exams(); len(list) != 2 || list[0].Deck != below || list[0].Cards != 4 {
		t.Errorf("the exams are %+v, want the next first", list)
	}
	must(t, w.s.RemoveExam(w.ctx(), ada.id, below))
	must(t, w.s.RemoveExam(w.ctx(), ada.id, below))
	if list := ada.exams(); len(list) != 1 {
		t.Errorf("after one was removed the exams are %+v", list)
	}
	w.wantClean()
}

func TestAnExamIsNotInThePastNorOfADeckNotStudied(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, _ := ada.deck("History", 3)
	if err := w.s.SetExam(w.ctx(), ada.id, store.Exam{Deck: deck, Day: ada.today() - 1}, ada.today()); err == nil {
		t.Error("an exam of yesterday is taken")
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	e := store.Exam{Deck: deck, Day: ada.today() + 9}
	if err := w.s.SetExam(w.ctx(), grace.id, e, grace.today()); !isNotFound(err) {
		t.Errorf("an exam of a deck that is not studied gives %v", err)
	}
	must(t, w.s.Enrol(w.ctx(), grace.id, deck, grace.today(), w.now))
	must(t, w.s.SetExam(w.ctx(), grace.id, e, grace.today()))
	if len(ada.exams()) != 0 || len(grace.exams()) != 1 {
		t.Errorf("ada has the exams %+v, and grace %+v", ada.exams(), grace.exams())
	}
	must(t, w.s.DeleteUser(w.ctx(), grace.id))
	w.wantClean()
}

// TestAnExamRaisesTheLimit: to what it asks for, out of the common limit first, and
// beyond it only where that is too low.
func TestAnExamRaisesTheLimit(t *testing.T) {
	for _, c := range []struct {
		limit, in   int
		raise       bool
		deck, other int // new cards of either deck alone
		all         int
	}{
		{limit: 10, in: 12, raise: true, deck: 10, other: 6, all: 10}, // 20 in 5 days: 4 a day of the 10 are for the exam
		{limit: 2, in: 12, raise: true, deck: 4, other: 2, all: 4},    // 4, and none is left for the other
		{limit: 0, in: 12, raise: true, deck: 4, other: 0, all: 4},
		{limit: 2, in: 12, raise: false, deck: 2, other: 2, all: 2},
		{limit: 2, in: 0, raise: true, deck: 2, other: 2, all: 2}, // it is too late
	} {
		w := newWorld(t)
		ada := w.join("ada")
		settings := ada.user().Settings
		settings.NewPerDay = c.limit
		must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
		other, _ := ada.deck("Art", 20)
		deck, _ := ada.deck("History", 12)
		ada.deck("History::France", 8)
		if ada.exam(deck, c.in, c.raise); ada.counts(0).New != c.all {
			t.Errorf("%+v: %d new cards are asked", c, ada.counts(0).New)
		}
		decks := got[[]store.Deck](t)(w.s.Decks(w.ctx(), ada.id, ada.today()))
		if n := decks[1].New + decks[2].New; c.limit <= 4 && n != max(c.deck, 2*c.limit) && c.raise && c.in > 0 {
			t.Errorf("%+v: the decks could ask %d and %d new cards", c, decks[1].New, decks[2].New)
		}
		if decks[0].New > c.other && c.limit >= 4 {
			t.Errorf("%+v: the other deck could ask %d", c, decks[0].New)
		}
		if n := len(ada.study(0, cards.Good)); n != c.all {
			t.Errorf("%+v: %d were asked", c, n)
		}
		begun := 0
		for _, e := range ada.exams() {
			begun += e.Begun
		}
		if c.raise && c.in > 0 && begun < 4 {
			t.Errorf("%+v: %d cards of the exam were begun, want 4 at least", c, begun)
		}
		if n := ada.counts(0).New; n != 0 {
			t.Errorf("%+v: after them %d more are asked", c, n)
		}
		must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 3, w.key()))
		if n := len(ada.study(other, cards.Good)); n != 3 {
			t.Errorf("%+v: 3 more were wished for, and %d asked", c, n)
		}
		w.wantClean()
	}
}

// TestARaisedExamReachesEveryCard plays all days, with a limit that alone would not do.
func TestARaisedExamReachesEveryCard(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	settings := ada.user().Settings
	settings.NewPerDay = 1
	must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
	deck, _ := ada.deck("History", 12)
	ada.deck("History::France", 19)
	on := ada.exam(deck, 14, true)
	promised := ada.exams()[0].Planned
	for ada.today() < on {
		before := ada.exams()[0]
		ada.study(0, cards.Good)
		if after := ada.exams()[0]; ada.today() <= promised.Reach && after.Begun != min(before.New, before.Planned.PerDay) {
			t.Errorf("on day %v %d were begun of %+v", ada.today(), after.Begun, before.Planned)
		}
		if after := ada.exams()[0]; ada.today() == promised.Reach && after.New != 0 {
			t.Errorf("on day %v, when all were to be begun, %d are new", ada.today(), after.New)
		}
		w.now = w.now.Add(day)
	}
	e := ada.exams()[0]
	if e.Asked != 31 || e.Due.Of < 31 || e.Due.Passed != e.Due.Of || e.Beyond == 0 {
		t.Errorf("on its day the exam stands at %+v", e)
	}
	for _, c := range ada.cards(deck) {
		if n := len(ada.history(c)); n < promised.Times {
			t.Errorf("card %d was asked %d times, %d were promised", c, n, promised.Times)
		}
	}
	w.now = w.now.Add(3 * day)
	ada.add(deck, "later")
	ada.study(0, cards.Good)
	if e := ada.exams()[0]; e.Ahead(ada.today()) || e.Asked != 31 || e.Cards != 32 {
		t.Errorf("three days later it stands at %+v", e)
	}
	w.wantClean()
}

func TestRecall(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("History", 2)
	for _, id := range ids {
		ada.grade(id, cards.Good)
	}
	w.now = w.now.Add(day)
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Again)
	if got := got[stats.Share](t)(w.s.Recall(w.ctx(), ada.id, ada.today())); got != (stats.Share{Passed: 1, Of: 2}) {
		t.Errorf("the share is %+v", got)
	}
	w.now = w.now.Add(100 * day)
	if got := got[stats.Share](t)(w.s.Recall(w.ctx(), ada.id, ada.today())); got.Of != 0 {
		t.Errorf("after a hundred days the share is %+v", got)
	}
}

// TestALastLookIsWhatIsNotAskedBefore: the two sources of an exam have every card that
// was begun or is new, and none twice.
func TestALastLookIsWhatIsNotAskedBefore(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("History", 3)
	_, below := ada.deck("History::France", 2)
	ada.grade(ids[0], cards.Good)
	ada.grade(below[0], cards.Good)
	w.now = w.now.Add(day)
	ada.grade(below[0], cards.Good) // due in six days
	on := ada.exam(deck, 3, false)
	for text, want := range map[string]int{"exam": 4, "last": 1} {
		source := store.QuizSource{Kind: store.QuizSourceKind(text), Decks: []store.DeckID{deck}, Day: on}
		if n := got[int](t)(w.s.QuizCards(w.ctx(), ada.id, source)); n != want {
			t.Errorf("%s has %d cards, want %d", source, n, want)
		}
		if back, ok := store.ParseQuizSource(source.String()); !ok || back.String() != source.String() {
			t.Errorf("%s is read as %s", source, back)
		}
	}
	if e := ada.exams()[0]; e.Beyond != 1 {
		t.Errorf("the exam has %d cards due after it, want 1", e.Beyond)
	}
}

func TestExamsAndPlansAreExported(t *testing.T) {
	w := newWorld(t)
	ada, _ := w.awake("ada", 50, 8, 40)
	deck, _ := ada.deck("History", 1)
	ada.exam(deck, 9, true)
	_, offers := ada.offers()
	must(t, w.s.StartComeback(w.ctx(), ada.id, offers[2], ada.today()))
	text := ada.export()
	for _, want := range []string{`"recto.exams":[{"deck":"History","day":"2025-04-30","raise":true,"made":"2025-04-21"}]`, `"recto.comeback":[{"kind":"gentle","begun":"2025-04-21","per_day":10,"cards":50,"until":"2025-04-25"}]`} {
		if !strings.Contains(text, want) {
			t.Errorf("the export does not have %s", want)
		}
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	w.wantClean()
}
