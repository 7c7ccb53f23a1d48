package text

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Separators say how a text is cut into rows and cells.
type Separators struct {
	// Cell stands between two cells of a row. Where it is one character, cells may be
	// quoted as in RFC 4180 unless Plain says otherwise. Empty means one cell a row.
	Cell string
	// Row stands between two rows; empty means the end of a line.
	Row string
	// Plain says that quotation marks are letters like others and that a row has two
	// cells: what stands before the first Cell, and everything after it. So Quizlet
	// writes its sets.
	Plain bool
}

// Row is one row of a table.
type Row struct {
	Line  int // of the file, from 1: where the row begins
	Cells []string
	Odd   string // what is wrong with its quotation marks, or ""
}

// Rows cuts text into rows. Rows without any letter are left out. It never fails: a
// row whose quotation marks make no sense is read as it stands, says so in Odd, and
// ends where its line ends. comments says that lines which begin with "#" are none.
// It reads in time linear in the length of the text and keeps one row at a time.
func Rows(text string, by Separators, comments bool) iter.Seq[Row] {
	if by.quoted() {
		comma, _ := utf8.DecodeRuneInString(by.Cell)
		return func(yield func(Row) bool) { quotedRows(text, comma, comments, yield) }
	}
	return func(yield func(Row) bool) { plainRows(text, by, comments, yield) }
}

// quoted reports whether cells may stand in quotation marks.
func (s Separators) quoted() bool {
	return !s.Plain && utf8.RuneCountInString(s.Cell) == 1 && !strings.ContainsAny(s.Cell, "\"\r\n\ufffd") && (s.Row == "" || s.Row == "\n")
}

func plainRows(text string, by Separators, comments bool, yield func(Row) bool) {
	end := by.Row
	if end == "" {
		end = "\n"
	}
	line := 1
	for text != "" {
		row, rest, _ := strings.Cut(text, end)
		start := line + strings.Count(row, "\n") - strings.Count(strings.TrimLeft(row, "\n\t "), "\n")
		line += strings.Count(row, "\n") + strings.Count(end, "\n")
		text = rest
		if strings.TrimSpace(row) == "" || comments && strings.HasPrefix(row, "#") {
			continue
		}
		if !yield(Row{Line: start, Cells: plainCells(row, by)}) {
			return
		}
	}
}

func plainCells(row string, by Separators) []string {
	var cells []string
	switch {
	case by.Cell == "":
		return []string{strings.TrimSpace(row)}
	case by.Plain:
		cells = strings.SplitN(row, by.Cell, 2)
	default:
		cells = strings.Split(row, by.Cell)
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// quotedRows reads with encoding/csv as long as that understands the text. Where it
// does not, one line is read as it stands and encoding/csv goes on after it. A
// stray quotation mark cannot be looked for twice over the same stretch: seen from
// the next line, the marks that were inside a quotation are outside of it.
func quotedRows(text string, comma rune, comments bool, yield func(Row) bool) {
	line, width := 1, 0
	buffer := bufio.NewReader(nil) // one for all of encoding/csv's readers
	for text != "" {
		r := reader(text, comma, comments, buffer)
		used := int64(0)
		for {
			cells, err := r.Read()
			if err != nil {
				break
			}
			used = r.InputOffset()
			at, _ := r.FieldPos(0)
			if blank(cells) {
				continue
			}
			width = len(cells)
			if !yield(Row{Line: line - 1 + at, Cells: cells}) {
				return
			}
		}
		line += strings.Count(text[:used], "\n")
		text, line = skipBlank(text[used:], line, comments)
		if text == "" {
			return
		}
		l, rest, _ := strings.Cut(text, "\n")
		row := oddRow(l, comma, width, buffer)
		row.Line, text = line, rest
		line++
		if !blank(row.Cells) && !yield(row) {
			return
		}
	}
}

func reader(text string, comma rune, comments bool, buffer *bufio.Reader) *csv.Reader {
	buffer.Reset(strings.NewReader(text))
	r := csv.NewReader(buffer)
	r.Comma, r.FieldsPerRecord = comma, -1
	if comments && comma != '#' {
		r.Comment = '#'
	}
	return r
}

// skipBlank leaves out lines that encoding/csv would have skipped itself.
func skipBlank(text string, line int, comments bool) (string, int) {
	for text != "" {
		l, rest, _ := strings.Cut(text, "\n")
		if strings.TrimSpace(l) != "" && (!comments || !strings.HasPrefix(l, "#")) {
			break
		}
		text, line = rest, line+1
	}
	return text, line
}

// oddRow reads a line whose quotation marks are not those of RFC 4180: with spaces
// before a quoted cell, as people type; cut at each comma; or with the marks inside
// quoted cells left alone, if that gives as many cells as the row before has.
func oddRow(l string, comma rune, width int, buffer *bufio.Reader) Row {
	if comma != ' ' && comma != '\t' {
		r := reader(l, comma, false, buffer)
		r.TrimLeadingSpace = true
		if cells, err := r.Read(); err == nil {
			if _, err := r.Read(); errors.Is(err, io.EOF) {
				return Row{Cells: cells}
			}
		}
	}
	cut := cutCells(l, comma)
	if width > 0 && len(cut) != width {
		r := reader(l, comma, false, buffer)
		r.LazyQuotes = true
		if cells, err := r.Read(); err == nil && len(cells) == width {
			cut = cells
		}
	}
	if !slices.ContainsFunc(strings.Split(l, string(comma)), func(c string) bool { return strings.HasPrefix(strings.TrimSpace(c), `"`) }) {
		return Row{Cells: cut} // a mark in the middle of a cell, as HTML has them, is a letter
	}
	odd := "a quotation mark stands in the middle of a cell; the line is read as it stands"
	if strings.Count(l, `"`)%2 == 1 {
		odd = "a quotation mark is never closed; the line is read as it stands"
	}
	return Row{Cells: cut, Odd: odd}
}

// cutCells cuts at every comma and takes the marks off cells that are quoted whole.
func cutCells(l string, comma rune) []string {
	cells := strings.Split(l, string(comma))
	for i, c := range cells {
		t := strings.TrimSpace(c)
		if len(t) >= 2 && t[0] == '"' && t[len(t)-1] == '"' {
			cells[i] = strings.ReplaceAll(t[1:len(t)-1], `""`, `"`)
		}
	}
	return cells
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
