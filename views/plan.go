package views

import (
	"time"

	"recto/cards"
)

// Exam is what a page says of a day by which a deck is to be known.
type Exam struct {
	Deck   int64
	Name   string // "" on the deck's own page
	Today  cards.Day
	Day    cards.Day
	Days   int // until it: 0 on the day, below it after it
	Cards  int
	New    int
	Asked  int // answered until now, or until the exam when that is past
	Times  int // how often each new card can be asked before it
	PerDay int // new cards a day
	Reach  cards.Day
	Raise  bool
	Limit  int // new cards a day as the limits have it
	Common bool
	Within int    // new cards that the limit reaches
	Last   string // address of a last look, "" for none
	Beyond int    // cards of it
	Passed int    // answers to due cards since the date was set, remembered
	Due    int    // and all
	Look   *Outlook
}

// Short reports whether the limit alone does not reach every new card.
func (e Exam) Short() bool { return !e.Raise && e.PerDay > e.Limit }

// Outlook is what is to be expected until an exam.
type Outlook struct {
	Mean, Most   int // due cards a day
	Asked, Known int // cards answered until the exam, and remembered on its day
	Percent      int // of due cards, that are remembered
	Measured     bool
}

// Comeback is the plan after a break that a person has chosen, while it runs.
type Comeback struct {
	Kind   string
	Today  cards.Day
	PerDay int
	Left   int // cards that still wait
	Cards  int // that waited when it began
	Ends   cards.Day
	Until  cards.Day // as it was foretold
}

// Late is by how many days the plan ends later than foretold.
func (c Comeback) Late() int { return max(int(c.Ends-c.Until), 0) }

// Offers are plans after a break to choose from.
type Offers struct {
	Today   cards.Day
	Change  bool // of a plan that runs
	Away    int  // days without an answer
	Waiting int
	List    []Offer
}

// Offer is one of them.
type Offer struct {
	Kind   string
	PerDay int
	First  int // cards today
	Days   int
	Until  cards.Day
	Load   int           // cards a day with what comes back meanwhile
	Time   time.Duration // that this takes
}
