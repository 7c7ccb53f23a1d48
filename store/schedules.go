package store

import (
	"context"

	"recto/cards"
)

// packed is a Schedule as its columns hold it, in the order of scheduleColumns.
type packed [10]int64

func pack(s cards.Schedule) packed {
	return packed{
		int64(s.Repetitions), int64(s.EFactor), int64(s.Interval), int64(s.Due), int64(s.Last), int64(s.Lapses),
		bit(s.Seen), bit(s.Drill), bit(s.Suspended), int64(s.Buried),
	}
}

func (p *packed) schedule() cards.Schedule {
	return cards.Schedule{
		Repetitions: int(p[0]), EFactor: cards.EFactor(p[1]), Interval: int(p[2]), Due: cards.Day(p[3]), Last: cards.Day(p[4]), Lapses: int(p[5]),
		Seen: p[6] != 0, Drill: p[7] != 0, Suspended: p[8] != 0, Buried: cards.Day(p[9]),
	}
}

// append adds the values of the columns to the arguments of a statement.
func (p *packed) append(args []any) []any {
	for i := range p {
		args = append(args, p[i])
	}
	return args
}

// into adds where a row's columns go to the destinations of a Scan.
func (p *packed) into(to []any) []any {
	for i := range p {
		to = append(to, &p[i])
	}
	return to
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// cardRange is a half-open range of a deck's cards by their identifiers.
type cardRange struct{ after, until CardID }

// giveCards gives a user the schedules that they lack of cards in a deck, as new
// cards of day due.
func (t *txn) giveCards(user UserID, deck DeckID, which cardRange, due cards.Day) error {
	_, err := t.exec(`INSERT INTO schedules (user_id, card_id, deck_id, sibling, version, `+scheduleColumns+`, first)
		SELECT ?1, c.id, c.deck_id, c.sibling, 1, 0, ?2, 0, ?3, 0, 0, 0, 0, 0, 0, 0 FROM cards c
		WHERE c.deck_id = ?4 AND c.id > ?5 AND c.id <= ?6
		AND NOT EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = ?1 AND s.card_id = c.id)`,
		int64(user), int64(cards.NewEFactor), int64(due), int64(deck), int64(which.after), int64(which.until))
	return err
}

// nextCards is the range of the next few cards of a deck, empty after the last.
func (t *txn) nextCards(deck DeckID, after CardID) (r cardRange, err error) {
	r.after = after
	err = t.row(`SELECT coalesce(max(id), ?2) FROM (SELECT id FROM cards WHERE deck_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3) AS chunk`,
		int64(deck), int64(after), maxChunk).Scan(&r.until)
	return r, err
}

// students lists the next few users who study a deck, or will when it is shared again.
func (t *txn) students(deck DeckID, after UserID, limit int) ([]UserID, error) {
	return column[UserID](t.ctx, t.pool, `SELECT user_id FROM enrolments WHERE deck_id = ? AND state <> 'left' AND user_id > ?
		ORDER BY user_id LIMIT ?`, int64(deck), int64(after), limit)
}

// newCards gives cards that were added to a deck to everyone who studies it: to
// its owner, and as far as one job goes to others. What is left is a chore, which
// the caller does after; it is nil when there is none.
func (t *txn) newCards(owner UserID, deck DeckID, which cardRange, n int, due cards.Day) (*chore, error) {
	if err := t.giveCards(owner, deck, which, due); err != nil {
		return nil, err
	}
	few, err := t.students(deck, 0, maxChunk/max(n, 1)+2)
	if err != nil {
		return nil, err
	}
	if len(few)*n > maxChunk && len(few) > 1 {
		return t.addChore(chore{Kind: choreCards, UserID: int64(which.after), ItemID: int64(deck), Day: int64(due)})
	}
	for _, u := range few {
		if err := t.giveCards(u, deck, which, due); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// spreadCards is the chore that newCards leaves: all users, a few at a time.
func (s *Store) spreadCards(ctx context.Context, c chore) error {
	deck, after, from := DeckID(c.ItemID), UserID(0), CardID(c.UserID)
	for {
		more := false
		err := s.write(ctx, "spread cards", func(t *txn) error {
			var n int
			which := cardRange{after: from}
			err := t.row(`SELECT count(*), coalesce(max(id), 0) FROM cards WHERE deck_id = ? AND id > ?`, int64(deck), int64(from)).Scan(&n, &which.until)
			if err != nil {
				return err
			}
			users, err := t.students(deck, after, max(maxChunk/max(n, 1), 1))
			if err != nil {
				return err
			}
			for _, u := range users {
				if err := t.giveCards(u, deck, which, cards.Day(c.Day)); err != nil {
					return err
				}
				after = u
			}
			if more = len(users) > 0; more {
				return nil
			}
			return t.endChore(c)
		})
		if err != nil || !more {
			return err
		}
	}
}
