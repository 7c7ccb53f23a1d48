package extract

import (
	"strings"

	"recto/cards"
)

// longestDefinition is how many tokens a definition has at most.
const longestDefinition = 32

// terms finds what the article defines: "X is a ...", "X, a ..., is", "X refers to
// ...". The term is the answer, the definition stands in About.
func (r *reader) terms() {
	first, last, ok := r.subject()
	if !ok {
		return
	}
	k := last + 1
	if r.at(k) == "(" {
		for k < len(r.Tokens) && r.low[k] != ")" {
			k++
		}
		k++
	}
	if about, ok := r.definition(k); ok {
		r.define(first, last, about)
		return
	}
	if r.at(k) == "," && (r.at(k+1) == "a" || r.at(k+1) == "an") {
		end := r.clauseEnd(k + 1)
		if end > k+2 && end-k < longestDefinition && r.at(end+1) == "," && r.inside[end] == r.inside[k] && !r.listFrom(k) {
			r.define(first, last, r.span(k+1, end))
		}
	}
}

// listFrom reports whether a list has an item at the comma k.
func (r *reader) listFrom(k int) bool {
	at := r.Tokens[k].Start
	for _, f := range r.found {
		if f.Kind == cards.ListFact && f.Span.Start <= at && at < f.Span.End {
			return true
		}
	}
	return false
}

func (r *reader) define(first, last int, about cards.Span) {
	s := r.span(first, last)
	typ := "term"
	for _, n := range r.names {
		if n.first == first {
			typ = "name"
		}
	}
	r.tell(cards.TermFact, typ, s, r.words(s), about)
}

// subject is the noun phrase that opens the sentence, without its article.
func (r *reader) subject() (int, int, bool) {
	first := 0
	for first < len(r.Tokens) && (articles[r.low[first]] || openQuotes[r.low[first]]) {
		first++
	}
	if first >= len(r.Tokens) || !r.word(first) || r.dated[first] || r.held[first] {
		return 0, 0, false
	}
	for _, n := range r.names {
		if n.first == first || n.title == first {
			return n.first, n.last, true
		}
	}
	w := r.low[first]
	if function(w) || openers[w] || adverbial(w) || r.at(1) == "," && first == 0 && !r.defined(0) {
		return 0, 0, false
	}
	end := r.nounEnd(first)
	if end < first || end-first > 4 || genericNouns[r.low[end]] {
		return 0, 0, false
	}
	return first, end, true
}

// genericNouns are subjects that no definition is asked of.
var genericNouns = set(`reason result problem question answer idea aim goal purpose fact example way thing point case part time year day result effect cause number group other others one difference key rest end start beginning work book film study paper article author advantage disadvantage main most consequence issue challenge man woman people company country city state government party team name area members member population majority system`)

// definition reads "is a ...", "are ...", "refers to ..." at k.
func (r *reader) definition(k int) (cards.Span, bool) {
	w, next := r.at(k), r.at(k+1)
	var from int
	switch {
	case (w == "is" || w == "was" || w == "are" || w == "were") && (next == "a" || next == "an" || next == "the" && r.definite(k+2) || next == "one" && r.at(k+2) == "of"):
		from = k + 1
	case (w == "is" || w == "are") && next == "defined" && r.at(k+2) == "as":
		from = k + 3
	case w == "refers" && next == "to":
		from = k + 2
	case w == "means" || w == "denotes" || w == "comprises":
		from = k + 1
	default:
		return cards.Span{}, false
	}
	end := r.definitionEnd(from)
	if end < from+1 || end-from > longestDefinition {
		return cards.Span{}, false
	}
	return r.span(from, end), true
}

// definite reports whether "the" before token i begins a definition: "the process
// by which", "the largest".
func (r *reader) definite(i int) bool {
	w := r.at(i)
	return strings.HasSuffix(w, "est") || ranks[w] > 0 || w == "most" || w == "only" || r.at(i+1) == "of" || r.at(i+1) == "by" || r.at(i+1) == "that" || r.at(i+1) == "in" || r.at(i+2) == "of"
}

// definitionEnd is the last token of the definition that begins at i: relative
// clauses belong to it, a new clause does not.
func (r *reader) definitionEnd(i int) int {
	end := len(r.Tokens) - 1
	for k := i; k < len(r.Tokens); k++ {
		w := r.low[k]
		if r.inside[k] == 0 && (w == ";" || w == ":" || w == "[" || w == "–" || w == "—" || w == "." && k == len(r.Tokens)-1 || (w == "but" || w == "and") && r.finite(k+1) || w == "," && (conjunctions[r.at(k+1)] && r.at(k+1) != "and" && r.at(k+1) != "or" || r.at(k+1) == "and" && (pronouns[r.at(k+2)] || r.finite(k+2)))) {
			end = k - 1
			break
		}
	}
	for end > i && !r.word(end) && !isDigit(r.low[end]) && r.low[end] != "%" && r.low[end] != ")" {
		end--
	}
	return end
}
