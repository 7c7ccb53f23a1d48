package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// CollectMedia takes away the media that nobody needs, which Open does too: those that no note and no note
// type of their owner names, a day after they were stored, and files that no user has.
// Media of an import stay until it is taken back.
func (s *Store) CollectMedia(ctx context.Context, now time.Time) error {
	if _, err := os.Stat(s.mediaFolder()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := s.write(ctx, "collect media", func(t *txn) error {
		_, err := t.exec(`DELETE FROM media WHERE created < ?1
			AND NOT EXISTS (SELECT 1 FROM note_media x WHERE x.media_id = media.id)
			AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = media.import_id AND i.state <> 'back')
			AND NOT EXISTS (SELECT 1 FROM note_types t WHERE t.user_id = media.user_id AND instr(t.definition, media.name) > 0)`,
			millis(now.Add(-24*time.Hour)))
		return err
	})
	if err != nil {
		return err
	}
	return s.sweepMedia(ctx, now)
}

// sweepMedia takes away the files that no row names, and what writing has left half
// done. It looks while nothing is written, so that no row can come meanwhile.
func (s *Store) sweepMedia(ctx context.Context, now time.Time) error {
	folders, err := os.ReadDir(s.mediaFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wrap("sweep media", err)
	}
	for _, f := range folders {
		path := filepath.Join(s.mediaFolder(), f.Name())
		if info, err := f.Info(); !f.IsDir() && err == nil && now.Sub(info.ModTime()) > 24*time.Hour && f.Name() != lockName {
			_ = os.Remove(path) // it is tried again next time
		}
		if !f.IsDir() {
			continue
		}
		err := s.write(ctx, "sweep media", func(t *txn) error { return s.sweepFolder(t, path, now) })
		if err != nil {
			return err
		}
	}
	return nil
}

// justPlaced is how long a file may wait for the row that names it.
const justPlaced = 10 * time.Minute

func (s *Store) sweepFolder(t *txn, path string, now time.Time) error {
	files, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, f := range files {
		sum, err := hex.DecodeString(f.Name())
		if err != nil || len(sum) != sha256.Size {
			continue // not ours
		}
		if err := s.sweepFile(t, filepath.Join(path, f.Name()), sum, now); err != nil {
			return err
		}
	}
	return nil
}

// sweepFile takes away a file that no row names and that was not placed just now.
func (s *Store) sweepFile(t *txn, path string, sum []byte, now time.Time) error {
	s.files.Lock()
	defer s.files.Unlock()
	if info, err := os.Stat(path); err != nil || now.Sub(info.ModTime()) < justPlaced {
		return nil //nolint:nilerr // it has gone, which is as well
	}
	var n int
	if err := t.row(`SELECT count(*) FROM (SELECT 1 FROM media WHERE sha256 = ? LIMIT 1) AS some`, sum).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		_ = os.Remove(path)
	}
	return nil
}

// lostMedia lists the media whose files are gone or are not what they were.
func (s *Store) lostMedia(ctx context.Context, db querier) (found []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT sha256, min(size), min(name), count(*) FROM media GROUP BY sha256 ORDER BY sha256`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var sum []byte
		var size int64
		var name string
		var n int
		if err := rows.Scan(&sum, &size, &name, &n); err != nil {
			return nil, err
		}
		if len(sum) != sha256.Size {
			found = append(found, fmt.Sprintf("medium %q has no SHA-256", name))
			continue
		}
		if problem := s.lookAt([32]byte(sum), size); problem != "" {
			found = append(found, fmt.Sprintf("medium %q: %s", name, problem))
		}
	}
	return found, rows.Err()
}

func (s *Store) lookAt(sum [32]byte, size int64) string {
	f, err := os.Open(s.mediaFile(sum))
	if err != nil {
		return fmt.Sprintf("its file %x is missing", sum)
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, f)
	if err != nil || n != size || [32]byte(hash.Sum(nil)) != sum {
		return fmt.Sprintf("its file %x is damaged", sum)
	}
	return ""
}

// backUpMedia puts the media beside a copy of the database: as links where the disk
// can, for what lies under a SHA-256 never changes, otherwise as copies.
func (s *Store) backUpMedia(into string) error {
	return filepath.WalkDir(s.mediaFolder(), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(s.mediaFolder(), path)
		if err != nil {
			return err
		}
		to := filepath.Join(into, inside)
		switch {
		case entry.IsDir():
			return os.Mkdir(to, 0o700)
		case len(entry.Name()) != 2*sha256.Size:
			return nil // half written, or the lock
		case os.Link(path, to) == nil: //nolint:gosec // the folder is the store's own, and 0700
			return nil
		}
		return copyFile(path, to)
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // collected meanwhile
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
