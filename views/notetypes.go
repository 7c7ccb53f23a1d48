package views

// NoteTypes is the page of a user's kinds of notes.
type NoteTypes struct {
	Layout
	Own     []TypeLine
	Bases   []TypeChoice // that a new one may begin as
	Name    string
	Error   string
	Builtin []TypeLine // which are not edited
}

// Template is the name of the page's template.
func (*NoteTypes) Template() string { return "notetypes" }

// TypeLine is a note type in a list.
type TypeLine struct {
	ID     int64
	Label  string
	Fields int
	Cards  int // templates
	Cloze  bool
	Notes  int
}

// NoteType is the page on which a note type is edited.
type NoteType struct {
	Layout
	ID        int64
	Name      string
	Cloze     bool
	Fields    []TypeField
	Templates []TypeTemplate
	CSS       string
	Notes     int
	Error     string
	Preview   *Preview
	Faults    []string // what is wrong with a template, in the preview
}

// Template is the name of the page's template.
func (*NoteType) Template() string { return "notetype" }

// TypeField is one field of it; From is which one it was, -1 for a new one.
type TypeField struct {
	From int
	Name string
	RTL  bool
}

// TypeTemplate is one template of it; From is which one it was, -1 for a new one.
type TypeTemplate struct {
	From              int
	Name, Front, Back string
}
