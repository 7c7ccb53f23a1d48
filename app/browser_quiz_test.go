//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// quizModes are those of the page, and how a question of each is known.
var quizModes = []string{"choice", "typed", "cloze", "match", "truth", "order", "mixed"}

const (
	asks    = `document.querySelector("#answer-form")`
	answers = `document.querySelector("#next")`
	ends    = `document.querySelector("#new")`
)

// kindOf is the mode of the question on the page.
func (b *tab) kindOf() string {
	return js[string](b, `document.querySelector(".option") ? "choice" : document.querySelector("#true") ? "truth" : document.querySelector("#events") ? "order" : document.querySelector(".pairs") ? "match" : "typed"`)
}

// once checks a page once for each mode and place, in light and dark.
func (b *tab) once(seen map[string]bool, name string) {
	b.t.Helper()
	if seen[name] {
		return
	}
	seen[name] = true
	for _, scheme := range []string{"dark", "light"} {
		b.scheme(scheme)
		b.accessible(name + ", " + scheme)
		b.shot(name + "-" + scheme)
	}
}

func TestBrowserQuizByKeyboard(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	seen := map[string]bool{}
	for _, mode := range quizModes {
		b.open("/quiz?mode=" + mode)
		b.until(`document.querySelector("#start")`)
		b.once(seen, "choose")
		b.keys("\r")
		b.until(asks + ` || document.querySelector("#error")`)
		if b.has("#error") {
			t.Errorf("%s: %s", mode, b.text("#error"))
			continue
		}
		for n := 0; ; n++ {
			kind := b.kindOf()
			b.once(seen, kind)
			b.answerByKeys(kind, n)
			b.until(answers)
			b.once(seen, kind+"-feedback")
			if b.has("#was-right") && n%2 == 0 {
				b.keys("o")
				b.until(`document.querySelector("#accept")`)
				b.once(seen, "overruled")
				b.keys("a")
				b.until(`!document.querySelector("#accept")`)
				b.once(seen, "accepted")
			}
			b.keys("\r")
			b.until(asks + " && !" + answers + " || " + ends)
			if b.has("#new") {
				break
			}
			if n > 20 {
				t.Fatalf("%s: the quiz has no end", mode)
			}
		}
		b.once(seen, mode+"-end")
		if !strings.Contains(b.text("#question"), " of ") {
			t.Errorf("%s: the end says %q", mode, b.text("#question"))
		}
	}
	b.open("/quiz/results")
	b.once(seen, "results")
	checkClean(t, b.site)
}

// answerByKeys answers a question by keys alone.
func (b *tab) answerByKeys(kind string, n int) {
	b.t.Helper()
	switch kind {
	case "choice":
		b.keys([]string{"1", "2", "3", "4", "0"}[n%5])
	case "truth":
		b.keys([]string{"t", "f"}[n%2])
	case "typed":
		b.until(`document.activeElement.id === "given"`)
		b.keys([]string{"1956", "Tokyo", "?"}[n%3] + "\r")
	case "order":
		first := b.text("#events li span")
		b.keys(kb.ArrowDown)
		b.until(`document.activeElement.matches("#events li:first-child")`)
		b.do(chromedp.KeyEvent(kb.ArrowDown, chromedp.KeyModifiers(chromedp.ModifierShift)))
		b.until(fmt.Sprintf(`document.querySelector("#events li:nth-child(2) span").innerText.trim() === %q && document.activeElement.matches("#events li:nth-child(2)")`, first))
		b.keys("\r")
	case "match":
		for range 10 { // Tab reaches every list, and a letter or an arrow chooses in it
			b.keys("\t")
			if js[bool](b, `document.activeElement.matches("select")`) {
				b.keys(kb.ArrowDown)
			}
			if js[bool](b, `[...document.querySelectorAll("select")].every(s => s.value)`) {
				break
			}
		}
		js[bool](b, `document.activeElement.blur(); true`)
		b.keys("\r")
	}
}

func TestBrowserQuizByTouch(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.size(320, 640)
	b.signUp("ada")
	seen := map[string]bool{}
	b.answerAll(seen, "touch")
}

func TestBrowserQuizWithoutScripts(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.withoutScripts()
	b.answerAll(nil, "without scripts")
}

// answerAll answers a quiz of each mode by pressing what is on the page.
func (b *tab) answerAll(seen map[string]bool, how string) {
	b.t.Helper()
	for _, mode := range quizModes {
		b.open("/quiz?mode=" + mode)
		b.until(`document.querySelector("#start")`)
		if seen != nil {
			b.once(seen, "choose")
		}
		b.click("#start")
		b.until(asks)
		for n := 0; ; n++ {
			kind := b.kindOf()
			if seen != nil {
				b.once(seen, kind)
			}
			b.answerByHand(kind, n)
			b.until(answers)
			if seen != nil {
				b.once(seen, kind+"-feedback")
			}
			b.click("#next")
			b.until(asks + " && !" + answers + " || " + ends)
			if b.has("#new") {
				break
			}
			if n > 20 {
				b.t.Fatalf("%s, %s: the quiz has no end", how, mode)
			}
		}
		if seen != nil {
			b.once(seen, "end")
		}
	}
	checkClean(b.t, b.site)
}

func (b *tab) answerByHand(kind string, n int) {
	b.t.Helper()
	switch kind {
	case "choice":
		b.click(fmt.Sprintf(".options li:nth-child(%d) .option", n%4+1))
	case "truth":
		b.click([]string{"#true", "#false"}[n%2])
	case "typed":
		b.fill("#given", "Hokkaido")
		b.click("#check")
	case "order":
		second := b.text("#events li:nth-child(2) span")
		b.click(`#events li:first-child [data-move=down]`)
		b.until(fmt.Sprintf(`document.querySelector("#events li:first-child span").innerText.trim() === %q`, second))
		b.click("#check")
	case "match":
		count := js[int](b, `document.querySelectorAll("select").length`)
		for i := range count {
			b.fill(fmt.Sprintf(".pairs li:nth-child(%d) select", i+1), fmt.Sprint((i+n)%count))
		}
		b.click("#check")
	}
}

// TestBrowserQuizGoesOn: a quiz whose tab was closed is gone on with where it was.
func TestBrowserQuizGoesOn(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/quiz?mode=truth")
	b.keys("\r")
	b.until(asks)
	b.keys("t")
	b.until(answers)
	b.keys("\r")
	b.until(asks + " && !" + answers)
	second := b.text("#question")
	other := b.another()
	other.open("/quiz")
	other.click(`.open a.button`)
	other.until(asks)
	if got := other.text("#question"); got != second {
		t.Errorf("the quiz goes on with %q, want %q", got, second)
	}
	other.keys("t") // the same question is open in two tabs
	other.until(answers)
	b.keys("f")
	b.until(`document.querySelector("#notice")?.innerText.includes("already answered")`)
	b.keys("\r")
	b.until(asks + " && !" + answers)
	if got := b.text("#counts"); !strings.HasPrefix(got, "3 of") {
		t.Errorf("after two tabs answered one question the counts are %q, want 3 of ...", got)
	}
}
