package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// world is the loopback address that plays a public one in these tests; 127.0.0.1
// stays private.
var world = netip.MustParseAddr("127.0.0.2")

// serve starts a server on an address; it counts the connections that reach it.
func serve(t *testing.T, addr string, h http.Handler) (base string, port int, connects *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(addr, "0"))
	if err != nil {
		t.Skipf("no listener on %s: %v", addr, err)
	}
	connects = new(atomic.Int64)
	s := httptest.NewUnstartedServer(h)
	s.Listener.Close()
	s.Listener = l
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connects.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	port = l.Addr().(*net.TCPAddr).Port
	return "http://" + net.JoinHostPort(addr, strconv.Itoa(port)), port, connects
}

// outside is a Fetcher for which the world is public, on the given ports.
func outside(ports ...int) *Fetcher {
	return &Fetcher{Version: "1.2.3", Ports: ports, public: func(a netip.Addr) bool { return a.Unmap() == world || isPublic(a) }}
}

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<p>The mill was built in 1780.</p>")
}

func TestGet(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	mux := http.NewServeMux()
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
		http.Redirect(w, r, "/mill?x=1", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/mill", func(w http.ResponseWriter, r *http.Request) {
		asked = r
		page(w, r)
	})
	base, port, _ := serve(t, world.String(), mux)
	got, err := outside(port).Get(context.Background(), "  "+base+"/old#part ")
	if err != nil {
		t.Fatal(err)
	}
	if want := base + "/mill?x=1"; got.URL != want && got.URL != want+"#part" {
		t.Errorf("URL = %s, want %s", got.URL, want)
	}
	if got.ContentType != "text/html; charset=utf-8" || string(got.Body) != "<p>The mill was built in 1780.</p>" {
		t.Errorf("page is %+v", got)
	}
	if agent := asked.UserAgent(); agent != "Recto/1.2.3" {
		t.Errorf("User-Agent = %q, want Recto/1.2.3", agent)
	}
	for _, header := range []string{"Cookie", "Referer", "Authorization"} {
		if v := asked.Header.Get(header); v != "" {
			t.Errorf("the request tells %s: %s", header, v)
		}
	}
}

// TestProxyIsIgnored: a proxy would dial for us, and past every check.
func TestProxyIsIgnored(t *testing.T) {
	_, _, connects := serve(t, "127.0.0.1", http.HandlerFunc(page))
	base, port, _ := serve(t, world.String(), http.HandlerFunc(page))
	proxy, _, proxied := serve(t, "127.0.0.1", http.HandlerFunc(page))
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"} {
		t.Setenv(name, proxy)
	}
	if _, err := outside(port).Get(context.Background(), base); err != nil {
		t.Fatal(err)
	}
	if connects.Load() != 0 || proxied.Load() != 0 {
		t.Error("the proxy of the environment was asked")
	}
}

// TestHostile: no form of an address that is not public is ever connected to.
func TestHostile(t *testing.T) {
	t.Parallel()
	_, port, connects := serve(t, "127.0.0.1", http.HandlerFunc(page))
	_, port6, connects6 := serveIfAble(t, "::1")
	f := outside(port, port6)
	f.Timeout = 5 * time.Second
	for _, host := range []string{
		"127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "127.0.0.1.", "127.0.0.0x1",
		"0", "0.0.0.0", "0x0", "localhost", "LOCALHOST", "localhost.", "１２７.０.０.１", "127。0。0。1",
		"[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1%25lo]",
		"10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "168.63.129.16", "192.0.0.192", "100.100.100.200", "[2001:db8::1]", "[64:ff9b:1::1]",
	} {
		for _, p := range []int{port, port6} {
			address := fmt.Sprintf("http://%s:%d/", host, p)
			_, err := f.Get(context.Background(), address)
			wantSentence(t, address, err)
			if s := fmt.Sprint(err); strings.Contains(s, "too long") || strings.Contains(s, "cannot be reached") {
				t.Errorf("%s was dialled: %v", address, err)
			}
		}
	}
	if n := connects.Load() + connects6.Load(); n != 0 {
		t.Errorf("the servers on the loopback were connected to %d times", n)
	}
}

func serveIfAble(t *testing.T, addr string) (string, int, *atomic.Int64) {
	t.Helper()
	if l, err := net.Listen("tcp", net.JoinHostPort(addr, "0")); err != nil {
		return "", 1, new(atomic.Int64)
	} else if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return serve(t, addr, http.HandlerFunc(page))
}

