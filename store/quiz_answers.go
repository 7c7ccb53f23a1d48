package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/quiz"
	"recto/cards/quiz/ask"
)

// QuizAnswer is what a user answered to a question of a quiz.
type QuizAnswer struct {
	Quiz     QuizID
	Position int
	Key      string // made with the form: the same key twice is one answer
	Given    string
	Result   ask.Result // by the question's own Judge
	Took     time.Duration
	At       time.Time
}

// AnswerQuiz keeps an answer, in one transaction with all that follows from it: the
// quiz is one question further, an answer that was not right is kept with its card,
// and, where the person wanted it, the card comes into today's review or is graded:
//
//   - Quiz.Bring: a card of the question that was answered wrongly, was learnt before
//     and is not on today's piles becomes due today. Nothing else of its schedule
//     changes, and the event is cards.EventBring.
//   - Quiz.Counts: an answer that was typed, to a card that is due today, and is right
//     at once or by the person's own word, counts as grade 4, through next. The event
//     is cards.EventQuiz. What is nearly right or wrong changes nothing: the card is
//     asked in the review anyway.
//
// Both are events of the log like any other, which Undo takes back. The same key twice
// is one answer. Another answer to a question that has one gives ErrStale, and so
// does one out of turn.
func (s *Store) AnswerQuiz(ctx context.Context, user UserID, a QuizAnswer, next func(cards.Schedule, cards.Day) cards.Schedule) error {
	if a.Key == "" || a.At.IsZero() {
		return fmt.Errorf("store: answer quiz %d: the key or the time is missing", a.Quiz)
	}
	return s.write(ctx, fmt.Sprintf("answer question %d of quiz %d", a.Position, a.Quiz), func(t *txn) error {
		q, err := t.quiz(user, a.Quiz)
		if err != nil {
			return err
		}
		list, err := questionsOf(t.ctx, t.pool, a.Quiz, a.Position, 1)
		switch {
		case err != nil:
			return err
		case len(list) == 0 || list[0].Position != a.Position:
			return ErrNotFound
		case list[0].Verdict != "" && list[0].Key == a.Key:
			return nil
		case list[0].Verdict != "" || a.Position != q.Answered || !q.Ended.IsZero():
			return ErrStale
		}
		return t.answerQuiz(user, q, list[0], a, next)
	})
}

func (t *txn) answerQuiz(user UserID, q Quiz, question QuizQuestion, a QuizAnswer, next func(cards.Schedule, cards.Day) cards.Schedule) error {
	right := a.Result.Verdict == quiz.Right
	if _, err := t.exec(`UPDATE quiz_questions SET key = ?, given = ?, result = ?, verdict = ?, at = ?, took = ? WHERE quiz_id = ? AND position = ?`,
		a.Key, a.Given, toJSON(a.Result), string(a.Result.Verdict), millis(a.At), a.Took.Milliseconds(), int64(q.ID), a.Position); err != nil {
		return err
	}
	var ended any
	if q.Answered+1 == q.Questions {
		ended = millis(a.At)
	}
	if _, err := t.exec(`UPDATE quizzes SET answered = answered + 1, correct = correct + ?, ended = ? WHERE id = ?`, bit(right), ended, int64(q.ID)); err != nil {
		return err
	}
	for _, part := range a.Result.Parts {
		card := CardID(part.Card)
		if part.Verdict != quiz.Right {
			given := GivenAnswer{Card: card, Place: GivenInQuiz, Text: part.Given, Verdict: part.Verdict, Belongs: CardID(part.Belongs), Key: a.Key, At: a.At}
			if err := t.given(user, given); err != nil {
				return err
			}
		}
		if part.Verdict == quiz.Wrong && q.Bring {
			if err := t.bring(user, card, a.Key, a.At); err != nil {
				return err
			}
		}
	}
	if right && q.Counts {
		return t.countQuiz(user, question.Question, a.Key, a.Took, a.At, next)
	}
	return nil
}

// QuizEvents are the events of the log that a user's answer to a question of a quiz made
// and that were not taken back: the grade that it counted as, and the cards that it
// brought into the review. Latest reports whether Undo would take back one of them next.
func (s *Store) QuizEvents(ctx context.Context, user UserID, id QuizID, position int) (events []cards.Review, latest bool, err error) {
	list, err := s.QuizQuestions(ctx, user, id, position, 1)
	if err != nil || len(list) == 0 || list[0].Position != position || list[0].Key == "" {
		return nil, false, err
	}
	keys := []any{int64(user), list[0].Key}
	for _, part := range list[0].Parts {
		keys = append(keys, fmt.Sprintf("%s+%d", list[0].Key, part.Card))
	}
	events, err = reviewsOf(ctx, s.readers, `user_id = ? AND key IN (?`+strings.Repeat(", ?", len(keys)-2)+`)
		AND kind IN ('quiz', 'bring') AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = reviews.id)`, keys...)
	if err != nil || len(events) == 0 {
		return nil, false, wrap("quiz events", err)
	}
	var last int64
	if err := s.readers.QueryRowContext(ctx, undoable, int64(user)).Scan(&last); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, false, wrap("quiz events", err)
	}
	return events, slices.ContainsFunc(events, func(v cards.Review) bool { return v.ID == last }), nil
}

