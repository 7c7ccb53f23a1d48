package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/store"
	"recto/views"
)

// secret stands in everything that Ada has, so that a page of hers is known by it.
const secret = "xyzzy"

// fixture is one request to a route, for something of Ada's.
type fixture struct {
	path  string
	form  url.Values
	other int // status that another user gets; 0 means 404
}

// article gives ada an article with one proposed card, past the pages.
func (c *client) article(text string) (store.ArticleID, string) {
	c.w.t.Helper()
	w := c.w
	whole := cards.Span{Start: 0, End: len(text)}
	answer := cards.Span{Start: strings.Index(text, "1956"), End: strings.Index(text, "1956") + 4}
	a := cards.Article{Title: secret + " article", Language: "en", Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: whole}}}
	fact := cards.Fact{ID: fmt.Sprintf("fact-%d", c.id), Kind: cards.DateFact, Text: "1956", Value: "1956", Span: answer, Sentence: whole}
	p := cards.Proposal{ID: fmt.Sprintf("proposal-%d", c.id), FactID: fact.ID, Kind: cards.DateFact, Family: "when", Front: "When did " + secret + " begin?", Back: "1956",
		Answer: cards.Answer{Text: "1956", Value: "1956"}, Source: answer, Sentence: whole, Confidence: 0.9, Default: true}
	id, err := w.store.AddArticle(w.ctx(), c.id, a, []cards.Entry{{Fact: fact, Proposals: []string{p.ID}}}, []cards.Proposal{p}, w.now())
	w.must(err)
	return id, p.ID
}

