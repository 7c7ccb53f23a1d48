package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/generate"
	"recto/cards/quiz/ask"
	"recto/cards/starter"
	"recto/store"
)

// quizFixtures have a quiz of ada's of two questions, the first of which was answered
// wrongly and overruled.
func quizFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	_, ids := ada.deck(secret+" quiz", [2]string{secret + " one?", secret + " answer"}, [2]string{secret + " two?", "other"})
	part := ask.Part{Card: int64(ids[0]), Prompt: secret + " one?", Answer: secret + " answer"}
	q := ask.Question{Mode: ask.Typed, Parts: []ask.Part{part}}
	id, err := w.store.StartQuiz(w.ctx(), ada.id, store.NewQuiz{Key: newKey(), Source: store.QuizSource{Kind: store.QuizAll}, Name: secret, Mode: ask.Typed, Questions: []ask.Question{q, q}}, w.now())
	w.must(err)
	w.must(w.store.AnswerQuiz(w.ctx(), ada.id, store.QuizAnswer{Quiz: id, Key: newKey(), Given: "nothing like it", Result: q.Judge("nothing like it"), At: w.now()}, nil))
	w.must(w.store.OverrideQuiz(w.ctx(), ada.id, id, 0, w.now(), nil))
	at := fmt.Sprintf("/quiz/%d", id)
	return map[string]fixture{
		"GET /quiz":                  {path: "/quiz", other: 200},
		"POST /quiz":                 {path: "/quiz", form: with("from", "decks:1", "mode", "typed", "n", "5")},
		"GET /quiz/results":          {path: "/quiz/results", other: 200},
		"GET /quiz/:quiz":            {path: at},
		"POST /quiz/:quiz":           {path: at, form: with("position", "1", "given", "x")},
		"POST /quiz/:quiz/right":     {path: at + "/right", form: with("position", "0")},
		"POST /quiz/:quiz/accept":    {path: at + "/accept", form: with("position", "0")},
		"POST /cards/:card/accepted": {path: fmt.Sprintf("/cards/%d/accepted", ids[0]), form: with("answer", "x")},
		"POST /quiz/:quiz/end":       {path: at + "/end", form: with()},
	}
}

// studied gives ada a deck of all the cards proposed from the starter article.
func (c *client) studied(name string) (store.DeckID, store.ArticleID) {
	c.w.t.Helper()
	w := c.w
	a, err := starter.Article()
	w.must(err)
	made, err := generate.FromArticle(context.Background(), a, generate.Options{})
	w.must(err)
	article, err := w.store.AddArticle(w.ctx(), c.id, a, made.Entries, made.Proposals, w.now())
	w.must(err)
	deck, err := w.store.CreateDeck(w.ctx(), c.id, name, w.now())
	w.must(err)
	var verdicts []store.Verdict
	for _, p := range made.Proposals {
		verdicts = append(verdicts, store.Verdict{Proposal: p.ID, Verdict: "keep"})
	}
	w.must(w.store.SetVerdicts(w.ctx(), c.id, article, verdicts, w.now()))
	_, err = w.store.SaveCards(w.ctx(), c.id, article, deck, w.today(c), w.now())
	w.must(err)
	return deck, article
}

// startQuiz chooses a quiz on its page, and returns where it is.
func (c *client) startQuiz(fields url.Values) string {
	c.w.t.Helper()
	action, values := formOf(c.w.t, c.get("/quiz").body, "choose")
	delete(values, "mode") // all radio buttons
	for name, v := range fields {
		values[name] = v
	}
	return c.post(action, values).want(c.w.t, "start a quiz", http.StatusSeeOther).location()
}

// question reads the question that a quiz asks next past the pages.
func (c *client) question(at string) (store.QuizQuestion, bool) {
	c.w.t.Helper()
	n, err := strconv.Atoi(strings.TrimPrefix(at, "/quiz/"))
	c.w.must(err)
	q, err := c.w.store.Quiz(c.w.ctx(), c.id, store.QuizID(n))
	c.w.must(err)
	list, err := c.w.store.QuizQuestions(c.w.ctx(), c.id, q.ID, q.Answered, 1)
	c.w.must(err)
	if len(list) == 0 {
		return store.QuizQuestion{}, false
	}
	return list[0], true
}

