package article

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

type format int

const (
	formatPlain format = iota
	formatMarkdown
	formatHTML
)

// ErrFormat is the error of a file that is not text.
type ErrFormat struct {
	What string // what it seems to be, with its article: "a PNG image"; "" when not known
	Hint string // a sentence on what to do
}

const whatWorks = "Recto reads plain text, Markdown and HTML pages, PDF, EPUB books and Word documents (DOCX)."

func (e ErrFormat) Error() string {
	if e.What == "" {
		return "This is not text: " + whatWorks
	}
	if e.Hint == "" {
		return fmt.Sprintf("This is not text: it looks like %s. %s", e.What, whatWorks)
	}
	return fmt.Sprintf("This is %s, which Recto does not read yet. %s", e.What, e.Hint)
}

const (
	copyOut = "Copy the text out of it and paste it, or save it as plain text (UTF-8)."
	saveAs  = "Save it as plain text (UTF-8) or as a web page, and try that file."
)

// magics are the first bytes of files that are not text.
var magics = []struct {
	start string
	ErrFormat
}{
	{`{\rtf`, ErrFormat{"an RTF document", saveAs}},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ErrFormat{"an old Office document", saveAs}},
	{"\x89PNG\r\n", ErrFormat{What: "a PNG image"}},
	{"\xff\xd8\xff", ErrFormat{What: "a JPEG image"}},
	{"GIF87a", ErrFormat{What: "a GIF image"}},
	{"GIF89a", ErrFormat{What: "a GIF image"}},
	{"\x1f\x8b", ErrFormat{What: "a gzip archive"}},
	{"7z\xbc\xaf\x27\x1c", ErrFormat{What: "a 7z archive"}},
	{"\x28\xb5\x2f\xfd", ErrFormat{What: "a zstd archive"}},
	{"SQLite format 3\x00", ErrFormat{What: "an SQLite database"}},
	{"\x7fELF", ErrFormat{What: "a program"}},
	{"MZ\x90\x00", ErrFormat{What: "a program"}},
	{"ID3", ErrFormat{What: "an MP3 recording"}},
	{"OggS", ErrFormat{What: "an Ogg recording"}},
	{"%!PS-Adobe", ErrFormat{"a PostScript file", copyOut}},
}

// refuse is the error for data that begins like a file which is not text.
func refuse(data []byte) error {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.start)) {
			return m.ErrFormat
		}
	}
	if len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" {
		return ErrFormat{What: "a WebP image"}
	}
	return nil
}

// refuseZip looks at the names in a zip archive to say what the file is.
func refuseZip(data []byte) error {
	head := data[:min(len(data), 1<<16)]
	for _, k := range []struct {
		mark string
		ErrFormat
	}{
		{"application/epub+zip", ErrFormat{"an EPUB book", copyOut}},
		{"word/", ErrFormat{"a Word document (DOCX)", saveAs}},
		{"xl/", ErrFormat{"an Excel workbook", copyOut}},
		{"ppt/", ErrFormat{"a PowerPoint presentation", copyOut}},
		{"application/vnd.oasis.opendocument", ErrFormat{"an OpenDocument file", saveAs}},
	} {
		if bytes.Contains(head, []byte(k.mark)) {
			return k.ErrFormat
		}
	}
	return ErrFormat{What: "a zip archive"}
}

var (
	htmlStart = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b`)
	htmlTag   = regexp.MustCompile(`(?i)<(?:p|div|article|section|main|h[1-6]|ul|ol|table|blockquote|span)(?:\s[^<>]*)?>`)
	htmlClose = regexp.MustCompile(`(?i)</(?:p|div|article|section|main|h[1-6]|ul|ol|table|blockquote|span)\s*>`)
)

// format tells what a text is written in. What only a page of HTML begins with
// decides; then the file's name and the server's word; then the signs in the text.
func (s Source) format(text string) format {
	head := text[:min(len(text), 1<<16)]
	if htmlStart.MatchString(head) {
		return formatHTML
	}
	tags := len(htmlTag.FindAllStringIndex(head, 3)) + len(htmlClose.FindAllStringIndex(head, 3))
	kind, _, _ := strings.Cut(strings.ToLower(s.ContentType), ";")
	kind = strings.TrimSpace(kind)
	switch ext := strings.ToLower(filepath.Ext(s.Name)); {
	case ext == ".md" || ext == ".markdown" || ext == ".mkd" || kind == "text/markdown":
		return formatMarkdown
	case ext == ".txt" || ext == ".text":
		return formatPlain
	case (ext == ".html" || ext == ".htm" || ext == ".xhtml" || kind == "text/html" || kind == "application/xhtml+xml") && tags > 0:
		return formatHTML
	case kind == "text/plain":
		return formatPlain
	case tags >= 2 && strings.HasPrefix(strings.TrimSpace(head), "<"):
		return formatHTML
	case looksLikeMarkdown(head):
		return formatMarkdown
	}
	return formatPlain
}
