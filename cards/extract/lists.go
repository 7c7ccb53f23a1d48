package extract

import (
	"strings"

	"recto/cards"
)

// The bounds of a list: items, and tokens of one item.
const (
	fewestItems = 3
	mostItems   = 12
	longestItem = 14
)

// lists finds "A, B and C": three or more items of one shape. About is the words
// that introduce it.
func (r *reader) lists() {
	for i := range r.Tokens {
		if w, next := r.low[i], r.at(i+1); w != "and" && w != "or" || next == "more" || next == "so" || next == "less" || next == "other" {
			continue
		}
		if items := r.list(i); items != nil {
			r.enumerate(items)
		}
	}
}

// list is the items of the list whose last two are joined by the word at c, each
// the first and last of its tokens; nil if there is none.
func (r *reader) list(c int) [][2]int {
	end := c - 1
	if r.at(end) == "," {
		end--
	}
	depth := r.inside[c]
	var items [][2]int
	last := -1 // the comma before the items found
	for k := end; k >= 0 && end-k <= longestItem; k-- {
		if r.inside[k] > depth {
			continue
		}
		w := r.low[k]
		if r.inside[k] < depth || w == ";" || w == ":" || w == "“" || w == "\"" || w == "and" || w == "or" || introducers[w] || w == "as" && r.at(k-1) == "such" {
			break
		}
		if w != "," {
			continue
		}
		if end <= k || len(items) > mostItems {
			return nil
		}
		if !r.item(k+1, end, r.gerund(c+1)) {
			break
		}
		items = append([][2]int{{k + 1, end}}, items...)
		end, last = k-1, k
	}
	if last < 1 || end < 0 {
		return nil
	}
	tail, ok := r.lastItem(c, depth, r.gerund(c+1))
	if !ok {
		return nil
	}
	items = append(items, tail)
	return r.shaped(items, end)
}

// introducers are words that lead over to a list.
var introducers = set(`including namely like are were between among`)

// forExample are words that introduce a list with a comma.
var forExample = set(`i.e. e.g. example instance however therefore`)

// complements are prepositions that may stand within an item.
var complements = set(`for in to with from on`)

// item reports whether the tokens from i to j, which stand between two commas, may
// be an item: they begin no clause.
func (r *reader) item(i, j int, action bool) bool {
	for k := i; k <= j; k++ {
		w := r.low[k]
		if relatives[w] || forExample[w] || auxiliaries[w] || pronouns[w] && !r.capital(k) || r.finite(k) || !action && prepositions[w] && w != "of" && (k == i || !complements[w]) {
			return false
		}
	}
	return true
}

// lastItem is the item after the conjunction at c.
func (r *reader) lastItem(c, depth int, action bool) ([2]int, bool) {
	last := c
	for k := c + 1; k < len(r.Tokens) && k-c <= longestItem+4; k++ {
		if r.inside[k] > depth {
			continue
		}
		w := r.low[k]
		switch {
		case r.inside[k] < depth || closers[w] || w == ";" || w == ":" || relatives[w] || w == "." || w == "–" || w == "—" || w == "(":
			return [2]int{c + 1, last}, last > c
		case w == "," && (!action || !r.goesOn(k)):
			return [2]int{c + 1, last}, last > c
		case !action && (r.finite(k) || prepositions[w] && w != "of" && k > c+1 || w == "to" || r.dated[k]):
			return [2]int{c + 1, last}, last > c
		case !action && r.tagged && last > c && (r.tag(k) == "VBG" || r.tag(k) == "VBN" || r.tag(k) == "RB") && strings.HasPrefix(r.tag(k-1), "NN"):
			return [2]int{c + 1, last}, last > c
		case !action && !r.tagged && last > c && (adverbial(w) || r.verb(k)):
			return [2]int{c + 1, last}, last > c
		}
		last = k
	}
	return [2]int{c + 1, last}, last > c
}

// goesOn reports whether the comma at k stands in a list within the last item.
func (r *reader) goesOn(k int) bool {
	for e := k + 1; e < len(r.Tokens) && e < k+8; e++ {
		switch w := r.low[e]; {
		case w == "and" || w == "or":
			return true
		case w == "." || w == ";" || r.finite(e) || relatives[w]:
			return false
		}
	}
	return false
}

// gerund reports whether a gerund stands at i.
func (r *reader) gerund(i int) bool {
	if r.tagged {
		rel := ""
		if i < len(r.Tokens) {
			rel = r.Tokens[i].Rel
		}
		return r.tag(i) == "VBG" && rel != "amod" && rel != "compound"
	}
	w := r.at(i)
	return len(w) > 5 && strings.HasSuffix(w, "ing") && !r.capital(i)
}

// shaped trims the items, adds the first one, which ends at end, and reports nil
// unless all have one shape.
func (r *reader) shaped(items [][2]int, end int) [][2]int {
	action := r.gerund(items[len(items)-1][0])
	start, ok := r.firstStart(end, action)
	if ok {
		items = append([][2]int{{start, end}}, items...)
	} else if len(items) < fewestItems {
		return nil
	}
	for k := range items {
		i, j := r.trim(items[k][0], items[k][1])
		if i > j || r.inside[i] != r.inside[j] || j-i >= longestItem || r.gerund(i) != action && !r.capital(i) && !strings.HasSuffix(r.low[i], "ing") || !r.nominal(i, j, action) || r.dated[i] {
			return nil
		}
		items[k] = [2]int{i, j}
	}
	if first := items[0]; r.capital(first[1]) && r.allNamed(items[1:]) { // "updated National Security Strategy"
		for !r.capital(first[0]) {
			first[0]++
		}
		items[0] = first
	}
	if len(items) < fewestItems || len(items) > mostItems || !r.alike(items) {
		return nil
	}
	return items
}

