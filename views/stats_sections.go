package views

import (
	"fmt"
	"math"
	"time"

	"recto/cards"
	"recto/cards/stats"
)

// SetNumbers fills the page with the figures of n. Fronts are the questions of the hardest
// cards, which stats.Hardest names.
func (s *Stats) SetNumbers(n stats.Numbers, hardest []stats.Card, fronts map[int64]string) {
	s.Given = stats.Answers(n.Days, stats.Ever)
	s.Enough = s.Given >= stats.Least
	if !s.Enough {
		return
	}
	month := stats.Last(30, n.Today)

	studied, week := stats.Week(n.Days, n.Today)
	s.Numbers = StatNumbers{
		Remembered: stats.Remembered(n.Days, month), Studied: stats.Studied(n.Days, month), Known: stats.Known(n.Cards), Cards: len(n.Cards),
		Pace: stats.Pace(n.Days, month), Spent: stats.Spent(n.Days, stats.Ever), Answers: s.Given, Since: n.Days[0].Day,
		Week: Week{Days: studied, Remembered: week.Passed, Of: week.Of}, WeekEnough: week.Enough(),
	}
	for _, m := range [][2]string{{"Remembered", "Remembered"}, {"Days studied", "Studied"}, {"Cards known", "Known"}, {"Time spent", "Spent"}, {"Time for each answer", "Pace"}, {"Answers", "Answers"}, {"This week", "Week"}} {
		s.Meanings = append(s.Meanings, Meaning{m[0], stats.Definition(m[1])})
	}
	s.Sections = []StatSection{
		calendarSection(n), forecastSection(n), weeklySection(n), maturitySection(n), standingSection(n),
		intervalSection(n), factorSection(n), timeSection(n), hourSection(n),
	}
	for _, h := range hardest {
		s.Hardest = append(s.Hardest, HardLine{ID: h.ID, Front: fronts[h.ID], Lapses: h.Schedule.Lapses, Factor: h.Schedule.EFactor})
	}
	s.HardSaid = stats.Definition("Hardest")
}

// calendarSection has a table of weeks: a row of seven days is read faster than a year of rows.
func calendarSection(n stats.Numbers) StatSection {
	cells := stats.Calendar(n.Days, n.Today)
	c := StatSection{ID: "calendar", Title: "Answers in the last year", Meaning: stats.Definition("Calendar"), Name: "Answers on each day of the last 53 weeks",
		Newest: true, Steps: calendarKey(), Head: []string{"Week of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}}
	c.Plot = calendarPlot(c.Name, cells)
	days, all := 0, 0
	for i, cell := range cells {
		if i%7 == 0 {
			c.Rows = append(c.Rows, []string{longDay(cell.Day)})
		}
		row := &c.Rows[len(c.Rows)-1]
		*row = append(*row, Number(cell.Answers))
		if cell.Answers > 0 {
			days++
		}
		all += cell.Answers
	}
	for last := &c.Rows[len(c.Rows)-1]; len(*last) < len(c.Head); {
		*last = append(*last, "")
	}
	c.Said = fmt.Sprintf("%s on %s.", Count(all, "answer"), Count(days, "day"))
	return c
}

const forecastDays = 30

func forecastSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "forecast", Title: "Due in the next 30 days", Meaning: stats.Definition("Forecast"), Name: "Cards due on each of the next 30 days", Head: []string{"Day", "Cards due"}}
	plot := barPlot{label: c.Name, pitch: 19}
	all := 0
	for i, cardsDue := range stats.Forecast(n.Cards, n.Today, forecastDays) {
		day := n.Today + cards.Day(i)
		b := bar{n: cardsDue, title: Count(cardsDue, "card") + " on " + longDay(day)}
		switch {
		case i == 0:
			b.tick, b.title = "today", Count(cardsDue, "card")+" today, late ones with them"
		case i%7 == 0:
			b.tick = shortDay(day)
		}
		plot.bars = append(plot.bars, b)
		c.Rows = append(c.Rows, []string{longDay(day), Number(cardsDue)})
		all += cardsDue
	}
	c.Plot = plot.draw()
	c.Said = Count(all, "card") + " in all."
	if each := (all + forecastDays/2) / forecastDays; each > 0 {
		c.Said = fmt.Sprintf("%s in all, %s a day.", Count(all, "card"), Number(each))
	}
	return c
}

