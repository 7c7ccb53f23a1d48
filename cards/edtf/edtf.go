// Package edtf reads and writes dates in EDTF, the Extended Date/Time Format of
// ISO 8601-2, as far as Recto uses it:
//
//	2022-03-21            a day              XXXX-09-03      a day of no stated year
//	2022-03, 2022         a month, a year    1850~, 1850?    about 1850; 1850, it is thought
//	196X, 18XX            a decade, a century
//	2022-21 to 2022-24    spring, summer, autumn and winter
//	2022-33 to 2022-36    the four quarters  1914/1918       from one to the other
//	1918-11-11T11:00:00   a time of a day    2010/..         from 2010 on
//	{1956,1958}           each of them
//
// Years are astronomical, as in ISO 8601: 1 BC is the year 0 and 44 BC is -0043.
package edtf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision is how much of a date is known.
type Precision int

// The precisions, from the widest to the narrowest.
const (
	Century Precision = iota + 1
	Decade
	Year
	Season // a season (21 to 24) or quarter (33 to 36) of a year
	Month
	Day
	Minute
)

var precisionNames = [...]string{"", "century", "decade", "year", "season", "month", "day", "time"}

func (p Precision) String() string { return precisionNames[p] }

// Date is a date at its precision. Parts narrower than that are 0. The year of a
// century or decade is any year in it.
type Date struct {
	Precision    Precision
	Year         int  // astronomical: 44 BC is -43
	NoYear       bool // the year is not known; only months and days
	Month        int  // 1 to 12, or the number of a season or quarter
	Day          int
	Hour, Minute int
	Approximate  bool // "about"
	Uncertain    bool // "perhaps"
}

// Era is the astronomical year of the nth year before or since Christ.
func Era(n int, before bool) int {
	if before {
		return 1 - n
	}
	return n
}

// CenturyOf is the nth century before or since Christ: the 19th is 18XX, the fifth
// before Christ -04XX.
func CenturyOf(n int, before bool) Date {
	year := (n - 1) * 100
	if before {
		year = min(-year, -1)
	}
	return Date{Precision: Century, Year: year}
}

// String writes d in EDTF.
func (d Date) String() string {
	sign, y := "", d.Year
	if y < 0 {
		sign, y = "-", -y
	}
	var s string
	switch {
	case d.NoYear:
		s = "XXXX"
	case d.Precision == Century:
		s = fmt.Sprintf("%s%02dXX", sign, y/100)
	case d.Precision == Decade:
		s = fmt.Sprintf("%s%03dX", sign, y/10)
	default:
		s = fmt.Sprintf("%s%04d", sign, y)
	}
	if d.Precision >= Season {
		s += fmt.Sprintf("-%02d", d.Month)
	}
	if d.Precision >= Day {
		s += fmt.Sprintf("-%02d", d.Day)
	}
	if d.Precision == Minute {
		s += fmt.Sprintf("T%02d:%02d:00", d.Hour, d.Minute)
	}
	switch {
	case d.Approximate && d.Uncertain:
		s += "%"
	case d.Approximate:
		s += "~"
	case d.Uncertain:
		s += "?"
	}
	return s
}

// Exists reports whether d is in the calendar. 29 February of no stated year is.
func (d Date) Exists() bool {
	year := d.Year
	if d.NoYear {
		year = 2000
	}
	switch {
	case d.Precision < Century || d.Precision > Minute, d.NoYear && d.Precision < Season, year < -9999 || year > 9999:
		return false
	case d.Precision == Season:
		return d.Month >= 21 && d.Month <= 24 || d.Month >= 33 && d.Month <= 36
	case d.Precision >= Month && (d.Month < 1 || d.Month > 12):
		return false
	case d.Precision >= Day && (d.Day < 1 || d.Day > DaysIn(year, d.Month)):
		return false
	}
	return d.Hour >= 0 && d.Hour <= 23 && d.Minute >= 0 && d.Minute <= 59
}

// DaysIn is the number of days of a month.
func DaysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// At is d at a wider precision.
func (d Date) At(p Precision) Date {
	if p >= d.Precision {
		return d
	}
	d.Precision, d.Hour, d.Minute = p, 0, 0
	if p < Day {
		d.Day = 0
	}
	if p < Season {
		d.Month = 0
	}
	return d
}

// Add moves d by n of its own units: days, months, years, decades or centuries.
// It panics for a season or a time.
func (d Date) Add(n int) Date {
	switch d.Precision {
	case Day:
		t := time.Date(d.Year, time.Month(d.Month), d.Day+n, 0, 0, 0, 0, time.UTC)
		d.Year, d.Month, d.Day = t.Year(), int(t.Month()), t.Day()
	case Month:
		t := time.Date(d.Year, time.Month(d.Month+n), 1, 0, 0, 0, 0, time.UTC)
		d.Year, d.Month = t.Year(), int(t.Month())
	case Year:
		d.Year += n
	case Decade:
		d.Year += 10 * n
	case Century:
		d.Year += 100 * n
	default:
		panic("edtf: a " + d.Precision.String() + " cannot be moved")
	}
	return d
}

