package article_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"recto/cards/article"
)

const prose = "The café on the harbour opened on 3 May 1921. It was the first house of the town that had electric light, and its owner – a retired pilot – kept a list of the ships he could see."

func utf16Bytes(order binary.AppendByteOrder, text string, mark bool) []byte {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

func windows1252(t *testing.T, text string) []byte {
	t.Helper()
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestEncodings: one text, written in many ways, is always the same text.
func TestEncodings(t *testing.T) {
	t.Parallel()
	page := `<html><head><meta charset="windows-1252"></head><body><p>` + prose + "</p></body></html>"
	for _, c := range []struct {
		how  string
		s    article.Source
		data []byte
	}{
		{"UTF-8", article.Source{}, []byte(prose)},
		{"UTF-8 with a mark", article.Source{}, []byte("\xef\xbb\xbf" + prose)},
		{"UTF-16, little end first", article.Source{}, utf16Bytes(binary.LittleEndian, prose, true)},
		{"UTF-16, big end first", article.Source{}, utf16Bytes(binary.BigEndian, prose, true)},
		{"UTF-16 without a mark", article.Source{}, utf16Bytes(binary.LittleEndian, prose, false)},
		{"UTF-16 without a mark, big end first", article.Source{}, utf16Bytes(binary.BigEndian, prose, false)},
		{"Windows-1252", article.Source{}, windows1252(t, prose)},
		{"Windows-1252, as the page says", article.Source{}, windows1252(t, page)},
		{"Windows-1252, as the server says", article.Source{ContentType: "text/plain; charset=windows-1252"}, windows1252(t, prose)},
		{"UTF-8 although the page says otherwise", article.Source{}, []byte(page)},
		{"with control characters, soft hyphens and marks of direction", article.Source{}, []byte("\u202aThe ca\u00adfé\x00" + prose[len("The café"):] + "\u200b\ufeff\u2066")},
	} {
		a, err := c.s.Read(c.data)
		if err != nil {
			t.Errorf("%s: %v", c.how, err)
			continue
		}
		if got := strings.TrimSpace(a.Text); got != prose {
			t.Errorf("%s: the text is %q, want %q", c.how, got, prose)
		}
	}
}

func TestBrokenUTF8(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(prose+"\n", 3)
	a, err := article.Read("a.txt", []byte(long[:len(long)-5]+"\xe2\x80"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(a.Text, "\ufffd") || strings.Contains(a.Text, "â€") {
		t.Errorf("the text ends in %q, want a mark for the letter that was cut", a.Text[len(a.Text)-20:])
	}
}

// TestPlainTextStays: offsets count in the file's own text, so that nothing of a
// clean file may move.
func TestPlainTextStays(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		prose,
		"  indented\tand tabbed \n\n\n\ntrailing blanks   \n ",
		"Title\n=====\n\n* item one\n* item two\n\n> quoted\n\n[1] A note.\n",
		"No-break\u00a0space, “quotes”, e\u0301 not composed, 日本, 👩‍🚀 and a tab\there.",
	} {
		if got := article.Plain(text).Text; got != text {
			t.Errorf("Plain(%q) has the text %q", text, got)
		}
	}
	for text, want := range map[string]string{
		"one\r\ntwo\rthree\n":      "one\ntwo\nthree\n",
		"one\ftwo\u2028three\vx":   "one\ntwo\nthree\nx",
		"a\x00b\x07c\u0085d\u0090": "abc\nd",
	} {
		if got := article.Plain(text).Text; got != want {
			t.Errorf("Plain(%q) has the text %q, want %q", text, got, want)
		}
	}
}

// TestRefused: what cannot be read is refused in a sentence that says what it is
// and what to do.
func TestRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		data string
		want []string
	}{
		{"nothing", "", []string{"empty"}},
		{"blanks only", " \n\t\n", []string{"empty"}},
		{"no letters", "—\n***\n", []string{"empty"}},
		{"a page without text", "<html><body><script>var a = 1</script></body></html>", []string{"empty"}},
		{"a PDF cut short", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", []string{"a PDF", "damaged", "paste"}},
		{"a Word document", "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml word/document.xml", []string{"a Word document", "damaged", "paste"}},
		{"a book", "PK\x03\x04\x14\x00mimetypeapplication/epub+zip", []string{"an EPUB book", "damaged", "paste"}},
		{"an archive", "PK\x03\x04\x14\x00\x00\x00notes.bin", []string{"a zip archive", "damaged"}},
		{"an image", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", []string{"This is not text", "a PNG image", "plain text, Markdown and HTML pages, PDF"}},
		{"an RTF document", `{\rtf1\ansi Hello}`, []string{"an RTF document", "plain text"}},
		{"bytes", "\x01\x02\x03\x04\x05abc\x06\x07\x0e\x0f\x10", []string{"This is not text"}},
		{"bytes that are no UTF-8", "\xfe\x00\x01\x80\x81\x90\x00\x00\x07\xff\xfe\x00\x10\x99\x9d", []string{"This is not text"}},
		{"a page nested too deeply", "<html><body>" + strings.Repeat("<div>", 600) + "<p>Built in 1780.</p>", []string{"copy its text"}},
		{"an unknown encoding", strings.Repeat("\x82\xa0\x82\xe9\x93\xfa\x82\xcc ", 40), []string{"encoding", "UTF-8"}},
	} {
		_, err := article.Read("file", []byte(c.data))
		if err == nil {
			t.Errorf("%s is read, want a refusal", c.what)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", c.what, err, want)
			}
		}
		if s := err.Error(); !strings.HasSuffix(s, ".") || strings.ToUpper(s[:1]) != s[:1] {
			t.Errorf("%s: %q is not a sentence", c.what, s)
		}
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(prose+"\n", 20<<20/len(prose))
	_, err := article.Read("long.txt", []byte(text))
	var long article.ErrTooLong
	if !errors.As(err, &long) || !strings.Contains(err.Error(), "5 MB") {
		t.Fatalf("20 MB of text: %v, want ErrTooLong that names the limit", err)
	}
	if _, err := (article.Source{Limit: 100}).Read([]byte(prose)); !errors.As(err, &long) || long.Limit != 100 {
		t.Errorf("a limit of 100 bytes: %v, want ErrTooLong", err)
	}
	if _, err := (article.Source{Limit: len(prose)}).Read([]byte(prose)); err != nil {
		t.Errorf("a text as long as the limit: %v", err)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s          article.Source
		text, want string
	}{
		{article.Source{Name: "a.txt"}, "The Harbour Café\n\n" + prose, "The Harbour Café"},
		{article.Source{Name: "a.md"}, "# The Harbour *Café*\n\n" + prose, "The Harbour Café"},
		{article.Source{Name: "notes/harbour_cafe-1921.txt"}, prose, "harbour cafe 1921"},
		{article.Source{Name: "-"}, prose, "The café on the harbour opened on 3 May 1921. It was the …"},
		{article.Source{}, "<title>The Harbour Café - Guide to the Town</title><p>" + prose + "</p>", "The Harbour Café"},
		{article.Source{}, "<html><title>The Harbour Café | Town</title><body><h1>The Harbour Café</h1><p>" + prose + "</p>", "The Harbour Café"},
	} {
		a, err := c.s.Read([]byte(c.text))
		if err != nil {
			t.Errorf("%.30q: %v", c.text, err)
			continue
		}
		if a.Title != c.want {
			t.Errorf("%.30q: Title = %q, want %q", c.text, a.Title, c.want)
		}
	}
}

// TestFormat: the text decides what it is written in, the name only helps.
func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
		because          string
	}{
		{"page.txt", "<!DOCTYPE html><p>A &amp; B were <b>built</b> in 1921.", "A & B were built in 1921.", "only a page begins like this"},
		{"page", "  <!-- saved -->\n<html><body><p>Built in 1921.", "Built in 1921.", "a comment may come first"},
		{"-", "# The café\n\nSee [the list](https://example.org/l) of **1921**.", "See the list of 1921.", "three signs of Markdown"},
		{"a.txt", "# The café\n\nSee [the list](https://example.org/l) of **1921**.", "See [the list](https://example.org/l) of **1921**.", "a text file stays as it is"},
		{"-", "If a < b and b > c, then 2 * 3 * 4 is 24.", "If a < b and b > c, then 2 * 3 * 4 is 24.", "no sign of markup"},
		{"a.html", "If a < b, it is plain text in spite of its name.", "If a < b, it is plain text in spite of its name.", "no element in it"},
		{"a.md", "Fish & chips cost *9 pence* in 1921.", "Fish & chips cost 9 pence in 1921.", "the name says Markdown"},
	} {
		a, err := article.Read(c.name, []byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.because, err)
			continue
		}
		last := a.Blocks[len(a.Blocks)-1]
		if got := last.Span.Of(a.Text); got != c.want {
			t.Errorf("%s %q reads as %q, want %q: %s", c.name, c.text, got, c.want, c.because)
		}
	}
}

