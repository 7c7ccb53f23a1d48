package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"
	"gorm.io/gorm"

	"recto/cards"
	"recto/cards/sm2"
)

// User is an account.
type User struct {
	ID       UserID
	Name     string
	Admin    bool
	Created  time.Time
	Settings Settings

	last cards.Day // of the latest event, 0 for none
}

// Settings are what a user may choose.
type Settings struct {
	Zone          string      `json:"zone"`     // IANA
	Rollover      int         `json:"rollover"` // hour at which a day begins
	NewPerDay     int         `json:"new_per_day"`
	ReviewsPerDay int         `json:"reviews_per_day"`
	Theme         string      `json:"theme"`        // "system", "light" or "dark"
	Grades        int         `json:"grades"`       // buttons shown: 4 or 6
	DrillBelow    cards.Grade `json:"drill_below"`  // as sm2.Rules have it
	MaxInterval   int         `json:"max_interval"` // days
	Siblings      bool        `json:"siblings"`     // cards of one note never on the same day
}

// defaultSettings are those of a fresh account.
func defaultSettings(zone string) Settings {
	return Settings{
		Zone: zone, Rollover: cards.DefaultRollover, NewPerDay: cards.DefaultLimits.New, ReviewsPerDay: cards.DefaultLimits.Reviews,
		Theme: "system", Grades: 4, DrillBelow: sm2.DefaultRules.DrillBelow, MaxInterval: sm2.MaxInterval, Siblings: true,
	}
}

func (s Settings) check() error {
	_, err := clockOf(s.Zone, s.Rollover)
	switch {
	case err != nil:
		return err
	case s.Rollover < 0 || s.Rollover > 23:
		return fmt.Errorf("a day cannot begin at hour %d", s.Rollover)
	case s.NewPerDay < 0 || s.ReviewsPerDay < 0:
		return fmt.Errorf("limits of %d new and %d due cards are none", s.NewPerDay, s.ReviewsPerDay)
	case s.Grades != 4 && s.Grades != 6:
		return fmt.Errorf("there are 4 or 6 grades, not %d", s.Grades)
	case s.MaxInterval < 1 || s.DrillBelow < 0 || s.DrillBelow > 5:
		return fmt.Errorf("a longest interval of %d days and a drill below %d are none", s.MaxInterval, s.DrillBelow)
	}
	return nil
}

// Clock says when the user's study days begin.
func (u User) Clock() cards.Clock {
	c, err := clockOf(u.Settings.Zone, u.Settings.Rollover)
	if err != nil { // a zone that this machine has no longer
		c.Rollover = u.Settings.Rollover
	}
	return c
}

// Today is the user's study day at now: as they travel west, the day of their latest
// event goes on until the new zone has caught up.
func (u User) Today(now time.Time) cards.Day { return u.Clock().Today(now, u.last) }

// zones keeps the zones that were loaded: reading one takes longer than a query.
var zones sync.Map

func clockOf(zone string, rollover int) (cards.Clock, error) {
	if l, ok := zones.Load(zone); ok {
		return cards.Clock{Zone: l.(*time.Location), Rollover: rollover}, nil
	}
	l, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return cards.Clock{}, fmt.Errorf("there is no time zone %q", zone)
	}
	zones.Store(zone, l)
	return cards.Clock{Zone: l, Rollover: rollover}, nil
}

// Signup says who may make an account.
type Signup string

// The ways of signing up. The first account is always let in.
const (
	SignupOpen   Signup = "open"
	SignupInvite Signup = "invite"
	SignupClosed Signup = "closed"
)

// NewUser is an account to be made.
type NewUser struct {
	Name         string
	PasswordHash string
	Zone         string
	Invite       string // the code of an invitation, where one is needed
}

// userRow is a row of users.
type userRow struct {
	ID       int64
	Name     string
	NameKey  *string
	Password string
	Admin    bool
	Created  int64
	Settings `gorm:"embedded"`
	LastDay  int64
}

func (userRow) TableName() string { return "users" }

func (r userRow) user() User {
	return User{ID: UserID(r.ID), Name: r.Name, Admin: r.Admin, Created: instant(r.Created), Settings: r.Settings, last: cards.Day(r.LastDay)}
}

// fold is what names are compared by: how they are written makes no difference.
func fold(name string) string { return strings.ToLower(strings.ToUpper(norm.NFC.String(name))) }

