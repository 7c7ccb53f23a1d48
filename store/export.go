package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"recto/cards/formats"
	"recto/cards/formats/rectojson"
)

// Export writes everything of one user as one document, Recto's own JSON, which
// package rectojson describes: notes and their types, decks, cards with their exact
// schedules, the whole log, articles with what was found, proposed and decided, and
// the media with their content. Import takes it into another account. Decks of others
// that the user studies come with their notes, for without them the progress would
// mean nothing; the progress of others does not. The same content gives the same
// bytes. Media are written as they are read.
func (s *Store) Export(ctx context.Context, user UserID, w io.Writer) error {
	d, err := s.Everything(ctx, user)
	if err != nil {
		return err
	}
	_, err = rectojson.Family{}.Write(ctx, w, d, rectojson.ID, formats.WriteOptions{})
	return wrap("export", errors.Join(err, d.Close()))
}

// Everything is the Draft that Export writes. The caller closes it.
func (s *Store) Everything(ctx context.Context, user UserID) (*formats.Draft, error) {
	d, err := s.draft(ctx, user, 0, true)
	return d, wrap("export", err)
}

// exportedList is a list that stands among the extras of the document, by its key with
// "recto." before it. Its rows are those of a query about user ?1, in an order that
// stays; they name cards by their place in the document, notes by their GUID and
// articles by their hash.
type exportedList struct {
	key, sql string
	read     func(*exporter, *sql.Rows) (any, error)
}

// exportedLists are what a user has beside decks, notes, cards, the log and articles.
var exportedLists = []exportedList{
	trashList, quizList, givenList, acceptedList, aidList, examList, comebackList, searchList,
}

// place is where a card stands in the document, -1 where it does not.
func (d *exporter) place(id CardID) int {
	if at, ok := d.cards[id]; ok {
		return at
	}
	return -1
}

// readLists takes in the exported lists that are not empty.
func (d *exporter) readLists() error {
	for _, list := range exportedLists {
		var all []any
		err := d.each(list.sql, func(rows *sql.Rows) error {
			v, err := list.read(d, rows)
			all = append(all, v)
			return err
		}, int64(d.user))
		if err != nil {
			return fmt.Errorf("list of %s: %w", list.key, err)
		}
		byPlace(all)
		if len(all) > 0 {
			d.draft.Extras = with(d.draft.Extras, ownPrefix+list.key, all)
		}
	}
	return nil
}
