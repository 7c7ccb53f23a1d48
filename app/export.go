package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"recto/store"
)

type exportCmd struct {
	database
	User string `required:"" placeholder:"NAME" help:"Whose notes, cards, reviews, decks and articles."`
	File string `arg:"" optional:"" help:"Where to write; standard output when not given. A file that is there already is not overwritten."`
}

func (exportCmd) Help() string {
	return `Everything of one person in one JSON document with a version: notes with their evidence, cards, the whole log of reviews, decks, note types and articles.

Examples:

	recto export --user ada ada.json
	recto export --user ada | gzip > ada.json.gz`
}

func (cmd *exportCmd) Run(ctx context.Context, c *console) error {
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	user, err := userNamed(ctx, s, cmd.User)
	if err != nil {
		return err
	}
	if cmd.File == "" || cmd.File == "-" {
		out := bufio.NewWriter(c.out)
		if err := s.Export(ctx, user.ID, out); err != nil {
			return err
		}
		return out.Flush()
	}
	return writeNew(cmd.File, func(w io.Writer) error { return s.Export(ctx, user.ID, w) })
}

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already; name another file", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("cannot write in %s: %w", filepath.Dir(path), plain(err))
	}
	defer os.Remove(f.Name()) // gone already when all went well
	out := bufio.NewWriter(f)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil { // unlike a rename, never over another file
		return fmt.Errorf("%s: %w", path, plain(err))
	}
	return nil
}

// userNamed is the account called name.
func userNamed(ctx context.Context, s *store.Store, name string) (store.User, error) {
	user, _, err := s.UserByName(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return user, fmt.Errorf("there is no account %q; 'recto user list' shows them", name)
	}
	return user, err
}
