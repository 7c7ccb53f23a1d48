package timeline

import (
	"fmt"

	"recto/cards/edtf"
)

// Unit is what events are counted by.
type Unit int

// The units, from the narrowest.
const (
	Month Unit = iota
	Year
	Decade
	Century
)

var unitNames = [...]string{"month", "year", "decade", "century"}

func (u Unit) String() string { return unitNames[u] }

// Period is one month, year, decade or century: N counts months since the year 0, is the
// year, or is 0 for the first decade or century since Christ and -1 for the last before.
type Period struct {
	Unit Unit
	N    int
}

// mostYears and mostDecades are how many years and decades events may span, and still be
// counted by them.
const (
	mostMonthYears = 2
	mostYears      = 40
	mostDecades    = 40
)

// UnitFor is the unit in which sorted events make a picture of a few dozen columns.
func UnitFor(events []Event) Unit {
	if len(events) == 0 {
		return Year
	}
	span := events[len(events)-1].Reach.FirstYear() - events[0].Reach.FirstYear() + 1
	switch {
	case span <= mostMonthYears:
		return Month
	case span <= mostYears:
		return Year
	case span <= 10*mostDecades:
		return Decade
	}
	return Century
}

// Wider is the unit that several periods of u make a heading of.
func (u Unit) Wider() Unit {
	return min(u+1, Century)
}

// PeriodOf is the period in which a day lies.
func PeriodOf(u Unit, day int) Period {
	t := calendar(day)
	switch u {
	case Month:
		return Period{u, t.Year()*12 + int(t.Month()) - 1}
	case Year:
		return Period{u, t.Year()}
	case Decade:
		return Period{u, place(t.Year(), 10)}
	}
	return Period{u, place(t.Year(), 100)}
}

// place is which group of so many years a year belongs to. The year 0 is 1 BC.
func place(year, size int) int {
	if year > 0 {
		return year / size
	}
	return -(-year / size) - 1
}

// years are the first and the last of a period, astronomical.
func (p Period) years() (first, last int) {
	size := map[Unit]int{Decade: 10, Century: 100}[p.Unit]
	switch {
	case p.Unit == Month:
		return floor(p.N, 12), floor(p.N, 12)
	case p.Unit == Year:
		return p.N, p.N
	case p.N >= 0:
		return p.N * size, p.N*size + size - 1
	}
	near := -(-p.N - 1) * size
	return near - size + 1, near
}

func floor(n, by int) int {
	if n < 0 {
		return -((-n + by - 1) / by)
	}
	return n / by
}

// First is the first day of a period.
func (p Period) First() int {
	if p.Unit == Month {
		return dayNumber(0, p.N+1, 1)
	}
	first, _ := p.years()
	if first == 0 && p.Unit != Year { // 1 BC lies in the period before
		first = 1
	}
	return dayNumber(first, 1, 1)
}

// String writes a period in EDTF: "1961-04", "1961", "196X", "19XX".
func (p Period) String() string {
	first, last := p.years()
	d := edtf.Date{Precision: edtf.Year, Year: first}
	switch p.Unit {
	case Month:
		d.Precision, d.Month = edtf.Month, p.N-12*first+1
	case Decade:
		d.Precision = edtf.Decade
	case Century:
		d.Precision = edtf.Century
	}
	if p.N < 0 && p.Unit >= Decade {
		d.Year = min(last, -1)
	}
	return d.String()
}

// ParsePeriod reads what String writes.
func ParsePeriod(s string) (Period, bool) {
	d, err := edtf.ParseDate(s)
	if err != nil || d.NoYear || d.Approximate || d.Uncertain {
		return Period{}, false
	}
	switch d.Precision {
	case edtf.Century:
		return Period{Century, group(d, 100)}, true
	case edtf.Decade:
		return Period{Decade, group(d, 10)}, true
	case edtf.Year:
		return Period{Year, d.Year}, true
	case edtf.Month:
		return Period{Month, d.Year*12 + d.Month - 1}, true
	}
	return Period{}, false
}

// Words writes a period: "April 1961", "1961", "1960s", "19th century", "50 to 41 BC".
func (p Period) Words() string {
	first, last := p.years()
	switch {
	case p.Unit == Month:
		return monthNames[p.N-12*first] + " " + yearWords(first)
	case p.Unit == Year:
		return yearWords(first)
	case p.Unit == Decade && p.N < 0:
		return fmt.Sprintf("%d to %d BC", 1-first, 1-last)
	case p.Unit == Decade:
		return fmt.Sprintf("%ds", p.N*10)
	}
	return centuryWords(p.N)
}

// Bar is how many events begin in a period.
type Bar struct {
	Period Period
	Events int
}

// Bars counts sorted events by period, from the first period to the last, those without
// an event with them.
func Bars(events []Event, u Unit) (bars []Bar) {
	for _, e := range events {
		p := PeriodOf(u, e.Reach.First)
		if len(bars) == 0 {
			bars = append(bars, Bar{Period: p})
		}
		for n := bars[len(bars)-1].Period.N + 1; n <= p.N; n++ {
			bars = append(bars, Bar{Period: Period{u, n}})
		}
		bars[len(bars)-1].Events++
	}
	return bars
}

// Gap says how long nothing happened between the day on which the last event ended and
// that on which the next began, among events that span so many days: "5 years without an
// event". It is "" when it is not worth saying: less than two years or months, or less
// than a twentieth of the whole.
func Gap(until, next, span int) string {
	free := next - until - 1
	if free*20 < span || free < 59 {
		return ""
	}
	const year, nearly = 365.25, 0.1
	switch n := int(float64(free)/year + nearly); {
	case n >= 2:
		return fmt.Sprintf("%s years without an event", thousands(n))
	case span > 3*365:
		return ""
	default:
		return fmt.Sprintf("%d months without an event", int(float64(free)/(year/12)+nearly))
	}
}
