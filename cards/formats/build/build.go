// Package build puts a Draft together for formats that know less than Anki: it
// brings note types that every program has, makes the cards of a note, takes media
// in, and holds everything to the Limits.
package build

import (
	"context"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"recto/cards/formats"
)

// Builder makes a Draft. Its methods return the errors of Limits that are exceeded,
// after which nothing more can be added.
type Builder struct {
	Draft *formats.Draft

	ctx    context.Context
	limits formats.Limits
	text   int64 // bytes of fields so far
	total  int64 // bytes of media so far
	types  map[string]int
	decks  map[string]int
	media  map[string]bool
}

// New starts a Draft that ends with ctx and holds to the limits of o.
func New(ctx context.Context, o formats.Options) *Builder {
	return &Builder{
		Draft: &formats.Draft{}, ctx: ctx, limits: o.Filled().Limits,
		types: map[string]int{}, decks: map[string]int{}, media: map[string]bool{},
	}
}

// Limits are those that the Builder holds to.
func (b *Builder) Limits() formats.Limits { return b.limits }

// Type returns the index of the note type t, which is added unless there is an equal
// one. Of different types with the same name the later ones get a number.
func (b *Builder) Type(t formats.NoteType) int {
	name := t.Name
	for n := 2; ; n++ {
		i, taken := b.types[t.Name]
		if !taken {
			b.types[t.Name] = len(b.Draft.NoteTypes)
			b.Draft.NoteTypes = append(b.Draft.NoteTypes, t)
			return len(b.Draft.NoteTypes) - 1
		}
		if sameType(b.Draft.NoteTypes[i], t) {
			return i
		}
		t.Name = name + " " + itoa(n)
	}
}

func sameType(a, b formats.NoteType) bool {
	return a.Cloze == b.Cloze && a.CSS == b.CSS &&
		slices.EqualFunc(a.Fields, b.Fields, func(x, y formats.Field) bool { return x.Name == y.Name && x.RTL == y.RTL }) &&
		slices.EqualFunc(a.Templates, b.Templates, func(x, y formats.Template) bool {
			return x.Name == y.Name && x.Front == y.Front && x.Back == y.Back
		})
}

// Deck returns the index of the deck called name, cleaned by DeckName.
func (b *Builder) Deck(name string) int {
	name = DeckName(name)
	i, ok := b.decks[name]
	if !ok {
		i = len(b.Draft.Decks)
		b.decks[name] = i
		b.Draft.Decks = append(b.Draft.Decks, formats.Deck{Name: name, Preset: -1})
	}
	return i
}

// Add adds n, whose fields are filled up or cut to those of its type, and the cards
// that its type makes of it, new and in deck. If from is given, those are the cards;
// their Note and Deck are set. It returns the index of the note.
func (b *Builder) Add(n formats.Note, deck int, from ...formats.Card) (int, error) {
	if len(b.Draft.Notes)&1023 == 0 {
		if err := b.ctx.Err(); err != nil {
			return 0, err
		}
	}
	if len(b.Draft.Notes) >= b.limits.Rows {
		return 0, formats.TooLarge("it has more than %d notes", b.limits.Rows)
	}
	t := b.Draft.NoteTypes[n.Type]
	for len(n.Fields) < len(t.Fields) {
		n.Fields = append(n.Fields, "")
	}
	n.Fields = n.Fields[:len(t.Fields)]
	for i, f := range n.Fields {
		if len(f) > b.limits.Field {
			return 0, formats.TooLarge("line %d: the field %q is longer than %d bytes", n.Line, t.Fields[i].Name, b.limits.Field)
		}
		if b.text += int64(len(f)); b.text > b.limits.Text {
			return 0, formats.TooLarge("its texts are longer than %d bytes together", b.limits.Text)
		}
		n.Fields[i] = Clean(f)
	}
	n.Tags = cleanTags(n.Tags)
	note := len(b.Draft.Notes)
	if len(from) == 0 {
		for _, ordinal := range Ordinals(t, n.Fields) {
			from = append(from, formats.NewCard(0, ordinal, 0, int64(note+1)))
		}
	}
	if len(b.Draft.Cards)+len(from) > 10*b.limits.Rows {
		return 0, formats.TooLarge("it has more than %d cards", 10*b.limits.Rows)
	}
	for _, c := range from {
		c.Note, c.Deck = note, deck
		b.Draft.Cards = append(b.Draft.Cards, c)
	}
	b.Draft.Notes = append(b.Draft.Notes, n)
	return note, nil
}

