// Package help proposes what helps with a card that is forgotten again and again.
//
//	Side      a question and its answer, both plain text
//	Split     a list taken apart: one question for each item, with the others shown
//	Contrast  two cards that are taken for one another, asked side by side
//	Before    the sentence that stands before another one in a text
//
// Everything is pure. It follows the twenty rules of formulating knowledge (P. A.
// Wozniak, 1999): sets and enumerations are hard to keep, and what is alike has to be
// told apart by a question of its own.
package help

import (
	"regexp"
	"strings"

	"recto/cards"
	"recto/cards/english"
)

// Side is a question and its answer.
type Side struct{ Front, Back string }

// The fewest and the most items of a list that is taken apart.
const (
	fewestItems = 2
	mostItems   = 12
)

// longestItem is the longest item of a list, in bytes: what is longer is a sentence.
const longestItem = 80

var lastComma = regexp.MustCompile(`,? (?:and|or|&) `)

// Split is one question for each item of an answer that is a list; none for others.
// Lines and semicolons part any list, commas one of three items or more, and "and" the
// last two. Numbers and bullets before an item are left out.
func Split(front, back string) []Side {
	items := itemsOf(back)
	if len(items) < fewestItems || len(items) > mostItems {
		return nil
	}
	sides := make([]Side, len(items))
	for i, item := range items {
		if len(item) > longestItem {
			return nil
		}
		shown := append([]string(nil), items...)
		shown[i] = "____"
		sides[i] = Side{Front: front + "\n" + strings.Join(shown, ", "), Back: item}
	}
	return sides
}

var bullet = regexp.MustCompile(`^(?:[-*•–]|\(?\d{1,2}[.)])\s+`)

func itemsOf(back string) []string {
	back = strings.TrimSpace(back)
	var parts []string
	switch {
	case strings.Contains(back, "\n"):
		parts = strings.Split(back, "\n")
	case strings.Contains(back, ";"):
		parts = strings.Split(back, ";")
	default:
		at := lastComma.FindAllStringIndex(back, -1)
		if len(at) > 0 {
			last := at[len(at)-1]
			back = back[:last[0]] + ", " + back[last[1]:]
		}
		if parts = strings.Split(back, ", "); len(parts) < 3 {
			return nil
		}
	}
	var items []string
	seen := map[string]bool{}
	for _, p := range parts {
		p = strings.TrimSpace(bullet.ReplaceAllString(strings.TrimSpace(p), ""))
		if p == "" || seen[strings.ToLower(p)] {
			continue
		}
		seen[strings.ToLower(p)] = true
		items = append(items, p)
	}
	return items
}

// Contrast asks two cards side by side. It is the zero Side where their answers are the
// same, for then there is nothing to be told apart.
func Contrast(a, b Side) Side {
	if strings.EqualFold(strings.TrimSpace(a.Back), strings.TrimSpace(b.Back)) {
		return Side{}
	}
	return Side{
		Front: "Tell them apart: " + a.Back + " or " + b.Back + "?\n" + a.Front + "\n" + b.Front,
		Back:  a.Front + " " + a.Back + "\n" + b.Front + " " + b.Back,
	}
}

// window is how much of a text is looked at before a sentence, in bytes.
const window = 2000

// Before is the sentence that stands right before a span of a text, in its paragraph;
// "" for none.
func Before(text string, at cards.Span) string {
	if at.Start <= 0 || at.Start > len(text) {
		return ""
	}
	before := text[:at.Start]
	if n := strings.LastIndex(before, "\n\n"); n >= 0 {
		before = before[n+2:]
	}
	cut := 0
	if len(before) > window {
		cut = len(before) - window
	}
	before = strings.ToValidUTF8(before[cut:], "")
	sentences := english.Split(before)
	if len(sentences) == 0 || cut > 0 && len(sentences) == 1 {
		return ""
	}
	last := sentences[len(sentences)-1]
	return strings.Join(strings.Fields(before[last.Start:last.End]), " ")
}
