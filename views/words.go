package views

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"recto/cards"
)

var functions = template.FuncMap{
	"add":      func(a, b int) int { return a + b },
	"asset":    Asset,
	"count":    Count,
	"number":   Number,
	"date":     Date,
	"interval": Interval,
	"due":      Due,
	"spent":    Spent,
	"about":    About,
	"percent":  percent,
	"bytes":    Bytes,
}

// Number writes n with a comma between thousands: "1,024".
func Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Count writes n and its noun: "1 card", "24 cards". A plural that does not just
// add an "s" is given as the second word.
func Count(n int, singular string, plural ...string) string {
	noun := singular
	if n != 1 {
		noun += "s"
		if len(plural) > 0 {
			noun = plural[0]
		}
	}
	return Number(n) + " " + noun
}

// Date writes a day as people say it: "Tuesday 4 March", with the year when it is
// not that of today.
func Date(d, today cards.Day) string {
	if d.Date().Year() == today.Date().Year() {
		return d.Date().Format("Monday 2 January")
	}
	return d.Date().Format("2 January 2006")
}

// Interval writes a number of days as people say it, at the precision that still
// tells two buttons apart: "9 days", "2.5 months", "4 years".
func Interval(days int) string {
	switch {
	case days < 60:
		return Count(days, "day")
	case days < 730:
		return tenths(days*10*12, 365, "month")
	default:
		return tenths(days*10, 365, "year")
	}
}

// tenths writes the quotient n/d, which counts tenths, in units of one.
func tenths(n, d int, unit string) string {
	t := (n + d/2) / d
	if t == 10 {
		return "1 " + unit
	}
	if t%10 == 0 {
		return Number(t/10) + " " + unit + "s"
	}
	return fmt.Sprintf("%s.%d %ss", Number(t/10), t%10, unit)
}

// Due writes when a day is, seen from today: "today", "tomorrow", "in 9 days",
// "3 days late".
func Due(d, today cards.Day) string {
	switch n := int(d - today); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n > 1:
		return "in " + Interval(n)
	default:
		return Interval(-n) + " late"
	}
}

// Spent writes a duration as people say it: "50 s", "3 min 50 s", "1 h 5 min".
func Spent(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	var parts []string
	switch {
	case s >= 3600:
		parts = append(parts, Number(s/3600)+" h")
		if m := s % 3600 / 60; m > 0 {
			parts = append(parts, strconv.Itoa(m)+" min")
		}
	case s >= 60:
		parts = append(parts, strconv.Itoa(s/60)+" min")
		if s%60 > 0 {
			parts = append(parts, strconv.Itoa(s%60)+" s")
		}
	default:
		parts = append(parts, strconv.Itoa(s)+" s")
	}
	return strings.Join(parts, " ")
}

// About writes a duration roughly: "under a minute", "about 4 minutes".
func About(d time.Duration) string {
	switch m := int(d.Round(time.Minute) / time.Minute); {
	case d < time.Minute:
		return "under a minute"
	case m < 90:
		return "about " + Count(m, "minute")
	default:
		return "about " + Count((m+30)/60, "hour")
	}
}

// Bytes writes a size as people say it: "812 bytes", "14 kB", "3.2 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return Count(int(n), "byte")
	case n < 999_500:
		return Number(int((n+500)/1000)) + " kB"
	case n < 10_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return Number(int((n+500_000)/1_000_000)) + " MB"
}

// percent is the share of part in whole, rounded: 91. It is 0 when whole is.
func percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (part*200 + whole) / (2 * whole)
}