// rightAnswer is the form's fields of the right answer to a question.
func rightAnswer(q ask.Question) url.Values {
	switch q.Mode {
	case ask.Choice:
		return url.Values{"given": {strconv.Itoa(q.Right[0])}}
	case ask.Truth:
		return url.Values{"given": {strconv.FormatBool(q.True)}}
	case ask.Match:
		v := url.Values{}
		for _, i := range q.Right {
			v.Add("pair", strconv.Itoa(i))
		}
		return v
	case ask.Order:
		order := make([]string, len(q.Parts))
		for i, place := range q.Right {
			order[place] = strconv.Itoa(i)
		}
		return url.Values{"order": {strings.Join(order, ",")}}
	}
	return url.Values{"given": {q.Parts[0].Answer}}
}

func TestQuizInEveryMode(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.studied("Islands")
	for _, mode := range ask.Modes {
		t.Run(string(mode), func(t *testing.T) {
			at := ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {string(mode)}, "n": {"5"}})
			asked := 0
			for ; ; asked++ {
				q, more := ada.question(at)
				if !more {
					break
				}
				page := ada.get(at).want(t, "a question", 200, fmt.Sprintf("%d of 5", asked+1))
				checkHTML(t, "question", page.body)
				answer := rightAnswer(q.Question)
				verdict := "Right."
				if asked%2 == 1 {
					answer, verdict = wrongAnswer(q.Question), "Not right."
				}
				feedback := ada.submit(page, "answer-form", answer)
				feedback.want(t, "the feedback", 200, verdict)
				checkHTML(t, "feedback", feedback.body)
			}
			if asked != 5 {
				t.Errorf("%d questions were asked, want 5", asked)
			}
			end := ada.get(at).want(t, "the end", 200, "Missed", "Again with the missed")
			checkHTML(t, "end", end.body)
			if end.title() != "3 of 5." {
				t.Errorf("the end says %q, want 3 of 5.", end.title())
			}
			ada.submit(end, "again-form", url.Values{}).want(t, "again with the missed", 200, "what was missed")
		})
	}
	checkHTML(t, "results", ada.get("/quiz/results").want(t, "results", 200, "Islands", "60 %").body)
}

// wrongAnswer is an answer that is not right.
func wrongAnswer(q ask.Question) url.Values {
	switch q.Mode {
	case ask.Choice:
		return url.Values{"given": {strconv.Itoa((q.Right[0] + 1) % 4)}}
	case ask.Truth:
		return url.Values{"given": {strconv.FormatBool(!q.True)}}
	case ask.Match:
		return url.Values{"pair": strings.Split(strings.Repeat("0,", len(q.Parts)-1)+"0", ",")}
	case ask.Order:
		right := strings.Split(rightAnswer(q)["order"][0], ",")
		right[0], right[1] = right[1], right[0]
		return url.Values{"order": {strings.Join(right, ",")}}
	}
	return url.Values{"given": {"a zebra"}}
}

// TestThirtyPeopleAnswerQuizzesOnOneSharedDeck at once: nothing is lost, each result is
// exactly what that person answered, and nobody sees another's.
func TestThirtyPeopleAnswerQuizzesOnOneSharedDeck(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.studied("Islands")
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	people := make([]*client, 30)
	for i := range people {
		people[i] = w.join(fmt.Sprintf("student %d", i))
		w.must(w.store.Enrol(w.ctx(), people[i].id, deck, w.today(people[i]), w.now()))
	}
	places, correct := make([]string, len(people)), make([]int, len(people))
	var all sync.WaitGroup
	for i, c := range people {
		all.Add(1)
		go func() {
			defer all.Done()
			mode := ask.Modes[i%len(ask.Modes)]
			places[i] = c.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {string(mode)}, "n": {"10"}, "bring": {"1"}, "counts": {"1"}})
			correct[i] = c.answerAll(places[i], i)
		}()
	}
	all.Wait()
	answered := 0
	for i, c := range people {
		id, err := strconv.Atoi(strings.TrimPrefix(places[i], "/quiz/"))
		w.must(err)
		q, err := w.store.Quiz(w.ctx(), c.id, store.QuizID(id))
		w.must(err)
		answered += q.Answered
		if q.Answered != q.Questions || q.Correct != correct[i] || q.Ended.IsZero() {
			t.Errorf("student %d has %d of %d, %d answered; want %d right of all", i, q.Correct, q.Questions, q.Answered, correct[i])
		}
		if other := people[(i+1)%len(people)]; other.get(places[i]).status != http.StatusNotFound {
			t.Errorf("the quiz of student %d is shown to another", i)
		}
		list, err := w.store.Quizzes(w.ctx(), c.id, true, 99)
		w.must(err)
		if len(list) != 1 {
			t.Errorf("student %d has %d quizzes, want one", i, len(list))
		}
	}
	if answered < 200 {
		t.Errorf("%d questions were answered, want some hundreds", answered)
	}
	report, err := w.store.Check(w.ctx(), nil)
	w.must(err)
	if len(report.Problems) > 0 {
		t.Errorf("the database has problems: %v", report.Problems)
	}
}

