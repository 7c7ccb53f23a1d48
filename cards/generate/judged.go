package generate

import (
	"strings"

	"recto/cards"
	"recto/cards/extract"
)

// Judged is a card of an article on which a reader gave a verdict, whoever made it.
type Judged struct {
	Family, Kind, Type string
	Context            string // shown above the front
	Front              string
	Answer             cards.Span // in the article's text
	Text               string     // of the answer as the card gives it
	Own                bool       // worded by this package
	Strict             bool       // judged by the standard of a language model's cards
	Rivals             int        // other answers of its kind that were found in its sentence; -1 counts those of this package
}

// Judge reads off what score would look at in cards that were judged.
type Judge struct{ m *maker }

// NewJudge analyses nothing itself: sentences and facts are those of a.
func NewJudge(a cards.Article, sentences []extract.Sentence, facts []extract.Fact) Judge {
	return Judge{newMaker(a, sentences, facts)}
}

// Words is how many words the article has.
func (j Judge) Words() int { return j.m.back.words }

// FeatureNames names the numbers of Features, in order.
func FeatureNames() []string { return append([]string(nil), featureNames...) }

// Features are the numbers that score looks at, and the sentence in which the answer
// stands; false where it stands in none.
func (j Judge) Features(c Judged) (x []float64, sentence cards.Span, ok bool) {
	p := j.m.at(c.Answer.Start)
	if p == nil {
		return nil, cards.Span{}, false
	}
	title := plainText(j.m.article.Title)
	scene, context := "", c.Context
	if c.Own && context != title {
		scene, context = splitScene(shortTitle(title), context)
	}
	s := surface{
		family: c.Family, kind: c.Kind, typ: c.Type, front: c.Front, answer: c.Text, scene: scene, context: context, strict: c.Strict,
		shown: c.Own && context != "" && context != title, sentence: p.index, own: c.Own, rivals: c.Rivals,
	}
	for _, f := range p.facts {
		if f.Span == c.Answer && c.Kind == string(f.Kind) {
			s.typ = typeSeen(c, typeOf(f))
			if f.Kind == cards.NameFact {
				s.doubt = f.Doubt || j.m.doubtful(f)
			}
		}
	}
	j.m.complete(&s, p, c.Answer, context != "")
	return j.m.back.features(s), p.span, true
}

// typeSeen is the sort of a name as its card tells it, found where the card says no
// more than "name".
func typeSeen(c Judged, found string) string {
	if c.Kind != string(cards.NameFact) {
		return c.Type
	}
	if found = plainType(found); c.Type == "unsure" && found != "person" && found != "place" && found != "organisation" {
		return found
	}
	return plainType(c.Type)
}

// plainType is a type without the differences that score does not make.
func plainType(typ string) string {
	switch typ {
	case "country", "city":
		return "place"
	case "organization":
		return "organisation"
	case "decade":
		return "century"
	}
	return typ
}

// at is the passage at an offset of the text, nil if there is none.
func (m *maker) at(offset int) *passage {
	for _, p := range m.passages {
		if p.span.Start <= offset && offset < p.span.End {
			return p
		}
	}
	return nil
}

// complete adds to s what the sentence of the answer tells.
func (m *maker) complete(s *surface, p *passage, answer cards.Span, context bool) {
	if s.rivals < 0 {
		seen := map[cards.Span]bool{}
		for _, g := range p.facts {
			if string(g.Kind) == s.kind && !g.Span.Overlaps(answer) {
				seen[g.Span] = true
			}
		}
		s.rivals = len(seen)
	}
	s.analysis = m.analyse(p, answer)
	if context {
		s.analysis.person, s.analysis.thing, s.analysis.pointing, s.analysis.moment, s.analysis.definite = 0, 0, 0, 0, 0
	}
	text := p.span.Of(m.article.Text)
	s.endCut = s.family == "gap" && !sameWord(lastWord(s.front), lastWord(text))
	s.startCut = s.family == "gap" && !strings.Contains(firstWord(s.front), gapMark) && !strings.HasPrefix(s.front, "[") && !sameWord(firstWord(s.front), firstWord(text))
	s.asSaid = strings.Contains(text, s.answer)
}

// sameWord compares two words without their case and the marks about them.
func sameWord(a, b string) bool {
	const marks = ".,;:!?()[]\"'“”‘’"
	a, b = strings.Trim(a, marks), strings.Trim(b, marks)
	return strings.EqualFold(a, b) || strings.Contains(a, gapMark)
}

// hinted are the types that the hints of gaps stand for.
var hinted = map[string]string{"person": "person", "place": "place", "organisation": "organisation", "event": "event", "name": "unsure", "number": "count", "amount": "money", "percentage": "percent",
	"how long": "duration", "ordinal": "ordinal", "measurement": "measure", "fraction": "measure"}

// TypeOf is the type of an answer as its card shows it: of a date by its value, of
// all else by the hint of its gap.
func TypeOf(kind, value, front string) string {
	if kind == string(cards.DateFact) {
		return plainType(precision(value))
	}
	if _, rest, gap := strings.Cut(front, gapMark+" ("); gap {
		hint, _, _ := strings.Cut(rest, ")")
		return hinted[hint]
	}
	switch {
	case strings.HasPrefix(front, "How many"):
		return "count"
	case strings.HasPrefix(front, "Who"):
		return "person"
	case strings.HasPrefix(front, "Which organisation"):
		return "organisation"
	case strings.HasPrefix(front, "Which country"):
		return "place"
	}
	return ""
}
