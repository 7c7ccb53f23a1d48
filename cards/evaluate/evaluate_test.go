package evaluate_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"recto/cards"
	"recto/cards/evaluate"
	"recto/cards/generate"
)

// The least that the judged set must reach. They stand a little below what was
// measured when its cards were read, and go up when cards get better, never down.
const (
	leastKept    = 78.0 // percent of the judged default cards
	mostDropped  = 5.0
	leastJudged  = 40.0 // percent of the default cards: with fewer, read the others
	leastFound   = 95.0 // percent of the marked facts
	leastDates   = 99.0
	leastCovered = 70.0
	leastPer100  = 2.0 // default cards
)

// TestTheJudgedSet fails when the cards of the repository's own articles get worse.
func TestTheJudgedSet(t *testing.T) {
	t.Parallel()
	articles, err := evaluate.ReadSet(evaluate.Judged())
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) < 12 {
		t.Errorf("the set has %d articles, want 12 genres", len(articles))
	}
	verdicts, err := evaluate.ReadVerdicts(evaluate.Judged())
	if err != nil {
		t.Fatal(err)
	}
	var all evaluate.Figures
	for _, a := range articles {
		r, err := a.Generate(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		f := evaluate.Measure(a, r, verdicts)
		if f.Words < 300 || f.Words > 800 || f.Gold < 20 {
			t.Errorf("%s has %d words and %d marked facts, want 300 to 800 and 20", a.Name, f.Words, f.Gold)
		}
		all.Add(f)
	}
	for _, c := range []struct {
		what       string
		got, least float64
	}{
		{"default cards kept", evaluate.Percent(all.Kept, all.Judged), leastKept},
		{"default cards not thrown away", 100 - evaluate.Percent(all.Dropped, all.Judged), 100 - mostDropped},
		{"default cards judged (read the others: recto evaluate --unjudged)", evaluate.Percent(all.Judged, all.Default), leastJudged},
		{"marked facts found", evaluate.Percent(all.Found, all.Gold), leastFound},
		{"marked dates found", evaluate.Percent(all.DatesIn, all.Dates), leastDates},
		{"marked facts with a card", evaluate.Percent(all.Covered, all.Gold), leastCovered},
		{"answers that are what their spans say", evaluate.Percent(all.Exact, all.Cards), 100},
		{"facts with a card or a reason", evaluate.Percent(all.Reasoned, all.Entries), 100},
		{"default cards per 100 words", all.Per100(), leastPer100},
	} {
		if c.got < c.least {
			t.Errorf("%s: %.1f, want %.1f or more", c.what, c.got, c.least)
		}
	}
	for _, name := range evaluate.Names(all.Tripped) {
		t.Errorf("%d cards break a rule: %s", all.Tripped[name], name)
	}
}

func TestASetIsRead(t *testing.T) {
	t.Parallel()
	file := func(text string) fstest.MapFS { return fstest.MapFS{"a.md": {Data: []byte(text)}} }
	list, err := evaluate.ReadSet(file("# The bridge\n\nIt was opened by {n|Alice Morton} on {d|12 May 1931}, and closed on {d|12 May 1931} in the evening."))
	if err != nil || len(list) != 1 || len(list[0].Gold) != 3 {
		t.Fatalf("ReadSet = %+v, %v, want one article with three facts", list, err)
	}
	a := list[0]
	if strings.ContainsAny(a.Text, "{|}") || a.Gold[2].Span.Of(a.Text) != "12 May 1931" || a.Gold[2].Span == a.Gold[1].Span || a.Name != "a" {
		t.Errorf("its text is %q, its facts %+v", a.Text, a.Gold)
	}
	for _, c := range []struct{ text, says string }{
		{"It was opened on {d|12 May 1931 by the mayor.", "is not like"},
		{"It was opened on {x|12 May 1931} by the mayor.", "is not like"},
		{"It was opened on {12 May 1931} by the mayor.", "is not like"},
	} {
		if _, err := evaluate.ReadSet(file(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("ReadSet(%q) gives %v, want an error that says %q", c.text, err, c.says)
		}
	}
	if _, err := evaluate.ReadSet(fstest.MapFS{"README.md": {Data: []byte("x")}}); err == nil {
		t.Error("a folder without articles is read")
	}
	for _, text := range []string{"head\na\tkeep\t\tfront", "head\na\tperhaps\t\tfront\tback"} {
		if _, err := evaluate.ReadVerdicts(fstest.MapFS{"verdicts.tsv": {Data: []byte(text)}}); err == nil {
			t.Errorf("the verdicts %q are read", text)
		}
	}
	if v, err := evaluate.ReadVerdicts(fstest.MapFS{}); err != nil || len(v) != 0 {
		t.Errorf("a set without verdicts gives %v, %v", v, err)
	}
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	text := "The bridge was opened by Alice Morton in 1931."
	span := func(s string) cards.Span {
		i := strings.Index(text, s)
		return cards.Span{Start: i, End: i + len(s)}
	}
	whole := cards.Span{End: len(text)}
	a := evaluate.Article{Name: "a", Article: cards.Article{Text: text}, Gold: []evaluate.Gold{{cards.DateFact, span("1931")}, {cards.NameFact, span("Alice Morton")}, {cards.NameFact, span("bridge")}}}
	card := func(front, back, answer string, source cards.Span) cards.Proposal {
		return cards.Proposal{ID: front, Family: "gap", Front: front, Back: back, Answer: cards.Answer{Text: answer}, Source: source, Sentence: whole, Confidence: 0.5, Default: true}
	}
	r := generate.Result{
		Proposals: []cards.Proposal{
			card("The bridge was opened in ____.", "1931", "1931", span("1931")),
			card("The bridge was opened by ____.", "Alice", "Alice", span("Morton")),
			card("In 1931 it was opened in ____.", "1931", "1931", span("1931")),
		},
		Entries: []cards.Entry{
			{Fact: cards.Fact{Kind: cards.DateFact, Span: span("1931")}, Proposals: []string{"x"}},
			{Fact: cards.Fact{Kind: cards.NameFact, Span: span("Alice Morton")}, Reason: "none"},
		},
	}
	verdicts, err := evaluate.ReadVerdicts(fstest.MapFS{"verdicts.tsv": {Data: []byte("article\tverdict\twhy\tfront\tback\n" +
		evaluate.Line("a", r.Proposals[0], evaluate.Verdict{Verdict: "keep"}) + "\n" + evaluate.Line("a", r.Proposals[1], evaluate.Verdict{Verdict: "drop", Why: "span"}) + "\n")}})
	if err != nil {
		t.Fatal(err)
	}
	f := evaluate.Measure(a, r, verdicts)
	if f.Gold != 3 || f.Found != 2 || f.Covered != 1 || f.Dates != 1 || f.DatesIn != 1 || f.Exact != 2 || f.Judged != 2 || f.Kept != 1 || f.Dropped != 1 || f.Reasoned != 2 {
		t.Errorf("Measure = %+v", f)
	}
	want := []string{"the answer is not what its span says", "the question shows its answer"}
	if got := slices.Sorted(slices.Values(evaluate.Names(f.Tripped))); !slices.Equal(got, want) {
		t.Errorf("the rules broken are %q, want %q", got, want)
	}
}
