package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// stagedName begins the names of note types that cannot be seen yet.
const stagedName = "\x01"

// cardSource is what another program knows of a card and its progress. The progress
// holds while the schedule has Version.
type cardSource struct {
	ID       int64          `json:"id,omitempty"`
	Position int64          `json:"position,omitempty"`
	State    formats.State  `json:"state,omitempty"`
	Due      cards.Day      `json:"due,omitempty"`
	DueAt    time.Time      `json:"dueAt,omitzero"`
	Interval int            `json:"interval,omitempty"`
	Ease     int            `json:"ease,omitempty"`
	Reps     int            `json:"reps,omitempty"`
	Own      int            `json:"own,omitempty"` // of Reps, those that stand in the log as Recto's own
	Passes   int            `json:"passes"`
	Lapses   int            `json:"lapses,omitempty"`
	Left     int            `json:"left,omitempty"`
	Buried   formats.Burial `json:"buried,omitempty"`
	Modified time.Time      `json:"modified,omitzero"`
	Memory   string         `json:"memory,omitempty"`
	Extras   formats.Extras `json:"extras,omitempty"`
	Version  int64          `json:"version,omitempty"`
}

// source is what the file says of card i. Without progress only its number and place
// are kept.
func (m *importer) source(i int, version int64) string {
	c := &m.draft.Cards[i]
	s := cardSource{ID: c.ID, Position: c.Position, Passes: -1, Modified: c.Modified}
	if !m.choices.Without.Progress {
		s = cardSource{
			ID: c.ID, Position: c.Position, State: c.State, Due: min(max(c.Due, 0), farthest), DueAt: c.DueAt, Interval: c.Interval, Ease: c.Ease, Reps: c.Reps, Passes: c.Passes,
			Lapses: c.Lapses, Left: c.Left, Buried: c.Buried, Modified: c.Modified, Memory: c.Memory, Extras: c.Extras, Version: version,
		}
		if m.exact[i] {
			s.Own = m.logs[i].own
		}
	}
	return toJSON(s)
}

// noteSource is what another program knows of a note.
type noteSource struct {
	ID     int64          `json:"id,omitempty"`
	GUID   *string        `json:"guid,omitempty"` // in the file, which gives it to several notes
	Extras formats.Extras `json:"extras,omitempty"`
	// Changed is when it was changed last, where the file says a time after the import.
	Changed int64 `json:"changed,omitempty"`
}

// noteSource is what the file says of note i.
func (m *importer) noteSource(i int) string {
	n := &m.draft.Notes[i]
	s := noteSource{ID: n.ID, Extras: foreign(n.Extras)}
	if m.twice[i] {
		s.GUID = &n.GUID
	}
	if changed := millis(n.Modified); !n.Modified.IsZero() && changed > millis(m.now) {
		s.Changed = changed
	}
	if s.ID == 0 && s.GUID == nil && len(s.Extras) == 0 && s.Changed == 0 {
		return ""
	}
	return toJSON(s)
}

// staging is an import that is being written.
type staging struct {
	*importer
	id       ImportID
	noteIDs  []NoteID          // here, 0 for those that are not added
	cardIDs  []CardID          // of every card, also those that are there
	byNote   []int32           // the cards of the Draft, those of one note together
	from     []int32           // where in byNote those of a note begin
	firsts   map[int]cards.Day // of exact cards
	ready    []readyNote
	copier   *logCopier
	progress func(done, total int)
}

// checkpoints is how many pages the log of changes takes, while an import is staged,
// before the writer itself copies them into the file: 200 MB.
const checkpoints = 50000

// stage writes all that is new, so that nobody sees it.
func (m *staging) stage(ctx context.Context) error {
	if err := m.reserve(ctx); err != nil {
		return err
	}
	if err := m.stageMedia(ctx); err != nil {
		return err
	}
	if err := m.stageArticles(ctx); err != nil {
		return err
	}
	if err := m.stageNotes(ctx); err != nil {
		return err
	}
	if err := m.stageReviews(ctx); err != nil {
		return err
	}
	if err := m.stageVerdicts(ctx); err != nil {
		return err
	}
	return m.stageChanges(ctx)
}

// tell reports the progress of cards, and of what comes after them as one of them.
func (m *staging) tell(done, total int) {
	if m.progress != nil {
		m.progress(done, total)
	}
}

// write runs a job of the import, unless its user has gone meanwhile.
func (m *staging) write(ctx context.Context, do func(*txn) error) error {
	return isChanged(m.s.write(ctx, "import", m.whileStaged(do)))
}

// whileStaged is do, unless the user has gone meanwhile.
func (m *staging) whileStaged(do func(*txn) error) func(*txn) error {
	return func(t *txn) error {
		var n int
		if err := t.row(`SELECT count(*) FROM imports WHERE id = ? AND state = 'staged'`, int64(m.id)).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return ErrNotFound
		}
		return do(t)
	}
}

