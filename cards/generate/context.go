package generate

import (
	"regexp"
	"strings"

	"recto/cards"
)

// maxContext is how many words a line of context may have.
const maxContext = 34

// contextOf is the line that explains what is left open in l: the sentence before,
// two of them where the first explains the second, or the title where it names what
// "the" noun points to. The answer is masked.
func (m *maker) contextOf(l line, open []lean, answer cards.Span) (text string, shown, ok bool) {
	if title, ok := m.titleFor(open, answer); ok {
		return title, false, true
	}
	prev, near, ok := m.before(l.p)
	if !ok {
		return "", false, false
	}
	c, blocked := m.alone(prev)
	for _, o := range open {
		if !m.explains(prev, c, o, near) {
			return "", false, false
		}
	}
	if text, ok = m.masked(c, l.p, answer); !ok || !c.stands() || c.fragment() {
		return "", false, false
	}
	if blocked {
		first, near, ok := m.before(prev)
		if !ok || !near {
			return "", false, false
		}
		d, blocked := m.alone(first)
		before, ok := m.masked(d, l.p, answer)
		if blocked || !ok || !d.stands() || !m.introduces(first, d, prev, c) {
			return "", false, false
		}
		text = before + " " + text
	}
	if len(strings.Fields(text)) > maxContext {
		return "", false, false
	}
	return text, true, true
}

// alone is p as a line of context, and whether it leans itself on the text before.
func (m *maker) alone(p *passage) (line, bool) {
	c := dropBrackets(dropConnective(p.whole(), cards.Span{}), cards.Span{})
	if len(c.keep) > longLine {
		c = dropRelative(c, cards.Span{})
	}
	c, left := m.resolve(c.dropTimeLead(cards.Span{}), cards.Span{})
	if len(c.keep) == 0 || p.tag(c.keep[0]) == "CC" || p.lower(c.keep[0]) == "than" {
		return c, true // "And the award for Best Actress."
	}
	verb := 0
	for verb < len(c.keep) && !p.finite(c.keep[verb]) {
		verb++
	}
	for _, o := range left {
		if o.sort == leanSpeaker || o.sort != leanDefinite && o.sort != leanOpening && o.at < max(verb, 4) {
			return c, true
		}
	}
	return c, false
}

// fragment reports whether all verbs of l are those of clauses that describe something:
// "Graves, who led the troops."
func (l line) fragment() bool {
	if l.dependent() {
		return true
	}
	for q := 1; q < len(l.keep) && q < 8; q++ {
		switch {
		case l.p.finite(l.keep[q]):
			return false
		case l.word(q) == "," && relatives[l.word(q+1)]:
			comma, main := false, false
			for k := q + 2; k < len(l.keep); k++ {
				comma = comma || l.word(k) == ","
				main = main || comma && l.p.finite(l.keep[k])
			}
			return !main
		}
	}
	return false
}

// introduces reports whether first explains what the line c of second leans on, which
// must be no more than a person or a thing.
func (m *maker) introduces(first *passage, d line, second *passage, c line) bool {
	answer := make([]bool, len(second.tokens))
	for _, o := range m.leans(c, answer) {
		switch o.sort {
		case leanSpeaker, leanMoment:
			return false
		case leanDefinite, leanOpening:
		default:
			if !m.explains(first, d, o, true) {
				return false
			}
		}
	}
	return second.tag(c.keep[0]) != "CC"
}

// before is the sentence before p, if it is of the same paragraph or of one right
// before it. It is near in the same paragraph, and behind one of one or two sentences,
// as newspapers have them.
func (m *maker) before(p *passage) (prev *passage, near, ok bool) {
	if p.index == 0 {
		return nil, false, false
	}
	prev = m.passages[p.index-1]
	if prev.block == p.block {
		return prev, true, true
	}
	short := p.index < 3 || m.passages[p.index-3].block != prev.block
	return prev, short, prev.block == p.block-1 && m.paragraph(prev.block) && m.paragraph(p.block)
}

func (m *maker) paragraph(block int) bool {
	return block >= 0 && block < len(m.article.Blocks) && m.article.Blocks[block].Kind == cards.Paragraph
}

