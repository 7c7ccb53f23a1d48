//go:build browser

package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// field is a name and a value of a form.
type field [2]string

// send posts a form as the signed-in user would, and returns where it led.
func (b *tab) send(path string, fields ...field) string {
	b.t.Helper()
	list, err := json.Marshal(fields)
	if err != nil {
		b.t.Fatal(err)
	}
	answer := js[string](b, fmt.Sprintf(`fetch(%q, {method: "POST", body: new URLSearchParams(%s)}).then(r => r.status + " " + r.url)`, path, list))
	if !strings.HasPrefix(answer, "200 ") {
		b.t.Fatalf("POST %s: %s", path, answer)
	}
	return strings.TrimPrefix(answer, "200 "+b.site.url)
}

// as is the identifier of who is signed in, as forms have it.
func (b *tab) as() field {
	b.t.Helper()
	b.open("/decks/new")
	return field{"as", js[string](b, `document.querySelector("main [name=as]")?.value ?? "1"`)}
}

// makeDeck makes an empty deck, the only one that is studied, and returns its path.
func (b *tab) makeDeck(name string) string {
	b.t.Helper()
	as := b.as()
	path := b.send("/decks", as, field{"name", name})
	return regexp.MustCompile(`/decks/\d+`).FindString(path)
}

// kind is a note type with one template.
type kind struct {
	name, front, back, css string
	fields                 []string
	cloze                  bool
}

// makeKind makes a note type through its page.
func (b *tab) makeKind(k kind) {
	b.t.Helper()
	base := "Basic"
	if k.cloze {
		base = "Cloze"
	}
	path := strings.SplitN(b.send("/notetypes", b.as(), field{"name", k.name}, field{"base", base}), "?", 2)[0]
	form := []field{b.as(), {"name", k.name}, {"css", k.css}, {"template-from", "0"}, {"template-name", "Card"}, {"template-front", k.front}, {"template-back", k.back}}
	for i, f := range k.fields {
		from := -1
		if i < 2 {
			from = i
		}
		form = append(form, field{"field-from", fmt.Sprint(from)}, field{"field-name", f}, field{"field-place", fmt.Sprint(i)})
	}
	b.send(path, form...)
}

// addNote adds a note of a kind with fields of HTML.
func (b *tab) addNote(deck string, k kind, values ...string) {
	b.t.Helper()
	form := []field{b.as(), {"key", "key-of-a-note-" + fmt.Sprintf("%x", len(values[0])) + randomText()}, {"type", k.name}}
	for i, v := range values {
		form = append(form, field{fmt.Sprintf("f%d", i), v}, field{fmt.Sprintf("f%d-html", i), "1"})
	}
	b.send(deck+"/cards", form...)
}

var randomText = func() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("%08d", n) }
}()

// addFile stores a medium and returns what to put into a field.
func (b *tab) addFile(name, kind string, body []byte) string {
	b.t.Helper()
	as := b.as()
	answer := js[string](b, fmt.Sprintf(`(() => { const f = new FormData(); f.set("as", %q); f.set("text", "1");
		f.set("file", new File([Uint8Array.from(atob(%q), c => c.charCodeAt(0))], %q, {type: %q}));
		return fetch("/media", {method: "POST", body: f}).then(async r => r.status + " " + await r.text()); })()`, as[1], base64.StdEncoding.EncodeToString(body), name, kind))
	if !strings.HasPrefix(answer, "200 ") {
		b.t.Fatalf("adding %s: %s", name, answer)
	}
	return strings.TrimPrefix(answer, "200 ")
}

