package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"recto/cards"
)

// Report is what Check found.
type Report struct {
	Problems []string // one line each; none for a sound database
	Cards    int      // schedules looked at
	Reviews  int      // events replayed
}

// mostProblems is how many problems are told; one broken page can make thousands.
const mostProblems = 100

// Check verifies that the file is sound, that nothing in it points to what is gone, that
// every medium is on the disk as it was stored, and that replaying every event from the log gives each schedule as it stands.
// Progress is told how far it has come; nil is not. Others may write meanwhile: what
// is checked is the database as it was at the beginning.
func (s *Store) Check(ctx context.Context, progress func(done, total int)) (report Report, err error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return report, wrap("check", err)
	}
	defer tx.Rollback()
	for _, look := range []func(context.Context, querier) ([]string, error){damage, brokenForeignKeys, inconsistencies, s.lostMedia} {
		found, err := look(ctx, tx)
		if err != nil {
			return report, wrap("check", err)
		}
		report.Problems = append(report.Problems, found...)
	}
	c := checker{report: &report, progress: progress}
	if err := c.replay(ctx, tx); err != nil {
		return report, wrap("check", err)
	}
	return report, nil
}

// inconsistencies lists where what schedules repeat differs from what it repeats.
func inconsistencies(ctx context.Context, db querier) (found []string, err error) {
	for _, q := range []string{
		`SELECT 'act ' || i.act_id || ' points to event ' || i.event || ', which is gone or not of card ' || i.item_id FROM bulk_items i
			WHERE i.event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.id = i.event AND r.card_id = i.item_id) LIMIT ?`,
		`SELECT 'card ' || s.card_id || ' of user ' || s.user_id || ' lies in deck ' || s.deck_id || ' for its schedule, and in deck ' || coalesce(c.deck_id, 0)
			FROM schedules s JOIN cards c ON c.id = s.card_id WHERE s.deck_id <> coalesce(c.deck_id, 0) OR s.sibling <> c.sibling LIMIT ?`,
		`SELECT 'deck ' || d.id || ' counts ' || d.cards || ' cards, and has ' || (SELECT count(*) FROM cards c WHERE c.deck_id = d.id)
			FROM decks d WHERE d.cards <> (SELECT count(*) FROM cards c WHERE c.deck_id = d.id) LIMIT ?`,
		`SELECT 'user ' || e.user_id || ' has no schedule of card ' || c.id FROM enrolments e JOIN cards c ON c.deck_id = e.deck_id
			WHERE e.state = 'active' AND NOT EXISTS (SELECT 1 FROM chores) AND NOT EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = e.user_id AND s.card_id = c.id) LIMIT ?`,
		`SELECT 'review ' || r.id || ' is of card ' || r.card_id || ', of which user ' || r.user_id || ' has no schedule' FROM reviews r
			WHERE NOT EXISTS (SELECT 1 FROM schedules s WHERE s.user_id = r.user_id AND s.card_id = r.card_id) LIMIT ?`,
		`SELECT 'an old answer of user ' || o.user_id || ' is of card ' || o.card_id || ', which is gone' FROM old_reviews o
			WHERE o.card_id <> 0 AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.id = o.card_id) LIMIT ?`,
		`SELECT 'card ' || c.id || ' is one of note ' || n.id || ' of user ' || n.user_id || ', and lies in a deck of user ' || d.user_id FROM cards c
			JOIN notes n ON n.id = c.note_id JOIN decks d ON d.id = c.deck_id WHERE d.user_id <> n.user_id LIMIT ?`,
		`SELECT 'article ' || r.article_id || ' is a newer version of article ' || r.previous_id || ', which is not an earlier one of the same user' FROM revisions r
			WHERE r.previous_id >= r.article_id OR EXISTS (SELECT 1 FROM articles a WHERE a.id IN (r.article_id, r.previous_id) AND a.user_id <> r.user_id) LIMIT ?`,
		`SELECT 'help ' || h.id || ' set card ' || h.card_id || ' aside by event ' || json_extract(h.before, '$.event') || ', which is gone or not of that card' FROM help_acts h
			WHERE json_extract(h.before, '$.event') > 0 AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.id = json_extract(h.before, '$.event') AND r.card_id = h.card_id AND r.user_id = h.user_id) LIMIT ?`,
		quizzesCount,
	} {
		lines, err := column[string](ctx, db, q, mostProblems)
		if err != nil {
			return nil, err
		}
		found = append(found, lines...)
	}
	return found, nil
}

