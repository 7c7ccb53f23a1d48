package store

import (
	"context"
	"fmt"
	"time"

	"recto/cards"
)

// Revision is a newer version of a text beside the earlier one.
type Revision struct {
	Article  Article // the newer one
	Previous Article
	At       time.Time
	Used     time.Time // when the cards went over; zero while they have not
	Cards    []RevisedCard
}

// RevisedCard is a card that was made of a proposal of the earlier version.
type RevisedCard struct {
	Proposal             string // of the earlier version
	Card                 CardID
	Note                 NoteID
	Front, Back, Context string // as they are now, in plain text
	Schedule             cards.Schedule
}

// Revise notes that an article is a newer version of another of the user's. Their
// cards stay as they are until UseRevision. An article that has been noted before, or
// an earlier one than previous, is no newer version: that gives ErrStale, unless it
// is the same pair.
func (s *Store) Revise(ctx context.Context, user UserID, previous, article ArticleID, now time.Time) error {
	return s.write(ctx, fmt.Sprintf("revise article %d", previous), func(t *txn) error {
		for _, id := range []ArticleID{previous, article} {
			if err := t.ownArticle(user, id); err != nil {
				return err
			}
		}
		known, err := column[ArticleID](t.ctx, t.pool, `SELECT previous_id FROM revisions WHERE article_id = ?`, int64(article))
		switch {
		case err != nil:
			return err
		case len(known) > 0 && known[0] == previous:
			return nil
		case len(known) > 0 || article <= previous:
			return ErrStale
		}
		_, err = t.exec(`INSERT INTO revisions (article_id, user_id, previous_id, at) VALUES (?, ?, ?, ?)`, int64(article), int64(user), int64(previous), millis(now))
		return err
	})
}

// versions says what stands beside an article of the user's.
func (s *Store) versions(ctx context.Context, user UserID, id ArticleID) (v Versions, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT
		coalesce((SELECT r.previous_id FROM revisions r JOIN articles p ON p.id = r.previous_id WHERE r.article_id = ?1 AND p.user_id = ?2), 0),
		EXISTS (SELECT 1 FROM revisions r WHERE r.article_id = ?1 AND r.used IS NOT NULL),
		coalesce((SELECT max(r.article_id) FROM revisions r JOIN articles n ON n.id = r.article_id WHERE r.previous_id = ?1 AND n.user_id = ?2), 0),
		EXISTS (SELECT 1 FROM revisions r JOIN articles n ON n.id = r.article_id WHERE r.previous_id = ?1 AND n.user_id = ?2 AND r.used IS NOT NULL)`,
		int64(id), int64(user)).Scan(&v.Previous, &v.Used, &v.Newer, &v.InUse)
	return v, err
}

// openRevision reports whether an article is a newer version of one that is there,
// and the cards of that one have not gone over to it.
func (t *txn) openRevision(id ArticleID) (open bool, err error) {
	err = t.row(`SELECT EXISTS (SELECT 1 FROM revisions r JOIN articles p ON p.id = r.previous_id JOIN articles a ON a.id = r.article_id
		WHERE r.article_id = ? AND r.used IS NULL AND p.user_id = a.user_id)`, int64(id)).Scan(&open)
	return open, err
}

// Revision is the revision that made an article, or ErrNotFound when it is no newer
// version, or the earlier one lies in the trash.
func (s *Store) Revision(ctx context.Context, user UserID, id ArticleID) (r Revision, err error) {
	method := fmt.Sprintf("revision %d", id)
	var at int64
	var used *int64
	var previous ArticleID
	err = s.readers.QueryRowContext(ctx, `SELECT previous_id, at, used FROM revisions WHERE article_id = ? AND user_id = ?`, int64(id), int64(user)).Scan(&previous, &at, &used)
	if err != nil {
		return Revision{}, wrap(method, err)
	}
	r.At = instant(at)
	if used != nil {
		r.Used = instant(*used)
	}
	if r.Article, err = s.Article(ctx, user, id); err != nil {
		return Revision{}, wrap(method, err)
	}
	if r.Previous, err = s.Article(ctx, user, previous); err != nil {
		return Revision{}, wrap(method, err)
	}
	r.Cards, err = s.revisedCards(ctx, user, previous)
	return r, wrap(method, err)
}

// revisedCards are the cards in decks of the user's that were made of an article.
func (s *Store) revisedCards(ctx context.Context, user UserID, article ArticleID) ([]RevisedCard, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT v.proposal_id, n.id, nt.id, nt.name, nt.definition, n.fields, n.tags, c.id, c.ordinal,
		coalesce(s.repetitions, 0), coalesce(s.e_factor, 250), coalesce(s.interval, 0), coalesce(s.due, 0), coalesce(s.last, 0),
		coalesce(s.lapses, 0), coalesce(s.seen, 0), coalesce(s.drill, 0), coalesce(s.suspended, 0), coalesce(s.buried, 0)
		FROM verdicts v JOIN notes n ON n.id = v.note_id JOIN note_types nt ON nt.id = n.type_id
		JOIN cards c ON c.id = (SELECT min(k.id) FROM cards k JOIN decks d ON d.id = k.deck_id WHERE k.note_id = n.id AND d.user_id IS NOT NULL)
		LEFT JOIN schedules s ON s.user_id = ?1 AND s.card_id = c.id
		WHERE v.article_id = ?2 AND n.user_id = ?1 AND n.article_id = ?2 ORDER BY n.source_start, n.id`, int64(user), int64(article))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []RevisedCard{}
	for rows.Next() {
		var r RevisedCard
		var c Card
		var name, definition, fields, tags string
		var p packed
		if err := rows.Scan(p.into([]any{&r.Proposal, &r.Note, &c.TypeID, &name, &definition, &fields, &tags, &r.Card, &c.Ordinal})...); err != nil {
			return nil, err
		}
		if err := c.read(name, definition, fields, tags); err != nil {
			return nil, err
		}
		r.Front, r.Back, r.Context, r.Schedule = c.Front, c.Back, c.Context, p.schedule()
		list = append(list, r)
	}
	return list, rows.Err()
}

