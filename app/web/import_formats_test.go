package web

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/registry"
)

// pixel is a picture.
var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")

// written is the rivers as a file of a format, with progress where the format has it.
func written(t testing.TB, format string, picture bool) []byte {
	t.Helper()
	files := []*formats.Source{formats.Bytes("Rivers.csv", []byte(rivers))}
	if picture {
		files = append(files, formats.Bytes("map.md", []byte("Q: Which river is this?\nA: The Neva ![](neva.png)\n")), formats.Bytes("neva.png", pixel))
	}
	d, err := registry.ReadSeveral(context.Background(), files, formats.Options{})
	must(t, err)
	defer func() { must(t, d.Close()) }()
	for i := range d.Notes {
		d.Notes[i].GUID = fmt.Sprintf("river-%d", i)
		d.Notes[i].Modified = noon
	}
	d.Cards[0].State, d.Cards[0].Interval, d.Cards[0].Ease, d.Cards[0].Reps, d.Cards[0].Passes, d.Cards[0].Due = formats.Reviewing, 12, 2500, 3, 3, 20160
	var b bytes.Buffer
	_, err = registry.All.Write(context.Background(), &b, d, format, formats.WriteOptions{Now: noon, TempDir: t.TempDir()})
	must(t, err)
	return b.Bytes()
}

const (
	quizlet   = "hund - dog\nkatt - cat\nhest - horse\n"
	hashcards = "Q: Capital of Chad?\nA: N'Djamena\n\nC: The [mitochondrion] makes [ATP].\n"
	obsidian  = "#flashcards/geo\nCapital of Chad::N'Djamena <!--SR:!2026-09-02,4,270-->\nRed:::Rouge\n"
	logseq    = "- Capital of Chad? #card\n\t- N'Djamena\n- Capital of Mali? #card\n\t- Bamako\n"
	supermemo = "Q: Capital of Chad\nA: N'Djamena\n\nQ: Capital of Mali\nA: Bamako\n"
	ankiText  = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\nabc\tBasic\tGeo::Africa\tChad\t<b>N'Djamena</b>\tgeo capital\n"
	crowdanki = `{"__type__":"Deck","crowdanki_uuid":"d1","name":"Geo","children":[],"deck_configurations":[{"__type__":"DeckConfig","crowdanki_uuid":"c1","name":"Default"}],
"deck_config_uuid":"c1","media_files":["neva.png"],"note_models":[{"__type__":"NoteModel","crowdanki_uuid":"m1","name":"Basic","type":0,"css":"","flds":[{"name":"Front","ord":0},{"name":"Back","ord":1}],
"tmpls":[{"name":"Card 1","ord":0,"qfmt":"{{Front}}","afmt":"{{FrontSide}}<hr>{{Back}}"}]}],
"notes":[{"__type__":"Note","fields":["Chad <img src=\"neva.png\">","N'Djamena"],"guid":"abc","note_model_uuid":"m1","tags":[]}]}`
	mnemosyne1 = `<?xml version="1.0" encoding="UTF-8"?><mnemosyne core_version="1"><category active="1"><name>Geo</name></category>` +
		`<item id="a1" gr="0" e="2.5" ac_rp="0" rt_rp="0" lps="0" ac_rp_l="0" rt_rp_l="0" l_rp="0" n_rp="0"><cat>Geo</cat><Q>Chad</Q><A>N'Djamena</A></item></mnemosyne>`
)

