package render

import (
	"html"
	"regexp"
	"strings"
)

// filter applies the filters of a tag to the value of a field, the one nearest to
// the field first. One that is not known ends it, as add-ons would have to go on.
func (c *context) filter(value, field string, filters []string) string {
	if len(filters) > 0 && filters[len(filters)-1] == "type" {
		kind := ""
		if len(filters) == 2 && (filters[0] == "cloze" || filters[0] == "nc") {
			kind = filters[0]
		}
		return c.typing(field, kind)
	}
	for _, f := range filters {
		switch f {
		case "":
		case "text":
			value = stripTags(value)
		case "furigana":
			value = ruby(value, "<ruby><rb>$2</rb><rt>$3</rt></ruby>")
		case "kanji":
			value = ruby(value, "$2")
		case "kana":
			value = ruby(value, "$3")
		case "type":
			value = c.typing(field, "")
		case "hint":
			value = hint(value, field)
		case "cloze":
			value = cloze(value, c.ordinal+1, c.question)
		case "cloze-only":
			value = strings.Join(clozeAnswers(value, c.ordinal+1, c.question), ", ")
		default:
			options, speech := strings.CutPrefix(f, "tts ")
			if !speech {
				return value
			}
			value = "[anki:tts lang=" + options + "]" + value + "[/anki:tts]"
		}
	}
	return value
}

// hint is a text that is hidden until somebody asks for it.
func hint(value, field string) string {
	if strings.TrimSpace(value) == "" {
		return value
	}
	return `<details class="hint"><summary class="hint">` + html.EscapeString(field) + `</summary><div class="hint">` + value + "</div></details>"
}

var reading = regexp.MustCompile(`( ?)([^ >]+?)\[(.+?)\]`)

// ruby puts the readings that stand in brackets behind words into form. A sound is
// no reading.
func ruby(value, form string) string {
	value = strings.ReplaceAll(value, "&nbsp;", " ")
	if strings.IndexByte(value, '[') < 0 {
		return value
	}
	var out []byte
	last := 0
	for _, m := range reading.FindAllStringSubmatchIndex(value, -1) {
		if strings.HasPrefix(value[m[6]:], "sound:") {
			continue
		}
		out = append(out, value[last:m[0]]...)
		out = reading.ExpandString(out, form, value, m)
		last = m[1]
	}
	return string(append(out, value[last:]...))
}