// TestBrowserCardsMath: formulas are drawn, and without scripts they can be read.
func TestBrowserCardsMath(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	seen := b.trespasses()
	deck := b.makeDeck("Mathematics")
	k := kind{name: "Formulas", fields: []string{"Front", "Back"}, front: "{{Front}}", back: `{{FrontSide}}<hr id="answer">{{Back}}`, css: ".card { text-align: center; font-size: 22px }"}
	b.makeKind(k)
	b.addNote(deck, k, `What is \(\sqrt{x^2}\)? And <b style="color: teal">this</b>: [$$]\sum_{n=1}^\infty \frac1{n^2}[/$$]`, `[latex]It is $|x|$.[/latex] \[\ce{2H2 + O2 -> 2H2O}\] \[\begin{aligned} a &amp;= b\\ \mathbb{R} &amp;\ni \mathcal{L} \end{aligned}\]`)
	b.send(deck+"/cards", b.as(), field{"key", "key-of-a-plain-note"}, field{"type", "Basic"}, field{"front", `When is \(a^2+b^2=c^2\)?`}, field{"back", "In a right triangle"})
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.until(`document.querySelectorAll("#question mjx-container svg").length === 2`)
	b.keys(" ")
	b.until(`document.querySelectorAll("#answer mjx-container svg").length === 5`)
	if bad := js[int](b, `document.querySelectorAll("mjx-merror, [data-mjx-error]").length`); bad > 0 {
		t.Errorf("%d formulas are not understood", bad)
	}
	if js[bool](b, `document.querySelector("mjx-container svg").getBoundingClientRect().height < 10`) {
		t.Error("a formula has no height")
	}
	if over := js[string](b, `getComputedStyle(document.querySelector("mjx-container")).position`); over == "" {
		t.Error("MathJax's style sheet is not there")
	}
	b.accessible("a card with formulas")
	b.shot("light")
	b.scheme("dark")
	b.shot("dark")
	b.scheme("light")
	b.keys("3")
	b.until(`document.querySelector("h1.prompt mjx-container svg")`)
	b.shot("plain")
	seen.check(t, "formulas")
	b.withoutScripts()
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.do(chromedp.WaitVisible(chromedp.CSS("h1.prompt")))
	b.shot("no-scripts")
}

// tone is a WAV file of a second.
func tone() []byte {
	const rate = 8000
	data := make([]byte, rate)
	for i := range data {
		data[i] = byte(128 + 100*((i/10)%2))
	}
	var w []byte
	w = append(w, "RIFF"...)
	w = binary.LittleEndian.AppendUint32(w, uint32(36+len(data)))
	w = append(w, "WAVEfmt "...)
	for _, v := range []uint32{16, 1 | 1<<16, rate, rate, 1 | 8<<16} {
		w = binary.LittleEndian.AppendUint32(w, v)
	}
	w = append(w, "data"...)
	w = binary.LittleEndian.AppendUint32(w, uint32(len(data)))
	return append(w, data...)
}

// TestBrowserCardsSoundAndPicture: what is heard plays by itself, in order, with
// controls, unless this device was told to be quiet.
func TestBrowserCardsSoundAndPicture(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	seen := b.trespasses()
	deck := b.makeDeck("Sounds")
	sound, again := b.addFile("a tone.wav", "audio/wav", tone()), b.addFile("another.wav", "audio/wav", tone()[:4000])
	pixel, _ := base64.StdEncoding.DecodeString(onePixel)
	picture := b.addFile("dot & dash.png", "image/png", pixel)
	k := kind{name: "Heard", fields: []string{"Front", "Back"}, front: "{{Front}}", back: `{{FrontSide}}<hr id="answer">{{Back}}`, css: ".card { color: black; background-color: white; text-align: center }"}
	b.makeKind(k)
	b.addNote(deck, k, "What is this? "+sound+again, picture+sound)
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.until(`document.querySelectorAll("#question audio[controls]").length === 2`)
	b.click("#show")
	b.until(`document.querySelectorAll("#answer audio").length === 3`)
	b.until(`[...document.querySelectorAll("#answer audio.card-auto")].some(a => a.currentTime > 0)`)
	if n := js[int](b, `[...document.querySelectorAll("#answer audio:not(.card-auto)")].filter(a => a.currentTime > 0).length`); n > 0 {
		t.Errorf("%d sounds of the front play again on the back", n)
	}
	b.until(`document.querySelector("#answer img")?.naturalWidth === 1`)
	b.click(".more summary")
	b.until(`document.querySelector("[data-sounds]:not([hidden])")`)
	b.click("[data-autoplay]")
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.click("#show")
	b.until(`document.querySelectorAll("#answer audio").length === 3`)
	if js[bool](b, `new Promise(r => setTimeout(() => r([...document.querySelectorAll("audio")].some(a => a.currentTime > 0)), 300))`) {
		t.Error("a sound plays by itself although this device was told to be quiet")
	}
	b.keys("r")
	b.until(`[...document.querySelectorAll("#answer audio.card-auto")].some(a => a.currentTime > 0)`)
	b.accessible("a card with sounds")
	b.shot("answer")
	seen.check(t, "sounds")
}

