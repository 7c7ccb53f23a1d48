package store

import (
	"strings"

	"recto/cards/search"
)

// endOfText stands in cards.folded between the text of a card and its tags, and around
// each of them: "the text\x1fverb\x1flatin::noun\x1f".
const endOfText = "\x1f"

// folds are texts in the form in which they are searched. The cards of a note have most
// of their text in common.
type folds map[string]string

func (f folds) of(text string) string {
	folded, known := f[text]
	if !known {
		folded = search.Fold(text)
		f[text] = folded
	}
	return folded
}

// text is what a card is searched in: its two sides, the fields of its note that are not
// on them, and its tags.
func (f folds) text(front, back string, values, tags []string) string {
	text := f.of(front) + "\n" + f.of(back)
	for _, v := range values {
		if v == front || v == back {
			continue
		}
		if field := f.of(plain(v)); !strings.Contains(text, field) {
			text += "\n" + field
		}
	}
	return strings.ReplaceAll(text, endOfText, " ") + f.tags(tags)
}

// tags is the part of cards.folded that tags make.
func (f folds) tags(tags []string) string {
	var b strings.Builder
	b.WriteString(endOfText)
	for _, t := range tags {
		b.WriteString(f.of(t) + endOfText)
	}
	return b.String()
}
