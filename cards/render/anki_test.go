package render_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recto/cards"
	"recto/cards/render"
)

// shownByAnki is one line of testdata/anki_render.py.
type shownByAnki struct {
	File        string
	Ord         int
	ID          int64
	Flag        int
	Deck        string
	Type        string
	Cloze       bool
	CSS         string
	Templates   [][3]string
	Fields      [][2]string
	Tags        []string
	Front, Back string
	FrontSounds []soundOfAnki
	BackSounds  []soundOfAnki
	Typed       *string
	Made        []int // the ordinals of all cards that Anki made of the note
}

type soundOfAnki struct {
	Name, Text, Lang string
	Voices           []string
	Speed            float64
}

func (a shownByAnki) note() (cards.Note, cards.NoteType) {
	n := cards.Note{Type: a.Type, Tags: a.Tags}
	t := cards.NoteType{Name: a.Type, CSS: a.CSS, Cloze: a.Cloze}
	for _, f := range a.Fields {
		n.Fields = append(n.Fields, cards.Field{Name: f[0], Value: f[1]})
		t.Fields = append(t.Fields, f[0])
	}
	for _, tmpl := range a.Templates {
		t.Templates = append(t.Templates, cards.Template{Name: tmpl[0], Front: tmpl[1], Back: tmpl[2]})
	}
	return n, t
}

// TestLikeAnki renders every card of real packages, and of a collection with all
// kinds of templates, and compares texts and sounds with what real Anki makes of them.
func TestLikeAnki(t *testing.T) {
	python := os.Getenv("RECTO_ANKI_PYTHON")
	if python == "" {
		t.Skip("real Anki is not here: set RECTO_ANKI_PYTHON to a python that has the package anki")
	}
	files := []string{"kinds"}
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	for _, pattern := range []string{"*.apkg", "*.colpkg", "*.anki2"} {
		found, _ := filepath.Glob(filepath.Join(root, "data", "decks", pattern))
		files = append(files, found...)
	}
	if len(files) == 1 {
		t.Log("the real packages are not here: set RECTO_SHARED to the folder that has data/decks")
	}
	out := filepath.Join(t.TempDir(), "cards.jsonl")
	cmd := exec.Command(python, append([]string{filepath.Join("testdata", "anki_render.py"), out}, files...)...)
	if message, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, message)
	} else if len(message) > 0 {
		t.Logf("%s", message)
	}
	compareWithAnki(t, out)
}

func compareWithAnki(t *testing.T, name string) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	seen, files, types, faults := 0, map[string]bool{}, map[string]bool{}, 0
	for lines.Scan() {
		var a shownByAnki
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		seen++
		files[a.File], types[a.File+a.Type] = true, true
		if strings.Contains(a.Front, "template has a problem") {
			faults++
		}
		if difference := differs(a); difference != "" {
			t.Errorf("%s, %q, card %d of %.300q, templates %.300q: %s", a.File, a.Type, a.Ord+1, a.Fields, a.Templates, difference)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cards of %d note types in %d files compared, %d of them faults of templates", seen, len(types), len(files), faults)
	if seen == 0 {
		t.Error("no card was compared")
	}
}

// differs says how a card of ours is unlike Anki's; "" if it is not.
func differs(a shownByAnki) string {
	n, kind := a.note()
	if values := valuesOf(n); a.Made != nil && !slices.Equal(render.Ordinals(kind, values), a.Made) {
		return fmt.Sprintf("the cards are %v, want %v", render.Ordinals(kind, values), a.Made)
	}
	front, back, err := render.Card(n, kind, a.Ord, render.Options{
		Deck: a.Deck, Flag: a.Flag, ID: a.ID, Media: func(name string) string {
			if strings.HasPrefix(name, "latex-") {
				return ""
			}
			return "/media/" + strings.ReplaceAll(name, " ", "%20")
		},
	})
	if fault := strings.Contains(a.Front, "template has a problem"); fault || err != nil {
		if !fault || err == nil {
			return fmt.Sprintf("the error is %v; Anki shows %q", err, a.Front)
		}
		return ""
	}
	for _, side := range []struct {
		name, anki string
		ours       render.Side
		sounds     []soundOfAnki
	}{{"front", a.Front, front, a.FrontSounds}, {"back", a.Back, back, a.BackSounds}} {
		want, got := ankiText(side.anki, a.Typed, side.name == "back"), lettersOf(render.Plain(drawn.ReplaceAllString(string(side.ours.HTML), "$1")))
		if want != got {
			return fmt.Sprintf("the %s is\n %q, want\n %q\n of %.600q\n ours %.900q", side.name, got, want, side.anki, side.ours.HTML)
		}
		if !slices.EqualFunc(side.ours.Play, side.sounds, sameSound) {
			return fmt.Sprintf("the %s plays %+v, want %+v", side.name, side.ours.Play, side.sounds)
		}
	}
	return ""
}

func sameSound(s render.Sound, a soundOfAnki) bool {
	if s.Name != "" {
		return s.Name[strings.LastIndexByte(s.Name, '/')+1:] == a.Name
	}
	return lettersOf(s.Text) == lettersOf(a.Text) && s.Lang == a.Lang && s.Speed == a.Speed
}

var (
	played = regexp.MustCompile(`\[anki:play:[qa]:\d+\]`)
	typed  = regexp.MustCompile(`\[\[type:[^\]]*\]\]`)
	blank  = regexp.MustCompile(`(?s)<div>(The front of this card is blank|No cloze .*? found on card).*?More information</a></div>`)
	said   = regexp.MustCompile(`The front of this card is blank:[^.]*\.|There is no gap [0-9]+ in this note:[^.]*\.`)
	drawn  = regexp.MustCompile(`(<div class="card-mask [^>]*>)[^<]*`) // Anki writes on the canvas
	around = regexp.MustCompile(`\[/?(latex|\$\$?)\]|\\[()\[\]]|\$`)   // formulas: those in LaTeX's marks get MathJax's
	space  = regexp.MustCompile(`[\s\x{a0}]+`)
)

// ankiText is the text of a side that Anki made, with what the study screen puts in.
func ankiText(side string, answer *string, back bool) string {
	side = played.ReplaceAllString(side, "")
	side = blank.ReplaceAllString(side, " BLANK ")
	typedText := ""
	if back && answer != nil {
		typedText = *answer
	}
	side = typed.ReplaceAllLiteralString(side, typedText)
	return lettersOf(render.Plain(asBrowsersRead(side)))
}

// asBrowsersRead is HTML after it has been parsed: what may not stand in a table has
// moved out of it.
func asBrowsersRead(side string) string {
	body := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragmentWithOptions(strings.NewReader(side), body, nethtml.ParseOptionEnableScripting(false))
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, n := range nodes {
		if err := nethtml.Render(&b, n); err != nil {
			return err.Error()
		}
	}
	return b.String()
}

// lettersOf is a text without white space, which HTML leaves open.
func lettersOf(text string) string {
	text = around.ReplaceAllString(html.UnescapeString(said.ReplaceAllString(text, "BLANK")), "")
	return space.ReplaceAllString(text, "")
}

func valuesOf(n cards.Note) []string {
	var out []string
	for _, f := range n.Fields {
		out = append(out, f.Value)
	}
	return out
}
