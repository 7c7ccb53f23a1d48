// Package starter holds the article that a new account finds turned into a deck:
// Japan and Russia from 1956 to 2024, written for Recto from public documents.
package starter

import (
	_ "embed"
	"fmt"

	"recto/cards"
	"recto/cards/article"
)

//go:embed starter.md
var text string

// Article reads the starter article.
func Article() (cards.Article, error) {
	a, err := article.Read("starter.md", []byte(text))
	if err != nil {
		return cards.Article{}, fmt.Errorf("starter: read the article: %w", err)
	}
	return a, nil
}
