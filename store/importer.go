package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// importer is one import, or the preview of one. What it finds out about a note, a
// card or a deck of the Draft stands at the same index as that.
type importer struct {
	s       *Store
	user    UserID
	clock   cards.Clock
	today   cards.Day
	limits  cards.Limits // the user's own
	now     time.Time
	draft   *formats.Draft
	choices Choices
	plan    Plan
	empty   bool   // the user has nothing yet,
	starter DeckID // but for this deck, which gives way; 0 for none

	media     []fatedMedium
	rename    func(string) string // what media are called here, in HTML; nil where names stay
	types     []fatedType
	decks     []fatedDeck
	deckOf    []int // which of decks a deck of the Draft is
	notes     []fatedNote
	guids     []string // of the notes here
	byGUID    map[string]int
	twice     map[int]bool // notes whose GUID the file has given to one before
	cards     []fatedCard
	schedules []cards.Schedule
	logs      []answers
	undone    map[string]bool // the keys of events of the Draft that were taken back
	reviews   []int32         // of the Draft that are not known here yet
	exact     []bool          // cards whose log is Recto's own and whole
	articles  map[string]*fatedArticle
	ghosts    []int64 // notes in the trash whose GUID is wanted
}

type fatedMedium struct {
	name string // here
	have bool
}

type fatedType struct {
	nt     *noteType // as it stands, or as it will; its id is 0 while it is new
	change bool      // the file has a later one
	before string    // the definition that it had then
}

type fatedDeck struct {
	name   string
	id     DeckID // that stands, 0 for a new one
	draft  int    // the deck of the Draft that it was made for, -1 for none
	staged DeckID // where its new cards wait
	thrown bool   // it lies in the trash
	cards  int
}

type fatedNote struct {
	fate    Fate
	id      NoteID // that is there, 0 for none
	changed int64  // when that was changed last
}

type fatedCard struct {
	id      CardID // that is there, 0 for none
	version int64  // of its schedule
	newer   bool   // the file's progress is the later
}

// answers sums up how far a card has come.
type answers struct {
	last int64 // instant of the last one, 0 for none known
	n    int
	own  int // of these, that were given here
}

// newImporter finds out what importing a Draft would do.
func (s *Store) newImporter(ctx context.Context, user UserID, d *formats.Draft, c Choices, now time.Time) (*importer, error) {
	u, err := s.User(ctx, user)
	if err != nil {
		return nil, err
	}
	m := &importer{s: s, user: user, clock: u.Clock(), today: u.Today(now), limits: cards.Limits{New: u.Settings.NewPerDay, Reviews: u.Settings.ReviewsPerDay}, now: now, draft: d, choices: c}
	m.plan = Plan{Format: d.Format, File: c.File, Troubles: d.Troubles, Untold: d.Untold}
	for _, t := range d.Troubles {
		if t.Skipped {
			m.plan.Unread++
		}
	}
	for _, step := range []func(context.Context) error{m.findEmpty, m.findMedia, m.findTypes, m.findDecks, m.findNotes, m.findCards, m.findReviews, m.findArticles} {
		if err := step(ctx); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	m.count()
	return m, nil
}

// findMedia says under which name each medium is kept here.
func (m *importer) findMedia(ctx context.Context) error {
	if m.choices.Without.Media || len(m.draft.Media) == 0 {
		return nil
	}
	have := map[string][32]byte{}
	rows, err := m.s.readers.QueryContext(ctx, `SELECT name, sha256 FROM media WHERE user_id = ?`, int64(m.user))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var sum []byte
		if err := rows.Scan(&name, &sum); err != nil {
			return err
		}
		have[name] = [32]byte(sum)
	}
	renamed := map[string]string{}
	m.media = make([]fatedMedium, len(m.draft.Media))
	for i, medium := range m.draft.Media {
		f := &m.media[i]
		f.name = medium.Name
		if f.name == "" || formats.SafeName(f.name) != f.name {
			f.have = true
			m.plan.Unread++
			m.plan.Troubles = append(m.plan.Troubles, formats.Trouble{Where: fmt.Sprintf("medium %q", shorten(f.name, 80)), Sentence: "its name cannot be used", Skipped: true})
			continue
		}
		sum, taken := have[f.name]
		if taken && sum != medium.SHA256 {
			f.name = formats.WithSuffix(medium.Name, "-"+hex.EncodeToString(medium.SHA256[:8]))
			renamed[medium.Name] = f.name
			sum, taken = have[f.name]
			m.plan.Media.Renamed++
		}
		if f.have = taken && sum == medium.SHA256; f.have {
			m.plan.Media.Same++
			continue
		}
		have[f.name] = medium.SHA256
		m.plan.Media.New++
		m.plan.Media.Bytes += medium.Size
	}
	if len(renamed) > 0 {
		m.rename = formats.MediaRenamer(renamed)
	}
	return rows.Err()
}

