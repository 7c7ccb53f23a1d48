// Package text reads and writes tables: CSV and TSV of spreadsheets, the text that
// Anki exports with its header, and lists of terms as people paste them from Quizlet.
//
//	Separators  what stands between cells and rows
//	Row         a line, or several where a quoted cell has line breaks
//	Header      the lines "#separator:tab" that Anki writes first
//
// What is not said is found out: the encoding (Decode), the separators (Guess), and
// which columns are tags, decks and fields (Detected shows it to a person first).
package text

import (
	"context"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"recto/cards/formats"
)

// Family is the formats of tables.
type Family struct{}

var _ formats.Family = Family{}

// The formats of this family.
const (
	CSV   = "csv"
	TSV   = "tsv"
	Anki  = "txt"
	Paste = "paste"
)

const loses = "progress, media, the look of cards and settings of decks"

// Formats lists the formats.
func (Family) Formats() []formats.Format {
	return []formats.Format{
		{ID: CSV, Name: "Table with commas (CSV)", Extensions: []string{"csv"}, Read: true, Write: true, Loses: loses + ", and formatting"},
		{ID: TSV, Name: "Table with tabs (TSV)", Extensions: []string{"tsv", "tab"}, Read: true, Write: true, Loses: loses + ", and formatting"},
		{ID: Anki, Name: "Anki text", Extensions: []string{"txt"}, Read: true, Write: true, Loses: loses},
		{ID: Paste, Name: "List of terms, as from Quizlet", Extensions: []string{"txt"}, Read: true},
	}
}

// Detect tells a table by rows with the same number of cells.
func (Family) Detect(s *formats.Source) (string, formats.Confidence) {
	if s.IsZip() || s.IsSQLite() {
		return "", formats.No
	}
	head := s.Head()
	if !s.Whole() {
		head = head[:len(head)&^1]
	}
	text, _, err := Decode(head, "")
	if err != nil || strings.TrimSpace(text) == "" {
		return "", formats.No
	}
	header, body := ReadHeader(text)
	if header.Found && !strings.HasPrefix(strings.ToLower(text), "tags:") {
		return Anki, formats.Certain
	}
	if !s.Whole() {
		body = body[:strings.LastIndexByte(body, '\n')+1]
	}
	return detect(body, formats.Extension(s.Name))
}

func detect(body, extension string) (string, formats.Confidence) {
	isTable := extension == "csv" || extension == "tsv" || extension == "tab"
	if !isTable && otherText.MatchString(body[:min(len(body), 200)]) || slices.Contains(otherEndings, extension) {
		return "", formats.No
	}
	by, share := Guess(body, false)
	format := CSV
	switch {
	case by.Plain:
		format = Paste
	case by.Cell == "\t" && extension != "csv":
		if format = Anki; extension == "tsv" || extension == "tab" {
			format = TSV
		}
	case by.Cell == "":
		return oneColumn(body, extension, isTable)
	}
	sure := formats.Weak
	switch {
	case isTable:
		sure = formats.Strong - 1
	case by.Plain && share > 0.95:
		sure = formats.Weak + 10
	case share >= 0.8 && !by.Plain && (by.Cell == "\t" || extension == "txt" || strings.Count(body, "\n") > 1):
		sure = formats.Likely
	}
	return format, sure
}

// otherText begins JSON, XML, HTML or PDF, which may look like tables.
var otherText = regexp.MustCompile(`^\s*(?:\{\s*["}]|\[\s*[{\["\d]|<\?|<!|<html|%PDF)`)

// otherEndings are those of text that is no table whatever it looks like.
var otherEndings = []string{"md", "markdown", "org", "json", "xml", "html", "htm", "gift"}

// oneColumn takes a list of short lines for fronts without backs; longer ones are
// prose.
func oneColumn(body, extension string, isTable bool) (string, formats.Confidence) {
	lines, prose, gaps := 0, 0, 0
	for l := range strings.Lines(body) {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		lines++
		if len([]rune(l)) > 80 || strings.ContainsAny(l[len(l)-1:], ".?!:;,{}") || strings.ContainsAny(l[:1], "#*-/:$^>") || strings.HasPrefix(l, "ANSWER") {
			prose++
		}
		if strings.Contains(l, "{{c1::") {
			gaps++
		}
	}
	switch {
	case isTable:
		return CSV, formats.Likely
	case gaps*2 > lines:
		return Anki, formats.Likely
	case extension == "txt" && prose*10 < lines:
		return Anki, formats.Weak
	}
	return "", formats.No
}

// Read reads a table in any of the formats.
func (Family) Read(ctx context.Context, s *formats.Source, _ string, o formats.Options) (*formats.Draft, error) {
	return read(ctx, s, o)
}

// Write writes a table.
func (Family) Write(ctx context.Context, w io.Writer, d *formats.Draft, format string, _ formats.WriteOptions) ([]formats.Trouble, error) {
	switch format {
	case Anki:
		return nil, writeAnki(ctx, w, d)
	case CSV:
		return writeTable(ctx, w, d, ',')
	case TSV:
		return writeTable(ctx, w, d, '\t')
	}
	return nil, formats.ErrReadOnly
}

func itoa(n int) string { return strconv.Itoa(n) }
