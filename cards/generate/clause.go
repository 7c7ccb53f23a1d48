package generate

import (
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/english"
)

// clause is a line taken apart: leading adverbials, subject, verbs from the finite
// one to the main one, and the rest. Each is indexes of tokens.
type clause struct {
	lead, subject, verbs, rest []int
}

var auxiliaries = wordSet(`is are was were am be been being has have had do does did will would can could may might must shall should`)

// clause takes l apart where its tags leave no doubt; it reports false otherwise.
func (l line) clause() (clause, bool) {
	var c clause
	ix := l.keep[:l.end()]
	ix = l.leads(&c, ix)
	if len(ix) < 3 {
		return c, false
	}
	at, ok := l.subjectEnd(ix)
	if !ok {
		return c, false
	}
	c.subject = ix[:at]
	end := at
	for end < len(ix) {
		i := ix[end]
		tag := l.p.tag(i)
		adverb := (tag == "RB" || tag == "RBR") && end+1 < len(ix) && (strings.HasPrefix(l.p.tag(ix[end+1]), "VB") || l.p.tag(ix[end+1]) == "RB")
		verb := strings.HasPrefix(tag, "VB") || tag == "MD"
		if !verb && !adverb {
			break
		}
		c.verbs = append(c.verbs, i)
		end++
		if verb && !auxiliaries[l.p.lower(i)] && tag != "MD" {
			break
		}
	}
	c.rest, ok = l.predicate(ix[end:])
	return c, ok && len(c.verbs) > 0
}

// leads moves leading adverbials from ix to c.
func (l line) leads(c *clause, ix []int) []int {
	for len(ix) > 4 {
		tag, w := l.p.tag(ix[0]), l.p.lower(ix[0])
		adverbial := tag == "IN" && w != "that" && w != "if" && w != "because" && w != "although" && w != "though" && w != "while" ||
			tag == "TO" || tag == "RB" || tag == "VBG" && w == "following" || l.p.dated[ix[0]]
		if !adverbial {
			return ix
		}
		comma := -1
		for q := 1; q < len(ix) && q < 20; q++ {
			if l.p.lower(ix[q]) == "," {
				if l.p.dated[ix[q]] || q+1 < len(ix) && l.p.dated[ix[q-1]] && l.p.dated[ix[q+1]] {
					continue
				}
				comma = q
				break
			}
			if l.p.finite(ix[q]) {
				break
			}
		}
		if comma < 0 { // "In 1956 the parties met"
			q := 1
			for q < len(ix) && l.p.dated[ix[q]] {
				q++
			}
			if tag != "IN" || q == 1 || q >= len(ix) || !l.p.opens(ix[q]) {
				return ix
			}
			comma = q - 1
		}
		c.lead = append(c.lead, ix[:comma+1]...)
		ix = ix[comma+1:]
	}
	return ix
}

// subjectEnd is where the first finite verb stands in ix, if what is before it reads like a subject.
func (l line) subjectEnd(ix []int) (int, bool) {
	switch l.p.tag(ix[0]) {
	case "IN", "CC", "WRB", "WP", "WDT", "EX", "TO", "VB", "VBD", "VBN", "VBG", "RB":
		return 0, false
	}
	commas, noun := 0, false
	for q, i := range ix {
		w := l.p.lower(i)
		if l.p.finite(i) {
			return q, q > 0 && q <= 18 && noun && (commas == 0 || commas == 2) && w != "," && l.p.lower(ix[q-1]) != ","
		}
		switch l.p.tag(i) {
		case "WDT", "WP", "WP$", "WRB", ":", "``", "''", "-LRB-", "-RRB-":
			return 0, false
		}
		switch w {
		case ",":
			commas++
		case "that", `"`, ";", "(", ")":
			return 0, false
		}
		noun = noun || l.p.noun(i) || l.p.tag(i) == "PRP" || l.p.tag(i) == "CD"
	}
	return 0, false
}

var clauseLinks = wordSet(`that whereby because if when as after before while since until where whether although though`)