const weeksShown = 26

func weeklySection(n stats.Numbers) StatSection {
	c := StatSection{ID: "weekly", Title: "Remembered, by week", Meaning: stats.Definition("Weekly"), Name: "Share remembered in each of the last 26 weeks", Newest: true,
		Head: []string{"Week to", "Remembered", "Answers to due cards"}}
	plot := linePlot{label: c.Name, pitch: 22, mark: 90}
	points := 0
	for i, share := range stats.Weekly(n.Days, n.Today, weeksShown) {
		day := n.Today - cards.Day(7*(weeksShown-1-i))
		d := dot{percent: share.Percent(), none: !share.Enough(), title: fmt.Sprintf("%d%% of %s in the week to %s", share.Percent(), Number(share.Of), longDay(day))}
		switch back := weeksShown - 1 - i; {
		case back == 0:
			d.tick = "now"
		case back%5 == 0:
			d.tick = shortDay(day)
		}
		if !d.none {
			points++
		}
		plot.dots = append(plot.dots, d)
		c.Rows = append(c.Rows, []string{longDay(day), percentOf(share), Number(share.Of)})
	}
	if points == 0 {
		c.Said = "No week of the last half year has twenty answers to due cards yet."
		return c
	}
	c.Plot = plot.draw()
	c.Said = "The dashed line is at 90%."
	return c
}

func maturitySection(n stats.Numbers) StatSection {
	c := StatSection{ID: "maturity", Title: "Remembered, young and mature", Meaning: stats.Definition("Maturity"), Open: true, Head: []string{"Cards", "7 days", "30 days", "A year", "Ever"}}
	rows := [3][]string{{"Young"}, {"Mature"}, {"All"}}
	for _, p := range []stats.Period{stats.Last(7, n.Today), stats.Last(30, n.Today), stats.Last(365, n.Today), stats.Ever} {
		young, mature := stats.Maturity(n.Days, p)
		for i, share := range []stats.Share{young, mature, young.Plus(mature)} {
			rows[i] = append(rows[i], percentOf(share))
		}
	}
	c.Rows = rows[:]
	c.Said = "A share of fewer than twenty answers is not shown; how many there are stands in brackets."
	return c
}

func standingSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "standing", Title: "How cards stand", Meaning: stats.Definition("Standing"), Name: "New, learning, young, mature and suspended cards", Head: []string{"Standing", "Cards", "Share"}}
	count := stats.Standing(n.Cards)
	all := 0
	for _, k := range count {
		all += k
	}
	if all == 0 {
		c.Said = "There are no cards here any more."
		return c
	}
	var parts []part
	for i, standing := range []cards.Standing{cards.StandingNew, cards.StandingLearning, cards.StandingYoung, cards.StandingMature, cards.StandingSuspended} {
		k := count[standing]
		parts = append(parts, part{string(standing), k})
		c.Key = append(c.Key, KeyLine{swatch(i), string(standing), k, percent(k, all)})
		c.Rows = append(c.Rows, []string{string(standing), Number(k), fmt.Sprintf("%d%%", percent(k, all))})
	}
	c.Plot = wholePlot(c.Name, 600, parts)
	return c
}

func intervalSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "intervals", Title: "Intervals", Meaning: stats.Definition("Intervals"), Name: "Cards by interval", Head: []string{"Interval", "Cards"}}
	return bucketed(c, stats.Intervals(n.Cards), func(b stats.Bucket) (tick, says string) {
		from := []string{"1 d", "2 d", "1 wk", "2 wk", "3 wk", "2 mo", "6 mo", "1 yr", "2 yr"}[intervalPlace(b)]
		switch {
		case b.To == math.MaxInt:
			return from + "+", "2 years or more"
		case b.To <= 1:
			return from, "1 day"
		}
		return from, fmt.Sprintf("%d to %d days", b.From, b.To)
	})
}

