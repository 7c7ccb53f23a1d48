package store_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"recto/cards"
	"recto/cards/plan"
	"recto/store"
)

// awake makes a person who has studied n cards for some days, and then left for a
// while.
func (w *world) awake(name string, n, days, away int) (p *person, deck store.DeckID) {
	w.t.Helper()
	p = w.join(name)
	settings := p.user().Settings
	settings.NewPerDay = n
	must(w.t, w.s.SetSettings(w.ctx(), p.id, settings))
	deck, _ = p.deck("Apollo", n)
	for range days {
		p.study(0, cards.Good)
		w.now = w.now.Add(day)
	}
	w.now = w.now.Add(time.Duration(away) * day)
	return p, deck
}

func (p *person) offers() (store.Return, []plan.Offer) {
	p.w.t.Helper()
	r := got[store.Return](p.w.t)(p.w.s.Return(p.w.ctx(), p.id, p.today()))
	return r, plan.Offers(r.Waiting, p.today(), r.Usual, r.Done)
}

func (p *person) comeback() store.Comeback {
	p.w.t.Helper()
	return got[store.Comeback](p.w.t)(p.w.s.Comeback(p.w.ctx(), p.id, p.today()))
}

// TestABreakIsSeen: after seven days without an answer, and not after six; when more
// waits than in two usual days; until a plan is chosen, and again after the next break.
func TestABreakIsSeen(t *testing.T) {
	w := newWorld(t)
	ada, _ := w.awake("ada", 50, 8, 5) // the last day with answers was the one before last of eight
	if _, err := w.s.Return(w.ctx(), ada.id, ada.today()); !isNotFound(err) {
		t.Errorf("after six days a plan is offered: %v", err)
	}
	w.now = w.now.Add(9 * day)
	r, offers := ada.offers()
	if len(r.Waiting) != 50 || r.Measured || r.Usual != plan.AssumedUsual || r.Pace != 4*time.Second || len(offers) != 3 {
		t.Errorf("the return is %d waiting, usual %d, measured %t, pace %v: %+v", len(r.Waiting), r.Usual, r.Measured, r.Pace, offers)
	}
	w.now = w.now.Add(2 * day)
	first := ada.next(0)
	ada.grade(first.Card.ID, cards.Good)
	if r, _ := ada.offers(); r.Done != 1 || len(r.Waiting) != 49 {
		t.Errorf("after one answer %d wait and %d are done", len(r.Waiting), r.Done)
	}
	must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.None}, ada.today()))
	if _, err := w.s.Return(w.ctx(), ada.id, ada.today()); !isNotFound(err) {
		t.Errorf("after no plan was wanted, one is offered: %v", err)
	}
	if c := ada.counts(0); c.Due != 49 || ada.comeback().Runs() {
		t.Errorf("without a plan %+v are asked", c)
	}
	w.now = w.now.Add(200 * day)
	if r, _ := ada.offers(); len(r.Waiting) != 50 {
		t.Errorf("after the next break %d wait, want 50", len(r.Waiting))
	}
	w.wantClean()
}

// TestAPlanAsksWhatItSays: so many a day of what waited, the most overdue for their
// interval first, and new cards wait.
func TestAPlanAsksWhatItSays(t *testing.T) {
	w := newWorld(t)
	ada, deck := w.awake("ada", 50, 8, 40)
	for i := range 5 {
		ada.add(deck, fmt.Sprintf("fresh %d", i))
	}
	_, offers := ada.offers()
	spread := offers[1]
	if spread.Kind != plan.Spread || fmt.Sprint(spread.Days) != "[17 17 16]" {
		t.Fatalf("the offers are %+v", offers)
	}
	must(t, w.s.StartComeback(w.ctx(), ada.id, spread, ada.today()))
	for i, n := range spread.Days {
		if i > 0 {
			w.now = w.now.Add(day)
		}
		c := ada.comeback()
		counts := ada.counts(0)
		sum := got[store.TodaySummary](t)(w.s.Session(w.ctx(), ada.id, w.now))
		if counts.New != 0 || counts.Due != n || !c.Runs() || sum.MoreNew != 0 {
			t.Errorf("day %d counts %+v with the plan at %+v, want %d due", i, counts, c, n)
		}
		if i+1 < len(spread.Days) && sum.Tomorrow != spread.Days[i+1] {
			t.Errorf("day %d foretells %d for tomorrow, want %d", i, sum.Tomorrow, spread.Days[i+1])
		}
		if decks := got[[]store.Deck](t)(w.s.Decks(w.ctx(), ada.id, ada.today())); decks[0].Due != n || decks[0].New != 0 {
			t.Errorf("day %d: the deck counts %d due and %d new", i, decks[0].Due, decks[0].New)
		}
		if asked := len(ada.study(0, cards.Easy)); asked != n {
			t.Errorf("day %d asked %d cards, want %d", i, asked, n)
		}
	}
	if c := ada.comeback(); len(c.Left) != 0 || c.Ends(ada.today()) != c.Until || c.Done != spread.Days[2] || ada.today() != c.Until {
		t.Errorf("at its end the plan is %+v, on day %v", c, ada.today())
	}
	if _, err := w.s.Change(w.ctx(), ada.id, ada.today()); err != nil {
		t.Errorf("on its last day the plan cannot be changed: %v", err)
	}
	w.now = w.now.Add(day)
	if _, err := w.s.Change(w.ctx(), ada.id, ada.today()); !isNotFound(err) {
		t.Errorf("a plan that is over can be changed: %v", err)
	}
	if c := ada.comeback(); c.Runs() || ada.counts(0).New != 5 {
		t.Errorf("the day after it the plan is %+v, and %+v are asked", c, ada.counts(0))
	}
	w.wantClean()
}

