package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// sentFile is a file as a browser sends it.
type sentFile struct {
	name    string
	content []byte
}

// sendFiles posts the form on which files are chosen, and returns the answer.
func (c *client) sendFiles(form url.Values, files ...sentFile) answer {
	c.w.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if form == nil {
		form = url.Values{"as": {fmt.Sprint(c.id)}, "key": {newKey()}}
	}
	for name, values := range form {
		for _, v := range values {
			c.w.must(w.WriteField(name, v))
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		c.w.must(err)
		_, err = part.Write(f.content)
		c.w.must(err)
	}
	c.w.must(w.Close())
	return c.do(http.MethodPost, "/import", w.FormDataContentType(), &b)
}

// settled is the page of an import once nothing is being done with it.
func (c *client) settled(path string) answer {
	c.w.t.Helper()
	for until := time.Now().Add(2 * time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if a := c.follow(path); !strings.Contains(a.body, "data-job") {
			return a
		}
	}
	c.w.t.Fatalf("%s is never done", path)
	return answer{}
}

// preview sends files and returns the page of what is in them, with its path.
func (c *client) preview(files ...sentFile) (page answer, path string) {
	c.w.t.Helper()
	a := c.sendFiles(nil, files...).want(c.w.t, "sending files", http.StatusSeeOther)
	return c.settled(a.location()), a.location()
}

// press presses the button of a preview with that id, with changes, and returns the
// page that comes of it.
func (c *client) press(page answer, id string, change url.Values) answer {
	c.w.t.Helper()
	action, values := previewForm(c.w.t, page.body, id)
	for name, v := range change {
		values[name] = v
	}
	a := c.post(action, values).want(c.w.t, "pressing #"+id, http.StatusSeeOther)
	return c.settled(a.location())
}

// previewForm is what a browser sends when the button with that id is pressed.
func previewForm(t testing.TB, page, id string) (action string, values url.Values) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	must(t, err)
	values = url.Values{}
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		in = in || n.Data == "form" && attr(n, "id") == "preview"
		if n.Data == "form" && in {
			action = attr(n, "action")
		}
		name, kind := attr(n, "name"), attr(n, "type")
		switch {
		case !in || n.Type != html.ElementNode:
		case attr(n, "id") == id:
			if to := attr(n, "formaction"); to != "" {
				action = to
			}
		case n.Data == "select":
			values.Add(name, chosen(n))
		case n.Data == "input" && (kind == "radio" || kind == "checkbox") && !hasAttr(n, "checked"):
		case n.Data == "input":
			values.Add(name, attr(n, "value"))
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child, in)
		}
	}
	walk(doc, false)
	if action == "" || !strings.Contains(page, `id="`+id+`"`) {
		t.Fatalf("the page has no preview with a button %q:\n%s", id, page)
	}
	return action, values
}

// chosen is the value of the option of a list that is chosen.
func chosen(list *html.Node) string {
	for n := range list.Descendants() {
		if n.Type == html.ElementNode && n.Data == "option" && hasAttr(n, "selected") {
			return attr(n, "value")
		}
	}
	for n := range list.Descendants() {
		if n.Type == html.ElementNode && n.Data == "option" {
			return attr(n, "value")
		}
	}
	return ""
}

const rivers = "front,back,tags\nWhich river flows through Rome?,The Tiber,river italy\nWhich river flows through Paris?,The Seine,river\nWhich river flows through Vienna?,The Danube,river\n"

func importFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	_, path := ada.preview(sentFile{secret + ".csv", []byte(strings.ReplaceAll(rivers, "river", secret))})
	other, to := ada.preview(sentFile{secret + " saved.csv", []byte("front,back\n" + secret + ",saved\n" + secret + " too,saved\n")})
	ada.press(other, "import", nil).want(w.t, "an import", http.StatusOK, "Imported")
	saved := ada.get(to).location()
	deck, _ := ada.deck(secret+" to export", [2]string{secret, secret})
	return map[string]fixture{
		"GET /import":               {path: "/import", other: 200},
		"POST /import":              {path: "/import", form: with("text", "front - back"), other: 303},
		"GET /import/:import":       {path: path},
		"POST /import/:import":      {path: path, form: with()},
		"POST /import/:import/look": {path: path + "/look", form: with("separator", "tab")},
		"POST /import/:import/stop": {path: path + "/stop", form: with()},
		"POST /import/:import/undo": {path: saved + "/undo", form: with()},
		"GET /decks/:deck/export":   {path: fmt.Sprintf("/decks/%d/export?format=csv", deck)},
	}
}
