package views

import (
	"html/template"
	"time"

	"recto/cards"
	"recto/cards/stats"
)

// Stats is the page of figures.
type Stats struct {
	Layout
	Groups   []ScopeGroup // what the figures can be of, the chosen one marked
	Of       string       // name of what they are of, "" for everything
	Given    int          // answers so far
	Enough   bool         // to show figures
	Numbers  StatNumbers
	Meanings []Meaning
	Sections []StatSection
	Hardest  []HardLine
	HardSaid string // what "hardest" counts
	Exports  bool   // the files of everything, on the page of everything alone
}

// Template is the name of the page's template.
func (*Stats) Template() string { return "stats" }

// Left is how many answers are missing before figures appear.
func (s *Stats) Left() int { return max(stats.Least-s.Given, 0) }

// ScopeGroup is what figures can be of, some choices of a select under one heading, "" for none.
type ScopeGroup struct {
	Label   string
	Options []ScopeOption
}

// ScopeOption is one choice of a select.
type ScopeOption struct {
	Value, Label string
	Chosen       bool
}

// StatNumbers are the figures at the head of the page.
type StatNumbers struct {
	Remembered   stats.Share // of the last 30 days
	Studied      int         // of the last 30 days
	Known, Cards int
	Pace         time.Duration
	Spent        time.Duration // in all
	Answers      int           // in all
	Since        cards.Day     // the first day with an answer
	Week         Week
	WeekEnough   bool // to say how much was remembered
}

// Meaning is what a figure counts.
type Meaning struct{ Name, Says string }

// StatSection is one figure with its picture, its meaning and its table.
type StatSection struct {
	ID, Title string
	Meaning   string
	Plot      template.HTML // "" where the table or the sentence says all
	Name      string        // of the plot, as it is read out
	Newest    bool          // a plot that does not fit begins at its right end
	Said      string        // one sentence beneath, "" for none
	Key       []KeyLine     // of a whole and its parts
	Steps     template.HTML // the scale of a calendar
	Head      []string      // of the table
	Rows      [][]string
	Open      bool // the table is the figure
}

// KeyLine is one part of a whole, with the pattern it is drawn in.
type KeyLine struct {
	Swatch template.HTML
	Name   string
	N      int
	Share  int // percent
}

// HardLine is one of the hardest cards.
type HardLine struct {
	ID     int64
	Front  string
	Lapses int
	Factor cards.EFactor
}

// PaceText is Pace in seconds with a decimal: "7.4 s".
func (n StatNumbers) PaceText() string { return tenthsOfSecond(n.Pace) }
