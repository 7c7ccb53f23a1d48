package desk

import "recto/cards"

// Mastery is how a person stands with a fact.
type Mastery string

// The masteries, from the one that wants looking at most.
const (
	Lapsed   Mastery = "lapsed"    // forgotten after it had been known, and not remembered since
	Due      Mastery = "due"       // to be asked today
	Learning Mastery = "learning"  // asked, and not yet known for three weeks
	New      Mastery = "new"       // in a deck, never asked
	Known    Mastery = "known"     // remembered over three weeks and more
	SetAside Mastery = "set aside" // suspended
)

// Masteries lists them in that order.
var Masteries = []Mastery{Lapsed, Due, Learning, New, Known, SetAside}

// MasteryOf says how a person stands on day today with the fact of a card.
func MasteryOf(s cards.Schedule, today cards.Day) Mastery {
	switch {
	case s.Suspended:
		return SetAside
	case !s.Seen:
		return New
	case s.Lapses > 0 && s.Repetitions == 0:
		return Lapsed
	case s.Due <= today || s.Queue(today) == cards.QueueDrill:
		return Due
	case s.Standing() == cards.StandingMature:
		return Known
	default:
		return Learning
	}
}

// Weakest is the first of Masteries among those of the cards of one fact, "" for none.
func Weakest(of ...Mastery) Mastery {
	for _, m := range Masteries {
		for _, o := range of {
			if o == m {
				return m
			}
		}
	}
	return ""
}
