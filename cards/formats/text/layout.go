package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// layout is how a text is to be read: what a person or its header says, and what had
// to be found out.
type layout struct {
	header  Header
	body    string // what follows the header
	by      Separators
	named   bool // the first row names the columns
	labels  []string
	columns []string // for each column a constant of formats, or "" for a field
	html    bool
	order   []int // the fields as a note has them, the front first; nil as the columns stand
	widest  int
}

// mostCells is how many cells a text may have in all.
const mostCells = 4_000_000

// lay finds the layout of a decoded text. The error is ErrTooLarge.
func lay(text string, o formats.TextOptions, most formats.Limits) (layout, error) {
	l := layout{}
	l.header, l.body = ReadHeader(text)
	l.by = separators(l.body, l.header, o)
	if n := strings.Count(l.body, l.by.Cell); l.by.Cell != "" && n > mostCells {
		return l, formats.TooLarge("it has %d cells, and %d are allowed", n, mostCells)
	}
	first := l.first(mostSample)
	l.widest = widest(l.rows(), most)
	l.html = isHTML(l.rows())
	if l.header.HTML != nil {
		l.html = *l.header.HTML
	}
	if o.HTML != nil {
		l.html = *o.HTML
	}
	l.labels = l.header.Labels
	if len(l.labels) == 0 {
		l.named = o.Header != nil && *o.Header || o.Header == nil && !l.header.Found && len(o.Columns) == 0 && namesColumns(first)
	}
	if l.named && len(first) > 0 {
		l.labels = first[0].Cells
	}
	l.columns = l.roles(first)
	if len(o.Columns) > 0 {
		l.labels = nil
		l.columns = make([]string, len(o.Columns))
		for i, c := range o.Columns {
			if strings.HasPrefix(c, "\x00") {
				l.columns[i] = c
				c = ""
			}
			l.labels = append(l.labels, c)
		}
		for len(l.columns) < l.widest {
			l.columns = append(l.columns, formats.ColumnSkip)
		}
	}
	l.order = fieldOrder(l.names(), len(o.Columns) > 0)
	return l, nil
}

// fieldOrder puts the field that is called a front first and the one called a back
// second. What a person says about the columns is followed always, what a file calls
// them only where it has nothing but these two.
func fieldOrder(names []string, said bool) []int {
	called := func(words []string) int {
		return slices.IndexFunc(names, func(n string) bool { return slices.Contains(words, strings.ToLower(n)) })
	}
	front, back := called(fronts), called(backs)
	if front < 0 || back < 0 && front == 0 || front == 0 && back == 1 || !said && (len(names) != 2 || back != 0) {
		return nil
	}
	order := []int{front}
	if back >= 0 {
		order = append(order, back)
	}
	for i := range names {
		if i != front && i != back {
			order = append(order, i)
		}
	}
	return order
}

// ordered puts the fields of a row, or their names, in the order of a note.
func (l layout) ordered(fields []string) []string {
	if l.order == nil {
		return fields
	}
	out := make([]string, len(l.order))
	for to, from := range l.order {
		if from < len(fields) {
			out[to] = fields[from]
		}
	}
	return out
}

func separators(body string, h Header, o formats.TextOptions) Separators {
	by := Separators{Cell: o.Separator, Row: o.RowSeparator}
	if by.Cell == "" && h.Separator != "" && by.Row == "" {
		by.Cell = h.Separator
	}
	if by.Cell == "" && by.Row == "" {
		by, _ = Guess(body, h.Found)
		return by
	}
	by.Plain = len(o.Columns) <= 2 && (!by.quoted())
	return by
}

// rows are the rows of the body with the lines of the header counted.
func (l layout) rows() func(func(Row) bool) {
	return func(yield func(Row) bool) {
		for r := range Rows(l.body, l.by, l.header.Found) {
			r.Line += l.header.Lines
			if !yield(r) {
				return
			}
		}
	}
}

func (l layout) first(n int) []Row {
	var first []Row
	for r := range Rows(l.body, l.by, l.header.Found) {
		if len(first) == n {
			break
		}
		first = append(first, r)
	}
	return first
}

func widest(rows func(func(Row) bool), most formats.Limits) int {
	n := 0
	for r := range rows {
		n = max(n, len(r.Cells))
	}
	return min(n, most.Fields)
}

var htmlMark = regexp.MustCompile(`(?i)</?(?:a|b|br|i|u|s|p|em|strong|div|span|img|font|sub|sup|ul|ol|li|table|tr|td|th|tbody|hr|pre|code|h[1-6]|center|blockquote|ruby|rt|audio|video|small|big|mark|svg)(?:\s[^<>]*)?/?>|&(?:amp|lt|gt|nbsp|quot|apos|#\d{1,6}|#x[0-9a-f]{1,5});`)