// TestLines: whether a line is a paragraph or a part of one is told by the lines.
func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		because, text string
		want          []string
	}{
		{"long lines without blank lines between are paragraphs",
			prose + " " + prose + "\n" + prose + " " + prose + "\n",
			[]string{prose + " " + prose, prose + " " + prose}},
		{"full lines are parts of a paragraph",
			"The mill was built in 1780 on the left bank\nof the river and burned down in 1811. After\nthat, nobody lived there until the railway\ncame in 1864.\n",
			[]string{"The mill was built in 1780 on the left bank\nof the river and burned down in 1811. After\nthat, nobody lived there until the railway\ncame in 1864."}},
		{"short lines that end like sentences are paragraphs",
			"The mill was built in 1780.\nIt burned down in 1811.\nNobody lived there until the railway came to the valley in 1864.\n",
			[]string{"The mill was built in 1780.", "It burned down in 1811.", "Nobody lived there until the railway came to the valley in 1864."}},
		{"a sentence goes on where a small letter follows no full stop",
			"The mill was built in 1780,\nburned down in 1811,\nand was forgotten until the railway came to the valley.\n",
			[]string{"The mill was built in 1780,\nburned down in 1811,\nand was forgotten until the railway came to the valley."}},
		{"items of a list are not parts of a paragraph",
			"The town burned three things in its works:\n- coal\n- wood from the hills\n- oil\n",
			[]string{"The town burned three things in its works:", "coal", "wood from the hills", "oil"}},
	} {
		var got []string
		a := article.Plain(c.text)
		for _, b := range a.Blocks {
			got = append(got, b.Span.Of(a.Text))
		}
		if strings.Join(got, "¶") != strings.Join(c.want, "¶") {
			t.Errorf("%s: %q, want %q", c.because, got, c.want)
		}
	}
}

