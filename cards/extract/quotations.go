package extract

import "recto/cards"

// shortestQuotation is the fewest words a quotation has; fewer are a name or a
// word that the author keeps at a distance.
const shortestQuotation = 5

// longestQuotation is how many tokens one has at most.
const longestQuotation = 300

//nolint:misspell // texts have both spellings
var reporting = set(
	`said says say saying wrote writes write writing noted notes note noting argued argues argue stated states state stating declared declares declaring told tells replied asked asks added adds adding explained explains announced warned insisted claimed concluded observed observes remarked described describes called calling commented acknowledged admitted recalled reads read promised concerns demanded urged proclaimed stressed emphasised emphasized responded exclaimed lamented boasted joked according by`)

// quotations finds words in quotation marks, with who says them in About.
func (r *reader) quotations() {
	for i := 0; i < len(r.Tokens); i++ {
		w := r.low[i]
		if w != "“" && w != "\"" && w != "``" && w != "‘" {
			continue
		}
		end := r.quotationEnd(i)
		if end < 0 {
			continue
		}
		if s, ok := r.quotation(i+1, end-1); ok {
			r.tell(cards.QuotationFact, "", s, r.words(s), r.speaker(i, end))
		}
		i = end
	}
}

// quotationEnd is the token that closes the quotation opened at i; -1 if none does.
func (r *reader) quotationEnd(i int) int {
	w := r.low[i]
	for k := i + 1; k < len(r.Tokens) && k < i+longestQuotation; k++ {
		switch c := r.Tokens[k].Form; {
		case w == "‘" && c == "’" && !r.word(k+1) && (k+1 == len(r.Tokens) || !r.tight(k) || !r.word(k+1)):
			return k
		case w != "‘" && (c == "”" || c == "\"" || c == "''" || r.low[k] == "\"" && k > i):
			return k
		case w != "‘" && c == "“":
			return -1
		}
	}
	return -1
}

// quotation is the span of the words from i to j, without a footnote's mark and the
// comma before the closing mark.
func (r *reader) quotation(i, j int) (cards.Span, bool) {
	for j-2 >= i && r.low[j] == "]" && r.low[j-2] == "[" {
		j -= 3
	}
	for j >= i && (r.low[j] == "," || r.low[j] == ";" || r.low[j] == ":") {
		j--
	}
	words := 0
	for k := i; k <= j; k++ {
		if r.word(k) && !possessive(r.low[k]) {
			words++
		}
	}
	if words < shortestQuotation {
		return cards.Span{}, false
	}
	return r.span(i, j), true
}

// speaker is the name of who says what stands between the quotation marks at open
// and end: one with a word of saying between it and the quotation. A pronoun stands
// for the only person named before it.
func (r *reader) speaker(open, end int) cards.Span {
	if n, ok := r.saidAfter(end); ok {
		return n
	}
	said := -1
	for k := open - 1; k >= 0 && k >= open-14; k-- {
		if reporting[r.low[k]] || r.low[k] == "regarding" || r.low[k] == "that" && reporting[r.at(k-1)] {
			said = k
			break
		}
	}
	if said < 0 && (r.at(open-1) != ":" || open < 2) {
		return cards.Span{}
	}
	if said < 0 {
		said = open - 1
	}
	if r.low[said] == "according" || r.low[said] == "by" {
		for _, n := range r.names {
			if n.first > said && n.last < open {
				return r.span(n.first, n.last)
			}
		}
	}
	var best cards.Span
	for _, n := range r.names {
		if n.last < said && n.last >= said-22 && (possessive(r.at(n.last+1)) && !r.pronounBetween(n.last, said) || prepositions[r.at(n.first-1)] || r.at(n.first-1) == "the" && prepositions[r.at(n.first-2)]) && best.Len() > 0 {
			continue
		}
		if n.last < said && n.last >= said-22 {
			best = r.span(n.first, n.last)
		}
	}
	return best
}

// saidAfter finds the speaker behind the quotation: "...", said Putin; "...", he wrote.
func (r *reader) saidAfter(end int) (cards.Span, bool) {
	k := end + 1
	for k < len(r.Tokens) && (r.low[k] == "," || r.low[k] == "." || r.low[k] == "—" || r.low[k] == "–") {
		k++
	}
	for _, n := range r.names {
		from := n.first
		if n.title >= 0 {
			from = n.title
		}
		if from < k || from > k+5 {
			continue
		}
		if r.at(n.last+1) == "," && from <= k+1 { // "...," X, an editor, said
			for e := n.last + 2; e < len(r.Tokens) && e < n.last+16; e++ {
				if r.low[e] == "," && reporting[r.at(e+1)] {
					return r.span(n.first, n.last), true
				}
			}
		}
		if reporting[r.at(k)] && from <= k+4 || from <= k+1 && reporting[r.at(n.last+1)] {
			return r.span(n.first, n.last), true
		}
	}
	return cards.Span{}, false
}

func (r *reader) pronounBetween(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if w := r.low[k]; w == "he" || w == "she" {
			return true
		}
	}
	return false
}
