package views

import (
	"fmt"
	"html"
	"html/template"

	"recto/cards"
	"recto/cards/stats"
)

const (
	cellPitch = 11
	cellSize  = 9
	yearLeft  = 38
	yearTop   = 18
)

// cellSides are the sizes of a cell's square by its step: more is both darker and larger,
// so that it is read without colour too.
var cellSides = [5]float64{cellSize, 4, 6, 7.5, cellSize}

// calendarPlot draws a year of days, a column a week, from Monday down to Sunday.
func calendarPlot(label string, cells []stats.Cell) template.HTML {
	weeks := (len(cells) + 6) / 7
	p := newPlot(label, yearLeft+weeks*cellPitch+2, yearTop+7*cellPitch+2, false)
	for i, name := range []string{"Mon", "Wed", "Fri"} {
		p.text(yearLeft-6, float64(yearTop+2*i*cellPitch+cellSize), "end", name)
	}
	month, written := "", -4
	for i, c := range cells {
		if name := c.Day.Date().Format("Jan"); i%7 == 0 && name != month {
			if week := i / 7; week-written >= 3 && weeks-week >= 2 {
				p.text(float64(yearLeft+week*cellPitch), 11, "start", name)
				written = week
			}
			month = name
		}
		p.cell(i, c)
	}
	return p.svg()
}

func (p *plot) cell(i int, c stats.Cell) {
	side := cellSides[c.Step]
	inset := (cellSize - side) / 2
	x, y := float64(yearLeft+i/7*cellPitch)+inset, float64(yearTop+i%7*cellPitch)+inset
	p.add(`<rect class="h%d" x="%s" y="%s" width="%s" height="%[4]s" rx="1.5"><title>%s</title></rect>`, c.Step, px(x), px(y), px(side),
		html.EscapeString(Count(c.Answers, "answer")+" on "+longDay(c.Day)))
}

// calendarKey shows the steps of the scale, from none to most.
func calendarKey() template.HTML {
	p := newPlot("The scale: five steps from no answer to the most", 5*16, 12, false)
	for step, side := range cellSides {
		inset := (cellSize - side) / 2
		p.add(`<rect class="h%d" x="%s" y="%s" width="%s" height="%[4]s" rx="1.5"/>`, step, px(float64(step*16+2)+inset), px(1+inset), px(side))
	}
	return p.svg()
}

// longDay writes a day with its year: "4 March 2025".
func longDay(d cards.Day) string { return d.Date().Format("2 January 2006") }

// shortDay writes a day for a tick: "4 Mar".
func shortDay(d cards.Day) string { return d.Date().Format("2 Jan") }

// percentOf writes a share, or why there is none.
func percentOf(s stats.Share) string {
	if !s.Enough() {
		return fmt.Sprintf("too few (%d)", s.Of)
	}
	return fmt.Sprintf("%d%%", s.Percent())
}
