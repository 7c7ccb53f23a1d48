package english

import (
	"strings"

	"recto/cards/english/tag"
)

// LemmaByRule returns the dictionary form of a word by the rules of inflection
// alone. The lemmatizer of a Model starts from it and knows where it errs.
func LemmaByRule(form string, t tag.Tag) string {
	switch t.XPOS {
	case "NNPS":
		return Singular(form)
	case "NNP":
		return form
	case "NNS":
		return Singular(strings.ToLower(form))
	case "VBD", "VBN", "VBG", "VBZ":
		return Base(strings.ToLower(form))
	}
	if form == "I" {
		return form
	}
	return strings.ToLower(form)
}

// Normalise returns a form as the model sees it: quotes straight, soft hyphens
// gone. It is the Norm of a Token.
func Normalise(form string) string { return normalise(form) }