// bring makes a card due today that was learnt before and is not asked today.
func (t *txn) bring(user UserID, card CardID, key string, now time.Time) error {
	return ignored(t.record(event{user: user, card: card, key: fmt.Sprintf("%s+%d", key, card), at: now,
		change: func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
			if !before.Seen || before.Suspended || before.Buried >= today || before.Queue(today) != cards.QueueNone {
				return before, "", ErrStale
			}
			before.Due = today
			return before, cards.EventBring, nil
		}}))
}

// countQuiz grades the card of a typed question, if it is due today.
func (t *txn) countQuiz(user UserID, q ask.Question, key string, took time.Duration, now time.Time, next func(cards.Schedule, cards.Day) cards.Schedule) error {
	if q.Mode != ask.Typed && q.Mode != ask.Cloze {
		return nil
	}
	return ignored(t.record(event{user: user, card: CardID(q.Parts[0].Card), key: key, at: now, grade: cards.Good, took: took,
		change: func(before cards.Schedule, today cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before.Queue(today) != cards.QueueDue {
				return before, "", ErrStale
			}
			return next(before, today), cards.EventQuiz, nil
		}}))
}

// ignored is err, unless it says that nothing is to be done: the card is not studied
// any more, or stands where the rule does not hold.
func ignored(_ cards.Review, err error) error {
	if errors.Is(err, ErrStale) || errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// OverrideQuiz is the person's word that what they typed was right. The answer counts
// as right from then on: a card that was brought into the review for it leaves it
// again, and one that is due is graded where the quiz counts. Saying it twice changes
// nothing more. It gives ErrStale for a question that was not typed, not answered, or
// judged right.
func (s *Store) OverrideQuiz(ctx context.Context, user UserID, id QuizID, position int, now time.Time, next func(cards.Schedule, cards.Day) cards.Schedule) error {
	return s.write(ctx, fmt.Sprintf("override question %d of quiz %d", position, id), func(t *txn) error {
		q, err := t.quiz(user, id)
		if err != nil {
			return err
		}
		list, err := questionsOf(t.ctx, t.pool, id, position, 1)
		switch {
		case err != nil:
			return err
		case len(list) == 0 || list[0].Position != position:
			return ErrNotFound
		case list[0].Overridden:
			return nil
		case list[0].Verdict == "" || list[0].Verdict == quiz.Right || list[0].Mode != ask.Typed && list[0].Mode != ask.Cloze:
			return ErrStale
		}
		return t.overrideQuiz(user, q, list[0], now, next)
	})
}

func (t *txn) overrideQuiz(user UserID, q Quiz, question QuizQuestion, now time.Time, next func(cards.Schedule, cards.Day) cards.Schedule) error {
	if _, err := t.exec(`UPDATE quiz_questions SET overridden = 1 WHERE quiz_id = ? AND position = ?`, int64(q.ID), question.Position); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE quizzes SET correct = correct + 1 WHERE id = ?`, int64(q.ID)); err != nil {
		return err
	}
	card := question.Parts[0].Card
	if _, err := t.exec(`UPDATE answers_given SET overridden = 1 WHERE user_id = ? AND card_id = ? AND key = ?`, int64(user), card, question.Key); err != nil {
		return err
	}
	if err := t.unbring(user, CardID(card), question.Key, now); err != nil {
		return err
	}
	if q.Counts {
		return t.countQuiz(user, question.Question, question.Key, 0, now, next)
	}
	return nil
}

// unbring takes back that a card was brought into the review, if nothing has happened
// to it since.
func (t *txn) unbring(user UserID, card CardID, key string, now time.Time) error {
	brought, err := reviewsOf(t.ctx, t.pool, `user_id = ? AND key = ? AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = reviews.id)
		AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.card_id = reviews.card_id AND l.user_id = reviews.user_id AND l.id > reviews.id)`, int64(user), fmt.Sprintf("%s+%d", key, card))
	if err != nil || len(brought) == 0 {
		return err
	}
	back := brought[0]
	return ignored(t.record(event{user: user, card: card, key: fmt.Sprintf("%s-%d", key, card), at: now, undoes: back.ID,
		change: func(before cards.Schedule, _ cards.Day) (cards.Schedule, cards.EventKind, error) {
			if before != back.After {
				return before, "", ErrStale
			}
			return back.Before, cards.EventUndo, nil
		}}))
}
