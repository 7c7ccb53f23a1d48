package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
)

// planFixtures are those of exams and of the way back after a break.
func planFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	deck, _ := ada.deck(secret+" exam", [2]string{secret + " examined", "back"})
	w.must(w.store.SetExam(w.ctx(), ada.id, store.Exam{Deck: deck, Day: w.today(ada) + 2, Raise: true}, w.today(ada)))
	return map[string]fixture{
		"POST /decks/:deck/exam": {path: fmt.Sprintf("/decks/%d/exam", deck), form: with("day", "2025-04-01", "raise", "1")},
		"POST /comeback":         {path: "/comeback", form: with("plan", "spread"), other: 303},
	}
}

// doAll answers everything that is asked, past the pages.
func (c *client) doAll(g cards.Grade) (n int) {
	c.w.t.Helper()
	w := c.w
	for ; n < 1000; n++ {
		q, err := w.store.Next(w.ctx(), c.id, 0, w.now())
		if err != nil {
			return n
		}
		_, err = w.store.Grade(w.ctx(), c.id, store.Answer{Card: q.Card.ID, Version: q.Card.Version, Key: newKey(), Grade: g, Took: 6 * time.Second, At: w.now()},
			func(s cards.Schedule, today cards.Day) cards.Schedule { return sm2.Next(s, g, today) })
		w.must(err)
	}
	return n
}

// many are n pairs of a deck.
func many(n int) (pairs [][2]string) {
	for i := range n {
		pairs = append(pairs, [2]string{fmt.Sprintf("Question %d", i+1), fmt.Sprintf("Answer %d", i+1)})
	}
	return pairs
}

func TestAnExamDate(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("History", many(34)...)
	path := fmt.Sprintf("/decks/%d", deck)
	page := ada.get(path+"/settings").want(t, "settings", 200, "Exam date", `min="2025-03-04"`)
	for day, sentence := range map[string]string{
		"2025-03-03": "3 March 2025 is past. Choose a day that is still to come.",
		"14 June":    "Write the day of the exam like 2027-06-14 or 14 June 2027.",
		"":           "Write the day of the exam like 2027-06-14 or 14 June 2027.",
		"2025-02-30": "Write the day of the exam like 2027-06-14 or 14 June 2027.",
		"2125-03-03": "This day is too far away",
	} {
		a := ada.submit(page, "set-exam", url.Values{"day": {day}, "do": {"set"}, "raise": {"1"}}).want(t, "exam on "+day, http.StatusUnprocessableEntity, sentence, `aria-invalid="true"`, fmt.Sprintf("value=%q", day))
		checkHTML(t, "exam on "+day, a.body)
	}
	said := "in 12 days: 34 cards are new; 7 a day reach all of them by Saturday 8 March."
	a := ada.submit(page, "set-exam", url.Values{"day": {"2025-03-16"}, "do": {"set"}}).want(t, "an exam", 200, "Exam "+said, "The exam date is set.",
		"Each new card is asked three times", "about 33 should be known", "which is assumed")
	if strings.Contains(a.body, "Your limit") {
		t.Error("a limit that is high enough is called too low")
	}
	golden(t, "deck-exam", a)
	golden(t, "decksettings-exam", ada.get(path+"/settings").want(t, "settings", 200, `value="2025-03-16"`, "Remove the date"))
	golden(t, "today-exam", ada.get("/").want(t, "today", 200, ": exam "+said))

	own := w.user(ada).Settings
	own.NewPerDay = 3
	w.must(w.store.SetSettings(w.ctx(), ada.id, own))
	ada.get("/").want(t, "a low limit", 200, "Your limit of 3 new a day for all decks reaches 15 of them.", "Raise it", "3 new</span>")
	ada.submit(ada.get(path+"/settings"), "set-exam", url.Values{"do": {"set"}, "raise": {"1"}})
	raised := ada.get("/").want(t, "a raised limit", 200, said, "7 new</span>")
	if strings.Contains(raised.body, "Your limit") {
		t.Error("a limit that is raised is called too low")
	}
	ada.get("/quiz").want(t, "the quiz", 200, "History, for 16 March 2025 (34)")

	for range 12 {
		ada.doAll(cards.Good)
		w.wait(24 * time.Hour)
	}
	ada.get("/").want(t, "the day", 200, ": exam today: all 34 cards have been asked.", "Last look at 34 cards")
	last := ada.get("/quiz?"+url.Values{"from": {fmt.Sprintf("last:%d@20163", deck)}, "mode": {"mixed"}}.Encode()).want(t, "a last look", 200, "History, a last look before 16 March 2025 (34)")
	if strings.Count(last.body, "a last look before") != 1 {
		t.Error("the last look is listed twice")
	}
	w.wait(3 * 24 * time.Hour)
	over := ada.get("/").want(t, "three days later", 200, "the exam was on Sunday 16 March. 34 of 34 cards had been asked, and you remembered 100% of those that were due.")
	golden(t, "today-exam-over", over)
	ada.submit(over, fmt.Sprintf("exam-over-%d", deck), url.Values{"do": {"remove"}})
	if a := ada.get("/"); strings.Contains(a.body, "exam was on") {
		t.Error("an exam that was put away is still there")
	}
}

