package anki

import (
	"html"
	"strings"
)

// hidden are elements whose text is no text of a field.
var hidden = []string{"style", "script"}

// holders are elements that name a medium, which counts as text.
var holders = []string{"img", "audio", "video", "object", "source"}

// strip is a field without its HTML, as Anki sorts and compares fields: comments,
// styles and scripts are gone, names of media stand where their elements stood, and
// entities are decoded.
func strip(field string) string {
	if !strings.ContainsAny(field, "<&") {
		return field
	}
	var b strings.Builder
	for {
		start := strings.IndexByte(field, '<')
		if start < 0 {
			break
		}
		b.WriteString(field[:start])
		field = field[start:]
		tag, rest, whole := element(field)
		if !whole {
			break
		}
		if name := mediaIn(tag); name != "" {
			b.WriteString(" " + name + " ")
		}
		field = rest
	}
	b.WriteString(field)
	text := b.String()
	if strings.Contains(text, "&") {
		text = strings.ReplaceAll(html.UnescapeString(text), "\u00a0", " ")
	}
	return text
}

// element cuts a comment, a style or script with its content, or a tag off the
// start of s. It is not whole when it never ends.
func element(s string) (tag, rest string, whole bool) {
	if strings.HasPrefix(s, "<!--") {
		if _, rest, whole = strings.Cut(s, "-->"); whole {
			return "", rest, true
		}
	}
	for _, name := range hidden {
		if len(s) > len(name) && strings.EqualFold(s[1:len(name)+1], name) {
			if end := indexFold(s, "</"+name+">"); end >= 0 {
				return "", s[end+len(name)+3:], true
			}
		}
	}
	return strings.Cut(s, ">")
}

// indexFold is the place of a lower-case ASCII text in s, in any case.
func indexFold(s, text string) int {
	for i := 0; i+len(text) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(text)], text) {
			return i
		}
	}
	return -1
}

// mediaIn is the medium that a tag names by src or data, "" for none.
func mediaIn(tag string) string {
	for _, holder := range holders {
		if len(tag) <= len(holder)+1 || !strings.EqualFold(tag[1:len(holder)+1], holder) {
			continue
		}
		for _, attribute := range []string{" src=", " data="} {
			if at := indexFold(tag, attribute); at >= 0 {
				return value(tag[at+len(attribute):])
			}
		}
	}
	return ""
}

// value is an attribute's value at the start of s, in quotes or not.
func value(s string) string {
	if s == "" {
		return ""
	}
	if quote := s[0]; quote == '"' || quote == '\'' {
		name, _, _ := strings.Cut(s[1:], string(quote))
		return name
	}
	name, _, _ := strings.Cut(s, " ")
	return name
}
