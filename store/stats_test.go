package store

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/sm2"
	"recto/cards/stats"
)

// diary is the log of one person that a test makes up, and where it has got to.
type diary struct {
	r         *rand.Rand
	user      int64
	now       time.Time
	zone      string
	rollover  int
	last      cards.Day
	schedules map[int64]cards.Schedule
	ids       []int64
	undo      []cards.Review // what can be taken back, the latest last
	log       []cards.Review
}

var diaryZones = []string{"Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Australia/Lord_Howe", "UTC"}

// step is the next thing that the person does.
func (d *diary) step(nextID int64) cards.Review {
	d.now = d.now.Add(time.Duration(d.r.IntN(1200)) * time.Second)
	if d.r.IntN(2000) == 0 {
		d.zone, d.rollover = diaryZones[d.r.IntN(len(diaryZones))], d.r.IntN(24)
	}
	zone, err := time.LoadLocation(d.zone)
	if err != nil {
		panic(err)
	}
	clock := cards.Clock{Zone: zone, Rollover: d.rollover}
	today := clock.Today(d.now, d.last)
	d.last = today
	v := cards.Review{ID: nextID, Key: fmt.Sprintf("key-%d", nextID), At: d.now, Zone: d.zone, Rollover: d.rollover, Day: today}
	if n := len(d.undo); n > 0 && d.r.IntN(25) == 0 {
		back := d.undo[n-1]
		d.undo = d.undo[:n-1]
		v.CardID, v.Kind, v.Grade, v.Undoes, v.Before, v.After = back.CardID, cards.EventUndo, back.Grade, back.ID, d.schedules[back.CardID], back.Before
	} else {
		v.CardID = d.ids[d.r.IntN(len(d.ids))]
		v.Before = d.schedules[v.CardID]
		d.act(&v, today)
		d.undo = append(d.undo, v)
		if len(d.undo) > 3 {
			d.undo = d.undo[1:]
		}
	}
	d.schedules[v.CardID] = v.After
	d.log = append(d.log, v)
	return v
}

func (d *diary) act(v *cards.Review, today cards.Day) {
	v.After = v.Before
	switch n := d.r.IntN(100); n {
	case 0:
		v.After.Suspended = !v.Before.Suspended
		v.Kind = cards.EventSuspend
		if v.Before.Suspended {
			v.Kind = cards.EventUnsuspend
		}
	case 1:
		v.After.Buried, v.Kind = today, cards.EventBury
	default:
		v.Kind = cards.EventOf(v.Before, today)
		if v.Kind == cards.EventDue && d.r.IntN(6) == 0 {
			v.Kind = cards.EventQuiz
		}
		v.Grade = []cards.Grade{0, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4, 5, 5}[d.r.IntN(13)]
		if d.r.IntN(10) > 0 {
			v.Took = time.Duration(500+d.r.IntN(30000)) * time.Millisecond
		}
		v.After = sm2.Next(v.Before, v.Grade, today)
	}
}

const (
	diaryUser  = 2
	diaryCards = 3000
)

