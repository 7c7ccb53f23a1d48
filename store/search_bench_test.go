package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"recto/cards"
	"recto/cards/search"
	"recto/cards/sm2"
)

// BenchmarkBrowse asks for the first page and the number of all found cards, of a user
// with 100,000 cards among 1,000 users with a million schedules.
func BenchmarkBrowse(b *testing.B) {
	n := schedulesWanted(b)
	path := filepath.Join(b.TempDir(), "recto.db")
	build(b, path, town{users: 1000, heavy: 100_000, each: (n - 100_000) / 999})
	db, err := sql.Open(driverName, writerDSN(path))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE cards SET folded = replace(folded, '? ', '?' || char(10)) || char(31) || CASE id % 7 WHEN 0 THEN 'verb' || char(31) ELSE '' END`); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	s := openBench(b, path)
	defer s.Close()
	ctx := context.Background()
	for _, c := range []struct {
		query string
		order Order
	}{
		{"", ByAdded}, {"", ByQuestion}, {"", ByDue}, {"", ByDeck}, {"number", ByAdded}, {"number", ByQuestion}, {"12345", ByAdded}, {"-12345 what", ByDue},
		{"w*t 9_9", ByAdded}, {"w:999", ByAdded}, {"is:due", ByDue}, {"is:due what", ByDue}, {"is:new", ByAdded}, {"prop:ivl>=100", ByInterval}, {"prop:reps>0", ByAdded},
		{"deck:\"deck 3\"", ByQuestion}, {"tag:none", ByAdded}, {"tag:verb", ByAdded}, {"tag:v*b", ByAdded}, {"rated:7", ByAdded}, {"front:*777*", ByAdded}, {"front:_*", ByAdded}, {`re:7{4}`, ByAdded}, {`re:\d\d\d\d\d`, ByAdded}, {`back:re:[a-f]$`, ByDue}, {"added:30", ByAdded},
	} {
		name := c.query
		if name == "" {
			name = "everything"
		}
		query, err := search.Parse(c.query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+" by "+string(c.order), func(b *testing.B) {
			var each []time.Duration
			total := 0
			for b.Loop() {
				at := time.Now()
				found, err := s.Browse(ctx, 1, benchNow, Browse{Query: query, Order: c.order, Size: 100})
				if err != nil {
					b.Fatal(err)
				}
				each, total = append(each, time.Since(at)), found.Total
			}
			b.ReportMetric(ms(p99(each)), "p99-ms")
			b.ReportMetric(ms(each[len(each)/2]), "p50-ms")
			b.ReportMetric(float64(total), "found")
		})
	}
}

// BenchmarkBulk suspends 100,000 cards by one act and takes it back, while another user
// grades card after card.
func BenchmarkBulk(b *testing.B) {
	path := filepath.Join(b.TempDir(), "recto.db")
	build(b, path, town{users: 2, heavy: 100_000, each: 1000})
	s := openBench(b, path)
	defer s.Close()
	ctx := context.Background()
	grading := func(do func() error) (took time.Duration, each []time.Duration) {
		over := make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-over:
					return
				default:
				}
				c, err := s.Card(ctx, 2, CardID(i%1000+1))
				if err != nil {
					b.Error(err)
					return
				}
				at := time.Now()
				a := Answer{Card: c.ID, Version: c.Version, Key: uuid.Must(uuid.NewV7()).String(), Grade: 4, At: benchNow}
				if _, err := s.Grade(ctx, 2, a, func(sc cards.Schedule, d cards.Day) cards.Schedule { return sm2.Next(sc, 4, d) }); err != nil {
					b.Error(err)
					return
				}
				each = append(each, time.Since(at))
			}
		})
		at := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		took = time.Since(at)
		close(over)
		wg.Wait()
		return took, each
	}
	for b.Loop() {
		var act BulkAct
		took, each := grading(func() error {
			found, err := s.Find(ctx, 1, benchNow, search.And{})
			if err == nil {
				act, err = s.StartBulk(ctx, 1, uuid.Must(uuid.NewV7()).String(), Bulk{Kind: BulkSuspend}, found, benchNow)
			}
			if err == nil {
				err = s.RunBulk(ctx, 1, act.ID)
			}
			return err
		})
		b.ReportMetric(took.Seconds(), "act-s")
		b.ReportMetric(ms(p99(each)), "grade-p99-ms")
		took, each = grading(func() error {
			if err := s.UndoBulk(ctx, 1, act.ID, benchNow); err != nil {
				return err
			}
			return s.RunBulk(ctx, 1, act.ID)
		})
		b.ReportMetric(took.Seconds(), "undo-s")
		b.ReportMetric(ms(p99(each)), "grade-p99-ms-undo")
	}
}
