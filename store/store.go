package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// The errors that callers tell apart. All others mean that something went wrong.
var (
	ErrNotFound      = errors.New("not found")
	ErrNotYours      = errors.New("not yours to change")
	ErrStale         = errors.New("changed meanwhile")
	ErrNothingToUndo = errors.New("nothing to undo")
	ErrNameTaken     = errors.New("name taken")
	ErrInvite        = errors.New("invitation unknown or used up")
	ErrSignupClosed  = errors.New("no new accounts")
	ErrClosed        = errors.New("the store is closed")
	ErrDisk          = errors.New("the disk takes nothing more")
	ErrBusy          = errors.New("another program holds the database")
)

// Identifiers. 0 is none.
type (
	UserID    int64
	DeckID    int64
	NoteID    int64
	CardID    int64
	ArticleID int64
)

// Options say where a store is.
type Options struct {
	Path string       // of the SQLite file, which is made when there is none
	Log  *slog.Logger // nil discards

	MediaQuota int64 // bytes of media that a user may have; 0 means DefaultMediaQuota
}

// Store is an open database. Its methods may be called from many goroutines.
type Store struct {
	path    string
	log     *slog.Logger
	writer  *writer
	readers *sql.DB
	rows    *gorm.DB // over readers
	hot     queries  // over readers
	signIns signIns

	mediaQuota int64
	importers  sync.Map // of the users who import just now

	copying sync.WaitGroup // the log of changes into the database, after imports

	files sync.Mutex // held while a medium's file is found needless and goes, or is found there and kept
}

// Open opens the database and brings it to the form that this program knows; an
// existing file is copied beside itself before that. A file that is no Recto
// database, or that a newer Recto has written, gives an error that says so.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{path: o.Path, log: o.Log, mediaQuota: o.MediaQuota}
	if s.mediaQuota <= 0 {
		s.mediaQuota = DefaultMediaQuota
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	failed := func(err error) error { return fmt.Errorf("open %s: %w", o.Path, explained(err)) }
	if err := s.prepare(ctx); err != nil {
		return nil, failed(err)
	}
	var err error
	if s.writer, err = openWriter(ctx, o.Path, &s.signIns.changes); err != nil {
		return nil, failed(err)
	}
	if err := s.openReaders(ctx); err != nil {
		return nil, errors.Join(failed(err), s.Close())
	}
	if err := s.finishChores(ctx); err != nil {
		return nil, errors.Join(failed(err), s.Close())
	}
	return s, nil
}

func (s *Store) openReaders(ctx context.Context) (err error) {
	if s.readers, err = sql.Open(driverName, readerDSN(s.path)); err != nil {
		return err
	}
	s.readers.SetMaxOpenConns(max(runtime.NumCPU(), 2))
	s.readers.SetMaxIdleConns(max(runtime.NumCPU(), 2))
	if s.rows, err = openGorm(s.readers); err != nil {
		return err
	}
	return s.hot.prepare(ctx, s.readers, writerQueries, allQueries)
}

// openGorm puts GORM over a connection or a pool. Transactions are the writer's
// business, not GORM's.
func openGorm(pool gorm.ConnPool) (*gorm.DB, error) {
	return gorm.Open(dialector(pool), &gorm.Config{
		SkipDefaultTransaction: true, TranslateError: true, DisableAutomaticPing: true, Logger: logger.Discard,
	})
}

// Close commits what waits, and closes the database. Calling it again does nothing.
func (s *Store) Close() error {
	s.copying.Wait()
	s.writer.stop()
	// The connection that writes goes last: the last one moves what is in the log
	// beside the file into the file, and the others may not.
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.hot.close(), s.readers.Close())
	}
	return errors.Join(append(errs, s.writer.close())...)
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.readers.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		return fmt.Errorf("store: ping: %w", err)
	}
	return nil
}

// read is GORM for reading.
func (s *Store) read(ctx context.Context) *gorm.DB { return s.rows.WithContext(ctx) }

// write runs do in a transaction and returns when it is on the disk. The error says
// which method it came from; what is known to callers stays known.
func (s *Store) write(ctx context.Context, method string, do func(*txn) error) error {
	if err := s.writer.run(ctx, do); err != nil {
		return fmt.Errorf("store: %s: %w", method, err)
	}
	return nil
}

// wrap adds a method's name to an error of reading, and makes GORM's and
// database/sql's word for "not found" the store's.
func wrap(method string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		err = ErrNotFound
	}
	return fmt.Errorf("store: %s: %w", method, err)
}

// millis and instant turn times into what is stored, and back.
func millis(t time.Time) int64 { return t.UnixMilli() }

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// column reads the only column of a query.
func column[T any](ctx context.Context, db querier, query string, args ...any) (found []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, rows.Err()
}
