package views

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// Plots are SVG that the server draws. Colours, strokes and letters come from the style
// sheet by class; nothing is told by colour alone. Sizes are in CSS pixels and do not
// shrink with the window, so that letters stay readable: a plot that is wider than
// the window scrolls inside itself. The numbers stand in a table behind each.

// plot collects the elements of one SVG.
type plot struct {
	b             strings.Builder
	width, height int
}

// newPlot begins a plot that is read out as label. One with links is a group, since
// nobody could reach what is inside an image.
func newPlot(label string, width, height int, links bool) *plot {
	p := &plot{width: width, height: height}
	role := "img"
	if links {
		role = "group"
	}
	fmt.Fprintf(&p.b, `<svg class="plot" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="%s" aria-label="%s">`, width, height, role, html.EscapeString(label))
	return p
}

// add writes an element; args that are strings must be escaped already.
func (p *plot) add(format string, args ...any) { fmt.Fprintf(&p.b, format, args...) }

// text writes a word; anchor is start, middle or end.
func (p *plot) text(x, y float64, anchor, words string) {
	p.add(`<text x="%s" y="%s" text-anchor="%s">%s</text>`, px(x), px(y), anchor, html.EscapeString(words))
}

// svg is the finished plot.
func (p *plot) svg() template.HTML {
	p.b.WriteString("</svg>")
	return template.HTML(p.b.String()) //nolint:gosec // every text in it was escaped as it was added
}

// px writes a length as short as it can be.
func px(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", x), "0"), ".")
}

// bar is one column of a bar plot.
type bar struct {
	n     int
	tick  string // below it, "" for none
	title string // said of it alone
	href  string // where it leads, "" for nowhere
	over  string // written above it, "" for none
}

// barPlot is a bar plot with a column every pitch pixels.
type barPlot struct {
	label string // of the plot
	pitch int
	unit  string // of the number at the top of the scale, "" for none
	bars  []bar
}

const (
	plotLeft   = 40  // pixels left of the first column, where the scale is written
	plotTop    = 22  // pixels above the highest
	plotDeep   = 110 // pixels from the top of the scale to its foot
	plotBottom = 24  // pixels below, where the ticks are written
	plotRight  = 12
)

// draw draws the columns on a scale from 0 to the highest.
func (b barPlot) draw() template.HTML {
	most, links := 0, false
	for _, c := range b.bars {
		most, links = max(most, c.n), links || c.href != ""
	}
	width := plotLeft + len(b.bars)*b.pitch + plotRight
	p := newPlot(b.label, width, plotTop+plotDeep+plotBottom, links)
	p.scale(most, b.unit, width)
	for i, c := range b.bars {
		p.column(i, c, most, b.pitch)
	}
	p.add(`<line class="axis" x1="%d" x2="%d" y1="%d.5" y2="%[3]d.5"/>`, plotLeft, width-plotRight, plotTop+plotDeep)
	return p.svg()
}

// scale writes the foot and the top of the scale, and a line at the top.
func (p *plot) scale(most int, unit string, width int) {
	p.text(plotLeft-8, plotTop+plotDeep+4, "end", "0")
	if most > 0 {
		p.text(plotLeft-8, plotTop+4, "end", Number(most)+unit)
		p.add(`<line class="grid" x1="%d" x2="%d" y1="%d.5" y2="%[3]d.5"/>`, plotLeft, width-plotRight, plotTop)
	}
}

func (p *plot) column(i int, c bar, most, pitch int) {
	x, wide := float64(plotLeft+i*pitch), float64(pitch)-max(2, float64(pitch)/5)
	x += (float64(pitch) - wide) / 2
	middle, foot := x+wide/2, float64(plotTop+plotDeep)
	title := "<title>" + html.EscapeString(c.title) + "</title>"
	if c.href != "" {
		p.add(`<a href="%s">%s<rect class="hit" x="%s" y="0" width="%s" height="%d"/>`, html.EscapeString(c.href), title, px(float64(plotLeft+i*pitch)), px(float64(pitch)), p.height)
		title = ""
	}
	high := 0.0
	if c.n > 0 {
		high = max(2, float64(c.n)/float64(most)*plotDeep)
		p.add(`<rect class="fill" x="%s" y="%s" width="%s" height="%s" rx="1">%s</rect>`, px(x), px(foot-high), px(wide), px(high), title)
	}
	if c.href != "" {
		p.add("</a>")
	}
	if c.over != "" && c.n > 0 {
		p.text(middle, foot-high-4, "middle", c.over)
	}
	if c.tick != "" {
		p.text(middle, foot+17, "middle", c.tick)
	}
}

