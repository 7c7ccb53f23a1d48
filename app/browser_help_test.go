//go:build browser

package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// capitals makes a deck of two short answers and a long one, whose answers are typed.
func (b *tab) capitals() string {
	b.t.Helper()
	deck, as := b.makeDeck("Capitals"), b.as()
	for i, c := range [][2]string{{"Capital of Peru?", "Lima"}, {"Capital of Chile?", "Santiago"}, {"Tell of Peru", strings.Repeat("It is a long story. ", 20)}} {
		b.send(deck+"/cards", as, field{"type", "Basic"}, field{"key", "key-of-a-card-number-" + strconv.Itoa(i)}, field{"front", c[0]}, field{"back", c[1]})
	}
	return deck
}

func TestBrowserTypedReviewByKeyboard(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.open(deck + "/settings")
	b.click(`[action$="/typed"] [name=typed]`)
	b.click("#set-typed")
	b.until(`document.querySelector("[action$='/typed'] [name=typed]").checked && document.querySelector("#notice")`)
	seen := map[string]bool{}
	id := deck[len("/decks/"):]
	b.open("/review?deck=" + id)
	b.until(`document.activeElement.id === "typed"`)
	b.once(seen, "typed-front")
	b.keys("santiago\r")
	b.until(`document.querySelector("#verdict.wrong") && document.activeElement.matches("button.again")`)
	b.once(seen, "typed-wrong")
	b.keys("3") // right, by one's word
	b.until(`document.querySelector("#notice")?.innerText.includes("By your word") && document.activeElement.id === "typed"`)
	b.once(seen, "typed-offer")
	b.keys("Santiago\r")
	b.until(`document.querySelector("#verdict.right") && document.activeElement.matches("button.good")`)
	b.once(seen, "typed-right")
	b.keys("\r")
	b.until(`document.querySelector("#show")?.matches("[data-show]")`) // the long one is turned over
	b.keys(" ")
	b.until(`document.querySelector("form#grade")`)
	b.keys("u")
	b.until(`document.activeElement.id === "typed" && document.querySelector("#notice")?.innerText.includes("Taken back")`)
	checkClean(t, b.site)

	b.open("/quiz?from=decks:" + id + "&mode=typed") // Alt+O while one types
	b.click("#start")
	b.until(`document.activeElement.id === "given"`)
	b.keys("the one I mean")
	b.do(chromedp.KeyEvent("o", chromedp.KeyModifiers(chromedp.ModifierAlt)))
	b.until(`document.querySelector(".verdict")?.innerText.includes("Right, by your word")`)
}

func TestBrowserTypedReviewByTouch(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.size(320, 640)
	b.open(deck + "/settings")
	seen := map[string]bool{}
	b.once(seen, "typed-settings")
	b.typeByHand(deck, seen)
}

func TestBrowserTypedReviewWithoutScripts(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.withoutScripts()
	b.typeByHand(deck, nil)
}

// typeByHand answers a deck by typing, by pressing what is on the page.
func (b *tab) typeByHand(deck string, seen map[string]bool) {
	b.t.Helper()
	look := func(name string) {
		if seen != nil {
			b.once(seen, name)
		}
	}
	b.open(deck + "/settings")
	b.click(`[action$="/typed"] [name=typed]`)
	b.click("#set-typed")
	b.until(`document.querySelector("#notice")`)
	b.open("/review?deck=" + deck[len("/decks/"):])
	b.until(`document.querySelector("#typed")`)
	look("typed-front")
	b.fill("#typed", "Cuzco")
	b.click("#show")
	b.until(`document.querySelector("#verdict.wrong")`)
	look("typed-wrong")
	b.click("button.good")
	b.until(`document.querySelector("#put-back")`)
	look("typed-offer")
	b.click("#put-back")
	b.until(`document.querySelector("#notice")?.innerText.includes("Accepted")`)
	b.fill("#typed", "santiago")
	b.click("#show")
	b.until(`document.querySelector("#verdict.right")`)
	look("typed-right")
	b.click("button.good")
	b.until(`!document.querySelector("#typed") && document.querySelector("#show")`)
	checkClean(b.t, b.site)
}

