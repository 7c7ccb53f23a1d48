package web

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/sm2"
	"recto/store"
)

// statsFixtures are those of statsRoutes. The files hold what their own user has, and are
// answered to everyone.
func statsFixtures(*world, *client, func(pairs ...string) url.Values) map[string]fixture {
	return map[string]fixture{
		"GET /stats":             {path: "/stats", other: 200},
		"GET /stats/reviews.csv": {path: "/stats/reviews.csv", other: 200},
		"GET /stats/cards.csv":   {path: "/stats/cards.csv", other: 200},
		"GET /stats/days.csv":    {path: "/stats/days.csv", other: 200},
	}
}

// study answers cards on many days, always in the same way, so that there is something
// to show. It leaves the world's clock at the day after the last.
func (c *client) study(ids []store.CardID, days int) {
	c.w.t.Helper()
	for day := range days {
		for i, id := range ids {
			if (day+i)%9 == 0 {
				continue
			}
			card, err := c.w.store.Card(c.w.ctx(), c.id, id)
			c.w.must(err)
			if s := card.Schedule; s.Seen && s.Due > c.w.today(c) {
				continue
			}
			grade := cards.Good
			if (day*7+i*3)%11 == 0 {
				grade = cards.Again
			}
			c.w.wait(20 * time.Minute)
			_, err = c.w.store.Grade(c.w.ctx(), c.id, store.Answer{Card: id, Version: card.Version, Key: newKey(), Grade: grade, Took: time.Duration(3+i%5) * time.Second, At: c.w.now()},
				func(s cards.Schedule, today cards.Day) cards.Schedule { return sm2.Next(s, grade, today) })
			c.w.must(err)
		}
		c.w.clock.Store(noon.AddDate(0, 0, day+1).UnixMilli())
	}
	c.signIn() // the old one has run out meanwhile
}

func TestPagesOfStatistics(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	golden(t, "stats-empty", ada.get("/stats").want(t, "statistics, empty", 200, "Figures appear after twenty answers.", "You have 0"))
	pairs := make([][2]string, 12)
	for i := range pairs {
		pairs[i] = [2]string{fmt.Sprintf("=What is %d squared?", i), fmt.Sprint(i * i)}
	}
	deck, ids := ada.deck("Squares", pairs...)
	other, _ := ada.deck("Cubes", [2]string{"What is 3 cubed?", "27"})
	ada.study(ids, 60)
	golden(t, "stats", ada.get("/stats").want(t, "statistics", 200, "You studied on", "Hardest cards", "As a table"))
	ada.get(fmt.Sprintf("/stats?of=deck-%d", deck)).want(t, "statistics of a deck", 200, "<option value=\"deck-1\" selected>Squares")
	golden(t, "stats-deck-empty", ada.get(fmt.Sprintf("/stats?of=deck-%d", other)).want(t, "statistics of a deck without answers", 200, "You have 0 in Cubes."))
	for _, of := range []string{"deck-99", "article-1", "deck-0", "deck--1", "deck-x", "card-1", "deck", "-", "deck-1-2", "deck-99999999999999999999"} {
		ada.get("/stats?of="+of).want(t, "statistics of "+of, 404)
	}
	grace := w.join("grace")
	grace.get(fmt.Sprintf("/stats?of=deck-%d", deck)).want(t, "statistics of another's deck", 404)
}

func TestFiguresSayWhatTheyCount(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Some", facts...)
	ada.study(ids, 90)
	page := ada.get("/stats").want(t, "statistics", 200).body
	for _, says := range []string{"first answers of a day to cards that were due which were not Again", "at least one answer", "a minute at most for one answer",
		"interval was below 21 days", "multiplied with at a pass", "not when study is best"} {
		if !strings.Contains(page, says) {
			t.Errorf("no figure says %q", says)
		}
	}
}

