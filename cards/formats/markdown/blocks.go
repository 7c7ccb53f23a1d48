package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

var (
	oneLine   = regexp.MustCompile(`STARTI\s*\[([^\]\n]+)\]\s*(.+?)\s*ENDI`)
	fieldLine = regexp.MustCompile(`^([\p{L}][\p{L}\p{N} _-]{0,40}):\s?(.*)$`)
	curly     = regexp.MustCompile(`\{(?:c?(\d{1,3})[:|])?([^{}\n]+)\}`)
	noteID    = regexp.MustCompile(`(?:<!--)?\s*ID:\s*(\d+)\s*(?:-->)?`)
)

// blocks reads what the plugin Obsidian_to_Anki sends to Anki: a note between lines
// START and END, its note type in the first line, its fields as "Name: text" in the
// next, or a note in one line between STARTI and ENDI.
func (f *file) blocks() {
	deck, tags := "", ""
	lines := f.lines()
	for i := 0; i < len(lines); i++ {
		text := strings.TrimSpace(lines[i].text)
		switch {
		case text == "START":
			end := i + 1
			for end < len(lines) && strings.TrimSpace(lines[end].text) != "END" {
				end++
			}
			if end == len(lines) {
				f.skip(lines[i].number, "this note has no end: write END in a line below it")
				return
			}
			f.note(lines[i+1:end], lines[i].number, deck, tags)
			i = end
		case text == "TARGET DECK" && i+1 < len(lines):
			deck = strings.TrimSpace(lines[i+1].text)
		case strings.HasPrefix(text, "TARGET DECK:"):
			deck = strings.TrimSpace(strings.TrimPrefix(text, "TARGET DECK:"))
		case text == "FILE TAGS" && i+1 < len(lines):
			tags = lines[i+1].text
		case strings.HasPrefix(text, "FILE TAGS:"):
			tags = strings.TrimPrefix(text, "FILE TAGS:")
		default:
			if m := oneLine.FindStringSubmatch(text); m != nil {
				fields := strings.ReplaceAll(m[2], " Back:", "\nBack:")
				var inner []line
				for j, l := range strings.Split(m[1]+"\n"+fields, "\n") {
					inner = append(inner, line{number: lines[i].number + j, text: l})
				}
				f.note(inner, lines[i].number, deck, tags)
			}
		}
	}
}

// note reads one note between its marks.
func (f *file) note(lines []line, at int, deck, fileTags string) {
	b := block{line: at, deck: deck, tags: build.Tags(fileTags)}
	if len(lines) > 0 {
		b.noteType = strings.TrimSpace(lines[0].text)
		lines = lines[1:]
	}
	isCloze := strings.Contains(strings.ToLower(b.noteType), "cloze")
	names, values := []string{firstField(isCloze)}, []string{""}
	for _, l := range lines {
		trimmed := strings.TrimSpace(l.text)
		if noteID.FindString(trimmed) == trimmed && trimmed != "" {
			continue
		}
		if t, ok := strings.CutPrefix(trimmed, "Tags:"); ok {
			b.tags = append(b.tags, build.Tags(t)...)
			continue
		}
		m := fieldLine.FindStringSubmatch(trimmed)
		switch {
		case m != nil && m[1] == names[0] && strings.TrimSpace(values[0]) == "":
			values[0] = m[2]
		case m != nil && f.known(m[1]) && len(names) < 50:
			names, values = append(names, m[1]), append(values, m[2])
		default:
			values[len(values)-1] += "\n" + l.text
		}
	}
	if isCloze {
		b.front, b.back = curlies(strings.TrimSpace(values[0])), strings.Join(values[1:], "\n\n")
		f.gapped(b)
		return
	}
	f.named(b, build.FieldNames(names), values)
}

func firstField(isCloze bool) string {
	if isCloze {
		return "Text"
	}
	return "Front"
}

// known are names of fields that Anki's own note types have. Another word before a
// colon is text.
func (f *file) known(name string) bool {
	switch name {
	case "Front", "Back", "Text", "Extra", "Back Extra", "Add Reverse":
		return true
	}
	return false
}

// named adds a note whose fields have names.
func (f *file) named(b block, names, values []string) {
	if f.err != nil {
		return
	}
	n := formats.Note{Tags: b.tags, Line: b.line, Fields: make([]string, len(values))}
	for i, v := range values {
		n.Fields[i] = f.html(strings.TrimSpace(v))
	}
	if build.Bare(n.Fields[0]) == "" {
		f.skip(b.line, "the front is empty")
		return
	}
	if len(values) < 2 || build.Bare(strings.Join(n.Fields[1:], "")) == "" {
		f.warn(b.line, "the back is empty")
	}
	if len(names) == 1 {
		names = append(names, "Back")
	}
	n.Type = f.Type(build.Named(b.noteType, false, names...))
	f.add(n, b)
}

// curlies marks {text}, {2:text} and {c2|text} as gaps; {{c1::text}} is one already.
func curlies(text string) string {
	if len(build.ClozeNumbers(text)) > 0 {
		return text
	}
	next := 0
	return curly.ReplaceAllStringFunc(text, func(m string) string {
		s := curly.FindStringSubmatch(m)
		n, err := strconv.Atoi(s[1])
		if err != nil || n == 0 {
			next++
			n = next
		}
		return gap(n, s[2], "")
	})
}
