package store_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"recto/cards"
	"recto/store"
)

const day = 24 * time.Hour

// study answers everything that is asked today with g, and returns the fronts in
// the order in which they were asked.
func (p *person) study(deck store.DeckID, g cards.Grade) (asked []string) {
	p.w.t.Helper()
	for range 1000 {
		q := p.next(deck)
		if q.Card.ID == 0 {
			return asked
		}
		if c := p.counts(deck); c != q.Counts {
			p.w.t.Fatalf("Next counts %+v, and Counts %+v", q.Counts, c)
		}
		asked = append(asked, q.Card.Front)
		p.grade(q.Card.ID, g)
		p.w.now = p.w.now.Add(time.Second)
	}
	p.w.t.Fatal("the day does not end")
	return nil
}

func TestTheOrderOfADay(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 3)
	if got, want := fmt.Sprint(ada.study(0, cards.Good)), "[Apollo 0 Apollo 1 Apollo 2]"; got != want {
		t.Errorf("new cards come as %s, want as they were added: %s", got, want)
	}
	w.now = w.now.Add(day)
	ada.grade(ids[2], cards.Good) // due in six days
	ada.add(deck, "fresh")
	w.now = w.now.Add(day)
	ada.add(deck, "later")
	got := fmt.Sprint(ada.study(0, cards.Good))
	if want := "[Apollo 0 Apollo 1 fresh later]"; got != want {
		t.Errorf("the day asks %s, want due cards before new ones: %s", got, want)
	}
	w.now = w.now.Add(4 * day)
	q := ada.next(0)
	if q.Card.ID != ids[2] && q.Card.Front != "fresh" {
		t.Errorf("%q is asked, want the longest due", q.Card.Front)
	}
	w.wantClean()
}

func TestDrillsComeLastAndInTurn(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", 3)
	ada.grade(ids[0], cards.Again)
	ada.grade(ids[1], cards.Hard)
	if q := ada.next(0); q.Card.ID != ids[2] || q.Counts != (store.Counts{New: 1, Drill: 2}) || q.Done != 0 || q.Total != 3 {
		t.Errorf("with two drills and a new card, %q is asked: %+v, %d of %d done", q.Card.Front, q.Counts, q.Done, q.Total)
	}
	ada.grade(ids[2], cards.Good)
	for _, want := range []store.CardID{ids[0], ids[1], ids[0], ids[1]} {
		q := ada.next(0)
		if q.Card.ID != want || q.Event != cards.EventDrill || q.Done != 1 || q.Total != 3 {
			t.Fatalf("the drill asks %q (%s, %d of %d), want card %d", q.Card.Front, q.Event, q.Done, q.Total, want)
		}
		ada.grade(want, cards.Again)
	}
	ada.grade(ids[0], cards.Good)
	if v := ada.grade(ids[1], cards.Easy); v.Kind != cards.EventDrill || v.After.Interval != 1 || v.After.Drill {
		t.Errorf("the last drill is %+v", v)
	}
	if q := ada.next(0); q.Card.ID != 0 {
		t.Errorf("after all drills %q is asked", q.Card.Front)
	}
	w.now = w.now.Add(day)
	if c := ada.counts(0); c != (store.Counts{Due: 3}) {
		t.Errorf("the next day counts %+v, want 3 due", c)
	}
}

