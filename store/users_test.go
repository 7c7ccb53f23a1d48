package store_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the file is read past the store

	"recto/cards"
	"recto/store"
)

func TestSignUp(t *testing.T) {
	w := newWorld(t)
	create := func(name, invite string, how store.Signup) (store.User, error) {
		return w.s.CreateUser(w.ctx(), store.NewUser{Name: name, PasswordHash: "hash of " + name, Zone: "Asia/Tokyo", Invite: invite}, how, w.now)
	}
	ada := got[store.User](t)(create("Ada", "", store.SignupClosed)) // the first is always let in
	if !ada.Admin || ada.Settings.Zone != "Asia/Tokyo" || !ada.Created.Equal(w.now) || ada.Settings.NewPerDay != cards.DefaultLimits.New {
		t.Errorf("the first account is %+v", ada)
	}
	if _, err := create("grace", "", store.SignupClosed); !errors.Is(err, store.ErrSignupClosed) {
		t.Errorf("a closed server gives %v", err)
	}
	if _, err := create("aDA", "", store.SignupOpen); !errors.Is(err, store.ErrNameTaken) {
		t.Errorf("a taken name gives %v", err)
	}
	code := "an invitation"
	sum := sha256.Sum256([]byte(code))
	must(t, w.s.CreateInvite(w.ctx(), ada.ID, code, 2, w.now.Add(time.Hour)))
	for name, test := range map[string]struct {
		invite string
		want   error
	}{"none": {"", store.ErrInvite}, "guessed": {"guess", store.ErrInvite}, "its hash": {hex.EncodeToString(sum[:]), store.ErrInvite}} {
		if _, err := create("eve", test.invite, store.SignupInvite); !errors.Is(err, test.want) {
			t.Errorf("an invitation that is %s gives %v, want %v", name, err, test.want)
		}
	}
	grace := got[store.User](t)(create("grace", code, store.SignupInvite))
	if grace.Admin {
		t.Error("the second account administers the server")
	}
	w.now = w.now.Add(2 * time.Hour)
	if _, err := create("late", code, store.SignupInvite); !errors.Is(err, store.ErrInvite) {
		t.Errorf("an invitation that has ended gives %v", err)
	}
	w.now = w.now.Add(-2 * time.Hour)
	got[store.User](t)(create("eve", code, store.SignupInvite))
	if _, err := create("mallory", code, store.SignupInvite); !errors.Is(err, store.ErrInvite) {
		t.Errorf("an invitation that is used up gives %v", err)
	}
	if u, hash, err := w.s.UserByName(w.ctx(), "ADA"); err != nil || u.ID != ada.ID || hash != "hash of Ada" {
		t.Errorf("ADA is %+v with %q, %v", u, hash, err)
	}
	if _, _, err := w.s.UserByName(w.ctx(), "nobody"); !isNotFound(err) {
		t.Errorf("nobody gives %v", err)
	}
	if users := got[[]store.User](t)(w.s.Users(w.ctx())); len(users) != 3 || users[0].Name != "Ada" {
		t.Errorf("the users are %+v", users)
	}
	if _, err := w.s.CreateUser(w.ctx(), store.NewUser{Name: "x", PasswordHash: "h", Zone: "Mars/Olympus"}, store.SignupOpen, w.now); err == nil {
		t.Error("an account on Mars is made")
	}
}

func TestSignInsEnd(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	token := func(i int) []byte { return []byte(fmt.Sprintf("%032d", i)) }
	must(t, w.s.CreateSession(w.ctx(), ada.id, token(1), "Firefox", w.now))
	must(t, w.s.CreateSession(w.ctx(), ada.id, token(2), "Chrome", w.now))
	who := func(i int) error {
		u, err := w.s.SessionUser(w.ctx(), token(i), w.now)
		if err == nil && u.ID != ada.id {
			t.Fatalf("token %d is of user %d", i, u.ID)
		}
		return err
	}
	for range 9 { // used every 20 days, for 180 days
		must(t, who(1))
		w.now = w.now.Add(20 * day)
	}
	if err := who(2); !isNotFound(err) {
		t.Errorf("a sign-in after 180 idle days gives %v, want ErrNotFound", err)
	}
	must(t, who(1))
	w.now = w.now.Add(time.Minute)
	if err := who(1); !isNotFound(err) {
		t.Errorf("a sign-in after more than 180 days gives %v, want ErrNotFound", err)
	}
	must(t, w.s.CreateSession(w.ctx(), ada.id, token(3), "Safari", w.now))
	must(t, w.s.CreateSession(w.ctx(), ada.id, token(4), "curl", w.now))
	list := got[[]store.SignIn](t)(w.s.Sessions(w.ctx(), ada.id, token(3)))
	if len(list) != 2 || list[0].Agent != "curl" || list[0].Current || !list[1].Current {
		t.Errorf("the sign-ins are %+v, want those that have not ended", list)
	}
	must(t, w.s.EndSession(w.ctx(), ada.id, list[0].ID))
	if err := who(4); !isNotFound(err) {
		t.Errorf("a sign-in that was ended gives %v", err)
	}
	must(t, w.s.CreateSession(w.ctx(), ada.id, token(5), "curl", w.now))
	must(t, w.s.SetPassword(w.ctx(), ada.id, "new", token(3)))
	if err := who(5); !isNotFound(err) {
		t.Errorf("after the password changed another sign-in gives %v", err)
	}
	must(t, who(3))
	must(t, w.s.SetPassword(w.ctx(), ada.id, "newer", nil))
	if err := who(3); !isNotFound(err) {
		t.Errorf("after the password was set from outside, a sign-in gives %v", err)
	}
	if err := w.s.EndSessionByToken(w.ctx(), token(3)); !isNotFound(err) {
		t.Errorf("ending what has ended gives %v", err)
	}
}

