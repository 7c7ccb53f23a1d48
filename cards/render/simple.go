package render

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// Simple reads HTML that is nothing but text and plain tags, as nearly all fields are,
// without a tokenizer: text gets each run of text with its entities decoded, element
// each tag. It reports whether the document was so simple; where it was not, a part
// of it may have been told already, and the reader has to begin anew with a tokenizer.
func Simple(document string, text func(string), element func(a atom.Atom, start bool)) bool {
	for document != "" {
		i := strings.IndexByte(document, '<')
		if i < 0 {
			i = len(document)
		}
		if run := document[:i]; run != "" {
			if strings.IndexByte(run, '&') >= 0 {
				run = html.UnescapeString(run)
			}
			text(run)
		}
		if document = document[i:]; document == "" {
			return true
		}
		end := strings.IndexByte(document, '>')
		if end < 0 {
			return false
		}
		a, start, ok := simpleTag(document[1:end])
		if !ok {
			return false
		}
		element(a, start)
		document = document[end+1:]
	}
	return true
}

// simpleTag reads what stands between "<" and ">". It is not simple where a quoted ">"
// may have ended it, or where what follows the tag is no markup.
func simpleTag(tag string) (a atom.Atom, start, ok bool) {
	name, closing := strings.CutPrefix(tag, "/")
	n := 0
	for n < len(name) && (name[n]|0x20 >= 'a' && name[n]|0x20 <= 'z' || n > 0 && name[n] >= '0' && name[n] <= '9') {
		n++
	}
	rest := name[n:]
	if n == 0 || n > 12 || rest != "" && rest[0] != ' ' && rest[0] != '/' || strings.ContainsAny(rest, "<\x00") ||
		strings.Count(rest, `"`)%2 != 0 || strings.Count(rest, `'`)%2 != 0 {
		return 0, false, false
	}
	var lower [12]byte
	for i := range n {
		lower[i] = name[i]
		if 'A' <= name[i] && name[i] <= 'Z' {
			lower[i] |= 0x20
		}
	}
	switch a = atom.Lookup(lower[:n]); a {
	case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Xmp, atom.Textarea, atom.Title, atom.Plaintext:
		return 0, false, false
	}
	return a, !closing, true
}
