package store

import (
	"context"
	"fmt"

	"recto/cards"
)

// NoteCard is one of the cards of a note.
type NoteCard struct {
	ID       CardID
	Ordinal  int // the index of its template, or the number of its gap less one
	Deck     DeckID
	Front    string
	Schedule cards.Schedule
}

// NoteCards lists the cards of a note in the order of its templates or gaps: those that
// lie in decks the user sees, with the user's schedules. It returns ErrNotFound when
// there is none.
func (s *Store) NoteCards(ctx context.Context, user UserID, note NoteID) (list []NoteCard, err error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT c.id, c.ordinal, c.deck_id, c.front, coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0),
		coalesce(s.due, 0), coalesce(s.last, 0), coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
		FROM cards c JOIN decks d ON d.id = c.deck_id LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
		WHERE c.note_id = ?2 AND d.user_id IS NOT NULL AND (d.user_id = ?1 OR d.shared = 1
			OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))
		ORDER BY c.ordinal`, int64(user), int64(note))
	if err != nil {
		return nil, wrap(fmt.Sprintf("cards of note %d", note), err)
	}
	defer rows.Close()
	for rows.Next() {
		var c NoteCard
		var p packed
		if err := rows.Scan(p.into([]any{&c.ID, &c.Ordinal, &c.Deck, &c.Front})...); err != nil {
			return nil, wrap(fmt.Sprintf("cards of note %d", note), err)
		}
		c.Schedule = p.schedule()
		list = append(list, c)
	}
	if err = rows.Err(); err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	return list, wrap(fmt.Sprintf("cards of note %d", note), err)
}
