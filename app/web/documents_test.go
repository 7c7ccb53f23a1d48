package web

import (
	"os"
	"path/filepath"
	"testing"
)

// TestDocument: a PDF that is uploaded lies on the desk as its reader meets it.
func TestDocument(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	data, err := os.ReadFile(filepath.Join("..", "..", "cards", "article", "testdata", "paper.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	desk := ada.upload("/articles", "file", "paper.pdf", data, nil).want(t, "a PDF", 303).location()
	ada.get(desk).want(t, "the desk", 200, "The Lime Kilns of Arden Bay", "a well-known engineer, ")
	ada.upload("/articles", "file", "paper.pdf", data[:900], nil).want(t, "a PDF cut short", 422, "damaged")
	ada.upload("/articles", "file", "book.epub", []byte("PK\x03\x04mimetypeapplication/epub+zip"), nil).want(t, "a book cut short", 422, "damaged")
}
