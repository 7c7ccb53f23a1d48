package formats

import (
	"time"

	"recto/cards"
)

// Schedules says for every card of the Draft how it stands in SuperMemo's terms.
// on is the study day of a moment in the user's zone; today is that of the import,
// on which new cards are added and buried ones stay away.
//
// The interval, the E-Factor, the lapses and the due day are the file's own, however
// its program came to them. Repetitions in a row are counted in the log: passes that
// led to an interval of a day or more since the last failure. Where the log is
// silent, the interval speaks: 1 for a day, 2 for more.
func (d *Draft) Schedules(on func(time.Time) cards.Day, today cards.Day) []cards.Schedule {
	all := make([]cards.Schedule, len(d.Cards))
	logs := d.logs()
	for i := range d.Cards {
		all[i] = schedule(&d.Cards[i], logs[i], on, today)
	}
	return all
}

// history is what the log says of one card.
type history struct {
	passes int
	last   time.Time // the last answer; zero for none
}

// logs sums the log up by card. It is in the order of time, or nearly so.
func (d *Draft) logs() []history {
	all := make([]history, len(d.Cards))
	for _, r := range d.Reviews {
		if r.Card < 0 {
			continue
		}
		h := &all[r.Card]
		switch {
		case r.Button == 0 && r.Kind == ReviewManual && r.Ease == 0, r.Button == 1:
			h.passes = 0
		case r.Button > 1 && r.Interval > 0:
			h.passes++
		}
		if r.Button > 0 {
			h.last = r.At
		}
	}
	return all
}

func schedule(c *Card, log history, on func(time.Time) cards.Day, today cards.Day) cards.Schedule {
	s := cards.NewSchedule(today)
	s.Suspended = c.Suspended
	if c.Buried != NotBuried {
		s.Buried = today
	}
	if c.State == New {
		return s
	}
	s.Seen, s.Lapses, s.Due = true, max(c.Lapses, 0), c.Due
	if c.Ease > 0 {
		s.EFactor = max(cards.EFactor((c.Ease+5)/10), cards.MinEFactor)
	}
	if !c.DueAt.IsZero() {
		s.Due = on(c.DueAt)
	}
	s.Interval = max(c.Interval, 0)
	s.Last = s.Due - cards.Day(s.Interval)
	if !log.last.IsZero() {
		s.Last = on(log.last)
	}
	if c.State == Reviewing {
		s.Interval = max(s.Interval, 1)
		s.Repetitions = passes(c, log)
	}
	return s
}

// passes is the number of repetitions in a row of a card under review.
func passes(c *Card, log history) int {
	switch {
	case c.Passes >= 0:
		return c.Passes
	case log.passes > 0:
		return log.passes
	case c.Interval <= 1:
		return 1
	}
	return 2
}
