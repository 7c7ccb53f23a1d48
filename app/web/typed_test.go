package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/quiz"
	"recto/store"
)

// typing sets a deck to be answered by typing, by its form.
func (c *client) typing(deck store.DeckID) {
	c.w.t.Helper()
	page := c.get(fmt.Sprintf("/decks/%d/settings", deck))
	c.submitTo(page, fmt.Sprintf("/decks/%d/typed", deck), url.Values{"typed": {"1"}}).want(c.w.t, "the deck's settings", 200, "Saved.", `name="typed" value="1" aria-describedby="typed-hint" checked`)
}

// submitTo sends a form of a page by its action.
func (c *client) submitTo(page answer, action string, form url.Values) answer {
	c.w.t.Helper()
	if !strings.Contains(page.body, `action="`+action+`"`) {
		c.w.t.Fatalf("the page has no form for %s", action)
	}
	if !form.Has("as") {
		form.Set("as", fmt.Sprint(c.id))
	}
	a := c.post(action, form).want(c.w.t, action, http.StatusSeeOther)
	return c.follow(a.location())
}

// types turns the card of a page by typing, as its form would.
func (c *client) types(page answer, given string) answer {
	c.w.t.Helper()
	action, form := formOf(c.w.t, page.body, "card-answer")
	form.Set("typed", given)
	c.w.wait(3 * time.Second)
	return c.get(action+"?"+form.Encode()).want(c.w.t, "a typed answer", 200, `id="verdict"`)
}

// TestTypedReviewByFormsAlone: what is typed is judged, proposes a grade, is kept with
// it and taken back with it.
func TestTypedReviewByFormsAlone(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Capitals", [2]string{"Capital of Peru?", "Lima"}, [2]string{"Capital of Chile?", "Santiago"}, [2]string{"Tell of Peru", strings.Repeat("It is long. ", 30)})
	ada.typing(deck)

	page := ada.get("/review").want(t, "a question", 200, `id="typed"`, "Capital of Peru?", "Your answer")
	if strings.Contains(page.body, "Lima") || strings.Contains(page.body, "<template") {
		t.Error("the answer is on the page before it is typed")
	}
	page = ada.types(page, "santiago").want(t, "another card's answer", 200, "Not right.", "That is the answer to another card", "Capital of Chile?", "You: santiago", "Lima")
	wantProposed(t, page, cards.Again)
	page = ada.submit(page, "grade", url.Values{"grade": {"2"}}).want(t, "the next question", 200, "Capital of Chile?")
	wantGiven(t, ada, ids[0], "santiago", ids[1], false)
	page = ada.submit(page, "undo", nil).want(t, "undo", 200, "Taken back.", "Capital of Peru?")
	if list := ada.given(ids[0]); len(list) != 0 {
		t.Errorf("after undo the answers given are %+v", list)
	}

	page = ada.types(page, "LIMA").want(t, "a right answer", 200, "Right.")
	wantProposed(t, page, cards.Good)
	page = ada.submit(page, "grade", url.Values{"grade": {"4"}})
	if list := ada.given(ids[0]); len(list) != 0 {
		t.Errorf("a right answer is kept as %+v", list)
	}

	page = ada.types(page, "the Chilean one")
	wantProposed(t, page, cards.Again)
	page = ada.submit(page, "grade", url.Values{"grade": {"4"}}).want(t, "right by one's word", 200, "By your word, “the Chilean one” was right.", "Accept it for that card from now on")
	wantGiven(t, ada, ids[1], "the Chilean one", 0, true)
	action := attrOf(page.body, `action="/cards/`, `"`)
	a := ada.post(strings.ReplaceAll("/cards/"+action, "&amp;", "&"), url.Values{}).want(t, "accepting it", 303)
	page = ada.follow(a.location()).want(t, "after that", 200, "Accepted")
	if list, err := w.store.AcceptedAnswers(w.ctx(), ada.id, ids[1]); err != nil || len(list) != 1 || list[0] != "the Chilean one" {
		t.Errorf("%q are accepted, %v", list, err)
	}

	if strings.Contains(page.body, `id="typed"`) || !strings.Contains(page.body, "data-show") {
		t.Error("a long answer is asked to be typed")
	}
	page = ada.get(shown(t, page)).want(t, "a long answer", 200, "It is long.")
	if strings.Contains(page.body, `id="verdict"`) {
		t.Error("a card that was turned over is judged")
	}
	ada.submit(page, "grade", url.Values{"grade": {"4"}}).want(t, "the end", 200, "That is all for today.")
}

// TestACardHasItsOwnWay, before its deck's, and for its learner alone.
func TestACardHasItsOwnWay(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Capitals", [2]string{"Capital of Peru?", "Lima"})
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	w.must(w.store.Enrol(w.ctx(), eve.id, deck, w.today(eve), w.now()))
	path := fmt.Sprintf("/cards/%d", ids[0])
	for _, c := range []struct {
		way   string
		typed bool
	}{{"yes", true}, {"no", false}, {"deck", false}} {
		ada.submitTo(ada.get(path), path+"/typed", url.Values{"typed": {c.way}}).want(t, "the card", 200, "Saved.", `value="`+c.way+`" selected`)
		if got := strings.Contains(ada.get("/review").body, `id="typed"`); got != c.typed {
			t.Errorf("a card answered %q is typed: %t", c.way, got)
		}
		if strings.Contains(eve.get("/review").body, `id="typed"`) {
			t.Errorf("what ada wants holds for eve")
		}
	}
	ada.post(path+"/typed", url.Values{"typed": {"sung"}}).want(t, "a way that is none", 400)
}

