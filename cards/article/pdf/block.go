package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blocksOf makes blocks of the pages of a document, in reading order.
func blocksOf(pages []page) []Block {
	withoutMargins(pages)
	var all []line
	column := 0
	for n, p := range pages {
		for _, fs := range columns(p.fragments) {
			column++
			all = append(all, lines(fs, n, column)...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	w := writer{lines: all, body: bodySize(all), words: words(all)}
	w.leading = w.usualLeading()
	w.sizes = w.headingSizes()
	return w.blocks()
}

// bodySize is the size that most letters are set in, to half a point.
func bodySize(all []line) float64 {
	count := map[float64]int{}
	for _, l := range all {
		count[math.Round(2*l.size)/2] += len(l.text)
	}
	best := 0.0
	for size, n := range count {
		if n > count[best] || n == count[best] && size > best {
			best = size
		}
	}
	return best
}

// words counts the words within lines, which tells how one is written that was
// divided at the end of a line.
func words(all []line) map[string]int {
	count := map[string]int{}
	for _, l := range all {
		fields := strings.Fields(l.text)
		for _, f := range fields {
			if len(count) < 200_000 {
				count[bare(f)]++
			}
		}
	}
	return count
}

func bare(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '-' }))
}

// writer makes blocks of lines.
type writer struct {
	lines   []line
	body    float64 // size of the text
	leading float64 // from one of its lines to the next
	sizes   []float64
	words   map[string]int
}

// usualLeading is the distance that most lines of the text stand apart.
func (w writer) usualLeading() float64 {
	var gaps []float64
	for i := 1; i < len(w.lines); i++ {
		a, b := w.lines[i-1], w.lines[i]
		if gap := a.y - b.y; a.column == b.column && w.isBody(a) && w.isBody(b) && gap > 0 && gap < 3*w.body {
			gaps = append(gaps, gap)
		}
	}
	if len(gaps) == 0 {
		return 1.2 * w.body
	}
	slices.Sort(gaps)
	return gaps[len(gaps)*2/5]
}

func (w writer) isBody(l line) bool { return math.Abs(l.size-w.body) < 0.06*w.body }

// headingSizes are the sizes of headings, the largest first.
func (w writer) headingSizes() []float64 {
	var sizes []float64
	for _, l := range w.lines {
		size := math.Round(l.size)
		if w.large(l) && !slices.Contains(sizes, size) {
			sizes = append(sizes, size)
		}
	}
	slices.Sort(sizes)
	slices.Reverse(sizes)
	return sizes
}

func (w writer) large(l line) bool { return l.size > 1.12*w.body }
func (w writer) small(l line) bool { return l.size < 0.87*w.body }

var (
	sentenceEnd = regexp.MustCompile(`[.!?:;,…]["”’)\]\d]*$`)
	fullStop    = regexp.MustCompile(`[.!?…:]["”’)\]\d]*$`)
	bullet      = regexp.MustCompile(`^(?:[•‣▪◦●○■□–*\x{f0b7}\x{f0a7}-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+`)
)

// blocks cuts the lines into blocks.
func (w writer) blocks() []Block {
	var out []Block
	for i := 0; i < len(w.lines); {
		n := 1
		for i+n < len(w.lines) && w.continues(w.lines[i:i+n], w.lines[i+n]) {
			n++
		}
		b := w.block(w.lines[i : i+n])
		if k := len(out) - 1; k >= 0 && b.Text != "" && w.goesOn(out[k], w.lines[i-1], b, w.lines[i]) {
			out[k].Text = w.join(out[k].Text, b.Text)
		} else if b.Text != "" {
			out = append(out, b)
		}
		i += n
	}
	return rejoined(out, w)
}

// kind is what a line is by its looks.
func (w writer) kind(l line) Kind {
	switch {
	case w.large(l) && len(strings.Fields(l.text)) <= 25:
		return Heading
	case w.small(l):
		return Note
	case l.cells > 1:
		return Row
	case l.bold && len(strings.Fields(l.text)) <= 14 && !sentenceEnd.MatchString(l.text):
		return Heading
	}
	return Paragraph
}

