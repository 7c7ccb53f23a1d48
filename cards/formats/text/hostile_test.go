package text_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"recto/cards/formats"
	"recto/cards/formats/text"
)

// TestHostile reads what nobody writes in good faith: every case gives a Draft within
// the limits or a sentence, and none takes more memory than the largest real files.
func TestHostile(t *testing.T) {
	small := formats.Limits{Rows: 1000, Field: 10_000, Text: 1 << 20, Fields: 20}
	for _, c := range []struct {
		name, text string
		limits     formats.Limits
		err        error // nil for a Draft
	}{
		{"nothing", "", formats.Limits{}, formats.ErrDamaged},
		{"only marks", strings.Repeat(`"`, 100_001), formats.Limits{}, nil},
		{"only separators", strings.Repeat("\t", 100_000), formats.Limits{}, formats.ErrDamaged},
		{"only line ends", strings.Repeat("\n", 1_000_000), formats.Limits{}, formats.ErrDamaged},
		{"carriage returns", strings.Repeat("a\tb\r", 1000), formats.Limits{}, nil},
		{"zero bytes", "a\tb\n" + strings.Repeat("\x00", 100), formats.Limits{}, formats.ErrDamaged},
		{"zero bytes among letters", "a\x00b\tc\x00d\n" + strings.Repeat("e\tf\n", 1000), formats.Limits{}, nil},
		{"broken UTF-8", "a\xff\xfe\tb\n" + strings.Repeat("é\tf\n", 100), formats.Limits{}, nil},
		{"UTF-16 cut in half", "\xff\xfea\x00\t\x00b\x00\n", formats.Limits{}, nil},
		{"lone surrogates", "\xff\xfe\x00\xd8\t\x00b\x00\n\x00", formats.Limits{}, nil},
		{"a long line", strings.Repeat("a", 100_000) + "\tb\n", small, formats.ErrTooLarge},
		{"many rows", strings.Repeat("a\tb\n", 1001), small, formats.ErrTooLarge},
		{"many columns", strings.Repeat("a\t", 100_000) + "\n", formats.Limits{Fields: 20}, nil},
		{"many columns in a line that is too long", strings.Repeat("a\t", 100_000) + "\n", small, formats.ErrTooLarge},
		{"long text", strings.Repeat(strings.Repeat("a", 900)+"\t"+strings.Repeat("b", 900)+"\n", 990), small, formats.ErrTooLarge},
		{"many note types", "#separator:tab\n#notetype column:1\n" + numbered("type%\tq\ta\n", 5000), formats.Limits{}, nil},
		{"many decks", "#separator:tab\n#deck column:1\n" + numbered("deck%\tq\ta\n", 5000), formats.Limits{}, nil},
		{"many tags", "a\tb\t" + numbered("t% ", 10_000) + "\n", formats.Limits{}, nil},
		{"many marks that are never closed", strings.Repeat("a\t\"b\n", 20_000), formats.Limits{}, nil},
		{"marks that open and double", strings.Repeat("a\t\"b\"\"\n", 20_001), formats.Limits{}, nil},
		{"a mark around everything", "a\t\"" + strings.Repeat("x\n", 100_000), formats.Limits{}, nil},
		{"columns from outer space", "#separator:tab\n#tags column:999999999999999999999\n#guid column:-5\n#deck column:0\na\tb\n", formats.Limits{}, nil},
		{"a header without an end", strings.Repeat("#separator:tab\n", 10_000), formats.Limits{}, formats.ErrDamaged},
		{"a separator that is a mark", "#separator:\"\na\"b\n", formats.Limits{}, nil},
		{"a separator of many letters", "#separator:abcdefgh\n1a2\n", formats.Limits{}, nil},
		{"a deck name of directions", "#separator:tab\n#deck:\u202egnp.exe::\u2066::\x07\na\tb\n", formats.Limits{}, nil},
		{"a deck name without end", "#separator:tab\n#deck:" + strings.Repeat("a::", 10_000) + "\na\tb\n", formats.Limits{}, nil},
		{"field names of the template language", "{{Front}},{{#Back}},tags\nx,y,z\n", formats.Limits{}, nil},
		{"field names of special fields", "FrontSide,Tags,Deck,Card\nx,y,z,w\n", formats.Limits{}, nil},
		{"gaps without number", "{{c::a}}\tb\n{{c0::a}}\tb\n{{c99999999999999999999::a}}\tb\n", formats.Limits{}, nil},
		{"gaps in gaps", strings.Repeat("{{c1::", 10_000) + "\tb\n", formats.Limits{}, nil},
		{"a gap of every number", numbered("{{c%::a}}", 9999) + "\tb\n", formats.Limits{}, nil},
		{"scripts", "<script>alert(1)</script>\t<img src=x onerror=alert(1)>\n", formats.Limits{}, nil},
		{"formulas", "=cmd|' /C calc'!A0\t@SUM(1)\n", formats.Limits{}, nil},
		{"a GUID without end", "#separator:tab\n#guid column:1\n" + strings.Repeat("g", 100_000) + "\ta\tb\n", formats.Limits{}, nil},
		{"tags without end", "a\tb\t" + strings.Repeat("t", 100_000) + "\n", formats.Limits{}, nil},
	} {
		o := formats.Options{Limits: c.limits}
		d, err := formats.Set{text.Family{}}.ReadAs(context.Background(), formats.Bytes("x.txt", []byte(c.text)), text.Anki, o)
		switch {
		case c.err == nil && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.err != nil && !errors.Is(err, c.err):
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
		case err == nil:
			consistent(t, d)
			for _, deck := range d.Decks {
				if strings.ContainsAny(deck.Name, "\u202e\u2066\x07\n") || deck.Name == "" || len(deck.Name) > 500 {
					t.Errorf("%s: a deck is called %q", c.name, deck.Name)
				}
			}
		case !utf8.ValidString(err.Error()) || len(err.Error()) > 500:
			t.Errorf("%s: the error is %.600q", c.name, err)
		}
	}
}

