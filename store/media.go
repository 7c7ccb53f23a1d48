package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"recto/cards/formats"
)

// Media lie as files in a folder beside the database, each content once, named by its
// SHA-256: files can be sent, copied and linked without passing the database, which
// stays small, and a page that takes a picture holds no reader of the database.

// ErrQuota is for media that are more than a user may have, or larger than one may be.
var ErrQuota = errors.New("more media than there is room for")

// DefaultMediaQuota is how many bytes of media a user may have unless Options say otherwise.
const DefaultMediaQuota = 4 << 30

// largestMedium is how many bytes one may have.
const largestMedium = 256 << 20

// Medium is a picture, a sound or a film.
type Medium struct {
	Name   string
	Type   string // one that a browser may show, or "application/octet-stream"
	Size   int64
	SHA256 [32]byte
	File   *os.File // its content, which the caller closes
}

// shown are the types that browsers show and that run nothing by themselves. An SVG
// does, unless it is shown as a picture or under a policy that forbids it.
var shown = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/avif": true, "image/bmp": true, "image/svg+xml": true,
	"audio/mpeg": true, "audio/ogg": true, "audio/wav": true, "audio/flac": true, "audio/mp4": true, "audio/x-m4a": true, "audio/aac": true, "audio/webm": true,
	"video/mp4": true, "video/webm": true, "video/ogg": true, "video/quicktime": true,
	"font/ttf": true, "font/otf": true, "font/woff": true, "font/woff2": true,
}

// typeOf is the type of a medium by how it begins, whatever its name says.
func typeOf(head []byte) string {
	for m := mimetype.Detect(head); m != nil; m = m.Parent() {
		name, _, _ := strings.Cut(m.String(), ";")
		if shown[name] {
			return name
		}
	}
	return "application/octet-stream"
}

// mediaFolder is where media lie.
func (s *Store) mediaFolder() string { return s.path + ".media" }

// mediaFile is where the content of a sum lies.
func (s *Store) mediaFile(sum [32]byte) string {
	name := hex.EncodeToString(sum[:])
	return filepath.Join(s.mediaFolder(), name[:2], name)
}

// placed is a content that lies on the disk.
type placed struct {
	sum  [32]byte
	size int64
	kind string
}

