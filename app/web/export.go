package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
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
	ctx, user, deck, format := context.WithoutCancel(r.ctx), r.user.ID, d.ID, exportFormats[i]
	name := formats.SafeName(strings.ReplaceAll(d.Name, "::", " - "))
	if name == "" {
		name = "deck"
	}
	return download(name+"."+asked, exportedAs[i].kind, func(w io.Writer) error {
		ctx, cancel := context.WithTimeout(ctx, exportTime) // the handler's own time has ended by now
		defer cancel()
		draft, err := s.deckDraft(ctx, user, deck)
		if err != nil {
			return err
		}
		defer draft.Close() //nolint:errcheck // it was only read
		out := bufio.NewWriterSize(w, 64<<10)
		o := formats.WriteOptions{Without: without, Now: s.now()}
		if _, err := registry.All.Write(ctx, out, draft, format.ID, o); err != nil {
			return fmt.Errorf("write a deck as %s: %w", format.ID, err)
		}
		return out.Flush()
	})
}
