package article_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
)

// shared reads a file of the reference data, which lies outside the repository.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if os.IsNotExist(err) {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has %s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestReferenceArticle: the text stays as it is; its eight paragraphs are kept, and
// the footnotes, links and notices below them are furniture.
func TestReferenceArticle(t *testing.T) {
	data := shared(t, "data/article/article.txt")
	for _, name := range []string{"article.txt", "-", ""} {
		a, err := article.Read(name, data)
		if err != nil {
			t.Fatal(err)
		}
		if a.Text != string(data) {
			t.Errorf("named %q: the text is not the file's own", name)
		}
		if a.Language != "en" {
			t.Errorf("named %q: Language = %q, want en", name, a.Language)
		}
		lines := strings.Split(strings.TrimRight(a.Text, "\n"), "\n")
		if len(a.Blocks) != len(lines) {
			t.Fatalf("named %q: %d blocks, want one for each of %d lines", name, len(a.Blocks), len(lines))
		}
		for i, b := range a.Blocks {
			want := cards.Furniture
			if i < 8 {
				want = cards.Paragraph
			}
			if b.Kind != want || b.Span.Of(a.Text) != lines[i] {
				t.Errorf("named %q: block %d is a %s, want a %s: %.60q", name, i+1, b.Kind, want, b.Span.Of(a.Text))
			}
		}
	}
}
