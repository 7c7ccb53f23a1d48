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

// plan is a user's day: what they study, and how much of it may still be asked.
type plan struct {
	user     UserID
	today    cards.Day
	siblings bool // cards of one note come on different days
	limits   cards.Limits
	used     cards.Limits // of decks without limits of their own
	extra    int          // new cards beyond the limits that may still be asked
	decks    []deckPlan
}

// deckPlan is one deck of a plan.
type deckPlan struct {
	id       DeckID
	own      *cards.Limits
	used     cards.Limits // cards answered today: new ones, and others
	drill    int          // to be answered again today
	new, due int          // once counted: what the deck could ask
}

// deck is the plan of one deck, nil when the user does not study it now.
func (p *plan) deck(id DeckID) *deckPlan {
	for i := range p.decks {
		if p.decks[i].id == id {
			return &p.decks[i]
		}
	}
	return nil
}

// limit is what holds for a deck: its own limits, or the user's.
func (p *plan) limit(d *deckPlan) cards.Limits {
	if d.own != nil {
		return *d.own
	}
	return p.limits
}

// rest is what the limits still allow in a deck today, extra cards left aside.
func (p *plan) rest(d *deckPlan) cards.Limits {
	limits, used := p.limit(d), p.used
	if d.own != nil {
		used = d.used
	}
	return cards.Limits{New: max(limits.New-used.New, 0), Reviews: max(limits.Reviews-used.Reviews, 0)}
}

// planAt is the user's day at now.
func (s *Store) planAt(ctx context.Context, user UserID, now time.Time) (*plan, error) {
	p, clock, last, err := s.planOf(ctx, user)
	if err != nil {
		return nil, err
	}
	return p, s.fillPlan(ctx, p, clock.Today(now, last))
}

// planOn is the user's day today.
func (s *Store) planOn(ctx context.Context, user UserID, today cards.Day) (*plan, error) {
	p, _, _, err := s.planOf(ctx, user)
	if err != nil {
		return nil, err
	}
	return p, s.fillPlan(ctx, p, today)
}

func (s *Store) planOf(ctx context.Context, user UserID) (p *plan, c cards.Clock, last cards.Day, err error) {
	var zone string
	var rollover int
	p = &plan{user: user}
	err = s.hot[userByID].QueryRowContext(ctx, int64(user)).Scan(&zone, &rollover, &last, &p.limits.New, &p.limits.Reviews, &p.siblings)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		c, err = clockOf(zone, rollover)
	}
	return p, c, last, err
}

// fillPlan reads what the user studies and what they have answered today.
func (s *Store) fillPlan(ctx context.Context, p *plan, today cards.Day) error {
	p.today = today
	if err := s.planDecks(ctx, p); err != nil || len(p.decks) == 0 {
		return err
	}
	if err := s.planAnswers(ctx, p); err != nil {
		return err
	}
	over := max(p.used.New-p.limits.New, 0)
	for _, d := range p.decks {
		if d.own != nil {
			over += max(d.used.New-d.own.New, 0)
		}
	}
	p.extra = max(p.extra-over, 0)
	return nil
}

func (s *Store) planDecks(ctx context.Context, p *plan) error {
	rows, err := s.hot[studied].QueryContext(ctx, int64(p.user), int64(p.today))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var d deckPlan
		var most, due *int
		if err := rows.Scan(&d.id, &most, &due, &p.extra); err != nil {
			return err
		}
		if most != nil && due != nil {
			d.own = &cards.Limits{New: *most, Reviews: *due}
		}
		p.decks = append(p.decks, d)
	}
	return rows.Err()
}

func (s *Store) planAnswers(ctx context.Context, p *plan) error {
	rows, err := s.hot[answeredToday].QueryContext(ctx, int64(p.user), int64(p.today))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id DeckID
		var all, first, drill int
		if err := rows.Scan(&id, &all, &first, &drill); err != nil {
			return err
		}
		d := p.deck(id)
		if d == nil {
			continue
		}
		d.used, d.drill = cards.Limits{New: first, Reviews: all - first}, drill
		if d.own == nil {
			p.used.New += first
			p.used.Reviews += all - first
		}
	}
	return rows.Err()
}

