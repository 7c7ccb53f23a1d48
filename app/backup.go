package main

import (
	"context"
	"fmt"
	"os"
)

type backupCmd struct {
	database
	File string `arg:"" help:"Where to write the copy; it must not be there yet."`
}

func (backupCmd) Help() string {
	return `The copy is whole and sound even while people review. Its SHA-256 is written beside it, in FILE.sha256, as sha256sum reads it. To restore: stop the app, verify the copy, put it in the place of the database.

Examples:

	recto backup recto-$(date +%F).db
	sha256sum -c recto-2026-03-04.db.sha256 && recto check --db recto-2026-03-04.db`
}

func (cmd *backupCmd) Run(ctx context.Context, c *console) error {
	if _, err := os.Lstat(cmd.File); err == nil {
		return fmt.Errorf("%s is there already; name another file", cmd.File)
	}
	s, err := cmd.existing(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, cmd.File); err != nil {
		return err
	}
	info, err := os.Stat(cmd.File)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s: %.1f MB, and its hash in %s.sha256\n", cmd.File, float64(info.Size())/1e6, cmd.File)
	return err
}
