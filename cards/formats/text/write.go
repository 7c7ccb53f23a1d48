package text

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards/formats"
)

// homes says for each note in which deck its first card is.
func homes(d *formats.Draft) []string {
	home := make([]string, len(d.Notes))
	for _, c := range d.Cards {
		if c.Note < len(home) && home[c.Note] == "" && c.Deck >= 0 && c.Deck < len(d.Decks) {
			home[c.Note] = d.Decks[c.Deck].Name
		}
	}
	return home
}

func mostFields(d *formats.Draft) int {
	n := 1
	for i := range d.Notes {
		n = max(n, len(d.Notes[i].Fields))
	}
	return n
}

// writeAnki writes the text that Anki 2.1.54 and later read without a question, and
// whose notes they know again by their GUIDs.
func writeAnki(ctx context.Context, w io.Writer, d *formats.Draft) error {
	out := bufio.NewWriter(w)
	fields, home := mostFields(d), homes(d)
	fmt.Fprintf(out, "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:%d\n", 4+fields)
	for i := range d.Notes {
		if err := stopped(ctx, i); err != nil {
			return err
		}
		n := &d.Notes[i]
		cells := append([]string{n.GUID, d.NoteTypes[n.Type].Name, home[i]}, n.Fields...)
		for len(cells) < 3+fields {
			cells = append(cells, "")
		}
		cells = append(cells, strings.Join(n.Tags, " "))
		for j := range cells {
			cells[j] = quoted(cells[j])
		}
		fmt.Fprintln(out, strings.Join(cells, "\t"))
	}
	return out.Flush()
}

// quoted puts marks around a cell as Anki does. encoding/csv would leave a "#" at the
// start of a line alone, which makes it a comment.
func quoted(cell string) string {
	if !strings.ContainsAny(cell, "\t\"\n\r") && !strings.HasPrefix(cell, "#") && cell == strings.TrimSpace(cell) {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

func stopped(ctx context.Context, i int) error {
	if i&1023 == 0 {
		return ctx.Err()
	}
	return nil
}

// guidLabel is the heading of the column by which Recto knows its own tables again.
const guidLabel = "GUID"

// writeTable writes a table for spreadsheets: plain text under headings. Cells that a
// spreadsheet would run as a formula get an apostrophe in front.
func writeTable(ctx context.Context, w io.Writer, d *formats.Draft, comma rune) ([]formats.Trouble, error) {
	out := csv.NewWriter(w)
	out.Comma = comma
	fields, home := mostFields(d), homes(d)
	if err := out.Write(headings(d, fields)); err != nil {
		return nil, err
	}
	formatted := 0
	for i := range d.Notes {
		if err := stopped(ctx, i); err != nil {
			return nil, err
		}
		n := &d.Notes[i]
		row := make([]string, fields, fields+4)
		for j, f := range n.Fields {
			row[j] = Plain(f)
			if strings.Contains(f, "<") {
				formatted++
			}
		}
		row = append(row, strings.Join(n.Tags, " "), home[i], d.NoteTypes[n.Type].Name, n.GUID)
		for j := range row {
			row[j] = guard(row[j])
		}
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	var left []formats.Trouble
	if formatted > 0 {
		left = append(left, formats.Trouble{Sentence: "formatting, pictures and line breaks of " + itoa(formatted) + " fields became plain text"})
	}
	return left, out.Error()
}

func headings(d *formats.Draft, fields int) []string {
	row := make([]string, fields, fields+4)
	for i := range row {
		row[i] = "Field " + itoa(i+1)
	}
	for i := range d.Notes { // the names of the widest type
		if t := d.NoteTypes[d.Notes[i].Type]; len(t.Fields) == fields {
			for j, f := range t.Fields {
				row[j] = f.Name
			}
			break
		}
	}
	return append(row, "Tags", "Deck", "Note type", guidLabel)
}

const formula = "=+-@\t\r"

func guard(cell string) string {
	if cell != "" && strings.ContainsRune(formula, rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune(formula, rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// Plain is the text of HTML: lines where blocks and breaks are, the name of a picture
// in brackets, and no tags. Scripts and styles are left out.
func Plain(field string) string {
	if !strings.ContainsAny(field, "<&") {
		return field
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(field))
	hidden := 0
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return strings.TrimSpace(tidy(b.String()))
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(strings.ReplaceAll(string(z.Text()), "\u00a0", " "))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			t := z.Token()
			if t.DataAtom == atom.Script || t.DataAtom == atom.Style {
				hidden += map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
				hidden = max(hidden, 0)
				continue
			}
			b.WriteString(mark(t, kind))
		}
	}
}

// mark is what stands in plain text for a tag.
func mark(t html.Token, kind html.TokenType) string {
	switch t.DataAtom {
	case atom.Br, atom.Hr:
		return "\n"
	case atom.Li:
		if kind == html.StartTagToken {
			return "\n- "
		}
	case atom.Div, atom.P, atom.Ul, atom.Ol, atom.Tr, atom.Table, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return "\n"
	case atom.Td, atom.Th:
		if kind == html.EndTagToken {
			return " "
		}
	case atom.Img:
		for _, a := range t.Attr {
			if a.Key == "src" {
				return "[" + a.Val + "]"
			}
		}
	}
	return ""
}

// tidy makes one line break of several with only spaces between them.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}
