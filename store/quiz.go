package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"recto/cards"
	"recto/cards/quiz"
	"recto/cards/quiz/ask"
)

// QuizID identifies a quiz.
type QuizID int64

// NewQuiz is a quiz that is to begin.
type NewQuiz struct {
	Key       string // made with the form: the same key twice is one quiz
	Source    QuizSource
	Name      string // of the source, in words
	Mode      ask.Mode
	Bring     bool // what is missed comes into the day's review
	Counts    bool // what is typed rightly to a due card counts as its grade
	Questions []ask.Question
}

// Quiz is a quiz as far as it has come.
type Quiz struct {
	ID        QuizID
	Source    QuizSource
	Name      string
	Mode      ask.Mode
	Bring     bool
	Counts    bool
	Questions int
	Answered  int // questions, in order
	Correct   int // of them
	Begun     time.Time
	Day       cards.Day // on which it began
	Ended     time.Time // zero while it can be gone on with
}

// QuizQuestion is one question of a quiz, with its answer.
type QuizQuestion struct {
	Position int // from 0
	ask.Question
	Given      string
	Verdict    quiz.Verdict // "" before it is answered
	Result     ask.Result
	Overridden bool // the person said that they were right
	Key        string
}

const quizColumns = `id, source, name, mode, bring, counts, questions, answered, correct, begun, day, coalesce(ended, 0)`

func scanQuiz(row interface{ Scan(...any) error }) (q Quiz, err error) {
	var source string
	var begun, ended int64
	if err := row.Scan(&q.ID, &source, &q.Name, &q.Mode, &q.Bring, &q.Counts, &q.Questions, &q.Answered, &q.Correct, &begun, &q.Day, &ended); err != nil {
		return q, err
	}
	q.Source, _ = ParseQuizSource(source)
	q.Begun = instant(begun)
	if ended != 0 {
		q.Ended = instant(ended)
	}
	return q, nil
}

// StartQuiz stores a quiz with all its questions, so that it is the same after a
// restart. The same key twice is one quiz.
func (s *Store) StartQuiz(ctx context.Context, user UserID, n NewQuiz, now time.Time) (id QuizID, err error) {
	if n.Key == "" || len(n.Questions) == 0 {
		return 0, errors.New("store: start quiz: the key or the questions are missing")
	}
	encoded := make([]string, len(n.Questions))
	for i, q := range n.Questions {
		encoded[i] = toJSON(q)
	}
	err = s.write(ctx, "start quiz", func(t *txn) error {
		u, err := t.user(user)
		if err != nil {
			return err
		}
		known, err := column[QuizID](t.ctx, t.pool, `SELECT id FROM quizzes WHERE user_id = ? AND key = ?`, int64(user), n.Key)
		if err != nil || len(known) > 0 {
			id = append(known, 0)[0]
			return err
		}
		made, err := t.insert(`INSERT INTO quizzes (user_id, key, source, name, mode, bring, counts, questions, answered, correct, begun, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`,
			int64(user), n.Key, n.Source.String(), n.Name, string(n.Mode), bit(n.Bring), bit(n.Counts), len(encoded), millis(now), int64(u.user().Today(now)))
		if err != nil {
			return err
		}
		for i, q := range encoded {
			if _, err := t.exec(`INSERT INTO quiz_questions (quiz_id, position, question, key, given, result, verdict, overridden, at, took) VALUES (?, ?, ?, '', '', '', '', 0, 0, 0)`, made, i, q); err != nil {
				return err
			}
		}
		id = QuizID(made)
		return nil
	})
	return id, err
}

// Quiz is one quiz of a user's, or ErrNotFound.
func (s *Store) Quiz(ctx context.Context, user UserID, id QuizID) (Quiz, error) {
	q, err := scanQuiz(s.readers.QueryRowContext(ctx, `SELECT `+quizColumns+` FROM quizzes WHERE id = ? AND user_id = ?`, int64(id), int64(user)))
	return q, wrap(fmt.Sprintf("quiz %d", id), err)
}

