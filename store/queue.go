package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"recto/cards"
)

// Counts are how many cards a user is still to be asked today.
type Counts struct{ New, Due, Drill int }

// Question is the card that is asked next.
type Question struct {
	Card   Card
	Event  cards.EventKind // what an answer to it would be
	Counts Counts          // with this card
	Done   int             // cards that were finished today
	Total  int             // with them
}

// caps are the most cards of a deck that are counted.
type caps struct{ New, Due, Waiting int }

// count fills in what the decks could ask today, as far as the limits allow.
func (s *Store) count(ctx context.Context, p *dayPlan) error {
	most := caps{Waiting: p.share()}
	for i := range p.decks {
		d := &p.decks[i]
		rest := p.rest(d)
		most.New, most.Due = max(most.New, max(rest.New, d.still())+p.extra), max(most.Due, rest.Reviews)
	}
	if err := s.countUpTo(ctx, p, most, p.siblings); err != nil {
		return err
	}
	for i := range p.decks {
		d := &p.decks[i]
		d.forExam = min(d.still(), d.new)
		d.new, d.due, d.waiting = min(d.new, p.allowed(d)+p.extra), min(d.due, p.rest(d).Reviews), min(d.waiting, p.share())
	}
	return nil
}

// allowed is how many new cards of a deck come within the limits. What exams ask for
// comes out of the common limit first, and goes beyond it if need be.
func (p *dayPlan) allowed(d *deckPlan) int {
	rest := p.rest(d).New
	if d.own != nil {
		return max(rest, d.forExam)
	}
	return d.forExam + max(rest-p.reserved, 0)
}

// countUpTo counts the new, due and waiting cards of the plan's decks, most of each.
// Apart leaves out those that wait for another card of their note.
func (s *Store) countUpTo(ctx context.Context, p *dayPlan, most caps, apart bool) error {
	if len(p.decks) == 0 {
		return nil
	}
	which, only := countDecks, DeckID(0)
	if apart {
		which = countDecksApart
	}
	if len(p.decks) == 1 {
		only = p.decks[0].id
	}
	rows, err := s.hot[which].QueryContext(ctx, int64(p.user), int64(only), int64(p.today), int64(p.begun()), most.New, most.Due, most.Waiting)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id DeckID
		var fresh, due, waiting int
		if err := rows.Scan(&id, &fresh, &due, &waiting); err != nil {
			return err
		}
		if d := p.deck(id); d != nil {
			d.new, d.due, d.waiting = fresh, due, waiting
		}
	}
	return rows.Err()
}

// total counts every deck of the plan, and adds them up within the limits.
func (s *Store) total(ctx context.Context, p *dayPlan) (c Counts, err error) {
	if err := s.count(ctx, p); err != nil {
		return c, err
	}
	var within, all, common cards.Limits
	forExams, waiting := 0, 0
	for i := range p.decks {
		d := &p.decks[i]
		all.New += d.new
		c.Drill += d.drill
		waiting += d.waiting
		if d.own != nil {
			within.New += min(p.allowed(d), d.new)
			within.Reviews += d.due
			continue
		}
		forExams += d.forExam
		common.New += d.new
		common.Reviews += d.due
	}
	rest := p.rest(&deckPlan{})
	within.New += forExams + min(max(rest.New-p.reserved, 0), common.New-forExams)
	within.Reviews += min(rest.Reviews, common.Reviews)
	c.New, c.Due = min(all.New, within.New+p.extra), within.Reviews+min(waiting, p.share())
	return c, nil
}

// Counts are how many cards of a deck, or of all when deck is 0, are still to be
// asked on the user's day at now.
func (s *Store) Counts(ctx context.Context, user UserID, deck DeckID, now time.Time) (Counts, error) {
	p, err := s.planAt(ctx, user, now)
	if err != nil {
		return Counts{}, wrap("counts", err)
	}
	p.narrow(deck)
	c, err := s.total(ctx, p)
	return c, wrap("counts", err)
}

// Next is the card of a deck, or of all when deck is 0, that is asked next on the
// user's day at now. It returns ErrNotFound when the day is done.
func (s *Store) Next(ctx context.Context, user UserID, deck DeckID, now time.Time) (Question, error) {
	p, err := s.planAt(ctx, user, now)
	if err != nil {
		return Question{}, wrap("next card", err)
	}
	p.narrow(deck)
	q := Question{}
	if q.Counts, err = s.total(ctx, p); err != nil {
		return Question{}, wrap("next card", err)
	}
	id, err := s.pick(ctx, p)
	if err != nil {
		return Question{}, wrap("next card", err)
	}
	if q.Card, err = s.Card(ctx, user, id); err != nil {
		return Question{}, wrap("next card", err)
	}
	q.Event = cards.EventOf(q.Card.Schedule, p.today)
	for _, d := range p.decks {
		q.Done += d.used.New + d.used.Reviews + d.back - d.drill
	}
	q.Total = q.Done + q.Counts.New + q.Counts.Due + q.Counts.Drill
	return q, nil
}

