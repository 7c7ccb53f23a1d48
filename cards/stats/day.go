package stats

import (
	"cmp"
	"slices"
	"time"

	"recto/cards"
)

// Least is how many answers a share needs before it is shown.
const Least = 20

// MatureFrom is the interval in days from which a card is mature, as in
// cards.Schedule.Standing.
const MatureFrom = 21

// Share is how many of some answers were graded 3 or more.
type Share struct{ Passed, Of int }

// Plus is both shares together.
func (s Share) Plus(o Share) Share { return Share{s.Passed + o.Passed, s.Of + o.Of} }

// Less is s without o, which is a part of it.
func (s Share) Less(o Share) Share { return Share{s.Passed - o.Passed, s.Of - o.Of} }

// Percent is the share in hundredths, rounded; 0 of nothing.
func (s Share) Percent() int {
	if s.Of == 0 {
		return 0
	}
	return (s.Passed*200 + s.Of) / (2 * s.Of)
}

// Enough reports whether the share says something.
func (s Share) Enough() bool { return s.Of >= Least }

// Day sums up the answers of one study day.
type Day struct {
	Day     cards.Day
	Answers int           // of all kinds
	Timed   int           // of them, those whose time is known
	Spent   time.Duration // on those
	New     int           // first answers of cards
	Young   Share         // answers in reviews to due cards whose interval was below MatureFrom
	Mature  Share         // answers to the other due cards
}

// Due is the share of answers to due cards, young and mature.
func (d Day) Due() Share { return d.Young.Plus(d.Mature) }

// Add counts e in; the two are of one day.
func (d *Day) Add(e Day) {
	d.Answers += e.Answers
	d.Timed += e.Timed
	d.Spent += e.Spent
	d.New += e.New
	d.Young = d.Young.Plus(e.Young)
	d.Mature = d.Mature.Plus(e.Mature)
}

// Take takes e off, which is a part of d.
func (d *Day) Take(e Day) {
	d.Answers -= e.Answers
	d.Timed -= e.Timed
	d.Spent -= e.Spent
	d.New -= e.New
	d.Young = d.Young.Less(e.Young)
	d.Mature = d.Mature.Less(e.Mature)
}

// InOrder sorts days, and leaves out those on which every answer was taken back.
func InOrder(days []Day) []Day {
	days = slices.DeleteFunc(days, func(d Day) bool { return d.Answers <= 0 })
	slices.SortFunc(days, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return days
}

// Moment sums up the answers of a quarter of an hour, in the zone that the person
// was in then. No zone's offset is finer than that.
type Moment struct {
	At      time.Time
	Answers int
	Due     Share
}

// Period is the span of days from First to Last, both with it.
type Period struct{ First, Last cards.Day }

// Last is the period of n days that ends with today.
func Last(n int, today cards.Day) Period { return Period{today - cards.Day(n) + 1, today} }

// Ever is the period that leaves nothing out.
var Ever = Period{-1 << 31, 1<<31 - 1}

// Has reports whether d lies in p.
func (p Period) Has(d cards.Day) bool { return p.First <= d && d <= p.Last }

// sum adds up the days of a period.
func sum(days []Day, p Period) (all Day) {
	for _, d := range days {
		if p.Has(d.Day) {
			all.Add(d)
		}
	}
	return all
}
