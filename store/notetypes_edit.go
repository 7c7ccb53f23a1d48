package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// TypeEdit is a note type as it is to be. FieldFrom says of each of its fields which
// field it was before, by index, and TemplateFrom the same of each template; -1 is a
// new one. What no index names goes.
type TypeEdit struct {
	cards.NoteType
	FieldFrom    []int
	TemplateFrom []int
}

// EditNoteType changes a note type of the user's: names, order, new fields, templates
// and CSS. Its notes keep their fields and its cards their progress; cards that the
// templates make now are added for everyone who studies the decks, and those that
// they make no longer go to the trash. Three things are refused with a sentence,
// because no edit could bring them back: to take away a field that is filled in a
// note, to take away a template whose cards have been answered, and to make
// templates of gaps or gaps of templates. One of that name gives ErrNameTaken.
func (s *Store) EditNoteType(ctx context.Context, user UserID, id NoteTypeID, e TypeEdit, now time.Time) error {
	var c *chore
	err := s.write(ctx, fmt.Sprintf("edit note type %d", id), func(t *txn) error {
		nt, err := t.ownNoteType(user, id)
		if err != nil {
			return err
		}
		if err := errors.Join(e.check(nt), t.freeTypeName(user, id, e.Name)); err != nil {
			return err
		}
		if err := t.mayGo(nt, e); err != nil {
			return err
		}
		if err := t.moveFields(nt, e); err != nil {
			return err
		}
		if err := t.moveTemplates(nt, e); err != nil {
			return err
		}
		definition := e.definition(nt)
		definition.Modified = now.UTC().Truncate(time.Second)
		if _, err := t.exec(`UPDATE note_types SET name = ?, definition = ? WHERE id = ?`, e.Name, toJSON(definition), int64(id)); err != nil {
			return err
		}
		c, err = t.addChore(chore{Kind: choreType, UserID: int64(user), ItemID: int64(id)})
		return err
	})
	return s.finishAll(ctx, err, []*chore{c})
}

// check says in a sentence why nt cannot become e.
func (e TypeEdit) check(nt *noteType) error {
	if e.Cloze != nt.study.Cloze {
		return refuse("a note type with gaps stays one, and others do not become one; add a new note type")
	}
	if len(e.FieldFrom) != len(e.Fields) || len(e.TemplateFrom) != len(e.Templates) {
		return refuse("it is not said where the fields and templates come from")
	}
	for _, from := range []struct {
		list []int
		n    int
	}{{e.FieldFrom, len(nt.study.Fields)}, {e.TemplateFrom, len(nt.study.Templates)}} {
		seen := map[int]bool{}
		for _, i := range from.list {
			if i < -1 || i >= from.n || i >= 0 && seen[i] {
				return refuse("field or template %d comes from nowhere, or twice", i)
			}
			seen[i] = true
		}
	}
	return checkNoteType(e.NoteType)
}

// definition is nt as e has it, with all that other programs know of what stays.
func (e TypeEdit) definition(nt *noteType) formats.NoteType {
	d := nt.definition
	fresh := formats.NoteTypeOf(e.NoteType)
	d.Name, d.CSS, d.Cloze = fresh.Name, fresh.CSS, fresh.Cloze
	d.SortField = max(slices.Index(e.FieldFrom, nt.definition.SortField), 0)
	for i, from := range e.FieldFrom {
		if from >= 0 {
			fresh.Fields[i].Extras = nt.definition.Fields[from].Extras
		}
	}
	for i, from := range e.TemplateFrom {
		if from >= 0 {
			fresh.Templates[i].Extras = nt.definition.Templates[from].Extras
		}
	}
	d.Fields, d.Templates = fresh.Fields, fresh.Templates
	return d
}

// mayGo refuses to take away what has something in it.
func (t *txn) mayGo(nt *noteType, e TypeEdit) error {
	for i, name := range nt.study.Fields {
		if slices.Contains(e.FieldFrom, i) {
			continue
		}
		var n int
		err := t.row(`SELECT count(*) FROM notes WHERE type_id = ? AND trim(coalesce(json_extract(fields, ?), '')) <> ''`, nt.id, fmt.Sprintf("$[%d]", i)).Scan(&n)
		if err != nil {
			return err
		}
		if n > 0 {
			return refuse("the field %q is filled in %s; empty it there before you take it away", name, howMany(n, "note"))
		}
	}
	for i, template := range nt.study.Templates {
		if slices.Contains(e.TemplateFrom, i) {
			continue
		}
		var n int
		err := t.row(`SELECT count(DISTINCT c.id) FROM notes n JOIN cards c ON c.note_id = n.id JOIN schedules s ON s.card_id = c.id
			WHERE n.type_id = ? AND c.ordinal = ? AND s.seen = 1`, nt.id, i).Scan(&n)
		if err != nil {
			return err
		}
		if n > 0 {
			return refuse("cards of the template %q have been answered (%d of them), so it cannot be taken away", template.Name, n)
		}
	}
	return nil
}