// predicate is rest up to a second verb of the same subject or a second clause. It
// reports false where a finite verb stands that nothing accounts for.
func (l line) predicate(rest []int) ([]int, bool) {
	if len(rest) > 1 && l.p.tag(rest[0]) == "CC" && strings.HasPrefix(l.p.tag(rest[1]), "VB") {
		return nil, false // "entered and occupied", whatever the tagger takes the second for
	}
	for q, i := range rest {
		if !l.p.finite(i) {
			continue
		}
		k := q - 1
		for k >= 0 && l.p.tag(rest[k]) == "RB" {
			k--
		}
		if k == 0 && l.p.tag(rest[k]) == "CC" {
			return nil, false // "invaded and occupied the islands": both need what follows
		}
		if k >= 0 && l.p.tag(rest[k]) == "CC" {
			for _, j := range rest[:k] {
				if t := l.p.tag(j); t == "WRB" || t == "WDT" || t == "WP" || clauseLinks[l.p.lower(j)] {
					return nil, false // "when they seized and occupied the port"
				}
			}
			return trimCommas(l.p, rest[:k]), true
		}
		linked, cut := false, -1
		for k := q - 1; k >= 0; k-- {
			t := l.p.tag(rest[k])
			if t == "WDT" || t == "WP" || t == "WRB" || t == "WP$" || clauseLinks[l.p.lower(rest[k])] {
				linked = true
				break
			}
			if t == "CC" && k > 0 {
				cut = k
				break
			}
		}
		if linked {
			continue
		}
		if cut < 0 || l.p.lower(rest[cut-1]) != "," {
			return nil, false
		}
		return trimCommas(l.p, rest[:cut]), true
	}
	return rest, true
}

func trimCommas(p *passage, ix []int) []int {
	for len(ix) > 0 && (p.lower(ix[len(ix)-1]) == "," || p.tag(ix[len(ix)-1]) == "CC") {
		ix = ix[:len(ix)-1]
	}
	return ix
}

// main is the index of the clause's main verb.
func (c clause) main() int { return c.verbs[len(c.verbs)-1] }

// head is the index of the token that token i depends on, -1 for the root.
func (p *passage) head(i int) int { return p.tokens[i].Head }

// agreed says how many parsers must have found an arc for it to count as certain.
const agreed = 3

// trust says how far the tree bears out a clause taken apart by tags.
type trust int

// The degrees of trust.
const (
	denied    trust = iota - 1 // the tree says otherwise
	untried                    // there is no tree
	supported                  // the tree says the same
	certain                    // and all parsers agree
)

// trusts compares the clause with the tree: the subject's head must hang on the
// predicate, and each of the phrases on it as well.
func (l line) trusts(c clause, phrases ...[]int) trust {
	if !l.p.parsed {
		return untried
	}
	subject := top(l.p, c.subject)
	verb := c.main()
	if subject < 0 {
		return denied
	}
	pred := l.p.head(subject)
	if !strings.HasPrefix(l.p.tokens[subject].Rel, "nsubj") || pred != verb && (pred < 0 || l.p.head(verb) != pred) {
		return denied
	}
	out := certain
	if l.p.tokens[subject].Votes < agreed {
		out = supported
	}
	for _, ph := range phrases {
		h := top(l.p, ph)
		if h < 0 || l.p.head(h) != pred && l.p.head(h) != verb {
			return denied
		}
		if l.p.tokens[h].Votes < agreed {
			out = supported
		}
	}
	return out
}

// top is the one token of ix whose head lies outside ix; -1 if there are several.
func top(p *passage, ix []int) int {
	in := map[int]bool{}
	for _, i := range ix {
		in[i] = true
	}
	out := -1
	for _, i := range ix {
		if p.tokens[i].UPOS == "PUNCT" || in[p.head(i)] {
			continue
		}
		if out >= 0 {
			return -1
		}
		out = i
	}
	return out
}

// phrase is a date with the preposition before it, as indexes of tokens.
type phrase struct {
	tokens      []int
	preposition string
	lead        bool
}

var datePrepositions = wordSet(`in on by since until till from during at before after`)

// partOfYear are adverbs that say when in a year or a month.
var partOfYear = wordSet(`early late later earlier sometime`)

