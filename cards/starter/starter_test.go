package starter_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"recto/cards"
	"recto/cards/starter"
)

// shared reads a file of the reference data, which lies outside the repository.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if os.IsNotExist(err) {
		t.Skipf("the reference data is not here: set RECTO_SHARED to the folder that has %s", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t *testing.T) cards.Article {
	t.Helper()
	a, err := starter.Article()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// body is the text of the article that cards may be made from.
func body(a cards.Article) string {
	var b strings.Builder
	for _, block := range a.Blocks {
		if block.Kind != cards.Furniture {
			b.WriteString(block.Span.Of(a.Text) + "\n")
		}
	}
	return b.String()
}

func TestArticle(t *testing.T) {
	a := read(t)
	if want := "Japan and Russia, 1956 to 2024: the peace treaty that never came"; a.Title != want {
		t.Errorf("Title = %q, want %q", a.Title, want)
	}
	if a.Language != "en" {
		t.Errorf("Language = %q, want en", a.Language)
	}
	headings := 0
	for _, b := range a.Blocks {
		if b.Kind == cards.Heading {
			headings++
		}
	}
	if headings < 6 {
		t.Errorf("%d headings, want several", headings)
	}
	if words := len(strings.Fields(body(a))); words < 1100 || words > 1500 {
		t.Errorf("the body has %d words, want 1,100 to 1,500", words)
	}
}

// TestSourcesAreFurniture: the list of sources stands in the text, and no card is
// ever made from it.
func TestSourcesAreFurniture(t *testing.T) {
	a := read(t)
	from := strings.Index(a.Text, "\n\nSources\n")
	if from < 0 {
		t.Fatal("the article names no sources")
	}
	sources := 0
	for _, b := range a.Blocks {
		switch inside := b.Span.Start > from; {
		case inside && b.Kind != cards.Furniture:
			t.Errorf("source %q is a %s, want furniture", b.Span.Of(a.Text), b.Kind)
		case inside:
			sources++
		case b.Kind == cards.Furniture:
			t.Errorf("%q is furniture, want body", b.Span.Of(a.Text))
		}
	}
	if sources < 6 {
		t.Errorf("%d lines of sources, want several", sources)
	}
}

// TestDatesAreTold: every date of the reference facts that belongs to the body is
// told by the article, at least as exactly.
func TestDatesAreTold(t *testing.T) {
	var facts []struct {
		ID                 int
		Kind, Norm, Answer string
		Value              string `json:"normalized"`
		Core               bool
	}
	if err := json.Unmarshal(shared(t, "data/article/facts.json"), &facts); err != nil {
		t.Fatal(err)
	}
	text, dates := body(read(t)), 0
	for _, f := range facts {
		if f.Kind != "date" || !f.Core {
			continue
		}
		dates++
		if !tells(text, f.Value) {
			t.Errorf("fact %d: the article does not tell %s (%s)", f.ID, f.Answer, f.Value)
		}
	}
	if dates < 30 {
		t.Errorf("%d dates were looked for, want all of the body", dates)
	}
}

// tells reports whether a text names a date, written in EDTF.
func tells(text, date string) bool {
	from, to, interval := strings.Cut(date, "/")
	if interval {
		return regexp.MustCompile(`\bfrom ` + from + ` to ` + to + `\b`).MatchString(text)
	}
	for layout, shape := range map[string]string{"2006-01-02": "2 January 2006", "2006-01": "January 2006", "2006": "2006"} {
		if at, err := time.Parse(layout, date); err == nil {
			return regexp.MustCompile(`\b` + at.Format(shape) + `\b`).MatchString(text)
		}
	}
	panic(fmt.Sprintf("a date of another shape: %q", date))
}

// titles are names that every account of these events has to share.
var titles = []string{"three principles on transfer of defense equipment and technology"} //nolint:misspell // its official spelling

// TestOwnWords: the article shares facts with the reference article, not sentences.
func TestOwnWords(t *testing.T) {
	const run = 8
	words := func(text string) []string {
		text = strings.Join(regexp.MustCompile(`[a-z0-9]+`).FindAllString(strings.ToLower(text), -1), " ")
		for i, title := range titles {
			text = strings.ReplaceAll(text, title, fmt.Sprintf("title%d", i))
		}
		return strings.Fields(text)
	}
	theirs := map[string]bool{}
	reference := words(string(shared(t, "data/article/article.txt")))
	for i := range len(reference) - run + 1 {
		theirs[strings.Join(reference[i:i+run], " ")] = true
	}
	own := words(read(t).Text)
	for i := range len(own) - run + 1 {
		if s := strings.Join(own[i:i+run], " "); theirs[s] {
			t.Errorf("these words stand in the reference article too: %q", s)
		}
	}
}
