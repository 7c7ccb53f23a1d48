package store

import (
	"context"
	"database/sql"
	"time"

	"recto/cards"
	"recto/cards/stats"
)

// Scope is what figures are of: a deck that the user studies, an article that cards of
// the user's were made from, or, when both are 0, everything they have answered.
type Scope struct {
	Deck    DeckID
	Article ArticleID
}

// Scopes are all that a user's figures can be of.
type Scopes struct{ Decks, Articles []Named }

// Named is something with its name.
type Named struct {
	ID   int64
	Name string
}

// Scopes lists the decks that a user studies and the articles of theirs that have cards.
func (s *Store) Scopes(ctx context.Context, user UserID) (all Scopes, err error) {
	for _, q := range []struct {
		into *[]Named
		sql  string
	}{
		{&all.Decks, `SELECT d.id, d.name FROM enrolments e JOIN decks d ON d.id = e.deck_id
			WHERE e.user_id = ?1 AND e.state = 'active' AND d.user_id IS NOT NULL ORDER BY d.name_key, d.id`},
		{&all.Articles, `SELECT a.id, a.title FROM articles a WHERE a.user_id = ?1 AND EXISTS (SELECT 1 FROM notes n JOIN cards c ON c.note_id = n.id
			WHERE n.article_id = a.id AND n.user_id = ?1 AND c.deck_id IS NOT NULL) ORDER BY a.created DESC, a.id DESC`},
	} {
		if *q.into, err = s.named(ctx, q.sql, user); err != nil {
			return Scopes{}, wrap("scopes", err)
		}
	}
	return all, nil
}

func (s *Store) named(ctx context.Context, query string, user UserID) (list []Named, err error) {
	rows, err := s.readers.QueryContext(ctx, query, int64(user))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n Named
		if err := rows.Scan(&n.ID, &n.Name); err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// In reports whether a scope is one of those listed; everything always is.
func (all Scopes) In(sc Scope) bool {
	has := func(list []Named, id int64) bool {
		for _, n := range list {
			if n.ID == id {
				return true
			}
		}
		return id == 0
	}
	return has(all.Decks, int64(sc.Deck)) && has(all.Articles, int64(sc.Article))
}

// cards is a condition on a column of card identifiers: ?2 and ?3 are the scope.
func (sc Scope) cards(column string) string {
	switch {
	case sc.Deck != 0:
		return ` AND ` + column + ` IN (SELECT x.card_id FROM schedules x WHERE x.user_id = ?1 AND x.deck_id = ?2 AND ?3 = 0)`
	case sc.Article != 0:
		return ` AND ` + column + ` IN (SELECT x.id FROM notes n JOIN cards x ON x.note_id = n.id WHERE n.article_id = ?3 AND n.user_id = ?1 AND ?2 = 0)`
	}
	return ` AND ?2 + ?3 = 0`
}

// What is summed up of answers, as stats.Day has it. Failed and passed answers to due
// cards share one sum of 31 bits each, of all and of the mature, because a hundred thousand
// answers are looked at, and each sum of its own costs as much as the rest.
const (
	dueShare  = `CASE WHEN r.kind = 'due' THEN 1 << (31 * (r.grade >= 3)) ELSE 0 END`
	dueMature = `CASE WHEN r.before_interval >= 21 AND r.kind = 'due' THEN 1 << (31 * (r.grade >= 3)) ELSE 0 END`
	oldShare  = `CASE WHEN r.kind = 'review' THEN 1 << (31 * (r.grade >= 3)) ELSE 0 END`
	oldMature = `CASE WHEN r.last >= 21 AND r.kind = 'review' THEN 1 << (31 * (r.grade >= 3)) ELSE 0 END`
	daySums   = `SELECT r.day, count(*), count(nullif(r.took, 0)), sum(r.took), sum(r.kind = 'first'), sum(` + dueShare + `), sum(` + dueMature + `)`
	oldSums   = `SELECT r.day, count(*), count(nullif(r.took, 0)), sum(r.took), sum(r.kind = 'learn' AND r.last = 0), sum(` + oldShare + `), sum(` + oldMature + `)`
	momentsOf = `SELECT r.zone, r.at / 900000, count(*), sum(` + dueShare + `)`

	givenKinds = ` AND r.kind IN ('first', 'due', 'drill', 'early', 'quiz')`
	allAnswers = ` FROM reviews r WHERE r.user_id = ?1` + givenKinds
	takenBack  = ` FROM reviews u CROSS JOIN reviews r ON r.id = u.undoes WHERE u.user_id = ?1 AND u.undoes IS NOT NULL` + givenKinds // from the few undos to their events
	oldAnswers = ` FROM old_reviews r WHERE r.user_id = ?1 AND r.button > 0
		AND r.import_id NOT IN (SELECT i.id FROM imports i WHERE i.user_id = ?1 AND i.state = 'staged')`
)

// momentDays is how far back stats.Hours looks.
const momentDays = 90

// Statistics sums up what the figures of a user on day today are worked out from. A scope
// that is none of Scopes gives sums of nothing.
func (s *Store) Statistics(ctx context.Context, user UserID, sc Scope, today cards.Day) (n stats.Numbers, err error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return n, wrap("statistics", err)
	}
	defer tx.Rollback()
	g := summer{ctx, tx, user, sc, today}
	n.Today = today
	for _, step := range []func(*stats.Numbers) error{g.days, g.moments, g.cards} {
		if err := step(&n); err != nil {
			return stats.Numbers{}, wrap("statistics", err)
		}
	}
	return n, nil
}

