package store

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/stats"
)

// table writes comma-separated values (RFC 4180) while they are read.
type table struct {
	out *csv.Writer
	err error
}

func newTable(w io.Writer, head ...string) *table {
	t := &table{out: csv.NewWriter(w)}
	t.row(head...)
	return t
}

// row writes one row. A cell that a spreadsheet would run as a formula is preceded by an
// apostrophe (OWASP, "CSV Injection").
func (t *table) row(cells ...string) {
	for i, c := range cells {
		if c != "" && strings.ContainsAny(string([]rune(c)[:1]), "=+-@\t\r\n＝＋－＠") {
			cells[i] = "'" + c
		}
	}
	if t.err == nil {
		t.err = t.out.Write(cells)
	}
}

func (t *table) end(err error) error {
	t.out.Flush()
	for _, e := range []error{err, t.err, t.out.Error()} {
		if e != nil {
			return e
		}
	}
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// seconds writes milliseconds as seconds, "" for a time that is not known.
func seconds(ms int64) string {
	if ms == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64)
}

// stamp writes an instant in the zone that holds there.
func stamp(ms int64, zone *time.Location) string {
	return time.UnixMilli(ms).In(zone).Format("2006-01-02T15:04:05.000Z07:00")
}

// ReviewsCSV writes the user's whole log as a table: every event, also those taken back,
// which say so, and then the answers that were imported, in the order they happened.
func (s *Store) ReviewsCSV(ctx context.Context, user UserID, w io.Writer) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap("reviews as csv", err)
	}
	defer tx.Rollback()
	g := summer{ctx: ctx, tx: tx, user: user}
	t := newTable(w, "at", "zone", "day", "card", "question", "deck", "event", "grade", "remembered", "seconds", "taken_back",
		"interval_before", "interval_after", "e_factor_before", "e_factor_after", "due_after", "source")
	err = g.logRows(t)
	if err == nil {
		err = g.oldRows(t)
	}
	return wrap("reviews as csv", t.end(err))
}

func (g summer) logRows(t *table) error {
	zones := zoneCache{}
	return g.each(`SELECT r.at, r.zone, r.day, r.card_id, c.front, coalesce(d.name, ''), r.kind, r.grade, r.took, EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id),
		r.before_interval, r.after_interval, r.before_e_factor, r.after_e_factor, r.after_due FROM reviews r JOIN cards c ON c.id = r.card_id
		LEFT JOIN decks d ON d.id = c.deck_id WHERE r.user_id = ?1 AND ?2 + ?3 = 0 ORDER BY r.day, r.id`, func(rows *sql.Rows) error {
		var at, card, grade, took, was, is int64
		var day, due cards.Day
		var eWas, eIs cards.EFactor
		var zone, front, deck, kind string
		var back bool
		if err := rows.Scan(&at, &zone, &day, &card, &front, &deck, &kind, &grade, &took, &back, &was, &is, &eWas, &eIs, &due); err != nil {
			return err
		}
		graded, remembered := "", ""
		if cards.EventKind(kind).Answered() {
			graded, remembered = fmt.Sprint(grade), yes(cards.Grade(grade).Passed())
		}
		t.row(stamp(at, zones.of(zone)), zone, day.String(), fmt.Sprint(card), front, deck, kind, graded, remembered, seconds(took), yes(back),
			fmt.Sprint(was), fmt.Sprint(is), eWas.String(), eIs.String(), due.String(), "recto")
		return t.err
	})
}

