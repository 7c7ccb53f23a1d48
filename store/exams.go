package store

import (
	"context"
	"fmt"

	"recto/cards"
	"recto/cards/plan"
	"recto/cards/stats"
)

// Exam is a day by which a user wants to know a deck and the decks below it, as far as
// they study them.
type Exam struct {
	Deck  DeckID
	Name  string // of the deck
	Day   cards.Day
	Raise bool      // its new cards come beyond the limits where the day asks for that
	Made  cards.Day // on which the date was set
}

// ExamState is how the cards of an exam stand on a day. Suspended ones are left out.
type ExamState struct {
	Exam
	Cards   int
	New     int
	Begun   int         // cards whose first answer was today
	Asked   int         // answered on the exam's day or before it
	Beyond  int         // asked before, and next due after the exam
	Limit   int         // new cards a day that the user's limits allow in the deck
	Own     bool        // the limit is the deck's own, and not that of all decks together
	Due     stats.Share // answers to due cards in reviews from Made to the exam
	Planned plan.Preparation
}

// Ahead reports whether the exam is not past on day today.
func (e Exam) Ahead(today cards.Day) bool { return e.Day >= today }

// SetExam sets the day by which a user wants to know a deck that they study, or moves
// it. It returns ErrNotFound if they do not study it, and an error for a day that is
// past.
func (s *Store) SetExam(ctx context.Context, user UserID, e Exam, today cards.Day) error {
	if e.Day < today {
		return fmt.Errorf("store: set exam: day %v is past", e.Day)
	}
	return s.write(ctx, "set exam", func(t *txn) error {
		n, err := t.exec(`INSERT INTO exams (user_id, deck_id, day, raise, made) SELECT e.user_id, e.deck_id, ?3, ?4, ?5 FROM enrolments e
			WHERE e.user_id = ?1 AND e.deck_id = ?2 AND e.state = 'active'
			ON CONFLICT (user_id, deck_id) DO UPDATE SET made = CASE WHEN exams.day < excluded.made THEN excluded.made ELSE exams.made END,
				day = excluded.day, raise = excluded.raise`,
			int64(user), int64(e.Deck), int64(e.Day), bit(e.Raise), int64(today))
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
}

// RemoveExam takes the day off a deck, if it has one.
func (s *Store) RemoveExam(ctx context.Context, user UserID, deck DeckID) error {
	return s.write(ctx, "remove exam", func(t *txn) error {
		_, err := t.exec(`DELETE FROM exams WHERE user_id = ? AND deck_id = ?`, int64(user), int64(deck))
		return err
	})
}

// examDecks are the decks d of the exams x of user ?1, whose deck is r: those that they
// study and have not paused.
const examDecks = ` FROM exams x JOIN decks r ON r.id = x.deck_id AND r.user_id IS NOT NULL
	JOIN decks d ON d.user_id = r.user_id AND (d.id = r.id OR substr(d.name_key, 1, length(r.name_key) + 2) = r.name_key || '::')
	JOIN enrolments e ON e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active' AND e.paused = 0
	WHERE x.user_id = ?1`

// Exams lists the exams of a user whose decks have cards, the next first.
func (s *Store) Exams(ctx context.Context, user UserID, today cards.Day) ([]ExamState, error) {
	list, err := s.exams(ctx, user, today)
	for i := range list {
		if err == nil {
			err = s.examRecall(ctx, user, &list[i])
		}
	}
	return list, wrap("exams", err)
}

func (s *Store) exams(ctx context.Context, user UserID, today cards.Day) (list []ExamState, err error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT x.deck_id, r.name, x.day, x.raise, x.made, count(*), sum(s.seen = 0), sum(s.seen = 1 AND s.first = ?2),
			sum(s.seen = 1 AND s.first <= x.day), sum(s.seen = 1 AND s.due > x.day),
			coalesce((SELECT l.new_limit FROM enrolments l WHERE l.user_id = ?1 AND l.deck_id = x.deck_id), -1), u.new_per_day
		FROM (SELECT x.deck_id AS root, d.id AS deck`+examDecks+`) g
		JOIN exams x ON x.user_id = ?1 AND x.deck_id = g.root JOIN decks r ON r.id = g.root JOIN users u ON u.id = ?1
		JOIN schedules s ON s.user_id = ?1 AND s.deck_id = g.deck AND s.suspended = 0
		GROUP BY g.root ORDER BY x.day, r.name_key, g.root`, int64(user), int64(today))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e ExamState
		var common int
		if err := rows.Scan(&e.Deck, &e.Name, &e.Day, &e.Raise, &e.Made, &e.Cards, &e.New, &e.Begun, &e.Asked, &e.Beyond, &e.Limit, &common); err != nil {
			return nil, err
		}
		if e.Own = e.Limit >= 0; !e.Own {
			e.Limit = common
		}
		e.Planned = plan.Prepare(today, e.Day, e.New, e.Begun, max(plan.Unburdened, common))
		list = append(list, e)
	}
	return list, rows.Err()
}

// examRecall reads how often due cards of an exam were remembered.
func (s *Store) examRecall(ctx context.Context, user UserID, e *ExamState) error {
	return s.readers.QueryRowContext(ctx, `SELECT count(CASE WHEN r.grade >= 3 THEN 1 END), count(*)`+answered+` AND r.kind = 'due' AND r.day BETWEEN ?2 AND ?3
		AND r.card_id IN (SELECT c.card_id FROM schedules c WHERE c.user_id = ?1 AND c.deck_id IN (SELECT d.id`+examDecks+` AND x.deck_id = ?4))`,
		int64(user), int64(e.Made), int64(e.Day), int64(e.Deck)).Scan(&e.Due.Passed, &e.Due.Of)
}

// ExamSchedules are the schedules of the cards of an exam.
func (s *Store) ExamSchedules(ctx context.Context, user UserID, deck DeckID) ([]cards.Schedule, error) {
	list, err := s.schedulesOf(ctx, allSchedules+`s.deck_id IN (SELECT d.id`+examDecks+` AND x.deck_id = ?2)`, int64(user), int64(deck))
	return list, wrap("schedules of an exam", err)
}

// Studied are the schedules of all cards that a user studies in decks that are not
// paused.
func (s *Store) Studied(ctx context.Context, user UserID) ([]cards.Schedule, error) {
	list, err := s.schedulesOf(ctx, allSchedules+`s.deck_id IN (SELECT e.deck_id FROM enrolments e WHERE e.user_id = ?1 AND e.state = 'active' AND e.paused = 0)`, int64(user))
	return list, wrap("schedules studied", err)
}

const allSchedules = `SELECT ` + scheduleColumns + ` FROM schedules s WHERE s.user_id = ?1 AND `

func (s *Store) schedulesOf(ctx context.Context, query string, args ...any) (list []cards.Schedule, err error) {
	rows, err := s.readers.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p packed
		if err := rows.Scan(p.into(nil)...); err != nil {
			return nil, err
		}
		list = append(list, p.schedule())
	}
	return list, rows.Err()
}

// recallDays is how far back Recall looks.
const recallDays = 90

// Recall is the share of answers to due cards in reviews of the last 90 days that were
// passes.
func (s *Store) Recall(ctx context.Context, user UserID, today cards.Day) (share stats.Share, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT count(CASE WHEN r.grade >= 3 THEN 1 END), count(*)`+answered+` AND r.kind = 'due' AND r.day BETWEEN ?2 AND ?3`,
		int64(user), int64(today-recallDays+1), int64(today)).Scan(&share.Passed, &share.Of)
	return share, wrap("recall", err)
}

// planExams says of each deck how many new cards a day its exams ask for.
func (s *Store) planExams(ctx context.Context, p *dayPlan) error {
	if !p.exams {
		return nil
	}
	rows, err := s.readers.QueryContext(ctx, `SELECT x.deck_id, x.day, d.id,
		(SELECT count(*) FROM schedules s WHERE s.user_id = ?1 AND s.deck_id = d.id AND s.seen = 0 AND s.suspended = 0)`+examDecks+`
		AND x.raise = 1 AND x.day > ?2 ORDER BY x.deck_id, d.id`, int64(p.user), int64(p.today))
	if err != nil {
		return err
	}
	defer rows.Close()
	var last DeckID
	var day cards.Day
	var decks []*deckPlan
	var counts []int
	fresh, begun := 0, 0
	end := func() {
		perDay := plan.Prepare(p.today, day, fresh, begun, max(plan.Unburdened, p.limits.New)).PerDay
		for i, n := range plan.Share(perDay, counts) {
			decks[i].raise = max(decks[i].raise, n)
		}
		decks, counts, fresh, begun = nil, nil, 0, 0
	}
	for rows.Next() {
		var root, id DeckID
		var on cards.Day
		var n int
		if err := rows.Scan(&root, &on, &id, &n); err != nil {
			return err
		}
		if root != last {
			end()
		}
		last, day = root, on
		if d := p.deck(id); d != nil {
			decks, counts = append(decks, d), append(counts, n+d.used.New)
			fresh, begun = fresh+n, begun+d.used.New
		}
	}
	end()
	return rows.Err()
}