// dot is one point of a line plot; none where there is no number.
type dot struct {
	percent int
	none    bool
	title   string
	tick    string
}

// linePlot is a line of percentages between a floor and 100, with a dashed line at mark.
type linePlot struct {
	label string
	pitch int
	mark  int
	dots  []dot
}

func (l linePlot) draw() template.HTML {
	floor := 80
	for _, d := range l.dots {
		if !d.none {
			floor = min(floor, d.percent/10*10)
		}
	}
	width := plotLeft + len(l.dots)*l.pitch + plotRight
	p := newPlot(l.label, width, plotTop+plotDeep+plotBottom, false)
	at := func(percent int) float64 { return plotTop + plotDeep*float64(100-percent)/float64(100-floor) }
	for _, percent := range []int{100, l.mark, floor} {
		p.text(plotLeft-8, at(percent)+4, "end", fmt.Sprintf("%d%%", percent))
	}
	p.add(`<line class="grid" x1="%d" x2="%d" y1="%d.5" y2="%[3]d.5"/>`, plotLeft, width-plotRight, plotTop)
	p.add(`<line class="mark" x1="%d" x2="%d" y1="%s" y2="%[3]s"/>`, plotLeft, width-plotRight, px(at(l.mark)))
	p.add(`<line class="axis" x1="%d" x2="%d" y1="%d.5" y2="%[3]d.5"/>`, plotLeft, width-plotRight, plotTop+plotDeep)
	x := func(i int) float64 { return float64(plotLeft+i*l.pitch) + float64(l.pitch)/2 }
	for i, d := range l.dots {
		if i > 0 && !d.none && !l.dots[i-1].none {
			p.add(`<line class="series" x1="%s" y1="%s" x2="%s" y2="%s"/>`, px(x(i-1)), px(at(l.dots[i-1].percent)), px(x(i)), px(at(d.percent)))
		}
	}
	for i, d := range l.dots {
		if !d.none {
			p.add(`<circle class="dot" cx="%s" cy="%s" r="3.5"><title>%s</title></circle>`, px(x(i)), px(at(d.percent)), html.EscapeString(d.title))
		}
		if d.tick != "" {
			p.text(x(i), plotTop+plotDeep+17, "middle", d.tick)
		}
	}
	return p.svg()
}

// part is one part of a whole; its pattern is that of its place.
type part struct {
	name string
	n    int
}

// patterns fill the parts of a whole so that they differ without colour: from nothing,
// by lines that lean and dots, to full.
const patterns = `<defs>` +
	`<pattern id="fill-0" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="ground" width="8" height="8"/></pattern>` +
	`<pattern id="fill-1" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="6" height="6"/><line class="thread" x1="1" x2="1" y1="0" y2="6"/></pattern>` +
	`<pattern id="fill-2" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="half" width="6" height="6"/><circle class="grain" cx="3" cy="3" r="1.2"/></pattern>` +
	`<pattern id="fill-3" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="fill" width="8" height="8"/></pattern>` +
	`<pattern id="fill-4" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground" width="6" height="6"/><line class="thread" x1="0" x2="6" y1="3" y2="3"/></pattern>` +
	`</defs>`

// wholePlot draws parts of a whole as one bar.
func wholePlot(label string, width int, parts []part) template.HTML {
	all := 0
	for _, q := range parts {
		all += q.n
	}
	const high = 36
	p := newPlot(label, width, high+2, false)
	p.add(patterns)
	x := 1.0
	for i, q := range parts {
		if q.n == 0 {
			continue
		}
		wide := float64(width-2) * float64(q.n) / float64(all)
		p.add(`<rect class="part" fill="url(#fill-%d)" x="%s" y="1" width="%s" height="%d"><title>%s</title></rect>`,
			i, px(x), px(max(wide, 1)), high, html.EscapeString(fmt.Sprintf("%s: %s", q.name, Number(q.n))))
		x += wide
	}
	return p.svg()
}

// swatch is the key to part number i of a whole; the bar before it holds the patterns.
func swatch(i int) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg class="swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><rect class="part" fill="url(#fill-%d)" x="1" y="1" width="16" height="16"/></svg>`, i)) //nolint:gosec // a number alone
}
