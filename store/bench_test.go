package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/mattn/go-sqlite3"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/sm2"
)

// benchDay is the study day of benchmarks, and benchNow an instant of it.
var (
	benchNow = time.Date(2025, time.March, 4, 12, 0, 0, 0, time.UTC)
	benchDay = cards.Clock{Rollover: cards.DefaultRollover}.Day(benchNow)
)

// town says how many people and schedules a benchmark's database has. User 1 has
// heavy cards in ten decks of their own; all others study the same deck.
type town struct{ users, heavy, each int }

// build makes a database by SQL, as the store itself would have filled it. Four
// fifths of the schedules have been seen, and are due within the next half year;
// one in fifty is due today.
func build(tb testing.TB, path string, t town) {
	tb.Helper()
	s := openBench(tb, path)
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
	db, err := sql.Open(driverName, strings.Replace(writerDSN(path), "_synchronous=FULL", "_synchronous=OFF", 1))
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	run := func(query string, args ...any) {
		tb.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			tb.Fatalf("%s: %v", query, err)
		}
	}
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) `
	run(numbers+`INSERT INTO users SELECT i, 'user ' || i, 'user ' || i, 'hash', i = 1, 0, 'Europe/Paris', 4, 10, 200, 'system', 4, 4, 36500, 1, 0 FROM n`, t.users)
	run(`INSERT INTO note_types VALUES (1, 1, 'Basic', ?)`, toJSON(formats.NoteTypeOf(cards.BasicNote)))
	run(numbers+`INSERT INTO decks SELECT i, 1, 'deck ' || i, 'deck ' || i, 1, 0, NULL, 0, '', 0 FROM n`, 10)
	all := max(t.heavy, t.each*10)
	run(numbers+`INSERT INTO notes SELECT i, 1, 'guid ' || i, 1, '["What is ' || i || '?","A number"]', '[]', NULL, '', '', '', 0, 0, 0, 0, 0, 0, '', 0 FROM n`, all)
	run(numbers+`INSERT INTO cards SELECT i, i, 0, (i - 1) * 10 / ? + 1, 0, 'what is ' || i || '? a number', 0, 'What is ' || i || '?', 'A number', '' FROM n`, all, all)
	run(`UPDATE decks SET cards = (SELECT count(*) FROM cards c WHERE c.deck_id = decks.id)`)
	run(`INSERT INTO enrolments SELECT 1, id, 'active', 0, NULL, NULL, 0, 0 FROM decks`)
	run(numbers+`INSERT INTO enrolments SELECT i, 1, 'active', 0, NULL, NULL, 0, 0 FROM n WHERE i > 1`, t.users)
	schedules := `INSERT INTO schedules SELECT ?1, c.id, c.deck_id, 0, 1, seen * 3, 250, seen * (1 + h % 180), CASE seen WHEN 1 THEN ?2 + CASE WHEN h % 50 = 0 THEN -(h % 7) ELSE 1 + h % 180 END ELSE ?2 - h % 7 END,
		seen * (?2 - 1 - h % 60), 0, seen, 0, 0, 0, seen * (?2 - 100), 0 FROM (SELECT id, deck_id, (id * 2654435761 + ?1 * 40503) % 1000003 AS h, ((id * 7 + ?1) % 5 > 0) AS seen FROM cards WHERE id <= ?3) c`
	for u := 1; u <= t.users; u++ {
		n := t.each
		if u == 1 {
			n = t.heavy
		}
		run(schedules, u, int64(benchDay), n)
	}
	run(`PRAGMA wal_checkpoint(TRUNCATE)`)
}

func openBench(tb testing.TB, path string) *Store {
	tb.Helper()
	s, err := Open(context.Background(), Options{Path: path})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// p99 is the longest of all but one in a hundred.
func p99(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[len(d)*99/100]
}

// cpuTime is what this process has computed so far: on a machine that others use, it
// says more than the time on the wall.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkGrade measures Grade with many clients, and in the same run, beside it,
// the limit: the same two rows written by the driver alone, in batches as large as
// the store's were, with the same pragmas, into a copy of the same file.
func BenchmarkGrade(b *testing.B) {
	path := filepath.Join(b.TempDir(), "recto.db")
	build(b, path, town{users: 256, heavy: 200, each: 200})
	for _, clients := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			s := openBench(b, path)
			defer s.Close()
			versions := versionsOf(b, s)
			rest := b.N/2 + 1
			copied := filepath.Join(b.TempDir(), "raw.db")
			if err := s.Backup(context.Background(), copied); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			first, slow1 := gradeAll(b, s, clients, b.N-b.N/2, versions)
			b.StopTimer()
			batch := float64(s.writer.done.Load()) / float64(s.writer.batches.Load())
			raw := rawGrades(b, copied, rest*2, max(int(batch+0.5), 1))
			b.StartTimer()
			second, slow2 := gradeAll(b, s, clients, b.N/2, versions)
			b.StopTimer()
			rate := float64(b.N) / (first + second).Seconds()
			b.ReportMetric(rate, "grades/s")
			b.ReportMetric(raw, "raw/s")
			b.ReportMetric(rate/raw, "ratio")
			b.ReportMetric(batch, "batch")
			b.ReportMetric(ms(p99(append(slow1, slow2...))), "p99-ms")
		})
	}
}

// versionsOf reads the versions that the clients' first answers need.
func versionsOf(b *testing.B, s *Store) [257][201]int64 {
	var v [257][201]int64
	rows, err := s.readers.Query(`SELECT user_id, card_id, version FROM schedules`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var user, card, version int64
		if err := rows.Scan(&user, &card, &version); err != nil {
			b.Fatal(err)
		}
		v[user][card] = version
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return v
}

// gradeAll lets clients, each a user, grade n cards between them as fast as they can.
func gradeAll(b *testing.B, s *Store, clients, n int, versions [257][201]int64) (took time.Duration, each []time.Duration) {
	if v := versionsOf(b, s); v != versions {
		versions = v
	}
	var left atomic.Int64
	left.Store(int64(n))
	all := make([][]time.Duration, clients)
	var wg sync.WaitGroup
	started := time.Now()
	for c := range clients {
		wg.Go(func() {
			user := c + 1
			for i := 0; left.Add(-1) >= 0; i++ {
				card := i%200 + 1
				g := cards.Grade(2 + i%4)
				a := Answer{Card: CardID(card), Version: versions[user][card], Key: uuid.Must(uuid.NewV7()).String(), Grade: g, Took: 4200 * time.Millisecond, At: benchNow}
				versions := &versions
				at := time.Now()
				_, err := s.Grade(context.Background(), UserID(user), a, func(sc cards.Schedule, d cards.Day) cards.Schedule { return sm2.Next(sc, g, d) })
				all[c] = append(all[c], time.Since(at))
				if err != nil {
					b.Error(err)
					return
				}
				versions[user][card]++
			}
		})
	}
	wg.Wait()
	return time.Since(started), slices.Concat(all...)
}

// rawGrades writes the two rows of n grades by the driver alone, and returns how
// many it wrote a second.
func rawGrades(b *testing.B, path string, n, batch int) float64 {
	conn, err := (&sqlite3.SQLiteDriver{}).Open(writerDSN(path))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	prepare := func(q string) driver.Stmt {
		s, err := conn.Prepare(q)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	exec := func(s driver.Stmt, args ...driver.Value) {
		if _, err := s.Exec(args); err != nil { //nolint:staticcheck // the driver's own, without database/sql
			b.Fatal(err)
		}
	}
	begin, commit, change, add := prepare(beginSQL), prepare("COMMIT"), prepare(queryText[changeSchedule]), prepare(queryText[addReview])
	for _, s := range []driver.Stmt{begin, commit, change, add} {
		defer s.Close()
	}
	day := int64(benchDay)
	started := time.Now()
	for done := 0; done < n; {
		exec(begin)
		for range min(batch, n-done) {
			user, card := int64(done%256+1), int64(done/256%200+1)
			interval := int64(1 + done%180)
			exec(change, user, card, day-100, int64(3), int64(250), interval, day+interval, day, int64(0), int64(1), int64(0), int64(0), int64(0))
			exec(add, user, uuid.Must(uuid.NewV7()).String(), card, benchNow.UnixMilli(), "Europe/Paris", int64(4), day, "due", int64(4), int64(4200), nil,
				int64(3), int64(250), int64(1), day, day-1, int64(0), int64(1), int64(0), int64(0), int64(0),
				int64(3), int64(250), interval, day+interval, day, int64(0), int64(1), int64(0), int64(0), int64(0))
			done++
		}
		exec(commit)
	}
	return float64(n) / time.Since(started).Seconds()
}

// schedulesWanted is how many schedules the large database of benchmarks has:
// RECTO_BENCH_SCHEDULES, or a million.
func schedulesWanted(b *testing.B) int {
	text := os.Getenv("RECTO_BENCH_SCHEDULES")
	if text == "" {
		return 1_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 200_000 {
		b.Fatalf("RECTO_BENCH_SCHEDULES=%s: take a number from 200000", text)
	}
	return n
}

// BenchmarkLarge asks for the next card and the counts of a user with 100,000 cards
// among 1,000 users, and opens their database.
func BenchmarkLarge(b *testing.B) {
	n := schedulesWanted(b)
	path := filepath.Join(b.TempDir(), "recto.db")
	build(b, path, town{users: 1000, heavy: 100_000, each: (n - 100_000) / 999})
	s := openBench(b, path)
	defer s.Close()
	ctx := context.Background()
	if q, err := s.Next(ctx, 1, 0, benchNow); err != nil || q.Counts.Due == 0 || q.Counts.New == 0 {
		b.Fatalf("user 1 is asked %+v, %v; want due and new cards", q.Counts, err)
	}
	timed := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			var each []time.Duration
			before := cpuTime(b)
			for b.Loop() {
				at := time.Now()
				if err := do(); err != nil {
					b.Fatal(err)
				}
				each = append(each, time.Since(at))
			}
			b.ReportMetric(ms(cpuTime(b)-before)/float64(len(each)), "cpu-ms")
			b.ReportMetric(ms(p99(each)), "p99-ms")
			b.ReportMetric(ms(each[len(each)/2]), "p50-ms") // sorted by p99, which comes first
			b.ReportMetric(float64(n), "schedules")
		})
	}
	timed("next", func() error { _, err := s.Next(ctx, 1, 0, benchNow); return err })
	timed("counts", func() error { _, err := s.Counts(ctx, 1, 0, benchNow); return err })
	timed("next-of-another", func() error { _, err := s.Next(ctx, 500, 0, benchNow); return err })
	timed("decks", func() error { _, err := s.Decks(ctx, 1, benchDay); return err })
	timed("session", func() error { _, err := s.Session(ctx, 1, benchNow); return err })
	timed("open", func() error {
		again, err := Open(ctx, Options{Path: path})
		if err != nil {
			return err
		}
		return again.Close()
	})
}
