// Package sm2 is the SM-2 algorithm as P. A. Wozniak published it, pure and exact.
//
// Sources: P. A. Wozniak, "Optimization of learning" (1990), section 3.2, and his
// own Delphi code, SuperMemo2Plug.pas. Where text and code differ, the code is
// followed, in exact arithmetic:
//
//   - the E-Factor changes at every grade, also below 3;
//   - I(1) = 1, I(2) = 6, I(n) = I(n-1) * EF with the E-Factor from before the answer;
//   - I(n) is rounded to the nearest day, ties to the even one;
//   - EF' = EF + (0.1 - (5-q) * (0.08 + (5-q) * 0.02)), never below 1.30, with no
//     upper bound.
//
// The E-Factor is kept in integer hundredths. Binary floats are a trap: 45 * 2.90
// is 130.5 exactly and rounds to 130; a float64 makes it 131.
//
// As published, a card graded below 4 comes back the same day until it gets 4 or
// more; such a drill answer changes neither repetitions nor E-Factor nor interval.
package sm2

import "recto/cards"

// MaxInterval is the longest interval, in days, that DefaultRules give. The
// algorithm publishes none; a hundred years keeps every date a date.
const MaxInterval = 36500

// Rules are what a user may set about the algorithm.
type Rules struct {
	MaxInterval int         `json:"max_interval"` // days; below 1 means MaxInterval
	DrillBelow  cards.Grade `json:"drill_below"`  // answers below it are drilled the same day: 4 as published, 3 for failures only, 0 for none
}

// DefaultRules are those published, with the longest interval of MaxInterval.
var DefaultRules = Rules{MaxInterval: MaxInterval, DrillBelow: 4}

// Next is the schedule after grade g on day today, by DefaultRules.
func Next(s cards.Schedule, g cards.Grade, today cards.Day) cards.Schedule {
	return DefaultRules.Next(s, g, today)
}

// Next is the schedule after grade g on day today. The previews on the buttons and
// the grade itself both come from here. Grades outside 0 to 5 are read as the
// nearest of them.
func (r Rules) Next(s cards.Schedule, g cards.Grade, today cards.Day) cards.Schedule {
	g = min(max(g, 0), 5)
	s.Buried = 0
	if cards.EventOf(s, today) == cards.EventDrill {
		s.Drill = g < r.DrillBelow
		return s
	}
	if g.Passed() {
		s.Interval = r.interval(s)
		s.Repetitions++
	} else {
		if s.Repetitions > 0 {
			s.Lapses++
		}
		s.Repetitions, s.Interval = 0, 1
	}
	s.EFactor = max(s.EFactor+change[g], cards.MinEFactor)
	s.Seen, s.Last, s.Due = true, today, today+cards.Day(s.Interval)
	s.Drill = g < r.DrillBelow
	return s
}

// change is what each grade adds to the E-Factor, in hundredths.
var change = [6]cards.EFactor{-80, -54, -32, -14, 0, 10}

// interval is I(n) for a pass.
func (r Rules) interval(s cards.Schedule) int {
	limit := r.MaxInterval
	if limit < 1 {
		limit = MaxInterval
	}
	switch s.Repetitions {
	case 0:
		return 1
	case 1:
		return min(6, limit)
	}
	return int(min(product(int64(s.Interval), int64(s.EFactor)), int64(limit)))
}

// product is days * hundredths / 100, to the nearest whole, ties to the even one.
func product(days, hundredths int64) int64 {
	exact := days * hundredths
	whole, rest := exact/100, exact%100
	if rest > 50 || rest == 50 && whole%2 == 1 {
		whole++
	}
	return whole
}
