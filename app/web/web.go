// Package web serves Recto's pages with Fiber. Handlers know nothing of Fiber:
// they take a request of plain values and return a reply or an error; fiber.go
// alone stands between.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"

	"recto/app/endpoint"
	"recto/store"
)

// Options say how the server behaves.
type Options struct {
	Version        string
	Signup         store.Signup    // who may make an account
	Secure         bool            // behind TLS: cookies are for HTTPS alone
	Hosts          []string        // whose requests are answered, beside those of this machine's own names; none: any
	TrustedProxies []string        // addresses and networks whose X-Forwarded-For is believed
	Log            *slog.Logger    // nil discards
	Fetcher        Fetcher         // nil: articles cannot be had by address
	DeckFetcher    Fetcher         // nil: decks cannot be had by address
	Model          *endpoint.Model // words questions anew; nil: nobody does
	ImportDir      string          // where files wait to be imported, emptied at start; "" means a folder of the system's own
	Imports        ImportLimits    // how much one person may send
	Now            func() time.Time
	HandlerTime    time.Duration // the longest that one answer may take to make; 0 means ten seconds

	// Starter gives a new user the starter deck; nil gives none.
	Starter func(ctx context.Context, user store.UserID, now time.Time) error
}

// Fetcher gets the document at a public address. Its errors are sentences fit for
// the person who gave the address.
type Fetcher func(ctx context.Context, address string) (Fetched, error)

// Fetched is a document from an address.
type Fetched struct {
	Body []byte
	Type string // content type, as the other server says
	URL  string // where it was at last, after redirects
}

// server is what the handlers share.
type server struct {
	store    *store.Store
	o        Options
	log      *slog.Logger
	now      func() time.Time
	proxies  []netip.Prefix
	headers  [][2]string
	accounts *throttle // failed sign-ins by name
	places   *throttle // failed sign-ins by address
	makers   *throttle // accounts made, by address
	pending  *pending
	jobs     *jobs
	inbox    *inbox

	largeExport chan struct{} // held by whoever writes a large deck
}

// Limits of a request. Handlers have their own, shorter, because Fiber never says
// that a client has gone.
const (
	maxBody       = 1 << 20  // bytes
	maxUpload     = 24 << 20 // bytes, on routes that take a file
	formRoom      = 1 << 20  // bytes of those that the other fields may take
	handlerTime   = 10 * time.Second
	readTime      = 10 * time.Second
	uploadTime    = 60 * time.Second
	writeTime     = 30 * time.Second
	idleTime      = 60 * time.Second
	maxConnection = 10000
)

// New is the application, ready to listen. It returns an error when a trusted
// proxy is no address.
func New(s *store.Store, o Options) (*fiber.App, error) {
	app, _, err := newApp(s, o)
	return app, err
}

// newApp is New, with what the handlers share.
func newApp(s *store.Store, o Options) (*fiber.App, *server, error) {
	proxies, err := parseProxies(o.TrustedProxies)
	if err != nil {
		return nil, nil, fmt.Errorf("web: trusted proxies: %w", err)
	}
	srv := &server{
		store: s, o: o, log: o.Log, now: o.Now, proxies: proxies,
		headers:  securityHeaders(o.Secure),
		accounts: newThrottle(5, time.Minute, 15*time.Minute),
		places:   newThrottle(20, 10*time.Second, 5*time.Minute),
		makers:   newThrottle(20, time.Minute, time.Hour),
		pending:  newPending(),
		jobs:     newJobs(),

		largeExport: make(chan struct{}, 1),
	}
	if srv.inbox, err = newInbox(o.ImportDir, o.Imports); err != nil {
		return nil, nil, err
	}
	if srv.log == nil {
		srv.log = slog.New(slog.DiscardHandler)
	}
	if srv.o.HandlerTime <= 0 {
		srv.o.HandlerTime = handlerTime
	}
	if srv.now == nil {
		srv.now = time.Now
	}
	app := fiber.New(fiber.Config{
		AppName:               "Recto",
		DisableStartupMessage: true,
		Immutable:             true, // strings outlive the request
		CaseSensitive:         true,
		BodyLimit:             maxBody,
		Concurrency:           maxConnection,
		ReadBufferSize:        8 << 10,
		ReadTimeout:           readTime,
		WriteTimeout:          writeTime,
		IdleTimeout:           idleTime,
		ErrorHandler:          srv.fail,
	})
	app.Server().HeaderReceived = srv.largerBodies
	app.Server().Handler = srv.protected(app.Server().Handler)
	app.Hooks().OnShutdown(srv.end)
	app.Use(srv.guard)
	for i := range routes {
		r := &routes[i]
		app.Add(r.method, r.path, srv.serve(r))
		if r.method == get {
			app.Add(fiber.MethodHead, r.path, srv.serve(r))
		}
	}
	return app, srv, nil
}

// end stops what works in the background and deletes what waits to be imported.
func (s *server) end() error {
	s.jobs.stop()
	return s.inbox.close()
}
