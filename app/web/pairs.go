package web

import (
	"fmt"
	"net/http"

	"recto/cards/quiz/ask"
	"recto/store"
	"recto/views"
)

// pairs are those that the user takes for one another; those of one card where card is
// not 0.
func (s *server) pairs(r *request, card store.CardID, n int) ([]views.Pair, error) {
	list, err := s.store.Confusions(r.ctx, r.user.ID, card, n)
	if err != nil {
		return nil, err
	}
	pairs := make([]views.Pair, len(list))
	for i, c := range list {
		pairs[i] = views.Pair{Card: int64(c.Card.ID), Front: c.Card.Front, Back: c.Card.Back, Other: int64(c.Other.ID), OtherFront: c.Other.Front, OtherBack: c.Other.Back,
			Times: c.Times, Last: r.user.Clock().Day(c.Last), Key: newKey(), Today: r.today(), Viewer: int64(r.user.ID)}
	}
	return pairs, nil
}

// drill begins a short quiz that asks two cards apart.
func (s *server) drill(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	key, other := r.form.Get("key"), store.CardID(number(r.form, "other"))
	if !validKey(key) || other == c.ID {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	items, err := s.store.PairItems(r.ctx, r.user.ID, c.ID, other)
	if err != nil {
		return reply{}, err
	}
	questions := ask.Contrast(items[0], items[1], seedOf(key))
	if len(questions) == 0 {
		return goTo(fmt.Sprintf("/cards/%d/help?note=same", c.ID))
	}
	source := store.QuizSource{Kind: store.QuizPair, Pair: [2]store.CardID{c.ID, other}}
	id, err := s.store.StartQuiz(r.ctx, r.user.ID, store.NewQuiz{Key: key, Source: source, Name: "Told apart", Mode: ask.Mixed, Questions: questions}, r.now)
	if err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d", id))
}

// How many cards and pairs the list of what does not stay has.
const (
	mostLeeches  = 100
	mostAllPairs = 50
)

// leeches is the list of what does not stay.
func (s *server) leeches(r *request) (reply, error) {
	list, err := s.store.Leeches(r.ctx, r.user.ID, mostLeeches)
	if err != nil {
		return reply{}, err
	}
	p := &views.Leeches{Today: r.today()}
	p.Title, p.Place, p.Notice = "What does not stay", "stats", noticeOf(r)
	for _, c := range list {
		p.Cards = append(p.Cards, views.LeechOf(int64(c.ID), c.Front, c.Back, c.Schedule, p.Today))
	}
	if p.Pairs, err = s.pairs(r, 0, mostAllPairs); err != nil {
		return reply{}, err
	}
	return show(p)
}
