package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"recto/cards"
)

// noteRow is a row of notes.
type noteRow struct {
	ID            int64
	UserID        int64
	GUID          string `gorm:"column:guid"`
	TypeID        int64
	Fields        string
	Tags          string
	ArticleID     *int64
	ProposalID    string
	ArticleTitle  string
	Sentence      string
	SentenceStart int
	SentenceEnd   int
	SourceStart   int
	SourceEnd     int
	Created       int64
	Changed       int64
}

func (noteRow) TableName() string { return "notes" }

// builtIn are the note types that every user has as soon as one is needed.
var builtIn = map[string]cards.NoteType{cards.BasicNote.Name: cards.BasicNote, cards.ArticleNote.Name: cards.ArticleNote}

// toJSON is v as it is stored. What is stored can always be written so.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// noteType finds a note type of a user, or makes a built-in one theirs.
func (t *txn) noteType(user UserID, name string) (id int64, nt cards.NoteType, err error) {
	var text string
	err = t.row(`SELECT id, definition FROM note_types WHERE user_id = ? AND name = ?`, int64(user), name).Scan(&id, &text)
	if err == nil {
		return id, nt, json.Unmarshal([]byte(text), &nt)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, nt, err
	}
	nt, ok := builtIn[name]
	if !ok {
		return 0, nt, fmt.Errorf("there is no note type %q", name)
	}
	id, err = t.insert(`INSERT INTO note_types (user_id, name, definition) VALUES (?, ?, ?)`, int64(user), name, toJSON(nt))
	return id, nt, err
}

// AddNote adds a note to a deck of the user's, and its cards, as new cards of day
// today for everyone who studies the deck. A GUID that the user has already adds
// nothing: the note of that GUID is returned.
func (s *Store) AddNote(ctx context.Context, user UserID, deck DeckID, n cards.Note, today cards.Day, now time.Time) (id NoteID, err error) {
	var left *chore
	err = s.write(ctx, fmt.Sprintf("add note to deck %d", deck), func(t *txn) (err error) {
		left = nil
		if err := t.ownDeck(user, deck); err != nil {
			return err
		}
		if n.GUID == "" {
			return errors.New("a note needs a GUID")
		}
		known, err := column[NoteID](t.ctx, t.pool, `SELECT id FROM notes WHERE user_id = ? AND guid = ?`, int64(user), n.GUID)
		if err != nil || len(known) > 0 {
			id = append(known, 0)[0]
			return err
		}
		row := noteRow{UserID: int64(user), Created: millis(now), Changed: millis(now)}
		made, which, err := t.addNote(&row, deck, n, 0)
		if err != nil {
			return err
		}
		id = NoteID(row.ID)
		left, err = t.newCards(user, deck, which, made, today)
		return err
	})
	if err == nil {
		err = s.finish(ctx, left)
	}
	return id, err
}

// addNote writes a note and its cards, and returns how many those are and which.
// Sibling is the first note of those not to be asked on the same day; 0 makes it
// this one where it has several cards.
func (t *txn) addNote(row *noteRow, deck DeckID, n cards.Note, sibling int64) (made int, which cardRange, err error) {
	typeID, nt, err := t.noteType(UserID(row.UserID), n.Type)
	if err != nil {
		return 0, which, err
	}
	if err := sameFields(nt.Fields, n.Fields); err != nil {
		return 0, which, err
	}
	row.GUID, row.TypeID, row.Fields, row.Tags = n.GUID, typeID, toJSON(n.Fields), toJSON(tidy(n.Tags))
	if err := t.db.Create(row).Error; err != nil {
		return 0, which, err
	}
	if sibling == 0 && len(nt.Templates) > 1 {
		sibling = row.ID
	}
	for i := range nt.Templates {
		id, err := t.insert(`INSERT INTO cards (note_id, ordinal, deck_id, sibling, folded, created) VALUES (?, ?, ?, ?, ?, ?)`,
			row.ID, i, int64(deck), sibling, folded(n.Fields, n.Tags), row.Created)
		if err != nil {
			return 0, which, err
		}
		if i == 0 {
			which.after = CardID(id - 1)
		}
		which.until = CardID(id)
	}
	_, err = t.exec(`UPDATE decks SET cards = cards + ? WHERE id = ?`, len(nt.Templates), int64(deck))
	return len(nt.Templates), which, err
}

// sameFields returns an error unless fields are those that names say, in order.
func sameFields(names []string, fields []cards.Field) error {
	ok := len(names) == len(fields)
	for i := 0; ok && i < len(names); i++ {
		ok = names[i] == fields[i].Name
	}
	if !ok {
		return fmt.Errorf("the fields %v are not those of the note type, %q", fieldNames(fields), names)
	}
	return nil
}

func fieldNames(fields []cards.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

// tidy is tags without repetitions; never nil, so that it is stored as a list.
func tidy(tags []string) []string {
	kept, seen := []string{}, map[string]bool{}
	for _, t := range tags {
		if !seen[t] {
			kept, seen[t] = append(kept, t), true
		}
	}
	return kept
}

// side is the text of the field called name, or else of field number i.
func side(fields []cards.Field, name string, i int) string {
	for _, f := range fields {
		if f.Name == name {
			return plain(f.Value)
		}
	}
	if i >= 0 && i < len(fields) {
		return plain(fields[i].Value)
	}
	return ""
}

// folded is what a card is searched in.
func folded(fields []cards.Field, tags []string) string {
	return fold(side(fields, "Front", 0) + "\n" + side(fields, "Back", 1) + "\n" + strings.Join(tags, " "))
}

// EditNote gives a note of the user's other fields and tags. The schedules of its
// cards stay as they are.
func (s *Store) EditNote(ctx context.Context, user UserID, note NoteID, fields []cards.Field, tags []string, now time.Time) error {
	return s.write(ctx, fmt.Sprintf("edit note %d", note), func(t *txn) error {
		var row noteRow
		var definition string
		err := t.row(`SELECT n.user_id, nt.definition FROM notes n JOIN note_types nt ON nt.id = n.type_id WHERE n.id = ?`, int64(note)).Scan(&row.UserID, &definition)
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && row.UserID != int64(user):
			return ErrNotFound
		case err != nil:
			return err
		}
		var nt cards.NoteType
		if err := json.Unmarshal([]byte(definition), &nt); err != nil {
			return err
		}
		if err := sameFields(nt.Fields, fields); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE notes SET fields = ?, tags = ?, changed = ? WHERE id = ?`, toJSON(fields), toJSON(tidy(tags)), millis(now), int64(note)); err != nil {
			return err
		}
		_, err = t.exec(`UPDATE cards SET folded = ? WHERE note_id = ?`, folded(fields, tags), int64(note))
		return err
	})
}
