package render

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/idna"
)

// cleaner rebuilds a side of allowed elements and attributes.
type cleaner struct {
	o       Options
	raw     raw
	ordinal int
	front   bool // the side is the front
	target  *Side
	out     strings.Builder
	style   strings.Builder // what stood in <style>
	inline  inline          // what stood in style attributes
	masks   []*nethtml.Node // of an image occlusion, until the picture comes
	budget  int             // elements that may still come
}

// mostElements is how many elements a side may have; what comes after is left out.
const mostElements = 50_000

// mostMasks is how many masks are drawn on a picture.
const mostMasks = 500

// side cleans the text of one side.
func (c *cleaner) side(s *Side, text string, front bool) {
	c.front, c.target, c.masks, c.budget = front, s, nil, mostElements
	c.out.Reset()
	c.style.Reset()
	c.inline = inline{}
	for i := range s.Play {
		if s.Play[i].Name != "" {
			s.Play[i].URL = c.address(s.Play[i].Name)
		}
	}
	context := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragmentWithOptions(strings.NewReader(strings.ReplaceAll(c.latex(text), typedMark, typedElement)), context, nethtml.ParseOptionEnableScripting(false))
	if err != nil { // nested too deep: only its text is shown
		nodes = []*nethtml.Node{{Type: nethtml.TextNode, Data: Plain(text)}}
	}
	for _, n := range nodes {
		c.findMasks(n)
	}
	for _, n := range nodes {
		c.write(n)
	}
	clean := policy.Sanitize(c.out.String()) //nolint:misspell // the library's word
	s.HTML = template.HTML(c.wrapped(clean)) // #nosec G203 -- this is what the sanitiser let through
	s.CSS = CSS(c.style.String(), c.o) + c.inline.css()
	s.Coloured = s.Coloured || c.style.Len() > 0
	s.Math = strings.Contains(clean, `\(`) || strings.Contains(clean, `\[`)
	slices.Sort(s.Remote)
	s.Remote = slices.Compact(s.Remote)
}

// wrapped puts the scope around clean HTML, which the note type's CSS refers to.
func (c *cleaner) wrapped(clean string) string {
	night, scope := "", ""
	if c.o.Night {
		night, scope = " c-nightMode c-night_mode", " card-night"
	}
	return `<div class="card-scope` + scope + `"><div class="c-html` + night + `"><div class="c-card c-card` + strconv.Itoa(c.ordinal+1) + night + `"><div class="card-qa">` + clean + `</div></div></div></div>`
}

func (c *cleaner) findMasks(n *nethtml.Node) {
	if n.Type == nethtml.ElementNode && n.Data == "card-mask" && len(c.masks) < mostMasks {
		c.masks = append(c.masks, n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.findMasks(child)
	}
}

func (c *cleaner) children(n *nethtml.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.write(child)
	}
}

func (c *cleaner) write(n *nethtml.Node) {
	switch n.Type {
	case nethtml.TextNode:
		c.out.WriteString(nethtml.EscapeString(n.Data))
	case nethtml.ElementNode:
		if c.budget--; c.budget < 0 {
			return
		}
		if n.Namespace != "" {
			c.foreign(n)
			return
		}
		c.element(n)
	}
}

func (c *cleaner) element(n *nethtml.Node) {
	if c.special(n) || gone[n.DataAtom] {
		return
	}
	if n.DataAtom == atom.Style {
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			c.style.WriteString(child.Data + "\n")
		}
		return
	}
	if !elements[n.DataAtom] {
		c.children(n)
		return
	}
	c.out.WriteString("<" + n.Data)
	c.attributes(n, attributes)
	c.out.WriteByte('>')
	if voids[n.DataAtom] {
		return
	}
	c.children(n)
	c.out.WriteString("</" + n.Data + ">")
}

// special writes the elements that stand for something else.
func (c *cleaner) special(n *nethtml.Node) bool {
	switch n.Data {
	case "card-sound":
		c.sound(attribute(n, "data-n"))
	case "card-typed":
		c.typed()
	case "card-mask":
	case "img":
		c.picture(n)
	case "audio", "video":
		c.film(n)
	case "button":
		if attribute(n, "id") != "toggle" || len(c.masks) == 0 {
			return false
		}
		c.out.WriteString(`<button type="button" class="card-toggle">`)
		c.out.WriteString(nethtml.EscapeString(textOf(n)))
		c.out.WriteString("</button>")
	case "div":
		if attribute(n, "id") != "image-occlusion-container" || len(c.masks) == 0 {
			return false
		}
		c.occlusion(n)
	default:
		return false
	}
	return true
}

func (c *cleaner) occlusion(n *nethtml.Node) {
	masks := c.masks
	c.masks = nil
	c.out.WriteString(`<div id="c-image-occlusion-container" class="card-occlusion">`)
	c.children(n)
	c.out.WriteString(`<div class="card-masks">`)
	c.budget -= len(masks)
	for _, m := range masks {
		style := c.inline.class(styles(attribute(m, "data-style"), Options{}))
		kind, state := attribute(m, "data-shape"), attribute(m, "data-state")
		if !slices.Contains([]string{"rect", "ellipse", "polygon", "text"}, kind) || !slices.Contains([]string{"active", "inactive", "shown"}, state) {
			continue
		}
		c.out.WriteString(`<div class="card-mask card-` + kind + " card-" + state + " " + style + `">`)
		c.out.WriteString(nethtml.EscapeString(textOf(m)))
		c.out.WriteString("</div>")
	}
	c.out.WriteString("</div></div>")
	c.masks = masks
}

