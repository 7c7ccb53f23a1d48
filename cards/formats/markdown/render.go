package markdown

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"

	"recto/cards/formats/build"
)

// commonMark reads Markdown with tables and strike-through. Line breaks are kept, as
// note programs show them; HTML passes, and is made safe where it is shown.
var commonMark = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithUnsafe(), renderer.WithHardWraps()),
)

// Marks of the private use area stand for what Markdown must not touch.
const (
	held    = '\ue000' // followed by a letter from U+E100 on: a piece of kept text
	open    = '\ue001' // the start of a gap, followed by its number as a letter
	hint    = '\ue002' // between a gap's text and its hint
	closing = '\ue003'
	first   = '\ue100'
	last    = '\uf8ff'
)

// plainMarks takes our marks out of a text, where they mean nothing.
func plainMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= held && r <= last {
			return utf8.RuneError
		}
		return r
	}, text)
}

// pieces holds text that Markdown must not touch: mathematics, code and sounds.
type pieces []piece

// piece is a kept text as it was written and as it is shown.
type piece struct{ written, html string }

func (p *pieces) hold(written, html string) string {
	if len(*p) > int(last-first) {
		return html
	}
	*p = append(*p, piece{written, html})
	return string([]rune{held, first + rune(len(*p)-1)})
}

