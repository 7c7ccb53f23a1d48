package rectojson

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// reader gathers a Draft from a document.
type reader struct {
	ctx    context.Context
	source *formats.Source
	o      formats.Options
	json   *json.Decoder
	draft  *formats.Draft
	places []medium
	weight formats.Weight
	counts map[string]int // of a large document: the elements of each list
}

func read(ctx context.Context, s *formats.Source, o formats.Options) (*formats.Draft, error) {
	if s.Size() > o.Limits.File {
		return nil, formats.TooLarge("it is larger than %d MiB", o.Limits.File>>20)
	}
	file := io.Reader(io.NewSectionReader(s, 0, s.Size()))
	start := int64(0)
	if head := s.Head(); len(head) >= 3 && string(head[:3]) == "\xEF\xBB\xBF" {
		start = 3
		file = io.NewSectionReader(s, start, s.Size()-start)
	}
	counts, err := count(s, o.Limits)
	if err != nil {
		return nil, err
	}
	sieve := newSift(file, o.Limits)
	sieve.at = start
	r := &reader{ctx: ctx, source: s, o: o, json: json.NewDecoder(sieve), draft: &formats.Draft{Format: ID}, counts: counts, weight: formats.Weight{Limits: o.Limits}}
	if err := r.document(); err != nil {
		return nil, damaged(err)
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return r.draft, r.media()
}

// count counts the elements of the lists of a large document, so that room for
// them is made at once: to let lists grow would take twice the memory.
func count(s *formats.Source, l formats.Limits) (map[string]int, error) {
	const large = 16 << 20
	if s.Size() < large {
		return map[string]int{}, nil
	}
	sieve := newSift(io.NewSectionReader(s, 0, s.Size()), l)
	if _, err := io.Copy(io.Discard, sieve); err != nil {
		return nil, damaged(err)
	}
	return sieve.counts, nil
}

// damaged makes a sentence of an error of the decoder.
func damaged(err error) error {
	for _, ours := range []error{formats.ErrTooLarge, formats.ErrTooNew, formats.ErrDamaged, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, ours) {
			return err
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return formats.Damaged("its JSON ends too early")
	}
	return formats.Damaged("its JSON cannot be read: %w", err)
}

// document reads the outermost object.
func (r *reader) document() error {
	if _, err := r.json.Token(); err != nil {
		return err
	}
	for r.json.More() {
		token, err := r.json.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok {
			return formats.Damaged("a key is missing in its JSON")
		}
		if err := r.member(key); err != nil {
			return fmt.Errorf("%q: %w", key, err)
		}
	}
	_, err := r.json.Token()
	return err
}

func (r *reader) member(key string) error {
	d, rows := r.draft, r.o.Limits.Rows
	switch key {
	case "version":
		var n int
		if err := r.json.Decode(&n); err != nil {
			return err
		}
		if n > version {
			return fmt.Errorf("%w: it is version %d of the format, and %d is the newest known", formats.ErrTooNew, n, version)
		}
		return nil
	case "made":
		return r.json.Decode(&d.Made)
	case "extras":
		return r.json.Decode(&d.Extras)
	case "noteTypes":
		return elements(r, key, rows, &d.NoteTypes, func(t formats.NoteType) (formats.NoteType, error) { return t, r.sizeOfType(t) })
	case "decks":
		return elements(r, key, rows, &d.Decks, func(k formats.Deck) (formats.Deck, error) { return k, r.weight.Text(len(k.Name) + len(k.Description)) })
	case "presets":
		return elements(r, key, rows, &d.Presets, func(p formats.Preset) (formats.Preset, error) { return p, nil })
	case "notes":
		return elements(r, key, rows, &d.Notes, r.note)
	case "cards":
		return elements(r, key, 10*rows, &d.Cards, r.card)
	case "reviews":
		return elements(r, key, 20*rows, &d.Reviews, func(j review) (formats.Review, error) { return j.review(), r.sizeOfEvent(j.Event) })
	case "articles":
		return elements(r, key, rows, &d.Articles, func(a json.RawMessage) (json.RawMessage, error) { return a, r.weight.Text(len(a)) })
	case "media":
		return elements(r, key, r.o.Limits.Entries, &r.places, func(m medium) (medium, error) { return m, nil })
	}
	var other json.RawMessage
	return r.json.Decode(&other)
}

// weightOf is about what an element takes in memory besides its text.
func weightOf(element any) int {
	switch element.(type) {
	case formats.Note:
		return formats.NoteBytes
	case formats.Card:
		return formats.CardBytes
	}
	return formats.ReviewBytes
}

// elements reads a list one by one.
func elements[J, T any](r *reader, key string, most int, all *[]T, of func(J) (T, error)) error {
	token, err := r.json.Token()
	if err != nil || token == nil { // null is an empty list
		return err
	}
	if token != json.Delim('[') {
		return formats.Damaged("a list was expected")
	}
	var element T
	if n := r.counts[key]; cap(*all) == 0 && 0 < n && n <= most {
		if err := r.weight.Rows(n * weightOf(element)); err != nil {
			return err
		}
		*all = make([]T, 0, n)
	}
	counted := cap(*all)
	for r.json.More() {
		if len(*all) >= counted {
			if err := r.weight.Rows(weightOf(element)); err != nil {
				return err
			}
		}
		if len(*all) >= most {
			return formats.TooLarge("more than %d elements", most)
		}
		if len(*all)%1000 == 0 {
			r.o.Progress(r.json.InputOffset(), r.source.Size())
			if err := r.ctx.Err(); err != nil {
				return err
			}
		}
		var j J
		if err := r.json.Decode(&j); err != nil {
			return err
		}
		element, err := of(j)
		if err != nil {
			return err
		}
		*all = append(*all, element)
	}
	_, err = r.json.Token()
	return err
}

func (r *reader) sizeOfType(t formats.NoteType) error {
	if len(t.Fields) > r.o.Limits.Fields || len(t.Templates) > r.o.Limits.Fields {
		return formats.TooLarge("a note type has more than %d fields or templates", r.o.Limits.Fields)
	}
	n := len(t.CSS)
	for _, template := range t.Templates {
		n += len(template.Front) + len(template.Back)
	}
	return r.weight.Text(n)
}

// eventBytes is about what an event takes in memory besides its review.
const eventBytes = 300

func (r *reader) sizeOfEvent(e *formats.Event) error {
	if e == nil {
		return nil
	}
	return r.weight.Rows(eventBytes + len(e.Key) + len(e.Undoes))
}

func (r *reader) note(n formats.Note) (formats.Note, error) {
	if len(n.Tags) == 0 {
		n.Tags = nil
	}
	size := len(n.GUID)
	for _, f := range n.Fields {
		size += len(f)
	}
	if err := r.weight.Rows(16 * (len(n.Fields) + len(n.Tags))); err != nil {
		return n, err
	}
	return n, r.weight.Text(size)
}

func (r *reader) card(j card) (formats.Card, error) {
	c, ok := j.card()
	if !ok {
		return c, formats.Damaged("%q is no date", j.Due)
	}
	if s := c.Schedule; s != nil && !sound(*s) {
		return c, formats.Damaged("a schedule is impossible: %+v", *s)
	}
	return c, r.weight.Text(len(c.Memory))
}

// sound reports whether a schedule is one that Recto could have made.
func sound(s cards.Schedule) bool {
	const farthest = 1 << 30 // days
	in := func(n int) bool { return 0 <= n && n < farthest }
	return in(s.Repetitions) && in(s.Interval) && in(int(s.Due)) && in(int(s.Last)) && in(s.Lapses) && in(int(s.Buried)) && cards.MinEFactor <= s.EFactor && s.EFactor < farthest
}

// media opens and measures what the document holds of media.
func (r *reader) media() error {
	seen := map[string]bool{}
	for _, j := range r.places {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		tell := func(sentence string) {
			r.draft.Tell(formats.Trouble{Where: fmt.Sprintf("medium %q", j.Name), Sentence: sentence, Skipped: true})
		}
		var start, length int64
		if _, err := fmt.Sscanf(j.Data, "%d:%d", &start, &length); err != nil {
			tell("its content is missing")
			continue
		}
		switch {
		case formats.SafeName(j.Name) != j.Name || j.Name == "":
			tell("its name cannot be used")
		case seen[j.Name]:
			tell("another medium has this name")
		default:
			seen[j.Name] = true
			m, err := r.measure(j, start, length)
			if errors.Is(err, formats.ErrDamaged) {
				tell(err.Error())
				continue
			}
			if err != nil {
				return err
			}
			r.draft.Media = append(r.draft.Media, m)
		}
	}
	return nil
}

func (r *reader) measure(j medium, start, length int64) (formats.Media, error) {
	m := formats.Media{Name: j.Name, Open: func() (io.ReadCloser, error) {
		encoded := io.NewSectionReader(r.source, start, length)
		return io.NopCloser(formats.AtMost(base64.NewDecoder(base64.StdEncoding, encoded), r.o.Limits.Entry, j.Name)), nil
	}}
	content, err := m.Open()
	if err != nil {
		return m, err
	}
	hash := sha256.New()
	if m.Size, err = io.Copy(hash, content); err != nil {
		if errors.Is(err, formats.ErrTooLarge) {
			return m, err
		}
		return m, formats.Damaged("its content is no base64: %w", err)
	}
	hash.Sum(m.SHA256[:0])
	if j.SHA256 != "" && j.SHA256 != hex.EncodeToString(m.SHA256[:]) {
		return m, formats.Damaged("its content is not that which its SHA-256 speaks of")
	}
	return m, nil
}

// check refuses references that lead nowhere and brings notes into shape.
func (r *reader) check() error {
	d := r.draft
	in := func(what string, index, least, length int) error {
		if index < least || index >= length {
			return formats.Damaged("%s %d is spoken of, and there are %d", what, index, length)
		}
		return nil
	}
	var err error
	for i := range d.NoteTypes {
		t := &d.NoteTypes[i]
		if len(t.Fields) == 0 {
			return formats.Damaged("the note type %q has no fields", t.Name)
		}
		t.SortField = min(max(t.SortField, 0), len(t.Fields)-1)
	}
	for i := range d.Notes {
		n := &d.Notes[i]
		if err = in("note type", n.Type, 0, len(d.NoteTypes)); err != nil {
			return err
		}
		if want := len(d.NoteTypes[n.Type].Fields); len(n.Fields) != want {
			d.Tell(formats.Trouble{Where: fmt.Sprintf("note %d", i), Sentence: "it has not as many fields as its note type"})
			n.Fields = append(n.Fields, make([]string, want)...)[:want]
		}
	}
	for i := range d.Decks {
		if p := d.Decks[i].Preset; p < 0 || p >= len(d.Presets) {
			d.Decks[i].Preset = -1
		}
	}
	for i := range d.Cards {
		c := &d.Cards[i]
		err = errors.Join(err, in("note", c.Note, 0, len(d.Notes)), in("deck", c.Deck, 0, len(d.Decks)), in("ordinal", c.Ordinal, 0, 1<<16))
		if err == nil && c.State != formats.New && c.State != formats.Learning && c.State != formats.Reviewing && c.State != formats.Relearning {
			err = formats.Damaged("%q is no state of a card", c.State)
		}
		if err != nil {
			return err
		}
	}
	d.CheckTrash()
	for i := range d.Reviews {
		v := &d.Reviews[i]
		if err = in("card", v.Card, -1, len(d.Cards)); err == nil && (!v.Grade.Valid() || v.Button < 0 || v.Button > 4 || v.At.Before(time.Unix(0, 0))) {
			err = formats.Damaged("the grade, the button or the time of review %d is impossible", i)
		}
		if e := v.Event; err == nil && e != nil && (!sound(e.Before) || !sound(e.After) || e.Day < 0 || e.Rollover < 0 || e.Rollover > 23) {
			err = formats.Damaged("the event of review %d is impossible", i)
		}
		if err != nil {
			return err
		}
	}
	return err
}