// longJob posts a long text without a single fact, waits until it is done, and
// returns the page that says so.
func (c *client) longJob() string {
	c.w.t.Helper()
	text := secret + ". " + strings.Repeat("They walk along and talk, and then they walk on and talk again. ", longText/60)
	a := c.post("/articles", url.Values{"text": {text}}).want(c.w.t, "a long text", http.StatusSeeOther)
	for range 2000 {
		if page := c.get(a.location()); !strings.Contains(page.body, "data-job") {
			return a.location()
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.w.t.Fatal("a long text is never done")
	return ""
}

// fixtures has one line for every route. A route without one fails the tests.
func fixtures(w *world, ada *client) map[string]fixture {
	deck, ids := ada.deck(secret+" deck", [2]string{secret + " front", secret + " back"}, [2]string{secret + " second", "back"})
	_, gone := ada.deck(secret+" other", [2]string{secret + " gone", "back"})
	item, err := w.store.DeleteCard(w.ctx(), ada.id, gone[0], w.now())
	w.must(err)
	card, name, key := ids[0], views.Asset("style.css"), newKey()
	article, proposal := ada.article(secret + " began in 1956.")
	job := ada.longJob()
	signIns, err := w.store.Sessions(w.ctx(), ada.id, nil)
	w.must(err)
	as := fmt.Sprint(ada.id)
	with := func(pairs ...string) url.Values {
		v := url.Values{"as": {as}, "key": {key}}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	at := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	all := map[string]fixture{
		"GET /healthz":      {path: "/healthz", other: 200},
		"GET /static/:name": {path: name, other: 200},
		"GET /signup":       {path: "/signup", other: 303},
		"POST /signup":      {path: "/signup", form: with(), other: 422},
		"GET /login":        {path: "/login", other: 303},
		"POST /login":       {path: "/login", form: with(), other: 422},
		"POST /logout":      {path: "/logout", form: with(), other: 303},

		"GET /":              {path: "/", other: 200},
		"GET /review":        {path: "/review", other: 200},
		"POST /review/undo":  {path: "/review/undo", form: with(), other: 303},
		"POST /review/more":  {path: "/review/more", form: with(), other: 303},
		"POST /review/:card": {path: at("/review/%d", card), form: with("grade", "4", "version", "0")},

		"GET /decks":                 {path: "/decks", other: 200},
		"POST /decks":                {path: "/decks", form: with("name", "Mine"), other: 303},
		"GET /decks/new":             {path: "/decks/new", other: 200},
		"GET /decks/:deck":           {path: at("/decks/%d", deck)},
		"POST /decks/:deck":          {path: at("/decks/%d", deck), form: with("name", "Taken over")},
		"GET /decks/:deck/settings":  {path: at("/decks/%d/settings", deck)},
		"POST /decks/:deck/limits":   {path: at("/decks/%d/limits", deck), form: with("own", "1", "new", "1", "reviews", "1")},
		"POST /decks/:deck/share":    {path: at("/decks/%d/share", deck), form: with("shared", "1")},
		"POST /decks/:deck/enrol":    {path: at("/decks/%d/enrol", deck), form: with()},
		"POST /decks/:deck/leave":    {path: at("/decks/%d/leave", deck), form: with()},
		"POST /decks/:deck/delete":   {path: at("/decks/%d/delete", deck), form: with()},
		"GET /decks/:deck/cards/new": {path: at("/decks/%d/cards/new", deck)},
		"POST /decks/:deck/cards":    {path: at("/decks/%d/cards", deck), form: with("front", "f", "back", "b")},

		"GET /cards/:card":            {path: at("/cards/%d", card)},
		"POST /cards/:card":           {path: at("/cards/%d", card), form: with("front", "f", "back", "b")},
		"POST /cards/:card/suspend":   {path: at("/cards/%d/suspend", card), form: with("suspended", "1")},
		"POST /cards/:card/typed":     {path: at("/cards/%d/typed", card), form: with("typed", "yes")},
		"POST /cards/:card/accept":    {path: at("/cards/%d/accept?given=0123456789abcdef", card), form: with()},
		"GET /leeches":                {path: "/leeches", other: 200},
		"GET /cards/:card/help":       {path: at("/cards/%d/help", card)},
		"POST /cards/:card/help":      {path: at("/cards/%d/help", card), form: with("do", "leave")},
		"POST /cards/:card/help/undo": {path: at("/cards/%d/help/undo?act=1", card), form: with()},
		"POST /cards/:card/drill":     {path: at("/cards/%d/drill", card), form: with("other", "1")},
		"POST /decks/:deck/typed":     {path: at("/decks/%d/typed", deck), form: with("typed", "1")},
		"POST /cards/:card/bury":      {path: at("/cards/%d/bury", card), form: with()},
		"POST /cards/:card/delete":    {path: at("/cards/%d/delete", card), form: with()},

		"GET /articles":                               {path: "/articles", other: 200},
		"POST /articles":                              {path: "/articles", form: with("text", "The bridge was opened on 12 May 1931 by the mayor of the town."), other: 303},
		"GET /articles/new":                           {path: "/articles/new", other: 200},
		"GET /articles/kept":                          {path: "/articles/kept", other: 200},
		"GET /articles/jobs/:job":                     {path: job},
		"POST /articles/jobs/:job/cancel":             {path: job + "/cancel", form: with()},
		"GET /articles/:article":                      {path: at("/articles/%d", article)},
		"GET /articles/:article/facts":                {path: at("/articles/%d/facts", article)},
		"POST /articles/:article/cards":               {path: at("/articles/%d/cards", article), form: with("shown", proposal, "keep", proposal)},
		"POST /articles/:article/proposals/:proposal": {path: at("/articles/%d/proposals/%s", article, proposal), form: with("verdict", "keep")},
		"POST /articles/:article/delete":              {path: at("/articles/%d/delete", article), form: with()},

		"GET /settings":                      {path: "/settings", other: 200},
		"POST /settings":                     {path: "/settings", form: with("new", "5", "reviews", "50", "zone", "UTC", "rollover", "4", "theme", "dark", "grades", "4"), other: 303},
		"POST /settings/password":            {path: "/settings/password", form: with("current", "not the password", "password", "another long secret"), other: 422},
		"POST /settings/signins/:signin/end": {path: at("/settings/signins/%d/end", signIns[0].ID), form: with()},
		"GET /settings/export":               {path: "/settings/export", other: 200},
		"POST /settings/delete":              {path: "/settings/delete", form: with("password", "not the password"), other: 422},
		"GET /settings/people":               {path: "/settings/people"},
		"POST /settings/invitations":         {path: "/settings/invitations", form: with("uses", "1", "days", "7")},

		"GET /trash":                {path: "/trash", other: 200},
		"POST /trash/:item/restore": {path: at("/trash/%d/restore", item), form: with()},
	}
	for _, area := range areaFixtures {
		maps.Copy(all, area(w, ada, with))
	}
	return all
}

// areaFixtures make the fixtures of the routes that stand in files of their own. With
// makes a form of ada's out of pairs of names and values.
var areaFixtures = []func(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture{timelineFixtures, statsFixtures, importFixtures, editorFixtures, articleFixtures, quizFixtures, browseFixtures, planFixtures}

// eachRoute calls check with every route and its fixture.
func eachRoute(t *testing.T, all map[string]fixture, check func(t *testing.T, r route, f fixture)) {
	t.Helper()
	for _, r := range routes {
		name := r.method + " " + r.path
		f, ok := all[name]
		if !ok {
			t.Errorf("route %s has no fixture: nothing shows who may use it", name)
			continue
		}
		t.Run(name, func(t *testing.T) { check(t, r, f) })
	}
}

func (f fixture) send(c *client, method string) answer {
	c.w.t.Helper()
	if method == get {
		return c.get(f.path)
	}
	return c.post(f.path, f.form)
}

func TestStrangersAreSentToSignInAndChangeNothing(t *testing.T) {
	w := newWorld(t)
	all := fixtures(w, w.join("ada"))
	before := w.dump()
	eachRoute(t, all, func(t *testing.T, r route, f fixture) {
		a := f.send(w.stranger(), r.method)
		if r.access >= user && (a.status != http.StatusSeeOther || !strings.HasPrefix(a.location(), "/login")) {
			t.Errorf("a stranger gets %d %s, want 303 to /login", a.status, a.location())
		}
		if r.access < user && a.status >= 500 {
			t.Errorf("a stranger gets %d", a.status)
		}
		if strings.Contains(a.body, secret) {
			t.Errorf("a stranger is shown something of Ada's:\n%s", a.body)
		}
		if now := w.dump(); now != before {
			t.Errorf("a stranger changed the database: %s", diff(before, now))
		}
	})
}

func TestAnotherUserGetsNothingAndChangesNothing(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	all := fixtures(w, ada)
	grace := w.join("grace") // the second account: no administrator
	before := w.dump()
	eachRoute(t, all, func(t *testing.T, r route, f fixture) {
		grace.signIn() // signing out is one of the routes
		hers := export(w, ada)
		if strings.Contains(r.path, ":") {
			before = w.dump()
		}
		want := f.other
		if want == 0 || r.access == admin {
			want = http.StatusNotFound
		}
		a := f.send(grace, r.method)
		if a.status != want {
			t.Errorf("another user gets %d %s, want %d\n%s", a.status, a.location(), want, a.body)
		}
		if strings.Contains(a.body, secret) {
			t.Errorf("another user is shown something of Ada's:\n%s", a.body)
		}
		if now := w.dump(); strings.Contains(r.path, ":") && now != before {
			t.Errorf("another user changed the database: %s", diff(before, now))
		}
		if now := export(w, ada); now != hers {
			t.Errorf("another user changed something of Ada's: %s", diff(hers, now))
		}
	})
}

func export(w *world, c *client) string {
	w.t.Helper()
	var b bytes.Buffer
	w.must(w.store.Export(w.ctx(), c.id, &b))
	return b.String()
}

func TestEveryPageOfTheOwnerAnswers(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	eachRoute(t, fixtures(w, ada), func(t *testing.T, r route, f fixture) {
		if r.method != get || r.access < user {
			return
		}
		before := w.dump()
		a := ada.get(f.path)
		if a.status != http.StatusOK {
			t.Errorf("the owner gets %d %s\n%s", a.status, a.location(), a.body)
		}
		if now := w.dump(); now != before {
			t.Errorf("a GET changed the database: %s", diff(before, now))
		}
	})
}

func TestNoFormOfAnotherSiteIsTaken(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	all := fixtures(w, ada)
	before := w.dump()
	kinds := []struct {
		what    string
		headers map[string]string
	}{
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}},
		{"a sister host", map[string]string{"Sec-Fetch-Site": "same-site"}},
		{"another site in an old browser", map[string]string{"Origin": "https://evil.example"}},
		{"a page without origin in an old browser", map[string]string{"Origin": "null"}},
	}
	eachRoute(t, all, func(t *testing.T, r route, f fixture) {
		if r.method == get {
			return
		}
		for _, k := range kinds {
			ada.headers = k.headers
			if a := ada.post(f.path, f.form); a.status != http.StatusForbidden {
				t.Errorf("a form of %s gets %d %s, want 403", k.what, a.status, a.location())
			}
			if now := w.dump(); now != before {
				t.Errorf("a form of %s changed the database: %s", k.what, diff(before, now))
			}
		}
	})
}

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	all := fixtures(w, ada)
	check := func(t *testing.T, what string, a answer, static bool) {
		t.Helper()
		for _, h := range securityHeaders(false) {
			if got := a.header.Values(h[0]); len(got) != 1 || got[0] != h[1] {
				t.Errorf("%s: %s is %q, want %q", what, h[0], got, h[1])
			}
		}
		if cache := a.header.Get("Cache-Control"); !static && cache != "no-store" {
			t.Errorf("%s: Cache-Control is %q, want no-store", what, cache)
		}
		if s := a.header.Get("Server"); s != "" {
			t.Errorf("%s: the server names itself: %q", what, s)
		}
	}
	eachRoute(t, all, func(t *testing.T, r route, f fixture) {
		check(t, "a stranger", f.send(w.stranger(), r.method), r.cached)
		ada.signIn()
		check(t, "the owner", f.send(ada, r.method), r.cached)
	})
	ada.signIn()
	check(t, "a page that is not", ada.get("/nowhere"), false)
	check(t, "a method that is not", ada.do("DELETE", "/decks", "", nil), false)
	ada.headers["Origin"] = "https://evil.example"
	check(t, "a form of another site", ada.post("/decks", nil), false)
	delete(ada.headers, "Origin")
	check(t, "too large a body", ada.post("/decks", url.Values{"name": {strings.Repeat("x", maxBody+1)}}), false)
}

func TestCookiesAreForThisServerAlone(t *testing.T) {
	for _, secure := range []bool{false, true} {
		w := newWorld(t, func(o *Options) { o.Secure = secure })
		w.join("ada")
		c := w.stranger()
		a := c.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "sign in", 303)
		want := []string{"HttpOnly", "SameSite=Lax", "path=/"}
		name := "recto="
		if secure {
			name, want = "__Host-recto=", append(want, "secure")
			if a.header.Get("Strict-Transport-Security") == "" {
				t.Error("behind TLS, Strict-Transport-Security is not set")
			}
		}
		found := false
		for _, line := range a.header.Values("Set-Cookie") {
			if !strings.HasPrefix(line, name) {
				continue
			}
			found = true
			for _, part := range want {
				if !strings.Contains(strings.ToLower(line), strings.ToLower(part)) {
					t.Errorf("secure %v: the session's cookie is %q, without %s", secure, line, part)
				}
			}
			if strings.Contains(strings.ToLower(line), "domain=") {
				t.Errorf("the session's cookie is for a domain: %q", line)
			}
			if token := strings.TrimPrefix(strings.SplitN(line, ";", 2)[0], name); len(token) < 22 {
				t.Errorf("the session's token %q has fewer than 128 bits", token)
			}
		}
		if !found {
			t.Errorf("secure %v: signing in sets no cookie %s: %q", secure, name, a.header.Values("Set-Cookie"))
		}
	}
}

