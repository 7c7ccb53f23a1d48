package anki

import (
	"time"

	"recto/cards"
)

const day = 24 * 60 * 60 // seconds

// clock turns Anki's due numbers into days and back. Day 0 is the local date on
// which the collection was made.
type clock struct {
	created  int64 // seconds since 1970, at 4:00 local time
	east     int64 // seconds that local time is ahead of UTC
	rollover int64 // hour at which the day of study begins
}

// newClock reads the zone from the settings of a collection. Old ones do not have
// it: then that zone is taken in which the collection was made at 4:00.
func newClock(created int64, conf object) clock {
	c := clock{created: created, rollover: 4}
	if hour := conf.whole("rollover"); conf["rollover"] != nil && 0 <= hour && hour < 24 {
		c.rollover = hour
	}
	west := conf.whole("creationOffset") // minutes
	if conf["creationOffset"] != nil && -15*60 <= west && west <= 15*60 {
		c.east = -60 * west
		return c
	}
	c.east = 4*3600 - modulo(created, day)
	if c.east <= -day/2 {
		c.east += day
	}
	return c
}

// base is day 0.
func (c clock) base() cards.Day { return cards.Day(quotient(c.created+c.east, day)) }

// on is the day of study at a moment.
func (c clock) on(t time.Time) cards.Day {
	return cards.Day(quotient(t.Unix()+c.east-c.rollover*3600, day))
}

func quotient(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func modulo(a, b int64) int64 { return a - b*quotient(a, b) }
