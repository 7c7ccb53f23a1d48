package cards

import "fmt"

// Grade is how well an answer was remembered, 0 to 5, as SuperMemo defines it:
// 5 perfect, 4 correct after hesitation, 3 correct with serious difficulty,
// 2 incorrect but the right answer seemed easy, 1 incorrect but the right answer
// was remembered on sight, 0 complete blackout.
type Grade int8

// The four buttons that are shown unless a user asks for all six grades.
const (
	Again Grade = 2
	Hard  Grade = 3
	Good  Grade = 4
	Easy  Grade = 5
)

// Valid reports whether g is one of the six grades.
func (g Grade) Valid() bool { return 0 <= g && g <= 5 }

// Passed reports whether the answer was correct (3 and above).
func (g Grade) Passed() bool { return g >= 3 }

// EFactor is an E-Factor in hundredths: 250 means 2.50. Integers, because binary
// floats give other intervals than the published arithmetic on one sequence in 130.
type EFactor int

// The E-Factor of a new card, and the least one there is.
const (
	NewEFactor EFactor = 250
	MinEFactor EFactor = 130
)

func (e EFactor) String() string { return fmt.Sprintf("%d.%02d", e/100, e%100) }

// Schedule is one user's state of one card. The zero value is not a schedule;
// NewSchedule makes that of a card never answered.
type Schedule struct {
	Repetitions int     `json:"repetitions"` // passes in a row since the last failure
	EFactor     EFactor `json:"e_factor"`
	Interval    int     `json:"interval"` // days; 0 before the first answer
	Due         Day     `json:"due"`      // the day the card is to be asked; for a new card the day it was added
	Last        Day     `json:"last"`     // the day of the last scheduled answer, meaningless before it
	Lapses      int     `json:"lapses"`   // failures of a card that had been passed before
	Seen        bool    `json:"seen"`     // false until the first answer: the card is new
	Drill       bool    `json:"drill"`    // to be asked again on day Last until it gets 4 or more
	Suspended   bool    `json:"suspended"`
	Buried      Day     `json:"buried,omitempty"` // hidden on this day and before it; 0 for never
}

// NewSchedule is the schedule of a card added on day d and never answered.
func NewSchedule(d Day) Schedule { return Schedule{EFactor: NewEFactor, Due: d} }

// Standing is how well a card is known, in one word.
type Standing string

// The standings, from a card never asked to one known for months.
const (
	StandingNew       Standing = "new"
	StandingLearning  Standing = "learning" // interval below 21 days is young, a card being drilled or just failed is learning
	StandingYoung     Standing = "young"
	StandingMature    Standing = "mature" // interval of 21 days or more, as in Anki
	StandingSuspended Standing = "suspended"
)

// Standing says how well the card is known.
func (s Schedule) Standing() Standing {
	switch {
	case s.Suspended:
		return StandingSuspended
	case !s.Seen:
		return StandingNew
	case s.Drill || s.Repetitions == 0:
		return StandingLearning
	case s.Interval < 21:
		return StandingYoung
	default:
		return StandingMature
	}
}

// LeechLapses is how often a card has to have been forgotten to be a leech; Anki's
// number.
const LeechLapses = 8

// Leech reports whether the card was forgotten again and again.
func (s Schedule) Leech() bool { return s.Lapses >= LeechLapses }

// Queue says on which of today's piles a card lies.
type Queue string

// The piles of a day. A card lies on one of them, or on none.
const (
	QueueNone  Queue = ""
	QueueNew   Queue = "new"
	QueueDue   Queue = "due"
	QueueDrill Queue = "drill"
)

// Queue says on which pile the card lies on day today.
func (s Schedule) Queue(today Day) Queue {
	switch {
	case s.Suspended || s.Buried >= today && s.Buried != 0:
		return QueueNone
	case s.Drill && s.Last == today:
		return QueueDrill
	case !s.Seen:
		return QueueNew
	case s.Due <= today:
		return QueueDue
	default:
		return QueueNone
	}
}
