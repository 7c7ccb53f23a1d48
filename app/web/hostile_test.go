package web

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"recto/store"
)

// speak sends bytes to the server as they are, and returns the statuses of what it
// answers until it closes the connection.
func (w *world) speak(said string) (statuses []int) {
	w.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	w.must(err)
	defer conn.Close()
	w.must(conn.SetDeadline(time.Now().Add(30 * time.Second)))
	_, err = conn.Write([]byte(said))
	w.must(err)
	for in := bufio.NewReader(conn); ; {
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			return statuses
		}
		_, err = io.Copy(io.Discard, resp.Body)
		w.must(errors.Join(err, resp.Body.Close()))
		statuses = append(statuses, resp.StatusCode)
	}
}

// A proxy that believes one length where the server believes the other would let a
// stranger put a request of his own before that of the next person.
func TestARequestThatSaysTwiceHowLongItIsIsRefused(t *testing.T) {
	w := newWorld(t)
	const hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
	for _, headers := range []string{
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
		"transfer-encoding: chunked\r\ncontent-length: 5\r\n",
	} {
		got := w.speak("POST /login HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n0\r\n\r\n" + hidden)
		if fmt.Sprint(got) != "[400]" {
			t.Errorf("%q is answered %v, want 400 and the end of the connection", headers, got)
		}
	}
	if got := w.speak("POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden); fmt.Sprint(got) != "[422 200]" {
		t.Errorf("a request in chunks and one after it are answered %v, want 422 and 200", got)
	}
}

func TestAMethodThatNobodyKnowsGetsTheHeadersToo(t *testing.T) {
	w := newWorld(t)
	for _, method := range []string{"FOO", "PROPFIND", "get"} {
		a := w.stranger().do(method, "/", "", nil)
		if a.status != http.StatusBadRequest || a.header.Get("Content-Security-Policy") != contentPolicy || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s is answered %d with %v", method, a.status, a.header)
		}
	}
}

func TestWhoSendsTooMuchIsTold(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	for range 5 {
		ada.post("/decks", url.Values{"name": {strings.Repeat("x", 8*maxBody)}}).want(t, "8 MB for a name", 413, "larger than Recto takes at once")
	}
}

func TestWhatCannotBeKeptIsSaidToBeDoneAgain(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Apollo", facts...)
	delete(ada.cookies, "recto")
	a := ada.post(fmt.Sprintf("/decks/%d/share", deck), url.Values{"shared": {"1"}, "as": {fmt.Sprint(ada.id)}})
	page := ada.follow(a.location()).want(t, "sharing a deck without a sign-in", 200, "Sign in, then do it again.")
	checkHTML(t, "sign in, with a form not kept", page.body)

	long := strings.Repeat("The Eiffel Tower was opened on 31 March 1889. ", 40000) // 1.8 MB, less than an article may have
	a = ada.post("/articles", url.Values{"text": {long}, "as": {fmt.Sprint(ada.id)}})
	ada.follow(a.location()).want(t, "a long article without a sign-in", 200, "What you sent is kept")
	a = ada.post("/logout", nil)
	if strings.Contains(ada.follow(a.location()).body, "do it again") {
		t.Error("who signs out twice is told to do it again")
	}
}

func TestACardThatWentInMidReviewIsExplained(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, ids := ada.deck("Apollo", facts...)
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	w.must(w.store.Enrol(w.ctx(), grace.id, deck, w.today(grace), w.now()))
	action, form := formOf(t, grace.get("/review").body, "grade")
	form.Set("grade", "4")
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, false))
	grace.post(action, form).want(t, "a grade after the deck was taken back", 404, "No longer here", `href="/review"`)
	form.Set("from", "review")
	for _, act := range []string{"suspend", "bury"} {
		grace.post(fmt.Sprintf("/cards/%d/%s", ids[0], act), form).want(t, act, 404, "No longer here")
	}
}

func TestMistypedSignUpsAreNoAccounts(t *testing.T) {
	w := newWorld(t)
	c := w.stranger()
	for range 30 {
		c.post("/signup", url.Values{"name": {"ada"}, "password": {"short"}, "zone": {"UTC"}}).want(t, "a password that is too short", 422)
	}
	c.post("/signup", url.Values{"name": {"ada"}, "password": {testPassword}, "zone": {"UTC"}}).want(t, "at last a good one", 303)
}

func TestNamesThatCannotBeSeenAreNone(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Apollo")
	for _, blank := range []string{"\u200b", "\u00a0\u2003", "\u202e\u2066", "\ufeff"} {
		ada.post("/decks", url.Values{"name": {blank}}).want(t, fmt.Sprintf("a deck named %q", blank), 422, "Give the deck a name.")
		form := url.Values{"front": {blank}, "back": {"x"}, "key": {newKey()}}
		ada.post(fmt.Sprintf("/decks/%d/cards", deck), form).want(t, fmt.Sprintf("a question %q", blank), 422, "A card needs a question.")
	}
	ada.post("/decks", url.Values{"name": {"😀"}}).want(t, "a deck named by a picture", 303)
}