// answerAll answers a quiz to its end, every third question wrongly, and sends each
// answer twice, as an impatient finger does. It returns how many were right.
func (c *client) answerAll(at string, by int) (right int) {
	for n := 0; ; n++ {
		q, more := c.question(at)
		if !more {
			return right
		}
		answer := rightAnswer(q.Question)
		if (n+by)%3 == 0 {
			answer = wrongAnswer(q.Question)
		} else {
			right++
		}
		action, values := formOf(c.w.t, c.get(at).body, "answer-form")
		for name, v := range answer {
			values[name] = v
		}
		delete(values, "move")
		for range 2 {
			if a := c.post(action, values); a.status != http.StatusSeeOther || !strings.Contains(a.location(), fmt.Sprintf("after=%d", n+1)) {
				c.w.t.Errorf("an answer gets %d %s, want 303 to its feedback", a.status, a.location())
				return right
			}
		}
	}
}

func TestPagesOfAQuiz(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	golden(t, "quiz-empty", ada.get("/quiz").want(t, "no cards", 200, "There is nothing to ask yet."))
	deck, ids := ada.deck("Apollo programme", facts...)
	golden(t, "quiz", ada.get(fmt.Sprintf("/quiz?deck=%d&mode=typed", deck)).want(t, "choose", 200, "Apollo programme (3)"))
	golden(t, "quiz-exam", ada.get(fmt.Sprintf("/quiz?deck=%d&exam=2025-06-14", deck)).want(t, "an exam", 200, "Apollo programme, for 14 June 2025"))
	refused := ada.post("/quiz", url.Values{"as": {fmt.Sprint(ada.id)}, "key": {newKey()}, "from": {"all"}, "mode": {"order"}, "n": {"5"}})
	golden(t, "quiz-refused", refused.want(t, "no order", http.StatusUnprocessableEntity, "takes four events"))
	part := ask.Part{Card: int64(ids[0]), Prompt: facts[0][0], Answer: facts[0][1]}
	part2 := ask.Part{Card: int64(ids[1]), Prompt: facts[1][0], Answer: facts[1][1]}
	questions := []ask.Question{
		{Mode: ask.Choice, Parts: []ask.Part{part}, Options: []ask.Option{{Text: "14 July 1969"}, {Text: "16 July 1969", Card: int64(ids[0])}, {Text: "20 July 1969"}, {Text: "24 July 1969"}}, Right: []int{1}},
		{Mode: ask.Typed, Parts: []ask.Part{part2}},
		{Mode: ask.Truth, Parts: []ask.Part{part}, Options: []ask.Option{{Text: "16 July 1969"}}, True: true},
		{Mode: ask.Match, Parts: []ask.Part{part, part2}, Options: []ask.Option{{Text: "Saturn V"}, {Text: "16 July 1969"}}, Right: []int{1, 0}},
		{Mode: ask.Order, Parts: []ask.Part{part, part2}, Right: []int{1, 0}},
	}
	id, err := w.store.StartQuiz(w.ctx(), ada.id, store.NewQuiz{Key: newKey(), Source: store.QuizSource{Kind: store.QuizAll}, Name: "All decks", Mode: ask.Mixed, Questions: questions}, w.now())
	w.must(err)
	at := fmt.Sprintf("/quiz/%d", id)
	golden(t, "quiz-open", ada.get("/quiz").want(t, "choose", 200, "Go on"))
	for i, q := range questions {
		page := ada.get(at)
		golden(t, "quiz-"+string(q.Mode), page.want(t, "a question", 200, fmt.Sprintf("%d of 5", i+1)))
		answer := wrongAnswerOf(q)
		feedback := ada.submit(page, "answer-form", answer)
		golden(t, "quiz-"+string(q.Mode)+"-feedback", feedback.want(t, "feedback", 200, "Not right."))
		if q.Mode == ask.Typed {
			said := ada.submit(feedback, "was-right", nil)
			golden(t, "quiz-overruled", said.want(t, "I was right", 200, "Right, by your word.", "from now on"))
			golden(t, "quiz-accepted", ada.submit(said, "accept", nil).want(t, "accepted", 200, "is an accepted answer"))
		}
	}
	golden(t, "quiz-card", ada.get(fmt.Sprintf("/cards/%d", ids[1])).want(t, "its card", 200, "Answers that pass as well"))
	ada.post(fmt.Sprintf("/cards/%d/accepted", ids[1]), url.Values{"as": {fmt.Sprint(ada.id)}, "answer": {"a zebra"}}).want(t, "remove it", http.StatusSeeOther)
	if page := ada.get(fmt.Sprintf("/cards/%d", ids[1])); strings.Contains(page.body, "Answers that pass") {
		t.Error("an accepted answer that was removed is still there")
	}
	golden(t, "quiz-end", ada.get(at).want(t, "the end", 200, "1 of 5.", "Again with the missed"))
	golden(t, "quiz-results", ada.get("/quiz/results").want(t, "results", 200, "20 %"))
}

