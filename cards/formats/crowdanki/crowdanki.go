// Package crowdanki reads the decks that people share with CrowdAnki: a JSON file of
// notes, note types and decks within decks, and a folder "media" beside it or in the
// same zip archive. It holds no cards and no progress.
package crowdanki

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/formats"
	"recto/cards/formats/build"
)

// Family is the format of CrowdAnki.
type Family struct{}

var _ formats.Family = Family{}

// CrowdAnki is the format.
const CrowdAnki = "crowdanki"

// The longest document that is read, and how many notes it may have; it stands in
// memory several times. The largest decks that are shared have a tenth of that.
const (
	mostJSON  = 24 << 20
	mostNotes = 150_000
)

// Formats lists the format.
func (Family) Formats() []formats.Format {
	return []formats.Format{{ID: CrowdAnki, Name: "CrowdAnki deck", Extensions: []string{"json", "zip"}, Read: true}}
}

// Detect tells a deck by its keys.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if s.IsZip() {
		a, err := s.Archive(formats.Limits{})
		if err != nil || inArchive(a) == "" {
			return "", formats.No
		}
		return CrowdAnki, formats.Strong
	}
	return CrowdAnki, isDeck(s.Head())
}

// isDeck says how sure it is that JSON begins a deck of CrowdAnki.
func isDeck(head []byte) formats.Confidence {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) {
		return formats.No
	}
	sure := formats.No
	for _, key := range []string{`"__type__"`, `"crowdanki_uuid"`, `"note_models"`, `"deck_configurations"`} {
		if bytes.Contains(head, []byte(key)) {
			sure += 40
		}
	}
	if sure < 80 {
		return formats.No
	}
	return formats.Certain
}

// inArchive is the name of the deck's JSON in an archive, or "".
func inArchive(a *formats.Archive) string {
	looked := 0
	for _, name := range a.Names() {
		if formats.Extension(name) != "json" || strings.Count(name, "/") > 3 || strings.HasPrefix(name, "__MACOSX") {
			continue
		}
		if looked++; looked > 20 {
			break
		}
		r, err := a.Open(name, 1<<40)
		if err != nil {
			continue
		}
		head, err := io.ReadAll(io.LimitReader(r, 64<<10))
		r.Close()
		if err == nil && isDeck(head) > formats.No {
			return name
		}
	}
	return ""
}

// Write returns ErrReadOnly.
func (Family) Write(context.Context, io.Writer, *formats.Draft, string, formats.WriteOptions) ([]formats.Trouble, error) {
	return nil, formats.ErrReadOnly
}

// deck is a deck as CrowdAnki writes it.
type deck struct {
	Name           string            `json:"name"`
	Description    string            `json:"desc"`
	Configuration  string            `json:"deck_config_uuid"`
	Children       []deck            `json:"children"`
	Notes          []note            `json:"notes"`
	Models         []json.RawMessage `json:"note_models"`
	Configurations []json.RawMessage `json:"deck_configurations"`
	Media          []string          `json:"media_files"`
}

type note struct {
	Fields []string `json:"fields"`
	GUID   string   `json:"guid"`
	Model  string   `json:"note_model_uuid"`
	Tags   []string `json:"tags"`
}

// Read reads a deck with its media.
func (Family) Read(ctx context.Context, s *formats.Source, _ string, o formats.Options) (*formats.Draft, error) {
	o = o.Filled()
	r := reader{Builder: build.New(ctx, o), models: map[string]int{}, presets: map[string]int{}, guids: map[string]bool{}}
	data, err := r.document(s)
	if err != nil {
		return nil, err
	}
	if n := bytes.Count(data, []byte(`"note_model_uuid"`)); n > mostNotes {
		return nil, formats.TooLarge("it has %d notes, and %d are allowed", n, mostNotes)
	}
	var root deck
	if err := formats.DecodeJSON(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), o.Limits.Depth, &root); err != nil {
		return nil, err
	}
	base := o.Text.Deck
	if base == "" && root.Name == "" {
		base = build.DeckOf(s.Name)
	}
	if err := r.catalogue(&root); err != nil {
		return nil, err
	}
	if err := r.deck(&root, base, o.Text.Deck != ""); err != nil {
		return nil, err
	}
	if len(r.Draft.Notes) == 0 {
		return nil, formats.Damaged("there is no note in it")
	}
	return r.Draft, r.media(s, &root)
}

