package web

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkHTML says what is wrong with a page: one h1, a language and a title, a label
// on every field, names on buttons and links, ids that are unique and references
// that lead somewhere, and nothing inline that the content policy would block.
func checkHTML(t *testing.T, what, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	must(t, err)
	c := checker{ids: map[string]int{}, labels: map[string]bool{}}
	c.collect(doc)
	c.walk(doc, nil)
	if c.h1 != 1 {
		c.complain("it has %d h1, want one", c.h1)
	}
	if c.main != 1 {
		c.complain("it has %d main, want one", c.main)
	}
	if c.title == "" {
		c.complain("it has no title")
	}
	if !strings.HasPrefix(page, "<!doctype html>") {
		c.complain("it has no doctype")
	}
	for id, n := range c.ids {
		if n > 1 {
			c.complain("the id %q stands %d times", id, n)
		}
	}
	for _, s := range c.wrong {
		t.Errorf("%s: %s", what, s)
	}
}

type checker struct {
	h1, main int
	title    string
	ids      map[string]int
	labels   map[string]bool // ids that a label is for
	wrong    []string
}

func (c *checker) complain(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

func (c *checker) collect(n *html.Node) {
	if n.Type == html.ElementNode {
		if id := attr(n, "id"); id != "" {
			c.ids[id]++
		}
		if n.Data == "label" {
			c.labels[attr(n, "for")] = true
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.collect(child)
	}
}

func (c *checker) walk(n *html.Node, above []string) {
	if n.Type == html.ElementNode {
		c.element(n, above)
		above = append(above[:len(above):len(above)], n.Data)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, above)
	}
}

func (c *checker) element(n *html.Node, above []string) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style":
			c.complain("<%s> has a style of its own", n.Data)
		case strings.HasPrefix(a.Key, "on"):
			c.complain("<%s> has a script of its own: %s", n.Data, a.Key)
		case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
			for _, id := range strings.Fields(a.Val) {
				if c.ids[id] == 0 {
					c.complain("<%s> refers to %q, which is not there", n.Data, id)
				}
			}
		case (a.Key == "href" || a.Key == "src" || a.Key == "action") && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://"):
			c.complain("<%s> leads to %q", n.Data, a.Val)
		}
	}
	named := strings.TrimSpace(textOf(n)) != "" || attr(n, "aria-label") != "" || attr(n, "aria-hidden") == "true"
	switch n.Data {
	case "html":
		if attr(n, "lang") == "" {
			c.complain("it has no language")
		}
	case "title":
		c.title = textOf(n)
	case "h1":
		c.h1++
	case "main":
		c.main++
	case "style":
		c.complain("it has a style element")
	case "script":
		if attr(n, "src") == "" {
			c.complain("it has an inline script")
		}
	case "img":
		if !hasAttr(n, "alt") {
			c.complain("an image has no text")
		}
	case "a", "button", "summary":
		if !named {
			c.complain("<%s id=%q> has no name", n.Data, attr(n, "id"))
		}
		if contain(above, "a") || contain(above, "button") {
			c.complain("<%s> stands inside a link or button", n.Data)
		}
	case "form":
		if m := attr(n, "method"); m != "post" && m != "get" && m != "dialog" {
			c.complain("a form has method %q", m)
		}
	case "p":
		if n.FirstChild == nil && attr(n, "id") != "live" && attr(n, "id") != "counts" {
			c.complain("an empty paragraph: something that may not stand in one closed it")
		}
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && !c.labels[attr(n, "id")] && attr(n, "aria-label") == "" && !contain(above, "label") {
			c.complain("<%s name=%q> has no label", n.Data, attr(n, "name"))
		}
	case "th":
		if attr(n, "scope") == "" {
			c.complain("a head of a table has no scope")
		}
	}
}

func contain(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestTheCheckerFindsWhatItIsFor(t *testing.T) {
	for wrong, page := range map[string]string{
		"no language":   `<html><body><main><h1>x</h1></main>`,
		"two h1":        `<html lang="en"><main><h1>x</h1><h1>y</h1></main>`,
		"inline style":  `<html lang="en"><main><h1 style="color:red">x</h1></main>`,
		"inline script": `<html lang="en"><main><h1>x</h1><script>1</script></main>`,
		"handler":       `<html lang="en"><main><h1 onclick="1">x</h1></main>`,
		"no label":      `<html lang="en"><main><h1>x</h1><input name="a"></main>`,
		"same id":       `<html lang="en"><main><h1 id="a">x</h1><p id="a">x</p></main>`,
		"nowhere":       `<html lang="en"><main><h1 aria-describedby="b">x</h1></main>`,
		"form in p":     `<html lang="en"><main><h1>x</h1><p><form method="post"></form></p></main>`,
	} {
		doc, err := html.Parse(strings.NewReader(page))
		must(t, err)
		c := checker{ids: map[string]int{}, labels: map[string]bool{}}
		c.collect(doc)
		c.walk(doc, nil)
		double := false
		for _, n := range c.ids {
			double = double || n > 1
		}
		if len(c.wrong) == 0 && c.h1 == 1 && !double {
			t.Errorf("the checker finds nothing wrong with %q: %s", wrong, page)
		}
	}
}