// howMany is a number with its noun: "1 note", "12 notes".
func howMany(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// moveFields puts the values of all notes in the new order.
func (t *txn) moveFields(nt *noteType, e TypeEdit) error {
	same := len(e.FieldFrom) == len(nt.study.Fields)
	value := ""
	for i, from := range e.FieldFrom {
		same = same && i == from
		if i > 0 {
			value += ", "
		}
		if from < 0 {
			value += "''"
			continue
		}
		value += fmt.Sprintf("coalesce(json_extract(fields, '$[%d]'), '')", from)
	}
	if same {
		return nil
	}
	if len(e.FieldFrom) > 100 { // as many arguments as SQLite's functions take
		return refuse("the fields of a note type with more than a hundred cannot be moved")
	}
	_, err := t.exec(`UPDATE notes SET fields = json_array(`+value+`) WHERE type_id = ?`, nt.id)
	return err
}

// moveTemplates gives the cards of all notes the new numbers of their templates. The
// cards of a template that goes were never answered, and go with it.
func (t *txn) moveTemplates(nt *noteType, e TypeEdit) error {
	if nt.study.Cloze {
		return nil
	}
	const ofType = `(SELECT id FROM notes WHERE type_id = ?1)`
	for old := range nt.study.Templates {
		is := slices.Index(e.TemplateFrom, old)
		if is == old {
			continue
		}
		if is < 0 {
			if err := t.dropCards(`c.note_id IN `+ofType+` AND c.ordinal = ?2`, nt.id, old); err != nil {
				return err
			}
			continue
		}
		if _, err := t.exec(`UPDATE cards SET ordinal = -1 - ?3 WHERE note_id IN `+ofType+` AND ordinal = ?2`, nt.id, old, is); err != nil {
			return err
		}
	}
	_, err := t.exec(`UPDATE cards SET ordinal = -1 - ordinal WHERE note_id IN `+ofType+` AND ordinal < 0`, nt.id)
	return err
}

// dropCards takes away cards c for good, with everything that hangs on them.
func (t *txn) dropCards(where string, args ...any) error {
	these := `(SELECT c.id FROM cards c WHERE ` + where + `)`
	for _, q := range []string{
		`DELETE FROM reviews WHERE card_id IN ` + these,
		`DELETE FROM old_reviews WHERE card_id IN ` + these,
		`DELETE FROM schedules WHERE card_id IN ` + these,
		`DELETE FROM trash WHERE kind = 'card' AND item_id IN ` + these,
		`UPDATE decks SET cards = cards - (SELECT count(*) FROM cards x WHERE x.deck_id = decks.id AND x.id IN ` + these + `)
			WHERE id IN (SELECT x.deck_id FROM cards x WHERE x.id IN ` + these + `)`,
		`DELETE FROM cards WHERE id IN ` + these,
	} {
		if _, err := t.exec(q, args...); err != nil {
			return err
		}
	}
	return nil
}

// followType is the chore after a note type was edited: the cards of its notes
// follow, some notes at a time.
func (s *Store) followType(ctx context.Context, c chore) error {
	after := int64(0)
	for more := true; more; {
		var left []*chore
		err := s.write(ctx, "follow a note type", func(t *txn) error {
			left = nil
			nt, err := t.ownNoteType(UserID(c.UserID), NoteTypeID(c.ItemID))
			if errors.Is(err, ErrNotFound) {
				more = false
				return t.endChore(c)
			}
			if err != nil {
				return err
			}
			ids, err := column[int64](t.ctx, t.pool, `SELECT id FROM notes WHERE type_id = ? AND id > ? ORDER BY id LIMIT ?`, nt.id, after, maxChunk/4)
			if err != nil {
				return err
			}
			for _, id := range ids {
				chores, err := t.followNote(UserID(c.UserID), NoteID(id), nt, instant(c.Begun))
				if err != nil {
					return err
				}
				left = append(left, chores...)
				after = id
			}
			if more = len(ids) > 0; more {
				return nil
			}
			return t.endChore(c)
		})
		if err = s.finishAll(ctx, err, left); err != nil {
			return err
		}
	}
	return nil
}

// followNote makes the cards of a note those that its type makes now.
func (t *txn) followNote(user UserID, note NoteID, nt *noteType, now time.Time) ([]*chore, error) {
	var fields, tagsText string
	if err := t.row(`SELECT fields, tags FROM notes WHERE id = ?`, int64(note)).Scan(&fields, &tagsText); err != nil {
		return nil, err
	}
	values, tags, err := readNote(fields, tagsText)
	if err != nil {
		return nil, err
	}
	left, err := t.followFields(user, note, nt, values, tags, now)
	if err != nil {
		return nil, err
	}
	return left, t.noteSides(note, nt)
}

// DeleteNoteType takes away a note type of which there is no note; else it says how
// many there are.
func (s *Store) DeleteNoteType(ctx context.Context, user UserID, id NoteTypeID) error {
	return s.write(ctx, fmt.Sprintf("delete note type %d", id), func(t *txn) error {
		nt, err := t.ownNoteType(user, id)
		if err != nil {
			return err
		}
		var n int
		if err := t.row(`SELECT count(*) FROM notes WHERE type_id = ?`, nt.id).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return refuse("there are %s of %q, some perhaps in the trash, so it cannot be deleted", howMany(n, "note"), nt.name)
		}
		_, err = t.exec(`DELETE FROM note_types WHERE id = ?`, nt.id)
		return err
	})
}
