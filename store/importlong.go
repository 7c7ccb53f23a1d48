package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime"
)

// mostAtOnce is how many jobs of one import wait at most to be written or committed:
// while some are being committed, the next ones are made.
const mostAtOnce = maxLong + maxLong/2

// inLong runs n jobs, in any order, as parts of a long work, and returns the first
// error. Job makes one. Ended is told how many are committed.
func (m *staging) inLong(ctx context.Context, n int, job func(k int) func(*txn) error, ended func(n int)) (failed error) {
	inner, stop := context.WithCancel(ctx)
	defer stop()
	makers, ends := make(chan struct{}, runtime.GOMAXPROCS(0)), make(chan error)
	m.s.writer.expect(n)
	for begun, done := 0, 0; done < n; {
		if begun < n && begun-done < mostAtOnce {
			go func(k int) {
				makers <- struct{}{}
				do := func(*txn) error { return inner.Err() }
				if inner.Err() == nil {
					do = job(k)
				}
				<-makers
				ends <- m.s.writer.runLong(inner, m.whileStaged(do))
			}(begun)
			begun++
			continue
		}
		if err := <-ends; err != nil && failed == nil {
			failed = fmt.Errorf("store: import: %w", isChanged(err))
			stop()
		}
		if done++; done%maxLong == 0 {
			m.copier.soon()
		}
		ended(done)
	}
	return failed
}

// stageNotes writes the notes that are new, and the new cards of all.
func (m *staging) stageNotes(ctx context.Context) error {
	ends := []int{0} // of the runs of notes that are one job each
	for from := 0; from < len(m.notes); from = ends[len(ends)-1] {
		ends = append(ends, m.chunk(from))
	}
	return m.inLong(ctx, len(ends)-1, func(k int) func(*txn) error {
		return m.rowsOf(ends[k], ends[k+1]).insert
	}, func(done int) { m.tell(int(m.from[ends[done]]), len(m.cards)) })
}

// chunk is where a run of notes that begins at from ends, so that its rows are one job.
func (m *staging) chunk(from int) int {
	rows := 0
	for i := from; i < len(m.notes); i++ {
		rows += 1 + 3*int(m.from[i+1]-m.from[i])
		if rows > maxChunk && i > from {
			return i
		}
	}
	return len(m.notes)
}

// logCopier copies the log of changes into the database while a long work goes on, from
// a connection of its own, so that the writer need not stop for it.
type logCopier struct {
	db    *sql.DB
	more  chan struct{}
	ended chan struct{}
}

func (s *Store) newLogCopier() (*logCopier, error) {
	db, err := sql.Open(driverName, plainDSN(s.path))
	if err != nil {
		return nil, err
	}
	c := &logCopier{db: db, more: make(chan struct{}, 1), ended: make(chan struct{})}
	go func() {
		defer close(c.ended)
		for range c.more {
			if _, err := db.Exec(copySQL); err != nil { // the writer will, once the log is long
				s.log.Warn("the log of changes stays long", "error", err)
			}
		}
	}()
	return c, nil
}

// soon lets it copy what there is.
func (c *logCopier) soon() {
	select {
	case c.more <- struct{}{}:
	default:
	}
}

// close copies what is left, and ends.
func (c *logCopier) close() error {
	c.soon()
	close(c.more)
	<-c.ended
	return c.db.Close()
}
