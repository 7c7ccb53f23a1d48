package store

import (
	"database/sql"
	"encoding/json"
	"slices"
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
	Source    string             `json:"source"`            // a QuizSource, whose decks, cards and quizzes are counted from 1 in the document, 0 for those that are gone
	Article   string             `json:"article,omitempty"` // its hash, where it is the source
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

// exportedQuestion is one question, whose cards are counted from 1 in the document, 0
// for none and for those that are gone. Its Verdict is "" before it is answered.
type exportedQuestion struct {
	ask.Question
	Given      string       `json:"given,omitempty"`
	Verdict    quiz.Verdict `json:"verdict,omitempty"`
	Result     *ask.Result  `json:"result,omitempty"`
	Overridden bool         `json:"overridden,omitempty"`
	At         *time.Time   `json:"at,omitempty"`
	Took       int64        `json:"took,omitempty"` // milliseconds
}

func exportQuiz(d *exporter, rows *sql.Rows) (any, error) {
	q, err := scanQuiz(rows)
	if err != nil {
		return nil, err
	}
	if d.quizzes == nil {
		d.quizzes = map[QuizID]int{}
	}
	d.quizzes[q.ID] = len(d.quizzes) + 1
	x := exportedQuiz{From: q.Source.Kind, Article: d.articles[int64(q.Source.Article)], Name: q.Name, Mode: q.Mode, Bring: q.Bring, Counts: q.Counts,
		Questions: q.Questions, Answered: q.Answered, Correct: q.Correct, Begun: q.Begun, Day: q.Day}
	x.Source = q.Source.renumbered(func(id DeckID) DeckID {
		if at, ok := d.decks[id]; ok {
			return DeckID(at + 1)
		}
		return 0
	}, func(id CardID) CardID { return CardID(d.place(id) + 1) }, func(id QuizID) QuizID { return QuizID(d.quizzes[id]) }, 0).String()
	if !q.Ended.IsZero() {
		x.Ended = &q.Ended
	}
	err = d.each(`SELECT question, given, result, verdict, overridden, at, took FROM quiz_questions WHERE quiz_id = ?1 ORDER BY position`, func(rows *sql.Rows) error {
		a, err := exportQuestion(d, rows)
		x.Asked = append(x.Asked, a)
		return err
	}, int64(q.ID))
	return x, err
}

func exportQuestion(d *exporter, rows *sql.Rows) (x exportedQuestion, err error) {
	var question, result string
	var at int64
	if err := rows.Scan(&question, &x.Given, &result, &x.Verdict, &x.Overridden, &at, &x.Took); err != nil {
		return x, err
	}
	if err := json.Unmarshal([]byte(question), &x.Question); err != nil {
		return x, err
	}
	place := func(id int64) int64 { return int64(d.place(CardID(id)) + 1) }
	x.Question = x.Renumbered(place)
	if result != "" {
		var r ask.Result
		if err := json.Unmarshal([]byte(result), &r); err != nil {
			return x, err
		}
		r = r.Renumbered(place)
		x.Result = &r
	}
	if at != 0 {
		t := instant(at)
		x.At = &t
	}
	return x, nil
}

// renumbered is a source with other numbers for what it speaks of.
func (q QuizSource) renumbered(deck func(DeckID) DeckID, card func(CardID) CardID, quiz func(QuizID) QuizID, article ArticleID) QuizSource {
	q.Decks = slices.Clone(q.Decks)
	for i := range q.Decks {
		q.Decks[i] = deck(q.Decks[i])
	}
	q.Article, q.Quiz, q.Pair = article, quiz(q.Quiz), [2]CardID{card(q.Pair[0]), card(q.Pair[1])}
	return q
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
