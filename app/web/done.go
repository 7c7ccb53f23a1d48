package web

import (
	"recto/store"
	"recto/views"
)

// done is the page of a review after its last card.
func (s *server) done(r *request, deck store.DeckID) (reply, error) {
	today := r.today()
	day, err := s.store.Session(r.ctx, r.user.ID, r.now)
	if err != nil {
		return reply{}, err
	}
	p := &views.Done{
		Day: today, Cards: day.Cards, Spent: day.Spent, Remembered: day.Remembered, Of: day.Of,
		Tomorrow: day.Tomorrow, Key: newKey(), CanUndo: day.Answers > 0,
	}
	p.Title, p.Study = "Done", true
	if p.Notice, err = s.rightNotice(r); err != nil {
		return reply{}, err
	}
	for _, c := range day.Missed {
		p.Missed = append(p.Missed, views.Missed{Card: int64(c.ID), Front: c.Front, Back: c.Back})
	}
	if deck != 0 {
		d, err := s.store.Deck(r.ctx, r.user.ID, deck, today)
		if err != nil {
			return reply{}, err
		}
		all, err := s.store.Counts(r.ctx, r.user.ID, 0, r.now)
		if err != nil {
			return reply{}, err
		}
		p.Deck, p.DeckName, p.Paused, p.Elsewhere = int64(deck), d.Name, d.Paused, all.New+all.Due+all.Drill
	}
	p.MoreNew = min(moreNewCards, day.MoreNew)
	return show(p)
}
