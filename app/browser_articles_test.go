//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"
)

// ticked counts the proposals that Save would add.
const ticked = `document.querySelectorAll(".proposal input[name=keep]:checked").length`

// pasteArticle brings a text and waits for its desk.
func (b *tab) pasteArticle(text string) string {
	b.t.Helper()
	b.open("/articles/new")
	b.fill("#text", text)
	b.click("#propose")
	b.until(`/^\/articles\/\d+$/.test(location.pathname) && document.querySelector(".proposal")`)
	return js[string](b, "location.pathname")
}

// TestBrowserDesk: the budget, joining and taking apart, by keyboard.
func TestBrowserDesk(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.pasteArticle(pasted)
	usual := js[int](b, ticked)
	b.keys("b") // the slider
	b.until(`document.activeElement.id === "budget"`)
	js[bool](b, `(() => { const s = document.querySelector("#budget"); s.value = s.max; s.dispatchEvent(new Event("input", { bubbles: true })); return true; })()`)
	b.until(fmt.Sprintf(`%s > %d && location.search.includes("budget=75")`, ticked, usual))
	if !js[bool](b, `document.activeElement.id === "budget"`) {
		t.Error("the slider has lost the focus")
	}
	b.shot("desk-more")
	js[bool](b, `(() => { const s = document.querySelector("#budget"); s.value = s.min; s.dispatchEvent(new Event("input", { bubbles: true })); return true; })()`)
	b.until(`!document.querySelector("ol.deal .proposal") || document.querySelector("details.less")`)
	b.open(js[string](b, "location.pathname") + "?budget=75&order=text")
	// The first proposal that has a partner.
	id := js[string](b, `document.querySelector("[data-join]").closest(".proposal").dataset.id`)
	// One card asks for both: it is ticked, and its partner no longer.
	want := js[int](b, ticked) + js[int](b, fmt.Sprintf(`(() => { const own = document.getElementById("k-%[1]s"), with_ = document.getElementById("k-" + document.querySelector("#p-%[1]s [data-join]").value); return (own.checked ? 0 : 1) - (with_.checked ? 1 : 0); })()`, id))
	js[bool](b, fmt.Sprintf(`(() => { document.getElementById("p-%s").focus(); return true; })()`, id))
	b.keys("m")
	b.until(`document.querySelector(".proposal.joined")`)
	b.shot("desk-joined")
	if got := js[string](b, `document.activeElement.dataset.id ?? ""`); got != id {
		t.Errorf("after joining the focus is on %q, want on the card that asks for both", got)
	}
	if got := js[int](b, ticked); got != want {
		t.Errorf("after joining %d cards are ticked, want %d", got, want)
	}
	js[bool](b, `(() => { const joined = document.querySelector(".proposal.joined"), fold = joined.closest("details"); if (fold) fold.open = true; joined.focus(); return true; })()`)
	b.keys("m")
	b.until(`!document.querySelector(".proposal.joined")`)
	b.click("#save")
	b.until(`document.querySelector(".note")?.innerText.includes("added")`)
	checkClean(t, b.site)
}

// TestBrowserReading: once review begins the text shows what is known, in words and
// patterns, and each mark leads to its card.
func TestBrowserReading(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	desk := b.pasteArticle(pasted)
	b.click("#save")
	b.until(`document.querySelector(".note")?.innerText.includes("added")`)
	deck := js[string](b, `new URL(document.querySelector(".note a[href^='/review']").href).search`)
	b.open("/review" + deck)
	for range 2 {
		b.keys(" ")
		b.until(`document.querySelector("form#grade")`)
		b.keys("3")
		b.until(`document.querySelector("#show")`)
	}
	b.open(desk)
	if !js[bool](b, `document.querySelectorAll("#legend mark").length >= 2 && document.querySelector(".article mark[data-sort=learning]") !== null`) {
		t.Fatalf("the text shows nothing of what is known: %s", b.text("#legend"))
	}
	b.look("reading", desk)
	b.size(1280, 900)
	b.open(desk)
	b.keys("v")
	b.until(`location.search.includes("marks=off") && !document.querySelector(".article mark[data-sort]")`)
	b.keys("v")
	b.until(`!location.search.includes("marks=off") && document.querySelector(".article mark[data-sort]")`)
	js[bool](b, `(() => { document.querySelector(".article mark[data-sort=learning] a").click(); return true; })()`)
	b.until(`location.pathname.startsWith("/cards/")`)
}

// TestBrowserRevision: a newer version of a text, without JavaScript.
func TestBrowserRevision(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	desk := b.pasteArticle(pasted)
	b.click("#save")
	b.until(`document.querySelector(".note")?.innerText.includes("added")`)
	b.look("revise", desk+"/revise")
	b.size(1280, 900)
	b.open(desk + "/revise")
	b.fill("#text", strings.NewReplacer("6 May 1994", "7 May 1994", "It is 50.45 kilometres long, and 37.9 kilometres of it lie under the sea. ", "").Replace(pasted))
	b.click("#compare")
	b.until(`location.pathname.endsWith("/revision") && document.querySelector("#use-revision")`)
	if !strings.Contains(b.text("main"), "7 May 1994") {
		t.Errorf("the comparison does not show the new date:\n%s", b.text("main"))
	}
	revision := js[string](b, "location.pathname")
	b.look("revision", revision)
	b.size(1280, 900)
	b.withoutScripts()
	b.open(revision)
	b.click("#use-revision")
	b.until(`document.querySelector("#notice")?.innerText.includes("in use")`)
	b.click("#put-back")
	b.until(`document.querySelector("#notice")?.innerText.includes("Taken back")`)
	b.click("#use-revision")
	b.until(`document.querySelector("#to-desk")`)
	b.click("#to-desk")
	b.until(`document.querySelector(".proposal.kept")`)
	b.open(strings.TrimSuffix(revision, "/revision") + "?budget=75")
	b.until(`document.querySelector("#show-budget")`)
	b.click("#show-budget")
	b.until(`location.search.includes("budget=75")`)
	checkClean(t, b.site)
}
