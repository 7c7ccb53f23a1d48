package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"recto/cards"
)

func TestFilesThatAreNoDatabase(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open(driverName, "file:"+other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`CREATE TABLE songs (id INTEGER)`); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	tests := []struct{ what, path, says string }{
		{"a text", write("a.txt", "To be, or not to be"), "no Recto database"},
		{"a short text", write("b.txt", "x"), "no Recto database"},
		{"a damaged head", write("c.db", "SQLite format 3\x00 and then nothing of the kind"), "no Recto database"},
		{"another program's database", other, "no Recto database"},
		{"no folder", filepath.Join(dir, "nowhere", "recto.db"), "there is no folder"},
	}
	for _, test := range tests {
		before, _ := os.ReadFile(test.path)
		s, err := Open(context.Background(), Options{Path: test.path})
		if err == nil {
			_ = s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want it to say %q", test.what, err, test.says)
		}
		if after, _ := os.ReadFile(test.path); string(after) != string(before) {
			t.Errorf("%s was changed", test.what)
		}
	}
	s, err := Open(context.Background(), Options{Path: write("empty.db", "")})
	if err != nil {
		t.Fatalf("an empty file: %v", err)
	}
	_ = s.Close()
}

func TestADatabaseThatAnotherProgramHolds(t *testing.T) {
	s := openTest(t)
	_ = s.Close()
	holder, err := sql.Open(driverName, dsn(s.path, url.Values{"_locking_mode": {"EXCLUSIVE"}, "_txlock": {"exclusive"}}))
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	tx, err := holder.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`UPDATE users SET theme = theme`); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), Options{Path: s.path})
	if err == nil || !strings.Contains(err.Error(), "another program holds the database") {
		t.Errorf("Open = %v, want it to say that another program holds the database", err)
	}
}

func TestAFileThatMayNotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the administrator may write every file")
	}
	s := openTest(t)
	_ = s.Close()
	if err := os.Chmod(s.path, 0o400); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), Options{Path: s.path})
	if err == nil || !strings.Contains(err.Error(), "this user may not read and write the file") {
		t.Errorf("Open = %v, want it to say that the file may not be written", err)
	}
}

// later are the migrations with one more.
func later(t *testing.T, number int, text string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{fmt.Sprintf("%04d_later.sql", number): {Data: []byte("-- +goose Up\n" + text)}}
	names, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: data}
	}
	return files
}

