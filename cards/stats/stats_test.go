package stats

import (
	"strings"
	"testing"

	"recto/cards"
)

// figures are all that a page can show, by the names of their functions.
var figures = strings.Fields("Remembered Maturity Studied Spent Pace Answers Week Weekly Calendar Forecast Standing Known Intervals Factors Hours Hardest")

func TestEveryFigureSaysWhatItCounts(t *testing.T) {
	for _, name := range figures {
		says := Definition(name)
		if len(says) < 40 || !strings.HasSuffix(says, ".") || strings.Count(says, ". ") > 0 {
			t.Errorf("%s says %q, want one sentence", name, says)
		}
		if !strings.HasPrefix(says, name+" ") {
			t.Errorf("%s says %q, want its name first", name, says)
		}
	}
	if len(definitions) != len(figures) {
		t.Errorf("%d functions of figures.go are figures, and %d are named here", len(definitions), len(figures))
	}
}

func TestAShareOfFewAnswersIsNone(t *testing.T) {
	for _, c := range []struct {
		share   Share
		percent int
		enough  bool
	}{{Share{}, 0, false}, {Share{19, 19}, 100, false}, {Share{18, 20}, 90, true}, {Share{1, 3}, 33, false}, {Share{2, 3}, 67, false}, {Share{199, 200}, 100, true}, {Share{0, 50}, 0, true}} {
		if c.share.Percent() != c.percent || c.share.Enough() != c.enough {
			t.Errorf("%v is %d%%, enough %t; want %d%%, %t", c.share, c.share.Percent(), c.share.Enough(), c.percent, c.enough)
		}
	}
}

// TestTheScaleIsEvenInTheRoot: a sixteenth of the most is a quarter of the scale.
func TestTheScaleIsEvenInTheRoot(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 10: 1, 11: 2, 40: 2, 41: 3, 90: 3, 91: 4, 160: 4} {
		if got := step(n, 160); got != want {
			t.Errorf("%d of 160 is on step %d, want %d", n, got, want)
		}
	}
}

func TestForecastPutsEachCardOnOneDay(t *testing.T) {
	const today = cards.Day(20000)
	card := func(due cards.Day, change func(*Card)) Card {
		c := Card{Schedule: cards.Schedule{Seen: true, Due: due}}
		if change != nil {
			change(&c)
		}
		return c
	}
	got := Forecast([]Card{
		card(today-30, nil), card(today, nil), card(today+2, nil), card(today+5, nil),
		card(today-1, func(c *Card) { c.Schedule.Buried = today }),
		card(today+2, func(c *Card) { c.Schedule.Buried = today }),
		card(today, func(c *Card) { c.Schedule.Suspended = true }),
		card(today, func(c *Card) { c.Schedule.Seen = false }),
		card(today, func(c *Card) { c.Paused = true }),
	}, today, 5)
	if want := [5]int{2, 1, 2, 0, 0}; [5]int(got) != want {
		t.Errorf("the next days have %v cards, want %v", got, want)
	}
}

func TestDaysOnWhichAllWasTakenBackAreNone(t *testing.T) {
	days := InOrder([]Day{{Day: 5, Answers: 2}, {Day: 3, Answers: 0}, {Day: 4, Answers: 1}})
	if len(days) != 2 || days[0].Day != 4 || days[1].Day != 5 {
		t.Errorf("the days with an answer are %v", days)
	}
}
