package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"recto/app/endpoint"
	"recto/cards/reword"
)

// standIn is a language model that answers as reply says.
func standIn(t *testing.T, reply func(c reword.Card) string) func(*Options) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Messages []struct{ Content string }
		}
		var c reword.Card
		data, err := io.ReadAll(r.Body)
		if err == nil && json.Unmarshal(data, &q) == nil && len(q.Messages) == 2 {
			_ = json.Unmarshal([]byte(q.Messages[1].Content), &c)
		}
		front, _ := json.Marshal(map[string]string{"front": reply(c)})
		_ = json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(front)}}}})
	}))
	t.Cleanup(s.Close)
	return func(o *Options) {
		m, err := endpoint.New(s.URL, "standin", "")
		must(t, err)
		o.Model = m
	}
}

// done is the page after the job that a form started.
func (c *client) done(a answer) answer {
	c.w.t.Helper()
	for range 3000 {
		page := c.get(a.location())
		if page.status == http.StatusSeeOther {
			return c.follow(page.location())
		}
		if !strings.Contains(page.body, "data-job") {
			return page
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.w.t.Fatal("a job is never done")
	return answer{}
}

func TestQuestionsInTheWordsOfAModel(t *testing.T) {
	var asked atomic.Int32
	w := newWorld(t, standIn(t, func(c reword.Card) string {
		asked.Add(1)
		if strings.Contains(c.Answer, "1931") {
			return "When was the Harwick Bridge opened?"
		}
		return "In which year did the Queen of Sweden open it?" // nobody said so
	}))
	ada := w.join("ada")
	page := ada.done(ada.post("/articles", url.Values{"text": {bridge}}).want(t, "an article", http.StatusSeeOther))
	page.want(t, "the desk", 200, "When was the Harwick Bridge opened?", "In the words of standin.", "Take the original")
	checkHTML(t, "the desk", page.body)
	if strings.Contains(page.body, "Sweden") {
		t.Error("what a model made up stands on the desk")
	}
	n := asked.Load()
	if n < 2 {
		t.Errorf("the model was asked %d times, want for every default card", n)
	}
	ada.done(ada.post("/articles", url.Values{"text": {bridge}})).want(t, "the same text again", 200, "was here already")
	if asked.Load() != n {
		t.Errorf("the same text asked the model %d times more", asked.Load()-n)
	}
	whose := page.body[strings.Index(page.body, "data-wording")-200:]
	at := whose[strings.Index(whose, `formaction="`)+len(`formaction="`):]
	at = at[:strings.Index(at, `"`)]
	back := ada.post(at, url.Values{"wording": {"original"}}).want(t, "the original", http.StatusSeeOther)
	ada.get(back.location()).want(t, "the desk with the original", 200, "Recto’s own words.", "Take those of standin")
	ada.post(at, url.Values{"wording": {"model"}}).want(t, "the model's again", http.StatusSeeOther)
	page = ada.submit(ada.get(back.location()), "save", nil).want(t, "save", 200, "added to")
	if !strings.Contains(page.body, `>When was the Harwick Bridge opened?</a>`) {
		t.Error("the card is not in the words that were chosen")
	}
}

func TestAModelThatIsNotThereLeavesTheCards(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		s := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(s.Close)
		m, err := endpoint.New(s.URL, "standin", "")
		must(t, err)
		o.Model = m
	})
	ada := w.join("ada")
	page := ada.done(ada.post("/articles", url.Values{"text": {bridge}}).want(t, "an article", http.StatusSeeOther))
	page.want(t, "the desk", 200, "12 May 1931", "Save")
	if strings.Contains(page.body, "In the words of") {
		t.Error("a model that is not there has said something")
	}
	if !strings.Contains(w.log.String(), "questions were not reworded") {
		t.Error("the log does not say that the model is not there")
	}
}
