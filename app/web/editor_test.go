package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/render"
	"recto/store"
)

// onePixel is a PNG of one onePixel.
var onePixel = func() []byte {
	b, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
	if err != nil {
		panic(err)
	}
	return b
}()

// capitals is a note type as decks bring them, with a style of its own.
var capitals = cards.NoteType{
	Name: "Capitals", Fields: []string{"Country", "Capital", "Extra"},
	Templates: []cards.Template{
		{Name: "Forward", Front: `<div class="ask">Capital of {{Country}}?</div>`, Back: `{{FrontSide}}<hr id="answer">{{Capital}}{{#Extra}}<div>{{hint:Extra}}</div>{{/Extra}}`},
		{Name: "Backward", Front: `{{Capital}} is the capital of?{{type:Country}}`, Back: `{{Country}} {{type:Country}}`},
	},
	CSS: ".card { font-family: arial; color: black; background-color: white } .ask { color: #336 } body { background: url(https://evil.example/x.png) }",
}

// note adds a note of a type past the pages, and returns its cards.
func (c *client) note(deck store.DeckID, t cards.NoteType, values ...string) []store.NoteCard {
	c.w.t.Helper()
	w := c.w
	types, err := w.store.NoteTypes(w.ctx(), c.id)
	w.must(err)
	known := false
	for _, k := range types {
		known = known || k.Name == t.Name
	}
	if !known {
		_, err = w.store.AddNoteType(w.ctx(), c.id, t)
		w.must(err)
	}
	id, err := w.store.AddNote(w.ctx(), c.id, deck, cards.Note{GUID: newKey(), Type: t.Name, Fields: t.Named(values)}, w.today(c), w.now())
	w.must(err)
	list, err := w.store.NoteCards(w.ctx(), c.id, id)
	w.must(err)
	return list
}

// typeID is the identifier of a note type of the client's.
func (c *client) typeID(name string) store.NoteTypeID {
	c.w.t.Helper()
	types, err := c.w.store.NoteTypes(c.w.ctx(), c.id)
	c.w.must(err)
	for _, t := range types {
		if t.Name == name {
			return t.ID
		}
	}
	c.w.t.Fatalf("there is no note type %q", name)
	return 0
}

// editorFixtures are those of editorRoutes.
func editorFixtures(w *world, ada *client, with func(pairs ...string) url.Values) map[string]fixture {
	deck, _ := ada.deck(secret + " capitals")
	list := ada.note(deck, capitals, secret, "Paris", "")
	name, err := w.store.AddMedia(w.ctx(), ada.id, secret+".png", bytes.NewReader(onePixel), w.now())
	w.must(err)
	trashed, err := w.store.DeleteCard(w.ctx(), ada.id, ada.note(deck, capitals, secret+" gone", "x", "")[0].ID, w.now())
	w.must(err)
	kind := ada.typeID(capitals.Name)
	at := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	return map[string]fixture{
		"GET /cards/:card/style.css":   {path: at("/cards/%d/style.css", list[0].ID)},
		"POST /cards/:card/deletenote": {path: at("/cards/%d/deletenote", list[0].ID), form: with()},
		"POST /notes/:items/restore":   {path: at("/notes/%d/restore", trashed), form: with()},
		"GET /media":                   {path: "/media", other: 200},
		"POST /media":                  {path: "/media", form: with(), other: 422},
		"GET /media/:owner/:name":      {path: at("/media/%d/%s", ada.id, name)},
		"GET /notetypes":               {path: "/notetypes", other: 200},
		"POST /notetypes":              {path: "/notetypes", form: with("name", "Mine", "base", "Cloze"), other: 303},
		"GET /notetypes/:type":         {path: at("/notetypes/%d", kind)},
		"POST /notetypes/:type":        {path: at("/notetypes/%d", kind), form: with("name", "Taken", "field-name", "A", "template-front", "{{A}}")},
		"POST /notetypes/:type/delete": {path: at("/notetypes/%d/delete", kind), form: with()},
	}
}

