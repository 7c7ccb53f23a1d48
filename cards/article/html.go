package article

import (
	"net/url"
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
)

// HTML makes an Article of a decoded page: its main text, without what stands
// around it on every page of a site. The address is where the page was found; it
// may be "".
func HTML(text, address string) (cards.Article, error) {
	doc, err := html.Parse(strings.NewReader(clean(text)))
	if err != nil {
		return cards.Article{}, ErrNested{err}
	}
	a := cards.Article{URL: address}
	readMeta(doc, &a)
	main, byline := mainText(doc, address)
	if a.Author == "" {
		a.Author = author(byline)
	}
	var f flow
	f.walk(main)
	f.flush()
	body := f.out.article()
	a.Text, a.Blocks = body.Text, body.Blocks
	finish(&a)
	return a, nil
}

// mainText is the part of a page that holds the article, and the line that names
// its author. Of a page too small to have such a part it is the whole body.
func mainText(doc *html.Node, address string) (main *html.Node, byline string) {
	base, err := url.Parse(address)
	if err != nil || address == "" {
		base = &url.URL{}
	}
	prune(doc)
	p := readability.NewParser()
	p.KeepClasses = true // flow tells footnotes and captions by their classes
	found, err := p.ParseDocument(doc, base)
	if err != nil || found.Node == nil || strings.TrimSpace(textOf(found.Node)) == "" {
		return body(doc), ""
	}
	for n := range found.Node.Descendants() {
		n.DataAtom = atom.Lookup([]byte(n.Data)) // Readability renames elements without it
	}
	return found.Node, found.Byline()
}

func body(doc *html.Node) *html.Node {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			return n
		}
	}
	return doc
}

// around are the classes and ids of what stands around an article, or in between,
// and which Readability takes for a part of it where it has no other sign.
var around = regexp.MustCompile(`(?i)^(?:[a-z]+[-_])?(?:cookies?|consent|gdpr|newsletter|subscribe|subscription|paywall|share|sharing|sharedaddy|social|promo|breadcrumbs?|advert|advertisement|related|recommended|byline-share|toc)(?:[-_].*)?$`)

// mostAround is the length in words above which an element is the article itself,
// whatever its class says.
const mostAround = 120

// prune takes out of a page what its classes say stands around the article.
func prune(doc *html.Node) {
	var out []*html.Node
	for n := range body(doc).Descendants() {
		if n.Type != html.ElementNode || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
			continue
		}
		named := false
		for name := range strings.FieldsSeq(attr(n, "class") + " " + attr(n, "id")) {
			named = named || around.MatchString(name)
		}
		if named && len(strings.Fields(textOf(n))) <= mostAround {
			out = append(out, n)
		}
	}
	for _, n := range out {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}
