package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// All that is particular to SQLite stands in this file and in the migrations.

const (
	driverName   = "sqlite3"
	gooseDialect = goose.DialectSQLite3
	beginSQL     = "BEGIN IMMEDIATE"

	// checkpointSQL lets the log grow to 16 MB before its pages are copied into the
	// database. Each review changes pages of its own user; copied seldom, a page that
	// changed many times is copied once.
	checkpointSQL = "PRAGMA wal_autocheckpoint = 4000"

	// copySQL copies the log into the database as far as nobody is in the way.
	copySQL = "PRAGMA wal_checkpoint(PASSIVE)"

	// journalSQL keeps in memory what a statement of many rows needs to be undone.
	journalSQL = "PRAGMA temp_store = MEMORY"
)

// errNoDatabase is for a file that holds something else.
var errNoDatabase = errors.New("this file is no Recto database; name another with --db, or move it away")

func dialector(pool gorm.ConnPool) gorm.Dialector { return sqlite.New(sqlite.Config{Conn: pool}) }

// writerDSN is the address of the writing connection. Pragmas stand in it because
// one that is executed reaches a single connection of a pool. Without FULL, a power
// cut loses answered reviews.
func writerDSN(path string) string {
	return dsn(path, url.Values{
		"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"on"},
		"_busy_timeout": {"10000"}, "_txlock": {"immediate"}, "_cache_size": {"-65536"},
		"_mutex":           {"no"}, // one goroutine at a time uses it
		"_stmt_cache_size": {"100"},
	})
}

// readerDSN is the address of the connections that read, and cannot write.
func readerDSN(path string) string {
	return dsn(path, url.Values{
		"mode": {"ro"}, "_query_only": {"1"}, "_foreign_keys": {"on"}, "_busy_timeout": {"10000"}, "_cache_size": {"-16384"},
	})
}

// plainDSN is the address of a connection that changes nothing by being opened.
func plainDSN(path string) string {
	return dsn(path, url.Values{"mode": {"rw"}, "_busy_timeout": {"10000"}})
}

func dsn(path string, options url.Values) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	return strings.Replace(u.String(), "file:///", "file:/", 1)
}

// setDurable says whether a commit returns once the disk has it, with all commits
// before it, or once everyone can read it. It cannot be said inside a transaction.
func setDurable(conn *sql.Conn, durable bool) error {
	level := "NORMAL"
	if durable {
		level = "FULL"
	}
	_, err := conn.ExecContext(context.Background(), "PRAGMA synchronous = "+level)
	return err
}

// watch calls changed for every row of some tables that a connection writes, before it
// is committed. The tables have rowids.
func watch(conn *sql.Conn, tables []string, changed func()) error {
	return conn.Raw(func(c any) error {
		c.(*sqlite3.SQLiteConn).RegisterUpdateHook(func(_ int, _, table string, _ int64) {
			if slices.Contains(tables, table) {
				changed()
			}
		})
		return nil
	})
}

// rowsAtOnce is how many rows a statement of insertRows inserts: between the rows of one
// statement SQLite stays at the ends of its trees.
const rowsAtOnce = 25

