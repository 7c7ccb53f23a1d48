package formats_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"recto/cards/formats"
)

// family reads files that begin with its mark.
type family struct {
	id, mark string
	sure     formats.Confidence
	read     func(ctx context.Context) (*formats.Draft, error)
}

func (f family) Formats() []formats.Format {
	return []formats.Format{{ID: f.id, Extensions: []string{f.id}, Read: true, Write: f.id != "sealed"}}
}

func (f family) Detect(s *formats.Source) (string, formats.Confidence) {
	if bytes.HasPrefix(s.Head(), []byte(f.mark)) {
		return f.id, f.sure
	}
	return "", formats.No
}

func (f family) Read(ctx context.Context, _ *formats.Source, _ string, _ formats.Options) (*formats.Draft, error) {
	if f.read != nil {
		return f.read(ctx)
	}
	return &formats.Draft{}, nil
}

func (f family) Write(context.Context, io.Writer, *formats.Draft, string, formats.WriteOptions) ([]formats.Trouble, error) {
	return nil, nil
}

func TestTheSurestFamilyReads(t *testing.T) {
	set := formats.Set{family{id: "weak", mark: "a", sure: formats.Weak}, family{id: "first", mark: "ab", sure: formats.Strong}, family{id: "second", mark: "ab", sure: formats.Strong}}
	tests := []struct{ name, content, want string }{
		{"x.weak", "abc", "first"},
		{"x.second", "abc", "first"},
		{"x.second", "acc", "weak"},
	}
	for _, test := range tests {
		got, err := set.Detect(formats.Bytes(test.name, []byte(test.content)))
		if err != nil || got.ID != test.want {
			t.Errorf("%q called %s: %q, %v; want %q", test.content, test.name, got.ID, err, test.want)
		}
		d, err := set.Read(t.Context(), formats.Bytes(test.name, []byte(test.content)), formats.Options{})
		if err != nil || d.Format != test.want {
			t.Errorf("%q is read as %q, %v; want %q", test.content, d.Format, err, test.want)
		}
	}
}

func TestWhatIsNoDeckIsNamed(t *testing.T) {
	var empty bytes.Buffer
	if err := zip.NewWriter(&empty).Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, content, want string }{
		{"x.apkg", "", "the file is empty"},
		{"x.apkg", "\x89PNG\r\n\x1a\n", "looks like image/png"},
		{"x.apkg", "%PDF-1.7", "looks like application/pdf"},
		{"x.apkg", empty.String(), "an archive without a deck"},
		{"x.apkg", "SQLite format 3\x00 and more", "a database, but not"},
		{"x.mem", "\x80\x04\x95", "Python pickle"},
		{"x.txt", "just some words", "text in which no cards"},
		{"x.bin", "\x00\x01\x02\x03", "nothing in it"},
	}
	for _, test := range tests {
		_, err := formats.Set{}.Detect(formats.Bytes(test.name, []byte(test.content)))
		if !errors.Is(err, formats.ErrUnknown) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want ErrUnknown and %q", test.content, err, test.want)
		}
	}
}

