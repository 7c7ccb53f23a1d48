package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names starts a DNS server that answers each question for a name's IPv4 address
// with the next of the given ones, and a resolver that asks it.
func names(t *testing.T, answers ...netip.Addr) (*net.Resolver, *atomic.Int64) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	asked := new(atomic.Int64)
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if reply := answer(buf[:n], asked, answers); reply != nil {
				if _, err := conn.WriteTo(reply, from); err != nil {
					return
				}
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}, asked
}

func answer(question []byte, asked *atomic.Int64, answers []netip.Addr) []byte {
	var m dnsmessage.Message
	if m.Unpack(question) != nil || len(m.Questions) != 1 {
		return nil
	}
	m.Response = true
	m.Additionals = nil
	if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
		a := answers[min(int(asked.Add(1)), len(answers))-1]
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
			Body:   &dnsmessage.AResource{A: a.As4()},
		}}
	}
	reply, err := m.Pack()
	if err != nil {
		return nil
	}
	return reply
}

// TestRebinding: a name that is public at the first look-up and private at the next
// is refused at the next.
func TestRebinding(t *testing.T) {
	t.Parallel()
	loopback := netip.MustParseAddr("127.0.0.1")
	_, insidePort, connects := serve(t, loopback.String(), http.HandlerFunc(page))
	mux := http.NewServeMux()
	_, port, _ := serve(t, world.String(), mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, fmt.Sprintf("http://rebind.example:%d/secret", insidePort), http.StatusFound)
	})
	mux.HandleFunc("/page", page)
	f := outside(port, insidePort)
	address := fmt.Sprintf("http://rebind.example:%d", port)

	f.Resolver, _ = names(t, world)
	if _, err := f.Get(context.Background(), address+"/page"); err != nil {
		t.Fatalf("the name of a public address: %v", err)
	}
	resolver, asked := names(t, world, loopback)
	f.Resolver = resolver
	_, err := f.Get(context.Background(), address+"/")
	wantSentence(t, address, err)
	if asked.Load() < 2 {
		t.Errorf("the name was looked up %d times, want at each connection", asked.Load())
	}
	if err == nil || !strings.Contains(err.Error(), "private network") || connects.Load() != 0 {
		t.Errorf("a name that turns to the loopback: %v, %d connections", err, connects.Load())
	}
	for _, a := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.100.100.200", "0.0.0.0"} {
		f.Resolver, _ = names(t, netip.MustParseAddr(a))
		if _, err := f.Get(context.Background(), address); err == nil || !strings.Contains(err.Error(), "private network") {
			t.Errorf("a name that means %s: %v", a, err)
		}
	}
}
