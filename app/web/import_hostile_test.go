package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recto/cards/formats"
)

// archive is a zip archive of entries: name and content.
func archive(t testing.TB, entries ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e[0])
		must(t, err)
		_, err = io.WriteString(w, e[1])
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// bomb is an archive of one megabyte that unpacks to a gigabyte.
func bomb(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	w, err := z.Create(name)
	must(t, err)
	_, err = w.Write([]byte("SQLite format 3\x00"))
	must(t, err)
	block := make([]byte, 1<<20)
	for range 1024 {
		_, err = w.Write(block)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// locked is an archive with a password on its collection.
func locked(t testing.TB) []byte {
	t.Helper()
	b := archive(t, [2]string{"collection.anki2", "SQLite format 3\x00 and more"})
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(b, []byte(mark))
		offset := map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]
		b[at+offset] |= 1
	}
	return b
}

func TestWhatIsNoDeckGetsOneSentence(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	before := w.dump()
	for what, c := range map[string]struct {
		file sentFile
		says string
	}{
		"a picture":                  {sentFile{"holiday.apkg", pixel}, "This is no deck that Recto can read: it looks like image/png."},
		"a PDF":                      {sentFile{"paper.pdf", []byte("%PDF-1.7\n1 0 obj\n")}, "it looks like application/pdf."},
		"prose":                      {sentFile{"letter.md", []byte("Dear friend,\n\nnothing here is a card.\n")}, "it is text in which no cards were found."},
		"a pickle":                   {sentFile{"default.mem", []byte("\x80\x03cos\nsystem\n")}, "it is a Python pickle, which can run programs; export it as .cards or as XML."},
		"an archive of holidays":     {sentFile{"deck.apkg", archive(t, [2]string{"holiday.jpg", "x"})}, "it is an archive without a deck in it."},
		"an archive cut short":       {sentFile{"deck.apkg", archive(t, [2]string{"collection.anki2", "x"})[:40]}, "This file is damaged"},
		"a locked archive":           {sentFile{"deck.apkg", locked(t)}, "is encrypted"},
		"a database of another kind": {sentFile{"places.sqlite", append([]byte("SQLite format 3\x00"), make([]byte, 200)...)}, "This"},
		"a gigabyte of nothing":      {sentFile{"deck.apkg", bomb(t, "collection.anki2")}, "collection.anki2: This file asks for more than is allowed"},
		"deep JSON":                  {sentFile{"deck.json", []byte(`{"recto":1,"notes":` + strings.Repeat("[", 100000))}, "This"},
		"a table of nothing":         {sentFile{"empty.csv", []byte(",\n , \n")}, "This file is damaged"},
	} {
		page, _ := ada.preview(c.file)
		page.want(t, what, 200, `id="error"`, "Nothing has been saved yet.", "Choose another file")
		text := strings.ReplaceAll(page.body, "&#39;", "'")
		if !strings.Contains(text, c.says) {
			t.Errorf("%s: the page does not say %q:\n%s", what, c.says, text[strings.Index(text, `id="error"`):][:300])
		}
		if strings.Contains(text, "Something went wrong") || page.button() != "" {
			t.Errorf("%s is not told apart from a fault of the server:\n%s", what, text)
		}
		for _, leak := range []string{os.TempDir(), "goroutine", "recto-import", "uploads"} {
			if strings.Contains(text, leak) {
				t.Errorf("%s: the page tells %q:\n%s", what, leak, text)
			}
		}
		checkHTML(t, what, page.body)
	}
	if now := w.dump(); now != before {
		t.Errorf("what is no deck changed the database: %s", diff(before, now))
	}
	if strings.Contains(w.log.String(), "level=ERROR") {
		t.Errorf("faults of files are logged as faults of the server:\n%s", w.log)
	}
}

func TestNothingToReadIsSaid(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	for what, c := range map[string]struct {
		a    answer
		says string
	}{
		"an empty form":   {ada.sendFiles(nil), "There is nothing to read yet."},
		"no file chosen":  {ada.sendFiles(nil, sentFile{"", nil}), "There is nothing to read yet."},
		"an empty file":   {ada.sendFiles(nil, sentFile{"deck.csv", nil}), "“deck.csv” is empty: there is nothing in it to import."},
		"blanks":          {ada.post("/import", url.Values{"text": {" \n "}}), "There is nothing to read yet."},
		"an address here": {ada.post("/import", url.Values{"address": {"example.org/deck.apkg"}}), "This server does not fetch addresses."},
	} {
		c.a.want(t, what, http.StatusUnprocessableEntity, c.says)
		checkHTML(t, what, c.a.body)
	}
}

const evil = `<img src=x onerror=alert(1)><script>alert(2)</script>`

