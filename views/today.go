package views

import (
	"time"

	"recto/cards"
)

// Today is the page that a person opens first: what is to be done today.
type Today struct {
	Layout
	Day      cards.Day
	Due      int // cards due, drills with them
	New      int
	Estimate time.Duration // how long that takes at the person's pace, 0 when not known
	Decks    []DeckLine
	Week     Week
	Answered int  // answers today
	Empty    bool // no deck at all
	Exams    []Exam
	Comeback *Comeback // nil where none runs
	Offers   *Offers   // nil where none is called for
}

// Template is the name of the page's template.
func (*Today) Template() string { return "today" }

// All is the number of cards to review.
func (t *Today) All() int { return t.Due + t.New }

// Week is how the last seven days went.
type Week struct {
	Days       int // of the last 7, on which the person studied
	Remembered int // first answers of a day to due cards that were not Again
	Of         int // first answers of a day to due cards
	Tomorrow   int // cards due tomorrow
}

// DeckLine is one deck in a list.
type DeckLine struct {
	ID             int64
	Name           string
	Owner          string // "" when it is the viewer's own
	Cards          int
	Due, New       int
	Paused, Shared bool
}
