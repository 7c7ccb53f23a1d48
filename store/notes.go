package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
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
	Source        string
	ImportID      int64
}

func (noteRow) TableName() string { return "notes" }

// AddNote adds a note of any type to a deck of the user's, and the cards that its
// fields make, as new cards of day today for everyone who studies the deck. A GUID
// that the user has already adds nothing: the note of that GUID is returned.
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
// this one where it can have several cards.
func (t *txn) addNote(row *noteRow, deck DeckID, n cards.Note, sibling int64) (made int, which cardRange, err error) {
	nt, err := t.noteType(UserID(row.UserID), n.Type)
	if err != nil {
		return 0, which, err
	}
	if err := sameFields(nt.study.Fields, n.Fields); err != nil {
		return 0, which, err
	}
	values, tags := valuesOf(n.Fields), tidy(n.Tags)
	row.GUID, row.TypeID, row.Fields, row.Tags = n.GUID, nt.id, toJSON(values), toJSON(tags)
	if err := t.db.Create(row).Error; err != nil {
		return 0, which, err
	}
	if err := t.linkMedia(UserID(row.UserID), row.ID, values); err != nil {
		return 0, which, err
	}
	if sibling == 0 && nt.several() {
		sibling = row.ID
	}
	ordinals := nt.render.Ordinals(values)
	for i, ordinal := range ordinals {
		id, err := t.addCard(row.ID, deck, sibling, ordinal, nt.sides(values, tags, ordinal), row.Created)
		if err != nil {
			return 0, which, err
		}
		if i == 0 {
			which.after = CardID(id - 1)
		}
		which.until = CardID(id)
	}
	_, err = t.exec(`UPDATE decks SET cards = cards + ? WHERE id = ?`, len(ordinals), int64(deck))
	return len(ordinals), which, err
}

// addCard writes one card; whoever adds several says it to the deck.
func (t *txn) addCard(note int64, deck DeckID, sibling int64, ordinal int, s sides, created int64) (int64, error) {
	return t.insert(`INSERT INTO cards (note_id, ordinal, deck_id, sibling, folded, created, front, back) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		note, ordinal, int64(deck), sibling, s.folded, created, s.front, s.back)
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

func valuesOf(fields []cards.Field) []string {
	values := make([]string, len(fields))
	for i, f := range fields {
		values[i] = f.Value
	}
	return values
}

// readNote reads the JSON of a note's fields and tags.
func readNote(fields, tags string) (values, list []string, err error) {
	if err := json.Unmarshal([]byte(fields), &values); err != nil {
		return nil, nil, fmt.Errorf("read a note's fields: %w", err)
	}
	if err := json.Unmarshal([]byte(tags), &list); err != nil {
		return nil, nil, fmt.Errorf("read a note's tags: %w", err)
	}
	return values, list, nil
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

// Note is a note of the user's as it can be edited, or ErrNotFound. It has cards
// also where all of them lie in the trash.
func (s *Store) Note(ctx context.Context, user UserID, id NoteID) (n cards.Note, t NoteType, err error) {
	var typeID int64
	var name, definition, fields, tags string
	err = s.readers.QueryRowContext(ctx, `SELECT n.guid, n.fields, n.tags, nt.id, nt.name, nt.definition FROM notes n JOIN note_types nt ON nt.id = n.type_id
		WHERE n.id = ? AND n.user_id = ? AND `+landed, int64(id), int64(user)).Scan(&n.GUID, &fields, &tags, &typeID, &name, &definition)
	if err != nil {
		return n, t, wrap(fmt.Sprintf("note %d", id), err)
	}
	nt, err := readNoteType(typeID, name, definition)
	if err != nil {
		return n, t, wrap(fmt.Sprintf("note %d", id), err)
	}
	values, list, err := readNote(fields, tags)
	n.Type, n.Fields, n.Tags = name, nt.study.Named(values), list
	return n, NoteType{ID: NoteTypeID(typeID), NoteType: nt.study}, wrap(fmt.Sprintf("note %d", id), err)
}

// landed is where the import that added a note n, if one did, can be seen.
const landed = `(n.import_id = 0 OR NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = n.import_id AND i.state = 'staged'))`

// EditNote gives a note of the user's other fields and tags. Its cards follow: a gap
// or a side that the fields make now has a new card, in the deck of the note's other
// cards, for everyone who studies it; a card that they make no longer goes to the
// trash with its progress, and comes back by the edit that makes it again. The
// schedules of the others stay as they are.
func (s *Store) EditNote(ctx context.Context, user UserID, note NoteID, fields []cards.Field, tags []string, now time.Time) error {
	var left []*chore
	err := s.write(ctx, fmt.Sprintf("edit note %d", note), func(t *txn) (err error) {
		nt, err := t.ownNote(user, note)
		if err != nil {
			return err
		}
		if err := sameFields(nt.study.Fields, fields); err != nil {
			return err
		}
		left, err = t.editNote(user, note, nt, valuesOf(fields), tidy(tags), now)
		return err
	})
	return s.finishAll(ctx, err, left)
}

// ownNote is the type of a note of the user's, or ErrNotFound.
func (t *txn) ownNote(user UserID, note NoteID) (*noteType, error) {
	var id int64
	var name, definition string
	err := t.row(`SELECT nt.id, nt.name, nt.definition FROM notes n JOIN note_types nt ON nt.id = n.type_id WHERE n.id = ? AND n.user_id = ? AND `+landed,
		int64(note), int64(user)).Scan(&id, &name, &definition)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return readNoteType(id, name, definition)
}

// editNote writes the values of a note, which may be of another type than before,
// and what follows from them.
func (t *txn) editNote(user UserID, note NoteID, nt *noteType, values, tags []string, now time.Time) ([]*chore, error) {
	if _, err := t.exec(`UPDATE notes SET type_id = ?, fields = ?, tags = ?, changed = ? WHERE id = ?`, nt.id, toJSON(values), toJSON(tags), millis(now), int64(note)); err != nil {
		return nil, err
	}
	if err := t.linkMedia(user, int64(note), values); err != nil {
		return nil, err
	}
	left, err := t.followFields(user, note, nt, values, tags, now)
	if err != nil {
		return nil, err
	}
	return left, t.noteSides(note, nt)
}
