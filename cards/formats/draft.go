package formats

import (
	"encoding/json"
	"errors"
	"io"
	"time"

	"recto/cards"
)

// Extras are what a program keeps and Recto has no word for, as JSON, by a key
// that starts with the format's name: "anki.latexPre". A writer of the same format
// gives them back; others pass them by. nil is none.
type Extras map[string]json.RawMessage

// Draft is what a file held. Everything refers to everything else by its index in
// these slices. A Draft belongs to one goroutine.
type Draft struct {
	Format    string // the ID of the format it was read from
	Made      time.Time
	NoteTypes []NoteType
	Notes     []Note
	Decks     []Deck
	Presets   []Preset
	Cards     []Card
	Reviews   []Review
	Media     []Media
	Articles  []json.RawMessage // Recto's own articles with their facts
	Troubles  []Trouble
	Untold    int // troubles beyond those of Troubles
	Extras    Extras

	closers []io.Closer
}

// NoteType says which fields its notes have and which cards they make.
type NoteType struct {
	ID        int64      `json:"id,omitempty"` // in the file it came from; 0 for none
	Name      string     `json:"name"`
	Fields    []Field    `json:"fields"`
	Templates []Template `json:"templates"` // of a cloze type only the first counts
	CSS       string     `json:"css"`
	Cloze     bool       `json:"cloze,omitempty"`
	SortField int        `json:"sortField,omitempty"`
	Modified  time.Time  `json:"modified,omitzero"`
	Extras    Extras     `json:"extras,omitempty"`
}

// Field is one field of a NoteType.
type Field struct {
	Name   string `json:"name"`
	RTL    bool   `json:"rtl,omitempty"` // written from right to left
	Extras Extras `json:"extras,omitempty"`
}

// Template makes one card of a note, in Anki's template language.
type Template struct {
	Name   string `json:"name"`
	Front  string `json:"front"`
	Back   string `json:"back"`
	Extras Extras `json:"extras,omitempty"`
}

// Note is what is to be learnt. Fields are HTML in the order of its NoteType's
// fields, as many as those.
type Note struct {
	ID       int64     `json:"id,omitempty"` // in the file it came from, and then unique there; 0 for none
	GUID     string    `json:"guid"`         // the same in every file that holds this note; "" when the format has none
	Type     int       `json:"type"`         // index of NoteTypes
	Fields   []string  `json:"fields"`
	Tags     []string  `json:"tags"`
	Created  time.Time `json:"created,omitzero"`
	Modified time.Time `json:"modified,omitzero"`
	Line     int       `json:"-"` // where a text file has it, from 1; 0 elsewhere
	Extras   Extras    `json:"extras,omitempty"`
}

