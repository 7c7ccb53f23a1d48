package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"recto/cards/search"
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
		{"deck:\"deck 3\"", ByQuestion}, {"tag:none", ByAdded}, {"tag:verb", ByAdded}, {"tag:v*b", ByAdded}, {"rated:7", ByAdded}, {"front:*777*", ByAdded}, {"front:_*", ByAdded}, {`re:7{4}`, ByAdded}, {"added:30", ByAdded},
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
