package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"recto/cards"
)

// dayPlan is a user's day: what they study, and how much of it may still be asked.
type dayPlan struct {
	user     UserID
	today    cards.Day
	siblings bool // cards of one note come on different days
	limits   cards.Limits
	used     cards.Limits // of decks without limits of their own
	extra    int          // new cards beyond the limits that may still be asked
	back     *backlog     // what waits since a break, nil where no plan for it runs
	exams    bool         // there are some whose new cards come beyond the limits
	reserved int          // new cards that they still ask for in decks without limits of their own
	decks    []deckPlan
}

// deckPlan is one deck of a plan.
type deckPlan struct {
	id    DeckID
	own   *cards.Limits
	used  cards.Limits // cards answered today: new ones, and others that the limits count
	back  int          // answered today of those that waited since a break
	drill int          // to be answered again today
	raise int          // new cards a day that an exam asks for, also beyond the limits

	// Once counted: what the deck could ask, and of the new cards those that an exam
	// asks for.
	new, due, waiting, forExam int
}

// deck is the plan of one deck, nil when the user does not study it now.
func (p *dayPlan) deck(id DeckID) *deckPlan {
	for i := range p.decks {
		if p.decks[i].id == id {
			return &p.decks[i]
		}
	}
	return nil
}

// limit is what holds for a deck: its own limits, or the user's.
func (p *dayPlan) limit(d *deckPlan) cards.Limits {
	if d.own != nil {
		return *d.own
	}
	return p.limits
}

// rest is what the limits still allow in a deck today, extra cards left aside.
func (p *dayPlan) rest(d *deckPlan) cards.Limits {
	limits, used := p.limit(d), p.used
	if d.own != nil {
		used = d.used
	}
	rest := cards.Limits{New: max(limits.New-used.New, 0), Reviews: max(limits.Reviews-used.Reviews, 0)}
	if p.back != nil { // new cards wait
		rest.New = 0
	}
	return rest
}

// still is how many new cards an exam asks for that were not begun today.
func (d *deckPlan) still() int { return max(d.raise-d.used.New, 0) }

// planAt is the user's day at now.
func (s *Store) planAt(ctx context.Context, user UserID, now time.Time) (*dayPlan, error) {
	p, clock, last, err := s.planOf(ctx, user)
	if err != nil {
		return nil, err
	}
	return p, s.fillPlan(ctx, p, clock.Today(now, last))
}

// planOn is the user's day today.
func (s *Store) planOn(ctx context.Context, user UserID, today cards.Day) (*dayPlan, error) {
	p, _, _, err := s.planOf(ctx, user)
	if err != nil {
		return nil, err
	}
	return p, s.fillPlan(ctx, p, today)
}

func (s *Store) planOf(ctx context.Context, user UserID) (p *dayPlan, c cards.Clock, last cards.Day, err error) {
	var zone string
	var rollover int
	var back backlog
	p = &dayPlan{user: user}
	err = s.hot[userByID].QueryRowContext(ctx, int64(user)).Scan(&zone, &rollover, &last, &p.limits.New, &p.limits.Reviews, &p.siblings,
		&p.exams, &back.begun, &back.perDay)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err == nil {
		c, err = clockOf(zone, rollover)
	}
	if back.begun != 0 {
		p.back = &back
	}
	return p, c, last, err
}

// fillPlan reads what the user studies and what they have answered today.
func (s *Store) fillPlan(ctx context.Context, p *dayPlan, today cards.Day) error {
	p.today = today
	if err := s.planDecks(ctx, p); err != nil || len(p.decks) == 0 {
		return err
	}
	if err := s.planAnswers(ctx, p); err != nil {
		return err
	}
	if err := s.planBacklog(ctx, p); err != nil {
		return err
	}
	if err := s.planExams(ctx, p); err != nil {
		return err
	}
	over, forExams, begun := 0, 0, 0
	for i := range p.decks {
		d := &p.decks[i]
		if d.own != nil {
			over += max(d.used.New-max(d.own.New, d.raise), 0)
			continue
		}
		forExams += d.raise
		begun += min(d.used.New, d.raise)
	}
	p.reserved = forExams - begun
	over += max(p.used.New-begun-max(p.limits.New-forExams, 0), 0)
	p.extra = max(p.extra-over, 0)
	if p.back != nil {
		p.extra = 0
	}
	return nil
}

func (s *Store) planDecks(ctx context.Context, p *dayPlan) error {
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

func (s *Store) planAnswers(ctx context.Context, p *dayPlan) error {
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

// narrow leaves one deck of a plan, or all when deck is 0.
func (p *dayPlan) narrow(deck DeckID) {
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
