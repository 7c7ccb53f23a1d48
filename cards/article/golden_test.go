package article_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads every page of testdata and compares what it is known by and its
// blocks, one a line, with the file that was checked by eye.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, page := range pages {
		if filepath.Ext(page) == ".golden" {
			continue
		}
		seen++
		t.Run(filepath.Base(page), func(t *testing.T) {
			data, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			a, err := article.Read(page, data)
			if err != nil {
				t.Fatal(err)
			}
			checkShape(t, a)
			got, golden := show(a), page+".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s reads as\n%s\nwant\n%s", page, got, want)
			}
		})
	}
	if seen < 8 {
		t.Errorf("%d pages in testdata, want them all", seen)
	}
}

func show(a cards.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nauthor: %s\npublished: %s\nlanguage: %s\n", a.Title, a.Author, a.Published, a.Language)
	heading := "\x00"
	for _, block := range a.Blocks {
		if block.Heading != heading && block.Kind != cards.Heading {
			heading = block.Heading
			fmt.Fprintf(&b, "\nbelow %q\n", heading)
		}
		kind := string(block.Kind)
		if block.Kind == cards.Heading {
			kind = fmt.Sprintf("\n%s %d", kind, block.Level)
		}
		fmt.Fprintf(&b, "%s: %s\n", kind, strings.ReplaceAll(block.Span.Of(a.Text), "\n", "⏎"))
	}
	return b.String()
}