// TestBrowserCardsLook: right to left, narrow, dark, without scripts.
func TestBrowserCardsLook(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.makeDeck("Looks")
	stock := ".card { font-family: arial; font-size: 20px; text-align: center; color: black; background-color: white; } .cloze { font-weight: bold; color: blue; } .nightMode .cloze { color: lightblue; }"
	gaps := kind{name: "Stock cloze", cloze: true, fields: []string{"Text", "Back Extra"}, front: "{{cloze:Text}}", back: "{{cloze:Text}}<br>{{Back Extra}}", css: stock}
	rtl := kind{name: "Stock basic", fields: []string{"Front", "Back"}, front: `{{Front}}`, back: "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}", css: strings.SplitN(stock, ".cloze", 2)[0]}
	bare := kind{name: "Bare", fields: []string{"Front", "Back"}, front: `{{Front}}`, back: "{{FrontSide}}<hr id=answer>{{Back}}"}
	for _, k := range []kind{gaps, rtl, bare} {
		b.makeKind(k)
	}
	b.addNote(deck, gaps, "The {{c1::Seine::river}} flows through Paris.", "A map")
	b.addNote(deck, rtl, `<div dir="rtl">מה בירת צרפת?</div>`, `<div dir="rtl"><table><tr><td>פריז</td><td style="background-color: yellow">Paris</td></tr></table></div>`)
	b.addNote(deck, bare, "Which <i>river</i> flows through Rome?", "<ul><li>The <b>Tiber</b></ul>")
	for i, name := range []string{"gaps", "rtl", "bare"} {
		b.size(1280, 900)
		b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
		b.until(`document.querySelector("#question .c-card")`)
		b.shot(name + "-front")
		b.accessible(name + ", front")
		b.keys(" ")
		b.until(`document.querySelector("#answer .c-card") && !document.querySelector("#question .c-card")`)
		for _, scheme := range []string{"light", "dark"} {
			b.scheme(scheme)
			b.accessible(name + ", " + scheme)
			b.shot(name + "-" + scheme)
			b.size(320, 640)
			b.accessible(name + ", 320 pixels, " + scheme)
			b.shot(name + "-narrow-" + scheme)
			b.size(1280, 900)
		}
		if i == 1 && js[string](b, `getComputedStyle(document.querySelector("#answer [dir=rtl]")).direction`) != "rtl" {
			t.Error("a text from right to left goes from left to right")
		}
		b.scheme("light")
		b.keys("4")
		b.until(`!document.querySelector("form#grade")`)
	}
	b.send("/review/undo", b.as(), field{"key", "key-of-an-undo-1234"})
	b.withoutScripts()
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.click("#show")
	b.do(chromedp.WaitVisible(chromedp.CSS("#answer .c-card")))
	b.shot("no-scripts")
}

// TestBrowserCardsTyped: an answer is typed before the card is turned.
func TestBrowserCardsTyped(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	deck := b.makeDeck("Typed")
	k := kind{name: "Typed", fields: []string{"Front", "Back"}, front: "{{Front}} {{type:Back}}", back: `{{FrontSide}}<hr id="answer">{{type:Back}}`}
	b.makeKind(k)
	b.addNote(deck, k, "The capital of Austria?", "Vienna")
	b.open("/review?deck=" + strings.TrimPrefix(deck, "/decks/"))
	b.until(`document.activeElement?.matches(".card-typing")`)
	b.accessible("an answer to type")
	b.keys("Vienn\r")
	b.until(`document.querySelector("#answer .card-typed .card-missed")?.innerText === "a"`)
	b.accessible("an answer compared")
	b.shot("compared")
}