// TestAMissedDayMovesTheEnd: and the plan says so, and keeps its cards.
func TestAMissedDayMovesTheEnd(t *testing.T) {
	w := newWorld(t)
	ada, _ := w.awake("ada", 50, 8, 40)
	_, offers := ada.offers()
	must(t, w.s.StartComeback(w.ctx(), ada.id, offers[1], ada.today()))
	ada.study(0, cards.Good)
	if c := ada.comeback(); c.Ends(ada.today()) != c.Until || c.Done != 17 || len(c.Left) != 33 {
		t.Errorf("after the first day the plan ends on %v, and %v was foretold: %d done, %d left", c.Ends(ada.today()), c.Until, c.Done, len(c.Left))
	}
	w.now = w.now.Add(3 * day) // two are missed
	if c := ada.comeback(); c.Ends(ada.today()) != c.Until+2 || len(c.Left) != 33 {
		t.Errorf("after two missed days the plan ends on %v, and %v was foretold", c.Ends(ada.today()), c.Until)
	}
	r := got[store.Return](t)(w.s.Change(w.ctx(), ada.id, ada.today()))
	if len(r.Waiting) < 33 || r.Usual != plan.AssumedUsual {
		t.Errorf("to change the plan %d wait, usual %d", len(r.Waiting), r.Usual)
	}
}

func TestTheMostOverdueForTheirIntervalComeFirst(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 2)
	ada.grade(ids[0], cards.Good)
	w.now = w.now.Add(day)
	ada.grade(ids[0], cards.Good) // in six days
	w.now = w.now.Add(6 * day)
	ada.grade(ids[0], cards.Good) // in fifteen
	w.now = w.now.Add(15 * day)
	ada.grade(ids[1], cards.Good) // in one
	w.now = w.now.Add(4 * day)
	if q := ada.next(0); q.Card.ID != ids[0] {
		t.Fatalf("card %d comes first, want the one due longest", q.Card.ID)
	}
	must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.Gentle, PerDay: 1, Days: []int{1, 1}}, ada.today()))
	if q := ada.next(0); q.Card.ID != ids[1] || q.Counts.Due != 1 {
		t.Errorf("card %d comes first of %+v, want the one that is three intervals late", q.Card.ID, q.Counts)
	}
	ada.grade(ids[1], cards.Good)
	if q := ada.next(0); q.Card.ID != 0 {
		t.Errorf("after the one of the day, card %d is asked", q.Card.ID)
	}
	ada.undo()
	if q := ada.next(0); q.Card.ID != ids[1] || q.Counts.Due != 1 {
		t.Errorf("after it was taken back, card %d is asked: %+v", q.Card.ID, q.Counts)
	}
	must(t, w.s.EndComeback(w.ctx(), ada.id))
	if c := ada.counts(0); c.Due != 2 {
		t.Errorf("without the plan %+v are asked, want both", c)
	}
	w.wantClean()
}