// datePhrase finds the fact's date in the clause, as an adverbial that can be taken
// out: at the front, or after the verb with nothing of its own behind it.
func (l line) datePhrase(c clause, f cards.Fact) (phrase, bool) {
	var ph phrase
	span := l.p.inside(f.Span)
	if len(span) == 0 || l.p.tokens[span[0]].Start != f.Span.Start || l.p.tokens[span[len(span)-1]].End != f.Span.End {
		return ph, false
	}
	in := func(ix []int) int {
		for q, i := range ix {
			if i == span[0] {
				return q
			}
		}
		return -1
	}
	part, at := c.lead, in(c.lead)
	ph.lead = at >= 0
	if at < 0 {
		part, at = c.rest, in(c.rest)
	}
	if at < 0 || at+len(span) > len(part) || part[at+len(span)-1] != span[len(span)-1] {
		return ph, false
	}
	ph.tokens = part[at : at+len(span)]
	if at > 0 && datePrepositions[l.p.lower(part[at-1])] {
		ph.preposition = l.p.lower(part[at-1])
		ph.tokens = part[at-1 : at+len(span)]
		if at > 1 && partOfYear[l.p.lower(part[at-2])] && strings.HasPrefix(l.p.tag(part[at-2]), "RB") {
			ph.tokens = part[at-2 : at+len(span)] // "fell early in 1862"
		}
	} else if at > 0 && (!strings.HasPrefix(f.Text, "the ") || l.p.tag(part[at-1]) == "IN") || precision(f.Value) != "day" && !ph.lead {
		return ph, false
	}
	if ph.lead && l.ofAnother(c.lead, ph.tokens[0]) {
		return ph, false
	}
	if after := at + len(span); !ph.lead && after < len(part) && l.p.lower(part[after]) == "," && strings.Contains(f.Text, ",") {
		ph.tokens = append(append([]int(nil), ph.tokens...), part[after]) // "on 9 April, 1865, at the house"
	} else if after < len(part) && (!ph.lead || ph.preposition == "from") {
		i := part[after]
		if l.p.noun(i) || strings.HasPrefix(l.p.tag(i), "JJ") || l.p.lower(i) == "and" || l.p.lower(i) == "or" || l.p.lower(i) == "to" {
			return ph, false
		}
	}
	return ph, true
}

// ofAnother reports whether the date that begins at token first of lead tells when
// something else was than the clause: "By the end of the embargo in 1974, prices had risen".
func (l line) ofAnother(lead []int, first int) bool {
	opens := ""
	for _, i := range lead {
		switch {
		case i == first:
			return false
		case l.p.lower(i) == ",":
			opens = ""
		case opens == "":
			opens = l.p.lower(i)
		case others[opens] && l.p.noun(i):
			return true
		}
	}
	return false
}

// others open a phrase that tells of something beside the clause.
var others = wordSet(`by after before since until till following despite with upon prior`)

// minus is ix without the tokens of gone.
func minus(ix, gone []int) []int {
	g := map[int]bool{}
	for _, i := range gone {
		g[i] = true
	}
	var out []int
	for _, i := range ix {
		if !g[i] {
			out = append(out, i)
		}
	}
	return out
}

// withVerbs returns the tokens with the tags of main verbs set right that were taken
// for participles or infinitives: the tree gives them a subject and no auxiliary.
func withVerbs(tokens []english.Token) []english.Token {
	out := tokens // and a copy once one is changed: a book has many
	set := func(i int, tag string) {
		if &out[0] == &tokens[0] {
			out = slices.Clone(tokens)
		}
		out[i].XPOS = tag
	}
	subject, helped := make([]bool, len(out)), make([]bool, len(out))
	finite := false
	for i, t := range out {
		finite = finite || t.XPOS == "VBD" || t.XPOS == "VBZ" || t.XPOS == "VBP" || t.XPOS == "MD"
		if t.Head < 0 {
			continue
		}
		subject[t.Head] = subject[t.Head] || t.Rel == "nsubj" && i < t.Head
		helped[t.Head] = helped[t.Head] || strings.HasPrefix(t.Rel, "aux") || t.XPOS == "TO"
	}
	for i := range out {
		switch past, base := out[i].XPOS == "VBN", out[i].XPOS == "VB"; {
		case !past && !base || helped[i]:
		case subject[i] && past, !finite && past && i > 1 && (strings.HasPrefix(out[i-1].XPOS, "NN") || out[i-1].XPOS == "RB" && strings.HasPrefix(out[i-2].XPOS, "NN")) && !followedBy(out, i, "by"):
			set(i, "VBD")
			finite = true
		case subject[i] && base:
			set(i, "VBP")
			finite = true
		}
	}
	return out
}

func followedBy(tokens []english.Token, i int, word string) bool {
	return i+1 < len(tokens) && strings.EqualFold(tokens[i+1].Form, word)
}
