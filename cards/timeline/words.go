package timeline

import (
	"fmt"
	"strconv"
	"strings"

	"recto/cards/edtf"
)

var (
	monthNames = strings.Fields("January February March April May June July August September October November December")
	monthShort = strings.Fields("Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec")
	seasons    = strings.Fields("spring summer autumn winter")
	quarters   = []string{"first quarter of", "second quarter of", "third quarter of", "last quarter of"}
)

// Words writes a date as precisely as it is known: "12 April 1961", "about 1850",
// "1914 to 1918", "44 BC".
func Words(v edtf.Value) string { return words(v, monthNames) }

// Short is Words with short names of months: "12 Apr 1961".
func Short(v edtf.Value) string { return words(v, monthShort) }

func words(v edtf.Value, months []string) string {
	first := dateWords(v.Dates[0], months)
	switch {
	case v.Shape != edtf.Interval:
		return first
	case len(v.Dates) == 1:
		return "from " + first + " on"
	}
	a, b := v.Dates[0], v.Dates[1]
	last := dateWords(b, months)
	if plain(a) && plain(b) && a.Year == b.Year && a.Precision == b.Precision && a.Year > 0 {
		switch {
		case a.Precision == edtf.Day && a.Month == b.Month:
			return fmt.Sprintf("%d to %s", a.Day, last)
		case a.Precision == edtf.Day:
			return fmt.Sprintf("%d %s to %s", a.Day, months[a.Month-1], last)
		case a.Precision == edtf.Month:
			return months[a.Month-1] + " to " + last
		}
	}
	if a.Precision == edtf.Year && a.Year <= 0 && b.Year <= 0 && plain(a) {
		first = strconv.Itoa(1 - a.Year)
	}
	return first + " to " + last
}

// plain reports whether a date is neither approximate nor uncertain.
func plain(d edtf.Date) bool { return !d.Approximate && !d.Uncertain }

func dateWords(d edtf.Date, months []string) string {
	s := yearWords(d.Year)
	switch d.Precision {
	case edtf.Century:
		s = "the " + centuryWords(group(d, 100))
	case edtf.Decade:
		s = "the " + Period{Decade, group(d, 10)}.Words()
		if d.Year < 0 {
			s = strings.TrimPrefix(s, "the ")
		}
	case edtf.Season:
		if d.Month >= 33 {
			s = quarters[d.Month-33] + " " + s
		} else {
			s = seasons[d.Month-21] + " " + s
		}
	case edtf.Month:
		s = months[d.Month-1] + " " + s
	case edtf.Day:
		s = fmt.Sprintf("%d %s %s", d.Day, months[d.Month-1], s)
	case edtf.Minute:
		s = fmt.Sprintf("%d %s %s, %d:%02d", d.Day, months[d.Month-1], s, d.Hour, d.Minute)
	}
	switch {
	case d.Approximate:
		return "about " + s
	case d.Uncertain:
		return "perhaps " + s
	}
	return s
}

// yearWords writes an astronomical year; one of few digits says its era.
func yearWords(year int) string {
	switch {
	case year <= 0:
		return strconv.Itoa(1-year) + " BC"
	case year < 100:
		return "AD " + strconv.Itoa(year)
	}
	return strconv.Itoa(year)
}

// centuryWords names a century by its place: 18 is "19th century", -1 "1st century BC".
func centuryWords(n int) string {
	if n < 0 {
		return ordinal(-n) + " century BC"
	}
	return ordinal(n+1) + " century"
}

func ordinal(n int) string {
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	if len(s) > 3 {
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}

// Machine is the date for a time element, "" where HTML has no form for it.
func Machine(v edtf.Value) string {
	d := v.Dates[0]
	if v.Shape != edtf.Single || d.Year < 1 {
		return ""
	}
	switch d.Precision {
	case edtf.Year, edtf.Month, edtf.Day:
		d.Approximate, d.Uncertain = false, false
		return d.String()
	}
	return ""
}
