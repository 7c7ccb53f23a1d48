package store

import (
	"context"
	"encoding/json"

	"recto/cards"
)

// TextBefore is the text of the user's own article that a card comes from, with the
// place of its sentence; "" for a card of none.
func (s *Store) TextBefore(ctx context.Context, user UserID, c Card) (text string, at cards.Span, err error) {
	if c.Article == 0 || c.Sentence.Start <= 0 {
		return "", at, nil
	}
	found, err := column[string](ctx, s.readers, `SELECT text FROM articles WHERE id = ? AND user_id = ?`, int64(c.Article), int64(user))
	if err != nil || len(found) == 0 || c.Sentence.Start > len(found[0]) {
		return "", at, wrap("text before a card's sentence", err)
	}
	return found[0], c.Sentence, nil
}

// mostWithin is how many proposals are looked for within one answer.
const mostWithin = 12

// Within are the proposals of the user's own article whose answers stand within the
// answer of a card, one for each place and none that is a card already: what the card
// asks for at once, asked for one by one.
func (s *Store) Within(ctx context.Context, user UserID, c Card) ([]cards.Proposal, error) {
	if c.Article == 0 || c.Source.Start >= c.Source.End {
		return nil, nil
	}
	list, err := column[string](ctx, s.readers, `SELECT p.proposal FROM proposals p JOIN articles a ON a.id = p.article_id AND a.user_id = ?1
		WHERE p.article_id = ?2 AND json_extract(p.proposal, '$.source.start') >= ?3 AND json_extract(p.proposal, '$.source.end') <= ?4
		AND json_extract(p.proposal, '$.source.end') - json_extract(p.proposal, '$.source.start') < ?4 - ?3
		AND NOT EXISTS (SELECT 1 FROM notes n JOIN cards k ON k.note_id = n.id AND k.deck_id IS NOT NULL WHERE n.user_id = ?1 AND n.article_id = ?2 AND n.proposal_id = p.id)
		ORDER BY json_extract(p.proposal, '$.confidence') DESC, p.position LIMIT 50`, int64(user), int64(c.Article), c.Source.Start, c.Source.End)
	if err != nil {
		return nil, wrap("proposals within an answer", err)
	}
	var found []cards.Proposal
	for _, text := range list {
		var p cards.Proposal
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return nil, wrap("proposals within an answer", err)
		}
		apart := true
		for _, f := range found {
			apart = apart && (p.Source.End <= f.Source.Start || f.Source.End <= p.Source.Start)
		}
		if apart && len(found) < mostWithin {
			found = append(found, p)
		}
	}
	return found, nil
}
