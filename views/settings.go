package views

import "recto/cards"

// Settings is the page of everything a person can choose, and of their account.
type Settings struct {
	Layout
	Form    SettingsForm
	Zones   []string
	Hours   []int // at which a day may begin
	SignIns []SignInLine
	Today   cards.Day

	Comeback *Comeback // nil where none runs
	Offers   *Offers   // what it can be changed into

	Problem Problem
	Saved   string // one sentence about what was just changed, "" for nothing
}

// Template is the name of the page's template.
func (*Settings) Template() string { return "settings" }

// Problem is one sentence about a form that could not be taken, and where it belongs.
type Problem struct {
	Part     string // "study", "password", "delete"
	Field    string
	Sentence string
}

// In is the sentence if the problem belongs to a part of the page, or "".
func (p Problem) In(part string) string {
	if p.Part != part {
		return ""
	}
	return p.Sentence
}

// SettingsForm is what a person chooses, as typed.
type SettingsForm struct {
	Zone         string
	Rollover     int
	New, Reviews string
	Theme        string
	Grades       int
	DrillFailed  bool // only failed cards come again the same day
	Siblings     bool // cards of one note never on the same day
}

// SignInLine is one browser in which the person is signed in.
type SignInLine struct {
	ID      int64
	Browser string
	Since   cards.Day
	Seen    cards.Day
	Current bool
}

// People is the administrator's page: the accounts of this server, and invitations.
type People struct {
	Layout
	People  []Person
	Today   cards.Day
	Mode    string // "open", "invite" or "closed"
	Link    string // the invitation that was just made, "" for none; it is shown once
	Uses    int    // accounts it can make
	Days    int    // for which it holds
	Problem Problem
}

// Template is the name of the page's template.
func (*People) Template() string { return "people" }

// Person is one account.
type Person struct {
	Name  string
	Since cards.Day
	Admin bool
	You   bool
}