func (c *cleaner) typed() {
	switch {
	case c.raw.typing == nil:
	case c.front:
		c.out.WriteString(`<input type="text" class="card-typing" name="typed" form="card-answer" maxlength="1000" aria-label="Your answer" autocomplete="off" autocapitalize="none" spellcheck="false" dir="auto">`)
	default:
		c.out.WriteString(c.raw.typing.compare(c.o.Typed))
	}
}

// sound writes the player of a numbered sound: "q0" is the first of the question.
func (c *cleaner) sound(number string) {
	sounds := c.raw.question
	if strings.HasPrefix(number, "a") {
		sounds = c.raw.answer
	}
	i, err := strconv.Atoi(strings.TrimLeft(number, "qa"))
	if err != nil || i < 0 || i >= len(sounds) {
		return
	}
	s := sounds[i]
	if s.Name == "" {
		c.out.WriteString(`<button type="button" class="card-speech` + c.auto(number) + `"`)
		c.attribute("data-text", s.Text)
		c.attribute("lang", strings.ReplaceAll(s.Lang, "_", "-"))
		c.attribute("data-voices", strings.Join(s.Voices, ","))
		c.attribute("data-speed", strconv.FormatFloat(s.Speed, 'g', 4, 64))
		c.attribute("aria-label", s.Text)
		c.out.WriteString("></button>")
		return
	}
	element := "audio"
	if s.Video {
		element = "video"
	}
	c.player(element, s.Name, c.auto(number))
}

// auto is the class of what is heard when the side is shown; on the back that is not
// what the front has said.
func (c *cleaner) auto(number string) string {
	if c.front == strings.HasPrefix(number, "q") {
		return " card-auto"
	}
	return ""
}

// player writes an element that plays a media file. More is other classes of it.
func (c *cleaner) player(element, name, more string) {
	address := c.address(name)
	if address == "" {
		c.missing(name)
		return
	}
	c.out.WriteString("<" + element + ` class="card-player` + more + `" controls="controls" preload="none"`)
	c.attribute("src", address)
	c.attribute("title", name)
	c.out.WriteString("></" + element + ">")
}

// film writes an audio or video element that a note has itself.
func (c *cleaner) film(n *nethtml.Node) {
	name := attribute(n, "src")
	for child := n.FirstChild; child != nil && name == ""; child = child.NextSibling {
		if child.DataAtom == atom.Source {
			name = attribute(child, "src")
		}
	}
	if name == "" {
		return
	}
	more := ""
	if class := c.inline.class(styles(attribute(n, "style"), c.o)); class != "" {
		more = " " + class
	}
	c.player(n.Data, decoded(name), more)
}

func (c *cleaner) picture(n *nethtml.Node) {
	name := strings.TrimSpace(attribute(n, "src"))
	if name == "" {
		return
	}
	address := name
	if !pictureData(name) {
		if address = c.address(decoded(name)); address == "" {
			c.missing(decoded(name))
			return
		}
	}
	c.out.WriteString("<img")
	c.attribute("src", address)
	if attribute(n, "alt") == "" {
		c.out.WriteString(` alt=""`)
	}
	if strings.Contains(" "+attribute(n, "class")+" ", " latex ") {
		c.target.Coloured = true // the picture of a formula is black
	}
	c.attributes(n, attributes)
	c.out.WriteByte('>')
}

// missing writes what stands for a file that is not there or not loaded.
func (c *cleaner) missing(name string) {
	class := "card-missing"
	if remoteSite(name) != "" {
		class = "card-remote"
	} else if len(name) > 120 {
		name = strings.ToValidUTF8(name[:120], "")
	}
	c.out.WriteString(`<span class="` + class + `"`)
	c.attribute("title", name)
	c.out.WriteString("></span>")
}

// address is where a file is loaded from: a media file, or if that is allowed one of
// another site; "" for none.
func (c *cleaner) address(name string) string {
	if site := remoteSite(name); site != "" {
		c.target.Remote = append(c.target.Remote, site)
		if !c.o.Remote {
			c.target.Left++
			return ""
		}
		return strings.ReplaceAll(name, " ", "%20")
	}
	if c.o.Media == nil || hasScheme(name) {
		return ""
	}
	return c.o.Media(name)
}

// remoteSite is the host of an address on the web, with its port, as it may stand in
// a policy: "example.org:8080"; "" if name is no such address.
func remoteSite(name string) string {
	if strings.HasPrefix(name, "//") {
		name = "https:" + name
	}
	u, err := url.Parse(strings.ReplaceAll(name, " ", "%20"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || host == "" || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
		return ""
	}
	if port := u.Port(); port != "" {
		return host + ":" + port
	}
	return host
}

// hasScheme reports whether a name begins like an address: "javascript:". Letters of
// a drive do too, and no media file has such a name.
func hasScheme(name string) bool {
	scheme, _, found := strings.Cut(strings.Map(printing, name), ":")
	return found && !strings.ContainsAny(scheme, "/?#")
}

func printing(r rune) rune {
	if r <= ' ' || r == 0x7f {
		return -1
	}
	return r
}

// decoded is the name of a media file as an attribute has it, percent signs decoded.
func decoded(name string) string {
	name = strings.TrimSpace(name)
	if remoteSite(name) != "" || !strings.Contains(name, "%") {
		return name
	}
	if u, err := url.PathUnescape(name); err == nil {
		return u
	}
	return name
}

func (c *cleaner) attribute(key, value string) {
	if value != "" {
		c.out.WriteString(" " + key + `="` + nethtml.EscapeString(value) + `"`)
	}
}

func attribute(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *nethtml.Node) string {
	if n.Type == nethtml.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(textOf(child))
	}
	return b.String()
}
