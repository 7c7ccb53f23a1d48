package store

import (
	"context"
	"slices"

	"recto/cards"
	"recto/cards/formats"
)

// knownAnswer is one that is in the log, of a card or, where the card was gone in the
// file, of no card.
type knownAnswer struct {
	card CardID
	at   int64
}

func (a knownAnswer) compare(b knownAnswer) int {
	if a.card != b.card {
		return sign(int64(a.card - b.card))
	}
	return sign(a.at - b.at)
}

// findReviews says which lines of the log are not known here yet, and of which cards
// the log is Recto's own, so that it can be taken as it is.
func (m *importer) findReviews(ctx context.Context) error {
	m.exact = make([]bool, len(m.cards))
	if m.choices.Without.Progress || len(m.draft.Reviews) == 0 {
		return nil
	}
	m.findExact()
	known, err := m.knownAnswers(ctx)
	if err != nil {
		return err
	}
	for i := range m.draft.Reviews {
		r := &m.draft.Reviews[i]
		at := knownAnswer{0, millis(r.At)}
		if r.Card >= 0 {
			if at.card = m.cards[r.Card].id; at.card == 0 {
				if m.keepsCard(r.Card) {
					m.reviews = append(m.reviews, int32(i))
				}
				continue
			}
		}
		if r.Event != nil && (r.Button == 0 || m.undone[r.Event.Key]) {
			continue // what happened to a card that is here, and was no answer, or was taken back
		}
		if _, found := slices.BinarySearchFunc(known, at, knownAnswer.compare); !found {
			m.reviews = append(m.reviews, int32(i))
		}
	}
	for _, i := range m.reviews {
		if m.draft.Reviews[i].Button > 0 {
			m.plan.Reviews++
		}
	}
	return nil
}

// answersOf sums up the log of the Draft by card, and finds what was taken back.
func (m *importer) answersOf() []answers {
	m.undone = map[string]bool{}
	for i := range m.draft.Reviews {
		if e := m.draft.Reviews[i].Event; e != nil && e.Undoes != "" {
			m.undone[e.Undoes] = true
		}
	}
	all := make([]answers, len(m.draft.Cards))
	for i := range m.draft.Reviews {
		r := &m.draft.Reviews[i]
		if r.Card < 0 || r.Button == 0 || r.Event != nil && m.undone[r.Event.Key] {
			continue
		}
		a := &all[r.Card]
		a.last = max(a.last, millis(r.At))
		a.n++
		if r.Event != nil {
			a.own++
		}
	}
	return all
}

// keepsCard reports whether card i of the Draft, which is not there, is added.
func (m *importer) keepsCard(i int) bool { return m.notes[m.draft.Cards[i].Note].fate != FateKept }

// knownAnswers are those that the user has, of here and of other programs, in order.
func (m *importer) knownAnswers(ctx context.Context) (all []knownAnswer, err error) {
	rows, err := m.s.readers.QueryContext(ctx, `SELECT r.card_id, r.at FROM reviews r WHERE r.user_id = ?1 UNION ALL SELECT o.card_id, o.at FROM old_answers o WHERE o.user_id = ?1`, int64(m.user))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a knownAnswer
		if err := rows.Scan(&a.card, &a.at); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	slices.SortFunc(all, knownAnswer.compare)
	return all, rows.Err()
}

// chain is the log of a card as far as it has been followed.
type chain struct {
	broken bool
	events int
	after  cards.Schedule
	live   []int32 // events that were not taken back
}

// findExact follows Recto's own log of every card that is added. Where each event
// begins as the one before it ends, and the last one ends at the card's schedule, the
// events are taken as they are.
func (m *importer) findExact() {
	chains := map[int]*chain{}
	for i := range m.draft.Reviews {
		r := &m.draft.Reviews[i]
		if r.Event == nil || r.Card < 0 || m.cards[r.Card].id != 0 {
			continue
		}
		c := chains[r.Card]
		if c == nil {
			c = &chain{}
			chains[r.Card] = c
		}
		c.add(m.draft, int32(i))
	}
	for card, c := range chains {
		m.exact[card] = !c.broken && m.draft.Cards[card].Schedule != nil && *m.draft.Cards[card].Schedule == c.after
	}
}

func (c *chain) add(d *formats.Draft, i int32) {
	e := d.Reviews[i].Event
	begins := e.Before == cards.NewSchedule(e.Before.Due) || e.Kind == cards.EventImport
	if c.events > 0 {
		begins = e.Before == c.after
	}
	c.broken = c.broken || !begins || e.Key == ""
	c.events++
	c.after = e.After
	if e.Kind != cards.EventUndo {
		c.live = append(c.live, i)
		return
	}
	if len(c.live) == 0 {
		c.broken = true
		return
	}
	back := d.Reviews[c.live[len(c.live)-1]].Event
	c.live = c.live[:len(c.live)-1]
	c.broken = c.broken || back.Key != e.Undoes || back.Before != e.After
}

