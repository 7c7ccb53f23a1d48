package extract

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// reader is a sentence with what the finders of facts need to know of its tokens.
// Tokens are meant by their index. The part of speech is used where the tokens
// carry one; without it, the form of the words has to do.
type reader struct {
	*Sentence
	index  int
	text   string     // of the whole article
	low    []string   // the tokens' Norm in lower case
	dated  []bool     // the token stands in a date
	held   []bool     // the token stands in a quantity or an acronym
	inside []int      // how deep the token stands in brackets
	tagged bool       // the tokens carry parts of speech
	names  []nameSpan // the runs of tokens that are names, in order
	found  []Fact
}

// others are the facts that are no dates; a quantity that overlaps one of dates is
// none. It writes into dates whom life dates belong to.
func (d *Document) others(dates []Fact) []Fact {
	readers := d.readers(dates)
	known := newDossier(d.Article.Text, readers)
	for _, r := range readers {
		r.quantities(known)
	}
	acronyms(readers, known)
	for _, r := range readers {
		r.names = r.chunk(known)
	}
	known.settle(readers)
	for _, r := range readers {
		r.people(known)
		r.roles(known)
		r.aliases(known)
		r.lists()
		r.causes()
		r.quotations()
		r.terms()
		r.lives(known, dates)
	}
	return d.gather(readers)
}

// readers makes a reader of every sentence.
func (d *Document) readers(dates []Fact) []*reader {
	readers := make([]*reader, len(d.Sentences))
	for i := range d.Sentences {
		s := &d.Sentences[i]
		n := len(s.Tokens)
		r := &reader{Sentence: s, index: i, text: d.Article.Text, low: make([]string, n), dated: make([]bool, n), held: make([]bool, n), inside: make([]int, n)}
		depth := 0
		for k, t := range s.Tokens {
			r.low[k] = strings.ToLower(t.Norm)
			r.tagged = r.tagged || t.XPOS != ""
			if (t.Form == ")" || t.Form == "]") && depth > 0 {
				depth--
			}
			r.inside[k] = depth
			if t.Form == "(" || t.Form == "[" {
				depth++
			}
		}
		readers[i] = r
	}
	for _, f := range dates {
		if f.Index >= 0 && f.Index < len(readers) {
			readers[f.Index].mark(f.Span, readers[f.Index].dated)
		}
	}
	return readers
}

// gather is every reader's facts, each span once a kind. The first of two facts of
// one span and kind stays, so the finders run from the surest to the least sure.
func (d *Document) gather(readers []*reader) []Fact {
	type place struct {
		kind cards.FactKind
		span cards.Span
	}
	var all []Fact
	seen := map[place]bool{}
	for _, r := range readers {
		for _, f := range r.found {
			if at := (place{f.Kind, f.Span}); f.Span.Len() > 0 && !seen[at] {
				seen[at] = true
				all = append(all, f)
			}
		}
	}
	return all
}

// mark sets the marks of the tokens that s touches.
func (r *reader) mark(s cards.Span, marks []bool) {
	for k := r.from(s.Start); k < len(r.Tokens) && r.Tokens[k].Start < s.End; k++ {
		marks[k] = true
	}
}

// from is the first token that ends after the byte at.
func (r *reader) from(at int) int {
	return sort.Search(len(r.Tokens), func(k int) bool { return r.Tokens[k].End > at })
}

// tokenAt is the token that covers the byte at; -1 if none does.
func (r *reader) tokenAt(at int) int {
	if k := r.from(at); k < len(r.Tokens) && r.Tokens[k].Start <= at {
		return k
	}
	return -1
}

// span covers the tokens from i to j, both inclusive.
func (r *reader) span(i, j int) cards.Span {
	return cards.Span{Start: r.Tokens[i].Start, End: r.Tokens[j].End}
}

// form is the text of the tokens from i to j, with every run of white space one blank.
func (r *reader) form(i, j int) string { return r.words(r.span(i, j)) }

