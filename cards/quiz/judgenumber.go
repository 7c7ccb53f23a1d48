package quiz

import (
	"math"
	"strings"
)

// judgeQuantity compares numbers exactly, whatever their form, and then units.
func judgeQuantity(e Expected, typed string) Judgement {
	if j, ok := judgePair(e.Text, typed); ok {
		return j
	}
	want, ok := parseQuantity(e.Text)
	if !ok {
		if want, ok = parseQuantity(e.Value); !ok {
			return judgeName(Expected{Front: e.Front, Text: e.Text, Others: e.Others}, typed)
		}
	}
	if value, ok := parseQuantity(e.Value); ok {
		want = want.settled(value.unit)
	}
	got, ok := parseQuantity(typed)
	if !ok {
		return Judgement{Wrong, "That does not read as a number."}
	}
	got = got.settled(want.unit)
	j := compareQuantities(want, got)
	if short := strings.ToLower(typed); j.Verdict != Right && shortMega.MatchString(short) {
		if mega, ok := parseQuantity(shortMega.ReplaceAllString(short, "$1 million")); ok {
			j = better(j, compareQuantities(want, mega.settled(want.unit)))
		}
	}
	return j
}

func compareQuantities(want, got quantity) Judgement {
	switch {
	case want.unit == "%" && got.share && got.unit == "":
		got.value, got.plain, got.unit = 100*got.value, 100*got.plain, "%"
	case want.share && want.unit == "" && got.unit == "%":
		got.value, got.plain, got.unit = got.value/100, got.plain/100, ""
	case got.unit == "degree" && (want.unit == "c" || want.unit == "f"):
		got.unit = ""
	}
	switch {
	case otherNumber(want, got):
		return Judgement{Wrong, "There is another number in it."}
	case want.ranged && got.ranged && equal(want.value, got.value) && equal(want.high, got.high):
		return sameNumber(want, got)
	case want.ranged && !got.ranged && (equal(want.value, got.value) || equal(want.high, got.value)):
		return Judgement{Close, "That is one end of it; both were asked."}
	case want.ranged || got.ranged:
		return Judgement{Wrong, "Another number."}
	case equal(want.value, got.value):
		return sameNumber(want, got)
	case got.unit == "" && equal(want.plain, got.plain):
		return Judgement{Right, "The same number."}
	case want.unit != "" && equal(want.plain, got.plain) && want.plain != 1:
		return Judgement{Close, "The number is right, the unit is another."}
	}
	return Judgement{Wrong, "Another number."}
}

func sameNumber(want, got quantity) Judgement {
	if got.unit != "" && got.unit != want.unit && (measured(want.unit) || measured(got.unit)) {
		if _, known := units[got.unit]; known || want.unit != "" {
			return Judgement{Close, "The number is right, the unit is another."}
		}
	}
	return Judgement{Right, "The same number."}
}

// measured reports whether a unit is one that changes what a number means, unlike
// the noun of a count.
func measured(unit string) bool {
	for _, u := range units {
		if u.base == unit && unit != "times" {
			return true
		}
	}
	return false
}

func equal(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}