// TestTypedWithSixGrades: the proposed one is that of the verdict.
func TestTypedWithSixGrades(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	settings := w.user(ada).Settings
	settings.Grades = 6
	w.must(w.store.SetSettings(w.ctx(), ada.id, settings))
	deck, _ := ada.deck("Dates", [2]string{"When did it land?", "20 July 1969"})
	ada.typing(deck)
	page := ada.get("/review")
	for given, want := range map[string]cards.Grade{"July 20th, 1969": 4, "july 1969": 3, "1968": 2, "": 2} {
		wantProposed(t, ada.types(page, given), want)
	}
	for _, given := range []string{"<b>&\"'", strings.Repeat("x", 5000), "\x00\xff", "a\nb"} {
		ada.types(page, given).want(t, "odd input", 200, "Not right.")
	}
}

func (c *client) given(card store.CardID) []store.GivenAnswer {
	c.w.t.Helper()
	list, err := c.w.store.AnswersGiven(c.w.ctx(), c.id, card)
	c.w.must(err)
	return list
}

func wantGiven(t *testing.T, c *client, card store.CardID, text string, belongs store.CardID, overridden bool) {
	t.Helper()
	list := c.given(card)
	if len(list) != 1 || list[0].Text != text || list[0].Belongs != belongs || list[0].Overridden != overridden || list[0].Verdict != quiz.Wrong || list[0].Place != store.GivenInReview {
		t.Errorf("the answers given are %+v, want %q of card %d, overridden: %t", list, text, belongs, overridden)
	}
}

func wantProposed(t *testing.T, page answer, g cards.Grade) {
	t.Helper()
	if n := strings.Count(page.body, `autofocus aria-describedby="verdict"`); n != 1 {
		t.Errorf("%d grades are proposed, want one", n)
	}
	_, button, _ := strings.Cut(page.body, fmt.Sprintf(`<button name="grade" value="%d"`, g))
	button, _, _ = strings.Cut(button, ">")
	if !strings.Contains(button, "autofocus") || !strings.Contains(button, "common") || !strings.Contains(button, "Enter") {
		t.Errorf("grade %d is not the proposed one: %s", g, button)
	}
}

// attrOf is what stands between two texts of a page.
func attrOf(page, before, after string) string {
	_, rest, _ := strings.Cut(page, before)
	value, _, _ := strings.Cut(rest, after)
	return value
}

// TestIAmRightSaidWhileTyping: Alt and O in a typed quiz checks and overrules at once.
func TestIAmRightSaidWhileTyping(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Capitals", [2]string{"Capital of Peru?", "Lima"})
	at := ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {"typed"}, "n": {"5"}})
	page := ada.get(at).want(t, "a question", 200, `data-key="Alt-o"`)
	ada.submit(page, "answer-form", url.Values{"given": {"the one I mean"}, "sure": {"1"}}).want(t, "the feedback", 200, "Right, by your word.")
	if list := ada.given(ids[0]); len(list) != 1 || !list[0].Overridden {
		t.Errorf("the answers given are %+v, want one that was right by her word", list)
	}
	at = ada.startQuiz(url.Values{"from": {fmt.Sprintf("decks:%d", deck)}, "mode": {"typed"}, "n": {"5"}})
	ada.submit(ada.get(at), "answer-form", url.Values{"given": {" "}, "sure": {"1"}}).want(t, "nothing is not right", 200, "Not right.")
}

// TestTypedCardsOfOtherKinds: a gap with a short answer is typed, a card that has a field
// of its own is judged by it, and pictures are turned over.
func TestTypedCardsOfOtherKinds(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, err := w.store.CreateDeck(w.ctx(), ada.id, "Kinds", w.now())
	w.must(err)
	own := cards.NoteType{Name: "Own field", Fields: []string{"Front", "Back"}, Templates: []cards.Template{{Name: "Card 1", Front: "{{Front}} {{type:Back}}", Back: "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}"}}}
	_, err = w.store.AddNoteType(w.ctx(), ada.id, own)
	w.must(err)
	for i, n := range []cards.Note{
		{Type: "Cloze", Fields: []cards.Field{{Name: "Text", Value: "The capital of Peru is {{c1::Lima}}, <b>a city</b>."}, {Name: "Back Extra"}}},
		{Type: "Own field", Fields: []cards.Field{{Name: "Front", Value: "Capital of Chile?"}, {Name: "Back", Value: "Santiago"}}},
		{Type: "Basic", Fields: []cards.Field{{Name: "Front", Value: "Show it"}, {Name: "Back", Value: `<img src="lima.png">`}}},
	} {
		n.GUID = fmt.Sprintf("a note of its own kind %d", i)
		_, err := w.store.AddNote(w.ctx(), ada.id, deck, n, w.today(ada), w.now())
		w.must(err)
	}
	ada.typing(deck)
	page := ada.get("/review").want(t, "a gap", 200, `id="typed"`)
	page = ada.types(page, "lima").want(t, "a gap, typed", 200, "Right.", "a city")
	wantProposed(t, page, cards.Good)
	page = ada.submit(page, "grade", url.Values{"grade": {"4"}}).want(t, "a card with a field", 200, "Capital of Chile?")
	if n := strings.Count(page.body, `name="typed"`); n != 1 {
		t.Errorf("the card has %d fields, want its own alone", n)
	}
	page = ada.types(page, "Santiago").want(t, "its own field, typed", 200, "Right.")
	page = ada.submit(page, "grade", url.Values{"grade": {"4"}}).want(t, "a picture", 200, "Show it")
	if strings.Contains(page.body, `name="typed"`) {
		t.Error("a picture is asked to be typed")
	}
	ada.get(shown(t, page)).want(t, "a picture, turned over", 200, "Good")
}
