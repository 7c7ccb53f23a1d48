package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConvertByContentAndEnding(t *testing.T) {
	folder := t.TempDir()
	in := write(t, "words.dat", "#separator:tab\n#html:false\nhund\tdog\nkatt\tcat\n")
	steps := [][2]string{{in, "a.apkg"}, {"a.apkg", "b.json"}, {"b.json", "c.apkg"}, {"c.apkg", "d.json"}, {"d.json", "e.txt"}}
	for _, step := range steps {
		from, to := step[0], filepath.Join(folder, step[1])
		if !filepath.IsAbs(from) {
			from = filepath.Join(folder, from)
		}
		got := recto(t, "", "convert", from, to)
		if got.code != exitOK || !strings.Contains(got.errOut, "2 notes") {
			t.Fatalf("recto convert %s %s: code %d, said %q; want code 0 and 2 notes", step[0], step[1], got.code, got.errOut)
		}
	}
	var document struct {
		Notes []struct{ Fields []string }
		Cards []struct{ State string }
	}
	b, err := os.ReadFile(filepath.Join(folder, "d.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Notes) != 2 || document.Notes[0].Fields[0] != "hund" || document.Notes[0].Fields[1] != "dog" || len(document.Cards) != 2 {
		t.Errorf("the document holds %+v, want hund and katt", document)
	}
}

func TestConvertSaysWhatIsWrong(t *testing.T) {
	folder := t.TempDir()
	deck := write(t, "deck.txt", "#separator:tab\nhund\tdog\n")
	there := write(t, "there.json", "mine")
	tests := []struct {
		what string
		args []string
		code int
		want string
	}{
		{"no file", []string{filepath.Join(folder, "none.apkg"), filepath.Join(folder, "x.json")}, exitFailed, "no such file"},
		{"an unknown ending", []string{deck, filepath.Join(folder, "x.docx")}, exitUsage, "nothing is written as .docx"},
		{"no ending", []string{deck, filepath.Join(folder, "x")}, exitUsage, "has no ending"},
		{"a file that is there", []string{deck, there}, exitFailed, "is there already"},
		{"an empty file", []string{write(t, "empty.apkg", ""), filepath.Join(folder, "x.json")}, exitFailed, "the file is empty"},
		{"a picture", []string{write(t, "deck.apkg", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), filepath.Join(folder, "x.json")}, exitFailed, "looks like image/png"},
		{"a package cut short", []string{write(t, "deck.apkg", "PK\x03\x04 and no more"), filepath.Join(folder, "x.json")}, exitFailed, "recto: "},
		{"a folder", []string{folder, filepath.Join(folder, "x.json")}, exitFailed, "without a deck.json"},
	}
	for _, test := range tests {
		got := recto(t, "", append([]string{"convert"}, test.args...)...)
		if got.code != test.code || !strings.Contains(got.errOut, test.want) {
			t.Errorf("%s: code %d, said %q; want code %d and %q", test.what, got.code, got.errOut, test.code, test.want)
		}
		if _, err := os.Stat(filepath.Join(folder, "x.json")); err == nil {
			t.Errorf("%s: a file was left behind", test.what)
		}
	}
	if b, err := os.ReadFile(there); err != nil || string(b) != "mine" {
		t.Errorf("the file that was there holds %q, %v; want what it held", b, err)
	}
}
