package article_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"recto/cards/article"
)

// TestReadingIsStopped: whatever is read, it ends when nobody waits any more, with
// that as its error.
func TestReadingIsStopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for what, data := range map[string][]byte{
		"a text":          []byte(lamp),
		"a page":          []byte("<html><body><p>" + lamp + "</p></body></html>"),
		"a book":          bookOf(t, []string{"<p>" + lamp + "</p>"}),
		"a Word document": wordOf(t, paragraph("", lamp)),
		"a long document": wordOf(t, strings.Repeat(paragraph("", lamp), 2000)),
		"a PDF":           []byte("%PDF-1.4\n" + lamp),
	} {
		if _, err := (article.Source{}).ReadContext(ctx, data); !errors.Is(err, context.Canceled) {
			t.Errorf("reading %s that nobody waits for gives %v, want %v", what, err, context.Canceled)
		}
	}
}
