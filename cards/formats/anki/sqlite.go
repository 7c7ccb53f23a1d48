package anki

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sync/errgroup"

	"recto/cards/formats"
)

// database is a collection that is read and nothing else.
type database struct {
	*sql.DB
	tables  map[string][]string // the columns of every table that may be read
	visited func(rows int)      // is told how many rows of a table were visited
}

// connector opens a hostile file for reading.
type connector struct{ dsn string }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	return (&sqlite3.SQLiteDriver{ConnectHook: harden}).Open(c.dsn)
}

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// largestCell bounds a single value, in bytes.
const largestCell = 64 << 20

// harden takes from a connection everything that reading tables does not need:
// functions, attached files, triggers, writing, deep statements.
func harden(c *sqlite3.SQLiteConn) error {
	for limit, value := range map[int]int{
		sqlite3.SQLITE_LIMIT_LENGTH: largestCell, sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
		sqlite3.SQLITE_LIMIT_COLUMN: 200, sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
		sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10, sqlite3.SQLITE_LIMIT_ATTACHED: 0,
		sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1, sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
	} {
		c.SetLimit(limit, value)
	}
	if err := c.RegisterCollation("unicase", func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }); err != nil {
		return err
	}
	const pragmas = `PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;
		PRAGMA mmap_size = 0; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY;`
	if _, err := c.Exec(pragmas, nil); err != nil {
		return err
	}
	c.RegisterAuthorizer(func(action int, name, function, _ string) int {
		switch {
		case action == sqlite3.SQLITE_SELECT, action == sqlite3.SQLITE_READ, action == sqlite3.SQLITE_FUNCTION && function == "count":
			return sqlite3.SQLITE_OK
		case action == sqlite3.SQLITE_PRAGMA && slices.Contains([]string{"quick_check", "table_xinfo"}, name):
			return sqlite3.SQLITE_OK
		}
		return sqlite3.SQLITE_DENY
	})
	return nil
}

// open opens a file of ours whose content is hostile. It reads which tables there
// are, and refuses what only looks like one.
func open(ctx context.Context, file string) (*database, error) {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() + "?mode=ro&immutable=1"
	db := &database{DB: sql.OpenDB(connector{dsn}), tables: map[string][]string{}, visited: func(int) {}}
	db.SetMaxOpenConns(2) // one of them looks for damage
	if err := db.inspect(ctx); err != nil {
		_ = db.Close()
		return nil, broken(err)
	}
	return db, nil
}

