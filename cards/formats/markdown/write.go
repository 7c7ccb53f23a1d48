package markdown

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	htmltomarkdown "github.com/JohannesKaufmann/html-to-markdown/v2"
	"golang.org/x/net/html"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

// write writes a Draft, a heading for each deck and below it its cards.
func write(ctx context.Context, w io.Writer, d *formats.Draft) ([]formats.Trouble, error) {
	out := bufio.NewWriter(w)
	var empty, both, tagged int
	decks := make([][]int, len(d.Decks)) // the notes of each
	seen := make([]bool, len(d.Notes))
	for _, c := range d.Cards {
		if !seen[c.Note] {
			seen[c.Note] = true
			decks[c.Deck] = append(decks[c.Deck], c.Note)
		}
	}
	for deck, notes := range decks {
		if len(notes) == 0 {
			continue
		}
		fmt.Fprintf(out, "# %s\n\n", d.Decks[deck].Name)
		for i, note := range notes {
			if i&255 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			n, t := &d.Notes[note], &d.NoteTypes[d.Notes[note].Type]
			text, ok := card(n, t)
			if !ok {
				empty++
				continue
			}
			if len(t.Templates) > 1 {
				both++
			}
			tagged += min(len(n.Tags), 1)
			fmt.Fprintf(out, "%s\n\n", text)
		}
		fmt.Fprint(out, "---\n\n")
	}
	return losses(empty, both, tagged), out.Flush()
}

func losses(empty, both, tagged int) []formats.Trouble {
	var all []formats.Trouble
	if empty > 0 {
		all = append(all, formats.Trouble{Sentence: itoa(empty) + " notes without a front, a back or a gap were left out", Skipped: true})
	}
	if both > 0 {
		all = append(all, formats.Trouble{Sentence: itoa(both) + " notes that ask in several ways are written once"})
	}
	if tagged > 0 {
		all = append(all, formats.Trouble{Sentence: "the tags of " + itoa(tagged) + " notes were left out"})
	}
	return all
}

// card is one note in Markdown.
func card(n *formats.Note, t *formats.NoteType) (text string, ok bool) {
	if len(n.Fields) == 0 {
		return "", false
	}
	front := n.Fields[0]
	if t.Cloze {
		numbers := build.ClozeNumbers(front)
		if len(numbers) == 0 {
			return "", false
		}
		text := fromHTML(front, simple(front, numbers))
		return "C: " + text, text != ""
	}
	front = fromHTML(front, false)
	var back []string
	for _, f := range n.Fields[1:] {
		if f = fromHTML(f, false); f != "" {
			back = append(back, f)
		}
	}
	if front == "" || len(back) == 0 {
		return "", false
	}
	answer := strings.Join(back, "\n\n")
	if len(back) > 1 || strings.Contains(answer, "\n") {
		return "Q: " + front + "\nA:\n\n" + answer, true
	}
	return "Q: " + front + "\nA: " + answer, true
}

// ankiGap is a gap without others in it.
var ankiGap = regexp.MustCompile(`\{\{c(\d+)::((?:[^{}:]|:[^{}:])+)\}\}`)

// likeLink is what would make a picture or a link of a gap in brackets.
var likeLink = regexp.MustCompile(`!\s*\{\{c|\}\}\s*[(\[:]|\[|\]`)

// simple reports whether gaps can stand in brackets: numbered from 1 in order, with
// no hints, and none in another.
func simple(front string, numbers []int) bool {
	if len(ankiGap.FindAllString(front, -1)) != len(numbers) || likeLink.MatchString(build.Bare(front)) {
		return false
	}
	for i, n := range numbers {
		if n != i+1 {
			return false
		}
	}
	return true
}

// tex is mathematics as Anki has it, sounds, and the marks of gaps.
var tex = regexp.MustCompile(`(?s)\\\(.+?\\\)|\\\[.+?\\\]|\[\$\$?\].+?\[/\$\$?\]|\[sound:[^\]\n]+\]|\{\{c[\d,]+::|\}\}|::`)

// fromHTML is the Markdown of a field; with inBrackets its gaps stand in brackets.
func fromHTML(field string, inBrackets bool) string {
	var p pieces
	keep := func(text string) string { return p.hold(text, text) }
	gaps := strings.Contains(field, "{{c")
	text := tex.ReplaceAllStringFunc(plainMarks(field), func(m string) string {
		switch {
		case strings.HasPrefix(m, "{{c") && inBrackets:
			return keep("[")
		case m == "}}" && inBrackets:
			return keep("]")
		case m == "}}" && !gaps, m == "::" && !gaps:
			return m
		case strings.HasPrefix(m, `\(`):
			return keep("$" + strings.TrimSpace(plainTeX(m[2:len(m)-2])) + "$")
		case strings.HasPrefix(m, `\[`):
			return keep("$$" + plainTeX(m[2:len(m)-2]) + "$$")
		case strings.HasPrefix(m, "[$$]"):
			return keep("$$" + plainTeX(m[4:len(m)-5]) + "$$")
		case strings.HasPrefix(m, "[$]"):
			return keep("$" + strings.TrimSpace(plainTeX(m[3:len(m)-4])) + "$")
		}
		return keep(m)
	})
	if strings.ContainsAny(text, "<&*_`#[\\-+.>=~|") {
		if md, err := htmltomarkdown.ConvertString(text); err == nil {
			text = md
		}
	}
	text = p.giveBack(strings.ReplaceAll(text, "$", `\$`))
	return unmarked(strings.TrimSpace(text))
}

func plainTeX(s string) string {
	return html.UnescapeString(strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "<div>", "\n", "</div>", "", "&nbsp;", " ").Replace(s))
}

// blockMark is what begins a note for Obsidian_to_Anki.
var blockMark = regexp.MustCompile(`^\s*START\s*$|STARTI\s*\[`)

// unmarked changes what would begin another card, or make the file one of another program.
func unmarked(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		switch {
		case strings.TrimSpace(l) == "---":
			lines[i] = "***"
		case len(l) >= 2 && l[1] == ':' && strings.ContainsRune("QAC", rune(l[0])):
			lines[i] = "&#" + itoa(int(l[0])) + ";" + l[1:]
		}
		for _, mark := range []*regexp.Regexp{cardMark, flashTag, blockMark} {
			lines[i] = mark.ReplaceAllStringFunc(lines[i], func(m string) string {
				at := strings.IndexAny(m, "#[S")
				return m[:at] + "&#" + itoa(int(m[at])) + ";" + m[at+1:]
			})
		}
	}
	return strings.Join(lines, "\n")
}
