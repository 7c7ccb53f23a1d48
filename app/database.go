package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"recto/store"
)

// database is the flag that says where everything is kept.
type database struct {
	DB string `name:"db" default:"recto.db" env:"RECTO_DB" placeholder:"FILE" help:"Where everything is kept: a file, recto.db unless said otherwise."`
}

// open opens the database, which is made when there is none.
func (d database) open(ctx context.Context, o store.Options) (*store.Store, error) {
	if strings.HasPrefix(d.DB, "postgres://") || strings.HasPrefix(d.DB, "postgresql://") {
		return nil, usageError{"--db: a Postgres server is not supported yet; name a file, such as --db recto.db"}
	}
	if info, err := os.Stat(d.DB); err == nil && info.IsDir() {
		return nil, usageError{fmt.Sprintf("--db: %s is a folder; name a file in it, such as %s/recto.db", d.DB, strings.TrimSuffix(d.DB, "/"))}
	}
	o.Path = d.DB
	return store.Open(ctx, o)
}

// existing opens a database that must be there already: a command that only
// reads should not make an empty one out of a mistyped name.
func (d database) existing(ctx context.Context) (*store.Store, error) {
	if _, err := os.Stat(d.DB); errors.Is(err, fs.ErrNotExist) && !strings.Contains(d.DB, "://") {
		return nil, fmt.Errorf("there is no database %s; name it with --db, or start 'recto serve' once, which makes it", d.DB)
	}
	return d.open(ctx, store.Options{})
}
