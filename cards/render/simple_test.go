package render

import (
	"html"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// slowly is Plain by the tokenizer alone.
func slowly(document string) string {
	var w plainWriter
	z := nethtml.NewTokenizer(strings.NewReader(document))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return w.out.String()
		case nethtml.TextToken:
			if w.skip == 0 {
				w.text(html.UnescapeString(string(z.Raw())))
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			w.tag(z, true)
		case nethtml.EndTagToken:
			w.tag(z, false)
		}
	}
}

var simpleSeeds = []string{
	"", "a", "a &amp; b", "<b>a</b> c", "a<br>b<br/>c<BR />", `<img src="a>b">x`, `<a href='x'>y</a>`, "<p>a<p>b", "1 < 2 > 3", "<", "a<", "<>", "</>", "< b>",
	"<!-- x -->y", "<script>a</script>b", "<style>a</style>b", "<b", "<b <i>x", "<td>a<td>b", "<title>a</title>", "<b/c>x", "<b\nc>x", "<!doctype html>", "<?php ?>x",
	"<textarea><b></textarea>", "&lt;b&gt;", "a&nbsp;b", "<h1>a</h1>b", "<x-y>z", "\x00", "<b\x00>a", "<a b=c>d", `<a b="c>d`, "</b foo>x",
}

func TestSimpleIsWhatTheTokenizerSays(t *testing.T) {
	for _, s := range simpleSeeds {
		if got, want := Plain(s), slowly(s); got != want {
			t.Errorf("Plain(%q) = %q, and the tokenizer says %q", s, got, want)
		}
	}
	told := 0
	if !Simple("<b>a</b>&amp;<br>", func(string) { told++ }, func(a atom.Atom, _ bool) { told++ }) || told != 5 {
		t.Errorf("%d parts are told, want 5", told)
	}
}

func FuzzSimple(f *testing.F) {
	for _, s := range simpleSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Plain(s), slowly(s); got != want {
			t.Errorf("Plain(%q) = %q, and the tokenizer says %q", s, got, want)
		}
	})
}
