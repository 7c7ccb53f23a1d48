package web

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"recto/store"
	"recto/views"
)

// localID is where the guard leaves the request's identifier.
const localID = "request"

// healthPath is answered at any host: what watches a server asks by its bare address.
const healthPath = "/healthz"

// guard stands before every route: it names the request, sets the headers, refuses
// what is for another host or comes from other sites, and turns a panic into an error.
func (s *server) guard(c *fiber.Ctx) (err error) {
	started := time.Now()
	id := newID()
	c.Locals(localID, id)
	s.setHeaders(c)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			err = s.fail(c, err)
		}
		s.log.Debug("request", "id", id, "method", c.Method(), "path", c.Path(),
			"status", c.Response().StatusCode(), "took", time.Since(started))
	}()
	if smuggles(&c.Request().Header) {
		c.Response().SetConnectionClose()
		return statusRefusal(http.StatusBadRequest)
	}
	if host := string(c.Request().Host()); !s.o.answersTo(host) && c.Path() != healthPath {
		return misdirected(host)
	}
	if err := sameOrigin(c.Method(), string(c.Request().Host()), c.Get("Sec-Fetch-Site"), c.Get("Origin")); err != nil {
		r := statusRefusal(http.StatusForbidden)
		r.cause = err
		return r
	}
	return c.Next()
}

// smuggles reports whether a request says twice how long it is, by Content-Length
// and by chunks. A proxy may have believed the other one, and what it took for one
// request would be two here (RFC 9112, 6.1).
func smuggles(h *fasthttp.RequestHeader) bool {
	raw := bytes.ToLower(h.RawHeaders())
	return bytes.Contains(raw, []byte("transfer-encoding:")) && bytes.Contains(raw, []byte("content-length:"))
}

// newID is a short name for a request, to find it in the log.
func newID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	return hex.EncodeToString(b[:])
}

// protected sets the headers on the few answers that Fiber gives before the guard,
// as to a method that HTTP does not know.
func (s *server) protected(handle fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		handle(c)
		if len(c.Response.Header.Peek(s.headers[0][0])) > 0 {
			return
		}
		for _, h := range s.headers {
			c.Response.Header.Set(h[0], h[1])
		}
	}
}

func (s *server) setHeaders(c *fiber.Ctx) {
	for _, h := range s.headers {
		c.Set(h[0], h[1])
	}
	c.Set("Cache-Control", "no-store") // static files say otherwise
}

// serve makes a Fiber handler of a route.
func (s *server) serve(rt *route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ctx, cancel := context.WithTimeout(context.Background(), s.o.HandlerTime)
		defer cancel()
		r := s.newRequest(ctx, c, rt)
		if rt.access != open {
			if err := s.identify(r); err != nil {
				return err
			}
		}
		if refused, stop := s.admit(r); stop {
			return s.send(c, r, refused)
		}
		rep, err := rt.handle(s, r)
		if err != nil {
			return s.failWith(c, r, err)
		}
		return s.send(c, r, rep)
	}
}

// newRequest copies what handlers need out of c. With Immutable set, the strings
// are copies already.
func (s *server) newRequest(ctx context.Context, c *fiber.Ctx, rt *route) *request {
	id, _ := c.Locals(localID).(string)
	remote, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	r := &request{
		ctx: ctx, id: id, now: s.now(), route: rt, path: c.OriginalURL(), host: string(c.Request().Host()),
		address: clientAddress(remote, c.Get("X-Forwarded-For"), s.proxies),
		agent:   c.Get("User-Agent"),
		params:  c.AllParams(),
		query:   values(c.Context().QueryArgs()),
		form:    url.Values{},
		cookie:  func(name string) string { return c.Cookies(name) },
		file:    func(name string) (*multipart.FileHeader, error) { return c.FormFile(name) },
		files: func(name string) []*multipart.FileHeader {
			if m, err := c.MultipartForm(); err == nil {
				return m.File[name]
			}
			return nil
		},
	}
	if rt.method != post {
		return r
	}
	if strings.HasPrefix(strings.ToLower(c.Get("Content-Type")), "multipart/form-data") {
		if m, err := c.MultipartForm(); err == nil {
			r.form = m.Value
		}
	} else {
		r.form = values(c.Context().PostArgs())
	}
	return r
}