// isHTML reports whether cells hold tags or entities of HTML.
func isHTML(rows func(func(Row) bool)) bool {
	for r := range rows {
		for _, c := range r.Cells {
			if strings.ContainsAny(c, "<&") && htmlMark.MatchString(c) {
				return true
			}
		}
	}
	return false
}

// labelled says what a column is by what it is called.
var labelled = map[string]string{
	"tags": formats.ColumnTags, "tag": formats.ColumnTags, "labels": formats.ColumnTags,
	"deck": formats.ColumnDeck, "deck name": formats.ColumnDeck, "deckname": formats.ColumnDeck,
	"note type": formats.ColumnNoteType, "notetype": formats.ColumnNoteType, "model": formats.ColumnNoteType,
	"guid": formats.ColumnGUID, "note guid": formats.ColumnGUID,
}

var fronts = []string{"front", "question", "term", "word", "prompt", "vorderseite", "frage", "recto", "anverso", "pregunta", "foreign", "expression"}
var backs = []string{"back", "answer", "definition", "meaning", "translation", "response", "rückseite", "antwort", "verso", "reverso", "respuesta"}

// namesColumns reports whether the first of rows names the columns instead of being
// a card: by a name that columns have, or because it alone is written in small
// letters.
func namesColumns(rows []Row) bool {
	if len(rows) < 2 || len(rows[0].Cells) < 2 {
		return false
	}
	known := 0
	for i, c := range rows[0].Cells {
		c = strings.ToLower(strings.TrimSpace(c))
		if c == "" || len(c) > 60 || slices.Contains(rows[0].Cells[:i], c) {
			return false
		}
		if labelled[c] != "" || slices.Contains(fronts, c) || slices.Contains(backs, c) {
			known++
		}
	}
	return known >= 2 || known == 1 && len(rows[0].Cells) >= 3 || lowerAlone(rows)
}

// lowerAlone reports whether most columns begin with a small letter in the first row
// and hardly ever below it.
func lowerAlone(rows []Row) bool {
	const least = 5 // rows that it takes to tell
	if len(rows) <= least {
		return false
	}
	columns := 0
	for i, c := range rows[0].Cells {
		if !startsLower(c) {
			continue
		}
		lower, filled := 0, 0
		for _, r := range rows[1:] {
			if i < len(r.Cells) && r.Cells[i] != "" {
				filled++
				if startsLower(r.Cells[i]) {
					lower++
				}
			}
		}
		if filled >= least && lower*10 <= filled {
			columns++
		}
	}
	return columns >= 2 && columns*2 >= len(rows[0].Cells)
}

func startsLower(cell string) bool {
	for _, r := range cell {
		return unicode.IsLower(r)
	}
	return false
}

// roles says what each column is.
func (l layout) roles(first []Row) []string {
	roles := make([]string, l.widest)
	for i := range roles {
		if i < len(l.labels) {
			roles[i] = labelled[strings.ToLower(strings.TrimSpace(l.labels[i]))]
		}
	}
	special := false
	for column, role := range map[int]string{l.header.NoteTypeColumn: formats.ColumnNoteType, l.header.DeckColumn: formats.ColumnDeck, l.header.TagsColumn: formats.ColumnTags, l.header.GUIDColumn: formats.ColumnGUID} {
		if column >= 0 && column < len(roles) {
			roles[column] = role
			special = true
		}
	}
	if !special && !l.header.Found && len(l.labels) == 0 && l.widest == 3 && tagLike(first) {
		roles[2] = formats.ColumnTags
	}
	return roles
}

// tagLike reports whether the third cells of rows are tags: single words of which
// few are different, or words with "::".
func tagLike(rows []Row) bool {
	words, filled := map[string]bool{}, 0
	for _, r := range rows {
		if len(r.Cells) < 3 || strings.TrimSpace(r.Cells[2]) == "" {
			continue
		}
		filled++
		for _, w := range build.Tags(r.Cells[2]) {
			if strings.IndexFunc(w, func(c rune) bool {
				return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && !strings.ContainsRune("_-:/", c)
			}) >= 0 {
				return false
			}
			words[strings.ToLower(w)] = true
		}
	}
	for w := range words {
		if strings.Contains(w, "::") {
			return true
		}
	}
	return filled >= 4 && len(words)*2 <= filled
}
