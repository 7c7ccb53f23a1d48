package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// longBook is an EPUB of n chapters without a picture.
func longBook(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	put("mimetype", "application/epub+zip")
	put("META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>`)
	var items, spine strings.Builder
	for i := range n {
		put(fmt.Sprintf("c%d.xhtml", i), fmt.Sprintf("<html><body><h1>Chapter %d</h1><p>%s</p></body></html>", i+1, strings.ReplaceAll(bridge, "1931", fmt.Sprint(1700+i%300))))
		fmt.Fprintf(&items, `<item id="i%d" href="c%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="i%d"/>`, i)
	}
	put("c.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Bridges</dc:title></metadata><manifest>`+
		items.String()+`</manifest><spine>`+spine.String()+`</spine></package>`)
	must(t, z.Close())
	return b.Bytes()
}

func TestABookIsReadInTheBackgroundAndCanBeStopped(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	a := ada.upload("/articles", "file", "bridges.epub", longBook(t, 1200), nil).want(t, "a book", http.StatusSeeOther)
	if !strings.HasPrefix(a.location(), "/articles/jobs/") {
		t.Fatalf("a book leads to %s, want its progress", a.location())
	}
	page := ada.get(a.location()).want(t, "its progress", 200, "<progress", "Stop")
	checkHTML(t, "progress", page.body)
	page = ada.submit(page, "cancel-job", nil)
	for range 1000 {
		if !strings.Contains(page.body, "data-job") {
			break
		}
		time.Sleep(10 * time.Millisecond)
		page = ada.get(a.location())
	}
	page.want(t, "after stopping", 200, "Stopped")
	if rows, err := w.store.Articles(w.ctx(), ada.id); err != nil || len(rows) != 0 {
		t.Errorf("a stopped book left %d articles (%v)", len(rows), err)
	}
	broken := longBook(t, 400)
	a = ada.upload("/articles", "file", "broken.epub", broken[:len(broken)-2000], nil).want(t, "a broken book", http.StatusSeeOther)
	ada.done(a).want(t, "a broken book", 200, "damaged")
	ada.done(ada.upload("/articles", "file", "bridges.epub", longBook(t, 130), nil)).want(t, "a book that is short", 200, "Cards from “The Bridges”")
}
