package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"recto/store"
)

func TestSettingsByFormsAlone(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo", facts...)
	page := ada.get("/settings").want(t, "settings", 200, "New cards a day")
	checkHTML(t, "settings", page.body)
	change := url.Values{"new": {"2"}, "reviews": {"30"}, "zone": {"Asia/Tokyo"}, "rollover": {"0"}, "grades": {"6"}, "drill": {"failed"}, "theme": {"dark"}}
	page = ada.submit(page, "save-settings", change).want(t, "saved", 200, "Saved.", `data-theme="dark"`)
	own := w.user(ada).Settings
	want := store.Settings{Zone: "Asia/Tokyo", Rollover: 0, NewPerDay: 2, ReviewsPerDay: 30, Grades: 6, DrillBelow: 3, Theme: "dark", MaxInterval: own.MaxInterval}
	want.Siblings = own.Siblings
	if own != want {
		t.Errorf("the settings are %+v, want %+v", own, want)
	}
	ada.get("/").want(t, "today", 200, "2 new")
	for field, value := range map[string]string{"new": "-1", "reviews": "many", "zone": "Mars/Olympus"} {
		bad := url.Values{}
		for k, v := range change {
			bad[k] = v
		}
		bad.Set(field, value)
		a := ada.submit(page, "save-settings", bad).want(t, field+" "+value, 422, `aria-invalid="true"`)
		checkHTML(t, "settings to be corrected", a.body)
	}
	if now := w.user(ada).Settings; now != own {
		t.Errorf("settings that were refused changed something: %+v", now)
	}
}

func TestANewPasswordEndsAllOtherSignIns(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	phone := w.stranger()
	phone.post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "a second sign-in", 303)
	page := ada.get("/settings")
	ada.submit(page, "set-password", url.Values{"current": {"wrong password"}, "password": {"another long secret"}}).want(t, "a wrong password", 422, "This is not your password now.")
	ada.submit(page, "set-password", url.Values{"current": {testPassword}, "password": {"short"}}).want(t, "a short password", 422, "too short")
	ada.submit(page, "set-password", url.Values{"current": {testPassword}, "password": {"another long secret"}}).want(t, "a new password", 200, "Your password is changed")
	if a := phone.get("/decks"); a.status != http.StatusSeeOther {
		t.Errorf("after a new password another sign-in still answers %d", a.status)
	}
	w.stranger().post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "the old password", 422)
	w.stranger().post("/login", url.Values{"name": {"ada"}, "password": {"another long secret"}}).want(t, "the new password", 303)
}

func TestASignInCanBeEndedFromAnother(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	phone := w.stranger()
	phone.id = ada.id
	phone.signIn()
	page := ada.get("/settings")
	action := "/settings/signins/" + idAfter(t, page.body, `action="/settings/signins/`) + "/end"
	ada.post(action, nil).want(t, "end it", 303)
	if a := phone.get("/decks"); a.status != http.StatusSeeOther {
		t.Errorf("a sign-in that was ended still answers %d", a.status)
	}
	ada.get("/decks").want(t, "the sign-in that ended it", 200)
}

func TestEverythingIsExported(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.deck("Apollo", facts...)
	ada.article("The treaty of " + secret + " was signed in 1956.")
	ada.submit(ada.get("/review"), "grade", url.Values{"grade": {"4"}})
	a := ada.get("/settings/export").want(t, "export", 200, "Which rocket launched Apollo 11?", secret)
	if got := a.header.Get("Content-Disposition"); !strings.Contains(got, "attachment") || !strings.Contains(got, "recto-2025-03-04.json") {
		t.Errorf("Content-Disposition is %q", got)
	}
	var all struct {
		Cards, Notes, Decks, Reviews, Articles []json.RawMessage
	}
	if err := json.Unmarshal([]byte(a.body), &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Cards) != 3 || len(all.Notes) != 3 || len(all.Decks) != 1 || len(all.Reviews) != 1 || len(all.Articles) != 1 {
		t.Errorf("the export has %d cards, %d notes, %d decks, %d reviews and %d articles", len(all.Cards), len(all.Notes), len(all.Decks), len(all.Reviews), len(all.Articles))
	}
	if strings.Contains(a.body, "argon2") {
		t.Error("the export has the password's hash")
	}
}

func TestDeletingAnAccountTakesEverything(t *testing.T) {
	w := newWorld(t)
	grace := w.join("grace")
	ada := w.join("ada")
	deck, _ := ada.deck("Hers "+secret, facts...)
	ada.article("The treaty of " + secret + " was signed in 1956.")
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	w.must(w.store.Enrol(w.ctx(), grace.id, deck, w.today(grace), w.now()))
	ada.submit(ada.get("/review"), "grade", url.Values{"grade": {"4"}})
	page := ada.get("/settings")
	ada.submit(page, "delete-account", url.Values{"password": {"wrong password"}}).want(t, "a wrong password", 422, "Nothing was deleted.")
	ada.get("/").want(t, "still here", 200)
	ada.submit(page, "delete-account", url.Values{"password": {testPassword}}).want(t, "delete", 200, "Sign in")
	if dump := w.dump(); strings.Contains(dump, secret) || strings.Contains(dump, "ada") {
		t.Error("after an account was deleted, something of it is in the database")
	}
	grace.get("/").want(t, "another user", 200)
	w.stranger().post("/login", url.Values{"name": {"ada"}, "password": {testPassword}}).want(t, "signing in", 422)
}

func TestAnInvitationMakesItsAccountsAndNoMore(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Signup = store.SignupInvite })
	ada := w.join("ada")
	page := ada.get("/settings/people").want(t, "people", 200, "Make an invitation")
	checkHTML(t, "people", page.body)
	ada.submit(page, "invite", url.Values{"uses": {"0"}}).want(t, "no uses", 422, "An invitation can make 1 to 1000 accounts.")
	made := ada.submit(page, "invite", url.Values{"uses": {"1"}, "days": {"7"}}).want(t, "an invitation", 200, "/signup?invite=")
	checkHTML(t, "an invitation", made.body)
	_, rest, _ := strings.Cut(made.body, "/signup?invite=")
	code, _, _ := strings.Cut(rest, `"`)
	if ada.get("/settings/people"); strings.Contains(w.dump(), code) {
		t.Error("the invitation stands in the database as it is")
	}
	c := w.stranger()
	form := c.get("/signup?invite="+code).want(t, "the invited", 200, code)
	c.submit(form, "sign-up", url.Values{"name": {"grace"}, "password": {testPassword}, "zone": {"UTC"}}).want(t, "an account", 200)
	w.stranger().post("/signup", url.Values{"name": {"eve"}, "password": {testPassword}, "zone": {"UTC"}, "invite": {code}}).want(t, "a second account", 422, "used up")
	if a := c.get("/settings/people"); a.status != http.StatusNotFound {
		t.Errorf("People answers %d to someone who administers nothing", a.status)
	}
}
