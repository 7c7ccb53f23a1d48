//go:build browser

package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// trespasses watches what no card may do: open a dialog, or ask anything of another host.
type trespasses struct {
	sync.Mutex
	list []string
}

func (b *tab) trespasses() *trespasses {
	b.t.Helper()
	var seen trespasses
	err := chromedp.Listen(b.ctx, func(ev any) {
		seen.Lock()
		defer seen.Unlock()
		switch e := ev.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, b.site.url+"/") && !strings.HasPrefix(e.Request.URL, "data:image/") && !strings.HasPrefix(e.Request.URL, "about:") {
				seen.list = append(seen.list, "a request to "+e.Request.URL)
			}
		case *page.EventJavascriptDialogOpening:
			seen.list = append(seen.list, "a dialog: "+e.Message)
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, page.Enable, page.EnableParams{})
		return err
	}))
	return &seen
}

func (s *trespasses) check(t *testing.T, what string) {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	for _, x := range s.list {
		t.Errorf("%s: %s", what, x)
	}
	s.list = nil
}

// onePixel is a PNG.
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// hostile are fields and templates that want to run a script or to be heard of elsewhere.
var hostile = []string{
	`<script>window.pwned = 1; alert(1)</script>`,
	`<img src=x onerror="window.pwned = 1; alert(1)">`,
	`<svg onload="window.pwned = 1"><script>window.pwned = 1</script><a xlink:href="javascript:window.pwned=1"><text y="20">x</text></a></svg>`,
	`<svg><style><img src=x onerror=window.pwned=1></style></svg><svg></p><style><a id="</style><img src=1 onerror=window.pwned=1>">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">`,
	`<iframe src="javascript:parent.pwned=1"></iframe><iframe srcdoc="<script>parent.pwned=1</script>"></iframe><object data="javascript:pwned=1"></object>`,
	`<a href="javascript:window.pwned=1" id="bait">x</a><a href="&#106;avascript:window.pwned=1">y</a>`,
	`<form action="https://evil.example/"><input name=q autofocus onfocus="window.pwned=1"><button formaction="javascript:window.pwned=1">x</button></form>`,
	`<img src="https://evil.example/x.png"><img srcset="https://evil.example/y.png 1x"><video src="https://evil.example/x.mp4" poster="https://evil.example/p.png" autoplay></video>[sound:https://evil.example/x.mp3]`,
	`<div style="background:url(https://evil.example/a.png);position:fixed;inset:0;z-index:99999">over everything</div><div style="background:u\72l(//evil.example/b)">b</div>`,
	`<style>@import "https://evil.example/x.css"; * { background: url(https://evil.example/c.png) !important; position: fixed } #grades { display: none !important }</style>x`,
	`<link rel=stylesheet href="https://evil.example/x.css"><link rel=prefetch href="https://evil.example/y"><meta http-equiv=refresh content="0;url=https://evil.example"><base href="https://evil.example/">`,
	`<details open ontoggle="window.pwned=1">x</details><marquee onstart="window.pwned=1">x</marquee><body onpageshow="window.pwned=1">`,
	`\(\href{javascript:window.pwned=1}{x}\) \(\style{background:url(https://evil.example/m.png)}{x}\) \(\bbox[background:url(https://evil.example/n.png)]{x}\) \(\unicode[x;background:url(//evil.example)]{65}\) \(\require{html}\href{https://evil.example}{y}\) \[\def\x{\x\x}\x\]`,
	`[sound:"><script>window.pwned=1</script>.mp3][anki:tts lang="><img src=x onerror=window.pwned=1>]x[/anki:tts][latex]"><script>window.pwned=1</script>[/latex]`,
	`<card-mask data-state="active" data-shape="rect" data-style="position:fixed;background:url(https://evil.example/q)"></card-mask><div id="image-occlusion-container"><img src="hostile.svg"></div>`,
	`<div id="main" class="face" data-math="https://evil.example/mathjax.js" data-sheet>\(x\)</div><a data-key="Space" href="/logout">x</a><input name=attributes><form id=document><img name=body></form>`,
	`</div></div></div></article></main></body></html><script>window.pwned=1</script><h1>outside</h1>`,
	`<button id="toggle" data-replay data-wrap="b" data-open="keys">t</button><template shadowrootmode=open><script>window.pwned=1</script></template>`,
}

