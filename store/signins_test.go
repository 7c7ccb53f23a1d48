package store_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"recto/store"
)

// TestSignInsAreRememberedAndNeverStale: a sign-in that has just been read is read
// from memory; whatever this process changes about it is seen by the next request, and
// what another process changes a second later.
func TestSignInsAreRememberedAndNeverStale(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	token := []byte(fmt.Sprintf("%032d", 1))
	must(t, w.s.CreateSession(w.ctx(), ada.id, token, "Firefox", w.now))
	who := func() store.User {
		t.Helper()
		return got[store.User](t)(w.s.SessionUser(w.ctx(), token, w.now))
	}
	before := who()

	settings := before.Settings
	settings.NewPerDay = before.Settings.NewPerDay + 7
	must(t, w.s.SetSettings(w.ctx(), ada.id, settings))
	if u := who(); u.Settings.NewPerDay != settings.NewPerDay {
		t.Errorf("settings just saved are not seen: %d new cards a day, want %d", u.Settings.NewPerDay, settings.NewPerDay)
	}

	other := got[*sql.DB](t)(sql.Open("sqlite3", w.path))
	defer other.Close()
	_, err := other.Exec(`UPDATE users SET name = 'Ada Lovelace' WHERE id = ?`, int64(ada.id))
	must(t, err)
	if u := who(); u.Name != before.Name {
		t.Errorf("the same moment gives %q: nothing was remembered", u.Name)
	}
	w.now = w.now.Add(time.Second)
	if u := who(); u.Name != "Ada Lovelace" {
		t.Errorf("a second later the other process's change is not seen: %q", u.Name)
	}

	must(t, w.s.EndSessionByToken(w.ctx(), token))
	if _, err := w.s.SessionUser(w.ctx(), token, w.now); !isNotFound(err) {
		t.Errorf("a sign-in that has just ended gives %v", err)
	}
}
