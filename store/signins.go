package store

import (
	"sync"
	"sync/atomic"
	"time"
)

// signInFor is how long a sign-in is believed without asking the database again. What
// this process changes is known at once; another, such as `recto user`, may write to
// the same file.
const signInFor = time.Second

// maxSignIns is how many sign-ins are remembered; then all are forgotten at once.
const maxSignIns = 10_000

// signIns remembers who is signed in with which token, for a moment: every request
// asks. A change of any user or sign-in, seen by the connection that writes, makes
// all that was read before it void, before whoever changed it is answered.
type signIns struct {
	changes atomic.Int64 // committed ones of users and sessions
	mu      sync.RWMutex
	known   map[string]signedIn
}

type signedIn struct {
	user    User
	seen    int64 // as the row has it
	read    time.Time
	changes int64 // when it was read
}

// find is who is signed in, if it was read a moment ago and nothing has changed since.
func (c *signIns) find(token []byte, now time.Time) (User, bool) {
	c.mu.RLock()
	f, ok := c.known[string(token)]
	c.mu.RUnlock()
	age := now.Sub(f.read)
	ok = ok && f.changes == c.changes.Load() && age >= 0 && age < signInFor && now.Sub(instant(f.seen)) < seenEvery
	return f.user, ok
}

// keep remembers who is signed in. Changes is how many there had been before it was read.
func (c *signIns) keep(token []byte, f signedIn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxSignIns {
		c.known = map[string]signedIn{}
	}
	c.known[string(token)] = f
}