// wrongAnswerOf is wrongAnswer for questions of two parts.
func wrongAnswerOf(q ask.Question) url.Values {
	switch q.Mode {
	case ask.Match:
		return url.Values{"pair": {"0", "1"}}
	case ask.Order:
		return url.Values{"order": {"0,1"}}
	}
	return wrongAnswer(q)
}

// TestOrderWithoutScripts moves a row by a form of its own.
func TestOrderWithoutScripts(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.studied("Islands")
	at := ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {"order"}, "n": {"5"}})
	page := ada.get(at)
	action, values := formOf(t, page.body, "answer-form")
	values["order"], values["move"] = []string{"0,1,2,3"}, []string{"1-up"}
	a := ada.post(action, values).want(t, "move a row", http.StatusSeeOther)
	moved, _, _ := strings.Cut(a.location(), "#")
	ada.get(moved).want(t, "the row moved", 200, `name="order" id="order" value="1,0,2,3"`)
	values["move"] = []string{"9-up"}
	ada.post(action, values).want(t, "no such row", http.StatusSeeOther)
	if q, _ := ada.question(at); q.Position != 0 {
		t.Errorf("moving a row answered question %d", q.Position)
	}
}

// TestAQuizSaysWhatItDidToTheSchedule, and takes it back where it is said.
func TestAQuizSaysWhatItDidToTheSchedule(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo programme", facts...)
	for _, id := range ids {
		ada.learn(id)
	}
	w.wait(24 * time.Hour)
	schedules := func() (list []cards.Schedule) {
		for _, id := range ids {
			c, err := w.store.Card(w.ctx(), ada.id, id)
			w.must(err)
			list = append(list, c.Schedule)
		}
		return list
	}
	before := schedules()
	at := ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {"typed"}, "n": {"all"}, "bring": {"1"}, "counts": {"1"}})
	q, _ := ada.question(at)
	page := ada.submit(ada.get(at), "answer-form", rightAnswer(q.Question)).want(t, "a right answer", 200, "It counts as Good in your review", "Undo in my schedule")
	checkHTML(t, "counted", page.body)
	back := ada.submit(page, "undo", nil).want(t, "undo", 200, "Taken back.", "Right.")
	if strings.Contains(back.body, "It counts as Good") || strings.Contains(back.body, "Undo in my schedule") {
		t.Errorf("after undo the page still says that the answer counts: %s", back.body)
	}
	if now := schedules(); !slices.Equal(now, before) {
		t.Errorf("undo leaves %+v, want %+v", now, before)
	}
	q, _ = ada.question(at)
	ada.submit(ada.get(at), "answer-form", rightAnswer(q.Question)).want(t, "another right answer", 200, "It counts as Good in your review")
	practice := ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {"typed"}, "n": {"all"}, "bring": {"1"}})
	for {
		asked, more := ada.question(practice)
		if !more {
			t.Fatal("the card that was answered is not asked again")
		}
		page = ada.submit(ada.get(practice), "answer-form", wrongAnswer(asked.Question))
		brought := strings.Contains(page.body, "in today’s review now")
		if due := asked.Parts[0].Card == q.Parts[0].Card; due != brought {
			t.Fatalf("that the card came into the review is said: %v, want %v: %s", brought, due, page.body)
		}
		if brought {
			break
		}
	}
	ada.submit(page, "undo", nil).want(t, "undo", 200, "Taken back.")
}
