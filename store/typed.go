package store

import (
	"context"
	"fmt"
	"slices"

	"recto/cards"
	"recto/cards/quiz/ask"
)

// besideTyped is how many other cards a typed answer of the review is compared with.
const besideTyped = 100

// TypedQuestion is a card as the review asks it by typing, without the answers beside
// it; ok is false for one that nobody types to. Wished is as in ask.Review.
func (s *Store) TypedQuestion(ctx context.Context, user UserID, card CardID, wished bool) (q ask.Question, ok bool, err error) {
	return s.typedQuestion(ctx, user, []int64{int64(card)}, wished)
}

// TypedAmong is the question with what the typed answer is to be compared with: other
// answers of the card's article and deck, first those that are written as it is.
func (s *Store) TypedAmong(ctx context.Context, user UserID, card CardID, wished bool, typed string) (q ask.Question, ok bool, err error) {
	others, err := column[int64](ctx, s.readers, `WITH it AS (SELECT c.id, c.deck_id, n.article_id FROM cards c JOIN notes n ON n.id = c.note_id WHERE c.id = ?2),
		near AS (SELECT c.id, c.back, 0 AS far FROM it JOIN notes n ON n.article_id = it.article_id JOIN cards c ON c.note_id = n.id JOIN decks d ON d.id = c.deck_id
			WHERE d.user_id = ?1 OR d.shared = 1 OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active')
		UNION ALL SELECT c.id, c.back, 1 FROM it JOIN cards c ON c.deck_id = it.deck_id)
		SELECT id FROM near WHERE id <> ?2 GROUP BY id ORDER BY max(back = ?3 COLLATE NOCASE) DESC, min(far), abs(id - ?2) LIMIT ?4`,
		int64(user), int64(card), typed, besideTyped)
	if err != nil {
		return q, false, wrap(fmt.Sprintf("answers beside card %d", card), err)
	}
	return s.typedQuestion(ctx, user, append([]int64{int64(card)}, others...), wished)
}

// typedQuestion is the question about the first of some cards.
func (s *Store) typedQuestion(ctx context.Context, user UserID, ids []int64, wished bool) (q ask.Question, ok bool, err error) {
	found, err := s.quizRows(ctx, user, ids)
	if err != nil {
		return q, false, wrap("typed question", err)
	}
	more, err := s.fillItems(ctx, found)
	if err != nil {
		return q, false, wrap("facts of a typed question", err)
	}
	items := make([]ask.Item, len(found))
	for i := range found {
		items[i] = found[i].item
	}
	first := slices.IndexFunc(items, func(it ask.Item) bool { return it.Card == ids[0] })
	if first < 0 {
		return q, false, nil
	}
	items[0], items[first] = items[first], items[0]
	q, ok = ask.Review(items, more, wished)
	return q, ok, nil
}

// giveWith keeps what was typed with the review that it was graded in, if that was not
// taken back since: a form that is sent again keeps nothing again.
func (t *txn) giveWith(user UserID, a Answer, v cards.Review) error {
	if a.Given == nil || a.Given.Text == "" {
		return nil
	}
	undone, err := column[int64](t.ctx, t.pool, `SELECT id FROM reviews WHERE undoes = ?`, v.ID)
	if err != nil || len(undone) > 0 {
		return err
	}
	g := *a.Given
	g.Card, g.Place, g.Key, g.At = a.Card, GivenInReview, a.Key, a.At
	return t.given(user, g)
}

// ungive forgets what was typed when a review is taken back.
func (t *txn) ungive(user UserID, back cards.Review) error {
	_, err := t.exec(`DELETE FROM answers_given WHERE user_id = ? AND card_id = ? AND key = ? AND place = ?`, int64(user), back.CardID, back.Key, string(GivenInReview))
	return err
}