// alike reports whether adjectives and nouns are not mixed: "executive, legislative
// and judicial authority" is no list.
func (r *reader) alike(items [][2]int) bool {
	bare := 0
	for _, it := range items {
		if it[0] == it[1] && (strings.HasPrefix(r.tag(it[1]), "JJ") && !r.capital(it[1]) || demonyms[r.low[it[0]]]) {
			bare++
		}
	}
	return bare == 0 || bare == len(items)
}

// firstStart is where the first item, which ends at end, begins: after the word
// that introduces it. There is none when the words before are an adverbial.
func (r *reader) firstStart(end int, action bool) (int, bool) {
	start := end
	for k := end; k >= 0 && end-k < longestItem; k-- {
		if r.inside[k] != r.inside[end] {
			if r.inside[k] > r.inside[end] {
				continue
			}
			break
		}
		w := r.low[k]
		if action {
			if r.gerund(k) || strings.HasSuffix(w, "ing") && introducers[r.at(k-1)] && !introducers[w] {
				return k, true
			}
			if w == "," || r.finite(k) {
				return 0, false
			}
			continue
		}
		if r.boundary(k, w) {
			break
		}
		start = k
	}
	if action || start > end {
		return 0, false
	}
	for start <= end && (r.low[start] == "and" || r.low[start] == "of" || adverbial(r.low[start])) {
		start++
	}
	if start > end || !r.word(start) && !isDigit(r.low[start]) {
		return 0, false
	}
	if p := r.at(start - 1); prepositions[p] && start <= 2 && p != "of" && p != "between" && p != "among" && !r.capital(start) { // "In recent years, ..."
		return 0, false
	}
	return start, true
}

// boundary reports whether the word w at k cannot belong to an item without a verb.
func (r *reader) boundary(k int, w string) bool {
	switch {
	case w == "," || w == ";" || w == ":" || forExample[w] || w == "“" || w == "\"" || w == "–" || w == "—" || conjunctions[w] && w != "and" || pronouns[w] && !r.capital(k):
		return true
	case w == "of":
		return r.listOf(k)
	case w == "and":
		return !r.capital(k-1) || !r.capital(k+1)
	case prepositions[w] || auxiliaries[w] || r.finite(k):
		return true
	case r.tagged:
		t := r.tag(k)
		return t == "TO" || t == "VB" || t == "RB" && k > 0 || t == "VBN" && !r.adjectival(k)
	}
	return false
}

// listOf reports whether the "of" at k introduces a list: "islands of Etorofu, ...".
func (r *reader) listOf(k int) bool {
	if r.capital(k+1) && !r.capital(k-1) {
		return true
	}
	p := r.at(k - 1)
	return pluralForm(p) && !r.capital(k+1) && (r.at(k+2) == "," || r.at(k+3) == ",") || p == "consisting" || p == "composed" || p == "consists" || p == "made"
}

// nominal reports whether the tokens from i to j are a noun phrase, or a gerund
// with what belongs to it, and no clause.
func (r *reader) nominal(i, j int, action bool) bool {
	if conjunctions[r.low[i]] || pronouns[r.low[i]] || prepositions[r.low[i]] || auxiliaries[r.low[i]] || adverbial(r.low[i]) && i == j {
		return false
	}
	if determiners[r.low[i]] && i == j {
		return false
	}
	for k := i; k <= j; k++ {
		if auxiliaries[r.low[k]] || relatives[r.low[k]] || r.tagged && (r.tag(k) == "VBD" || r.tag(k) == "VBZ" || r.tag(k) == "VBP" || r.tag(k) == "MD") {
			return false
		}
		if !r.tagged && !action && k > i && pastForms[r.low[k]] {
			return false
		}
	}
	if r.tagged && !action {
		t := r.tag(j)
		return strings.HasPrefix(t, "NN") || t == "CD" || t == "FW" || j == i && strings.HasPrefix(t, "JJ") || r.capital(j) || t == "VBG"
	}
	return true
}

// enumerate adds the list of items.
func (r *reader) enumerate(items [][2]int) {
	s := r.span(items[0][0], items[len(items)-1][1])
	var spans []cards.Span
	var values []string
	for _, it := range items {
		one := r.span(it[0], it[1])
		spans = append(spans, one)
		values = append(values, r.words(one))
	}
	typ := "things"
	if r.gerund(items[0][0]) {
		typ = "actions"
	} else if r.allNamed(items) {
		typ = "names"
	}
	r.tell(cards.ListFact, typ, s, strings.Join(values, "|"), r.introduction(items[0][0]))
	r.found[len(r.found)-1].Items = spans
}

func (r *reader) allNamed(items [][2]int) bool {
	for _, it := range items {
		if !r.capital(it[0]) {
			return false
		}
	}
	return true
}

// introduction is the words of the clause before token i, without the word that
// leads over to the list.
func (r *reader) introduction(i int) cards.Span {
	last := i - 1
	for last >= 0 && (!r.word(last) || articles[r.low[last]] || prepositions[r.low[last]] || r.low[last] == "namely" || r.low[last] == "such" || r.low[last] == "are" || r.low[last] == "were") {
		last--
	}
	first := last
	for first > 0 && last-first < longestClause && !clauseStops[r.low[first-1]] && !relatives[r.low[first-1]] {
		first--
	}
	if last < 0 || first > last {
		return cards.Span{}
	}
	return r.span(first, last)
}
