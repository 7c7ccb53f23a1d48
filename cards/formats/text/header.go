package text

import (
	"strconv"
	"strings"
)

// Header is what the lines "#key:value" say that stand at the start of a text which
// Anki 2.1.54 or later wrote. Columns count from 0; -1 is none.
type Header struct {
	Found     bool
	Lines     int // of the text that the header takes
	Separator string
	HTML      *bool
	Tags      []string
	Labels    []string
	NoteType  string
	Deck      string

	NoteTypeColumn, DeckColumn, TagsColumn, GUIDColumn int
}

// separatorNames are the words that Anki writes for a separator.
var separatorNames = map[string]string{
	"tab": "\t", "pipe": "|", "semicolon": ";", "colon": ":", "comma": ",", "space": " ", `\t`: "\t",
}

// ReadHeader reads the header of a text and returns what follows. Anki before
// 2.1.54 knew only "tags:a b" in the first line.
func ReadHeader(text string) (h Header, body string) {
	h = Header{NoteTypeColumn: -1, DeckColumn: -1, TagsColumn: -1, GUIDColumn: -1}
	body = text
	for {
		line, rest, more := strings.Cut(body, "\n")
		key, value, ok := headerLine(line, h.Lines == 0)
		switch {
		case ok && h.set(key, value):
			h.Found = true
		case !h.Found && (!strings.HasPrefix(line, "#") || h.Lines > 20):
			h.Lines = 0
			return h, text
		case !strings.HasPrefix(line, "#"):
			return h, body
		}
		h.Lines++
		body = rest
		if !more && !h.Found {
			h.Lines = 0
			return h, text
		}
		if !more {
			return h, ""
		}
	}
}

func headerLine(line string, first bool) (key, value string, ok bool) {
	old := first && strings.HasPrefix(strings.ToLower(line), "tags:")
	if !strings.HasPrefix(line, "#") && !old {
		return "", "", false
	}
	key, value, ok = strings.Cut(strings.TrimPrefix(line, "#"), ":")
	return strings.ToLower(strings.TrimSpace(key)), value, ok
}

// set takes one line in and reports whether Anki knows its key.
func (h *Header) set(key, value string) bool {
	trimmed := strings.TrimSpace(value)
	if key != "separator" { // spreadsheets fill a line up with separators
		trimmed = strings.TrimSpace(strings.TrimRight(value, ",;\t| "))
	}
	column := func() int {
		n, err := strconv.Atoi(trimmed)
		if err != nil || n < 1 || n > 1000 {
			return -1
		}
		return n - 1
	}
	switch key {
	case "separator":
		h.Separator = separator(value)
	case "html":
		is := strings.EqualFold(trimmed, "true")
		h.HTML = &is
	case "tags":
		h.Tags = strings.Fields(trimmed)
	case "columns":
		h.Labels = h.labels(value)
	case "notetype":
		h.NoteType = trimmed
	case "deck":
		h.Deck = trimmed
	case "notetype column":
		h.NoteTypeColumn = column()
	case "deck column":
		h.DeckColumn = column()
	case "tags column":
		h.TagsColumn = column()
	case "guid column":
		h.GUIDColumn = column()
	case "if matches", "match scope":
	default:
		return false
	}
	return true
}

func separator(value string) string {
	name := strings.ToLower(strings.TrimSpace(value))
	if s, ok := separatorNames[name]; ok {
		return s
	}
	for word, s := range separatorNames { // "#separator:semicolon;;"
		if strings.HasPrefix(name, word) && strings.Trim(name[len(word):], ",;|\t ") == "" {
			return s
		}
	}
	if value == " " || value == "\t" {
		return value
	}
	if name = strings.TrimSpace(value); name != "" {
		return string([]rune(name)[:1])
	}
	return ""
}

func (h *Header) labels(value string) []string {
	by := Separators{Cell: h.Separator}
	if by.Cell == "" {
		by, _ = Guess(value, false)
	}
	for row := range Rows(value, by, false) {
		return row.Cells
	}
	return nil
}
