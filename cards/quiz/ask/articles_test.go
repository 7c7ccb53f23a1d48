package ask

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/edtf"
	"recto/cards/generate"
	"recto/cards/quiz"
	"recto/cards/starter"
)

// judgedArticles are the repository's own articles and those that were judged, where
// they are: RECTO_SHARED, or the folder beside the repository, holds them.
func judgedArticles(t *testing.T) []cards.Article {
	t.Helper()
	own, err := starter.Article()
	if err != nil {
		t.Fatal(err)
	}
	all := []cards.Article{own}
	files, _ := filepath.Glob(filepath.Join("..", "..", "article", "testdata", "*.md"))
	pages, _ := filepath.Glob(filepath.Join("..", "..", "article", "testdata", "*.html"))
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	judged, _ := filepath.Glob(filepath.Join(root, "data", "verdicts", "articles", "*.txt"))
	seed, _ := filepath.Glob(filepath.Join(root, "data", "article", "*.txt"))
	if len(judged) == 0 {
		t.Logf("no judged articles: set RECTO_SHARED to the folder that holds them; the repository's own alone are looked at")
	}
	for _, f := range append(append(append(files, pages...), judged...), seed...) {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		a, err := article.Read(filepath.Base(f), text)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(f), err)
			continue
		}
		all = append(all, a)
	}
	return all
}

// itemsOf are the cards of an article: those proposed by default, as items, and the
// others, as the answers beside them.
func itemsOf(t *testing.T, n int, a cards.Article) (items, more []Item) {
	t.Helper()
	made, err := generate.FromArticle(context.Background(), a, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	facts := map[string]cards.Fact{}
	for _, e := range made.Entries {
		facts[e.Fact.ID] = e.Fact
	}
	for i, p := range made.Proposals {
		it := Proposed(p, facts[p.FactID], p.Sentence.Of(a.Text))
		it.From, it.Limit = a.Title+a.Hash(), a.Published
		if p.Default {
			it.Card = int64(n*10000 + i + 1)
			items = append(items, it)
		} else {
			more = append(more, it)
		}
	}
	return items, more
}

// tells counts how often who knows nothing would be right by a rule.
type tells struct {
	questions                  int
	place                      [4]int
	longest, shortest, rounder float64
}

func (c *tells) add(q Question) {
	c.questions++
	c.place[q.Right[0]]++
	c.longest += share(q, func(s string) int { return len([]rune(s)) })
	c.shortest += share(q, func(s string) int { return -len([]rune(s)) })
	c.rounder += share(q, func(s string) int { return strings.Count(s, "0") + strings.Count(s, "5") })
}

// share is the chance that the right option is guessed as the one that has most of
// something.
func share(q Question, of func(string) int) float64 {
	best, ties := of(q.Options[q.Right[0]].Text), 0
	for _, o := range q.Options {
		switch n := of(o.Text); {
		case n > best:
			return 0
		case n == best:
			ties++
		}
	}
	return 1 / float64(ties)
}

// TestDistractorsOfTheJudgedArticles: no distractor is equal in value to the answer, of
// another kind or precision, and nothing gives the answer away to who knows nothing:
// each rule is right less often than chance plus 5 %, measured where there are enough
// questions to measure it.
func TestDistractorsOfTheJudgedArticles(t *testing.T) {
	var c tells
	modes := map[Mode]int{}
	for n, a := range judgedArticles(t) {
		items, more := itemsOf(t, n, a)
		for _, mode := range []Mode{Choice, Truth, Match, Order, Typed, Cloze, Mixed} {
			for _, q := range Make(items, more, Wish{Mode: mode, Seed: 7}) {
				modes[q.Mode]++
				if f := q.Faults(); len(f) > 0 {
					t.Errorf("%s: %q has faults: %q", a.Title, q.Parts[0].Prompt, f)
				}
				if mode == Choice {
					c.add(q)
					sameSort(t, q)
				}
			}
		}
	}
	t.Logf("%v; right by place %v, longest %.3f, shortest %.3f, roundest %.3f of %d", modes, c.place, c.longest/float64(c.questions), c.shortest/float64(c.questions), c.rounder/float64(c.questions), c.questions)
	if c.questions < 200 {
		return
	}
	const most = 0.25 + 0.05
	for i, n := range c.place {
		if float64(n)/float64(c.questions) > most {
			t.Errorf("place %d is right in %d of %d", i+1, n, c.questions)
		}
	}
	for what, n := range map[string]float64{"longest": c.longest, "shortest": c.shortest, "roundest": c.rounder} {
		if n/float64(c.questions) > most {
			t.Errorf("the %s option is right in %.0f of %d", what, n, c.questions)
		}
	}
}

// sameSort checks the options of a choice against its answer, by the judge and the
// recogniser of package quiz rather than by what made them.
func sameSort(t *testing.T, q Question) {
	t.Helper()
	part := q.Parts[0]
	for i, o := range q.Options {
		if i == q.Right[0] {
			continue
		}
		if v := quiz.Judge(q.Expected(0), o.Text).Verdict; v != quiz.Wrong {
			t.Errorf("%q: the distractor %q is judged %s for %q", part.Prompt, o.Text, v, part.Answer)
		}
		right, wrong := quiz.Recognise("When, in what year?", part.Answer), quiz.Recognise("When, in what year?", o.Text)
		switch part.Kind {
		case cards.DateFact:
			if part.Value != "" && (right.Kind != wrong.Kind || right.Type != wrong.Type) {
				t.Errorf("%q: the distractor %q is a %s %s, the answer %q a %s %s", part.Prompt, o.Text, wrong.Type, wrong.Kind, part.Answer, right.Type, right.Kind)
			}
			if equalDates(part.Value, wrong.Value) {
				t.Errorf("%q: the distractor %q is the same date as %q", part.Prompt, o.Text, part.Answer)
			}
		case cards.QuantityFact:
			if digits.MatchString(part.Answer) != digits.MatchString(o.Text) {
				t.Errorf("%q: the distractor %q is not written as %q is", part.Prompt, o.Text, part.Answer)
			}
		}
	}
}

func equalDates(a, b string) bool {
	x, errA := edtf.Parse(a)
	y, errB := edtf.Parse(b)
	return errA == nil && errB == nil && x.String() == y.String()
}
