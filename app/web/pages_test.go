package web

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"recto/store"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// What differs from run to run is taken out of golden pages: keys and hashes.
var changing = []struct {
	pattern *regexp.Regexp
	stands  string
}{
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`), "KEY"},
	{regexp.MustCompile(`/static/([a-z]+)\.[0-9a-f]{10}\.`), "/static/$1.HASH."},
	{regexp.MustCompile(`(Reference <span class="num">)[0-9a-f]{8}`), "${1}REFERENCE"},
}

// golden compares a page with testdata/name.html, and checks it.
func golden(t *testing.T, name string, a answer) {
	t.Helper()
	checkHTML(t, name, a.body)
	got := a.body
	for _, c := range changing {
		got = c.pattern.ReplaceAllString(got, c.stands)
	}
	file := filepath.Join("testdata", name+".html")
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s differs from %s (go test -update writes it anew): %s", name, file, diff(string(want), got))
	}
}

// facts are the cards of the tests' deck.
var facts = [][2]string{
	{"When was Apollo 11 launched?", "16 July 1969"},
	{"Which rocket launched Apollo 11?", "Saturn V"},
	{"Who commanded Apollo 10?", "Thomas Stafford"},
}

func TestPagesEmpty(t *testing.T) {
	w := newWorld(t)
	golden(t, "signup-first", w.stranger().get("/signup").want(t, "sign-up", 200))
	ada := w.join("ada")
	golden(t, "signup", w.stranger().get("/signup").want(t, "sign-up", 200))
	golden(t, "signin", w.stranger().get("/login").want(t, "sign-in", 200))
	golden(t, "today-empty", ada.get("/").want(t, "today", 200, "Nothing to study yet."))
	golden(t, "decks-empty", ada.get("/decks").want(t, "decks", 200))
	golden(t, "done-empty", ada.get("/review").want(t, "review", 200))
	golden(t, "trash-empty", ada.get("/trash").want(t, "trash", 200, "The trash is empty."))
	golden(t, "newdeck", ada.get("/decks/new").want(t, "new deck", 200))
	deck, _ := ada.deck("Apollo programme")
	golden(t, "deck-empty", ada.get(fmt.Sprintf("/decks/%d", deck)).want(t, "deck", 200, "No cards here yet."))
	golden(t, "newcard", ada.get(fmt.Sprintf("/decks/%d/cards/new", deck)).want(t, "new card", 200))
}

func TestPagesFull(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, ids := ada.deck("Apollo programme", facts...)
	other, gone := grace.deck("Rivers of Europe", [2]string{"Which river flows through Rome?", "The Tiber"}, [2]string{"gone", "gone"})
	_, err := w.store.DeleteCard(w.ctx(), grace.id, gone[1], w.now())
	w.must(err)
	w.must(w.store.ShareDeck(w.ctx(), grace.id, other, true))
	golden(t, "today", ada.get("/").want(t, "today", 200, "3", "Start review"))
	golden(t, "decks", ada.get("/decks").want(t, "decks", 200, "Rivers of Europe"))
	golden(t, "deck", ada.get(fmt.Sprintf("/decks/%d", deck)).want(t, "deck", 200))
	golden(t, "deck-search", ada.get(fmt.Sprintf("/decks/%d?q=saturn", deck)).want(t, "search", 200, "Saturn V"))
	golden(t, "deck-search-nothing", ada.get(fmt.Sprintf("/decks/%d?q=nothing", deck)).want(t, "search", 200, "No card here contains “nothing”."))
	golden(t, "deck-shared", ada.get(fmt.Sprintf("/decks/%d", other)).want(t, "a deck of another", 200, "Study this deck"))
	golden(t, "decksettings", ada.get(fmt.Sprintf("/decks/%d/settings", deck)).want(t, "deck settings", 200))
	golden(t, "card-new", ada.get(fmt.Sprintf("/cards/%d", ids[0])).want(t, "card", 200))
	golden(t, "trash", grace.get("/trash").want(t, "trash", 200, "gone"))

	golden(t, "review", ada.get("/review").want(t, "review", 200, "Show answer"))
	golden(t, "review-shown", ada.get(shown(t, ada.get("/review"))).want(t, "review, shown", 200))
	w.must(w.store.SetSettings(w.ctx(), ada.id, six(w.user(ada).Settings)))
	golden(t, "review-six", ada.get(shown(t, ada.get("/review"))).want(t, "review, six grades", 200, "0 Blank"))
	w.must(w.store.SetSettings(w.ctx(), ada.id, store.Settings{Zone: "UTC", Rollover: 4, NewPerDay: 10, ReviewsPerDay: 200, Grades: 4, MaxInterval: 36500, DrillBelow: 4, Theme: "dark"}))
	for range facts {
		page := ada.get("/review")
		w.wait(7 * time.Second)
		ada.submit(page, "grade", url.Values{"grade": {"4"}})
	}
	golden(t, "done", ada.get("/review").want(t, "done", 200, "That is all for today."))
	golden(t, "today-done", ada.get("/").want(t, "today", 200, "That is all for today."))
	golden(t, "card", ada.get(fmt.Sprintf("/cards/%d?from=review", ids[0])).want(t, "card", 200, "Why this date?", "History"))
	golden(t, "deck-done", ada.get(fmt.Sprintf("/decks/%d", deck)).want(t, "deck", 200, "tomorrow"))
}

func six(s store.Settings) store.Settings {
	s.Grades = 6
	return s
}

// shown is the address of the answer to the question on a page.
func shown(t *testing.T, page answer) string {
	t.Helper()
	m := regexp.MustCompile(`href="(/review\?show=1[^"]*)"`).FindStringSubmatch(page.body)
	if m == nil {
		t.Fatalf("the page has no way to the answer:\n%s", page.body)
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

func TestPagesOfFailure(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	golden(t, "failure-404", ada.get("/nowhere").want(t, "no such page", http.StatusNotFound, "There is no such page, or it is not yours."))
	golden(t, "failure-404-deck", ada.get("/decks/999").want(t, "no such deck", http.StatusNotFound, "There is no such page, or it is not yours."))
	for _, path := range []string{"/decks/0", "/decks/-1", "/decks/x", "/decks/99999999999999999999", "/cards/1%20or%201=1", "/cards/%00", "/review/../decks/1", "/decks/1/cards", "//decks"} {
		if a := ada.get(path); a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			t.Errorf("GET %s: status %d, want 404", path, a.status)
		}
	}
	checkHTML(t, "405", ada.do("DELETE", "/decks", "", nil).want(t, "DELETE", http.StatusMethodNotAllowed, "cannot be used in that way").body)
	ada.headers["Sec-Fetch-Site"] = "cross-site"
	checkHTML(t, "403", ada.post("/decks", nil).want(t, "another site", http.StatusForbidden, "came from another site").body)
	delete(ada.headers, "Sec-Fetch-Site")
	big := url.Values{"name": {strings.Repeat("x", maxBody+1)}}
	checkHTML(t, "413", ada.post("/decks", big).want(t, "too large", http.StatusRequestEntityTooLarge, "larger than Recto takes").body)
	checkHTML(t, "400", ada.post("/review/1", url.Values{"grade": {"9"}, "key": {newKey()}}).want(t, "no such grade", http.StatusBadRequest, "could not be read").body)
	if a := ada.get("/review?" + strings.Repeat("x", 20000)); a.status < 400 || a.status >= 500 {
		t.Errorf("a very long address: status %d, want 4xx", a.status)
	}
}

