package render

import (
	"slices"
	"strconv"
	"strings"
)

// MostClozes is the highest number of a gap that makes a card of its own; gaps
// beyond it share the last.
const MostClozes = 500

// deepestCloze is how many gaps may stand in one another; openers beyond it are
// left out.
const deepestCloze = 10

// gap is a piece of a text with gaps: a text, or a gap with pieces inside.
type gap struct {
	text    string
	numbers []int // of the gap; nil for a text
	hint    string
	hinted  bool
	inside  []gap
}

// parseClozes cuts a text into gaps and what is around them. A gap that nothing
// closes is lost with all that is in it; a "}}" that closes nothing is text.
func parseClozes(text string) []gap {
	open := []gap{{}}
	add := func(g gap) { open[len(open)-1].inside = append(open[len(open)-1].inside, g) }
	start := 0
	flush := func(to int) {
		if to > start {
			addText(&open[len(open)-1], text[start:to], len(open) > 1)
		}
	}
	for i := 0; i+1 < len(text); {
		switch text[i : i+2] {
		case "{{":
			numbers, size := clozeOpener(text[i:])
			if size == 0 {
				i++
				continue
			}
			flush(i)
			if len(open) <= deepestCloze {
				open = append(open, gap{numbers: numbers})
			}
			i += size
			start = i
		case "}}":
			if len(open) == 1 {
				i += 2
				continue
			}
			flush(i)
			closed := open[len(open)-1]
			open = open[:len(open)-1]
			add(closed)
			i += 2
			start = i
		default:
			i++
		}
	}
	flush(len(text))
	return open[0].inside
}

// addText adds a run of text to a gap; in a gap, what follows "::" is the hint.
func addText(to *gap, text string, gapped bool) {
	if gapped {
		if before, hint, found := strings.Cut(text, "::"); found {
			text, to.hint, to.hinted = before, hint, true
		}
	}
	to.inside = append(to.inside, gap{text: text})
}

// clozeOpener reads "{{c1::" or "{{c1,2::" at the start of text and returns the
// numbers and its length, or 0.
func clozeOpener(text string) (numbers []int, size int) {
	if !strings.HasPrefix(text, "{{c") {
		return nil, 0
	}
	end := 3
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == ',') {
		end++
	}
	if !strings.HasPrefix(text[end:], "::") {
		return nil, 0
	}
	for digits := range strings.SplitSeq(text[3:end], ",") {
		if n, err := strconv.ParseUint(digits, 10, 16); err == nil {
			numbers = append(numbers, int(n))
		}
	}
	if numbers == nil {
		return nil, 0
	}
	return numbers, end + 2
}

// ClozeNumbers are the numbers of the gaps in a field, from 1 to MostClozes, in
// order of appearance and some of them perhaps several times; "{{c1,2::a}}" has two.
func ClozeNumbers(field string) []int {
	if !strings.Contains(field, "{{c") {
		return nil
	}
	numbers := numbersOf(nil, parseClozes(field))
	out := numbers[:0]
	for _, n := range numbers {
		if n > 0 {
			out = append(out, min(n, MostClozes))
		}
	}
	return out
}

// numbersOf adds the numbers of gaps, and of those in them, to numbers.
func numbersOf(numbers []int, gaps []gap) []int {
	for _, g := range gaps {
		numbers = append(numbers, g.numbers...)
		numbers = numbersOf(numbers, g.inside)
	}
	return numbers
}

// cloze renders a text with gaps for the card of a number: on the question its gaps
// are hidden. It is empty when the text has no gap of this number.
func cloze(text string, number int, question bool) string {
	if !strings.Contains(text, "{{c") {
		return ""
	}
	w := clozeWriter{number: number, question: question}
	w.write(parseClozes(text))
	if !w.found {
		return ""
	}
	return plainMath(w.out.String())
}

type clozeWriter struct {
	out      strings.Builder
	number   int
	question bool
	found    bool // a gap of number
}

func (w *clozeWriter) write(gaps []gap) {
	for _, g := range gaps {
		if g.numbers == nil {
			w.out.WriteString(g.text)
			continue
		}
		active := slices.Contains(g.numbers, w.number)
		w.found = w.found || active
		if shape, ok := parseShape(g); ok {
			w.out.WriteString(shape.mark(active, g.numbers, w.question))
			continue
		}
		class := "cloze-inactive"
		if active {
			class = "cloze"
		}
		w.out.WriteString(`<span class="` + class + `" data-ordinal="` + ordinals(g.numbers) + `">`)
		if active && w.question {
			hint := "..."
			if g.hinted {
				hint = g.hint
			}
			w.out.WriteString("[" + hint + "]")
		} else {
			w.write(g.inside)
		}
		w.out.WriteString("</span>")
	}
}

func ordinals(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

// clozeAnswers are the texts of the gaps of a number, with the gaps in them filled;
// on the question their hints.
func clozeAnswers(text string, number int, question bool) []string {
	var out []string
	var walk func([]gap)
	walk = func(gaps []gap) {
		for _, g := range gaps {
			switch {
			case g.numbers == nil:
				continue
			case !slices.Contains(g.numbers, number):
			case question && g.hinted:
				out = append(out, g.hint)
			case question:
				out = append(out, "...")
			default:
				out = append(out, bareCloze(g.inside))
			}
			walk(g.inside)
		}
	}
	walk(parseClozes(text))
	return out
}

// bareCloze is a text with its gaps filled and not marked.
func bareCloze(gaps []gap) string {
	var b strings.Builder
	for _, g := range gaps {
		if g.numbers == nil {
			b.WriteString(g.text)
		} else {
			b.WriteString(bareCloze(g.inside))
		}
	}
	return b.String()
}

// plainMath takes the tags out of formulas, which would not be understood there.
func plainMath(text string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '\\')
		for i >= 0 && i+1 < len(text) && text[i+1] != '(' && text[i+1] != '[' {
			j := strings.IndexByte(text[i+1:], '\\')
			if j < 0 {
				i = -1
				break
			}
			i += 1 + j
		}
		if i < 0 || i+1 >= len(text) {
			break
		}
		end := indexMathEnd(text[i+2:])
		if end < 0 {
			break
		}
		b.WriteString(text[:i+2])
		b.WriteString(stripMarkup(text[i+2 : i+2+end]))
		b.WriteString(text[i+2+end : i+4+end])
		text = text[i+4+end:]
	}
	b.WriteString(text)
	return b.String()
}

// indexMathEnd is where "\)" or "\]" stands first, or -1.
func indexMathEnd(text string) int {
	for i := 0; ; {
		j := strings.IndexByte(text[i:], '\\')
		if j < 0 || i+j+1 >= len(text) {
			return -1
		}
		if i += j; text[i+1] == ')' || text[i+1] == ']' {
			return i
		}
		i++
	}
}
