package web

import (
	"net/netip"
	"testing"
)

func TestForwardedAddressesAreBelievedFromTrustedProxiesAlone(t *testing.T) {
	proxies, err := parseProxies([]string{"10.0.0.1", "192.168.0.0/16", "::1"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ what, remote, forwarded, want string }{
		{"no proxy", "203.0.113.9", "", "203.0.113.9"},
		{"a stranger who claims another address", "203.0.113.9", "198.51.100.1", "203.0.113.9"},
		{"a trusted proxy", "10.0.0.1", "198.51.100.1", "198.51.100.1"},
		{"a trusted proxy that says nothing", "10.0.0.1", "", "10.0.0.1"},
		{"a client that forged the left end", "10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		{"two trusted proxies", "10.0.0.1", "198.51.100.1, 192.168.7.7", "198.51.100.1"},
		{"only trusted proxies", "10.0.0.1", "192.168.7.7", "192.168.7.7"},
		{"rubbish from a trusted proxy", "10.0.0.1", "1.1.1.1, <script>", "10.0.0.1"},
		{"a proxy on IPv6 loopback", "::1", "2001:db8::5", "2001:db8::5"},
		{"IPv4 in IPv6", "::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"},
	}
	for _, test := range tests {
		got := clientAddress(netip.MustParseAddr(test.remote), test.forwarded, proxies)
		if got.String() != test.want {
			t.Errorf("%s: clientAddress = %v, want %s", test.what, got, test.want)
		}
	}
	if _, err := parseProxies([]string{"nowhere"}); err == nil {
		t.Error("parseProxies(nowhere) gives no error")
	}
}

func TestSignInGoesOnToPlacesOfThisServerAlone(t *testing.T) {
	tests := map[string]string{
		"/": "/", "/review?deck=3": "/review?deck=3", "/decks/4": "/decks/4",
		"": "/", "decks": "/", "//evil.example": "/", `/\evil.example`: "/", `\/evil.example`: "/",
		"https://evil.example/": "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/",
		"http:/review": "/", "/%zz": "/",
	}
	for in, want := range tests {
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRequestsFromOtherSitesAreRefused(t *testing.T) {
	tests := []struct {
		what, method, site, origin string
		refused                    bool
	}{
		{"a form of this site", "POST", "same-origin", "http://recto.test", false},
		{"an address typed by hand", "POST", "none", "", false},
		{"another site", "POST", "cross-site", "https://evil.example", true},
		{"a sister host", "POST", "same-site", "http://sister.recto.test", true},
		{"another site that guesses the origin", "POST", "cross-site", "http://recto.test", true},
		{"an old browser, this site", "POST", "", "http://recto.test", false},
		{"an old browser, another site", "POST", "", "https://evil.example", true},
		{"an old browser, another port", "POST", "", "http://recto.test:81", true},
		{"a page without origin", "POST", "", "null", true},
		{"no browser", "POST", "", "", false},
		{"a link from another site", "GET", "cross-site", "", false},
		{"another method", "DELETE", "cross-site", "", true},
	}
	for _, test := range tests {
		if err := sameOrigin(test.method, "recto.test", test.site, test.origin); (err != nil) != test.refused {
			t.Errorf("%s: sameOrigin = %v, refused: want %v", test.what, err, test.refused)
		}
	}
}
