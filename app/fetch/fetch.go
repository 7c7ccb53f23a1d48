// Package fetch gets an article by its address for a user, and nothing else: public
// pages of text, books and documents over HTTP, never what lies in the network of the server itself.
// Every address is judged when it is dialled, so that neither a redirect nor a name
// that changes its address between two look-ups leads inside.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What a Fetcher allows unless it says otherwise.
const (
	DefaultTimeout = 10 * time.Second // from the first look-up to the last byte
	DefaultLimit   = 5 << 20          // bytes of a page, once decompressed
	maxRedirects   = 5
	maxHeader      = 64 << 10
)

// Fetcher gets pages. The zero value is ready for use, by many goroutines at once.
type Fetcher struct {
	Version      string        // of Recto, told to the sites
	AllowPrivate bool          // reach every address and every port, for those who read their own network
	Ports        []int         // allowed besides 80 and 443
	Timeout      time.Duration // 0 means DefaultTimeout
	Limit        int           // bytes; 0 means DefaultLimit
	Resolver     *net.Resolver // nil means that of the system
	AnyType      bool          // take files of every type: whoever reads them goes by their content

	public func(netip.Addr) bool // nil means isPublic; tests name the loopback addresses that play the world
}

// Page is what was found at an address.
type Page struct {
	URL         string // after redirects
	ContentType string // as the server gave it
	Body        []byte
}

// Error is the reason why there is no page, as a sentence for the user. It wraps
// the error below it, where there is one.
type Error struct {
	Sentence string
	Err      error
}

func (e *Error) Error() string { return e.Sentence }

func (e *Error) Unwrap() error { return e.Err }

func refusal(format string, args ...any) *Error {
	return &Error{Sentence: fmt.Sprintf(format, args...)}
}

// types are the media types of articles.
var types = []string{
	"text/html", "application/xhtml+xml", "text/plain", "text/markdown",
	"application/pdf", "application/epub+zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// Get fetches the page at an address. An address without a scheme is taken for one
// of https. The error is always an *Error.
func (f *Fetcher) Get(ctx context.Context, address string) (Page, error) {
	u, err := f.parse(address)
	if err != nil {
		return Page{}, err
	}
	timeout := f.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	within, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	client, transport := f.client()
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(within, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, &Error{"This is not an address of a web page.", err}
	}
	f.setHeader(req)
	resp, err := client.Do(req)
	if err != nil {
		return Page{}, explain(ctx, u.Hostname(), err)
	}
	defer resp.Body.Close()
	return f.read(ctx, resp)
}

func (f *Fetcher) setHeader(req *http.Request) {
	version := f.Version
	if version == "" {
		version = "dev"
	}
	req.Header.Set("User-Agent", "Recto/"+version)
	accept := strings.Join(types, ", ")
	if f.AnyType {
		accept = "*/*"
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Language", "en")
}

// parse reads an address that a person typed or pasted.
func (f *Fetcher) parse(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return nil, refusal("Give the address of a page, such as https://example.org/article.")
	}
	if scheme, _, found := strings.Cut(address, ":"); !strings.Contains(address, "://") && (!found || strings.Contains(scheme, ".")) {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, &Error{"This is not an address of a web page. It should look like https://example.org/article.", err}
	}
	if err := f.check(u); err != nil {
		return nil, err
	}
	return u, nil
}

// check judges an address by its form: the one given, and each it redirects to.
func (f *Fetcher) check(u *url.URL) error {
	host := strings.TrimSuffix(u.Hostname(), ".")
	port := u.Port()
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refusal("Recto fetches pages from http and https addresses only.")
	case host == "":
		return refusal("This address names no site. It should look like https://example.org/article.")
	case u.User != nil:
		return refusal("This address holds a user name or password, which Recto does not send on.")
	case oddNumber(host):
		return refusal("%s is not an address that Recto fetches from.", host)
	case port == "" || port == "80" || port == "443" || f.AllowPrivate:
		return nil
	}
	if n, err := strconv.Atoi(port); err != nil || !slices.Contains(f.Ports, n) {
		return refusal("Recto fetches pages from the usual ports (80 and 443) only, not from port %s.", port)
	}
	return nil
}

// oddNumber reports whether a host is a number that only some programs take for an
// IP address: "2130706433", "0177.0.0.1", "0x7f.1", "127.1".
func oddNumber(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	_, err := strconv.ParseUint(last, 0, 64)
	if err != nil {
		_, err = strconv.ParseUint(last, 10, 64)
	}
	return err == nil || strings.HasPrefix(strings.ToLower(last), "0x") || errors.Is(err, strconv.ErrRange)
}

// errPrivate is the error of dialling an address that is not public.
var errPrivate = errors.New("address is not public")

// client is made anew for every page: no connection, cookie or proxy is shared.
func (f *Fetcher) client() (*http.Client, *http.Transport) {
	dialer := &net.Dialer{Resolver: f.Resolver, Control: f.control}
	transport := &http.Transport{
		Proxy:                  nil, // a proxy would dial for us, past control
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: maxHeader,
	}
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return refusal("This address leads on from page to page more than %d times.", maxRedirects)
		}
		req.Header.Del("Referer")
		return f.check(req.URL)
	}}, transport
}

// control is called with the address that is about to be dialled, after every
// look-up of a name.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	if f.AllowPrivate {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("dial %s: %w", address, errPrivate)
	}
	public := f.public
	if public == nil {
		public = isPublic
	}
	if !public(at.Addr()) {
		return fmt.Errorf("dial %s: %w", address, errPrivate)
	}
	return nil
}

// read takes the page out of a response that is one.
func (f *Fetcher) read(ctx context.Context, resp *http.Response) (Page, error) {
	host := resp.Request.URL.Hostname()
	if err := statusError(host, resp.StatusCode); err != nil {
		return Page{}, err
	}
	if encoding := resp.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return Page{}, refusal("%s sent the page in a packed form that Recto did not ask for (%.20q).", host, encoding)
	}
	limit := f.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, int64(limit)+1))
	if err != nil {
		return Page{}, explain(ctx, host, err)
	}
	if len(body) > limit {
		return Page{}, refusal("The page is too large: Recto fetches up to %d MB.", max(1, limit>>20))
	}
	contentType := resp.Header.Get("Content-Type")
	if contentType == "" {
		contentType = http.DetectContentType(body)
	}
	if kind, _, err := mime.ParseMediaType(contentType); !f.AnyType && ((err != nil && kind == "") || !slices.Contains(types, kind)) {
		return Page{}, notText(kind)
	}
	return Page{URL: resp.Request.URL.String(), ContentType: contentType, Body: body}, nil
}

func notText(kind string) *Error {
	what := "something that is not a text"
	switch major, _, _ := strings.Cut(kind, "/"); major {
	case "image", "audio", "video":
		what = map[string]string{"image": "an image", "audio": "a recording", "video": "a film"}[major]
	}
	return refusal("At this address is %s. Recto fetches web pages, plain text, Markdown, PDF, EPUB and Word documents; you can also paste the text.", what)
}

func statusError(host string, status int) error {
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		return refusal("There is no page at this address (%s answers %d).", host, status)
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired:
		return refusal("%s does not let Recto read this page (%d). Open it yourself, copy the text and paste it.", host, status)
	case status == http.StatusTooManyRequests || status >= 500:
		return refusal("%s cannot give the page right now (%d). Try again later.", host, status)
	}
	return refusal("%s did not give the page (%d).", host, status)
}
