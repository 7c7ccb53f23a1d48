package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// query names a statement that is prepared once, because it is run for every card.
type query int

const (
	// Of the writer:
	stateOf query = iota
	changeSchedule
	addReview
	setLastDay
	writerQueries // how many

	// Of the readers:
	userByToken = iota - 1
	userByID
	studied
	answeredToday
	latestEvent
	countDecks
	countDecksApart
	firstNew
	firstDue
	firstNewApart
	firstDueApart
	drillsToday
	cardSeen
	allQueries // how many
)

// scheduleColumns are a Schedule as it is stored, in the order of packed.
const scheduleColumns = `repetitions, e_factor, interval, due, last, lapses, seen, drill, suspended, buried`

// A card of one deck that a user may be asked: new, due on a day or before, or, where a
// plan after a break began on day ?4, due then already.
const (
	newCards     = ` FROM schedules s WHERE s.user_id = ?1 AND s.deck_id = ?2 AND s.seen = 0 AND s.suspended = 0 AND s.buried < ?3`
	seenCards    = ` FROM schedules s WHERE s.user_id = ?1 AND s.deck_id = ?2 AND s.seen = 1 AND s.suspended = 0 AND s.buried < ?3`
	dueCards     = seenCards + ` AND s.due > ?4 AND s.due <= ?3`
	waitingCards = seenCards + ` AND s.due <= ?4`
)

// Where cards of one note come on different days: none of them was answered today,
// and none comes before this one. A due card comes before a new one. The siblings x
// are found in their index alone, and looked up one by one as o; in one step, the
// planner would read all cards of the user.
const (
	apart = ` AND NOT (s.sibling > 0 AND EXISTS (SELECT 1 FROM schedules x JOIN schedules o ON o.user_id = x.user_id AND o.card_id = x.card_id
	WHERE x.user_id = s.user_id AND x.sibling = s.sibling AND x.sibling > 0 AND x.card_id <> s.card_id AND (o.seen = 1 AND o.last = ?3
		OR o.deck_id = s.deck_id AND o.suspended = 0 AND o.buried < ?3 AND `
	earlier     = `(o.due < s.due OR o.due = s.due AND o.card_id < s.card_id)`
	newApart    = newCards + apart + `(o.seen = 1 AND o.due <= ?3 OR o.seen = 0 AND ` + earlier + `))))`
	seenBefore  = apart + `o.seen = 1 AND o.due <= ?3 AND ` + earlier + `)))`
	dueApart    = dueCards + seenBefore
	waitApart   = waitingCards + seenBefore
	firstOf     = `SELECT s.card_id, s.due`
	oldestFirst = ` ORDER BY s.due, s.card_id LIMIT 1`
)

// counted reads how many cards the decks that a user studies could ask, new, due and
// waiting, ?5, ?6 and ?7 of each at most.
func counted(fresh, due, waiting string) string {
	upTo := func(from, most string) string {
		return `(SELECT count(*) FROM (SELECT 1` + strings.Replace(from, `s.deck_id = ?2`, `s.deck_id = e.deck_id`, 1) + ` LIMIT ` + most + `) AS capped)`
	}
	return `SELECT e.deck_id, ` + upTo(fresh, `?5`) + `, ` + upTo(due, `?6`) + `, ` + upTo(waiting, `?7`) + `
	FROM enrolments e WHERE e.user_id = ?1 AND e.state = 'active' AND e.paused = 0 AND (?2 = 0 OR e.deck_id = ?2)`
}

// active is where a user studies the deck of a schedule s.
const active = `EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active')`