// place writes a content to where it belongs, on the disk when it returns. Until a row
// names it, whoever collects what is not needed may take it away.
func (s *Store) place(r io.Reader) (p placed, err error) {
	if err := os.MkdirAll(s.mediaFolder(), 0o700); err != nil {
		return p, err
	}
	f, err := os.CreateTemp(s.mediaFolder(), "part-")
	if err != nil {
		return p, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	hash, head := sha256.New(), &bytes.Buffer{}
	limited := io.LimitReader(r, largestMedium+1)
	p.size, err = io.Copy(io.MultiWriter(f, hash), io.TeeReader(limited, &first{head, 3072}))
	switch {
	case err != nil:
		return p, err
	case p.size > largestMedium:
		return p, fmt.Errorf("%w: one may have %d MiB", ErrQuota, largestMedium>>20)
	}
	hash.Sum(p.sum[:0])
	p.kind = typeOf(head.Bytes())
	file := s.mediaFile(p.sum)
	if s.thereAlready(file, p.size) {
		return p, errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err := f.Sync(); err != nil {
		return p, err
	}
	if err := f.Close(); err != nil {
		return p, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return p, err
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return p, err
	}
	return p, syncFolder(filepath.Dir(file))
}

// thereAlready reports whether a content lies on the disk, and makes its file as young as
// one just written, so that it waits for its row like one.
func (s *Store) thereAlready(file string, size int64) bool {
	s.files.Lock()
	defer s.files.Unlock()
	info, err := os.Stat(file)
	if err != nil || info.Size() != size {
		return false
	}
	now := time.Now()
	return os.Chtimes(file, now, now) == nil
}

// first keeps how something begins.
type first struct {
	into *bytes.Buffer
	n    int
}

func (f *first) Write(b []byte) (int, error) {
	f.into.Write(b[:min(len(b), f.n-f.into.Len())])
	return len(b), nil
}

// syncFolder makes sure that a name in a folder is on the disk.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// errGone is for a content that was taken away before a row could name it.
var errGone = errors.New("the file of a medium was taken away meanwhile")

// addMedium names a content that was placed, for a user.
func (t *txn) addMedium(s *Store, user UserID, name string, p placed, importID ImportID, now time.Time) error {
	if _, err := os.Stat(s.mediaFile(p.sum)); err != nil {
		return errGone
	}
	_, err := t.exec(`INSERT INTO media (user_id, name, sha256, size, type, created, import_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		int64(user), name, p.sum[:], p.size, p.kind, millis(now), int64(importID))
	return err
}

// mediaRoom returns ErrQuota unless a user may have so many more bytes of media.
func (s *Store) mediaRoom(ctx context.Context, db querier, user UserID, more int64) error {
	var used int64
	if err := db.QueryRowContext(ctx, `SELECT coalesce(sum(size), 0) FROM media WHERE user_id = ?`, int64(user)).Scan(&used); err != nil {
		return err
	}
	if used+more > s.mediaQuota {
		return fmt.Errorf("%w: %d MB are used, %d MB would come, and %d MB are all there is", ErrQuota, used/1e6, more/1e6, s.mediaQuota/1e6)
	}
	return nil
}

// AddMedia stores a medium of the user's and returns the name that fields are to name
// it by: name made safe, with a mark of its content where another has that name. The
// same content under the same name is one medium.
func (s *Store) AddMedia(ctx context.Context, user UserID, name string, r io.Reader, now time.Time) (string, error) {
	safe := formats.SafeName(name[strings.LastIndexAny(name, `/\`)+1:])
	if safe == "" {
		return "", fmt.Errorf("store: add media: %q is no name for a file", name)
	}
	p, err := s.place(r)
	if err != nil {
		return "", fmt.Errorf("store: add media: %w", explained(err))
	}
	kept := ""
	err = s.write(ctx, "add media", func(t *txn) error {
		if _, err := t.user(user); err != nil {
			return err
		}
		for _, kept = range []string{safe, formats.WithSuffix(safe, "-"+hex.EncodeToString(p.sum[:4])), formats.WithSuffix(safe, "-"+hex.EncodeToString(p.sum[:16]))} {
			sums, err := column[[]byte](t.ctx, t.pool, `SELECT sha256 FROM media WHERE user_id = ? AND name = ?`, int64(user), kept)
			if err != nil {
				return err
			}
			if len(sums) == 0 {
				if err := s.mediaRoom(t.ctx, t.pool, user, p.size); err != nil {
					return err
				}
				return t.addMedium(s, user, kept, p, 0, now)
			}
			if bytes.Equal(sums[0], p.sum[:]) { // it waits for a note that names it like a new one
				_, err := t.exec(`UPDATE media SET created = max(created, ?3) WHERE user_id = ?1 AND name = ?2`, int64(user), kept, millis(now))
				return err
			}
		}
		return ErrNameTaken
	})
	return kept, err
}

// mediaSQL finds the medium ?3 of user ?2 for user ?1: their own, one that a note names
// which lies in a deck that they see, or one that the note type of such a note does.
const mediaSQL = `SELECT m.sha256, m.size, m.type FROM media m WHERE m.user_id = ?2 AND m.name = ?3
	AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = m.import_id AND i.state = 'staged')
	AND (?1 = ?2
	OR EXISTS (SELECT 1 FROM note_media x JOIN cards c ON c.note_id = x.note_id JOIN decks d ON d.id = c.deck_id WHERE x.media_id = m.id AND ` + seenDeck + `)
	OR (m.name LIKE '\_%' ESCAPE '\' OR m.name LIKE 'latex-%') AND EXISTS (SELECT 1 FROM note_types t JOIN notes n ON n.type_id = t.id JOIN cards c ON c.note_id = n.id
		JOIN decks d ON d.id = c.deck_id WHERE t.user_id = ?2 AND (m.name LIKE 'latex-%' OR instr(t.definition, m.name) > 0) AND ` + seenDeck + `))`

// seenDeck is where user ?1 sees a deck d of user ?2.
const seenDeck = `d.user_id = ?2 AND (d.shared = 1 OR EXISTS (SELECT 1 FROM enrolments e WHERE e.user_id = ?1 AND e.deck_id = d.id AND e.state = 'active'))`

// Media is the medium of owner that fields call name, or ErrNotFound, also for whoever
// sees no deck that has it.
func (s *Store) Media(ctx context.Context, user, owner UserID, name string) (Medium, error) {
	m, err := s.medium(ctx, user, owner, name)
	return m, wrap(fmt.Sprintf("medium %q", name), err)
}

func (s *Store) medium(ctx context.Context, user, owner UserID, name string) (Medium, error) {
	m := Medium{Name: name}
	var sum []byte
	err := s.readers.QueryRowContext(ctx, mediaSQL, int64(user), int64(owner), name).Scan(&sum, &m.Size, &m.Type)
	if err != nil {
		return m, err
	}
	copy(m.SHA256[:], sum)
	m.File, err = os.Open(s.mediaFile(m.SHA256))
	if errors.Is(err, fs.ErrNotExist) {
		s.log.Error("a medium is missing on the disk", "name", name, "sha256", hex.EncodeToString(sum))
		err = ErrNotFound
	}
	return m, err
}

// MediaUse is how many media a user has, how many bytes they are, and how many they may be.
func (s *Store) MediaUse(ctx context.Context, user UserID) (n int, used, quota int64, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(size), 0) FROM media WHERE user_id = ?`, int64(user)).Scan(&n, &used)
	return n, used, s.mediaQuota, wrap("media use", err)
}

// linkMedia notes which media of the user's the values of a note name.
func (t *txn) linkMedia(user UserID, note int64, values []string) error {
	if _, err := t.exec(`DELETE FROM note_media WHERE note_id = ?`, note); err != nil {
		return err
	}
	for _, name := range formats.References(values...) {
		_, err := t.exec(`INSERT OR IGNORE INTO note_media (media_id, note_id) SELECT m.id, ? FROM media m WHERE m.user_id = ? AND m.name = ?`, note, int64(user), name)
		if err != nil {
			return err
		}
	}
	return nil
}
