package web

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// contentPolicy lets a page load what this server sends, and nothing inline. It holds
// for imported cards as well: their note type's CSS is a file of its own, and their
// style attributes are classes in it (see cards/render), so that neither style-src nor
// style-src-attr has to allow what is inline. Pictures may stand in a card as data,
// which cards/render lets through only where they are pixels.
const contentPolicy = "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; img-src 'self' data:"

// withSites is the policy of a page whose reader asked for the pictures and sounds of
// other sites, which cards/render names so that they may stand here. Nothing remembers
// the wish: whoever wrote a deck could else learn of each review by a picture in it.
func withSites(sites []string) string {
	if len(sites) == 0 {
		return contentPolicy
	}
	list := " " + strings.Join(sites, " ")
	return contentPolicy + list + "; media-src 'self'" + list
}

// withStyle is the policy of a page that holds one style element, which its hash names.
func withStyle(sheet template.CSS) string {
	sum := sha256.Sum256([]byte(sheet))
	return contentPolicy + "; style-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// securityHeaders are set on every answer, errors included. The referrer stays
// within the site rather than being dropped: with "no-referrer" browsers send
// "Origin: null" with forms, which is refused where Sec-Fetch-Site is not sent.
func securityHeaders(secure bool) [][2]string {
	h := [][2]string{
		{"Content-Security-Policy", contentPolicy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{"X-Frame-Options", "DENY"},
	}
	if secure {
		h = append(h, [2]string{"Strict-Transport-Security", "max-age=31536000"})
	}
	return h
}

// crossOrigin is the standard library's protection; only its Check is used, on a
// request made of what it looks at.
var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin returns an error when an unsafe request comes from another site.
func sameOrigin(method, host, fetchSite, origin string) error {
	r := &http.Request{Method: method, Host: host, Header: http.Header{}}
	if fetchSite != "" {
		r.Header.Set("Sec-Fetch-Site", fetchSite)
	}
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	return crossOrigin.Check(r)
}

// clientAddress is the address that a request comes from. X-Forwarded-For is
// believed only from a trusted proxy, and read from the right: the entries that
// trusted proxies added are passed over, and the first other one is the client.
func clientAddress(remote netip.Addr, forwarded string, trusted []netip.Prefix) netip.Addr {
	remote = remote.Unmap()
	if forwarded == "" || !contains(trusted, remote) {
		return remote
	}
	hops := strings.Split(forwarded, ",")
	for i := len(hops) - 1; i >= 0; i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return remote
		}
		remote = a.Unmap().WithZone("")
		if !contains(trusted, remote) {
			return remote
		}
	}
	return remote
}

func contains(prefixes []netip.Prefix, a netip.Addr) bool {
	for _, p := range prefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// parseProxies reads addresses and networks: "10.0.0.1", "10.0.0.0/8".
func parseProxies(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p.Masked())
			continue
		}
		a, err := netip.ParseAddr(s)
		if err != nil {
			return nil, err
		}
		out = append(out, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
	}
	return out, nil
}

// localPath returns path when it is a place on this server to go on to after a
// sign-in, and "/" otherwise: nothing that a browser could read as an address of
// another server.
func localPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || len(path) > 1000 ||
		!strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t\x00") {
		return "/"
	}
	return path
}