func TestWhatIsHostileInTheNamesIsText(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	table := "front,back,tags,deck\n\"" + evil + "\",\"" + evil + "\",\"" + evil + "\",\"" + evil + "::" + evil + "\"\n\"x\u202egpj.exe\",y,z,\"../../etc/passwd\"\n"
	for _, name := range []string{evil + ".csv", "../../../etc/passwd.csv", `..\..\windows\evil.csv`, "C:\\CON.csv", "a\u202egpj.csv", strings.Repeat("long", 500) + ".csv", "/", "."} {
		page, path := ada.preview(sentFile{name, []byte(table)})
		checkHTML(t, name, page.body) // it complains of handlers and inline scripts
		page.want(t, name, 200, "Import 2 cards", "&lt;img src=x onerror=alert(1)&gt;")
		for _, bad := range []string{"<img", "<script>", "etc/passwd.csv", "\u202e", `\windows`} {
			if strings.Contains(strings.ReplaceAll(page.body, "../../etc/passwd</td>", ""), bad) && bad != "\u202e" {
				t.Errorf("%q: the page holds %q", name, bad)
			}
		}
		up := w.inboxOf(t, path, ada)
		if base := filepath.Base(up.files[0].path); base != "0" {
			t.Errorf("%q lies in %s: a name of a file is no path", name, up.files[0].path)
		}
	}
}

// inboxOf is an upload as the server has it.
func (w *world) inboxOf(t testing.TB, path string, c *client) upload {
	t.Helper()
	up, err := w.server.inbox.find(strings.TrimPrefix(path, "/import/"), c.id)
	must(t, err)
	return w.server.inbox.look(up)
}

func TestTheFolderOfUploadsIsPrivateAndSwept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "uploads")
	must(t, os.MkdirAll(filepath.Join(dir, "7", "left"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "7", "left", "0"), []byte("of an earlier run"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "notes"), []byte("of somebody else"), 0o600))
	w := newWorld(t, func(o *Options) { o.ImportDir = dir })
	if _, err := os.Stat(filepath.Join(dir, "7")); !os.IsNotExist(err) {
		t.Errorf("what an earlier run has left is there after the start: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "notes")); err != nil {
		t.Errorf("the start has deleted what is no upload: %v", err)
	}
	ada := w.join("ada")
	_, path := ada.preview(sentFile{"rivers.csv", []byte(rivers)})
	up := w.inboxOf(t, path, ada)
	for path, want := range map[string]os.FileMode{up.dir: 0o700, filepath.Dir(up.dir): 0o700, up.files[0].path: 0o600} {
		info, err := os.Stat(path)
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s may be read by others: %v, want %v", path, info.Mode().Perm(), want)
		}
	}
	w.wait(25 * time.Hour)
	ada.get("/import").want(t, "the next day", 200)
	ada.get(path).want(t, "a file of yesterday", http.StatusNotFound, "This file is no longer here", "Choose the file again")
	if _, err := os.Stat(up.dir); !os.IsNotExist(err) {
		t.Errorf("after a day the file is still there: %v", err)
	}
}

func TestAFileAfterARestartIsExplained(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	_, path := ada.preview(sentFile{"rivers.csv", []byte(rivers)})
	again := newWorld(t)
	someone := again.join("ada")
	for _, method := range []string{"GET", "POST"} {
		a := someone.do(method, path, "application/x-www-form-urlencoded", strings.NewReader("as=1"))
		checkHTML(t, method, a.want(t, method+" after a restart", http.StatusNotFound, "This file is no longer here", "Choose the file again").body)
	}
}

func TestUploadsAreLimited(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Imports = ImportLimits{Bytes: 40_000_000, Files: 3, Waiting: 2}
	})
	ada := w.join("ada")
	file := func(n int) sentFile {
		return sentFile{fmt.Sprintf("%d.csv", n), []byte(fmt.Sprintf("front,back\nx%d,y\n", n))}
	}
	ada.sendFiles(nil, file(1), file(2), file(3), file(4)).want(t, "four files where three may be sent", 422, "These are 4 files; Recto takes 3 at once.")
	_, first := ada.preview(file(1))
	_, second := ada.preview(file(2))
	_, third := ada.preview(file(3))
	ada.get(first).want(t, "the oldest of three where two may wait", 404)
	ada.get(second).want(t, "the second", 200)
	ada.get(third).want(t, "the third", 200)

	large := sentFile{"large.csv", []byte("front,back\n" + strings.Repeat("a question of some length,an answer\n", 30_000_000/36))}
	ada.sendFiles(nil, large).want(t, "30 MB", 303)
	ada.sendFiles(nil, sentFile{"larger.csv", make([]byte, 42_000_000)}).want(t, "42 MB where 40 may be sent", 413, "larger than Recto takes at once")
	if a := w.stranger().sendFiles(url.Values{}, large); a.status != 303 || a.location() != "/login?again=1" {
		t.Errorf("30 MB of a stranger are answered %d %s, want the way to sign in", a.status, a.location())
	}
}

