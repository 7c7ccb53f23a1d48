package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/formats"
)

// Draft is what a user has in a deck and those below it ("::"), or in all decks where
// deck is 0, in the words that all files are written from: notes and their types,
// cards with the user's progress, the whole log and the media. What came from a file
// is as it was in it, as long as nothing was changed here. What lies in the trash
// is not in it. The caller closes it.
func (s *Store) Draft(ctx context.Context, user UserID, deck DeckID) (*formats.Draft, error) {
	d, err := s.draft(ctx, user, deck, false)
	return d, wrap(fmt.Sprintf("draft of deck %d", deck), err)
}

// exporter puts a Draft together from the database as it is at one moment.
type exporter struct {
	s        *Store
	ctx      context.Context
	tx       *sql.Tx
	user     UserID
	clock    cards.Clock
	answered bool // something of the Draft was answered here
	whole    bool // Recto's own, with all that no other program has a word for
	every    bool // of all decks
	draft    *formats.Draft

	decks    map[DeckID]int
	presets  map[int64]int
	types    map[int64]int
	notes    map[int64]int
	cards    map[CardID]int
	articles map[int64]string          // their hashes
	thrown   map[CardID]DeckID         // cards in the trash, and the decks that they were in
	trashed  trashed                   // what comes behind all else
	quizzes  map[QuizID]int            // where they stand among those of the document, from 1
	imports  map[int64]bool            // that the notes came with, 0 among them for none
	names    map[int64]map[string]bool // of the media that notes name, by whose they are
}

func (s *Store) draft(ctx context.Context, user UserID, deck DeckID, whole bool) (*formats.Draft, error) {
	u, err := s.User(ctx, user)
	if err != nil {
		return nil, err
	}
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	d := &exporter{
		s: s, ctx: ctx, tx: tx, user: user, clock: u.Clock(), whole: whole, every: deck == 0, draft: &formats.Draft{Format: "recto"},
		decks: map[DeckID]int{}, presets: map[int64]int{}, types: map[int64]int{}, notes: map[int64]int{}, cards: map[CardID]int{}, names: map[int64]map[string]bool{int64(user): {}}, imports: map[int64]bool{},
	}
	steps := []func() error{
		d.readArticles, func() error { return d.readDecks(deck) }, d.readTrash, d.readPresets, d.readNotes, d.readTypes, d.readCards, d.readEvents, d.readOld, d.readMedia, d.readFile,
	}
	if whole {
		steps = append(steps, d.readRest)
	}
	for _, step := range steps {
		if err := errors.Join(step(), ctx.Err()); err != nil {
			return nil, errors.Join(err, d.draft.Close())
		}
	}
	return d.draft, nil
}