func values(args *fasthttp.Args) url.Values {
	v := make(url.Values, args.Len())
	for name, value := range args.All() {
		v.Add(string(name), string(value))
	}
	return v
}

// identify finds out who asks. A token that is no longer good makes a stranger.
func (s *server) identify(r *request) error {
	token := r.cookie(s.sessionCookie())
	if token == "" {
		return nil
	}
	hash := tokenHash(token)
	u, err := s.store.SessionUser(r.ctx, hash, r.now)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("identify: %w", err)
	}
	r.user, r.token = u, hash
	return nil
}

// admit sends strangers to sign in, and keeps what they posted where that can
// still be done after.
func (s *server) admit(r *request) (refused reply, stop bool) {
	switch {
	case r.route.access == admin && r.user.ID != 0 && !r.user.Admin:
		return reply{status: http.StatusNotFound, page: failure(statusRefusal(http.StatusNotFound), "")}, true
	case r.route.access < user || r.user.ID != 0:
		return reply{}, false
	case r.route.method == get:
		to := "/login"
		if r.path != "/" {
			to += "?next=" + url.QueryEscape(localPath(r.path))
		}
		return reply{to: to}, true
	}
	if r.route.keep {
		if token := s.pending.keep(r); token != "" {
			return reply{to: "/login", cookies: []setCookie{{s.pendingCookie(), token, pendingAge}}}, true
		}
	}
	if r.route.path == "/logout" {
		return reply{to: "/login"}, true
	}
	return reply{to: "/login?again=1"}, true
}

// send writes a reply.
func (s *server) send(c *fiber.Ctx, r *request, rep reply) error {
	for _, k := range rep.cookies {
		s.setCookie(c, k)
	}
	if rep.wait > 0 {
		c.Set("Retry-After", strconv.Itoa(int((rep.wait+time.Second-1)/time.Second)))
	}
	if rep.status != 0 {
		c.Status(rep.status)
	}
	if rep.policy != "" {
		c.Set("Content-Security-Policy", rep.policy)
	}
	switch {
	case rep.to != "":
		c.Set("Location", rep.to)
		c.Status(http.StatusSeeOther)
		return nil
	case rep.page != nil:
		return s.render(c, r, rep.page)
	case rep.asset != nil:
		return sendAsset(c, rep.asset)
	case rep.content != nil:
		return sendContent(c, rep.content)
	case rep.write != nil:
		c.Set("Content-Type", rep.kind)
		c.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": rep.name}))
		conn := c.Context().Conn()
		c.Context().SetBodyStreamWriter(func(w *bufio.Writer) { s.stream(r, w, conn, rep) })
		return nil
	}
	c.Set("Content-Type", "text/plain; charset=utf-8")
	return c.SendString(rep.text)
}

// sendAsset sends a static file, compressed where the browser takes that.
func sendAsset(c *fiber.Ctx, f *views.File) error {
	c.Set("Content-Type", f.Type)
	c.Set("Cache-Control", "public, max-age=31536000, immutable")
	c.Set("Vary", "Accept-Encoding")
	if f.Gzip != nil && c.Context().Request.Header.HasAcceptEncoding("gzip") {
		c.Set("Content-Encoding", "gzip")
		return c.Send(f.Gzip)
	}
	return c.Send(f.Plain())
}

// stream sends a download. The status has gone by the time anything can fail, so a
// failure is logged, and the connection closed: a file that is not whole must not look
// like one that is.
func (s *server) stream(r *request, w *bufio.Writer, conn net.Conn, rep reply) {
	if err := rep.write(&patient{w, conn}); err != nil {
		s.log.Error("download cut short", "id", r.id, "file", rep.name, "err", err)
		_ = conn.Close()
		return
	}
	if err := w.Flush(); err != nil {
		s.log.Debug("download not taken", "id", r.id, "file", rep.name, "err", err)
	}
}

