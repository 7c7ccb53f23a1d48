package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"recto/cards"
	"recto/store"
	"recto/views"
)

const (
	articleLane = "articles"       // in which the cards of long texts are made
	articleTime = 10 * time.Minute // the longest that one of them may take
	articleKept = 30 * time.Minute // how long an ended one is remembered, with its text
)

// reading is what a job of an article is about.
type reading struct {
	name    string                        // of what came, until its title is known
	article atomic.Pointer[cards.Article] // nil while it is being read
}

// seen is the article as far as it is known.
func (b *reading) seen() cards.Article {
	if a := b.article.Load(); a != nil {
		return *a
	}
	return cards.Article{Title: b.name}
}

// startArticleJob reads a document and makes its cards in the background. Revises is
// the article that it is a newer version of, 0 for none known. The error may be a
// wrongInput.
func (s *server) startArticleJob(r *request, name string, read func(context.Context) (cards.Article, error), revises store.ArticleID) (reply, error) {
	user, now, about := r.user.ID, r.now, &reading{name: name}
	made, err := s.start(r, task{
		lane: articleLane, subject: about, most: articleTime, kept: articleKept, alone: true,
		do: func(ctx context.Context, tell func(done, total int)) (string, error) {
			a, err := read(ctx)
			if err != nil {
				return "", err
			}
			about.article.Store(&a)
			return s.takeArticle(ctx, user, a, revises, now, tell)
		},
	})
	switch {
	case errors.Is(err, errOneAtATime):
		return reply{}, &wrongInput{"text", "Another long text of yours is being read. Wait until it is done, or stop it under Articles, and send this one again."}
	case err != nil:
		return reply{}, &wrongInput{"text", "Too many long texts are being read here. Send this one again in a few minutes."}
	}
	return goTo("/articles/jobs/" + made.id)
}

func (s *server) articleJob(r *request) (reply, error) {
	j, err := s.jobs.look(r.params["job"], r.user.ID)
	if err != nil {
		return reply{}, err
	}
	about, ok := j.subject.(*reading)
	if !ok { // a job of other pages
		return reply{}, store.ErrNotFound
	}
	a := about.seen()
	var wrong *wrongInput
	switch {
	case j.ended.IsZero():
		p := &views.ArticleJob{ID: j.id, Heading: a.Title, Words: len(strings.Fields(a.Text)), Done: j.done, Total: j.total, Waiting: j.waiting}
		p.Title, p.Place, p.Script, p.Refresh = "Making cards", "add", "desk.js", 2
		return show(p)
	case j.err == nil:
		return goTo(j.to)
	case errors.Is(j.err, context.Canceled):
		wrong = &wrongInput{"", "Stopped. The text is still here."}
		if a.Text == "" {
			wrong = &wrongInput{"file", "Stopped while it was being read."}
		}
	case errors.Is(j.err, context.DeadlineExceeded):
		wrong = &wrongInput{"text", "This text took too long to read. Send it in parts, a chapter at a time."}
	case !errors.As(j.err, &wrong):
		wrong = &wrongInput{"text", "Something went wrong while the cards were made. The text is still here; try again in a moment."}
	}
	p, err := s.newArticlePage(r)
	if err != nil {
		return reply{}, err
	}
	p.Text, p.Heading, p.Address = a.Text, a.Title, a.URL
	p.Error, p.Field = wrong.sentence, wrong.field
	return showAs(http.StatusOK, p)
}

func (s *server) cancelJob(r *request) (reply, error) {
	j, err := s.jobs.look(r.params["job"], r.user.ID)
	if err != nil {
		return reply{}, err
	}
	j.cancel()
	await(r, j.over, 50*time.Millisecond) // the page that follows should find it ended
	return goTo("/articles/jobs/" + j.id)
}
