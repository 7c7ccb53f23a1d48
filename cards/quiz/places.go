package quiz

import "strings"

// states are parts of countries that are named behind a place ("Los Angeles, California"),
// and names of countries that the list of countries has not.
var states = words("usa us uk england scotland wales alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming ontario quebec alberta manitoba saskatchewan queensland tasmania victoria bavaria saxony")

// region reports whether a name is that of a country or of a known part of one.
func region(name string) bool {
	name = fold(name)
	return countries[name] || states[name]
}

// located judges a place that was typed with where it lies, "Los Angeles, California": it
// is right where the question names the region, and else close, since there may be another
// place of that name. The region alone is wrong where the place was asked. It reports
// false for all else.
func (e Expected) located(typed string) (Judgement, bool) {
	if _, in, ok := strings.Cut(e.Text, ","); ok {
		return Judgement{Wrong, "That is only where it lies."}, region(in) && fold(in) == fold(typed)
	}
	place, in, ok := strings.Cut(typed, ",")
	if !ok || e.person() || region(e.Text) || !region(in) || fold(place) == "" {
		return Judgement{}, false
	}
	j := judgeName(e, place)
	if j.Verdict == Right && !e.given(fold(in)) {
		j = Judgement{Close, "The right name; whether it lies there is not known here."}
	}
	return j, true
}
