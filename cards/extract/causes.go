package extract

import (
	"strings"

	"recto/cards"
)

// cue is a phrase between a cause and its effect.
type cue struct {
	words   []string
	forward bool // the cause stands after it
	typ     string
}

// cues are looked up by their first word, the longest first.
var cues = func() map[string][]cue {
	m := map[string][]cue{}
	add := func(forward bool, typ string, phrases ...string) {
		for _, p := range phrases {
			w := strings.Fields(p)
			m[w[0]] = append(m[w[0]], cue{w, forward, typ})
		}
	}
	add(true, "reason", "because of", "because", "due to", "owing to", "thanks to", "on account of", "as a result of", "as a consequence of", "in response to", "in retaliation for", "caused by", "attributed to", "triggered by", "prompted by", "sparked by", "stemmed from", "stems from", "resulted from", "results from", "arose from")
	add(false, "effect", "led to", "leads to", "lead to", "resulted in", "results in", "gave rise to", "brought about", "gives rise to", "contributed to", "culminated in")
	add(true, "purpose", "in order to", "so as to")
	return m
}()

// causes finds what the sentence says of why: the cause is the answer, the effect
// stands in About.
func (r *reader) causes() {
	for i := range r.Tokens {
		for _, c := range cues[r.low[i]] {
			if r.matches(i, c.words) && (i == 0 || r.low[i-1] != "not") {
				r.cause(i, i+len(c.words), c)
				break
			}
		}
		if r.purpose(i) {
			r.cause(i, i, cue{nil, true, "purpose"})
		}
		if r.forced(i) {
			r.cause(i, i+1, cue{[]string{"led"}, false, "effect"})
		}
	}
}

func (r *reader) matches(i int, words []string) bool {
	for k, w := range words {
		if r.at(i+k) != w {
			return false
		}
	}
	return true
}

// forced reports whether "led" at i has an object that does something: "led many
// companies to withdraw".
func (r *reader) forced(i int) bool {
	if r.low[i] != "led" && r.low[i] != "prompted" && r.low[i] != "forced" && r.low[i] != "caused" || auxiliaries[r.at(i-1)] || i == 0 {
		return false
	}
	end := r.nounEnd(i + 1)
	for articles[r.at(i+1)] && end < i+1 {
		i++
		end = r.nounEnd(i + 1)
	}
	if determiners[r.at(i+1)] {
		end = r.nounEnd(i + 2)
	}
	return end > i && r.at(end+1) == "to" && r.word(end+2) && !articles[r.at(end+2)] && !r.capital(end+2)
}

// purpose reports whether a clause of purpose begins at i: "to" and a verb right
// after a date, or after a comma at the head of the sentence's rest.
func (r *reader) purpose(i int) bool {
	if r.low[i] != "to" || i == 0 || !r.dated[i-1] || !r.word(i+1) || r.capital(i+1) || r.dated[i+1] || function(r.at(i+1)) {
		return false
	}
	if r.tagged {
		return r.tag(i+1) == "VB"
	}
	return !pluralForm(r.at(i + 1))
}

// cause adds the cause that the cue from i to before end tells.
func (r *reader) cause(i, end int, c cue) {
	var why, effect [2]int
	if c.forward {
		last := r.reasonEnd(end)
		if len(c.words) > 1 {
			whole := last
			if last = r.beforeVerb(end, last); last < whole && r.opens(i) {
				return // "Due to rain the roof fell": no comma says where the reason ends
			}
		}
		why = [2]int{end, last}
		effect = r.effectAround(i, last)
	} else {
		why = [2]int{r.clauseStart(i), i - 1}
		effect = [2]int{end, r.clauseEnd(end)}
	}
	a, b := why[0], why[1]
	for b > a && (adverbial(r.low[b]) || auxiliaries[r.low[b]] || r.low[b] == "eventually" || !r.word(b) && !isDigit(r.low[b]) && r.low[b] != ")" && r.low[b] != "%") {
		b--
	}
	if a > b || b >= len(r.Tokens) || a < 0 || b-a > 40 || pronouns[r.low[a]] && a == b || determiners[r.low[a]] && a == b {
		return
	}
	for effect[0] >= 0 && effect[0] < effect[1] && conjunctions[r.low[effect[0]]] {
		effect[0]++
	}
	var about cards.Span
	if effect[0] >= 0 && effect[0] <= effect[1] && effect[1] < len(r.Tokens) {
		about = r.span(effect[0], effect[1])
	}
	s := r.span(a, b)
	value := r.words(s)
	for _, article := range []string{"the ", "The ", "a ", "an ", "A ", "An ", "to "} {
		if v, ok := strings.CutPrefix(value, article); ok {
			value = v
			break
		}
	}
	r.tell(cards.CauseFact, c.typ, s, value, about)
}

// reasonEnd is the last token of the reason that begins at i. A comma of a list
// does not end it.
func (r *reader) reasonEnd(i int) int {
	if i >= len(r.Tokens) {
		return i - 1
	}
	last := r.clauseEnd(i)
	for k := i + 1; k < last; k++ {
		if w := r.low[k]; (w == "and" || w == "but" || w == "as" || w == "when" || w == "while") && (r.finite(k+1) || adverbial(r.low[k+1]) && r.finite(k+2)) {
			return k - 1
		}
	}
	for last+1 < len(r.Tokens) && r.low[last+1] == "," && r.goesOn(last+1) {
		next := r.clauseEnd(last + 2)
		if next <= last+1 {
			break
		}
		last = next
	}
	return last
}

// beforeVerb is the last token before the finite verb of the clause around the
// reason from i to last; a relative clause's verb belongs to the reason.
func (r *reader) beforeVerb(i, last int) int {
	for k := i + 1; k <= last; k++ {
		if w := r.low[k]; relatives[w] || w == "that" {
			return last
		}
		if r.finite(k) && !r.capital(k) {
			return k - 1
		}
	}
	return last
}

// clauseStart is the first token of the clause that ends before i. Where a list
// stands before the cue, the clause begins with its first item.
func (r *reader) clauseStart(i int) int {
	for _, f := range r.found {
		if f.Kind == cards.ListFact && f.Span.End <= r.Tokens[i].Start && r.Tokens[i].Start-f.Span.End < 3 {
			for k, t := range r.Tokens {
				if t.Start == f.Items[0].Start {
					if k > 0 && articles[r.low[k-1]] {
						return k - 1
					}
					return k
				}
			}
		}
	}
	k := i
	for k > 0 && i-k < longestClause && !clauseStops[r.low[k-1]] && !relatives[r.low[k-1]] && (r.low[k-1] != "and" || !r.verb(k)) && r.low[k-1] != "that" && r.low[k-1] != "as" {
		k--
	}
	return k
}

// effectAround is the clause that the reason from i to last explains: the one
// before, or, when the reason opens the sentence, the one after its comma.
func (r *reader) effectAround(i, last int) [2]int {
	start := i
	for start > 0 && i-start < longestClause && !clauseStops[r.low[start-1]] {
		start--
	}
	if p := r.at(i - 1); start < i-1 && !conjunctions[p] && !relatives[p] {
		return [2]int{start, i - 1}
	}
	if k := last + 1; r.at(k) == "," && k+1 < len(r.Tokens) {
		end := len(r.Tokens) - 1
		for end > k && !r.word(end) {
			end--
		}
		return [2]int{k + 1, end}
	}
	return [2]int{-1, -1}
}
