package plan

import (
	"math"

	"recto/cards"
	"recto/cards/sm2"
)

// Assumed is the share of due cards that is taken to be remembered where too few
// answers say what it is.
const Assumed = 0.9

// Outlook is what is to be expected until an exam when every day is done.
type Outlook struct {
	Reviews []float64 // due cards, by day from today to the day before the exam
	New     []int     // new cards begun, by the same days
	Asked   int       // cards that will have been answered at least once
	Known   float64   // of them, how many are expected to be remembered on the day
}

// Mean is the number of due cards a day, rounded, and Most that of the fullest day.
func (o Outlook) Mean() int { return mean(o.Reviews) }

// Most is the number of due cards on the fullest day, rounded.
func (o Outlook) Most() (most int) {
	for _, n := range o.Reviews {
		most = max(most, int(math.Round(n)))
	}
	return most
}

func mean(days []float64) int {
	sum := 0.0
	for _, n := range days {
		sum += n
	}
	return int(math.Round(sum / float64(max(len(days), 1))))
}

// some is a number of cards that stand alike.
type some struct {
	repetitions, interval int
	factor                cards.EFactor
	due                   cards.Day
}

// ahead is what is due on each day of a simulation.
type ahead struct {
	today, exam cards.Day
	days        []map[some]float64 // from today to the day before the exam
	later       map[some]float64   // due on the exam's day or after it
}

// Look plays SM-2 forward from today to the day before the exam. Perday new cards are
// begun on each of the first room days, as long as there are some. Remembered is the
// share of due cards that is passed, from 0 to 1: that many are graded Good, and the
// rest Again. Limits are left aside, so what is late is answered today.
//
// On the day of the exam a card is taken to be remembered with the probability
// Remembered to the power of t/I, t days after its last answer with an interval of I:
// on the day it is due that is what was measured, before it more, after it less.
func Look(list []cards.Schedule, today, exam cards.Day, perDay, room int, remembered float64) Outlook {
	n := max(int(exam-today), 0)
	a := ahead{today: today, exam: exam, days: make([]map[some]float64, n), later: map[some]float64{}}
	o := Outlook{Reviews: make([]float64, n), New: make([]int, n)}
	fresh := 0
	for _, s := range list {
		switch {
		case s.Suspended:
		case s.Seen:
			o.Asked++
			a.add(some{s.Repetitions, max(s.Interval, 1), s.EFactor / 10 * 10, s.Due}, 1) // tenths are fine enough, and much faster
		default:
			fresh++
		}
	}
	for i := range n {
		day := today + cards.Day(i)
		for c, weight := range a.days[i] {
			o.Reviews[i] += weight
			a.answer(c, cards.Good, day, weight*remembered)
			a.answer(c, cards.Again, day, weight*(1-remembered))
		}
		if i < room {
			o.New[i] = min(perDay, fresh)
			fresh -= o.New[i]
			o.Asked += o.New[i]
			a.answer(some{factor: cards.NewEFactor, due: day}, cards.Good, day, float64(o.New[i]))
		}
	}
	for c, weight := range a.later {
		last := c.due - cards.Day(c.interval)
		o.Known += weight * math.Pow(remembered, float64(max(exam-last, 0))/float64(c.interval))
	}
	return o
}

// add puts cards on the day on which they are due, or on today when that is past.
func (a *ahead) add(c some, weight float64) {
	if weight == 0 {
		return
	}
	on := max(int(c.due-a.today), 0)
	if on >= len(a.days) {
		a.later[c] += weight
		return
	}
	if a.days[on] == nil {
		a.days[on] = map[some]float64{}
	}
	a.days[on][c] += weight
}

// answer grades cards on a day and puts them on their next.
func (a *ahead) answer(c some, g cards.Grade, day cards.Day, weight float64) {
	s := cards.Schedule{Repetitions: c.repetitions, Interval: c.interval, EFactor: c.factor, Due: c.due, Seen: c.interval > 0}
	s = sm2.Next(s, g, day)
	a.add(some{s.Repetitions, s.Interval, s.EFactor, s.Due}, weight)
}
