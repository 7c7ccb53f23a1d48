package ask

import (
	"testing"

	"recto/cards/quiz"
)

// TestContrast asks two cards apart, by choosing and by typing.
func TestContrast(t *testing.T) {
	a, b := Item{Card: 1, From: "d", Front: "Capital of Peru?", Answer: "Lima"}, Item{Card: 2, From: "d", Front: "Capital of Chile?", Answer: "Santiago"}
	for seed := range uint64(20) {
		questions := Contrast(a, b, seed)
		if len(questions) != 4 || questions[0].Mode != Choice || questions[1].Mode != Choice || questions[2].Mode != Typed || questions[3].Mode != Typed {
			t.Fatalf("the questions are %+v, want two to choose and two to type", questions)
		}
		asked := map[int64]int{}
		for _, q := range questions {
			asked[q.Parts[0].Card]++
			wrong, right := "Santiago", "Lima"
			if q.Parts[0].Card == 2 {
				wrong, right = right, wrong
			}
			if q.Mode == Choice {
				at := map[string]string{q.Options[0].Text: "0", q.Options[1].Text: "1"}
				wrong, right = at[wrong], at[right]
			}
			if r := q.Judge(right); r.Verdict != quiz.Right {
				t.Errorf("%s: the right answer is %+v", q.Mode, r)
			}
			if r := q.Judge(wrong); r.Verdict != quiz.Wrong || r.Parts[0].Belongs != 3-q.Parts[0].Card {
				t.Errorf("%s: the other's answer is %+v", q.Mode, r)
			}
		}
		if asked[1] != 2 || asked[2] != 2 {
			t.Errorf("the cards are asked %v", asked)
		}
	}
	b.Answer = "lima"
	if q := Contrast(a, b, 1); q != nil {
		t.Errorf("two cards of one answer are asked apart: %+v", q)
	}
}
