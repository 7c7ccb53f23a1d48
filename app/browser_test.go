//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// article is a text of our own to paste.
const pasted = `The Channel Tunnel

The Channel Tunnel (CT) links Folkestone in England with Coquelles in France. Britain and France signed the Treaty of Canterbury on 12 February 1986. Work on the British side began in December 1987. On 1 December 1990 the workers Graham Fagg and Philippe Cozette broke through the last wall of the service tunnel. Queen Elizabeth II and President François Mitterrand opened the tunnel on 6 May 1994. It is 50.45 kilometres long, and 37.9 kilometres of it lie under the sea. The tunnel cost £4.65 billion. In 1996 the American Society of Civil Engineers (ASCE) named it one of the seven wonders of the modern world.`

// TestBrowserFirstDay is a new user's first quarter of an hour, by keyboard alone
// once signed up: review the starter deck to its end, undo, and come to the end again.
func TestBrowserFirstDay(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.open("/")
	b.until(`location.pathname === "/signup"`)
	b.signUp("ada")
	b.shot("today")
	if !strings.Contains(b.text(".hero"), "to review") {
		t.Fatalf("Today says %q, want cards of the starter deck to review", b.text(".hero"))
	}

	b.keys("\r")
	b.until(`document.querySelector("#show")`)
	total := js[int](b, `document.querySelector("progress").max`)
	if total < 5 {
		t.Errorf("the first review has %d cards, want a handful", total)
	}
	answers := 0
	for ; answers < 60 && !b.has("#home"); answers++ {
		question := b.text("#question")
		if b.has("form#grade") {
			t.Fatalf("%q: there is something to grade with before the answer is shown", question)
		}
		b.keys(" ")
		b.until(`document.querySelector("form#grade")`)
		if b.text("#answer .back") == "" {
			t.Errorf("%q has no answer", question)
		}
		if answers == 0 {
			b.shot("answer")
		}
		before := js[string](b, `document.querySelector("form#grade [name=key]").value`)
		b.keys(map[bool]string{true: "1", false: "3"}[answers%4 == 1])
		b.until(fmt.Sprintf(`document.querySelector("#home") || document.querySelector("#show") && document.querySelector("#grades-part")?.content.querySelector("[name=key]").value !== %q`, before))
	}
	if !b.has("#home") {
		t.Fatalf("after %d answers the review has not come to its end", answers)
	}
	b.shot("done")
	if got := reviews(t, b.site); got != answers {
		t.Errorf("%d answers are in the log, want the %d given", got, answers)
	}

	// Undo to the very beginning, also from the page after the last card.
	for i := range answers {
		b.keys("u")
		b.until(`document.querySelector("#notice") && document.querySelector("#show")`)
		if i+1 < answers {
			b.open("/review")
		}
	}
	b.open("/review")
	if left := js[int](b, `document.querySelector("progress").value`); left != 0 {
		t.Errorf("after undoing all, %d cards count as done", left)
	}
	b.keys("u")
	b.until(`document.querySelector("#notice")?.innerText.includes("othing")`)
	checkClean(t, b.site)
}

// TestBrowserDoubleClickAndTwoTabs: neither makes a second review, nor an error page.
func TestBrowserDoubleClickAndTwoTabs(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/review")
	b.doubleClick("#show")
	b.until(`document.querySelector("form#grade")`)
	if got := reviews(t, b.site); got != 0 {
		t.Errorf("a double click on “Show answer” graded: %d reviews", got)
	}
	first := b.text("#question")
	b.doubleClick("form#grade .good")
	b.until(fmt.Sprintf(`document.querySelector("#show") && document.querySelector("#question").innerText !== %q`, first))
	if got := reviews(t, b.site); got != 1 {
		t.Errorf("after a double click on Good there are %d reviews, want 1", got)
	}

	other := b.another()
	other.open("/review")
	for _, x := range []*tab{b, other} {
		x.click("#show")
		x.until(`document.querySelector("form#grade")`)
	}
	if b.text("#question") != other.text("#question") {
		t.Fatal("the two tabs show different cards")
	}
	second := b.text("#question")
	b.click("form#grade .good")
	b.until(fmt.Sprintf(`document.querySelector("#question").innerText !== %q`, second))
	other.click("form#grade .easy")
	other.until(`document.querySelector("#notice")?.innerText.includes("already graded")`)
	if got := reviews(t, b.site); got != 2 {
		t.Errorf("after two tabs graded one card there are %d reviews, want 2", got)
	}
	for _, move := range []string{"location.reload()", "history.back()"} {
		js[bool](b, "window.before = true; setTimeout(() => "+move+", 0); true")
		b.until(`!window.before && document.readyState === "complete"`)
	}
	if got := reviews(t, b.site); got != 2 {
		t.Errorf("after reloading and going back there are %d reviews, want 2", got)
	}
	checkClean(t, b.site)
}