// CreateUser makes an account, as far as signup lets it. The first one administers
// the server. It returns ErrNameTaken, ErrInvite or ErrSignupClosed.
func (s *Store) CreateUser(ctx context.Context, n NewUser, signup Signup, now time.Time) (User, error) {
	key, settings := fold(n.Name), defaultSettings(n.Zone)
	err := settings.check()
	if err == nil && (key == "" || n.PasswordHash == "") {
		err = errors.New("the name or the password is missing")
	}
	if err != nil {
		return User{}, fmt.Errorf("store: create user %q: %w", n.Name, err)
	}
	row := userRow{Name: n.Name, NameKey: &key, Password: n.PasswordHash, Created: millis(now), Settings: settings}
	err = s.write(ctx, "create user", func(t *txn) error {
		var all, same int
		if err := t.row(`SELECT count(*), count(CASE WHEN name_key = ? THEN 1 END) FROM users WHERE name_key IS NOT NULL`, key).Scan(&all, &same); err != nil {
			return err
		}
		row.ID, row.Admin = 0, all == 0
		switch {
		case all > 0 && signup == SignupClosed:
			return ErrSignupClosed
		case same > 0:
			return ErrNameTaken
		case all > 0 && signup != SignupOpen:
			if err := t.useInvite(n.Invite, now); err != nil {
				return err
			}
		}
		return t.db.Create(&row).Error
	})
	return row.user(), err
}

// useInvite takes one use off an invitation.
func (t *txn) useInvite(code string, now time.Time) error {
	var id int64
	err := t.row(`SELECT id FROM invites WHERE hash = ? AND uses > 0 AND until > ?`, inviteHash(code), millis(now)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrInvite
	}
	if err == nil {
		_, err = t.exec(`UPDATE invites SET uses = uses - 1 WHERE id = ?`, id)
	}
	return err
}

// inviteHash is what is kept of an invitation's code: who reads the database
// cannot use it.
func inviteHash(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// CreateInvite stores an invitation that lets in a number of accounts until a time.
// Only the hash of its code is kept. Only administrators invite.
func (s *Store) CreateInvite(ctx context.Context, user UserID, code string, uses int, until time.Time) error {
	return s.write(ctx, "create invite", func(t *txn) error {
		u, err := t.user(user)
		if err != nil {
			return err
		}
		if !u.Admin {
			return ErrNotYours
		}
		_, err = t.exec(`INSERT INTO invites (user_id, hash, uses, until) VALUES (?, ?, ?, ?)`, u.ID, inviteHash(code), uses, millis(until))
		return err
	})
}

// user reads an account that is not being deleted.
func (t *txn) user(id UserID) (userRow, error) {
	var row userRow
	err := t.db.Where("id = ? AND name_key IS NOT NULL", int64(id)).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = ErrNotFound
	}
	return row, err
}

// User is the account with that id, or ErrNotFound.
func (s *Store) User(ctx context.Context, id UserID) (User, error) {
	var row userRow
	err := s.read(ctx).Where("id = ? AND name_key IS NOT NULL", int64(id)).Take(&row).Error
	return row.user(), wrap("user", err)
}

// UserByName is the account of that name, however it is written, and the hash of
// its password, or ErrNotFound.
func (s *Store) UserByName(ctx context.Context, name string) (u User, passwordHash string, err error) {
	var row userRow
	err = s.read(ctx).Where("name_key = ?", fold(name)).Take(&row).Error
	return row.user(), row.Password, wrap("user by name", err)
}

// Users lists all accounts, the oldest first.
func (s *Store) Users(ctx context.Context) ([]User, error) {
	var rows []userRow
	err := s.read(ctx).Where("name_key IS NOT NULL").Order("id").Find(&rows).Error
	users := make([]User, len(rows))
	for i, r := range rows {
		users[i] = r.user()
	}
	return users, wrap("users", err)
}

// SetSettings stores what a user has chosen.
func (s *Store) SetSettings(ctx context.Context, user UserID, settings Settings) error {
	if err := settings.check(); err != nil {
		return fmt.Errorf("store: set settings: %w", err)
	}
	return s.write(ctx, "set settings", func(t *txn) error {
		row, err := t.user(user)
		if err != nil {
			return err
		}
		row.Settings = settings
		return t.db.Select("*").Omit("ID").Updates(&row).Error
	})
}

// SetPassword stores a new password's hash, and ends all sign-ins of the user but
// the one whose token's hash is keep; nil keeps none.
func (s *Store) SetPassword(ctx context.Context, user UserID, hash string, keep []byte) error {
	return s.write(ctx, "set password", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE users SET password = ? WHERE id = ?`, hash, int64(user)); err != nil {
			return err
		}
		_, err := t.exec(`DELETE FROM sessions WHERE user_id = ? AND (? IS NULL OR token <> ?)`, int64(user), keep, keep)
		return err
	})
}