func TestSearchFindsEveryWordInAnyOrder(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Apollo", [2]string{"When was Apollo 11 launched?", "16 July 1969"}, [2]string{"100% of what?", "under_score"})
	for query, want := range map[string]int{"  apollo ": 1, "1969 launched": 1, "launched 1970": 0, "%": 1, "_": 1, "  ": 2, strings.Repeat("July ", 1500): 1} {
		_, total, err := w.store.DeckCards(w.ctx(), ada.id, deck, query, 0, 10)
		w.must(err)
		if total != want {
			t.Errorf("%.20q finds %d cards, want %d", query, total, want)
		}
	}
	ada.get(fmt.Sprintf("/decks/%d?q=+1969+apollo+", deck)).want(t, "a search with spaces around it", 200, "16 July 1969")
}

func TestAPausedDeckSaysThatItIs(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Apollo", facts...)
	w.must(w.store.SetEnrolment(w.ctx(), ada.id, deck, store.Enrolment{Paused: true}))
	ada.get(fmt.Sprintf("/review?deck=%d", deck)).want(t, "the review of a paused deck", 200, "This deck is paused.")
}

func TestAFullDiskAndALockedDatabaseAreSaid(t *testing.T) {
	for err, want := range map[error]string{store.ErrDisk: "disk is full", store.ErrBusy: "try again in a moment"} {
		r := refusalOf(fmt.Errorf("store: grade card 3: %w", err))
		if r.status != http.StatusServiceUnavailable || r.wait == 0 || !strings.Contains(r.sentence, want) {
			t.Errorf("%v is answered %d: %q", err, r.status, r.sentence)
		}
	}
}

func TestAPageAfterTheLastCardIsTheLastPage(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Apollo", facts...)
	empty, _ := ada.deck("Nothing")
	for _, d := range []store.DeckID{deck, empty} {
		a := ada.get(fmt.Sprintf("/decks/%d?from=500&q=apollo", d)).want(t, "a page after the last card", 303)
		ada.follow(a.location()).want(t, "where it leads", 200)
		if want := fmt.Sprintf("/decks/%d?from=0&q=apollo", d); a.location() != want {
			t.Errorf("it leads to %s, want %s", a.location(), want)
		}
	}
}

func TestSavingNothingNewIsSaid(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	path := ada.pasteBridge()
	for _, want := range []string{"added to", "Nothing to add: every card you keep is in a deck already."} {
		page := ada.get(path)
		ada.submit(page, "save", nil).want(t, "saving the desk", 200, want)
	}
}

// What was graded before the day turned is taken back after it as it was, also in
// another zone.
func TestUndoAcrossTheTurnOfTheDay(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, ids := ada.deck("Apollo", facts...)
	before := must2(w.store.Card(w.ctx(), ada.id, ids[0])).Schedule
	action, form := formOf(t, ada.get("/review").body, "grade")
	form.Set("grade", "4")
	ada.post(action, form).want(t, "a grade", 303)
	settings := w.user(ada).Settings
	settings.Zone, settings.Rollover = "Pacific/Kiritimati", 0
	w.must(w.store.SetSettings(w.ctx(), ada.id, settings))
	w.wait(26 * time.Hour)
	settings.Zone = "Pacific/Pago_Pago"
	w.must(w.store.SetSettings(w.ctx(), ada.id, settings))
	ada.post("/review/undo", url.Values{"key": {newKey()}}).want(t, "undo", 303)
	if after := must2(w.store.Card(w.ctx(), ada.id, ids[0])).Schedule; after != before {
		t.Errorf("after the undo the schedule is %+v, want %+v", after, before)
	}
}

func TestNamesThatLookAlikeBySpacesAreRefused(t *testing.T) {
	for _, name := range []string{"ada ", " ada", "a  da", "   ", "a\tda", "ada\u00a0"} {
		if CheckName(name) == "" {
			t.Errorf("%q may be a name", name)
		}
	}
	if s := CheckName("Ada Lovelace"); s != "" {
		t.Errorf("Ada Lovelace may not be a name: %s", s)
	}
}

func TestALongPasswordInAnyAlphabetIsTaken(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("пароль ", 30) + "и ещё" // 215 characters, 389 bytes
	w.stranger().post("/signup", url.Values{"name": {"ada"}, "password": {long}, "zone": {"UTC"}}).want(t, "sign up", 303)
	w.stranger().post("/login", url.Values{"name": {"ada"}, "password": {long}}).want(t, "sign in", 303)
	if CheckNewPassword("ada", strings.Repeat("xy", maxPassword)) == "" {
		t.Error("a password of 512 characters is taken")
	}
}
