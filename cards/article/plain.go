package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// Plain makes an Article of decoded plain text. The text stays as it is but for
// what nobody sees. Whether a line is a paragraph of its own or a part of one that
// was broken to fit a width is decided by the lengths of the lines.
func Plain(text string) cards.Article {
	a := cards.Article{Text: clean(text)}
	lines := splitLines(a.Text)
	p := plain{text: a.Text, lines: lines, wrapped: hardWrapped(lines)}
	p.read()
	a.Blocks = p.blocks
	if len(a.Blocks) > 0 && a.Blocks[0].Kind == cards.Heading {
		a.Title = oneLine(a.Blocks[0].Span.Of(a.Text))
		a.Blocks[0].Level = 1
	}
	finish(&a)
	return a
}

// line is one line of a plain text without the blanks at its ends.
type line struct {
	span   cards.Span
	text   string
	mark   string // of a list, with the blanks after it; "" when it begins with none
	indent int    // bytes of blanks before it
	after  bool   // a blank line, or the top of the text, stands before it
}

// splitLines cuts a text into its lines; lines of blanks only are left out.
func splitLines(text string) []line {
	var lines []line
	start, after := 0, true
	for whole := range strings.Lines(text) {
		left := strings.TrimLeftFunc(whole, unicode.IsSpace)
		trimmed := strings.TrimRightFunc(left, unicode.IsSpace)
		if trimmed == "" {
			after = true
		} else {
			indent := len(whole) - len(left)
			at := start + indent
			lines = append(lines, line{span: cards.Span{Start: at, End: at + len(trimmed)}, text: trimmed, indent: indent, after: after})
			after = false
		}
		start += len(whole)
	}
	markLists(lines)
	return lines
}

// capitalMark is a mark that may as well be an initial: "J. R. R. Tolkien".
var capitalMark = regexp.MustCompile(`^([A-Z])\.\s`)

// markLists finds the marks of lists at the beginning of lines. A capital with a
// full stop is one where the line marked before or after has the letter next to it.
func markLists(lines []line) {
	before := -1 // the last line that begins with a capital
	for i := range lines {
		text := lines[i].text
		if !capitalMark.MatchString(text) {
			lines[i].mark = listMark.FindString(text)
			continue
		}
		if before >= 0 && text[0] == lines[before].text[0]+1 {
			lines[i].mark = listMark.FindString(text)
			lines[before].mark = listMark.FindString(lines[before].text)
		}
		before = i
	}
}

// widest is the length in characters above which a line was not broken by hand.
const widest = 120

// hardWrapped reports whether lines end because they were full: the next line's
// first word would have made most of them longer than the longest line there is.
func hardWrapped(lines []line) bool {
	width := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(l.text); n <= widest {
			width = max(width, n+l.indent)
		}
	}
	full, pairs := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i].after || lines[i].special() || lines[i-1].special() {
			continue
		}
		pairs++
		if isFull(lines[i-1], lines[i], width) {
			full++
		}
	}
	return width >= 30 && full*3 >= pairs*2 && full > 0
}

func isFull(l, next line, width int) bool {
	word, _, _ := strings.Cut(next.text, " ")
	n := l.indent + utf8.RuneCountInString(l.text)
	return n <= widest && n+1+utf8.RuneCountInString(word) > width-2
}

var (
	listMark    = regexp.MustCompile(`^(?:[-*+•‣▪◦–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\([ivx]+\))\s+`)
	atxHeading  = regexp.MustCompile(`^(#{1,6})\s+(\S.*?)\s*#*$`)
	rule        = regexp.MustCompile(`^(?:[*_~=#•·-]\s*){3,}$`)
	numberMark  = regexp.MustCompile(`^(?:(?:chapter|part|section|book|act|article|appendix)\s+(?:\d+|[ivxlc]+)\b|(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\p{Lu})`)
	endsOpen    = regexp.MustCompile(`[\p{L}\p{N},;:–—-]$`)
	beginsSmall = regexp.MustCompile(`^["“‘'(]?\p{Ll}`)
	endsClosed  = regexp.MustCompile(`[.!?:;,…]["”’)\]]*$`)
)

// special reports whether a line is of a kind that stands alone.
func (l line) special() bool {
	text := l.text
	return l.mark != "" || atxHeading.MatchString(text) || rule.MatchString(text) ||
		referenceLine.MatchString(text) || strings.HasPrefix(text, ">") || strings.Count(text, "\t") >= 2
}

