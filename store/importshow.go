package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"recto/cards/formats"
)

// numberedName is a name for a deck of the user's: name, or with a number behind it
// where they have another of that name.
func (t *txn) numberedName(user UserID, id DeckID, name string) (string, error) {
	free, n := name, 1
	for err := t.freeName(user, id, free); err != nil; err = t.freeName(user, id, free) {
		if !errors.Is(err, ErrNameTaken) {
			return "", err
		}
		n++
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return free, nil
}

// addedNotes is where import ?1 has added note n.
const addedNotes = `n.id BETWEEN (SELECT first_note FROM imports WHERE id = ?1) AND (SELECT last_note FROM imports WHERE id = ?1) AND n.import_id = ?1`

// dropStaged takes away an import that was not shown.
func (s *Store) dropStaged(ctx context.Context, c chore) error {
	const method = "take away what was staged"
	const staged = `(SELECT x.id FROM cards x JOIN decks d ON d.id = x.deck_id WHERE d.import_id = ?1 AND d.user_id IS NULL LIMIT ?2)`
	for _, q := range []string{
		`DELETE FROM old_reviews WHERE (user_id, card_id, at, n) IN (SELECT user_id, card_id, at, n FROM old_reviews WHERE import_id = ?1 AND user_id = (SELECT user_id FROM imports WHERE id = ?1) LIMIT ?2)`,
		`DELETE FROM reviews WHERE id IN (SELECT r.id FROM cards x JOIN decks d ON d.id = x.deck_id JOIN reviews r ON r.card_id = x.id WHERE d.import_id = ?1 AND d.user_id IS NULL LIMIT ?2)`,
		`DELETE FROM schedules WHERE (user_id, card_id) IN (SELECT y.user_id, y.card_id FROM cards x JOIN decks d ON d.id = x.deck_id JOIN schedules y ON y.card_id = x.id WHERE d.import_id = ?1 AND d.user_id IS NULL LIMIT ?2)`,
		`DELETE FROM cards WHERE id IN ` + staged,
		`DELETE FROM note_media WHERE (media_id, note_id) IN (SELECT x.media_id, x.note_id FROM note_media x JOIN notes n ON n.id = x.note_id WHERE ` + addedNotes + ` LIMIT ?2)`,
		`DELETE FROM note_media WHERE (media_id, note_id) IN (SELECT x.media_id, x.note_id FROM media m JOIN note_media x ON x.media_id = m.id WHERE m.import_id = ?1 LIMIT ?2)`,
		`DELETE FROM notes WHERE id IN (SELECT n.id FROM notes n WHERE ` + addedNotes + ` LIMIT ?2)`,
		`DELETE FROM media WHERE id IN (SELECT id FROM media WHERE import_id = ?1 AND user_id = (SELECT user_id FROM imports WHERE id = ?1) LIMIT ?2)`,
		`DELETE FROM import_changes WHERE (import_id, n) IN (SELECT import_id, n FROM import_changes WHERE import_id = ?1 LIMIT ?2)`,
	} {
		if err := s.inChunks(ctx, method, q, c.ItemID, maxChunk); err != nil {
			return err
		}
	}
	if err := s.dropStagedArticles(ctx, c); err != nil {
		return err
	}
	err := s.write(ctx, method, func(t *txn) error {
		for _, q := range []struct {
			sql string
			arg any
		}{
			{`DELETE FROM decks WHERE import_id = ? AND user_id IS NULL`, c.ItemID},
			{`DELETE FROM note_types WHERE name LIKE ?`, fmt.Sprintf("%s%d %%", stagedName, c.ItemID)},
			{`DELETE FROM imports WHERE id = ?`, c.ItemID},
		} {
			if _, err := t.exec(q.sql, q.arg); err != nil {
				return err
			}
		}
		return t.endChore(c)
	})
	if err != nil {
		return err
	}
	return s.sweepMedia(ctx, time.Now())
}

// count adds up what the plan says of notes, cards and decks.
func (m *importer) count() {
	for i := range m.notes {
		switch m.notes[i].fate {
		case FateNew:
			m.plan.Notes.New++
		case FateChanged:
			m.plan.Notes.Changed++
		case FateKept:
			m.plan.Notes.Kept++
		case FateSame:
			m.plan.Notes.Same++
		}
	}
	for i := range m.cards {
		c := &m.draft.Cards[i]
		fate := m.notes[c.Note].fate
		switch {
		case m.draft.InTrash(i):
			m.plan.Cards.Thrown++
		case m.cards[i].id == 0 && m.keepsCard(i):
			m.plan.Cards.New++
			if c.State != formats.New && !m.choices.Without.Progress {
				m.plan.Cards.Started++
			}
			m.decks[m.deckOf[c.Deck]].cards++
		case fate == FateChanged:
			m.plan.Cards.Changed++
		case fate == FateKept:
			m.plan.Cards.Kept++
		default:
			m.plan.Cards.Same++
		}
	}
	m.countDecks()
	m.look()
}

// countDecks lists the decks that get cards, and those that are new.
func (m *importer) countDecks() {
	m.plan.Decks = nil
	for _, d := range m.decks {
		if d.thrown {
			continue
		}
		if d.cards > 0 || d.id == 0 || d.id == d.staged {
			m.plan.Decks = append(m.plan.Decks, PlannedDeck{Name: d.name, ID: d.id, Cards: d.cards})
		}
	}
}

// mostLooked is how many notes a plan shows.
const mostLooked = 10

// look renders the first notes, those that change something before the others.
func (m *importer) look() {
	seen := map[int]bool{}
	for _, fates := range [][]Fate{{FateNew, FateChanged}, {FateKept, FateSame}} {
		for i := range m.draft.Cards {
			c := &m.draft.Cards[i]
			if len(m.plan.First) >= mostLooked {
				return
			}
			if seen[c.Note] || !slices.Contains(fates, m.notes[c.Note].fate) {
				continue
			}
			seen[c.Note] = true
			n := &m.draft.Notes[c.Note]
			s := m.types[n.Type].nt.sides(m.fields(c.Note), n.Tags, c.Ordinal)
			m.plan.First = append(m.plan.First, PlannedNote{Fate: m.notes[c.Note].fate, Front: s.front, Back: s.back, Deck: m.decks[m.deckOf[c.Deck]].name})
		}
	}
}