// TestBrowserArticle: paste a text, choose by keys, save, study.
func TestBrowserArticle(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/articles/new")
	b.fill("#text", pasted)
	b.click("#propose")
	b.until(`/^\/articles\/\d+$/.test(location.pathname) && document.querySelector(".proposal")`)
	b.shot("desk")
	proposed := js[int](b, `document.querySelectorAll(".proposal input[type=checkbox]").length`)
	ticked := js[int](b, `document.querySelectorAll(".proposal input[type=checkbox]:checked").length`)
	if proposed < 6 || ticked < 3 {
		t.Fatalf("%d cards are proposed and %d ticked, want more of a text so full of facts", proposed, ticked)
	}
	// Every proposal's evidence is marked in the text, and the answer is that mark.
	bad := js[string](b, `[...document.querySelectorAll(".proposal")].filter(p => !document.getElementById("m-" + p.dataset.id)).map(p => p.innerText).join("\n")`)
	if bad != "" {
		t.Errorf("proposals without their mark in the text:\n%s", bad)
	}
	b.keys("j")
	b.keys("x")
	b.until(fmt.Sprintf(`document.querySelectorAll(".proposal input[type=checkbox]:checked").length === %d`, ticked-1))
	b.keys("x")
	b.until(fmt.Sprintf(`document.querySelectorAll(".proposal input[type=checkbox]:checked").length === %d`, ticked))
	b.click("#save")
	b.until(`document.querySelector(".note")?.innerText.includes("added")`)
	b.shot("saved")
	if !strings.Contains(b.text(".note"), strconv.Itoa(ticked)) {
		t.Errorf("the page says %q, want %d cards added", b.text(".note"), ticked)
	}
	// The same text again doubles nothing.
	b.open("/articles/new")
	b.fill("#text", pasted)
	b.click("#propose")
	b.until(`/^\/articles\/\d+$/.test(location.pathname) && document.querySelector(".note")`)
	if got := js[int](b, `document.querySelectorAll(".proposal.kept").length`); got != ticked {
		t.Errorf("after pasting the same text again %d cards are kept, want %d", got, ticked)
	}
	b.do(chromedp.Click(chromedp.CSS(`.proposal.kept .q a`)))
	b.until(`location.pathname.startsWith("/cards/")`)
	b.shot("card")
	checkClean(t, b.site)
}

// TestBrowserWithoutJavaScript: everything works as plain forms and links.
func TestBrowserWithoutJavaScript(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.withoutScripts()
	b.signUp("ada")
	b.open("/review")
	for range 3 {
		b.click("#show")
		b.until(`document.querySelector("form#grade")`)
		b.click("form#grade .good")
		b.until(`document.querySelector("#show")`)
	}
	b.click("#undo")
	b.until(`document.querySelector("#notice") && document.querySelector("#show")`)
	if got := reviews(t, b.site); got != 3 {
		t.Errorf("%d answers are in the log, want 3", got)
	}
	b.open("/articles/new")
	b.fill("#text", pasted)
	b.click("#propose")
	b.until(`document.querySelector(".proposal")`)
	b.click("#save")
	b.until(`document.querySelector(".note")?.innerText.includes("added")`)
	checkClean(t, b.site)
}

// TestBrowserEveryPage looks at each page on a phone and a desk, light and dark:
// axe-core finds nothing, nothing is wider than the window, the browser complains of
// nothing.
func TestBrowserEveryPage(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	for _, path := range []string{"/login", "/signup"} {
		b.look(path, path)
	}
	b.signUp("ada")
	b.open("/articles/new")
	b.fill("#text", pasted)
	b.click("#propose")
	b.until(`/^\/articles\/\d+$/.test(location.pathname)`)
	article := js[string](b, "location.pathname")
	b.open("/decks")
	deck := js[string](b, `new URL(document.querySelector("main a[href^='/decks/']:not([href='/decks/new'])").href).pathname`)
	b.open(deck)
	card := js[string](b, `new URL(document.querySelector("main a[href^='/cards/']").href).pathname`)
	b.open("/review")
	b.click("#show")
	b.until(`document.querySelector("form#grade")`)
	b.keys("3")
	b.until(`document.querySelector("#show")`)
	for _, path := range []string{
		"/", "/review", "/review?show", "/decks", "/decks/new", deck, deck + "/settings", deck + "/cards/new", card,
		"/articles", "/articles/new", "/articles/kept", article, article + "/facts", "/settings", "/trash", "/no-such-page",
	} {
		b.look(path, path)
	}
}

// look opens a page in both schemes and three widths.
func (b *tab) look(name, path string) {
	b.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{320, 768, 1280} {
			b.scheme(scheme)
			b.size(width, 800)
			b.open(strings.TrimSuffix(path, "?show"))
			if strings.HasSuffix(path, "?show") {
				b.click("#show")
				b.until(`document.querySelector("form#grade")`)
			}
			b.accessible(fmt.Sprintf("%s, %s, %d px", name, scheme, width))
			b.shot(strings.Trim(strings.NewReplacer("/", "-", "?", "-").Replace(name), "-") + "-" + scheme + "-" + strconv.FormatInt(width, 10))
		}
	}
}

// reviews counts the answers in the log, as the export has them.
func reviews(t *testing.T, s site) int {
	t.Helper()
	out, err := exec.Command(program, "export", "--db", s.db, "--user", "ada").Output()
	if err != nil {
		t.Fatalf("recto export: %v", err)
	}
	var export struct {
		Reviews []struct {
			Event struct {
				Kind string `json:"kind"`
			} `json:"event"`
		} `json:"reviews"`
	}
	if err := json.Unmarshal(out, &export); err != nil {
		t.Fatalf("recto export: %v in %.200s", err, out)
	}
	n := 0
	for _, r := range export.Reviews {
		if k := r.Event.Kind; k == "first" || k == "due" || k == "drill" {
			n++
		}
	}
	return n
}

// checkClean lets recto check verify the database while the server runs.
func checkClean(t *testing.T, s site) {
	t.Helper()
	if out, err := exec.CommandContext(context.Background(), program, "check", "--db", s.db).CombinedOutput(); err != nil {
		t.Errorf("recto check: %v\n%s", err, out)
	}
}
