package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
)

func TestFromSignUpToTomorrowByFormsAlone(t *testing.T) {
	var w *world
	w = newWorld(t, func(o *Options) {
		o.Starter = func(ctx context.Context, user store.UserID, now time.Time) error {
			c := &client{w: w, id: user}
			c.deck("Starter", facts...)
			return nil
		}
	})
	c := w.stranger()
	page := c.follow("/").want(t, "the first visit of all", 200, "Make an account")
	page = c.submit(page, "sign-up", url.Values{"name": {"ada"}, "password": {testPassword}, "zone": {"Asia/Tokyo"}})
	page.want(t, "today, after signing up", 200, "Start review", "Starter", "3 new")

	for i := range facts {
		page = c.get("/review").want(t, "a question", 200, "Show answer")
		if seen := withoutTemplates(page.body); strings.Contains(seen, `name="grade"`) || strings.Contains(seen, `id="grade"`) {
			t.Fatal("before the answer is shown there is something to grade with")
		}
		w.wait(4 * time.Second)
		page = c.get(shown(t, page)).want(t, "an answer", 200, "Good")
		w.wait(3 * time.Second)
		page = c.submit(page, "grade", url.Values{"grade": {"4"}})
		if i < len(facts)-1 {
			page.want(t, "the next question", 200, "Show answer")
		}
	}
	page.want(t, "after the last card", 200, "That is all for today.", "3 cards in 21 s.", "Next: 3 cards tomorrow.")
	c.get("/").want(t, "today", 200, "That is all for today.", "Next: 3 cards tomorrow.")

	w.wait(24 * time.Hour)
	c.get("/").want(t, "the next day", 200, "3 due", "Start review")

	c.submit(c.get("/"), "sign-out", nil).want(t, "signing out", 200, "Sign in")
	if a := c.get("/"); a.status != http.StatusSeeOther {
		t.Errorf("after signing out, Today answers %d", a.status)
	}
	page = c.submit(c.follow("/decks"), "sign-in", url.Values{"name": {"ADA"}, "password": {testPassword}})
	if page.title() != "Decks" {
		t.Errorf("after signing in on the way to the decks, the page is %q", page.title())
	}
}

// withoutTemplates is a page as it is seen: what waits in templates is not.
func withoutTemplates(page string) string {
	for {
		before, rest, ok := strings.Cut(page, "<template")
		if !ok {
			return page
		}
		_, after, _ := strings.Cut(rest, "</template>")
		page = before + after
	}
}

func TestADoubleClickIsOneReview(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts...)
	page := ada.get("/review")
	action, form := formOf(t, page.body, "grade")
	form.Set("grade", "4")
	for range 3 {
		a := ada.post(action, form).want(t, "the same form again", http.StatusSeeOther)
		ada.follow(a.location()).want(t, "after it", 200, "Show answer")
	}
	form.Set("key", newKey())
	form.Set("grade", "2")
	a := ada.post(action, form).want(t, "the same question in another tab", http.StatusSeeOther)
	ada.follow(a.location()).want(t, "after it", 200, "You had already graded this card.", "Show answer")
	reviews := 0
	for _, id := range ids {
		history, err := w.store.History(w.ctx(), ada.id, id)
		w.must(err)
		reviews += len(history)
	}
	if reviews != 1 {
		t.Errorf("four forms for one question made %d reviews, want 1", reviews)
	}
}

func TestUndoGoesBackToAnyDepth(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts...)
	before := map[store.CardID]cards.Schedule{}
	for _, id := range ids {
		c, err := w.store.Card(w.ctx(), ada.id, id)
		w.must(err)
		before[id] = c.Schedule
	}
	first := ada.get("/review").title()
	page := ada.get("/review")
	for _, g := range []string{"5", "4", "4"} {
		page = ada.submit(page, "grade", url.Values{"grade": {g}})
	}
	page.want(t, "after the last card", 200, "That is all for today.")
	for i := range 3 {
		page = ada.submit(page, "undo", nil)
		page.want(t, fmt.Sprintf("undo %d", i+1), 200, "Taken back.", "Show answer")
	}
	if page.title() != first {
		t.Errorf("after taking all back, the question is %q, want %q", page.title(), first)
	}
	ada.submit(page, "undo", nil).want(t, "undo of nothing", 200, "There is nothing left to take back.")
	for _, id := range ids {
		c, err := w.store.Card(w.ctx(), ada.id, id)
		w.must(err)
		if c.Schedule != before[id] {
			t.Errorf("after undo, card %d stands at %+v, want %+v", id, c.Schedule, before[id])
		}
	}
}

