package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"recto/cards"
	"recto/store"
)

// helps sends a form of the page of help, and returns the page after it.
func (c *client) helps(card store.CardID, form url.Values) answer {
	c.w.t.Helper()
	path := fmt.Sprintf("/cards/%d/help", card)
	page := c.get(path).want(c.w.t, "help", 200, `action="`+path+`"`)
	form.Set("key", attrOf(page.body, `name="key" value="`, `"`))
	form.Set("as", fmt.Sprint(c.id))
	a := c.post(path, form)
	if a.status != 303 {
		return a
	}
	return c.follow(a.location())
}

// takesBack presses the button of the notice.
func (c *client) takesBack(page answer) answer {
	c.w.t.Helper()
	action := strings.ReplaceAll(attrOf(attrOf(page.body, `id="notice"`, `</div>`), `action="`, `"`), "&amp;", "&")
	a := c.post(action, url.Values{}).want(c.w.t, "take it back", 303)
	return c.follow(a.location())
}

// lapse makes a card forgotten n times.
func (c *client) lapse(card store.CardID, n int) {
	c.w.t.Helper()
	for i := range n*3 + 1 {
		g := cards.Good
		if i%3 == 2 {
			g = cards.Again
		}
		got, err := c.w.store.Card(c.w.ctx(), c.id, card)
		c.w.must(err)
		_, err = c.w.store.Grade(c.w.ctx(), c.id, store.Answer{Card: card, Version: got.Version, Key: newKey(), Grade: g, At: c.w.now()},
			func(s cards.Schedule, today cards.Day) cards.Schedule {
				return rules(c.w.user(c).Settings).Next(s, g, today)
			})
		c.w.must(err)
		c.w.wait(24 * 60 * 60 * 1e9)
	}
}

// TestALeechIsHelped: the review leads to the page, each fix says what it did, and is
// taken back.
func TestALeechIsHelped(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Andes", [2]string{"Which countries?", "Peru, Chile and Bolivia"}, [2]string{"Capital of Peru?", "Lima"}, [2]string{"Capital of Chile?", "Santiago"})
	ada.lapse(ids[0], 8)
	path := fmt.Sprintf("/cards/%d/help", ids[0])
	ada.get("/review").want(t, "the leech is asked", 200, "Which countries?", `id="leech"`, "Forgotten 8 times.", path+"?from=review")
	page := ada.get(path+"?from=review").want(t, "help", 200, "Forgotten 8 times: a leech.", "Make 3 cards of it", "Peru, ____, Bolivia", "Back to the review", "Put it off until")
	checkHTML(t, "help", page.body)
	golden(t, "help", page)
	golden(t, "leeches", ada.get("/leeches").want(t, "the list", 200, "Which countries?", "forgotten 8 times"))
	ada.get(fmt.Sprintf("/cards/%d", ids[0])).want(t, "the card", 200, `href="`+path+`"`)

	page = ada.helps(ids[0], url.Values{"do": {"split"}}).want(t, "split", 200, "Made 3 cards of it, and suspended it.", "Suspended.", "What was done")
	checkHTML(t, "help after an act", page.body)
	ada.get(fmt.Sprintf("/decks/%d", deck)).want(t, "the deck", 200, "Peru, Chile, ____")
	ada.takesBack(page).want(t, "split, taken back", 200, "Taken back.")
	if list := ada.cardsOf(deck); len(list) != 3 {
		t.Errorf("the deck has %d cards, want 3", len(list))
	}

	page = ada.helps(ids[0], url.Values{"do": {"mnemonic"}, "text": {"Please Call Bob"}}).want(t, "mnemonic", 200, "Your mnemonic is saved.")
	ada.get("/review").want(t, "the card with it", 200, "Please Call Bob")
	ada.takesBack(page).want(t, "mnemonic, taken back", 200, "Taken back.")
	if strings.Contains(ada.get("/review").body, "Please Call Bob") {
		t.Error("a mnemonic that was taken back is shown")
	}

	page = ada.helps(ids[0], url.Values{"do": {"context"}, "text": {"The Andes"}}).want(t, "context", 200, "The context stands with the question now.", "The Andes")
	ada.takesBack(page)
	if c, err := w.store.Card(w.ctx(), ada.id, ids[0]); err != nil || c.Front != "Which countries?" {
		t.Errorf("after taking the context back the front is %q, %v", c.Front, err)
	}

	day := w.today(ada) + 20
	page = ada.helps(ids[0], url.Values{"do": {"until"}, "until": {day.String()}}).want(t, "until", 200, "Put off until "+longDay(day)+".")
	if strings.Contains(ada.get("/review").body, "Which countries?") {
		t.Error("a card that is put off is asked")
	}
	ada.get(fmt.Sprintf("/cards/%d", ids[0])).want(t, "the card", 200, "put off until", "Put off until "+longDay(day))
	ada.takesBack(page)
	ada.get("/review").want(t, "until, taken back", 200, "Which countries?")

	page = ada.helps(ids[0], url.Values{"do": {"leave"}}).want(t, "leave", 200, "Left as it is.")
	if strings.Contains(ada.get("/review").body, `id="leech"`) {
		t.Error("a card that is left as it is is spoken of")
	}
	ada.takesBack(page)
	ada.get("/review").want(t, "leave, taken back", 200, `id="leech"`)
}

