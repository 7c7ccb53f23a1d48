package extract

import (
	"strconv"
	"strings"

	"recto/cards/edtf"
)

// numeric reads a date of figures: "2022-03-21", "21/3/2022", "21.3.2022", "3/2022",
// "2021/22". Where day and month could be either, the document decides later.
func (l *line) numeric(i int) (mention, bool) {
	a := l.atom(i)
	if len(a.norm) < 6 || len(a.norm) > 25 || a.norm[0] < '0' || a.norm[0] > '9' || labels[l.word(i-1)] {
		return mention{}, false
	}
	if isoDay(a.norm) {
		d, err := edtf.ParseDate(a.norm[:10])
		return single(i, i, d), err == nil && (len(a.norm) == 10 || a.norm[10] == 'T')
	}
	sep := strings.IndexAny(a.norm, "/.")
	if sep < 0 {
		return mention{}, false
	}
	parts := strings.Split(a.norm, a.norm[sep:sep+1])
	var n []int
	for _, p := range parts {
		v, ok := number(p)
		if !ok {
			return mention{}, false
		}
		n = append(n, v)
	}
	switch {
	case len(n) == 2 && a.norm[sep] == '/':
		return yearPair(i, parts, n)
	case len(n) == 3 && len(parts[0]) == 4:
		return single(i, i, dayOf(n[0], n[1], n[2], false)), dayOf(n[0], n[1], n[2], false).Exists()
	case len(n) == 3 && len(parts[2]) == 4 && n[2] >= 1000 && n[2] < 2200:
		first, second := dayOf(n[2], n[1], n[0], false), dayOf(n[2], n[0], n[1], false)
		m := single(i, i, first)
		if a.norm[sep] == '/' {
			m = slashed(i, first, second)
		}
		return m, m.date().Exists()
	}
	return mention{}, false
}

// slashed chooses between the two ways to read figures with slashes.
func slashed(i int, dayFirst, monthFirst edtf.Date) mention {
	m := single(i, i, dayFirst)
	switch {
	case dayFirst == monthFirst:
	case dayFirst.Exists() && monthFirst.Exists():
		m.lacks = itsOrder
	case dayFirst.Exists():
		m.order = 1
	default:
		m = single(i, i, monthFirst)
		m.order = -1
	}
	return m
}

// yearPair reads "2021/22", "1956/1957" and "3/2022".
func yearPair(i int, parts []string, n []int) (mention, bool) {
	if len(parts[1]) == 4 && len(parts[0]) <= 2 {
		d := edtf.Date{Precision: edtf.Month, Year: n[1], Month: n[0]}
		return single(i, i, d), d.Exists() && n[1] >= 1000 && n[1] < 2200
	}
	if len(parts[0]) != 4 || n[0] < 1000 || n[0] > 2199 {
		return mention{}, false
	}
	to, ok := shortEnd(n[0], n[1], len(parts[1]))
	return pair(i, i, edtf.Interval, yearOf(n[0]), yearOf(to)), ok && to == n[0]+1
}

// shortEnd is the last year of a range such as 1914-18, of whose digits the last
// ones are given.
func shortEnd(from, to, digits int) (int, bool) {
	scale := 1
	for range digits {
		scale *= 10
	}
	if digits < 4 {
		to += from / scale * scale
	}
	return to, to > from
}

func yearOf(year int) edtf.Date { return edtf.Date{Precision: edtf.Year, Year: year} }

// clock reads a time of day: "10:57", "11 am", "10.30 pm", "0530 hours".
func (l *line) clock(i int) (mention, bool) {
	a := l.atom(i)
	if a.norm == "" || a.norm[0] < '0' || a.norm[0] > '9' {
		return mention{}, false
	}
	hour, minute, colon, ok := hourMinute(a.norm)
	if !ok {
		return mention{}, false
	}
	last := i
	switch strings.ReplaceAll(l.word(i+1), ".", "") {
	case "am":
		last++
		if hour == 12 {
			hour = 0
		}
	case "pm":
		last++
		if hour < 12 {
			hour += 12
		}
	case "gmt", "utc", "hours", "hrs", "cet", "est", "bst":
		if !colon && a.digits != 4 {
			return mention{}, false
		}
		last++
	default:
		switch l.word(i - 1) {
		case "at", "by", "until", "from", "before", "after", "around", "about", "to", "and", "till":
		default:
			return mention{}, false
		}
		if !colon || !strings.Contains(a.norm, ":") {
			return mention{}, false
		}
	}
	d := edtf.Date{Precision: edtf.Minute, Year: 2000, Month: 1, Day: 1, Hour: hour, Minute: minute}
	m := single(i, last, d)
	m.lacks = itsDay
	return m, d.Exists()
}

// hourMinute reads "11", "10:57", "10.30", "0530"; colon tells that both are told apart.
func hourMinute(s string) (hour, minute int, colon, ok bool) {
	if k := strings.IndexAny(s, ":."); k > 0 {
		h, okH := number(s[:k])
		m, okM := number(s[k+1:])
		return h, m, true, okH && okM && len(s)-k == 3 && k <= 2 && h < 24 && m < 60
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0, 0, false, false
	case len(s) == 4:
		return n / 100, n % 100, false, n < 2400 && n%100 < 60
	}
	return n, 0, false, len(s) <= 2 && n < 24
}
