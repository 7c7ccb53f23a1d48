package views

import (
	"time"

	"recto/cards"
)

// Review is the page that asks one card.
type Review struct {
	Layout
	Card     int64
	Version  int64  // of the schedule that the question was asked from
	Key      string // the answer's idempotency key
	UndoKey  string
	Deck     int64 // the deck under review, 0 for all
	DeckName string
	Asked    int64 // when the question was asked, Unix milliseconds
	Show     bool  // whether the answer is on the page
	Front    string
	Context  string
	Back     string
	Face     *Face // how the card is shown, nil for Front, Context and Back as they are
	Math     bool  // there may be formulas in Front or Back
	Source   Quote
	Counts   Counts
	Drill    bool // the card has been answered today and is asked again
	Done     int
	Total    int
	Grades   []GradeButton
	CanEdit  bool
	CanUndo  bool
	Typed    bool    // the answer is typed
	Judged   *Judged // how it was, once it is typed
	Leech    bool    // it was forgotten again and again
	Lapses   int     // how often
	Mnemonic string  // what the person keeps with the answer
}

// Judged is a typed answer and how it was.
type Judged struct {
	Given   string
	Verdict string // right, close or wrong
	Reason  string
	Answer  string
	Belongs int64  // the card whose answer it is, 0 for none
	Other   string // its front
}

// Typing reports whether an answer is to be typed before the card is turned.
func (r *Review) Typing() bool { return !r.Show && (r.Typed || r.Face != nil && r.Face.Typing) }

// Field reports whether the page has to show a field for it: some cards have their own.
func (r *Review) Field() bool { return r.Typing() && (r.Face == nil || !r.Face.Typing) }

// Template is the name of the page's template.
func (*Review) Template() string { return "review" }

// Counts are the sizes of today's piles.
type Counts struct{ New, Due, Drill int }

// GradeButton is one way to grade an answer.
type GradeButton struct {
	Grade  cards.Grade
	Label  string
	Name   string // class of the button
	Keys   string // keys that press it, separated by spaces
	Hint   string // the key that is shown
	When   string // when the card would come back: "9 days"
	Drill  bool   // it would come back today as well
	Common bool   // the one with the thick border

	Proposed bool // by what was typed
}

// Quote is a sentence of an article with the answer marked in it.
type Quote struct {
	Before, Marked, After string
	Article               string
	Href                  string // of the article, "" when the viewer may not open it
}

// Done is the page after the last card of the day.
type Done struct {
	Layout
	Day        cards.Day
	Cards      int // different cards answered today
	Spent      time.Duration
	Remembered int
	Of         int
	Tomorrow   int
	MoreNew    int // new cards that could be added today, 0 for none
	Missed     []Missed
	Key        string // of the undo
	CanUndo    bool
	Deck       int64
	DeckName   string
	Paused     bool // the deck is
	Elsewhere  int  // cards to review in other decks, when one deck was under review
}

// Template is the name of the page's template.
func (*Done) Template() string { return "done" }

// Missed is a card that was not remembered today.
type Missed struct {
	Card        int64
	Front, Back string
}
