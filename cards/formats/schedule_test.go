package formats_test

import (
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
)

func TestSchedules(t *testing.T) {
	today := cards.DayOf(2024, 3, 1)
	at := func(day, hour int) time.Time { return time.Date(2024, 2, day, hour, 0, 0, 0, time.UTC) }
	on := func(t time.Time) cards.Day { return cards.DayOf(t.Year(), t.Month(), t.Day()) }
	answer := func(at time.Time, button, interval int) formats.Review {
		return formats.Review{At: at, Button: button, Interval: interval, Kind: formats.ReviewDue}
	}
	due := cards.DayOf(2024, 3, 9)
	reviewing := formats.Card{State: formats.Reviewing, Due: due, Interval: 10, Ease: 2345, Lapses: 2, Passes: -1}
	with := func(change func(*formats.Card)) formats.Card { c := reviewing; change(&c); return c }
	tests := []struct {
		what string
		card formats.Card
		log  []formats.Review
		want cards.Schedule
	}{
		{"a new card", formats.Card{State: formats.New, Ease: 2500, Due: 7, Passes: -1}, nil, cards.NewSchedule(today)},
		{"a card without a log", reviewing, nil, cards.Schedule{Repetitions: 2, EFactor: 235, Interval: 10, Due: due, Last: due - 10, Lapses: 2, Seen: true}},
		{"passes since the last failure", reviewing,
			[]formats.Review{answer(at(1, 9), 3, 4), answer(at(5, 9), 1, -600), answer(at(5, 10), 3, -600), answer(at(5, 11), 3, 1), answer(at(6, 9), 3, 4), answer(at(28, 9), 4, 10)},
			cards.Schedule{Repetitions: 3, EFactor: 235, Interval: 10, Due: due, Last: cards.DayOf(2024, 2, 28), Lapses: 2, Seen: true}},
		{"passes that the format knows", with(func(c *formats.Card) { c.Passes = 7 }), nil, cards.Schedule{Repetitions: 7, EFactor: 235, Interval: 10, Due: due, Last: due - 10, Lapses: 2, Seen: true}},
		{"a card reset by hand", with(func(c *formats.Card) { c.Interval = 1 }),
			[]formats.Review{answer(at(1, 9), 3, 4), {At: at(2, 9), Kind: formats.ReviewManual}},
			cards.Schedule{Repetitions: 1, EFactor: 235, Interval: 1, Due: due, Last: cards.DayOf(2024, 2, 1), Lapses: 2, Seen: true}},
		{"an ease below the least", with(func(c *formats.Card) { c.Ease = 900; c.Suspended = true }), nil, cards.Schedule{Repetitions: 2, EFactor: 130, Interval: 10, Due: due, Last: due - 10, Lapses: 2, Seen: true, Suspended: true}},
		{"a card learnt within the day", formats.Card{State: formats.Learning, DueAt: at(29, 8), Interval: -600, Passes: -1, Buried: formats.BuriedByUser}, nil,
			cards.Schedule{EFactor: 250, Due: cards.DayOf(2024, 2, 29), Last: cards.DayOf(2024, 2, 29), Seen: true, Buried: today}},
	}
	for _, test := range tests {
		d := formats.Draft{Cards: []formats.Card{test.card}, Reviews: test.log}
		if got := d.Schedules(on, today)[0]; got != test.want {
			t.Errorf("%s: %+v, want %+v", test.what, got, test.want)
		}
	}
}
