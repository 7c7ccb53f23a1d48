package plan

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"recto/cards"
	"recto/cards/sm2"
)

const today = cards.Day(20000)

func TestANewCardIsBegunInTimeForThreeAnswers(t *testing.T) {
	for _, c := range []struct {
		days, fresh, begun, usual int
		want                      Preparation
	}{
		{12, 34, 0, 20, Preparation{Days: 12, New: 34, Times: 3, Room: 5, PerDay: 7, Reach: today + 4}},
		{12, 30, 4, 20, Preparation{Days: 12, New: 30, Times: 3, Room: 5, PerDay: 7, Reach: today + 4}},
		{8, 3, 0, 20, Preparation{Days: 8, New: 3, Times: 3, Room: 1, PerDay: 3, Reach: today}},
		{8, 34, 0, 20, Preparation{Days: 8, New: 34, Times: 2, Room: 7, PerDay: 5, Reach: today + 6}},
		{7, 34, 0, 20, Preparation{Days: 7, New: 34, Times: 2, Room: 6, PerDay: 6, Reach: today + 5}},
		{2, 34, 0, 20, Preparation{Days: 2, New: 34, Times: 1, Room: 2, PerDay: 17, Reach: today + 1}},
		{1, 34, 0, 20, Preparation{Days: 1, New: 34, Times: 1, Room: 1, PerDay: 34, Reach: today}},
		{0, 34, 0, 20, Preparation{New: 34}},
		{-3, 34, 0, 20, Preparation{Days: -3, New: 34}},
		{40, 0, 0, 20, Preparation{Days: 40, Times: 3, Room: 33}},
	} {
		if got := Prepare(today, today+cards.Day(c.days), c.fresh, c.begun, c.usual); got != c.want {
			t.Errorf("%d new cards, %d begun, %d days before: %+v, want %+v", c.fresh, c.begun, c.days, got, c.want)
		}
	}
}

// A plan that is followed reaches every card by the day it says, asks each as often as
// it says before the exam, and does not change from day to day.
func TestAFollowedPreparationKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		exam := today + cards.Day(rapid.IntRange(1, 60).Draw(r, "days"))
		fresh := rapid.IntRange(1, 300).Draw(r, "new")
		promised := Prepare(today, exam, fresh, 0, 20)
		left, last := fresh, today
		for day := today; left > 0; day++ {
			p := Prepare(day, exam, left, 0, 20)
			if p.PerDay == 0 {
				r.Fatalf("on day %d nothing is planned, and %d are left of %+v", day-today, left, promised)
			}
			if half := min(left, p.PerDay/2); Prepare(day, exam, left-half, half, 20).PerDay != p.PerDay {
				r.Fatalf("the plan of a day changes while it is followed: %+v", p)
			}
			if p.PerDay > promised.PerDay {
				r.Fatalf("%d a day were promised, and day %d asks %d", promised.PerDay, day-today, p.PerDay)
			}
			left, last = left-min(left, p.PerDay), day
		}
		if last > promised.Reach {
			r.Fatalf("the last new card comes on day %d, and %d was promised", last-today, promised.Reach-today)
		}
		s := cards.NewSchedule(last)
		for n := range promised.Times {
			day := max(s.Due, last)
			if day >= exam {
				r.Fatalf("the last card is asked %d times before the exam, %d were promised: %+v", n, promised.Times, promised)
			}
			s = sm2.Next(s, cards.Good, day)
		}
	})
}

func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		decks := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 8).Draw(r, "decks")
		perDay := rapid.IntRange(0, 120).Draw(r, "a day")
		all, given := 0, 0
		for i, n := range Share(perDay, decks) {
			if n < 0 || n > decks[i] {
				r.Fatalf("%d of %d a day come from a deck of %d", n, perDay, decks[i])
			}
			all, given = all+decks[i], given+n
		}
		if given != min(all, perDay) {
			r.Fatalf("%d a day of %v are shared as %d", perDay, decks, given)
		}
	})
}

