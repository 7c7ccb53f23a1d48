package build

import (
	"math"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

// Progress is the schedule of a card in the words of SuperMemo's second algorithm,
// as Mnemosyne and SuperMemo keep it.
type Progress struct {
	Due      cards.Day
	Interval int     // days
	Ease     float64 // E-Factor
	Passes   int     // in a row; -1 when not known
	Reps     int     // answers ever given
	Lapses   int
	Failed   bool // the last answer was wrong
}

// Card is a card that stands so, for Builder.Add.
func (p Progress) Card(ordinal int) formats.Card {
	const most = 36_500 // days
	c := formats.Card{
		Ordinal: ordinal, State: formats.Reviewing, Due: min(max(p.Due, 0), cards.DayOf(2300, 1, 1)),
		Interval: min(max(p.Interval, 1), most), Ease: Ease(p.Ease),
		Reps: min(max(p.Reps, 1), 1_000_000), Passes: min(p.Passes, 1_000_000), Lapses: min(max(p.Lapses, 0), 1_000_000),
	}
	if p.Failed {
		c.State, c.Interval, c.Passes = formats.Learning, 0, 0
		if c.Lapses > 0 {
			c.State = formats.Relearning
		}
		c.DueAt = c.Due.Date()
	}
	return c
}

// Ease is an E-Factor in permille, between 1.30 and 9.99; 2.50 where it is none.
func Ease(factor float64) int {
	if math.IsNaN(factor) || factor <= 0 {
		return 2500
	}
	return int(math.Round(1000 * min(max(factor, 1.3), 9.99)))
}

// Int is the whole number that a text begins with, or otherwise if there is none.
func Int(text string, otherwise int) int {
	f := Float(text, math.NaN())
	if math.IsNaN(f) || math.Abs(f) > 1e15 {
		return otherwise
	}
	return int(f)
}

// Float is the number that a text is, also with a decimal comma, or otherwise.
func Float(text string, otherwise float64) float64 {
	f, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return otherwise
	}
	return f
}

// Date is the day that a text names in one of the layouts of package time.
func Date(text string, layouts ...string) (cards.Day, bool) {
	for _, l := range layouts {
		if t, err := time.Parse(l, strings.TrimSpace(text)); err == nil && t.Year() >= 1970 && t.Year() < 2300 {
			return cards.DayOf(t.Year(), t.Month(), t.Day()), true
		}
	}
	return 0, false
}
