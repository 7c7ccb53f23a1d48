package store

import (
	"context"
	"database/sql"
	"iter"
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

// The answers of a day come in one text, a letter for the kind and a number for each. A
// hundred thousand are looked at, and SQLite takes twice as long to sum them up under
// their conditions as to hand them over so. An event that is no answer has no letter, and
// is left out.
const (
	dayTexts    = `SELECT r.day, coalesce(group_concat(` + letter + ` || r.took, ''), '')`
	oldDayTexts = `SELECT r.day, coalesce(group_concat(` + oldLetter + ` || r.took, ''), '')`
	zoneTexts   = `SELECT r.zone, coalesce(group_concat(` + letter + ` || (r.at / 900000), ''), '')`

	letter = `CASE r.kind WHEN 'due' THEN iif(r.before_interval >= 21, ` + dueLetters + `)
		WHEN 'drill' THEN 'o' WHEN 'first' THEN 'n' WHEN 'early' THEN 'o' WHEN 'quiz' THEN 'o' END`
	oldLetter  = `CASE WHEN r.kind = 'review' THEN iif(r.last >= 21, ` + dueLetters + `) WHEN r.kind = 'learn' AND r.last = 0 THEN 'n' ELSE 'o' END`
	dueLetters = `iif(r.grade >= 3, 'P', 'F'), iif(r.grade >= 3, 'p', 'f')` // of mature and of young cards

	allAnswers = ` FROM reviews r WHERE r.user_id = ?1`
	takenBack  = ` FROM reviews u CROSS JOIN reviews r ON r.id = u.undoes WHERE u.user_id = ?1 AND u.undoes IS NOT NULL` // from the few undos to their events
	oldAnswers = ` FROM old_reviews r WHERE r.user_id = ?1 AND r.button > 0
		AND r.import_id NOT IN (SELECT i.id FROM imports i WHERE i.user_id = ?1 AND i.state = 'staged')`
)

// answersIn goes through a text of dayTexts or the like: each answer's letter and number.
func answersIn(text string) iter.Seq2[byte, int64] {
	return func(yield func(byte, int64) bool) {
		for text != "" {
			end, number, sign := 1, int64(0), int64(1)
			for ; end < len(text) && text[end] < 'A'; end++ {
				if text[end] == '-' {
					sign = -1
					continue
				}
				number = 10*number + int64(text[end]-'0')
			}
			if !yield(text[0], sign*number) {
				return
			}
			text = text[end:]
		}
	}
}

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

// days sums up every day: all answers, less those taken back, of which there are few.
func (g summer) days(n *stats.Numbers) error {
	within := g.scope.cards("r.card_id")
	byDay := map[cards.Day]int{}
	for _, q := range []struct {
		sql   string
		count func(*stats.Day, stats.Day)
	}{{dayTexts + allAnswers + within, (*stats.Day).Add}, {dayTexts + takenBack + within, (*stats.Day).Take}, {oldDayTexts + oldAnswers + within, (*stats.Day).Add}} {
		err := g.each(q.sql+` GROUP BY r.day`, func(rows *sql.Rows) error {
			var day cards.Day
			var text string
			if err := rows.Scan(&day, &text); err != nil {
				return err
			}
			i, known := byDay[day]
			if !known {
				i = len(n.Days)
				byDay[day] = i
				n.Days = append(n.Days, stats.Day{Day: day})
			}
			q.count(&n.Days[i], sumOf(text))
			return nil
		})
		if err != nil {
			return err
		}
	}
	n.Days = stats.InOrder(n.Days)
	return nil
}

// sumOf is the sum of answers whose numbers are milliseconds.
func sumOf(text string) (d stats.Day) {
	var of ['p' + 1]int // by letter
	var spent int64
	for kind, took := range answersIn(text) {
		of[kind]++
		d.Answers++
		if took != 0 {
			d.Timed++
			spent += took
		}
	}
	d.Spent, d.New = time.Duration(spent)*time.Millisecond, of['n']
	d.Young, d.Mature = stats.Share{Passed: of['p'], Of: of['p'] + of['f']}, stats.Share{Passed: of['P'], Of: of['P'] + of['F']}
	return d
}

// moments sums up quarters of an hour of the last days.
func (g summer) moments(n *stats.Numbers) error {
	zones := zoneCache{}
	add := func(times int) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var zone, text string
			if err := rows.Scan(&zone, &text); err != nil {
				return err
			}
			last := int64(-1)
			for kind, quarter := range answersIn(text) {
				if quarter != last {
					n.Moments = append(n.Moments, stats.Moment{At: time.UnixMilli(quarter * 900000).In(zones.of(zone))})
				}
				last = quarter
				m := &n.Moments[len(n.Moments)-1]
				m.Answers += times
				switch kind {
				case 'p', 'P':
					m.Due = m.Due.Plus(stats.Share{Passed: times, Of: times})
				case 'f', 'F':
					m.Due.Of += times
				}
			}
			return nil
		}
	}
	within := g.scope.cards("r.card_id") + ` AND r.day BETWEEN ?4 AND ?5`
	from := int64(g.today) - momentDays + 1
	if err := g.each(zoneTexts+allAnswers+within+` GROUP BY r.zone`, add(1), from, int64(g.today)); err != nil {
		return err
	}
	return g.each(zoneTexts+takenBack+within+` AND u.day >= ?4 GROUP BY r.zone`, add(-1), from, int64(g.today))
}

// cards reads how each card of the decks that the user studies stands.
func (g summer) cards(n *stats.Numbers) error {
	var card, paused int64
	var p packed
	to := p.into([]any{&card, &paused})
	return g.each(`SELECT s.card_id, e.paused, s.repetitions, s.e_factor, s.interval, s.due, s.last, s.lapses, s.seen, s.drill, s.suspended, s.buried
		FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' WHERE s.user_id = ?1`+
		g.scope.cards("s.card_id"), func(rows *sql.Rows) error {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		n.Cards = append(n.Cards, stats.Card{ID: card, Paused: paused != 0, Schedule: p.schedule()})
		return nil
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
