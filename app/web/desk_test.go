package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

// articleFixtures are those of articleRoutes.
func articleFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	first, second := ada.sentence("The " + secret + " war began in 1914 and ended in 1918.")
	at := deskOf(first)
	newer := ada.newer()
	return map[string]fixture{
		"GET /articles/:article/revise":                     {path: at + "/revise"},
		"POST /articles/:article/revise":                    {path: at + "/revise", form: with("text", "The bridge was opened on 12 May 1931 by the mayor of the town.")},
		"GET /articles/:article/revision":                   {path: newer + "/revision"},
		"POST /articles/:article/revision":                  {path: newer + "/revision", form: with()},
		"POST /articles/:article/revision/undo":             {path: newer + "/revision/undo", form: with()},
		"POST /articles/:article/revision/apart":            {path: newer + "/revision/apart", form: with()},
		"POST /articles/:article/proposals/:proposal/join":  {path: first + "/join", form: with("part", "1")},
		"POST /articles/:article/proposals/:proposal/apart": {path: second + "/apart", form: with()},
	}
}

// sentence gives ada an article of one sentence with two proposals, past the pages,
// and returns where each of them is posted to. The fronts are gaps unless given.
func (c *client) sentence(text string, fronts ...string) (first, second string) {
	c.w.t.Helper()
	w := c.w
	whole := cards.Span{Start: 0, End: len(text)}
	a := cards.Article{Title: secret + " war", Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: whole}}}
	var list []cards.Proposal
	var entries []cards.Entry
	for i, answer := range []string{"1914", "1918"} {
		at := strings.Index(text, answer)
		span := cards.Span{Start: at, End: at + len(answer)}
		p := cards.Proposal{ID: fmt.Sprintf("fac%d%d", i, c.id), FactID: fmt.Sprint("war", i), Kind: cards.DateFact, Family: "gap", Front: text[:at] + "____ (year)" + text[at+4:], Back: answer,
			Answer: cards.Answer{Text: answer, Value: answer}, Source: span, Sentence: whole, Confidence: 0.5 + 0.2*float64(i), Default: i == 1}
		if i < len(fronts) {
			p.Front = fronts[i]
		}
		list = append(list, p)
		entries = append(entries, cards.Entry{Fact: cards.Fact{ID: p.FactID, Kind: p.Kind, Text: answer, Value: answer, Span: span, Sentence: whole}, Proposals: []string{p.ID}})
	}
	id, err := w.store.AddArticle(w.ctx(), c.id, a, entries, list, w.now())
	w.must(err)
	return fmt.Sprintf("/articles/%d/proposals/%s", id, list[0].ID), fmt.Sprintf("/articles/%d/proposals/%s", id, list[1].ID)
}

// newer gives ada a text and a newer version of it, past the pages, and returns the
// address of the newer.
func (c *client) newer() string {
	c.w.t.Helper()
	w := c.w
	var ids [2]store.ArticleID
	for i, year := range []string{"1920", "1921"} {
		text := "The " + secret + " peace came in " + year + "."
		a := cards.Article{Title: secret + " peace", Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{End: len(text)}}}}
		id, err := w.store.AddArticle(w.ctx(), c.id, a, nil, nil, w.now())
		w.must(err)
		ids[i] = id
	}
	w.must(w.store.Revise(w.ctx(), c.id, ids[0], ids[1], w.now()))
	return fmt.Sprintf("/articles/%d", ids[1])
}

// deskOf is the address of the desk on which a proposal lies.
func deskOf(proposal string) string { return proposal[:strings.Index(proposal, "/proposals/")] }

