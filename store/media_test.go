package store_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/formats"
	"recto/store"
)

// content is a medium as somebody gets it.
func (p *person) content(owner *person, name string) (string, string, error) {
	p.w.t.Helper()
	m, err := p.w.s.Media(p.w.ctx(), p.id, owner.id, name)
	if err != nil {
		return "", "", err
	}
	defer m.File.Close()
	b, err := io.ReadAll(m.File)
	must(p.w.t, err)
	return string(b), m.Type, nil
}

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func TestMediaAreStoredOnceAndSeenByThoseWhoSeeTheDeck(t *testing.T) {
	w := newWorld(t)
	ada, bob, eve := w.join("ada"), w.join("bob"), w.join("eve")
	add := func(p *person, name, content string) string {
		t.Helper()
		return got[string](t)(w.s.AddMedia(w.ctx(), p.id, name, strings.NewReader(content), w.now))
	}
	for _, c := range []struct{ name, content, want string }{
		{"dog.png", png, "dog.png"},
		{"dog.png", png, "dog.png"},
		{"dog.png", png + "another", "dog-"},
		{`C:\pictures\../ca:t.png`, png + "cat", "cat.png"},
		{"CON", png + "con", "CON_"},
	} {
		if name := add(ada, c.name, c.content); !strings.HasPrefix(name, c.want) {
			t.Errorf("%q is kept as %q, want %q", c.name, name, c.want)
		}
	}
	if _, err := w.s.AddMedia(w.ctx(), ada.id, "..", strings.NewReader("x"), w.now); err == nil {
		t.Error(`".." is a name for a medium`)
	}
	add(bob, "mine.png", png)
	if n := len(w.files()); n != 4 {
		t.Errorf("%d files hold four contents", n)
	}
	add(ada, "page.html", "<html><script>alert(1)</script>")
	if _, kind, err := ada.content(ada, "page.html"); kind != "application/octet-stream" {
		t.Errorf("a page of HTML has the type %q, %v", kind, err)
	}
	add(ada, "false.png", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
	if _, kind, _ := ada.content(ada, "false.png"); kind != "image/svg+xml" {
		t.Errorf("an SVG called .png has the type %q", kind)
	}

	deck := got[store.DeckID](t)(w.s.CreateDeck(w.ctx(), ada.id, "Dogs", w.now))
	ada.note(deck, "Basic", `<img src="dog.png">`, "")
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, true))
	must(t, w.s.Enrol(w.ctx(), bob.id, deck, bob.today(), w.now))
	if b, kind, err := eve.content(ada, "dog.png"); err != nil || b != png || kind != "image/png" {
		t.Errorf("the picture of a shared deck gives %q, %q, %v", b, kind, err)
	}
	for _, name := range []string{"cat.png", "page.html", "nothing.png"} {
		if _, _, err := eve.content(ada, name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s, which no shared deck names, gives %v to a stranger", name, err)
		}
	}
	must(t, w.s.ShareDeck(w.ctx(), ada.id, deck, false))
	for _, p := range []*person{bob, eve} {
		if _, _, err := p.content(ada, "dog.png"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the picture of a deck that is no longer shared gives %v", err)
		}
	}

	must(t, w.s.CollectMedia(w.ctx(), w.now.Add(25*time.Hour)))
	if n, _, _, err := w.s.MediaUse(w.ctx(), ada.id); n != 1 || err != nil {
		t.Errorf("after collecting ada has %d media, %v; want the one that a note names", n, err)
	}
	w.wantClean()
	must(t, w.s.Close())
	for _, f := range w.files() {
		must(t, os.Chtimes(filepath.Join(w.path+".media", f[:2], f), noon, noon))
	}
	w.open()
	if left := w.files(); len(left) != 1 { // bob's was collected too, and was ada's content
		t.Errorf("after the next start there are the files %v, want one", left)
	}
	must(t, os.WriteFile(filepath.Join(w.path+".media", w.files()[0][:2], w.files()[0]), []byte("spoilt"), 0o600))
	if r := got[store.Report](t)(w.s.Check(w.ctx(), nil)); len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "damaged") {
		t.Errorf("check says %v of a spoilt medium", r.Problems)
	}
}

func TestMediaHaveAQuota(t *testing.T) {
	path := filepath.Join(t.TempDir(), "recto.db")
	s := got[*store.Store](t)(store.Open(t.Context(), store.Options{Path: path, MediaQuota: 100}))
	defer s.Close()
	u := got[store.User](t)(s.CreateUser(t.Context(), store.NewUser{Name: "ada", PasswordHash: "h", Zone: "UTC"}, store.SignupOpen, noon))
	got[string](t)(s.AddMedia(t.Context(), u.ID, "a.png", strings.NewReader(strings.Repeat("a", 60)), noon))
	if _, err := s.AddMedia(t.Context(), u.ID, "b.png", strings.NewReader(strings.Repeat("b", 60)), noon); !errors.Is(err, store.ErrQuota) {
		t.Errorf("more than the quota gives %v", err)
	}
	d := pack("one")
	d.Media = formats.MediaOf("c.png", []byte(strings.Repeat("c", 60)))
	if _, _, err := s.Import(t.Context(), u.ID, d, store.Choices{}, nil, noon); !errors.Is(err, store.ErrQuota) {
		t.Errorf("an import of more than the quota gives %v", err)
	}
	if list := got[[]store.Deck](t)(s.Decks(t.Context(), u.ID, u.Today(noon))); len(list) != 0 {
		t.Errorf("it leaves the decks %+v", list)
	}
}