// wantSentence holds an error to being one sentence for a person.
func wantSentence(t *testing.T, address string, err error) {
	t.Helper()
	var own *Error
	if !errors.As(err, &own) {
		t.Errorf("%s: error is %v, want a refusal", address, err)
		return
	}
	if s := own.Error(); !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ")") || strings.Contains(s, "dial tcp") || strings.Contains(s, "Get \"") {
		t.Errorf("%s: %q is not a sentence for a person", address, s)
	}
}

func TestRefusedForms(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                           "Give the address",
		"   ":                        "Give the address",
		"ftp://example.org/a":        "http and https",
		"file:///etc/passwd":         "http and https",
		"javascript:alert(1)":        "http and https",
		"data:text/html,hello":       "http and https",
		"gopher://example.org":       "http and https",
		"http://":                    "names no site",
		"https:///path":              "names no site",
		"http://a:b@example.org/":    "user name or password",
		"http://example.org:22/":     "port 22",
		"http://example.org:99999/":  "port 99999",
		"http://example.org:8080/":   "port 8080",
		"http://ex ample.org/":       "not an address of a web page",
		"http://[::1/":               "not an address of a web page",
		"http://2130706433/":         "not an address that Recto fetches from",
		"http://127.0.0.1@evil.org/": "user name or password",
		"http://%31%32%37.0.0.1/":    "not an address of a web page",
		"http://169.254.169.254/latest/meta-data/": "private network",
		"192.168.1.1":  "private network",
		"localhost:80": "http and https",
	} {
		_, err := new(Fetcher).Get(context.Background(), address)
		wantSentence(t, address, err)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a sentence with %q", address, err, want)
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	inside, insidePort, connects := serve(t, "127.0.0.1", http.HandlerFunc(page))
	mux := http.NewServeMux()
	base, port, _ := serve(t, world.String(), mux)
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("u"))
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("/count/{n}", func(w http.ResponseWriter, r *http.Request) {
		if n, _ := strconv.Atoi(r.PathValue("n")); n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/count/%d", n-1), http.StatusFound)
			return
		}
		page(w, r)
	})
	f := outside(port, insidePort)
	for to, want := range map[string]string{
		inside + "/":                       "private network",
		"http://localhost/":                "private network",
		"http://[::ffff:127.0.0.1]/":       "private network",
		"http://2130706433/":               "not an address that Recto fetches from",
		"file:///etc/passwd":               "http and https",
		"http://example.org:22/":           "port 22",
		"http://u:p@example.org/":          "user name or password",
		"http://169.254.169.254/meta-data": "private network",
	} {
		_, err := f.Get(context.Background(), base+"/to?u="+url.QueryEscape(to))
		wantSentence(t, to, err)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("redirect to %s: %v, want a sentence with %q", to, err, want)
		}
	}
	if n := connects.Load(); n != 0 {
		t.Errorf("redirects led inside %d times", n)
	}
	if _, err := f.Get(context.Background(), base+"/count/5"); err != nil {
		t.Errorf("five redirects: %v, want the page", err)
	}
	if _, err := f.Get(context.Background(), base+"/count/6"); err == nil || !strings.Contains(err.Error(), "more than 5 times") {
		t.Errorf("six redirects: %v, want a refusal", err)
	}
}

func TestPrivateWhenAllowed(t *testing.T) {
	t.Parallel()
	base, _, _ := serve(t, "127.0.0.1", http.HandlerFunc(page))
	if _, err := (&Fetcher{AllowPrivate: true}).Get(context.Background(), base); err != nil {
		t.Errorf("a private address that is allowed: %v", err)
	}
}

