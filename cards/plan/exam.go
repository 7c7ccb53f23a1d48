package plan

import (
	"recto/cards"
	"recto/cards/sm2"
)

// Preparation is what has to be begun each day so that every new card is asked before
// an exam.
type Preparation struct {
	Days   int       // from today to the exam: 0 on the day itself, below it after it
	New    int       // cards that are new, those begun today not with them
	Times  int       // how often each can be asked before the exam, 3 at most; 0 when it is too late
	Room   int       // days on which a card can be begun for that, today with them
	PerDay int       // new cards a day, what was begun today with it
	Reach  cards.Day // by which all of them are begun: as fewer are left, a day may ask fewer
}

// Unburdened is how many new cards a day are no burden to anyone who has not said
// otherwise: Anki's default.
const Unburdened = 20

// mostTimes is how often a new card should be asked before an exam.
const mostTimes = 3

// Prepare plans the new cards of a day. Begun are the cards of the exam that had their
// first answer today, so that the plan of a day stays the same while it is followed.
// Usual is how many new cards a day are still no burden: where seeing each three times
// takes more of them, each is seen two times, and only where that takes more as well,
// once.
func Prepare(today, exam cards.Day, fresh, begun, usual int) Preparation {
	p := Preparation{Days: int(exam - today), New: fresh}
	all := fresh + begun
	for times := mostTimes; times > 0; times-- {
		room := p.Days - lead(times)
		if room < 1 {
			continue
		}
		p.Times, p.Room, p.PerDay = times, room, ceil(all, room)
		if p.PerDay <= usual {
			break
		}
	}
	if p.PerDay > 0 {
		p.Reach = today + cards.Day(min(p.Room, all)) - 1
	}
	return p
}

// lead is how many days pass between the first and the last of so many answers that
// are passes, by SM-2.
func lead(times int) (days int) {
	s := cards.NewSchedule(0)
	for range times - 1 {
		s = sm2.Next(s, cards.Good, s.Due)
		days += s.Interval
	}
	return days
}

// Reached is how many of the new cards can be begun in time at a daily limit.
func (p Preparation) Reached(limit int) int { return min(p.New, limit*p.Room) }

// Share divides the new cards of a day among decks in proportion to how many each has.
// The shares add up to perDay, or to all the cards if they are fewer, and none is
// larger than its deck.
func Share(perDay int, decks []int) []int {
	all := 0
	for _, n := range decks {
		all += n
	}
	perDay = min(perDay, all)
	shares := make([]int, len(decks))
	before, given := 0, 0
	for i, n := range decks {
		before += n
		if all > 0 {
			until := before * perDay / all
			shares[i], given = until-given, until
		}
	}
	return shares
}

// ceil is n/d, rounded up.
func ceil(n, d int) int { return (n + d - 1) / d }