// patient gives a download time for as long as some of it is taken.
type patient struct {
	io.Writer
	conn net.Conn
}

func (p *patient) Write(b []byte) (int, error) {
	_ = p.conn.SetWriteDeadline(time.Now().Add(writeTime)) // an error means that the connection has gone, which the write says too
	return p.Writer.Write(b)
}

// render fills in what all pages have and writes the page into the response.
func (s *server) render(c *fiber.Ctx, r *request, p views.Page) error {
	frame := p.Frame()
	if r != nil && r.user.ID != 0 {
		frame.Viewer = views.Viewer{ID: int64(r.user.ID), Name: r.user.Name, Admin: r.user.Admin, Theme: r.user.Settings.Theme}
		if !frame.Study {
			n, err := s.store.Counts(r.ctx, r.user.ID, 0, r.now)
			if err != nil {
				return fmt.Errorf("count cards for the bar: %w", err)
			}
			frame.Viewer.Today = n.New + n.Due + n.Drill
		}
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	return views.Render(c.Response().BodyWriter(), p)
}

func (s *server) setCookie(c *fiber.Ctx, k setCookie) {
	f := fasthttp.AcquireCookie()
	defer fasthttp.ReleaseCookie(f)
	f.SetKey(k.name)
	f.SetValue(k.value)
	f.SetPath("/")
	f.SetHTTPOnly(true)
	f.SetSecure(s.o.Secure)
	f.SetSameSite(fasthttp.CookieSameSiteLaxMode)
	f.SetMaxAge(int(k.age / time.Second))
	if k.value == "" {
		f.SetExpire(fasthttp.CookieExpireDelete)
	}
	c.Response().Header.SetCookie(f)
}

// fail answers an error that came before or outside a handler; Fiber calls it for
// its own errors too, even for requests it could not read.
func (s *server) fail(c *fiber.Ctx, err error) error {
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) {
		drain(c.Context())
		if c.Path() == importPath && !s.signedIn(&c.Request().Header) { // the sign-in has ended meanwhile
			s.setHeaders(c)
			c.Set("Location", "/login?again=1")
			c.Status(http.StatusSeeOther)
			return nil
		}
	}
	return s.failWith(c, nil, err)
}

// drain reads what is still to come of a body that is too large. A browser reads no
// answer before it has sent all, and shows a broken connection when it cannot.
func drain(c *fasthttp.RequestCtx) {
	conn, rest := c.Conn(), c.Request.Header.ContentLength()
	if conn == nil || rest > 2*maxUpload {
		return
	}
	buffer := make([]byte, 64<<10)
	for until := time.Now().Add(uploadTime); rest > 0 && time.Now().Before(until); {
		// Some of it has been read already, nobody says how much: it ends with a pause.
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		n, err := conn.Read(buffer)
		if rest -= n; err != nil {
			return
		}
	}
}

// failWith answers an error and logs it, once. The page has the bar when it is
// known who asked.
func (s *server) failWith(c *fiber.Ctx, r *request, err error) error {
	var ref *refusal
	var fe *fiber.Error
	if errors.As(err, &fe) {
		ref = statusRefusal(fe.Code)
	} else {
		ref = refusalOf(err)
	}
	id, _ := c.Locals(localID).(string)
	if id == "" { // the request was not even read: the guard has not seen it
		id = newID()
		s.setHeaders(c)
	}
	level := slog.LevelDebug
	if ref.status >= 500 {
		level = slog.LevelError
	}
	s.log.Log(context.Background(), level, "request failed", "id", id, "method", c.Method(), "path", c.Path(), "status", ref.status, "err", err)
	c.Response().ResetBody()
	if ref.wait > 0 {
		c.Set("Retry-After", strconv.Itoa(int((ref.wait+time.Second-1)/time.Second)))
	}
	c.Status(ref.status)
	if err := s.render(c, r, failure(ref, id)); err == nil {
		return nil
	}
	// The bar's figures cannot be had: the page says the same without them.
	c.Response().ResetBody()
	return s.render(c, nil, failure(ref, id))
}
