package generate

import (
	"context"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/article"
	"recto/cards/starter"
)

// hold fails where r breaks a promise that FromArticle makes about a.
func hold(t testing.TB, a cards.Article, r Result) {
	t.Helper()
	ids, facts := map[string]cards.Proposal{}, map[string]bool{}
	for _, p := range r.Proposals {
		if _, twice := ids[p.ID]; twice {
			t.Errorf("proposal %s is there twice", p.ID)
		}
		ids[p.ID] = p
		if p.Source.Start < 0 || p.Source.End > len(a.Text) || !p.Sentence.Contains(p.Source) {
			t.Fatalf("the source %v of %q is not in its sentence %v", p.Source, p.Front, p.Sentence)
		}
		if p.Answer.Text != p.Source.Of(a.Text) && p.Normal == "" {
			t.Errorf("%q: the answer is %q, the text says %q", p.Front, p.Answer.Text, p.Source.Of(a.Text))
		}
		if alien(p.Front) || alien(p.Back) || alien(p.Context) {
			t.Errorf("%q has a note, a link or a share line", p.Front)
		}
		if holds(p.Front+"\n"+p.Context, p.Answer.Text) {
			t.Errorf("%q shows its answer %q", p.Front, p.Answer.Text)
		}
		if p.Confidence < 0 || p.Confidence > 1 {
			t.Errorf("%q has the confidence %v", p.Front, p.Confidence)
		}
	}
	for _, e := range r.Entries {
		facts[e.Fact.ID] = true
		if (len(e.Proposals) > 0) == (e.Reason != "") {
			t.Errorf("fact %q has %d cards and the reason %q; want one of both", e.Fact.Text, len(e.Proposals), e.Reason)
		}
		if e.Reason != "" && (!strings.HasSuffix(e.Reason, ".") || len(strings.Fields(e.Reason)) < 4) {
			t.Errorf("fact %q: the reason %q is no sentence", e.Fact.Text, e.Reason)
		}
		for _, id := range e.Proposals {
			if ids[id].FactID != e.Fact.ID {
				t.Errorf("the ledger gives fact %q the card %q of another", e.Fact.Text, ids[id].Front)
			}
		}
	}
	for _, p := range r.Proposals {
		if !facts[p.FactID] {
			t.Errorf("%q is of no fact in the ledger", p.Front)
		}
	}
}

func fromText(t testing.TB, a cards.Article, o Options) Result {
	t.Helper()
	r, err := FromArticle(context.Background(), a, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func starterArticle(t testing.TB) cards.Article {
	t.Helper()
	a, err := starter.Article()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestFromArticle(t *testing.T) {
	a := starterArticle(t)
	var done, total int
	r := fromText(t, a, Options{Progress: func(d, n int) {
		if d < done {
			t.Errorf("progress went back from %d to %d", done, d)
		}
		done, total = d, n
	}})
	hold(t, a, r)
	if done != total || total != len(a.Text) {
		t.Errorf("progress ended at %d of %d, want %d of both", done, total, len(a.Text))
	}
	if again := fromText(t, a, Options{}); !reflect.DeepEqual(r, again) {
		t.Error("the same article gave other cards the second time")
	}
	counts := map[Budget]int{}
	for _, b := range []Budget{Fewer, Usual, More} {
		for _, p := range fromText(t, a, Options{Budget: b}).Proposals {
			if p.Default {
				counts[b]++
			}
		}
	}
	if counts[Fewer] >= counts[Usual] || counts[Usual] >= counts[More] || counts[Fewer] == 0 {
		t.Errorf("default cards with fewer, usual and more: %d, %d, %d; want each above the one before", counts[Fewer], counts[Usual], counts[More])
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := FromArticle(ctx, starterArticle(t), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("FromArticle with a cancelled context = %v, want %v", err, context.Canceled)
	}
}

func TestNothingToFind(t *testing.T) {
	r := fromText(t, cards.Article{}, Options{})
	if len(r.Proposals) != 0 || len(r.Entries) != 0 {
		t.Errorf("an empty article gave %d proposals and %d facts", len(r.Proposals), len(r.Entries))
	}
}

// TestArticle reads the article that the project is measured on.
func TestArticle(t *testing.T) {
	path := shared(t, "data", "article", "article.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, err := article.Read(path, data)
	if err != nil {
		t.Fatal(err)
	}
	r := fromText(t, a, Options{})
	hold(t, a, r)
	n := 0
	for _, p := range r.Proposals {
		if p.Default {
			n++
		}
	}
	t.Logf("%d default cards of %d proposals from %d facts in %d words", n, len(r.Proposals), len(r.Entries), len(strings.Fields(a.Text)))
	if n < 25 {
		t.Errorf("%d default cards of an article full of dates, want 25 or more", n)
	}
}

// FuzzFromArticle holds the promises over any text.
func FuzzFromArticle(f *testing.F) {
	for _, s := range []string{
		"In March 2014, Russia annexed Crimea from Ukraine. He met Putin [3] in 2016–2019 (see https://example.org).",
		"The ____ was (opened on 12 May 1931 \"by\" Alice Morton (1889–1967), who said “it’s 412 m long”.",
		"A, B and C\n\nand D; E: 5 % of 3 and 4.\n- 1. 2020 2021 2022", "\x00\xff“”[[]]((", "“The bridge, 1931, 1932 and 1933,” said he.",
	} {
		f.Add("Title of 1931", s)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		if len(text) > 4000 {
			return
		}
		a := cards.Article{Title: strings.ToValidUTF8(title, "?"), Text: strings.ToValidUTF8(text, "?")}
		at := 0
		for _, b := range strings.SplitAfter(a.Text, "\n\n") {
			a.Blocks = append(a.Blocks, cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: at, End: at + len(b)}})
			at += len(b)
		}
		hold(t, a, fromText(t, a, Options{Budget: More}))
	})
}

func BenchmarkFromArticle(b *testing.B) {
	a := starterArticle(b)
	fromText(b, a, Options{})
	words := len(strings.Fields(a.Text))
	for b.Loop() {
		fromText(b, a, Options{})
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
