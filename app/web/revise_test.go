package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// newBridge is the text of the bridge with another date, another cost, a sentence
// gone and one that is new.
var newBridge = strings.NewReplacer("12 May 1931", "14 May 1931", "38 million", "41 million",
	" The International Bridge Association (IBA) listed it as a monument in March 1987.", "",
	"3 September 2006.", "3 September 2006. A second bridge was opened on 9 June 2019.").Replace(bridge)

// keepAll saves every card that is proposed on a desk, and returns the page.
func (c *client) keepAll(desk string) answer {
	c.w.t.Helper()
	page := c.get(desk).want(c.w.t, "the desk", 200)
	return c.submit(page, "save", url.Values{"keep": firsts(proposalPattern, page.body)}).want(c.w.t, "save", 200, "added to")
}

func TestANewerVersionOfATextIsComparedAndUsed(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	desk := ada.pasteBridge()
	made := len(firsts(cardPattern, ada.keepAll(desk).body))
	for range 3 {
		ada.submit(ada.get("/review"), "grade", url.Values{"grade": {"4"}})
	}
	ada.get(desk).want(t, "the desk", 200, `href="`+desk+`/revise"`)
	page := ada.get(desk+"/revise").want(t, "the form", 200, "A newer version of")
	golden(t, "article-revise", page)
	ada.submit(page, "compare", url.Values{"text": {bridge}}).want(t, "the same text", 200, "This text was here already")
	ada.post(desk+"/revise", url.Values{"text": {""}}).want(t, "no text", 422, "There is nothing to read yet.")
	page = ada.submit(page, "compare", url.Values{"text": {newBridge}}).want(t, "the comparison", 200,
		"Another answer", "<ins>14 May 1931</ins>", "The text does not say this any more", "9 June 2019", "Use the newer version")
	golden(t, "article-revision", page)
	newer := "/articles/" + idAfter(t, page.body, `action="/articles/`)
	before := w.dump()
	ada.get(newer).want(t, "the newer desk", 200, "This is a newer version")
	ada.post(newer+"/cards", url.Values{}).want(t, "saving before it is used", http.StatusSeeOther)
	if now := w.dump(); now != before {
		t.Errorf("looking at a newer version changed something: %s", diff(before, now))
	}
	ada.get("/articles").want(t, "the list", 200, "a newer version")

	form := url.Values{}
	for name, values := range formChoices(t, page.body) {
		form.Set(name, "retire")
		if strings.Contains(strings.Join(values, " "), "update") {
			form.Set(name, "update")
		}
	}
	page = ada.submit(page, "use-revision", form).want(t, "used", 200, "The newer version is in use.", "Undo")
	golden(t, "article-revision-used", page)
	ada.post(newer+"/revision", form).want(t, "sent twice", http.StatusSeeOther)
	after := ada.get(newer).want(t, "the newer desk", 200, "in your deck")
	if strings.Contains(after.body, "12 May 1931") || !strings.Contains(after.body, "14 May 1931") {
		t.Error("the desk of the newer version shows the old date")
	}
	ada.get(desk).want(t, "the earlier desk", 200, "This is an earlier version.")
	rows, err := w.store.Articles(w.ctx(), ada.id)
	w.must(err)
	if len(rows) != 1 || fmt.Sprintf("/articles/%d", rows[0].ID) != newer {
		t.Errorf("the list has %+v, want the newer version alone", rows)
	}
	count := func() int {
		decks, err := w.store.Decks(w.ctx(), ada.id, w.today(ada))
		w.must(err)
		n := 0
		for _, d := range decks {
			n += d.Cards
		}
		return n
	}
	if got := count(); got != made {
		t.Errorf("there are %d cards after the newer version is used, want the %d there were", got, made)
	}
	ada.submit(page, "undo-revision", nil).want(t, "undone", 200, "Taken back")
	ada.get(desk).want(t, "the earlier desk again", 200, "12 May 1931", "There is a newer version of this text")
	if got := count(); got != made {
		t.Errorf("there are %d cards after undo, want %d", got, made)
	}
	ada.submit(ada.get(newer+"/revision"), "keep-apart", nil).want(t, "kept apart", 200, "Save")
	report, err := w.store.Check(w.ctx(), nil)
	w.must(err)
	if len(report.Problems) > 0 {
		t.Errorf("the database is not sound: %q", report.Problems)
	}
}

// formChoices are the choices of a page, by the name of their radio buttons.
func formChoices(t *testing.T, body string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, part := range strings.Split(body, `type="radio" name="`)[1:] {
		name, rest, _ := strings.Cut(part, `"`)
		_, rest, _ = strings.Cut(rest, `value="`)
		value, _, _ := strings.Cut(rest, `"`)
		all[name] = append(all[name], value)
	}
	if len(all) == 0 {
		t.Fatalf("the page offers no choice:\n%s", body)
	}
	return all
}

func TestTheSameAddressAgainIsANewerVersion(t *testing.T) {
	text := bridge
	w := newWorld(t, func(o *Options) {
		o.Fetcher = func(_ context.Context, address string) (Fetched, error) {
			return Fetched{Body: []byte(text), Type: "text/plain; charset=utf-8", URL: address}, nil
		}
	})
	ada := w.join("ada")
	desk := ada.post("/articles", url.Values{"address": {"https://example.org/bridge"}}).want(t, "an address", http.StatusSeeOther).location()
	ada.keepAll(desk)
	ada.submit(ada.get(desk+"/revise").want(t, "the form", 200, "Fetch its address again"), "fetch-again", nil).want(t, "nothing new", 200, "This text was here already")
	text = newBridge
	page := ada.submit(ada.get(desk+"/revise"), "fetch-again", nil).want(t, "a newer one", 200, "<ins>14 May 1931</ins>")
	checkHTML(t, "the comparison", page.body)
	a := ada.post("/articles", url.Values{"address": {"https://example.org/bridge"}}).want(t, "the address posted again", http.StatusSeeOther)
	ada.get(a.location()).want(t, "the newer one", 200, "This is a newer version")

	grace := w.join("grace")
	desk = grace.pasteBridge()
	grace.keepAll(desk)
	a = grace.post("/articles", url.Values{"text": {newBridge}}).want(t, "a text with the same title", http.StatusSeeOther)
	if !strings.HasSuffix(a.location(), "/revision") {
		t.Errorf("a text that shares its title and much of its text leads to %s, want a comparison", a.location())
	}
	grace.get(desk).want(t, "grace's desk", 200)
	if a := grace.get("/articles/1/revision"); a.status != http.StatusNotFound {
		t.Errorf("grace sees ada's revision: %d", a.status)
	}
}
