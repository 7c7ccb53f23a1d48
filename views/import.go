package views

import "recto/cards"

// ImportChoose is the page on which the files of decks are chosen, with what was
// imported before.
type ImportChoose struct {
	Layout
	Key           string
	Text, Address string // as typed before
	Error         string // one sentence, "" at first
	Field         string // the field that the error is about
	Fetches       bool   // whether decks can be had by address
	Accept        string // the endings of files that are read, for the browser's dialogue
	Formats       []string
	Largest       int64 // bytes of all files together
	Most          int   // files at once
	Waiting       []ImportWaiting
	Earlier       []ImportLine
	Today         cards.Day
}

// Template is the name of the page's template.
func (*ImportChoose) Template() string { return "import-choose" }

// ImportWaiting is what was sent and is not imported yet.
type ImportWaiting struct {
	ID, Name string
	Working  bool
}

// ImportLine is one import of the past.
type ImportLine struct {
	ID        int64
	Name      string
	Day       cards.Day
	Cards     int // that it added
	Changed   int // that it changed
	TakenBack bool
}

// ImportJob is the page that shows how far the reading or saving of a file is.
type ImportJob struct {
	Layout
	ID          string
	Name        string
	Saving      bool
	Fetching    bool
	Waiting     bool // for another file
	Done, Total int
}

// Template is the name of the page's template.
func (*ImportJob) Template() string { return "import-job" }

// Percent is how much of it is done.
func (p *ImportJob) Percent() int { return 100 * p.Done / max(p.Total, 1) }

// Import is the preview: what is in a file, and what importing it would do. Nothing
// is saved yet.
type Import struct {
	Layout
	ID, Name  string
	Format    string
	Bytes     int64
	Again     string // what has changed since the button was pressed, "" for nothing
	Error     string // why nothing can be read, "" when something can
	Retry     bool   // reading it once more may go better
	Formats   []string
	Counts    ImportCounts
	Has       ImportHas
	Table     *ImportTable // of a text whose columns can be said, nil for others
	Rows      []ImportRow  // the first cards
	Troubles  []ImportTrouble
	Untold    int // further ones
	Into      ImportInto
	Duplicate string // "newer", "mine", "theirs" or "both"
	Progress  bool   // take it over
	Button    string // what pressing it does
}

// Template is the name of the page's template.
func (*Import) Template() string { return "import" }

// AsksProgress reports whether there is progress that may be taken over.
func (p *Import) AsksProgress() bool { return p.Has.Studied+p.Has.Reviews > 0 }

// AsksDuplicates reports whether cards of the file differ from cards that are here.
func (p *Import) AsksDuplicates() bool {
	return p.Counts.Changed+p.Counts.Kept > 0 || p.Duplicate != "newer"
}

// ImportCounts are how many cards importing would add and so on. Kept ones are here
// and differ, Newer ones are here and get the later progress of the file.
type ImportCounts struct {
	New, Changed, Kept, Same, Newer, Unread int
}

// ImportHas is what a file holds besides its cards.
type ImportHas struct {
	Notes, Cards, Reviews, Media int
	Studied                      int // cards with progress
	MediaBytes                   int64
	Decks                        []ImportPart
	Types                        []ImportPart
	MoreDecks, MoreTypes         int
}

// ImportPart is a deck or a note type of a file.
type ImportPart struct {
	Name  string
	Count int
}

// ImportRow is one card of a file.
type ImportRow struct {
	Line        int // 0 where lines mean nothing
	Front, Back string
	Deck        string
}

// ImportTrouble is one thing that cannot be read or was repaired.
type ImportTrouble struct {
	Text    string
	Skipped bool
}

// ImportOption is one choice of a list.
type ImportOption struct {
	Value, Label string
	Chosen       bool
}

// ImportTable is how a text is cut into columns.
type ImportTable struct {
	Layout     string // what the columns were found with; they mean nothing with another
	Open       bool   // something has been chosen otherwise, or nothing could be read
	Separators []ImportOption
	Other      string // a separator that is not in the list
	Between    []ImportOption
	Header     []ImportOption
	HTML       []ImportOption
	Encodings  []ImportOption
	Columns    []ImportColumn
	Rows       []ImportCells
}

// ImportColumn is one column and what it can be.
type ImportColumn struct {
	Number  int
	Options []ImportOption
}

// ImportCells is one row of a text.
type ImportCells struct {
	Line  int
	Cells []string
}

// ImportInto is where the cards go.
type ImportInto struct {
	Place   string // "file", "deck" or "new"
	Decks   []DeckChoice
	Deck    int64
	NewName string
	Names   []string // of the decks of the file
}

// Imported is the report of an import.
type Imported struct {
	Layout
	ID        int64
	Name      string
	Day       cards.Day
	Today     cards.Day
	Lead      string // "231 cards are in French Revolution."
	Lines     []string
	Deck      DeckChoice // that most cards went to, the zero one for none
	Due       bool       // whether there is something of it to review
	Decks     []DeckChoice
	Troubles  []ImportTrouble
	Untold    int
	TakenBack bool
}

// Template is the name of the page's template.
func (*Imported) Template() string { return "imported" }

// ImportGone is the page of a file that is no longer there.
type ImportGone struct{ Layout }

// Template is the name of the page's template.
func (*ImportGone) Template() string { return "import-gone" }

// DeckExport is the page on which a deck is downloaded.
type DeckExport struct {
	Layout
	Deck    DeckLine
	Formats []ExportFormat
}

// Template is the name of the page's template.
func (*DeckExport) Template() string { return "deckexport" }

// ExportFormat is one kind of file that a deck can be had in.
type ExportFormat struct {
	ID, Name, Ending string
	Loses            string // the end of a sentence, "" if nothing
	Chosen           bool
}
