package plan

import (
	"cmp"
	"math"
	"slices"

	"recto/cards"
)

// Kind names a plan for the time after a break.
type Kind string

// The three plans, and the wish to have none.
const (
	All    Kind = "all"    // everything on the first day
	Spread Kind = "spread" // as many a day as the person used to answer
	Gentle Kind = "gentle" // half as many
	None   Kind = "none"
)

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool { return k == All || k == Spread || k == Gentle || k == None }

const (
	// BreakDays is how many days without an answer make a break.
	BreakDays = 7

	// AssumedUsual is how many due cards a day a person is taken to answer whose days
	// are not known.
	AssumedUsual = 20

	longestSpread = 30 // days, however much waits
	longestGentle = 90
)

// Late reports whether what waits after a break asks for a plan: more than two of the
// person's usual days.
func Late(waiting, usual int) bool { return waiting > 2*usual }

// Waiting is one card that waits.
type Waiting struct {
	Card     int64
	Sibling  int64 // cards that have it in common come on different days; 0 for none
	Due      cards.Day
	Interval int // days
}

// Lateness is how overdue a card is on a day, in intervals.
func (w Waiting) Lateness(on cards.Day) float64 {
	return (float64(on-w.Due) + 1) / float64(max(w.Interval, 1))
}

// Offer is one plan with its numbers.
type Offer struct {
	Kind   Kind
	PerDay int       // cards that waited, a day
	Days   []int     // how many on each day from the first, which is today
	Until  cards.Day // the last of them
}

// Cards is how many the plan asks in all.
func (o Offer) Cards() (n int) {
	for _, d := range o.Days {
		n += d
	}
	return n
}

// Offers are the plans for cards that wait on day today, of a person who used to answer
// so many due cards a day. Done are those that have been answered today already, which
// count as the day's. Where two plans would be the same, only the first is offered.
func Offers(list []Waiting, today cards.Day, usual, done int) (offers []Offer) {
	n := len(list)
	if n == 0 {
		return nil
	}
	usual = max(usual, 1)
	spread := ceil(n, min(ceil(n, usual), longestSpread))
	gentle := max(ceil(usual, 2), ceil(n, longestGentle))
	for _, o := range []Offer{{Kind: All, PerDay: n + done}, {Kind: Spread, PerDay: spread}, {Kind: Gentle, PerDay: gentle}} {
		o.Days = Days(list, today, o.PerDay, done)
		o.Until = today + cards.Day(len(o.Days)) - 1
		if len(offers) == 0 || o.PerDay < offers[len(offers)-1].PerDay {
			offers = append(offers, o)
		}
	}
	return offers
}

// Days is how many cards that wait are asked on each day from today on, at perDay a day,
// when every day is done: the first has done of them behind it. Siblings make a day
// shorter than perDay where nothing else waits.
func Days(list []Waiting, today cards.Day, perDay, done int) (days []int) {
	left := slices.Clone(list)
	slices.SortFunc(left, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(b.Lateness(today), a.Lateness(today)), cmp.Compare(a.Card, b.Card))
	})
	for len(left) > 0 && perDay > 0 {
		room := perDay
		if len(days) == 0 {
			room = max(perDay-done, 0)
		}
		var asked int
		left, asked = oneDay(left, room)
		days = append(days, asked)
	}
	return days
}

// oneDay takes up to room cards out of a list, of siblings only the one due first.
func oneDay(list []Waiting, room int) (left []Waiting, asked int) {
	first := map[int64]Waiting{}
	for _, w := range list {
		if f, ok := first[w.Sibling]; w.Sibling != 0 && (!ok || cmp.Or(cmp.Compare(w.Due, f.Due), cmp.Compare(w.Card, f.Card)) < 0) {
			first[w.Sibling] = w
		}
	}
	for _, w := range list {
		if asked < room && (w.Sibling == 0 || first[w.Sibling].Card == w.Card) {
			asked++
			continue
		}
		left = append(left, w)
	}
	return left, asked
}

// Load is how many due cards a day an offer asks in all, on average over its days: those
// that waited, with what they and the other cards bring meanwhile. List are the schedules
// of all cards that are studied.
func Load(o Offer, list []cards.Schedule, today cards.Day, remembered float64) int {
	var waiting, all []cards.Schedule
	for _, s := range list {
		switch {
		case s.Suspended || !s.Seen:
		case s.Due <= today:
			waiting = append(waiting, s)
		default:
			all = append(all, s)
		}
	}
	slices.SortStableFunc(waiting, func(a, b cards.Schedule) int {
		return cmp.Compare(late(b, today), late(a, today))
	})
	at := 0
	for i, n := range o.Days {
		for ; n > 0 && at < len(waiting); n-- {
			waiting[at].Due = today + cards.Day(i)
			at++
		}
	}
	return Look(append(all, waiting...), today, o.Until+1, 0, 0, remembered).Mean()
}

func late(s cards.Schedule, today cards.Day) float64 {
	return Waiting{Due: s.Due, Interval: s.Interval}.Lateness(today)
}

// Usual is how many due cards a person answers on a day on which they study, rounded:
// the mean of the days given, or AssumedUsual where they are fewer than BreakDays, of
// which measured tells.
func Usual(days []int) (n int, measured bool) {
	if len(days) < BreakDays {
		return AssumedUsual, false
	}
	sum := 0
	for _, d := range days {
		sum += d
	}
	return max(int(math.Round(float64(sum)/float64(len(days)))), 1), true
}