// TestACardIsShownAsItsTypeMakesIt, under a policy that allows nothing inline.
func TestACardIsShownAsItsTypeMakesIt(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	list := ada.note(deck, capitals, `<b style="color:red">France</b><script>alert(1)</script>`, "Paris", "on the Seine")
	page := ada.get("/review").want(t, "review", 200, `<div class="c-ask">Capital of <b class="card-i`, "data-sheet", `<details class="c-hint">`)
	for _, bad := range []string{"<script>", "style=\"", "evil.example", "<style"} {
		if strings.Contains(page.body, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	checkHTML(t, "review of an imported card", page.body)
	if policy := page.header.Get("Content-Security-Policy"); policy != contentPolicy || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	address := regexp.MustCompile(`href="(/cards/\d+/style\.css\?v=[0-9a-f]+)" data-sheet`).FindStringSubmatch(page.body)
	if address == nil {
		t.Fatalf("the card has no style sheet:\n%s", page.body)
	}
	sheet := ada.get(address[1]).want(t, "style sheet", 200, ".card-scope .c-ask{color:#336;}", "{color:red}")
	if strings.Contains(sheet.body, "evil.example") || sheet.header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(sheet.header.Get("Cache-Control"), "private, max-age") {
		t.Errorf("the style sheet is %q of %q, kept by %q", sheet.body, sheet.header.Get("Content-Type"), sheet.header.Get("Cache-Control"))
	}
	answer := ada.get(shown(t, page)).want(t, "the answer", 200, `<hr id="c-answer">Paris`)
	if strings.Count(answer.body, "Capital of") != 1 {
		t.Errorf("without scripts the answer shows the front %d times, want once", strings.Count(answer.body, "Capital of"))
	}
	card := ada.get(fmt.Sprintf("/cards/%d", list[0].ID)).want(t, "card", 200, "Cards of this note", "Backward", "Templates and style")
	checkHTML(t, "card of an imported type", card.body)
}

// TestAnAnswerIsTypedWithoutAScript: the field on the front belongs to the form that
// turns the card, and the back compares.
func TestAnAnswerIsTypedWithoutAScript(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	list := ada.note(deck, capitals, "France", "Paris", "")
	w.must(w.store.SetSettings(w.ctx(), ada.id, func() store.Settings { s := w.user(ada).Settings; s.Siblings = false; return s }()))
	_, err := w.store.Suspend(w.ctx(), ada.id, list[0].ID, newKey(), true, w.now())
	w.must(err)
	page := ada.get("/review").want(t, "review", 200, `name="typed" form="card-answer"`, `id="card-answer"`)
	if strings.Contains(page.body, "answer-part") {
		t.Error("the answer is on the page before anything was typed")
	}
	action, values := formOf(t, page.body, "card-answer")
	values.Set("typed", "Francia")
	ada.get(action+"?"+values.Encode()).want(t, "typed", 200, `<span class="card-good">Franc</span><span class="card-bad">ia</span>`, `id="grade"`)
	values.Set("typed", "France")
	ada.get(action+"?"+values.Encode()).want(t, "typed right", 200, `<span class="card-good">France</span>`)
}

// TestPicturesOfOtherSitesWaitForAWish, which is good for one page.
func TestPicturesOfOtherSitesWaitForAWish(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	ada.note(deck, capitals, `<img src="https://pictures.example/a.png"><img src="http://pictures.example/b.png"><img src="https://evil;script-src%20*/x.png">`, "Paris", "")
	page := ada.get("/review").want(t, "review", 200, "Show 2 pictures from pictures.example")
	if strings.Contains(page.body, `src="https://`) {
		t.Error("a picture of another site is loaded without a wish")
	}
	href := regexp.MustCompile(`id="pictures" href="([^"]+)"`).FindStringSubmatch(page.body)
	wished := ada.get(strings.ReplaceAll(href[1], "&amp;", "&")).want(t, "with pictures", 200, `src="https://pictures.example/a.png"`)
	if policy := wished.header.Get("Content-Security-Policy"); !strings.Contains(policy, "img-src 'self' data: pictures.example;") || strings.Contains(policy, "evil") || strings.Contains(policy, "script-src") {
		t.Errorf("the policy with pictures is %q", policy)
	}
	again := ada.get("/review")
	if strings.Contains(again.body, `src="https://`) || again.header.Get("Content-Security-Policy") != contentPolicy {
		t.Error("the wish is remembered")
	}
}

// TestMediaAreForWhoSeesADeckThatHasThem, with types and headers that run nothing.
func TestMediaAreForWhoSeesADeckThatHasThem(t *testing.T) {
	w := newWorld(t)
	ada, grace := w.join("ada"), w.join("grace")
	deck, _ := ada.deck("Europe")
	svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	for name, body := range map[string]string{"a b'c.png": string(onePixel), "x.svg": svg, "page.html": "<!doctype html><script>alert(1)</script>", "s.mp3": "ID3\x04\x00\x00\x00\x00\x00\x00" + strings.Repeat("x", 500)} {
		if _, err := w.store.AddMedia(w.ctx(), ada.id, name, strings.NewReader(body), w.now()); err != nil {
			t.Fatal(err)
		}
	}
	ada.note(deck, capitals, `<img src="a b'c.png"><img src="x.svg">[sound:s.mp3]`, "Paris", "")
	page := ada.get("/review").want(t, "review", 200, `<audio class="card-player card-auto"`)
	address := regexp.MustCompile(`src="(/media/[^"]+png[^"]*)"`).FindStringSubmatch(page.body)
	if address == nil {
		t.Fatalf("the picture has no address:\n%s", page.body)
	}
	path := strings.ReplaceAll(address[1], "&#39;", "'")
	png := ada.get(path).want(t, "png", 200)
	if png.body != string(onePixel) || png.header.Get("Content-Type") != "image/png" || !strings.Contains(png.header.Get("Cache-Control"), "private") || png.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the picture comes as %v", png.header)
	}
	if a := grace.get(path); a.status != http.StatusNotFound {
		t.Errorf("another user gets the picture with status %d", a.status)
	}
	w.must(w.store.ShareDeck(w.ctx(), ada.id, deck, true))
	grace.get(path).want(t, "a picture of a shared deck", 200)
	at := func(name string) string { return fmt.Sprintf("/media/%d/%s", ada.id, name) }
	if a := ada.get(at("x.svg")); !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") || strings.Contains(a.header.Get("Content-Security-Policy"), "'self'") {
		t.Errorf("a drawing comes under the policy %q", a.header.Get("Content-Security-Policy"))
	}
	if a := ada.get(at("page.html")); a.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a page comes as %v", a.header)
	}
	ada.headers["Range"] = "bytes=0-2"
	if a := ada.get(at("s.mp3")).want(t, "a part", http.StatusPartialContent); a.body != "ID3" || a.header.Get("Content-Range") != "bytes 0-2/510" {
		t.Errorf("the first three bytes are %q, %s", a.body, a.header.Get("Content-Range"))
	}
	ada.headers["Range"] = "bytes=9000-"
	ada.get(at("s.mp3")).want(t, "a part beyond the end", http.StatusRequestedRangeNotSatisfiable)
	delete(ada.headers, "Range")
	ada.headers["If-None-Match"] = png.header.Get("ETag")
	if a := ada.get(path); a.status != http.StatusNotModified || a.body != "" {
		t.Errorf("a picture that the browser has comes again: %d", a.status)
	}
}

