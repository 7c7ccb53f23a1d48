package web

import (
	"context"
	"math"

	"recto/cards/generate"
	"recto/views"
)

// habits are what the people of this server keep of the cards proposed to them.
func (s *server) habits(ctx context.Context) (generate.Refinement, []generate.Habit, error) {
	judged, err := s.store.Judged(ctx)
	if err != nil {
		return generate.Refinement{}, nil, err
	}
	list := make([]generate.Verdict, len(judged))
	for i, j := range judged {
		list[i] = generate.Verdict{Kind: j.Kind, Sure: j.Sure, Kept: j.Kept}
	}
	refined, habits := generate.Refine(list)
	return refined, habits, nil
}

// kept shows them, and what follows from them.
func (s *server) kept(r *request) (reply, error) {
	refined, habits, err := s.habits(r.ctx)
	if err != nil {
		return reply{}, err
	}
	const usual = 0.6
	p := &views.Kept{Few: generate.FewVerdicts}
	p.Title, p.Place = "How sure a card is", "add"
	for _, h := range habits {
		p.Judged += h.Judged
		p.Rows = append(p.Rows, views.KeptRow{Kind: string(h.Kind), Judged: h.Judged, Kept: h.Kept,
			Expected: percent(h.Expected / float64(h.Judged)), Usual: percent(usual), Now: percent(refined.Sure(h.Kind, usual))})
	}
	return show(p)
}

func percent(p float64) int { return int(math.Round(100 * p)) }
