package web

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/valyala/fasthttp"

	"recto/cards"
	"recto/store"
)

const (
	benchClients = 256
	benchCards   = 50
	benchTurns   = 20 // the server and the limit take turns, so that a slow disk is slow for both
)

// BenchmarkGradeHTTP is a review through everything that a browser's answer goes
// through, with many people at once; and in the same run, beside it, the limit: the
// same two rows written by SQLite's driver alone into a copy of the same file, in
// transactions of half as many reviews as there are clients. So many a group commit
// has: one half waits while the other's is on its way to the disk. The limit has
// SQLite's own settings but for WAL and FULL; at ours (checkpointSQL of the store) it
// writes a third more. The clients run on the same cores as the server.
//
//	go test -run xxx -bench GradeHTTP ./app/web
func BenchmarkGradeHTTP(b *testing.B) {
	w := newWorld(b, func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelWarn}))
	})
	people := reviewers(b, w)
	for _, clients := range []int{1, 16, 64, benchClients} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			copied := filepath.Join(b.TempDir(), "raw.db")
			must(b, w.store.Backup(w.ctx(), copied))
			var took, raw time.Duration
			var each []time.Duration
			b.ResetTimer()
			for left := b.N; left > 0; {
				n := min(left, max(b.N/benchTurns, 1))
				t, list := gradeOverHTTP(b, w, people[:clients], n)
				b.StopTimer()
				took, each, left = took+t, append(each, list...), left-n
				raw += rawReviews(b, copied, n, clients, max(clients/2, 1))
				b.StartTimer()
			}
			b.StopTimer()
			slices.Sort(each)
			b.ReportMetric(float64(b.N)/took.Seconds(), "reviews/s")
			b.ReportMetric(float64(b.N)/raw.Seconds(), "raw/s")
			b.ReportMetric(raw.Seconds()/took.Seconds(), "ratio")
			b.ReportMetric(each[len(each)*99/100].Seconds()*1000, "p99-ms")
			b.StartTimer()
		})
	}
}

// reviewer is a person with a sign-in who studies the shared deck.
type reviewer struct {
	token    string
	cards    []store.CardID
	versions []int64
}

// reviewers makes people who all study one deck.
func reviewers(b *testing.B, w *world) []*reviewer {
	b.Helper()
	owner := w.join("owner")
	pairs := make([][2]string, benchCards)
	for i := range pairs {
		pairs[i] = [2]string{fmt.Sprintf("What is %d?", i), "A number"}
	}
	deck, ids := owner.deck("Numbers", pairs...)
	must(b, w.store.ShareDeck(w.ctx(), owner.id, deck, true))
	people := make([]*reviewer, benchClients)
	for i := range people {
		c := w.join(fmt.Sprintf("reviewer %d", i))
		must(b, w.store.Enrol(w.ctx(), c.id, deck, w.today(c), w.now()))
		people[i] = &reviewer{token: c.cookies["recto"], cards: ids, versions: make([]int64, len(ids))}
		for k, id := range ids {
			card, err := w.store.Card(w.ctx(), c.id, id)
			must(b, err)
			people[i].versions[k] = card.Version
		}
	}
	return people
}

// gradeOverHTTP lets people grade n cards between them as fast as they can.
func gradeOverHTTP(b *testing.B, w *world, people []*reviewer, n int) (took time.Duration, each []time.Duration) {
	client := &fasthttp.HostClient{Addr: strings.TrimPrefix(w.base, "http://"), MaxConns: len(people), Dial: func(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }}
	defer client.CloseIdleConnections()
	var left atomic.Int64
	left.Store(int64(n))
	all := make([][]time.Duration, len(people))
	var wg sync.WaitGroup
	started := time.Now()
	for i, p := range people {
		wg.Go(func() {
			for k := 0; left.Add(-1) >= 0; k = (k + 1) % len(p.cards) {
				at := time.Now()
				if err := p.grade(client, w.base, k); err != nil {
					b.Error(err)
					return
				}
				all[i] = append(all[i], time.Since(at))
			}
		})
	}
	wg.Wait()
	return time.Since(started), slices.Concat(all...)
}