type reader struct {
	*build.Builder
	archive *formats.Archive
	folder  string // of the JSON in the archive
	models  map[string]int
	presets map[string]int
	guids   map[string]bool
}

func (r *reader) document(s *formats.Source) ([]byte, error) {
	most := min(r.Limits().Data, r.Limits().Text, mostJSON)
	if !s.IsZip() {
		return io.ReadAll(s.Reader(most))
	}
	a, err := s.Archive(r.Limits())
	if err != nil {
		return nil, err
	}
	name := inArchive(a)
	if name == "" {
		return nil, formats.Damaged("there is no deck.json in the archive")
	}
	r.archive, r.folder = a, path.Dir(name)
	return a.ReadAll(name, most)
}

// catalogue takes the note types and presets in, wherever they stand.
func (r *reader) catalogue(d *deck) error {
	for _, raw := range d.Models {
		if err := r.model(raw); err != nil {
			return err
		}
	}
	for _, raw := range d.Configurations {
		r.preset(raw)
	}
	for i := range d.Children {
		if err := r.catalogue(&d.Children[i]); err != nil {
			return err
		}
	}
	return nil
}

// model takes a note type in; its keys that Recto has no word for are Anki's.
func (r *reader) model(raw json.RawMessage) error {
	var m struct {
		UUID   string          `json:"crowdanki_uuid"`
		Name   string          `json:"name"`
		CSS    string          `json:"css"`
		Type   json.RawMessage `json:"type"`
		Sort   json.RawMessage `json:"sortf"`
		Fields []struct {
			Name string `json:"name"`
			RTL  bool   `json:"rtl"`
		} `json:"flds"`
		Templates []struct {
			Name  string `json:"name"`
			Front string `json:"qfmt"`
			Back  string `json:"afmt"`
		} `json:"tmpls"`
	}
	var lists struct {
		Fields    []json.RawMessage `json:"flds"`
		Templates []json.RawMessage `json:"tmpls"`
	}
	if !decoded(raw, &m) || !decoded(raw, &lists) || len(m.Fields) == 0 || len(m.Templates) == 0 {
		r.Draft.Tell(formats.Trouble{Where: "note type " + build.DeckName(m.Name), Sentence: "it cannot be read, and its notes are left out", Skipped: true})
		return nil
	}
	if _, twice := r.models[m.UUID]; twice {
		return nil
	}
	if most := r.Limits().Fields; len(m.Fields) > most || len(m.Templates) > most || len(r.models) >= r.Limits().Rows {
		return formats.TooLarge("the note type %q has more than %d fields or templates", build.DeckName(m.Name), most)
	}
	t := formats.NoteType{Name: build.DeckName(m.Name), CSS: m.CSS, Cloze: whole(m.Type) == 1, Extras: extras(raw, "name", "css", "type", "flds", "tmpls", "sortf")}
	for i, f := range m.Fields {
		t.Fields = append(t.Fields, formats.Field{Name: cmp.Or(f.Name, "Field "+itoa(i+1)), RTL: f.RTL, Extras: extras(lists.Fields[i], "name", "ord", "rtl", "media")})
	}
	for i, f := range m.Templates {
		t.Templates = append(t.Templates, formats.Template{Name: f.Name, Front: f.Front, Back: f.Back, Extras: extras(lists.Templates[i], "name", "ord", "qfmt", "afmt")})
	}
	if s := whole(m.Sort); 0 < s && s < len(t.Fields) {
		t.SortField = s
	}
	r.models[m.UUID] = r.Type(t)
	return nil
}

func (r *reader) preset(raw json.RawMessage) {
	var p struct {
		UUID string `json:"crowdanki_uuid"`
		Name string `json:"name"`
		New  struct {
			PerDay json.RawMessage `json:"perDay"`
		} `json:"new"`
		Reviews struct {
			PerDay json.RawMessage `json:"perDay"`
		} `json:"rev"`
	}
	if json.Unmarshal(raw, &p) != nil || len(r.presets) >= 10_000 {
		return
	}
	if _, twice := r.presets[p.UUID]; twice {
		return
	}
	r.presets[p.UUID] = len(r.Draft.Presets)
	r.Draft.Presets = append(r.Draft.Presets, formats.Preset{
		Name: build.DeckName(p.Name), Limits: cards.Limits{New: min(max(whole(p.New.PerDay), 0), 9999), Reviews: min(max(whole(p.Reviews.PerDay), 0), 9999)},
		Extras: extras(raw, "name"),
	})
}

