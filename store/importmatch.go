package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// standing is a note that is there.
type standing struct {
	id           NoteID
	guid         string
	typeID       int64
	fields, tags string
	changed      int64
	seen         bool // it has no cards, or one that does not lie in the trash
}

// standingNotes calls each with every note of a user.
func (s *Store) standingNotes(ctx context.Context, user UserID, each func(standing) error) error {
	rows, err := s.readers.QueryContext(ctx, `SELECT n.id, n.guid, n.type_id, n.fields, n.tags, n.changed,
		NOT EXISTS (SELECT 1 FROM cards c WHERE c.note_id = n.id)
		OR EXISTS (SELECT 1 FROM cards c JOIN decks d ON d.id = c.deck_id WHERE c.note_id = n.id AND d.user_id IS NOT NULL)
		FROM notes n WHERE n.user_id = ? AND `+landed+` ORDER BY n.id`, int64(user))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n standing
		if err := rows.Scan(&n.id, &n.guid, &n.typeID, &n.fields, &n.tags, &n.changed, &n.seen); err != nil {
			return err
		}
		if err := each(n); err != nil {
			return err
		}
	}
	return rows.Err()
}

// findNotes says of every note whether it is there, and what becomes of it.
func (m *importer) findNotes(ctx context.Context) error {
	d := m.draft
	m.notes, m.guids = make([]fatedNote, len(d.Notes)), make([]string, len(d.Notes))
	byGUID, times := make(map[string]int, len(d.Notes)), map[string]int{}
	m.twice = map[int]bool{}
	nameless := map[string][]int{} // by type and first field
	for i := range d.Notes {
		n := &d.Notes[i]
		guid := n.GUID
		if guid == "" {
			fields := m.fields(i)
			guid = guidOf(m.types[n.Type].nt.name, fields, 0)
			if key := m.firstKey(m.types[n.Type].nt.id, fields); key != "" {
				nameless[key] = append(nameless[key], i)
			}
		}
		if _, twice := byGUID[guid]; twice {
			times[guid]++
			m.twice[i] = n.GUID != ""
			guid = numberedGUID(guid, times[guid])
		}
		m.guids[i], m.notes[i].fate = guid, FateNew
		byGUID[guid] = i
	}
	m.byGUID = byGUID
	var others []standing
	err := m.s.standingNotes(ctx, m.user, func(n standing) error {
		i, known := byGUID[n.guid]
		switch {
		case m.starter != 0:
			if known {
				m.ghosts = append(m.ghosts, int64(n.id))
			}
		case known && n.seen:
			m.meet(i, n)
		case known:
			m.ghosts = append(m.ghosts, int64(n.id))
		case n.seen && len(nameless) > 0:
			var fields []string
			if err := json.Unmarshal([]byte(n.fields), &fields); err != nil {
				return err
			}
			if key := m.firstKey(n.typeID, fields); key != "" && nameless[key] != nil {
				others = append(others, n)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return m.meetNameless(others, nameless)
}

// firstKey is what notes without a GUID are told apart by.
func (m *importer) firstKey(typeID int64, fields []string) string {
	if typeID == 0 || len(fields) == 0 || fields[0] == "" {
		return ""
	}
	return string(rune(typeID)) + fold(plain(fields[0]))
}

// meetNameless gives notes without a GUID the notes of the same type and first field,
// first those whose fields are all the same, then by turn.
func (m *importer) meetNameless(others []standing, nameless map[string][]int) error {
	for _, whole := range []bool{true, false} {
		left := others[:0]
		for _, n := range others {
			var fields []string
			if err := json.Unmarshal([]byte(n.fields), &fields); err != nil {
				return err
			}
			list := nameless[m.firstKey(n.typeID, fields)]
			at := slices.IndexFunc(list, func(i int) bool {
				return m.notes[i].id == 0 && (!whole || slices.Equal(m.fields(i), fields))
			})
			if at < 0 {
				left = append(left, n)
				continue
			}
			m.meet(list[at], n)
		}
		others = left
	}
	return nil
}

// meet says what becomes of note i of the Draft, which is there as n.
func (m *importer) meet(i int, n standing) {
	f, draft := &m.notes[i], &m.draft.Notes[i]
	f.id, f.changed = n.id, n.changed
	nt := m.types[draft.Type].nt
	if n.typeID == nt.id && n.fields == toJSON(m.fields(i)) && n.tags == toJSON(tidy(draft.Tags)) {
		f.fate = FateSame
		return
	}
	switch newer := draft.Modified.IsZero() || millis(draft.Modified) > n.changed; {
	case m.choices.Duplicates == AddBoth:
		m.guids[i] = m.guids[i] + "~" + guidOf(nt.name, m.fields(i), 0)[2:10]
		*f = fatedNote{fate: FateNew}
	case m.choices.Duplicates == TakeTheirs, m.choices.Duplicates == TakeNewer && newer:
		f.fate = FateChanged
	default:
		f.fate = FateKept
	}
}

// cardKey is a card of a note that is there.
type cardKey struct {
	note    NoteID
	ordinal int
}

// findCards says of every card whether it is there, and whose progress is the later.
func (m *importer) findCards(ctx context.Context) error {
	if err := m.metTwice(ctx); err != nil {
		return err
	}
	d := m.draft
	m.cards = make([]fatedCard, len(d.Cards))
	m.schedules = d.Schedules(func(t time.Time) cards.Day { return m.clock.Today(t, 0) }, m.today)
	for i := range d.Cards {
		if exact := d.Cards[i].Schedule; exact != nil {
			m.schedules[i] = *exact
		}
		m.schedules[i] = possible(m.schedules[i])
	}
	m.logs = m.answersOf()
	met := map[cardKey]int{}
	for i := range d.Cards {
		if id := m.notes[d.Cards[i].Note].id; id != 0 {
			met[cardKey{id, d.Cards[i].Ordinal}] = i
		}
	}
	if len(met) == 0 {
		return nil
	}
	mine, err := m.answersHere(ctx)
	if err != nil {
		return err
	}
	rows, err := m.s.readers.QueryContext(ctx, `SELECT c.id, c.note_id, c.ordinal, c.source, coalesce(s.version, 0), coalesce(s.seen, 0)
		FROM notes n JOIN cards c ON c.note_id = n.id LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id WHERE n.user_id = ?1`, int64(m.user))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := m.meetCard(rows, met, mine); err != nil {
			return err
		}
	}
	return rows.Err()
}

// farthest is the last day that a date can name in four digits.
var farthest = cards.DayOf(9999, time.December, 31)

// possible is s within the days that there are.
func possible(s cards.Schedule) cards.Schedule {
	within := func(d cards.Day) cards.Day { return min(max(d, 0), farthest) }
	s.Due, s.Last, s.Buried = within(s.Due), within(s.Last), within(s.Buried)
	s.Interval = min(max(s.Interval, 0), int(farthest))
	s.Repetitions, s.Lapses = max(s.Repetitions, 0), max(s.Lapses, 0)
	s.EFactor = max(s.EFactor, cards.MinEFactor)
	return s
}

// metTwice finds the notes that AddBoth has added before.
func (m *importer) metTwice(ctx context.Context) error {
	if m.choices.Duplicates != AddBoth {
		return nil
	}
	for i := range m.notes {
		if m.notes[i].fate != FateNew || m.guids[i] == m.draft.Notes[i].GUID {
			continue
		}
		ids, err := column[NoteID](ctx, m.s.readers, `SELECT n.id FROM notes n WHERE n.user_id = ? AND n.guid = ? AND `+landed, int64(m.user), m.guids[i])
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			m.notes[i] = fatedNote{fate: FateSame, id: ids[0]}
		}
	}
	return nil
}

func (m *importer) meetCard(rows *sql.Rows, met map[cardKey]int, mine map[CardID]answers) error {
	var f fatedCard
	var k cardKey
	var source string
	var seen bool
	if err := rows.Scan(&f.id, &k.note, &k.ordinal, &source, &f.version, &seen); err != nil {
		return err
	}
	i, ok := met[k]
	if !ok {
		return nil
	}
	m.cards[i] = f
	theirs := &m.draft.Cards[i]
	if m.choices.Without.Progress || f.version == 0 {
		return nil
	}
	here := mine[f.id]
	if source != "" {
		var s cardSource
		if err := json.Unmarshal([]byte(source), &s); err != nil {
			return err
		}
		here.n = max(here.n, max(s.Reps-s.Own, 0)+here.own)
	}
	log := m.logs[i]
	log.n = max(log.n, theirs.Reps)
	switch order := laterProgress(theirs.State != formats.New, log, seen, here); {
	case order > 0:
		m.cards[i].newer = true
		m.plan.Cards.Newer++
	case order < 0:
		m.plan.Cards.Older++
	}
	return nil
}

// laterProgress compares the progress of a file with that which is there: above 0 where the
// file's is the later, 0 where it is the same. A card that was never answered is
// behind any other; then the time of the last answer counts, then their number. So a card
// that was answered here and became new again stays so until it is answered elsewhere.
func laterProgress(started bool, theirs answers, seen bool, mine answers) int {
	switch {
	case !started && !seen:
		return 0
	case started && !seen && mine.n == 0:
		return 1
	case !started && seen:
		return -1
	case theirs.last != 0 && mine.last != 0:
		return sign(theirs.last - mine.last)
	}
	return sign(int64(theirs.n - mine.n))
}

func sign(n int64) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// answersHere sums up what a user has answered, here and in other programs.
func (m *importer) answersHere(ctx context.Context) (map[CardID]answers, error) {
	all := map[CardID]answers{}
	rows, err := m.s.readers.QueryContext(ctx, `SELECT card_id, max(at), count(*), sum(own) FROM (
		SELECT r.card_id, r.at, 1 AS own`+answered+`
		UNION ALL SELECT o.card_id, o.at, 0 FROM old_answers o WHERE o.user_id = ?1 AND o.button > 0) AS both GROUP BY card_id`, int64(m.user))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id CardID
		var a answers
		if err := rows.Scan(&id, &a.last, &a.n, &a.own); err != nil {
			return nil, err
		}
		all[id] = a
	}
	return all, rows.Err()
}
