package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"recto/cards"
)

// identify is the ID of a proposal: it depends on the article's text, the family
// and the answer's span alone, so that generating again proposes the same cards.
func identify(article, family string, answer cards.Span) string {
	return digest(article, family, answer)
}

// identifyNote is the Sibling of proposals that are asked of the same words.
func identifyNote(article string, sentence cards.Span) string {
	return digest(article, "note", sentence)
}

func digest(article, what string, s cards.Span) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d-%d", article, what, s.Start, s.End))
	return hex.EncodeToString(sum[:8])
}
