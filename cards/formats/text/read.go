package text

import (
	"context"
	"io"
	"slices"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// mostText is the longest text that is read, in bytes; it stands in memory up to
// three times. A hundred thousand notes of some lines each are shorter.
const mostText = 40 << 20

// mostRows is how many rows a text may have; their notes and cards stand in memory.
const mostRows = 300_000

// Document reads a text file whole and decodes it; encoding is as for Decode. Text
// formats of other packages read so too.
func Document(s *formats.Source, encoding string, l formats.Limits) (text, encodedIn string, err error) {
	data, err := io.ReadAll(s.Reader(min(l.File, l.Data, l.Text, mostText)))
	if err != nil {
		return "", "", err
	}
	text, encodedIn, err = Decode(data, encoding)
	if err != nil {
		return "", "", formats.Damaged("%w", err)
	}
	number := 0
	for line := range strings.Lines(text) {
		if number++; len(line) > l.Field {
			return "", "", formats.TooLarge("line %d is longer than %d bytes", number, l.Field)
		}
	}
	return text, encodedIn, nil
}

// Detected is what Read would find out about s: o with nothing left to be detected,
// and the first rows, for a person to see and correct.
func Detected(s *formats.Source, o formats.Options) (formats.TextOptions, []Row, error) {
	o = o.Filled()
	text, encoding, err := Document(s, o.Text.Encoding, o.Limits)
	if err != nil {
		return formats.TextOptions{}, nil, err
	}
	l, err := lay(text, o.Text, o.Limits)
	if err != nil {
		return formats.TextOptions{}, nil, err
	}
	out := o.Text
	out.Encoding, out.Separator, out.RowSeparator = encoding, l.by.Cell, l.by.Row
	out.HTML, out.Header = &l.html, &l.named
	names := l.names()
	out.Columns = nil
	field := 0
	for _, role := range l.columns {
		if role == "" {
			role = names[field]
			field++
		}
		out.Columns = append(out.Columns, role)
	}
	rows := l.first(21)
	if l.named && len(rows) > 0 {
		rows = rows[1:]
	}
	return out, rows, nil
}

// names are the names of the columns that are fields.
func (l layout) names() []string {
	var names []string
	for i, role := range l.columns {
		if role != "" {
			continue
		}
		label := ""
		if i < len(l.labels) {
			label = l.labels[i]
		}
		names = append(names, label)
	}
	return build.FieldNames(names)
}

// read makes a Draft of a text.
func read(ctx context.Context, s *formats.Source, o formats.Options) (*formats.Draft, error) {
	o = o.Filled()
	o.Limits.Rows = min(o.Limits.Rows, mostRows)
	text, _, err := Document(s, o.Text.Encoding, o.Limits)
	if err != nil {
		return nil, err
	}
	l, err := lay(text, o.Text, o.Limits)
	if err != nil {
		return nil, err
	}
	r := reading{Builder: build.New(ctx, o), layout: l, guids: map[string]int{}}
	r.deck, r.noteType = or(o.Text.Deck, r.header.Deck), build.Name(or(o.Text.NoteType, r.header.NoteType))
	if r.deck == "" {
		r.deck = build.DeckOf(s.Name)
	}
	r.survey()
	rows := 0
	for _, g := range r.groups {
		rows += g.rows
	}
	r.Expect(rows)
	total := int64(len(r.body))
	first := true
	for row := range r.rows() {
		if first && r.named {
			first = false
			continue
		}
		first = false
		if err := r.row(row); err != nil {
			return nil, err
		}
		if len(r.Draft.Notes)&1023 == 0 {
			o.Progress(min(int64(len(r.Draft.Notes))*64, total), total)
		}
	}
	if len(r.Draft.Notes) == 0 {
		if len(r.Draft.Troubles) > 0 {
			return nil, formats.Damaged("no row of it is a card; the first trouble is in %s", r.Draft.Troubles[0])
		}
		return nil, formats.Damaged("there is no row in it")
	}
	o.Progress(total, total)
	return r.Draft, nil
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// reading makes notes of rows.
type reading struct {
	*build.Builder
	layout
	deck, noteType string
	groups         map[string]*group
	guids          map[string]int // to the line
}

// group is the rows of one note type.
type group struct {
	rows, gaps int // of them with {{c1::
	width      int // fields that are used
	plain      int // index of the note type, or -1 until it is needed
	cloze      int
}

// survey looks at all rows once, to learn how many fields each note type has.
func (r *reading) survey() {
	const mostGroups = 1000
	r.groups = map[string]*group{}
	first := r.named
	for row := range r.rows() {
		if first {
			first = false
			continue
		}
		n := r.cells(row)
		g := r.groups[n.noteType]
		if g == nil {
			if len(r.groups) == mostGroups {
				continue
			}
			g = &group{plain: -1, cloze: -1}
			r.groups[n.noteType] = g
		}
		g.rows++
		for i, f := range n.fields {
			if strings.TrimSpace(f) != "" {
				g.width = max(g.width, i+1)
			}
		}
		if len(n.fields) > 0 && len(build.ClozeNumbers(n.fields[0])) > 0 {
			g.gaps++
		}
	}
}

// cells is a row with its cells told apart.
type cells struct {
	fields               []string
	tags                 []string
	deck, noteType, guid string
}

func (r *reading) cells(row Row) cells {
	n := cells{deck: r.deck, noteType: r.noteType}
	ours := r.named && slices.Contains(r.labels, guidLabel)
	for i, c := range row.Cells {
		if i >= len(r.columns) {
			break
		}
		if ours {
			c = unguard(c)
		}
		if !r.header.Found {
			c = strings.TrimSpace(c)
		}
		switch r.columns[i] {
		case "":
			n.fields = append(n.fields, c)
		case formats.ColumnTags:
			if r.header.Found {
				n.tags = append(n.tags, strings.Fields(c)...)
			} else {
				n.tags = append(n.tags, build.Tags(c)...)
			}
		case formats.ColumnDeck:
			n.deck = or(strings.TrimSpace(c), n.deck)
		case formats.ColumnNoteType:
			n.noteType = or(build.Name(c), n.noteType)
		case formats.ColumnGUID:
			n.guid = strings.TrimSpace(build.Clean(c))
		}
	}
	if len(n.fields) > 0 {
		n.fields = r.ordered(n.fields)
	}
	return n
}

func (r *reading) row(row Row) error {
	if row.Odd != "" {
		r.Warn(row.Line, row.Odd)
	}
	if r.by.Cell != "" && !r.header.Found && strings.HasPrefix(row.Cells[0], "#") && len(row.Cells) == 1 && r.widest > 1 {
		return nil // a comment
	}
	n := r.cells(row)
	g := r.groups[n.noteType]
	switch {
	case g == nil:
		r.Skip(row.Line, "there are too many note types")
		return nil
	case len(n.fields) == 0 || build.Bare(n.fields[0]) == "":
		r.Skip(row.Line, "the front is empty")
		return nil
	case n.guid != "" && r.guids[n.guid] > 0:
		r.Skip(row.Line, "line "+itoa(r.guids[n.guid])+" has the same GUID")
		return nil
	case len(n.guid) > 4096:
		n.guid = ""
		r.Warn(row.Line, "the GUID is too long and was left out")
	}
	if n.guid != "" {
		r.guids[n.guid] = row.Line
	}
	if len(row.Cells) > len(r.columns) {
		r.Warn(row.Line, "there are more cells than a note type has fields; the last were left out")
	}
	note := formats.Note{GUID: n.guid, Fields: n.fields, Tags: append(slices.Clone(r.header.Tags), n.tags...), Line: row.Line}
	r.typed(&note, g, n.noteType)
	for i, f := range note.Fields {
		if !r.html {
			note.Fields[i] = build.Escape(f)
		}
	}
	_, err := r.Add(note, r.Deck(n.deck))
	return err
}

// typed gives a note its type and tells what the note has not got.
func (r *reading) typed(note *formats.Note, g *group, name string) {
	gaps := len(build.ClozeNumbers(note.Fields[0])) > 0
	if name != "" {
		gaps = g.gaps*2 > g.rows
	}
	index := &g.plain
	if gaps {
		index = &g.cloze
	}
	if *index < 0 {
		*index = r.Type(r.typeOf(g, name, gaps))
	}
	note.Type = *index
	if gaps {
		if len(build.ClozeNumbers(note.Fields[0])) == 0 {
			r.Warn(note.Line, "there is no gap such as {{c1::word}} in this text")
		}
		return
	}
	if g.width > 1 || name == "" {
		for _, f := range note.Fields[1:] {
			if build.Bare(f) != "" {
				return
			}
		}
		r.Warn(note.Line, "the back is empty")
	}
}

// typeOf is the note type of a group of rows.
func (r *reading) typeOf(g *group, name string, gaps bool) formats.NoteType {
	names := r.ordered(r.names())
	if len(r.labels) == 0 || r.columnsGiven(name) {
		names = names[:min(len(names), max(g.width, 1))]
	}
	if len(names) <= 2 && (name == "" || len(r.labels) == 0) {
		return build.Named(name, gaps)
	}
	if len(r.labels) == 0 {
		t := build.Named(name, gaps)
		for i := range min(len(t.Fields), len(names)) {
			names[i] = t.Fields[i].Name
		}
	}
	if name == "" {
		name = build.DeckOf(r.deck)
		if i := strings.LastIndex(r.deck, "::"); i >= 0 {
			name = build.DeckOf(r.deck[i+2:])
		}
	}
	return build.Named(name, gaps, names...)
}

// columnsGiven reports whether rows name their note types, so that labels cannot be
// those of all of them.
func (r *reading) columnsGiven(name string) bool { return name != "" && len(r.groups) > 1 }
