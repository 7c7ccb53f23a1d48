package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"recto/cards"
	"recto/cards/plan"
	"recto/store"
	"recto/views"
)

// comeback is the plan after a break while one runs, nil where none does.
func (s *server) comeback(r *request) (*views.Comeback, error) {
	c, err := s.store.Comeback(r.ctx, r.user.ID, r.today())
	if errors.Is(err, store.ErrNotFound) || err == nil && !c.Runs() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &views.Comeback{Kind: string(c.Kind), Today: r.today(), PerDay: c.PerDay, Left: len(c.Left), Cards: max(c.Cards, len(c.Left)), Ends: c.Ends(r.today()), Until: c.Until}, nil
}

// offers are the plans that a user can choose from by one of the store's two methods,
// nil where there is nothing to choose.
func (s *server) offers(r *request, from func(context.Context, store.UserID, cards.Day) (store.Return, error)) (*views.Offers, []plan.Offer, error) {
	today := r.today()
	back, err := from(r.ctx, r.user.ID, today)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	plans := plan.Offers(back.Waiting, today, back.Usual, back.Done)
	list, err := s.store.Studied(r.ctx, r.user.ID)
	if err != nil {
		return nil, nil, err
	}
	remembered, err := s.remembered(r, &views.Outlook{})
	if err != nil {
		return nil, nil, err
	}
	each := back.Pace
	if each <= 0 {
		each = pace
	}
	o := &views.Offers{Today: today, Away: int(today-back.Last) - 1, Waiting: len(back.Waiting)}
	for _, p := range plans {
		line := views.Offer{Kind: string(p.Kind), PerDay: p.PerDay, First: p.Days[0], Days: len(p.Days), Until: p.Until}
		if line.Load = p.Days[0]; p.Kind != plan.All {
			line.Load = plan.Load(p, list, today, remembered)
		}
		if line.Time = time.Duration(line.Load) * each; line.Time > time.Minute {
			line.Time = line.Time.Round(time.Minute)
		}
		o.List = append(o.List, line)
	}
	return o, plans, nil
}

// chooseComeback makes one of the plans offered the user's own, or none. Their numbers
// are worked out anew: the form says only which.
func (s *server) chooseComeback(r *request) (reply, error) {
	kind := plan.Kind(r.form.Get("plan"))
	if !kind.Valid() {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	running, err := s.comeback(r)
	if err != nil {
		return reply{}, err
	}
	from := s.store.Return
	if running != nil {
		from = s.store.Change
	}
	_, plans, err := s.offers(r, from)
	if err != nil {
		return reply{}, err
	}
	if plans == nil {
		return goTo("/?note=caughtup")
	}
	chosen := plan.Offer{Kind: plan.None}
	for _, p := range plans {
		if p.Kind == kind {
			chosen = p
		}
	}
	if err := s.store.StartComeback(r.ctx, r.user.ID, chosen, r.today()); err != nil {
		return reply{}, err
	}
	if chosen.Kind == plan.None {
		return goTo("/?note=noplan")
	}
	return goTo("/?note=planned")
}
