package web

import (
	"net/url"
	"sync"
	"time"
)

// pending keeps forms that were posted after their sign-in had ended, until the
// person has signed in again: nothing that was typed or graded is lost. They are
// in memory only, bounded in number and size, for fifteen minutes.
type pending struct {
	mu    sync.Mutex
	forms map[string]pendingForm // by the hash of a token that the browser holds
	bytes int
}

type pendingForm struct {
	route  *route
	params map[string]string
	form   url.Values
	as     string // the user whose page the form stood on
	size   int
	until  time.Time
}

const (
	maxPendingForm  = maxArticle + 64<<10 // bytes of one form: an article at its longest
	maxPendingBytes = 64 << 20            // of all
)

func newPending() *pending { return &pending{forms: map[string]pendingForm{}} }

// keep stores a form and returns the token to find it again, or "" when it is too
// large or too many wait already.
func (p *pending) keep(r *request) string {
	f := pendingForm{route: r.route, params: r.params, form: r.form, as: r.form.Get("as"), until: r.now.Add(pendingAge), size: 512}
	for name, values := range r.form {
		for _, v := range values {
			f.size += len(name) + len(v)
		}
	}
	if f.size > maxPendingForm || f.as == "" {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, old := range p.forms {
		if r.now.After(old.until) {
			p.drop(key)
		}
	}
	if p.bytes+f.size > maxPendingBytes {
		return ""
	}
	token := newToken()
	p.forms[string(tokenHash(token))] = f
	p.bytes += f.size
	return token
}

// take returns the form of a token, once.
func (p *pending) take(token string, now time.Time) (pendingForm, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := string(tokenHash(token))
	f, ok := p.forms[key]
	if !ok {
		return pendingForm{}, false
	}
	p.drop(key)
	return f, !now.After(f.until)
}

// has reports whether a form waits under token.
func (p *pending) has(token string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.forms[string(tokenHash(token))]
	return ok && !now.After(f.until)
}

func (p *pending) drop(key string) {
	p.bytes -= p.forms[key].size
	delete(p.forms, key)
}