// checker replays the log beside the schedules, both in the order of user and card.
type checker struct {
	report   *Report
	progress func(done, total int)
	total    int
	events   *sql.Rows
	next     *loggedEvent // the first event that was not replayed, nil after the last
}

type loggedEvent struct {
	user int64
	cards.Review
}

func (c *checker) replay(ctx context.Context, db *sql.Tx) error {
	if err := db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM schedules) + (SELECT count(*) FROM reviews)`).Scan(&c.total); err != nil {
		return err
	}
	users, err := column[int64](ctx, db, `SELECT id FROM users ORDER BY id`)
	if err != nil {
		return err
	}
	for _, u := range users {
		if err := c.replayUser(ctx, db, u); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) replayUser(ctx context.Context, db *sql.Tx, user int64) (err error) {
	c.events, err = db.QueryContext(ctx, `SELECT user_id, `+reviewColumns+` FROM reviews WHERE user_id = ? ORDER BY card_id, id`, user) //nolint:rowserrcheck // advance does it
	if err != nil {
		return err
	}
	defer c.events.Close()
	if err := c.advance(); err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `SELECT card_id, first, `+scheduleColumns+` FROM schedules WHERE user_id = ? ORDER BY card_id`, user)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var card, first int64
		var p packed
		if err := rows.Scan(p.into([]any{&card, &first})...); err != nil {
			return err
		}
		c.report.Cards++
		if err := c.card(user, card, first, p.schedule()); err != nil {
			return err
		}
		c.tell()
	}
	return errors.Join(rows.Err(), c.events.Err())
}

// tell reports the progress, now and then.
func (c *checker) tell() {
	if done := c.report.Cards + c.report.Reviews; c.progress != nil && (done%1000 < 2 || done == c.total) {
		c.progress(done, c.total)
	}
}

// advance reads the next event.
func (c *checker) advance() error {
	c.next = nil
	if !c.events.Next() {
		return c.events.Err()
	}
	e := loggedEvent{}
	v, err := scanReview(c.events, &e.user)
	e.Review = v
	c.next = &e
	return err
}

// card replays the events of one card, and compares what they give with its schedule.
func (c *checker) card(user, card, first int64, stands cards.Schedule) error {
	r := replayed{schedule: cards.NewSchedule(stands.Due)}
	for c.next != nil && c.next.CardID <= card {
		if c.next.CardID == card {
			c.problem(r.add(c.next.Review), user, card)
		}
		c.report.Reviews++
		if err := c.advance(); err != nil {
			return err
		}
	}
	if r.any && r.schedule != stands || !r.any && stands != cards.NewSchedule(stands.Due) {
		c.problem(fmt.Sprintf("its schedule is %+v, and the log gives %+v", stands, r.schedule), user, card)
	}
	if int64(r.first) != first {
		c.problem(fmt.Sprintf("its first day is %d, and the log gives %d", first, r.first), user, card)
	}
	return nil
}

func (c *checker) problem(what string, user, card int64) {
	if what != "" && len(c.report.Problems) < mostProblems {
		c.report.Problems = append(c.report.Problems, fmt.Sprintf("card %d of user %d: %s", card, user, what))
	}
}

// replayed is a card as far as its log has been read.
type replayed struct {
	any      bool
	schedule cards.Schedule
	first    cards.Day
	live     []cards.Review // events that were not taken back, the latest last
}

// add replays one event, and says what is wrong with it.
func (r *replayed) add(v cards.Review) string {
	if !r.any { // the log of a card begins with the card as it was added
		r.schedule, r.any = v.Before, true
		if v.Kind != cards.EventImport && v.Before != cards.NewSchedule(v.Before.Due) {
			return fmt.Sprintf("its log begins with event %d, before which it was not new: %+v", v.ID, v.Before)
		}
	}
	was := r.schedule
	r.schedule = v.After
	r.first = firstDay(v, r.first)
	if v.Before != was {
		return fmt.Sprintf("event %d begins at %+v, and the one before it ends at %+v", v.ID, v.Before, was)
	}
	if v.Kind != cards.EventUndo {
		r.live = append(r.live, v)
		return ""
	}
	if len(r.live) == 0 || r.live[len(r.live)-1].ID != v.Undoes {
		return fmt.Sprintf("event %d takes back event %d, which is not the latest", v.ID, v.Undoes)
	}
	back := r.live[len(r.live)-1]
	r.live = r.live[:len(r.live)-1]
	if v.After != back.Before {
		return fmt.Sprintf("event %d takes back event %d, and does not lead to where that began", v.ID, v.Undoes)
	}
	return ""
}
