package english

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func model(t testing.TB) *Model {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// show writes tokens as form/XPOS/lemma/head:relation, the head by its form.
func show(s Sentence) string {
	var b strings.Builder
	for i, t := range s.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		head := "ROOT"
		if t.Head >= 0 {
			head = s.Tokens[t.Head].Form
		}
		fmt.Fprintf(&b, "%s/%s/%s/%s:%s", t.Form, t.XPOS, t.Lemma, head, t.Rel)
	}
	return b.String()
}

func TestAnalyze(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The treaty ended the war.",
			"The/DT/the/treaty:det treaty/NN/treaty/ended:nsubj ended/VBD/end/ROOT:root the/DT/the/war:det war/NN/war/ended:obj ././/./ended:punct"},
		{"On 21 March 2022 Japan imposed sanctions on Russia.", "Japan/NNP/Japan/imposed:nsubj imposed/VBD/impose/ROOT:root sanctions/NNS/sanction/imposed:obj on/IN/on/Russia:case"},
		{"The school was founded in 1834.", "school/NN/school/founded:nsubj:pass was/VBD/be/founded:aux:pass founded/VBN/found/ROOT:root in/IN/in/1834:case 1834/CD/1834/founded:obl"},
		{"Marie Curie was a physicist.", "was/VBD/be/physicist:cop a/DT/a/physicist:det physicist/NN/physicist/ROOT:root"},
		{"The children’s books, which they had written themselves, sold well.", "children/NNS/child/books:nmod:poss ’s/POS/'s/children:case books/NNS/book/"},
		{"She didn't believe that he had written it.", "She/PRP/she/believe:nsubj did/VBD/do/believe:aux n't/RB/not/believe:advmod believe/VB/believe/ROOT:root that/IN/that/written:mark he/PRP/he/written:nsubj had/VBD/have/written:aux written/VBN/write/believe:ccomp it/PRP/it/written:obj"},
	} {
		sentences := model(t).Analyze(c.text)
		if len(sentences) != 1 {
			t.Errorf("%q makes %d sentences, want 1", c.text, len(sentences))
			continue
		}
		want := strings.ReplaceAll(c.want, "././/./", "./././")
		if got := show(sentences[0]); !strings.Contains(got, want) {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, want)
		}
	}
}

func TestEntities(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Winston Churchill met Franklin Roosevelt in Washington.", "person Winston Churchill; person Franklin Roosevelt; place Washington"},
		{"Japan imposed sanctions on Russia.", "place Japan; place Russia"},
		{"She studied chemistry at the University of Oxford.", "organization University of Oxford"},
		{"The treaty ended the war.", ""},
	} {
		var got []string
		for _, s := range model(t).Analyze(c.text) {
			for _, e := range s.Entities {
				got = append(got, e.Type+" "+c.text[e.Start:e.End])
			}
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("entities of %q = %q, want %q", c.text, g, c.want)
		}
	}
}

// article is a text of several sentences for tests of the whole.
const article = `The Suez Canal, which links the Mediterranean Sea with the Red Sea, was opened on 17 November 1869. ` +
	`Its construction had taken ten years and cost about 433 million francs. In 1875 Benjamin Disraeli, then Prime Minister, bought ` +
	`Egypt’s shares for £4 million. Gamal Abdel Nasser nationalised the canal in July 1956; Britain, France and Israel invaded in October. ` +
	"\n\nThe United Nations sent a peacekeeping force. “We shall never surrender it,” the President said."

func TestAnalyzeGivesTheSameAgain(t *testing.T) {
	m := model(t)
	first := m.Analyze(article)
	again, err := Decode(embedded)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first, m.Analyze(article)) || !reflect.DeepEqual(first, again.Analyze(article)) {
		t.Error("the analysis of one text differs from one time to the next")
	}
}

func TestAnnotateOneByOne(t *testing.T) {
	want := model(t).Analyze(article)
	got := append(Split(article), Sentence{})
	for i := range got {
		model(t).Annotate(got[i : i+1])
	}
	if !reflect.DeepEqual(got[:len(want)], want) {
		t.Errorf("sentences analysed one by one are\n%v\nwant what they are together\n%v", got, want)
	}
}

func TestAnalyzeAtTheSameTime(t *testing.T) {
	m := model(t)
	want := m.Analyze(article)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 3 {
				if !reflect.DeepEqual(m.Analyze(article), want) {
					t.Error("the analysis differs when several run at the same time")
				}
			}
		})
	}
	wait.Wait()
}

// checkAnalysis fails unless tags, trees, votes and entities are whole.
func checkAnalysis(t *testing.T, text string, sentences []Sentence) {
	t.Helper()
	checkOffsets(t, text, sentences)
	for _, s := range sentences {
		roots := 0
		for i, k := range s.Tokens {
			if k.UPOS == "" || k.XPOS == "" || k.Rel == "" || k.Lemma == "" && k.Norm != "" {
				t.Fatalf("the token %+v of %q lacks something", k, text)
			}
			if k.Head < -1 || k.Head >= len(s.Tokens) || k.Head == i || k.Votes < 0 || k.Votes > Parsers {
				t.Fatalf("the token %+v of %q has no such head or votes", k, text)
			}
			if k.Head == -1 {
				roots++
			}
			steps := 0
			for w := i; w >= 0; w = s.Tokens[w].Head {
				if steps++; steps > len(s.Tokens) {
					t.Fatalf("the heads of %q go in a circle", text)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("a sentence of %q has %d roots", text, roots)
		}
		last := -1
		for _, e := range s.Entities {
			if e.First <= last || e.Last < e.First || e.Last >= len(s.Tokens) || e.Start != s.Tokens[e.First].Start || e.End != s.Tokens[e.Last].End || e.Type == "" {
				t.Fatalf("the entity %+v of %q is out of place", e, text)
			}
			last = e.Last
		}
	}
}

func TestAnalyzeStrangeTexts(t *testing.T) {
	for _, text := range []string{"", " ", "\xff\xfe", ".", "\u00ad", "a\u00adb \u00ad", strings.Repeat("a", 5000), strings.Repeat("(", 900), strings.Repeat("and the ", 700), strings.Repeat("Ж ", 500), article} {
		checkAnalysis(t, text, model(t).Analyze(text))
	}
}

func TestDecodeDamaged(t *testing.T) {
	for _, file := range [][]byte{nil, []byte("RECTOEN1"), embedded[:len(embedded)/2], embedded[1:]} {
		if _, err := Decode(file); err == nil {
			t.Errorf("a damaged file of %d bytes is decoded without an error", len(file))
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, text := range []string{article, "", "\xff", "A.B. C—d’s “x”", "1.\n\n2)", "\u00ad\u200b'"} {
		f.Add(text)
	}
	m := model(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			text = text[:4000]
		}
		checkAnalysis(t, text, m.Analyze(text))
	})
}

func BenchmarkAnalyze(b *testing.B) {
	m := model(b)
	words := 0
	for _, s := range m.Analyze(article) {
		words += len(s.Tokens)
	}
	for b.Loop() {
		m.Analyze(article)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