// wanted are the tables that are read.
var wanted = []string{"col", "notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "deck_config", "config"}

func (db *database) inspect(ctx context.Context) error {
	rows, err := db.QueryContext(ctx, `SELECT +type, +name, +sql FROM sqlite_schema`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, name, statement any
		if err := rows.Scan(&kind, &name, &statement); err != nil {
			return err
		}
		table := strings.ToLower(text(name))
		if !slices.Contains(wanted, table) || text(kind) == "index" {
			continue
		}
		if text(kind) != "table" {
			return formats.Unsafe("%q is a %s in its database, where Anki has a table", table, text(kind))
		}
		if words := strings.Fields(strings.ToUpper(text(statement))); len(words) < 2 || words[0] != "CREATE" || words[1] != "TABLE" {
			return formats.Unsafe("the table %q of its database is a virtual one", table)
		}
		db.tables[table] = nil
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for table := range db.tables {
		if err := db.columns(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// columns notes the columns of a table, none of which may be computed.
func (db *database) columns(ctx context.Context, table string) error {
	rows, err := db.QueryContext(ctx, `PRAGMA table_xinfo("`+table+`")`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name, kind, notNull, standard, key, hidden any
		if err := rows.Scan(&id, &name, &kind, &notNull, &standard, &key, &hidden); err != nil {
			return err
		}
		if whole(hidden) != 0 {
			return formats.Unsafe("the column %q of its table %q is computed", text(name), table)
		}
		db.tables[table] = append(db.tables[table], strings.ToLower(text(name)))
	}
	return rows.Err()
}

// has reports whether there is such a table with such columns.
func (db *database) has(table string, columns ...string) bool {
	there, ok := db.tables[table]
	for _, c := range columns {
		ok = ok && slices.Contains(there, c)
	}
	return ok
}

// count is how many rows a table has, so that room for them is made at once, or
// refused. It is at most one more than most.
func (db *database) count(ctx context.Context, table string, most int) (int, error) {
	var n any
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM "`+table+`" NOT INDEXED LIMIT ?)`, most+1).Scan(&n)
	return bounded(whole(n), 0, most+1), broken(err)
}

// While rows are visited, so many are read, or so many bytes of text and a cell.
const (
	rowsAhead  = 256
	bytesAhead = 1 << 20
)

// each visits the rows of a table, at most so many, in the order they are stored.
// Columns that the table lacks are nil. Rows are read ahead while others are visited.
func (db *database) each(ctx context.Context, table string, columns []string, most int, visit func(cells []driver.Value) error) error {
	if !db.has(table) {
		return formats.Damaged("the table %q is missing in its database", table)
	}
	selected := make([]string, len(columns))
	for i, c := range columns {
		selected[i] = "NULL"
		if db.has(table, c) {
			selected[i] = `+"` + c + `"` // an expression has no declared type, by which the driver would convert
		}
	}
	read, ended := errgroup.WithContext(ctx)
	lots := make(chan [][]driver.Value)
	read.Go(func() error {
		defer close(lots)
		return db.ahead(ended, "SELECT "+strings.Join(selected, ", ")+` FROM "`+table+`" NOT INDEXED`, len(columns), lots)
	})
	n := 0
	read.Go(func() error {
		for lot := range lots {
			for _, cells := range lot {
				if n++; n > most {
					return formats.TooLarge("its table %q has more than %d rows", table, most)
				}
				if err := visit(cells); err != nil {
					return err
				}
			}
			db.visited(n)
		}
		return nil
	})
	return read.Wait()
}

// ahead sends the rows of a query of so many columns, in lots, until ctx ends. It speaks
// to the driver itself: package sql takes as long for each cell as it takes to read it.
func (db *database) ahead(ctx context.Context, query string, columns int, lots chan<- [][]driver.Value) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return broken(err)
	}
	defer func() { _ = conn.Close() }()
	return conn.Raw(func(c any) error {
		rows, err := c.(*sqlite3.SQLiteConn).QueryContext(ctx, query, nil)
		if err != nil {
			return broken(err)
		}
		defer func() { _ = rows.Close() }()
		for bytes, lot := 0, [][]driver.Value(nil); ; {
			cells := make([]driver.Value, columns)
			err := rows.Next(cells)
			if err != nil && !errors.Is(err, io.EOF) {
				return broken(err)
			}
			if err == nil {
				lot = append(lot, cells)
				for _, c := range cells {
					bytes += size(c)
				}
				if len(lot) < rowsAhead && bytes < bytesAhead {
					continue
				}
			}
			select {
			case lots <- lot:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err != nil {
				return nil
			}
			bytes, lot = 0, nil
		}
	})
}

// damage returns the first thing that SQLite finds wrong in the file, or "".
func (db *database) damage(ctx context.Context) (string, error) {
	var found any
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return err.Error(), nil
	}
	if s := text(found); s != "ok" {
		s, _, _ = strings.Cut(strings.TrimPrefix(s, "*** in database main ***\n"), "\n")
		return s, nil
	}
	return "", nil
}

// broken makes a sentence of an error of SQLite.
func broken(err error) error {
	var fault sqlite3.Error
	switch {
	case err == nil || !errors.As(err, &fault) || fault.Code == sqlite3.ErrInterrupt:
		return err
	case fault.Code == sqlite3.ErrTooBig, fault.Code == sqlite3.ErrNomem:
		return formats.TooLarge("a value in its database is larger than %d MiB", largestCell>>20)
	case fault.Code == sqlite3.ErrAuth:
		return formats.Unsafe("its database does more than hold tables (%w)", err)
	}
	return formats.Damaged("its database cannot be read (%w); in Anki, choose Tools > Check Database and export it anew", err)
}

// text is a cell as valid UTF-8 without zero bytes.
func text(cell any) string {
	var s string
	switch v := cell.(type) {
	case nil:
	case string:
		s = v
	case []byte:
		s = string(v)
	case int64:
		s = strconv.FormatInt(v, 10)
	case float64:
		s = strconv.FormatFloat(v, 'g', -1, 64)
	default:
		s = fmt.Sprint(v)
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// blob is a cell as bytes.
func blob(cell any) []byte {
	switch v := cell.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

// whole is a cell as an integer; programs have written fractions and text there.
func whole(cell any) int64 {
	switch v := cell.(type) {
	case int64:
		return v
	case float64:
		return wholeOf(v)
	case string:
		return parseWhole(v)
	case []byte:
		return parseWhole(string(v))
	}
	return 0
}

func parseWhole(s string) int64 {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return wholeOf(f)
}

func wholeOf(f float64) int64 {
	if math.IsNaN(f) || math.Abs(f) > 1<<62 {
		return 0
	}
	return int64(f)
}
