package web

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/render"
	"recto/store"
	"recto/views"
)

const (
	maxField     = 100_000 // bytes of one field of a note
	mostPreviews = 20      // cards of a note that a preview shows
)

// plainNote reports whether notes of a type are edited as a question and an answer:
// Recto's own types, whatever they look like.
func plainNote(t cards.NoteType) bool {
	return slices.ContainsFunc([]cards.NoteType{cards.BasicNote, cards.ArticleNote}, func(own cards.NoteType) bool {
		return t.Name == own.Name && slices.Equal(t.Fields, own.Fields)
	})
}

// formOfNote is a note of a type, as it is edited.
func formOfNote(t cards.NoteType, fields []cards.Field, tags []string) views.NoteForm {
	f := views.NoteForm{Type: t.Name, Cloze: t.Cloze, Tags: strings.Join(tags, " ")}
	for i, name := range t.Fields {
		n := views.NoteField{ID: fmt.Sprintf("f%d", i), Index: i, Label: name, RTL: slices.Contains(t.RTL, name), First: i == 0 && !t.Cloze}
		if plainNote(t) {
			if i > 1 {
				break // what an article's card has besides comes from its article
			}
			n.ID, n.Label, n.First = strings.ToLower(name), [2]string{"Question", "Answer"}[i], true
		}
		if i < len(fields) {
			n.Value, n.HTML = asEdited(fields[i].Value)
		}
		f.Fields = append(f.Fields, n)
	}
	return f
}

// asEdited is the HTML of a field as a person edits it: as text where it says no more
// than its text does.
func asEdited(value string) (text string, markup bool) {
	lines := strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(value)
	if strings.Contains(lines, "<") {
		return value, true
	}
	return strings.ReplaceAll(html.UnescapeString(lines), "\u00a0", " "), false
}

// readNote reads a note of a type out of a form, and says what is wrong with it. The
// fields that were before, none of a new note, stay to the byte where they were left.
func readNote(r *request, t cards.NoteType, before []cards.Field) (views.NoteForm, []cards.Field) {
	f := formOfNote(t, before, nil)
	f.Tags = r.line("tags")
	fields := t.Named(nil)
	copy(fields, before)
	for i := range f.Fields {
		n := &f.Fields[i]
		was, text := *n, r.text(n.ID)
		n.Value, n.HTML = text, r.form.Get(n.ID+"-html") == "1"
		switch {
		case n.HTML == was.HTML && text == lines(was.Value):
		case n.HTML:
			fields[n.Index].Value = text
		default:
			fields[n.Index].Value = toField(text)
		}
		if len(text) > maxField && f.Error == "" {
			f.Error, f.Field = fmt.Sprintf("“%s” is too long for a card. Split the note into several.", n.Label), n.ID
		}
	}
	if f.Error == "" {
		f.Error, f.Field = lacks(t, f, fields)
	}
	return f, fields
}

// lacks says what a note needs before it makes a card, and in which field.
func lacks(t cards.NoteType, f views.NoteForm, fields []cards.Field) (sentence, field string) {
	switch {
	case plainNote(t):
		for i, sentence := range []string{"A card needs a question.", "A card needs an answer."} {
			if !showsAnything(f.Fields[i]) {
				return sentence, f.Fields[i].ID
			}
		}
	case t.Cloze:
		for _, v := range fields {
			if len(render.ClozeNumbers(v.Value)) > 0 {
				return "", ""
			}
		}
		return "There is no gap in this note. Mark what is to be asked like this: {{c1::Paris}}.", f.Fields[0].ID
	case !showsAnything(f.Fields[0]):
		return fmt.Sprintf("Fill in “%s”: it is what the note is known by.", f.Fields[0].Label), f.Fields[0].ID
	}
	return "", ""
}

func showsAnything(f views.NoteField) bool {
	if f.HTML {
		return render.Filled(f.Value)
	}
	return visible(f.Value)
}

// showPreview answers with the form of a note and the preview of its cards.
func showPreview(page views.Page, p *views.Preview) reply {
	rep := reply{page: page}
	if p != nil && len(p.Cards) > 0 {
		rep.policy = withStyle(p.Style)
	}
	return rep
}

// preview shows the cards that a note would make, and the style sheet for all of them;
// a note that lacks something makes none, and the sentence about it is shown.
func (s *server) preview(r *request, owner store.UserID, t cards.NoteType, n cards.Note, deck, lacks string) (*views.Preview, error) {
	if lacks != "" {
		return &views.Preview{Empty: lacks}, nil
	}
	p := &views.Preview{}
	values := make([]string, len(n.Fields))
	for i, f := range n.Fields {
		values[i] = f.Value
	}
	ordinals := render.Ordinals(t, values)
	o := render.Options{Media: s.mediaOf(r, owner), Deck: deck}
	var style strings.Builder
	for i, ordinal := range ordinals {
		if i == mostPreviews {
			p.More = len(ordinals) - i
			break
		}
		f, sheet, err := faceOf(n, t, ordinal, o, r.user.Settings.Theme == "dark")
		if err != nil {
			return nil, err
		}
		f.Front = template.HTML(strings.ReplaceAll(string(f.Front), ` form="card-answer"`, "")) // #nosec G203 -- an attribute less
		style.WriteString(string(sheet))
		p.Cards = append(p.Cards, views.PreviewCard{Name: cardName(t, ordinal), Face: f})
	}
	p.Style = template.CSS(style.String()) // #nosec G203 -- of what cards/render has cleaned
	return p, nil
}

// cardName says which card of its note one is.
func cardName(t cards.NoteType, ordinal int) string {
	switch {
	case t.Cloze:
		return fmt.Sprintf("Gap %d", ordinal+1)
	case ordinal < len(t.Templates) && visible(t.Templates[ordinal].Name):
		return t.Templates[ordinal].Name
	}
	return fmt.Sprintf("Card %d", ordinal+1)
}

// typeChoices are the note types of a user, with the one called name chosen.
func (s *server) typeChoices(r *request, name string) (chosen cards.NoteType, list []views.TypeChoice, err error) {
	types, err := s.store.NoteTypes(r.ctx, r.user.ID)
	if err != nil {
		return chosen, nil, err
	}
	chosen = cards.BasicNote
	for _, t := range types {
		if t.Name == name {
			chosen = t.NoteType
		}
	}
	slices.SortStableFunc(types, func(a, b store.NoteType) int { return rank(a.Name) - rank(b.Name) })
	for _, t := range types {
		if t.Name != cards.ArticleNote.Name {
			list = append(list, views.TypeChoice{Name: t.Name, Label: typeLabel(t.Name), Chosen: t.Name == chosen.Name})
		}
	}
	return chosen, list, nil
}

// rank puts the built-in types first, in their order.
func rank(name string) int {
	i := slices.IndexFunc(cards.BuiltInNotes, func(t cards.NoteType) bool { return t.Name == name })
	if i < 0 {
		return len(cards.BuiltInNotes)
	}
	return i
}

// typeLabel says what a note type is for, where its name does not.
func typeLabel(name string) string {
	switch name {
	case cards.BasicNote.Name:
		return "Question and answer"
	case cards.ReversedNote.Name:
		return "Question and answer, both ways"
	case cards.ClozeNote.Name:
		return "Text with gaps"
	}
	return name
}
