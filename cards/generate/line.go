package generate

import (
	"regexp"
	"strings"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
)

// passage is a sentence of the article with the facts that stand in it.
type passage struct {
	text     string // of the whole article
	tokens   []english.Token
	span     cards.Span
	block    int
	index    int // among the article's sentences
	facts    []extract.Fact
	dated    []bool // token i is part of a date
	named    []bool // token i is part of a name that is a fact
	people   []bool // and of the name of a person
	lifeless []bool // and of the name of a place, a body or an event
	parsed   bool   // the tokens carry a dependency tree
}

// line is a passage as a card shows it: some of its tokens, in order, some of
// them shown as other words.
type line struct {
	p    *passage
	keep []int
	swap map[int]string // what to show for a token; "" hides it
}

// whole is all of p but the marks of notes: "[3]".
func (p *passage) whole() line {
	keep := make([]int, 0, len(p.tokens))
	for i := 0; i < len(p.tokens); i++ {
		if n := p.note(i); n > 0 {
			i += n - 1
			continue
		}
		keep = append(keep, i)
	}
	return line{p, keep, map[int]string{}}
}

// note is how many tokens from i are the mark of a note, 0 if none is.
func (p *passage) note(i int) int {
	if p.tokens[i].Form != "[" {
		return 0
	}
	for k := i + 1; k < len(p.tokens) && k <= i+5; k++ {
		if p.tokens[k].Form == "]" {
			if noteMark.MatchString(p.text[p.tokens[i].Start:p.tokens[k].End]) {
				return k - i + 1
			}
			break
		}
	}
	return 0
}

// with returns l with other tokens kept.
func (l line) with(keep []int) line { return line{l.p, keep, l.swap} }

// showing returns l with token i shown as s.
func (l line) showing(i int, s string) line {
	swap := make(map[int]string, len(l.swap)+1)
	for k, v := range l.swap {
		swap[k] = v
	}
	swap[i] = s
	return line{l.p, l.keep, swap}
}

// replacing returns l with the bytes of span shown as mark. Tokens that span cuts
// keep their other part.
func (l line) replacing(span cards.Span, mark string) line {
	first := true
	for _, i := range l.keep {
		t := l.p.tokens[i]
		if !span.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			continue
		}
		var before, after string
		if t.Start < span.Start {
			before = l.p.text[t.Start:span.Start]
		}
		if span.End < t.End {
			after = l.p.text[span.End:t.End]
		}
		if first {
			l = l.showing(i, before+mark+after)
			first = false
		} else {
			l = l.showing(i, before+after)
		}
	}
	return l
}

// covers reports whether every token that s touches is kept and shown as it is.
func (l line) covers(s cards.Span) bool {
	n := 0
	for _, i := range l.keep {
		t := l.p.tokens[i]
		if s.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			if _, changed := l.swap[i]; changed {
				return false
			}
			n++
		}
	}
	return n > 0 && n == len(l.p.inside(s))
}

// inside is the indexes of the tokens that s touches.
func (p *passage) inside(s cards.Span) []int {
	var out []int
	for i, t := range p.tokens {
		if s.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			out = append(out, i)
		}
	}
	return out
}

func (p *passage) lower(i int) string { return strings.ToLower(p.tokens[i].Norm) }

func (p *passage) tag(i int) string { return p.tokens[i].XPOS }

func (p *passage) noun(i int) bool {
	return strings.HasPrefix(p.tag(i), "NN")
}

// finite reports whether token i is a finite verb or a modal.
func (p *passage) finite(i int) bool {
	switch p.tag(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// opens reports whether a noun phrase can begin with token i.
func (p *passage) opens(i int) bool {
	switch p.tag(i) {
	case "DT", "PDT", "PRP", "PRP$", "CD", "EX":
		return true
	}
	return p.noun(i) || strings.HasPrefix(p.tag(i), "JJ")
}

// String is the text of l, tidied where tokens were left out.
func (l line) String() string { return l.render(l.keep) }

func (l line) render(ix []int) string {
	var b strings.Builder
	prev := -2
	for _, i := range ix {
		t := l.p.tokens[i]
		s, changed := l.swap[i]
		if !changed {
			s = t.Form
		}
		if s == "" {
			if prev == i-1 {
				prev = i
			}
			continue
		}
		if b.Len() > 0 && l.spaced(prev, i, s) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		prev = i
	}
	return tidy(b.String())
}

// spaced reports whether a blank stands between token prev and token i, shown as s.
func (l line) spaced(prev, i int, s string) bool {
	if prev == i-1 {
		return l.p.tokens[prev].SpaceAfter
	}
	return !strings.ContainsAny(s[:1], ".,;:?!)]'") && !strings.HasPrefix(s, "’") && !strings.HasPrefix(s, "”") && s != "n't"
}

var (
	blanks       = regexp.MustCompile(`[\s\x{a0}]+`)
	doubledComma = regexp.MustCompile(`,(?:\s*,)+`)
	blankBefore  = regexp.MustCompile(`[\s\x{a0}]+([,;:?!)\]]|\.\D|\.$)`) // not before ".227"
	commaAtEnd   = regexp.MustCompile(`[,;:]\s*([.?!])`)
)

// tidy sets the blanks and commas of s right. Most texts need nothing done, which is
// quicker found out without the expressions.
func tidy(s string) string {
	if strings.ContainsAny(s, "\n\t\r\u00a0") || strings.Contains(s, "  ") {
		s = blanks.ReplaceAllString(s, " ")
	}
	if strings.Contains(s, ",,") || strings.Contains(s, ", ,") {
		s = doubledComma.ReplaceAllString(s, ",")
	}
	for _, mark := range []string{" .", " ,", " ;", " :", " ?", " !", " )", " ]"} {
		if strings.Contains(s, mark) {
			s = blankBefore.ReplaceAllString(s, "$1")
			break
		}
	}
	if strings.ContainsAny(s, ",;:") {
		s = commaAtEnd.ReplaceAllString(s, "$1")
		s = strings.TrimLeft(s, ",;:. ")
	}
	return strings.TrimSpace(s)
}