// count fills in what the decks could ask today, as far as the limits allow.
func (s *Store) count(ctx context.Context, p *plan) error {
	var most cards.Limits
	for i := range p.decks {
		rest := p.rest(&p.decks[i])
		most = cards.Limits{New: max(most.New, rest.New+p.extra), Reviews: max(most.Reviews, rest.Reviews)}
	}
	if err := s.countUpTo(ctx, p, most, p.siblings); err != nil {
		return err
	}
	for i := range p.decks {
		d := &p.decks[i]
		rest := p.rest(d)
		d.new, d.due = min(d.new, rest.New+p.extra), min(d.due, rest.Reviews)
	}
	return nil
}

// countUpTo counts the new and the due cards of the plan's decks, most of each. Apart
// leaves out those that wait for another card of their note.
func (s *Store) countUpTo(ctx context.Context, p *plan, most cards.Limits, apart bool) error {
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
	rows, err := s.hot[which].QueryContext(ctx, int64(p.user), int64(only), int64(p.today), most.New, most.Reviews)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id DeckID
		var fresh, due int
		if err := rows.Scan(&id, &fresh, &due); err != nil {
			return err
		}
		if d := p.deck(id); d != nil {
			d.new, d.due = fresh, due
		}
	}
	return rows.Err()
}

// narrow leaves one deck of a plan, or all when deck is 0.
func (p *plan) narrow(deck DeckID) {
	if deck == 0 {
		return
	}
	d := p.deck(deck)
	if d == nil {
		p.decks = nil
		return
	}
	p.decks = []deckPlan{*d}
}

// total counts every deck of the plan, and adds them up within the limits.
func (s *Store) total(ctx context.Context, p *plan) (c Counts, err error) {
	if err := s.count(ctx, p); err != nil {
		return c, err
	}
	var within, all, common cards.Limits
	for i := range p.decks {
		d := &p.decks[i]
		all.New += d.new
		c.Drill += d.drill
		if d.own != nil {
			within.New += min(p.rest(d).New, d.new)
			within.Reviews += d.due
			continue
		}
		common.New += d.new
		common.Reviews += d.due
	}
	rest := p.rest(&deckPlan{})
	within.New += min(rest.New, common.New)
	within.Reviews += min(rest.Reviews, common.Reviews)
	c.New, c.Due = min(all.New, within.New+p.extra), within.Reviews
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
		q.Done += d.used.New + d.used.Reviews - d.drill
	}
	q.Total = q.Done + q.Counts.New + q.Counts.Due + q.Counts.Drill
	return q, nil
}

// pick chooses the next card of a plan whose decks are counted.
func (s *Store) pick(ctx context.Context, p *plan) (CardID, error) {
	if id, err := s.justUndone(ctx, p); err != nil || id != 0 {
		return id, err
	}
	id, err := s.oldest(ctx, p, firstDue, firstDueApart, func(d *deckPlan) bool { return d.due > 0 })
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
func (s *Store) oldest(ctx context.Context, p *plan, all, apart query, has func(*deckPlan) bool) (id CardID, err error) {
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
		err := s.hot[all].QueryRowContext(ctx, int64(p.user), int64(p.decks[i].id), int64(p.today)).Scan(&c, &due)
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
func (s *Store) justUndone(ctx context.Context, p *plan) (CardID, error) {
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
	if err != nil || p.deck(c.Deck) == nil || c.Schedule.Queue(p.today) == cards.QueueNone {
		return 0, err
	}
	return id, nil
}

// drill is the card to be answered again that was answered longest ago.
func (s *Store) drill(ctx context.Context, p *plan) (CardID, error) {
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
