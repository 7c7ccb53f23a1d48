package stats

import (
	"math"

	"recto/cards"
)

// mostHard is how many of the hardest cards are told.
const mostHard = 10

// Cell is one day of a Calendar. Step is 0 for no answer, and 1 to 4 for more and more.
type Cell struct {
	Day     cards.Day
	Answers int
	Step    int
}

// step is where n of most stands on a scale of four, even in its square root.
func step(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return max(1, min(4, int(math.Ceil(4*math.Sqrt(float64(n)/float64(most))))))
}

// Card is one card of a deck that is studied, and how it stands.
type Card struct {
	ID       int64
	Schedule cards.Schedule
	Paused   bool // its deck is
}

// answered reports whether the card has been answered and is not set aside.
func (c Card) answered() bool { return c.Schedule.Seen && !c.Schedule.Suspended }

// Bucket is how many cards lie between two numbers, both with it.
type Bucket struct{ From, To, Cards int }

// fill counts cards that were answered and are not suspended into buckets, which are in
// order and leave no number out; what lies below the first is counted there.
func fill(buckets []Bucket, list []Card, number func(cards.Schedule) int) []Bucket {
	for _, c := range list {
		if !c.answered() {
			continue
		}
		for i := range buckets {
			if number(c.Schedule) <= buckets[i].To {
				buckets[i].Cards++
				break
			}
		}
	}
	return buckets
}

// Hour is the answers of one hour of the clock, 0 to 23, on any day.
type Hour struct {
	Answers int
	Due     Share
}

// Numbers are what the figures of a person, or of a part of what they study, are worked
// out from.
type Numbers struct {
	Today   cards.Day
	Days    []Day    // with an answer, in order
	Moments []Moment // of the last 90 days
	Cards   []Card   // of the decks that are studied
}
