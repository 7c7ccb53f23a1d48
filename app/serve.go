package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"

	"recto/app/fetch"
	"recto/app/web"
	"recto/store"
)

type serveCmd struct {
	database
	llmFlags
	Addr         string   `default:"127.0.0.1:3000" env:"RECTO_ADDR" placeholder:"HOST:PORT" help:"Where to listen, 127.0.0.1:3000 unless said otherwise; ':3000' means every network of this machine."`
	Signup       string   `enum:",open,invite,closed" default:"" env:"RECTO_SIGNUP" placeholder:"WHO" help:"Who may make an account: open, invite or closed. Unless said otherwise: open when listening on this machine alone, invite elsewhere. The first account is always let in, and is the administrator."`
	PublicURL    string   `name:"public-url" env:"RECTO_PUBLIC_URL" placeholder:"URL" help:"The address that people type, such as https://recto.example.org. With https, cookies are sent over TLS alone. Requests to other hosts are refused then, but for localhost."`
	BehindTLS    bool     `name:"behind-tls" env:"RECTO_BEHIND_TLS" help:"A proxy before this server speaks TLS: cookies are sent over TLS alone. An https --public-url says the same."`
	TrustedProxy []string `name:"trusted-proxy" env:"RECTO_TRUSTED_PROXY" placeholder:"ADDRESS" help:"Address or network of a proxy whose X-Forwarded-For is believed; may be repeated."`
	Log          string   `enum:"debug,info,warn,error" default:"info" env:"RECTO_LOG" placeholder:"LEVEL" help:"What to log on standard error: debug, info, warn or error."`
}

func (serveCmd) Help() string {
	return `The database is made when there is none. Ctrl-C ends the server after the answers under way are sent; every graded card is on disk before its answer is.

Examples:

	recto
	recto --addr 127.0.0.1:8080 --db ~/recto.db
	recto serve --public-url https://recto.example.org --trusted-proxy 127.0.0.1 --signup invite
	RECTO_ADDR=:3000 RECTO_DB=/var/lib/recto/recto.db recto`
}

func (cmd *serveCmd) Run(ctx context.Context, c *console) error {
	log := slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: logLevels[cmd.Log]}))
	if err := cmd.check(); err != nil {
		return err
	}
	model, err := cmd.model()
	if err != nil {
		return err
	}
	listener, err := listen(ctx, cmd.Addr)
	if err != nil {
		return err
	}
	defer listener.Close() // closed already when serving ended well
	s, err := cmd.open(ctx, store.Options{Log: log})
	if err != nil {
		return err
	}
	defer s.Close()
	signup := cmd.whoSignsUp(listener.Addr())
	deck := newStarterDeck(s)
	app, err := web.New(s, web.Options{
		Version: version, Signup: signup, Secure: cmd.secure(), Hosts: cmd.hosts(listener.Addr()), TrustedProxies: cmd.TrustedProxy, Log: log,
		Fetcher: fetcher(), DeckFetcher: deckFetcher(), Model: model, ImportDir: cmd.DB + ".uploads", Starter: deck.give,
	})
	if err != nil {
		return err
	}
	go daily(ctx, s, log)
	fmt.Fprintf(c.out, "Recto listens at %s (database %s, sign-up %s). Ctrl-C ends it.\n", cmd.address(listener.Addr()), cmd.DB, signup)
	return serve(ctx, app, listener, log)
}

var logLevels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// check says what is wrong with the flags together.
func (cmd *serveCmd) check() error {
	if cmd.PublicURL != "" {
		u, err := url.Parse(cmd.PublicURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return usageError{fmt.Sprintf("--public-url: %q is no address; write it like https://recto.example.org", cmd.PublicURL)}
		}
		if u.Path != "" && u.Path != "/" {
			return usageError{fmt.Sprintf("--public-url: Recto needs a host of its own, not the folder %s; leave the folder off", u.Path)}
		}
	}
	for _, p := range cmd.TrustedProxy {
		_, err1 := netip.ParseAddr(p)
		_, err2 := netip.ParsePrefix(p)
		if err1 != nil && err2 != nil {
			return usageError{fmt.Sprintf("--trusted-proxy: %q is no address and no network; write it like 10.0.0.1 or 10.0.0.0/8", p)}
		}
	}
	return nil
}

