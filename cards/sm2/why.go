package sm2

import (
	"fmt"

	"recto/cards"
)

// Why explains in one or two sentences, with its numbers, how the answer of
// review v led to the schedule it left: it is what "why this date?" shows.
// It returns "" for an event that is no answer.
func (r Rules) Why(v cards.Review) string {
	if !v.Kind.Answered() {
		return ""
	}
	if v.Kind == cards.EventDrill {
		if v.After.Drill {
			return fmt.Sprintf("A repetition on the same day, graded %d: the card comes back today until it gets %d or more. Its interval stays %s.", v.Grade, r.DrillBelow, days(v.After.Interval))
		}
		return fmt.Sprintf("A repetition on the same day, graded %d: done for today. Its interval stays %s.", v.Grade, days(v.After.Interval))
	}
	return fmt.Sprintf("%s Due %s + %s = %s. %s", r.whyInterval(v), v.Day, days(v.After.Interval), v.After.Due, whyFactor(v))
}

func (r Rules) whyInterval(v cards.Review) string {
	switch b := v.Before; {
	case !v.Grade.Passed() && b.Repetitions > 0:
		return fmt.Sprintf("Graded %d, below 3: the repetitions start again, I(1) = 1 day.", v.Grade)
	case !v.Grade.Passed():
		return fmt.Sprintf("Graded %d, below 3: I(1) = 1 day.", v.Grade)
	case b.Repetitions == 0:
		return "The first repetition: I(1) = 1 day."
	case b.Repetitions == 1:
		return "The second repetition: I(2) = " + days(v.After.Interval) + "."
	case product(int64(b.Interval), int64(b.EFactor)) > int64(v.After.Interval):
		return fmt.Sprintf("Repetition %d: %s × %s is more than the longest interval, %s.", b.Repetitions+1, days(b.Interval), b.EFactor, days(v.After.Interval))
	default:
		return fmt.Sprintf("Repetition %d: I(%d) = %s × %s = %s, to the nearest day.", b.Repetitions+1, b.Repetitions+1, days(b.Interval), b.EFactor, days(v.After.Interval))
	}
}

func whyFactor(v cards.Review) string {
	d := change[min(max(v.Grade, 0), 5)]
	sign := "+"
	if d < 0 {
		sign, d = "−", -d
	}
	switch {
	case d == 0:
		return fmt.Sprintf("Grade %d leaves the E-Factor at %s.", v.Grade, v.After.EFactor)
	case v.Before.EFactor+change[v.Grade] < cards.MinEFactor:
		return fmt.Sprintf("E-Factor %s %s %s, but never below %s.", v.Before.EFactor, sign, d, cards.MinEFactor)
	default:
		return fmt.Sprintf("E-Factor %s %s %s = %s.", v.Before.EFactor, sign, d, v.After.EFactor)
	}
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
