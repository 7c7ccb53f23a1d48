package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// bridge is an article with facts that nobody can miss.
const bridge = `The Harwick Bridge

The Harwick Bridge was designed by the engineer Alice Morton and opened on 12 May 1931. It is 412 metres long. The International Bridge Association (IBA) listed it as a monument in March 1987.

In 2004 the bridge was closed for repairs, which cost 38 million pounds. The Harwick Bridge was opened again on 3 September 2006.
`

// upload posts a form with a file, as a browser does.
func (c *client) upload(path, field, name string, data []byte, form url.Values) answer {
	c.w.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key, values := range form {
		for _, v := range values {
			c.w.must(w.WriteField(key, v))
		}
	}
	part, err := w.CreateFormFile(field, name)
	c.w.must(err)
	_, err = part.Write(data)
	c.w.must(err)
	c.w.must(w.Close())
	return c.do(http.MethodPost, path, w.FormDataContentType(), &b)
}

// pasteBridge sends the article and returns the address of its desk.
func (c *client) pasteBridge() string {
	c.w.t.Helper()
	return c.post("/articles", url.Values{"text": {bridge}}).want(c.w.t, "an article", http.StatusSeeOther).location()
}

var (
	proposalPattern = regexp.MustCompile(`<li class="proposal" id="p-([0-9a-f]+)"`)
	tickedPattern   = regexp.MustCompile(`name="keep" value="([0-9a-f]+)" checked`)
	cardPattern     = regexp.MustCompile(`<a href="/cards/(\d+)">`)
)

// firsts are the first groups of all matches.
func firsts(p *regexp.Regexp, body string) []string {
	var out []string
	for _, m := range p.FindAllStringSubmatch(body, -1) {
		out = append(out, m[1])
	}
	return out
}

func TestFromAnArticleToCardsByFormsAlone(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	page := ada.submit(ada.get("/articles/new"), "propose", url.Values{"text": {bridge}, "title": {"A bridge of steel"}})
	page.want(t, "the desk", 200, "Cards from “A bridge of steel”", "12 May 1931", "<mark")
	checkHTML(t, "the desk", page.body)
	proposed, ticked := firsts(proposalPattern, page.body), firsts(tickedPattern, page.body)
	if len(proposed) < 4 || len(ticked) < 2 {
		t.Fatalf("%d cards are proposed and %d ticked, want more", len(proposed), len(ticked))
	}
	for _, id := range proposed {
		if !strings.Contains(page.body, `id="m-`+id+`"`) {
			t.Errorf("proposal %s has no mark in the text", id)
		}
	}
	desk := "/articles/" + idAfter(t, page.body, `action="/articles/`)

	page = ada.submit(page, "save", url.Values{"keep": ticked[:1]})
	page.want(t, "one card kept", 200, "1 card added to", "A bridge of steel")
	if n := len(firsts(cardPattern, page.body)); n != 1 {
		t.Errorf("%d cards were made, want 1", n)
	}
	page = ada.submit(page, "save", url.Values{"keep": ticked[1:2], "front-" + ticked[1]: {"In my own words?"}})
	page.want(t, "another, reworded", 200, "1 card added to", "In my own words?")
	if n := len(firsts(cardPattern, page.body)); n != 2 {
		t.Errorf("after saving again there are %d cards, want 2", n)
	}
	page = ada.submit(page, "save", url.Values{"keep": nil})
	if n := len(firsts(cardPattern, page.body)); n != 2 {
		t.Errorf("after saving nothing there are %d cards, want 2", n)
	}
	ada.get("/").want(t, "today", 200, "2 new", "A bridge of steel")

	// The same text again doubles nothing.
	again := ada.follow(ada.pasteBridge()).want(t, "the same text", 200, "This text was here already")
	if n := len(firsts(cardPattern, again.body)); n != 2 {
		t.Errorf("the same text again shows %d cards, want 2", n)
	}
	ada.get("/articles").want(t, "the list", 200, "A bridge of steel")

	facts := ada.get(desk+"/facts").want(t, "the ledger", 200, "12 May 1931", "1931-05-12")
	checkHTML(t, "the ledger", facts.body)
	checkHTML(t, "what has no card", ada.get(desk+"/facts?left=1").want(t, "what has no card", 200).body)

	// Deleting the article keeps its cards; it can be put back.
	page = ada.submit(ada.get(desk), "delete-article", nil).want(t, "delete", 200, "The article is in the trash.")
	if a := ada.get(desk); a.status != http.StatusNotFound {
		t.Errorf("a deleted article answers %d", a.status)
	}
	ada.get("/").want(t, "today without the article", 200, "2 new")
	action := regexp.MustCompile(`action="(/trash/\d+/restore)"`).FindStringSubmatch(page.body)
	if action == nil {
		t.Fatalf("after deleting, the page has no way back:\n%s", page.body)
	}
	ada.post(action[1], nil).want(t, "put back", http.StatusSeeOther)
	back := ada.get(desk).want(t, "the desk, put back", 200)
	if n := len(firsts(cardPattern, back.body)); n != 2 {
		t.Errorf("the article that was put back has %d cards, want 2", n)
	}
}

