package store

import (
	"context"
	"time"
)

// TodaySummary is what a user has done today, and what tomorrow brings. What was
// taken back does not count.
type TodaySummary struct {
	Answers    int           // drills with them
	Cards      int           // different ones
	Spent      time.Duration // from questions to grades
	Remembered int           // of Of, those graded 3 or more
	Of         int           // answers to cards that were due
	Missed     []CardRow     // whose first answer today was below 3, as they were answered
	Tomorrow   int           // cards to be asked tomorrow, within the limits, new ones left aside
	MoreNew    int           // new cards beyond the limits that could be asked today, 100 at most
	Week       Week
}

// Week is the last seven days, today with them.
type Week struct {
	Days       int // with an answer
	Remembered int
	Of         int
}

// mostMore is how many more new cards are counted.
const mostMore = 100

// answered are a user's answers that were not taken back.
const answered = ` FROM reviews r WHERE r.user_id = ?1 AND r.kind IN ('first', 'due', 'drill', 'early', 'quiz')
	AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)`

// Session sums up the user's day at now.
func (s *Store) Session(ctx context.Context, user UserID, now time.Time) (sum TodaySummary, err error) {
	p, err := s.planAt(ctx, user, now)
	if err != nil {
		return sum, wrap("session", err)
	}
	counts, err := s.total(ctx, p)
	for _, step := range []func() error{
		func() error { return s.sumToday(ctx, p, &sum) },
		func() error { return s.sumWeek(ctx, p, &sum.Week) },
		func() (err error) { sum.Tomorrow, err = s.tomorrow(ctx, p); return err },
		func() (err error) { sum.MoreNew, err = s.moreNew(ctx, p, counts.New); return err },
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return TodaySummary{}, wrap("session", err)
	}
	return sum, nil
}

func (s *Store) sumToday(ctx context.Context, p *dayPlan, sum *TodaySummary) error {
	var took int64
	err := s.readers.QueryRowContext(ctx, `SELECT count(*), count(DISTINCT r.card_id), coalesce(sum(r.took), 0),
		count(CASE WHEN r.kind = 'due' THEN 1 END), count(CASE WHEN r.kind = 'due' AND r.grade >= 3 THEN 1 END)`+answered+` AND r.day = ?2`,
		int64(p.user), int64(p.today)).Scan(&sum.Answers, &sum.Cards, &took, &sum.Of, &sum.Remembered)
	if err != nil || sum.Answers == 0 {
		return err
	}
	sum.Spent = time.Duration(took) * time.Millisecond
	sum.Missed, err = cardRows(ctx, s.readers, p.user, `c.deck_id IS NOT NULL AND c.id IN (SELECT r.card_id FROM reviews r WHERE r.user_id = ? AND r.day = ?
		AND r.kind IN ('first', 'due', 'early', 'quiz') AND r.grade < 3 AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id))
		ORDER BY (SELECT max(r.id) FROM reviews r WHERE r.card_id = c.id AND r.user_id = ?)`, int64(p.user), int64(p.today), int64(p.user))
	return err
}

func (s *Store) sumWeek(ctx context.Context, p *dayPlan, w *Week) error {
	return s.readers.QueryRowContext(ctx, `SELECT count(DISTINCT r.day), count(CASE WHEN r.kind = 'due' AND r.grade >= 3 THEN 1 END),
		count(CASE WHEN r.kind = 'due' THEN 1 END)`+answered+` AND r.day BETWEEN ?2 AND ?3`,
		int64(p.user), int64(p.today-6), int64(p.today)).Scan(&w.Days, &w.Remembered, &w.Of)
}

// tomorrow counts the cards due tomorrow, those put off until then, and those that
// today's limits leave over.
func (s *Store) tomorrow(ctx context.Context, p *dayPlan) (int, error) {
	waiting, err := s.waiting(ctx, p)
	if err != nil {
		return 0, err
	}
	sum, err := s.backTomorrow(ctx, p)
	if err != nil {
		return 0, err
	}
	most := 0
	for i := range p.decks {
		most = max(most, p.rest(&p.decks[i]).Reviews+p.limit(&p.decks[i]).Reviews)
	}
	if err := s.countUpTo(ctx, p, caps{Due: most}, false); err != nil {
		return 0, err
	}
	common, over := 0, 0
	for i := range p.decks {
		d := &p.decks[i]
		if d.own != nil {
			sum += min(waiting[d.id]+max(d.due-p.rest(d).Reviews, 0), d.own.Reviews)
			continue
		}
		common += waiting[d.id]
		over += d.due
	}
	over = max(over-p.rest(&deckPlan{}).Reviews, 0)
	return sum + min(common+over, p.limits.Reviews), nil
}

// backTomorrow counts the cards of a plan after a break that are asked tomorrow, when
// today's are done. The decks of the plan are counted.
func (s *Store) backTomorrow(ctx context.Context, p *dayPlan) (int, error) {
	if p.back == nil {
		return 0, nil
	}
	left, err := s.waitingLeft(ctx, p.user, p.back.begun)
	today := 0
	for i := range p.decks {
		today += p.decks[i].waiting
	}
	return min(left-min(today, p.share()), p.back.perDay), err
}

const waitingTomorrow = `SELECT deck_id, count(*) FROM (
	SELECT deck_id, card_id FROM schedules WHERE user_id = ?1 AND due = ?2 + 1 AND seen = 1 AND suspended = 0 AND buried <= ?2
	UNION SELECT deck_id, card_id FROM schedules WHERE user_id = ?1 AND buried = ?2 AND buried > 0 AND seen = 1 AND suspended = 0 AND due <= ?2 AND due > ?3) AS w
	GROUP BY deck_id`

// waiting counts by deck the cards that are due tomorrow or were put off until then.
func (s *Store) waiting(ctx context.Context, p *dayPlan) (map[DeckID]int, error) {
	rows, err := s.readers.QueryContext(ctx, waitingTomorrow, int64(p.user), int64(p.today), int64(p.begun()))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	waiting := map[DeckID]int{}
	for rows.Next() {
		var id DeckID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		waiting[id] = n
	}
	return waiting, rows.Err()
}

// moreNew counts the new cards beyond those that are asked today anyway. While a plan
// after a break runs, new cards wait.
func (s *Store) moreNew(ctx context.Context, p *dayPlan, asked int) (int, error) {
	if p.back != nil {
		return 0, nil
	}
	most := 0
	for i := range p.decks {
		most = max(most, p.rest(&p.decks[i]).New, p.decks[i].still())
	}
	if err := s.countUpTo(ctx, p, caps{New: most + p.extra + mostMore}, p.siblings); err != nil {
		return 0, err
	}
	all := 0
	for i := range p.decks {
		all += p.decks[i].new
	}
	return min(max(all-asked, 0), mostMore), nil
}
