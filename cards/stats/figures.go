package stats

import (
	"cmp"
	"math"
	"slices"
	"time"

	"recto/cards"
)

// Remembered is the share of the first answers of a day to cards that were due which
// were not Again, in reviews alone, for of quizzes only what was right counts for the
// schedule, and would flatter.
//
// An answer to a due card is the first of its day, since it makes the card due on a
// later one.
func Remembered(days []Day, p Period) Share { return sum(days, p).Due() }

// Maturity is the share remembered of cards that were young, whose interval was
// below 21 days before the answer, and of cards that were mature.
func Maturity(days []Day, p Period) (young, mature Share) {
	all := sum(days, p)
	return all.Young, all.Mature
}

// Studied counts the days on which at least one answer was given that was not taken
// back.
func Studied(days []Day, p Period) (n int) {
	for _, d := range days {
		if p.Has(d.Day) && d.Answers > 0 {
			n++
		}
	}
	return n
}

// Spent is the time from each question to its grade, a minute at most for one answer;
// answers whose time is not known are left out.
func Spent(days []Day, p Period) (all time.Duration) { return sum(days, p).Spent }

// Pace is the time spent divided by the answers whose time is known, those of drills
// and quizzes with them.
func Pace(days []Day, p Period) time.Duration {
	all := sum(days, p)
	if all.Timed == 0 {
		return 0
	}
	return all.Spent / time.Duration(all.Timed)
}

// Answers counts every answer: first ones, those to due cards, same-day repetitions,
// early ones, and those in quizzes that count for the schedule.
func Answers(days []Day, p Period) int { return sum(days, p).Answers }

// Week is how the last seven days went, today with them: on how many there was an
// answer, and the share remembered of the cards that were due.
func Week(days []Day, today cards.Day) (studied int, remembered Share) {
	return Studied(days, Last(7, today)), Remembered(days, Last(7, today))
}

// Weekly is the share remembered in each of the last weeks, counted back from today in
// steps of seven days; a week with fewer than 20 answers to due cards has no point.
func Weekly(days []Day, today cards.Day, n int) []Share {
	weeks := make([]Share, n)
	for _, d := range days {
		if back := int(today-d.Day) / 7; d.Day <= today && back < n {
			weeks[n-1-back] = weeks[n-1-back].Plus(d.Due())
		}
	}
	return weeks
}

// Calendar counts the answers of each day of the last 53 weeks; the steps of the scale
// are even in the square root of the number, so that a quiet day differs from none.
//
// The first cell is a Monday, and today is in the last week. Days after today are not
// in it.
func Calendar(days []Day, today cards.Day) (cells []Cell) {
	monday := today - cards.Day((int(today.Date().Weekday())+6)%7)
	first := monday - 52*7
	cells = make([]Cell, today-first+1)
	most := 0
	for i := range cells {
		cells[i].Day = first + cards.Day(i)
	}
	for _, d := range days {
		if first <= d.Day && d.Day <= today {
			cells[d.Day-first].Answers = d.Answers
			most = max(most, d.Answers)
		}
	}
	for i := range cells {
		cells[i].Step = step(cells[i].Answers, most)
	}
	return cells
}

// Forecast counts each card on the day it is next due: late ones today, those put off
// on the day they come back; new cards, suspended ones, paused decks and what the answers until
// then will change are left out.
func Forecast(list []Card, today cards.Day, n int) []int {
	ahead := make([]int, n)
	for _, c := range list {
		if !c.answered() || c.Paused {
			continue
		}
		day := max(c.Schedule.Due, today)
		if c.Schedule.Buried >= day {
			day = c.Schedule.Buried + 1
		}
		if int(day-today) < n {
			ahead[day-today]++
		}
	}
	return ahead
}

// Standing says how the cards of the decks that are studied stand now: new ones were
// never answered, learning ones were failed last or come again today, young ones have an
// interval below 21 days, mature ones a longer, and suspended ones are set aside.
func Standing(list []Card) map[cards.Standing]int {
	all := map[cards.Standing]int{}
	for _, c := range list {
		all[c.Schedule.Standing()]++
	}
	return all
}

// Known counts the cards that are young or mature: answered, passed at the last answer,
// and neither to be repeated today nor suspended.
func Known(list []Card) (known int) {
	all := Standing(list)
	return all[cards.StandingYoung] + all[cards.StandingMature]
}

// Intervals counts the cards by how many days their last answer put between it and the
// next; new and suspended cards are left out.
func Intervals(list []Card) []Bucket {
	buckets := []Bucket{{From: 0, To: 1}, {From: 2, To: 6}, {From: 7, To: 13}, {From: 14, To: 20}, {From: 21, To: 59}, {From: 60, To: 179},
		{From: 180, To: 364}, {From: 365, To: 729}, {From: 730, To: math.MaxInt}}
	return fill(buckets, list, func(s cards.Schedule) int { return s.Interval })
}

// Factors counts the cards by their E-Factor, the number that an interval is multiplied
// with at a pass: 2.50 for a card just begun, 1.30 at least; new and suspended cards are
// left out.
func Factors(list []Card) []Bucket {
	buckets := []Bucket{{From: 130, To: 149}}
	for from := 150; from < 310; from += 20 {
		buckets = append(buckets, Bucket{From: from, To: from + 19})
	}
	buckets[len(buckets)-1].To = math.MaxInt
	return fill(buckets, list, func(s cards.Schedule) int { return int(s.EFactor) })
}

// Hours counts the answers of the last 90 days by the hour of the clock where the person
// was; it says when there was study, and not when study is best, for the cards differ
// from hour to hour.
func Hours(moments []Moment) (hours [24]Hour) {
	for _, m := range moments {
		h := &hours[m.At.Hour()]
		h.Answers += m.Answers
		h.Due = h.Due.Plus(m.Due)
	}
	return hours
}

// Hardest are the ten cards that were forgotten most often after they had been known,
// among equals those with the lowest E-Factor; suspended ones are left out.
func Hardest(list []Card) []Card {
	hard := slices.DeleteFunc(slices.Clone(list), func(c Card) bool { return !c.answered() || c.Schedule.Lapses == 0 })
	slices.SortFunc(hard, func(a, b Card) int {
		return cmp.Or(cmp.Compare(b.Schedule.Lapses, a.Schedule.Lapses), cmp.Compare(a.Schedule.EFactor, b.Schedule.EFactor), cmp.Compare(a.ID, b.ID))
	})
	return hard[:min(len(hard), mostHard)]
}
