package views

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// A timeline as a file of its own: everything that it needs stands in it, so that any
// program shows it, and its text can be selected and searched.
const (
	fileWidth = 720
	fileDates = 190 // where the dates end
	fileText  = 222 // where the texts begin
	fileLine  = 20
	fileRow   = 58 // letters in a line of text
)

// WriteSVG writes the timeline's entries as one SVG file.
func (t *Timeline) WriteSVG(w io.Writer) error {
	out := bufio.NewWriter(w)
	rows, height := t.fileRows()
	title := "Timeline"
	if t.Of != "" {
		title += " · " + t.Of
	}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="Georgia, 'Times New Roman', serif" font-size="15" fill="#23211c">`+"\n", fileWidth, height)
	fmt.Fprintf(out, "<title>%s</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", escaped(title), fileWidth, height)
	fmt.Fprintf(out, `<text x="24" y="44" font-size="24">%s</text>`+"\n", escaped(shortened(title, 60)))
	fmt.Fprintf(out, `<text x="24" y="68" font-size="13" fill="#5c584d">%s, %s. A full circle is remembered, an empty one not yet, a dash has no card.</text>`+"\n", Count(t.Total, "entry", "entries"), escaped(t.Span))
	for _, r := range rows {
		r.write(out)
	}
	fmt.Fprintln(out, "</svg>")
	return out.Flush()
}

// fileLines is one row of the file.
type fileLines struct {
	y     int
	head  string
	item  TimeItem
	lines []string
}

func (t *Timeline) fileRows() (rows []fileLines, height int) {
	y := 100
	for _, s := range t.Sections {
		y += 16
		rows = append(rows, fileLines{y: y, head: s.Title})
		y += fileLine + 6
		for _, item := range s.Items {
			r := fileLines{y: y, item: item, lines: wrapped(item.Text, fileRow)}
			if item.Gap != "" {
				r.lines = []string{item.Gap}
			}
			rows = append(rows, r)
			y += fileLine*len(r.lines) + 8
		}
	}
	return rows, y + 24
}

func (r fileLines) write(out *bufio.Writer) {
	if r.head != "" {
		fmt.Fprintf(out, `<text x="24" y="%d" font-size="18" font-weight="bold">%s</text>`+"\n", r.y, escaped(r.head))
		return
	}
	const middle = (fileDates + fileText) / 2
	switch {
	case r.item.Gap != "":
		fmt.Fprintf(out, `<line x1="%d" x2="%[1]d" y1="%d" y2="%d" stroke="#8e897c" stroke-dasharray="2 4"/>`+"\n", middle, r.y-14, r.y+6)
		fmt.Fprintf(out, `<text x="%d" y="%d" font-size="13" fill="#6e695d">%s</text>`+"\n", fileText, r.y, escaped(r.item.Gap))
		return
	case r.item.State == "no card":
		fmt.Fprintf(out, `<line x1="%d" x2="%d" y1="%d" y2="%[3]d" stroke="#2f5d8a" stroke-width="2"/>`+"\n", middle-5, middle+5, r.y-5)
	default:
		fill := "#ffffff"
		if r.item.State == "remembered" {
			fill = "#2f5d8a"
		}
		fmt.Fprintf(out, `<circle cx="%d" cy="%d" r="5" fill="%s" stroke="#2f5d8a" stroke-width="2"/>`+"\n", middle, r.y-5, fill)
	}
	fmt.Fprintf(out, `<text x="%d" y="%d" text-anchor="end" fill="#5c584d">%s</text>`+"\n", fileDates, r.y, escaped(r.item.Date))
	for i, line := range r.lines {
		fmt.Fprintf(out, `<text x="%d" y="%d">%s</text>`+"\n", fileText, r.y+i*fileLine, escaped(line))
	}
}

// escaped is s as the content of an element; what XML cannot hold is left out.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

// wrapped breaks s into lines of n letters at most, within words where they are longer.
func wrapped(s string, n int) (lines []string) {
	line := ""
	for _, w := range strings.Fields(s) {
		for len([]rune(w)) > n {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			lines, w = append(lines, string([]rune(w)[:n])), string([]rune(w)[n:])
		}
		if line != "" && len([]rune(line))+1+len([]rune(w)) > n {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return append(lines, line)
}

// shortened cuts s to n letters.
func shortened(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
