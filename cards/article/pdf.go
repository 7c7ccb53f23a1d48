package article

import (
	"bytes"

	"recto/cards"
)

func isPDF(data []byte) bool {
	return bytes.HasPrefix(data, []byte("%PDF-"))
}

func readPDF(data []byte, limit int) (cards.Article, error) {
	return cards.Article{}, ErrFormat{"a PDF", copyOut}
}