// plain is a plain text that is being cut into blocks.
type plain struct {
	text    string
	lines   []line
	wrapped bool // lines were broken to fit a width
	width   int
	blocks  []cards.Block
}

func (p *plain) read() {
	for _, l := range p.lines {
		if n := utf8.RuneCountInString(l.text); n <= widest {
			p.width = max(p.width, n+l.indent)
		}
	}
	for i := 0; i < len(p.lines); {
		n := 1
		for i+n < len(p.lines) && p.joins(i+n-1, i+n) {
			n++
		}
		p.block(i, n)
		i += n
	}
}

// joins reports whether line j goes on with the block that line i = j-1 is part of.
func (p *plain) joins(i, j int) bool {
	l, next := p.lines[i], p.lines[j]
	switch {
	case next.after || rule.MatchString(l.text) || rule.MatchString(next.text) || atxHeading.MatchString(l.text):
		return false
	case strings.HasPrefix(l.text, ">") && strings.HasPrefix(next.text, ">"):
		return true
	case next.special() || strings.Count(l.text, "\t") >= 2:
		return false
	case p.wrapped && isFull(l, next, p.width):
		return next.indent <= l.indent+1 || l.mark != ""
	}
	return endsOpen.MatchString(l.text) && beginsSmall.MatchString(next.text) && utf8.RuneCountInString(l.text) <= widest
}

// block adds the block that the n lines from line i are.
func (p *plain) block(i, n int) {
	first := p.lines[i]
	if rule.MatchString(first.text) {
		return
	}
	b := cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: first.span.Start, End: p.lines[i+n-1].span.End}}
	mark := first.mark
	level := 0
	if n == 1 {
		level = p.headingLevel(i)
	}
	switch {
	case level > 0:
		b.Kind, b.Level = cards.Heading, level
		if m := atxHeading.FindStringSubmatchIndex(first.text); m != nil {
			b.Span = cards.Span{Start: first.span.Start + m[4], End: first.span.Start + m[5]}
		}
	case mark != "":
		b.Kind = cards.ListItem
		b.Span.Start += len(mark)
	case strings.HasPrefix(first.text, ">"):
		b.Kind = cards.Quotation
		quoted := b.Span.Of(p.text)
		b.Span.Start += len(quoted) - len(strings.TrimLeftFunc(quoted, func(r rune) bool { return r == '>' || unicode.IsSpace(r) }))
	case strings.Count(first.text, "\t") >= 2:
		b.Kind = cards.TableRow
	}
	left := strings.TrimLeftFunc(b.Span.Of(p.text), unicode.IsSpace) // a mark may be followed by any blank
	if b.Span.Start = b.Span.End - len(left); left != "" {
		p.blocks = append(p.blocks, b)
	}
}

// headingLevel is the level of the heading that line i is, 0 when it is none. A
// heading is short, does not end like a sentence, and has text below it that is
// longer and not a list of which it is a part.
func (p *plain) headingLevel(i int) int {
	l := p.lines[i]
	if m := atxHeading.FindStringSubmatch(l.text); m != nil {
		return len(m[1])
	}
	if i+1 < len(p.lines) && !p.lines[i+1].after {
		switch under := p.lines[i+1].text; {
		case strings.Trim(under, "=") == "" && len(under) > 2:
			return 1
		case strings.Trim(under, "-") == "" && len(under) > 2:
			return 2
		}
	}
	if i+1 == len(p.lines) || utf8.RuneCountInString(l.text) > 80 || len(strings.Fields(l.text)) > 12 ||
		endsClosed.MatchString(l.text) || isFurniture(cards.Paragraph, oneLine(l.text), false) {
		return 0
	}
	next := p.lines[i+1]
	if m := numberMark.FindStringSubmatch(l.text); m != nil && !numberMark.MatchString(next.text) {
		return 2 + strings.Count(m[1], ".")
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.text, `"“‘'(`))
	alone := next.after || !p.wrapped
	if l.special() || !alone || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return 0
	}
	if len(next.text) > len(l.text)+20 && len(strings.Fields(next.text)) > 8 || i == 0 && next.after || strings.ToUpper(l.text) == l.text && next.after {
		return 2
	}
	return 0
}