// samples are files of every kind that is read, with what the preview and the deck
// page say of them.
func samples(t testing.TB) []sample {
	return []sample{
		{"apkg", []sentFile{{"rivers.apkg", written(t, "apkg", true)}}, 4, "Anki deck package", "The Tiber"},
		{"apkg under another name", []sentFile{{"rivers.txt", written(t, "apkg", false)}}, 3, "Anki deck package", "The Tiber"},
		{"csv", []sentFile{{"rivers.csv", []byte(rivers)}}, 3, "Table with commas", "The Seine"},
		{"tsv", []sentFile{{"rivers.tsv", written(t, "tsv", false)}}, 3, "Table with tabs", "The Seine"},
		{"Anki text", []sentFile{{"geo.txt", []byte(ankiText)}}, 1, "Anki text", "N&#39;Djamena"},
		{"Recto's JSON", []sentFile{{"rivers.json", written(t, "json", true)}}, 4, "Recto’s own JSON", "The Danube"},
		{"Markdown", []sentFile{{"rivers.md", written(t, "md", false)}}, 3, "Markdown", "The Danube"},
		{"hashcards", []sentFile{{"geo.md", []byte(hashcards)}}, 3, "Markdown", "N&#39;Djamena"},
		{"Obsidian", []sentFile{{"geo.md", []byte(obsidian)}}, 3, "Obsidian", "Rouge"},
		{"Logseq", []sentFile{{"geo.md", []byte(logseq)}}, 2, "Logseq", "Bamako"},
		{"SuperMemo", []sentFile{{"geo.txt", []byte(supermemo)}}, 2, "", "Bamako"},
		{"Quizlet", []sentFile{{"animals.txt", []byte(quizlet)}}, 3, "List of terms", "horse"},
		{"Mnemosyne", []sentFile{{"geo.xml", []byte(mnemosyne1)}}, 1, "Mnemosyne", "N&#39;Djamena"},
		{"CrowdAnki with its picture", []sentFile{{"deck.json", []byte(crowdanki)}, {"neva.png", pixel}}, 1, "2 files", "N&#39;Djamena"},
		{"two tables and a page", []sentFile{{"a.csv", []byte(rivers)}, {"b.csv", []byte("front,back\nx,y\n")}, {"geo.md", []byte(hashcards)}}, 7, "3 files", "N&#39;Djamena"},
	}
}

type sample struct {
	what   string
	files  []sentFile
	cards  int
	format string
	says   string // on the preview
}

var buttonPattern = regexp.MustCompile(`<button class="primary" id="import"[^>]*>([^<]*)</button>`)

// button is what the button of a preview says.
func (a answer) button() string {
	m := buttonPattern.FindStringSubmatch(a.body)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestFilesOfEveryKindAreImported(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(s.what, func(t *testing.T) {
			w := newWorld(t)
			ada := w.join("ada")
			before := w.dump()
			page, _ := ada.preview(s.files...)
			page.want(t, "the preview", 200, strings.ReplaceAll(s.format, "’", "&#39;"), s.says, "Nothing has been saved yet.")
			checkHTML(t, "preview of "+s.what, page.body)
			noun := "cards"
			if s.cards == 1 {
				noun = "card"
			}
			if got, want := page.button(), fmt.Sprintf("Import %d %s", s.cards, noun); got != want {
				t.Fatalf("the button says %q, want %q\n%s", got, want, page.body)
			}
			if now := w.dump(); now != before {
				t.Errorf("the preview changed the database: %s", diff(before, now))
			}
			report := ada.press(page, "import", nil)
			checkHTML(t, "report of "+s.what, report.body)
			report.want(t, "the report", 200, "Imported", "Take this import back", fmt.Sprintf("%d %s", s.cards, noun))
			decks, err := w.store.Decks(w.ctx(), ada.id, w.today(ada))
			must(t, err)
			total := 0
			for _, d := range decks {
				total += d.Cards
			}
			if total != s.cards {
				t.Errorf("there are %d cards in the decks, want %d", total, s.cards)
			}
			again, _ := ada.preview(s.files...)
			again.want(t, "the same files again", 200, "Nothing to import: all of it is here already.")
			checkHTML(t, "preview of the same "+s.what, again.body)
		})
	}
}

// shared are real files, which are not in the repository.
func shared(t testing.TB, pattern string) []string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", filepath.FromSlash(pattern)))
	if err != nil || len(files) == 0 {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has data/%s", pattern)
	}
	return files
}

// TestRealFilesHaveAPreviewOrASentence: nothing of them is an error page.
func TestRealFilesHaveAPreviewOrASentence(t *testing.T) {
	w := newWorld(t)
	ada := w.join("ada")
	before := w.dump()
	for _, pattern := range []string{"decks/*.*", "files/*/*.*"} {
		for _, path := range shared(t, pattern) {
			if info, err := os.Stat(path); err != nil || info.IsDir() {
				continue
			}
			content, err := os.ReadFile(path)
			must(t, err)
			a := ada.sendFiles(nil, sentFile{filepath.Base(path), content})
			if len(content) == 0 {
				a.want(t, path, 422, "is empty")
				continue
			}
			page := ada.settled(a.want(t, path, 303).location()).want(t, path, 200, "Nothing has been saved yet.")
			checkHTML(t, path, page.body)
			if page.button() == "" && !strings.Contains(page.body, `id="error"`) {
				t.Errorf("%s: neither a button nor a sentence\n%s", path, page.body)
			}
			if strings.Contains(page.body, "Something went wrong") {
				t.Errorf("%s: the preview says that something went wrong\n%s", path, w.log)
			}
		}
	}
	if now := w.dump(); now != before {
		t.Errorf("the previews changed the database: %s", diff(before, now))
	}
}
