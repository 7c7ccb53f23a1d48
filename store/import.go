package store

import (
	"time"

	"recto/cards/formats"
)

// ImportID identifies an import of one user; 0 is none.
type ImportID int64

// Duplicates says what becomes of a note that is there already and differs.
type Duplicates string

// The ways with duplicates.
const (
	TakeNewer  Duplicates = ""       // the file's where it was changed later, or does not say when
	KeepMine   Duplicates = "mine"   // as it stands here
	TakeTheirs Duplicates = "theirs" // as the file has it
	AddBoth    Duplicates = "both"   // the file's becomes a note of its own
)

// Choices are what a person chose about an import. The zero value takes all of it.
type Choices struct {
	File       string // its name, for the list of imports
	Deck       DeckID // the user's deck that takes all new cards
	NewDeck    string // or its name, of a deck that is made unless there is one
	Duplicates Duplicates
	Without    formats.Parts
}

// Fate is what becomes of a note of a file.
type Fate string

// The fates of notes.
const (
	FateNew     Fate = "new"
	FateChanged Fate = "changed" // is there, and takes the file's fields
	FateKept    Fate = "kept"    // is there and differs, and stays as it is
	FateSame    Fate = "same"    // is there already
)

// Plan is what an import does, or did.
type Plan struct {
	Format string
	File   string
	Notes  NoteCounts
	Cards  CardCounts
	// Answers that were given elsewhere and are not known here yet.
	Reviews   int
	Unread    int // things that could not be read
	Decks     []PlannedDeck
	NoteTypes []string // new ones
	Articles  int      // new ones
	Media     MediaCounts
	First     []PlannedNote // a few, for a person to look at
	Troubles  []formats.Trouble
	Untold    int // troubles beyond those
}

// Nothing reports whether the import changes nothing.
func (p Plan) Nothing() bool {
	return p.Notes.New+p.Notes.Changed+p.Cards.New+p.Cards.Newer+p.Cards.Thrown+p.Reviews+p.Media.New+p.Articles == 0
}

// NoteCounts counts notes by what becomes of them.
type NoteCounts struct{ New, Changed, Kept, Same int }

// CardCounts counts cards. Started are the new ones that come with progress; Newer and
// Older are those that are there, by whose progress is the later: Newer ones take
// the file's, Older ones keep their own. Thrown ones come into the trash.
type CardCounts struct{ New, Changed, Kept, Same, Started, Newer, Older, Thrown int }

// PlannedDeck is a deck that gets cards.
type PlannedDeck struct {
	Name  string
	ID    DeckID // 0 for one that is made
	Cards int    // new ones in it
}

// MediaCounts counts media and the bytes of the new ones.
type MediaCounts struct {
	New, Same, Renamed int
	Bytes              int64
}

// PlannedNote is a note of the file with its first card.
type PlannedNote struct {
	Fate        Fate
	Front, Back string
	Deck        string
}

// Imported is an import that was carried out.
type Imported struct {
	ID    ImportID
	At    time.Time
	Back  bool // it was taken back
	Plan  Plan // what it did
	Decks []DeckID
}

// TakenBack is what taking an import back did.
type TakenBack struct {
	Notes, Cards int     // that went to the trash
	Restored     int     // notes and cards that are again as they were before
	Studied      int     // notes that stay, because a card of them was answered since
	Edited       int     // notes that stay as they are, because they were changed since
	Items        []int64 // in the trash, one a deck, that bring them back
	Item         int64   // the first of them, 0 for none
}
