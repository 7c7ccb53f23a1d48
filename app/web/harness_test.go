package web

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	_ "github.com/mattn/go-sqlite3" // dumps are read past the store
	"golang.org/x/net/html"

	"recto/cards"
	"recto/store"
)

// world is a server with a real database, listening on loopback, and a clock that
// tests move.
type world struct {
	t      testing.TB
	store  *store.Store
	path   string // of the database
	base   string
	app    *fiber.App
	server *server
	clock  atomic.Int64 // Unix milliseconds
	log    *logLines
}

// noon is when tests begin: a Tuesday.
var noon = time.Date(2025, time.March, 4, 12, 0, 0, 0, time.UTC)

func newWorld(t testing.TB, change ...func(*Options)) *world {
	t.Helper()
	w := &world{t: t, path: filepath.Join(t.TempDir(), "recto.db"), log: &logLines{}}
	w.clock.Store(noon.UnixMilli())
	s, err := store.Open(context.Background(), store.Options{Path: w.path})
	if err != nil {
		t.Fatal(err)
	}
	w.store = s
	o := Options{
		HandlerTime: time.Minute, // the machines that run tests are shared, and the race detector is slow
		Version:     "test", Signup: store.SignupOpen, Now: w.now,
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&o)
	}
	app, server, err := newApp(s, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.app, w.server, w.base = app, server, "http://"+l.Addr().String()
	go func() { _ = app.Listener(l) }() // ends with the shutdown below
	t.Cleanup(func() {
		_ = app.ShutdownWithTimeout(5 * time.Second)
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return w
}

func (w *world) now() time.Time            { return time.UnixMilli(w.clock.Load()) }
func (w *world) wait(d time.Duration)      { w.clock.Add(d.Milliseconds()) }
func (w *world) ctx() context.Context      { return context.Background() }
func (w *world) must(err error)            { must(w.t, err) }
func (w *world) today(c *client) cards.Day { return w.user(c).Today(w.now()) }

func (w *world) user(c *client) store.User {
	w.t.Helper()
	u, err := w.store.User(w.ctx(), c.id)
	w.must(err)
	return u
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// logLines keeps what is logged.
type logLines struct {
	all atomic.Pointer[string]
}

func (l *logLines) Write(p []byte) (int, error) {
	for {
		old := l.all.Load()
		text := string(p)
		if old != nil {
			text = *old + text
		}
		if l.all.CompareAndSwap(old, &text) {
			return len(p), nil
		}
	}
}

func (l *logLines) String() string {
	if s := l.all.Load(); s != nil {
		return *s
	}
	return ""
}

// client is a person's browser: it keeps cookies and follows no redirect.
type client struct {
	w       *world
	id      store.UserID
	cookies map[string]string
	headers map[string]string
	http    *http.Client
}

func (w *world) stranger() *client {
	return &client{w: w, cookies: map[string]string{}, headers: map[string]string{}, http: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// testPassword is that of every account made by join; hashed once, because hashing is slow by design.
const testPassword = "a long enough secret"

var testHash = func() string {
	h, err := HashPassword(context.Background(), testPassword)
	if err != nil {
		panic(err)
	}
	return h
}()

// join makes an account past the pages, and signs its browser in.
func (w *world) join(name string) *client {
	w.t.Helper()
	u, err := w.store.CreateUser(w.ctx(), store.NewUser{Name: name, PasswordHash: testHash, Zone: "UTC"}, store.SignupOpen, w.now())
	w.must(err)
	c := w.stranger()
	c.id = u.ID
	c.signIn()
	return c
}

// signIn gives the browser a fresh session past the pages.
func (c *client) signIn() {
	c.w.t.Helper()
	token := newToken()
	c.w.must(c.w.store.CreateSession(c.w.ctx(), c.id, tokenHash(token), "test", c.w.now()))
	c.cookies["recto"] = token
}

// answer is what a browser got.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) location() string { return a.header.Get("Location") }

func (c *client) get(path string) answer {
	c.w.t.Helper()
	return c.do(http.MethodGet, path, "", nil)
}

func (c *client) post(path string, form url.Values) answer {
	c.w.t.Helper()
	return c.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (c *client) do(method, path, kind string, body io.Reader) answer {
	c.w.t.Helper()
	req, err := http.NewRequest(method, c.w.base+path, body)
	c.w.must(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for name, value := range c.headers {
		req.Header.Set(name, value)
	}
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp, err := c.http.Do(req)
	c.w.must(err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	c.w.must(err)
	for _, k := range resp.Cookies() {
		if k.MaxAge < 0 || k.Value == "" {
			delete(c.cookies, k.Name)
		} else {
			c.cookies[k.Name] = k.Value
		}
	}
	return answer{resp.StatusCode, resp.Header, string(text)}
}

// follow is get, and then wherever it is sent to.
func (c *client) follow(path string) answer {
	c.w.t.Helper()
	for range 5 {
		a := c.get(path)
		if a.status != http.StatusSeeOther {
			return a
		}
		path = a.location()
	}
	c.w.t.Fatalf("%s redirects without end", path)
	return answer{}
}

// submit sends the form with that id on a page, with its fields and buttons as they
// are but for those in change, and follows where it leads.
func (c *client) submit(page answer, id string, change url.Values) answer {
	c.w.t.Helper()
	action, values := formOf(c.w.t, page.body, id)
	for name, v := range change {
		values[name] = v
	}
	a := c.post(action, values)
	if a.status == http.StatusSeeOther {
		return c.follow(a.location())
	}
	return a
}

// formOf finds the form that has that id, or holds the element that has it, and
// returns its action and fields. Templates are looked into.
func formOf(t testing.TB, page, id string) (action string, values url.Values) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	must(t, err)
	var found *html.Node
	var find func(n, form *html.Node)
	find = func(n, form *html.Node) {
		if n.Type == html.ElementNode && n.Data == "form" {
			form = n
		}
		if n.Type == html.ElementNode && attr(n, "id") == id && form != nil {
			found = form
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			find(child, form)
		}
	}
	find(doc, nil)
	if found == nil {
		t.Fatalf("the page has no form %q:\n%s", id, page)
	}
	values = url.Values{}
	var read func(*html.Node)
	read = func(n *html.Node) {
		name, value := attr(n, "name"), attr(n, "value")
		switch {
		case n.Type != html.ElementNode || name == "":
		case n.Data == "textarea":
			values.Add(name, strings.TrimPrefix(textOf(n), "\n"))
		case n.Data == "input" && attr(n, "type") == "checkbox":
			if hasAttr(n, "checked") {
				values.Add(name, value)
			}
		case n.Data == "input":
			values.Add(name, value)
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			read(child)
		}
	}
	read(found)
	return attr(found, "action"), values
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// textOf is the text inside n.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// deck makes a deck with cards past the pages; each card is {front, back}.
func (c *client) deck(name string, pairs ...[2]string) (store.DeckID, []store.CardID) {
	c.w.t.Helper()
	w := c.w
	id, err := w.store.CreateDeck(w.ctx(), c.id, name, w.now())
	w.must(err)
	for i, p := range pairs {
		note := cards.Note{GUID: fmt.Sprintf("%s-%d-%d", name, c.id, i), Type: "Basic", Fields: []cards.Field{
			{Name: "Front", Value: toField(p[0])}, {Name: "Back", Value: toField(p[1])}}}
		_, err := w.store.AddNote(w.ctx(), c.id, id, note, w.today(c), w.now())
		w.must(err)
	}
	rows, _, err := w.store.DeckCards(w.ctx(), c.id, id, "", 0, 1000)
	w.must(err)
	ids := make([]store.CardID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return id, ids
}

// dump is the whole database as text, to see whether anything changed.
func (w *world) dump() string {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?mode=ro")
	w.must(err)
	defer func() { _ = db.Close() }()
	names := column(w.t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	var b strings.Builder
	for _, name := range names {
		w.dumpTable(&b, db, name)
	}
	return b.String()
}

func (w *world) dumpTable(b *strings.Builder, db *sql.DB, name string) {
	w.t.Helper()
	rows, err := db.Query(`SELECT * FROM "` + name + `"`)
	w.must(err)
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	w.must(err)
	fmt.Fprintf(b, "%s %v\n", name, columns)
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		w.must(rows.Scan(into...))
		fmt.Fprintf(b, "  %v\n", cells)
	}
	w.must(rows.Err())
}

func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	must(t, err)
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var s string
		must(t, rows.Scan(&s))
		out = append(out, s)
	}
	must(t, rows.Err())
	return out
}

// diff is the first line in which two dumps differ.
func diff(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(x), len(y)) {
		var p, q string
		if i < len(x) {
			p = x[i]
		}
		if i < len(y) {
			q = y[i]
		}
		if p != q {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, p, q)
		}
	}
	return "nothing"
}

var titlePattern = regexp.MustCompile(`(?s)<h1[^>]*>(.*?)</h1>`)

// title is the page's h1.
func (a answer) title() string {
	m := titlePattern.FindStringSubmatch(a.body)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// want checks the status of an answer and that its page contains all texts.
func (a answer) want(t testing.TB, what string, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d (%s), want %d\n%s", what, a.status, a.location(), status, a.body)
	}
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			t.Fatalf("%s: the page does not say %q:\n%s", what, s, a.body)
		}
	}
	return a
}
