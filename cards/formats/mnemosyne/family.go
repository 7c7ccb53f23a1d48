// Package mnemosyne reads the cards of Mnemosyne: its .cards files, which are what two
// Mnemosynes tell each other when they synchronise, with learning data where the
// export has them, and the XML of version 1.
//
//	fact       what is to be learnt, as fields by keys such as "f" and "b"
//	card type  which questions a fact is asked by: "1" front to back, "2" both ways,
//	           "3" vocabulary, "4" map, "5" gaps, "6" sentence, "7::..." one of Anki's
//	fact view  one of these questions: "2.1", "2.2"
package mnemosyne

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// Family is the formats of Mnemosyne.
type Family struct{}

var _ formats.Family = Family{}

// The formats of this family.
const (
	Cards = "mnemosyne"
	XML   = "mnemosyne-xml"
)

// The longest document that is read, and how many entries of it; they stand in memory
// together until the last is read, because any may change another.
const (
	mostXML     = 24 << 20
	mostEntries = 150_000
)

// Formats lists the formats.
func (Family) Formats() []formats.Format {
	return []formats.Format{
		{ID: Cards, Name: "Mnemosyne cards", Extensions: []string{"cards"}, Read: true},
		{ID: XML, Name: "Mnemosyne 1 XML", Extensions: []string{"xml"}, Read: true},
	}
}

// Detect tells the archive by cards.xml and XML by its root.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if s.IsZip() {
		if s.Has("cards.xml") {
			return Cards, formats.Certain
		}
		return "", formats.No
	}
	head := s.Head()[:min(len(s.Head()), 4096)]
	switch {
	case bytes.Contains(head, []byte("<openSM2sync")):
		return Cards, formats.Certain
	case bytes.Contains(head, []byte("<mnemosyne")):
		return XML, formats.Certain
	}
	return "", formats.No
}

// Write returns ErrReadOnly: Mnemosyne reads the Anki packages that Recto writes.
func (Family) Write(context.Context, io.Writer, *formats.Draft, string, formats.WriteOptions) ([]formats.Trouble, error) {
	return nil, formats.ErrReadOnly
}

// Read reads a file in one of the formats.
func (Family) Read(ctx context.Context, s *formats.Source, format string, o formats.Options) (*formats.Draft, error) {
	o = o.Filled()
	r := &reader{
		Builder: build.New(ctx, o), progress: o.Progress, base: o.Text.Deck, names: map[string]string{},
		facts: map[string]*build.Node{}, tags: map[string]string{}, types: map[string]*build.Node{}, views: map[string]*build.Node{}, byCard: map[string]int{},
	}
	if r.base == "" {
		r.base = build.DeckOf(s.Name)
	}
	document, err := r.document(s, o)
	if err != nil {
		return nil, err
	}
	x := build.NewXML(document, r.Limits())
	if format == XML {
		err = r.version1(x)
	} else {
		err = r.sync(x)
	}
	if errors.Is(err, formats.ErrDamaged) && len(r.Draft.Notes) > 0 { // what stands before the damage is kept
		r.Draft.Tell(formats.Trouble{Sentence: err.Error() + "; what comes after it is missing", Skipped: true})
		err = nil
	}
	switch {
	case err != nil:
		return nil, err
	case len(r.Draft.Notes) == 0:
		return nil, formats.Damaged("there is no card in it")
	}
	return r.Draft, r.media(s)
}

type reader struct {
	*build.Builder
	progress formats.Progress
	base     string
	archive  *formats.Archive
	names    map[string]string // of media, by their path in the file

	tags         map[string]string
	facts        map[string]*build.Node
	order        []string // of facts
	types, views map[string]*build.Node
	cards        map[string][]*build.Node // by fact
	byCard       map[string]int           // index of Cards by Mnemosyne's id
	repetitions  []*build.Node
}

// document is the XML of the file. The name that its owner gave the set is the deck.
func (r *reader) document(s *formats.Source, o formats.Options) ([]byte, error) {
	most := min(o.Limits.Data, o.Limits.Text, mostXML)
	if !s.IsZip() {
		return io.ReadAll(s.Reader(most))
	}
	a, err := s.Archive(o.Limits)
	if err != nil {
		return nil, err
	}
	r.archive = a
	if a.Has("METADATA") && o.Text.Deck == "" {
		meta, err := a.ReadAll("METADATA", 1<<20)
		if err != nil {
			return nil, err
		}
		for l := range strings.Lines(string(meta)) {
			if name, ok := strings.CutPrefix(l, "card_set_name:"); ok && strings.TrimSpace(name) != "" {
				r.base = strings.TrimSpace(name)
			}
		}
	}
	return a.ReadAll("cards.xml", most)
}

// media takes in the media files that fields name.
func (r *reader) media(s *formats.Source) error {
	for _, from := range slices.Sorted(maps.Keys(r.names)) {
		to := r.names[from]
		var err error
		switch {
		case r.archive != nil && r.archive.Has(from):
			limit := r.Limits().Entry
			err = r.Media(to, func() (io.ReadCloser, error) { return r.archive.Open(from, limit) })
		case r.archive == nil:
			err = r.Beside(s.Files, ".", from)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mediaName is the name in Recto of a media file at a path: its last part, or all
// parts where two files share the last.
func (r *reader) mediaName(from string) string {
	from = path.Clean(strings.ReplaceAll(from, `\`, "/"))
	if name, ok := r.names[from]; ok {
		return name
	}
	name := build.MediaName(from)
	for _, taken := range r.names {
		if taken == name {
			name = build.MediaName(strings.ReplaceAll(strings.Trim(from, "/."), "/", "_"))
			break
		}
	}
	const most = 100_000
	if name == "" || len(r.names) >= most {
		return from
	}
	r.names[from] = name
	return name
}

// field is the HTML of a field: line breaks count, TeX is marked as Anki does, and
// media have their names in Recto.
func (r *reader) field(text string) string {
	text = strings.TrimSpace(text)
	text = mnemosyneMarks.Replace(text)
	return build.References(strings.ReplaceAll(text, "\n", "<br>"), r.mediaName)
}

var mnemosyneMarks = strings.NewReplacer(
	"<latex>", "[latex]", "</latex>", "[/latex]", "<$>", "[$]", "</$>", "[/$]", "<$$>", "[$$]", "</$$>", "[/$$]",
	"src_missing=", "src=", "\r\n", "\n",
)

// tag is the tag of a name; "" for what Mnemosyne says by tags itself.
func tag(name string) string {
	switch name = strings.TrimSpace(name); name {
	case "__UNTAGGED__", "MISSING_MEDIA", "<default>":
		return ""
	}
	return name
}
