//go:build browser

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

const riversTable = "front,back,tags\nWhich river flows through Rome?,The Tiber,river italy\nWhich river flows through Paris?,The Seine,river\nWhich river flows through Vienna?,The Danube,river\n"

// deckFiles are the rivers as files of six formats, by name.
func deckFiles(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	d, err := registry.All.Read(context.Background(), formats.Bytes("Rivers.csv", []byte(riversTable)), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	put := func(name string, content []byte) {
		files[name] = filepath.Join(dir, name)
		if err := os.WriteFile(files[name], content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"apkg", "txt", "csv", "json", "md"} {
		for i := range d.Notes {
			d.Notes[i].GUID = fmt.Sprintf("%s-%d", id, i)
			d.Notes[i].Fields[0] = fmt.Sprintf("%s (%s)", strings.Split(d.Notes[i].Fields[0], " (")[0], id)
		}
		d.Decks[0].Name = "Rivers " + id
		var b bytes.Buffer
		if _, err := registry.All.Write(context.Background(), &b, d, id, formats.WriteOptions{TempDir: dir}); err != nil {
			t.Fatal(err)
		}
		put("rivers."+id, b.Bytes())
	}
	put("animals.txt", []byte("hund - dog\nkatt - cat\nhest - horse\n"))
	put("holiday.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	var wide strings.Builder
	wide.WriteString("front;back\n")
	for i := range 120000 {
		fmt.Fprintf(&wide, "question number %d of a large table;answer number %d\n", i, i)
	}
	put("large.csv", []byte(wide.String()))
	put("medium.csv", []byte(wide.String()[:1<<20]))
	var z bytes.Buffer
	archive := zip.NewWriter(&z)
	w, _ := archive.Create("holiday.jpg")
	_, _ = w.Write([]byte("no deck"))
	_ = archive.Close()
	put("no-deck.apkg", z.Bytes())
	return files
}

// choose puts files into a field, as the dialogue of the browser does.
func (b *tab) choose(selector string, paths ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), paths))
}

// importFile chooses a file and waits for its preview.
func (b *tab) importFile(paths ...string) {
	b.t.Helper()
	b.open("/import")
	b.choose("#file", paths...)
	b.click("#look")
	b.until(`document.querySelector("#preview")`)
}

// TestBrowserImportSixFormats: choose, look, press once, study.
func TestBrowserImportSixFormats(t *testing.T) {
	files := deckFiles(t)
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	for _, name := range []string{"rivers.apkg", "rivers.txt", "rivers.csv", "rivers.json", "rivers.md", "animals.txt"} {
		b.importFile(files[name])
		if got := b.text("#import"); got != "Import 3 cards" {
			t.Fatalf("%s: the button says %q\n%s", name, got, b.text("main"))
		}
		b.shot("preview-" + name)
		b.doubleClick("#import") // imports once
		b.until(`document.querySelector("#take-back")`)
		if got := b.text("#lead"); !strings.HasPrefix(got, "3 cards are in ") {
			t.Errorf("%s: the report says %q", name, got)
		}
		b.shot("report-" + name)
	}
	b.importFile(files["rivers.apkg"])
	if got := b.text("#nothing"); got != "Nothing to import: all of it is here already." {
		t.Errorf("the same package again: %q\n%s", got, b.text("main"))
	}
	b.open("/import")
	if n := js[int](b, `document.querySelectorAll("form[action$='/undo']").length`); n != 6 {
		t.Errorf("the list has %d imports, want 6", n)
	}
	b.click(`form[action$="/undo"] button`)
	b.until(`document.querySelector("h1").innerText === "Taken back"`)
	b.shot("taken-back")
	b.open("/decks")
	checkClean(t, b.site)
}

// TestBrowserImportByDropAndPaste: files dropped on the page, and text typed into it.
func TestBrowserImportByDropAndPaste(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/import")
	b.shot("choose")
	js[bool](b, `(() => {
		const list = new DataTransfer();
		list.items.add(new File([`+strconv.Quote(riversTable)+`], "rivers.csv", {type: "text/csv"}));
		for (const type of ["dragover", "drop"]) dispatchEvent(new DragEvent(type, {dataTransfer: list, bubbles: true, cancelable: true}));
		return true;
	})()`)
	b.until(`document.querySelector("#preview")`)
	if got := b.text("#import"); got != "Import 3 cards" {
		t.Errorf("after dropping a file the button says %q", got)
	}

	b.open("/import")
	b.fill("#text", "hund - dog\nkatt - cat\n")
	b.click("#look")
	b.until(`document.querySelector("#preview")`)
	if got := b.text("#import"); got != "Import 2 cards" {
		t.Errorf("after pasting two lines the button says %q", got)
	}
	b.open("/import")
	b.fill("#text", "Nothing here is a card. It goes on and on, and it ends.")
	b.click("#look")
	b.until(`document.querySelector("#preview")`)
	b.shot("nothing-found")
}

