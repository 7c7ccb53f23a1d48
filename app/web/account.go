package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"recto/store"
	"recto/views"
)

const maxName = 40 // characters of a user's name

func (s *server) signUpPage(r *request) (reply, error) {
	if r.user.ID != 0 {
		return goTo("/")
	}
	first, err := s.empty(r)
	if err != nil {
		return reply{}, err
	}
	if s.o.Signup == store.SignupClosed && !first {
		return reply{}, signupClosed()
	}
	p := s.signUpForm(first)
	p.Invite = clean(r.query.Get("invite"))
	return show(p)
}

// empty reports whether the server has no account yet.
func (s *server) empty(r *request) (bool, error) {
	users, err := s.store.Users(r.ctx)
	return len(users) == 0, err
}

func (s *server) signUpForm(first bool) *views.SignUp {
	p := &views.SignUp{First: first, NeedInvite: s.o.Signup == store.SignupInvite && !first, Zone: "UTC", Zones: append([]string{"UTC"}, views.Zones()...)}
	p.Title = "Make an account"
	return p
}

func signupClosed() error {
	e := refuse(http.StatusForbidden, "No new accounts", "This server takes no new accounts. Ask the person who runs it.")
	e.href, e.label = "/login", "Sign in"
	return e
}

func (s *server) signUp(r *request) (reply, error) {
	first, err := s.empty(r)
	if err != nil {
		return reply{}, err
	}
	p := s.signUpForm(first)
	p.Name, p.Zone, p.Invite = r.line("name"), r.line("zone"), r.line("invite")
	password := r.form.Get("password")
	if p.Zone == "" {
		p.Zone = "UTC"
	}
	if p.Error, p.Field = checkSignUp(p, password); p.Error != "" {
		return showAs(http.StatusUnprocessableEntity, p)
	}
	if wait := s.makers.try(addressKey(r.address), r.now); wait > 0 {
		return reply{}, tooMany("Many accounts were made from here a short while ago. Try again later.", wait)
	}
	hash, err := HashPassword(r.ctx, password)
	if err != nil {
		return reply{}, err
	}
	u, err := s.store.CreateUser(r.ctx, store.NewUser{Name: p.Name, PasswordHash: hash, Zone: p.Zone, Invite: p.Invite}, s.o.Signup, r.now)
	switch {
	case errors.Is(err, store.ErrNameTaken):
		p.Error, p.Field = "This name is taken here. Choose another.", "name"
		return showAs(http.StatusUnprocessableEntity, p)
	case errors.Is(err, store.ErrInvite):
		p.Error, p.Field = "This invitation is not known, or it has been used up. Ask for another.", "invite"
		return showAs(http.StatusUnprocessableEntity, p)
	case errors.Is(err, store.ErrSignupClosed):
		return reply{}, signupClosed()
	case err != nil:
		return reply{}, err
	}
	s.log.Info("account made", "id", r.id, "user", u.ID, "from", r.address)
	if s.o.Starter != nil {
		// A new account without the starter deck is still an account.
		if err := s.o.Starter(r.ctx, u.ID, r.now); err != nil {
			s.log.Error("starter deck", "id", r.id, "user", u.ID, "err", err)
		}
	}
	cookie, err := s.startSession(r, u)
	if err != nil {
		return reply{}, err
	}
	return reply{to: "/", cookies: []setCookie{cookie}}, nil
}

// checkSignUp says what is wrong with the form, and in which field.
func checkSignUp(p *views.SignUp, password string) (sentence, field string) {
	if s := CheckName(p.Name); s != "" {
		return s, "name"
	}
	if s := CheckNewPassword(p.Name, password); s != "" {
		return s, "password"
	}
	if !validZone(p.Zone) {
		return "This time zone is not known. Choose one from the list.", "zone"
	}
	return "", ""
}

// CheckName says in one sentence what is wrong with a user's name, "" when nothing is.
func CheckName(name string) string {
	switch {
	case name == "":
		return "Choose a name."
	case name != strings.Join(strings.Fields(name), " "):
		return "This name begins or ends with a space, or has two in a row. Take them out."
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Sprintf("This name is too long: take %d characters or fewer.", maxName)
	case strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsGraphic(c) || c == '\uFFFD' }):
		return "This name contains a character that cannot be seen. Take letters, digits and spaces."
	}
	return ""
}

