package text

import (
	"regexp"
	"strings"
)

// sampleSize is how much of a text decides its separators, in bytes.
const sampleSize = 256 << 10

// mostSample is how many rows of it do.
const mostSample = 400

var blanks = regexp.MustCompile(`\n{3,}`)

func sample(text string) string {
	text = text[:min(len(text), 4*sampleSize)]
	if strings.Contains(text, "\n\n\n") {
		text = blanks.ReplaceAllString(text, "\n\n")
	}
	if len(text) <= sampleSize {
		return text
	}
	text = text[:sampleSize]
	if i := strings.LastIndexByte(text, '\n'); i > 0 {
		return text[:i]
	}
	return strings.ToValidUTF8(text, "")
}

// Guess finds the separators of a text by consistency: those that give most rows the
// same number of cells, at least two. share is how many of the rows they do, 0 to 1;
// with 0 there is one cell a row. comments is as for Rows.
func Guess(text string, comments bool) (by Separators, share float64) {
	text = sample(text)
	if s := consistency(text, Separators{Cell: "\t"}, comments); s >= 0.5 {
		return Separators{Cell: "\t"}, s
	}
	if by, s := oneLine(text); s > 0 {
		return by, s
	}
	best := 0.0
	for _, c := range []string{";", "|", ","} {
		s := consistency(text, Separators{Cell: c}, comments)
		if s > best && s >= 0.8 {
			by, best = Separators{Cell: c}, s
		}
	}
	plain, first := pasted(text, comments)
	if first == 1 && (best < 1 || by.Cell == "," && !strings.Contains(text, `"`)) {
		return plain, first
	}
	if best > 0 {
		return by, best
	}
	if first >= 0.8 {
		return plain, first
	}
	for _, c := range []string{";", ",", ":", "|"} { // text with separators in the answers
		if s := consistency(text, Separators{Cell: c, Plain: true}, comments); s >= 0.9 {
			return Separators{Cell: c, Plain: true}, s
		}
	}
	if s := consistency(text, Separators{Cell: "\t"}, comments); s > 0.2 {
		return Separators{Cell: "\t"}, s
	}
	return Separators{}, 0
}

// pastedCells are what people put between a term and its meaning, and Quizlet lets
// them choose; the longest first.
var pastedCells = []string{" ---- ", "----", "---", " -- ", " => ", "=>", " -> ", "->", " :: ", "::", " – ", " — ", " - ", " = ", " | ", "\t", " : ", ": "}

// pasted finds separators of more than one letter.
func pasted(text string, comments bool) (by Separators, share float64) {
	for _, c := range pastedCells {
		s := consistency(text, Separators{Cell: c, Plain: true}, comments)
		if s > share {
			by, share = Separators{Cell: c, Plain: true}, s
		}
	}
	return by, share
}

// oneLine finds the separators of a set that stands in one line, or whose rows end
// with a mark of their own because its texts have line breaks: "hund,dog;katt,cat".
func oneLine(text string) (by Separators, share float64) {
	lines := strings.Count(strings.TrimSpace(text), "\n") + 1
	for _, row := range []string{"/////", "||||", "####", "\n\n", ";"} {
		n := strings.Count(strings.TrimSpace(text), row)
		if n == 0 || row == ";" && lines > 1 || row == "\n\n" && n*2+1 > lines {
			continue
		}
		for _, cell := range append([]string{"\t", ","}, pastedCells...) {
			by := Separators{Cell: cell, Row: row, Plain: true}
			if row != "\n\n" && consistency(text, by, false) == 1 {
				return by, 1
			}
			if row == "\n\n" && cell == "\t" && consistency(text, by, false) == 1 && consistency(text, Separators{Cell: cell}, false) < 1 {
				return by, 1
			}
		}
	}
	return Separators{}, 0
}

// consistency is the share of the first rows that have the commonest number of cells,
// if that is two or more; else 0.
func consistency(text string, by Separators, comments bool) float64 {
	counts := map[int]int{}
	n := 0
	for row := range Rows(text, by, comments) {
		if n++; n > mostSample {
			break
		}
		counts[cellCount(row.Cells)]++
	}
	best := 0
	for cells, times := range counts {
		if cells >= 2 {
			best = max(best, times)
		}
	}
	if best == 0 {
		return 0
	}
	return float64(best) / float64(min(n, mostSample))
}

// cellCount is the number of cells, where a row of which only the first has letters
// counts as one: prose that ends in a comma is no table.
func cellCount(cells []string) int {
	if len(cells) >= 2 && blank(cells[1:]) && strings.TrimSpace(cells[0]) != "" && len(cells) == 2 {
		return 1
	}
	return len(cells)
}
