package article

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"recto/cards"
)

// HTML makes an Article of a decoded page.
func HTML(text, pageURL string) (cards.Article, error) {
	doc, err := html.Parse(strings.NewReader(clean(text)))
	if err != nil {
		return cards.Article{}, fmt.Errorf("article: read page: %w", err)
	}
	var f flow
	f.walk(doc)
	f.flush()
	a := f.out.article()
	a.URL = pageURL
	finish(&a)
	return a, nil
}
