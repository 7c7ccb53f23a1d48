package web

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

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
		"GET /quiz":               {path: "/quiz", other: 200},
		"POST /quiz":              {path: "/quiz", form: with("from", "decks:1", "mode", "typed", "n", "5")},
		"GET /quiz/results":       {path: "/quiz/results", other: 200},
		"GET /quiz/:quiz":         {path: at},
		"POST /quiz/:quiz":        {path: at, form: with("position", "1", "given", "x")},
		"POST /quiz/:quiz/right":  {path: at + "/right", form: with("position", "0")},
		"POST /quiz/:quiz/accept": {path: at + "/accept", form: with("position", "0")},
		"POST /quiz/:quiz/end":    {path: at + "/end", form: with()},
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

var _ = json.Marshal
var _ = html.EscapeString
var _ = regexp.MustCompile
var _ cards.Day
