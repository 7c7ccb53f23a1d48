package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"recto/cards"
	"recto/cards/plan"
)

// Comeback is the plan that a user has chosen after a break. What was due on day Begun
// or before it waits, and is known by that: any answer makes it due later.
type Comeback struct {
	Kind   plan.Kind
	Begun  cards.Day
	PerDay int            // cards that waited, a day
	Cards  int            // that waited when it was chosen
	Until  cards.Day      // the last day of the plan, as it was foretold
	Left   []plan.Waiting // cards that still wait
	Done   int            // that waited and were answered today
}

// Runs reports whether there is something left of the plan, or was this morning.
func (c Comeback) Runs() bool { return c.Kind != plan.None && len(c.Left)+c.Done > 0 }

// Ends is the last day of the plan, seen from day today, when every day from today on is
// done. It is later than Until when one was missed.
func (c Comeback) Ends(today cards.Day) cards.Day {
	return today + cards.Day(max(len(plan.Days(c.Left, c.Begun, c.PerDay, c.Done)), 1)) - 1
}

// Return is what plans for a user who is back after a break are worked out from.
type Return struct {
	Last     cards.Day // on which they answered before it
	Usual    int       // due cards a day before it
	Measured bool      // and not assumed
	Pace     time.Duration
	Waiting  []plan.Waiting
	Done     int // that waited and were answered today
}

// backlog is a Comeback as a day is planned.
type backlog struct {
	begun        cards.Day
	perDay, done int
}

// noDay is before all days.
const noDay = cards.Day(math.MinInt32)

// begun is the day on which the plan after a break began.
func (p *dayPlan) begun() cards.Day {
	if p.back == nil {
		return noDay
	}
	return p.back.begun
}

// share is how many of the cards that wait since a break are still to be asked today.
func (p *dayPlan) share() int {
	if p.back == nil {
		return 0
	}
	return max(p.back.perDay-p.back.done, 0)
}

// answeredWaiting counts by deck the answers of day ?2 to cards that were due on day ?3
// or before it.
const answeredWaiting = `SELECT s.deck_id, count(*) FROM reviews r JOIN schedules s ON s.user_id = r.user_id AND s.card_id = r.card_id
	WHERE r.user_id = ?1 AND r.day = ?2 AND r.kind IN ('due', 'quiz') AND r.before_seen = 1 AND r.before_due <= ?3
	AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id) GROUP BY s.deck_id`

// stillWaiting are the cards of the decks a user studies that were due on day ?2 or
// before it.
const stillWaiting = ` FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' AND e.paused = 0
	WHERE s.user_id = ?1 AND s.seen = 1 AND s.suspended = 0 AND s.due <= ?2`

// waitingDone counts by deck what was answered today of what waited.
func (s *Store) waitingDone(ctx context.Context, user UserID, today, begun cards.Day) (map[DeckID]int, error) {
	rows, err := s.readers.QueryContext(ctx, answeredWaiting, int64(user), int64(today), int64(begun))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	done := map[DeckID]int{}
	for rows.Next() {
		var id DeckID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		done[id] = n
	}
	return done, rows.Err()
}

