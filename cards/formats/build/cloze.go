package build

import (
	"recto/cards"
	"recto/cards/formats"
	"recto/cards/render"
)

// Ordinals says which cards a note has, as render.Ordinals does, but that a field of
// nothing to see is empty also where it holds no-break spaces, which programs other
// than Anki leave behind.
func Ordinals(t formats.NoteType, fields []string) []int {
	kind := cards.NoteType{Cloze: t.Cloze}
	for _, f := range t.Fields {
		kind.Fields = append(kind.Fields, f.Name)
	}
	for _, tmpl := range t.Templates {
		kind.Templates = append(kind.Templates, cards.Template{Front: tmpl.Front})
	}
	values := make([]string, len(fields))
	for i, f := range fields {
		if Bare(f) != "" {
			values[i] = f
		}
	}
	return render.Ordinals(kind, values)
}

// ClozeNumbers are the numbers of {{c1::...}} in a field, from 1 to 500, in order of
// appearance; "{{c1,2::" has two.
func ClozeNumbers(field string) []int { return render.ClozeNumbers(field) }
