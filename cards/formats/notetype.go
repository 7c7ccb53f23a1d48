package formats

import "recto/cards"

// Study is t in the words of package cards: all that rendering a card needs.
func (t NoteType) Study() cards.NoteType {
	nt := cards.NoteType{Name: t.Name, CSS: t.CSS, Cloze: t.Cloze, Fields: make([]string, len(t.Fields)), Templates: make([]cards.Template, len(t.Templates))}
	for i, f := range t.Fields {
		nt.Fields[i] = f.Name
		if f.RTL {
			nt.RTL = append(nt.RTL, f.Name)
		}
	}
	for i, f := range t.Templates {
		nt.Templates[i] = cards.Template{Name: f.Name, Front: f.Front, Back: f.Back}
	}
	return nt
}

// NoteTypeOf is a note type that no other program knows.
func NoteTypeOf(t cards.NoteType) NoteType {
	nt := NoteType{Name: t.Name, CSS: t.CSS, Cloze: t.Cloze, Fields: make([]Field, len(t.Fields)), Templates: make([]Template, len(t.Templates))}
	for i, name := range t.Fields {
		nt.Fields[i].Name = name
		for _, rtl := range t.RTL {
			nt.Fields[i].RTL = nt.Fields[i].RTL || rtl == name
		}
	}
	for i, f := range t.Templates {
		nt.Templates[i] = Template{Name: f.Name, Front: f.Front, Back: f.Back}
	}
	return nt
}
