package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
)

func openTest(t *testing.T) *Store {
	t.Helper()
	s, err := Open(context.Background(), Options{Path: filepath.Join(t.TempDir(), "recto.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func extra(t *txn, user, day int64) error {
	_, err := t.exec(`INSERT INTO extras (user_id, day, cards, key) VALUES (?, ?, 1, '')`, user, day)
	return err
}

func (s *Store) extras(t *testing.T) (n int) {
	t.Helper()
	if err := s.readers.QueryRow(`SELECT count(*) FROM extras`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (s *Store) someone(t *testing.T) int64 {
	t.Helper()
	u, err := s.CreateUser(context.Background(), NewUser{Name: "ada", PasswordHash: "h", Zone: "UTC"}, SignupOpen, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return int64(u.ID)
}

// hold keeps the writer at work until the returned function is called, so that jobs
// gather to one batch.
func (s *Store) hold(t *testing.T) (release func()) {
	t.Helper()
	at, free := make(chan bool), make(chan bool)
	go func() { _ = s.writer.run(context.Background(), func(*txn) error { close(at); <-free; return nil }) }()
	<-at
	return func() { close(free) }
}

func TestABadJobFailsAlone(t *testing.T) {
	bad := map[string]func(*txn, int64) error{
		"returns an error after it wrote": func(t *txn, u int64) error { return errors.Join(extra(t, u, 1000), errors.New("on purpose")) },
		"panics after it wrote":           func(t *txn, u int64) error { _ = extra(t, u, 1000); panic("on purpose") },
		"breaks a foreign key":            func(t *txn, _ int64) error { return extra(t, 99, 1) },
		"breaks a unique key":             func(t *txn, u int64) error { return errors.Join(extra(t, u, 1000), extra(t, u, 1000)) },
		"only looks and refuses":          func(*txn, int64) error { return ErrStale },
		"writes what is no SQL":           func(t *txn, _ int64) error { _, err := t.exec("NONSENSE"); return err },
	}
	for what, do := range bad {
		t.Run(what, func(t *testing.T) {
			s := openTest(t)
			u := s.someone(t)
			release := s.hold(t)
			errs := make([]error, 50)
			var wg sync.WaitGroup
			for i := range errs {
				wg.Go(func() {
					errs[i] = s.writer.run(context.Background(), func(t *txn) error {
						if i%10 == 7 {
							return do(t, u)
						}
						return extra(t, u, int64(i))
					})
				})
			}
			for len(s.writer.jobs) < len(errs) {
				time.Sleep(time.Millisecond)
			}
			release()
			wg.Wait()
			for i, err := range errs {
				if (err != nil) != (i%10 == 7) {
					t.Errorf("job %d: %v", i, err)
				}
			}
			if n := s.extras(t); n != 45 {
				t.Errorf("%d rows are there, want those of the 45 good jobs", n)
			}
		})
	}
}

func TestJobsThatWaitAreCommittedTogether(t *testing.T) {
	s := openTest(t)
	u := s.someone(t)
	release := s.hold(t)
	before := s.writer.batches.Load()
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			if err := s.writer.run(context.Background(), func(t *txn) error { return extra(t, u, int64(i)) }); err != nil {
				t.Error(err)
			}
			if s.extras(t) == 0 {
				t.Error("a caller was answered before its rows could be read")
			}
		})
	}
	for len(s.writer.jobs) < 100 {
		time.Sleep(time.Millisecond)
	}
	release()
	wg.Wait()
	if n := s.writer.batches.Load() - before; n != 1 {
		t.Errorf("100 jobs that waited took %d transactions, want 1", n)
	}
}

func TestAJobWhoseCallerHasGoneIsNotBegun(t *testing.T) {
	s := openTest(t)
	u := s.someone(t)
	release := s.hold(t)
	ctx, cancel := context.WithCancel(context.Background())
	answer := make(chan error)
	go func() { answer <- s.writer.run(ctx, func(t *txn) error { return extra(t, u, 1) }) }()
	for len(s.writer.jobs) < 1 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	release()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("a job whose context ended before it began gives %v, want Canceled", err)
	}
	if n := s.extras(t); n != 0 {
		t.Errorf("it wrote %d rows", n)
	}
}

func TestAContextThatEndsInAJobDoesNotUndoIt(t *testing.T) {
	s := openTest(t)
	u := s.someone(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := s.writer.run(ctx, func(t *txn) error {
		if err := extra(t, u, 1); err != nil {
			return err
		}
		cancel()
		return extra(t, u, 2)
	})
	if err != nil || s.extras(t) != 2 {
		t.Errorf("a context that ended in the middle of a job: %v and %d rows, want no error and 2", err, s.extras(t))
	}
}

// A full disk fails those who write, in words, and nothing that was answered before;
// reading goes on, and writing as well once there is room.
func TestAFullDisk(t *testing.T) {
	s := openTest(t)
	u := s.someone(t)
	pages := func(n int) {
		if err := s.writer.run(context.Background(), func(t *txn) error {
			var set int
			return t.row(fmt.Sprintf("PRAGMA max_page_count = %d", n)).Scan(&set)
		}); err != nil {
			t.Fatal(err)
		}
	}
	pages(1) // as many as there are now
	var failed error
	written := 0
	for i := 0; failed == nil && i < 10000; i++ {
		failed = s.writer.run(context.Background(), func(t *txn) error {
			_, err := t.exec(`INSERT INTO trash (user_id, kind, item_id, name, deleted, detail) VALUES (?, 'x', ?, ?, 0, '')`, u, i, strings.Repeat("x", 4000))
			return err
		})
		if failed == nil {
			written++
		}
	}
	if !errors.Is(failed, ErrDisk) || !strings.Contains(failed.Error(), "full") {
		t.Fatalf("a full disk gives %v", failed)
	}
	if n, err := s.Trash(context.Background(), UserID(u)); err != nil || len(n) != written {
		t.Errorf("on a full disk %d rows are there (%v), want the %d that were answered", len(n), err, written)
	}
	pages(1 << 30)
	if err := s.writer.run(context.Background(), func(t *txn) error { return extra(t, u, 1) }); err != nil {
		t.Errorf("once there is room again: %v", err)
	}
}

func TestErrorsOfWritingHaveAMeaning(t *testing.T) {
	for code, want := range map[sqlite3.ErrNo]error{sqlite3.ErrFull: ErrDisk, sqlite3.ErrReadonly: ErrDisk, sqlite3.ErrIoErr: ErrDisk, sqlite3.ErrBusy: ErrBusy, sqlite3.ErrLocked: ErrBusy} {
		if err := told(fmt.Errorf("insert: %w", sqlite3.Error{Code: code})); !errors.Is(err, want) {
			t.Errorf("told(%d) = %v, want %v in it", code, err, want)
		}
	}
	if err := told(ErrStale); !errors.Is(err, ErrStale) || errors.Is(err, ErrDisk) {
		t.Errorf("told(ErrStale) = %v", err)
	}
}

func TestClosedIsSaid(t *testing.T) {
	s := openTest(t)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	}
	if err := s.writer.run(context.Background(), func(*txn) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("writing after closing gives %v, want ErrClosed", err)
	}
	if err := s.Ping(context.Background()); err == nil {
		t.Error("a closed store answers")
	}
}

func TestTheFileIsForItsOwnerAlone(t *testing.T) {
	s := openTest(t)
	s.someone(t)
	for _, end := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(s.path + end)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("recto.db%s may be used by others: %v", end, info.Mode())
		}
	}
}