func TestTwoProposalsOfASentenceBecomeOneCard(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	first, _ := ada.sentence("The war began in 1914 and ended in 1918.")
	page := ada.get(deskOf(first)).want(t, "the desk", 200, "One card for both", "Join them")
	golden(t, "desk", page)
	a := ada.post(first+"/join", url.Values{"order": {"text"}}).want(t, "join", http.StatusSeeOther)
	if !strings.Contains(a.location(), "order=text") {
		t.Errorf("joining leads to %s, want the order kept", a.location())
	}
	page = ada.get(a.location()).want(t, "joined", 200, "The war began in ____ (year) and ended in ____ (year).", "1914; 1918", "Joined into", "Take apart")
	checkHTML(t, "joined", page.body)
	ada.post(first+"/join", nil).want(t, "join once more", http.StatusUnprocessableEntity, "no other proposed card")
	if n := len(firsts(tickedPattern, page.body)); n != 1 {
		t.Errorf("%d cards are ticked, want the one for both", n)
	}
	page = ada.submit(page, "save", nil).want(t, "save", 200, "1 card added")
	if n := len(firsts(cardPattern, page.body)); n != 1 {
		t.Errorf("%d cards were made, want 1", n)
	}

	grace := w.join("grace")
	first, second := grace.sentence("The war began in 1914 and ended in 1918.")
	grace.post(second+"/join", nil).want(t, "join the other way", http.StatusSeeOther)
	grace.post(first+"/apart", nil).want(t, "take apart", http.StatusSeeOther)
	page = grace.get(deskOf(first)).want(t, "taken apart", 200, "The war began in ____ (year) and ended in 1918.", "The war began in 1914 and ended in ____ (year).")
	if n := len(firsts(tickedPattern, page.body)); n != 2 {
		t.Errorf("taken apart, %d cards are ticked, want both", n)
	}
}

func TestABudgetAndAnOrderAreChosen(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, second := ada.sentence("The war began in 1914 and ended in 1918.", "When did the war begin?")
	at := deskOf(second)
	for _, c := range []struct {
		query   string
		enough  string
		ticked  int
		firstIs string
	}{
		{"", "1 of 2 are sure enough", 1, "fac1"},
		{"?order=text", "1 of 2 are sure enough", 1, "fac1"},
		{"?budget=10", "0 of 2 are sure enough", 0, "fac1"},
		{"?budget=75&order=text", "2 of 2 are sure enough", 2, "fac0"},
		{"?budget=75", "2 of 2 are sure enough", 2, "fac1"},
		{"?budget=-4000&order=%00", "0 of 2 are sure enough", 0, "fac1"},
	} {
		page := ada.get(at+c.query).want(t, c.query, 200, c.enough)
		checkHTML(t, c.query, page.body)
		if n := strings.Count(page.body, " checked>"); n != c.ticked {
			t.Errorf("%q: %d cards are ticked, want %d", c.query, n, c.ticked)
		}
		if m := regexp.MustCompile(`<li class="proposal" id="p-(fac\d)`).FindStringSubmatch(page.body); m == nil || m[1] != c.firstIs {
			t.Errorf("%q: the first card is %q, want %s", c.query, m, c.firstIs)
		}
	}
	page := ada.submit(ada.get(at+"?budget=75"), "save", nil).want(t, "save all", 200, "2 cards added", `value="75"`)
	if n := len(firsts(cardPattern, page.body)); n != 2 {
		t.Errorf("%d cards were made, want 2", n)
	}
	// What stood below the line and was not ticked is not decided.
	grace := w.join("grace")
	_, second = grace.sentence("The war began in 1914 and ended in 1918.", "When did the war begin?")
	grace.submit(grace.get(deskOf(second)+"?budget=5"), "save", nil).want(t, "save none", 200, "Nothing to add")
	grace.get(deskOf(second)).want(t, "the usual budget after", 200, "1 of 2 are sure enough", " checked>")
}

func TestReadingShowsWhatIsKnown(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, second := ada.sentence("The war began in 1914 and ended in 1918.", "When did the war begin?")
	at := deskOf(second)
	page := ada.submit(ada.get(at+"?budget=75"), "save", nil)
	if strings.Contains(page.body, "data-sort") {
		t.Error("before review begins something is marked as known")
	}
	ada.submit(ada.get("/review"), "grade", url.Values{"grade": {"4"}})
	page = ada.get(at).want(t, "the desk after a review", 200, `data-sort="new"`, `data-sort="learning"`, "Hide what you know", "(learning)", `<a href="/cards/`)
	checkHTML(t, "the desk after a review", page.body)
	golden(t, "desk-known", page)
	off := ada.get(at+"?marks=off").want(t, "without marks", 200, "Show what you know")
	if strings.Contains(off.body, `<mark data-for="fac01" data-sort`) || !strings.Contains(off.body, `href="#p-fac0`) {
		t.Error("without marks the text is still marked")
	}
	w.wait(3 * 24 * time.Hour)
	ada.get(at).want(t, "three days later", 200, `data-sort="due"`)
	grace := w.join("grace")
	grace.get(at).want(t, "another user", http.StatusNotFound)
}