// reserve takes numbers for notes and cards, and makes note types and decks.
func (m *staging) reserve(ctx context.Context) error {
	m.order()
	var fresh []int32 // cards that are added, by their place in the line
	notes := 0
	for i := range m.notes {
		if m.notes[i].fate == FateNew {
			notes++
		}
	}
	for i := range m.cards {
		if m.cards[i].id == 0 {
			fresh = append(fresh, int32(i))
		}
	}
	m.inLine(fresh)
	return m.write(ctx, func(t *txn) error {
		if _, err := t.exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", checkpoints)); err != nil {
			return err
		}
		note, err := t.reserveIDs("notes", notes)
		if err != nil {
			return err
		}
		card, err := t.reserveIDs("cards", len(fresh))
		if err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE imports SET first_note = ?, last_note = ? WHERE id = ?`, note, note+int64(notes)-1, int64(m.id)); err != nil {
			return err
		}
		m.noteIDs, m.cardIDs = make([]NoteID, len(m.notes)), make([]CardID, len(m.cards))
		for i := range m.notes {
			m.noteIDs[i] = m.notes[i].id
			if m.notes[i].fate == FateNew {
				m.noteIDs[i], note = NoteID(note), note+1
			}
		}
		for i := range m.cards {
			m.cardIDs[i] = m.cards[i].id
		}
		for n, i := range fresh {
			m.cardIDs[i] = CardID(card + int64(n))
		}
		return errors.Join(m.stageTypes(t), m.stageDecks(t), m.hideGhosts(t))
	})
}

// inLine puts the cards that are to be learnt in the order of their places in the line,
// among themselves: new cards are asked in the order in which they were added.
func (m *staging) inLine(fresh []int32) {
	var slots []int
	var waiting []int32
	for at, i := range fresh {
		if c := &m.draft.Cards[i]; c.State == formats.New && c.Position > 0 && !m.draft.InTrash(int(i)) {
			slots, waiting = append(slots, at), append(waiting, i)
		}
	}
	slices.SortStableFunc(waiting, func(a, b int32) int { return sign(m.draft.Cards[a].Position - m.draft.Cards[b].Position) })
	for n, at := range slots {
		fresh[at] = waiting[n]
	}
}

// order finds the cards of each note.
func (m *staging) order() {
	m.from, m.byNote = make([]int32, len(m.notes)+1), make([]int32, len(m.cards))
	for i := range m.draft.Cards {
		m.from[m.draft.Cards[i].Note+1]++
	}
	for i := range m.notes {
		m.from[i+1] += m.from[i]
	}
	next := slices.Clone(m.from)
	for i := range m.draft.Cards {
		n := m.draft.Cards[i].Note
		m.byNote[next[n]] = int32(i)
		next[n]++
	}
}

func (m *staging) stageTypes(t *txn) error {
	_, whole := own[rectoUser](m.draft.Extras, ownUser)
	for i := range m.types {
		nt := m.types[i].nt
		if nt.id != 0 || !whole && !slices.ContainsFunc(m.draft.Notes, func(n formats.Note) bool { return n.Type == i }) && m.draft.NoteTypes[i].ID == 0 {
			continue
		}
		made, err := t.addNoteType(m.user, fmt.Sprintf("%s%d %s", stagedName, m.id, nt.name), nt.definition)
		if err != nil {
			return err
		}
		nt.id = made.id
	}
	return nil
}

// deckSource is what another program knows of a deck.
type deckSource struct {
	ID          int64          `json:"id,omitempty"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Preset      int64          `json:"preset,omitempty"` // a row of presets, 0 for none
	Modified    time.Time      `json:"modified,omitzero"`
	Extras      formats.Extras `json:"extras,omitempty"`
	Into        DeckID         `json:"into,omitempty"` // while staged: the deck that its cards go to
}

// stageDecks makes the decks that nobody owns yet.
func (m *staging) stageDecks(t *txn) error {
	for i := range m.decks {
		d := &m.decks[i]
		source := deckSource{Name: d.name, Into: d.id}
		if d.id != 0 && d.cards == 0 {
			continue
		}
		if d.draft >= 0 && d.id == 0 {
			draft := &m.draft.Decks[d.draft]
			source.ID, source.Description, source.Modified, source.Extras = draft.ID, draft.Description, draft.Modified, foreign(draft.Extras)
			var err error
			if source.Preset, err = m.stagePreset(t, draft.Preset); err != nil {
				return err
			}
		}
		id, err := t.insert(`INSERT INTO decks (user_id, name, name_key, shared, cards, created, source, import_id) VALUES (NULL, ?, ?, 0, 0, ?, ?, ?)`,
			d.name, fold(d.name), millis(m.now), toJSON(source), int64(m.id))
		if err != nil {
			return err
		}
		d.staged = DeckID(id)
	}
	for i := range m.draft.Presets {
		if _, err := m.stagePreset(t, i); err != nil {
			return err
		}
	}
	return nil
}

// stagePreset stores a preset, each once.
func (m *staging) stagePreset(t *txn, preset int) (id int64, err error) {
	if preset < 0 || preset >= len(m.draft.Presets) {
		return 0, nil
	}
	definition := toJSON(m.draft.Presets[preset])
	if _, err := t.exec(`INSERT OR IGNORE INTO presets (user_id, definition) VALUES (?, ?)`, int64(m.user), definition); err != nil {
		return 0, err
	}
	err = t.row(`SELECT id FROM presets WHERE user_id = ? AND definition = ?`, int64(m.user), definition).Scan(&id)
	return id, err
}

// hideGhosts gives notes in the trash other GUIDs, so that those of the file can come
// beside them.
func (m *staging) hideGhosts(t *txn) error {
	for _, id := range m.ghosts {
		if err := t.repeat(`UPDATE notes SET guid = guid || '~trash' || id WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}
