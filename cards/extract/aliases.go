package extract

import "recto/cards"

// calledForms are verbs after which another name of a thing stands; the number is
// how many tokens they take.
func (r *reader) called(i int) (int, bool) {
	switch w, next := r.low[i], r.at(i+1); {
	case (w == "known" || w == "referred") && (next == "as" || next == "to" && r.at(i+2) == "as"):
		if next == "to" {
			return 3, true
		}
		return 2, true
	case w == "known" && (next == "popularly" || next == "colloquially" || next == "collectively" || next == "locally" || next == "simply" || next == "formally") && r.at(i+2) == "as":
		return 3, true
	case w == "called" || w == "nicknamed" || w == "dubbed" || w == "named" || w == "renamed" || w == "termed" || w == "christened" || w == "codenamed":
		return 1, true
	case (w == "formerly" || w == "originally" || w == "née" || w == "alias" || w == "aka") && (r.at(i-1) == "(" || r.at(i-1) == ","):
		return 1, r.capital(i + 1)
	}
	return 0, false
}

// aliases finds other names, "called the Northern Territories by Japan", and terms,
// "a process called photosynthesis". What bears the name stands in About.
func (r *reader) aliases(known *dossier) {
	for i := range r.Tokens {
		n, ok := r.called(i)
		if !ok {
			continue
		}
		k := i + n
		about := r.bearer(i)
		if about.Len() == 0 {
			continue
		}
		first, last, ok := r.alias(k, known)
		if !ok || r.low[i] == "named" && (!r.capital(first) || articles[r.at(k)]) || r.low[i] == "named" && r.at(i-1) != "was" && r.at(i-1) != "," && r.at(i-1) != "(" && r.at(i-1) != "is" {
			continue
		}
		if r.low[i] == "called" && r.at(i-1) != "is" && r.at(i-1) != "are" && r.at(i-1) != "was" && r.at(i-1) != "were" && r.at(i-1) != "been" && r.at(i-1) != "," && r.at(i-1) != "(" && r.at(i-1) != "also" && r.at(i-1) != "sometimes" && r.at(i-1) != "often" && r.at(i-1) != "commonly" && r.at(i-1) != "now" && (articles[r.at(i+1)] || prepositions[r.at(i+1)]) {
			continue
		}
		r.bear(first, last, about)
		for r.at(last+1) == "by" { // "called X by Japan and Y by Russia"
			by := r.nounEnd(last + 2)
			if r.at(last+2) == "the" {
				by = r.nounEnd(last + 3)
			}
			if r.at(by+1) != "and" || by <= last {
				break
			}
			first, last, ok = r.alias(by+2, known)
			if !ok || r.at(last+1) != "by" {
				break
			}
			r.bear(first, last, about)
		}
	}
}

func (r *reader) bear(first, last int, about cards.Span) {
	s := r.span(first, last)
	if s.Overlaps(about) {
		return
	}
	kind, typ := cards.NameFact, "alias"
	if !r.capital(first) {
		kind, typ = cards.TermFact, "term"
	}
	alias := Fact{Fact: cards.Fact{Kind: kind, Type: typ, Value: r.words(s), Span: s}, Index: r.index, About: about}
	for k, f := range r.found { // what the name says of itself gives way
		if f.Kind == kind && f.Span == s {
			r.found[k] = alias
			return
		}
	}
	r.found = append(r.found, alias)
}

// alias is the tokens of the name that begins at k, without its article and marks
// of quotation.
func (r *reader) alias(k int, known *dossier) (int, int, bool) {
	for articles[r.at(k)] || openQuotes[r.at(k)] {
		k++
	}
	for _, n := range r.names {
		if n.first == k || n.title == k {
			return k, n.last, true
		}
	}
	if k >= len(r.Tokens) || !r.word(k) || function(r.low[k]) {
		return 0, 0, false
	}
	if r.capital(k) {
		return k, r.extend(k, known), !r.held[k] && !r.dated[k]
	}
	end := r.nounEnd(k)
	if end < k || end-k > 3 || r.finite(k) || adverbial(r.low[k]) {
		return 0, 0, false
	}
	return k, end, true
}

// bearer is what the participle at i says another name of: the subject of "is
// called", or the noun phrase before it.
func (r *reader) bearer(i int) cards.Span {
	k := i - 1
	for k >= 0 && (auxiliaries[r.low[k]] || adverbial(r.low[k]) || adverbs[r.low[k]] || r.low[k] == "also" || r.low[k] == "often" || r.low[k] == "sometimes" || r.low[k] == "better" || r.low[k] == "now" || r.low[k] == "then" || r.low[k] == "so" || r.low[k] == "became" || r.low[k] == "become" || r.low[k] == "becoming" || relatives[r.low[k]] || r.low[k] == "(" || r.low[k] == "," || r.low[k] == "and" || r.low[k] == ")") {
		k--
	}
	if k < 0 {
		return cards.Span{}
	}
	for _, n := range r.names {
		if n.first <= k && k <= n.last {
			return r.span(n.first, n.last)
		}
	}
	first := k
	for first > 0 && k-first < 10 {
		w := r.low[first]
		if articles[w] || clauseStops[w] && first < k || r.inside[first] != r.inside[k] {
			break
		}
		if p := r.low[first-1]; clauseStops[p] || (prepositions[p] && p != "of") || conjunctions[p] || r.finite(first-1) || auxiliaries[p] {
			break
		}
		first--
	}
	if pronouns[r.low[k]] || determiners[r.low[k]] || !r.word(k) {
		return cards.Span{}
	}
	return r.span(first, k)
}