// queryText is the SQL of each query.
var queryText = [allQueries]string{ //nolint:gosec // "token" names a column here, and holds none
	stateOf: `SELECT s.version, s.first, s.repetitions, s.e_factor, s.interval, s.due, s.last, s.lapses, s.seen, s.drill, s.suspended, s.buried,
		u.zone, u.rollover, u.last_day, coalesce((SELECT r.id FROM reviews r WHERE r.user_id = ?1 AND r.key = ?3), 0)
		FROM schedules s JOIN users u ON u.id = s.user_id WHERE s.user_id = ?1 AND s.card_id = ?2 AND ` + active,
	changeSchedule: `UPDATE schedules SET version = version + 1, first = ?3, repetitions = ?4, e_factor = ?5, interval = ?6, due = ?7, last = ?8,
		lapses = ?9, seen = ?10, drill = ?11, suspended = ?12, buried = ?13 WHERE user_id = ?1 AND card_id = ?2`,
	addReview: `INSERT INTO reviews (user_id, key, card_id, at, zone, rollover, day, kind, grade, took, undoes,
		before_repetitions, before_e_factor, before_interval, before_due, before_last, before_lapses, before_seen, before_drill, before_suspended, before_buried,
		after_repetitions, after_e_factor, after_interval, after_due, after_last, after_lapses, after_seen, after_drill, after_suspended, after_buried)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	setLastDay: `UPDATE users SET last_day = ?2 WHERE id = ?1`,

	userByToken: `SELECT s.id, s.seen, u.id, u.name, u.admin, u.created, u.zone, u.rollover, u.new_per_day, u.reviews_per_day,
		u.theme, u.grades, u.drill_below, u.max_interval, u.siblings, u.last_day
		FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token = ? AND s.seen >= ? AND s.created >= ?`,
	userByID: `SELECT u.zone, u.rollover, u.last_day, u.new_per_day, u.reviews_per_day, u.siblings,
		EXISTS (SELECT 1 FROM exams k WHERE k.user_id = u.id AND k.raise = 1), coalesce(b.begun, 0), coalesce(b.per_day, 0)
		FROM users u LEFT JOIN comebacks b ON b.user_id = u.id AND b.kind <> 'none' WHERE u.id = ? AND u.name_key IS NOT NULL`,
	studied: `SELECT e.deck_id, e.new_limit, e.review_limit, coalesce((SELECT x.cards FROM extras x WHERE x.user_id = ?1 AND x.day = ?2), 0)
		FROM enrolments e WHERE e.user_id = ?1 AND e.state = 'active' AND e.paused = 0 ORDER BY e.deck_id`,
	answeredToday: `SELECT deck_id, count(*), coalesce(sum(CASE WHEN first = ?2 THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN drill = 1 AND suspended = 0 AND buried < ?2 THEN 1 ELSE 0 END), 0)
		FROM schedules WHERE user_id = ?1 AND seen = 1 AND last = ?2 GROUP BY deck_id`,
	latestEvent:     `SELECT card_id, kind FROM reviews WHERE user_id = ? AND day = ? ORDER BY id DESC LIMIT 1`,
	countDecks:      counted(newCards, dueCards, waitingCards),
	countDecksApart: counted(newApart, dueApart, waitApart),
	firstNew:        firstOf + newCards + oldestFirst,
	firstDue:        firstOf + dueCards + oldestFirst,
	firstNewApart:   firstOf + newApart + oldestFirst,
	firstDueApart:   firstOf + dueApart + oldestFirst,
	drillsToday: `SELECT s.card_id, s.deck_id FROM schedules s WHERE s.user_id = ?1 AND s.seen = 1 AND s.last = ?2 AND s.drill = 1 AND s.suspended = 0 AND s.buried < ?2
		ORDER BY (SELECT max(r.id) FROM reviews r WHERE r.card_id = s.card_id AND r.user_id = s.user_id), s.card_id`,
	cardSeen: cardSQL,
}

// preparer is a connection or a pool.
type preparer interface {
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

// queries are prepared statements, those of the writer or those of the readers.
type queries [allQueries]*sql.Stmt

func (q *queries) prepare(ctx context.Context, db preparer, from, until query) (err error) {
	for i := from; i < until; i++ {
		if q[i], err = db.PrepareContext(ctx, steady(queryText[i])); err != nil { //nolint:sqlclosecheck // close does it
			return fmt.Errorf("prepare %q: %w", queryText[i], err)
		}
	}
	return nil
}

func (q *queries) close() error {
	var errs []error
	for _, s := range q {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
}
