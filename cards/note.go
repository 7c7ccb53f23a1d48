package cards

// Field is one named field of a Note. The Value is HTML, as in Anki; text that a
// person typed plainly is escaped before it gets here.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Template makes one Card of a Note.
type Template struct {
	Name  string `json:"name"`
	Front string `json:"front"` // Anki's template language: {{Front}}
	Back  string `json:"back"`
}

// NoteType says which fields a Note has and which cards are made of it.
type NoteType struct {
	Name      string     `json:"name"`
	Fields    []string   `json:"fields"`
	Templates []Template `json:"templates"`
	CSS       string     `json:"css,omitempty"`
	Cloze     bool       `json:"cloze,omitempty"`
	RTL       []string   `json:"rtl,omitempty"` // the fields that are written from right to left
}

// Named is the values of a note's fields with their names. A value too few is empty.
func (t NoteType) Named(values []string) []Field {
	fields := make([]Field, len(t.Fields))
	for i, name := range t.Fields {
		fields[i].Name = name
		if i < len(values) {
			fields[i].Value = values[i]
		}
	}
	return fields
}

// Note is what is to be learnt.
type Note struct {
	GUID   string   `json:"guid"`
	Type   string   `json:"type"` // the NoteType's name
	Fields []Field  `json:"fields"`
	Tags   []string `json:"tags,omitempty"`
}

// ArticleNote is the NoteType of cards made from articles: one question with its
// proof beside the answer.
var ArticleNote = NoteType{
	Name:      "Article",
	Fields:    []string{"Front", "Back", "Context", "Source"},
	Templates: []Template{{Name: "Card 1", Front: "{{#Context}}<div class=\"context\">{{Context}}</div>{{/Context}}{{Front}}", Back: "{{FrontSide}}<hr id=\"answer\">{{Back}}<blockquote>{{Source}}</blockquote>"}},
}

// BasicNote is the NoteType of cards that a person writes: a front and a back.
var BasicNote = NoteType{
	Name:      "Basic",
	Fields:    []string{"Front", "Back"},
	Templates: []Template{{Name: "Card 1", Front: "{{Front}}", Back: "{{FrontSide}}<hr id=\"answer\">{{Back}}"}},
}

// ReversedNote is the NoteType of cards that are asked in both directions.
var ReversedNote = NoteType{
	Name:   "Basic (and reversed card)",
	Fields: []string{"Front", "Back"},
	Templates: []Template{
		{Name: "Card 1", Front: "{{Front}}", Back: "{{FrontSide}}<hr id=\"answer\">{{Back}}"},
		{Name: "Card 2", Front: "{{Back}}", Back: "{{FrontSide}}<hr id=\"answer\">{{Front}}"},
	},
}

// ClozeNote is the NoteType of texts with gaps: a card for each number of a gap.
var ClozeNote = NoteType{
	Name:      "Cloze",
	Fields:    []string{"Text", "Back Extra"},
	Templates: []Template{{Name: "Cloze", Front: "{{cloze:Text}}", Back: "{{cloze:Text}}{{#Back Extra}}<br>{{Back Extra}}{{/Back Extra}}"}},
	CSS:       ".cloze { font-weight: bold; }",
	Cloze:     true,
}

// BuiltInNotes are the NoteTypes that everyone has.
var BuiltInNotes = []NoteType{BasicNote, ReversedNote, ClozeNote, ArticleNote}