// numbered repeats text n times with its number for %.
func numbered(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Replace(text, "%", string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26)), 1))
	}
	return b.String()
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (formats.Set{text.Family{}}).Read(ctx, formats.Bytes("x.csv", []byte("a,b\n")), formats.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Read after cancel: %v", err)
	}
}

// TestMemory reads the longest text that is allowed.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	line := "what is this, \"really\", good for?\tnothing & <b>everything</b> at the same time\n"
	data := []byte(strings.Repeat(line, 250_000))
	s := formats.Bytes("x.tsv", data)
	d, err := formats.Set{text.Family{}}.Read(context.Background(), s, formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	t.Logf("%d notes, %d MB in use, %d MB from the system", len(d.Notes), m.HeapAlloc>>20, m.Sys>>20)
	runtime.KeepAlive(d)
	if over := append(append(data, data...), append(data, data...)...); true {
		if _, err := (formats.Set{text.Family{}}).Read(context.Background(), formats.Bytes("x.tsv", over), formats.Options{}); !errors.Is(err, formats.ErrTooLarge) {
			t.Errorf("twice as long: %v", err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"a\tb\n", "a,\"b\nc\",d\n", "#separator:tab\n#guid column:1\nx\ta\tb\n", "\xff\xfea\x00\t\x00b\x00", "a - b\n", "hund,dog;katt,cat", "#columns:a,b,tags\nx,y,z\n", "\"a\"b,c\n\"\n", "{{c1::a}}\tb"} {
		f.Add([]byte(s), "", "", byte(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, separator, row string, html byte) {
		yes := html == 1
		o := formats.Options{Text: formats.TextOptions{Separator: separator, RowSeparator: row}, Limits: formats.Limits{Rows: 10_000, Fields: 50}}
		if html < 2 {
			o.Text.HTML = &yes
		}
		d, err := formats.Set{text.Family{}}.ReadAs(context.Background(), formats.Bytes("x.txt", data), text.Anki, o)
		if err != nil {
			if !utf8.ValidString(err.Error()) {
				t.Fatalf("the error is %q", err)
			}
			return
		}
		consistent(t, d)
		var out strings.Builder
		if _, err := (formats.Set{text.Family{}}).Write(context.Background(), &out, d, text.Anki, formats.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		again, err := formats.Set{text.Family{}}.ReadAs(context.Background(), formats.Bytes("x.txt", []byte(out.String())), text.Anki, formats.Options{})
		if err != nil {
			t.Fatalf("%v\n%q", err, out.String())
		}
		if len(again.Notes) != len(d.Notes) {
			t.Fatalf("%d notes were written, and %d read again: %v\n%q", len(d.Notes), len(again.Notes), again.Troubles, out.String())
		}
		for i, n := range d.Notes {
			for j, field := range n.Fields {
				if j < len(again.Notes[i].Fields) && again.Notes[i].Fields[j] != field || j >= len(again.Notes[i].Fields) && field != "" {
					t.Fatalf("note %d was %q and is %q", i, n.Fields, again.Notes[i].Fields)
				}
			}
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add("a,\"b\nc\",d\ne\"f,g\n\"h", ",")
	f.Fuzz(func(t *testing.T, in, cell string) {
		in = strings.ReplaceAll(in, "\r", "")
		line, lines := 0, strings.Count(in, "\n")+1
		total := 0
		for r := range text.Rows(in, text.Separators{Cell: cell}, false) {
			if r.Line <= line || r.Line > lines {
				t.Fatalf("a row in line %d follows one in line %d of %d", r.Line, line, lines)
			}
			line = r.Line
			for _, c := range r.Cells {
				total += len(c)
			}
		}
		if total > len(in) {
			t.Fatalf("%d bytes of cells come from %d", total, len(in))
		}
	})
}
