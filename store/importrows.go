package store

import (
	"encoding/json"
	"fmt"

	"recto/cards"
	"recto/cards/formats"
)

// stagedRows are the rows of a run of notes.
type stagedRows struct {
	notes, cards, schedules, events []any
	fresh                           []any // schedules of cards that were never answered
	media                           []mediaLink
	decks                           map[DeckID]int
	user                            UserID
}

type mediaLink struct {
	note int64
	name string
}

// The statements that insert a row each.
var (
	insertNote     = `INSERT INTO notes (id, user_id, guid, type_id, fields, tags, article_id, proposal_id, article_title, sentence, sentence_start, sentence_end, source_start, source_end, created, changed, source, import_id) VALUES ` + marks(18)
	insertCard     = `INSERT INTO cards (id, note_id, ordinal, deck_id, sibling, folded, created, front, back, source) VALUES ` + marks(10)
	insertSchedule = `INSERT INTO schedules (user_id, card_id, deck_id, sibling, version, ` + scheduleColumns + `, first, flag) VALUES ` + marks(17)
	insertFresh    = fmt.Sprintf(`INSERT INTO schedules (user_id, card_id, deck_id, sibling, due, version, e_factor, repetitions, interval, last, lapses, seen, drill, suspended, buried, first)
		VALUES (?, ?, ?, ?, ?, 1, %d, 0, 0, 0, 0, 0, 0, 0, 0, 0)`, cards.NewEFactor)
)

// rowsOf makes the rows of the notes from first to last that are new, and of new
// cards of others.
func (m *staging) rowsOf(first, last int) *stagedRows {
	r := &stagedRows{user: m.user, decks: map[DeckID]int{}}
	folded := folds{}
	for i := first; i < last; i++ {
		n := &m.draft.Notes[i]
		nt := m.types[n.Type].nt
		values, tags := m.fields(i), tidy(n.Tags)
		if m.notes[i].fate == FateNew {
			m.noteRow(r, i, nt, values, tags)
		}
		if len(m.media) > 0 {
			for _, name := range formats.References(values...) {
				r.media = append(r.media, mediaLink{int64(m.noteIDs[i]), name})
			}
		}
		if m.notes[i].fate == FateKept {
			continue
		}
		clear(folded)
		for _, c := range m.byNote[m.from[i]:m.from[i+1]] {
			if m.cards[c].id == 0 {
				m.cardRow(r, int(c), nt, nt.sidesWith(folded, values, tags, m.draft.Cards[c].Ordinal))
			}
		}
	}
	return r
}

func (m *staging) noteRow(r *stagedRows, i int, nt *noteType, values, tags []string) {
	n := &m.draft.Notes[i]
	created, changed := millis(m.now), millis(m.now)
	if !n.Created.IsZero() {
		created = millis(n.Created)
	}
	if !n.Modified.IsZero() {
		changed = millis(n.Modified)
	}
	from, article := m.proof(n)
	r.notes = append(r.notes, int64(m.noteIDs[i]), int64(m.user), m.guids[i], nt.id, toJSON(values), toJSON(tags), article,
		from.Proposal, from.Title, from.Text, from.Sentence.Start, from.Sentence.End, from.Source.Start, from.Source.End, created, changed, m.noteSource(i), int64(m.id))
}

// proof is where a note comes from that was made of an article, and the number of that
// here; nil for none.
func (m *staging) proof(n *formats.Note) (from rectoNote, article any) {
	from, _ = own[rectoNote](n.Extras, ownNote)
	if from.Sentence == nil {
		from.Sentence = &cards.Span{}
	}
	if from.Source == nil {
		from.Source = &cards.Span{}
	}
	if a := m.articles[from.Article]; a != nil {
		article = int64(a.id)
	}
	return from, article
}

// cardRow adds the rows of a new card: the card, the schedule, and the event that led
// to it where it came with progress.
func (m *staging) cardRow(r *stagedRows, i int, nt *noteType, s sides) {
	c := &m.draft.Cards[i]
	note := int64(m.noteIDs[c.Note])
	deck := m.decks[m.deckOf[c.Deck]].staged
	sibling := m.sibling(c.Note, nt)
	id := int64(m.cardIDs[i])
	r.cards = append(r.cards, id, note, c.Ordinal, int64(deck), sibling, s.folded, millis(m.now), s.front, s.back, m.source(i, 1))
	r.decks[deck]++
	schedule, before := m.schedules[i], cards.NewSchedule(m.today)
	flag := c.Flag
	if m.choices.Without.Progress {
		schedule, flag = before, 0
	}
	if schedule == before && flag == 0 {
		r.fresh = append(r.fresh, int64(m.user), id, int64(deck), sibling, int64(m.today))
		return
	}
	event := cards.Review{Kind: cards.EventImport, Day: m.today, Before: before, After: schedule}
	p := pack(schedule)
	r.schedules = p.append(append(r.schedules, int64(m.user), id, int64(deck), sibling, 1))
	r.schedules = append(r.schedules, int64(m.firstOf(i, event)), flag)
	if m.exact[i] || schedule == cards.NewSchedule(schedule.Due) {
		return
	}
	r.events = m.importEvent(r.events, id, before, schedule)
}

// sibling is the first note of those that note i is not to be asked on one day with: it
// itself where it can have several cards, 0 for none.
func (m *staging) sibling(i int, nt *noteType) int64 {
	if from, ok := own[rectoNote](m.draft.Notes[i].Extras, ownNote); ok && from.Sibling != "" {
		if first, ok := m.byGUID[from.Sibling]; ok {
			return int64(m.noteIDs[first])
		}
	}
	if nt.several() {
		return int64(m.noteIDs[i])
	}
	return 0
}

// importEvent adds the row of the event that a schedule came with.
func (m *staging) importEvent(rows []any, card int64, before, after cards.Schedule) []any {
	was, is := pack(before), pack(after)
	rows = append(rows, int64(m.user), fmt.Sprintf("import-%d-%d", m.id, card), card, millis(m.now), m.clock.Zone.String(), m.clock.Rollover,
		int64(m.today), string(cards.EventImport), 0, 0, nil)
	return is.append(was.append(rows))
}

func (r *stagedRows) insert(t *txn) error {
	for _, rows := range []struct {
		query  string
		width  int
		values []any
	}{{insertNote, 18, r.notes}, {insertCard, 10, r.cards}, {insertSchedule, 17, r.schedules}, {insertFresh, 5, r.fresh}, {queryText[addReview], 31, r.events}} {
		if err := t.insertRows(rows.query, rows.width, rows.values); err != nil {
			return err
		}
	}
	for _, link := range r.media {
		if err := t.repeat(`INSERT OR IGNORE INTO note_media (media_id, note_id) SELECT id, ? FROM media WHERE user_id = ? AND name = ?`, link.note, int64(r.user), link.name); err != nil {
			return err
		}
	}
	for deck, n := range r.decks {
		if err := t.repeat(`UPDATE decks SET cards = cards + ? WHERE id = ?`, n, int64(deck)); err != nil {
			return err
		}
	}
	return nil
}

// readSource reads what another program knows of a card.
func readSource(text string) (s cardSource, err error) {
	if text == "" {
		return cardSource{Passes: -1}, nil
	}
	return s, json.Unmarshal([]byte(text), &s)
}
