package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/render"
	"recto/store"
	"recto/views"
)

func (s *server) noteTypes(r *request) (reply, error) {
	p, err := s.noteTypesPage(r)
	if err != nil {
		return reply{}, err
	}
	return show(p)
}

func (s *server) noteTypesPage(r *request) (*views.NoteTypes, error) {
	list, err := s.store.NoteTypes(r.ctx, r.user.ID)
	if err != nil {
		return nil, err
	}
	p := &views.NoteTypes{}
	for _, t := range list {
		if builtIn(t.NoteType) {
			t.ID = 0 // it is not edited
		}
		line := views.TypeLine{ID: int64(t.ID), Label: typeLabel(t.Name), Fields: len(t.Fields), Cards: len(t.Templates), Cloze: t.Cloze, Notes: t.Notes}
		switch {
		case t.ID != 0:
			p.Own = append(p.Own, line)
		case t.Name != cards.ArticleNote.Name:
			p.Builtin = append(p.Builtin, line)
		}
		if t.Name != cards.ArticleNote.Name {
			p.Bases = append(p.Bases, views.TypeChoice{Name: t.Name, Label: typeLabel(t.Name)})
		}
	}
	slices.SortStableFunc(p.Bases, func(a, b views.TypeChoice) int { return rank(a.Name) - rank(b.Name) })
	p.Title, p.Place, p.Notice = "Kinds of notes", "decks", noticeOf(r)
	return p, nil
}

func (s *server) createNoteType(r *request) (reply, error) {
	p, err := s.noteTypesPage(r)
	if err != nil {
		return reply{}, err
	}
	base, _, err := s.typeChoices(r, r.form.Get("base"))
	if err != nil {
		return reply{}, err
	}
	p.Name = r.line("name")
	for i := range p.Bases {
		p.Bases[i].Chosen = p.Bases[i].Name == base.Name
	}
	if !visible(p.Name) {
		p.Error = "Give it a name."
		return showAs(http.StatusUnprocessableEntity, p)
	}
	base.Name = p.Name
	id, err := s.store.AddNoteType(r.ctx, r.user.ID, base)
	if errors.Is(err, store.ErrNameTaken) {
		p.Error = "There is a kind of note of this name already. Choose another."
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/notetypes/%d?note=saved", id))
}

// builtIn reports whether a note type is Recto's own, as it was made: Recto writes
// notes of these itself, so that a person who wants another makes a copy.
func builtIn(t cards.NoteType) bool {
	return slices.ContainsFunc(cards.BuiltInNotes, func(own cards.NoteType) bool {
		return t.Name == own.Name && t.CSS == own.CSS && slices.Equal(t.Fields, own.Fields) && slices.Equal(t.Templates, own.Templates)
	})
}

// typeOf is the note type that the path names, which must be the user's.
func (s *server) typeOf(r *request) (store.NoteType, error) {
	id, err := r.param("type")
	if err != nil {
		return store.NoteType{}, err
	}
	list, err := s.store.NoteTypes(r.ctx, r.user.ID)
	if err != nil {
		return store.NoteType{}, err
	}
	for _, t := range list {
		if int64(t.ID) == id && !builtIn(t.NoteType) {
			return t, nil
		}
	}
	return store.NoteType{}, store.ErrNotFound
}

func (s *server) noteType(r *request) (reply, error) {
	t, err := s.typeOf(r)
	if err != nil {
		return reply{}, err
	}
	return show(noteTypePage(r, t))
}

func noteTypePage(r *request, t store.NoteType) *views.NoteType {
	p := &views.NoteType{ID: int64(t.ID), Name: t.Name, Cloze: t.Cloze, CSS: t.CSS, Notes: t.Notes}
	for i, name := range t.Fields {
		p.Fields = append(p.Fields, views.TypeField{From: i, Name: name, RTL: slices.Contains(t.RTL, name)})
	}
	for i, tmpl := range t.Templates {
		p.Templates = append(p.Templates, views.TypeTemplate{From: i, Name: tmpl.Name, Front: tmpl.Front, Back: tmpl.Back})
	}
	openRows(p)
	p.Title, p.Place, p.Notice, p.Script = "Kind of note", "decks", noticeOf(r), "editor.js"
	return p
}

// openRows leaves room on the page for one more field and one more card.
func openRows(p *views.NoteType) {
	p.Fields = append(p.Fields, views.TypeField{From: -1})
	if !p.Cloze {
		p.Templates = append(p.Templates, views.TypeTemplate{From: -1})
	}
}

// readType reads a note type out of its form.
func readType(r *request, t store.NoteType) (p *views.NoteType, e store.TypeEdit) {
	p = noteTypePage(r, t)
	p.Name, p.CSS, p.Fields, p.Templates = r.line("name"), r.text("css"), nil, nil
	e.Name, e.CSS, e.Cloze = p.Name, p.CSS, t.Cloze
	for _, f := range readFields(r) {
		p.Fields, e.Fields, e.FieldFrom = append(p.Fields, f), append(e.Fields, f.Name), append(e.FieldFrom, f.From)
		if f.RTL {
			e.RTL = append(e.RTL, f.Name)
		}
	}
	for i, front := range r.form["template-front"] {
		tmpl := views.TypeTemplate{From: formNumber(r, "template-from", i), Name: formLine(r, "template-name", i), Front: lines(front), Back: lines(formValue(r, "template-back", i))}
		if tmpl.Front == "" && (tmpl.From < 0 || tmpl.Back == "") {
			continue // none was added, or it is taken away
		}
		if !visible(tmpl.Name) {
			tmpl.Name = fmt.Sprintf("Card %d", len(e.Templates)+1)
		}
		p.Templates = append(p.Templates, tmpl)
		e.Templates = append(e.Templates, cards.Template{Name: tmpl.Name, Front: tmpl.Front, Back: tmpl.Back})
		e.TemplateFrom = append(e.TemplateFrom, tmpl.From)
	}
	openRows(p)
	return p, e
}

// readFields are the fields of a note type's form that have a name, by their places.
func readFields(r *request) []views.TypeField {
	type placed struct {
		views.TypeField
		place int
	}
	var list []placed
	for i := range r.form["field-name"] {
		if name := formLine(r, "field-name", i); name != "" {
			f := views.TypeField{From: formNumber(r, "field-from", i), Name: name, RTL: slices.Contains(r.form["field-rtl"], strconv.Itoa(i))}
			list = append(list, placed{f, formNumber(r, "field-place", i)})
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return a.place - b.place })
	fields := make([]views.TypeField, len(list))
	for i, f := range list {
		fields[i] = f.TypeField
	}
	return fields
}

// formValue is value i of a field that a form has several times; "" for none.
func formValue(r *request, name string, i int) string {
	if list := r.form[name]; i < len(list) {
		return clean(list[i])
	}
	return ""
}

func formLine(r *request, name string, i int) string {
	return strings.Join(strings.Fields(formValue(r, name, i)), " ")
}

// formNumber is a whole number of a form, -1 where there is none.
func formNumber(r *request, name string, i int) int {
	n, err := strconv.Atoi(formValue(r, name, i))
	if err != nil || n < -1 || n > 9999 {
		return -1
	}
	return n
}

func lines(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(clean(text), "\r\n", "\n"), "\r", "\n"))
}