func TestLimits(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	one, _ := ada.deck("One", 8)
	two, _ := ada.deck("Two", 8)
	settings := ada.user().Settings
	settings.NewPerDay, settings.ReviewsPerDay = 6, 4
	must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
	if c := ada.counts(0); c.New != 6 {
		t.Errorf("with a limit of 6, %d cards are new", c.New)
	}
	if c := ada.counts(one); c.New != 6 {
		t.Errorf("one deck alone could ask %d new cards, want 6", c.New)
	}
	if n := len(ada.study(one, cards.Good)); n != 6 {
		t.Errorf("%d new cards were asked, want 6", n)
	}
	if c := ada.counts(two); c.New != 0 {
		t.Errorf("after the day's 6 the other deck asks %d", c.New)
	}
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, two, store.Enrolment{Limits: &cards.Limits{New: 3, Reviews: 1}}))
	if c := ada.counts(0); c.New != 3 {
		t.Errorf("a deck with limits of its own asks %d new cards, want 3", c.New)
	}
	for range 2 { // a double click
		must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 2, "a key"))
	}
	if c := ada.counts(0); c.New != 5 {
		t.Errorf("with 2 more, %d are asked, want 5", c.New)
	}
	sum := got[store.TodaySummary](t)(w.s.Session(w.ctx(), ada.id, w.now))
	if sum.MoreNew != 2+5-2 {
		t.Errorf("%d more could be asked, want 5: 2 of the one deck and 3 of the other", sum.MoreNew)
	}
	if n := len(ada.study(0, cards.Good)); n != 5 {
		t.Errorf("%d new cards were asked, want 5", n)
	}
	w.now = w.now.Add(day)
	decks := got[[]store.Deck](t)(w.s.Decks(w.ctx(), ada.id, ada.today()))
	if len(decks) != 2 || decks[0].Due != 4 || decks[1].Due != 1 {
		t.Errorf("the next day's decks are %+v, want 4 due, and 1 by its own limit", decks)
	}
	if c := ada.counts(0); c.Due != 5 {
		t.Errorf("the next day %d cards are due, want 4 and 1", c.Due)
	}
	if n := len(ada.study(two, cards.Good)); n != 1+3 {
		t.Errorf("the deck with its own limits asks %d cards, want 1 due and 3 new", n)
	}
	must(t, w.s.SetEnrolment(w.ctx(), ada.id, one, store.Enrolment{Paused: true}))
	if c := ada.counts(0); c != (store.Counts{}) {
		t.Errorf("with one deck done and the other paused, %+v are asked", c)
	}
	w.wantClean()
}

func TestSiblingsComeOnDifferentDays(t *testing.T) {
	for _, apart := range []bool{true, false} {
		w := newWorld(t)
		ada := w.join("ada")
		settings := ada.user().Settings
		settings.Siblings = apart
		must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
		_, id := ada.article("Peace came in 1956.", 4, "treaty")
		deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Peace", w.now))
		if n := got[int](t)(w.s.SaveCards(w.ctx(), ada.id, id, deck, ada.today(), w.now)); n != 4 {
			t.Fatalf("%d cards were saved, want 4", n)
		}
		want := []int{1, 2, 2}
		if !apart {
			want = []int{4, 4, 0}
		}
		for n, most := range want {
			if c := ada.counts(0); c.New+c.Due > most {
				t.Errorf("apart %v, day %d: %+v are counted, want %d at most", apart, n, c, most)
			}
			counted := ada.counts(0)
			if asked := len(ada.study(0, cards.Good)); asked != counted.New+counted.Due || asked > most {
				t.Errorf("apart %v, day %d: %d cards were asked, and %+v were counted", apart, n, asked, counted)
			}
			w.now = w.now.Add(day)
		}
		w.wantClean()
	}
}

// Whatever is answered, put off, set aside and taken back, Next asks exactly what
// Counts counts, and a day comes to its end.
func TestCountsAreWhatIsAsked(t *testing.T) {
	w, n := newWorld(t), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		w.now = noon
		ada := w.join(fmt.Sprintf("user %d", n))
		settings := ada.user().Settings
		settings.NewPerDay, settings.ReviewsPerDay = rapid.IntRange(0, 5).Draw(r, "new"), rapid.IntRange(0, 5).Draw(r, "reviews")
		must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
		one, first := ada.deck("One", rapid.IntRange(0, 6).Draw(r, "cards of one"))
		_, second := ada.deck("Two", rapid.IntRange(0, 6).Draw(r, "cards of two"))
		if rapid.Bool().Draw(r, "own limits") {
			must(t, w.s.SetEnrolment(w.ctx(), ada.id, one, store.Enrolment{Limits: &cards.Limits{New: 2, Reviews: 2}}))
		}
		all := append(first, second...)
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			q := ada.next(0)
			switch rapid.IntRange(0, 9).Draw(r, "step") {
			case 0:
				_, _ = w.s.Undo(w.ctx(), ada.id, w.key(), w.now)
			case 1:
				w.now = w.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(r, "hours")) * time.Hour)
			case 2:
				if len(all) > 0 {
					_, _ = w.s.Suspend(w.ctx(), ada.id, rapid.SampledFrom(all).Draw(r, "card"), w.key(), rapid.Bool().Draw(r, "on"), w.now)
				}
			case 3:
				if len(all) > 0 {
					_, _ = w.s.Bury(w.ctx(), ada.id, rapid.SampledFrom(all).Draw(r, "card"), w.key(), w.now)
				}
			default:
				if q.Card.ID == 0 {
					continue
				}
				before := q.Counts
				ada.grade(q.Card.ID, cards.Grade(rapid.IntRange(0, 5).Draw(r, "grade")))
				after := ada.counts(0)
				left := func(c store.Counts) int { return c.New + c.Due }
				if q.Event != cards.EventDrill && left(after) > left(before) {
					r.Fatalf("an answer to %q raises the counts from %+v to %+v", q.Card.Front, before, after)
				}
			}
			c, q := ada.counts(0), ada.next(0)
			if (c == store.Counts{}) != (q.Card.ID == 0) && c != (store.Counts{}) {
				r.Fatalf("%+v are counted, and card %d is asked", c, q.Card.ID)
			}
		}
		counted := ada.counts(0)
		if asked := len(ada.study(0, cards.Good)); asked < counted.New+counted.Due+counted.Drill {
			r.Fatalf("%+v were counted, and %d cards asked", counted, asked)
		}
	})
	w.wantClean()
}

