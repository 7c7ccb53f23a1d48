package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// sessionAge is how long a browser keeps the cookie; the store ends a sign-in
// after 30 idle days or 180 days in all, whatever the browser does.
const sessionAge = 180 * 24 * time.Hour

// pendingAge is how long a posted form waits for a sign-in.
const pendingAge = 15 * time.Minute

// newToken is a secret of 256 bits, as text that a cookie can hold.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails, by its documentation
	return base64.RawURLEncoding.EncodeToString(b)
}

// tokenHash is what is stored of a token: who reads the database cannot sign in.
func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Names of the cookies. The prefix makes browsers refuse them unless they are
// secure, for the whole server and for this host alone; it needs TLS.
func (s *server) sessionCookie() string { return s.cookieName("recto") }
func (s *server) pendingCookie() string { return s.cookieName("recto-pending") }

func (s *server) cookieName(name string) string {
	if s.o.Secure {
		return "__Host-" + name
	}
	return name
}
