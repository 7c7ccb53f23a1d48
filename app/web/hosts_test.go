package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestHostsThatAreAnswered(t *testing.T) {
	for _, c := range []struct {
		hosts []string
		asked string
		want  bool
	}{
		{nil, "evil.example", true},
		{nil, "", true},
		{[]string{"localhost"}, "localhost:3000", true},
		{[]string{"localhost"}, "LOCALHOST", true},
		{[]string{"localhost"}, "127.0.0.1:3000", true},
		{[]string{"localhost"}, "127.8.9.1", true},
		{[]string{"localhost"}, "[::1]:3000", true},
		{[]string{"localhost"}, "[::1]", true},
		{[]string{"localhost"}, "[::ffff:127.0.0.1]:80", true},
		{[]string{"localhost"}, "evil.example:3000", false},
		{[]string{"localhost"}, "127.0.0.1.evil.example:3000", false},
		{[]string{"localhost"}, "localhost.evil.example", false},
		{[]string{"localhost"}, "localhost@evil.example", false},
		{[]string{"localhost"}, "192.168.0.7:3000", false},
		{[]string{"localhost"}, "0.0.0.0:3000", false},
		{[]string{"localhost"}, "", false},
		{[]string{"localhost"}, ":3000", false},
		{[]string{"localhost"}, "evil.example/localhost", false},
		{[]string{"localhost"}, "[::1", false},
		{[]string{"recto.example.org"}, "recto.example.org", true},
		{[]string{"recto.example.org"}, "Recto.Example.org.:8443", true},
		{[]string{"recto.example.org:8443"}, "recto.example.org", true},
		{[]string{"recto.example.org"}, "localhost:3000", true},
		{[]string{"recto.example.org"}, "example.org", false},
		{[]string{"recto.example.org"}, "evil.recto.example.org", false},
	} {
		if got := (Options{Hosts: c.hosts}).answersTo(c.asked); got != c.want {
			t.Errorf("a server of %v answers %q: %t, want %t", c.hosts, c.asked, got, c.want)
		}
	}
}

// TestAnotherHostIsRefused sends requests whose Host and Origin agree, as those of a page
// do whose name was made to lead to this machine.
func TestAnotherHostIsRefused(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Hosts = []string{"localhost"} })
	ada := w.join("ada")
	before := w.dump()
	for _, path := range []string{"/", "/login", "/signup", "/static/none", "/decks"} {
		for _, method := range []string{"GET", "POST"} {
			status, body := raw(t, w, method, path, "rebound.example:3000", "recto="+ada.cookies["recto"])
			if status != http.StatusMisdirectedRequest || !strings.Contains(body, "does not answer at the address rebound.example") || !strings.Contains(body, "--public-url") {
				t.Errorf("%s %s of another host gives %d:\n%s", method, path, status, body)
			}
			if strings.Contains(body, "ada") {
				t.Errorf("%s %s of another host shows who signed in", method, path)
			}
		}
	}
	if now := w.dump(); now != before {
		t.Errorf("another host changed the database: %s", diff(before, now))
	}
	if status, body := raw(t, w, "GET", "/", `a"><script>`, ""); status == http.StatusOK || strings.Contains(body, "<script>") {
		t.Errorf("a host that is none gives %d:\n%s", status, body)
	}
	if status, _ := raw(t, w, "GET", "/healthz", "10.0.0.7:3000", ""); status != http.StatusOK {
		t.Errorf("whether the server is well is told with %d, want 200 at any host", status)
	}
	ada.get("/").want(t, "this machine", http.StatusOK)
}

// raw sends one request past the client, with a host of its own.
func raw(t *testing.T, w *world, method, path, host, cookie string) (int, string) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	must(t, err)
	defer func() { _ = c.Close() }()
	_, err = fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", method, path, host, host, cookie)
	must(t, err)
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	must(t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	return resp.StatusCode, string(body)
}