// deck adds a deck, its notes and the decks in it; above is the name of that which it
// is in, or its own if named.
func (r *reader) deck(d *deck, above string, named bool) error {
	name := above
	if !named && d.Name != "" {
		own := build.DeckName(d.Name)
		name = own
		if above != "" {
			name = above + "::" + own
		}
	}
	at := r.Deck(name)
	r.Draft.Decks[at].Description = build.Clean(d.Description)
	if p, ok := r.presets[d.Configuration]; ok && d.Configuration != "" {
		r.Draft.Decks[at].Preset = p
	}
	for i := range d.Notes {
		if err := r.note(&d.Notes[i], at); err != nil {
			return err
		}
	}
	for i := range d.Children {
		if err := r.deck(&d.Children[i], name, false); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) note(n *note, deck int) error {
	tell := func(sentence string, skipped bool) {
		r.Draft.Tell(formats.Trouble{Where: "note " + strings.ToValidUTF8(n.GUID[:min(len(n.GUID), 40)], ""), Sentence: sentence, Skipped: skipped})
	}
	model, ok := r.models[n.Model]
	switch {
	case !ok:
		tell("its note type is not in the file", true)
		return nil
	case n.GUID != "" && r.guids[n.GUID]:
		tell("another note has the same GUID", true)
		return nil
	case len(n.Fields) == 0 || build.Bare(strings.Join(n.Fields, "")) == "":
		tell("all its fields are empty", true)
		return nil
	case len(n.Fields) != len(r.Draft.NoteTypes[model].Fields):
		tell("it has "+itoa(len(n.Fields))+" fields, and its note type "+itoa(len(r.Draft.NoteTypes[model].Fields)), false)
	}
	if len(n.GUID) > 4096 {
		n.GUID = ""
	}
	r.guids[n.GUID] = true
	_, err := r.Add(formats.Note{GUID: n.GUID, Type: model, Fields: slices.Clone(n.Fields), Tags: n.Tags}, deck)
	return err
}

// media takes in the files of the folder "media" that the deck lists.
func (r *reader) media(s *formats.Source, d *deck) error {
	for _, name := range d.Media {
		safe := build.MediaName(name)
		if strings.ContainsAny(name, `/\`) || safe == "" {
			r.Draft.Tell(formats.Trouble{Where: build.DeckName(name), Sentence: "the media file's name is a path, and it was left out", Skipped: true})
			continue
		}
		var err error
		if r.archive == nil {
			err = r.Beside(s.Files, "media", name)
		} else if full := path.Join(r.folder, "media", name); r.archive.Has(full) {
			limit := r.Limits().Entry
			err = r.Media(safe, func() (io.ReadCloser, error) { return r.archive.Open(full, limit) })
		}
		switch {
		case err != nil:
			return err
		case !r.HasMedia(safe) && (r.archive != nil || s.Files != nil):
			r.Draft.Tell(formats.Trouble{Where: name, Sentence: "the media file is not in the folder media"})
		}
	}
	for i := range d.Children {
		if err := r.media(s, &d.Children[i]); err != nil {
			return err
		}
	}
	return nil
}

func decoded(raw json.RawMessage, v any) bool { return json.Unmarshal(raw, v) == nil }

// extras are the keys of an object that Recto has no word for, as the family of Anki
// keeps them.
func extras(raw json.RawMessage, known ...string) formats.Extras {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	rest := formats.Extras{}
	for key, value := range o {
		var b bytes.Buffer
		if slices.Contains(known, key) || key == "__type__" || string(value) == "null" || json.Compact(&b, value) != nil {
			continue
		}
		prefix := "anki."
		if key == "crowdanki_uuid" {
			prefix, key = "crowdanki.", "uuid"
		}
		rest[prefix+key] = b.Bytes()
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}

// whole is the whole number that JSON holds, true being 1; 0 for anything else.
func whole(raw json.RawMessage) int {
	var f float64
	var b bool
	switch {
	case json.Unmarshal(raw, &f) == nil && f > -1e9 && f < 1e9:
		return int(f)
	case json.Unmarshal(raw, &b) == nil && b:
		return 1
	}
	return 0
}

func itoa(n int) string { return strconv.Itoa(n) }
