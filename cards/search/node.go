package search

// Node is a condition that a card fulfils or not.
type Node interface{ node() }

// And is fulfilled where all conditions are, Or where one of them is.
type (
	And []Node
	Or  []Node
	Not struct{ Node Node }
)

// The conditions on what stands in a note.
type (
	// Text is found anywhere in the fields. A Whole one has no letter or digit beside it.
	Text struct {
		Pattern Pattern
		Whole   bool
	}
	// Regexp is found in a field; Field is nil for any of them.
	Regexp struct {
		Field *Pattern
		Expr  string // of package regexp, where capitals make no difference
	}
	// Field is fulfilled where a field of that name is as Value says.
	Field struct {
		Name, Value Pattern
		At          int // where it stands in the query, in characters from 1
	}
)

// The conditions on where a card lies and what it is made of.
type (
	Deck     struct{ Name Pattern } // with the decks below it
	Tag      struct{ Name Pattern } // with those below it
	Untagged struct{}
	TagExpr  struct{ Expr string }
	Type     struct{ Name Pattern } // of the note
	// Dupe is a note of a type, by name or number, whose first field is exactly Text.
	Dupe struct {
		Type Pattern
		Text string
	}
	Card    struct{ Name Pattern } // the template's
	CardNo  struct{ N int }        // the template's, or the gap's, from 1
	Article struct{ Title Pattern }
	NotesIn struct{ IDs []int64 }
	CardsIn struct{ IDs []int64 }
)

// State is how a card stands.
type State string

// The states.
const (
	Due       State = "due"
	New       State = "new"
	Learning  State = "learn"
	Reviewed  State = "review"
	Suspended State = "suspended"
	Buried    State = "buried"
)

// The conditions on how one user stands to a card.
type (
	Flag struct{ Colour int } // 0 for none
	// Since is fulfilled where something happened in the last Days days, today with them.
	Since struct {
		What   Happening
		Days   int
		Button int // of Rated: 1 to 4, or 0 for any
	}
	// Prop compares a property with a number. Ease is in hundredths.
	Prop struct {
		Name  Property
		Op    string // = != < > <= >=
		Value int
	}
)

// Happening is something that happens to cards.
type Happening string

// What happens to cards.
const (
	Added      Happening = "added"
	Edited     Happening = "edited"
	Rated      Happening = "rated"
	Introduced Happening = "introduced" // rated for the first time
	Resched    Happening = "resched"    // given another day, or set back, by hand
)

// Property is a number that a card has.
type Property string

// The properties.
const (
	Interval Property = "ivl"    // in days
	DueIn    Property = "due"    // days from today, of a card that is asked again
	Ease     Property = "ease"   // in hundredths
	Lapses   Property = "lapses" // failures after a success
	Reps     Property = "reps"   // answers in all
	Place    Property = "pos"    // of a new card in the line, as another program gave it
)

func (And) node()      {}
func (Or) node()       {}
func (Not) node()      {}
func (Text) node()     {}
func (Regexp) node()   {}
func (Field) node()    {}
func (Deck) node()     {}
func (Tag) node()      {}
func (Untagged) node() {}
func (TagExpr) node()  {}
func (Type) node()     {}
func (Card) node()     {}
func (Dupe) node()     {}
func (CardNo) node()   {}
func (Article) node()  {}
func (NotesIn) node()  {}
func (CardsIn) node()  {}
func (State) node()    {}
func (Flag) node()     {}
func (Since) node()    {}
func (Prop) node()     {}
