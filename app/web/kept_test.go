package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

// What people drop makes cards of that kind less sure for everyone on the server, and
// the page that says so tells nothing of whose cards they were.
func TestWhatIsDroppedIsProposedLessOften(t *testing.T) {
	w := newWorld(t)
	ada, ben := w.join("ada"), w.join("ben")
	const text = "The Tay Bridge was opened on 1 June 1878. The Tay Bridge fell in a storm on 28 December 1879."
	surest := func(c *client) (most float64) {
		a := c.post("/articles", url.Values{"text": {text}}).want(t, "an article", http.StatusSeeOther)
		var id store.ArticleID
		if _, err := fmt.Sscanf(a.location(), "/articles/%d", &id); err != nil {
			t.Fatalf("an article leads to %s: %v", a.location(), err)
		}
		article, err := w.store.Article(w.ctx(), c.id, id)
		must(t, err)
		for _, p := range article.Proposals {
			if p.Kind == cards.DateFact {
				most = max(most, p.Confidence)
			}
		}
		return most
	}
	before := surest(ada)
	for n := range 30 {
		id, proposal := ada.article(strings.Repeat(secret+" ", n+1) + "began in 1956.")
		must(t, w.store.SetVerdicts(w.ctx(), ada.id, id, []store.Verdict{{Proposal: proposal, Verdict: "drop"}}, w.now().Add(time.Minute)))
	}
	if after := surest(ben); after >= before-0.1 || after <= 0 {
		t.Errorf("after 30 dropped dates the surest date is %.2f, was %.2f", after, before)
	}
	page := ben.get("/articles/kept")
	for _, want := range []string{"How sure a card is", "<td class=\"num\">30</td>", "90 %"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %q:\n%s", want, page.body)
		}
	}
	if strings.Contains(page.body, secret) {
		t.Error("the page tells whose cards they were")
	}
}
