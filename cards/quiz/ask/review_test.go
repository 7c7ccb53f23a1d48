package ask

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/quiz"
)

// TestWhatAReviewAsksByTyping: short answers, and by a person's wish longer ones.
func TestWhatAReviewAsksByTyping(t *testing.T) {
	for _, c := range []struct {
		item         Item
		by, byWishes bool
	}{
		{Item{Card: 1, Front: "Capital of Peru?", Answer: "Lima"}, true, true},
		{Item{Card: 1, Front: "", Answer: "Lima"}, true, true}, // a picture
		{Item{Card: 1, Front: "Picture of it?", Answer: " "}, false, false},
		{Item{Card: 1, Front: "Tell it", Answer: strings.Repeat("long ", 20)}, false, true},
		{Item{Card: 1, Front: "Tell it", Answer: strings.Repeat("long ", 60)}, false, false},
		{Item{Card: 1, Front: "Which two?", Answer: "Lima\nPeru"}, false, true},
		{Item{Card: 1, Front: "Why?", Answer: "the rain", Kind: cards.CauseFact}, false, true},
		{Written("The capital is [...].", "The capital is Lima."), true, true},
	} {
		if _, got := Review([]Item{c.item}, nil, false); got != c.by {
			t.Errorf("a review asks %q by typing: %t", c.item.Answer, got)
		}
		if _, got := Review([]Item{c.item}, nil, true); got != c.byWishes {
			t.Errorf("a review asks %q by typing when that is wished: %t", c.item.Answer, got)
		}
	}
	if _, ok := Review(nil, nil, true); ok {
		t.Error("a review asks nothing by typing")
	}
	q, _ := Review([]Item{{Card: 1, Front: "Capital of Peru?", Answer: "Lima"}, {Card: 2, Front: "Capital of Chile?", Answer: "Santiago"}}, nil, false)
	if r := q.Judge("santiago"); r.Verdict != quiz.Wrong || r.Parts[0].Belongs != 2 {
		t.Errorf("another card's answer is %+v, want wrong, and of card 2", r)
	}
}
