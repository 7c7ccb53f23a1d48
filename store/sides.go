package store

import (
	"context"
	"fmt"
	"strings"

	"recto/cards"
	"recto/cards/render"
)

// mostListed is how many bytes of a side lists show.
const mostListed = 1000

// sides is the text of a card, and what it is searched in.
type sides struct {
	front, back string // as long as lists show them
	folded      string
}

// text is the text of the two sides of a card, whole.
func (nt *noteType) text(values, tags []string, ordinal int) (front, back string) {
	switch nt.study.Name {
	case cards.BasicNote.Name, cards.ArticleNote.Name:
		if len(values) > 1 && nt.definition.ID == 0 { // what a person wrote keeps its lines
			return plain(values[0]), plain(values[1])
		}
	}
	return nt.render.Text(cards.Note{Type: nt.name, Fields: nt.study.Named(values), Tags: tags}, ordinal, render.Options{})
}

// sides renders a card for lists.
func (nt *noteType) sides(values, tags []string, ordinal int) sides {
	return nt.sidesWith(folds{}, values, tags, ordinal)
}

// sidesWith is sides, with what was folded for other cards of the note.
func (nt *noteType) sidesWith(f folds, values, tags []string, ordinal int) sides {
	front, back := nt.text(values, tags, ordinal)
	return sides{
		front: cut(front), back: cut(back),
		folded: f.text(front, back, values, tags),
	}
}

// cut is text as far as lists show it, ended between characters.
func cut(text string) string {
	if len(text) <= mostListed {
		return text
	}
	return strings.ToValidUTF8(text[:mostListed], "") + "…"
}

// fillSides is the chore that writes the text of cards anew: of all of a note type,
// or of all there are.
func (s *Store) fillSides(ctx context.Context, c chore) error {
	types := map[int64]*noteType{}
	after := int64(0)
	for {
		more := false
		err := s.write(ctx, "write the text of cards", func(t *txn) error {
			list, err := t.cardTexts(`c.id > ?1 AND (?2 = 0 OR n.type_id = ?2) ORDER BY c.id LIMIT ?3`, after, c.ItemID, maxChunk)
			if err != nil {
				return err
			}
			for _, row := range list {
				if err := t.writeSides(types, row); err != nil {
					return err
				}
				after = row.card
			}
			if more = len(list) > 0; more {
				return nil
			}
			return t.endChore(c)
		})
		if err != nil || !more {
			return err
		}
	}
}

// cardText is what the text of a card is made of.
type cardText struct {
	card, typeID  int64
	ordinal       int
	values, tags  []string
	fields, tagsJ string
}

// cardTexts reads cards c of notes n.
func (t *txn) cardTexts(where string, args ...any) (list []cardText, err error) {
	rows, err := t.pool.QueryContext(t.ctx, `SELECT c.id, c.ordinal, n.type_id, n.fields, n.tags FROM cards c JOIN notes n ON n.id = c.note_id WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r cardText
		if err := rows.Scan(&r.card, &r.ordinal, &r.typeID, &r.fields, &r.tagsJ); err != nil {
			return nil, err
		}
		if r.values, r.tags, err = readNote(r.fields, r.tagsJ); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// noteSides writes the text of all cards of a note.
func (t *txn) noteSides(note NoteID, nt *noteType) error {
	list, err := t.cardTexts(`c.note_id = ?`, int64(note))
	for i := 0; err == nil && i < len(list); i++ {
		err = t.writeSides(map[int64]*noteType{nt.id: nt}, list[i])
	}
	return err
}

// writeSides writes the text of a card. Types are those read before.
func (t *txn) writeSides(types map[int64]*noteType, row cardText) error {
	nt := types[row.typeID]
	if nt == nil {
		var name, text string
		err := t.row(`SELECT name, definition FROM note_types WHERE id = ?`, row.typeID).Scan(&name, &text)
		if err == nil {
			nt, err = readNoteType(row.typeID, name, text)
		}
		if err != nil {
			return fmt.Errorf("the note type of card %d: %w", row.card, err)
		}
		types[row.typeID] = nt
	}
	made := nt.sides(row.values, row.tags, row.ordinal)
	_, err := t.exec(`UPDATE cards SET front = ?, back = ?, folded = ? WHERE id = ?`, made.front, made.back, made.folded, row.card)
	return err
}