func TestTheAnswerIsShownOnlyForTheQuestionThatWasRead(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo", facts...)
	page := ada.get("/review")
	link := shown(t, page)
	ada.submit(page, "grade", url.Values{"grade": {"4"}}) // in another window
	ada.get(link).want(t, "the answer of a card that was graded meanwhile", 200, "Show answer")
}

func TestSuspendAndBuryFromTheReview(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts...)
	page := ada.get("/review")
	suspended := page.title()
	page = ada.submit(page, "suspend", nil).want(t, "suspend", 200, "Suspended", "Show answer")
	buried := page.title()
	page = ada.submit(page, "bury", nil).want(t, "bury", 200, "Put off to tomorrow.", "Show answer")
	if page.title() == suspended || page.title() == buried {
		t.Errorf("after suspending and putting off, %q is asked again", page.title())
	}
	ada.submit(page, "grade", url.Values{"grade": {"4"}}).want(t, "the last card", 200, "That is all for today.")
	w.wait(24 * time.Hour)
	page = ada.get("/review").want(t, "the next day", 200, "Show answer")
	titles := map[string]bool{}
	for range 2 {
		titles[page.title()] = true
		page = ada.submit(page, "grade", url.Values{"grade": {"4"}})
	}
	page.want(t, "after the next day's cards", 200, "That is all for today.")
	if titles[suspended] || !titles[buried] {
		t.Errorf("the next day asks %v; it should ask %q, which was put off, and not %q, which was suspended", titles, buried, suspended)
	}
	for _, id := range ids {
		c, err := w.store.Card(w.ctx(), ada.id, id)
		w.must(err)
		if !c.Schedule.Suspended {
			continue
		}
		path := fmt.Sprintf("/cards/%d", id)
		ada.submit(ada.get(path), "suspend", nil).want(t, "bring back", 200, "This card is asked again.")
	}
	ada.get("/review").want(t, "after bringing it back", 200, "Show answer")
}