// TestBrowserCardsEditor: a preview that follows, gaps and marks by keys, a picture that
// is pasted, and all of it without scripts.
func TestBrowserCardsEditor(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	seen := b.trespasses()
	deck := b.makeDeck("Edited")
	b.open(deck + "/cards/new")
	b.accessible("a new card")
	b.do(chromedp.SetValue(chromedp.CSS("#type"), "Cloze"))
	b.until(`document.querySelector("#f0") && document.querySelector("#type").value === "Cloze"`)
	b.do(chromedp.Focus(chromedp.CSS("#f0")))
	b.keys("Paris <3 on the Seine")
	js[bool](b, `document.querySelector("#f0").setSelectionRange(0, 5); true`)
	press := func(key string, shift bool) {
		b.t.Helper()
		js[bool](b, fmt.Sprintf(`document.querySelector("#f0").dispatchEvent(new KeyboardEvent("keydown", {key: %q, ctrlKey: true, shiftKey: %v, bubbles: true, cancelable: true})); true`, key, shift))
	}
	press("C", true)
	b.until(`document.querySelector("#f0").value === "{{c1::Paris}} <3 on the Seine"`)
	b.until(`document.querySelector("#preview .c-cloze")?.innerText === "[...]"`)
	b.until(`document.querySelectorAll("#preview .face")[1].innerText.includes("Paris <3")`)
	press("b", false)
	b.until(`document.querySelector("#f0").value === "{{c1::<b>Paris</b>}} &lt;3 on the Seine" && document.querySelector("[name=f0-html]").checked`)
	b.until(`document.querySelectorAll("#preview .face")[1].querySelector("b")?.innerText === "Paris"`)
	js[bool](b, fmt.Sprintf(`(() => { const area = document.querySelector("#f1"); area.focus(); const d = new DataTransfer();
		d.items.add(new File([Uint8Array.from(atob(%q), c => c.charCodeAt(0))], "image.png", {type: "image/png"}));
		area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return true; })()`, onePixel))
	b.until(`/^<img src="paste-\d+\.png">$/.test(document.querySelector("#f1").value)`)
	b.until(`document.querySelector("#preview img")?.naturalWidth === 1`)
	b.accessible("a note with its preview")
	b.shot("preview")
	b.size(320, 640)
	b.accessible("a note with its preview, 320 pixels")
	b.shot("narrow")
	b.size(1280, 900)
	b.click("#add-card")
	b.until(`document.querySelector("#notice")?.innerText.includes("Added")`)

	b.open(deck)
	b.click("main td a")
	b.until(`location.pathname.startsWith("/cards/") && document.querySelector(".sides .face")`)
	b.accessible("the page of a card")
	b.shot("card")
	for _, path := range []string{"/notetypes", "/media"} {
		b.open(path)
		b.accessible(path)
	}
	b.makeKind(kind{name: "My gaps", cloze: true, fields: []string{"Text", "Back Extra"}, front: "{{cloze:Text}}", back: "{{cloze:Text}}"})
	b.open("/notetypes")
	b.click(".links a")
	b.until(`document.querySelector("#css")`)
	b.accessible("a kind of note")
	b.fill("#css", ".cloze { color: rgb(200, 0, 0) }")
	js[bool](b, `document.querySelector("#css").dispatchEvent(new Event("input", {bubbles: true})); true`)
	b.until(`document.querySelector("#preview .c-cloze") && getComputedStyle(document.querySelector("#preview .c-cloze")).color === "rgb(200, 0, 0)"`)
	b.shot("kind")
	b.size(320, 640)
	b.accessible("a kind of note, 320 pixels")
	b.size(1280, 900)
	seen.check(t, "the editor")

	b.withoutScripts()
	b.open(deck + "/cards/new?type=Cloze")
	b.fill("#f0", "The {{c1::Danube}}")
	b.click("#show-preview")
	b.do(chromedp.WaitVisible(chromedp.CSS("#preview .c-cloze")))
	b.shot("no-scripts")
	b.click("#add-card")
	b.do(chromedp.WaitVisible(chromedp.CSS("#notice")))
}
