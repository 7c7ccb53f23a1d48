package article

import (
	"strings"
	"unicode"

	"recto/cards"
)

// writer puts blocks one after the other, with a blank line between them.
type writer struct {
	text   strings.Builder
	blocks []cards.Block
}

// add writes a block. Blanks at its ends and runs of blanks are taken out, so that
// the text it becomes has no blank line inside.
func (w *writer) add(kind cards.BlockKind, level int, text string) {
	text = tidy(text)
	if text == "" {
		return
	}
	if w.text.Len() > 0 {
		w.text.WriteString("\n\n")
	}
	start := w.text.Len()
	w.text.WriteString(text)
	w.blocks = append(w.blocks, cards.Block{Kind: kind, Level: level, Span: cards.Span{Start: start, End: w.text.Len()}})
}

func (w *writer) article() cards.Article {
	text := w.text.String()
	if text != "" {
		text += "\n"
	}
	return cards.Article{Text: text, Blocks: w.blocks}
}

// tidy makes every run of blanks one space, or one "\n" where a line ends in it,
// and takes out what nobody sees.
func tidy(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := rune(0)
	for _, r := range clean(text) {
		switch {
		case r == '\n':
			gap = '\n'
		case unicode.IsSpace(r):
			if gap == 0 {
				gap = ' '
			}
		default:
			if gap != 0 && b.Len() > 0 {
				b.WriteRune(gap)
			}
			gap = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clean takes out of a text what nobody sees and what no page should hold: byte
// order marks, control characters, soft hyphens, marks of direction. Every way to
// end a line becomes "\n". A text that has none of these stays as it is.
func clean(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n':
			return r
		case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		case '\u00ad', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff', '\ufffe', '\uffff':
			return -1
		}
		if unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			return -1
		}
		return r
	}, text)
}

// finish names the furniture among the blocks, takes author and date from lines of
// their own at the top, and gives every block the heading it stands under. The title of the article is not repeated as a heading.
func finish(a *cards.Article) {
	for i, b := range a.Blocks {
		if b.Kind == cards.Paragraph && strings.EqualFold(oneLine(b.Span.Of(a.Text)), a.Title) {
			a.Blocks[i].Kind, a.Blocks[i].Level = cards.Heading, 1
		}
	}
	author, published := topLines(a.Text, a.Blocks)
	a.Author, a.Published = first(a.Author, author), first(a.Published, published)
	markFurniture(a.Text, a.Blocks)
	heading := ""
	for i, b := range a.Blocks {
		if b.Kind == cards.Heading {
			heading = oneLine(b.Span.Of(a.Text))
			if strings.EqualFold(heading, a.Title) {
				heading = ""
			}
			continue
		}
		a.Blocks[i].Heading = heading
	}
}

// topLines finds the author and the date of publication on lines of their own
// among the first blocks of a text.
func topLines(text string, blocks []cards.Block) (author, published string) {
	for _, b := range blocks[:min(6, len(blocks))] {
		line := oneLine(b.Span.Of(text))
		if m := byline.FindStringSubmatch(line); m != nil && author == "" {
			author = m[1]
		}
		if m := pubLine.FindStringSubmatch(line); m != nil && published == "" {
			published = edtf(m[1])
		}
		if dateline.MatchString(line) && published == "" {
			published = edtf(line)
		}
	}
	return author, published
}
