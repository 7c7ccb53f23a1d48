package web

import (
	"context"
	"io"
	"mime/multipart"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"recto/cards"
	"recto/store"
	"recto/views"
)

// request is what a handler gets: values only, nothing of the HTTP library. It is
// valid as long as its handler runs.
type request struct {
	ctx     context.Context // ends when the handler has had its time
	id      string          // what the log calls this request
	now     time.Time
	route   *route
	path    string     // with its query, as asked for
	host    string     // as the browser asked for it, with its port
	user    store.User // the zero User is a stranger
	token   []byte     // SHA-256 of the session's token, nil for a stranger
	address netip.Addr
	agent   string
	params  map[string]string
	query   url.Values
	form    url.Values // the body's fields; of the body alone, never of the address
	cookie  func(name string) string
	file    func(name string) (*multipart.FileHeader, error)
	files   func(name string) []*multipart.FileHeader
}

// today is the user's study day.
func (r *request) today() cards.Day { return r.user.Today(r.now) }

// param reads a parameter of the path that is an identifier. Anything else names
// nothing that exists.
func (r *request) param(name string) (int64, error) {
	n, err := strconv.ParseInt(r.params[name], 10, 64)
	if err != nil || n < 1 {
		return 0, store.ErrNotFound
	}
	return n, nil
}

// number reads a whole number from values, 0 when there is none.
func number(values url.Values, name string) int64 {
	n, err := strconv.ParseInt(values.Get(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// line reads a field of one line: spaces at its ends and line breaks are taken off.
func (r *request) line(name string) string {
	return strings.Join(strings.Fields(clean(r.form.Get(name))), " ")
}

// text reads a field of several lines, with "\n" line ends.
func (r *request) text(name string) string {
	s := strings.ReplaceAll(clean(r.form.Get(name)), "\r\n", "\n")
	return strings.TrimSpace(strings.ReplaceAll(s, "\r", "\n"))
}

// clean makes s valid UTF-8 without NUL, which databases and pages cannot hold.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// visible reports whether there is anything in s to see: a link must not be made of
// nothing but spaces, also of those that unicode has without any width.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.IsGraphic(c) && !unicode.IsSpace(c) })
}

// reply is what a handler answers with: a page, a place to go to, or a download.
type reply struct {
	status  int // 0 means 200 for a page
	page    views.Page
	to      string // answered with 303
	cookies []setCookie
	wait    time.Duration // said in Retry-After

	name, kind string // of a download: file name and content type
	write      func(io.Writer) error
	text       string      // of a plain answer
	asset      *views.File // a static file
	content    *content    // of a card, or what it is styled by
	policy     string      // in place of the one that all pages have
}

// setCookie sets a cookie for the whole server, or takes it away when value is "".
type setCookie struct {
	name, value string
	age         time.Duration
}

// show answers with a page.
func show(p views.Page) (reply, error) { return reply{page: p}, nil }

// showAs answers with a page and a status of its own, for a form that has to be
// corrected.
func showAs(status int, p views.Page) (reply, error) { return reply{status: status, page: p}, nil }

// goTo answers 303 with a place on this server.
func goTo(path string) (reply, error) { return reply{to: path}, nil }

// download answers with a file that write produces while it is sent.
func download(name, kind string, write func(io.Writer) error) (reply, error) {
	return reply{name: name, kind: kind, write: write}, nil
}