// firstOf is the day of the first answer of card i, which comes by event, or by its
// own log.
func (m *staging) firstOf(i int, event cards.Review) cards.Day {
	if !m.exact[i] {
		return firstDay(event, 0)
	}
	return m.firsts[i]
}

// followFirsts finds the days of the first answers of the cards whose log is taken as
// it is.
func (m *staging) followFirsts() {
	m.firsts = map[int]cards.Day{}
	for _, i := range m.reviews {
		r := &m.draft.Reviews[i]
		if r.Card >= 0 && m.exact[r.Card] && r.Event != nil {
			e := r.Event
			m.firsts[r.Card] = firstDay(cards.Review{Kind: e.Kind, Day: e.Day, Before: e.Before, After: e.After}, m.firsts[r.Card])
		}
	}
}

var insertOld = `INSERT OR IGNORE INTO old_reviews (user_id, card_id, at, n, day, kind, button, grade, interval, last, ease, took, source_card, extras, import_id) VALUES ` + marks(15)

// stageReviews writes the log: Recto's own in its order, the rest in any.
func (m *staging) stageReviews(ctx context.Context) error {
	var old, events []int32
	for _, i := range m.reviews {
		switch r := &m.draft.Reviews[i]; {
		case r.Card >= 0 && m.exact[r.Card] && r.Event != nil:
			events = append(events, i)
		case r.Event == nil || r.Button > 0 && !m.undone[r.Event.Key]:
			old = append(old, i)
		}
	}
	m.reviews = nil
	if err := m.stageOld(ctx, old); err != nil {
		return err
	}
	keys := map[string]int64{} // the events by their keys, for those that take one back
	for chunk := range slices.Chunk(events, maxChunk) {
		err := m.write(ctx, func(t *txn) error {
			for _, i := range chunk {
				if err := m.stageEvent(t, &m.draft.Reviews[i], keys); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stageOld writes answers of other programs, those of a card beside each other, as the
// table has them.
func (m *staging) stageOld(ctx context.Context, old []int32) error {
	slices.SortStableFunc(old, func(a, b int32) int { return m.oldKey(a).compare(m.oldKey(b)) })
	nth := make([]int32, len(old)) // among those of one card and instant
	for k := 1; k < len(old); k++ {
		if m.oldKey(old[k]) == m.oldKey(old[k-1]) {
			nth[k] = nth[k-1] + 1
		}
	}
	jobs := (len(old) + maxChunk - 1) / maxChunk
	return m.inLong(ctx, jobs, func(k int) func(*txn) error {
		var rows []any
		for at := k * maxChunk; at < min((k+1)*maxChunk, len(old)); at++ {
			rows = m.oldRow(rows, &m.draft.Reviews[old[at]], m.oldKey(old[at]), int(nth[at]))
		}
		return func(t *txn) error { return t.insertRows(insertOld, 15, rows) }
	}, func(int) {})
}

// oldKey is the card here and the instant of a line of the log.
func (m *staging) oldKey(i int32) knownAnswer {
	r := &m.draft.Reviews[i]
	at := knownAnswer{at: millis(r.At)}
	if r.Card >= 0 {
		at.card = m.cardIDs[r.Card]
	}
	return at
}

func (m *staging) oldRow(rows []any, r *formats.Review, at knownAnswer, n int) []any {
	extras := ""
	if len(r.Extras) > 0 {
		extras = toJSON(r.Extras)
	}
	return append(rows, int64(m.user), int64(at.card), at.at, n, int64(m.clock.Today(r.At, 0)), string(r.Kind), r.Button, int64(r.Grade), r.Interval, r.Last, r.Ease,
		r.Took.Milliseconds(), r.CardID, extras, int64(m.id))
}

// stageEvent writes an event of Recto's own log. Its key stays, unless the user has
// another event of it.
func (m *staging) stageEvent(t *txn, r *formats.Review, keys map[string]int64) error {
	e := r.Event
	key := e.Key
	var n int
	if err := t.row(`SELECT count(*) FROM reviews WHERE user_id = ? AND key = ?`, int64(m.user), key).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		key = numberedKey(m.id, key)
	}
	var undoes any
	if e.Kind == cards.EventUndo {
		undoes = keys[e.Undoes]
	}
	was, is := pack(e.Before), pack(e.After)
	args := is.append(was.append([]any{int64(m.user), key, int64(m.cardIDs[r.Card]), millis(r.At), e.Zone, e.Rollover, int64(e.Day), string(e.Kind),
		int64(r.Grade), r.Took.Milliseconds(), undoes}))
	t.pool.wrote = true
	result, err := t.hot[addReview].ExecContext(t.ctx, args...)
	if err != nil {
		return err
	}
	keys[e.Key], err = result.LastInsertId()
	return err
}
