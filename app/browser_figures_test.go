//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"
)

// answers gives answers by keyboard until there are as many as wanted, or no cards.
func (b *tab) answers(wanted int) {
	b.t.Helper()
	b.open("/review")
	for i := 0; i < wanted && b.has("#show"); i++ {
		b.keys(" ")
		b.until(`document.querySelector("form#grade")`)
		before := js[string](b, `document.querySelector("form#grade [name=key]").value`)
		b.keys(map[bool]string{true: "1", false: "3"}[i%3 < 2])
		b.until(fmt.Sprintf(`document.querySelector("#home") || document.querySelector("#show") && document.querySelector("#grades-part")?.content.querySelector("[name=key]").value !== %q`, before))
	}
}

// article makes cards of the pasted text and saves them.
func (b *tab) article() {
	b.t.Helper()
	b.open("/articles/new")
	b.fill("#text", pasted)
	b.click("#propose")
	b.until(`/^\/articles\/\d+$/.test(location.pathname) && document.querySelector(".proposal")`)
	b.click("#save")
	b.until(`location.search.includes("added")`)
}

// everyWay looks at a page wide and narrow, in the light and in the dark.
func (b *tab) everyWay(path, name string) {
	b.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 320} {
			b.scheme(scheme)
			b.size(width, 900)
			b.open(path)
			page := fmt.Sprintf("%s-%s-%d", name, scheme, width)
			b.shot(page)
			b.accessible(page)
		}
	}
	b.size(1280, 900)
}

// TestBrowserStatistics: figures appear after twenty answers, are opened by keyboard, and
// plots scroll inside themselves on a phone.
func TestBrowserStatistics(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/stats")
	if !strings.Contains(b.text("main"), "Figures appear after twenty answers.") {
		t.Errorf("Statistics without answers say %q", b.text("main"))
	}
	b.everyWay("/stats", "empty")
	b.article()
	b.answers(30)
	b.everyWay("/stats", "full")
	b.open("/stats")
	if plots := js[int](b, `document.querySelectorAll(".stat .plot").length`); plots < 6 {
		t.Fatalf("Statistics show %d plots: %s", plots, b.text("main"))
	}
	js[bool](b, `document.querySelector("#calendar").parentElement.querySelectorAll("summary")[1].focus(), true`)
	b.keys("\r")
	b.until(`document.querySelector("#calendar").parentElement.querySelector("table.numbers").checkVisibility()`)
	if rows := js[int](b, `document.querySelectorAll("#calendar ~ .behind table.numbers tbody tr").length`); rows != 53 {
		t.Errorf("the table behind the calendar has %d weeks, want 53", rows)
	}
	b.shot("table")
	b.size(320, 700)
	b.open("/stats")
	type scroll struct{ Wide, Shown, Left float64 }
	c := js[scroll](b, `(e => ({Wide: e.scrollWidth, Shown: e.clientWidth, Left: e.getBoundingClientRect().right - e.querySelector(".plot").getBoundingClientRect().right}))(document.querySelector(".chart.newest"))`)
	if c.Wide <= c.Shown || c.Left < -4 {
		t.Errorf("the calendar on a phone is %.0f wide in %.0f, and its newest week ends %.0f before the edge", c.Wide, c.Shown, c.Left)
	}
	b.size(1280, 900)
	b.withoutScripts()
	b.open("/stats")
	b.click("#standing ~ .behind summary")
}

// TestBrowserTimeline: step, hide and reveal by keyboard; the same without scripts; the bars
// lead to their periods.
func TestBrowserTimeline(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.article()
	b.answers(4)
	b.everyWay("/timeline", "full")
	b.open("/timeline")
	entries := js[int](b, `document.querySelectorAll(".time .what").length`)
	if entries < 4 || !strings.Contains(b.text("main"), "Treaty of Canterbury") {
		t.Fatalf("the timeline has %d entries: %s", entries, b.text("main"))
	}
	if asked := js[string](b, `[...document.querySelectorAll(".what")].map(e => e.innerText).find(s => s.endsWith("?")) ?? ""`); asked != "" {
		t.Errorf("an entry is a question: %q", asked)
	}
	b.click(".plot a")
	b.until(`location.hash.startsWith("#t-") && document.querySelector(":target")`)
	b.open("/timeline")
	b.keys("h")
	b.until(`location.search.includes("hide=1") && document.querySelector("details.secret")`)
	b.shot("hidden")
	b.accessible("hidden")
	b.keys("j")
	b.keys("j")
	b.keys("k")
	b.keys("j")
	if at := js[int](b, `[...document.querySelectorAll(".time > li[tabindex]")].indexOf(document.activeElement)`); at != 1 {
		t.Errorf("j j k j ends at entry %d, want 1", at)
	}
	b.keys("\r")
	b.until(`document.activeElement.querySelector("details.secret").open`)
	b.shot("revealed")
	b.keys("h")
	b.until(`!location.search.includes("hide") && document.querySelector(".time time")`)
	b.keys("j")
	b.keys("\r")
	b.until(`/^\/(cards|articles)\/\d+/.test(location.pathname)`)
	b.open("/timeline")
	b.click(".caption a")
	b.until(`location.pathname.startsWith("/articles/")`)
	b.until(`document.querySelector(":target")`)

	b.withoutScripts()
	b.size(320, 700)
	b.open("/timeline?hide=1")
	b.click("details.secret summary")
	b.shot("phone-without-scripts")
	b.click("#turn")
}
