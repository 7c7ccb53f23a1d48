package desk_test

import (
	"slices"
	"testing"

	"recto/cards"
	"recto/cards/desk"
)

// statement is a sentence with three facts, and the cards proposed of them.
const statement = "The bridge was designed by Alice Morton and opened on 12 May 1931 for 38 million pounds."

func span(answer string) cards.Span {
	for i := range statement {
		if len(statement[i:]) >= len(answer) && statement[i:i+len(answer)] == answer {
			return cards.Span{Start: i, End: i + len(answer)}
		}
	}
	panic(answer)
}

func proposal(id, answer, front string, confidence float64, usual bool) cards.Proposal {
	return cards.Proposal{ID: id, FactID: "fact " + id, Front: front, Back: answer, Answer: cards.Answer{Text: answer}, Source: span(answer),
		Sentence: cards.Span{Start: 0, End: len(statement)}, Confidence: confidence, Default: usual}
}

var (
	who  = proposal("who", "Alice Morton", "The bridge was designed by ____ (person) and opened on 12 May 1931.", 0.8, true)
	when = proposal("when", "12 May 1931", "The bridge was designed by Alice Morton and opened on ____ (day).", 0.7, false)
	cost = proposal("cost", "38 million pounds", "How much did the bridge cost?", 0.6, true)
	long = proposal("long", "bridge", "What was opened?", 0.3, false)
)

func TestSure(t *testing.T) {
	t.Parallel()
	list := []cards.Proposal{who, when, cost, long}
	for _, c := range []struct {
		threshold float64
		want      []bool
		because   string
	}{
		{desk.Usual, []bool{true, false, true, false}, "the default ones are the usual"},
		{desk.Threshold(list), []bool{true, false, true, false}, "and where they begin they are all sure"},
		{0.75, []bool{true, false, false, false}, "fewer and surer"},
		{0.2, []bool{true, false, true, true}, "more, but none that gives a surer one away"},
		{1, []bool{false, false, false, false}, "nothing is certain"},
	} {
		if got := desk.Sure(list, c.threshold); !slices.Equal(got, c.want) {
			t.Errorf("Sure at %v = %v, want %v: %s", c.threshold, got, c.want, c.because)
		}
	}
	before := 0
	for threshold := 100; threshold >= 0; threshold-- {
		n := 0
		for _, sure := range desk.Sure(list, float64(threshold)/100) {
			if sure {
				n++
			}
		}
		if n < before {
			t.Errorf("at %d %% there are %d sure ones, fewer than the %d above", threshold, n, before)
		}
		before = n
	}
	if got := desk.Threshold(nil); got != 0.5 {
		t.Errorf("Threshold of nothing = %v, want 0.5", got)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	words := func(p cards.Proposal) desk.Words { return desk.Words{Front: p.Front, Back: p.Back} }
	for _, c := range []struct {
		a, b    cards.Proposal
		want    desk.Words
		because string
	}{
		{who, when, desk.Words{Front: "The bridge was designed by ____ (person) and opened on ____ (day).", Back: "Alice Morton; 12 May 1931"}, "two gaps of one statement"},
		{when, who, desk.Words{Front: "The bridge was designed by ____ (person) and opened on ____ (day).", Back: "Alice Morton; 12 May 1931"}, "in whichever order they are joined"},
		{when, cost, desk.Words{Front: when.Front + "\n" + cost.Front, Back: "12 May 1931\n38 million pounds"}, "a gap and a question, a line each"},
	} {
		if got := desk.Join(c.a, c.b, words(c.a), words(c.b)); got != c.want {
			t.Errorf("Join(%s, %s) = %q, want %q: %s", c.a.ID, c.b.ID, got, c.want, c.because)
		}
	}
	other := when
	other.Sentence.End--
	for _, c := range []struct {
		a, b    cards.Proposal
		want    bool
		because string
	}{
		{who, when, true, "two facts of a sentence"},
		{who, who, false, "a card and itself"},
		{who, other, false, "two sentences"},
	} {
		if got := desk.CanJoin(c.a, c.b); got != c.want {
			t.Errorf("CanJoin(%s, %s) = %v, want %v: %s", c.a.ID, c.b.ID, got, c.want, c.because)
		}
	}
}

func TestMastery(t *testing.T) {
	t.Parallel()
	const today = cards.Day(20000)
	for _, c := range []struct {
		s    cards.Schedule
		want desk.Mastery
	}{
		{cards.NewSchedule(today), desk.New},
		{cards.Schedule{Seen: true, Repetitions: 1, Interval: 1, Due: today + 1, Last: today}, desk.Learning},
		{cards.Schedule{Seen: true, Repetitions: 1, Interval: 1, Due: today + 1, Last: today, Drill: true}, desk.Due},
		{cards.Schedule{Seen: true, Repetitions: 2, Interval: 6, Due: today, Last: today - 6}, desk.Due},
		{cards.Schedule{Seen: true, Repetitions: 4, Interval: 40, Due: today + 30, Last: today - 10}, desk.Known},
		{cards.Schedule{Seen: true, Lapses: 1, Interval: 1, Due: today + 1, Last: today}, desk.Lapsed},
		{cards.Schedule{Seen: true, Repetitions: 3, Suspended: true, Due: today}, desk.SetAside},
	} {
		if got := desk.MasteryOf(c.s, today); got != c.want {
			t.Errorf("MasteryOf(%+v) = %s, want %s", c.s, got, c.want)
		}
	}
	if got := desk.Weakest(desk.Known, desk.Due, desk.New); got != desk.Due {
		t.Errorf("Weakest of known, due and new = %s, want due", got)
	}
	if got := desk.Weakest(); got != "" {
		t.Errorf("Weakest of nothing = %q, want nothing", got)
	}
}
