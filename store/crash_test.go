package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

const (
	crashClients = 16
	crashCards   = 40
	crashFile    = "RECTO_CRASH_FILE" // the database that a child grades in
)

// crashRuns is how often the child is killed: RECTO_CRASH_RUNS, or five times.
func crashRuns(t *testing.T) int {
	text := os.Getenv("RECTO_CRASH_RUNS")
	if text == "" {
		return 5
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("RECTO_CRASH_RUNS=%s is no number of runs", text)
	}
	return n
}

// TestCrashLosesNoAnswer kills a process in which sixteen clients grade, again and
// again. Every answer that any client got is in the database after, and the
// database is sound.
func TestCrashLosesNoAnswer(t *testing.T) {
	runs := crashRuns(t)
	var w *world
	answers := 0
	for run := range runs {
		if run%20 == 0 { // a fresh database now and then keeps the checks short
			w = crashWorld(t)
		}
		acked := killedWhileGrading(t, w.path, run)
		answers += len(acked)
		w.open()
		for _, a := range acked {
			v, err := w.s.Undo(w.ctx(), a.user, a.key, w.now) // an undo with a known key changes nothing, and tells
			if !errors.Is(err, store.ErrStale) {
				t.Fatalf("run %d: the answer %+v is lost: its key gives %+v, %v", run, a, v, err)
			}
		}
		w.wantClean()
		must(t, w.s.Close())
		if t.Failed() {
			t.Fatalf("run %d of %d", run, runs)
		}
	}
	if answers < runs*crashClients {
		t.Errorf("%d answers before %d kills are too few to show anything", answers, runs)
	}
	t.Logf("killed %d times: %d answers, none lost", runs, answers)
}

// crashWorld is a database with the clients and their cards, closed.
func crashWorld(t *testing.T) *world {
	w := &world{t: t, path: filepath.Join(t.TempDir(), "recto.db"), now: noon}
	w.open()
	for i := range crashClients {
		w.join(fmt.Sprintf("user %d", i)).deck("Deck", crashCards)
	}
	must(t, w.s.Close())
	return w
}

// ack is an answer that a client got.
type ack struct {
	user store.UserID
	key  string
}

// killedWhileGrading starts a child that grades, kills it after a random while, and
// returns the answers its clients got before.
func killedWhileGrading(t *testing.T, path string, run int) (acked []ack) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), crashFile+"="+path, "RECTO_CRASH_RUN="+strconv.Itoa(run))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	lines := bufio.NewReader(out)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) { // a line cut short by the end was not told whole
			break
		}
		must(t, err)
		user, key, ok := strings.Cut(strings.TrimSpace(line), " ")
		id, err := strconv.ParseInt(user, 10, 64)
		if !ok || err != nil {
			t.Fatalf("the child says %q", line)
		}
		acked = append(acked, ack{store.UserID(id), key})
		if first {
			time.AfterFunc(time.Duration(20+rand.IntN(150))*time.Millisecond, func() { _ = child.Process.Kill() })
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return acked
}

// TestCrashChild is the child: it grades without end, and tells each answer it got.
func TestCrashChild(t *testing.T) {
	path := os.Getenv(crashFile)
	if path == "" {
		t.Skip("it is started by TestCrashLosesNoAnswer")
	}
	s := got[*store.Store](t)(store.Open(t.Context(), store.Options{Path: path}))
	var wg sync.WaitGroup
	var out sync.Mutex
	for i := range crashClients {
		wg.Go(func() {
			user, now := store.UserID(i+1), noon
			for n := 0; ; n++ {
				q, err := s.Next(context.Background(), user, 0, now)
				if errors.Is(err, store.ErrNotFound) {
					now = now.Add(24 * time.Hour)
					continue
				}
				must(t, err)
				g := cards.Grade(n * 7 % 6)
				a := store.Answer{Card: q.Card.ID, Version: q.Card.Version, Key: fmt.Sprintf("run-%s-%d-%d", os.Getenv("RECTO_CRASH_RUN"), i, n), Grade: g, At: now}
				_, err = s.Grade(context.Background(), user, a, grading(g))
				must(t, err)
				out.Lock()
				fmt.Printf("%d %s\n", user, a.Key)
				out.Unlock()
				if n%5 == 4 {
					_, err := s.Undo(context.Background(), user, a.Key+"-back", now)
					must(t, err)
				}
			}
		})
	}
	wg.Wait()
}
