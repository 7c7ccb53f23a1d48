package web

import (
	"net/netip"
	"sync"
	"time"
)

// throttle slows those who guess. After a number of free failures each further
// try has to wait, twice as long each time up to a limit; a success forgets the
// failures. It is safe for concurrent use.
type throttle struct {
	free    int           // failures that cost nothing
	first   time.Duration // the wait after them
	longest time.Duration

	mu   sync.Mutex
	seen map[string]tries
}

// tries are the failures under one key.
type tries struct {
	failed int
	until  time.Time // no further try is looked at before
	last   time.Time
}

// maxThrottled is how many keys are remembered; beyond it the old are forgotten.
const maxThrottled = 20000

func newThrottle(free int, first, longest time.Duration) *throttle {
	return &throttle{free: free, first: first, longest: longest, seen: map[string]tries{}}
}

// try counts a try under key as failed until forgive says otherwise, and reports
// how long it has to wait; 0 lets it through. Counting first keeps a burst of
// tries at once from being looked at together.
func (t *throttle) try(key string, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := t.seen[key]
	if now.Before(k.until) {
		return k.until.Sub(now)
	}
	if now.Sub(k.last) > 24*time.Hour {
		k = tries{}
	}
	k.failed++
	k.last = now
	if over := k.failed - t.free; over >= 0 {
		pause := t.longest
		if over < 16 {
			pause = min(t.first<<over, t.longest)
		}
		k.until = now.Add(pause)
	}
	if len(t.seen) >= maxThrottled {
		t.forgetOld(now)
	}
	t.seen[key] = k
	return 0
}

// forgive forgets the failures under key.
func (t *throttle) forgive(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, key)
}

// refund takes back one counted try under key: it succeeded, but says nothing
// about the others from there.
func (t *throttle) refund(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k, ok := t.seen[key]
	if !ok {
		return
	}
	k.failed--
	k.until = time.Time{}
	t.seen[key] = k
}

// forgetOld makes room: what no longer waits goes, and if that is not enough,
// whatever the map yields first, until a tenth is free.
func (t *throttle) forgetOld(now time.Time) {
	for key, k := range t.seen {
		if now.After(k.until) && now.Sub(k.last) > t.longest {
			delete(t.seen, key)
		}
	}
	for key := range t.seen {
		if len(t.seen) < maxThrottled*9/10 {
			return
		}
		delete(t.seen, key)
	}
}

// addressKey is what an address is throttled by: itself, or for IPv6 its /64,
// which one person usually has whole.
func addressKey(a netip.Addr) string {
	a = a.Unmap()
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
