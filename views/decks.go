package views

import "recto/cards"

// Decks is the list of decks.
type Decks struct {
	Layout
	Decks  []DeckLine
	Shared []DeckLine // of others, not enrolled in
	Trash  int        // things in the trash
}

// Template is the name of the page's template.
func (*Decks) Template() string { return "decks" }

// NewDeck is the page on which a deck is made.
type NewDeck struct {
	Layout
	Name  string
	Error string
}

// Template is the name of the page's template.
func (*NewDeck) Template() string { return "newdeck" }

// Deck is the page of one deck: its cards, searchable.
type Deck struct {
	Layout
	Deck     DeckLine
	Mine     bool
	Enrolled bool
	Article  int64 // that the deck was made from, 0 for none or not to be seen
	Query    string
	Today    cards.Day
	Cards    []CardLine
	Total    int
	First    int // number of the first card on this page, from 1
	Before   string
	After    string // addresses of the pages before and after, "" for none
	Exams    []Exam // the deck's own, if it has one
}

// Template is the name of the page's template.
func (*Deck) Template() string { return "deck" }

// Last is the number of the last card on this page.
func (d *Deck) Last() int { return d.First + len(d.Cards) - 1 }

// CardLine is one card in a list.
type CardLine struct {
	ID          int64
	Front, Back string
	Schedule    cards.Schedule
	Tags        []string
}

// DeckSettings is the page on which a deck is renamed, limited, shared or deleted.
type DeckSettings struct {
	Layout
	Deck      DeckLine
	Mine      bool
	Enrolled  bool
	Name      string // as typed before
	Limits    cards.Limits
	OwnLimits bool
	Typed     bool      // its cards are answered by typing
	Exams     []Exam    // the deck's own, if it has one
	Day       string    // of the exam, as typed before or as it is
	Raise     bool      // new cards beyond the limits
	Today     cards.Day // before which there can be none
	Error     string
	Field     string // the field that the error is about
}

// Template is the name of the page's template.
func (*DeckSettings) Template() string { return "decksettings" }

// Trash is the page of what was deleted and can be put back.
type Trash struct {
	Layout
	Items []Trashed
	Today cards.Day
}

// Template is the name of the page's template.
func (*Trash) Template() string { return "trash" }

// Trashed is one thing in the trash.
type Trashed struct {
	ID   int64
	Kind string // "card", "deck", "article"
	Name string
	Day  cards.Day
}

// Reviewable is the number of cards of the deck to review now.
func (d *Deck) Reviewable() int { return d.Deck.Due + d.Deck.New }
