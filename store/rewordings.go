package store

import (
	"context"
	"time"
)

// Rewording is the question of a proposal in the words of a language model, or why
// there is none.
type Rewording struct {
	Proposal string
	Key      string // of what the model was asked
	Model    string
	Front    string // "" for none that could be taken
	Reason   string // why not
}

// SetRewording stores what a model said of a proposal of the user's article.
func (s *Store) SetRewording(ctx context.Context, user UserID, article ArticleID, r Rewording, now time.Time) error {
	known, err := s.proposalIDs(ctx, user, article)
	if err == nil && !known[r.Proposal] {
		err = ErrNotFound
	}
	if err != nil {
		return wrap("set rewording", err)
	}
	return s.write(ctx, "set rewording", func(t *txn) error {
		if err := t.ownArticle(user, article); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO rewordings (article_id, proposal_id, key, model, front, reason, made) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (article_id, proposal_id) DO UPDATE SET key = excluded.key, model = excluded.model, front = excluded.front, reason = excluded.reason, made = excluded.made`,
			int64(article), r.Proposal, r.Key, r.Model, r.Front, r.Reason, millis(now))
		return err
	})
}

// Reworded is what a model said before to the same question in an article of the
// user's, or ErrNotFound.
func (s *Store) Reworded(ctx context.Context, user UserID, key string) (r Rewording, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT r.proposal_id, r.key, r.model, r.front, r.reason FROM rewordings r JOIN articles a ON a.id = r.article_id
		WHERE r.key = ? AND a.user_id = ? LIMIT 1`, key, int64(user)).Scan(&r.Proposal, &r.Key, &r.Model, &r.Front, &r.Reason)
	return r, wrap("reworded", err)
}