// confuse types the answer of one of the capitals to the other, and returns the path of
// the card that was asked.
func (b *tab) confuse(deck string) string {
	b.t.Helper()
	b.open(deck + "/settings")
	b.click(`[action$="/typed"] [name=typed]`)
	b.click("#set-typed")
	b.until(`document.querySelector("#notice")`)
	b.open("/review?deck=" + deck[len("/decks/"):])
	b.fill("#typed", "Santiago")
	b.click("#show")
	b.until(`document.querySelector("#verdict.wrong")`)
	b.click("summary")
	return js[string](b, `new URL(document.querySelector("#help").href).pathname`)
}

// TestBrowserHelpByKeyboard goes from the review to the page of help and back by keys.
func TestBrowserHelpByKeyboard(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.confuse(deck)
	b.keys("h")
	b.until(`location.pathname.endsWith("/help")`)
	js[bool](b, `document.querySelector("#mnemonic-text").focus(), true`)
	b.keys("Limes are green\t\r")
	b.until(`document.querySelector("#notice")?.innerText.includes("mnemonic is saved")`)
	js[bool](b, `document.querySelector("#put-back").focus(), true`)
	b.keys("\r")
	b.until(`document.querySelector("#notice")?.innerText.includes("Taken back")`)
	b.keys("\x1b")
	b.until(`location.pathname === "/review"`)
	checkClean(t, b.site)
}

// TestBrowserHelpEverywhere looks at the pages in light and dark, wide and narrow, and
// does everything on them by hand.
func TestBrowserHelpEverywhere(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.send(deck+"/cards", b.as(), field{"type", "Basic"}, field{"key", "key-of-a-list-of-countries"}, field{"front", "Countries of the Andes?"}, field{"back", "Peru, Chile and Bolivia"})
	b.open("/leeches")
	b.everyWay("/leeches", "leeches-empty")
	path := b.confuse(deck)
	b.click("button.again")
	b.until(`document.querySelector("#typed")`)
	b.everyWay(path, "help-pair")
	b.everyWay("/leeches", "leeches")
	b.everyWay(strings.TrimSuffix(path, "/help"), "card-pair")
	b.size(320, 640)
	b.helpByHand(deck, path)
}

func TestBrowserHelpWithoutScripts(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.capitals()
	b.send(deck+"/cards", b.as(), field{"type", "Basic"}, field{"key", "key-of-a-list-of-countries"}, field{"front", "Countries of the Andes?"}, field{"back", "Peru, Chile and Bolivia"})
	b.withoutScripts()
	path := b.confuse(deck)
	b.click("button.again")
	b.until(`document.querySelector("#typed")`)
	b.helpByHand(deck, path)
}

// helpByHand presses all that helps with a card, and takes some of it back.
func (b *tab) helpByHand(deck, path string) {
	b.t.Helper()
	act := func(button, said string) {
		b.t.Helper()
		b.open(path)
		b.click(button)
		b.until(fmt.Sprintf(`document.querySelector("#notice")?.innerText.includes(%q)`, said))
	}
	back := func() {
		b.t.Helper()
		b.click("#put-back")
		b.until(`document.querySelector("#notice")?.innerText.includes("Taken back")`)
	}
	act("#do-contrast-0", "tell the two apart")
	act("#do-until", "Put off until")
	back()
	act("#do-leave", "Left as it is")
	b.open(path)
	b.fill("#context-text", "South America")
	b.click("#do-context")
	b.until(`document.querySelector("#notice")?.innerText.includes("context stands")`)
	back()
	b.open(deck + "?q=Andes")
	b.click(`main a[href^="/cards/"]`)
	b.click("#help")
	b.until(`document.querySelector("#do-split")`)
	b.click("#do-split")
	b.until(`document.querySelector("#notice")?.innerText.includes("Made 3 cards of it")`)
	b.shot("split")
	back()
	b.open("/leeches")
	b.click(`form[action$="/drill"] button`)
	for range 2 {
		b.until(`document.querySelector("button.option")`)
		b.click("button.option")
		b.until(answers)
		b.click("#next")
	}
	b.until(`document.querySelector("#given")`)
	b.shot("drill")
	checkClean(b.t, b.site)
}