func TestSettingsThatCannotBeTaken(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	own := ada.user().Settings
	for what, change := range map[string]func(*store.Settings){
		"a zone on Mars": func(s *store.Settings) { s.Zone = "Mars/Olympus" }, "the server's zone": func(s *store.Settings) { s.Zone = "Local" },
		"hour 24": func(s *store.Settings) { s.Rollover = 24 }, "a limit below 0": func(s *store.Settings) { s.NewPerDay = -1 },
		"five grades": func(s *store.Settings) { s.Grades = 5 }, "no interval": func(s *store.Settings) { s.MaxInterval = 0 },
	} {
		s := own
		change(&s)
		if err := w.s.SetSettings(w.ctx(), ada.id, s); err == nil {
			t.Errorf("%s is stored", what)
		}
	}
	if ada.user().Settings != own {
		t.Errorf("the settings are %+v, want %+v", ada.user().Settings, own)
	}
	own.Siblings, own.NewPerDay, own.Rollover = false, 0, 0 // zero values are values
	must(t, w.s.SetSettings(w.ctx(), ada.id, own))
	if ada.user().Settings != own {
		t.Errorf("the settings are %+v, want %+v", ada.user().Settings, own)
	}
	if u := ada.user(); !u.Admin || u.Name != "ada" {
		t.Errorf("after settings were changed the user is %+v", u)
	}
}

// rows is how many rows of every table there are, but those that only the program has.
func (w *world) rows() map[string]int {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?mode=ro")
	must(w.t, err)
	defer db.Close()
	names, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'recto_migrations'`)
	must(w.t, err)
	defer names.Close()
	count := map[string]int{}
	for names.Next() {
		var name string
		must(w.t, names.Scan(&name))
		var n int
		must(w.t, db.QueryRow(`SELECT count(*) FROM "`+name+`"`).Scan(&n))
		count[name] = n
	}
	must(w.t, names.Err())
	return count
}

func TestDeletingAUserTakesEverythingOfThem(t *testing.T) {
	w := newWorld(t)
	grace := w.join("grace")
	_, hers := grace.deck("Rivers", 2)
	grace.grade(hers[0], cards.Good)
	before, alone := grace.export(), w.rows()

	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 4)
	_, article := ada.article("Peace came in 1956.", 3, "treaty")
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, article, deck, ada.today(), w.now))
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), grace.id, deck, grace.today(), w.now))
	for _, p := range []*person{ada, grace} {
		p.grade(ids[1], cards.Again)
		p.grade(ids[1], cards.Good)
		p.undo()
	}
	gone, _ := ada.deck("Gone", 2)
	got[int64](t)(w.s.DeleteDeck(w.ctx(), ada.id, gone, w.now))
	got[int64](t)(w.s.DeleteCard(w.ctx(), ada.id, ids[0], w.now))
	_, old := ada.article("War came in 1941.", 2, "")
	got[int64](t)(w.s.DeleteArticle(w.ctx(), ada.id, old, w.now))
	must(t, w.s.CreateSession(w.ctx(), ada.id, []byte("token"), "agent", w.now))
	must(t, w.s.MoreNew(w.ctx(), ada.id, ada.today(), 5, "a key"))
	must(t, w.s.CreateInvite(w.ctx(), grace.id, "hers", 1, w.now))

	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	alone["invites"]++ // grace's
	if now := w.rows(); fmt.Sprint(now) != fmt.Sprint(alone) {
		t.Errorf("after ada was deleted there are %v rows, want %v as before her", now, alone)
	}
	if now := grace.export(); now != before {
		t.Errorf("after ada was deleted grace's export differs: %s", now)
	}
	if _, err := w.s.User(w.ctx(), ada.id); !isNotFound(err) {
		t.Errorf("a deleted user gives %v", err)
	}
	if err := w.s.DeleteUser(w.ctx(), ada.id); !isNotFound(err) {
		t.Errorf("deleting a deleted user gives %v", err)
	}
	w.wantClean()
}

func TestSomebodyAlwaysAdministers(t *testing.T) {
	w := newWorld(t)
	ada, grace, eve := w.join("ada"), w.join("grace"), w.join("eve")
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	if !grace.user().Admin || eve.user().Admin {
		t.Error("when the administrator has gone, the oldest account should administer")
	}
}

func TestExportIsTheSameEachTimeAndHasNoSecrets(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, ids := ada.deck("Apollo", 3)
	_, article := ada.article("Peace came in 1956.", 2, "")
	got[int](t)(w.s.SaveCards(w.ctx(), ada.id, article, deck, ada.today(), w.now))
	ada.grade(ids[0], cards.Hard)
	must(t, w.s.CreateSession(w.ctx(), ada.id, []byte("a-secret-token-of-a-session"), "agent", w.now))
	first := ada.export()
	must(t, w.s.Close())
	w.open()
	if second := ada.export(); second != first {
		t.Errorf("the export differs from one time to the next:\n%s\n%s", first, second)
	}
	for _, secret := range []string{`"hash"`, "a-secret-token", "password"} {
		if strings.Contains(first, secret) {
			t.Errorf("the export has %q", secret)
		}
	}
	for _, want := range []string{"\"format\":\"recto\",\n\"version\":1", `"settings":{"zone":"UTC"`, `"key":"key-`, `"kind":"first"`, `"before":{`, `"front":"Question`, `"text":"Peace came in 1956."`} {
		if !strings.Contains(first, want) {
			t.Errorf("the export has no %s:\n%s", want, first)
		}
	}
}