// migrateTo applies migrations to a closed store's file.
func migrateTo(t *testing.T, s *Store, files fstest.MapFS) error {
	t.Helper()
	db, err := sql.Open(driverName, writerDSN(s.path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return s.migrate(context.Background(), db, files)
}

func backups(t *testing.T, s *Store) []string {
	t.Helper()
	found, err := filepath.Glob(s.path + ".v*.bak")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAMigrationKeepsACopyAndANewerDatabaseIsRefused(t *testing.T) {
	s := openTest(t)
	s.someone(t)
	_ = s.Close()
	if n := backups(t, s); len(n) != 0 {
		t.Errorf("making a database leaves the copies %v", n)
	}
	if err := migrateTo(t, s, later(t, 9002, "ALTER TABLE users ADD COLUMN shoes INTEGER;")); err != nil {
		t.Fatal(err)
	}
	copies := backups(t, s)
	if len(copies) != 1 || !regexp.MustCompile(`recto\.db\.v\d+-`).MatchString(copies[0]) {
		t.Fatalf("the copies are %v, want one that names the version and the time", copies)
	}
	if _, err := Open(context.Background(), Options{Path: s.path}); err == nil || !strings.Contains(err.Error(), "newer Recto") {
		t.Errorf("a newer database gives %v", err)
	}
	old, err := Open(context.Background(), Options{Path: copies[0]})
	if err != nil {
		t.Fatalf("the copy of the old form: %v", err)
	}
	defer old.Close()
	if u, err := old.Users(context.Background()); err != nil || len(u) != 1 {
		t.Errorf("the copy has the users %v, %v", u, err)
	}
}

func TestAMigrationThatFailsChangesNothing(t *testing.T) {
	s := openTest(t)
	s.someone(t)
	_ = s.Close()
	if err := migrateTo(t, s, later(t, 9002, "ALTER TABLE users ADD COLUMN shoes INTEGER; CREATE TABLE users (id INTEGER);")); err == nil {
		t.Fatal("a broken migration passes")
	}
	again, err := Open(context.Background(), Options{Path: s.path})
	if err != nil {
		t.Fatalf("after a broken migration: %v", err)
	}
	defer again.Close()
	if u, err := again.Users(context.Background()); err != nil || len(u) != 1 {
		t.Errorf("after a broken migration the users are %v, %v", u, err)
	}
}

func TestAMigrationThatBreaksKeysIsSaid(t *testing.T) {
	s := openTest(t)
	s.someone(t)
	_ = s.Close()
	err := migrateTo(t, s, later(t, 9002, "PRAGMA defer_foreign_keys = 1; CREATE TABLE shoes (user_id INTEGER REFERENCES users (id)); PRAGMA foreign_keys = 0; INSERT INTO shoes VALUES (99);"))
	if err == nil {
		t.Error("a migration that breaks keys passes")
	}
}

func TestBackup(t *testing.T) {
	s := openTest(t)
	s.someone(t)
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(path + ".sha256")
	if want := fmt.Sprintf("%x  copy.db\n", sha256.Sum256(data)); err != nil || string(sum) != want {
		t.Errorf("the sum file says %q (%v), want %q", sum, err, want)
	}
	if err := s.Backup(context.Background(), path); err == nil {
		t.Error("a backup is written over another")
	}
	if after, _ := os.ReadFile(path); string(after) != string(data) {
		t.Error("the first backup has changed")
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 2 {
		t.Errorf("in the folder there are %v, want the copy and its sum", left)
	}
	c, err := Open(context.Background(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if r, err := c.Check(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("the copy: %v, %v", r, err)
	}
}

// A user with one card, graded and taken back and graded.
func studied1(t *testing.T, s *Store) (user UserID, card CardID) {
	t.Helper()
	ctx, now := context.Background(), time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	user = UserID(s.someone(t))
	deck, err := s.CreateDeck(ctx, user, "Deck", now)
	if err != nil {
		t.Fatal(err)
	}
	n := cards.Note{GUID: "guid", Type: "Basic", Fields: []cards.Field{{Name: "Front", Value: "f"}, {Name: "Back", Value: "b"}}}
	if _, err := s.AddNote(ctx, user, deck, n, 20000, now); err != nil {
		t.Fatal(err)
	}
	rows, _, err := s.DeckCards(ctx, user, deck, "", 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	card = rows[0].ID
	next := func(s cards.Schedule, d cards.Day) cards.Schedule {
		s.Seen, s.Last, s.Due, s.Interval = true, d, d+1, 1
		return s
	}
	for i, version := range []int64{1, 3} {
		if _, err := s.Grade(ctx, user, Answer{Card: card, Version: version, Key: fmt.Sprint("key", i), Grade: 4, At: now}, next); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := s.Undo(ctx, user, "undo", now); err != nil {
				t.Fatal(err)
			}
		}
	}
	return user, card
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	tests := []struct{ what, sql, says string }{
		{"nothing", `SELECT 1`, ""},
		{"a schedule changed past the log", `UPDATE schedules SET interval = 7`, "the log gives"},
		{"a schedule without its log", `DELETE FROM reviews`, "the log gives"},
		{"an event that is missing", `DELETE FROM reviews WHERE key = 'undo'`, "event 3 begins at"},
		{"an undo without what it undoes", `DELETE FROM reviews WHERE key = 'key0'`, "its log begins with event 2"},
		{"a first day that is wrong", `UPDATE schedules SET first = first + 1`, "first day"},
		{"a schedule that is missing", `DELETE FROM schedules`, "has no schedule"},
		{"a schedule in another deck", `UPDATE schedules SET deck_id = 99`, "in deck 99"},
		{"a card without its note", `DELETE FROM notes`, "points to no notes"},
	}
	for _, test := range tests {
		s := openTest(t)
		studied1(t, s)
		damaged, err := sql.Open(driverName, "file:"+s.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := damaged.Exec(test.sql); err != nil {
			t.Fatal(err)
		}
		_ = damaged.Close()
		told := 0
		r, err := s.Check(context.Background(), func(done, total int) {
			if told = done; done > total {
				t.Errorf("%s: %d of %d are done", test.what, done, total)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(r.Problems, "\n")
		if (test.says == "") != (all == "") || !strings.Contains(all, test.says) {
			t.Errorf("%s: check says %q, want it to say %q", test.what, all, test.says)
		}
		if test.says == "" && (r.Cards != 1 || r.Reviews != 3 || told == 0) {
			t.Errorf("%d schedules and %d reviews were checked, %d told; want 1 and 3, told", r.Cards, r.Reviews, told)
		}
	}
}

func TestTheLogIsWrittenOnce(t *testing.T) {
	s := openTest(t)
	studied1(t, s)
	err := s.writer.run(context.Background(), func(t *txn) error { _, err := t.exec(`UPDATE reviews SET grade = 5`); return err })
	if err == nil || !strings.Contains(err.Error(), "never changed") {
		t.Errorf("changing the log gives %v", err)
	}
}

func TestDamageIsFound(t *testing.T) {
	s := openTest(t)
	studied1(t, s)
	_ = s.Close()
	data, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+4096; i++ {
		data[i] = 0
	}
	if err := os.WriteFile(s.path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), Options{Path: s.path})
	if err != nil {
		return // damaged so badly that it does not open, and says so
	}
	defer again.Close()
	if r, err := again.Check(context.Background(), nil); err == nil && len(r.Problems) == 0 {
		t.Error("a page of zeros is not found")
	}
}

// What a crash has left half done is done at the next start.
func TestChoresAreFinishedAtTheNextStart(t *testing.T) {
	s := openTest(t)
	user, card := studied1(t, s)
	ctx := context.Background()
	grace, err := s.CreateUser(ctx, NewUser{Name: "grace", PasswordHash: "h", Zone: "UTC"}, SignupOpen, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	err = s.writer.run(ctx, func(t *txn) error {
		for _, q := range []string{
			`UPDATE decks SET shared = 1`,
			`INSERT INTO enrolments VALUES (2, 1, 'filling', 0, NULL, NULL, 0, 0)`,
			`INSERT INTO chores VALUES (1, 'enrol', 0, 2, 1, 20000)`,
			`INSERT INTO articles SELECT 7, NULL, 'hash', 't', '', '', '', '', 'text', '[]', 0`,
			`INSERT INTO facts VALUES (7, 0, '{}')`,
			`INSERT INTO chores VALUES (2, 'article', 0, 1, 7, 0)`,
		} {
			if _, err := t.exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if s, err = Open(ctx, Options{Path: s.path}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Card(ctx, grace.ID, card); err != nil || c.Version == 0 {
		t.Errorf("the enrolment was not finished: %+v, %v", c, err)
	}
	var left int
	if err := s.readers.QueryRow(`SELECT (SELECT count(*) FROM chores) + (SELECT count(*) FROM articles) + (SELECT count(*) FROM facts)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows are left of what should be gone, %v", left, err)
	}
	err = s.writer.run(ctx, func(t *txn) error {
		_, err := t.exec(`DELETE FROM enrolments`)
		if err == nil {
			_, err = t.exec(`UPDATE users SET name = '', name_key = NULL WHERE id = 1`)
		}
		if err == nil {
			_, err = t.addChore(chore{Kind: choreUser, UserID: int64(user)})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if s, err = Open(ctx, Options{Path: s.path}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.readers.QueryRow(`SELECT (SELECT count(*) FROM cards) + (SELECT count(*) FROM reviews) + (SELECT count(*) FROM schedules) + (SELECT count(*) FROM users)`).Scan(&left); err != nil || left != 1 {
		t.Errorf("%d rows are left, %v; want grace alone", left, err)
	}
}
