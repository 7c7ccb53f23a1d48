package endpoint

import (
	"context"
	"errors"

	"recto/cards"
	"recto/cards/reword"
)

// mostAway is how often in a row a model may not answer before it is left alone.
const mostAway = 3

// CardOf is a proposal of an article as a model is shown it.
func CardOf(a cards.Article, p cards.Proposal) reword.Card {
	c := reword.Card{Title: a.Title, Context: p.Context, Front: p.Front, Answer: p.Back}
	if whole := (cards.Span{End: len(a.Text)}); whole.Contains(p.Sentence) && p.Sentence.Len() >= 0 {
		c.Sentence = p.Sentence.Of(a.Text)
	}
	return c
}

// Wording is what came of asking for one proposal: a question, or why there is none.
type Wording struct {
	Proposal string // its ID
	Key      string // see reword.Card
	Front    string
	Reason   string
}

// Each asks for the default proposals of an article, one after the other. Known
// returns what the same question gave before; each is told of every wording, known or
// new, that can be kept. It ends with the error of ctx or of each, or with an ErrAway
// when the model is not there.
func (m *Model) Each(ctx context.Context, a cards.Article, list []cards.Proposal, known func(key string) (Wording, bool), each func(Wording) error, progress func(done, total int)) error {
	var wanted []cards.Proposal
	for _, p := range list {
		if p.Default {
			wanted = append(wanted, p)
		}
	}
	away := 0
	for i, p := range wanted {
		if progress != nil {
			progress(i, len(wanted))
		}
		c := CardOf(a, p)
		w, ok := known(c.Key(m.Name))
		w.Proposal, w.Key = p.ID, c.Key(m.Name)
		if !ok {
			front, err := m.Reword(ctx, c)
			var gone ErrAway
			var refused Refused
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case errors.As(err, &gone):
				if away++; away == mostAway {
					return gone
				}
				continue
			case errors.As(err, &refused):
				w.Reason = refused.Err.Error()
			case err != nil:
				return err
			}
			w.Front = front
		}
		away = 0
		if err := each(w); err != nil {
			return err
		}
	}
	return nil
}
