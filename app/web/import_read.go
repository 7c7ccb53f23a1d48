package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/registry"
	"recto/cards/render"
	"recto/store"
	"recto/views"
)

const (
	firstRows    = 5   // cards of a file that the preview shows
	firstOfText  = 80  // characters of each side
	mostParts    = 12  // decks and note types that it names
	mostTroubles = 100 // troubles that it tells
)

// importSeen is what the preview tells of files, so that they need not be kept in
// memory.
type importSeen struct {
	format   string
	has      views.ImportHas
	table    *views.ImportTable
	rows     []views.ImportRow
	troubles []views.ImportTrouble
	untold   int
	decks    []string
	plan     store.Plan
}

// opened is the files of an upload, open.
type opened struct {
	sources []*formats.Source
	closers []io.Closer
}

func (o *opened) close() error {
	var err error
	for _, c := range o.closers {
		err = errors.Join(err, c.Close())
	}
	return err
}

// open opens the files of an upload.
func (u *upload) open() (*opened, error) {
	o := &opened{}
	for _, f := range u.files {
		file, err := os.Open(f.path)
		if err != nil {
			return nil, errors.Join(err, o.close())
		}
		o.closers = append(o.closers, file)
		s, err := formats.NewSource(f.name, file, f.size)
		if err != nil {
			return nil, errors.Join(err, o.close())
		}
		o.sources = append(o.sources, s)
	}
	return o, nil
}

// withDraft reads the files of an upload, and calls do with what they hold; seen is
// what was found out on the way, also when there is an error.
func (s *server) withDraft(ctx context.Context, up *upload, c importChoices, tell formats.Progress, do func(*formats.Draft, *importSeen) error) (seen *importSeen, err error) {
	files, err := up.open()
	if err != nil {
		return nil, fmt.Errorf("open an upload: %w", err)
	}
	defer func() { err = errors.Join(err, files.close()) }()
	seen = &importSeen{}
	o := formats.Options{Limits: s.inbox.limits.Read, Progress: tell, TempDir: up.dir, Now: s.now()}
	if err := seen.detect(files, c, &o); err != nil {
		return seen, err
	}
	d, err := registry.ReadSeveral(ctx, files.sources, o)
	if err != nil {
		if seen.table != nil { // it may only be cut at the wrong places
			seen.table.Open = true
		}
		return seen, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	seen.survey(d)
	return seen, do(d, seen)
}

// detect finds the format, and how the columns of a text are told apart.
func (seen *importSeen) detect(files *opened, c importChoices, o *formats.Options) error {
	if len(files.sources) > 1 {
		seen.format = views.Count(len(files.sources), "file")
		return nil
	}
	format, err := registry.All.Detect(files.sources[0])
	if err != nil {
		return err
	}
	seen.format = format.Name
	if !slices.Contains([]string{"csv", "tsv", "txt", "paste"}, format.ID) {
		return nil
	}
	chosen, found, rows, err := c.text(files.sources[0], *o)
	if err != nil {
		return err
	}
	o.Text = chosen
	seen.table = c.table(found, rows)
	return nil
}

// survey looks at what was read.
func (seen *importSeen) survey(d *formats.Draft) {
	h := &seen.has
	h.Notes, h.Cards, h.Reviews, h.Media = len(d.Notes), len(d.Cards), len(d.Reviews), len(d.Media)
	for _, m := range d.Media {
		h.MediaBytes += m.Size
	}
	inDeck, ofType := make([]int, len(d.Decks)), make([]int, len(d.NoteTypes))
	for _, c := range d.Cards {
		inDeck[c.Deck]++
		ofType[d.Notes[c.Note].Type]++
		if c.State != formats.New {
			h.Studied++
		}
	}
	h.Decks, h.MoreDecks = parts(inDeck, func(i int) string { return d.Decks[i].Name })
	h.Types, h.MoreTypes = parts(ofType, func(i int) string { return d.NoteTypes[i].Name })
	for _, p := range h.Decks {
		seen.decks = append(seen.decks, p.Name)
	}
	seen.firstCards(d)
	seen.troubles, seen.untold = troubles(d.Troubles, d.Untold)
}

// troubles are the first of what was wrong with files, as sentences.
func troubles(all []formats.Trouble, untold int) ([]views.ImportTrouble, int) {
	var told []views.ImportTrouble
	for i, t := range all {
		if i == mostTroubles {
			return told, untold + len(all) - mostTroubles
		}
		told = append(told, views.ImportTrouble{Text: sentence(errors.New(t.String())), Skipped: t.Skipped})
	}
	return told, untold
}

// parts are the decks or note types that have cards, those with most of them first.
func parts(counts []int, name func(int) string) (list []views.ImportPart, more int) {
	for i, n := range counts {
		if n > 0 {
			list = append(list, views.ImportPart{Name: clean(name(i)), Count: n})
		}
	}
	slices.SortStableFunc(list, func(a, b views.ImportPart) int { return cmp.Compare(b.Count, a.Count) })
	if len(list) > mostParts {
		return list[:mostParts], len(list) - mostParts
	}
	return list, 0
}

// firstCards are the first cards as text.
func (seen *importSeen) firstCards(d *formats.Draft) {
	for _, c := range d.Cards[:min(len(d.Cards), firstRows)] {
		n, t := d.Notes[c.Note], d.NoteTypes[d.Notes[c.Note].Type]
		note := cards.Note{GUID: n.GUID, Type: t.Name, Tags: n.Tags}
		kind := cards.NoteType{Name: t.Name, Cloze: t.Cloze}
		for i, f := range t.Fields {
			kind.Fields = append(kind.Fields, f.Name)
			note.Fields = append(note.Fields, cards.Field{Name: f.Name, Value: cut(n.Fields[i], 64<<10)})
		}
		for _, tmpl := range t.Templates {
			kind.Templates = append(kind.Templates, cards.Template{Name: tmpl.Name, Front: tmpl.Front, Back: tmpl.Back})
		}
		front, back := render.Text(note, kind, c.Ordinal, render.Options{Deck: d.Decks[c.Deck].Name})
		seen.rows = append(seen.rows, views.ImportRow{Line: n.Line, Front: firstLetters(front), Back: firstLetters(back), Deck: clean(d.Decks[c.Deck].Name)})
	}
}

// cut cuts s to n bytes, between characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// firstLetters is the beginning of a text, in one line.
func firstLetters(s string) string {
	s = strings.Join(strings.Fields(clean(cut(s, 16*firstOfText))), " ")
	if utf8.RuneCountInString(s) <= firstOfText {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:firstOfText-1])) + "…"
}