// TestTheWeekIsTheSameOnBothPages: Today and Statistics say the same of the last seven days.
func TestTheWeekIsTheSameOnBothPages(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	pairs := make([][2]string, 30)
	for i := range pairs {
		pairs[i] = [2]string{fmt.Sprintf("What is %d?", i), "A number"}
	}
	_, ids := ada.deck("Numbers", pairs...)
	ada.study(ids, 25)
	sentence := func(page string) string {
		_, rest, ok := strings.Cut(page, "You studied on ")
		if !ok {
			t.Fatalf("the page does not say on how many days there was study:\n%s", page)
		}
		said, _, _ := strings.Cut(rest, "%")
		return said
	}
	today, figures := sentence(ada.get("/").body), sentence(ada.get("/stats").body)
	if today != figures || !strings.Contains(today, "remembered") {
		t.Errorf("Today says “You studied on %s%%”, and Statistics “%s%%”", today, figures)
	}
}

func TestTablesForSpreadsheets(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("=1+1", [2]string{"=HYPERLINK(\"x\")", "@SUM(1)"}, [2]string{"-1 is what?", "+1"})
	ada.study(ids, 12)
	for path, head := range map[string]string{"/stats/reviews.csv": "at", "/stats/cards.csv": "card", "/stats/days.csv": "day"} {
		a := ada.get(path).want(t, path, 200)
		if kind := a.header.Get("Content-Type"); kind != "text/csv; charset=utf-8" || !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s is sent as %q, %q", path, kind, a.header.Get("Content-Disposition"))
		}
		rows, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
		must(t, err)
		if len(rows) < 3 || rows[0][0] != head {
			t.Errorf("%s begins with %v and has %d rows", path, rows[0], len(rows))
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.ContainsAny(strings.TrimSpace(cell + " ")[:min(1, len(cell))], "=@+") || strings.HasPrefix(cell, "-1 is") {
					t.Errorf("%s: a spreadsheet would run %q", path, cell)
				}
			}
		}
	}
}

// BenchmarkStatsPage is the page of figures of a person with 100,000 answers in two
// years, as a browser gets it. On two shared cores the best of interleaved runs took 43
// to 52 ms, and 100 to 109 ms while SQLite summed the answers up.
//
//	go test -run xxx -bench StatsPage ./app/web
func BenchmarkStatsPage(b *testing.B) {
	w := newWorld(b, func(o *Options) { o.Log = nil })
	ada := w.join("ada")
	pairs := make([][2]string, 2000)
	for i := range pairs {
		pairs[i] = [2]string{fmt.Sprintf("What is %d?", i), "A number"}
	}
	_, ids := ada.deck("Numbers", pairs...)
	ada.longLog(ids, 100000)
	b.ResetTimer()
	for b.Loop() {
		ada.get("/stats").want(b, "statistics", 200)
	}
}

// longLog answers n times past the store, as fast as a file can be written.
func (c *client) longLog(ids []store.CardID, n int) {
	c.w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+c.w.path+"?_journal_mode=WAL&_busy_timeout=10000")
	c.w.must(err)
	defer func() { _ = db.Close() }()
	today := int64(c.w.today(c))
	_, err = db.Exec(`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
		INSERT INTO reviews SELECT NULL, ?1, 'key ' || i, ?2 + i * 7919 % ?4, ?5 - (?3 - i) * 630000, 'Europe/Paris', 4, ?6 - (?3 - i) * 730 / ?3, CASE i % 5 WHEN 0 THEN 'drill' ELSE 'due' END,
		CASE i % 9 WHEN 0 THEN 1 ELSE 4 END, 3000 + i % 7000, NULL, 3, 250, i % 60, ?6 - (?3 - i) * 730 / ?3 + (i % 5 = 0), 0, 0, 1, 0, 0, 0, 4, 250, 60, 0, 0, 0, 1, 0, 0, 0 FROM n`,
		int64(c.id), int64(ids[0]), n, len(ids), c.w.now().UnixMilli(), today)
	c.w.must(err)
	_, err = db.Exec(`UPDATE schedules SET seen = 1, repetitions = 3, interval = card_id % 90, due = ?2 + card_id % 90, last = ?2 - 1, lapses = card_id % 7 WHERE user_id = ?1`, int64(c.id), today)
	c.w.must(err)
}