func (s *Store) waitingLeft(ctx context.Context, user UserID, begun cards.Day) (n int, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT count(*)`+stillWaiting, int64(user), int64(begun)).Scan(&n)
	return n, err
}

// planBacklog takes what was answered today of what waited out of what the limits
// count. A plan of which nothing is left is over.
func (s *Store) planBacklog(ctx context.Context, p *dayPlan) error {
	if p.back == nil {
		return nil
	}
	if p.back.begun > p.today {
		p.back = nil
		return nil
	}
	done, err := s.waitingDone(ctx, p.user, p.today, p.back.begun)
	if err != nil {
		return err
	}
	for id, n := range done {
		p.back.done += n
		if d := p.deck(id); d != nil {
			d.back = min(n, d.used.Reviews)
			d.used.Reviews -= d.back
			if d.own == nil {
				p.used.Reviews -= d.back
			}
		}
	}
	if p.back.done > 0 {
		return nil
	}
	var some bool
	if err := s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+stillWaiting+`)`, int64(p.user), int64(p.back.begun)).Scan(&some); err != nil {
		return err
	}
	if !some {
		p.back = nil
	}
	return nil
}

// latest is the card that waits since a break and is most overdue for its interval, as
// plan.Waiting.Lateness has it, 0 for none.
func (s *Store) latest(ctx context.Context, p *dayPlan) (id CardID, err error) {
	if p.share() == 0 {
		return 0, nil
	}
	from := waitingCards
	if p.siblings {
		from = waitApart
	}
	most := 0.0
	for i := range p.decks {
		if p.decks[i].waiting == 0 {
			continue
		}
		var c CardID
		var late float64
		err := s.readers.QueryRowContext(ctx, `SELECT s.card_id, (?4 - s.due + 1.0) / max(s.interval, 1) AS late`+from+` ORDER BY late DESC, s.card_id LIMIT 1`,
			int64(p.user), int64(p.decks[i].id), int64(p.today), int64(p.back.begun)).Scan(&c, &late)
		if errors.Is(err, sql.ErrNoRows) { // answered since it was counted
			continue
		}
		if err != nil {
			return 0, err
		}
		if id == 0 || late > most || late == most && c < id {
			id, most = c, late
		}
	}
	return id, nil
}

// Comeback is the plan that a user chose last, with how far it has come on day today.
// It returns ErrNotFound if they have none.
func (s *Store) Comeback(ctx context.Context, user UserID, today cards.Day) (c Comeback, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT kind, begun, per_day, cards, until FROM comebacks WHERE user_id = ?`, int64(user)).
		Scan(&c.Kind, &c.Begun, &c.PerDay, &c.Cards, &c.Until)
	if err != nil {
		return c, wrap("come-back", err)
	}
	if c.Left, err = s.waitingList(ctx, user, c.Begun); err != nil {
		return c, wrap("come-back", err)
	}
	done, err := s.waitingDone(ctx, user, today, c.Begun)
	for _, n := range done {
		c.Done += n
	}
	return c, wrap("come-back", err)
}

// StartComeback makes an offer the user's plan from day today on, in place of the one
// they had. An offer of kind plan.None says that they want none after this break.
func (s *Store) StartComeback(ctx context.Context, user UserID, o plan.Offer, today cards.Day) error {
	if !o.Kind.Valid() || o.Kind != plan.None && o.PerDay < 1 {
		return fmt.Errorf("store: start come-back: %q with %d cards a day is no plan", o.Kind, o.PerDay)
	}
	return s.write(ctx, "start come-back", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		_, err := t.exec(`INSERT OR REPLACE INTO comebacks (user_id, kind, begun, per_day, cards, until) VALUES (?, ?, ?, ?, ?, ?)`,
			int64(user), string(o.Kind), int64(today), o.PerDay, o.Cards(), int64(o.Until))
		return err
	})
}

// EndComeback ends the user's plan: what still waits is asked as always.
func (s *Store) EndComeback(ctx context.Context, user UserID) error {
	return s.write(ctx, "end come-back", func(t *txn) error {
		_, err := t.exec(`UPDATE comebacks SET kind = 'none' WHERE user_id = ?`, int64(user))
		return err
	})
}

// offered is for how many days after a return a plan is offered.
const offered = 3