func TestMediaOfOneNameAndOtherContentGetAnother(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	got[string](t)(w.s.AddMedia(w.ctx(), ada.id, "dog.png", strings.NewReader(png), w.now))
	d := pack("one")
	d.Notes[0].Fields[1] = `<img src="dog.png">`
	d.Media = formats.MediaOf("dog.png", []byte(png+"theirs"))
	_, plan := ada.take(d, store.Choices{})
	if plan.Media.Renamed != 1 {
		t.Errorf("the plan is %+v", plan.Media)
	}
	field := ada.card(ada.cards(plan.Decks[0].ID)[0]).Fields[1].Value
	name := strings.TrimSuffix(strings.TrimPrefix(field, `<img src="`), `">`)
	if b, _, err := ada.content(ada, name); b != png+"theirs" || name == "dog.png" {
		t.Errorf("the field is %q, which shows %q, %v", field, b, err)
	}
	if again := ada.preview(d, store.Choices{}); !again.Nothing() {
		t.Errorf("a second import would do %+v %+v", again.Notes, again.Media)
	}
}

func TestABackupHasTheMedia(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	ada.take(large(3), store.Choices{})
	path := filepath.Join(t.TempDir(), "copy.db")
	must(t, w.s.Backup(w.ctx(), path))
	s := got[*store.Store](t)(store.Open(w.ctx(), store.Options{Path: path}))
	defer s.Close()
	m := got[store.Medium](t)(s.Media(w.ctx(), ada.id, ada.id, "dot.svg"))
	must(t, m.File.Close())
	if r := got[store.Report](t)(s.Check(w.ctx(), nil)); len(r.Problems) > 0 {
		t.Errorf("the copy has the problems %v", r.Problems)
	}
}

// TestNothingImportedOfAnothersIsReached calls what takes an identifier with something
// of ada's, as somebody else.
func TestNothingImportedOfAnothersIsReached(t *testing.T) {
	w := newWorld(t)
	ada, eve := w.join("ada"), w.join("eve")
	id, plan := ada.take(large(3), store.Choices{})
	deck := plan.Decks[0].ID
	card := ada.card(ada.cards(deck)[0])
	before := ada.export()
	for name, err := range map[string]error{
		"TakeBack":  func() error { _, err := w.s.TakeBack(w.ctx(), eve.id, id, w.now); return err }(),
		"OneImport": func() error { _, err := w.s.OneImport(w.ctx(), eve.id, id); return err }(),
		"Draft":     func() error { _, err := w.s.Draft(w.ctx(), eve.id, deck); return err }(),
		"Preview": func() error {
			_, err := w.s.Preview(w.ctx(), eve.id, pack("x"), store.Choices{Deck: deck}, w.now)
			return err
		}(),
		"Import": func() error {
			_, _, err := w.s.Import(w.ctx(), eve.id, pack("x"), store.Choices{Deck: deck}, nil, w.now)
			return err
		}(),
		"Media":          func() error { _, err := w.s.Media(w.ctx(), eve.id, ada.id, "dot.svg"); return err }(),
		"Note":           func() error { _, _, err := w.s.Note(w.ctx(), eve.id, card.Note); return err }(),
		"SetFlag":        w.s.SetFlag(w.ctx(), eve.id, card.ID, 1),
		"DeleteNoteType": w.s.DeleteNoteType(w.ctx(), eve.id, card.TypeID),
		"EditNoteType":   w.s.EditNoteType(w.ctx(), eve.id, card.TypeID, store.TypeEdit{NoteType: cards.BasicNote, FieldFrom: []int{0, 1}, TemplateFrom: []int{0}}, w.now),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of a stranger gives %v, want ErrNotFound", name, err)
		}
	}
	if list := got[[]store.Imported](t)(w.s.Imports(w.ctx(), eve.id)); len(list) != 0 {
		t.Errorf("the imports of another show %+v", list)
	}
	if now := ada.export(); now != before {
		t.Error("something of ada's has changed")
	}
	must(t, w.s.DeleteUser(w.ctx(), ada.id))
	for table, n := range w.tables() {
		if strings.HasPrefix(table, "import") || strings.HasPrefix(table, "old_") || table == "media" || table == "note_media" || table == "notes" || table == "note_types" {
			if n > 0 {
				t.Errorf("after the account is gone %s has %d rows", table, n)
			}
		}
	}
	w.wantClean()
}
