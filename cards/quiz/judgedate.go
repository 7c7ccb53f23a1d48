package quiz

import (
	"strings"

	"recto/cards"
	"recto/cards/edtf"
)

// judgeDate compares dates by value, at the precision that was asked. A more
// precise date than asked is right when it agrees; a less precise one is close.
func judgeDate(e Expected, typed string) Judgement {
	if set, ok := strings.CutPrefix(e.Value, "{"); ok {
		return judgeDateSet(strings.Split(strings.TrimSuffix(set, "}"), ","), typed)
	}
	want := parseTyped(e.Value, true)
	if len(want) == 0 {
		want = parseTyped(e.Text, false)
	}
	if len(want) == 0 {
		return judgeName(Expected{Kind: cards.TermFact, Front: e.Front, Text: e.Text, Others: e.Others}, typed)
	}
	got := parseTyped(typed, false)
	if len(got) == 0 {
		return Judgement{Wrong, "That does not read as a date."}
	}
	if !want[0].hasYear {
		got = got[:1] // "14 July" is asked: the 14 is no year
	}
	best := Judgement{Wrong, "Another date."}
	for _, g := range got {
		switch j := compare(want[0], g); {
		case j.Verdict == Right:
			return j
		case j.Verdict == Close, best.Verdict == Wrong && j.Reason != "":
			best = j
		}
	}
	return best
}

// judgeDateSet compares a set of dates, such as "2014 and 2015".
func judgeDateSet(want []string, typed string) Judgement {
	found := map[string]bool{}
	items := splitItems(strings.ReplaceAll(typed, "/", ","))
	for _, item := range items {
		hit := false
		for _, w := range want {
			if j := judgeDate(Expected{Value: strings.TrimSpace(w)}, item); j.Verdict == Right {
				found[w], hit = true, true
			}
		}
		if !hit {
			return Judgement{Wrong, "“" + item + "” is not one of them."}
		}
	}
	if len(found) == len(want) {
		return Judgement{Right, "All of them."}
	}
	return Judgement{Close, count(len(found)) + " of " + count(len(want)) + "."}
}

// compare judges a date read from what was typed.
func compare(want, got moment) Judgement {
	switch {
	case want.to != nil && got.to != nil:
		return worse(compare(end(want), end(got)), compare(*want.to, *got.to))
	case want.to != nil:
		first, last := compare(end(want), got), compare(*want.to, got)
		switch {
		case first.Verdict == Right || last.Verdict == Right:
			return Judgement{Close, "That is one end of it; both were asked."}
		case first.Verdict == Close && last.Verdict == Close:
			return Judgement{Close, "It lies within; the first and the last date were asked."}
		}
		return Judgement{Wrong, "Another date; a first and a last one were asked."}
	case got.to != nil:
		return compareSpan(want, got)
	case want.decade || want.century || got.decade || got.century:
		return compareDecades(want, got)
	}
	return comparePlain(want, got)
}

// end is the first end of an interval, as a date of its own.
func end(m moment) moment {
	m.to = nil
	return m
}

func worse(a, b Judgement) Judgement {
	for _, v := range []Verdict{Wrong, Close} {
		if a.Verdict == v {
			return a
		}
		if b.Verdict == v {
			return b
		}
	}
	return a
}

// better is the more favourable of two, the first where they are alike.
func better(a, b Judgement) Judgement {
	if a.Verdict == Right || b.Verdict == Wrong || a.Verdict == b.Verdict {
		return a
	}
	return b
}

// compareSpan judges a typed interval where one date was asked: it is right only
// where it is another way to write a decade or a century.
func compareSpan(want, got moment) Judgement {
	length := map[bool]int{want.decade: 10, want.century: 100}[true]
	first := got.year - got.year%10 // 1801-1900 and 1800-1899 are both the century
	if length > 0 && got.month == 0 && first == want.year && (got.to.year == want.year+length-1 || want.century && got.to.year == want.year+length) {
		return Judgement{Right, "The same years."}
	}
	if got.decade && got.year <= want.year && want.year <= got.to.year {
		return Judgement{Close, "It lies within; a more exact date was asked."}
	}
	return Judgement{Wrong, "One date was asked."}
}

func compareDecades(want, got moment) Judgement {
	inside := func(m, of moment) bool {
		first, last := of.year, of.year+9
		switch {
		case m.century && of.century:
			return false
		case of.century && of.year < 0:
			first, last = of.year/100*100-99, of.year/100*100
		case of.century:
			last = of.year + 99
		case !of.decade:
			return false
		}
		return m.hasYear && first <= m.year && m.year <= last
	}
	switch {
	case want.century == got.century && want.decade == got.decade && want.year == got.year:
		return Judgement{Right, "The same."}
	case inside(want, got):
		return Judgement{Close, "True, but a more exact date was asked."}
	case inside(got, want):
		return Judgement{Close, "It lies within; the whole was asked."}
	}
	return Judgement{Wrong, "Other years."}
}

// meet reports whether two dates have a part in common that can be compared.
func meet(a, b moment) bool {
	return a.hasYear && b.hasYear || a.month > 0 && b.month > 0 || a.season > 0 && b.season > 0 || a.day > 0 && b.day > 0
}

func comparePlain(want, got moment) Judgement {
	if got.short && 1900 <= want.year && want.year < 2100 && (want.year-got.year)%100 == 0 {
		got.year = want.year
	}
	switch {
	case !meet(want, got):
		return Judgement{Wrong, "That says nothing of what was asked."}
	case want.hasYear && got.hasYear && want.year != got.year:
		if want.year <= 0 && want.year == edtf.Era(got.year, true) {
			return Judgement{Close, "The era is missing or another."}
		}
		return Judgement{Wrong, "Another year."}
	case want.month > 0 && got.month > 0 && want.month != got.month, want.season > 0 && got.season > 0 && want.season != got.season:
		return Judgement{Wrong, "Another time of that year."}
	case want.day > 0 && got.day > 0 && want.day != got.day:
		return Judgement{Wrong, "Another day of that month."}
	}
	missing := missingParts(want, got)
	if missing == "" {
		return Judgement{Right, "The same date."}
	}
	return Judgement{Close, "True as far as it goes: " + missing + "."}
}

// missingParts says which parts that were asked are not given.
func missingParts(want, got moment) string {
	var parts []string
	if want.hasYear && !got.hasYear {
		parts = append(parts, "the year")
	}
	if want.month > 0 && got.month == 0 {
		parts = append(parts, "the month")
	}
	if want.season > 0 && got.season == 0 {
		parts = append(parts, "the season")
	}
	if want.day > 0 && got.day == 0 {
		parts = append(parts, "the day")
	}
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0] + " is missing"
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1] + " are missing"
}