func TestEditingFromTheReviewKeepsProgressAndPlace(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts[0])
	page := ada.submit(ada.get("/review"), "grade", url.Values{"grade": {"3"}})
	page.want(t, "a card graded Hard", 200, "once more")
	history := len(must2(w.store.History(w.ctx(), ada.id, ids[0])))
	form := ada.get(fmt.Sprintf("/cards/%d?from=review&deck=0", ids[0]))
	page = ada.submit(form, "card-form", url.Values{"front": {"When did Apollo 11 start?\r\n<b>day</b> & month"}, "tags": {" space  moon "}})
	page.want(t, "back in the review", 200, "Saved.", "When did Apollo 11 start?\n&lt;b&gt;day&lt;/b&gt; &amp; month", "once more")
	c, err := w.store.Card(w.ctx(), ada.id, ids[0])
	w.must(err)
	if got := len(must2(w.store.History(w.ctx(), ada.id, ids[0]))); got != history || !c.Schedule.Seen {
		t.Errorf("editing changed the history from %d to %d events, the card stands at %+v", history, got, c.Schedule)
	}
	if fmt.Sprint(c.Tags) != "[space moon]" {
		t.Errorf("the tags are %q", c.Tags)
	}
	page = ada.submit(form, "card-form", url.Values{"front": {"  "}})
	page.want(t, "an empty question", http.StatusUnprocessableEntity, "A card needs a question.")
	checkHTML(t, "a card to be corrected", page.body)
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestDecksByFormsAlone(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	page := ada.submit(ada.get("/decks/new"), "create", url.Values{"name": {"  "}})
	page.want(t, "a deck without a name", 422, "Give the deck a name.")
	page = ada.submit(page, "create", url.Values{"name": {" Apollo   programme "}})
	page.want(t, "a new deck", 200, "Your deck is ready.", "Apollo programme")
	path := "/decks/" + idAfter(t, page.body, `action="/decks/`, `/decks/`)

	page = ada.get(path + "/cards/new")
	for i, f := range facts {
		page = ada.submit(page, "add-card", url.Values{"front": {f[0]}, "back": {f[1]}, "tags": {"space"}})
		page.want(t, fmt.Sprintf("card %d", i+1), 200, "Added.", `value="space"`)
	}
	again, form := formOf(t, page.body, "add-card")
	form.Set("front", "Twice?")
	form.Set("back", "Once")
	for range 2 {
		ada.post(again, form).want(t, "the same form twice", 303)
	}
	ada.get(path).want(t, "the deck", 200, "4 cards", "Thomas Stafford")
	ada.get(path+"?q=Twice").want(t, "search", 200, "1 card found")

	page = ada.submit(ada.get(path+"/settings"), "set-limits", url.Values{"own": {"1"}, "new": {"x"}})
	page.want(t, "a limit that is no number", 422, "A limit is a whole number from 0 to 9999.")
	page = ada.submit(page, "set-limits", url.Values{"new": {"2"}, "reviews": {"50"}}).want(t, "limits", 200, "Saved.")
	ada.get("/").want(t, "today with limits", 200, "2 new")
	page = ada.submit(page, "set-limits", url.Values{"paused": {"1"}}).want(t, "pause", 200, "Saved.")
	ada.get("/").want(t, "today with the deck paused", 200, "paused", "That is all for today.")
	action, form := formOf(t, page.body, "set-limits")
	form.Del("paused")
	ada.post(action, form).want(t, "go on", 303)

	if a := grace.get(path); a.status != 404 {
		t.Errorf("a deck that is not shared: another user gets %d", a.status)
	}
	ada.submit(ada.get(path+"/settings"), "share", nil).want(t, "share", 200, "Stop sharing")
	grace.get("/decks").want(t, "decks of another", 200, "Apollo programme", "of ada")
	grace.submit(grace.get(path), "enrol", nil).want(t, "enrol", 200, "You study this deck now.")
	gp := grace.submit(grace.get("/review"), "grade", url.Values{"grade": {"4"}})
	gp.want(t, "a review in a shared deck", 200, "Show answer")
	ada.get("/").want(t, "progress is one's own", 200, "2 new")
	for _, p := range []string{path + "/delete", path + "/share", path} {
		if a := grace.post(p, url.Values{"name": {"x"}}); a.status != 404 {
			t.Errorf("POST %s by someone who only studies the deck: %d, want 404", p, a.status)
		}
	}
	grace.submit(grace.get(path+"/settings"), "leave", nil).want(t, "leave", 200, "You no longer study this deck.")

	page = ada.submit(ada.get(path+"/settings"), "delete-deck", nil)
	page.want(t, "delete", 200, "The deck is in the trash.", "Put it back")
	if a := ada.get(path); a.status != 404 {
		t.Errorf("a deleted deck answers %d", a.status)
	}
	ada.submit(page, "put-back", nil).want(t, "put back", 200, "Apollo programme")
	ada.get(path).want(t, "the deck that was put back", 200, "Thomas Stafford")
}

// idAfter is the number that follows one of the texts.
func idAfter(t *testing.T, body string, texts ...string) string {
	t.Helper()
	for _, s := range texts {
		for rest := body; ; {
			_, after, ok := strings.Cut(rest, s)
			if !ok {
				break
			}
			end := 0
			for end < len(after) && after[end] >= '0' && after[end] <= '9' {
				end++
			}
			if end > 0 {
				return after[:end]
			}
			rest = after
		}
	}
	t.Fatalf("no number follows %q in:\n%s", texts, body)
	return ""
}

