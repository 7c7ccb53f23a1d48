package article

import (
	"encoding/json"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
)

// readMeta notes what the head of a page says of it: title, author, date of
// publication (EDTF) and language. Schema.org comes before the meta elements, and
// these before what stands on the page.
func readMeta(doc *html.Node, a *cards.Article) {
	m := pageMeta{meta: map[string]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			m.read(n)
		}
	}
	a.Language = m.language
	a.Title = m.settleTitle()
	a.Author = author(first(m.linkedAuthor, m.meta["citation_author"], m.meta["author"], m.meta["dc.creator"], m.meta["parsely-author"], m.meta["article:author"]))
	for _, s := range []string{
		m.linkedDate, m.meta["article:published_time"], m.meta["citation_publication_date"], m.meta["citation_date"],
		m.meta["dc.date"], m.meta["dcterms.date"], m.meta["dc.date.issued"], m.meta["dcterms.created"], m.meta["datepublished"],
		m.meta["parsely-pub-date"], m.meta["pubdate"], m.meta["sailthru.date"], m.meta["date"], m.time,
	} {
		if a.Published = edtf(s); a.Published != "" {
			break
		}
	}
}

// pageMeta collects what a page says of itself.
type pageMeta struct {
	meta                                  map[string]string // by name or property, in small letters; the first of each
	title, heading, time                  string
	headings                              int    // of the first level
	linkedTitle, linkedAuthor, linkedDate string // of JSON-LD
	language                              string
}

func (m *pageMeta) read(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		m.language = first(attr(n, "lang"), attr(n, "xml:lang"))
	case atom.Title:
		if n.Parent != nil && n.Parent.DataAtom == atom.Head {
			m.title = first(m.title, oneLine(textOf(n)))
		}
	case atom.Meta:
		for _, key := range []string{"name", "property", "itemprop"} {
			if k := strings.ToLower(attr(n, key)); k != "" && m.meta[k] == "" {
				m.meta[k] = oneLine(attr(n, "content"))
			}
		}
	case atom.H1:
		if text := oneLine(textOf(n)); text != "" {
			m.heading = first(m.heading, text)
			m.headings++
		}
	case atom.Time:
		if m.time == "" && (edtf(attr(n, "datetime")) != "" || edtf(textOf(n)) != "") {
			m.time = first(attr(n, "datetime"), textOf(n))
		}
	case atom.Script:
		if attr(n, "type") == "application/ld+json" {
			m.linked(textOf(n))
		}
	}
}

// articleType matches the types of schema.org that are read.
var articleType = regexp.MustCompile(`Article|Posting|Report|Review|WebPage$`)

// linked reads a JSON-LD block; what cannot be read is passed over.
func (m *pageMeta) linked(text string) {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return
	}
	m.linkedValue(v, 0)
}

func (m *pageMeta) linkedValue(v any, depth int) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			m.linkedValue(e, depth+1)
		}
	case map[string]any:
		if depth < 4 {
			m.linkedValue(v["@graph"], depth+1)
		}
		if !articleType.MatchString(strings.Join(texts(v["@type"]), " ")) {
			return
		}
		m.linkedTitle = first(m.linkedTitle, texts(v["headline"])...)
		m.linkedDate = first(m.linkedDate, texts(v["datePublished"])...)
		if m.linkedAuthor == "" {
			m.linkedAuthor = strings.Join(texts(v["author"]), ", ")
		}
	}
}

// texts are the strings of a JSON-LD value: itself, its elements, or their names.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{oneLine(v)}
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, texts(e)...)
		}
		return all
	case map[string]any:
		return texts(v["name"])
	}
	return nil
}

// settleTitle is the title without the name of the site: the one heading of the
// first level when the page's title begins or ends with it, else the title up to
// the mark that the site's name follows.
func (m *pageMeta) settleTitle() string {
	title := first(m.linkedTitle, m.meta["citation_title"], m.meta["og:title"], m.meta["dc.title"], m.title, m.heading)
	for _, t := range []string{title, m.meta["og:title"], m.title} {
		if m.headings == 1 && (strings.HasPrefix(t, m.heading) || strings.HasSuffix(t, m.heading)) {
			return m.heading
		}
	}
	if site := m.meta["og:site_name"]; site != "" {
		title = strings.TrimRight(strings.TrimSuffix(title, site), " |-–—·«»:")
	}
	if at := siteMark.FindAllStringIndex(title, -1); len(at) > 0 {
		last := at[len(at)-1]
		if head := title[:last[0]]; len(strings.Fields(head)) >= 3 && len(strings.Fields(title[last[1]:])) <= 6 {
			title = head
		}
	}
	return title
}

// siteMark stands between the title of a page and the name of its site.
var siteMark = regexp.MustCompile(`\s+[|»«·–—-]\s+`)

// author is the name in a line such as "By Jane Smith"; addresses are no names.
func author(line string) string {
	line = oneLine(line)
	if m := byline.FindStringSubmatch(line); m != nil {
		line = m[1]
	}
	line = strings.TrimPrefix(strings.TrimPrefix(line, "By "), "by ")
	for _, date := range []*regexp.Regexp{dayFirst, dayLater} {
		if m := date.FindStringIndex(line); m != nil {
			line = line[:m[0]] // a name and the date on one line
		}
	}
	line = strings.Trim(line, " ,|·•–—-")
	if address.MatchString(line) || pubLine.MatchString(line) || shoutLine.MatchString(line) || noAuthor.MatchString(line) || len(strings.Fields(line)) > 20 {
		return ""
	}
	return line
}

// noAuthor matches what stands where an author's name should.
var noAuthor = regexp.MustCompile(`(?i)^(?:follow\b|last updated|contributors to|admin|administrator|unknown|anonymous)`)

func first(s string, more ...string) string {
	for _, m := range more {
		if s != "" {
			break
		}
		s = m
	}
	return s
}