// TestBrowserCardsHostile shows what a deck may try in fields, templates, CSS, drawings
// and file names: no script runs, nothing leaves this machine, the page's own buttons
// stay where they are.
func TestBrowserCardsHostile(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	seen := b.trespasses()
	deck := b.makeDeck("Hostile")
	svg := `<svg xmlns="http://www.w3.org/2000/svg" onload="parent.pwned=1;alert(1)"><script>parent.pwned=1;alert(1)</script><image href="https://evil.example/z.png" width="9" height="9"/></svg>`
	b.addFile("hostile.svg", "image/svg+xml", []byte(svg))
	pixel, _ := base64.StdEncoding.DecodeString(onePixel)
	named := b.addFile(`"onerror="window.pwned=1"><script>window.pwned=1<`+`/script>.png`, "image/png", pixel)
	css := `.card { color: red; background: url(https://evil.example/css.png) } </style><script>window.pwned=1</script> @import url(//evil.example/i.css); @font-face { font-family: x; src: url(https://evil.example/f.woff) } body { font-family: x; position: fixed; top: 0; left: 0; width: 100vw; height: 100vh } * { pointer-events: none } .grades, #grades { display: none }`
	for i, h := range hostile {
		k := kind{name: fmt.Sprintf("Kind %d", i), fields: []string{"Front", "Back"}, front: "{{Front}}" + strings.NewReplacer("{{", "{ {", "}}", "} }").Replace(h), back: "{{FrontSide}}<hr id=answer>{{Back}}{{hint:Front}}", css: css}
		b.makeKind(k)
		b.addNote(deck, k, "<p>What?</p>"+h+named+`<img src="hostile.svg">`, h)
	}
	b.open(deck + "?from=0")
	cards := js[[]string](b, `[...new Set([...document.querySelectorAll("main a")].map(a => a.getAttribute("href")).filter(h => /^\/cards\/\d+$/.test(h)))]`)
	if len(cards) != len(hostile) {
		t.Fatalf("%d cards were made of %d notes", len(cards), len(hostile))
	}
	check := func(what string) {
		t.Helper()
		if js[bool](b, `"pwned" in window`) {
			t.Errorf("%s: a script ran", what)
		}
		seen.check(t, what)
	}
	for i, path := range cards {
		b.open(path)
		b.until(`document.querySelector(".face .c-card")`)
		js[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true); document.querySelector("#c-bait")?.click(); true`)
		check(fmt.Sprintf("the page of %q", hostile[i]))
	}
	// In the review, with its keys, for as many as come today.
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	for n := range 10 {
		question := js[string](b, `document.querySelector("[data-card]")?.dataset.card ?? ""`)
		if question == "" {
			break
		}
		b.keys(" ")
		b.until(`document.querySelector("form#grade")`)
		check(fmt.Sprintf("card %d of the review", n+1))
		if box := js[bool](b, `(() => { const r = document.querySelector("form#grade .good").getBoundingClientRect(); const e = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); return !!e?.closest("form#grade"); })()`); !box {
			t.Errorf("card %d: something lies over the buttons", n+1)
		}
		b.keys("3")
		b.until(fmt.Sprintf(`document.querySelector("[data-card]")?.dataset.card !== %q`, question))
	}
	b.open("/media")
	js[bool](b, `fetch("/media/1/hostile.svg").then(r => { if (!r.headers.get("Content-Security-Policy").includes("sandbox")) throw 1; return true; })`)
	alone := b.another() // whose complaints are what is wanted
	alone.open("/media/" + b.as()[1] + "/hostile.svg")
	if js[bool](alone, `"pwned" in window`) {
		t.Error("a drawing that is opened by itself runs a script")
	}
	checkClean(t, b.site)
}
