package article

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
)

// EPUB is a zip archive of XHTML pages; see the EPUB 3.3 Recommendation of the W3C.
// The standard library reads all of it, and no kept library for Go adds to that.

const (
	epubContainer = "META-INF/container.xml"
	epubLocks     = "META-INF/encryption.xml"
	mostChapters  = 5_000
	mostOfChapter = 8 << 20 // bytes
)

// book is what the package document of an EPUB says.
type book struct {
	title, author, date, language string
	items                         map[string]item // by id
	spine                         []string        // ids in reading order
	toc                           string          // id of the table of contents in EPUB 2
}

type item struct {
	name       string // within the archive
	mediaType  string
	properties string
}

// readEPUB makes an Article of a book: its chapters in reading order, each below a
// heading.
func readEPUB(z *archive, limit int) (cards.Article, error) {
	root := ""
	err := z.xmlWalk(epubContainer, func(e element) error {
		if e.name == "rootfile" && !e.end && root == "" {
			root = path.Clean(e.attr("full-path"))
		}
		return nil
	})
	if err != nil {
		return cards.Article{}, err
	}
	b, err := readPackage(z, root)
	if err != nil {
		return cards.Article{}, err
	}
	locked, err := lockedFiles(z)
	if err != nil {
		return cards.Article{}, err
	}
	names := b.chapterNames(z)
	var f flow
	seen := map[string]bool{}
	for _, id := range b.spine {
		it := b.items[id]
		if seen[it.name] || !z.has(it.name) || strings.Contains(it.properties, "nav") || !strings.Contains(it.mediaType, "html") {
			continue
		}
		seen[it.name] = true
		if locked[it.name] {
			return cards.Article{}, ErrProtected{z.what}
		}
		if err := f.chapter(z, it.name, names[it.name]); err != nil {
			return cards.Article{}, err
		}
		if f.out.text.Len() > limit {
			return cards.Article{}, ErrTooLong{Length: f.out.text.Len(), Limit: limit}
		}
	}
	a := f.out.article()
	a.Title, a.Author, a.Published, a.Language = b.title, b.author, edtf(b.date), b.language
	finish(&a)
	return a, nil
}

// readPackage reads the package document: metadata, manifest and spine.
func readPackage(z *archive, name string) (book, error) {
	b := book{items: map[string]item{}}
	within, folder := "", path.Dir(name)
	var authors []string
	err := z.xmlWalk(name, func(e element) error {
		switch {
		case e.end:
			within = ""
		case e.name == "item":
			b.items[e.attr("id")] = item{inside(folder, e.attr("href")), e.attr("media-type"), e.attr("properties")}
		case e.name == "spine":
			b.toc = e.attr("toc")
		case e.name == "itemref" && e.attr("linear") != "no" && len(b.spine) < mostChapters:
			b.spine = append(b.spine, e.attr("idref"))
		case e.name != "":
			within = e.name
			if event := e.attr("event"); event != "" && event != "publication" && event != "original-publication" {
				within = ""
			}
		case within == "title":
			b.title = first(b.title, oneLine(e.text))
		case within == "creator":
			authors = append(authors, oneLine(e.text))
		case within == "date":
			b.date = first(b.date, oneLine(e.text))
		case within == "language":
			b.language = first(b.language, oneLine(e.text))
		}
		return nil
	})
	b.author = strings.Join(authors, ", ")
	return b, err
}

// inside is the name in the archive of what a document in a folder calls href.
func inside(folder, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	return strings.TrimPrefix(path.Join("/", folder, href), "/")
}

// lockedFiles are the files that are encrypted. Fonts often are, in books that
// anybody may read.
func lockedFiles(z *archive) (map[string]bool, error) {
	locked := map[string]bool{}
	if !z.has(epubLocks) {
		return locked, nil
	}
	err := z.xmlWalk(epubLocks, func(e element) error {
		if e.name == "CipherReference" {
			locked[inside("", e.attr("URI"))] = true
		}
		return nil
	})
	return locked, err
}

// chapterNames are the headings that the table of contents gives the files of a
// book. Without a table there are none.
func (b book) chapterNames(z *archive) map[string]string {
	names := map[string]string{}
	for id, it := range b.items {
		if nav := strings.Contains(" "+it.properties+" ", " nav "); (nav || id == b.toc) && z.has(it.name) {
			readContents(z, it.name, names)
		}
	}
	return names
}

// readContents reads a table of contents: "a" elements in EPUB 3, and in EPUB 2
// "text" followed by "content". What cannot be read is passed over.
func readContents(z *archive, name string, names map[string]string) {
	label, target, folder := "", "", path.Dir(name)
	note := func() {
		at := inside(folder, target)
		if names[at] == "" && target != "" && !strings.Contains(target, "#") {
			names[at] = oneLine(label)
		}
		label, target = "", ""
	}
	within := false
	_ = z.xmlWalk(name, func(e element) error { // a book without a table can be read too
		switch {
		case e.name == "" && within:
			label += e.text
		case e.name == "a" || e.name == "text":
			if within = !e.end; within {
				label, target = "", e.attr("href")
			} else if e.name == "a" {
				note()
			}
		case e.name == "content" && !e.end:
			target = e.attr("src")
			note()
		}
		return nil
	})
}

// selfClosed matches elements that XHTML may close at once and HTML may not: to a
// reader of HTML "<title/>" would swallow the rest of the page.
var selfClosed = regexp.MustCompile(`<((?:title|script|style|a|i|b|em|strong|span|p|div|td|th|li|sup|sub|small|section|h[1-6]|iframe|textarea|noscript)\b)([^<>]*)/>`)

// chapter reads one file of a book. When it has no heading of its own, name is
// its heading.
func (f *flow) chapter(z *archive, file, name string) error {
	data, err := z.read(file)
	if err != nil {
		return err
	}
	if len(data) > mostOfChapter {
		return ErrHeavy{z.what}
	}
	text, err := decode(data, "application/xhtml+xml")
	if err != nil {
		return err
	}
	doc, err := html.Parse(strings.NewReader(clean(selfClosed.ReplaceAllString(text, "<$1$2></$1>"))))
	if err != nil {
		return ErrNested{err}
	}
	main := body(doc)
	if name != "" && !hasHeading(main) && strings.TrimSpace(textOf(main)) != "" && !strings.EqualFold(firstLine(main), name) {
		f.out.add(cards.Heading, 1, name)
	}
	f.walk(main)
	f.flush()
	return nil
}

func hasHeading(n *html.Node) bool {
	for c := range n.Descendants() {
		if blockKinds[c.DataAtom] == cards.Heading && strings.TrimSpace(textOf(c)) != "" {
			return true
		}
	}
	return false
}

// firstLine is the text of the first paragraph of a page.
func firstLine(n *html.Node) string {
	for c := range n.Descendants() {
		if c.DataAtom == atom.P {
			if text := oneLine(textOf(c)); text != "" {
				return text
			}
		}
	}
	return ""
}