func TestWhatGoesWrongHereIsSaidWithoutItsText(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	w.must(w.store.Close())
	a := ada.get("/decks").want(t, "a closed database", http.StatusInternalServerError, "Something went wrong here. Nothing you graded is lost.")
	checkHTML(t, "500", a.body)
	for _, leak := range []string{"sql", "closed", "store", "goroutine"} {
		if strings.Contains(strings.ToLower(a.body), leak) {
			t.Errorf("the page of an error says %q:\n%s", leak, a.body)
		}
	}
	reference := regexp.MustCompile(`Reference <span class="num">([0-9a-f]{8})`).FindStringSubmatch(a.body)
	if reference == nil || !strings.Contains(w.log.String(), reference[1]) {
		t.Errorf("the page's reference %q is not in the log:\n%s", reference, w.log)
	}
	w.stranger().get("/healthz").want(t, "healthz of a closed database", http.StatusServiceUnavailable)
}

func TestAPanicIsAnErrorOfOneRequestAlone(t *testing.T) {
	routes = append(routes, route{method: get, path: "/panic", access: open, handle: func(*server, *request) (reply, error) { panic("on purpose") }})
	defer func() { routes = routes[:len(routes)-1] }()
	w := newWorld(t)
	a := w.stranger().get("/panic").want(t, "a panic", http.StatusInternalServerError, "Something went wrong here.")
	if strings.Contains(a.body, "on purpose") || !strings.Contains(w.log.String(), "on purpose") {
		t.Error("the text of a panic belongs into the log, and not on the page")
	}
	w.stranger().get("/healthz").want(t, "the next request", http.StatusOK)
}