func (r *reader) words(s cards.Span) string {
	t := s.Of(r.text)
	if strings.ContainsAny(t, "\n\t") || strings.Contains(t, "  ") {
		return strings.Join(strings.Fields(t), " ")
	}
	return t
}

// tell adds a fact.
func (r *reader) tell(kind cards.FactKind, typ string, s cards.Span, value string, about cards.Span) {
	r.found = append(r.found, Fact{Fact: cards.Fact{Kind: kind, Type: typ, Value: value, Span: s}, Index: r.index, About: about})
}

// at is the word at i in lower case, "" beyond the sentence.
func (r *reader) at(i int) string {
	if i < 0 || i >= len(r.low) {
		return ""
	}
	return r.low[i]
}

// tag is the Penn tag of the token at i, "" where it has none.
func (r *reader) tag(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].XPOS
}

// tight reports whether no white space stands between i and the token after it.
func (r *reader) tight(i int) bool {
	return i >= 0 && i+1 < len(r.Tokens) && !r.Tokens[i].SpaceAfter
}

// capital reports whether the token at i begins with a capital letter.
func (r *reader) capital(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(r.Tokens[i].Norm)
	return unicode.IsUpper(c)
}

// word reports whether the token at i begins with a letter.
func (r *reader) word(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(r.Tokens[i].Norm)
	return unicode.IsLetter(c)
}

// opens reports whether the token at i is the first word of the sentence.
func (r *reader) opens(i int) bool {
	for k := range min(i, len(r.Tokens)) {
		if r.word(k) || isDigit(r.low[k]) {
			return false
		}
	}
	return true
}

func isDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" }

func dash(s string) bool { return hyphen(s) || s == "–" || s == "—" || s == "−" }

func possessive(s string) bool { return s == "'s" || s == "'" || s == "’s" || s == "’" }

// verb reports whether the token at i looks like a finite verb or a participle: by
// its tag, or else by its form.
func (r *reader) verb(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	if r.tagged {
		t := r.tag(i)
		return t == "MD" || strings.HasPrefix(t, "VB") && t != "VBG" && t != "VBN" || t == "VBN" && r.at(i-1) != "the"
	}
	w := r.low[i]
	if r.capital(i) || !r.word(i) {
		return false
	}
	return auxiliaries[w] || pastForms[w] || len(w) > 4 && strings.HasSuffix(w, "ed") && !r.adjectival(i)
}

// adjectival reports whether a word that ends like a participle stands where an
// adjective does.
func (r *reader) adjectival(i int) bool {
	p := r.at(i - 1)
	return articles[p] || determiners[p] || prepositions[p] || p == "," || p == "and" || hyphen(p) || possessive(p)
}

// finite reports whether the token at i is a verb that makes a clause of its own.
func (r *reader) finite(i int) bool {
	if r.tagged {
		switch r.tag(i) {
		case "VBD", "VBZ", "VBP", "MD":
			return true
		}
		return false
	}
	return r.verb(i)
}

// longestClause bounds how far a finder looks for the end of a clause, in tokens,
// so that the work stays linear in a sentence that never ends.
const longestClause = 120

// clauseEnd is the index of the last token before the clause that i stands in ends:
// at punctuation, a relative word or the end of the sentence.
func (r *reader) clauseEnd(i int) int {
	if i >= len(r.Tokens) {
		return len(r.Tokens) - 1
	}
	depth := r.inside[i]
	for k := i; k < len(r.Tokens) && k < i+longestClause; k++ {
		if r.inside[k] > depth {
			continue
		}
		w := r.low[k]
		if r.inside[k] < depth || clauseStops[w] || closers[w] || k > i && relatives[w] || (w == "." || w == "!" || w == "?" || w == "...") {
			return k - 1
		}
	}
	return min(i+longestClause, len(r.Tokens)) - 1
}
