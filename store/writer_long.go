package store

import (
	"context"
	"time"
)

// Long works, such as imports, bring many jobs that nobody waits for one by one. They
// are done when nothing else waits, and many of them are committed together, for pages
// that each of them changes are then written once; but as soon as another job comes,
// they are committed, and it is done. Nobody waits for the disk to have them: a power
// cut may take the last of them, and never one alone. What follows and is no part of a
// long work, such as the transaction that makes an import visible, is on the disk with
// all that came before it.

// maxLong is how many jobs of long works are committed together at most.
const maxLong = 48

// patience is how long a transaction waits for a further job of a long work that is on
// its way.
const patience = 20 * time.Millisecond

// expect says that n calls of runLong will come, each once.
func (w *writer) expect(n int) { w.coming.Add(int64(n)) }

// runLong is run for a job of a long work.
func (w *writer) runLong(ctx context.Context, do func(*txn) error) error {
	j := &job{ctx: ctx, do: do, long: true, answer: make(chan struct{})}
	if err := w.queue(j, w.long); err != nil {
		w.coming.Add(-1)
		return err
	}
	<-j.answer
	return told(j.err)
}

// takeLong adds a job of a long work to a batch.
func (w *writer) takeLong(batch []*job, j *job) []*job {
	w.coming.Add(-1)
	return append(batch, j)
}

// next returns the jobs that wait, or one of a long work; none once there will be no
// more.
func (w *writer) next(batch []*job) []*job {
	if j := w.held; j != nil {
		w.held = nil
		return w.gather(append(batch, j))
	}
	jobs, long := w.jobs, w.long
	for jobs != nil || long != nil {
		select {
		case j, ok := <-jobs:
			if ok {
				return w.gather(append(batch, j))
			}
			jobs = nil
			continue
		default:
		}
		select {
		case j, ok := <-jobs:
			if ok {
				return w.gather(append(batch, j))
			}
			jobs = nil
		case j, ok := <-long:
			if ok {
				return w.takeLong(batch, j)
			}
			long = nil
		}
	}
	return batch
}

// gather adds the jobs that wait, but none of long works.
func (w *writer) gather(batch []*job) []*job {
	for len(batch) < maxBatch {
		select {
		case j, ok := <-w.jobs:
			if !ok {
				return batch
			}
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// join adds to a batch of a long work, all of which was done, the next job of one;
// nothing if the transaction is to end, as when another job waits.
func (w *writer) join(batch []*job) []*job {
	if !batch[len(batch)-1].long || len(batch) >= maxLong || len(w.jobs) > 0 || w.coming.Load() == 0 {
		return batch
	}
	select {
	case j, ok := <-w.jobs:
		if ok {
			w.held = j
		}
	case j, ok := <-w.long:
		if ok {
			return w.takeLong(batch, j)
		}
	case <-time.After(patience):
	}
	return batch
}