// TestWhatIsServed: what is too large, too slow or no text is refused, and says so.
func TestWhatIsServed(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 16 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	mux := http.NewServeMux()
	typed := func(path, kind string, status int, body []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write(body)
		})
	}
	typed("/large", "text/plain", 200, make([]byte, DefaultLimit+1))
	typed("/just", "text/plain", 200, bytes.Repeat([]byte("a"), DefaultLimit))
	typed("/pdf", "application/pdf", 200, []byte("%PDF-1.7"))
	typed("/image", "image/png", 200, []byte("x"))
	typed("/json", "application/json", 200, []byte("{}"))
	typed("/odd", "text/html; charset", 200, []byte("<p>x"))
	typed("/markdown", "text/markdown; charset=utf-8", 200, []byte("# x"))
	typed("/xhtml", "application/xhtml+xml", 200, []byte("<p/>"))
	typed("/none", "text/html", 404, nil)
	typed("/shut", "text/html", 403, nil)
	typed("/pay", "text/html", 402, nil)
	typed("/down", "text/html", 503, nil)
	typed("/teapot", "text/html", 418, nil)
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "br")
		fmt.Fprint(w, "xxxx")
	})
	mux.HandleFunc("/sniffed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		fmt.Fprint(w, "<!DOCTYPE html><p>x")
	})
	slow := func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "drip") {
			page(w, r)
			w.(http.Flusher).Flush()
		}
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	}
	mux.HandleFunc("/slow", slow)
	mux.HandleFunc("/drip", slow)
	mux.HandleFunc("/cut", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		page(w, r)
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/header", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", maxHeader+1))
		page(w, r)
	})
	base, port, _ := serve(t, world.String(), mux)
	t.Cleanup(func() { close(stop) })

	for path, want := range map[string]string{
		"/large": "too large", "/just": "", "/bomb": "too large", "/packed": "did not ask for",
		"/pdf": "", "/image": "an image", "/json": "not a text", "/odd": "", "/markdown": "", "/xhtml": "", "/sniffed": "",
		"/none": "no page at this address", "/shut": "paste it", "/pay": "paste it", "/down": "Try again later", "/teapot": "(418)",
		"/slow": "too long to answer", "/drip": "too long to answer", "/cut": "broke the connection off", "/header": "broke the connection off",
	} {
		f := outside(port)
		if path == "/slow" || path == "/drip" {
			f.Timeout = 200 * time.Millisecond
		}
		got, err := f.Get(context.Background(), base+path)
		if want == "" {
			if err != nil || len(got.Body) == 0 {
				t.Errorf("%s: %d bytes, %v, want the page", path, len(got.Body), err)
			}
			continue
		}
		wantSentence(t, path, err)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want a sentence with %q", path, err, want)
		}
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	base, port, _ := serve(t, world.String(), http.HandlerFunc(page))
	f := outside(port)
	given, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Get(given, base); err == nil || !strings.Contains(err.Error(), "given up") {
		t.Errorf("a request given up: %v", err)
	}
	if _, err := f.Get(context.Background(), strings.Replace(base, "http:", "https:", 1)); err == nil || !strings.Contains(err.Error(), "not secure") && !strings.Contains(err.Error(), "broke") {
		t.Errorf("https on a port of http: %v", err)
	}
	l, err := net.Listen("tcp", world.String()+":0")
	if err != nil {
		t.Fatal(err)
	}
	shut := l.Addr().(*net.TCPAddr).Port
	l.Close()
	if _, err := outside(shut).Get(context.Background(), fmt.Sprintf("http://%s:%d/", world, shut)); err == nil || !strings.Contains(err.Error(), "cannot be reached") {
		t.Errorf("a port that nobody listens on: %v", err)
	}
}

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for a, want := range map[string]bool{
		"93.184.215.14": true, "1.1.1.1": true, "8.8.8.8": true, "172.32.0.1": true, "100.128.0.1": true, "192.167.255.255": true, "223.255.255.255": true,
		"2606:4700::1": true, "2a00:1450:4001::1": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true,
		"172.31.255.255": false, "100.127.255.255": false, "11.0.0.1": true, "126.255.255.255": true, "128.0.0.1": true,
		"::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "64:ff9b:1::808:808": false, "::": false, "::8.8.8.8": false, "fe80::1%eth0": false,
		"2001::1": false, "2001:1ff:ffff::": false, "2001:200::1": true, "2002:808:808::": false, "3fff::1": false, "4000::1": false, "5f00::1": false, "fec0::1": false, "100::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(a)); got != want {
			t.Errorf("isPublic(%s) = %v, want %v", a, got, want)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

func TestFilesOfAnyTypeWhereTheirContentDecides(t *testing.T) {
	t.Parallel()
	base, port, _ := serve(t, world.String(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/vnd.unheard-of")
		fmt.Fprint(w, strings.Repeat("PK", 100))
	}))
	f := outside(port)
	if _, err := f.Get(context.Background(), base+"/deck.apkg"); err == nil {
		t.Error("a page of an unheard-of type was fetched as an article")
	}
	f.AnyType, f.Limit = true, 200
	if got, err := f.Get(context.Background(), base+"/deck.apkg"); err != nil || len(got.Body) != 200 {
		t.Errorf("a file of an unheard-of type: %d bytes, %v; want 200", len(got.Body), err)
	}
	f.Limit = 199
	if _, err := f.Get(context.Background(), base+"/deck.apkg"); err == nil {
		t.Error("a file that is too large was fetched")
	}
	if _, err := f.Get(context.Background(), "http://127.0.0.1:80/deck.apkg"); err == nil {
		t.Error("a file of the server itself was fetched")
	}
}
