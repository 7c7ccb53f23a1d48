package rectojson

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"recto/cards/formats"
)

// Write writes d as one document. Nothing is lost but what the options leave out.
func (Family) Write(ctx context.Context, w io.Writer, d *formats.Draft, _ string, o formats.WriteOptions) ([]formats.Trouble, error) {
	o = o.Filled(d)
	out := &document{ctx: ctx, w: bufio.NewWriterSize(w, 1<<16), progress: o.Progress}
	out.encoder = json.NewEncoder(out.w)
	out.encoder.SetEscapeHTML(false)
	media := d.Media
	if o.Without.Media {
		media = nil
	}
	out.total = int64(len(d.Notes) + len(d.Cards) + len(d.Reviews) + len(media))

	out.text(fmt.Sprintf("{\"format\":\"recto\",\n\"version\":%d", version))
	if !d.Made.IsZero() {
		out.key("made")
		out.value(d.Made)
	}
	if len(d.Extras) > 0 {
		out.key("extras")
		out.value(d.Extras)
	}
	list(out, "noteTypes", d.NoteTypes, func(t formats.NoteType) any { return t })
	list(out, "decks", d.Decks, func(k formats.Deck) any { return k })
	list(out, "presets", d.Presets, func(p formats.Preset) any { return p })
	list(out, "notes", d.Notes, noteJSON)
	list(out, "cards", d.Cards, func(c formats.Card) any {
		if o.Without.Progress {
			c = formats.Card{ID: c.ID, Note: c.Note, Ordinal: c.Ordinal, Deck: c.Deck, State: formats.New, Position: c.Position, Passes: -1, Trashed: c.Trashed}
		}
		return cardOf(c)
	})
	reviews := d.Reviews
	if o.Without.Progress {
		reviews = nil
	}
	list(out, "reviews", reviews, func(v formats.Review) any { return reviewOf(v) })
	list(out, "articles", d.Articles, func(a json.RawMessage) any { return a })
	out.media(media)
	out.text("}\n")
	if out.err != nil {
		return nil, fmt.Errorf("rectojson: write: %w", out.err)
	}
	return nil, out.w.Flush()
}

// noteJSON writes a list of tags where there are none, for programs that expect one.
func noteJSON(n formats.Note) any {
	if n.Tags == nil {
		n.Tags = []string{}
	}
	return n
}

// document is being written; after an error nothing more is.
type document struct {
	ctx         context.Context
	w           *bufio.Writer
	encoder     *json.Encoder
	progress    formats.Progress
	done, total int64
	err         error
}

func (d *document) text(s string) {
	if d.err == nil {
		_, d.err = d.w.WriteString(s)
	}
}

func (d *document) key(name string) { d.text(",\n\"" + name + "\":") }

// value writes v and the end of its line.
func (d *document) value(v any) {
	if d.err == nil {
		d.err = d.encoder.Encode(v)
	}
}

func (d *document) step() {
	if d.done++; d.done%1000 == 0 {
		d.progress(d.done, d.total)
		if d.err == nil {
			d.err = d.ctx.Err()
		}
	}
}

// list writes one element a line.
func list[T any](d *document, name string, all []T, of func(T) any) {
	d.key(name)
	d.text("[")
	for i := range all {
		if d.err != nil {
			return
		}
		if i > 0 {
			d.text(",")
		}
		d.text("\n")
		d.value(of(all[i]))
		d.step()
	}
	d.text("]")
}

// media writes the media, each streamed.
func (d *document) media(all []formats.Media) {
	d.key("media")
	d.text("[")
	for i, m := range all {
		if d.err != nil {
			return
		}
		if i > 0 {
			d.text(",\n")
		}
		j := mediumOf(m)
		d.text(fmt.Sprintf("{\"name\":%s,\"size\":%d,\"sha256\":%q,\"data\":\"", quoted(j.Name), j.Size, j.SHA256))
		d.content(m)
		d.text("\"}")
		d.step()
	}
	d.text("]")
}

func (d *document) content(m formats.Media) {
	if d.err != nil {
		return
	}
	content, err := m.Open()
	if err != nil {
		d.err = fmt.Errorf("medium %q: %w", m.Name, err)
		return
	}
	defer content.Close()
	encoder := base64.NewEncoder(base64.StdEncoding, d.w)
	n, err := io.Copy(encoder, content)
	if err == nil {
		err = encoder.Close()
	}
	if err == nil && n != m.Size {
		err = fmt.Errorf("%d bytes, %d were expected", n, m.Size)
	}
	if err != nil {
		d.err = fmt.Errorf("medium %q: %w", m.Name, err)
	}
}

// quoted is s as JSON.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always has one
	}
	return string(b)
}
