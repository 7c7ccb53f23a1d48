package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"recto/cards"
	"recto/store"
	"recto/views"
)

// jobs make the cards of long texts in the background, one text at a time, so
// that reviewing stays quick meanwhile. They live in memory: a restart loses a
// job, and the text can be sent again.
type jobs struct {
	mu   sync.Mutex
	all  map[string]*job
	turn chan struct{} // held by the job at work
}

// job is one long text. What changes is guarded by jobs.mu.
type job struct {
	id      string
	user    store.UserID
	article cards.Article
	cancel  context.CancelFunc
	ended   time.Time // zero while it waits or works

	waiting     bool
	done, total int
	made        store.ArticleID
	known       bool
	err         error
}

const (
	jobTime  = 10 * time.Minute // the longest that one job may take
	jobsKept = 30 * time.Minute // how long an ended job is remembered
	maxJobs  = 64               // of all users, ended ones included
)

func newJobs() *jobs { return &jobs{all: map[string]*job{}, turn: make(chan struct{}, 1)} }

// add makes a job, unless the user has one under way already or there are too many.
func (j *jobs) add(user store.UserID, a cards.Article, cancel context.CancelFunc, now time.Time) (*job, string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id, old := range j.all {
		switch {
		case !old.ended.IsZero() && now.Sub(old.ended) > jobsKept:
			delete(j.all, id)
		case old.user == user && old.ended.IsZero():
			return nil, "Another long text of yours is being read. Wait until it is done, or stop it under Articles, and send this one again."
		}
	}
	if len(j.all) >= maxJobs {
		return nil, "Too many long texts are being read here. Send this one again in a few minutes."
	}
	made := &job{id: newToken(), user: user, article: a, cancel: cancel, waiting: true}
	j.all[made.id] = made
	return made, ""
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

// underWay is the job of a user that has not ended, if there is one.
func (j *jobs) underWay(user store.UserID) (id string, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for id, found := range j.all {
		if found.user == user && found.ended.IsZero() {
			return id, true
		}
	}
	return "", false
}

// startJob makes the cards of a long text in the background.
func (s *server) startJob(r *request, a cards.Article) (reply, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), jobTime)
	made, refused := s.jobs.add(r.user.ID, a, cancel, r.now)
	if refused != "" {
		cancel()
		return s.articleAgain(r, a.Text, &wrongInput{"text", refused})
	}
	go s.work(ctx, made.id, r.id, r.user.ID, r.now)
	return goTo("/articles/jobs/" + made.id)
}

// work does a job when its turn has come. The request that started it has ended by
// then; the log still calls the work by its name.
func (s *server) work(ctx context.Context, id, request string, user store.UserID, now time.Time) {
	var made store.ArticleID
	var known bool
	var err error
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("make cards of a long text", "id", request, "user", user, "err", err)
		}
		s.jobs.change(id, func(j *job) {
			j.made, j.known, j.err, j.ended = made, known, err, s.now()
			j.cancel()
		})
	}()
	select {
	case s.jobs.turn <- struct{}{}:
		defer func() { <-s.jobs.turn }()
	case <-ctx.Done():
		err = ctx.Err()
		return
	}
	var text cards.Article
	s.jobs.change(id, func(j *job) { j.waiting, text = false, j.article })
	made, known, err = s.makeCards(ctx, user, text, now, func(done, total int) {
		s.jobs.change(id, func(j *job) { j.done, j.total = done, total })
	})
}

func (s *server) articleJob(r *request) (reply, error) {
	j, err := s.jobs.look(r.params["job"], r.user.ID)
	if err != nil {
		return reply{}, err
	}
	var wrong *wrongInput
	switch {
	case j.ended.IsZero():
		p := &views.ArticleJob{ID: j.id, Heading: j.article.Title, Words: len(strings.Fields(j.article.Text)), Done: j.done, Total: j.total, Waiting: j.waiting}
		p.Title, p.Place, p.Script, p.Refresh = "Making cards", "add", "desk.js", 2
		return show(p)
	case j.err == nil && j.known:
		return goTo(fmt.Sprintf("/articles/%d?known=1", j.made))
	case j.err == nil:
		return goTo(fmt.Sprintf("/articles/%d", j.made))
	case errors.Is(j.err, context.Canceled):
		wrong = &wrongInput{"", "Stopped. The text is still here."}
	case errors.Is(j.err, context.DeadlineExceeded):
		wrong = &wrongInput{"text", "This text took too long to read. Send it in parts, a chapter at a time."}
	case !errors.As(j.err, &wrong):
		wrong = &wrongInput{"text", "Something went wrong while the cards were made. The text is still here; try again in a moment."}
	}
	p, err := s.newArticlePage(r)
	if err != nil {
		return reply{}, err
	}
	p.Text, p.Heading, p.Address = j.article.Text, j.article.Title, j.article.URL
	p.Error, p.Field = wrong.sentence, wrong.field
	return showAs(http.StatusOK, p)
}

func (s *server) cancelJob(r *request) (reply, error) {
	j, err := s.jobs.look(r.params["job"], r.user.ID)
	if err != nil {
		return reply{}, err
	}
	j.cancel()
	select { // the page that follows should find it ended
	case <-r.ctx.Done():
	case <-time.After(50 * time.Millisecond):
	}
	return goTo("/articles/jobs/" + j.id)
}