// explains reports whether the sentence before can say what a lean stands for; one that
// is not near must name it.
func (m *maker) explains(prev *passage, c line, o lean, near bool) bool {
	switch o.sort {
	case leanPerson:
		for _, i := range c.keep {
			if _, shown := c.swap[i]; prev.people[i] || shown && !prev.dated[i] {
				return true
			}
		}
		return false
	case leanMoment:
		for _, i := range c.keep {
			if prev.dated[i] {
				return true
			}
		}
		return false
	case leanDefinite, leanOpening:
		for _, i := range c.keep {
			if prev.noun(i) && singular(prev.lower(i)) == o.head {
				return true
			}
		}
		return near && couldBe(prev, o.head)
	}
	return near
}

// Nouns that names of one sort are called by.
var (
	placeNouns = wordSet(`city town village country region nation island archipelago river lake mountain valley colony settlement area territory site capital province state district county`)
	bodyNouns  = wordSet(`company firm party group organisation organization team club band university institute foundation agency committee commission council board ministry department bank newspaper magazine station network army fleet regime`)
	humanNouns = wordSet(`author writer artist player king queen emperor president minister chancellor leader man woman boy girl brother sister father mother son daughter wife husband victim suspect murderer captain`)
)

// couldBe reports whether p names something that the noun can stand for.
func couldBe(p *passage, noun string) bool {
	if !placeNouns[noun] && !bodyNouns[noun] && !humanNouns[noun] {
		return hasName(p)
	}
	for _, f := range p.facts {
		if f.Kind != cards.NameFact {
			continue
		}
		switch f.Type {
		case "place", "city", "country":
			if placeNouns[noun] {
				return true
			}
		case "person":
			if humanNouns[noun] {
				return true
			}
		default:
			if bodyNouns[noun] || f.Doubt {
				return true
			}
		}
	}
	return false
}

func hasName(p *passage) bool {
	for _, n := range p.named {
		if n {
			return true
		}
	}
	return false
}

// titleFor is the title where the only thing left open is a noun that the title
// ends with or stands for: "The Harwick Bridge" above "the bridge".
func (m *maker) titleFor(open []lean, answer cards.Span) (string, bool) {
	title := plainText(m.article.Title)
	if title == "" || len(strings.Fields(title)) > 10 {
		return "", false
	}
	for _, o := range open {
		if o.sort != leanDefinite && o.sort != leanOpening || !m.back.title[o.head] {
			return "", false
		}
	}
	if holds(title, answer.Of(m.article.Text)) {
		return "", false
	}
	return title, true
}

// answerMask stands in a line of context where it tells the answer.
const answerMask = "[…]"

// masked is the text of context with every place hidden that tells the answer.
func (m *maker) masked(c line, p *passage, answer cards.Span) (string, bool) {
	value, text := "", answer.Of(m.article.Text)
	for _, f := range p.facts {
		if f.Span == answer {
			value = f.Value
		}
	}
	n := 0
	for _, f := range c.p.facts {
		if f.Kind != cards.ListFact && f.Kind != cards.QuotationFact && f.Kind != cards.CauseFact && c.covers(f.Span) && (value != "" && f.Value == value || strings.EqualFold(bareName(f.Text), bareName(text))) {
			c = c.replacing(f.Span, answerMask)
			n++
		}
	}
	out := wholeMasks(asStatement(c.String()))
	for holds(out, text) && n < 3 {
		k := whole(out, text)
		if len(strings.ToLower(out)) != len(out) || k+len(text) > len(out) {
			return "", false
		}
		out = out[:k] + answerMask + out[k+len(text):]
		n++
	}
	return out, n < 3
}

var partMask = regexp.MustCompile(`((?:\p{Lu}[\p{L}’'-]+ )+)\[…\]`)

// wholeMasks hides the rest of a name of which the answer is a part, titles left
// standing: "General Giap Nguyen […]" becomes "General […]".
func wholeMasks(s string) string {
	return partMask.ReplaceAllStringFunc(s, func(found string) string {
		ws := strings.Fields(strings.TrimSuffix(found, answerMask))
		n := 0
		for n < len(ws) && (offices[strings.ToLower(ws[n])] || functionWords[strings.ToLower(ws[n])] || lieutenants[strings.ToLower(ws[n])]) {
			n++
		}
		return strings.Join(append(ws[:n:n], answerMask), " ")
	})
}

// lieutenants are words before names that are no part of them, beside offices.
var lieutenants = wordSet(`lieutenant major commander sergeant private mr mrs ms dr sir lord lady count duke baron saint battle operation when after before while although since until`)
