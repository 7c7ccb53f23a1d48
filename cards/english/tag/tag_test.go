package tag

import (
	"math/rand/v2"
	"strings"
	"testing"

	"recto/cards/english/linear"
	"recto/cards/english/word"
)

func TestEdits(t *testing.T) {
	for _, c := range [][2]string{{"Treaties", "treaty"}, {"went", "go"}, {"Iraqis", "Iraqi"}, {"cafés", "café"}, {"I", "I"}, {"ÉTÉ", "été"}, {"naïvely", "naif"}} {
		e := editOf(c[0], c[1])
		if got := e.apply(c[0]); got != c[1] {
			t.Errorf("the edit %v makes %q of %q, want %q", e, got, c[0], c[1])
		}
		if again, err := parseEdit(e.String()); err != nil || again != e {
			t.Errorf("parseEdit(%q) = %v, %v; want %v", e, again, err, e)
		}
	}
}

// corpus is enough English to tell nouns from verbs by what stands before them.
func corpus() (examples []Example, lemmas []LemmaExample) {
	for _, line := range []string{
		"the/DET/DT/the walks/NOUN/NNS/walk end/VERB/VBP/end", "she/PRON/PRP/she walks/VERB/VBZ/walk", "the/DET/DT/the runs/NOUN/NNS/run ended/VERB/VBD/end",
		"he/PRON/PRP/he runs/VERB/VBZ/run", "mice/NOUN/NNS/mouse walk/VERB/VBP/walk",
	} {
		var e Example
		var forms []string
		for _, w := range strings.Fields(line) {
			f := strings.Split(w, "/")
			forms = append(forms, f[0])
			e.Tags = append(e.Tags, Tag{f[1], f[2]})
			lemmas = append(lemmas, LemmaExample{Form: f[0], Lemma: f[3], Tag: Tag{f[1], f[2]}, Atoms: word.Of(f[0])})
		}
		e.Atoms = word.Sentence(forms)
		for range rareTag {
			examples = append(examples, e)
		}
	}
	return examples, append(lemmas, lemmas...)
}

func TestTrain(t *testing.T) {
	examples, lemmas := corpus()
	p := linear.Pruning{Changes: 1, Steps: 8}
	tagger := Train(examples, 10, rand.New(rand.NewPCG(1, 1)), p)
	tagger, rest, err := ReadTagger(tagger.Append(nil))
	if err != nil || len(rest) > 0 {
		t.Fatalf("ReadTagger: rest %v, error %v", rest, err)
	}
	for _, e := range examples {
		for i, got := range tagger.Tag(e.Atoms) {
			if got != e.Tags[i] {
				t.Errorf("word %d has the tag %v, want %v", i, got, e.Tags[i])
			}
		}
	}
	plural := func(form string, t Tag) string {
		if t.XPOS == "NNS" {
			return strings.TrimSuffix(form, "s")
		}
		return form
	}
	l := TrainLemmatizer(lemmas, plural, 10, rand.New(rand.NewPCG(1, 1)), p)
	l, rest, err = ReadLemmatizer(l.Append(nil), plural)
	if err != nil || len(rest) > 0 {
		t.Fatalf("ReadLemmatizer: rest %v, error %v", rest, err)
	}
	var work Work
	if got := l.Lemma("mice", new(word.Of("mice")), Tag{"NOUN", "NNS"}, &work); got != "mouse" {
		t.Errorf("the lemma of mice is %q, want mouse", got)
	}
	if got := l.Lemma("cats", new(word.Of("cats")), Tag{"NOUN", "NNS"}, &work); got != "cat" {
		t.Errorf("the lemma of cats is %q, want cat", got)
	}
}

func TestRareTagsAreNotLearnt(t *testing.T) {
	examples, _ := corpus()
	examples = append(examples, Example{Tags: []Tag{{"X", "FW"}}, Atoms: word.Sentence([]string{"walks"})})
	for _, tag := range inventory(examples) {
		if tag.XPOS == "FW" {
			t.Error("a tag that occurs once is learnt")
		}
	}
}
