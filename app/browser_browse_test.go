//go:build browser

package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestBrowserBrowseByKeys: cards are found, chosen and suspended by keys alone, and the
// act is taken back after a reload.
func TestBrowserBrowseByKeys(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/cards")
	b.accessible("cards")
	b.shot("cards")
	b.keys("/")
	b.until(`document.activeElement.id === "q"`)
	b.fill("#q", "of -is:suspended")
	b.keys(kb.Enter)
	b.until(`location.search.includes("is%3Asuspended") && document.querySelector("#total")`)
	b.accessible("a search")
	found := js[int](b, `document.querySelectorAll("tr[data-card]").length`)
	if found < 3 {
		t.Fatalf("%d cards are found, want some", found)
	}
	b.keys("jxjx")
	b.until(`document.querySelectorAll("input[name=card]:checked").length === 2`)
	if text := b.text("#do-chosen"); text != "Suspend: 2 cards" {
		t.Errorf("the button says %q", text)
	}
	b.shot("chosen")
	b.click("#do-chosen")
	b.until(`document.querySelector("#act")?.innerText.includes("2 cards were suspended.")`)
	b.open("/cards?q=is:suspended")
	b.until(`document.querySelectorAll("tr[data-card]").length === 2`)
	b.accessible("after an act")
	b.shot("act")
	if text := b.text("#undo-act"); text != "Undo: suspend 2 cards" {
		t.Errorf("after a reload the undo says %q", text)
	}
	b.click("#undo-act")
	b.until(`document.querySelector("#did")?.innerText.includes("Taken back: suspend 2 cards.") && document.querySelector(".empty")`)
	b.open("/cards?by=question")
	b.until(`document.querySelector("tr[data-card]")`)
	b.keys("j")
	href := js[string](b, `document.activeElement.pathname`)
	b.keys(kb.Enter)
	b.until(`location.pathname === "` + href + `"`)
}

// TestBrowserBrowseEverywhere: on a phone, in the dark, with the reference open, with
// what is wrong said, and without scripts.
func TestBrowserBrowseEverywhere(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	for _, scheme := range []string{"light", "dark"} {
		b.scheme(scheme)
		for _, width := range []int64{320, 1280} {
			b.size(width, 800)
			for name, path := range map[string]string{"all": "/cards", "wrong": "/cards?q=is%3Alate", "nothing": "/cards?q=nothingofthekind", "sorted": "/cards?by=due"} {
				b.open(path)
				b.accessible(name + " " + scheme)
				b.shot(name + "-" + scheme + map[bool]string{true: "-phone", false: ""}[width == 320])
			}
			b.open("/cards")
			b.click(".reference summary")
			b.until(`document.querySelector(".reference").open`)
			b.accessible("reference " + scheme)
			b.shot("reference-" + scheme + map[bool]string{true: "-phone", false: ""}[width == 320])
		}
	}
	b.withoutScripts()
	b.open("/cards")
	b.click("tbody input[name=card]")
	b.click("#do-chosen")
	b.until(`document.querySelector("#act")?.innerText.includes("1 card was suspended.")`)
	b.click("#undo-act")
	b.until(`document.querySelector("#did")?.innerText.includes("Taken back")`)
	b.click("#do-all")
	b.until(`document.querySelector("#act")?.innerText.includes("were suspended.")`)
}

// TestBrowserSavedSearches: a search is saved, used and deleted by keys alone on a phone,
// progress is reset and comes back, and all of it without scripts.
func TestBrowserSavedSearches(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	for _, scripts := range []bool{true, false} {
		if !scripts {
			b.withoutScripts()
		}
		b.size(320, 800)
		b.open("/cards?q=of+-is%3Asuspended")
		js[bool](b, `document.querySelector("#searches summary").focus() ?? true`)
		b.keys(kb.Enter + kb.Tab)
		if id := js[string](b, `document.activeElement.id`); id != "search-name" {
			t.Errorf("a tab from the summary leads to %q", id)
		}
		b.keys("Donaudampfschifffahrtsgesellschaftskapitänsmützen und of" + kb.Enter)
		b.until(`document.querySelector("nav[aria-label='Saved searches'] a[aria-current]")`)
		if scripts {
			b.accessible("saved")
		}
		b.open("/cards")
		js[bool](b, `document.querySelector("nav[aria-label='Saved searches'] a").focus() ?? true`)
		b.keys(kb.Enter)
		b.until(`location.search.includes("is%3Asuspended") && document.querySelector("#searches summary")`)
		js[bool](b, `document.querySelector("#searches summary").focus() ?? true`)
		b.keys(kb.Enter)
		b.until(`document.querySelector("#searches").open`)
		if scripts {
			b.accessible("saved searches")
			b.shot("saved-searches-phone")
		}
		js[bool](b, `document.querySelector("#searches li button").focus() ?? true`)
		b.keys(kb.Enter)
		b.until(`document.body.innerText.includes("no longer saved") && document.querySelector("#search-name").value.startsWith("Donau")`)
	}
	b.open("/cards")
	if high := js[int](b, `(a => { a.lastElementChild.firstChild.textContent = "1,000"; return a.offsetHeight })(document.querySelector("#place-today"))`); high > 60 {
		t.Errorf("with a large number, the bar is %d pixels high: its words wrap", high)
	}
	b.fill("#do", "reset")
	b.click("#do-all")
	b.until(`document.querySelector("#act, #did")?.innerText.match(/set back to new|Nothing had to be changed/)`)
}