func TestTheWayBackAfterABreak(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	own := w.user(ada).Settings
	own.NewPerDay = 60
	w.must(w.store.SetSettings(w.ctx(), ada.id, own))
	ada.deck("History", many(60)...)
	for range 8 {
		ada.doAll(cards.Good)
		w.wait(24 * time.Hour)
	}
	if a := ada.get("/"); strings.Contains(a.body, "Welcome back") {
		t.Error("a plan is offered to who was not away")
	}
	w.wait(30 * 24 * time.Hour)
	page := ada.get("/").want(t, "back", 200, "Welcome back", "You were away for 30 days, and 60 cards wait.", "60 cards today, about 6 minutes.",
		"20 a day for 3 days, about 2 minutes each, done by Sunday 13 April.", "10 a day for 6 days, about 1 minute each, done by Wednesday 16 April.", "60 due")
	golden(t, "today-back", page)
	ada.post("/comeback", url.Values{"plan": {"never"}}).want(t, "no such plan", http.StatusBadRequest)
	ada.submit(page, "plan-spread", url.Values{"plan": {"spread"}}).want(t, "spread", 200, "This is your plan now.", "20 due · 0 new",
		"Of 60 cards that waited 60 still do; at 20 a day they are done by Sunday 13 April.", "New cards wait meanwhile.")
	settings := ada.get("/settings").want(t, "settings", 200, "After a break", "Go on in another way", "End the plan")
	golden(t, "settings-back", settings)
	if n := ada.doAll(cards.Good); n != 20 {
		t.Errorf("the first day asked %d cards, want 20", n)
	}
	ada.get("/").want(t, "the day is done", 200, "That is all for today.", "Of 60 cards that waited 40 still do", "Next: 20 cards tomorrow.")
	w.wait(2 * 24 * time.Hour)
	late := ada.get("/").want(t, "a day was missed", 200, "done by Monday 14 April, 1 day later than foretold, for so many were missed")
	golden(t, "today-plan-late", late)
	settings = ada.get("/settings")
	ada.submit(settings, "plan-gentle", url.Values{"plan": {"gentle"}}).want(t, "gently", 200, "at 10 a day", "10 due · 0 new")
	ada.submit(ada.get("/settings"), "plan-none", url.Values{"plan": {"none"}}).want(t, "no plan", 200, "No plan: everything is asked as always.", "40 due")
	ada.post("/comeback", url.Values{"plan": {"all"}})
	ada.follow("/?note=caughtup").want(t, "nothing is offered any more", 200, "There is nothing to catch up with any more.", "40 due")
}

// TestTheWeekInASentenceAfterABreak: it counts the days there were, and says nothing of
// a week without any.
func TestTheWeekInASentenceAfterABreak(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("History", many(25)...)
	own := w.user(ada).Settings
	own.NewPerDay = 25
	w.must(w.store.SetSettings(w.ctx(), ada.id, own))
	ada.doAll(cards.Good)
	w.wait(24 * time.Hour)
	ada.doAll(cards.Good)
	ada.get("/").want(t, "two days", 200, "You studied on 2 of the last 7 days and remembered 100% of cards.")
	w.wait(6 * 24 * time.Hour)
	ada.get("/").want(t, "six days later", 200, "You studied on 1 of the last 7 days and remembered 100% of cards.")
	w.wait(24 * time.Hour)
	if a := ada.get("/"); strings.Contains(a.body, "You studied on") {
		t.Error("a week without a day of study is told as one")
	}
	w.wait(20 * 24 * time.Hour)
	ada.doAll(cards.Again)
	ada.get("/").want(t, "back", 200, "You studied on 1 of the last 7 days")
}
