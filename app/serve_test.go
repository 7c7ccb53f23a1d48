package main

import (
	"net"
	"slices"
	"testing"
)

// TestHostsOfAServer: on this machine alone, only its own names are answered; behind a
// public address that one too; elsewhere any.
func TestHostsOfAServer(t *testing.T) {
	loopback := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 3000}
	everywhere := &net.TCPAddr{IP: net.IPv4zero, Port: 3000}
	for _, c := range []struct {
		cmd  serveCmd
		at   net.Addr
		want []string
	}{
		{serveCmd{}, loopback, []string{"localhost"}},
		{serveCmd{}, &net.TCPAddr{IP: net.IPv6loopback, Port: 3000}, []string{"localhost"}},
		{serveCmd{}, everywhere, nil},
		{serveCmd{BehindTLS: true}, loopback, nil},
		{serveCmd{TrustedProxy: []string{"127.0.0.1"}}, loopback, nil},
		{serveCmd{PublicURL: "https://recto.example.org"}, loopback, []string{"recto.example.org"}},
		{serveCmd{PublicURL: "https://recto.example.org:8443/", TrustedProxy: []string{"127.0.0.1"}}, everywhere, []string{"recto.example.org:8443"}},
	} {
		if got := c.cmd.hosts(c.at); !slices.Equal(got, c.want) {
			t.Errorf("%+v at %v answers to %v, want %v", c.cmd, c.at, got, c.want)
		}
	}
}
