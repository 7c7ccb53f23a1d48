package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the numbered SQL files, in the order in which they are applied.
var migrations = func() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}()

// versionTable is where goose notes which migrations were applied.
const versionTable = "recto_migrations"

// prepare brings the file to the newest form. What is no database of Recto's is
// left as it is.
func (s *Store) prepare(ctx context.Context) error {
	if err := recognise(ctx, s.path); err != nil {
		return err
	}
	if err := makeFile(s.path); err != nil {
		if folder := filepath.Dir(s.path); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no folder %s; make it first", folder)
		}
		return err
	}
	db, err := sql.Open(driverName, writerDSN(s.path))
	if err != nil {
		return err
	}
	return errors.Join(s.migrate(ctx, db, migrations), db.Close())
}

// migrate applies what is missing. The file is copied before, unless it is new.
func (s *Store) migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	p, err := goose.NewProvider(gooseDialect, db, files, goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	current, newest, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read the database's version: %w", err)
	case current > newest:
		return fmt.Errorf("this database was written by a newer Recto (its form is %d, this program knows %d); update Recto", current, newest)
	case current == newest:
		return nil
	}
	if current > 0 {
		copied := fmt.Sprintf("%s.v%d-%s.bak", s.path, current, time.Now().UTC().Format("20060102T150405.000Z"))
		if err := copyInto(ctx, s.path, copied); err != nil {
			return fmt.Errorf("copy the database before changing its form: %w", err)
		}
		if err := os.Chmod(copied, 0o600); err != nil {
			return fmt.Errorf("copy the database before changing its form: %w", err)
		}
		s.log.Info("the database gets a new form; a copy of the old one is kept", "from", current, "to", newest, "copy", copied)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the database from form %d to %d: %w", current, newest, err)
	}
	broken, err := brokenForeignKeys(ctx, db)
	if err == nil && len(broken) > 0 {
		err = fmt.Errorf("after bringing the database from form %d to %d, %s (and %d more)", current, newest, broken[0], len(broken)-1)
	}
	return err
}
