package render

import (
	"html"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// typedMark is where an answer is typed, or on the back compared. It is text, so
// that the filter "text" leaves it.
const (
	typedMark    = "[[card:typed]]"
	typedElement = "<card-typed></card-typed>"
)

// typing is the place of an answer that is to be typed. The first one on the front
// is asked for; a field that is empty asks for nothing.
func (c *context) typing(field, kind string) string {
	if c.question {
		if c.typed != nil {
			return ""
		}
		value := c.fields[field]
		if kind == "cloze" {
			value = clozeTyped(value, c.ordinal+1)
		}
		expected := strings.Join(strings.Fields(Plain(withoutSounds(value))), " ")
		if expected == "" {
			return ""
		}
		c.typed = &Typing{Field: field, Expected: expected, IgnoreMarks: kind == "nc"}
		return typedMark
	}
	if c.typed == nil {
		return ""
	}
	return typedMark
}

// clozeTyped is what is to be typed into the gaps of a number: once if all are the
// same.
func clozeTyped(text string, number int) string {
	answers := clozeAnswers(text, number, false)
	if unique := slices.Compact(slices.Clone(answers)); len(unique) == 1 {
		return unique[0]
	}
	return strings.Join(answers, ", ")
}

// compare shows what was typed above what was expected, as HTML; only the latter if
// nothing was typed.
func (t *Typing) compare(typed string) string {
	typed = strings.Join(strings.Fields(norm.NFC.String(typed)), " ")
	expected := norm.NFC.String(t.Expected)
	if typed == "" {
		return `<code class="card-typed">` + html.EscapeString(expected) + `</code>`
	}
	got, want := letters(typed), letters(expected)
	if len(got)*len(want) > 1<<20 {
		return `<code class="card-typed"><span class="card-bad">` + html.EscapeString(typed) + `</span><br>↓<br><span class="card-missed">` + html.EscapeString(expected) + `</span></code>`
	}
	goodGot, goodWant := common(got, want, t.IgnoreMarks)
	if !slices.Contains(goodGot, false) && !slices.Contains(goodWant, false) {
		return `<code class="card-typed"><span class="card-good">` + html.EscapeString(expected) + `</span></code>`
	}
	return `<code class="card-typed">` + runs(got, goodGot, "card-bad") + "<br>↓<br>" + runs(want, goodWant, "card-missed") + `</code>`
}

// letters cuts a text into characters with their combining marks.
func letters(s string) []string {
	var out []string
	var it norm.Iter
	for it.InitString(norm.NFC, s); !it.Done(); {
		out = append(out, string(it.Next()))
	}
	return out
}

// common marks the letters of a longest common subsequence of a and b.
func common(a, b []string, ignoreMarks bool) (inA, inB []bool) {
	if ignoreMarks {
		a, b = bases(a), bases(b)
	}
	lengths := make([][]int32, len(a)+1) // of the rest from i and j
	for i := range lengths {
		lengths[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			} else {
				lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			}
		}
	}
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i++
			j++
		case lengths[i+1][j] >= lengths[i][j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}

// bases are letters without their marks.
func bases(letters []string) []string {
	out := make([]string, len(letters))
	for i, l := range letters {
		for _, r := range norm.NFD.String(l) {
			out[i] = string(r)
			break
		}
	}
	return out
}

// runs writes letters, the good ones and the others in elements of a class.
func runs(letters []string, good []bool, otherwise string) string {
	var b strings.Builder
	for i := 0; i < len(letters); {
		j := i
		for j < len(letters) && good[j] == good[i] {
			j++
		}
		class := otherwise
		if good[i] {
			class = "card-good"
		}
		b.WriteString(`<span class="` + class + `">` + html.EscapeString(strings.Join(letters[i:j], "")) + `</span>`)
		i = j
	}
	return b.String()
}