// giveBack puts what was held where it belongs.
func (p pieces) giveBack(text string) string {
	if len(p) == 0 {
		return text
	}
	var b strings.Builder
	waiting := false
	for _, r := range text {
		switch {
		case r == held:
			waiting = true
		case waiting && r >= first && int(r-first) < len(p):
			b.WriteString(p[r-first].html)
			waiting = false
		default:
			waiting = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inAddress finds our marks in addresses, where the reader of Markdown escapes them: a
// piece of kept text, or the ends of gaps.
var inAddress = regexp.MustCompile(`%EE%80%80((?:%[0-9A-F]{2}){3})|%EE%80%81(?:%[0-9A-F]{2}){3}|%EE%80%8[23]`)

// plainAddresses writes addresses as they were: there is neither mathematics nor a gap
// in the name of a file.
func (p pieces) plainAddresses(page string) string {
	return inAddress.ReplaceAllStringFunc(page, func(mark string) string {
		m := inAddress.FindStringSubmatch(mark)
		letter, err := url.PathUnescape(m[1])
		if err != nil || letter == "" {
			return ""
		}
		r, _ := utf8.DecodeRuneInString(letter)
		if r < first || int(r-first) >= len(p) {
			return ""
		}
		return url.PathEscape(p[r-first].written)
	})
}

// math finds what Markdown would spoil, code first so that what is in it stays: code
// between backticks, signs that are escaped, TeX between dollars, Obsidian's embeds
// and links, and Anki's sounds.
var math = regexp.MustCompile("(?s)```.*?```|``[^`\n]+``|`[^`\n]+`" +
	`|\\[\\$\[\]]|\$\$.+?\$\$|\$[^\s$](?:[^$\n]*[^\s$\\])?\$` +
	`|!\[\[[^\[\]\n]+\]\]|\[\[[^\[\]\n]+\]\]|\[sound:[^\]\n]+\]|\[latex\].+?\[/latex\]`)

// protect holds what change makes of mathematics, code, embeds and sounds.
func (p *pieces) protect(text string, change func(whole string) (string, bool)) string {
	var b strings.Builder
	for {
		at := math.FindStringIndex(text)
		if at == nil {
			break
		}
		m := text[at[0]:at[1]]
		b.WriteString(text[:at[0]])
		if m[0] == '$' && at[1] < len(text) && '0' <= text[at[1]] && text[at[1]] <= '9' { // "$5-$6"
			b.WriteByte('$')
			text = text[at[0]+1:]
			continue
		}
		if out, ok := change(m); ok {
			m = p.hold(m, out)
		}
		b.WriteString(m)
		text = text[at[1]:]
	}
	b.WriteString(text)
	return b.String()
}

// htmlOf is the HTML of what math finds; code and addresses are left to Markdown.
func htmlOf(m string) (string, bool) {
	switch {
	case m[0] == '`' || m[0] == '\\' || m[0] == ']':
		return "", false
	case strings.HasPrefix(m, "$$"):
		return `\[` + html.EscapeString(m[2:len(m)-2]) + `\]`, true
	case m[0] == '$':
		return `\(` + html.EscapeString(m[1:len(m)-1]) + `\)`, true
	case strings.HasPrefix(m, "![["):
		return embed(m[3 : len(m)-2]), true
	case strings.HasPrefix(m, "[["):
		page, label, ok := strings.Cut(m[2:len(m)-2], "|")
		if !ok {
			label = page
		}
		return html.EscapeString(label), true
	}
	return html.EscapeString(m), true
}

var sounds = map[string]bool{".mp3": true, ".ogg": true, ".oga": true, ".wav": true, ".m4a": true, ".flac": true, ".opus": true, ".mp4": true, ".webm": true, ".mkv": true, ".3gp": true, ".mov": true, ".ogv": true}

// embed is the HTML of Obsidian's ![[file.png|200]].
func embed(target string) string {
	file, _, _ := strings.Cut(target, "|")
	file, _, _ = strings.Cut(file, "#")
	if sounds[strings.ToLower(path.Ext(file))] {
		return "[sound:" + html.EscapeString(file) + "]"
	}
	return `<img src="` + html.EscapeString(file) + `">`
}

// Limits within which the reader of Markdown takes time linear in the length.
const (
	longest   = 1 << 20 // bytes of one field
	mostMarks = 2000    // of emphasis and links in one paragraph
	mostDeep  = 50      // lists and quotations one within the other
)

// tangled reports whether a text is no Markdown that a person wrote, and would take
// the reader of Markdown minutes.
func tangled(text string) bool {
	if len(text) > longest {
		return true
	}
	marks := 0
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) == "" {
			marks = 0
		}
		marks += strings.Count(l, "*") + strings.Count(l, "_") + strings.Count(l, "~") + strings.Count(l, "[") + strings.Count(l, "<") + strings.Count(l, "`")
		inside := l[:len(l)-len(strings.TrimLeft(l, ">-+*.) \t0123456789"))]
		if marks > mostMarks || len(inside)-strings.Count(inside, " ") > mostDeep {
			return true
		}
	}
	return false
}

// toHTML is the HTML of Markdown, whose gaps are marked. A text of one paragraph
// loses the paragraph.
func toHTML(text string) string {
	text = strings.Trim(text, "\n")
	if tangled(text) {
		return gaps(build.Escape(text))
	}
	var p pieces
	text = p.protect(text, htmlOf)
	var out bytes.Buffer
	if err := commonMark.Convert([]byte(text), &out); err != nil {
		return gaps(build.Escape(text))
	}
	page := strings.TrimSpace(out.String())
	if inner, ok := strings.CutPrefix(page, "<p>"); ok {
		if inner, ok = strings.CutSuffix(inner, "</p>"); ok && !strings.Contains(inner, "<p>") {
			page = inner
		}
	}
	page = strings.ReplaceAll(page, "<br>\n", "<br>")
	return gaps(p.giveBack(p.plainAddresses(page)))
}

// tag is a tag of HTML, and gapMark what of a gap can stand in one.
var (
	tag     = regexp.MustCompile(`</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>`)
	gapMark = regexp.MustCompile("\ue001.|[\ue002\ue003]")
)

// gaps writes marked gaps as Anki does. What would end a gap or begin a hint inside of
// one is written as entities. There is no gap in a tag, as in the words for a picture.
func gaps(page string) string {
	if !strings.ContainsRune(page, open) {
		return page
	}
	page = tag.ReplaceAllStringFunc(page, func(t string) string { return gapMark.ReplaceAllString(t, "") })
	var b strings.Builder
	inside, number := false, false
	word := strings.Builder{}
	for _, r := range page {
		switch {
		case r == open:
			inside, number = true, true
			word.Reset()
		case number:
			number = false
			b.WriteString("{{c" + itoa(max(1, int(r-first))) + "::")
		case r == hint:
			b.WriteString(harmless(word.String()) + "::")
			word.Reset()
		case r == closing && inside:
			inside = false
			b.WriteString(harmless(word.String()) + "}}")
		case inside:
			word.WriteRune(r)
		case r != closing:
			b.WriteRune(r)
		}
	}
	if inside {
		b.WriteString(harmless(word.String()) + "}}")
	}
	return b.String()
}

func harmless(inner string) string {
	return strings.NewReplacer("::", ":&#58;", "}}", "}&#125;", "{{", "{&#123;").Replace(inner)
}

// gap marks text as the gap with a number.
func gap(number int, text, clue string) string {
	mark := string([]rune{open, first + rune(min(number, 500))}) + text
	if clue != "" {
		mark += string(hint) + clue
	}
	return mark + string(closing)
}
