package generate

import (
	"strings"
	"testing"

	"recto/cards"
)

// sound is a candidate without fault, for tests to spoil.
func sound(t *testing.T) (*maker, candidate) {
	t.Helper()
	m := build(t, "", []tagged{{annexed, []string{"date 2014-03: March 2014"}}})
	found, why := m.candidates(m.facts[0])
	if len(found) < 2 {
		t.Fatalf("no candidates: %s", why)
	}
	return m, found[1]
}

func TestFaults(t *testing.T) {
	m, c := sound(t)
	if why := m.fault(c); why != "" {
		t.Fatalf("the sound card has a fault: %s", why)
	}
	tests := []struct {
		what  string
		spoil func(*candidate)
	}{
		{"an answer outside its sentence", func(c *candidate) { c.source.End = c.p.span.End + 1 }},
		{"no answer", func(c *candidate) { c.source.End = c.source.Start }},
		{"an answer that is not what stands in the text", func(c *candidate) { c.answer.Text = "April 2014" }},
		{"an answer of marks", func(c *candidate) { c.answer.Text, c.normal = "–", "as written" }},
		{"a date without a value", func(c *candidate) { c.answer.Value = "" }},
		{"a day of no year", func(c *candidate) { c.answer.Value = "XXXX-03-21" }},
		{"the mark of a note", func(c *candidate) { c.front = "In ____ (month and year), Russia annexed Crimea.[3]" }},
		{"a link", func(c *candidate) {
			c.front = "In ____ (month and year), see https://example.org, Russia annexed Crimea."
		}},
		{"the number of a telephone", func(c *candidate) {
			c.front = "In ____ (month and year), 0590883899, Russia annexed Crimea."
		}},
		{"a share line", func(c *candidate) { c.front = "Share this: in ____ (month and year) Russia annexed Crimea." }},
		{"a bracket that never closes", func(c *candidate) { c.front = "In ____ (month and year), Russia (again annexed Crimea." }},
		{"a quotation mark alone", func(c *candidate) { c.front = "In ____ (month and year), Russia annexed \"Crimea." }},
		{"an empty bracket", func(c *candidate) { c.front = "In ____ (month and year), Russia () annexed Crimea." }},
		{"a front of fifty words", func(c *candidate) {
			c.front = "In ____ (month and year), Russia " + strings.Repeat("very ", 50) + "annexed Crimea."
		}},
		{"a front of three words", func(c *candidate) { c.front = "In ____ (year), Russia." }},
		{"an answer of twenty words", func(c *candidate) { c.answer.Text, c.normal = strings.Repeat("March ", 20), "as written" }},
		{"two gaps", func(c *candidate) { c.front = "In ____ (month and year), Russia annexed ____ from Ukraine." }},
		{"no gap", func(c *candidate) { c.front = "Russia annexed Crimea from Ukraine in spring." }},
		{"no verb", func(c *candidate) { c.line = c.line.with(c.line.keep[:5]) }},
		{"a statement that is a question", func(c *candidate) { c.front = "Did Russia annex Crimea in ____ (month and year)?" }},
		{"a question without its mark", func(c *candidate) { c.family, c.front = "when", "In which month and year did Russia annex Crimea" }},
		{"a gap inside a word", func(c *candidate) { c.front = "In pre-____ (month and year), Russia annexed Crimea." }},
		{"a start that hangs in the air", func(c *candidate) { c.front = "Which Russia annexed Crimea in ____ (month and year)." }},
		{"an end that hangs in the air", func(c *candidate) { c.front = "In ____ (month and year), Russia annexed Crimea from the." }},
		{"a pronoun that nothing explains", func(c *candidate) { c.front = "It annexed Crimea from Ukraine in ____ (month and year)." }},
		{"an article twice", func(c *candidate) { c.front = "In ____ (month and year), Russia annexed the the Crimea." }},
		{"an answer in the front", func(c *candidate) { c.front = "In ____ (month and year), and so in March 2014, Russia annexed Crimea." }},
		{"an answer in the context", func(c *candidate) { c.context, c.shown = "It was March 2014.", true }},
		{"a cut answer", func(c *candidate) { c.answer.Text, c.normal = "March of", "as written" }},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, c := sound(t)
			test.spoil(&c)
			if why := m.fault(c); why == "" {
				t.Errorf("fault(%q => %q) = %q, want a reason", c.front, c.answer.Text, why)
			} else if !strings.HasSuffix(why, ".") {
				t.Errorf("the reason %q is no sentence", why)
			}
		})
	}
}

func TestLeaks(t *testing.T) {
	tests := []struct {
		what          string
		front, answer string
		kind          cards.FactKind
		want          bool
	}{
		{"a surname shown beside the full name", "Kishida said that ____ (person) would travel to Kyiv soon.", "Fumio Kishida", cards.NameFact, true},
		{"another person", "Abe said that ____ (person) would travel to Kyiv soon.", "Fumio Kishida", cards.NameFact, false},
		{"half of a number", "Of 60 plans, ____ (number) projects were begun in Russia.", "60 projects", cards.QuantityFact, true},
		{"a year in a name", "Joint Sea 2014 was held in ____ (year) near Shanghai.", "2014", cards.DateFact, true},
		{"part of a word is no leak", "The Japanese fleet sailed to ____ (place) in spring.", "Japan", cards.NameFact, false},
	}
	m, _ := sound(t)
	for _, test := range tests {
		c := candidate{front: test.front, kind: test.kind, answer: cards.Answer{Text: test.answer, Value: test.answer}}
		if got := m.faultOfLeak(c) != ""; got != test.want {
			t.Errorf("%s: faultOfLeak(%q => %q) = %v, want %v", test.what, test.front, test.answer, got, test.want)
		}
	}
}

func TestAQuotationIsWhole(t *testing.T) {
	for text, want := range map[string]bool{
		`He called it "interdependent" with democracy.`:     true,
		`It is interdependent" with democracy in "Norland.`: false,
		`"Never," he said.`: true, `He wrote "Orla".`: true,
	} {
		if got := balanced(text); got != want {
			t.Errorf("%s is whole: %t, want %t", text, got, want)
		}
	}
	if got := unmarked("Temüjin’s Łódź"); got != "Temujin’s Łodz" {
		t.Errorf("without marks: %q", got)
	}
}

func TestAnAnswerIsFoundAsWholeWords(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		want         int
	}{
		{"The wage is $8.70, up from $8.", "$8", 27},
		{"The wage is $8.70.", "$8", -1},
		{"In 1,900 homes.", "900", -1},
		{"In 1900, homes.", "1900", 3},
		{"Romanov and Roman", "roman", 12},
		{"", "a", -1},
		{"a", "", -1},
	} {
		if got := whole(c.text, c.phrase); got != c.want {
			t.Errorf("%q stands in %q at %d, want %d", c.phrase, c.text, got, c.want)
		}
	}
}
