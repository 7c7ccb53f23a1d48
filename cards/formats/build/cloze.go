package build

import (
	"slices"
	"strings"

	"recto/cards/formats"
)

// Ordinals says which cards a note has, as Anki does: of a cloze type one for each
// number in its fields, or the first if there is none; of others one for each
// template whose front shows at least one field that is not empty, or the first.
func Ordinals(t formats.NoteType, fields []string) []int {
	var out []int
	if t.Cloze {
		for _, f := range fields {
			out = append(out, ClozeNumbers(f)...)
		}
		for i := range out {
			out[i]--
		}
		slices.Sort(out)
		out = slices.Compact(out)
	} else {
		filled := map[string]bool{"Card": true, "CardFlag": true, "CardID": true, "Deck": true, "Subdeck": true, "Type": true}
		for i, f := range t.Fields {
			if i < len(fields) {
				filled[f.Name] = Bare(fields[i]) != ""
			}
		}
		for i, tmpl := range t.Templates {
			if shows(tmpl.Front, filled) {
				out = append(out, i)
			}
		}
	}
	if len(out) == 0 {
		return []int{0}
	}
	return out
}

// ClozeNumbers are the numbers of {{c1::...}} in a field, from 1 to 500, in order of
// appearance; "{{c1,2::" has two.
func ClozeNumbers(field string) []int {
	var out []int
	for {
		i := strings.Index(field, "{{c")
		if i < 0 {
			return out
		}
		field = field[i+3:]
		digits, _, found := strings.Cut(field[:min(len(field), 64)], "::")
		if !found {
			continue
		}
		for d := range strings.SplitSeq(digits, ",") {
			if n := number(d); n > 0 {
				out = append(out, min(n, 500))
			}
		}
	}
}

func number(digits string) int {
	if digits == "" || len(digits) > 6 {
		return 0
	}
	n := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// shows reports whether a front shows a field that is filled, through the conditions
// around it.
func shows(front string, filled map[string]bool) bool {
	hidden := 0 // conditions that are not met around this place
	var open []bool
	for {
		i := strings.Index(front, "{{")
		if i < 0 {
			return false
		}
		tag, rest, closed := strings.Cut(front[i+2:], "}}")
		if !closed {
			return false
		}
		front = rest
		tag = strings.TrimSpace(tag)
		switch {
		case strings.HasPrefix(tag, "#"), strings.HasPrefix(tag, "^"):
			met := filled[strings.TrimSpace(tag[1:])] == (tag[0] == '#')
			open = append(open, met)
			if !met {
				hidden++
			}
		case strings.HasPrefix(tag, "/"):
			if len(open) > 0 {
				if !open[len(open)-1] {
					hidden--
				}
				open = open[:len(open)-1]
			}
		case hidden == 0 && filled[strings.TrimSpace(tag[strings.LastIndexByte(tag, ':')+1:])]:
			return true
		}
	}
}
