package web

import (
	"net/url"
	"slices"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/text"
	"recto/views"
)

// importChoices are what a person says about an import on its preview, as the form
// has it: fields that are not there are as they were found.
type importChoices struct{ form url.Values }

// choiceNames are the fields of the preview that change what importing does.
var choiceNames = []string{"into", "deck", "name", "duplicates", "progress", "separator", "other", "between", "header", "html", "encoding", "layout", "column"}

// mostChoice is how long one field may be, in bytes.
const mostChoice = 1000

// choicesOf takes the choices out of a form.
func choicesOf(form url.Values) importChoices {
	c := importChoices{url.Values{}}
	for _, name := range choiceNames {
		for i, v := range form[name] {
			if v = clean(v); i < formats.DefaultLimits.Fields && len(v) <= mostChoice && !strings.ContainsAny(v, "\r\n") {
				c.form[name] = append(c.form[name], v)
			}
		}
	}
	return c
}

func (c importChoices) get(name string) string { return c.form.Get(name) }

// asShown reports whether a form says what the preview of u has been made with: what
// was not chosen stands in it as it was found.
func (c importChoices) asShown(u *upload) bool {
	if c.normal() != u.choice.normal() {
		return false
	}
	posted := c.form["column"]
	if u.seen == nil || u.seen.table == nil || len(posted) == 0 {
		return true
	}
	if len(posted) != len(u.seen.table.Columns) || c.get("layout") != u.seen.table.Layout {
		return false
	}
	for i, column := range u.seen.table.Columns {
		if !slices.ContainsFunc(column.Options, func(o views.ImportOption) bool { return o.Chosen && o.Value == posted[i] }) {
			return false
		}
	}
	return true
}

// normal is the form, columns aside, without what says nothing.
func (c importChoices) normal() string {
	said := url.Values{}
	for name, standard := range map[string]string{
		"into": "file", "duplicates": "newer", "progress": "with", "separator": "", "between": "", "header": "", "html": "", "encoding": "",
	} {
		if v := c.get(name); v != standard && v != "" {
			said.Set(name, v)
		}
	}
	switch c.get("into") {
	case "deck":
		said.Set("deck", c.get("deck"))
	case "new":
		said.Set("name", c.get("name"))
	}
	if c.get("separator") == "other" {
		said.Set("other", c.get("other"))
	}
	return said.Encode()
}

// separators are those that a person can choose by a word.
var separators = []struct{ word, label, mark string }{
	{"tab", "Tab", "\t"}, {"comma", "Comma", ","}, {"semicolon", "Semicolon", ";"}, {"pipe", "Upright line |", "|"},
	{"colon", "Colon", ":"}, {"dash", "Dash with spaces", " - "}, {"equals", "Equals sign with spaces", " = "}, {"colons", "Two colons", "::"},
}

// betweens are what can stand between two cards of a text.
var betweens = []struct{ word, label, mark string }{
	{"line", "A new line", "\n"}, {"blank", "An empty line", "\n\n"}, {"semicolon", "A semicolon", ";"},
}

// encodings are those that a person can choose.
var encodings = []struct{ word, label string }{
	{"utf-8", "UTF-8"}, {"utf-16le", "UTF-16, little endian"}, {"utf-16be", "UTF-16, big endian"}, {"windows-1252", "Western Europe (Windows-1252)"},
	{"windows-1250", "Central Europe (Windows-1250)"}, {"windows-1251", "Cyrillic (Windows-1251)"}, {"windows-1253", "Greek (Windows-1253)"},
	{"windows-1254", "Turkish (Windows-1254)"}, {"windows-1255", "Hebrew (Windows-1255)"}, {"windows-1256", "Arabic (Windows-1256)"},
	{"shift_jis", "Japanese (Shift JIS)"}, {"euc-jp", "Japanese (EUC)"}, {"gb18030", "Chinese (GB 18030)"}, {"big5", "Chinese (Big 5)"}, {"euc-kr", "Korean (EUC)"},
}

// columnRoles are what a column can be besides a field: the word in the form, and what
// formats calls it.
var columnRoles = []struct{ word, label, role string }{
	{"*tags", "Tags", formats.ColumnTags}, {"*deck", "Deck", formats.ColumnDeck}, {"*type", "Note type", formats.ColumnNoteType},
	{"*guid", "GUID", formats.ColumnGUID}, {"*skip", "Leave it out", formats.ColumnSkip},
}

// layoutOf says what the columns of a table were found with; with another separator
// they are others.
func layoutOf(o formats.TextOptions) string {
	header := ""
	if o.Header != nil && *o.Header {
		header = " header"
	}
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(o.Encoding + " " + o.Separator + " " + o.RowSeparator + header)
}

