// Package markdown reads the cards of people who keep them in Markdown: hashcards,
// Obsidian's spaced repetition and Obsidian_to_Anki, and Logseq, as one file or as a
// zip archive of many, and writes Markdown that hashcards reads.
//
//	block     a card as a file has it, still in Markdown
//	gap       what a cloze card asks for, marked so that Markdown leaves it alone
//	headings  the headings above a card, which name its deck
package markdown

import (
	"archive/zip"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
	"recto/cards/formats/text"
)

// Family is the formats of Markdown.
type Family struct{}

var _ formats.Family = Family{}

// The formats of this family.
const (
	Markdown       = "md"
	Obsidian       = "obsidian"
	Logseq         = "logseq"
	ObsidianToAnki = "obsidian-to-anki"
)

// Formats lists the formats.
func (Family) Formats() []formats.Format {
	endings := []string{"md", "markdown"}
	return []formats.Format{
		{ID: Markdown, Name: "Markdown with Q: and A:, as in hashcards", Extensions: endings, Read: true, Write: true,
			Loses: "progress, media, tags, and formatting that Markdown has no sign for"},
		{ID: Obsidian, Name: "Obsidian spaced repetition", Extensions: endings, Read: true},
		{ID: Logseq, Name: "Logseq page", Extensions: endings, Read: true},
		{ID: ObsidianToAnki, Name: "Obsidian_to_Anki", Extensions: endings, Read: true},
	}
}

// Detect tells Markdown with cards by their marks.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if s.IsZip() {
		return detectArchive(s)
	}
	if !s.IsText() {
		return "", formats.No
	}
	head, _, err := text.Decode(s.Head(), "")
	if err != nil {
		return "", formats.No
	}
	format, sure := dialect(head)
	if format == "" {
		return "", formats.No
	}
	if !isMarkdown(s.Name) { // a text of SuperMemo, or a table with "::"
		switch {
		case format == Obsidian && sure < formats.Strong:
			return "", formats.No
		case format == Markdown:
			sure = formats.Likely + 5
		}
	}
	return format, sure
}

func isMarkdown(name string) bool {
	e := formats.Extension(name)
	return e == "md" || e == "markdown"
}

func detectArchive(s *formats.Source) (string, formats.Confidence) {
	a, err := s.Archive(formats.Limits{})
	if err != nil {
		return "", formats.No
	}
	for i, name := range a.Names() {
		if i < 10_000 && isMarkdown(name) && !strings.HasPrefix(path.Base(name), ".") {
			return Markdown, formats.Likely
		}
	}
	return "", formats.No
}

// dialect says which program's cards are in a text.
func dialect(body string) (string, formats.Confidence) {
	meta, body, _ := frontMatter(body)
	f := file{body: body, meta: meta}
	var q, a, c, start, end, card, lines, halves, gaps int
	for _, l := range f.lines() {
		if l.code {
			continue
		}
		t := strings.TrimSpace(l.text)
		switch {
		case strings.HasPrefix(l.text, "Q:"):
			q++
		case strings.HasPrefix(l.text, "A:"):
			a++
		case strings.HasPrefix(l.text, "C:") && strings.Contains(body, "["):
			c++
		case t == "START" || oneLine.MatchString(t):
			start++
		case t == "END":
			end++
		case strings.HasPrefix(t, "- ") && isCard(t):
			card++
		case t == "?" || t == "??":
			halves++
		default:
			if front, _, _, ok := splitLine(l.text); ok && !f.property(l, front) {
				lines++
			}
			if highlight.MatchString(t) || strings.Contains(t, "{{c1::") {
				gaps++
			}
		}
	}
	tagged := flashTag.MatchString(body) || flashTag.MatchString(meta["tags"]) || scheduleMark.MatchString(body)
	switch {
	case start > 0:
		return ObsidianToAnki, formats.Strong
	case card > 0:
		return Logseq, formats.Strong
	case tagged:
		return Obsidian, formats.Strong + 5
	case q > 0 && a > 0, c > 0:
		return Markdown, formats.Strong
	case lines > 0 || halves > 0:
		return Obsidian, formats.Likely
	case gaps > 0:
		return Obsidian, formats.Weak + 5
	}
	return "", formats.No
}

// longestFile is the longest Markdown that is read, in bytes.
const longestFile = 16 << 20

