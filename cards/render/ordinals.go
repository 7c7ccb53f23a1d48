package render

import (
	"slices"

	"recto/cards"
)

// Ordinals says which cards a note has, as Anki does: of a cloze type one for each
// number of a gap in its fields, or the first if there is none; of others one for
// each template whose front shows at least one field that is filled, or the first.
// The values are in the order of t.Fields.
func Ordinals(t cards.NoteType, values []string) []int { return Prepare(t).Ordinals(values) }

// Ordinals is like the function Ordinals.
func (p *Type) Ordinals(values []string) []int {
	var out []int
	if p.t.Cloze {
		for _, v := range values {
			for _, n := range ClozeNumbers(v) {
				out = append(out, n-1)
			}
		}
		slices.Sort(out)
		out = slices.Compact(out)
	} else {
		c := &context{fields: map[string]string{"Card": "x", "CardFlag": "x", "CardID": "x", "Deck": "x", "Subdeck": "x", "Type": "x"}}
		for i, f := range p.t.Fields {
			if i < len(values) {
				c.fields[f] = values[i]
			}
		}
		for i, tmpl := range p.templates {
			c.ordinal = i
			if c.shows(tmpl.front) {
				out = append(out, i)
			}
		}
	}
	if len(out) == 0 {
		return []int{0}
	}
	return out
}