// Return is what plans are worked out from for a user who had a break that ended today,
// yesterday or the day before, or goes on. It returns ErrNotFound if there was none, if
// no more waits than in two usual days, or if they have chosen since.
func (s *Store) Return(ctx context.Context, user UserID, today cards.Day) (r Return, err error) {
	back := today
	if err := s.readers.QueryRowContext(ctx, `SELECT coalesce(min(r.day), ?3)`+answered+` AND r.day BETWEEN ?2 AND ?3`,
		int64(user), int64(today-offered+1), int64(today)).Scan(&back); err != nil {
		return r, wrap("return", err)
	}
	if r.Last, err = s.answeredBefore(ctx, user, back); err != nil {
		return r, wrap("return", err)
	}
	if back-r.Last <= plan.BreakDays {
		return r, wrap("return", ErrNotFound)
	}
	var chosen bool
	if err := s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM comebacks WHERE user_id = ? AND begun > ?)`, int64(user), int64(r.Last)).Scan(&chosen); err != nil {
		return r, wrap("return", err)
	}
	if chosen {
		return r, wrap("return", ErrNotFound)
	}
	if err := s.fillReturn(ctx, user, today, &r); err != nil {
		return r, wrap("return", err)
	}
	if !plan.Late(len(r.Waiting), r.Usual) {
		return r, wrap("return", ErrNotFound)
	}
	return r, nil
}

// Change is what other plans are worked out from for a user whose plan runs. Everything
// that is due on day today waits then. It returns ErrNotFound if none runs.
func (s *Store) Change(ctx context.Context, user UserID, today cards.Day) (r Return, err error) {
	c, err := s.Comeback(ctx, user, today)
	if err == nil && !c.Runs() {
		err = ErrNotFound
	}
	if err == nil {
		r.Last, err = s.answeredBefore(ctx, user, c.Begun)
	}
	if err == nil {
		err = s.fillReturn(ctx, user, today, &r)
	}
	return r, wrap("change come-back", err)
}

// answeredBefore is the last day before another on which a user answered.
func (s *Store) answeredBefore(ctx context.Context, user UserID, day cards.Day) (last cards.Day, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT r.day`+answered+` AND r.day < ?2 ORDER BY r.day DESC LIMIT 1`, int64(user), int64(day)).Scan(&last)
	return last, err
}

func (s *Store) fillReturn(ctx context.Context, user UserID, today cards.Day, r *Return) (err error) {
	if err = s.usualDays(ctx, user, r); err != nil {
		return err
	}
	if r.Waiting, err = s.waitingList(ctx, user, today); err != nil {
		return err
	}
	done, err := s.waitingDone(ctx, user, today, today)
	for _, n := range done {
		r.Done += n
	}
	return err
}

// The days before a break that show what is usual: the last 30 with a due card among 60.
const (
	usualAmong = 60
	usualDays  = 30
)

func (s *Store) usualDays(ctx context.Context, user UserID, r *Return) error {
	rows, err := s.readers.QueryContext(ctx, `SELECT count(CASE WHEN r.kind = 'due' THEN 1 END) AS due, count(nullif(r.took, 0)), coalesce(sum(r.took), 0)`+answered+`
		AND r.day BETWEEN ?2 AND ?3 GROUP BY r.day HAVING due > 0 ORDER BY r.day DESC LIMIT ?4`, int64(user), int64(r.Last-usualAmong+1), int64(r.Last), usualDays)
	if err != nil {
		return err
	}
	defer rows.Close()
	var days []int
	var timed, took int64
	for rows.Next() {
		var due int
		var n, ms int64
		if err := rows.Scan(&due, &n, &ms); err != nil {
			return err
		}
		days, timed, took = append(days, due), timed+n, took+ms
	}
	if timed > 0 {
		r.Pace = time.Duration(took/timed) * time.Millisecond
	}
	r.Usual, r.Measured = plan.Usual(days)
	return rows.Err()
}

// waitingList lists what is due on a day or before it. Siblings are named where they
// come on different days.
func (s *Store) waitingList(ctx context.Context, user UserID, today cards.Day) (list []plan.Waiting, err error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT s.card_id, CASE WHEN (SELECT u.siblings FROM users u WHERE u.id = ?1) = 1 THEN s.sibling ELSE 0 END, s.due, s.interval`+
		stillWaiting, int64(user), int64(today))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w plan.Waiting
		if err := rows.Scan(&w.Card, &w.Sibling, &w.Due, &w.Interval); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}