// pick chooses the next card of a plan whose decks are counted.
func (s *Store) pick(ctx context.Context, p *dayPlan) (CardID, error) {
	if id, err := s.justUndone(ctx, p); err != nil || id != 0 {
		return id, err
	}
	if id, err := s.latest(ctx, p); err != nil || id != 0 {
		return id, err
	}
	id, err := s.oldest(ctx, p, firstDue, firstDueApart, func(d *deckPlan) bool { return d.due > 0 }, int64(p.begun()))
	if err != nil || id != 0 {
		return id, err
	}
	id, err = s.oldest(ctx, p, firstNew, firstNewApart, func(d *deckPlan) bool { return d.new > 0 })
	if err != nil || id != 0 {
		return id, err
	}
	return s.drill(ctx, p)
}

// oldest is the card that has waited longest in the decks that have one, 0 for none.
// Args are those of the query behind user, deck and day.
func (s *Store) oldest(ctx context.Context, p *dayPlan, all, apart query, has func(*deckPlan) bool, args ...any) (id CardID, err error) {
	if p.siblings {
		all = apart
	}
	var waits cards.Day
	for i := range p.decks {
		if !has(&p.decks[i]) {
			continue
		}
		var c CardID
		var due cards.Day
		err := s.hot[all].QueryRowContext(ctx, append([]any{int64(p.user), int64(p.decks[i].id), int64(p.today)}, args...)...).Scan(&c, &due)
		if errors.Is(err, sql.ErrNoRows) { // answered since it was counted
			continue
		}
		if err != nil {
			return 0, err
		}
		if id == 0 || due < waits || due == waits && c < id {
			id, waits = c, due
		}
	}
	return id, nil
}

// justUndone is the card whose event was taken back last, if nothing came after it
// and it is to be asked today; else 0.
func (s *Store) justUndone(ctx context.Context, p *dayPlan) (CardID, error) {
	var id CardID
	var kind string
	err := s.hot[latestEvent].QueryRowContext(ctx, int64(p.user), int64(p.today)).Scan(&id, &kind)
	if errors.Is(err, sql.ErrNoRows) || err == nil && cards.EventKind(kind) != cards.EventUndo {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	c, err := s.Card(ctx, p.user, id)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil || !p.asks(c) {
		return 0, err
	}
	if p.siblings { // one may have come due since
		if apart, err := s.comesApart(ctx, p, c); err != nil || !apart {
			return 0, err
		}
	}
	return id, nil
}

// comesApart reports whether no sibling of a card that is asked comes before it today.
func (s *Store) comesApart(ctx context.Context, p *dayPlan, c Card) (apart bool, err error) {
	args := []any{int64(p.user), int64(c.Deck), int64(p.today), int64(p.begun()), int64(c.ID)}
	switch {
	case c.Schedule.Queue(p.today) == cards.QueueDrill:
		return true, nil
	case !c.Schedule.Seen:
		err = s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+newApart+` AND s.card_id = ?4)`, append(args[:3:3], args[4])...).Scan(&apart)
	case c.Schedule.Due <= p.begun():
		err = s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+waitApart+` AND s.card_id = ?5)`, args...).Scan(&apart)
	default:
		err = s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+dueApart+` AND s.card_id = ?5)`, args...).Scan(&apart)
	}
	return apart, err
}

// asks reports whether a card lies on a pile of which some are asked today. The decks
// of the plan are counted.
func (p *dayPlan) asks(c Card) bool {
	d := p.deck(c.Deck)
	if d == nil {
		return false
	}
	switch c.Schedule.Queue(p.today) {
	case cards.QueueDrill:
		return true
	case cards.QueueNew:
		return d.new > 0
	case cards.QueueDue:
		if c.Schedule.Due <= p.begun() {
			return d.waiting > 0
		}
		return d.due > 0
	}
	return false
}

// drill is the card to be answered again that was answered longest ago.
func (s *Store) drill(ctx context.Context, p *dayPlan) (CardID, error) {
	rows, err := s.hot[drillsToday].QueryContext(ctx, int64(p.user), int64(p.today))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id CardID
		var deck DeckID
		if err := rows.Scan(&id, &deck); err != nil {
			return 0, err
		}
		if p.deck(deck) != nil {
			return id, nil
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	return 0, ErrNotFound
}

// MoreNew lets a user be asked n more new cards today than the limits allow. The
// same key twice in a row is one wish.
func (s *Store) MoreNew(ctx context.Context, user UserID, today cards.Day, n int, key string) error {
	if n < 1 {
		return fmt.Errorf("store: more new cards: %d are none", n)
	}
	return s.write(ctx, "more new cards", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO extras (user_id, day, cards, key) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (user_id, day) DO UPDATE SET cards = extras.cards + excluded.cards, key = excluded.key WHERE extras.key <> excluded.key`,
			int64(user), int64(today), n, key)
		return err
	})
}