// Whatever is answered, put off, set aside and taken back while a plan runs and an exam
// is ahead, in whatever decks and limits: Next asks what Counts counts, no more of what
// waited than the plan says, no card is lost, and no schedule changes but by answers.
func TestPlansAskExactlyWhatTheyCount(t *testing.T) {
	w, n := newWorld(t), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		w.now = noon
		ada := w.join(fmt.Sprintf("user %d", n))
		settings := ada.user().Settings
		settings.NewPerDay, settings.ReviewsPerDay = 30, rapid.IntRange(0, 12).Draw(r, "reviews")
		settings.Siblings = rapid.Bool().Draw(r, "siblings")
		must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
		one, _ := ada.deck("One", rapid.IntRange(0, 6).Draw(r, "cards of one"))
		below, _ := ada.deck("One::Below", rapid.IntRange(0, 6).Draw(r, "cards below"))
		two, _ := ada.deck("Two", rapid.IntRange(0, 6).Draw(r, "cards of two"))
		for i := range rapid.IntRange(0, 3).Draw(r, "notes of two cards") {
			ada.note(one, "Basic (and reversed card)", fmt.Sprintf("front %d of %d", i, n), "back")
		}
		for range rapid.IntRange(0, 4).Draw(r, "days before") {
			for range rapid.IntRange(0, 20).Draw(r, "answers") {
				if q := ada.next(0); q.Card.ID != 0 {
					ada.grade(q.Card.ID, cards.Grade(rapid.IntRange(2, 5).Draw(r, "grade")))
				}
			}
			w.now = w.now.Add(day)
		}
		for i, d := range []store.DeckID{one, below, two} {
			for k := range rapid.IntRange(0, 4).Draw(r, "new cards") {
				ada.add(d, fmt.Sprintf("new %d %d of %d", i, k, n))
			}
		}
		w.now = w.now.Add(time.Duration(rapid.IntRange(7, 40).Draw(r, "away")) * day)
		settings.NewPerDay = rapid.IntRange(0, 6).Draw(r, "new")
		must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
		if rapid.Bool().Draw(r, "own limits") {
			must(t, w.s.SetEnrolment(w.ctx(), ada.id, below, store.Enrolment{Limits: &cards.Limits{New: 2, Reviews: 2}}))
		}
		if rapid.Bool().Draw(r, "exam") {
			e := store.Exam{Deck: one, Day: ada.today() + cards.Day(rapid.IntRange(0, 20).Draw(r, "days")), Raise: rapid.Bool().Draw(r, "raise")}
			must(t, w.s.SetExam(w.ctx(), ada.id, e, ada.today()))
		}
		perDay := rapid.IntRange(1, 8).Draw(r, "a day")
		if rapid.Bool().Draw(r, "plan") {
			must(t, w.s.StartComeback(w.ctx(), ada.id, plan.Offer{Kind: plan.Spread, PerDay: perDay}, ada.today()))
		}
		all := append(append(ada.cards(one), ada.cards(below)...), ada.cards(two)...)
		for range rapid.IntRange(1, 4).Draw(r, "days of it") {
			for range rapid.IntRange(0, 8).Draw(r, "steps") {
				switch step := rapid.IntRange(0, 9).Draw(r, "step"); {
				case step == 0:
					_, _ = w.s.Undo(w.ctx(), ada.id, w.key(), w.now)
				case step == 1 && len(all) > 0:
					_, _ = w.s.Suspend(w.ctx(), ada.id, rapid.SampledFrom(all).Draw(r, "card"), w.key(), rapid.Bool().Draw(r, "on"), w.now)
				case step == 2 && len(all) > 0:
					_, _ = w.s.Bury(w.ctx(), ada.id, rapid.SampledFrom(all).Draw(r, "card"), w.key(), w.now)
				case step == 3:
					must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 2, w.key()))
				default:
					if q := ada.next(0); q.Card.ID != 0 {
						ada.grade(q.Card.ID, cards.Grade(rapid.IntRange(0, 5).Draw(r, "grade")))
					}
				}
			}
			_, _ = w.s.Undo(w.ctx(), ada.id, w.key(), w.now)
			wantCounted(r, ada, rapid.SampledFrom([]store.DeckID{0, 0, one, below, two}).Draw(r, "deck"))
			w.now = w.now.Add(time.Duration(rapid.IntRange(1, 3).Draw(r, "days later")) * day)
		}
		plans, err := w.s.Comeback(w.ctx(), ada.id, ada.today())
		if isNotFound(err) {
			return
		}
		must(t, err)
		for range 400 { // a plan comes to its end, and asks nothing twice
			if len(plans.Left) == 0 {
				return
			}
			wantCounted(r, ada, 0)
			after := ada.comeback()
			if after.Done > max(perDay, plans.Done) {
				r.Fatalf("%d of what waited were answered on a day of %d", after.Done, perDay)
			}
			w.now = w.now.Add(day)
			plans = ada.comeback()
		}
		r.Fatalf("the plan does not end: %+v", plans)
	})
	w.wantClean()
}

// wantCounted answers all that is asked, and wants every question to be counted.
func wantCounted(r *rapid.T, p *person, deck store.DeckID) (asked int) {
	counted := p.counts(deck)
	left := func(c store.Counts) int { return c.New + c.Due }
	for range 1000 {
		q := p.next(deck)
		if q.Card.ID == 0 {
			break
		}
		if now := p.counts(deck); now != q.Counts {
			r.Fatalf("Next counts %+v, and Counts %+v", q.Counts, now)
		}
		if q.Event != cards.EventDrill {
			asked++
		}
		p.grade(q.Card.ID, cards.Good)
		if now := p.counts(deck); q.Event != cards.EventDrill && left(now) != left(q.Counts)-1 {
			r.Fatalf("an answer to %q (%s) changes the counts from %+v to %+v", q.Card.Front, q.Event, q.Counts, now)
		}
	}
	if asked != left(counted) {
		r.Fatalf("%+v were counted, and %d asked", counted, asked)
	}
	return asked
}