// fields are the values of a note as they are kept here. The slice is the Draft's.
func (m *importer) fields(note int) []string {
	values := m.draft.Notes[note].Fields
	if m.rename == nil {
		return values
	}
	values = slices.Clone(values)
	for i, v := range values {
		values[i] = m.rename(v)
	}
	return values
}

// findTypes says which note type of the user's each is.
func (m *importer) findTypes(ctx context.Context) error {
	rows, err := m.s.readers.QueryContext(ctx, `SELECT id, name, definition FROM note_types WHERE user_id = ? AND name NOT LIKE ? ORDER BY id`, int64(m.user), stagedName+"%")
	if err != nil {
		return err
	}
	defer rows.Close()
	var have []*noteType
	for rows.Next() {
		var id int64
		var name, definition string
		if err := rows.Scan(&id, &name, &definition); err != nil {
			return err
		}
		nt, err := readNoteType(id, name, definition)
		if err != nil {
			return err
		}
		have = append(have, nt)
	}
	m.types = make([]fatedType, len(m.draft.NoteTypes))
	for i, t := range m.draft.NoteTypes {
		m.types[i] = m.typeOf(t, have)
		if nt := m.types[i].nt; nt.id == 0 {
			have = append(have, nt)
			m.plan.NoteTypes = append(m.plan.NoteTypes, nt.name)
		}
	}
	return rows.Err()
}

// typeOf finds the note type that a note type of the Draft is: that of the same
// number and shape, or, where it has no number, of the same name and shape.
func (m *importer) typeOf(t formats.NoteType, have []*noteType) fatedType {
	if m.rename != nil {
		t.CSS = m.rename(t.CSS)
		t.Templates = slices.Clone(t.Templates)
		for i := range t.Templates {
			t.Templates[i].Front, t.Templates[i].Back = m.rename(t.Templates[i].Front), m.rename(t.Templates[i].Back)
		}
	}
	for _, nt := range have {
		if !sameShape(nt.definition, t) {
			continue
		}
		if t.ID == 0 && (nt.name == t.Name || nt.definition.Name == t.Name) {
			return fatedType{nt: nt}
		}
		if t.ID == 0 || nt.definition.ID != t.ID {
			continue
		}
		before := toJSON(nt.definition)
		newer := t.Modified.After(nt.definition.Modified) || m.choices.Duplicates == TakeTheirs
		if before == toJSON(t) || !newer || m.choices.Duplicates == KeepMine || nt.id == 0 {
			return fatedType{nt: nt}
		}
		name := nt.name
		if nt.name == nt.definition.Name && !taken(have, t.Name) {
			name = t.Name
		}
		return fatedType{nt: newNoteType(nt.id, name, t), change: true, before: before}
	}
	name := strings.TrimSpace(t.Name)
	if name == "" {
		name = "Imported"
	}
	free := name
	for n := 2; taken(have, free); n++ {
		free = fmt.Sprintf("%s (%d)", name, n)
	}
	return fatedType{nt: newNoteType(0, free, t)}
}

func taken(have []*noteType, name string) bool {
	return slices.ContainsFunc(have, func(nt *noteType) bool { return nt.name == name })
}

