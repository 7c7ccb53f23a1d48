package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is an article with facts that nobody can miss.
const sample = `The Harwick Bridge

The Harwick Bridge was designed by the engineer Alice Morton and opened on 12 May 1931. It is 412 metres long.
The International Bridge Association (IBA) listed it as a monument in March 1987.

In 2004 the bridge was closed for repairs, which cost 38 million pounds. It was opened again on 3 September 2006.
`

func TestCardsAreProvedByTheirOffsets(t *testing.T) {
	file := write(t, "bridge.txt", sample)
	text := recto(t, "", "generate", "--format", "article", file)
	got := recto(t, "", "generate", "--format", "jsonl", file)
	if text.code != exitOK || got.code != exitOK || got.errOut != "" {
		t.Fatalf("codes %d and %d, said %q; want 0, 0 and nothing", text.code, got.code, got.errOut)
	}
	n := 0
	for in := bufio.NewScanner(strings.NewReader(got.out)); in.Scan(); n++ {
		var card struct {
			ID, Kind, Family, Front, Back string
			Answer                        struct{ Text, Value string }
			Source                        struct {
				Exact, Sentence string
				Start, End      int
				SentenceStart   int `json:"sentence_start"`
				SentenceEnd     int `json:"sentence_end"`
			}
			Confidence float64
			Default    *bool
		}
		if err := json.Unmarshal(in.Bytes(), &card); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		if card.ID == "" || card.Front == "" || card.Back == "" || card.Default == nil {
			t.Errorf("line %d lacks something: %s", n+1, in.Text())
		}
		s := card.Source
		if text.out[s.Start:s.End] != s.Exact || text.out[s.SentenceStart:s.SentenceEnd] != s.Sentence {
			t.Errorf("card %q is not where it says: %q, want %q", card.Front, text.out[s.Start:s.End], s.Exact)
		}
	}
	if n == 0 {
		t.Error("no cards of an article full of dates")
	}
}

func TestEveryFactHasACardOrAReason(t *testing.T) {
	got := recto(t, sample, "facts", "-")
	if got.code != exitOK {
		t.Fatalf("code %d, said %q; want 0", got.code, got.errOut)
	}
	values := ""
	for in := bufio.NewScanner(strings.NewReader(got.out)); in.Scan(); {
		var fact struct {
			Text, Value, Reason string
			Cards               []string
		}
		if err := json.Unmarshal(in.Bytes(), &fact); err != nil {
			t.Fatal(err)
		}
		if (len(fact.Cards) > 0) == (fact.Reason != "") {
			t.Errorf("fact %q has %d cards and the reason %q; want one of both", fact.Text, len(fact.Cards), fact.Reason)
		}
		values += fact.Value + "\n"
	}
	for _, date := range []string{"1931-05-12", "1987-03", "2004", "2006-09-03"} {
		if !strings.Contains(values, date+"\n") {
			t.Errorf("the ledger has no date %s; it has\n%s", date, values)
		}
	}
}

func TestSeveralFilesAreToldApart(t *testing.T) {
	a, b := write(t, "a.txt", sample), write(t, "b.md", "# Another\n\n"+sample)
	got := recto(t, "", "generate", a, b)
	if got.code != exitOK || strings.Count(got.out, "==> ") != 2 || !strings.Contains(got.out, "==> "+b+" <==") {
		t.Errorf("code %d and output\n%s\nwant 0 and a header for each file", got.code, got.out)
	}
	rows, err := csv.NewReader(strings.NewReader(recto(t, "", "generate", "--format", "csv", a, b).out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	heads := 0
	for _, row := range rows {
		if row[0] == "id" {
			heads++
		}
	}
	if heads != 1 || len(rows) < 3 {
		t.Errorf("the table of two files has %d rows and %d headers, want one header", len(rows), heads)
	}
}

func TestABudgetIsKept(t *testing.T) {
	counts := map[string]int{}
	for _, flag := range []string{"--fewer", "--format=jsonl", "--more"} {
		got := recto(t, sample+sample, "generate", "--format", "jsonl", flag, "-")
		counts[flag] = strings.Count(got.out, `"default":true`)
	}
	if counts["--fewer"] > counts["--format=jsonl"] || counts["--format=jsonl"] > counts["--more"] {
		t.Errorf("default cards: %d with --fewer, %d as usual, %d with --more; want none to have more than the next", counts["--fewer"], counts["--format=jsonl"], counts["--more"])
	}
}

func TestBadInputIsRefusedInASentence(t *testing.T) {
	good := write(t, "good.txt", sample)
	secret := write(t, "secret.txt", sample)
	if err := os.Chmod(secret, 0); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		what, file, want string
	}{
		{"an empty file", write(t, "empty.txt", ""), "empty"},
		{"white space", write(t, "blank.txt", " \n\t\n "), "empty"},
		{"binary", write(t, "noise.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00>\x00\xff\xfe\x00\x12\x00\x00"), ""},
		{"a picture", write(t, "image.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"), ""},
		{"20 MB of text", write(t, "long.txt", strings.Repeat(sample, 20<<20/len(sample))), "too long"},
		{"another language", write(t, "french.txt", "Le pont a été ouvert le 12 mai 1931 par le maire de la ville. Il est long de quatre cents mètres et il a été fermé en 2004 pour des travaux qui ont duré deux ans, avec une grande fête pour la réouverture."), "English"},
		{"no such file", filepath.Join(t.TempDir(), "none.txt"), "no such file"},
		{"a folder", t.TempDir(), "folder"},
	}
	if os.Getuid() != 0 { // who may read everything meets no such file
		tests = append(tests, struct{ what, file, want string }{"a file of someone else", secret, "may not be read"})
	}
	for _, test := range tests {
		got := recto(t, "", "generate", "--format", "jsonl", test.file, good)
		if got.code != exitFailed || !strings.Contains(got.errOut, test.file) || !strings.Contains(got.errOut, test.want) {
			t.Errorf("%s: code %d, said %q; want code 1, the file named and %q said", test.what, got.code, got.errOut, test.want)
		}
		if lines := strings.Count(strings.TrimSpace(got.errOut), "\n"); lines != 0 || len(got.errOut) > 400 || strings.Contains(got.errOut, "goroutine") {
			t.Errorf("%s: said %d lines, want one sentence: %q", test.what, lines+1, got.errOut)
		}
		if !strings.Contains(got.out, `"front"`) {
			t.Errorf("%s: the good file beside it was not done", test.what)
		}
	}
}

func TestOtherEncodingsAreRead(t *testing.T) {
	utf16 := []byte{0xff, 0xfe}
	for _, c := range sample {
		utf16 = append(utf16, byte(c), byte(c>>8))
	}
	tests := []struct{ what, content string }{
		{"UTF-16 with its mark", string(utf16)},
		{"UTF-8 with its mark", "\ufeff" + sample},
		{"Windows-1252", strings.ReplaceAll(sample, "Alice Morton", "Ren\xe9e \x93Ren\x94 Morton")},
		{"lines ended as in Windows", strings.ReplaceAll(sample, "\n", "\r\n")},
	}
	for _, test := range tests {
		got := recto(t, "", "facts", write(t, "bridge.txt", test.content))
		if got.code != exitOK || !strings.Contains(got.out, `"1931-05-12"`) {
			t.Errorf("%s: code %d, said %q; want 0 and the date found", test.what, got.code, got.errOut)
		}
	}
}
