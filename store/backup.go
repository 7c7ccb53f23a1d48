package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a whole copy of the database to path, while others read and write,
// its SHA-256 to path.sha256, as sha256sum reads it, and the media to the folder
// path.media, where the database looks for them. None may be there before. The copy
// appears under its name only once it is whole and on the disk.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return fmt.Errorf("store: back up to %s: %w", path, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) (err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".recto-backup-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	part := filepath.Join(dir, "part")
	if err := copyInto(ctx, s.path, part); err != nil {
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	sum, err := hashAndSync(part)
	if err != nil {
		return err
	}
	if err := s.backUpMediaTo(filepath.Join(dir, "media"), path+".media"); err != nil {
		return err
	}
	line := filepath.Join(dir, "sum")
	if err := writeSynced(line, fmt.Sprintf("%x  %s\n", sum, filepath.Base(path))); err != nil {
		return err
	}
	if err := os.Link(line, path+".sha256"); err != nil { // unlike a rename, never over another file
		return err
	}
	if err := os.Link(part, path); err != nil {
		return errors.Join(err, os.Remove(path+".sha256"))
	}
	return nil
}

// backUpMediaTo copies the media to a folder and gives it its name then. It comes after
// the copy of the database, so that no medium is missing of which that speaks.
func (s *Store) backUpMediaTo(part, path string) error {
	if _, err := os.Stat(s.mediaFolder()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already", path)
	}
	if err := s.backUpMedia(part); err != nil {
		return fmt.Errorf("copy the media: %w", err)
	}
	return os.Rename(part, path)
}

// hashAndSync is the SHA-256 of a file, which is on the disk after.
func hashAndSync(path string) (sum []byte, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), f.Sync()
}

func writeSynced(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
