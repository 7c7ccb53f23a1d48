package web

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/quiz"
	"recto/cards/quiz/ask"
	"recto/store"
	"recto/views"
)

// quizOf is the quiz that the path names, if it is the user's.
func (s *server) quizOf(r *request) (store.Quiz, error) {
	id, err := r.param("quiz")
	if err != nil {
		return store.Quiz{}, err
	}
	return s.store.Quiz(r.ctx, r.user.ID, store.QuizID(id))
}

// quiz is the next question, how the answer to one was, or the end.
func (s *server) quiz(r *request) (reply, error) {
	q, err := s.quizOf(r)
	if err != nil {
		return reply{}, err
	}
	if after := number(r.query, "after"); after > 0 && int(after) <= q.Answered {
		return s.quizFeedback(r, q, int(after)-1)
	}
	if !q.Ended.IsZero() {
		return s.quizEnd(r, q)
	}
	list, err := s.store.QuizQuestions(r.ctx, r.user.ID, q.ID, q.Answered, 1)
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 {
		return reply{}, store.ErrNotFound
	}
	return show(quizQuestion(r, q, list[0]))
}

// quizPage is what the pages of a quiz have in common.
func quizPage(r *request, q store.Quiz, position int, mode ask.Mode) views.QuizPage {
	p := views.QuizPage{ID: int64(q.ID), Key: newKey(), Name: q.Name, Mode: string(mode), ModeName: quizModeName(string(mode)),
		Position: position, Answered: q.Answered, Correct: q.Correct, Total: q.Questions}
	p.Title, p.Study, p.Notice, p.Script = "Quiz", true, noticeOf(r), "quiz.js"
	return p
}

func quizQuestion(r *request, q store.Quiz, question store.QuizQuestion) *views.QuizQuestion {
	p := &views.QuizQuestion{QuizPage: quizPage(r, q, question.Position, question.Mode), Asked: r.now.UnixMilli()}
	first := question.Parts[0]
	for i, o := range question.Options {
		p.Options = append(p.Options, views.QuizChoice{Index: i, Key: i + 1, Text: o.Text})
	}
	switch question.Mode {
	case ask.Truth:
		p.Context, p.Claim = first.Context, claimOf(question.Question)
	case ask.Match, ask.Order:
		p.Rows, p.Order = quizRows(question.Question, orderOf(question.Question, r.query.Get("order")))
	default:
		p.Context, p.Prompt = first.Context, first.Prompt
	}
	return p
}

// quizRows are the parts of a question of several, in an order.
func quizRows(q ask.Question, order []int) (rows []views.QuizRow, written string) {
	words := make([]string, len(order))
	for place, i := range order {
		rows = append(rows, views.QuizRow{Index: i, Text: q.Parts[i].Prompt, Context: q.Parts[i].Context, First: place == 0, Last: place == len(order)-1})
		words[place] = strconv.Itoa(i)
	}
	return rows, strings.Join(words, ",")
}

// orderOf reads an order of a question's parts, or gives that in which they are asked.
func orderOf(q ask.Question, written string) []int {
	order := make([]int, len(q.Parts))
	for i := range order {
		order[i] = i
	}
	if q.Mode != ask.Order || !q.Valid(written) {
		return order
	}
	for place, w := range strings.Split(written, ",") {
		order[place], _ = strconv.Atoi(w) // valid
	}
	return order
}

var gapInFront = regexp.MustCompile(`_{3,}(?: \([^()]*\))?`)

// claimOf is the statement of a question that is true or not: its gap filled, or its
// question with what is claimed below it.
func claimOf(q ask.Question) views.QuizClaim {
	front := q.Parts[0].Prompt
	c := views.QuizClaim{Before: front, Claim: q.Options[0].Text}
	if at := gapInFront.FindStringIndex(front); at != nil {
		c.Before, c.After, c.Gap = front[:at[0]], front[at[1]:], true
	}
	return c
}