// grade posts the form of one answer, and wants to be sent on to the next card.
func (p *reviewer) grade(client *fasthttp.HostClient, base string, k int) error {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI(fmt.Sprintf("%s/review/%d", base, p.cards[k]))
	req.Header.SetMethod(fasthttp.MethodPost)
	req.Header.SetContentType("application/x-www-form-urlencoded")
	req.Header.SetCookie("recto", p.token)
	req.SetBodyString(fmt.Sprintf("key=%s&version=%d&grade=%d&asked=%d", newKey(), p.versions[k], 2+k%4, noon.UnixMilli()-4200))
	if err := client.Do(req, resp); err != nil {
		return err
	}
	if to := string(resp.Header.Peek("Location")); resp.StatusCode() != fasthttp.StatusSeeOther || to != "/review" {
		return fmt.Errorf("a grade is answered by %d %s", resp.StatusCode(), to)
	}
	p.versions[k]++
	return nil
}

// rawReviews writes the rows of n reviews of some users by the driver alone, batch
// of them in a transaction, and returns how long it took.
func rawReviews(b *testing.B, path string, n, clients, batch int) time.Duration {
	b.Helper()
	users, ids := usersAndCards(b, path)
	users = users[:clients]
	conn, err := (&sqlite3.SQLiteDriver{}).Open("file:" + path + "?_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on")
	must(b, err)
	defer conn.Close()
	prepare := func(query string) driver.Stmt {
		s, err := conn.Prepare(query)
		must(b, err)
		return s
	}
	exec := func(s driver.Stmt, args ...driver.Value) {
		_, err := s.Exec(args) //nolint:staticcheck // the driver's own, without database/sql
		must(b, err)
	}
	begin, commit := prepare("BEGIN IMMEDIATE"), prepare("COMMIT")
	change := prepare(`UPDATE schedules SET version = version + 1, repetitions = ?3, e_factor = ?4, interval = ?5, due = ?6 + ?5, last = ?6, lapses = 0, seen = 1,
		drill = ?7, suspended = 0, buried = 0, first = ?6 WHERE user_id = ?1 AND card_id = ?2`)
	add := prepare(`INSERT INTO reviews (user_id, key, card_id, at, zone, rollover, day, kind, grade, took,
		before_repetitions, before_e_factor, before_interval, before_due, before_last, before_lapses, before_seen, before_drill, before_suspended, before_buried,
		after_repetitions, after_e_factor, after_interval, after_due, after_last, after_lapses, after_seen, after_drill, after_suspended, after_buried)
		VALUES (?1, ?2, ?3, ?4, 'UTC', 4, ?5, 'due', 4, 4200, 3, 250, 1, ?5, ?5, 0, 1, 0, 0, 0, 3, 250, 6, ?5 + 6, ?5, 0, 1, 0, 0, 0)`)
	for _, s := range []driver.Stmt{begin, commit, change, add} {
		defer s.Close()
	}
	day := int64(cards.Clock{Rollover: cards.DefaultRollover}.Day(noon))
	started := time.Now()
	for done := 0; done < n; {
		exec(begin)
		for range min(batch, n-done) {
			user, card, round := users[done%len(users)], ids[done/len(users)%len(ids)], int64(done/len(users))
			exec(change, user, card, round%5, 130+round%150, 1+round%180, day, round%2)
			exec(add, user, newKey(), card, noon.UnixMilli(), day)
			done++
		}
		exec(commit)
	}
	return time.Since(started)
}

// usersAndCards are the identifiers in a database.
func usersAndCards(b *testing.B, path string) (users, ids []int64) {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	must(b, err)
	defer db.Close()
	read := func(query string) (out []int64) {
		rows, err := db.Query(query)
		must(b, err)
		defer rows.Close()
		for rows.Next() {
			var id int64
			must(b, rows.Scan(&id))
			out = append(out, id)
		}
		must(b, rows.Err())
		return out
	}
	return read(`SELECT id FROM users WHERE name LIKE 'reviewer %'`), read(`SELECT id FROM cards`)
}