func (g summer) oldRows(t *table) error {
	return g.each(`SELECT r.at, r.day, r.card_id, coalesce(c.front, ''), coalesce(d.name, ''), r.kind, r.button, r.grade, r.took, r.last, r.interval
		FROM old_reviews r LEFT JOIN cards c ON c.id = r.card_id LEFT JOIN decks d ON d.id = c.deck_id WHERE r.user_id = ?1 AND ?2 + ?3 = 0
		AND r.import_id NOT IN (SELECT i.id FROM imports i WHERE i.user_id = ?1 AND i.state = 'staged') ORDER BY r.day, r.at, r.card_id, r.n`, func(rows *sql.Rows) error {
		var at, card, button, grade, took, was, is int64
		var day cards.Day
		var front, deck, kind string
		if err := rows.Scan(&at, &day, &card, &front, &deck, &kind, &button, &grade, &took, &was, &is); err != nil {
			return err
		}
		graded, remembered := "", ""
		if button > 0 {
			graded, remembered = fmt.Sprint(grade), yes(cards.Grade(grade).Passed())
		}
		t.row(stamp(at, time.UTC), "", day.String(), fmt.Sprint(card), front, deck, kind, graded, remembered, seconds(took), "no",
			fmt.Sprint(max(was, 0)), fmt.Sprint(max(is, 0)), "", "", "", "import")
		return t.err
	})
}

// zoneCache keeps zones that were looked up; one that this machine has no longer is UTC.
type zoneCache map[string]*time.Location

func (z zoneCache) of(name string) *time.Location {
	if z[name] == nil {
		l, err := time.LoadLocation(name)
		if err != nil {
			l = time.UTC
		}
		z[name] = l
	}
	return z[name]
}

// CardsCSV writes the cards that the user studies as a table, with how each stands.
func (s *Store) CardsCSV(ctx context.Context, user UserID, w io.Writer) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap("cards as csv", err)
	}
	defer tx.Rollback()
	t := newTable(w, "card", "deck", "question", "answer", "tags", "article", "standing", "repetitions", "e_factor", "interval", "due", "last", "lapses", "suspended")
	err = summer{ctx: ctx, tx: tx, user: user}.each(`SELECT s.card_id, d.name, c.front, c.back, n.tags, n.article_title, s.repetitions, s.e_factor, s.interval, s.due, s.last, s.lapses, s.seen, s.drill, s.suspended, s.buried
		FROM schedules s JOIN enrolments e ON e.user_id = s.user_id AND e.deck_id = s.deck_id AND e.state = 'active' JOIN decks d ON d.id = s.deck_id JOIN cards c ON c.id = s.card_id JOIN notes n ON n.id = c.note_id
		WHERE s.user_id = ?1 AND ?2 + ?3 = 0 ORDER BY s.card_id`, func(rows *sql.Rows) error {
		var card int64
		var deck, front, back, tags, article string
		var p packed
		if err := rows.Scan(p.into([]any{&card, &deck, &front, &back, &tags, &article})...); err != nil {
			return err
		}
		var list []string
		if err := json.Unmarshal([]byte(tags), &list); err != nil {
			return fmt.Errorf("read the tags of card %d: %w", card, err)
		}
		v := p.schedule()
		due, last := "", ""
		if v.Seen {
			due, last = v.Due.String(), v.Last.String()
		}
		t.row(fmt.Sprint(card), deck, front, back, strings.Join(list, " "), article, string(v.Standing()), fmt.Sprint(v.Repetitions), v.EFactor.String(), fmt.Sprint(v.Interval),
			due, last, fmt.Sprint(v.Lapses), yes(v.Suspended))
		return t.err
	})
	return wrap("cards as csv", t.end(err))
}

// DaysCSV writes the user's study days up to today as a table.
func (s *Store) DaysCSV(ctx context.Context, user UserID, today cards.Day, w io.Writer) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return wrap("days as csv", err)
	}
	defer tx.Rollback()
	t := newTable(w, "day", "answers", "minutes", "new_cards", "due_young", "remembered_young", "due_mature", "remembered_mature")
	var n stats.Numbers
	err = summer{ctx: ctx, tx: tx, user: user, today: today}.days(&n)
	for _, d := range n.Days {
		t.row(d.Day.String(), fmt.Sprint(d.Answers), strconv.FormatFloat(d.Spent.Minutes(), 'f', 1, 64), fmt.Sprint(d.New),
			fmt.Sprint(d.Young.Of), fmt.Sprint(d.Young.Passed), fmt.Sprint(d.Mature.Of), fmt.Sprint(d.Mature.Passed))
	}
	return wrap("days as csv", t.end(err))
}
