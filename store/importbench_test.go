package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/store"
)

// BenchmarkImport imports the package that RECTO_BENCH_PACKAGE names, which is read
// anew each time, as 'recto import' does it.
func BenchmarkImport(b *testing.B) {
	path := os.Getenv("RECTO_BENCH_PACKAGE")
	if path == "" {
		b.Skip("name a package with RECTO_BENCH_PACKAGE")
	}
	ctx := context.Background()
	for b.Loop() {
		b.StopTimer()
		s := got[*store.Store](b)(store.Open(ctx, store.Options{Path: filepath.Join(b.TempDir(), "recto.db")}))
		u := got[store.User](b)(s.CreateUser(ctx, store.NewUser{Name: "ada", PasswordHash: "hash", Zone: "UTC"}, store.SignupOpen, noon))
		b.StartTimer()
		source, f, err := formats.Open(path)
		must(b, err)
		d, err := registry.All.Read(ctx, source, formats.Options{TempDir: b.TempDir()})
		must(b, err)
		read := time.Now()
		_, plan, err := s.Import(ctx, u.ID, d, store.Choices{}, nil, noon)
		must(b, err)
		b.ReportMetric(time.Since(read).Seconds(), "s/store")
		b.ReportMetric(float64(plan.Notes.New), "notes")
		b.StopTimer()
		must(b, d.Close())
		must(b, f.Close())
		must(b, s.Close())
		b.StartTimer()
	}
}
