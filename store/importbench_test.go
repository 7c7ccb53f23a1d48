package store_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/store"
)

// benchFile names the package that a child imports, for BenchmarkImport.
const benchFile = "RECTO_BENCH_IMPORT"

// BenchmarkImport imports a package of 100,000 notes, which a script makes
// (RECTO_BENCH_NOTES for another number), and a real one of 6,542 cards, in turns with
// real Anki. Both are processes of their own with an empty collection; what is timed is
// the import, from the file to the last commit.
func BenchmarkImport(b *testing.B) {
	python := os.Getenv("RECTO_ANKI_PYTHON")
	if python == "" {
		b.Skip("real Anki is not here: set RECTO_ANKI_PYTHON to a Python that has the package anki")
	}
	judge := filepath.Join("..", "cards", "formats", "anki", "testdata", "judge.py")
	made := filepath.Join(b.TempDir(), "made.apkg")
	must(b, exec.CommandContext(b.Context(), python, judge, "large", made, cmp.Or(os.Getenv("RECTO_BENCH_NOTES"), "100000")).Run())
	for name, path := range map[string]func(*testing.B) string{
		"made":  func(*testing.B) string { return made },
		"cards": func(b *testing.B) string { return filepath.Join(shared(b, "decks"), "v1_cjk_6542cards.apkg") },
	} {
		b.Run(name, func(b *testing.B) {
			file, theirs, ours, memory := path(b), 0.0, 0.0, int64(0)
			for b.Loop() {
				theirs += timed(b, exec.CommandContext(b.Context(), python, judge, "time", file))
				child := exec.CommandContext(b.Context(), os.Args[0], "-test.run=^TestTimedImport$")
				child.Env = append(os.Environ(), benchFile+"="+file)
				ours += timed(b, child)
				memory = max(memory, child.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
			}
			b.ReportMetric(theirs/float64(b.N), "s-Anki")
			b.ReportMetric(ours/float64(b.N), "s-Recto")
			b.ReportMetric(ours/theirs, "ratio")
			b.ReportMetric(float64(memory)/1024, "MiB-Recto")
		})
	}
}

// timed runs a command and returns the number that it prints first.
func timed(b *testing.B, cmd *exec.Cmd) float64 {
	b.Helper()
	out := got[[]byte](b)(cmd.Output())
	return got[float64](b)(strconv.ParseFloat(strings.Fields(string(out))[0], 64))
}

// TestTimedImport is the child.
func TestTimedImport(t *testing.T) {
	path := os.Getenv(benchFile)
	if path == "" {
		t.Skip("it is started by BenchmarkImport")
	}
	debug.SetMemoryLimit(256 << 20) // as the command line does
	debug.SetGCPercent(400)
	ctx := context.Background()
	s := got[*store.Store](t)(store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "recto.db")}))
	u := got[store.User](t)(s.CreateUser(ctx, store.NewUser{Name: "ada", PasswordHash: "hash", Zone: "UTC"}, store.SignupOpen, noon))
	begun := time.Now()
	source, f, err := formats.Open(path)
	must(t, err)
	d, err := registry.All.Read(ctx, source, formats.Options{TempDir: t.TempDir()})
	must(t, err)
	_, _, err = s.Import(ctx, u.ID, d, store.Choices{}, nil, noon)
	must(t, err)
	fmt.Println(time.Since(begun).Seconds())
	must(t, d.Close())
	must(t, f.Close())
	must(t, s.Close())
}