// oneByOne plays the same days card by card, with everything remembered.
func oneByOne(list []cards.Schedule, exam cards.Day, perDay, room int) (reviews []float64, asked int) {
	list = slices.Clone(list)
	for day := today; day < exam; day++ {
		n, begun := 0, 0
		for i, s := range list {
			switch {
			case s.Suspended:
			case s.Seen && s.Due <= day:
				n++
				list[i] = sm2.Next(s, cards.Good, day)
			case !s.Seen && begun < perDay && int(day-today) < room:
				begun++
				list[i] = sm2.Next(s, cards.Good, day)
			}
		}
		reviews = append(reviews, float64(n))
	}
	for _, s := range list {
		if s.Seen && !s.Suspended {
			asked++
		}
	}
	return reviews, asked
}

func drawSchedule(r *rapid.T) cards.Schedule {
	s := cards.NewSchedule(today - 100)
	if rapid.Bool().Draw(r, "new") {
		return s
	}
	s.Seen, s.Suspended = true, rapid.IntRange(0, 9).Draw(r, "suspended") == 0
	s.Repetitions, s.EFactor = rapid.IntRange(0, 5).Draw(r, "repetitions"), cards.EFactor(rapid.IntRange(13, 28).Draw(r, "E-Factor")*10)
	s.Interval = rapid.IntRange(1, 60).Draw(r, "interval")
	s.Due = today + cards.Day(rapid.IntRange(-40, 40).Draw(r, "due"))
	s.Last = s.Due - cards.Day(s.Interval)
	return s
}

func TestTheOutlookIsWhatSM2WouldAsk(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(drawSchedule), 0, 40).Draw(r, "cards")
		exam := today + cards.Day(rapid.IntRange(0, 60).Draw(r, "days"))
		perDay, room := rapid.IntRange(0, 9).Draw(r, "a day"), rapid.IntRange(0, 20).Draw(r, "room")
		reviews, asked := oneByOne(list, exam, perDay, room)
		all := Look(list, today, exam, perDay, room, 1)
		if !slices.Equal(all.Reviews, reviews) || all.Asked != asked || math.Abs(all.Known-float64(asked)) > 1e-6 {
			r.Fatalf("with all remembered, %v and %d asked, %.3f known; one by one %v and %d", all.Reviews, all.Asked, all.Known, reviews, asked)
		}
		some := Look(list, today, exam, perDay, room, 0.8)
		if some.Asked != asked || some.Known < 0 || some.Known > float64(asked)+1e-6 {
			r.Fatalf("with 80%% remembered, %d are asked and %.3f known, want %d asked", some.Asked, some.Known, asked)
		}
	})
}

// TestKnownOnTheDay: a card due on the day of the exam is remembered as often as
// measured, one with half its interval behind it more often.
func TestKnownOnTheDay(t *testing.T) {
	card := func(due, interval int) cards.Schedule {
		return cards.Schedule{Seen: true, Repetitions: 3, EFactor: 250, Interval: interval, Due: today + cards.Day(due)}
	}
	for _, c := range []struct {
		s    cards.Schedule
		want float64
	}{{card(5, 20), 0.81}, {card(15, 20), 0.9}} {
		o := Look([]cards.Schedule{c.s}, today, today+5, 0, 0, 0.81)
		if math.Abs(o.Known-c.want) > 1e-9 {
			t.Errorf("a card due in %d days with an interval of %d is known with %.4f, want %.4f", c.s.Due-today, c.s.Interval, o.Known, c.want)
		}
	}
}

func drawWaiting(r *rapid.T) []Waiting {
	list := make([]Waiting, rapid.IntRange(1, 120).Draw(r, "cards"))
	for i := range list {
		list[i] = Waiting{Card: int64(i + 1), Due: today - cards.Day(rapid.IntRange(0, 90).Draw(r, "late")), Interval: rapid.IntRange(1, 200).Draw(r, "interval")}
		if rapid.IntRange(0, 2).Draw(r, "alone") == 0 {
			list[i].Sibling = int64(rapid.IntRange(1, 20).Draw(r, "note"))
		}
	}
	return list
}

