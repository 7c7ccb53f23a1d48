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

// Waiting is how many cards are due on a day; Buried is the last day on which they stay
// away, 0 for none.
type Waiting struct {
	Due, Buried cards.Day
	Cards       int
}

// Group is how many cards have a schedule that is alike in what is looked at.
type Group struct {
	Schedule cards.Schedule
	Cards    int
}

// Bucket is how many cards lie between two numbers, both with it.
type Bucket struct{ From, To, Cards int }

// fill counts cards that were answered and are not suspended into buckets, which are in
// order and leave no number out; what lies below the first is counted there.
func fill(buckets []Bucket, groups []Group, number func(cards.Schedule) int) []Bucket {
	for _, g := range groups {
		if !g.Schedule.Seen || g.Schedule.Suspended {
			continue
		}
		for i := range buckets {
			if number(g.Schedule) <= buckets[i].To {
				buckets[i].Cards += g.Cards
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

// Hard is a card that is hard to keep.
type Hard struct {
	Card     int64
	Front    string
	Schedule cards.Schedule
}

// Numbers are what the figures of a person, or of a part of what they study, are worked
// out from.
type Numbers struct {
	Today     cards.Day
	Days      []Day     // with an answer, in order
	Moments   []Moment  // of the last 90 days
	Waiting   []Waiting // cards that were answered and are neither suspended nor in a paused deck
	Standings []Group   // with what Standing looks at
	Intervals []Group   // with the intervals
	Factors   []Group   // with the E-Factors
	Hardest   []Hard
}