// Schedules are the user's schedules of the cards that were made of an article's
// proposals, by card.
func (s *Store) Schedules(ctx context.Context, user UserID, article ArticleID) (map[CardID]cards.Schedule, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT c.id, s.repetitions, s.e_factor, s.interval, s.due, s.last, s.lapses, s.seen, s.drill, s.suspended, s.buried
		FROM articles a JOIN verdicts v ON v.article_id = a.id JOIN cards c ON c.note_id = v.note_id JOIN schedules s ON s.card_id = c.id AND s.user_id = ?1
		WHERE a.id = ?2 AND a.user_id = ?1`, int64(user), int64(article))
	if err != nil {
		return nil, wrap("schedules of an article", err)
	}
	defer rows.Close()
	all := map[CardID]cards.Schedule{}
	for rows.Next() {
		var id CardID
		var p packed
		if err := rows.Scan(p.into([]any{&id})...); err != nil {
			return nil, wrap("schedules of an article", err)
		}
		all[id] = p.schedule()
	}
	return all, wrap("schedules of an article", rows.Err())
}

// KeepApart takes back that an article is a newer version of another. It returns
// ErrStale once the cards have gone over.
func (s *Store) KeepApart(ctx context.Context, user UserID, article ArticleID) error {
	return s.write(ctx, fmt.Sprintf("keep article %d apart", article), func(t *txn) error {
		if err := t.ownArticle(user, article); err != nil {
			return err
		}
		n, err := t.exec(`DELETE FROM revisions WHERE article_id = ? AND user_id = ? AND used IS NULL`, int64(article), int64(user))
		if err != nil || n > 0 {
			return err
		}
		var used bool
		err = t.row(`SELECT EXISTS (SELECT 1 FROM revisions WHERE article_id = ?)`, int64(article)).Scan(&used)
		if err == nil && used {
			err = ErrStale
		}
		return err
	})
}
