package web

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"recto/store"
)

// jobs are works that take longer than a page may wait. Those of one lane are done
// one after the other, so that reviewing stays quick meanwhile and memory is needed
// once. They live in memory: a restart loses a job, and it can be asked for again.
type jobs struct {
	mu    sync.Mutex
	all   map[string]*job
	lanes map[string]chan struct{} // each held by the job at work
}

// task is what a job is to do.
type task struct {
	lane    string
	subject any           // what it is about; whoever shows the job knows the type
	most    time.Duration // that it may take, waiting included
	kept    time.Duration // how long it is remembered after its end
	alone   bool          // it is refused while another of the same user and lane is under way

	// do does it and returns the page that shows what came of it.
	do func(ctx context.Context, tell func(done, total int)) (to string, err error)
	// after is called at the end, also of a job that was stopped before its turn; nil
	// for nothing.
	after func(err error)
}

// job is one work. What changes is guarded by jobs.mu.
type job struct {
	task
	id     string
	user   store.UserID
	cancel context.CancelFunc
	over   chan struct{} // closed at its end
	ended  time.Time     // zero while it waits or works

	waiting     bool
	done, total int
	to          string
	err         error
}

const (
	maxJobs = 64              // of all users, ended ones included
	jobsEnd = 5 * time.Second // that jobs have to end in when the server does
)

// What is wrong with asking for a job.
var (
	errOneAtATime  = errors.New("another job of this user is under way")
	errTooManyJobs = errors.New("too many jobs are under way")
)

func newJobs() *jobs { return &jobs{all: map[string]*job{}, lanes: map[string]chan struct{}{}} }

// add makes a job and returns the lane that it has to wait in.
func (j *jobs) add(user store.UserID, t task, cancel context.CancelFunc, now time.Time) (*job, chan struct{}, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id, old := range j.all {
		switch {
		case !old.ended.IsZero() && now.Sub(old.ended) >= old.kept:
			delete(j.all, id)
		case t.alone && old.user == user && old.lane == t.lane && old.ended.IsZero():
			return nil, nil, errOneAtATime
		}
	}
	if len(j.all) >= maxJobs {
		return nil, nil, errTooManyJobs
	}
	if j.lanes[t.lane] == nil {
		j.lanes[t.lane] = make(chan struct{}, 1)
	}
	made := &job{task: t, id: newToken(), user: user, cancel: cancel, over: make(chan struct{}), waiting: true}
	j.all[made.id] = made
	return made, j.lanes[t.lane], nil
}

// look returns what a user's job looks like now.
func (j *jobs) look(id string, user store.UserID) (job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if found := j.all[id]; found != nil && found.user == user {
		return *found, nil
	}
	return job{}, store.ErrNotFound
}

// change changes a job.
func (j *jobs) change(id string, how func(*job)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if found := j.all[id]; found != nil {
		how(found)
	}
}

// underWay is the job of a user in a lane that has not ended, if there is one.
func (j *jobs) underWay(user store.UserID, lane string) (id string, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id, found := range j.all {
		if found.user == user && found.lane == lane && found.ended.IsZero() {
			return id, true
		}
	}
	return "", false
}

// stop stops all jobs, and waits a moment for them to end.
func (j *jobs) stop() {
	j.mu.Lock()
	var working []*job
	for _, found := range j.all {
		if found.ended.IsZero() {
			found.cancel()
			working = append(working, found)
		}
	}
	j.mu.Unlock()
	timer := time.NewTimer(jobsEnd)
	defer timer.Stop()
	for _, found := range working {
		select {
		case <-found.over:
		case <-timer.C:
			return
		}
	}
}

// start does a task in the background. The error is errOneAtATime or errTooManyJobs.
func (s *server) start(r *request, t task) (*job, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), t.most)
	made, lane, err := s.jobs.add(r.user.ID, t, cancel, r.now)
	if err != nil {
		cancel()
		return nil, err
	}
	go s.work(ctx, made, lane, r.id)
	return made, nil
}

// work does a job when its turn has come. The request that started it has ended by
// then; the log still calls the work by its name.
func (s *server) work(ctx context.Context, j *job, lane chan struct{}, request string) {
	var to string
	var err error
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("a job failed", "lane", j.lane, "id", request, "user", j.user, "err", err)
		}
		if j.after != nil {
			j.after(err)
		}
		s.jobs.change(j.id, func(j *job) { j.to, j.err, j.ended = to, err, s.now() })
		j.cancel()
		close(j.over)
	}()
	select {
	case lane <- struct{}{}:
		defer func() { <-lane }()
	case <-ctx.Done():
		err = ctx.Err()
		return
	}
	s.jobs.change(j.id, func(j *job) { j.waiting = false })
	to, err = j.do(ctx, func(done, total int) {
		s.jobs.change(j.id, func(j *job) { j.done, j.total = done, total })
	})
}

// await waits a moment for a job to end: most are done before a page that shows how
// far they are would be read.
func await(r *request, over <-chan struct{}, moment time.Duration) {
	timer := time.NewTimer(moment)
	defer timer.Stop()
	select {
	case <-over:
	case <-timer.C:
	case <-r.ctx.Done():
	}
}