// Compare tells whether a begins before (-1) or after (1) b, or in the same unit of
// the wider precision of the two (0).
func Compare(a, b Date) int {
	p := min(a.Precision, b.Precision)
	if a.Precision != b.Precision && p == Season {
		p = Year
	}
	key := func(d Date) [3]int {
		d = d.At(p)
		switch d.Precision {
		case Century:
			d.Year = floor(d.Year, 100)
		case Decade:
			d.Year = floor(d.Year, 10)
		}
		if d.NoYear {
			d.Year = 0
		}
		return [3]int{d.Year, d.Month, d.Day}
	}
	x, y := key(a), key(b)
	for i := range x {
		if x[i] != y[i] {
			return map[bool]int{true: -1, false: 1}[x[i] < y[i]]
		}
	}
	return 0
}

func floor(n, by int) int { return n - ((n%by)+by)%by }

// Shape says how the dates of a Value belong together.
type Shape int

// The shapes.
const (
	Single   Shape = iota
	Interval       // from the first to the second; from the first on when it is alone
	Set            // each of them
)

// Value is what an EDTF string says.
type Value struct {
	Shape Shape
	Dates []Date
}

// String writes v in EDTF.
func (v Value) String() string {
	all := make([]string, len(v.Dates))
	for i, d := range v.Dates {
		all[i] = d.String()
	}
	switch {
	case v.Shape == Set:
		return "{" + strings.Join(all, ",") + "}"
	case v.Shape == Interval && len(all) == 1:
		return all[0] + "/.."
	case v.Shape == Interval:
		return strings.Join(all, "/")
	}
	return strings.Join(all, "")
}

// Parse reads an EDTF string of the forms above. It fails on any other, and on
// dates that are not in the calendar or intervals that end before they begin.
func Parse(s string) (Value, error) {
	if inner, ok := strings.CutPrefix(s, "{"); ok && strings.HasSuffix(inner, "}") {
		return parseAll(Set, strings.Split(strings.TrimSuffix(inner, "}"), ","))
	}
	from, to, ok := strings.Cut(s, "/")
	switch {
	case !ok:
		return parseAll(Single, []string{s})
	case to == "..":
		return parseAll(Interval, []string{from})
	}
	v, err := parseAll(Interval, []string{from, to})
	if err == nil && Compare(v.Dates[0], v.Dates[1]) > 0 && v.Dates[0].NoYear == v.Dates[1].NoYear && !v.Dates[0].NoYear {
		return Value{}, fmt.Errorf("edtf: %q ends before it begins", s)
	}
	return v, err
}

func parseAll(shape Shape, parts []string) (Value, error) {
	v := Value{Shape: shape}
	for _, p := range parts {
		d, err := ParseDate(p)
		if err != nil {
			return Value{}, err
		}
		v.Dates = append(v.Dates, d)
	}
	return v, nil
}

// ParseDate reads one date.
func ParseDate(s string) (Date, error) {
	var d Date
	rest := s
	if n := len(rest); n > 0 {
		switch rest[n-1] {
		case '%':
			d.Approximate, d.Uncertain = true, true
		case '~':
			d.Approximate = true
		case '?':
			d.Uncertain = true
		}
		if d.Approximate || d.Uncertain {
			rest = rest[:n-1]
		}
	}
	rest, clock, timed := strings.Cut(rest, "T")
	negative := strings.HasPrefix(rest, "-")
	parts := strings.Split(strings.TrimPrefix(rest, "-"), "-")
	ok := d.readYear(parts[0], negative) && (len(parts) == 1 || d.Precision == Year || d.NoYear)
	for i, p := range parts[1:] {
		n, good := digits(p, 2)
		ok = ok && good && i < 2
		switch {
		case i == 0 && n > 12:
			d.Precision, d.Month = Season, n
		case i == 0:
			d.Precision, d.Month = Month, n
		case i == 1:
			ok = ok && d.Precision == Month
			d.Precision, d.Day = Day, n
		}
	}
	if timed {
		ok = ok && d.Precision == Day && d.readClock(clock)
		d.Precision = Minute
	}
	if !ok || !d.Exists() {
		return Date{}, fmt.Errorf("edtf: %q is no date", s)
	}
	return d, nil
}

// readYear reads "1956", "195X", "19XX" or "XXXX".
func (d *Date) readYear(s string, negative bool) bool {
	var ok bool
	switch {
	case s == "XXXX":
		d.NoYear, ok = true, !negative
	case strings.HasSuffix(s, "XX"):
		d.Precision = Century
		d.Year, ok = digits(s[:len(s)-2], 2)
		d.Year *= 100
		if d.Year == 0 && negative {
			d.Year = 1 // "-00XX" is -99 to 0
		}
	case strings.HasSuffix(s, "X"):
		d.Precision = Decade
		d.Year, ok = digits(s[:len(s)-1], 3)
		d.Year *= 10
		if d.Year == 0 && negative {
			d.Year = 1
		}
	default:
		d.Precision = Year
		d.Year, ok = digits(s, 4)
		ok = ok && (d.Year > 0 || !negative)
	}
	if negative {
		d.Year = -d.Year
	}
	return ok
}

// readClock reads "10:57:00".
func (d *Date) readClock(s string) bool {
	parts := strings.Split(s, ":")
	if len(parts) != 3 || parts[2] != "00" {
		return false
	}
	var okH, okM bool
	d.Hour, okH = digits(parts[0], 2)
	d.Minute, okM = digits(parts[1], 2)
	return okH && okM
}

// digits reads a number of exactly n digits.
func digits(s string, n int) (int, bool) {
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}