// each calls read with every row.
func (d *exporter) each(query string, read func(*sql.Rows) error, args ...any) error {
	rows, err := d.tx.QueryContext(d.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// readDecks finds the decks that the user owns or studies, in the order they were made.
func (d *exporter) readDecks(deck DeckID) error {
	name := ""
	if deck != 0 {
		err := d.tx.QueryRowContext(d.ctx, `SELECT d.name FROM decks d LEFT JOIN enrolments e ON e.deck_id = d.id AND e.user_id = ?1
			WHERE d.id = ?2 AND d.user_id IS NOT NULL AND (d.user_id = ?1 OR e.state = 'active' OR d.shared = 1)`, int64(d.user), int64(deck)).Scan(&name)
		if err != nil {
			return err
		}
	}
	below := fold(name) + "::"
	return d.each(`SELECT d.id, d.name, d.name_key, d.source, d.user_id = ?1, coalesce(e.state, ''), coalesce(e.paused, 0), coalesce(e.typed, 0), e.new_limit, e.review_limit,
		d.shared, d.created, coalesce(e.created, 0), coalesce(d.article_id, 0)
		FROM decks d LEFT JOIN enrolments e ON e.deck_id = d.id AND e.user_id = ?1
		WHERE d.user_id = ?1 OR d.user_id IS NOT NULL AND (e.state = 'active' OR d.id = ?2) ORDER BY d.id`, func(rows *sql.Rows) error {
		var r draftedDeck
		if err := rows.Scan(&r.id, &r.name, &r.key, &r.source, &r.mine, &r.state, &r.paused, &r.typed, &r.most, &r.due, &r.shared, &r.created, &r.enrolled, &r.article); err != nil {
			return err
		}
		if inside := r.mine && strings.HasPrefix(r.key, below); deck != 0 && r.id != deck && !inside {
			return nil
		}
		return d.addDeck(r)
	}, int64(d.user), int64(deck))
}

// draftedDeck is a row of decks with the user's enrolment.
type draftedDeck struct {
	id                DeckID
	name, key, source string
	mine, shared      bool
	state             string
	paused, typed     bool
	most, due         *int
	created, enrolled int64
	article           int64
}

func (d *exporter) addDeck(r draftedDeck) error {
	deck := formats.Deck{Name: r.name, Preset: -1}
	if r.source != "" {
		var source deckSource
		if err := json.Unmarshal([]byte(r.source), &source); err != nil {
			return err
		}
		deck.ID, deck.Description, deck.Modified, deck.Extras = source.ID, source.Description, source.Modified, source.Extras
		if source.Preset != 0 {
			preset, err := d.preset(source.Preset)
			if err != nil {
				return err
			}
			deck.Preset = preset
		}
	}
	if d.whole {
		deck.Extras = d.ownDeck(deck.Extras, r)
	}
	d.decks[r.id] = len(d.draft.Decks)
	d.draft.Decks = append(d.draft.Decks, deck)
	return nil
}

func (d *exporter) preset(id int64) (int, error) {
	if at, known := d.presets[id]; known {
		return at, nil
	}
	var text string
	if err := d.tx.QueryRowContext(d.ctx, `SELECT definition FROM presets WHERE id = ? AND user_id = ?`, id, int64(d.user)).Scan(&text); err != nil {
		if errors.Is(err, sql.ErrNoRows) { // of another's deck
			return -1, nil
		}
		return -1, err
	}
	var p formats.Preset
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return -1, err
	}
	d.presets[id] = len(d.draft.Presets)
	d.draft.Presets = append(d.draft.Presets, p)
	return d.presets[id], nil
}

// noteType is where a note type stands in the Draft. Of two with one name, the later one
// has the name that it has here.
func (d *exporter) noteType(id int64) (int, error) {
	if at, known := d.types[id]; known {
		return at, nil
	}
	var name, text string
	if err := d.tx.QueryRowContext(d.ctx, `SELECT name, definition FROM note_types WHERE id = ?`, id).Scan(&name, &text); err != nil {
		return 0, err
	}
	var t formats.NoteType
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return 0, err
	}
	same := func(o formats.NoteType) bool { return o.Name == t.Name }
	if slices.ContainsFunc(d.draft.NoteTypes, same) {
		t.Name = name
	}
	for n := 2; slices.ContainsFunc(d.draft.NoteTypes, same); n++ {
		t.Name = fmt.Sprintf("%s (%d)", name, n)
	}
	d.types[id] = len(d.draft.NoteTypes)
	d.draft.NoteTypes = append(d.draft.NoteTypes, t)
	return d.types[id], nil
}

// draftNotes are the user's notes, and those of others of which they have progress.
const draftNotes = `SELECT n.id, n.guid, n.type_id, n.fields, n.tags, n.created, n.changed, n.source, n.user_id, n.import_id,
	n.proposal_id, n.article_title, n.sentence, n.sentence_start, n.sentence_end, n.source_start, n.source_end, coalesce(n.article_id, 0),
	coalesce((SELECT min(c.deck_id) FROM cards c JOIN decks k ON k.id = c.deck_id AND k.user_id IS NOT NULL WHERE c.note_id = n.id), 0),
	EXISTS (SELECT 1 FROM cards c WHERE c.note_id = n.id), coalesce((SELECT max(c.sibling) FROM cards c WHERE c.note_id = n.id), 0)
	FROM notes n WHERE (n.user_id = ?1 OR EXISTS (SELECT 1 FROM schedules s JOIN cards c ON c.id = s.card_id WHERE s.user_id = ?1 AND c.note_id = n.id)) AND ` + landed + ` ORDER BY n.id`

// draftedNote is a row of notes.
type draftedNote struct {
	noteRow
	deck     DeckID
	hasCards bool
	article  int64
	sibling  int64
}

func (d *exporter) readNotes() error {
	err := d.each(draftNotes, func(rows *sql.Rows) error {
		var n draftedNote
		if err := rows.Scan(&n.ID, &n.GUID, &n.TypeID, &n.Fields, &n.Tags, &n.Created, &n.Changed, &n.Source, &n.UserID, &n.ImportID,
			&n.ProposalID, &n.ArticleTitle, &n.Sentence, &n.SentenceStart, &n.SentenceEnd, &n.SourceStart, &n.SourceEnd, &n.article,
			&n.deck, &n.hasCards, &n.sibling); err != nil {
			return err
		}
		return d.addNote(n)
	}, int64(d.user))
	for i := 0; err == nil && i < len(d.trashed.notes); i++ {
		err = d.putNote(d.trashed.notes[i])
	}
	return err
}