func TestReadingEndsInTime(t *testing.T) {
	slow := func(ctx context.Context) (*formats.Draft, error) { <-ctx.Done(); return nil, ctx.Err() }
	set := formats.Set{family{id: "slow", mark: "a", sure: formats.Certain, read: slow}}
	_, err := set.Read(t.Context(), formats.Bytes("x", []byte("a")), formats.Options{Limits: formats.Limits{Time: time.Millisecond}})
	if !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("reading for longer than allowed: %v, want ErrTooLarge", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = set.Read(ctx, formats.Bytes("x", []byte("a")), formats.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("reading that was cancelled: %v, want that", err)
	}
}

func TestTheEndingChoosesWhatIsWritten(t *testing.T) {
	set := formats.Set{family{id: "csv"}, family{id: "sealed"}}
	if f, err := set.ForWriting("/a.b/Deck.CSV"); err != nil || f.ID != "csv" {
		t.Errorf("Deck.CSV: %q, %v; want csv", f.ID, err)
	}
	for _, name := range []string{"deck", "deck.docx", "deck.sealed", ""} {
		if _, err := set.ForWriting(name); !errors.Is(err, formats.ErrReadOnly) || !strings.Contains(err.Error(), ".csv") {
			t.Errorf("%q: %v, want ErrUnknown and the endings there are", name, err)
		}
	}
	if _, err := set.Write(t.Context(), io.Discard, &formats.Draft{}, "sealed", formats.WriteOptions{}); !errors.Is(err, formats.ErrReadOnly) {
		t.Errorf("writing what is only read: %v, want ErrReadOnly", err)
	}
}

func TestAtMost(t *testing.T) {
	for limit, want := range map[int64]bool{9: false, 10: true, 11: true} {
		b, err := io.ReadAll(formats.AtMost(strings.NewReader("0123456789"), limit, "it"))
		if ok := err == nil; ok != want || int64(len(b)) > limit || !ok && !errors.Is(err, formats.ErrTooLarge) {
			t.Errorf("10 bytes of at most %d: %q, %v", limit, b, err)
		}
	}
}

func TestTroublesAreCountedWhenTheyAreMany(t *testing.T) {
	var d formats.Draft
	for i := range 5000 {
		d.Tell(formats.Trouble{Line: i + 1, Sentence: "the back is empty"})
	}
	if len(d.Troubles)+d.Untold != 5000 || len(d.Troubles) > 1000 {
		t.Errorf("%d told, %d not; want 5000 together and few told", len(d.Troubles), d.Untold)
	}
	for want, trouble := range map[string]formats.Trouble{
		"line 88: the back is empty":            {Line: 88, Sentence: "the back is empty"},
		"line 88, deck A: the back is empty":    {Line: 88, Where: "deck A", Sentence: "the back is empty"},
		"note 1398130163168: the back is empty": {Where: "note 1398130163168", Sentence: "the back is empty"},
	} {
		if got := trouble.String(); got != want {
			t.Errorf("%+v is said as %q, want %q", trouble, got, want)
		}
	}
}

func TestSafeName(t *testing.T) {
	tests := []struct{ name, want string }{
		{"a.png", "a.png"}, {"日本 ä.mp3", "日本 ä.mp3"}, {"a\u0308.png", "ä.png"},
		{"../../x.png", "....x.png"}, {"/etc/passwd", "etcpasswd"}, {`C:\x`, "Cx"}, {"a\x00b\n.png", "ab.png"},
		{"a\u00a0b.png", "a b.png"}, {"con", "con_"}, {"COM1.tar.gz", "COM1_.tar.gz"}, {"com0.x", "com0.x"},
		{"x. ", "x. _"}, {"x.", "x._"}, {"..", ""}, {" . ", ""}, {"", ""}, {"\u202e", ""}, {"x\u202egpj.exe", "xgpj.exe"},
		{".htaccess", ".htaccess"}, {"[x]<y>|z*?.png", "xyz.png"}, {"bad\xff.png", "bad.png"},
	}
	for _, test := range tests {
		if got := formats.SafeName(test.name); got != test.want {
			t.Errorf("SafeName(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.png", "../x", "CON", strings.Repeat("ä.", 100), "x\u202e. "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := formats.SafeName(name)
		if again := formats.SafeName(got); again != got {
			t.Errorf("SafeName(%q) = %q, and of that %q", name, got, again)
		}
		if strings.ContainsAny(got, "/\\:\x00\n") || got == "." || got == ".." || len(got) > 130 || !utf8.ValidString(got) {
			t.Errorf("SafeName(%q) = %q", name, got)
		}
	})
}

func TestMediaRenamer(t *testing.T) {
	rename := formats.MediaRenamer(map[string]string{"a/b c.png": "ab c.png", "x&y.mp3": "xy.mp3"})
	tests := []struct{ from, want string }{
		{`<img src="a/b c.png">`, `<img src="ab c.png">`},
		{`<img src='a/b c.png'>`, `<img src='ab c.png'>`},
		{`<img src="a/b%20c.png">`, `<img src="ab c.png">`},
		{`[sound:x&y.mp3] [sound:x&amp;y.mp3]`, `[sound:xy.mp3] [sound:xy.mp3]`},
		{`<audio src=x&amp;y.mp3>`, `<audio src="xy.mp3">`},
		{`a/b c.png in words`, `a/b c.png in words`},
		{`<img src="other a/b c.png">`, `<img src="other a/b c.png">`},
	}
	for _, test := range tests {
		if got := rename(test.from); got != test.want {
			t.Errorf("%s becomes %s, want %s", test.from, got, test.want)
		}
	}
}

func TestDecodeJSONCountsDepthOutsideOfStrings(t *testing.T) {
	tests := []struct {
		text string
		want error
	}{
		{`[[["[[[[[[[["]]]`, nil},
		{`{"a":"\\\"[[[[[[","b":[[1]]}`, nil},
		{`[[[[1]]]]`, formats.ErrTooLarge},
		{strings.Repeat("[", 1_000_000), formats.ErrTooLarge},
		{`{"a":`, formats.ErrDamaged},
		{``, formats.ErrDamaged},
	}
	for _, test := range tests {
		var v any
		err := formats.DecodeJSON([]byte(test.text), 3, &v)
		if !errors.Is(err, test.want) || test.want == nil && err != nil {
			t.Errorf("%.30s: %v, want %v", test.text, err, test.want)
		}
	}
}

func TestArchivesAreReadByCounting(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range []struct{ name, content string }{{"a", "first"}, {"a", "second"}, {"zeros", strings.Repeat("\x00", 20<<20)}, {"big", strings.Repeat("ab", 600)}} {
		f, err := w.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(f, e.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := formats.Bytes("x.zip", b.Bytes()).Archive(formats.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.ReadAll("a", 100); string(got) != "first" || err != nil {
		t.Errorf("two entries of one name: %q, %v; want the first", got, err)
	}
	if _, err := a.ReadAll("big", 1000); !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("1200 bytes of at most 1000: %v, want ErrTooLarge", err)
	}
	if _, err := a.ReadAll("zeros", 1<<30); !errors.Is(err, formats.ErrTooLarge) {
		t.Errorf("a ratio of 1000: %v, want ErrTooLarge", err)
	}
	if got := strings.Join(a.Names(), " "); got != "a zeros big" {
		t.Errorf("entries %q, want each once", got)
	}
}