// TestHelpRefusesWhatItCannotDo, with a sentence, and loses nothing that was typed.
func TestHelpRefusesWhatItCannotDo(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Andes", [2]string{"Capital of Peru?", "Lima"})
	for _, c := range []struct {
		form   url.Values
		status int
		want   string
	}{
		{url.Values{"do": {"until"}, "until": {"2020-01-01"}}, 422, "Choose a day after today"},
		{url.Values{"do": {"until"}, "until": {"soon"}}, 422, "soon"},
		{url.Values{"do": {"until"}, "until": {"9999-12-31"}}, 422, "Choose a day after today"},
		{url.Values{"do": {"context"}, "text": {" "}}, 422, "Write what the question is about"},
		{url.Values{"do": {"context"}, "text": {strings.Repeat("long ", 300)}}, 422, "long long"},
		{url.Values{"do": {"mnemonic"}, "text": {strings.Repeat("lime ", 300)}}, 422, "lime lime"},
		{url.Values{"do": {"contrast"}, "front": {"a or b?"}}, 422, "Write both sides"},
		{url.Values{"do": {"split"}}, 422, "This card cannot be taken apart any more."},
		{url.Values{"do": {"magic"}}, 400, ""},
	} {
		a := ada.helps(ids[0], c.form).want(t, c.form.Encode()[:12], c.status, c.want)
		if c.status == 422 {
			checkHTML(t, "help with an error", a.body)
		}
	}
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	w.must(w.store.Enrol(w.ctx(), eve.id, deck, w.today(eve), w.now()))
	page := eve.get(fmt.Sprintf("/cards/%d/help", ids[0])).want(t, "help with another's card", 200, "A mnemonic")
	if strings.Contains(page.body, `value="context"`) {
		t.Error("the note of another is offered to be changed")
	}
	eve.helps(ids[0], url.Values{"do": {"context"}, "text": {"mine"}}).want(t, "changing it all the same", 404)
	eve.helps(ids[0], url.Values{"do": {"mnemonic"}, "text": {"mine"}}).want(t, "her own mnemonic", 200, "Your mnemonic is saved.")
	if strings.Contains(ada.get(fmt.Sprintf("/cards/%d/help", ids[0])).body, "mine") {
		t.Error("ada sees eve's mnemonic")
	}
}

// TestPairsAreToldApart: noticed in a typed review, shown on both cards, asked apart.
func TestPairsAreToldApart(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	deck, ids := ada.deck("Capitals", [2]string{"Capital of Peru?", "Lima"}, [2]string{"Capital of Chile?", "Santiago"})
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	w.must(w.store.Enrol(w.ctx(), eve.id, deck, w.today(eve), w.now()))
	golden(t, "leeches-empty", ada.get("/leeches").want(t, "nothing yet", 200, "No card was forgotten", "No card was answered with the answer of another."))
	ada.typing(deck)
	ada.submit(ada.types(ada.get("/review"), "Santiago"), "grade", url.Values{"grade": {"2"}})
	for _, path := range []string{"/leeches", fmt.Sprintf("/cards/%d", ids[0]), fmt.Sprintf("/cards/%d", ids[1]), fmt.Sprintf("/cards/%d/help", ids[0]), fmt.Sprintf("/cards/%d/help", ids[1])} {
		page := ada.get(path).want(t, path, 200, "The second answer was given to the first question once", "Drill")
		checkHTML(t, path, page.body)
		if strings.Contains(eve.get(path).body, "The second answer") {
			t.Errorf("%s: eve sees ada's pairs", path)
		}
	}
	page := ada.get(fmt.Sprintf("/cards/%d/help", ids[0])).want(t, "help", 200, "Tell the two apart", "Lima or Santiago?", "“Santiago”")
	golden(t, "help-pair", page)
	ada.helps(ids[0], url.Values{"do": {"contrast"}, "front": {"Lima or Santiago?"}, "back": {"Peru, Chile"}}).want(t, "a contrast card", 200, "Added a card that asks to tell the two apart.")
	if n := len(ada.cardsOf(deck)); n != 3 {
		t.Errorf("the deck has %d cards, want 3", n)
	}

	key := attrOf(attrOf(page.body, fmt.Sprintf(`action="/cards/%d/drill"`, ids[0]), "</form>"), `name="key" value="`, `"`)
	form := url.Values{"key": {key}, "other": {fmt.Sprint(ids[1])}}
	a := ada.post(fmt.Sprintf("/cards/%d/drill", ids[0]), form).want(t, "drill", 303)
	if again := ada.post(fmt.Sprintf("/cards/%d/drill", ids[0]), form); again.location() != a.location() {
		t.Errorf("a double click makes quizzes %s and %s", a.location(), again.location())
	}
	ada.follow(a.location()).want(t, "the drill", 200, "1 of 4", "Lima", "Santiago", "Told apart")
	for {
		q, more := ada.question(a.location())
		if !more {
			break
		}
		ada.submit(ada.get(a.location()), "answer-form", rightAnswer(q.Question)).want(t, "an answer", 200, "Right.")
	}
	ada.get(a.location()).want(t, "the end", 200, "4 of 4.")
	ada.post(fmt.Sprintf("/cards/%d/drill", ids[0]), url.Values{"key": {newKey()}, "other": {fmt.Sprint(ids[0])}}).want(t, "a card and itself", 400)
	ada.post(fmt.Sprintf("/cards/%d/drill", ids[0]), url.Values{"key": {newKey()}, "other": {"99999"}}).want(t, "a card that is none", 404)
}

func (c *client) cardsOf(deck store.DeckID) []store.CardRow {
	c.w.t.Helper()
	list, _, err := c.w.store.DeckCards(c.w.ctx(), c.id, deck, "", 0, 100)
	c.w.must(err)
	return list
}
