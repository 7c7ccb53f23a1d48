package render

import (
	"crypto/sha1" // #nosec G505 -- Anki names the pictures of formulas so
	"encoding/hex"
	"html"
	"strings"
)

type latexMark struct{ open, close, before, after string }

// latexMarks are the marks around formulas of LaTeX, and what Anki puts around what
// is between them.
var latexMarks = []latexMark{
	{"[latex]", "[/latex]", "", ""},
	{"[$$]", "[/$$]", `\begin{displaymath}`, `\end{displaymath}`},
	{"[$]", "[/$]", "$", "$"},
}

// latex shows the picture of a formula where the deck brought one, which is named by
// the formula. Others get the marks that MathJax looks for: "\(" or "\[".
func (c *cleaner) latex(text string) string {
	if !strings.Contains(text, "[latex]") && !strings.Contains(text, "[$") {
		return text
	}
	for _, m := range latexMarks {
		var b strings.Builder
		for {
			before, rest, opened := strings.Cut(text, m.open)
			b.WriteString(before)
			if !opened {
				break
			}
			formula, after, closed := strings.Cut(rest, m.close)
			if !closed {
				b.WriteString(m.open + rest)
				break
			}
			if name := c.latexPicture(m.before + latexText(formula) + m.after); name != "" {
				b.WriteString(`<img class="latex" src="` + name + `" alt="` + html.EscapeString(latexText(formula)) + `">`)
			} else {
				b.WriteString(html.EscapeString(m.math(strings.TrimSpace(latexText(formula)))))
			}
			text = after
		}
		text = b.String()
	}
	return text
}

// math is a formula with MathJax's marks around it. What stands in [latex] is a piece
// of a document: a formula in dollars, an environment, or text with formulas in it.
func (m latexMark) math(formula string) string {
	display := func(s string) string { return `\[` + s + `\]` }
	switch {
	case m.open == "[$$]":
		return display(formula)
	case m.open == "[$]":
		return `\(` + formula + `\)`
	case strings.Contains(formula, `\(`) || strings.Contains(formula, `\[`):
		return formula
	}
	for _, around := range [][2]string{{"$$", "$$"}, {`\begin{displaymath}`, `\end{displaymath}`}, {`\begin{equation*}`, `\end{equation*}`}} {
		inner, begins := strings.CutPrefix(formula, around[0])
		inner, ends := strings.CutSuffix(inner, around[1])
		if begins && ends && !strings.Contains(inner, around[0]) {
			return display(inner)
		}
	}
	if strings.HasPrefix(formula, `\begin{`) {
		return display(formula)
	}
	var b strings.Builder
	for {
		before, rest, opened := strings.Cut(formula, "$")
		inner, after, closed := strings.Cut(rest, "$")
		if !opened || !closed {
			b.WriteString(formula)
			return b.String()
		}
		b.WriteString(before + `\(` + inner + `\)`)
		formula = after
	}
}

// latexText is a formula without the HTML that it was written in.
func latexText(formula string) string {
	formula = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "</div>", "\n").Replace(formula)
	return stripTags(formula)
}

func (c *cleaner) latexPicture(formula string) string {
	sum := sha1.Sum([]byte(formula)) // #nosec G401
	if c.o.Media == nil {
		return ""
	}
	for _, ending := range []string{".svg", ".png"} {
		if name := "latex-" + hex.EncodeToString(sum[:]) + ending; c.o.Media(name) != "" {
			return name
		}
	}
	return ""
}
