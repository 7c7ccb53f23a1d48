package views

import "recto/cards"

// Revise is the page on which a newer version of a text is brought.
type Revise struct {
	Layout
	Head    ArticleHead
	Text    string // as typed before
	Error   string // one sentence, "" at first
	Field   string // the field that the error is about
	Largest int    // bytes of a file that may be sent
	Fetches bool   // the text can be had from its address again
}

// Template is the name of the page's template.
func (*Revise) Template() string { return "article-revise" }

// Revision is a newer version of a text beside the earlier one: what has become of
// every card and fact.
type Revision struct {
	Layout
	ID       int64 // of the newer version
	Previous int64
	Name     string
	Was, Is  cards.Day // when the two came
	Today    cards.Day
	Used     bool // the cards have gone over

	Cards  []CardChange // that have to be decided about
	Others int          // cards that go over as they are
	Facts  []FactChange // without a card in a deck
	Fresh  []string     // facts that are new
	Offers int          // cards proposed of new facts
}

// Template is the name of the page's template.
func (*Revision) Template() string { return "article-revision" }

// CardChange is a card whose fact has changed or vanished.
type CardChange struct {
	Proposal         string
	Card             int64
	Status           string // of cards/revise
	Front, Back      string // as they are
	NewFront         string // as they would be, "" where the fact has vanished
	NewBack          string
	Before, After    Quote  // the sentence in both texts
	Choice           string // update, keep or retire
	Standing         cards.Standing
	Studied, Retired bool
}

// Updates reports whether the card can be given the words of the newer version.
func (c CardChange) Updates() bool { return c.NewFront != "" }

// FactChange is a fact that has changed or vanished.
type FactChange struct {
	Status   string
	Was, Now string
}