// text is what the choices say about a text file.
func (c importChoices) text(s *formats.Source, o formats.Options) (chosen, found formats.TextOptions, rows []text.Row, err error) {
	yes, no := true, false
	three := func(name string) *bool { return map[string]*bool{"yes": &yes, "no": &no}[c.get(name)] }
	chosen = formats.TextOptions{Header: three("header"), HTML: three("html")}
	for _, e := range encodings {
		if e.word == c.get("encoding") {
			chosen.Encoding = e.word
		}
	}
	for _, m := range separators {
		if m.word == c.get("separator") {
			chosen.Separator = m.mark
		}
	}
	if c.get("separator") == "other" {
		chosen.Separator = strings.ReplaceAll(c.get("other"), `\t`, "\t")
	}
	o.Text = chosen
	for _, m := range betweens {
		if m.word != c.get("between") {
			continue
		}
		if chosen.Separator == "" { // rows of another kind, and cells as they were found
			found, _, err = text.Detected(s, o)
			if err != nil {
				return chosen, found, nil, err
			}
			chosen.Separator = found.Separator
		}
		chosen.RowSeparator = m.mark
	}
	o.Text = chosen
	if found, rows, err = text.Detected(s, o); err != nil {
		return chosen, found, nil, err
	}
	columns := c.columns()
	if len(columns) == 0 || c.get("layout") != layoutOf(found) {
		return chosen, found, rows, nil
	}
	columns = append(columns, found.Columns[min(len(columns), len(found.Columns)):]...) // those that the page did not show
	if !slices.Equal(columns, found.Columns) {
		chosen.Columns = columns
		if chosen.Header == nil {
			chosen.Header = found.Header
		}
		o.Text = chosen
		found, rows, err = text.Detected(s, o)
	}
	return chosen, found, rows, err
}

// columns are the roles of columns as formats has them.
func (c importChoices) columns() []string {
	var columns []string
	for _, v := range c.form["column"] {
		for _, r := range columnRoles {
			if r.word == v {
				v = r.role
			}
		}
		columns = append(columns, v)
	}
	return columns
}

// table is the part of the preview on which a text is cut into columns.
func (c importChoices) table(found formats.TextOptions, rows []text.Row) *views.ImportTable {
	t := &views.ImportTable{Layout: layoutOf(found), Other: c.get("other")}
	for _, name := range []string{"separator", "between", "header", "html", "encoding"} {
		t.Open = t.Open || c.get(name) != ""
	}
	t.Separators = options(c.get("separator"), "as found: "+markName(found.Separator))
	for _, m := range separators {
		t.Separators = append(t.Separators, views.ImportOption{Value: m.word, Label: m.label, Chosen: c.get("separator") == m.word})
	}
	t.Separators = append(t.Separators, views.ImportOption{Value: "other", Label: "Another:", Chosen: c.get("separator") == "other"})
	between := found.RowSeparator
	if between == "" {
		between = "\n"
	}
	t.Between = options(c.get("between"), "as found: "+betweenName(between))
	for _, m := range betweens {
		t.Between = append(t.Between, views.ImportOption{Value: m.word, Label: m.label, Chosen: c.get("between") == m.word})
	}
	t.Header = yesNo(c.get("header"), *found.Header, "names the columns", "is a card")
	t.HTML = yesNo(c.get("html"), *found.HTML, "HTML", "plain text")
	t.Encodings = options(c.get("encoding"), "as found: "+found.Encoding)
	for _, e := range encodings {
		t.Encodings = append(t.Encodings, views.ImportOption{Value: e.word, Label: e.label, Chosen: c.get("encoding") == e.word})
	}
	t.Columns = columnOptions(found.Columns)
	for _, r := range rows[:min(len(rows), firstRows)] {
		cells := views.ImportCells{Line: r.Line}
		for i := range t.Columns {
			cell := ""
			if i < len(r.Cells) {
				cell = firstLetters(r.Cells[i])
			}
			cells.Cells = append(cells.Cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// options begins a list with what was found.
func options(chosen, found string) []views.ImportOption {
	return []views.ImportOption{{Value: "", Label: found, Chosen: chosen == ""}}
}

func yesNo(chosen string, found bool, yes, no string) []views.ImportOption {
	is := no
	if found {
		is = yes
	}
	return append(options(chosen, "as found: "+is),
		views.ImportOption{Value: "yes", Label: yes, Chosen: chosen == "yes"}, views.ImportOption{Value: "no", Label: no, Chosen: chosen == "no"})
}

// markName is how a separator is called in a sentence.
func markName(mark string) string {
	for _, m := range separators {
		if m.mark == mark {
			return strings.ToLower(m.label)
		}
	}
	if mark == "" {
		return "one column"
	}
	return "“" + firstLetters(mark) + "”"
}

func betweenName(mark string) string {
	for _, m := range betweens {
		if m.mark == mark {
			return strings.ToLower(m.label)
		}
	}
	return "“" + firstLetters(mark) + "”"
}

// mostColumns is how many columns are shown; a person has no use for more.
const mostColumns = 20

// columnOptions are the columns of a table and what each can be.
func columnOptions(found []string) []views.ImportColumn {
	var names []string
	for _, name := range append(slices.Clone(found), "Front", "Back", "Extra") {
		if !strings.HasPrefix(name, "\x00") && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) && len(names) < mostColumns {
			names = append(names, name)
		}
	}
	columns := make([]views.ImportColumn, min(len(found), mostColumns))
	for i := range columns {
		c := views.ImportColumn{Number: i + 1}
		for _, name := range names {
			c.Options = append(c.Options, views.ImportOption{Value: name, Label: name, Chosen: found[i] == name})
		}
		for _, r := range columnRoles {
			c.Options = append(c.Options, views.ImportOption{Value: r.word, Label: r.label, Chosen: found[i] == r.role})
		}
		columns[i] = c
	}
	return columns
}