// A body whose length nobody knows would have to be kept in memory while it comes.
func TestAnUploadOfUnknownLengthIsAShortOne(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.base, "http://"))
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	fmt.Fprintf(conn, "POST /import HTTP/1.1\r\nHost: x\r\nCookie: recto=%s\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n", ada.cookies["recto"])
	chunk := fmt.Sprintf("%x\r\n%s\r\n", 1<<20, strings.Repeat("x", 1<<20))
	sent := 0
	for ; sent < 60; sent++ {
		if _, err := io.WriteString(conn, chunk); err != nil {
			break
		}
	}
	answer := make([]byte, 1024)
	n, _ := conn.Read(answer)
	if !strings.Contains(string(answer[:n]), " 413 ") && sent == 60 {
		t.Errorf("60 MB in chunks are answered %q, want 413", answer[:min(n, 100)])
	}
}

func TestAnAddressIsFetched(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.DeckFetcher = func(_ context.Context, address string) (Fetched, error) {
			switch address {
			case "https://example.org/decks/rivers%20of%20Europe.csv":
				return Fetched{Body: []byte(rivers), Type: "application/octet-stream", URL: address}, nil
			case "https://example.org/empty":
				return Fetched{URL: address}, nil
			}
			return Fetched{}, fmt.Errorf("There is no page at this address (example.org answers 404).") //nolint:staticcheck // a sentence for the user, as fetchers give
		}
	})
	ada := w.join("ada")
	fetched := func(address string) answer {
		a := ada.post("/import", url.Values{"address": {address}, "as": {fmt.Sprint(ada.id)}, "key": {newKey()}}).want(t, address, 303)
		return ada.settled(a.location())
	}
	fetched("example.org/decks/rivers%20of%20Europe.csv").want(t, "a deck by address", 200, "Import “rivers of Europe.csv”", "Import 3 cards")
	fetched("https://example.org/nothing").want(t, "no page", 200, "There is no page at this address (example.org answers 404).", "Choose another file")
	fetched("https://example.org/empty").want(t, "an empty page", 200, "There is nothing at this address")
}

func TestAFormSentTwiceIsOneUpload(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	form := url.Values{"as": {fmt.Sprint(ada.id)}, "key": {newKey()}}
	file := sentFile{"rivers.csv", []byte(rivers)}
	answers := make(chan answer, 4)
	for range cap(answers) {
		go func() { answers <- ada.copy().sendFiles(form, file) }()
	}
	var at []string
	for range cap(answers) {
		at = append(at, (<-answers).want(t, "the same form", 303).location())
	}
	if slices.Sort(at); at[0] != at[len(at)-1] {
		t.Errorf("one form sent four times leads to %q, want one place", at)
	}
	if n := len(w.server.inbox.of(ada.id)); n != 1 {
		t.Errorf("one form sent four times is %d uploads", n)
	}
}

// copy is another tab of the same browser.
func (c *client) copy() *client {
	other := c.w.stranger()
	other.id = c.id
	other.cookies["recto"] = c.cookies["recto"]
	return other
}

func TestReadingCanBeStopped(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Imports = ImportLimits{Read: formats.Limits{Time: time.Minute}} })
	ada := w.join("ada")
	hold := w.holdLane(t)
	a := ada.sendFiles(nil, sentFile{"rivers.csv", []byte(rivers)}).want(t, "a file behind another", 303)
	page := ada.get(a.location()).want(t, "its page", 200, "data-job", "Waiting for another file to be done.", "http-equiv=\"refresh\"")
	checkHTML(t, "a file that waits", page.body)
	ada.get("/import").want(t, "the list", 200, "rivers.csv", "being read or saved")
	stopped := ada.submit(page, "stop-import", nil).want(t, "after Stop", 200, "Stopped. Nothing has been saved. The file is still here.", "Read it again")
	checkHTML(t, "stopped", stopped.body)
	hold()
	ada.press(stopped, "look-again", nil).want(t, "read again", 200, "Import 3 cards")
	gone := ada.submit(ada.get(a.location()), "throw-away", nil).want(t, "thrown away", 200, "Thrown away. Nothing was imported.")
	checkHTML(t, "thrown away", gone.body)
	ada.get(a.location()).want(t, "after that", 404)
}

// holdLane keeps all files waiting, until what it returns is called.
func (w *world) holdLane(t testing.TB) (release func()) {
	t.Helper()
	begun, end := make(chan struct{}), make(chan struct{})
	r := &request{ctx: context.Background(), now: w.now(), id: "test"}
	j, err := w.server.start(r, task{lane: importLane, most: time.Minute, do: func(ctx context.Context, _ func(done, total int)) (string, error) {
		close(begun)
		<-end
		return "", nil
	}})
	must(t, err)
	<-begun
	return func() {
		close(end)
		<-j.over
	}
}
