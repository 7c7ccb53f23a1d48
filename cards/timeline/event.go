package timeline

import (
	"cmp"
	"slices"
	"time"

	"recto/cards/edtf"
)

// Reach is the days that a date can mean, as days since 1970-01-01 of the calendar that is
// used today, carried back before its time. Both ends belong to it.
type Reach struct{ First, Last int }

// Event is one date of something. Of is the caller's: which thing it is.
type Event struct {
	Date  edtf.Value
	Reach Reach
	Of    int
}

// Events reads an EDTF value and gives an event for each date that has a place: one, or
// several for a set of dates; none for what is no date or says no year.
func Events(value string, of int) (events []Event) {
	v, err := edtf.Parse(value)
	if err != nil {
		return nil
	}
	if v.Shape == edtf.Set {
		for _, d := range v.Dates {
			events = append(events, one(edtf.Value{Dates: []edtf.Date{d}}, of)...)
		}
		return events
	}
	return one(v, of)
}

func one(v edtf.Value, of int) []Event {
	for _, d := range v.Dates {
		if d.NoYear {
			return nil
		}
	}
	r := reach(v.Dates[0])
	if len(v.Dates) > 1 {
		r.Last = max(r.Last, reach(v.Dates[1]).Last)
	}
	return []Event{{Date: v, Reach: r, Of: of}}
}

// Until is the last day on which the event went on: of one that is only known to lie within
// a decade or a century, the first, for it does not fill it.
func (e Event) Until() int {
	if e.Date.Shape != edtf.Interval && e.Date.Dates[0].Precision < edtf.Year {
		return e.Reach.First
	}
	return e.Reach.Last
}

// Sort puts events in order: by their first day, the wider before the narrower, then as
// they were given.
func Sort(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Reach.First, b.Reach.First), cmp.Compare(b.Reach.Last, a.Reach.Last), cmp.Compare(a.Of, b.Of))
	})
}

// reach is the days that d can mean.
func reach(d edtf.Date) Reach {
	year, month := d.Year, d.Month
	switch d.Precision {
	case edtf.Century:
		return years(Period{Century, group(d, 100)}.years())
	case edtf.Decade:
		return years(Period{Decade, group(d, 10)}.years())
	case edtf.Year:
		return years(year, year)
	case edtf.Season:
		first, months := 3*(month-21)+3, 3 // spring is March to May; winter goes on into the next year
		if month >= 33 {
			first = 3*(month-33) + 1
		}
		return Reach{dayNumber(year, first, 1), dayNumber(year, first+months, 0)}
	case edtf.Month:
		return Reach{dayNumber(year, month, 1), dayNumber(year, month+1, 0)}
	}
	day := dayNumber(year, month, d.Day)
	return Reach{day, day}
}

// group is place for a date that is itself a century or decade: the year of the first one
// since Christ is 0 then.
func group(d edtf.Date, size int) int {
	if d.Year >= 0 {
		return d.Year / size
	}
	return place(d.Year, size)
}

func years(first, last int) Reach { return Reach{dayNumber(first, 1, 1), dayNumber(last+1, 1, 0)} }

// dayNumber counts days from 1970-01-01; months and days may be out of their range.
func dayNumber(year, month, day int) int {
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func calendar(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

// FirstYear is the astronomical year of the first day.
func (r Reach) FirstYear() int { return calendar(r.First).Year() }

// LastYear is the astronomical year of the last day.
func (r Reach) LastYear() int { return calendar(r.Last).Year() }
