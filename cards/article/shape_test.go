package article_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/article"
)

// checkShape holds an article to what every reader of articles relies on.
func checkShape(t *testing.T, a cards.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Fatalf("the text is not valid UTF-8: %q", a.Text)
	}
	if at := strings.IndexFunc(a.Text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u00ad' || r == '\ufeff'
	}); at >= 0 {
		t.Fatalf("the text has a character that nobody sees at byte %d: %q", at, a.Text)
	}
	end := 0
	for i, b := range a.Blocks {
		if b.Span.Start < end || b.Span.End <= b.Span.Start || b.Span.End > len(a.Text) {
			t.Fatalf("block %d is %v, after byte %d of %d", i, b.Span, end, len(a.Text))
		}
		end = b.Span.End
		text := b.Span.Of(a.Text)
		if !utf8.ValidString(text) || strings.TrimSpace(text) != text {
			t.Fatalf("block %d is cut badly: %q", i, text)
		}
		if (b.Kind == cards.Heading) != (b.Level > 0) || b.Level > 6 {
			t.Fatalf("block %d is a %s of level %d", i, b.Kind, b.Level)
		}
	}
	if again := article.Plain(a.Text); again.Text != a.Text {
		t.Fatalf("read again as plain text, the text changes from %q to %q", a.Text, again.Text)
	}
}

func FuzzRead(f *testing.F) {
	pages, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, page := range pages {
		data, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(page), data)
	}
	for _, s := range []string{
		"", "\xef\xbb\xbfOne.\r\n\r\nTwo.\x00", "\xff\xfeO\x00n\x00e\x00", "# A\n\n- b\n\n  c\n", "A\n===\n> b\n> c\n\td\te\tf\n",
		"<p>a<sup>2</sup><table><tr><td>b<td>c</table>", "<ul><li><h2>a</h2><br><br>b", "> \n- \n1. \n# \n", "a\u2028b\u00a0\u00adc\u202ed",
		"---\ntitle: x\n---\n[^1]: y", "References\n[1] x\n", "<pre>a\n\n b</pre>", "~~~\n<b>x</b>\n", "<blockquote>a<aside>b</blockquote>",
	} {
		f.Add(".txt", []byte(s))
		f.Add(".md", []byte(s))
		f.Add(".html", []byte(s))
		f.Add("", []byte(s))
	}
	f.Fuzz(func(t *testing.T, ext string, data []byte) {
		a, err := article.Read("page"+ext, data)
		if err != nil {
			if s := err.Error(); !strings.HasSuffix(s, ".") || s[0] < 'A' || s[0] > 'Z' {
				t.Fatalf("Read says %q", err)
			}
			return
		}
		checkShape(t, a)
		if a.Title == "" || !utf8.ValidString(a.Title) {
			t.Fatalf("Title = %q", a.Title)
		}
		if utf8.Valid(data) {
			checkShape(t, article.Plain(string(data)))
		}
	})
}
