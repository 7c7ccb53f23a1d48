package web

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/views"
)

// settingsNotes are what the settings page can say after a redirect.
var settingsNotes = map[string]string{
	"saved":    "Saved.",
	"password": "Your password is changed, and you are signed out everywhere else.",
	"ended":    "Signed out there.",
}

func (s *server) settings(r *request) (reply, error) {
	p, err := s.settingsPage(r)
	if err != nil {
		return reply{}, err
	}
	p.Saved = settingsNotes[r.query.Get("note")]
	return show(p)
}

func (s *server) settingsPage(r *request) (*views.Settings, error) {
	signIns, err := s.store.Sessions(r.ctx, r.user.ID, r.token)
	if err != nil {
		return nil, err
	}
	own := r.user.Settings
	p := &views.Settings{Today: r.today(), Zones: zonesWith(own.Zone), Form: views.SettingsForm{
		Zone: own.Zone, Rollover: own.Rollover, New: strconv.Itoa(own.NewPerDay), Reviews: strconv.Itoa(own.ReviewsPerDay),
		Theme: own.Theme, Grades: own.Grades, DrillFailed: own.DrillBelow == cards.Hard, Siblings: own.Siblings,
	}}
	for h := range 24 {
		p.Hours = append(p.Hours, h)
	}
	clock := r.user.Clock()
	for _, i := range signIns {
		p.SignIns = append(p.SignIns, views.SignInLine{
			ID: i.ID, Browser: browser(i.Agent), Since: clock.Day(i.Created), Seen: clock.Day(i.Seen), Current: i.Current,
		})
	}
	if p.Comeback, err = s.comeback(r); err != nil {
		return nil, err
	}
	if p.Comeback != nil {
		if p.Offers, _, err = s.offers(r, s.store.Change); err != nil {
			return nil, err
		}
	}
	if p.Offers != nil {
		p.Offers.Change = true
	}
	p.Title, p.Place = "Settings", "settings"
	return p, nil
}

// zonesWith is the list of zones, with the user's own if it is an old name that
// the list does not have.
func zonesWith(own string) []string {
	zones := append([]string{"UTC"}, views.Zones()...)
	for _, z := range zones {
		if z == own {
			return zones
		}
	}
	return append([]string{own}, zones...)
}

// browser says which browser an agent is, in words that a person knows it by. The
// order matters: most claim to be others too.
func browser(agent string) string {
	name, system := "A browser", ""
	for _, b := range [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"},
		{"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}, {"curl", "curl"}} {
		if strings.Contains(agent, b[0]) {
			name = b[1]
			break
		}
	}
	for _, o := range [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Mac OS", "macOS"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, o[0]) {
			system = " on " + o[1]
			break
		}
	}
	return name + system
}

