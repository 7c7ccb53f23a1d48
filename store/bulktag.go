package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// bulkTag gives a note a tag, or takes one away. Taking it back leaves what else has
// become of the note's tags.
func (t *txn) bulkTag(r *bulkRun, it *bulkItem) (int, error) {
	var text string
	err := t.row(`SELECT tags FROM notes WHERE id = ? AND user_id = ?`, it.id, int64(r.user)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return same(r), nil
	}
	if err != nil {
		return 0, err
	}
	var tags []string
	if err := json.Unmarshal([]byte(text), &tags); err != nil {
		return 0, err
	}
	give := (r.kind == BulkTag) != r.undo
	at := slices.IndexFunc(tags, func(s string) bool { return fold(s) == fold(r.value) })
	if give == (at >= 0) {
		return same(r), nil
	}
	if r.undo && it.before != "" { // as the act left it: put back to the letter
		var was []string
		if err := json.Unmarshal([]byte(it.before), &was); err != nil {
			return 0, err
		}
		if slices.Equal(taggedSo(was, r), tags) {
			return itemBack, t.setTags(it.id, was, r.at)
		}
	}
	if !r.undo {
		it.before = text
	}
	if give {
		tags = append(tags, r.value)
	} else {
		tags = slices.DeleteFunc(tags, func(s string) bool { return fold(s) == fold(r.value) })
	}
	return done(r), t.setTags(it.id, tags, r.at)
}

// taggedSo is what the act made of tags.
func taggedSo(was []string, r *bulkRun) []string {
	if r.kind == BulkTag {
		return append(slices.Clone(was), r.value)
	}
	return slices.DeleteFunc(slices.Clone(was), func(s string) bool { return fold(s) == fold(r.value) })
}

// setTags writes a note's tags, and what cards are searched in.
func (t *txn) setTags(note int64, tags []string, now time.Time) error {
	tags = tidy(tags)
	if _, err := t.exec(`UPDATE notes SET tags = ?, changed = max(changed, ?) WHERE id = ?`, toJSON(tags), millis(now), note); err != nil {
		return err
	}
	var shown bool // a template can show tags
	err := t.row(`SELECT nt.definition LIKE '%Tags%' FROM notes n JOIN note_types nt ON nt.id = n.type_id WHERE n.id = ?`, note).Scan(&shown)
	if err != nil {
		return err
	}
	if shown {
		var id int64
		var name, definition string
		if err := t.row(`SELECT nt.id, nt.name, nt.definition FROM notes n JOIN note_types nt ON nt.id = n.type_id WHERE n.id = ?`, note).Scan(&id, &name, &definition); err != nil {
			return err
		}
		nt, err := readNoteType(id, name, definition)
		if err != nil {
			return err
		}
		return t.noteSides(NoteID(note), nt)
	}
	_, err = t.exec(`UPDATE cards SET folded = substr(folded, 1, instr(folded, char(31)) - 1) || ? WHERE note_id = ?`, folds{}.tags(tags), note)
	return err
}