func TestAGradePostedAfterTheSignInEndedIsNotLost(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts...)
	page := ada.get("/review")
	action, form := formOf(t, page.body, "grade")
	form.Set("grade", "4")
	w.must(w.store.EndSessionByToken(w.ctx(), tokenHash(ada.cookies["recto"])))
	a := ada.post(action, form).want(t, "a grade without a sign-in", 303)
	login := ada.follow(a.location()).want(t, "the page it leads to", 200, "Your sign-in had ended. What you sent is kept")
	checkHTML(t, "sign in, with a form kept", login.body)
	ada.submit(login, "sign-in", url.Values{"name": {"ada"}, "password": {"a wrong password"}}).want(t, "a wrong password", 422, "What you sent is kept")
	page = ada.submit(login, "sign-in", url.Values{"name": {"ada"}, "password": {testPassword}})
	page.want(t, "after signing in", 200, "Show answer")
	events := 0
	for _, id := range ids {
		events += len(must2(w.store.History(w.ctx(), ada.id, id)))
	}
	if events != 1 {
		t.Errorf("the grade that was kept made %d reviews, want 1", events)
	}
}

func TestAKeptFormIsDoneForNobodyElse(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", facts...)
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	grace := w.join("grace")
	w.must(w.store.Enrol(w.ctx(), grace.id, deck, w.today(grace), w.now()))
	action, form := formOf(t, ada.get("/review").body, "grade")
	form.Set("grade", "4")
	delete(ada.cookies, "recto")
	a := ada.post(action, form)
	page := ada.submit(ada.follow(a.location()), "sign-in", url.Values{"name": {"grace"}, "password": {testPassword}})
	page.want(t, "another person signs in at the same browser", 200)
	for _, id := range ids {
		if n := len(must2(w.store.History(w.ctx(), grace.id, id))); n != 0 {
			t.Errorf("a form kept for Ada made %d reviews of Grace's", n)
		}
	}
	// It is gone now, also for Ada.
	delete(ada.cookies, "recto")
	ada.submit(ada.follow("/login"), "sign-in", url.Values{"name": {"ada"}, "password": {testPassword}})
	for _, id := range ids {
		if n := len(must2(w.store.History(w.ctx(), ada.id, id))); n != 0 {
			t.Errorf("a form that was kept and dropped made %d reviews", n)
		}
	}
}

func TestASignInGetsAFreshSession(t *testing.T) {
	w := newWorld(t)
	w.join("ada")
	c := w.stranger()
	c.cookies["recto"] = "planted-by-someone-else-0123456789abcdef"
	c.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "sign in", 303)
	first := c.cookies["recto"]
	if first == "planted-by-someone-else-0123456789abcdef" || first == "" {
		t.Fatalf("after signing in the session is %q", first)
	}
	c.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "sign in again", 303)
	if c.cookies["recto"] == first {
		t.Error("signing in again keeps the session")
	}
	old := w.stranger()
	old.cookies["recto"] = first
	if a := old.get("/decks"); a.status != 303 {
		t.Errorf("the session from before signing in again still answers %d", a.status)
	}
	if strings.Contains(w.dump(), c.cookies["recto"]) {
		t.Error("the session's token stands in the database as it is")
	}
	leaving := c.cookies["recto"]
	c.post("/logout", nil).want(t, "sign out", 303)
	old.cookies["recto"] = leaving
	if a := old.get("/decks"); a.status != 303 {
		t.Errorf("after signing out the session still answers %d", a.status)
	}
}

func TestSignInSaysTheSameForUnknownNames(t *testing.T) {
	w := newWorld(t)
	w.join("ada")
	known := w.stranger().post("/login", url.Values{"name": {"ada"}, "password": {"wrong password"}})
	unknown := w.stranger().post("/login", url.Values{"name": {"eve"}, "password": {"wrong password"}})
	if known.status != 422 || unknown.status != 422 || strings.ReplaceAll(known.body, "ada", "eve") != unknown.body {
		t.Errorf("a wrong password gives %d, an unknown name %d: %s", known.status, unknown.status, diff(known.body, unknown.body))
	}
	checkHTML(t, "sign in, refused", known.body)
}

