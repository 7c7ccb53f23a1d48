package store

import (
	"context"
	"time"
)

// A sign-in ends after maxIdle without a request, and after maxAge in all.
const (
	maxIdle = 30 * 24 * time.Hour
	maxAge  = 180 * 24 * time.Hour

	// seenEvery is how exactly it is known when a sign-in was last seen.
	seenEvery = time.Hour
)

// SignIn is a browser in which a user is signed in.
type SignIn struct {
	ID      int64
	Agent   string
	Created time.Time
	Seen    time.Time
	Current bool // whether it is the one that asks
}

// sessionRow is a row of sessions.
type sessionRow struct {
	ID      int64
	UserID  int64
	Token   []byte
	Agent   string
	Created int64
	Seen    int64
}

func (sessionRow) TableName() string { return "sessions" }

// CreateSession signs a user in. Token is the SHA-256 of what the browser holds.
// The user's sign-ins that have ended are taken away.
func (s *Store) CreateSession(ctx context.Context, user UserID, token []byte, agent string, now time.Time) error {
	return s.write(ctx, "create session", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM sessions WHERE user_id = ? AND (seen < ? OR created < ?)`,
			int64(user), millis(now.Add(-maxIdle)), millis(now.Add(-maxAge)))
		if err != nil {
			return err
		}
		return t.db.Create(&sessionRow{UserID: int64(user), Token: token, Agent: agent, Created: millis(now), Seen: millis(now)}).Error
	})
}

// SessionUser is who is signed in with a token's hash, or ErrNotFound.
func (s *Store) SessionUser(ctx context.Context, token []byte, now time.Time) (User, error) {
	if u, ok := s.signIns.find(token, now); ok {
		return u, nil
	}
	changes := s.signIns.changes.Load() // before it is read: a change meanwhile makes it void
	var row userRow
	var session, seen int64
	set := &row.Settings
	err := s.hot[userByToken].QueryRowContext(ctx, token, millis(now.Add(-maxIdle)), millis(now.Add(-maxAge))).Scan(&session, &seen,
		&row.ID, &row.Name, &row.Admin, &row.Created, &set.Zone, &set.Rollover, &set.NewPerDay, &set.ReviewsPerDay,
		&set.Theme, &set.Grades, &set.DrillBelow, &set.MaxInterval, &set.Siblings, &row.LastDay)
	if err != nil {
		return User{}, wrap("session user", err)
	}
	if now.Sub(instant(seen)) >= seenEvery {
		err := s.write(ctx, "session seen", func(t *txn) error {
			_, err := t.exec(`UPDATE sessions SET seen = ? WHERE id = ?`, millis(now), session)
			return err
		})
		if err != nil { // who is signed in may go on all the same
			s.log.Warn("a sign-in's last use was not noted", "err", err)
		}
	}
	u := row.user()
	s.signIns.keep(token, signedIn{user: u, seen: seen, read: now, changes: changes})
	return u, nil
}

// Sessions lists where a user is signed in, the latest used first. Token is the
// hash of the one that asks.
func (s *Store) Sessions(ctx context.Context, user UserID, token []byte) ([]SignIn, error) {
	var rows []sessionRow
	err := s.read(ctx).Where("user_id = ?", int64(user)).Order("seen DESC, id DESC").Find(&rows).Error
	list := make([]SignIn, len(rows))
	for i, r := range rows {
		list[i] = SignIn{ID: r.ID, Agent: r.Agent, Created: instant(r.Created), Seen: instant(r.Seen), Current: len(token) > 0 && string(token) == string(r.Token)}
	}
	return list, wrap("sessions", err)
}

// EndSession signs a user out in one place, or returns ErrNotFound.
func (s *Store) EndSession(ctx context.Context, user UserID, id int64) error {
	return s.endSessions(ctx, `DELETE FROM sessions WHERE user_id = ? AND id = ?`, int64(user), id)
}

// EndSessionByToken ends the sign-in of a token's hash, or returns ErrNotFound.
func (s *Store) EndSessionByToken(ctx context.Context, token []byte) error {
	return s.endSessions(ctx, `DELETE FROM sessions WHERE token = ?`, token)
}

func (s *Store) endSessions(ctx context.Context, query string, args ...any) error {
	return s.write(ctx, "end session", func(t *txn) error {
		n, err := t.exec(query, args...)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return err
	})
}