// fetch gets the file of an upload that came as an address.
func (s *server) fetch(ctx context.Context, up *upload) error {
	got, err := s.o.DeckFetcher(ctx, up.address)
	if err != nil {
		return &wrongInput{"address", sentence(err)}
	}
	if len(got.Body) == 0 {
		return &wrongInput{"address", "There is nothing at this address: the file is empty."}
	}
	name := "file"
	if u, err := url.Parse(got.URL); err == nil && path.Base(u.Path) != "/" && path.Base(u.Path) != "." {
		name = fileName(path.Base(u.Path))
	}
	kept := upload{dir: up.dir}
	if err := kept.keep(name, bytes.NewReader(got.Body)); err != nil {
		return onDisk(fmt.Errorf("keep what was fetched: %w", err))
	}
	s.inbox.change(up, func(u *upload) { u.files, u.address = kept.files, "" })
	return nil
}

// largeUpload is the size of files from which their reading is careful with memory.
const largeUpload = 4 << 20

// lean counts the works under way that are careful with memory.
var lean struct {
	sync.Mutex
	works int
	ours  bool // the limit that holds
}

// leanly makes the collector of memory work harder while a large deck is read or
// written, so that the server needs what the deck needs and not twice that; what it
// returns ends it. A limit that whoever runs the server has set stays.
func leanly() (end func()) {
	const (
		unlimited = 1<<63 - 1
		room      = 160 << 20
	)
	lean.Lock()
	defer lean.Unlock()
	if lean.works++; lean.works == 1 && debug.SetMemoryLimit(-1) == unlimited {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetMemoryLimit(int64(live[0].Value.Uint64()) + room) //nolint:gosec // bytes of this machine's memory
		lean.ours = true
	}
	return func() {
		lean.Lock()
		if lean.works--; lean.works == 0 && lean.ours {
			debug.SetMemoryLimit(unlimited)
			lean.ours = false
		}
		lean.Unlock()
		debug.FreeOSMemory()
	}
}