// validZone reports whether name is an IANA time zone. "Local" would be the server's own.
func validZone(name string) bool {
	if name == "" || name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

func (s *server) signInPage(r *request) (reply, error) {
	if r.user.ID != 0 {
		return goTo("/")
	}
	first, err := s.empty(r)
	if err != nil {
		return reply{}, err
	}
	if first {
		return goTo("/signup")
	}
	p := s.signInForm(localPath(r.query.Get("next")))
	p.Kept = s.pending.has(r.cookie(s.pendingCookie()), r.now)
	p.Again = !p.Kept && r.query.Get("again") == "1"
	return show(p)
}

func (s *server) signInForm(next string) *views.SignIn {
	p := &views.SignIn{Next: next, Signup: s.o.Signup != store.SignupClosed}
	p.Title = "Sign in"
	return p
}

func (s *server) signIn(r *request) (reply, error) {
	name, password, next := r.line("name"), r.form.Get("password"), localPath(r.form.Get("next"))
	account, place := accountKey(name), addressKey(r.address)
	wait := s.accounts.try(account, r.now)
	if wait == 0 {
		wait = s.places.try(place, r.now)
	}
	if wait > 0 {
		s.log.Warn("sign-in throttled", "id", r.id, "from", r.address)
		return reply{}, tooMany("There were too many wrong passwords. Wait a little, then try again.", wait)
	}
	u, ok, err := s.authenticate(r, name, password)
	if err != nil {
		return reply{}, err
	}
	if !ok {
		s.log.Warn("sign-in refused", "id", r.id, "from", r.address)
		p := s.signInForm(next)
		p.Name, p.Error = name, "This name and password do not belong together."
		p.Kept = s.pending.has(r.cookie(s.pendingCookie()), r.now)
		return showAs(http.StatusUnprocessableEntity, p)
	}
	s.accounts.forgive(account)
	s.places.refund(place)
	cookie, err := s.startSession(r, u)
	if err != nil {
		return reply{}, err
	}
	s.log.Info("signed in", "id", r.id, "user", u.ID, "from", r.address)
	rep := s.goOn(r, u, next)
	rep.cookies = append(rep.cookies, cookie, setCookie{name: s.pendingCookie()})
	return rep, nil
}

// authenticate checks a name and password, at the same cost whether the name is
// known or not.
func (s *server) authenticate(r *request, name, password string) (store.User, bool, error) {
	u, hash, err := s.store.UserByName(r.ctx, name)
	known := err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.User{}, false, err
	}
	if !known {
		hash = strangerHash
	}
	if utf8.RuneCountInString(password) > maxPassword {
		password = "" // no account has it, and hashing it would cost time
	}
	ok, err := checkPassword(r.ctx, hash, password)
	if err != nil {
		return store.User{}, false, fmt.Errorf("sign in: %w", err)
	}
	return u, ok && known, nil
}

// startSession begins a sign-in with a fresh token, and ends the one that the
// browser came with.
func (s *server) startSession(r *request, u store.User) (setCookie, error) {
	if r.token != nil {
		if err := s.store.EndSessionByToken(r.ctx, r.token); err != nil && !errors.Is(err, store.ErrNotFound) {
			return setCookie{}, err
		}
	}
	token := newToken()
	agent := r.agent
	if len(agent) > 200 {
		agent = agent[:200]
	}
	if err := s.store.CreateSession(r.ctx, u.ID, tokenHash(token), clean(agent), r.now); err != nil {
		return setCookie{}, err
	}
	return setCookie{s.sessionCookie(), token, sessionAge}, nil
}

// goOn does what was posted when the sign-in had ended, if the same person signed
// in again, and otherwise goes to next.
func (s *server) goOn(r *request, u store.User, next string) reply {
	token := r.cookie(s.pendingCookie())
	f, ok := s.pending.take(token, r.now)
	if !ok || f.as != fmt.Sprint(u.ID) {
		return reply{to: next}
	}
	again := *r
	again.user, again.route, again.params, again.form = u, f.route, f.params, f.form
	rep, err := f.route.handle(s, &again)
	if err != nil || rep.to == "" {
		s.log.Info("kept form not done", "id", r.id, "user", u.ID, "path", f.route.path, "err", err)
		return reply{to: "/?note=lost"}
	}
	return rep
}

func (s *server) signOut(r *request) (reply, error) {
	if err := s.store.EndSessionByToken(r.ctx, r.token); err != nil && !errors.Is(err, store.ErrNotFound) {
		return reply{}, err
	}
	return reply{to: "/login", cookies: []setCookie{{name: s.sessionCookie()}}}, nil
}

// accountKey is what sign-ins to a name are throttled by: how the name is written
// makes no difference, and the table holds no names.
func accountKey(name string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(name)))
	return hex.EncodeToString(sum[:16])
}

func tooMany(sentence string, wait time.Duration) error {
	e := refuse(http.StatusTooManyRequests, "Too many tries", sentence)
	e.wait, e.href, e.label = wait, "/login", "Sign in"
	return e
}

// withQuery is path with one more value in its query.
func withQuery(path, name, value string) string {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return path + separator + name + "=" + url.QueryEscape(value)
}