func (s *server) editNoteType(r *request) (reply, error) {
	t, err := s.typeOf(r)
	if err != nil {
		return reply{}, err
	}
	p, e := readType(r, t)
	if r.form.Get("preview") == "1" {
		p.Faults = faultsOf(e.NoteType)
		p.Preview, err = s.previewType(r, e.NoteType)
		return showPreview(p, p.Preview), err
	}
	err = s.store.EditNoteType(r.ctx, r.user.ID, t.ID, e, r.now)
	var refused *store.Refusal
	switch {
	case err == nil:
		return goTo(fmt.Sprintf("/notetypes/%d?note=saved", t.ID))
	case errors.Is(err, store.ErrNameTaken):
		p.Error = "There is a kind of note of this name already. Choose another."
	case errors.As(err, &refused):
		p.Error = asSentence(refused.Sentence)
	default:
		return reply{}, err
	}
	return showAs(http.StatusUnprocessableEntity, p)
}

// asSentence begins with a capital letter and ends with a stop.
func asSentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// sampleNote is a note of a type with something in every field.
func sampleNote(t cards.NoteType) cards.Note {
	values := make([]string, len(t.Fields))
	for i, name := range t.Fields {
		values[i] = toField(name)
		if t.Cloze && i == 0 {
			values[i] = "A text with {{c1::a gap::a hint}} in it."
		}
	}
	return cards.Note{Type: t.Name, Fields: t.Named(values)}
}

// previewType shows the cards of a note that has the names of its fields in them.
func (s *server) previewType(r *request, t cards.NoteType) (*views.Preview, error) {
	if len(t.Fields) == 0 || len(t.Templates) == 0 {
		return &views.Preview{Empty: "A kind of note needs a field and a card."}, nil
	}
	return s.preview(r, r.user.ID, t, sampleNote(t), "Deck", "")
}

// faultsOf are sentences about what is wrong with the templates of a type, and where.
func faultsOf(t cards.NoteType) []string {
	var list []string
	n := sampleNote(t)
	for i, tmpl := range t.Templates {
		var fault *render.Fault
		if _, _, err := render.Card(n, t, i, render.Options{}); errors.As(err, &fault) {
			list = append(list, fmt.Sprintf("Template “%s”: %v.", tmpl.Name, fault))
		}
	}
	return list
}

func (s *server) deleteNoteType(r *request) (reply, error) {
	t, err := s.typeOf(r)
	if err != nil {
		return reply{}, err
	}
	err = s.store.DeleteNoteType(r.ctx, r.user.ID, t.ID)
	var refused *store.Refusal
	if errors.As(err, &refused) {
		p := noteTypePage(r, t)
		p.Error = asSentence(refused.Sentence)
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return reply{}, err
	}
	return goTo("/notetypes")
}
