package views

import "recto/cards"

// Help is the page on which something is done about a card that does not stay.
type Help struct {
	Layout
	Card     int64
	Deck     int64
	DeckName string
	Mine     bool // the note may be changed
	Context  string
	Front    string
	Back     string
	Source   Quote
	Schedule cards.Schedule
	Today    cards.Day
	Given    []GivenLine
	Pairs    []Pair
	Split    []Sides // what the card can be taken apart into, none where it cannot
	Contrast []ContrastForm
	Before   string // the context that is proposed, or stands there
	Mnemonic string
	Until    string    // the day that is proposed, or was typed
	From     cards.Day // the first day that can be chosen
	Key      string
	Acts     []HelpLine // that can be taken back
	Error    string
	Field    string // the field that the error is about
	Review   bool   // came here from a review, and goes back to it
	In       int64  // the deck under review
}

// Template is the name of the page's template.
func (*Help) Template() string { return "help" }

// Returns is the day on which the card comes back that is put off, 0 for one that is not.
func (h *Help) Returns() cards.Day { return returns(h.Schedule, h.Today) }

// Returns is the day on which the card comes back that is put off, 0 for one that is not.
func (c *Card) Returns() cards.Day { return returns(c.Schedule, c.Today) }

func returns(s cards.Schedule, today cards.Day) cards.Day {
	if s.Suspended || s.Buried < today {
		return 0
	}
	return s.Buried + 1
}

// Sides are a question and its answer.
type Sides struct{ Front, Back string }

// GivenLine is an answer that was not right, however often it was given.
type GivenLine struct {
	Text    string
	Verdict string // close or wrong, the last time
	Times   int
	Own     int // times that the person said that they were right
	Last    cards.Day
	Other   int64 // the card whose answer it is, 0 for none
	Front   string
}

// ContrastForm proposes a card that tells two others apart.
type ContrastForm struct {
	Other       int64
	Front, Back string
}

// HelpLine is one act of help.
type HelpLine struct {
	ID   int64
	What string
	Day  cards.Day
}

// Pair is two cards of which one was answered with the answer of the other.
type Pair struct {
	Card, Other           int64
	Front, Back           string // of the card
	OtherFront, OtherBack string
	Times                 int
	Last                  cards.Day
	Key                   string // of the drill's form
	Today                 cards.Day
	Viewer                int64
}

// Leeches is the list of what does not stay: cards that were forgotten again and again,
// and pairs that are taken for one another.
type Leeches struct {
	Layout
	Cards []LeechLine
	Pairs []Pair
	Today cards.Day
}

// Template is the name of the page's template.
func (*Leeches) Template() string { return "leeches" }

// LeechLine is one card of the list.
type LeechLine struct {
	ID          int64
	Front, Back string
	Schedule    cards.Schedule
	Returns     cards.Day
}

// LeechOf is a line of the list.
func LeechOf(id int64, front, back string, s cards.Schedule, today cards.Day) LeechLine {
	return LeechLine{id, front, back, s, returns(s, today)}
}