// secure reports whether browsers reach the server over TLS.
func (cmd *serveCmd) secure() bool {
	return cmd.BehindTLS || strings.HasPrefix(strings.ToLower(cmd.PublicURL), "https:")
}

// whoSignsUp is the flag's word, or what is safe where the server listens.
func (cmd *serveCmd) whoSignsUp(at net.Addr) store.Signup {
	if cmd.Signup != "" {
		return store.Signup(cmd.Signup)
	}
	if cmd.alone(at) {
		return store.SignupOpen
	}
	return store.SignupInvite
}

// alone reports whether the server is for this machine and nobody else.
func (cmd *serveCmd) alone(at net.Addr) bool {
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback() && cmd.PublicURL == "" && !cmd.BehindTLS && len(cmd.TrustedProxy) == 0
}

// hosts are those that the server answers to, beside the names of this machine, or none
// where it cannot know what people type.
func (cmd *serveCmd) hosts(at net.Addr) []string {
	if u, err := url.Parse(cmd.PublicURL); err == nil && u.Host != "" {
		return []string{u.Host}
	}
	if cmd.alone(at) {
		return []string{"localhost"}
	}
	return nil
}

// address is what to type into a browser.
func (cmd *serveCmd) address(at net.Addr) string {
	if cmd.PublicURL != "" {
		return cmd.PublicURL
	}
	tcp, ok := at.(*net.TCPAddr)
	if !ok || tcp.IP.IsUnspecified() {
		_, port, _ := net.SplitHostPort(at.String())
		return "http://localhost:" + port
	}
	return "http://" + at.String()
}

// listen takes the address, or says in a sentence why it cannot.
func listen(ctx context.Context, address string) (net.Listener, error) {
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return nil, usageError{fmt.Sprintf("--addr: %q is no address to listen at; write it like 127.0.0.1:3000", address)}
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	var dns *net.DNSError
	var addr *net.AddrError
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program, perhaps by another Recto; end that one, or choose a free port: recto --addr 127.0.0.1:3001", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s may not be used by you; ports below 1024 need more rights, so choose a higher one: recto --addr 127.0.0.1:3000", address)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &dns), errors.As(err, &addr):
		return nil, usageError{fmt.Sprintf("--addr: %s is no address of this machine", address)}
	}
	return nil, fmt.Errorf("listen at %s: %w", address, err)
}

// fetcher gets articles by their address, from public addresses only.
func fetcher() web.Fetcher {
	return getting(&fetch.Fetcher{Version: version})
}

// deckFetcher gets the files of decks by their address, whatever the other server
// says that they are.
func deckFetcher() web.Fetcher {
	return getting(&fetch.Fetcher{Version: version, AnyType: true, Limit: 64 << 20, Timeout: 2 * time.Minute})
}

func getting(f *fetch.Fetcher) web.Fetcher {
	return func(ctx context.Context, address string) (web.Fetched, error) {
		page, err := f.Get(ctx, address)
		return web.Fetched{Body: page.Body, Type: page.ContentType, URL: page.URL}, err
	}
}

// daily does once a day what the store has to do of itself, until ctx ends. Opening it
// did so too.
func daily(ctx context.Context, s *store.Store, log *slog.Logger) {
	day := time.NewTicker(24 * time.Hour)
	defer day.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-day.C:
			if err := s.Tidy(ctx, now); err != nil {
				log.Warn("the work of the day was not done, and is tried again tomorrow", "error", err)
			}
		}
	}
}

// leaveTime is how long answers under way may take when the server is ended.
const leaveTime = 10 * time.Second

// serve answers until ctx ends, and then finishes what is under way.
func serve(ctx context.Context, app *fiber.App, listener net.Listener, log *slog.Logger) error {
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(listener) }()
	select {
	case err := <-ended:
		if err == nil {
			err = errors.New("the listener was closed")
		}
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("ending: answers under way are finished first")
	leave, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	if err := app.ShutdownWithContext(leave); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end the server: %w", err)
	}
	return nil
}
