package render

import (
	"crypto/sha1" // #nosec G505 -- Anki names the pictures of formulas so
	"encoding/hex"
	"html"
	"strings"
)

// latexMarks are the marks around formulas of LaTeX, and what Anki puts around what
// is between them.
var latexMarks = []struct{ open, close, before, after string }{
	{"[latex]", "[/latex]", "", ""},
	{"[$$]", "[/$$]", `\begin{displaymath}`, `\end{displaymath}`},
	{"[$]", "[/$]", "$", "$"},
}

// latex shows the picture of a formula where the deck brought one, which is named by
// the formula. Others stay as they are, for a script that knows how to draw them.
func (c *cleaner) latex(text string) string {
	if c.o.Media == nil || !strings.Contains(text, "[latex]") && !strings.Contains(text, "[$") {
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
				b.WriteString(m.open + formula + m.close)
			}
			text = after
		}
		text = b.String()
	}
	return text
}

// latexText is a formula without the HTML that it was written in.
func latexText(formula string) string {
	formula = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "</div>", "\n").Replace(formula)
	return stripTags(formula)
}

func (c *cleaner) latexPicture(formula string) string {
	sum := sha1.Sum([]byte(formula)) // #nosec G401
	for _, ending := range []string{".svg", ".png"} {
		if name := "latex-" + hex.EncodeToString(sum[:]) + ending; c.o.Media(name) != "" {
			return name
		}
	}
	return ""
}
