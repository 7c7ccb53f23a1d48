package store

import (
	"context"
	"encoding/json"
	"fmt"

	"recto/cards"
)

// Judged is a verdict on a proposed card, without the card and the person.
type Judged struct {
	Kind cards.FactKind
	Sure float64 // P(keep) before verdicts moved it, 0 to 1
	Kept bool    // as it was proposed
}

// How many of the latest verdicts count: of one person, so that nobody decides for
// all, and of all.
const (
	judgedOfOne = 500
	judgedOfAll = 10_000
)

// Judged lists the latest verdicts of everyone on the server. It is the one query over
// what all users have, and tells nothing but kinds and numbers. What came together with
// its article, as the cards of the starter deck do, was not judged.
func (s *Store) Judged(ctx context.Context) ([]Judged, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT p.proposal, v.kept FROM (
		SELECT v.article_id, v.proposal_id, v.decided, CASE WHEN v.verdict <> 'drop' AND v.front = '' AND v.back = '' THEN 1 ELSE 0 END AS kept,
			row_number() OVER (PARTITION BY a.user_id ORDER BY v.decided DESC) AS nth
		FROM verdicts v JOIN articles a ON a.id = v.article_id
		WHERE v.verdict IN ('keep', 'edit', 'drop') AND v.decided > a.created AND a.user_id IS NOT NULL) v
		JOIN proposals p ON p.article_id = v.article_id AND p.id = v.proposal_id
		WHERE v.nth <= ? ORDER BY v.decided DESC LIMIT ?`, judgedOfOne, judgedOfAll)
	if err != nil {
		return nil, wrap("judged", err)
	}
	defer rows.Close()
	list := []Judged{}
	for rows.Next() {
		var text string
		var j Judged
		if err := rows.Scan(&text, &j.Kept); err != nil {
			return nil, wrap("judged", err)
		}
		var p cards.Proposal
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return nil, fmt.Errorf("store: judged: read a proposal: %w", err)
		}
		if j.Kind, j.Sure = p.Kind, p.Confidence; p.Unrefined > 0 {
			j.Sure = p.Unrefined
		}
		list = append(list, j)
	}
	return list, wrap("judged", rows.Err())
}