// writeDiary makes a database in which user 2 has three decks of cards, one of them paused,
// and a long log, as the store itself would have written them; user 1 has one of their own.
func writeDiary(tb testing.TB, path string, events int) *diary {
	tb.Helper()
	build(tb, path, town{users: 2, heavy: 100, each: 0})
	db, err := sql.Open(driverName, strings.Replace(writerDSN(path), "_synchronous=FULL", "_synchronous=OFF", 1))
	check(tb, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	run := func(query string, args ...any) {
		tb.Helper()
		_, err := db.Exec(query, args...)
		check(tb, err)
	}
	run(`INSERT INTO articles (id, user_id, hash, title, author, url, published, language, text, blocks, created) VALUES (1, 2, 'h', 'An article', '', '', '', 'en', 'text', '[]', 0)`)
	run(`INSERT INTO note_types (id, user_id, name, definition) SELECT 2, 2, name, definition FROM note_types WHERE id = 1`)
	d := &diary{r: rand.New(rand.NewPCG(7, 11)), user: diaryUser, now: benchNow.AddDate(-2, 0, 0), zone: "Europe/Paris", rollover: 4, schedules: map[int64]cards.Schedule{}}
	run(`BEGIN`)
	for deck := range 3 {
		run(`INSERT INTO decks (id, user_id, name, name_key, shared, cards, created, import_id) VALUES (?1, 2, 'diary ' || ?1, 'diary ' || ?1, 0, ?2, 0, 0)`, 100+deck, diaryCards/3)
		run(`INSERT INTO enrolments (user_id, deck_id, state, paused, created) VALUES (2, ?, 'active', ?, 0)`, 100+deck, deck == 2)
	}
	for i := range diaryCards {
		id := int64(1000 + i)
		var article any
		if i%5 == 0 {
			article = 1
		}
		run(`INSERT INTO notes (id, user_id, guid, type_id, fields, tags, article_id, proposal_id, article_title, sentence, sentence_start, sentence_end, source_start, source_end, created, changed)
			VALUES (?1, 2, 'diary ' || ?1, 2, '["a","b"]', '["tag"]', ?2, '', '', '', 0, 0, 0, 0, 0, 0)`, id, article)
		run(`INSERT INTO cards (id, note_id, ordinal, deck_id, sibling, folded, created, front, back) VALUES (?1, ?1, 0, ?2, 0, '', 0, '=What is ' || ?1 || '?', 'b')`, id, 100+i%3)
		d.ids = append(d.ids, id)
		d.schedules[id] = cards.NewSchedule(benchDay - 800)
	}
	add, err := db.Prepare(strings.NewReplacer("INSERT INTO reviews (", "INSERT INTO reviews (id, ", "VALUES (", "VALUES (?, ").Replace(queryText[addReview]))
	check(tb, err)
	defer add.Close()
	for i := range events {
		v := d.step(int64(10000 + 3*i))
		var undoes any
		if v.Undoes != 0 {
			undoes = v.Undoes
		}
		before, after := pack(v.Before), pack(v.After)
		_, err := add.Exec(after.append(before.append([]any{v.ID, d.user, v.Key, v.CardID, millis(v.At), v.Zone, v.Rollover, int64(v.Day), string(v.Kind), int64(v.Grade), v.Took.Milliseconds(), undoes}))...)
		check(tb, err)
	}
	for _, id := range d.ids {
		p := pack(d.schedules[id])
		run(`INSERT INTO schedules (user_id, card_id, deck_id, sibling, version, first, `+scheduleColumns+`) VALUES (2, ?, ?, 0, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			p.append([]any{id, 100 + (id-1000)%3})...)
	}
	run(`UPDATE users SET last_day = ? WHERE id = 2`, int64(d.last))
	run(`COMMIT`)
	return d
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// known is what a figure is by the log, worked out a second time and plainly.
type known struct {
	today cards.Day
	given []cards.Review // answers that were not taken back
	cards map[int64]cards.Schedule
}

func (d *diary) known(today cards.Day, in func(id int64) bool) known {
	k := known{today: today, cards: map[int64]cards.Schedule{}}
	gone := map[int64]bool{}
	for _, v := range d.log {
		gone[v.Undoes] = true
	}
	for _, id := range d.ids {
		if in(id) {
			k.cards[id] = cards.NewSchedule(benchDay - 800)
		}
	}
	for _, v := range d.log {
		if !in(v.CardID) {
			continue
		}
		k.cards[v.CardID] = v.After
		switch v.Kind {
		case "first", "due", "drill", "early", "quiz":
			if !gone[v.ID] {
				k.given = append(k.given, v)
			}
		}
	}
	return k
}

// share is the share of answers to due cards within some days that pass the filter.
func (k known) share(from, to cards.Day, which func(cards.Review) bool) (s stats.Share) {
	for _, v := range k.given {
		due := v.Kind == cards.EventDue
		if due && from <= v.Day && v.Day <= to && which(v) {
			s.Of++
			if v.Grade > 2 {
				s.Passed++
			}
		}
	}
	return s
}

func any3(cards.Review) bool { return true }

// TestFiguresAreThoseOfTheLog compares every figure with a second reckoning from the log
// itself: a hundred thousand answers in several zones and with several rollover hours,
// some of them taken back.
func TestFiguresAreThoseOfTheLog(t *testing.T) {
	events := 100000
	if testing.Short() {
		events = 10000
	}
	path := filepath.Join(t.TempDir(), "recto.db")
	d := writeDiary(t, path, events)
	s := openBench(t, path)
	defer s.Close()
	for name, c := range map[string]struct {
		scope Scope
		in    func(int64) bool
	}{
		"everything": {Scope{}, func(int64) bool { return true }},
		"a deck":     {Scope{Deck: 101}, func(id int64) bool { return (id-1000)%3 == 1 }},
		"an article": {Scope{Article: 1}, func(id int64) bool { return (id-1000)%5 == 0 }},
		"none":       {Scope{Deck: 1}, func(int64) bool { return false }},
	} {
		n, err := s.Statistics(context.Background(), diaryUser, c.scope, d.last)
		check(t, err)
		compareFigures(t, name, n, d.known(d.last, c.in), func(id int64) bool { return (id-1000)%3 == 2 })
	}
}

func compareFigures(t *testing.T, name string, n stats.Numbers, k known, paused func(int64) bool) {
	t.Helper()
	same := func(figure string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %s is %v, and by the log %v", name, figure, got, want)
		}
	}
	for days, p := range map[int]stats.Period{7: stats.Last(7, k.today), 30: stats.Last(30, k.today), 365: stats.Last(365, k.today), 100000: stats.Ever} {
		from := k.today - cards.Day(days) + 1
		young, mature := stats.Maturity(n.Days, p)
		same(fmt.Sprint("remembered in ", days), stats.Remembered(n.Days, p), k.share(from, k.today, any3))
		same("of young ones", young, k.share(from, k.today, func(v cards.Review) bool { return v.Before.Interval < 21 }))
		same("of mature ones", mature, k.share(from, k.today, func(v cards.Review) bool { return v.Before.Interval >= 21 }))
		answers, timed, spent, studied := 0, 0, time.Duration(0), map[cards.Day]bool{}
		for _, v := range k.given {
			if v.Day >= from {
				answers++
				spent += v.Took
				studied[v.Day] = true
				if v.Took > 0 {
					timed++
				}
			}
		}
		same("answers", stats.Answers(n.Days, p), answers)
		same("days studied", stats.Studied(n.Days, p), len(studied))
		same("time spent", stats.Spent(n.Days, p), spent)
		same("time for each", stats.Pace(n.Days, p), spent/time.Duration(max(timed, 1)))
	}
	studied, week := stats.Week(n.Days, k.today)
	same("the week", week, k.share(k.today-6, k.today, any3))
	same("the week's days", studied, stats.Studied(n.Days, stats.Last(7, k.today)))
	for i, share := range stats.Weekly(n.Days, k.today, 26) {
		to := k.today - cards.Day(7*(25-i))
		same("week to "+to.String(), share, k.share(to-6, to, any3))
	}
	perDay, hours := map[cards.Day]int{}, [24]stats.Hour{}
	for _, v := range k.given {
		perDay[v.Day]++
		zone, err := time.LoadLocation(v.Zone)
		check(t, err)
		if h := &hours[v.At.In(zone).Hour()]; v.Day > k.today-90 {
			h.Answers++
			if v.Kind == cards.EventDue {
				h.Due.Of++
				if v.Grade >= 3 {
					h.Due.Passed++
				}
			}
		}
	}
	same("hours", stats.Hours(n.Moments), hours)
	cells := stats.Calendar(n.Days, k.today)
	for _, c := range cells {
		if c.Answers != perDay[c.Day] || (c.Step > 0) != (c.Answers > 0) {
			t.Errorf("%s: the calendar has %d answers on %s, step %d, and the log %d", name, c.Answers, c.Day, c.Step, perDay[c.Day])
		}
	}
	if monday := cells[0].Day.Date().Weekday(); monday != time.Monday || cells[len(cells)-1].Day != k.today {
		t.Errorf("%s: the calendar goes from a %s to %s, want a Monday and %s", name, monday, cells[len(cells)-1].Day, k.today)
	}
	compareCards(t, name, n, k, paused, same)
}

func compareCards(t *testing.T, name string, n stats.Numbers, k known, paused func(int64) bool, same func(figure string, got, want any)) {
	t.Helper()
	ahead, standing := make([]int, 30), map[cards.Standing]int{}
	intervals, factors := map[int]int{}, map[int]int{}
	knownCards, lapses := 0, []int{}
	for id, v := range k.cards {
		day := max(v.Due, k.today)
		if v.Buried >= k.today && day == k.today {
			day++
		}
		if i := int(day - k.today); v.Seen && !v.Suspended && i < 30 && !paused(id) {
			ahead[i]++
		}
		switch {
		case v.Suspended:
			standing["suspended"]++
		case !v.Seen:
			standing["new"]++
		case v.Drill || v.Repetitions == 0:
			standing["learning"]++
		case v.Interval < 21:
			standing["young"]++
			knownCards++
		default:
			standing["mature"]++
			knownCards++
		}
		if v.Seen && !v.Suspended {
			intervals[v.Interval]++
			factors[int(v.EFactor)]++
			lapses = append(lapses, v.Lapses)
		}
	}
	same("the forecast", stats.Forecast(n.Cards, k.today, 30), ahead)
	same("standing", maps.Collect(maps.All(stats.Standing(n.Cards))), standing)
	same("known", stats.Known(n.Cards), knownCards)
	for figure, b := range map[string]struct {
		buckets []stats.Bucket
		counted map[int]int
	}{"intervals": {stats.Intervals(n.Cards), intervals}, "factors": {stats.Factors(n.Cards), factors}} {
		below := -1
		for _, bucket := range b.buckets {
			want := 0
			for number, count := range b.counted {
				if number > below && number <= bucket.To {
					want += count
				}
			}
			if bucket.Cards != want {
				t.Errorf("%s: %s from %d have %d cards, and by the log %d", name, figure, bucket.From, bucket.Cards, want)
			}
			below = bucket.To
		}
		if below != math.MaxInt {
			t.Errorf("%s: %s end at %d", name, figure, below)
		}
	}
	slices.Sort(lapses)
	slices.Reverse(lapses)
	for i, h := range stats.Hardest(n.Cards) {
		if v := k.cards[h.ID]; v.Lapses != lapses[i] || v.Lapses != h.Schedule.Lapses || v.Suspended {
			t.Errorf("%s: hardest card number %d has %d lapses, and by the log %d, where the worst are %v", name, i, h.Schedule.Lapses, v.Lapses, lapses[:10])
		}
	}
	if len(stats.Hardest(n.Cards)) == 0 && len(lapses) > 0 && lapses[0] > 0 {
		t.Errorf("%s: no card is hard, and by the log there are some", name)
	}
}

// TestTablesOfEverything: every event is in the table of answers, and no cell is a formula.
func TestTablesOfEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "recto.db")
	d := writeDiary(t, path, 2000)
	s := openBench(t, path)
	defer s.Close()
	var reviews, all, days strings.Builder
	check(t, s.ReviewsCSV(context.Background(), diaryUser, &reviews))
	check(t, s.CardsCSV(context.Background(), diaryUser, &all))
	check(t, s.DaysCSV(context.Background(), diaryUser, d.last, &days))
	k := d.known(d.last, func(int64) bool { return true })
	for name, c := range map[string]struct {
		text string
		rows int
	}{"answers": {reviews.String(), len(d.log)}, "cards": {all.String(), diaryCards}, "days": {days.String(), len(slices.Compact(dayList(k.given)))}} {
		rows, err := csv.NewReader(strings.NewReader(c.text)).ReadAll()
		check(t, err)
		if len(rows) != c.rows+1 {
			t.Errorf("the table of %s has %d rows, want %d and a head", name, len(rows), c.rows)
		}
		for _, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") {
					t.Fatalf("the table of %s has the formula %q", name, cell)
				}
			}
		}
	}
	back := strings.Count(reviews.String(), ",yes,")
	if !strings.Contains(reviews.String(), "'=What is 1") || back == 0 {
		t.Errorf("the table of answers does not name its cards, or nothing that was taken back")
	}
}

func dayList(given []cards.Review) (days []cards.Day) {
	for _, v := range given {
		days = append(days, v.Day)
	}
	slices.Sort(days)
	return days
}

// TestFiguresOfImportedAnswers: what was answered elsewhere counts, unless its import is
// not done yet.
func TestFiguresOfImportedAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "recto.db")
	d := writeDiary(t, path, 10)
	db, err := sql.Open(driverName, writerDSN(path))
	check(t, err)
	for _, q := range []string{
		`INSERT INTO imports (id, user_id, state, file, format, at, day, report) VALUES (1, 2, 'done', 'a', 'anki', 0, 0, ''), (2, 2, 'staged', 'b', 'anki', 0, 0, '')`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) INSERT INTO old_reviews
			SELECT 2, 1000 + i, i * 1000, 0, 15000 + i / 10, CASE WHEN i % 2 THEN 'review' ELSE 'learn' END, 1 + i % 4, CASE WHEN i % 4 THEN 4 ELSE 1 END, 30, i, 2500, 2000, 1, '', 1 + (i >= 50) FROM n`,
		`INSERT INTO old_reviews SELECT 2, 1, 1, 0, 15000, 'manual', 0, 0, 30, 10, 2500, 0, 1, '', 1`,
	} {
		_, err := db.Exec(q)
		check(t, err)
	}
	check(t, db.Close())
	s := openBench(t, path)
	defer s.Close()
	n, err := s.Statistics(context.Background(), diaryUser, Scope{}, d.last)
	check(t, err)
	p := stats.Period{First: 15000, Last: 15099}
	young, mature := stats.Maturity(n.Days, p)
	if got, want := [4]any{stats.Answers(n.Days, p), stats.Studied(n.Days, p), young, mature}, [4]any{50, 5, stats.Share{Passed: 10, Of: 10}, stats.Share{Passed: 15, Of: 15}}; got != want {
		t.Errorf("imported answers, days, young and mature: %v, want %v", got, want)
	}
	if got := stats.Spent(n.Days, p); got != 100*time.Second {
		t.Errorf("imported answers took %s, want 1m40s", got)
	}
}

// TestFiguresReadIndexesAlone: no sum over the log reads its table, but for the answers of
// the last days by the hour.
func TestFiguresReadIndexesAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "recto.db")
	build(t, path, town{users: 2, heavy: 40, each: 4})
	s := openBench(t, path)
	defer s.Close()
	for _, q := range []string{dayTexts + allAnswers, oldDayTexts + oldAnswers} {
		plan := planOf(t, s, q+Scope{}.cards("r.card_id")+" GROUP BY r.day")
		if !strings.Contains(plan, "SEARCH r USING COVERING INDEX") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s\nis read by\n%s", q, plan)
		}
	}
}

// BenchmarkStatistics sums up 100,000 answers of one person.
//
//	go test -run xxx -bench Statistics ./store
func BenchmarkStatistics(b *testing.B) {
	path := filepath.Join(b.TempDir(), "recto.db")
	d := writeDiary(b, path, 100000)
	s := openBench(b, path)
	defer s.Close()
	for name, scope := range map[string]Scope{"everything": {}, "deck": {Deck: 101}, "article": {Article: 1}} {
		b.Run(name, func(b *testing.B) {
			began := cpuTime(b)
			for b.Loop() {
				_, err := s.Statistics(context.Background(), diaryUser, scope, d.last)
				check(b, err)
			}
			b.ReportMetric(ms(cpuTime(b)-began)/float64(b.N), "cpu-ms/op")
		})
	}
}
