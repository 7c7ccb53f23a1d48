package markdown

import (
	"strings"

	"recto/cards/formats/build"
)

// block is a card as a file has it, in Markdown.
type block struct {
	line     int
	kind     kind
	front    string // of a text with gaps, the whole
	back     string
	deck     string // below that of the file, or ""
	tags     []string
	schedule string // as the file writes it
	noteType string
}

type kind int

const (
	basic kind = iota
	reversed
	cloze
)

// hashcards reads lines that start "Q:", "A:" and "C:". A card ends with the next, a
// line "---" or the file. Headings between cards name decks.
func (f *file) hashcards() {
	var b block
	part := ' ' // of the card that is being read: Q, A or C
	var heads headings
	end := func() {
		switch part {
		case 'Q':
			f.skip(b.line, "the question has no answer: write a line that starts with A: below it")
		case 'A':
			f.question(b)
		case 'C':
			marked, n := brackets(b.front)
			b.front = marked
			if n == 0 && strings.TrimSpace(b.front) != "" && len(build.ClozeNumbers(b.front)) == 0 {
				f.skip(b.line, "there is no gap in this text: put [square brackets] around what is to be asked")
			} else {
				f.gapped(b)
			}
		}
		part = ' '
	}
	for _, l := range f.lines() {
		text := l.text
		marker := ' '
		if len(text) >= 2 && text[1] == ':' && !l.code {
			marker = rune(text[0])
		}
		switch {
		case marker == 'Q', marker == 'C':
			end()
			part = marker
			b = block{line: l.number, front: text[2:], deck: heads.deck()}
			if marker == 'C' {
				b.kind = cloze
			}
		case marker == 'A' && part == 'Q':
			part = 'A'
			b.back = text[2:]
		case marker == 'A':
			f.skip(l.number, "there is an answer without a question: write a line that starts with Q: above it")
			end()
		case !l.code && strings.TrimSpace(text) == "---":
			end()
		case part == 'A':
			b.back += "\n" + text
		case part != ' ':
			b.front += "\n" + text
		case !l.code:
			heads.see(text)
		}
	}
	end()
}

// headings are the headings above a line, by their levels.
type headings [6]string

// see takes a line in, if it is a heading.
func (h *headings) see(text string) {
	level := len(text) - len(strings.TrimLeft(text, "#"))
	if level < 1 || level > 6 || level == len(text) || text[level] != ' ' {
		return
	}
	h[level-1] = strings.TrimSpace(text[level:])
	for i := level; i < 6; i++ {
		h[i] = ""
	}
}

func (h *headings) deck() string {
	var levels []string
	for _, name := range h {
		if name != "" {
			levels = append(levels, name)
		}
	}
	return strings.Join(levels, "::")
}

// brackets marks [text] as gaps, one card each. Pictures, links and brackets that are
// escaped stay.
func brackets(text string) (marked string, n int) {
	var p pieces
	text = p.protect(text, func(m string) (string, bool) {
		if m[0] == '\\' {
			return unbracket.Replace(m), true
		}
		return m, !strings.HasPrefix(m, "[[")
	})
	var b strings.Builder
	for text != "" {
		i := strings.IndexByte(text, '[')
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		before := i > 0 && text[i-1] == '!'
		text = text[i:]
		end := matching(text)
		if end < 0 {
			break
		}
		if before || strings.HasPrefix(text[end+1:], "(") || end == 1 {
			b.WriteString(text[:end+1])
		} else {
			n++
			b.WriteString(gap(n, text[1:end], ""))
		}
		text = text[end+1:]
	}
	b.WriteString(text)
	return p.giveBack(b.String()), n
}

var unbracket = strings.NewReplacer(`\[`, "&#91;", `\]`, "&#93;")

// matching finds the bracket that closes the one text begins with.
func matching(text string) int {
	deep := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			deep++
		case ']':
			if deep--; deep == 0 {
				return i
			}
		}
	}
	return -1
}
