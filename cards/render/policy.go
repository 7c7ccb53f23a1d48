package render

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html/atom"
)

func set[K comparable](keys ...K) map[K]bool {
	m := make(map[K]bool, len(keys))
	for _, k := range keys {
		m[k] = true
	}
	return m
}

// elements are what a card may be made of, besides those that the cleaner writes
// itself. Of others only the content stays, and of those in gone nothing.
var elements = set(atom.A, atom.Abbr, atom.Address, atom.Article, atom.Aside, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Blockquote, atom.Br,
	atom.Caption, atom.Center, atom.Cite, atom.Code, atom.Col, atom.Colgroup, atom.Data, atom.Dd, atom.Del, atom.Details, atom.Dfn, atom.Div,
	atom.Dl, atom.Dt, atom.Em, atom.Figcaption, atom.Figure, atom.Font, atom.Footer, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Header, atom.Hr, atom.I, atom.Ins, atom.Kbd, atom.Li, atom.Mark, atom.Nav, atom.Nobr, atom.Ol, atom.P, atom.Pre, atom.Q,
	atom.Rb, atom.Rp, atom.Rt, atom.Rtc, atom.Ruby, atom.S, atom.Samp, atom.Section, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub,
	atom.Summary, atom.Sup, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Time, atom.Tr, atom.Tt, atom.U, atom.Ul,
	atom.Var, atom.Wbr)

var voids = set(atom.Br, atom.Hr, atom.Col, atom.Wbr)

// gone are elements whose content is no text of the card.
var gone = set(atom.Script, atom.Iframe, atom.Object, atom.Embed, atom.Applet, atom.Template, atom.Title, atom.Xmp, atom.Noembed, atom.Noframes,
	atom.Plaintext, atom.Frameset, atom.Frame, atom.Meta, atom.Base, atom.Link, atom.Input, atom.Select, atom.Canvas, atom.Param, atom.Source,
	atom.Track, atom.Map, atom.Area)

// attributes are what elements may have besides class, id, style and addresses.
var attributes = set("align", "alt", "aria-hidden", "aria-label", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "clear", "color",
	"colspan", "datetime", "dir", "face", "height", "hspace", "lang", "nowrap", "open", "reversed", "rowspan", "scope", "size", "span", "start",
	"title", "type", "valign", "value", "vspace", "width")

// drawings are the elements of SVG that only draw.
var drawings = set("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "linearGradient",
	"radialGradient", "stop")

var drawingAttributes = set("viewbox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points",
	"fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-opacity",
	"opacity", "transform", "text-anchor", "font-size", "font-family", "font-weight", "offset", "stop-color", "stop-opacity",
	"gradientunits", "gradienttransform", "preserveaspectratio", "dominant-baseline", "aria-hidden", "aria-label")

// policy is the second sieve. It knows nothing of what the first has done.
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	var names []string
	for e := range elements {
		names = append(names, e.String())
	}
	for e := range drawings {
		names = append(names, e)
	}
	names = append(names, "img", "audio", "video", "input", "button", "lineargradient", "radialgradient")
	p.AllowElements(names...)
	p.AllowNoAttrs().OnElements(names...)

	plain := regexp.MustCompile(`^[^<>]*$`)
	for a := range attributes {
		if a != "cite" && a != "type" {
			p.AllowAttrs(a).Matching(plain).Globally()
		}
	}
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$|^(disc|circle|square)$`)).OnElements("ol", "ul", "li")
	p.AllowAttrs("cite").OnElements("blockquote", "q", "del", "ins")
	harmless := regexp.MustCompile(`^[\w\s.,;:#%()+*/'"!~\p{L}-]*$`)
	for a := range drawingAttributes {
		p.AllowAttrs(a).Matching(harmless).OnElements("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "lineargradient", "radialgradient", "stop")
	}
	named := regexp.MustCompile(`^[^\x00-\x1f<>"'&]*$`)
	p.AllowAttrs("class", "id").Matching(named).Globally()

	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowDataURIImages()
	p.AllowAttrs("href").OnElements("a")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)

	p.AllowAttrs("src").OnElements("img", "audio", "video")
	p.AllowAttrs("controls").Matching(regexp.MustCompile(`^controls$`)).OnElements("audio", "video")
	p.AllowAttrs("preload").Matching(regexp.MustCompile(`^none$`)).OnElements("audio", "video")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^button$`)).OnElements("button")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^text$`)).OnElements("input")
	p.AllowAttrs("name").Matching(regexp.MustCompile(`^typed$`)).OnElements("input")
	p.AllowAttrs("form").Matching(regexp.MustCompile(`^card-answer$`)).OnElements("input")
	p.AllowAttrs("maxlength").Matching(regexp.MustCompile(`^1000$`)).OnElements("input")
	p.AllowAttrs("autocomplete", "autocapitalize", "spellcheck").Matching(regexp.MustCompile(`^(off|none|false)$`)).OnElements("input")
	p.AllowAttrs("data-text", "data-voices", "data-speed").OnElements("button")
	return p
}