// Quizzes lists a user's quizzes, the latest first: those that can be gone on with, or
// n of those that have ended.
func (s *Store) Quizzes(ctx context.Context, user UserID, ended bool, n int) ([]Quiz, error) {
	where := `ended IS NULL`
	if ended {
		where = `ended IS NOT NULL`
	}
	return s.quizzes(ctx, "quizzes", where+` ORDER BY id DESC LIMIT ?`, int64(user), n)
}

// QuizzesLike lists a user's ended quizzes of one source and mode, the latest first, n
// at most: how it went before.
func (s *Store) QuizzesLike(ctx context.Context, user UserID, source QuizSource, mode ask.Mode, n int) ([]Quiz, error) {
	return s.quizzes(ctx, "quizzes of a source", `ended IS NOT NULL AND source = ? AND mode = ? ORDER BY id DESC LIMIT ?`, int64(user), source.String(), string(mode), n)
}

func (s *Store) quizzes(ctx context.Context, method, where string, args ...any) ([]Quiz, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT `+quizColumns+` FROM quizzes WHERE user_id = ? AND `+where, args...) //nolint:gosec // where is one of those above
	if err != nil {
		return nil, wrap(method, err)
	}
	defer rows.Close()
	list := []Quiz{}
	for rows.Next() {
		q, err := scanQuiz(rows)
		if err != nil {
			return nil, wrap(method, err)
		}
		list = append(list, q)
	}
	return list, wrap(method, rows.Err())
}

// QuizQuestions are the questions of a quiz from number from on, counted from 0, n at
// most. It gives ErrNotFound for a quiz of another.
func (s *Store) QuizQuestions(ctx context.Context, user UserID, id QuizID, from, n int) ([]QuizQuestion, error) {
	if _, err := s.Quiz(ctx, user, id); err != nil {
		return nil, err
	}
	list, err := questionsOf(ctx, s.readers, id, from, n)
	return list, wrap(fmt.Sprintf("questions of quiz %d", id), err)
}

func questionsOf(ctx context.Context, db querier, id QuizID, from, n int) ([]QuizQuestion, error) {
	rows, err := db.QueryContext(ctx, `SELECT position, question, key, given, result, verdict, overridden FROM quiz_questions
		WHERE quiz_id = ? AND position >= ? ORDER BY position LIMIT ?`, int64(id), from, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []QuizQuestion
	for rows.Next() {
		q, err := scanQuestion(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, q)
	}
	return list, rows.Err()
}

func scanQuestion(rows *sql.Rows) (q QuizQuestion, err error) {
	var question, result string
	if err := rows.Scan(&q.Position, &question, &q.Key, &q.Given, &result, &q.Verdict, &q.Overridden); err != nil {
		return q, err
	}
	if err := json.Unmarshal([]byte(question), &q.Question); err != nil {
		return q, fmt.Errorf("read question %d: %w", q.Position, err)
	}
	if result != "" {
		if err := json.Unmarshal([]byte(result), &q.Result); err != nil {
			return q, fmt.Errorf("read answer %d: %w", q.Position, err)
		}
	}
	return q, nil
}

// EndQuiz ends a quiz before its last question. What was answered stays.
func (s *Store) EndQuiz(ctx context.Context, user UserID, id QuizID, now time.Time) error {
	return s.write(ctx, fmt.Sprintf("end quiz %d", id), func(t *txn) error {
		if _, err := t.quiz(user, id); err != nil {
			return err
		}
		_, err := t.exec(`UPDATE quizzes SET ended = ? WHERE id = ? AND user_id = ? AND ended IS NULL`, millis(now), int64(id), int64(user))
		return err
	})
}

// quiz is a quiz of the user's as the writer sees it.
func (t *txn) quiz(user UserID, id QuizID) (Quiz, error) {
	q, err := scanQuiz(t.row(`SELECT `+quizColumns+` FROM quizzes WHERE id = ? AND user_id = ?`, int64(id), int64(user)))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	return q, err
}
