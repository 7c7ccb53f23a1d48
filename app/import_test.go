package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// account makes a database with an account without cards, and returns the flags that name both.
func account(t *testing.T, name string) []string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "recto.db")
	if got := recto(t, "long enough for ada\n", "user", "add", "--empty", "--db", db, name); got.code != exitOK {
		t.Fatalf("recto user add: code %d, %q", got.code, got.errOut)
	}
	return []string{"--db", db, "--user", name}
}

func TestImportAndExport(t *testing.T) {
	ada := account(t, "ada")
	words := write(t, "words.txt", "#separator:tab\n#html:false\n#deck:Dogs::And cats\nhund\tdog\nkatt\tcat\n")
	run := func(want int, said string, args ...string) string {
		t.Helper()
		got := recto(t, "", append(args[:1:1], append(ada, args[1:]...)...)...)
		if got.code != want || !strings.Contains(got.out+got.errOut, said) {
			t.Fatalf("recto %s: code %d, said %q and %q; want code %d and %q", strings.Join(args, " "), got.code, got.out, got.errOut, want, said)
		}
		return got.out
	}
	run(exitOK, `would add 2 notes and 2 cards to the deck "Dogs::And cats"`, "import", "--dry-run", words)
	run(exitOK, `added 2 notes and 2 cards to the deck "Dogs::And cats"`, "import", words)
	run(exitOK, "nothing new, 2 notes of it there already", "import", words)
	run(exitOK, "2 notes there already", "import", "--dry-run", "--deck", "Elsewhere", words)

	folder := t.TempDir()
	first := filepath.Join(folder, "all.json")
	run(exitOK, "", "export", first)
	run(exitFailed, "is there already", "export", first)
	for _, ending := range []string{"apkg", "txt", "csv", "md"} {
		run(exitOK, "", "export", "--deck", "dogs::and cats", "--format", ending, filepath.Join(folder, "deck."+ending))
	}
	run(exitUsage, "replaces all that a person has in Anki", "export", "--format", "colpkg", filepath.Join(folder, "x.colpkg"))
	run(exitFailed, `no deck "Nothing"`, "export", "--deck", "Nothing", filepath.Join(folder, "y.apkg"))
	run(exitFailed, "nothing.apkg", "import", filepath.Join(folder, "nothing.apkg"))
	run(exitFailed, "picture", "import", write(t, "picture.png", "\x89PNG\r\n\x1a\n"), words)

	ada = account(t, "ada")
	run(exitOK, "2 notes and 2 cards", "import", first)
	second := filepath.Join(folder, "again.json")
	run(exitOK, "", "export", second)
	a, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(second)
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Errorf("the account is another one after it moved:\n%s\n%s", a, b)
	}
	if got := recto(t, "", "check", "--db", ada[1]); got.code != exitOK {
		t.Errorf("recto check: %q", got.out)
	}
}
