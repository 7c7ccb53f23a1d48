package generate

import (
	"regexp"
	"strings"

	"recto/cards"
	"recto/cards/extract"
)

// candidate is a card that could be proposed for a fact.
type candidate struct {
	fact    int // index among the article's facts
	family  string
	front   string
	back    string // answer.Text unless it is laid out otherwise
	context string
	shown   bool // context is the sentence before, not a heading or the title
	scene   string
	answer  cards.Answer
	normal  string // how answer.Text was made of the source, "" if it is the source
	source  cards.Span
	p       *passage
	kind    cards.FactKind
	typ     string // of the answer: "year", "person", "count", ...
	trust   trust
	doubt   bool    // the answer is hardly of the sort that it was taken for
	undated bool    // it shows a day or month whose year is unsure
	turned  bool    // asks the other way round: of the answer, for what it is said of
	line    line    // what the front shows of the passage
	scored  float64 // P(keep)
	score   float64 // the same, refined
}

// typeOf is the sort of a fact's answer, finer than its kind.
func typeOf(f extract.Fact) string {
	if f.Kind == cards.DateFact {
		return precision(f.Value)
	}
	return f.Type
}

// newCandidate is a candidate that asks for what stands under source.
func (m *maker) newCandidate(f extract.Fact, family string, source cards.Span) candidate {
	text := source.Of(m.article.Text)
	c := candidate{family: family, source: source, p: m.passages[f.Index], kind: f.Kind, typ: typeOf(f)}
	c.answer = cards.Answer{Text: plainText(text), Value: text}
	if source == f.Span {
		c.answer.Value = f.Value
	}
	if c.answer.Text != text {
		c.normal = "without line breaks and the marks of notes"
	}
	c.back = c.answer.Text
	return c
}

// candidates are the cards that could be made of f, and why there are not more.
func (m *maker) candidates(f extract.Fact) ([]candidate, string) {
	switch f.Kind {
	case cards.DateFact:
		return m.ofDate(f)
	case cards.QuantityFact:
		return m.ofQuantity(f)
	case cards.NameFact:
		return m.ofName(f)
	case cards.TermFact:
		return m.ofTerm(f)
	case cards.AcronymFact:
		return m.ofAcronym(f)
	case cards.ListFact:
		return m.ofList(f)
	case cards.QuotationFact:
		return m.ofQuotation(f)
	case cards.CauseFact:
		return m.ofCause(f)
	}
	return nil, "There is no way to ask for this kind of fact."
}

// statement is the candidate that shows f's sentence, trimmed, with a gap.
func (m *maker) statement(f extract.Fact, gap string) (candidate, string) {
	p := m.passages[f.Index]
	s, why := m.settle(p.trim(f.Span), f.Span)
	if why != "" {
		return candidate{}, why
	}
	if !s.line.covers(f.Span) {
		return candidate{}, "The sentence cannot be cut down around it."
	}
	c := m.newCandidate(f, "gap", f.Span)
	c.line, c.context, c.shown = s.line, s.context, s.shown
	l := s.line
	if f.Kind != cards.DateFact {
		l = l.beforeGap(f.Span)
	}
	c.front = asStatement(l.replacing(f.Span, gap).String())
	c.front = authors.ReplaceAllString(c.front, gapMark+" (name)$1")
	c.front = lonePossessive.ReplaceAllString(c.front, "${1}${2}s ")
	if f.Kind == cards.QuantityFact {
		c.front = converted.ReplaceAllString(c.front, "$1")
	}
	return c, ""
}

// authors are gaps for who has written or found something, which is no place.
var authors = regexp.MustCompile(gapMark + ` \(place\)(['’]s (?:play|plays|novel|novels|poem|poems|book|books|essay|tragedy|comedy|opera|symphony|painting|theory|theorem|theories|law|laws|biography|history|work|works)\b)`)

// lonePossessive is the mark of a possessive in -s' behind a gap.
var lonePossessive = regexp.MustCompile(`(` + gapMark + ` \(\w+\))(['’]) `)

// converted is a quantity that is said once more in another unit behind the gap of
// it: "____ (measurement) (110 km)".
var converted = regexp.MustCompile(`(` + gapMark + ` \(\w+(?: \w+)?\)) \((?:about |approximately |c\. ?|roughly )?[$£€]?\d[\d,.–-]*(?: to [\d,.]+)? ?[\p{L}°²³$£€]{0,14}(?: \p{L}+)?\)`)

// beforeGap shows an article before the answer in a way that does not betray it.
func (l line) beforeGap(answer cards.Span) line {
	prev := -1
	for _, i := range l.keep {
		if l.p.tokens[i].End > answer.Start {
			break
		}
		prev = i
	}
	if prev < 0 || l.p.tokens[prev].End+1 < answer.Start {
		return l
	}
	switch number := answer.Of(l.p.text); l.p.tokens[prev].Norm {
	case "a", "an":
		if '0' <= number[0] && number[0] <= '9' {
			return l // "a 30,000 strong corps" gives nothing away
		}
		return l.showing(prev, "a/an")
	case "A", "An":
		if prev != l.keep[0] {
			return l // "her book, A Synopsis"
		}
		return l.showing(prev, "A/an")
	}
	return l
}

// asStatement closes and capitalises a statement.
func asStatement(s string) string {
	s = balance(s)
	if !strings.HasPrefix(s, gapMark) && !strings.HasPrefix(s, answerMask) {
		s = capitalise(s)
	}
	s = sentenceEnd(s)
	if strings.HasSuffix(s, "..") && !strings.HasSuffix(s, "...") {
		return s[:len(s)-1] // "in the U.S.."
	}
	return s
}

// balance takes quotation marks away that lost their partner when a line was cut.
func balance(s string) string {
	if strings.Count(s, `"`)%2 == 1 {
		s = tidy(strings.Replace(s, `"`, "", 1))
	}
	if open, shut := strings.Count(s, "“"), strings.Count(s, "”"); open != shut {
		s = tidy(strings.NewReplacer("“", "", "”", "").Replace(s))
	}
	return s
}

// plainText is text on one line, without the marks of notes.
func plainText(text string) string {
	if strings.ContainsAny(text, "[¹²³⁰⁴⁵⁶⁷⁸⁹") {
		text = noteMark.ReplaceAllString(text, "")
	}
	return tidy(text)
}

// surface is what score looks at.
func (m *maker) surface(c candidate) surface {
	s := surface{family: c.family, kind: string(c.kind), typ: plainType(c.typ), front: c.front, answer: c.answer.Text, shown: c.shown, sentence: c.p.index, rivals: -1, own: true, doubt: c.doubt, context: c.context, scene: c.scene, strict: true}
	m.complete(&s, c.p, c.source, c.context != "")
	return s
}