// intervalPlace is where a bucket stands among those of stats.Intervals.
func intervalPlace(b stats.Bucket) int {
	for i, q := range stats.Intervals(nil) {
		if q.From == b.From {
			return i
		}
	}
	return 0
}

func factorSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "factors", Title: "E-Factors", Meaning: stats.Definition("Factors"), Name: "Cards by E-Factor", Head: []string{"E-Factor", "Cards"}}
	return bucketed(c, stats.Factors(n.Cards), func(b stats.Bucket) (tick, says string) {
		from := cards.EFactor(b.From).String()
		if b.To == math.MaxInt {
			return from + "+", from + " or more"
		}
		return from, fmt.Sprintf("%s to %s", from, cards.EFactor(b.To))
	})
}

// bucketed draws buckets as columns with their numbers above them.
func bucketed(c StatSection, buckets []stats.Bucket, words func(stats.Bucket) (tick, says string)) StatSection {
	plot := barPlot{label: c.Name, pitch: 62}
	if len(buckets) > 9 {
		plot.pitch = 56
	}
	all := 0
	for _, b := range buckets {
		tick, says := words(b)
		plot.bars = append(plot.bars, bar{n: b.Cards, tick: tick, over: Number(b.Cards), title: fmt.Sprintf("%s: %s", says, Count(b.Cards, "card"))})
		c.Rows = append(c.Rows, []string{says, Number(b.Cards)})
		all += b.Cards
	}
	if all == 0 {
		c.Said = "No card here was answered that is not suspended."
		return c
	}
	c.Plot = plot.draw()
	return c
}

func timeSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "time", Title: "Time spent in the last 30 days", Meaning: stats.Definition("Spent"), Name: "Minutes spent on each of the last 30 days", Newest: true, Head: []string{"Day", "Time", "Answers"}}
	plot := barPlot{label: c.Name, pitch: 19, unit: " min"}
	all := time.Duration(0)
	for i := range 30 {
		day := n.Today - cards.Day(29-i)
		one := stats.Period{First: day, Last: day}
		spent, answers := stats.Spent(n.Days, one), stats.Answers(n.Days, one)
		minutes := int(spent.Round(time.Minute) / time.Minute)
		b := bar{n: minutes, title: Spent(spent) + " on " + longDay(day)}
		switch back := 29 - i; {
		case back == 0:
			b.tick = "today"
		case back%7 == 0:
			b.tick = shortDay(day)
		}
		plot.bars = append(plot.bars, b)
		c.Rows = append(c.Rows, []string{longDay(day), Spent(spent), Number(answers)})
		all += spent
	}
	c.Plot = plot.draw()
	c.Said = fmt.Sprintf("%s in all, %s a day.", Spent(all), Spent(all/30))
	return c
}

func hourSection(n stats.Numbers) StatSection {
	c := StatSection{ID: "hours", Title: "Answers by hour", Meaning: stats.Definition("Hours"), Name: "Answers of the last 90 days by hour", Head: []string{"Hour", "Answers", "Remembered"}}
	plot := barPlot{label: c.Name, pitch: 24}
	all := 0
	for i, h := range stats.Hours(n.Moments) {
		b := bar{n: h.Answers, title: fmt.Sprintf("%s from %d:00 to %d:00", Count(h.Answers, "answer"), i, i+1)}
		if i%3 == 0 {
			b.tick = fmt.Sprintf("%d:00", i)
		}
		plot.bars = append(plot.bars, b)
		c.Rows = append(c.Rows, []string{fmt.Sprintf("%d:00 to %d:00", i, i+1), Number(h.Answers), percentOf(h.Due)})
		all += h.Answers
	}
	if all < stats.Least {
		c.Said, c.Rows = fmt.Sprintf("There are %s of the last 90 days, too few to say anything.", Count(all, "answer")), nil
		return c
	}
	c.Plot = plot.draw()
	return c
}

// tenthsOfSecond writes a short time: "7.4 s".
func tenthsOfSecond(d time.Duration) string {
	if d >= time.Minute {
		return Spent(d)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
