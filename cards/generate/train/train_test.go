package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"recto/cards/generate"
	"recto/cards/generate/forest"
)

var here = filepath.Join("..")

func verdicts(t *testing.T) table {
	t.Helper()
	v, err := readTable(options{dir: here}.table())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestTable holds the table to what its README promises.
func TestTable(t *testing.T) {
	v := verdicts(t)
	if len(v.rows) < 8000 {
		t.Errorf("the table has %d verdicts, want 8000", len(v.rows))
	}
	if err := v.fits(generate.FeatureNames()); err != nil {
		t.Error(err)
	}
	word := regexp.MustCompile(`^[A-Za-z0-9_-]{0,60}$`)
	own := 0
	for i, r := range v.rows {
		for _, s := range []string{r.article, r.family, r.kind, r.typ, r.verdict, r.why} {
			if !word.MatchString(s) {
				t.Fatalf("row %d has the text %q, want single words only", i+1, s)
			}
		}
		switch {
		case r.verdict != "keep" && r.verdict != "edit" && r.verdict != "drop":
			t.Errorf("row %d has the verdict %q", i+1, r.verdict)
		case r.verdict == "edit" && !strings.Contains("wqcalgs", r.why), len(r.why) > 1:
			t.Errorf("row %d is to be edited because of %q", i+1, r.why)
		case r.answer.Len() <= 0 || r.sentence.Len() <= 0 || r.answer.Start < r.sentence.Start || r.words < 50:
			t.Errorf("row %d: the answer %v, the sentence %v, %d words", i+1, r.answer, r.sentence, r.words)
		}
		if r.own {
			own++
		}
	}
	if own < 2000 {
		t.Errorf("%d verdicts are on our own cards, want 2000", own)
	}
}

// TestScoreIsGrown grows the forest anew: score.json is what the command makes of the table.
func TestScoreIsGrown(t *testing.T) {
	o := usual()
	f := forest.Grow(verdicts(t).samples(o.weight, nil), o.growth)
	got, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(here, "score.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(append(got, '\n'), want) {
		t.Error("score.json is not what train grows from the table: run go run ./cards/generate/train")
	}
}

func TestTableIsReadAsWritten(t *testing.T) {
	v := verdicts(t)
	v.rows = v.rows[:50]
	path := filepath.Join(t.TempDir(), "verdicts.tsv.gz")
	if err := v.write(path); err != nil {
		t.Fatal(err)
	}
	again, err := readTable(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.rows) != 50 || again.rows[49].x[5] != v.rows[49].x[5] || again.rows[7].answer != v.rows[7].answer {
		t.Error("the table reads otherwise than it was written")
	}
	for what, text := range map[string]string{
		"no columns":  "article\n",
		"a short row": strings.Join(fixed, "\t") + "\tgap\nA\t1\n",
		"a word for a number": strings.Join(fixed, "\t") + "\tgap\n" +
			"A\t300\t1\t0\t4\t0\t9\tgap\tdate\tyear\tkeep\t\tmany\n",
	} {
		if _, err := parseTable(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
