package cards

import "time"

// Day is a study day: the number of days since 1970-01-01 on the user's calendar,
// counted from the rollover hour instead of midnight.
type Day int32

// Clock says when a user's study days begin.
type Clock struct {
	Zone     *time.Location // nil means UTC
	Rollover int            // hour at which a day begins, 0 to 23
}

// DefaultRollover is the hour at which a study day begins unless the user says otherwise.
const DefaultRollover = 4

// DayOf is the day whose number is that of a calendar date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date is the calendar date of d, at midnight UTC; use it to print a day.
func (d Day) Date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d Day) String() string { return d.Date().Format("2006-01-02") }

// Start is the first instant of day d: the first at which the clock on the wall
// shows the rollover hour of that date, or later. Where the calendar leaves out a
// date (Apia, 30 December 2011), the day is empty and starts when the next does.
func (c Clock) Start(d Day) time.Time {
	wall := int64(d)*86400 + int64(c.Rollover)*3600 // the wall clock, read as if it were UTC
	t := time.Unix(wall-26*3600, 0).In(c.zone())    // before any zone's reading of it
	for {
		_, offset := t.Zone()
		from, until := t.ZoneBounds()
		at := time.Unix(wall-int64(offset), 0).In(c.zone())
		if !from.IsZero() && at.Before(from) {
			at = from
		}
		if until.IsZero() || at.Before(until) {
			return at
		}
		t = until
	}
}

// Day is the study day that t falls on. It never goes back as t goes on, whatever
// the zone's clocks do.
func (c Clock) Day(t time.Time) Day {
	local := t.In(c.zone())
	d := DayOf(local.Year(), local.Month(), local.Day()) + 1
	for c.Start(d).After(t) {
		d--
	}
	return d
}

// Today is the study day at now for a user whose last event fell on day last, or
// 0 for none. A user who travels west does not live a day twice: the day stays
// until the new zone has caught up. A last day more than two days ahead can only
// come from a clock that was wrong, and is ignored.
func (c Clock) Today(now time.Time, last Day) Day {
	today := c.Day(now)
	if last > today && last <= today+2 {
		return last
	}
	return today
}

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}