// TestBrowserImportFollowsItsChoices: the preview changes with what is chosen, and the
// focus stays.
func TestBrowserImportFollowsItsChoices(t *testing.T) {
	files := deckFiles(t)
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.importFile(files["rivers.csv"])
	pick := func(selector, value string) {
		t.Helper()
		js[bool](b, fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.focus(); s.value = %q; s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, selector, value))
	}
	columns := js[int](b, `document.querySelectorAll("#rows th").length`)
	pick("#separator", "semicolon")
	b.until(fmt.Sprintf(`document.querySelectorAll("#rows th").length !== %d && document.activeElement.id === "separator"`, columns))
	b.shot("semicolon")
	pick("#separator", "")
	b.until(fmt.Sprintf(`document.querySelectorAll("#rows th").length === %d`, columns))
	pick("#header", "no")
	b.until(`document.querySelector("#count-new").innerText === "4"`)
	pick("[name=into][value=new]", "new")
	b.until(`document.querySelector("[name=into][value=new]")`)
	b.shot("choices")
}

// TestBrowserImportProgressAndStop: a large file is sent, read and saved with its
// progress to be seen, and can be stopped.
func TestBrowserImportProgressAndStop(t *testing.T) {
	files := deckFiles(t)
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/import")
	b.choose("#file", files["large.csv"])
	b.click("#look")
	b.until(`document.querySelector("#stop-import") || document.querySelector("#import")`)
	b.until(`document.querySelector("#import")`)
	if got := b.text("#import"); got != "Import 120,000 cards" {
		t.Fatalf("the button says %q", got)
	}
	b.shot("large")
	b.click("#import")
	b.until(`document.querySelector("#stop-import")`)
	b.shot("progress")
	b.click("#stop-import")
	b.until(`document.querySelector("#error")`)
	if got := b.text("#error"); !strings.HasPrefix(got, "Stopped. Nothing has been saved.") {
		t.Errorf("after Stop the page says %q", got)
	}
	b.open("/decks")
	if strings.Contains(b.text("main"), "large") {
		t.Error("an import that was stopped has left a deck")
	}
	checkClean(t, b.site)
}

// TestBrowserImportWithoutJavaScript: choose, look, choose otherwise, save, take back.
func TestBrowserImportWithoutJavaScript(t *testing.T) {
	files := deckFiles(t)
	b := openBrowser(t, serveSite(t))
	b.withoutScripts()
	b.signUp("ada")
	b.importFile(files["no-deck.apkg"])
	if got := b.text("#error"); got != "This is no deck that Recto can read: it is an archive without a deck in it." {
		t.Errorf("a file that is no deck: %q", got)
	}
	b.importFile(files["rivers.csv"])
	b.click("#look-again")
	b.until(`document.querySelector("#import")`)
	b.click("#import")
	b.until(`document.querySelector("#take-back")`)
	b.click("#take-back")
	b.until(`document.querySelector("h1").innerText === "Taken back"`)
	b.importFile(files["medium.csv"])
	b.until(`document.querySelector("#import")`)
	b.click("#import")
	b.until(`document.querySelector("#take-back")`) // the page loads itself anew until it is done
	checkClean(t, b.site)
}

// TestBrowserImportByKeyboard: no mouse from the decks to the report.
func TestBrowserImportByKeyboard(t *testing.T) {
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.open("/import")
	js[bool](b, `document.querySelector("#text").focus(), true`)
	b.keys("hund - dog\rkatt - cat\r")
	b.keys("\t\t")
	b.until(`document.activeElement.id === "look" || document.activeElement.id === "address"`)
	if js[string](b, "document.activeElement.id") == "address" {
		b.keys("\t")
	}
	b.keys("\r")
	b.until(`document.querySelector("#import")`)
	b.keys("\r")
	b.until(`document.querySelector("#take-back")`)
	b.keys("\r")
	b.until(`location.pathname === "/review"`)
}

// TestBrowserImportEveryPage: each page on a phone and a desk, light and dark.
func TestBrowserImportEveryPage(t *testing.T) {
	files := deckFiles(t)
	b := openBrowser(t, serveSite(t))
	b.signUp("ada")
	b.importFile(files["rivers.apkg"])
	b.click("#import")
	b.until(`document.querySelector("#take-back")`)
	report := js[string](b, "location.pathname")
	b.importFile(files["rivers.csv"], files["holiday.png"])
	several := js[string](b, "location.pathname")
	b.importFile(files["rivers.csv"])
	table := js[string](b, "location.pathname")
	b.importFile(files["no-deck.apkg"])
	failed := js[string](b, "location.pathname")
	b.open("/decks")
	deck := js[string](b, `new URL([...document.querySelectorAll("main a[href^='/decks/']")].find(a => a.innerText.startsWith("Rivers")).href).pathname`)
	for name, path := range map[string]string{
		"import": "/import", "import-report": report, "import-several": several, "import-table": table, "import-failed": failed,
		"import-gone": "/import/01900000-0000-7000-8000-000000000000", "export": deck + "/export",
	} {
		b.look(name, path)
	}
}
