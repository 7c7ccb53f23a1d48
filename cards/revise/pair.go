package revise

import (
	"cmp"
	"slices"
	"strings"

	"recto/cards"
)

// alike is the share of words, of both sentences, that two must have in common to be
// versions of one another (Dice's coefficient).
const alike = 0.5

// common is in how many sentences a word may stand to find sentences by it.
const common = 200

// paired are the sentences of two versions, each with its counterpart.
type paired struct {
	old, newer Version
	exact      map[cards.Span]cards.Span // old sentence to new, word for word
	like       map[cards.Span]cards.Span
	facts      map[cards.Span][]cards.Fact // of the newer version, by sentence
}

// answer is what is looked for in the newer version.
type answer struct {
	source, sentence cards.Span
	kind             cards.FactKind
	value            string
}

func pair(old, newer Version) *paired {
	p := &paired{old: old, newer: newer, exact: map[cards.Span]cards.Span{}, like: map[cards.Span]cards.Span{}, facts: map[cards.Span][]cards.Fact{}}
	for _, e := range newer.Entries {
		p.facts[e.Fact.Sentence] = append(p.facts[e.Fact.Sentence], e.Fact)
	}
	taken := map[cards.Span]bool{}
	var rest []cards.Span
	at := 0
	for _, s := range sentences(old) {
		text := s.Of(old.Article.Text)
		i := strings.Index(newer.Article.Text[at:], text)
		if i >= 0 {
			i += at
		} else if i = strings.Index(newer.Article.Text, text); i < 0 {
			rest = append(rest, s)
			continue
		}
		to := cards.Span{Start: i, End: i + len(text)}
		p.exact[s], taken[to], at = to, true, to.End
	}
	var free []cards.Span
	for _, s := range sentences(newer) {
		if !taken[s] {
			free = append(free, s)
		}
	}
	p.matchAlike(rest, free)
	return p
}

// sentences are those of a version in which something was found, in order.
func sentences(v Version) []cards.Span {
	whole := cards.Span{End: len(v.Article.Text)}
	var all []cards.Span
	for _, e := range v.Entries {
		all = append(all, e.Fact.Sentence)
	}
	for _, p := range v.Proposals {
		all = append(all, p.Sentence)
	}
	all = slices.DeleteFunc(all, func(s cards.Span) bool { return s.Len() <= 0 || !whole.Contains(s) })
	slices.SortFunc(all, func(a, b cards.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.Compact(all)
}

// matchAlike pairs the sentences that are left by the words they have in common, the
// most alike first, each once.
func (p *paired) matchAlike(old, newer []cards.Span) {
	type match struct {
		from, to cards.Span
		score    float64
	}
	index := map[string][]int{}
	bags := make([]map[string]bool, len(newer))
	for i, s := range newer {
		bags[i] = bag(s.Of(p.newer.Article.Text))
		for w := range bags[i] {
			index[w] = append(index[w], i)
		}
	}
	var matches []match
	for _, s := range old {
		words := bag(s.Of(p.old.Article.Text))
		shared := map[int]int{}
		for w := range words {
			if in := index[w]; len(in) <= common {
				for _, i := range in {
					shared[i]++
				}
			}
		}
		for i := range shared {
			n := 0
			for w := range words {
				if bags[i][w] {
					n++
				}
			}
			if score := 2 * float64(n) / float64(len(words)+len(bags[i])); score >= alike {
				matches = append(matches, match{s, newer[i], score})
			}
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.from.Start-b.from.Start, a.to.Start-b.to.Start)
	})
	taken := map[cards.Span]bool{}
	for _, m := range matches {
		if _, done := p.like[m.from]; !done && !taken[m.to] {
			p.like[m.from], taken[m.to] = m.to, true
		}
	}
}

// bag is the words of a sentence, in small letters.
func bag(text string) map[string]bool {
	set := map[string]bool{}
	for _, t := range tokens(text) {
		set[strings.ToLower(t.Of(text))] = true
	}
	return set
}

// outcome says what has become of an answer.
func (p *paired) outcome(a answer) Outcome {
	gone := Outcome{Status: Vanished, To: -1}
	if whole := (cards.Span{End: len(p.old.Article.Text)}); !whole.Contains(a.source) || a.source.Len() <= 0 {
		return gone
	}
	gone.Was = a.source.Of(p.old.Article.Text)
	if to, ok := p.exact[a.sentence]; ok {
		shift := to.Start - a.sentence.Start
		return Outcome{Status: Same, Source: cards.Span{Start: a.source.Start + shift, End: a.source.End + shift}, Sentence: to, Was: gone.Was, Now: gone.Was, To: -1}
	}
	to, ok := p.like[a.sentence]
	if !ok || !a.sentence.Contains(a.source) {
		return gone
	}
	source, same := p.locate(a, to)
	if source.Len() <= 0 {
		return gone
	}
	out := Outcome{Status: Changed, Source: source, Sentence: to, Was: gone.Was, Now: source.Of(p.newer.Article.Text), To: -1}
	if same || out.Was == out.Now {
		out.Status = Reworded
	}
	return out
}
