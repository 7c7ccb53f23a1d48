package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/english"
)

// factsOf are the facts of a text, with the model.
func factsOf(t testing.TB, text string) (string, []Fact) {
	t.Helper()
	m, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := article.Plain(text)
	d, err := Read(context.Background(), a, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a.Text, d.Facts()
}

// line writes a fact as the table has it: "kind/type text = value [about]".
func factLine(text string, f Fact) string {
	s := string(f.Kind)
	if f.Type != "" {
		s += "/" + f.Type
	}
	s += " " + f.Text
	if f.Value != f.Text {
		s += " = " + f.Value
	}
	if f.About.Len() > 0 {
		s += " [" + f.About.Of(text) + "]"
	}
	return s
}

// TestFacts reads testdata/facts.txt: a text, and under it, after a dash, the facts
// it has, or, after a cross, beginnings of facts that it must not have.
func TestFacts(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "facts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, block := range strings.Split(string(data), "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if lines[0] == "" || strings.HasPrefix(lines[0], "#") {
			continue
		}
		cases++
		text, facts := factsOf(t, lines[0])
		var all []string
		for _, f := range facts {
			all = append(all, factLine(text, f))
		}
		for _, want := range lines[1:] {
			mark, want, _ := strings.Cut(want, " ")
			has := false
			for _, got := range all {
				has = has || got == want || mark == "x" && strings.HasPrefix(got, want)
			}
			if has != (mark == "-") {
				t.Errorf("%s\n  %s %s\n  the facts are:\n    %s", lines[0], map[bool]string{true: "want", false: "do not want"}[mark == "-"], want, strings.Join(all, "\n    "))
			}
		}
	}
	if cases < 150 {
		t.Errorf("%d cases, want 150 or more", cases)
	}
	t.Logf("%d cases", cases)
}

// check fails unless every fact stands where it says, within its sentence, on the
// bounds of runes, and no span is twice a fact of one kind.
func check(t *testing.T, a cards.Article, d *Document) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range d.Facts() {
		key := fmt.Sprintf("%s %v", f.Kind, f.Span)
		if seen[key] {
			t.Errorf("%s is told twice: %q", key, f.Text)
		}
		seen[key] = true
		spans := append([]cards.Span{f.Span}, f.Items...)
		if f.About.Len() > 0 {
			spans = append(spans, f.About)
		}
		for _, s := range spans {
			if s.Len() <= 0 || !f.Sentence.Contains(s) || !utf8.ValidString(s.Of(a.Text)) {
				t.Errorf("%s %q: the span %v is not within the sentence %v, or cuts a rune", f.Kind, f.Text, s, f.Sentence)
			}
		}
		if f.Text != f.Span.Of(a.Text) || f.Value == "" || f.ID == "" {
			t.Errorf("%s %q = %q: text, value or ID is not right", f.Kind, f.Text, f.Value)
		}
		for _, it := range f.Items {
			if !f.Span.Contains(it) {
				t.Errorf("list %q: the item %q stands outside", f.Text, it.Of(a.Text))
			}
		}
	}
}

// untagged analyses a text without the model: the finders have to do with the form
// of the words.
func untagged(text string) *Document {
	d := &Document{Article: article.Plain(text)}
	for i, b := range d.Article.Blocks {
		if b.Kind == cards.Furniture || b.Kind == cards.Heading {
			continue
		}
		for _, s := range english.Split(b.Span.Of(d.Article.Text)) {
			d.Sentences = append(d.Sentences, Sentence{shift(s, b.Span.Start), i})
		}
	}
	return d
}

func FuzzFacts(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "facts.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for _, block := range strings.Split(string(data), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		f.Add(text)
	}
	f.Add("“ ( [ US$ 5 to , and and , or ½ - 1/2 % of of the The (A) ) ]")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > 4000 {
			t.Skip("a text is valid, and 4,000 bytes at most are tried")
		}
		d := untagged(text)
		check(t, d.Article, d)
	})
}

// TestSpans checks the spans of everything the table's texts tell, with the model.
func TestSpans(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "facts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := article.Plain(string(data))
	d, err := Read(context.Background(), a, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	check(t, a, d)
}

// TestLongSentences: the work on one sentence that never ends stays near linear;
// quadratic work would take minutes here, and the test's own time limit would tell.
func TestLongSentences(t *testing.T) {
	for _, part := range []string{"A, ", "one hundred and ", "King of ", "due to ", "“ ", "( ", "Ada Lovelace and ", "led to ", "5 to ", "a-", "which is called "} {
		d := untagged(strings.Repeat(part, 4000) + "end.")
		check(t, d.Article, d)
	}
}

func BenchmarkOthers(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("testdata", "facts.txt"))
	if err != nil {
		b.Fatal(err)
	}
	m, err := english.Load()
	if err != nil {
		b.Fatal(err)
	}
	d, err := Read(context.Background(), article.Plain(string(data)), m, nil)
	if err != nil {
		b.Fatal(err)
	}
	words := len(strings.Fields(string(data)))
	dates := d.dates()
	b.ReportMetric(0, "ns/op")
	for b.Loop() {
		d.others(dates)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N)/float64(words)*1500, "ms/1500words")
}

// TestDoubtOfPlaces doubts a place for which no word around it and no list speaks.
func TestDoubtOfPlaces(t *testing.T) {
	text := "The army was recruited in Lagos. By 1936 troops had captured Jijiga. The cruiser Pallada was badly damaged in 1904. On 26 March 1913, Carranza issued the Plan de Guadalupe."
	_, facts := factsOf(t, text)
	for _, f := range facts {
		if f.Kind != cards.NameFact {
			continue
		}
		switch f.Text {
		case "Lagos", "Jijiga":
			if f.Doubt {
				t.Errorf("%q is doubted as a %s, want it believed", f.Text, f.Type)
			}
		case "Pallada", "Plan de Guadalupe":
			if f.Type == place && !f.Doubt {
				t.Errorf("%q is believed to be a place, want doubt", f.Text)
			}
		}
	}
}

// TestDoubt says which persons nothing but the tagger calls so.
func TestDoubt(t *testing.T) {
	m, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	text := "In 1947, General Giap moved his command to Tan Trao. In May, Alice Morton said that Morton Hall would open. Kim Min-Woo, who scored, thanked Hwang Hee-Chan."
	a := cards.Article{Text: text, Blocks: []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{End: len(text)}}}}
	d, err := Read(t.Context(), a, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Facts() {
		if f.Kind != cards.NameFact || f.Type != person {
			continue
		}
		sure := f.Text == "Giap" || f.Text == "Alice Morton" || f.Text == "Kim Min-Woo"
		if sure == f.Doubt {
			t.Errorf("%q is a person, doubt %v", f.Text, f.Doubt)
		}
	}
}