// addFile sends a file as the form of /media does.
func (c *client) addFile(name string, body []byte, script bool) answer {
	c.w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	f, err := m.CreateFormFile("file", name)
	c.w.must(err)
	_, err = f.Write(body)
	c.w.must(err)
	c.w.must(m.WriteField("as", fmt.Sprint(c.id)))
	if script {
		c.w.must(m.WriteField("text", "1"))
	}
	c.w.must(m.Close())
	return c.do(http.MethodPost, "/media", m.FormDataContentType(), &b)
}

func TestAFileIsAddedToAField(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	if a := ada.addFile("cat.png", onePixel, true); a.status != 200 || a.body != `<img src="cat.png">` {
		t.Errorf("an added picture is answered with %d %q", a.status, a.body)
	}
	page := ada.follow(ada.addFile("cat.png", onePixel, false).location()).want(t, "without a script", 200, `value="&lt;img src=&#34;cat.png&#34;&gt;"`)
	checkHTML(t, "media", page.body)
	for name, body := range map[string]string{"evil.png": "<script>alert(1)</script>", "x.exe": "MZ\x90\x00", "empty.png": ""} {
		if a := ada.addFile(name, []byte(body), true); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s is answered with %d %q, want a refusal", name, a.status, a.body)
		}
	}
	if a := ada.addFile("../../etc/passwd.png", append(onePixel, 0), true); a.status != 200 || strings.Contains(a.body, "/") {
		t.Errorf("a name that is a path becomes %q", a.body)
	}
}