// continues reports whether next is a line of the block that lines are.
func (w writer) continues(lines []line, next line) bool {
	last := lines[len(lines)-1]
	kind := w.kind(last)
	if next.column != last.column || w.kind(next) != kind || kind == Row {
		return false
	}
	gap := last.y - next.y
	if kind == Heading {
		return math.Abs(last.size-next.size) < 0.5 && last.bold == next.bold && gap < 1.6*last.size
	}
	leading := max(w.leading*last.size/w.body, last.size)
	if gap > 1.32*leading+0.5 || bullet.MatchString(next.text) {
		return false
	}
	if indent := next.x0 - next.left; len(lines) > 0 && next.x0 > last.x0+0.8*next.size && indent > 0.8*next.size {
		return bullet.MatchString(lines[0].text) && len(lines) == 1
	}
	if strings.HasSuffix(last.text, "-") {
		return true
	}
	// A line that ends a sentence well before the edge ends the paragraph, and so does
	// one that ends where much more would have stood.
	room := last.left + last.wide - last.x1
	word, _, _ := strings.Cut(next.text, " ")
	needed := (next.x1 - next.x0) * float64(len(word)+1) / float64(len(next.text)+1)
	first, _ := utf8.DecodeRuneInString(next.text)
	switch {
	case room < needed+0.5*next.size:
		return true
	case last.even && next.even, room > 0.3*last.wide+needed:
		return false
	}
	return room < 0.15*last.wide+2*last.size || !fullStop.MatchString(last.text) || unicode.IsLower(first)
}

// block makes a block of lines.
func (w writer) block(lines []line) Block {
	b := Block{Kind: w.kind(lines[0])}
	for _, l := range lines {
		b.Text = w.join(b.Text, l.text)
	}
	switch {
	case b.Kind == Heading:
		b.Level = min(6, len(w.sizes)+1)
		if i := slices.Index(w.sizes, math.Round(lines[0].size)); i >= 0 && w.large(lines[0]) {
			b.Level = min(6, i+1)
		}
		if !strings.ContainsFunc(b.Text, unicode.IsLetter) {
			b.Kind, b.Level = Paragraph, 0
		}
	case b.Kind == Paragraph && bullet.MatchString(b.Text):
		b.Kind = Item
		b.Text = strings.TrimSpace(b.Text[len(bullet.FindString(b.Text)):])
	case b.Kind == Row && len(strings.Fields(b.Text)) > 25:
		b.Kind = Paragraph
		b.Text = strings.ReplaceAll(b.Text, " | ", " ")
	}
	return b
}

// goesOn reports whether b is the rest of a, which the end of a column parted.
func (w writer) goesOn(a Block, last line, b Block, next line) bool {
	if last.column == next.column || b.Kind != Paragraph || a.Kind != Paragraph && a.Kind != Item {
		return false
	}
	return w.unfinished(a.Text, b.Text)
}

// unfinished reports whether a text ends within a sentence that another goes on with.
func (w writer) unfinished(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(b, `"“‘'(`))
	return !fullStop.MatchString(a) && (unicode.IsLower(first) || unicode.IsDigit(first) || strings.HasSuffix(a, ",") || endsSmall.MatchString(a) || unicode.IsUpper(first) && len(a) > 80)
}

var endsSmall = regexp.MustCompile(`(?:^|\s)\p{Ll}+-?$`)

// rejoined joins paragraphs that notes at the foot of a column parted: the notes
// are set behind the whole.
func rejoined(blocks []Block, w writer) []Block {
	var out []Block
	for i := 0; i < len(blocks); {
		b := blocks[i]
		notes := blocks[i+1 : i+1]
		for i++; b.Kind == Paragraph; {
			j := i
			for j < len(blocks) && blocks[j].Kind == Note {
				j++
			}
			if j == i || j == len(blocks) || blocks[j].Kind != Paragraph || !w.unfinished(b.Text, blocks[j].Text) {
				break
			}
			b.Text = w.join(b.Text, blocks[j].Text)
			notes = append(slices.Clone(notes), blocks[i:j]...)
			i = j + 1
		}
		out = append(append(out, b), notes...)
	}
	return out
}

// join sets a line behind a text, making a divided word whole.
func (w writer) join(text, next string) string {
	if text == "" || next == "" {
		return text + next
	}
	if dashedNumber.MatchString(text) && '0' <= next[0] && next[0] <= '9' {
		return text + next
	}
	stem, hyphen := divided(text)
	if !hyphen {
		return text + " " + next
	}
	first, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsLetter(first) {
		return text + next
	}
	head := bare(stem[strings.LastIndexAny(stem, " \n")+1:])
	tail := bare(strings.Fields(next)[0])
	whole, compound := w.words[head+tail], w.words[head+"-"+tail]
	if unicode.IsUpper(first) && whole == 0 || compound > whole {
		return stem + "-" + next
	}
	return stem + next
}

var dashedNumber = regexp.MustCompile(`\d[-–]$`)

// divided cuts the hyphen off a text that ends with a letter and a hyphen.
func divided(text string) (stem string, ok bool) {
	for _, h := range []string{"-", "\u2010", "\u00ad"} {
		if stem, ok := strings.CutSuffix(text, h); ok {
			last, _ := utf8.DecodeLastRuneInString(stem)
			return stem, unicode.IsLetter(last)
		}
	}
	return text, false
}