func TestAVerdictIsStoredAtOnce(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	desk := ada.pasteBridge()
	id := firsts(tickedPattern, ada.get(desk).body)[0]
	to := fmt.Sprintf("%s/proposals/%s", desk, id)
	ada.post(to, url.Values{"verdict": {"drop"}, "quiet": {"1"}}).want(t, "a drop by script", http.StatusNoContent)
	if ticked := firsts(tickedPattern, ada.get(desk).body); len(ticked) > 0 && ticked[0] == id {
		t.Error("a dropped proposal is ticked after the page is loaded again")
	}
	ada.post(to, url.Values{"verdict": {"keep"}, "front": {"Mine?"}, "back": {"Yes"}}).want(t, "an edit", http.StatusSeeOther)
	ada.get(desk).want(t, "the desk", 200, ">Mine?</label>")
	ada.post(to, url.Values{"verdict": {"keep"}, "front": {"Mine?"}, "back": {""}}).want(t, "no answer", http.StatusUnprocessableEntity, "A card needs an answer.")
	ada.post(to, url.Values{"verdict": {"shred"}}).want(t, "no such verdict", http.StatusBadRequest)
	ada.post(desk+"/proposals/0123456789abcdef", url.Values{"verdict": {"keep"}}).want(t, "no such proposal", http.StatusNotFound)
}

func TestArticlesThatCannotBeTaken(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	french := "Le pont a été ouvert le 12 mai 1931 par le maire de la ville. Il est long de quatre cents mètres et il a été fermé en 2004 pour des travaux qui ont duré deux ans."
	tests := []struct {
		what string
		send func() answer
		want int
		says string
	}{
		{"nothing", func() answer { return ada.post("/articles", url.Values{"text": {" \n "}}) }, 422, "There is nothing to read yet."},
		{"French", func() answer { return ada.post("/articles", url.Values{"text": {french}}) }, 422, "English"},
		{"a text without facts", func() answer {
			return ada.post("/articles", url.Values{"text": {"They walk along and talk, and then they walk on and talk again."}})
		}, 422, "No facts found in this text."},
		{"an empty file", func() answer { return ada.upload("/articles", "file", "empty.txt", nil, nil) }, 422, "empty"},
		{"a picture", func() answer {
			return ada.upload("/articles", "file", "picture.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"), nil)
		}, 422, "error"},
		{"20 MB of text", func() answer {
			return ada.upload("/articles", "file", "long.txt", bytes.Repeat([]byte(bridge), 20<<20/len(bridge)), nil)
		}, 422, "too long"},
		{"an address where none is fetched", func() answer { return ada.post("/articles", url.Values{"address": {"https://example.org"}}) }, 422, "does not fetch addresses"},
	}
	before := w.dump()
	for _, test := range tests {
		a := test.send().want(t, test.what, test.want, test.says)
		checkHTML(t, test.what, a.body)
		if now := w.dump(); now != before {
			t.Errorf("%s changed the database: %s", test.what, diff(before, now))
		}
	}
	page := ada.post("/articles", url.Values{"text": {french}, "title": {"Un pont"}})
	page.want(t, "a text that was refused", 422, "quatre cents mètres", `value="Un pont"`)
}

func TestFilesAndAddresses(t *testing.T) {
	w := newWorld(t, func(o *Options) {
		o.Fetcher = func(_ context.Context, address string) (Fetched, error) {
			if strings.Contains(address, "private") {
				return Fetched{}, errors.New("this address lies in a private network")
			}
			page := "<html><head><title>The bridge</title></head><body><article><h1>The bridge</h1><p>" + strings.ReplaceAll(bridge, "\n\n", "</p><p>") + "</p></article></body></html>"
			return Fetched{Body: []byte(page), Type: "text/html; charset=utf-8", URL: address}, nil
		}
	})
	ada := w.join("ada")
	latin := []byte(strings.ReplaceAll(bridge, "Alice Morton", "Ren\xe9e Mortier"))
	a := ada.upload("/articles", "file", "bridge.txt", latin, nil).want(t, "a file in windows-1252", http.StatusSeeOther)
	ada.get(a.location()).want(t, "its desk", 200, "Renée Mortier")
	a = ada.post("/articles", url.Values{"address": {"example.org/bridge"}}).want(t, "an address", http.StatusSeeOther)
	ada.get(a.location()).want(t, "its desk", 200, `href="https://example.org/bridge"`, "12 May 1931")
	a = ada.post("/articles", url.Values{"address": {"https://private.example"}}).want(t, "a private address", 422, "This address lies in a private network.")
	checkHTML(t, "an address that is refused", a.body)
}

func TestALongTextShowsProgressAndCanBeStopped(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	text := strings.Repeat(bridge[strings.Index(bridge, "\n\n")+2:]+"\n\n", (longText*8)/len(bridge)+1)
	a := ada.post("/articles", url.Values{"text": {text}}).want(t, "a long text", http.StatusSeeOther)
	if !strings.HasPrefix(a.location(), "/articles/jobs/") {
		t.Fatalf("a long text leads to %s", a.location())
	}
	page := ada.get(a.location()).want(t, "its progress", 200, "<progress", "Stop")
	checkHTML(t, "progress", page.body)
	ada.post("/articles", url.Values{"text": {text}}).want(t, "a second long text meanwhile", 422, "Another long text of yours")
	ada.get("/articles").want(t, "articles meanwhile", 200, `<a href="`+a.location()+`">`)
	page = ada.submit(page, "cancel-job", nil)
	for range 500 {
		if !strings.Contains(page.body, "data-job") {
			break
		}
		time.Sleep(10 * time.Millisecond)
		page = ada.get(a.location())
	}
	page.want(t, "after stopping", 200, "Stopped. The text is still here.", "412 metres long")
	ada.get("/articles").want(t, "articles", 200)
	if rows, err := w.store.Articles(w.ctx(), ada.id); err != nil || len(rows) != 0 {
		t.Errorf("a stopped text left %d articles (%v)", len(rows), err)
	}
}