func TestANoteIsAddedAndEdited(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	add := fmt.Sprintf("/decks/%d/cards/new?type=", deck)
	page := ada.get(add+"Cloze").want(t, "new note", 200, "Text with gaps", `name="f0"`)
	checkHTML(t, "new note with gaps", page.body)
	ada.submit(page, "note", url.Values{"f0": {"no gap"}}).want(t, "no gap", http.StatusUnprocessableEntity, "There is no gap in this note.")
	seen := ada.submit(page, "note", url.Values{"f0": {"{{c1::Paris}} & {{c2::<i>}}"}, "preview": {"1"}}).want(t, "preview", 200, "Gap 1", "Gap 2", "[...]", "&lt;i&gt;")
	if policy := seen.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self' 'sha256-") || strings.Contains(policy, "unsafe") {
		t.Errorf("the preview's policy is %q", policy)
	}
	if _, total, err := w.store.DeckCards(w.ctx(), ada.id, deck, "", 0, 9); err != nil || total != 0 {
		t.Errorf("a preview saved %d cards (%v)", total, err)
	}
	ada.submit(page, "note", url.Values{"f0": {"{{c1::Paris}} & {{c2::<i>}}"}, "tags": {"a b"}}).want(t, "added", 200, "Added.")
	rows, total, err := w.store.DeckCards(w.ctx(), ada.id, deck, "", 0, 9)
	w.must(err)
	if total != 2 {
		t.Fatalf("a note with two gaps has %d cards", total)
	}
	path := fmt.Sprintf("/cards/%d", rows[0].ID)
	card := ada.get(path).want(t, "card", 200, "{{c1::Paris}} &amp; {{c2::&lt;i&gt;}}", "Gap 2")
	ada.submit(card, "card-form", url.Values{"f0": {"<b>{{c1::Paris}}</b> {{c2::x}} {{c3::y}}"}, "f0-html": {"1"}}).want(t, "edited", 200, "Saved.", "Gap 3", "&lt;b&gt;{{c1::Paris}}&lt;/b&gt;")
	if c, err := w.store.Card(w.ctx(), ada.id, rows[0].ID); err != nil || c.Fields[0].Value != "<b>{{c1::Paris}}</b> {{c2::x}} {{c3::y}}" {
		t.Errorf("the field is %q (%v)", c.Fields[0].Value, err)
	}
	gone := ada.submit(ada.get(path), "delete-note", nil).want(t, "deleted", 200, "The cards of the note are in the trash.")
	ada.submit(gone, "put-back", nil).want(t, "put back", 200, "Put back")
	if _, total, err := w.store.DeckCards(w.ctx(), ada.id, deck, "", 0, 9); err != nil || total != 3 {
		t.Errorf("after deleting and putting back there are %d cards (%v), want 3", total, err)
	}
}

// TestAFieldThatIsLeftStaysToTheByte, whatever was in it.
func TestAFieldThatIsLeftStaysToTheByte(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	values := []string{"a&nbsp;&lt;b&gt;<br />c &eacute;", "<b>x</b>\r\n  y ", " z "}
	list := ada.note(deck, capitals, values...)
	page := ada.get(fmt.Sprintf("/cards/%d", list[0].ID))
	ada.submit(page, "card-form", url.Values{"tags": {"new"}}).want(t, "saved", 200, "Saved.")
	c, err := w.store.Card(w.ctx(), ada.id, list[0].ID)
	w.must(err)
	for i, f := range c.Fields {
		if f.Value != values[i] {
			t.Errorf("%s was %q and is %q", f.Name, values[i], f.Value)
		}
	}
}