// Each plan asks every card once, no day more than it says, and ends on its day.
func TestOffersAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := drawWaiting(r)
		usual, done := rapid.IntRange(1, 60).Draw(r, "usual"), rapid.IntRange(0, 10).Draw(r, "done")
		offers := Offers(list, today, usual, done)
		if len(offers) == 0 || offers[0].Kind != All {
			r.Fatalf("the offers are %+v", offers)
		}
		for _, o := range offers {
			if o.Cards() != len(list) || o.Until != today+cards.Day(len(o.Days))-1 {
				r.Fatalf("%d cards wait, and %s asks %v until day %d", len(list), o.Kind, o.Days, o.Until-today)
			}
			for i, n := range o.Days {
				if most := o.PerDay; n > most || i == 0 && n > max(most-done, 0) {
					r.Fatalf("%s promises %d a day and asks %v, %d done", o.Kind, most, o.Days, done)
				}
			}
		}
		alone := slices.Clone(list)
		for i := range alone {
			alone[i].Sibling = 0
		}
		for _, o := range Offers(alone, today, usual, 0) {
			if len(o.Days) != ceil(len(list), o.PerDay) {
				r.Fatalf("%d cards without siblings at %d a day take %v", len(list), o.PerDay, o.Days)
			}
		}
	})
}

// A day that is missed moves the end by one day, and no further.
func TestAMissedDayIsSaid(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := drawWaiting(r)
		for i := range list {
			list[i].Sibling = 0
		}
		perDay := rapid.IntRange(1, 30).Draw(r, "a day")
		promised := len(Days(list, today, perDay, 0))
		left, day, missed := len(list), 0, 0
		for left > 0 {
			if foretold := day + len(Days(list[:left], today+cards.Day(day), perDay, 0)); foretold != promised+missed {
				r.Fatalf("after %d missed days the end is on day %d, and %d was promised", missed, foretold, promised)
			}
			if missed < 5 && rapid.Bool().Draw(r, "missed") {
				missed++
			} else {
				left = max(left-perDay, 0)
			}
			day++
		}
	})
}

func TestTheMostOverdueComeFirst(t *testing.T) {
	ten, long := Waiting{Due: today - 10, Interval: 10}, Waiting{Due: today - 30, Interval: 300}
	if ten.Lateness(today) <= long.Lateness(today) {
		t.Error("a card one interval late comes after one a tenth of its interval late")
	}
}

func TestUsualDays(t *testing.T) {
	if n, measured := Usual([]int{40, 40}); n != AssumedUsual || measured {
		t.Errorf("two days make %d usual, measured %t", n, measured)
	}
	if n, measured := Usual([]int{10, 20, 30, 40, 10, 20, 30}); n != 23 || !measured {
		t.Errorf("the usual day is %d, measured %t, want 23", n, measured)
	}
	if !Late(47, 23) || Late(46, 23) {
		t.Error("more than two usual days are late, and two are not")
	}
}

func TestTheLoadHasWhatComesBack(t *testing.T) {
	var list []cards.Schedule
	var waiting []Waiting
	for i := range 40 {
		s := cards.Schedule{Seen: true, Repetitions: 3, EFactor: 250, Interval: 20, Due: today - 5}
		list = append(list, s)
		waiting = append(waiting, Waiting{Card: int64(i + 1), Due: s.Due, Interval: s.Interval})
	}
	offers := Offers(waiting, today, 10, 0)
	if len(offers) != 3 || offers[1].PerDay != 10 || len(offers[1].Days) != 4 || offers[2].PerDay != 5 {
		t.Fatalf("the offers are %+v", offers)
	}
	if n := Load(offers[1], list, today, 1); n != 10 {
		t.Errorf("with all remembered, a day has %d cards, want 10", n)
	}
	if n := Load(offers[1], list, today, 0.5); n <= 12 {
		t.Errorf("with half forgotten, a day has %d cards, want those that come back too", n)
	}
}

func BenchmarkLook(b *testing.B) {
	list := make([]cards.Schedule, 10000)
	for i := range list {
		list[i] = cards.Schedule{Seen: i%4 > 0, Repetitions: i % 6, EFactor: cards.EFactor(130 + i%170), Interval: 1 + i%200, Due: today + cards.Day(i%230-30)}
	}
	for b.Loop() {
		Look(list, today, today+100, 30, 93, 0.9)
	}
}
