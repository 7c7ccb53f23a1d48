package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"recto/cards/quiz"
)

// GivenPlace says where an answer was given.
type GivenPlace string

// The places.
const (
	GivenInQuiz   GivenPlace = "quiz"
	GivenInReview GivenPlace = "review"
)

// GivenAnswer is an answer that was not judged right.
type GivenAnswer struct {
	Card       CardID
	Place      GivenPlace
	Text       string
	Verdict    quiz.Verdict // close or wrong
	Belongs    CardID       // the card whose right answer it is, 0 for none
	Overridden bool         // the person said that they were right
	Key        string       // of the form: the same key and card twice is one answer
	At         time.Time
}

// mostGiven is the longest answer that is kept, in bytes.
const mostGiven = 500

// AddGiven keeps an answer that was not right with its card, as a quiz does by itself.
// It gives ErrNotFound for a card that the user cannot see.
func (s *Store) AddGiven(ctx context.Context, user UserID, g GivenAnswer) error {
	if g.Key == "" || g.At.IsZero() {
		return fmt.Errorf("store: keep an answer to card %d: the key or the time is missing", g.Card)
	}
	if _, err := s.Card(ctx, user, g.Card); err != nil {
		return err
	}
	return s.write(ctx, fmt.Sprintf("keep an answer to card %d", g.Card), func(t *txn) error { return t.given(user, g) })
}

func (t *txn) given(user UserID, g GivenAnswer) error {
	text := g.Text
	if len(text) > mostGiven {
		text = strings.ToValidUTF8(text[:mostGiven], "")
	}
	_, err := t.exec(`INSERT INTO answers_given (user_id, card_id, place, given, verdict, belongs, overridden, key, at)
		SELECT ?1, c.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM cards c WHERE c.id = ?2 ON CONFLICT (user_id, card_id, key) DO NOTHING`,
		int64(user), int64(g.Card), string(g.Place), text, string(g.Verdict), int64(g.Belongs), bit(g.Overridden), g.Key, millis(g.At))
	return err
}

// AnswersGiven are a user's answers to a card that were not right, in quizzes and in
// the typed review, the latest first.
func (s *Store) AnswersGiven(ctx context.Context, user UserID, card CardID) ([]GivenAnswer, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT place, given, verdict, belongs, overridden, key, at FROM answers_given
		WHERE card_id = ? AND user_id = ? ORDER BY id DESC LIMIT 100`, int64(card), int64(user))
	if err != nil {
		return nil, wrap("answers given", err)
	}
	defer rows.Close()
	list := []GivenAnswer{}
	for rows.Next() {
		g := GivenAnswer{Card: card}
		var at int64
		if err := rows.Scan(&g.Place, &g.Text, &g.Verdict, &g.Belongs, &g.Overridden, &g.Key, &at); err != nil {
			return nil, wrap("answers given", err)
		}
		g.At = instant(at)
		list = append(list, g)
	}
	return list, wrap("answers given", rows.Err())
}

// mostAccepted is how many further answers a card may have for one person.
const mostAccepted = 20

// AcceptAnswer lets an answer pass for a card, for this user alone, in quizzes and in
// the typed review. It gives ErrNotFound for a card that the user cannot see.
func (s *Store) AcceptAnswer(ctx context.Context, user UserID, card CardID, answer string, now time.Time) error {
	answer = strings.TrimSpace(answer)
	if answer == "" || len(answer) > mostGiven {
		return fmt.Errorf("store: accept an answer to card %d: it has %d bytes", card, len(answer))
	}
	if _, err := s.Card(ctx, user, card); err != nil {
		return err
	}
	return s.write(ctx, fmt.Sprintf("accept an answer to card %d", card), func(t *txn) error {
		_, err := t.exec(`INSERT INTO accepted_answers (user_id, card_id, answer, at) SELECT ?1, c.id, ?3, ?4 FROM cards c WHERE c.id = ?2
			AND (SELECT count(*) FROM accepted_answers x WHERE x.user_id = ?1 AND x.card_id = ?2) < ?5 ON CONFLICT DO NOTHING`,
			int64(user), int64(card), answer, millis(now), mostAccepted)
		return err
	})
}

// RemoveAcceptedAnswer takes an accepted answer back. One that is not there is gone
// already.
func (s *Store) RemoveAcceptedAnswer(ctx context.Context, user UserID, card CardID, answer string) error {
	return s.write(ctx, fmt.Sprintf("accept an answer to card %d no longer", card), func(t *txn) error {
		_, err := t.exec(`DELETE FROM accepted_answers WHERE user_id = ? AND card_id = ? AND answer = ?`, int64(user), int64(card), answer)
		return err
	})
}

// AcceptedAnswers are the further answers that a user accepts for a card, the oldest
// first.
func (s *Store) AcceptedAnswers(ctx context.Context, user UserID, card CardID) ([]string, error) {
	list, err := column[string](ctx, s.readers, `SELECT answer FROM accepted_answers WHERE user_id = ? AND card_id = ? ORDER BY at, answer`, int64(user), int64(card))
	return list, wrap("accepted answers", err)
}