// answerQuiz keeps an answer, or moves a row of an order where no script does.
func (s *server) answerQuiz(r *request) (reply, error) {
	q, err := s.quizOf(r)
	if err != nil {
		return reply{}, err
	}
	position, key := int(min(max(number(r.form, "position"), 0), 1<<20)), r.form.Get("key")
	if !validKey(key) {
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	list, err := s.store.QuizQuestions(r.ctx, r.user.ID, q.ID, position, 1)
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 || list[0].Position != position {
		return reply{}, store.ErrNotFound
	}
	question := list[0].Question
	if move := r.form.Get("move"); move != "" && question.Mode == ask.Order {
		return goTo(fmt.Sprintf("/quiz/%d?order=%s#events", q.ID, moved(orderOf(question, r.form.Get("order")), move)))
	}
	given := givenIn(r, question)
	if !question.Valid(given) {
		return goTo(fmt.Sprintf("/quiz/%d?note=incomplete", q.ID))
	}
	answer := store.QuizAnswer{Quiz: q.ID, Position: position, Key: key, Given: given, Result: question.Judge(given), Took: took(r), At: r.now}
	err = s.store.AnswerQuiz(r.ctx, r.user.ID, answer, s.asGood(r))
	switch {
	case errors.Is(err, store.ErrStale) && position < q.Answered:
		return goTo(fmt.Sprintf("/quiz/%d?after=%d&note=answered", q.ID, position+1))
	case errors.Is(err, store.ErrStale):
		return goTo(fmt.Sprintf("/quiz/%d", q.ID))
	case err != nil:
		return reply{}, err
	}
	if r.form.Get("sure") == "1" && strings.TrimSpace(given) != "" { // "I was right", said before
		if err := s.store.OverrideQuiz(r.ctx, r.user.ID, q.ID, position, r.now, s.asGood(r)); err != nil && !errors.Is(err, store.ErrStale) {
			return reply{}, err
		}
	}
	return goTo(fmt.Sprintf("/quiz/%d?after=%d", q.ID, position+1))
}

// asGood is the schedule after a right answer that counts.
func (s *server) asGood(r *request) func(cards.Schedule, cards.Day) cards.Schedule {
	return func(sc cards.Schedule, today cards.Day) cards.Schedule {
		return rules(r.user.Settings).Next(sc, cards.Good, today)
	}
}

// mostTyped is the longest answer that is read, in bytes.
const mostTyped = 2000

// givenIn is the answer in a form, as ask.Question reads it.
func givenIn(r *request, q ask.Question) string {
	switch q.Mode {
	case ask.Typed, ask.Cloze:
		given := r.line("given")
		return strings.ToValidUTF8(given[:min(len(given), mostTyped)], "")
	case ask.Match:
		return strings.Join(r.form["pair"], ",")
	case ask.Order:
		return r.form.Get("order")
	}
	return r.form.Get("given")
}

// moved is an order with one row, "2-up", moved.
func moved(order []int, move string) string {
	place, way, _ := strings.Cut(move, "-")
	i, err := strconv.Atoi(place)
	to := i - 1
	if way == "down" {
		to = i + 1
	}
	if err == nil && i >= 0 && i < len(order) && to >= 0 && to < len(order) {
		order[i], order[to] = order[to], order[i]
	}
	words := make([]string, len(order))
	for i, n := range order {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

// quizFeedback is the page that says how an answer was. It stays until Enter.
func (s *server) quizFeedback(r *request, q store.Quiz, position int) (reply, error) {
	list, err := s.store.QuizQuestions(r.ctx, r.user.ID, q.ID, position, 1)
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 || list[0].Verdict == "" {
		return reply{}, store.ErrNotFound
	}
	a := list[0]
	first := a.Parts[0]
	p := &views.QuizFeedback{QuizPage: quizPage(r, q, position, a.Mode), Verdict: string(a.Verdict), Reason: a.Result.Reason, Prompt: first.Prompt, Context: first.Context,
		Answer: first.Answer, Overridden: a.Overridden, Last: !q.Ended.IsZero()}
	switch a.Mode {
	case ask.Match, ask.Order:
		p.Context, p.Parts = "", quizParts(a)
	default:
		p.Card, p.Source = first.Card, quizQuote(first)
		p.Given = a.Result.Parts[0].Given
	}
	switch a.Mode {
	case ask.Choice:
		for i, o := range a.Options {
			p.Options = append(p.Options, views.QuizOption{Text: o.Text, Right: i == a.Right[0], Mine: strconv.Itoa(i) == a.Given})
		}
	case ask.Truth:
		p.Claim, p.Given = claimOf(a.Question), ""
	case ask.Typed, ask.Cloze:
		if err := s.mayAccept(r, p, a); err != nil {
			return reply{}, err
		}
	}
	if err := s.quizEffect(r, p, q, position); err != nil {
		return reply{}, err
	}
	return show(p)
}

// quizEffect says on the page of an answer what it did to the schedule.
func (s *server) quizEffect(r *request, p *views.QuizFeedback, q store.Quiz, position int) error {
	if !q.Bring && !q.Counts {
		return nil
	}
	events, latest, err := s.store.QuizEvents(r.ctx, r.user.ID, q.ID, position)
	for _, v := range events {
		if v.Kind == cards.EventQuiz {
			p.Counted = views.Due(v.After.Due, r.today())
			continue
		}
		p.Brought++
	}
	p.CanUndo = latest
	return err
}

// mayAccept says whether the person may overrule the judge, and whether what they
// typed can be, or is, an accepted answer of the card.
func (s *server) mayAccept(r *request, p *views.QuizFeedback, a store.QuizQuestion) error {
	p.CanSay = a.Verdict != quiz.Right && !a.Overridden && strings.TrimSpace(a.Given) != ""
	if !a.Overridden {
		return nil
	}
	accepted, err := s.store.AcceptedAnswers(r.ctx, r.user.ID, store.CardID(a.Parts[0].Card))
	if err != nil {
		return err
	}
	p.Accepted = slices.Contains(accepted, a.Given)
	p.CanAccept = !p.Accepted && len(a.Given) <= 200
	return nil
}

// quizParts are the cards of a question of several, those of an order as they happened.
func quizParts(a store.QuizQuestion) []views.QuizPart {
	parts := make([]views.QuizPart, len(a.Parts))
	for i, part := range a.Parts {
		v := views.QuizPart{Card: part.Card, Text: part.Prompt, Answer: part.Answer}
		if i < len(a.Result.Parts) {
			v.Right, v.Given = a.Result.Parts[i].Verdict == quiz.Right, a.Result.Parts[i].Given
		}
		at := i
		if a.Mode == ask.Order {
			at = a.Right[i]
		}
		parts[at] = v
	}
	return parts
}

// quizQuote is the sentence that proves an answer.
func quizQuote(p ask.Part) views.Quote {
	if p.At.Start < 0 || p.At.Start >= p.At.End || p.At.End > len(p.Sentence) {
		return views.Quote{}
	}
	return views.Quote{Before: p.Sentence[:p.At.Start], Marked: p.At.Of(p.Sentence), After: p.Sentence[p.At.End:], Article: p.Article}
}

// quizAt is the quiz and the position that a form is about.
func (s *server) quizAt(r *request) (q store.Quiz, position int, err error) {
	q, err = s.quizOf(r)
	position = int(min(max(number(r.form, "position"), 0), 1<<20))
	return q, position, err
}

func (s *server) overrideQuiz(r *request) (reply, error) {
	q, position, err := s.quizAt(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.OverrideQuiz(r.ctx, r.user.ID, q.ID, position, r.now, s.asGood(r)); err != nil && !errors.Is(err, store.ErrStale) {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d?after=%d", q.ID, position+1))
}

// acceptQuizAnswer lets what was typed, and overruled, pass for the card from now on.
func (s *server) acceptQuizAnswer(r *request) (reply, error) {
	q, position, err := s.quizAt(r)
	if err != nil {
		return reply{}, err
	}
	list, err := s.store.QuizQuestions(r.ctx, r.user.ID, q.ID, position, 1)
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 || list[0].Position != position || !list[0].Overridden {
		return reply{}, store.ErrNotFound
	}
	if err := s.store.AcceptAnswer(r.ctx, r.user.ID, store.CardID(list[0].Parts[0].Card), list[0].Given, r.now); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d?after=%d", q.ID, position+1))
}

// removeAccepted lets an answer pass for a card no longer.
func (s *server) removeAccepted(r *request) (reply, error) {
	c, err := s.cardOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.RemoveAcceptedAnswer(r.ctx, r.user.ID, c.ID, r.form.Get("answer")); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/cards/%d?note=saved", c.ID))
}

func (s *server) endQuiz(r *request) (reply, error) {
	q, err := s.quizOf(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.EndQuiz(r.ctx, r.user.ID, q.ID, r.now); err != nil {
		return reply{}, err
	}
	return goTo(fmt.Sprintf("/quiz/%d", q.ID))
}

// earlier is how many quizzes of the same source and mode the end compares with.
const earlier = 5

// quizEnd is the page after the last question.
func (s *server) quizEnd(r *request, q store.Quiz) (reply, error) {
	list, err := s.store.QuizQuestions(r.ctx, r.user.ID, q.ID, 0, q.Answered)
	if err != nil {
		return reply{}, err
	}
	before, err := s.store.QuizzesLike(r.ctx, r.user.ID, q.Source, q.Mode, earlier+20)
	if err != nil {
		return reply{}, err
	}
	before = slices.DeleteFunc(before, func(b store.Quiz) bool { return b.ID >= q.ID || b.Answered == 0 })
	p := &views.QuizEnd{QuizPage: quizPage(r, q, q.Answered, q.Mode), Again: store.QuizSource{Kind: store.QuizAgain, Quiz: q.ID}.String(), Mine: string(q.Mode),
		Before: quizLines(before[:min(len(before), earlier)]), Today: r.today(), Bring: q.Bring, Counts: q.Counts}
	for _, a := range list {
		p.Missed = append(p.Missed, missedIn(a)...)
	}
	if ask.Mode(p.Mine) == ask.Match || ask.Mode(p.Mine) == ask.Order {
		p.Mine = string(ask.Mixed) // what was missed may be too few to match or order
	}
	return show(p)
}

// missedIn are the cards of a question that were not answered rightly.
func missedIn(a store.QuizQuestion) (missed []views.QuizMissed) {
	if a.Overridden {
		return nil
	}
	for i, part := range a.Parts {
		if i >= len(a.Result.Parts) || a.Result.Parts[i].Verdict == quiz.Right {
			continue
		}
		m := views.QuizMissed{Card: part.Card, Front: part.Prompt, Answer: part.Answer, Source: quizQuote(part)}
		if a.Mode == ask.Choice || a.Mode == ask.Typed || a.Mode == ask.Cloze || a.Mode == ask.Match {
			m.Given = a.Result.Parts[i].Given
		}
		missed = append(missed, m)
	}
	return missed
}
