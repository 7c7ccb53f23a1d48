package article_test

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
)

// TestInitials: a capital with a full stop is an initial unless the lines around
// make it the mark of a list.
func TestInitials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		kind cards.BlockKind
		want string
	}{
		{"J. R. R. Tolkien wrote The Hobbit in 1937.\n\nIt was read by many.", cards.Paragraph, "J. R. R."},
		{"W. Hale built the mill in 1780.\nIt ground wheat.", cards.Paragraph, "W. Hale"},
		{"A. The mill was built in 1780.\nB. It ground wheat.", cards.ListItem, "The mill"},
		{"A) The mill was built in 1780.\n\nIt ground wheat.", cards.ListItem, "The mill"},
		{"a. the mill was built in 1780.\n\nIt ground wheat.", cards.ListItem, "the mill"},
	} {
		b := article.Plain(c.text).Blocks[0]
		if got := b.Span.Of(c.text); b.Kind != c.kind || !strings.HasPrefix(got, c.want) {
			t.Errorf("%q begins with a %s %q, want a %s %q", c.text, b.Kind, got, c.kind, c.want)
		}
	}
}
