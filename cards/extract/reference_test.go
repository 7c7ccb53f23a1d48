package extract

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/english"
)

// shared reads a file of the reference data, which lies outside the repository;
// the test is skipped where it is absent.
func shared(t testing.TB, name string) []byte {
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

// reference is a fact of the list that was made by hand.
type reference struct {
	ID                   int
	Start                int
	Answer, Kind, Normal string
}

// kindsOf are the kinds of fact that a kind of the reference list may be found as.
var kindsOf = map[string]cards.FactKind{
	"date": cards.DateFact, "person": cards.NameFact, "place": cards.NameFact, "thing": cards.NameFact, "quantity": cards.QuantityFact, "duration": cards.QuantityFact,
	"ordinal": cards.QuantityFact, "acronym": cards.AcronymFact, "enumeration": cards.ListFact, "cause": cards.CauseFact, "quotation": cards.QuotationFact,
}

// found is the rule: a fact of the same kind that overlaps the answer counts when it
// has the answer's words or its normal form. Capitals, blanks, articles and marks of
// footnotes do not count; a duration's normal form is ISO 8601's; an acronym may be
// told from either side; of the items of a list, articles are left out; two names
// joined by "and" count when each is told.
func found(ref reference, at cards.Span, facts []Fact) bool {
	for _, f := range facts {
		near := f.Span.Overlaps(at) || f.Kind == cards.AcronymFact && f.About.Overlaps(at)
		if !near || f.Kind != kindsOf[ref.Kind] {
			continue
		}
		switch ref.Kind {
		case "acronym":
			if plain := strings.TrimSuffix(ref.Normal, "s"); same(f.Value, ref.Answer) && strings.TrimSuffix(f.Text, "s") == plain {
				return true
			}
		case "enumeration":
			if same(strings.ReplaceAll(f.Value, "|the ", "|"), strings.ReplaceAll(ref.Normal, "|the ", "|")) {
				return true
			}
		case "place":
			if parts := strings.Split(ref.Normal, "|"); len(parts) > 1 {
				return all(parts, at, facts)
			}
			fallthrough
		default:
			if same(f.Text, ref.Answer) || same(f.Value, ref.Normal) || ref.Kind == "duration" && same(f.Value, isoDurations[ref.Normal]) {
				return true
			}
		}
	}
	return false
}

// all reports whether each of names is a name that overlaps at.
func all(names []string, at cards.Span, facts []Fact) bool {
	n := 0
	for _, name := range names {
		for _, f := range facts {
			if f.Kind == cards.NameFact && at.Contains(f.Span) && same(f.Text, name) {
				n++
				break
			}
		}
	}
	return n == len(names)
}

var isoDurations = map[string]string{"P10Y": "1 decade", "P1Y": "1 year", "P1W": "1 week"}

func same(a, b string) bool {
	fold := func(s string) string {
		s = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(s, "[2]", "")), " "))
		for _, article := range []string{"the ", "a ", "an "} {
			s = strings.TrimPrefix(s, article)
		}
		return s
	}
	return fold(a) == fold(b)
}

// TestReferenceFacts measures the facts found with the model and without it, when
// only the forms of the words tell.
func TestReferenceFacts(t *testing.T) {
	data := shared(t, "data/article/article.txt")
	a, err := article.Read("article.txt", data)
	if err != nil {
		t.Fatal(err)
	}
	m, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(context.Background(), a, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("tagged", func(t *testing.T) { measure(t, d, 109) })
	t.Run("untagged", func(t *testing.T) { measure(t, untagged(string(data)), 108) })
}

// measure prints what of the reference list d tells, and fails below floor.
func measure(t *testing.T, d *Document, floor int) {
	var refs []struct {
		reference
		Normalized string
	}
	if err := json.Unmarshal(shared(t, "data/article/facts.json"), &refs); err != nil {
		t.Fatal(err)
	}
	facts := d.Facts()
	n, by := 0, map[string][2]int{}
	for _, ref := range refs {
		ref.Normal = ref.Normalized
		k := strings.Index(d.Article.Text[ref.Start:], ref.Answer)
		if k < 0 {
			t.Fatalf("the answer %q does not stand where fact %d says", ref.Answer, ref.ID)
		}
		at := cards.Span{Start: ref.Start + k, End: ref.Start + k + len(ref.Answer)}
		count := by[ref.Kind]
		count[1]++
		if found(ref.reference, at, facts) {
			n++
			count[0]++
		} else {
			t.Logf("not found: fact %d, %s %q (%s)", ref.ID, ref.Kind, ref.Answer, ref.Normal)
		}
		by[ref.Kind] = count
	}
	for _, k := range slices.Sorted(maps.Keys(by)) {
		t.Logf("%-12s %2d of %2d", k, by[k][0], by[k][1])
	}
	t.Logf("%d of %d facts found (%.1f %%), of %d told", n, len(refs), 100*float64(n)/float64(len(refs)), len(facts))
	if n < floor {
		t.Errorf("%d facts found, want %d or more", n, floor)
	}
}
