package entity

import (
	"math/rand/v2"
	"slices"
	"testing"

	"recto/cards/english/linear"
	"recto/cards/english/word"
)

func TestLabelsMakeSpans(t *testing.T) {
	want := []Span{{0, 1, 0}, {2, 2, 1}, {4, 6, 2}}
	labels := labelled(Example{Words: make([]Word, 8), Spans: want})
	var got []Span
	for i, l := range labels {
		got = extend(got, i, l)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the labels %v make %v, want %v", labels, got, want)
	}
}

func TestBestNeverGoesInsideWhatDidNotBegin(t *testing.T) {
	scores := make([]int32, labels())
	scores[inside(2)] = 9
	for before, want := range map[int]int{outside: outside, begin(1): outside, begin(2): inside(2), inside(2): inside(2)} {
		if got := best(scores, before); got != want {
			t.Errorf("after the label %d best = %d, want %d", before, got, want)
		}
	}
}

func TestTrain(t *testing.T) {
	words := []Word{{"Ada", "PROPN", "NNP"}, {"left", "VERB", "VBD"}, {"New", "PROPN", "NNP"}, {"York", "PROPN", "NNP"}}
	atoms := word.Sentence([]string{"Ada", "left", "New", "York"})
	want := []Span{{0, 0, 0}, {2, 3, 1}}
	lists := Lists{}
	lists.Add("Ada", FirstName)
	tagger := Train([]Example{{words, atoms, want}}, lists, 10, rand.New(rand.NewPCG(1, 1)), linear.Pruning{Changes: 1, Steps: 8})
	tagger, err := Read(tagger.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	if got := tagger.Tag(words, atoms); !slices.Equal(got, want) {
		t.Errorf("entities = %v, want %v", got, want)
	}
	if tagger.lists.of("Ada") != FirstName || tagger.lists.of("ada") != 0 {
		t.Error("the lists are other ones after they were written and read")
	}
}