// insertRows inserts rows of width values, which stand one after the other. Query ends
// with the parameters of a row, in parentheses. It keeps the statements in kept. It
// speaks to the driver itself: what package sql does about each value takes as long as
// to insert it.
func insertRows(ctx context.Context, conn *sql.Conn, kept map[string]driver.Stmt, query string, width int, values []any) error {
	return conn.Raw(func(c any) error {
		for _, n := range []int{rowsAtOnce, 1} {
			args := make([]driver.NamedValue, n*width)
			if len(values) < len(args) {
				continue
			}
			s, err := insertion(ctx, c.(*sqlite3.SQLiteConn), kept, query, n)
			if err != nil {
				return err
			}
			for ; len(values) >= len(args); values = values[len(args):] {
				for i, v := range values[:len(args)] {
					args[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
					if n, ok := v.(int); ok {
						args[i].Value = int64(n)
					}
				}
				rows, err := s.QueryContext(ctx, args) // which, unlike ExecContext, hands all values over at once
				if err != nil {
					return err
				}
				if err := rows.Close(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// insertion is the statement that inserts n rows.
func insertion(ctx context.Context, c *sqlite3.SQLiteConn, kept map[string]driver.Stmt, query string, n int) (driver.StmtQueryContext, error) {
	query += strings.Repeat(","+query[strings.LastIndex(query, "("):], n-1)
	s := kept[query]
	if s == nil {
		var err error
		if s, err = c.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		kept[query] = s
	}
	return s.(*sqlite3.SQLiteStmt), nil
}

// closeRows closes the statements of insertRows, once.
func closeRows(kept map[string]driver.Stmt) error {
	var errs []error
	for query, s := range kept {
		errs = append(errs, s.Close())
		delete(kept, query)
	}
	return errors.Join(errs...)
}

// makeFile makes the file, for its owner alone to read: it holds passwords'
// hashes. SQLite gives the files beside it the same rights.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

var parameter = regexp.MustCompile(`\?\d*`)

// steady keeps SQLite from planning a prepared statement anew each time it is run.
// It does so when a parameter that it looked at to choose the plan is bound again,
// as in "x = ?" without an index or in "LIMIT ?", and that takes ten times as long
// as the query itself; a parameter behind a plus is not looked at.
func steady(query string) string { return parameter.ReplaceAllString(query, "+$0") }

// smallestPage is the size of the smallest database there can be, in bytes.
const smallestPage = 512

// recognise returns errNoDatabase for a file that holds something else than a
// database of Recto's. There may be none yet, or an empty one.
func recognise(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Size() == 0:
		return nil
	case info.Size() < smallestPage: // SQLite would write over it
		return errNoDatabase
	}
	db, err := sql.Open(driverName, plainDSN(path))
	if err != nil {
		return err
	}
	var own, all int
	err = db.QueryRowContext(ctx, `SELECT count(CASE WHEN name = ? THEN 1 END), count(*) FROM sqlite_master WHERE type = 'table'`, versionTable).Scan(&own, &all)
	var e sqlite3.Error
	if errors.As(err, &e) && e.Code == sqlite3.ErrNotADB || err == nil && own == 0 && all > 0 {
		err = errNoDatabase
	}
	return errors.Join(err, db.Close())
}

// copyInto writes a whole and compact copy of the database to a file that is not
// there yet, while others read and write. It has a connection of its own: one that
// is only allowed to read may not even write elsewhere.
func copyInto(ctx context.Context, path, to string) error {
	db, err := sql.Open(driverName, plainDSN(path))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// brokenForeignKeys lists what points to what is gone, one line each.
func brokenForeignKeys(ctx context.Context, db querier) ([]string, error) {
	return column[string](ctx, db, `SELECT "table" || ' row ' || coalesce(rowid, '?') || ' points to no ' || parent FROM pragma_foreign_key_check`)
}

// damage lists what is wrong with the file's pages and indexes, one line each.
func damage(ctx context.Context, db querier) ([]string, error) {
	found, err := column[string](ctx, db, `SELECT integrity_check FROM pragma_integrity_check`)
	if len(found) == 1 && found[0] == "ok" {
		return nil, err
	}
	return found, err
}

// failedFsync reports whether err says that the disk did not take what was written:
// nothing that is written after it can be trusted to be there.
func failedFsync(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.ExtendedCode == sqlite3.ErrIoErrFsync || e.ExtendedCode == sqlite3.ErrIoErrDirFsync)
}

// told adds ErrDisk or ErrBusy to an error of writing that means one of them.
func told(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrReadonly, sqlite3.ErrIoErr:
		return fmt.Errorf("%w: %w", ErrDisk, err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

// explained says what can be done about an error of opening a database, where
// something can. The error itself is still there for errors.Is and errors.As.
func explained(err error) error {
	var e sqlite3.Error
	coded := errors.As(err, &e)
	switch {
	case errors.Is(err, fs.ErrPermission), coded && (e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrPerm || errors.Is(e.SystemErrno, fs.ErrPermission)):
		return fmt.Errorf("this user may not read and write the file, or make others beside it; change that, or name another file with --db (%w)", err)
	case coded && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked):
		return fmt.Errorf("another program holds the database; end that one, then try again (%w)", err)
	case coded && e.Code == sqlite3.ErrFull:
		return fmt.Errorf("the disk is full; make room, then try again (%w)", err)
	}
	return err
}

// querier is what reads: a pool, a connection or a transaction.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// reserveIDs takes n numbers of a table for rows that are inserted with them later,
// and returns the first.
func (t *txn) reserveIDs(table string, n int) (int64, error) {
	if _, err := t.exec(`INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)`, table); err != nil {
		return 0, err
	}
	if _, err := t.exec(`UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ?`, n, table); err != nil {
		return 0, err
	}
	var last int64
	err := t.row(`SELECT seq FROM sqlite_sequence WHERE name = ?`, table).Scan(&last)
	return last - int64(n) + 1, err
}