func TestOnlyTheFieldsOfAFormAreRead(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	hers, _ := grace.deck("Hers", [2]string{"front", "back"})
	mine, own := ada.deck("Mine", [2]string{"front", "back"})
	form := url.Values{}
	for _, name := range []string{"id", "ID", "user", "user_id", "UserID", "owner", "owner_id", "deck_id", "note_id", "card_id", "admin", "Admin",
		"is_admin", "shared", "created", "repetitions", "e_factor", "interval", "due", "lapses", "seen", "suspended", "password_hash", "guid", "version"} {
		form.Set(name, fmt.Sprint(grace.id))
	}
	form.Set("name", "Renamed")
	form.Set("front", "new front")
	form.Set("back", "new back")
	form.Set("key", newKey())
	before := export(w, grace)
	ada.post(fmt.Sprintf("/decks/%d", mine), form).want(t, "rename", 303)
	ada.post(fmt.Sprintf("/cards/%d", own[0]), form).want(t, "edit", 303)
	ada.post(fmt.Sprintf("/decks/%d/cards", mine), form).want(t, "add", 303)
	ada.post("/decks", url.Values{"name": {"Another"}, "owner": {fmt.Sprint(grace.id)}, "id": {fmt.Sprint(hers)}}).want(t, "create", 303)
	if now := export(w, grace); now != before {
		t.Errorf("forms with every column's name changed something of another user: %s", diff(before, now))
	}
	c, err := w.store.Card(w.ctx(), ada.id, own[0])
	w.must(err)
	if c.Schedule != cards.NewSchedule(c.Schedule.Due) {
		t.Errorf("editing a card with every column's name changed its schedule: %+v", c.Schedule)
	}
	d, err := w.store.Deck(w.ctx(), ada.id, mine, w.today(ada))
	w.must(err)
	if d.Shared || !d.Mine || d.Name != "Renamed" {
		t.Errorf("renaming with every column's name made %+v", d)
	}
	stranger := w.stranger()
	form.Set("name", "mallory")
	form.Set("password", testPassword)
	form.Set("zone", "UTC")
	stranger.post("/signup", form).want(t, "sign up", 303)
	u, _, err := w.store.UserByName(w.ctx(), "mallory")
	w.must(err)
	if u.Admin {
		t.Error("signing up with every column's name made an administrator")
	}
}