func (d *exporter) addNote(n draftedNote) error {
	wanted, err := d.wants(n)
	switch {
	case err != nil:
		return err
	case wanted:
		return d.putNote(n)
	case d.trashed.of[n.ID]:
		d.trashed.notes = append(d.trashed.notes, n)
	}
	return nil
}

func (d *exporter) putNote(n draftedNote) error {
	kind, err := d.noteType(n.TypeID)
	if err != nil {
		return err
	}
	note := formats.Note{GUID: n.GUID, Type: kind, Created: instant(n.Created), Modified: instant(n.Changed)}
	if note.Fields, note.Tags, err = readNote(n.Fields, n.Tags); err != nil {
		return err
	}
	if len(note.Tags) == 0 {
		note.Tags = nil
	}
	d.name(n.UserID, note.Fields)
	if n.Source != "" {
		var source noteSource
		if err := json.Unmarshal([]byte(n.Source), &source); err != nil {
			return err
		}
		note.ID, note.Extras = source.ID, source.Extras
		if source.GUID != nil {
			note.GUID = *source.GUID
		}
	}
	d.imports[n.ImportID] = true
	if d.whole {
		note.Extras = d.ownNote(note.Extras, n)
	}
	d.notes[n.ID] = len(d.draft.Notes)
	d.draft.Notes = append(d.draft.Notes, note)
	return nil
}

// wants reports whether a note is of the Draft: one of its cards lies in a deck of it,
// or, where it is of all decks, the note has no card.
func (d *exporter) wants(n draftedNote) (bool, error) {
	if _, ok := d.decks[n.deck]; ok {
		return true, nil
	}
	if n.deck == 0 {
		return d.every && !n.hasCards && n.UserID == int64(d.user), nil
	}
	decks, err := column[DeckID](d.ctx, d.tx, `SELECT DISTINCT deck_id FROM cards WHERE note_id = ? AND deck_id IS NOT NULL`, n.ID)
	return slices.ContainsFunc(decks, func(id DeckID) bool { _, ok := d.decks[id]; return ok }), err
}

// readFile takes in what a file said of itself, such as the day from which Anki counts,
// where all notes came with it and nothing was answered since.
func (d *exporter) readFile() error {
	if len(d.imports) != 1 || d.answered {
		return nil
	}
	for id := range d.imports {
		return d.each(`SELECT after FROM import_changes WHERE import_id = ?1 AND kind = '`+changeFile+`'`, func(rows *sql.Rows) error {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			return json.Unmarshal([]byte(text), &d.draft.Extras)
		}, id)
	}
	return nil
}

// name notes which media of owner a note names.
func (d *exporter) name(owner int64, fields []string) {
	for _, name := range formats.References(fields...) {
		if d.names[owner] == nil {
			d.names[owner] = map[string]bool{}
		}
		d.names[owner][name] = true
	}
}

// readMedia takes in the media that the notes of the Draft name, and those that note
// types use; where it is of all decks, all of the user's. Of two with one name the
// user's own is taken.
func (d *exporter) readMedia() error {
	owners := slices.Sorted(maps.Keys(d.names))
	slices.SortStableFunc(owners, func(a, b int64) int { return sign(bit(a != int64(d.user)) - bit(b != int64(d.user))) })
	seen := map[string]bool{}
	for _, owner := range owners {
		err := d.each(`SELECT m.name, m.sha256, m.size, EXISTS (SELECT 1 FROM note_types t WHERE t.user_id = m.user_id AND instr(t.definition, m.name) > 0)
			OR m.name LIKE 'latex-%' FROM media m WHERE m.user_id = ?1 AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = m.import_id AND i.state IN ('staged', 'back')) ORDER BY m.id`,
			func(rows *sql.Rows) error {
				var m formats.Media
				var sum []byte
				var always bool
				if err := rows.Scan(&m.Name, &sum, &m.Size, &always); err != nil {
					return err
				}
				always = always || d.every && owner == int64(d.user)
				if seen[m.Name] || !d.names[owner][m.Name] && !always {
					return nil
				}
				seen[m.Name] = true
				copy(m.SHA256[:], sum)
				d.addMedium(m)
				return nil
			}, owner)
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *exporter) addMedium(m formats.Media) {
	file := d.s.mediaFile(m.SHA256)
	m.Open = func() (io.ReadCloser, error) { return os.Open(file) } //nolint:gosec // the name is a sum
	if _, err := os.Stat(file); err != nil {
		d.draft.Tell(formats.Trouble{Where: fmt.Sprintf("medium %q", m.Name), Sentence: "its file is missing; it was left out", Skipped: true})
		return
	}
	d.draft.Media = append(d.draft.Media, m)
}
