package store

import (
	"strings"

	"recto/cards/search"
)

// endOfText stands in cards.folded between the text of a card and its tags, and around
// each of them: "the text\x1fverb\x1flatin::noun\x1f".
const endOfText = "\x1f"

// foldedText is what a card is searched in: its two sides, the fields of its note that
// are not on them, and its tags.
func foldedText(front, back string, values, tags []string) string {
	text := search.Fold(front) + "\n" + search.Fold(back)
	for _, v := range values {
		if v == front || v == back {
			continue
		}
		if f := search.Fold(plain(v)); !strings.Contains(text, f) {
			text += "\n" + f
		}
	}
	return strings.ReplaceAll(text, endOfText, " ") + foldedTags(tags)
}

// foldedTags is the part of cards.folded that tags make.
func foldedTags(tags []string) string {
	var b strings.Builder
	b.WriteString(endOfText)
	for _, t := range tags {
		b.WriteString(search.Fold(t) + endOfText)
	}
	return b.String()
}
