package views

import "html/template"

// NoteForm is a note as a person edits it, of any note type.
type NoteForm struct {
	Type   string
	Cloze  bool // gaps make its cards
	Fields []NoteField
	Tags   string
	Error  string
	Field  string // the ID of the field that the error is about
}

// NoteField is one field of it.
type NoteField struct {
	ID    string // of the element, and its name in the form
	Index int    // among the note's fields
	Label string
	Value string
	HTML  bool // Value is HTML; else text, which is escaped when it is saved
	RTL   bool
	First bool // a note needs it
}

// TypeChoice is a note type that a new note may have.
type TypeChoice struct {
	Name   string
	Label  string
	Chosen bool
}

// Preview are the cards of a note that is not saved yet.
type Preview struct {
	Cards []PreviewCard
	More  int          // cards that are left out
	Style template.CSS // for all of them; the page's policy names its hash
	Empty string       // why there is no card
}

// PreviewCard is one of them.
type PreviewCard struct {
	Name string
	Face *Face
}

// CardLink is one of the cards of a note.
type CardLink struct {
	ID      int64
	Name    string
	When    string
	Current bool
}

// Media is the page of a user's pictures, sounds and films.
type Media struct {
	Layout
	Added  string // what to put into a field, "" when nothing was added just now
	Shown  string // the address of what was added
	Sound  bool
	Error  string
	Files  int
	Used   string
	Quota  string
	Larger string // what is too large
}

// Template is the name of the page's template.
func (*Media) Template() string { return "media" }
