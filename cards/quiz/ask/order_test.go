package ask

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/quiz"
)

// anyDate draws a date of any precision, certain or not, or an interval.
func anyDate(rng *rand.Rand) string {
	d := edtf.Date{Precision: []edtf.Precision{edtf.Century, edtf.Decade, edtf.Year, edtf.Month, edtf.Day}[rng.IntN(5)], Year: 1900 + rng.IntN(30)}
	if d.Precision >= edtf.Month {
		d.Month = 1 + rng.IntN(12)
	}
	if d.Precision >= edtf.Day {
		d.Day = 1 + rng.IntN(28)
	}
	d.Approximate = rng.IntN(8) == 0
	s := d.String()
	if d.Precision == edtf.Year && !d.Approximate && rng.IntN(4) == 0 {
		s += "/" + d.Add(1+rng.IntN(4)).String()
	}
	return s
}

// TestOrderIsAskedOnlyWhereItIsSure makes ten thousand decks of events with dates of
// any precision. It works out anew, from the dates alone and by the calendar of
// package edtf, the first and the last day that each may mean.
func TestOrderIsAskedOnlyWhereItIsSure(t *testing.T) {
	asked, pairs := 0, 0
	for seed := range uint64(10000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var items []Item
		for i := range 12 {
			value := anyDate(rng)
			items = append(items, Item{Card: int64(i + 1), From: "a", Front: fmt.Sprintf("What happened on %s?", value), Answer: fmt.Sprintf("The club of town %c won the cup.", 'A'+i),
				Kind: cards.DateFact, Family: "event", When: value, Sentence: fmt.Sprint(i)})
		}
		for _, q := range Make(items, nil, Wish{Mode: Order, Seed: seed}) {
			asked++
			for i := range q.Parts {
				for j := range q.Parts {
					if i == j || q.Right[i] > q.Right[j] {
						continue
					}
					pairs++
					_, last := bounds(t, q.Parts[i].Value)
					if first, _ := bounds(t, q.Parts[j].Value); edtf.Compare(last, first) >= 0 {
						t.Fatalf("seed %d: %s is to come before %s, and they overlap", seed, q.Parts[i].Value, q.Parts[j].Value)
					}
				}
			}
		}
	}
	if asked < 1000 {
		t.Errorf("only %d questions were asked", asked)
	}
	t.Logf("%d questions, %d pairs", asked, pairs)
}

// bounds are the first and the last day of a date, those of a guess ten years wider.
func bounds(t *testing.T, value string) (first, last edtf.Date) {
	t.Helper()
	v, err := edtf.Parse(value)
	if err != nil {
		t.Fatal(err)
	}
	a, b := v.Dates[0], v.Dates[len(v.Dates)-1]
	first = edtf.Date{Precision: edtf.Day, Year: a.Year, Month: max(a.Month, 1), Day: max(a.Day, 1)}
	last = edtf.Date{Precision: edtf.Day, Year: b.Year, Month: 12, Day: b.Day}
	switch b.Precision {
	case edtf.Century:
		first.Year, last.Year = a.Year/100*100, b.Year/100*100+99
	case edtf.Decade:
		first.Year, last.Year = a.Year/10*10, b.Year/10*10+9
	case edtf.Month, edtf.Day:
		last.Month = b.Month
	}
	if b.Precision < edtf.Day {
		last.Day = edtf.DaysIn(last.Year, last.Month)
	}
	if a.Approximate {
		first.Year -= 10
	}
	if b.Approximate {
		last.Year += 10
	}
	return first, last
}

// TestWrongDatesAreSurelyWrong: a date that is offered as a wrong one for a date of
// antiquity, or for one that is only about right, cannot be the same, keeps its era and
// is as round.
func TestWrongDatesAreSurelyWrong(t *testing.T) {
	var items []Item
	for i, answer := range []string{"15 March 44 BC", "753 BC", "AD 14", "c. 2560 BC", "264–241 BC", "431 BC", "14 October 1066", "c. 1400", "about 1025", "1450?", "AD 3", "AD 81", "509 BC", "3 BC", "c. 1455", "about 310 BC"} {
		items = append(items, Item{Card: int64(i + 1), From: "x", Front: fmt.Sprintf("When was event %c?", 'A'+i), Answer: answer})
	}
	offered := 0
	for seed := range uint64(40) {
		for _, mode := range []Mode{Choice, Truth} {
			for _, q := range Make(items, nil, Wish{Mode: mode, Seed: seed}) {
				part := q.Parts[0]
				_, last := bounds(t, part.Value)
				first, _ := bounds(t, part.Value)
				for i, o := range q.Options {
					if o.Text == part.Answer || mode == Choice && i == q.Right[0] {
						continue
					}
					offered++
					wrong := quiz.Recognise("When?", o.Text)
					from, to := bounds(t, wrong.Value)
					if !strings.Contains(part.Value, "/") && edtf.Compare(to, first) >= 0 && edtf.Compare(last, from) >= 0 {
						t.Errorf("%q is offered as a wrong date for %q, and may be the same", o.Text, part.Answer)
					}
					if strings.Contains(part.Answer, "AD") && from.Year <= 0 || strings.Contains(part.Answer, "c. 2560") && !strings.HasSuffix(o.Text, "0 BC") {
						t.Errorf("%q is offered for %q", o.Text, part.Answer)
					}
				}
			}
		}
		for _, q := range Make(items, nil, Wish{Mode: Choice, Seed: seed}) {
			for i := 1; i < len(q.Options); i++ {
				before, _ := bounds(t, quiz.Recognise("When?", q.Options[i-1].Text).Value)
				if at, _ := bounds(t, quiz.Recognise("When?", q.Options[i].Text).Value); edtf.Compare(before, at) >= 0 {
					t.Errorf("%q stands before %q, and is not earlier", q.Options[i-1].Text, q.Options[i].Text)
				}
			}
		}
	}
	if offered < 1000 {
		t.Errorf("only %d dates were offered", offered)
	}
}
