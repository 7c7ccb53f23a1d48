package build_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/build"
)

func TestOrdinals(t *testing.T) {
	optional := build.Named("Basic (optional reversed card)", false)
	two := build.Reversed()
	conditional := formats.NoteType{Fields: build.Fields("A", "B"), Templates: []formats.Template{
		{Front: "{{#A}}{{B}}{{/A}}"}, {Front: "{{^A}}{{B}}{{/A}}"}, {Front: "no field"}, {Front: "{{text:furigana: B }}"}, {Front: "{{#A}}{{^B}}{{A}}{{/B}}{{/A}}"},
	}}
	for _, c := range []struct {
		name   string
		t      formats.NoteType
		fields []string
		want   []int
	}{
		{"one way", build.Basic(), []string{"a", "b"}, []int{0}},
		{"two ways", two, []string{"a", "b"}, []int{0, 1}},
		{"nothing to ask back", two, []string{"a", "<br> &nbsp;"}, []int{0}},
		{"all empty", two, []string{"", ""}, []int{0}},
		{"a picture is not empty", two, []string{"", `<img src="a">`}, []int{1}},
		{"not asked for the other way", optional, []string{"a", "b", ""}, []int{0}},
		{"asked for the other way", optional, []string{"a", "b", "y"}, []int{0, 1}},
		{"conditions with A", conditional, []string{"a", "b"}, []int{0, 3}},
		{"conditions without A", conditional, []string{"", "b"}, []int{1, 3}},
		{"conditions with A only", conditional, []string{"a", ""}, []int{4}},
		{"gaps", build.Cloze(), []string{"{{c2::a}} {{c1,4::b}} {{c2::c}}", "{{c7::d}}"}, []int{0, 1, 3, 6}},
		{"no gap", build.Cloze(), []string{"a", ""}, []int{0}},
		{"gaps of no number", build.Cloze(), []string{"{{c0::a}} {{c::b}} {{cx::c}} {{c1:d}}", ""}, []int{0}},
		{"a gap beyond 500", build.Cloze(), []string{"{{c501::a}} {{c500::b}}", ""}, []int{499}},
	} {
		if got := build.Ordinals(c.t, c.fields); !slices.Equal(got, c.want) {
			t.Errorf("%s: Ordinals(%q) = %v, want %v", c.name, c.fields, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	for in, want := range map[string]string{"A::B": "A::B", " A :: :: B ": "A::B", "": "Imported", "::": "Imported", "a\u202eb\x00\nc": "ab c", strings.Repeat("x", 900): strings.Repeat("x", 500)} {
		if got := build.DeckName(in); got != want {
			t.Errorf("DeckName(%.40q) = %.40q, want %.40q", in, got, want)
		}
	}
	for in, want := range map[string]string{`C:\decks\Geo.apkg.csv`: "Geo.apkg", "../../etc/passwd": "passwd", ".csv": ".csv", "A::B.txt": "A B"} {
		if got := build.DeckOf(in); got != want {
			t.Errorf("DeckOf(%q) = %q, want %q", in, got, want)
		}
	}
	if got := build.FieldNames([]string{"a", "A", "", "{{x}}:y", "#z", "Tags"}); !slices.Equal(got, []string{"a", "A 2", "Extra", "x y", "z", "Tags 2"}) {
		t.Errorf("FieldNames = %q", got)
	}
	for in, want := range map[string]string{"../a b.png": "a b.png", `c:\x\y.mp3`: "y.mp3", "..": "", "CON.txt": "CON_.txt", "a\u202egpj.exe": "agpj.exe"} {
		if got := build.MediaName(in); got != want {
			t.Errorf("MediaName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	change := func(name string) string { return "<" + name + ">" }
	for in, want := range map[string]string{
		`<img src="a.png">`:                    `<img src="&lt;a.png&gt;">`,
		`<img class="x" src='a&amp;b%20c'>`:    `<img class="x" src='&lt;a&amp;b c&gt;'>`,
		`<img src = "a">`:                      `<img src = "&lt;a&gt;">`,
		`<a href="a">`:                         `<a href="a">`,
		`<img src="https://x/y.png">`:          `<img src="https://x/y.png">`,
		`<img src="data:image/png;base64,aa">`: `<img src="data:image/png;base64,aa">`,
		"[sound:a.mp3] x":                      "[sound:<a.mp3>] x",
		`<img src="a`:                          `<img src="a`,
		"[sound:a":                             "[sound:a",
	} {
		if got := build.References(in, change); got != want {
			t.Errorf("References(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBare(t *testing.T) {
	for in, want := range map[string]string{"<b>a</b> &amp; b": "a & b", "<div><br></div>": "", "1 < 2": "1 < 2", "<img src=x>": "□", "\x01": "", "&nbsp;": ""} {
		if got := build.Bare(in); got != want {
			t.Errorf("Bare(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	b := build.New(context.Background(), formats.Options{Limits: formats.Limits{Rows: 2, Field: 10, Text: 25}})
	basic := b.Type(build.Basic())
	add := func(front string) error {
		_, err := b.Add(formats.Note{Type: basic, Fields: []string{front}}, b.Deck("x"))
		return err
	}
	if err := add("0123456789a"); !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("a long field: %v", err)
	}
	for i := range 3 {
		if err := add("0123456"); (err != nil) != (i == 2) {
			t.Errorf("note %d: %v", i, err)
		}
	}
	if got := b.Type(build.Basic()); got != basic {
		t.Errorf("the same type is %d and %d", basic, got)
	}
	other := build.Basic()
	other.CSS = "x"
	if got := b.Draft.NoteTypes[b.Type(other)].Name; got != "Basic 2" {
		t.Errorf("another type of the same name is called %q", got)
	}
}

func TestXML(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", `<a x="1">t<b>u</b></a>`, `a map[x:1] "t" [b map[] "u" []]`},
		{"windows-1252", "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\xe9</a>", `a map[] "é" []`},
		{"ASCII that is none", "<?xml version=\"1.0\" encoding=\"us-ascii\"?><a>\xe9</a>", `a map[] "é" []`},
		{"UTF-16", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", `a map[] "é" []`},
		{"bare signs", `<a>1 < 2 && 3 &nbsp; &zz;</a>`, `a map[] "1 < 2 && 3 \u00a0 &zz;" []`},
		{"entities of its own", `<!DOCTYPE a [<!ENTITY b "ccc">]><a>&b;</a>`, `a map[] "&b;" []`},
	} {
		x := build.NewXML([]byte(c.in), formats.DefaultLimits)
		start, _, err := x.Next(nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		n, err := x.Node(start)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := shown(n); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func shown(n *build.Node) string {
	var children []string
	for _, c := range n.Children {
		children = append(children, shown(c))
	}
	return fmt.Sprintf("%s %v %q %v", n.Name, n.Attrs, n.Text, children)
}

func FuzzReferences(f *testing.F) {
	f.Add(`<img src="a b.png"> [sound:x.mp3] <object data='y'>`)
	f.Fuzz(func(t *testing.T, in string) {
		var names []string
		out := build.References(in, func(name string) string { names = append(names, name); return "n.png" })
		if len(names) == 0 && out != in {
			t.Fatalf("nothing was renamed, and %q became %q", in, out)
		}
		if again := build.References(out, func(string) string { return "n.png" }); again != out {
			t.Fatalf("%q became %q and then %q", in, out, again)
		}
	})
}