// Deck is a named collection of cards; "::" separates levels.
type Deck struct {
	ID          int64     `json:"id,omitempty"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Preset      int       `json:"preset"`             // index of Presets; -1 for none
	Filtered    bool      `json:"filtered,omitempty"` // a saved search: no card's home
	Trashed     bool      `json:"trashed,omitempty"`  // it lies in the trash with its cards
	Modified    time.Time `json:"modified,omitzero"`
	Extras      Extras    `json:"extras,omitempty"`
}

// Preset is how much of a deck is studied a day.
type Preset struct {
	ID     int64        `json:"id,omitempty"`
	Name   string       `json:"name"`
	Limits cards.Limits `json:"limits"`
	Extras Extras       `json:"extras,omitempty"`
}

// State is where a card stands in its learning.
type State string

// The states of a card.
const (
	New        State = "new"
	Learning   State = "learning"   // asked again within minutes or days, not yet known
	Reviewing  State = "review"     // asked after growing intervals
	Relearning State = "relearning" // failed after it had been known
)

// Burial says who put a card off to the next day.
type Burial string

// Who buried a card.
const (
	NotBuried         Burial = ""
	BuriedByScheduler Burial = "scheduler" // a sibling was asked
	BuriedByUser      Burial = "user"
)

// Card is one question of a note with one person's progress.
type Card struct {
	ID        int64
	Note      int // index of Notes
	Ordinal   int // index of Templates, or the cloze number less one
	Deck      int // index of Decks: the home deck, never a filtered one
	State     State
	Position  int64     // a new card's place in the line; that which it had before, otherwise; 0 when not known
	Due       cards.Day // the day a card that is not new is to be asked
	DueAt     time.Time // the moment it is, for a card learnt within the day; else zero
	Interval  int       // days; below 0 seconds
	Ease      int       // permille: 2500 is an E-Factor of 2.50; 0 for a card without one
	Reps      int       // answers ever given
	Passes    int       // answers passed in a row; -1 when the format does not say
	Lapses    int
	Left      int // answers until the card leaves learning
	Flag      int // 0 for none, 1 to 7 a colour
	Suspended bool
	Buried    Burial
	Trashed   bool // it lies in the trash by itself; Deck is where it would come back to
	Modified  time.Time
	Memory    string          // as it came: JSON of what a scheduler knows, such as FSRS's stability (Anki's cards.data)
	Schedule  *cards.Schedule // Recto's own, exactly; nil in files of others
	Extras    Extras
}

// ReviewKind says what happened.
type ReviewKind string

// The kinds of review.
const (
	ReviewLearn      ReviewKind = "learn"
	ReviewDue        ReviewKind = "review"
	ReviewRelearn    ReviewKind = "relearn"
	ReviewEarly      ReviewKind = "early"    // in a filtered deck, or before its day
	ReviewManual     ReviewKind = "manual"   // a person set the schedule
	ReviewReschedule ReviewKind = "schedule" // the program set the schedule
)

// Review is one line of the log.
type Review struct {
	Card     int   // index of Cards; -1 when the card is gone
	CardID   int64 // as in the file, also when the card is gone
	At       time.Time
	Kind     ReviewKind
	Button   int         // Anki's: 1 again, 2 hard, 3 good, 4 easy; 0 when it was no answer
	Grade    cards.Grade // what the format says, or GradeOf(Button); meaningful when Button > 0
	Interval int         // after it: days; below 0 seconds
	Last     int         // before it, likewise
	Ease     int         // permille after it; with FSRS the difficulty, 100 to 1100
	Took     time.Duration
	Event    *Event // what Recto's own log says; nil in files of others
	Extras   Extras
}

// Event is a cards.Review as far as Review has no place for it. The events of a card
// stand in the order in which they happened.
type Event struct {
	Key      string          `json:"key"`
	Zone     string          `json:"zone"`
	Rollover int             `json:"rollover"`
	Day      cards.Day       `json:"day"`
	Kind     cards.EventKind `json:"kind"`
	Before   cards.Schedule  `json:"before"`
	After    cards.Schedule  `json:"after"`
	Undoes   string          `json:"undoes,omitempty"` // the key of the event that was taken back
}

// GradeOf is the SuperMemo grade of one of Anki's four buttons.
func GradeOf(button int) cards.Grade {
	switch button {
	case 2:
		return cards.Hard
	case 3:
		return cards.Good
	case 4:
		return cards.Easy
	}
	return cards.Again
}

// ButtonOf is the button of Anki that says the same as g.
func ButtonOf(g cards.Grade) int {
	switch g {
	case cards.Easy:
		return 4
	case cards.Good:
		return 3
	case cards.Hard:
		return 2
	}
	return 1
}

// Media is one picture or sound. Its Name is a single safe path component and
// unique in the Draft; fields name it so.
type Media struct {
	Name   string
	Size   int64
	SHA256 [32]byte
	// Open reads the content anew, exactly Size bytes; valid until the Draft is closed.
	Open func() (io.ReadCloser, error)
}

// Own makes c be closed together with the Draft.
func (d *Draft) Own(c io.Closer) { d.closers = append(d.closers, c) }

// Close gives up the files that the Draft's media are read from.
func (d *Draft) Close() error {
	var err error
	for i := len(d.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, d.closers[i].Close())
	}
	d.closers = nil
	return err
}

// Youngest is the latest time that stands in the Draft, or 1970 for none.
func (d *Draft) Youngest() time.Time {
	t := time.Unix(0, 0).UTC()
	see := func(u time.Time) {
		if u.After(t) {
			t = u
		}
	}
	see(d.Made)
	for i := range d.Notes {
		see(d.Notes[i].Created)
		see(d.Notes[i].Modified)
	}
	for i := range d.Cards {
		see(d.Cards[i].Modified)
	}
	for i := range d.Reviews {
		see(d.Reviews[i].At)
	}
	return t
}

// mostTroubles are told one by one; nobody reads more of them.
const mostTroubles = 1000

// Tell records a Trouble; of more than a thousand, only the number.
func (d *Draft) Tell(t Trouble) {
	if len(d.Troubles) >= mostTroubles {
		d.Untold++
		return
	}
	d.Troubles = append(d.Troubles, t)
}

// DeckNamed returns the index of the deck called name, which it adds if need be.
func (d *Draft) DeckNamed(name string) int {
	for i := range d.Decks {
		if d.Decks[i].Name == name {
			return i
		}
	}
	d.Decks = append(d.Decks, Deck{Name: name, Preset: -1})
	return len(d.Decks) - 1
}

// NewCard returns a card never answered, with passes none.
func NewCard(note, ordinal, deck int, position int64) Card {
	return Card{Note: note, Ordinal: ordinal, Deck: deck, State: New, Position: position}
}
