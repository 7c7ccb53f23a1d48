package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// answersTo reports whether the server answers a request to a host, which may have a
// port. Names of this machine itself are always answered. A page of another site whose
// name was made to lead here (DNS rebinding) is of the same origin to the browser, and
// only the host that it asks for tells it apart.
func (o Options) answersTo(host string) bool {
	if len(o.Hosts) == 0 {
		return true
	}
	name := hostName(host)
	if name == "localhost" {
		return true
	}
	if a, err := netip.ParseAddr(name); err == nil && a.Unmap().IsLoopback() {
		return true
	}
	for _, h := range o.Hosts {
		if name != "" && name == hostName(h) {
			return true
		}
	}
	return false
}

// hostName is a host without its port, in small letters.
func hostName(host string) string {
	u, err := url.Parse("//" + host)
	if err != nil || u.User != nil || u.Host != host {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// misdirected is the refusal of a request to another host.
func misdirected(host string) *refusal {
	r := refuse(http.StatusMisdirectedRequest, "Another address", fmt.Sprintf(
		"This Recto does not answer at the address %s. Open it at localhost, or let the person who runs it start it with --public-url and the address that people type.", hostShown(host)))
	r.cause = fmt.Errorf("host %q is none of this server's", host)
	return r
}

// hostShown is a host as a page may repeat it.
func hostShown(host string) string {
	if name := hostName(host); name != "" && len(name) <= 253 {
		return name
	}
	return "that was asked for"
}
