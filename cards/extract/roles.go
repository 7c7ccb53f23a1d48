package extract

import "recto/cards"

// roles finds what a person is: the title before a name, "Prime Minister Fumio
// Kishida"; words before it, "the physicist Marie Curie"; an apposition, "Fumio
// Kishida, the prime minister of Japan,". Who holds the role stands in About.
func (r *reader) roles(known *dossier) {
	for _, n := range r.names {
		holder := r.span(n.first, n.last)
		if n.title >= 0 && !r.honorific(n) {
			r.role(n.title, n.first-1, holder)
			continue
		}
		if known.typeOf(r, n) != person {
			continue
		}
		if first, ok := r.roleBefore(n.first); ok {
			r.role(first, n.first-1, holder)
		}
		if first, last, ok := r.apposition(n.last); ok {
			r.role(first, last, holder)
		}
	}
}

func (r *reader) role(first, last int, holder cards.Span) {
	s := r.span(first, last)
	r.tell(cards.NameFact, "role", s, r.words(s), holder)
}

// honorific reports whether the title says no role: "Mr", "Dr".
func (r *reader) honorific(n nameSpan) bool {
	for k := n.title; k < n.first; k++ {
		if !honorifics[r.low[k]] {
			return false
		}
	}
	return true
}

// roleBefore is the first token of a role in small letters before the name at i.
func (r *reader) roleBefore(i int) (int, bool) {
	if !roleNouns[r.at(i-1)] || r.capital(i-1) && !r.opens(i-1) {
		return 0, false
	}
	first := i - 1
	for first > 0 && i-first < 5 {
		w := r.low[first-1]
		if function(w) || clauseStops[w] || possessive(w) || !r.word(first-1) && !hyphen(w) || r.verb(first-1) || adverbial(w) || r.dated[first-1] || ranks[w] > 0 {
			break
		}
		first--
	}
	return first, true
}

// apposition is the role between the comma after a name, at last, and the next comma
// or the end of the sentence.
func (r *reader) apposition(last int) (int, int, bool) {
	if r.at(last+1) != "," {
		return 0, 0, false
	}
	k := last + 2
	if articles[r.at(k)] {
		k++
	}
	if k >= len(r.Tokens) || r.inside[k] != r.inside[last] || function(r.low[k]) {
		return 0, 0, false
	}
	end := r.clauseEnd(k)
	if end-k > 12 || end < k || r.low[k] == "who" {
		return 0, 0, false
	}
	head := -1
	for j := k; j <= end && j < k+6; j++ {
		if prepositions[r.low[j]] || r.finite(j) {
			break
		}
		if roleNouns[r.low[j]] {
			head = j
		}
	}
	if w := r.low[k-1]; head < 0 && (w == "a" || w == "an") {
		head = r.nounEnd(k)
	}
	if head < k {
		return 0, 0, false
	}
	for j := head; j <= end; j++ {
		if r.finite(j) {
			return 0, 0, false
		}
	}
	return k, end, true
}
