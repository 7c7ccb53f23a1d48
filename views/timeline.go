package views

import (
	"html/template"

	"recto/cards/timeline"
)

// Timeline is everything dated, in order.
type Timeline struct {
	Layout
	Groups     []ScopeGroup // what it can be of, the chosen one marked
	Of         string       // name of what it is of, "" for everything
	Total      int          // entries in all
	Remembered int          // of Cards
	Cards      int          // entries that a card asks for
	Span       string       // from when to when
	Hide       bool         // the dates, to test oneself
	Turned     string       // address of the same with the dates shown, or hidden
	Export     string       // address of the file
	Plot       template.HTML
	Name       string     // of the plot, as it is read out
	Rows       [][]string // of the table behind it
	Sections   []TimeSection
	First      int // number of the first entry on the page
	Last       int
	Before     string // address of the page before, "" for none
	After      string
}

// Template is the name of the page's template.
func (*Timeline) Template() string { return "timeline" }

// TimeSection is the entries of one decade or the like.
type TimeSection struct {
	Title string
	Items []TimeItem
}

// TimeItem is one entry, or a gap between two.
type TimeItem struct {
	Gap     string // how long nothing happened, "" for an entry
	ID      string // of the first entry of a period, "" for others
	Date    string
	Machine string // for the time element, "" where HTML has no form for the date
	Range   bool   // from one date to another
	Text    string
	State   string // "remembered", "not yet" or "no card"
	Card    int64  // 0 for none
	Source  string // address of the sentence, "" for none
	Title   string // of the article or deck
}

// Class is the class of an entry's row: how it is remembered, and whether it lasts.
func (t TimeItem) Class() string {
	c := map[string]string{"remembered": "known", "not yet": "waits", "no card": "bare"}[t.State]
	if t.Range {
		c += " range"
	}
	return c
}

// SetBars draws how many events begin in each period. Href is where a bar leads.
func (t *Timeline) SetBars(bars []timeline.Bar, u timeline.Unit, href func(timeline.Period) string) {
	t.Name = "Events by " + u.String()
	plot := barPlot{label: t.Name, pitch: 38}
	if len(bars) > 16 {
		plot.pitch = max(16, min(38, 588/len(bars)))
	}
	wide := [...]int{34, 40, 50, 52}[u] // pixels that a tick needs
	every := (wide + plot.pitch - 1) / plot.pitch
	for i, b := range bars {
		c := bar{n: b.Events, title: b.Period.Words() + ": " + Count(b.Events, "event")}
		if b.Events > 0 {
			c.href = href(b.Period)
			t.Rows = append(t.Rows, []string{b.Period.Words(), Number(b.Events)})
		}
		if i%every == 0 {
			c.tick = tick(b.Period)
		}
		plot.bars = append(plot.bars, c)
	}
	if len(bars) > 1 {
		t.Plot = plot.draw()
	}
}

// tick is a period in few letters.
func tick(p timeline.Period) string {
	switch {
	case p.Unit == timeline.Month:
		return p.Words()[:3]
	case p.Unit == timeline.Century && p.N >= 0:
		return Number(p.N + 1)
	case p.Unit == timeline.Century:
		return Number(-p.N) + " BC"
	}
	return p.Words()
}