func TestMeta(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, author, published string }{
		{`<meta property="article:published_time" content="2021-03-04T23:30:00-05:00">`, "", "2021-03-04"},
		{`<meta name="citation_publication_date" content="2021/3">`, "", "2021-03"},
		{`<meta name="date" content="March 4, 2021">`, "", "2021-03-04"},
		{`<meta name="date" content="4th March 2021, 10:00">`, "", "2021-03-04"},
		{`<meta name="date" content="03/04/2021">`, "", ""}, // the third of April or the fourth of March
		{`<meta name="date" content="2021-02-30">`, "", ""},
		{`<meta name="dc.date" content="1998">`, "", "1998"},
		{`<meta name="author" content="By Museum Staff">`, "Museum Staff", ""},
		{`<meta property="article:author" content="https://www.facebook.com/town">`, "", ""},
		{`<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"author":[{"name":"A. One"},{"name":"B. Two"}],"datePublished":"2020-01-02"}]}</script>`, "A. One, B. Two", "2020-01-02"},
		{`<script type="application/ld+json">{"@type": broken</script><meta name="author" content="A. One">`, "A. One", ""},
	} {
		a, err := article.HTML("<html><head>"+c.head+"</head><body><p>"+prose+"</p></body></html>", "https://example.org/a")
		if err != nil {
			t.Fatal(err)
		}
		if a.Author != c.author || a.Published != c.published {
			t.Errorf("%s: author %q, published %q, want %q, %q", c.head, a.Author, a.Published, c.author, c.published)
		}
		if a.URL != "https://example.org/a" {
			t.Errorf("URL = %q", a.URL)
		}
	}
}

// TestScripts: what is raised or lowered stays readable, and marks of footnotes go.
func TestScripts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"5 km<sup>2</sup>":                                "5 km²",
		"10<sup>13</sup> cells":                           "10^13 cells",
		"10<sup>-6</sup> m<sup>3</sup>":                   "10^-6 m³",
		"H<sub>2</sub>O and CO<sub>2</sub>":               "H2O and CO2",
		"the 21<sup>st</sup> century":                     "the 21st century",
		"T<sub>max</sub> and x<sup>n</sup>":               "T_max and x^n",
		`in 1921.<sup><a href="#n1">1</a></sup> Then`:     "in 1921. Then",
		`in 1921<sup id="r1" class="reference">[1]</sup>`: "in 1921",
		"in 1921<sup>†</sup> it":                          "in 1921 it",
		"he said <q>no</q>":                               "he said “no”",
	} {
		a, err := article.HTML("<p>"+in+"</p>", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(a.Text); got != want {
			t.Errorf("%s reads as %q, want %q", in, got, want)
		}
	}
}

// TestTangled: a text that would take the reader of Markdown minutes is read as
// plain text; long rows of marks do not stop a document that a person wrote.
func TestTangled(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"marks":  prose + "\n\n" + strings.Repeat("*a_ ", 100_000),
		"nested": prose + "\n\n" + strings.Repeat("> - ", 50_000),
	} {
		a, err := article.Read("a.md", []byte(text))
		if err != nil || a.Text != text {
			t.Errorf("%s: %.40q, %v, want the text as it is", name, a.Text, err)
		}
	}
	a, err := article.Read("a.md", []byte("# *The* mill\n\n----------\n\n1. > - *built* in 1780\n\n"+strings.Repeat("_the_ ", 200)))
	if err != nil || a.Title != "The mill" || strings.Contains(a.Text, "*") {
		t.Errorf("title %q, text %.60q, %v, want Markdown", a.Title, a.Text, err)
	}
}
