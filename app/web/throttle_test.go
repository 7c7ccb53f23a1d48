package web

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

func TestGuessingBecomesSlow(t *testing.T) {
	now := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	th := newThrottle(5, time.Minute, 15*time.Minute)
	looked := 0
	for range 3600 { // one try a second, for an hour
		if th.try("ada", now) == 0 {
			looked++
		}
		now = now.Add(time.Second)
	}
	if looked > 20 || looked < 5 {
		t.Errorf("%d of 3,600 guesses in an hour were looked at, want 5 to 20", looked)
	}
	if wait := th.try("grace", now); wait != 0 {
		t.Errorf("another account waits %v, want not at all", wait)
	}
	for now.Before(time.Date(2025, 3, 6, 0, 0, 0, 0, time.UTC)) {
		now = now.Add(25 * time.Hour)
	}
	for i := range 5 {
		if wait := th.try("ada", now); wait != 0 {
			t.Errorf("try %d a day later waits %v, want not at all", i+1, wait)
		}
	}
}

func TestASuccessForgetsTheFailures(t *testing.T) {
	now := time.Unix(0, 0)
	th := newThrottle(5, time.Minute, 15*time.Minute)
	for i := range 100 {
		if wait := th.try("ada", now); wait != 0 {
			t.Fatalf("try %d waits %v, want not at all", i, wait)
		}
		th.forgive("ada")
	}
	for i := range 100 {
		if wait := th.try("net", now); wait != 0 {
			t.Fatalf("try %d from an address where all succeed waits %v, want not at all", i, wait)
		}
		th.refund("net")
	}
}

func TestTheThrottleHoldsABoundedTable(t *testing.T) {
	now := time.Unix(0, 0)
	th := newThrottle(5, time.Minute, 15*time.Minute)
	for i := range 3 * maxThrottled {
		th.try(fmt.Sprint(i), now)
	}
	if len(th.seen) > maxThrottled {
		t.Errorf("%d keys are remembered, want %d at most", len(th.seen), maxThrottled)
	}
}

func TestAddressesAreThrottledAsOneHousehold(t *testing.T) {
	key := func(s string) string { return addressKey(netip.MustParseAddr(s)) }
	if key("2001:db8::1") != key("2001:db8::ffff:1") {
		t.Error("two addresses of one /64 have different keys")
	}
	if key("2001:db8::1") == key("2001:db8:0:1::1") {
		t.Error("two /64 networks have the same key")
	}
	if key("192.0.2.1") == key("192.0.2.2") {
		t.Error("two IPv4 addresses have the same key")
	}
	if key("::ffff:192.0.2.1") != key("192.0.2.1") {
		t.Error("an IPv4 address written as IPv6 has another key")
	}
}