// summer sums up for one user in one transaction.
type summer struct {
	ctx   context.Context
	tx    *sql.Tx
	user  UserID
	scope Scope
	today cards.Day
}

// each calls scan for every row of a query, whose ?1 is the user and ?2 and ?3 the scope.
func (g summer) each(query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := g.tx.QueryContext(g.ctx, query, append([]any{int64(g.user), int64(g.scope.Deck), int64(g.scope.Article)}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// share takes a sum of failed and passed answers apart. Times is 1, or -1 to take them off.
func share(packed int64, times int) stats.Share {
	failed, passed := int(packed&(1<<31-1)), int(packed>>31)
	return stats.Share{Passed: passed * times, Of: (failed + passed) * times}
}

// days sums up every day: all answers, less those taken back, of which there are few.
func (g summer) days(n *stats.Numbers) error {
	within := g.scope.cards("r.card_id")
	byDay := map[cards.Day]int{}
	add := func(times int) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var d stats.Day
			var spent, due, mature int64
			if err := rows.Scan(&d.Day, &d.Answers, &d.Timed, &spent, &d.New, &due, &mature); err != nil {
				return err
			}
			d.Answers, d.Timed, d.New = d.Answers*times, d.Timed*times, d.New*times
			d.Spent = time.Duration(spent) * time.Millisecond * time.Duration(times)
			d.Mature = share(mature, times)
			d.Young = share(due, times).Less(d.Mature)
			i, known := byDay[d.Day]
			if !known {
				byDay[d.Day] = len(n.Days)
				n.Days = append(n.Days, d)
				return nil
			}
			n.Days[i].Add(d)
			return nil
		}
	}
	for _, q := range []struct {
		sql   string
		times int
	}{{daySums + allAnswers + within, 1}, {daySums + takenBack + within, -1}, {oldSums + oldAnswers + within, 1}} {
		if err := g.each(q.sql+` GROUP BY r.day`, add(q.times)); err != nil {
			return err
		}
	}
	n.Days = stats.InOrder(n.Days)
	return nil
}

// moments sums up quarters of an hour of the last days.
func (g summer) moments(n *stats.Numbers) error {
	zones := zoneCache{}
	add := func(times int) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var zone string
			var quarter, due int64
			var m stats.Moment
			if err := rows.Scan(&zone, &quarter, &m.Answers, &due); err != nil {
				return err
			}
			m.At, m.Answers, m.Due = time.UnixMilli(quarter*900000).In(zones.of(zone)), m.Answers*times, share(due, times)
			n.Moments = append(n.Moments, m)
			return nil
		}
	}
	within := g.scope.cards("r.card_id") + ` AND r.day BETWEEN ?4 AND ?5`
	const grouped = ` GROUP BY r.zone, r.at / 900000`
	from := int64(g.today) - momentDays + 1
	if err := g.each(momentsOf+allAnswers+within+grouped, add(1), from, int64(g.today)); err != nil {
		return err
	}
	return g.each(momentsOf+takenBack+within+` AND u.day >= ?4`+grouped, add(-1), from, int64(g.today))
}

// cards reads how each card of the decks that the user studies stands.
func (g summer) cards(n *stats.Numbers) error {
	return g.each(`SELECT s.card_id, e.paused, s.repetitions, s.e_factor, s.interval, s.due, s.last, s.lapses, s.seen, s.drill, s.suspended, s.buried
		FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' WHERE s.user_id = ?1`+
		g.scope.cards("s.card_id"), func(rows *sql.Rows) error {
		var c stats.Card
		v := &c.Schedule
		err := rows.Scan(&c.ID, &c.Paused, &v.Repetitions, &v.EFactor, &v.Interval, &v.Due, &v.Last, &v.Lapses, &v.Seen, &v.Drill, &v.Suspended, &v.Buried)
		n.Cards = append(n.Cards, c)
		return err
	})
}

// Fronts are the questions of some cards that the user studies, by card.
func (s *Store) Fronts(ctx context.Context, user UserID, ids []int64) (map[int64]string, error) {
	fronts := map[int64]string{}
	for _, id := range ids {
		var front string
		err := s.readers.QueryRowContext(ctx, `SELECT c.front FROM cards c JOIN schedules s ON s.card_id = c.id AND s.user_id = ?1 WHERE c.id = ?2`, int64(user), id).Scan(&front)
		if err != nil {
			return nil, wrap("fronts", err)
		}
		fronts[id] = front
	}
	return fronts, nil
}
