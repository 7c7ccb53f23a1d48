package views

import "recto/cards"

// NewCard is the page on which a card is written.
type NewCard struct {
	Layout
	Deck     int64
	DeckName string
	Form     NoteForm
	Types    []TypeChoice
	Preview  *Preview
	Key      string
}

// Template is the name of the page's template.
func (*NewCard) Template() string { return "newcard" }

// Card is the page of one card: its text, its history and why it is due when it is.
type Card struct {
	Layout
	ID        int64
	Deck      int64
	DeckName  string
	Mine      bool
	Face      *Face // how the card is shown, nil for Front and Back as they are
	Front     string
	Back      string
	Form      NoteForm
	Cards     []CardLink // of its note, when there are several
	TypeID    int64
	Preview   *Preview
	Context   string
	Source    Quote
	Schedule  cards.Schedule
	Today     cards.Day
	Why       string // how the due day follows from the last answer
	Events    []Event
	DeckTyped bool     // the person types the answers of its deck
	Typing    string   // "deck", "yes" or "no": how it is answered in the review
	Accepted  []string // further answers that pass for it
	Pairs     []Pair   // with cards that it is taken for
	Key       string
	Review    bool  // came here from a review, and goes back to it
	In        int64 // the deck under review
}

// Template is the name of the page's template.
func (*Card) Template() string { return "card" }

// Event is one line of a card's history.
type Event struct {
	Day      cards.Day
	Clock    string // "14:05" in the zone of the event
	What     string
	Interval string
	EFactor  string
	Took     string
	Undone   bool
}
