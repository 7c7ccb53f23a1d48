package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestArticlesAreEvaluated(t *testing.T) {
	folder := t.TempDir()
	marked := strings.NewReplacer("12 May 1931", "{d|12 May 1931}", "Alice Morton", "{n|Alice Morton}", "March 1987", "{d|March 1987}").Replace(sample)
	for name, text := range map[string]string{"bridge.txt": marked, "notes.csv": "not an article"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := recto(t, "", "evaluate", folder)
	for _, want := range []string{"per 100", "bridge", "100 %", "100.0 %", "words a second", "No rule is tripped."} {
		if got.code != exitOK || !strings.Contains(got.out, want) {
			t.Fatalf("code %d, and the figures do not say %q:\n%s%s", got.code, want, got.out, got.errOut)
		}
	}
	lines := recto(t, "", "evaluate", "--unjudged", folder)
	if !strings.HasPrefix(lines.out, "bridge\t\t\t") || strings.Count(lines.out, "\n") < 3 {
		t.Errorf("the cards to be judged are %q", lines.out)
	}
	judged := "article\tverdict\twhy\tfront\tback\n" + strings.ReplaceAll(lines.out, "bridge\t\t\t", "bridge\tkeep\t\t")
	if err := os.WriteFile(filepath.Join(folder, "verdicts.tsv"), []byte(judged), 0o600); err != nil {
		t.Fatal(err)
	}
	if lines := recto(t, "", "evaluate", "--unjudged", folder); lines.out != "" {
		t.Errorf("when all are judged there are left %q", lines.out)
	}
	for what, c := range map[string]struct {
		folder string
		code   int
		says   string
	}{
		"a folder that is none":     {filepath.Join(folder, "bridge.txt"), exitUsage, "is no folder"},
		"a folder without articles": {t.TempDir(), exitFailed, "there is no article here"},
	} {
		if got := recto(t, "", "evaluate", c.folder); got.code != c.code || !strings.Contains(got.errOut, c.says) {
			t.Errorf("%s: code %d and %q, want %d and %q", what, got.code, got.errOut, c.code, c.says)
		}
	}
}