// sameShape reports whether notes and cards of one type can be of the other.
func sameShape(a, b formats.NoteType) bool {
	return a.Cloze == b.Cloze &&
		slices.EqualFunc(a.Fields, b.Fields, func(x, y formats.Field) bool { return x.Name == y.Name }) &&
		slices.EqualFunc(a.Templates, b.Templates, func(x, y formats.Template) bool { return x.Name == y.Name })
}

// findDecks says which decks the cards go to.
func (m *importer) findDecks(ctx context.Context) error {
	have := map[string]DeckID{}
	rows, err := m.s.readers.QueryContext(ctx, `SELECT id, name_key FROM decks WHERE user_id = ?`, int64(m.user))
	if err != nil {
		return err
	}
	defer rows.Close()
	chosen := ""
	for rows.Next() {
		var id DeckID
		var key string
		if err := rows.Scan(&id, &key); err != nil {
			return err
		}
		if id != m.starter {
			have[key] = id
		}
		if id == m.choices.Deck {
			chosen = key
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	m.deckOf = make([]int, len(m.draft.Decks))
	if m.choices.Deck != 0 || m.choices.NewDeck != "" {
		if m.choices.Deck != 0 && chosen == "" {
			return ErrNotFound
		}
		m.decks = []fatedDeck{{name: m.choices.NewDeck, id: m.choices.Deck, draft: -1}}
		if m.choices.Deck == 0 {
			m.decks[0].id = have[fold(deckName(m.choices.NewDeck))]
			m.decks[0].name = deckName(m.choices.NewDeck)
		}
		return m.s.nameDeck(ctx, &m.decks[0])
	}
	used := make([]bool, len(m.draft.Decks))
	for i := range m.draft.Cards {
		used[m.draft.Cards[i].Deck] = true
	}
	at := map[string]int{}
	for i, d := range m.draft.Decks {
		_, whole := own[rectoDeck](d.Extras, ownDeck)
		if !used[i] && (d.Filtered || !whole && (d.ID == 1 || d.Name == "Default")) {
			m.deckOf[i] = -1
			continue
		}
		name := deckName(d.Name)
		key := fold(name)
		if d.Trashed { // it has no name that others could not have
			key = fmt.Sprintf("\x01%d", i)
		}
		if _, known := at[key]; !known {
			at[key] = len(m.decks)
			m.decks = append(m.decks, fatedDeck{name: name, id: have[key], draft: i, thrown: d.Trashed})
		}
		m.deckOf[i] = at[key]
	}
	return nil
}

// nameDeck reads the name of a deck that stands.
func (s *Store) nameDeck(ctx context.Context, d *fatedDeck) error {
	if d.id == 0 {
		return nil
	}
	return s.readers.QueryRowContext(ctx, `SELECT name FROM decks WHERE id = ?`, int64(d.id)).Scan(&d.name)
}

// deckName is the name of a deck of a file as it is kept here.
func deckName(name string) string {
	name = strings.TrimSpace(strings.ToValidUTF8(name, ""))
	if name == "" {
		return "Imported"
	}
	const most = 500 // bytes
	if len(name) > most {
		name = strings.ToValidUTF8(name[:most], "")
	}
	return name
}

// guidOf is the GUID of a note whose format has none: the same for the same content,
// and for the nth of several alike.
func guidOf(typeName string, fields []string, n int) string {
	h := sha256.New()
	for _, part := range append([]string{typeName}, fields...) {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return numberedGUID("t-"+hex.EncodeToString(h.Sum(nil)[:12]), n)
}

// numberedGUID is the GUID of the nth note, from 0, of those that a file gives one GUID.
func numberedGUID(guid string, n int) string {
	if n == 0 {
		return guid
	}
	return fmt.Sprintf("%s~%d", guid, n+1)
}

// errChanged is for what was changed between the look and the deed.
var errChanged = fmt.Errorf("%w: something was changed while it was imported; do it again", ErrStale)

// isChanged makes errChanged of the errors that speak of it.
func isChanged(err error) error {
	if errors.Is(err, ErrNameTaken) || err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed") {
		return errChanged
	}
	return err
}
