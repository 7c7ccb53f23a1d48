package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestLongWorksMakeWay: the jobs of a long work are few transactions, and another's job
// that comes meanwhile is the next to be done, and committed without waiting for them.
func TestLongWorksMakeWay(t *testing.T) {
	s := openTest(t)
	u := s.someone(t)
	const jobs = 3 * maxLong
	before := s.writer.batches.Load()
	var done atomic.Int64
	var wg sync.WaitGroup
	begun, queued := make(chan bool), make(chan bool)
	s.writer.expect(jobs)
	for i := range jobs {
		wg.Go(func() {
			err := s.writer.runLong(context.Background(), func(t *txn) error {
				if done.Add(1) == 1 {
					close(begun)
					<-queued
				}
				return extra(t, u, int64(i))
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-begun
	answered := make(chan error)
	go func() {
		answered <- s.writer.run(context.Background(), func(t *txn) error {
			if n := done.Load(); n != 1 {
				return fmt.Errorf("it is done after %d jobs of a long work, want 1", n)
			}
			return extra(t, u, jobs)
		})
	}()
	for len(s.writer.jobs) < 1 {
		time.Sleep(time.Millisecond)
	}
	close(queued)
	if err := <-answered; err != nil {
		t.Error(err)
	}
	if s.extras(t) < 2 {
		t.Error("it was answered before it could be read")
	}
	wg.Wait()
	if n := s.extras(t); n != jobs+1 {
		t.Errorf("%d rows are there, want %d", n, jobs+1)
	}
	if n := s.writer.batches.Load() - before; n > jobs/4 {
		t.Errorf("%d jobs took %d transactions, want few", jobs, n)
	}
	if n := s.writer.coming.Load(); n != 0 {
		t.Errorf("%d jobs are said to come, and all are done", n)
	}
}

// TestALongWorkThatIsCancelledIsNotWaitedFor: jobs that were expected and do not come
// hold nobody up.
func TestALongWorkThatIsCancelledIsNotWaitedFor(t *testing.T) {
	s := openTest(t)
	release := s.hold(t)
	ctx, cancel := context.WithCancel(context.Background())
	s.writer.expect(2)
	errs := make(chan error)
	for range 2 {
		go func() { errs <- s.writer.runLong(ctx, func(*txn) error { return nil }) }()
	}
	cancel()
	if err := <-errs; err == nil {
		t.Error("a job that was cancelled before it began is done")
	}
	release()
	if err := <-errs; err == nil {
		t.Error("a job that was cancelled before it began is done")
	}
	if n := s.writer.coming.Load(); n != 0 {
		t.Errorf("%d jobs are said to come, and none will", n)
	}
}