// Expect makes room for a number of notes with a card each, if that is allowed.
func (b *Builder) Expect(notes int) {
	notes = min(notes, b.limits.Rows)
	b.Draft.Notes = slices.Grow(b.Draft.Notes, notes)
	b.Draft.Cards = slices.Grow(b.Draft.Cards, notes)
}

// Skip tells that what stands in a line was left out.
func (b *Builder) Skip(line int, sentence string) {
	b.Draft.Tell(formats.Trouble{Line: line, Sentence: sentence, Skipped: true})
}

// Warn tells of something in a line that was read in spite of it.
func (b *Builder) Warn(line int, sentence string) {
	b.Draft.Tell(formats.Trouble{Line: line, Sentence: sentence})
}

// Escape makes HTML of plain text: letters that mean something in HTML are escaped,
// and lines broken as they were.
func Escape(text string) string {
	if !strings.ContainsAny(text, "<>&\n") {
		return text
	}
	return escaper.Replace(text)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br>")

// Clean takes control characters out of a field, which no program shows, and
// replaces bytes that are no UTF-8.
func Clean(field string) string {
	if !utf8.ValidString(field) {
		field = strings.ToValidUTF8(field, "\ufffd")
	}
	if strings.IndexFunc(field, control) < 0 {
		return field
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case control(r):
			return -1
		}
		return r
	}, strings.ReplaceAll(field, "\r\n", "\n"))
}

func control(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 }

// DeckName is name as decks are called: levels between "::", none of them empty, no
// control or direction characters, and never empty as a whole.
func DeckName(name string) string {
	const most = 500 // bytes
	name = strings.Map(nameRune, strings.ToValidUTF8(name, ""))
	parts := strings.Split(name, "::")
	kept := parts[:0]
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			kept = append(kept, p)
		}
	}
	name = strings.Join(kept, "::")
	if len(name) > most {
		name = strings.TrimRight(strings.ToValidUTF8(name[:most], ""), ": ")
	}
	if name == "" {
		return "Imported"
	}
	return name
}

// Name is a name on one line, of at most 200 bytes, without characters that a name
// does not show.
func Name(name string) string {
	const most = 200
	name = strings.Join(strings.Fields(strings.Map(nameRune, strings.ToValidUTF8(name, ""))), " ")
	if len(name) > most {
		name = strings.TrimSpace(strings.ToValidUTF8(name[:most], ""))
	}
	return name
}

// nameRune drops characters that a name does not show.
func nameRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r < ' ' || r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0xfeff, r == 0xfffd:
		return -1
	}
	return r
}

// DeckOf is the deck that a file without one goes to: its name without the ending.
func DeckOf(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return DeckName(strings.ReplaceAll(name, "::", " "))
}

// Tags splits a text at spaces, as Anki does, and at commas where it has no spaces.
func Tags(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\u3000' || r == ',' || r == ';' || r == '\t' || r == '\n' })
}

func cleanTags(tags []string) []string {
	const mostTags, longest = 200, 200
	var kept []string
	seen := map[string]bool{}
	for _, t := range tags {
		t = strings.Join(strings.Fields(strings.Map(nameRune, strings.ToValidUTF8(t, ""))), "_")
		key := strings.ToLower(t)
		if t == "" || len(t) > longest || seen[key] || len(kept) == mostTags {
			continue
		}
		seen[key] = true
		kept = append(kept, t)
	}
	return kept
}

// Bare is the text of HTML without its tags, on one line: enough to see whether a
// field is empty. A picture or sound is not empty.
func Bare(field string) string {
	field = Clean(field)
	if strings.Contains(field, "<") {
		var b strings.Builder
		for field != "" {
			before, rest, found := strings.Cut(field, "<")
			b.WriteString(before)
			if !found {
				break
			}
			tag, after, closed := strings.Cut(rest, ">")
			if !closed {
				b.WriteString("<" + rest)
				break
			}
			if name := strings.ToLower(tag); strings.HasPrefix(name, "img") || strings.HasPrefix(name, "audio") || strings.HasPrefix(name, "video") || strings.HasPrefix(name, "object") || strings.HasPrefix(name, "svg") {
				b.WriteString("\u25a1")
			}
			field = after
		}
		field = b.String()
	}
	return strings.Join(strings.Fields(html.UnescapeString(field)), " ")
}
