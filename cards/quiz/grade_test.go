package quiz

import (
	"testing"

	"recto/cards"
)

// TestGrades: what a verdict proposes, and which grades overrule it.
func TestGrades(t *testing.T) {
	for _, c := range []struct {
		verdict   Verdict
		want      cards.Grade
		overruled []cards.Grade
	}{
		{Right, cards.Good, nil},
		{Close, cards.Hard, []cards.Grade{4, 5}},
		{Wrong, cards.Again, []cards.Grade{3, 4, 5}},
	} {
		if got := c.verdict.Grade(); got != c.want {
			t.Errorf("%s proposes %d, want %d", c.verdict, got, c.want)
		}
		var overruled []cards.Grade
		for g := cards.Grade(0); g.Valid(); g++ {
			if c.verdict.Overruled(g) {
				overruled = append(overruled, g)
			}
		}
		if len(overruled) != len(c.overruled) || len(overruled) > 0 && overruled[0] != c.overruled[0] {
			t.Errorf("%s is overruled by %v, want %v", c.verdict, overruled, c.overruled)
		}
	}
}
