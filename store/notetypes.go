package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/render"
)

// NoteTypeID identifies a note type of one user; 0 is none.
type NoteTypeID int64

// NoteType is a note type as its owner uses it.
type NoteType struct {
	ID NoteTypeID // 0 for a built-in one that the user has no note of yet
	cards.NoteType
	Notes int // of it
}

// noteType is a note type with its templates read.
type noteType struct {
	id         int64
	name       string // by which its owner knows it; definition.Name is that of the file it came from
	definition formats.NoteType
	study      cards.NoteType
	render     *render.Type
}

func newNoteType(id int64, name string, definition formats.NoteType) *noteType {
	study := definition.Study()
	study.Name = name
	return &noteType{id: id, name: name, definition: definition, study: study, render: render.Prepare(study)}
}

func readNoteType(id int64, name, definition string) (*noteType, error) {
	var d formats.NoteType
	if err := json.Unmarshal([]byte(definition), &d); err != nil {
		return nil, fmt.Errorf("read note type %q: %w", name, err)
	}
	return newNoteType(id, name, d), nil
}

// several reports whether a note can have more than one card.
func (nt *noteType) several() bool { return nt.study.Cloze || len(nt.study.Templates) > 1 }

// builtIn finds a note type that everyone has.
func builtIn(name string) (cards.NoteType, bool) {
	for _, t := range cards.BuiltInNotes {
		if t.Name == name {
			return t, true
		}
	}
	return cards.NoteType{}, false
}

// toJSON is v as it is stored. What is stored can always be written so.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// NoteTypes lists a user's note types by name, and the built-in ones.
func (s *Store) NoteTypes(ctx context.Context, user UserID) ([]NoteType, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT t.id, t.name, t.definition, (SELECT count(*) FROM notes n WHERE n.type_id = t.id)
		FROM note_types t WHERE t.user_id = ? AND t.name NOT LIKE ? ORDER BY t.name`, int64(user), stagedName+"%")
	if err != nil {
		return nil, wrap("note types", err)
	}
	defer rows.Close()
	list, have := []NoteType{}, map[string]bool{}
	for rows.Next() {
		var t NoteType
		var id int64
		var name, definition string
		if err := rows.Scan(&id, &name, &definition, &t.Notes); err != nil {
			return nil, wrap("note types", err)
		}
		nt, err := readNoteType(id, name, definition)
		if err != nil {
			return nil, wrap("note types", err)
		}
		t.ID, t.NoteType, have[name] = NoteTypeID(id), nt.study, true
		list = append(list, t)
	}
	for _, t := range cards.BuiltInNotes {
		if !have[t.Name] {
			list = append(list, NoteType{NoteType: t})
		}
	}
	return list, wrap("note types", rows.Err())
}

// noteType finds a note type of a user by name, or makes a built-in one theirs.
func (t *txn) noteType(user UserID, name string) (*noteType, error) {
	var id int64
	var text string
	err := t.row(`SELECT id, definition FROM note_types WHERE user_id = ? AND name = ?`, int64(user), name).Scan(&id, &text)
	if err == nil {
		return readNoteType(id, name, text)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	nt, ok := builtIn(name)
	if !ok {
		return nil, fmt.Errorf("there is no note type %q", name)
	}
	return t.addNoteType(user, name, formats.NoteTypeOf(nt))
}

func (t *txn) addNoteType(user UserID, name string, d formats.NoteType) (*noteType, error) {
	id, err := t.insert(`INSERT INTO note_types (user_id, name, definition) VALUES (?, ?, ?)`, int64(user), name, toJSON(d))
	return newNoteType(id, name, d), err
}

// ownNoteType reads a note type of the user's, or gives ErrNotFound.
func (t *txn) ownNoteType(user UserID, id NoteTypeID) (*noteType, error) {
	var name, text string
	err := t.row(`SELECT name, definition FROM note_types WHERE id = ? AND user_id = ?`, int64(id), int64(user)).Scan(&name, &text)
	if err != nil {
		return nil, notFound(err)
	}
	return readNoteType(int64(id), name, text)
}

// AddNoteType adds a note type. One of that name gives ErrNameTaken, one that cannot
// make cards a sentence that says why.
func (s *Store) AddNoteType(ctx context.Context, user UserID, t cards.NoteType) (id NoteTypeID, err error) {
	err = s.write(ctx, fmt.Sprintf("add note type %q", t.Name), func(x *txn) error {
		if _, err := x.user(user); err != nil {
			return err
		}
		if err := checkNoteType(t); err != nil {
			return err
		}
		if err := x.freeTypeName(user, 0, t.Name); err != nil {
			return err
		}
		nt, err := x.addNoteType(user, t.Name, formats.NoteTypeOf(t))
		if err == nil {
			id = NoteTypeID(nt.id)
		}
		return err
	})
	return id, err
}

// freeTypeName returns ErrNameTaken if a user has another note type of that name;
// the built-in ones are everyone's.
func (t *txn) freeTypeName(user UserID, id NoteTypeID, name string) error {
	var own string
	err := t.row(`SELECT coalesce((SELECT name FROM note_types WHERE id = ?), '')`, int64(id)).Scan(&own)
	if err != nil || own == name {
		return err
	}
	if _, ok := builtIn(name); ok {
		return ErrNameTaken
	}
	var n int
	err = t.row(`SELECT count(*) FROM note_types WHERE user_id = ? AND name = ? AND id <> ?`, int64(user), name, int64(id)).Scan(&n)
	if err == nil && n > 0 {
		err = ErrNameTaken
	}
	return err
}

// mostParts is how many fields, and how many templates, a note type may have.
const mostParts = 500

// checkNoteType says in a sentence why no cards can be made of t.
func checkNoteType(t cards.NoteType) error {
	switch {
	case strings.TrimSpace(t.Name) == "":
		return refuse("a note type needs a name")
	case len(t.Fields) == 0:
		return refuse("a note type needs a field")
	case len(t.Templates) == 0:
		return refuse("a note type needs a card template")
	case t.Cloze && len(t.Templates) > 1:
		return refuse("a note type with gaps has one template: each gap makes a card of it")
	case len(t.Fields) > mostParts || len(t.Templates) > mostParts:
		return refuse("a note type has %d fields and %d templates at most", mostParts, mostParts)
	}
	seen := map[string]bool{}
	for _, f := range t.Fields {
		switch {
		case strings.TrimSpace(f) == "" || strings.ContainsAny(f, ":{}\"") || strings.ContainsAny(f[:1], "#^/"):
			return refuse("a field cannot be called %q: the characters : { } \" and, in front, # ^ / have a meaning in templates", f)
		case seen[strings.ToLower(f)]:
			return refuse("two fields are called %q", f)
		}
		seen[strings.ToLower(f)] = true
	}
	for _, template := range t.Templates {
		if strings.TrimSpace(template.Front) == "" {
			return refuse("the front of template %q is empty", template.Name)
		}
	}
	return checkTemplates(t)
}

// checkTemplates renders a card of every template once, and gives the first fault.
func checkTemplates(t cards.NoteType) error {
	values := make([]string, len(t.Fields))
	for i := range values {
		values[i] = "x"
		if t.Cloze {
			values[i] = "{{c1::x}}"
		}
	}
	n := cards.Note{Type: t.Name, Fields: t.Named(values)}
	p := render.Prepare(t)
	for i := range t.Templates {
		var fault *render.Fault
		if _, _, err := p.Card(n, i, render.Options{}); errors.As(err, &fault) {
			return refuse("template %q: %v", t.Templates[i].Name, fault)
		}
	}
	return nil
}