func TestGuessingAPasswordIsThrottled(t *testing.T) {
	w := newWorld(t)
	w.join("ada")
	c := w.stranger()
	refused := 0
	for range 40 {
		a := c.post("/login", url.Values{"name": {"Ada"}, "password": {"wrong password"}})
		if a.status == http.StatusTooManyRequests {
			refused++
			if a.header.Get("Retry-After") == "" {
				t.Fatal("a throttled sign-in does not say when to come back")
			}
			checkHTML(t, "429", a.body)
		}
	}
	if refused != 35 {
		t.Errorf("%d of 40 guesses at once were refused unlooked, want 35: five are free, the sixth has to wait", refused)
	}
	a := c.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}})
	if a.status != http.StatusTooManyRequests {
		t.Errorf("the right password during the wait: %d, want 429", a.status)
	}
	w.wait(time.Hour)
	c.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "the right password after the wait", 303)
}

func TestSignUpAsTheServerAllows(t *testing.T) {
	form := func(name, invite string) url.Values {
		return url.Values{"name": {name}, "password": {testPassword}, "zone": {"UTC"}, "invite": {invite}}
	}
	t.Run("open", func(t *testing.T) {
		w := newWorld(t)
		tests := []struct {
			form url.Values
			says string
		}{
			{url.Values{}, "Choose a name."},
			{url.Values{"name": {"ada"}, "password": {"short"}}, "This password is too short"},
			{url.Values{"name": {"ada"}, "password": {testPassword}, "zone": {"Mars/Olympus"}}, "This time zone is not known."},
			{url.Values{"name": {"ada"}, "password": {testPassword}, "zone": {"Local"}}, "This time zone is not known."},
		}
		for _, test := range tests {
			a := w.stranger().post("/signup", test.form).want(t, "sign up", 422, test.says)
			checkHTML(t, "sign up, to be corrected", a.body)
		}
		w.stranger().post("/signup", form("ada", "")).want(t, "sign up", 303)
		w.stranger().post("/signup", form("ADA", "")).want(t, "the same name", 422, "This name is taken here.")
		w.stranger().post("/signup", form("grace", "")).want(t, "the second account", 303)
		for name, admin := range map[string]bool{"ada": true, "grace": false} {
			u, _, err := w.store.UserByName(w.ctx(), name)
			w.must(err)
			if u.Admin != admin {
				t.Errorf("%s is an administrator: %v, want %v", name, u.Admin, admin)
			}
		}
	})
	t.Run("closed", func(t *testing.T) {
		w := newWorld(t, func(o *Options) { o.Signup = store.SignupClosed })
		w.stranger().post("/signup", form("ada", "")).want(t, "the first account", 303)
		w.stranger().post("/signup", form("grace", "")).want(t, "the second", 403, "takes no new accounts")
		w.stranger().get("/signup").want(t, "the page", 403, "takes no new accounts")
		if a := w.stranger().get("/login"); strings.Contains(a.body, "/signup") {
			t.Error("the sign-in page of a closed server offers to make an account")
		}
	})
	t.Run("invite", func(t *testing.T) {
		w := newWorld(t, func(o *Options) { o.Signup = store.SignupInvite })
		w.stranger().post("/signup", form("ada", "")).want(t, "the first account", 303)
		w.stranger().get("/signup").want(t, "the page", 200, "Invitation")
		w.stranger().post("/signup", form("grace", "guess")).want(t, "a guessed invitation", 422, "This invitation is not known")
		if _, _, err := w.store.UserByName(w.ctx(), "grace"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after a guessed invitation, UserByName gives %v", err)
		}
	})
}

func TestStrangersHaveTheirTimeZoneChosen(t *testing.T) {
	w := newWorld(t)
	c := w.stranger()
	c.post("/signup", url.Values{"name": {"ada"}, "password": {testPassword}, "zone": {"Pacific/Auckland"}}).want(t, "sign up", 303)
	c.get("/").want(t, "today, where it is one in the night and the day before goes on", 200, "Tuesday 4 March")
	w.wait(4 * time.Hour)
	c.get("/").want(t, "today, where it is five in the morning already", 200, "Wednesday 5 March")
}
