package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"recto/cards"
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

// changeNote turns a note from was to is, unless it is neither.
func (t *txn) changeNote(user UserID, id int64, was, is noteChange, now time.Time) (done bool, left []*chore, err error) {
	stands, err := t.noteNow(id)
	if errors.Is(err, ErrNotFound) {
		return false, nil, nil
	}
	if err != nil || !stands.same(was) {
		return false, nil, err
	}
	var name, definition string
	if err := t.row(`SELECT name, definition FROM note_types WHERE id = ?`, is.Type).Scan(&name, &definition); err != nil {
		return false, nil, notFound(err)
	}
	nt, err := readNoteType(is.Type, name, definition)
	if err != nil {
		return false, nil, err
	}
	if left, err = t.editNote(user, NoteID(id), nt, is.Fields, is.Tags, now); err != nil {
		return false, nil, err
	}
	_, err = t.exec(`UPDATE notes SET changed = ?, source = ? WHERE id = ?`, is.Changed, is.Source, id)
	return true, left, err
}

func (n noteChange) same(other noteChange) bool {
	return n.Type == other.Type && slices.Equal(n.Fields, other.Fields) && slices.Equal(n.Tags, other.Tags)
}

// changeProgress turns the user's progress of a card from was to is, by an event of
// kind import, unless it has moved since. It fills in which event.
func (t *txn) changeProgress(user UserID, card int64, was progressChange, is *progressChange, now time.Time, key string) (bool, error) {
	stands, err := t.progressNow(user, CardID(card))
	if errors.Is(err, ErrNotFound) || err == nil && stands.Version != was.Version {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	u, err := t.user(user)
	if err != nil {
		return false, err
	}
	if is.Schedule != stands.Schedule {
		var first int64
		if err := t.row(`SELECT first FROM schedules WHERE user_id = ? AND card_id = ?`, int64(user), card).Scan(&first); err != nil {
			return false, err
		}
		v := cards.Review{
			Key: key, CardID: card, At: instant(millis(now)), Zone: u.Zone, Rollover: u.Rollover, Day: u.user().Today(now),
			Kind: cards.EventImport, Before: stands.Schedule, After: is.Schedule,
		}
		if err := t.add(user, &v, state{version: stands.Version, first: first, last: u.LastDay}); err != nil {
			return false, err
		}
		is.Event = v.ID
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`UPDATE schedules SET flag = ?3 WHERE user_id = ?1 AND card_id = ?2`, []any{int64(user), card, is.Flag}},
		{`UPDATE cards SET source = ?2 WHERE id = ?1`, []any{card, is.Source}},
	} {
		if _, err := t.exec(q.sql, q.args...); err != nil {
			return false, err
		}
	}
	stands, err = t.progressNow(user, CardID(card))
	is.Version = stands.Version
	return true, err
}

// changeType gives a note type another definition of the same shape, unless its own is
// no longer that of before.
func (t *txn) changeType(p *publisher, id int64, before string, is typeChange) (bool, error) {
	var was, stands typeChange
	if err := json.Unmarshal([]byte(before), &was); err != nil {
		return false, err
	}
	err := t.row(`SELECT name, definition FROM note_types WHERE id = ?`, id).Scan(&stands.Name, &stands.Definition)
	if err != nil || stands.Definition != was.Definition {
		if errors.Is(notFound(err), ErrNotFound) {
			err = nil
		}
		return false, err
	}
	if err := t.freeTypeName(p.user, NoteTypeID(id), is.Name); errors.Is(err, ErrNameTaken) {
		is.Name = stands.Name
	} else if err != nil {
		return false, err
	}
	if _, err := t.exec(`UPDATE note_types SET name = ?, definition = ? WHERE id = ?`, is.Name, is.Definition, id); err != nil {
		return false, err
	}
	c, err := t.addChore(chore{Kind: choreSides, UserID: int64(p.user), ItemID: id})
	p.left = append(p.left, c)
	return true, err
}

// moves puts new cards into the decks that were there.
func (p *publisher) moves() error {
	decks, err := column[int64](p.ctx, p.pool, `SELECT id FROM decks WHERE import_id = ? AND user_id IS NULL ORDER BY id`, int64(p.id))
	if err != nil {
		return err
	}
	for _, staged := range decks {
		var text string
		if err := p.row(`SELECT source FROM decks WHERE id = ?`, staged).Scan(&text); err != nil {
			return err
		}
		var source deckSource
		if err := json.Unmarshal([]byte(text), &source); err != nil {
			return err
		}
		for p.room > 0 {
			n, err := p.move(staged, source.Into)
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
			if _, err := p.exec(`DELETE FROM decks WHERE id = ?`, staged); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// move puts some cards of a staged deck into another, and returns how many.
func (p *publisher) move(staged int64, into DeckID) (int, error) {
	ids, err := column[CardID](p.ctx, p.pool, `SELECT id FROM cards WHERE deck_id = ? ORDER BY id LIMIT ?`, staged, p.room/2+1)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	first, last := ids[0], ids[len(ids)-1]
	p.room -= 2 * len(ids)
	for _, q := range []string{
		`UPDATE schedules SET deck_id = ?2 WHERE card_id IN (SELECT id FROM cards WHERE deck_id = ?1 AND id BETWEEN ?3 AND ?4)`,
		`UPDATE cards SET deck_id = ?2 WHERE deck_id = ?1 AND id BETWEEN ?3 AND ?4`,
	} {
		if _, err := p.exec(q, staged, int64(into), int64(first), int64(last)); err != nil {
			return 0, err
		}
	}
	if _, err := p.exec(`UPDATE decks SET cards = cards + CASE id WHEN ?1 THEN -?3 ELSE ?3 END WHERE id IN (?1, ?2)`, staged, int64(into), len(ids)); err != nil {
		return 0, err
	}
	now, err := p.importTime()
	if err != nil {
		return 0, err
	}
	u, err := p.txn.user(p.user)
	if err != nil {
		return 0, err
	}
	left, err := p.newCards(p.user, into, cardRange{first - 1, last}, len(ids), u.user().Today(now))
	if left != nil {
		p.left = append(p.left, left)
	}
	return len(ids), err
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
