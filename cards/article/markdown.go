package article

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"

	"recto/cards"
)

// markdown reads CommonMark with tables, footnotes, strike-through and definition
// lists. Raw HTML is passed through: what becomes of it is only ever text.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList),
	goldmark.WithRendererOptions(html.WithUnsafe()),
)

// Markdown makes an Article of decoded Markdown. The title is the first heading
// unless the front matter names one; a heading that is the title stays in the text.
func Markdown(text string) (cards.Article, error) {
	if tangled(text) {
		return Plain(text), nil
	}
	meta, body := frontMatter(clean(text))
	var page bytes.Buffer
	if err := markdown.Convert([]byte(body), &page); err != nil {
		return cards.Article{}, fmt.Errorf("article: read Markdown: %w", err)
	}
	doc, err := nethtml.Parse(&page)
	if err != nil {
		return cards.Article{}, ErrNested{err}
	}
	var f flow
	f.walk(doc)
	f.flush()
	a := f.out.article()
	a.Title, a.Author, a.Language = meta["title"], meta["author"], meta["lang"]
	a.Published = edtf(meta["date"])
	if a.Title == "" && len(a.Blocks) > 0 && a.Blocks[0].Kind == cards.Heading {
		a.Title = oneLine(a.Blocks[0].Span.Of(a.Text))
	}
	finish(&a)
	return a, nil
}

// Limits within which the reader of Markdown takes time linear in the length.
const (
	mostMarks  = 100_000_000 // squares of the marks of emphasis in each paragraph, summed: half a second
	mostNested = 100         // quotations and lists one within the other
)

// tangled reports whether a text is no Markdown that a person wrote, and would take
// the reader of Markdown minutes.
func tangled(text string) bool {
	sum, marks := 0, 0
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) == "" {
			sum, marks = sum+marks*marks, 0
		}
		marks += strings.Count(l, "*") + strings.Count(l, "_") + strings.Count(l, "~") + strings.Count(l, "[")
		inside := l[:len(l)-len(strings.TrimLeft(l, ">-+*.) \t0123456789"))]
		if len(inside)-strings.Count(inside, " ") > mostNested && strings.Contains(inside, " ") {
			return true
		}
	}
	return sum+marks*marks > mostMarks
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// frontMatter cuts the YAML that may stand between two lines of "---" at the top
// off a document. Only single lines "key: value" are understood.
func frontMatter(text string) (meta map[string]string, body string) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return nil, text
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		return nil, text
	}
	meta = map[string]string{}
	for line := range strings.Lines(head) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok && line != "\n" && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "-") {
			return nil, text // prose between two rules
		}
		key = strings.ToLower(strings.TrimSpace(key))
		if key == "language" {
			key = "lang"
		}
		meta[key] = strings.Trim(strings.TrimSpace(value), `"'`)
	}
	return meta, body
}

// Signs of Markdown in a text whose name does not say what it is.
var (
	markdownHeading = regexp.MustCompile(`(?m)^#{1,6} +\S`)
	markdownLink    = regexp.MustCompile(`\[[^\]\n]+\]\((?:https?://|/|#)[^)\s]*\)`)
	markdownBold    = regexp.MustCompile(`\*\*[^*\s][^*\n]*\*\*`)
)

// looksLikeMarkdown reports whether a text shows at least two signs of Markdown
// that plain text does not.
func looksLikeMarkdown(text string) bool {
	signs := len(markdownHeading.FindAllStringIndex(text, 2)) +
		len(markdownLink.FindAllStringIndex(text, 2)) +
		min(1, len(markdownBold.FindAllStringIndex(text, 1)))
	return signs >= 2
}