// A user who flies around the world, moves the rollover hour and studies all the
// while never lives a day twice: no card is new, or due, twice on one study day, and
// days do not go back.
func TestTravelNeverCountsADayTwice(t *testing.T) {
	zones := []string{"Pacific/Auckland", "Asia/Tokyo", "Asia/Kathmandu", "Europe/Paris", "UTC", "America/Sao_Paulo", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Apia", "Pacific/Kiritimati", "Australia/Lord_Howe"}
	w, n := newWorld(t), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		w.now = noon
		ada := w.joinIn(fmt.Sprintf("user %d", n), "Asia/Tokyo")
		ada.deck("Apollo", 3)
		last := cards.Day(0)
		seen := map[string]bool{}
		for range rapid.IntRange(5, 30).Draw(r, "steps") {
			settings := ada.user().Settings
			settings.Zone = rapid.SampledFrom(zones).Draw(r, "zone")
			settings.Rollover = rapid.IntRange(0, 23).Draw(r, "rollover")
			must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 20*60).Draw(r, "minutes")) * time.Minute)
			today := ada.today()
			for range 4 {
				q := ada.next(0)
				if q.Card.ID == 0 {
					break
				}
				v := ada.grade(q.Card.ID, cards.Grade(rapid.IntRange(2, 5).Draw(r, "grade")))
				if v.Day != today || v.Day < last || v.Zone != settings.Zone || v.Rollover != settings.Rollover {
					r.Fatalf("on day %v after day %v, the event is of day %v in %s from %d", today, last, v.Day, v.Zone, v.Rollover)
				}
				if v.Kind == cards.EventEarly {
					r.Fatalf("card %d was asked before it was due: %+v", v.CardID, v)
				}
				last = v.Day
				once := fmt.Sprint(v.CardID, v.Day)
				if v.Kind != cards.EventDrill && seen[once] {
					r.Fatalf("card %d was asked twice on day %v", v.CardID, v.Day)
				}
				seen[once] = true
			}
		}
	})
	w.wantClean()
}

func TestSessionSumsUpTheDay(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 4)
	for _, id := range ids[:3] {
		ada.grade(id, cards.Good)
	}
	w.now = w.now.Add(day)
	ada.grade(ids[0], cards.Good)
	ada.grade(ids[1], cards.Again)
	ada.grade(ids[1], cards.Good) // a drill
	ada.grade(ids[3], cards.Hard)
	ada.grade(ids[2], cards.Again)
	ada.undo()
	got[cards.Review](t)(w.s.Bury(w.ctx(), ada.id, ids[2], w.key(), w.now))
	sum := got[store.TodaySummary](t)(w.s.Session(w.ctx(), ada.id, w.now))
	if sum.Answers != 4 || sum.Cards != 3 || sum.Spent != 16*time.Second || sum.Of != 2 || sum.Remembered != 1 {
		t.Errorf("the day is %+v, want 4 answers to 3 cards in 16 s, and 1 of 2 due cards remembered", sum)
	}
	if len(sum.Missed) != 1 || sum.Missed[0].ID != ids[1] || sum.Missed[0].Front != "Apollo 1" {
		t.Errorf("missed are %+v, want card 1", sum.Missed)
	}
	if sum.Week != (store.Week{Days: 2, Remembered: 1, Of: 2}) {
		t.Errorf("the week is %+v", sum.Week)
	}
	if sum.Tomorrow != 3 { // the one failed, the one buried, and the one graded Hard; the first comes in six days
		t.Errorf("%d cards come tomorrow, want 3", sum.Tomorrow)
	}
	w.now = w.now.Add(day)
	if c := ada.counts(deck); c.Due != sum.Tomorrow {
		t.Errorf("the next day %d cards are due, %d were foretold", c.Due, sum.Tomorrow)
	}
}
