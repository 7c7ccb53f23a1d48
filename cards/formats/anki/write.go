package anki

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"recto/cards/formats"
)

// Write writes d as a package of the first generation: a collection of schema 11
// with schedules and the log, and the media. It is written in the order of d, so
// that equal Drafts give equal files.
func (Family) Write(ctx context.Context, w io.Writer, d *formats.Draft, format string, o formats.WriteOptions) ([]formats.Trouble, error) {
	if format != Package {
		return nil, fmt.Errorf("%w: %s", formats.ErrReadOnly, format)
	}
	o = o.Filled(d)
	dir, err := os.MkdirTemp(o.TempDir, "recto-anki-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // nothing of worth is left in it

	media := d.Media
	if o.Without.Media {
		media = nil
	}
	wr := newWriter(d, o)
	wr.total = int64(len(d.Notes) + len(d.Cards) + len(d.Reviews) + 100*len(media))
	file := filepath.Join(dir, "collection.anki2")
	if err := wr.collection(ctx, file); err != nil {
		return nil, fmt.Errorf("anki: write the collection: %w", err)
	}
	if len(d.Articles) > 0 {
		wr.tell("", fmt.Sprintf("%d articles have no place in an Anki package and were left out", len(d.Articles)))
	}
	if err := wr.pack(ctx, w, file, media); err != nil {
		return nil, fmt.Errorf("anki: write the package: %w", err)
	}
	return wr.troubles, nil
}

// pack writes the archive.
func (wr *writer) pack(ctx context.Context, w io.Writer, file string, media []formats.Media) error {
	archive := zip.NewWriter(w)
	collection, err := os.Open(file)
	if err != nil {
		return err
	}
	defer collection.Close()
	if err := wr.entry(ctx, archive, "collection.anki2", zip.Deflate, collection); err != nil {
		return err
	}
	var names []string
	for _, m := range media {
		if formats.SafeName(m.Name) != m.Name {
			wr.tell(fmt.Sprintf("medium %q", short(m.Name)), "its name cannot be used in a package; it was left out")
			continue
		}
		content, err := m.Open()
		if err != nil {
			return fmt.Errorf("medium %q: %w", m.Name, err)
		}
		err = wr.entry(ctx, archive, strconv.Itoa(len(names)), zip.Store, content)
		if err = errors.Join(err, content.Close()); err != nil {
			return fmt.Errorf("medium %q: %w", m.Name, err)
		}
		names = append(names, m.Name)
		wr.step(100)
	}
	if err := wr.entry(ctx, archive, "media", zip.Deflate, strings.NewReader(mediaList(names))); err != nil {
		return err
	}
	return archive.Close()
}

// mediaList is {"0":"name.png"} in the order of the numbers.
func mediaList(names []string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", strconv.Itoa(i), rawJSON(name))
	}
	b.WriteByte('}')
	return b.String()
}

func (wr *writer) entry(ctx context.Context, archive *zip.Writer, name string, method uint16, content io.Reader) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: wr.now})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, stoppable{ctx, content})
	return err
}