func TestNoteTypesAreEdited(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	list := ada.note(deck, capitals, "France", "Paris", "on the Seine")
	checkHTML(t, "note types", ada.get("/notetypes").want(t, "note types", 200, "Capitals", "Text with gaps").body)
	path := fmt.Sprintf("/notetypes/%d", ada.typeID("Capitals"))
	page := ada.get(path).want(t, "note type", 200, "{{FrontSide}}")
	checkHTML(t, "note type", page.body)
	fronts := []string{"{{Capitol}}?", capitals.Templates[1].Front, ""}
	ada.submit(page, "type-form", url.Values{"template-front": fronts}).want(t, "a fault", http.StatusUnprocessableEntity, "there is no field called")
	ada.submit(page, "type-form", url.Values{"template-front": fronts, "preview": {"1"}}).want(t, "a preview of a fault", 200, "Template “Forward”", "there is no field called")
	ada.submit(page, "type-form", url.Values{"field-name": {"Country", "Capital", "", ""}, "template-back": {"{{Capital}}", "{{Country}}", ""}}).want(t, "a field that is filled", http.StatusUnprocessableEntity, "is filled in 1 note")
	saved := ada.submit(page, "type-form", url.Values{
		"name": {"Cities"}, "field-name": {"Land", "Capital", "Extra", "Map"}, "css": {".card{color:green}"},
		"template-front": {"{{Land}}?", "{{Capital}}", "{{Capital}} again"}, "template-back": {"{{Capital}}", "{{Land}}", "{{Land}}"}, "template-name": {"A", "B", "C"},
	}).want(t, "saved", 200, "Saved.", "Cities", "Map")
	checkHTML(t, "note type, saved", saved.body)
	cs, err := w.store.NoteCards(w.ctx(), ada.id, func() store.NoteID { c, err := w.store.Card(w.ctx(), ada.id, list[0].ID); w.must(err); return c.Note }())
	w.must(err)
	if len(cs) != 3 || cs[0].ID != list[0].ID || cs[0].Front != "France?" {
		t.Errorf("the cards did not follow the templates: %+v", cs)
	}
	made := ada.submit(ada.get("/notetypes"), "add-type", url.Values{"name": {"My gaps"}, "base": {"Cloze"}}).want(t, "made", 200, "My gaps", "The card of each gap")
	ada.submit(made, "delete-type", nil)
	ada.submit(ada.get("/notetypes"), "add-type", url.Values{"name": {"Cities"}, "base": {"Cloze"}}).want(t, "a name twice", http.StatusUnprocessableEntity, "of this name already")
}

// TestSiblingsOfOneNoteComeOnDifferentDays, of a note with gaps as decks bring them.
func TestSiblingsOfOneNoteComeOnDifferentDays(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	deck, _ := ada.deck("Europe")
	ada.note(deck, cards.ClozeNote, "{{c1::Paris}} on the {{c2::Seine}} in {{c3::France}}", "")
	asked := map[string]bool{}
	for day := range 9 {
		page := ada.get("/review").want(t, fmt.Sprintf("day %d", day+1), 200)
		if card := regexp.MustCompile(`data-card="\d+"`).FindString(page.body); card != "" {
			asked[card] = true
			ada.submit(page, "grade", url.Values{"grade": {"5"}}).want(t, "after one card of the note", 200, "That is all for today")
		}
		w.wait(24 * time.Hour)
	}
	if len(asked) != 3 {
		t.Errorf("in nine days, %d of the three cards were asked", len(asked))
	}
}

func BenchmarkFace(b *testing.B) {
	n := cards.Note{Type: capitals.Name, Fields: capitals.Named([]string{`<b style="color:red">France</b>`, "Paris", `on the <i>Seine</i> <img src="a.png">`})}
	o := render.Options{Media: func(string) string { return "/media/1/a.png?v=1" }}
	for b.Loop() {
		if _, _, err := faceOf(n, capitals, 0, o, false); err != nil {
			b.Fatal(err)
		}
	}
}
