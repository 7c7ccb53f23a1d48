package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/views"
)

// exportedAs are the formats that a deck can be had in, the one that keeps most and
// that most programs read first, with their content types.
var exportedAs = []struct{ id, kind string }{
	{"apkg", "application/octet-stream"}, {"txt", "text/plain; charset=utf-8"}, {"csv", "text/csv; charset=utf-8"},
	{"json", "application/json"}, {"md", "text/markdown; charset=utf-8"},
}

// exportFormats are those formats with what they cannot hold.
var exportFormats = func() (list []formats.Format) {
	for _, as := range exportedAs {
		i := slices.IndexFunc(registry.All.Formats(), func(f formats.Format) bool {
			return f.ID == as.id && f.Write
		})
		list = append(list, registry.All.Formats()[i])
	}
	return list
}()

// exportDeck is the page on which a format is chosen, and the file in that format.
func (s *server) exportDeck(r *request) (reply, error) {
	d, err := s.deckOf(r)
	if err != nil {
		return reply{}, err
	}
	asked := r.query.Get("format")
	if asked == "" {
		p := &views.DeckExport{Deck: deckLine(d)}
		for i, f := range exportFormats {
			p.Formats = append(p.Formats, views.ExportFormat{ID: f.ID, Name: f.Name, Ending: f.Extensions[0], Loses: f.Loses, Chosen: i == 0})
		}
		p.Title, p.Place = "Export "+d.Name, "decks"
		return show(p)
	}
	i := slices.IndexFunc(exportFormats, func(f formats.Format) bool { return f.ID == asked })
	if i < 0 {
		return reply{}, refuse(http.StatusBadRequest, "Not understood", "There is no such kind of file. Choose one on the deck’s export page.")
	}
	without := formats.Parts{Progress: slices.Contains(r.query["without"], "progress"), Media: slices.Contains(r.query["without"], "media")}
	name := formats.SafeName(strings.ReplaceAll(d.Name, "::", " - "))
	if name == "" {
		name = "deck"
	}
	done := func() {}
	if d.Cards > largeDeck {
		select {
		case s.largeExport <- struct{}{}:
		case <-r.ctx.Done():
			return reply{}, r.ctx.Err()
		}
		end := leanly()
		done = func() { end(); <-s.largeExport }
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), exportTime) // the handler's own time ends before the file is sent
	draft, err := s.store.Draft(ctx, r.user.ID, d.ID)
	if err != nil {
		cancel()
		done()
		return reply{}, err
	}
	o := formats.WriteOptions{Without: without, Now: r.now}
	return download(name+"."+asked, exportedAs[i].kind, func(w io.Writer) error {
		defer cancel()
		file, err := writeDeck(ctx, draft, exportFormats[i].ID, o)
		done()
		if err != nil {
			return err
		}
		defer file.Close()           //nolint:errcheck // it was only read
		defer os.Remove(file.Name()) //nolint:errcheck // a file of the system's own folder
		_, err = io.Copy(w, file)
		return err
	})
}

// largeDeck is how many cards a deck has whose export needs enough memory to be done
// one at a time.
const largeDeck = 20_000

// writeDeck writes a draft to a file and closes the draft: however slowly the file is
// taken, it needs no memory by then. The caller closes and removes the file.
func writeDeck(ctx context.Context, d *formats.Draft, format string, o formats.WriteOptions) (*os.File, error) {
	file, err := os.CreateTemp("", "recto-export-")
	if err != nil {
		return nil, onDisk(errors.Join(err, d.Close()))
	}
	out := bufio.NewWriterSize(file, 64<<10)
	_, err = registry.All.Write(ctx, out, d, format, o)
	if err = errors.Join(err, out.Flush(), d.Close()); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(onDisk(fmt.Errorf("write a deck as %s: %w", format, err)), file.Close(), os.Remove(file.Name()))
	}
	return file, nil
}
