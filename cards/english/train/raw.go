package main

import (
	"fmt"
	"strings"

	"recto/cards/english"
)

// raw counts what a model gets right from the bare text: tokens and sentences by
// their places, and tags and heads of the tokens that are right.
type raw struct {
	tokens, sentences [3]int // gold, found, right
	heads, upos       int
}

// span is a place among the characters of a text that are not white space.
type span struct{ from, to int }

// arc is what is known of a token: where its head is, the zero span for the root.
type arc struct {
	head span
	upos string
}

func newRaw(model *english.Model, part []*sentence) *raw {
	r := &raw{}
	for from := 0; from < len(part); {
		to := from + 1
		for to < len(part) && !part[to].paragraph && part[to].document == part[from].document {
			to++
		}
		r.block(model, part[from:to])
		from = to
	}
	return r
}

// block measures one paragraph.
func (r *raw) block(model *english.Model, part []*sentence) {
	var text strings.Builder
	gold, goldSentences := map[span]arc{}, map[span]bool{}
	at := 0
	for _, s := range part {
		places := make([]span, len(s.forms))
		for i, f := range s.forms {
			text.WriteString(f)
			n := len(strings.ReplaceAll(f, " ", ""))
			places[i] = span{at, at + n}
			at += n
			if s.spaces[i] {
				text.WriteByte(' ')
			}
		}
		if !strings.HasSuffix(text.String(), " ") {
			text.WriteByte(' ')
		}
		for i, p := range places {
			gold[p] = arc{upos: s.tags[i].UPOS, head: headSpan(places, s.heads[i])}
		}
		goldSentences[span{places[0].from, at}] = true
	}
	r.tokens[0] += len(gold)
	r.sentences[0] += len(goldSentences)
	r.compare(model.Analyze(text.String()), gold, goldSentences)
}

func headSpan(places []span, head int) span {
	if head < 0 {
		return span{}
	}
	return places[head]
}

func (r *raw) compare(found []english.Sentence, gold map[span]arc, goldSentences map[span]bool) {
	at := 0
	for _, s := range found {
		places := make([]span, len(s.Tokens))
		for i, t := range s.Tokens {
			places[i] = span{at, at + len(t.Form)}
			at += len(t.Form)
		}
		r.sentences[1]++
		count(&r.sentences[2], goldSentences[span{places[0].from, at}])
		for i, t := range s.Tokens {
			r.tokens[1]++
			g, ok := gold[places[i]]
			count(&r.tokens[2], ok)
			count(&r.heads, ok && g.head == headSpan(places, t.Head))
			count(&r.upos, ok && g.upos == t.UPOS)
		}
	}
}

func (r *raw) print() {
	f := func(n [3]int) string { return percent(2*n[2], n[0]+n[1]) }
	fmt.Printf("  bare text: tokens F1 %s  sentences F1 %s  UPOS F1 %s  UAS F1 %s\n", f(r.tokens), f(r.sentences),
		percent(2*r.upos, r.tokens[0]+r.tokens[1]), percent(2*r.heads, r.tokens[0]+r.tokens[1]))
}
