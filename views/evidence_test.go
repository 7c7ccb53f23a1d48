package views_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"recto/cards"
	"recto/views"
)

func TestEvidenceIsMarkedWhereItStands(t *testing.T) {
	const text = "Peace in 1956.\nTwo treaties, signed in Oslo and Rome."
	blocks := []cards.Block{{Kind: cards.Heading, Span: cards.Span{Start: 0, End: 14}}, {Kind: cards.Paragraph, Span: cards.Span{Start: 15, End: len(text)}}}
	at := func(words string) cards.Span {
		i := strings.Index(text, words)
		return cards.Span{Start: i, End: i + len(words)}
	}
	tests := []struct {
		what     string
		evidence []views.Evidence
		want     []string // pieces: text, or [text|for|first]
	}{
		{"no evidence", nil, []string{"Peace in 1956.", "Two treaties, signed in Oslo and Rome."}},
		{"one answer", []views.Evidence{{Proposal: "a", Span: at("1956")}}, []string{"Peace in ", "[1956|a|a]", ".", "Two treaties, signed in Oslo and Rome."}},
		{"two cards of one answer", []views.Evidence{{Proposal: "a", Span: at("1956")}, {Proposal: "b", Span: at("1956")}},
			[]string{"Peace in ", "[1956|a b|a b]", ".", "Two treaties, signed in Oslo and Rome."}},
		{"an answer inside another", []views.Evidence{{Proposal: "b", Span: at("Rome")}, {Proposal: "a", Span: at("Oslo and Rome")}},
			[]string{"Peace in 1956.", "Two treaties, signed in ", "[Oslo and |a|a]", "[Rome|a b|b]", "."}},
		{"answers that overlap", []views.Evidence{{Proposal: "a", Span: at("Oslo and")}, {Proposal: "b", Span: at("and Rome")}},
			[]string{"Peace in 1956.", "Two treaties, signed in ", "[Oslo |a|a]", "[and|a b|b]", "[ Rome|b|]", "."}},
		{"an answer that goes on in the next block", []views.Evidence{{Proposal: "a", Span: cards.Span{Start: 9, End: 18}}},
			[]string{"Peace in ", "[1956.|a|a]", "[Two|a|]", " treaties, signed in Oslo and Rome."}},
		{"evidence outside the text", []views.Evidence{{Proposal: "a", Span: cards.Span{Start: -1, End: 4}}, {Proposal: "b", Span: cards.Span{Start: 9, End: 999}}},
			[]string{"Peace in 1956.", "Two treaties, signed in Oslo and Rome."}},
	}
	for _, test := range tests {
		var got []string
		for _, b := range views.Marked(text, blocks, test.evidence) {
			for _, p := range b.Pieces {
				if p.For == nil {
					got = append(got, p.Text)
				} else {
					got = append(got, "["+p.Text+"|"+p.Names()+"|"+strings.Join(p.First, " ")+"]")
				}
			}
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: pieces are %q, want %q", test.what, got, test.want)
		}
	}
}

func TestMarkingLosesNoTextAndMarksEveryAnswerWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-c ]{1,60}`).Draw(t, "text")
		var evidence []views.Evidence
		for _, id := range []string{"x", "y", "z"} {
			start := rapid.IntRange(0, len(text)-1).Draw(t, "start")
			end := rapid.IntRange(start+1, len(text)).Draw(t, "end")
			evidence = append(evidence, views.Evidence{Proposal: id, Span: cards.Span{Start: start, End: end}})
		}
		blocks := views.Marked(text, []cards.Block{{Kind: cards.Paragraph, Span: cards.Span{End: len(text)}}}, evidence)
		whole, marked, anchors := "", map[string]string{}, map[string]int{}
		for _, p := range blocks[0].Pieces {
			whole += p.Text
			for _, id := range p.For {
				marked[id] += p.Text
			}
			for _, id := range p.First {
				anchors[id]++
			}
		}
		if whole != text {
			t.Fatalf("the pieces read %q, want %q", whole, text)
		}
		for _, e := range evidence {
			if marked[e.Proposal] != e.Span.Of(text) || anchors[e.Proposal] != 1 {
				t.Fatalf("%s marks %q at %d anchors, want %q at one", e.Proposal, marked[e.Proposal], anchors[e.Proposal], e.Span.Of(text))
			}
		}
	})
}
