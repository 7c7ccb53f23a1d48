package views

import "recto/cards"

// Browse is the page of all cards, searched, sorted and changed many at once.
type Browse struct {
	Layout
	Query     string
	Reading   string // how the query was read
	Error     string // what is wrong with it
	ActError  string // what is missing for an act
	Saved     []SavedSearch
	SaveName  string // the name by which this search is saved, or was
	SaveError string // why it cannot be
	Cards     []BrowseLine
	Total     int
	First     int // number of the first card on this page, from 1
	Orders    []OrderLink
	Decks     []DeckLine // that cards can be moved to
	Operators []Operator
	Act       *Act // that is under way or can be taken back, nil for none
	Done      *Act // that was just done and leaves nothing to take back, or was taken back
	Before    string
	After     string // addresses of the pages before and after, "" for none
	Here      string // the page's address
	Today     cards.Day
	Key       string
}

// Template is the name of the page's template.
func (*Browse) Template() string { return "browse" }

// Last is the number of the last card on this page.
func (b *Browse) Last() int { return b.First + len(b.Cards) - 1 }

// Flags are the colours' numbers.
func (*Browse) Flags() []int { return []int{1, 2, 3, 4, 5, 6, 7} }

// SavedSearch is a query with a name.
type SavedSearch struct {
	ID                int64
	Name, Query, Href string
	Current           bool
}

// BrowseLine is a found card.
type BrowseLine struct {
	ID            int64
	Front, Back   string
	Deck          string
	Schedule      cards.Schedule
	Tags          []string
	Flag          int
	Mine, Studied bool
}

// OrderLink is a way to sort; Sorted is how it holds: "ascending", "descending" or "".
type OrderLink struct{ Name, Label, Href, Sorted string }

// Operator is a word before a colon, in the reference of the search.
type Operator struct {
	Name     string
	Examples []string
	Meaning  string
}

// Act is something that was done to many cards.
type Act struct {
	ID          int64
	Sentence    string
	Undo        string // the label of the button that takes it back
	CanUndo     bool
	Busy        bool
	Done, Items int
}
