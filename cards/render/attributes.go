package render

import (
	"net/url"
	"strings"

	nethtml "golang.org/x/net/html"
)

// attributes writes the attributes of n that are in allowed. Names of the note get
// the prefix "c-", addresses and styles are looked at.
//
// A style becomes a class, so that no page needs a policy that allows styles inside of it.
func (c *cleaner) attributes(n *nethtml.Node, allowed map[string]bool) {
	style := styles(attribute(n, "style"), c.o)
	class := strings.TrimSpace(prefixed(attribute(n, "class")) + " " + c.inline.class(style))
	c.attribute("class", class)
	if paints(style) {
		c.target.Coloured = true
	}
	for _, a := range n.Attr {
		if a.Namespace != "" {
			continue
		}
		switch key := strings.ToLower(a.Key); key {
		case "id":
			c.attribute("id", prefixed(a.Val))
		case "href":
			if n.Data == "a" {
				c.attribute("href", link(a.Val))
			}
		case "src", "class", "style":
		default:
			if key == "color" || key == "bgcolor" || key == "fill" {
				c.target.Coloured = true
			}
			if allowed[key] && len(a.Val) <= 20_000 {
				c.attribute(key, a.Val)
				if a.Val == "" && (key == "open" || key == "reversed") {
					c.out.WriteString(" " + key + `="` + key + `"`)
				}
			}
		}
	}
}

// prefixed gives every name in a list the prefix that a note's names have.
func prefixed(names string) string {
	fields := strings.Fields(names)
	for i := range fields {
		fields[i] = "c-" + fields[i]
	}
	return strings.Join(fields, " ")
}

// link is an address that may be followed: on the web, mail, or a place of the card.
func link(address string) string {
	address = strings.Map(control, strings.TrimSpace(address))
	if id, found := strings.CutPrefix(address, "#"); found && id != "" {
		return "#c-" + id
	}
	u, err := url.Parse(strings.ReplaceAll(address, " ", "%20"))
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto":
		return u.String()
	}
	return ""
}

func control(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}

// pictureData reports whether an address is itself a picture that is only pixels.
func pictureData(address string) bool {
	for _, kind := range []string{"png", "jpeg", "gif", "webp"} {
		if len(address) > 5 && strings.HasPrefix(strings.ToLower(address[:min(len(address), 32)]), "data:image/"+kind+";base64,") {
			return true
		}
	}
	return false
}

// foreign writes the elements of drawings, without scripts, styles, links, pictures
// and all that holds HTML.
func (c *cleaner) foreign(n *nethtml.Node) {
	if n.Namespace != "svg" || !drawings[n.Data] {
		if n.Namespace == "math" {
			c.children(n)
		}
		return
	}
	c.target.Coloured = true // lines are black where nothing else is said
	c.out.WriteString("<" + n.Data)
	c.attributes(n, drawingAttributes)
	c.out.WriteByte('>')
	c.children(n)
	c.out.WriteString("</" + n.Data + ">")
}