// Read reads the cards of a file, or of all files of an archive.
func (Family) Read(ctx context.Context, s *formats.Source, format string, o formats.Options) (*formats.Draft, error) {
	const mostNotes = 150_000 // rendering one takes longer than reading it
	o = o.Filled()
	o.Limits.Rows = min(o.Limits.Rows, mostNotes)
	o.Limits.Text = min(o.Limits.Text, longestFile)
	b := build.New(ctx, o)
	if s.IsZip() {
		if err := readArchive(b, s, o); err != nil {
			return nil, err
		}
	} else {
		body, _, err := text.Document(s, o.Text.Encoding, o.Limits)
		if err != nil {
			return nil, err
		}
		f := &file{Builder: b, base: o.Text.Deck, files: s.Files, folder: "."}
		if f.base == "" {
			f.base = build.DeckOf(s.Name)
		}
		if err := f.read(body, format); err != nil {
			return nil, err
		}
	}
	if len(b.Draft.Notes) == 0 {
		if len(b.Draft.Troubles) > 0 {
			return nil, formats.Damaged("no card of it can be read; the first trouble is in %s", b.Draft.Troubles[0])
		}
		return nil, formats.Damaged("there is no card in it: write Q: and A: in front of questions and answers, or question::answer in one line")
	}
	return b.Draft, nil
}

// read reads one file in the format that its text has, or format where that is open.
func (f *file) read(body, format string) error {
	const mostLines = 500_000
	if n := strings.Count(body, "\n"); n > mostLines {
		return formats.TooLarge("it has %d lines, and %d are allowed", n, mostLines)
	}
	body = plainMarks(body)
	f.meta, f.body, f.start = frontMatter(body)
	if name := f.meta["name"]; name != "" {
		f.base = name
	}
	if own, _ := dialect(body); own != "" && (format == Markdown || format == "") {
		format = own
	}
	switch format {
	case ObsidianToAnki:
		f.blocks()
	case Logseq:
		f.logseq()
	case Obsidian:
		f.obsidian()
	default:
		f.hashcards()
	}
	return f.err
}

// readArchive reads every Markdown file of an archive; folders are decks.
func readArchive(b *build.Builder, s *formats.Source, o formats.Options) error {
	a, err := s.Archive(o.Limits)
	if err != nil {
		return err
	}
	files := archived{a, o.Limits.Entry}
	names := slices.Sorted(slices.Values(a.Names()))
	root := commonRoot(names)
	for i, name := range names {
		o.Progress(int64(i), int64(len(names)))
		if !isMarkdown(name) || strings.Contains("/"+name, "/.") || strings.HasPrefix(name, "__MACOSX") {
			continue
		}
		data, err := a.ReadAll(name, min(o.Limits.Data, longestFile))
		if err != nil {
			return err
		}
		body, _, err := text.Decode(data, o.Text.Encoding)
		if err != nil {
			b.Draft.Tell(formats.Trouble{Where: name, Sentence: "the file is no text", Skipped: true})
			continue
		}
		if format, _ := dialect(body); format == "" {
			continue
		}
		inner := strings.TrimPrefix(name, root)
		f := &file{Builder: b, name: name, files: files, folder: path.Dir(name), base: strings.ReplaceAll(strings.TrimSuffix(inner, path.Ext(inner)), "/", "::")}
		if err := f.read(body, ""); err != nil {
			return err
		}
	}
	return nil
}

// commonRoot is the folder that all entries lie in, or "".
func commonRoot(names []string) string {
	root := ""
	for _, n := range names {
		if strings.HasPrefix(n, "__MACOSX") {
			continue
		}
		top, _, ok := strings.Cut(n, "/")
		if !ok || root != "" && root != top+"/" {
			return ""
		}
		root = top + "/"
	}
	return root
}

// archived shows an archive as files, of which only plain ones can be opened.
type archived struct {
	a     *formats.Archive
	limit int64
}

// Open opens an entry by its name.
func (fsys archived) Open(name string) (fs.File, error) {
	if !fsys.a.Has(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	r, err := fsys.a.Open(name, fsys.limit)
	if err != nil {
		return nil, err
	}
	return entry{r, name}, nil
}

type entry struct {
	io.ReadCloser
	name string
}

// Stat says that an entry is a plain file; its size is not known before it is read.
func (e entry) Stat() (fs.FileInfo, error) { return (&zip.FileHeader{Name: e.name}).FileInfo(), nil }

// Write writes Markdown that hashcards and Recto read.
func (Family) Write(ctx context.Context, w io.Writer, d *formats.Draft, format string, _ formats.WriteOptions) ([]formats.Trouble, error) {
	if format != Markdown {
		return nil, formats.ErrReadOnly
	}
	return write(ctx, w, d)
}