func (s *server) saveSettings(r *request) (reply, error) {
	own := r.user.Settings
	limits, wrong := readLimits(r)
	own.NewPerDay, own.ReviewsPerDay = limits.New, limits.Reviews
	own.Zone, own.Rollover = r.line("zone"), int(number(r.form, "rollover"))
	own.Theme, own.Grades = r.form.Get("theme"), int(number(r.form, "grades"))
	own.DrillBelow, own.Siblings = cards.Good, r.form.Get("siblings") == "1"
	if r.form.Get("drill") == "failed" {
		own.DrillBelow = cards.Hard
	}
	problem := views.Problem{Part: "study", Field: wrong}
	switch {
	case wrong != "":
		problem.Sentence = fmt.Sprintf("A limit is a whole number from 0 to %d.", maxLimit)
	case !validZone(own.Zone):
		problem.Field, problem.Sentence = "zone", "This time zone is not known. Choose one from the list."
	case own.Rollover < 0 || own.Rollover > 23 || own.Grades != 4 && own.Grades != 6 || own.Theme != "system" && own.Theme != "light" && own.Theme != "dark":
		return reply{}, statusRefusal(http.StatusBadRequest)
	}
	if problem.Sentence != "" {
		p, err := s.settingsPage(r)
		if err != nil {
			return reply{}, err
		}
		p.Problem = problem
		p.Form = views.SettingsForm{
			Zone: own.Zone, Rollover: own.Rollover, New: r.line("new"), Reviews: r.line("reviews"), Theme: own.Theme,
			Grades: own.Grades, DrillFailed: own.DrillBelow == cards.Hard, Siblings: own.Siblings,
		}
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if err := s.store.SetSettings(r.ctx, r.user.ID, own); err != nil {
		return reply{}, err
	}
	return goTo("/settings?note=saved")
}

// confirm checks the password of who is signed in, as slowly for guessers as the
// sign-in is.
func (s *server) confirm(r *request, password string) (bool, error) {
	account := accountKey(r.user.Name)
	if wait := s.accounts.try(account, r.now); wait > 0 {
		e := refuse(http.StatusTooManyRequests, "Too many tries", "There were too many wrong passwords. Wait a little, then try again.")
		e.wait, e.href, e.label = wait, "/settings", "Settings"
		return false, e
	}
	_, ok, err := s.authenticate(r, r.user.Name, password)
	if ok {
		s.accounts.forgive(account)
	}
	return ok, err
}

// problemIn shows the settings again with a problem.
func (s *server) problemIn(r *request, problem views.Problem) (reply, error) {
	p, err := s.settingsPage(r)
	if err != nil {
		return reply{}, err
	}
	p.Problem = problem
	return showAs(http.StatusUnprocessableEntity, p)
}

func (s *server) setPassword(r *request) (reply, error) {
	password := r.form.Get("password")
	if sentence := CheckNewPassword(r.user.Name, password); sentence != "" {
		return s.problemIn(r, views.Problem{Part: "password", Field: "password", Sentence: sentence})
	}
	ok, err := s.confirm(r, r.form.Get("current"))
	if err != nil {
		return reply{}, err
	}
	if !ok {
		return s.problemIn(r, views.Problem{Part: "password", Field: "current", Sentence: "This is not your password now. Nothing was changed."})
	}
	hash, err := HashPassword(r.ctx, password)
	if err != nil {
		return reply{}, err
	}
	if err := s.store.SetPassword(r.ctx, r.user.ID, hash, r.token); err != nil {
		return reply{}, err
	}
	s.log.Info("password changed", "id", r.id, "user", r.user.ID)
	return goTo("/settings?note=password#account")
}

func (s *server) endSignIn(r *request) (reply, error) {
	id, err := r.param("signin")
	if err != nil {
		return reply{}, err
	}
	if err := s.store.EndSession(r.ctx, r.user.ID, id); err != nil {
		return reply{}, err
	}
	return goTo("/settings?note=ended#signins")
}

// exportTime is how long a whole account may take to be sent.
const exportTime = 10 * time.Minute

func (s *server) export(r *request) (reply, error) {
	ctx, user := context.WithoutCancel(r.ctx), r.user.ID
	name := "recto-" + r.today().String() + ".json"
	return download(name, "application/json", func(w io.Writer) error {
		ctx, cancel := context.WithTimeout(ctx, exportTime) // the handler's own time has ended by now
		defer cancel()
		out := bufio.NewWriterSize(w, 64<<10)
		if err := s.store.Export(ctx, user, out); err != nil {
			return err
		}
		return out.Flush()
	})
}

func (s *server) deleteAccount(r *request) (reply, error) {
	ok, err := s.confirm(r, r.form.Get("password"))
	if err != nil {
		return reply{}, err
	}
	if !ok {
		return s.problemIn(r, views.Problem{Part: "delete", Field: "password", Sentence: "This is not your password. Nothing was deleted."})
	}
	if err := s.store.DeleteUser(r.ctx, r.user.ID); err != nil {
		return reply{}, err
	}
	s.inbox.removeAllOf(r.user.ID)
	s.log.Info("account deleted", "id", r.id, "user", r.user.ID)
	return reply{to: "/login", cookies: []setCookie{{name: s.sessionCookie()}}}, nil
}

// invitationCookie carries a fresh invitation over the redirect: only its hash is
// stored, so it can be shown once.
func (s *server) invitationCookie() string { return s.cookieName("recto-invitation") }

func (s *server) people(r *request) (reply, error) {
	p, err := s.peoplePage(r)
	if err != nil {
		return reply{}, err
	}
	rep := reply{page: p}
	if made, err := url.ParseQuery(r.cookie(s.invitationCookie())); err == nil && made.Get("code") != "" {
		p.Link = s.origin(r) + "/signup?invite=" + url.QueryEscape(made.Get("code"))
		p.Uses, p.Days = int(number(made, "uses")), int(number(made, "days"))
		rep.cookies = []setCookie{{name: s.invitationCookie()}}
	}
	return rep, nil
}

func (s *server) peoplePage(r *request) (*views.People, error) {
	users, err := s.store.Users(r.ctx)
	if err != nil {
		return nil, err
	}
	p := &views.People{Today: r.today(), Mode: string(s.o.Signup)}
	for _, u := range users {
		p.People = append(p.People, views.Person{Name: u.Name, Since: r.user.Clock().Day(u.Created), Admin: u.Admin, You: u.ID == r.user.ID})
	}
	p.Title, p.Place = "People", "settings"
	return p, nil
}

func (s *server) invite(r *request) (reply, error) {
	uses, days := int(number(r.form, "uses")), int(number(r.form, "days"))
	problem := views.Problem{Part: "invite"}
	switch {
	case uses < 1 || uses > 1000:
		problem.Field, problem.Sentence = "uses", "An invitation can make 1 to 1000 accounts."
	case days < 1 || days > 365:
		problem.Field, problem.Sentence = "days", "An invitation holds for 1 to 365 days."
	}
	if problem.Sentence != "" {
		p, err := s.peoplePage(r)
		if err != nil {
			return reply{}, err
		}
		p.Problem = problem
		return showAs(http.StatusUnprocessableEntity, p)
	}
	code := rand.Text()
	if err := s.store.CreateInvite(r.ctx, r.user.ID, code, uses, r.now.AddDate(0, 0, days)); err != nil {
		return reply{}, err
	}
	value := url.Values{"code": {code}, "uses": {strconv.Itoa(uses)}, "days": {strconv.Itoa(days)}}.Encode()
	return reply{to: "/settings/people", cookies: []setCookie{{s.invitationCookie(), value, time.Minute}}}, nil
}

// origin is the server's address as this browser knows it.
func (s *server) origin(r *request) string {
	if s.o.Secure {
		return "https://" + r.host
	}
	return "http://" + r.host
}
