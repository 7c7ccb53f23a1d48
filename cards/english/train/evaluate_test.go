package main

import (
	"os"
	"path/filepath"
	"testing"

	"recto/cards/english"
)

// The accuracy below which the embedded model must not fall on the dev split, in
// percent of words.
const (
	leastUPOS = 95.5
	leastUAS  = 87
)

func TestAccuracy(t *testing.T) {
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	dev, err := readSplit(filepath.Join(root, "data", "treebank"), "dev")
	if os.IsNotExist(err) {
		t.Skip("the treebanks are not here: set RECTO_SHARED to the folder that has data/treebank")
	}
	if err != nil {
		t.Fatal(err)
	}
	model, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	sc := newScore(model, dev)
	for _, c := range []struct {
		name  string
		right int
		least float64
	}{{"UPOS", sc.upos, leastUPOS}, {"UAS", sc.heads, leastUAS}} {
		if got := 100 * float64(c.right) / float64(sc.words); got < c.least {
			t.Errorf("%s of the dev split is %.2f, want %.2f or more", c.name, got, c.least)
		}
	}
}

func TestReadTreebank(t *testing.T) {
	var r reader
	for _, line := range []string{
		"#d GUM_bio_someone bio", "#p", "#m 2 3 N Bohr's", "#e 1 2 person w",
		"1\tNiels\t=\tPROPN\tNNP\t4\tnmod:poss", "2\tBohr\t=\tPROPN\tNNP\t1\tflat", "3\t’s\t's\tPART\tPOS\t1\tcase", "4\twork\t=\tNOUN\tNN\t0\troot\tN", "",
	} {
		if err := r.take(line); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.done) != 1 {
		t.Fatalf("%d sentences are read, want 1", len(r.done))
	}
	s := r.done[0]
	if s.genre != "bio" || !s.paragraph || s.forms[2] != "'s" || s.heads[3] != -1 || s.spaces[1] || s.spaces[3] || !s.mentions[0].known {
		t.Errorf("the sentence is read as %+v", s)
	}
	if names := namesIn(s); len(names) != 1 || names[0].First != 0 || names[0].Last != 1 {
		t.Errorf("names = %v, want the two words of the name", names)
	}
}
