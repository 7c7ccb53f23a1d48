package store

import (
	"database/sql"
	"time"

	"recto/cards"
	"recto/cards/quiz"
	"recto/cards/quiz/ask"
)

// The exported lists of quizzes. A card is named by its place in the document, -1
// where it is not in it.
var (
	quizList     = exportedList{"quizzes", `SELECT ` + quizColumns + ` FROM quizzes WHERE user_id = ?1 ORDER BY id`, exportQuiz}
	givenList    = exportedList{"answers_given", `SELECT card_id, place, given, verdict, belongs, overridden, at FROM answers_given WHERE user_id = ?1 ORDER BY id`, exportGiven}
	acceptedList = exportedList{"accepted_answers", `SELECT card_id, answer, at FROM accepted_answers WHERE user_id = ?1 ORDER BY card_id, answer`, exportAccepted}
)

// exportedQuiz is one quiz with its answers.
type exportedQuiz struct {
	From      QuizSourceKind     `json:"from"`
	Name      string             `json:"name"`
	Mode      ask.Mode           `json:"mode"`
	Bring     bool               `json:"bring,omitempty"`
	Counts    bool               `json:"counts,omitempty"`
	Questions int                `json:"questions"`
	Answered  int                `json:"answered"`
	Correct   int                `json:"correct"`
	Begun     time.Time          `json:"begun"`
	Day       cards.Day          `json:"day"`
	Ended     *time.Time         `json:"ended,omitempty"`
	Asked     []exportedQuestion `json:"asked"`
}

// exportedQuestion is one question; its Verdict is "" before it is answered.
type exportedQuestion struct {
	Mode       ask.Mode       `json:"mode"`
	Parts      []exportedPart `json:"parts"`
	Options    []string       `json:"options,omitempty"`
	Given      string         `json:"given,omitempty"`
	Verdict    quiz.Verdict   `json:"verdict,omitempty"`
	Overridden bool           `json:"overridden,omitempty"`
}

// exportedPart is what a question asked of one card.
type exportedPart struct {
	Card    int          `json:"card"`
	Prompt  string       `json:"prompt"`
	Answer  string       `json:"answer"`
	Given   string       `json:"given,omitempty"`
	Verdict quiz.Verdict `json:"verdict,omitempty"`
}

func exportQuiz(d *exporter, rows *sql.Rows) (any, error) {
	q, err := scanQuiz(rows)
	if err != nil {
		return nil, err
	}
	x := exportedQuiz{From: q.Source.Kind, Name: q.Name, Mode: q.Mode, Bring: q.Bring, Counts: q.Counts,
		Questions: q.Questions, Answered: q.Answered, Correct: q.Correct, Begun: q.Begun, Day: q.Day}
	if !q.Ended.IsZero() {
		x.Ended = &q.Ended
	}
	list, err := questionsOf(d.ctx, d.tx, q.ID, 0, q.Questions)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		x.Asked = append(x.Asked, exportQuestion(d, a))
	}
	return x, nil
}

func exportQuestion(d *exporter, a QuizQuestion) exportedQuestion {
	x := exportedQuestion{Mode: a.Mode, Given: a.Given, Verdict: a.Verdict, Overridden: a.Overridden}
	for _, o := range a.Options {
		x.Options = append(x.Options, o.Text)
	}
	for i, p := range a.Parts {
		part := exportedPart{Card: d.place(CardID(p.Card)), Prompt: p.Prompt, Answer: p.Answer}
		if i < len(a.Result.Parts) {
			part.Given, part.Verdict = a.Result.Parts[i].Given, a.Result.Parts[i].Verdict
		}
		x.Parts = append(x.Parts, part)
	}
	return x
}

// exportedGiven is an answer that was not right.
type exportedGiven struct {
	Card       int          `json:"card"`
	Place      GivenPlace   `json:"place"`
	Given      string       `json:"given"`
	Verdict    quiz.Verdict `json:"verdict"`
	Belongs    *int         `json:"belongs,omitempty"` // the card whose answer it is
	Overridden bool         `json:"overridden,omitempty"`
	At         time.Time    `json:"at"`
}

func exportGiven(d *exporter, rows *sql.Rows) (any, error) {
	var x exportedGiven
	var card, belongs CardID
	var at int64
	err := rows.Scan(&card, &x.Place, &x.Given, &x.Verdict, &belongs, &x.Overridden, &at)
	x.Card, x.At = d.place(card), instant(at)
	if other := d.place(belongs); other >= 0 {
		x.Belongs = &other
	}
	return x, err
}

// exportedAccepted is a further right answer of a card.
type exportedAccepted struct {
	Card   int       `json:"card"`
	Answer string    `json:"answer"`
	At     time.Time `json:"at"`
}

func exportAccepted(d *exporter, rows *sql.Rows) (any, error) {
	var x exportedAccepted
	var card CardID
	var at int64
	err := rows.Scan(&card, &x.Answer, &at)
	x.Card, x.At = d.place(card), instant(at)
	return x, err
}

// quizzesCount finds quizzes whose counts are not those of their questions.
const quizzesCount = `SELECT 'quiz ' || z.id || ' counts ' || z.answered || ' of ' || z.questions || ' questions answered and ' || z.correct || ' right, and its questions say otherwise'
	FROM quizzes z WHERE z.questions <> (SELECT count(*) FROM quiz_questions q WHERE q.quiz_id = z.id)
	OR z.answered <> (SELECT count(*) FROM quiz_questions q WHERE q.quiz_id = z.id AND q.verdict <> '')
	OR z.correct <> (SELECT count(*) FROM quiz_questions q WHERE q.quiz_id = z.id AND (q.verdict = 'right' OR q.overridden = 1)) LIMIT ?`
