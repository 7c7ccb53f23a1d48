package web

import (
	"context"
	"errors"
	"time"

	"recto/app/endpoint"
	"recto/store"
	"recto/views"
)

// rewordAll asks the language model, if there is one, for other words for the default
// proposals of an article. What it has said before is not asked again. Stopping leaves
// those that are done; a model that is not there leaves the cards as they are.
func (s *server) rewordAll(ctx context.Context, user store.UserID, id store.ArticleID, now time.Time, progress func(done, total int)) error {
	if s.o.Model == nil {
		return nil
	}
	a, err := s.store.Article(ctx, user, id)
	if err != nil {
		return err
	}
	known := func(key string) (endpoint.Wording, bool) {
		r, err := s.store.Reworded(ctx, user, key)
		return endpoint.Wording{Front: r.Front, Reason: r.Reason}, err == nil
	}
	each := func(w endpoint.Wording) error {
		return s.store.SetRewording(ctx, user, id, store.Rewording{Proposal: w.Proposal, Key: w.Key, Model: s.o.Model.Name, Front: w.Front, Reason: w.Reason}, now)
	}
	err = s.o.Model.Each(ctx, a.Article, proposalsOf(a.Proposals), known, each, progress)
	var away endpoint.ErrAway
	switch {
	case errors.As(err, &away):
		s.log.Warn("questions were not reworded", "article", id, "err", away)
	case ctx.Err() == nil:
		return err
	}
	return nil
}

// rewordingOf is what a page says of whose words a question is in.
func rewordingOf(p store.Proposal) views.Rewording {
	if p.Reworded == "" || p.Card != 0 || p.Verdict == "join" {
		return views.Rewording{}
	}
	return views.Rewording{Front: p.Reworded, Original: p.Proposal.Front, Model: p.Model}
}

// chosenWords are the words of a proposal that the form asks for by whose they are.
func chosenWords(p store.Proposal, whose string) (front, back string) {
	if whose == "model" && p.Reworded != "" {
		return p.Reworded, p.Back
	}
	return p.Proposal.Front, p.Back
}
