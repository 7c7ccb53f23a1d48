package generate

import (
	"strings"

	"recto/cards/english"
)

// lean is a word of a line that only the text before explains.
type lean struct {
	at   int // position in line.keep
	sort leanSort
	head string // of a definite or of what opens a line: its noun, in lower case and the singular
	last int    // of a definite: position of that noun
}

type leanSort int

const (
	leanSpeaker  leanSort = iota // "we": who speaks is not on the card
	leanPerson                   // "he"
	leanThing                    // "it", "their"
	leanPointing                 // "this plan", "the latter"
	leanMoment                   // "later", "at the time"
	leanDefinite                 // "the agreement", of which the text has told before
	leanOpening                  // "The withdrawal", with which a line opens as if it were known
)

var (
	speakers   = wordSet(`i we you me us my our your mine ours yours myself ourselves yourself`)
	persons    = wordSet(`he she him his her hers himself herself`)
	ownWork    = wordSet(`article paper essay chapter section thesis blog`)
	things     = wordSet(`it its they their them theirs itself themselves`)
	several    = wordSet(`they their them theirs themselves`)
	moments    = wordSet(`then afterwards thereafter later earlier beforehand hitherto now today recently currently ago soon`)
	deictic    = wordSet(`yesterday tomorrow tonight`)
	weekdays   = wordSet(`monday tuesday wednesday thursday friday saturday sunday`)
	stretches  = wordSet(`next last past following previous preceding ensuing coming subsequent`)
	answering  = wordSet(`prelude result response retaliation reply return exchange compromise consequence revenge reaction precaution turn`)
	replies    = wordSet(`refused disagreed agreed declined accepted complied objected consented relented`)
	timeUnits  = wordSet(`day days week weeks month months year years decade decades century centuries hour hours morning evening night afternoon season time moment period point summer winter spring autumn`)
	sameTime   = wordSet(`same next following previous preceding ensuing subsequent latter former`)
	places     = wordSet(`in on at for with against from near over by`)
	linkedNoun = wordSet(`of between that which who whose where whom`)
)

// topics are nouns that with "the" stand for what the article is about, whether it
// has called it by that noun or not.
var topics = wordSet(`company firm party group organisation organization team club band city town village region country nation university school college
	book novel film song album show series game match author writer artist player king queen emperor president minister chancellor leader couple pair
	plan programme program project agreement treaty accord deal pact act law bill report study paper proposal declaration statement document
	battle war campaign operation attack siege offensive invasion expedition mission site building bridge museum church castle temple palace
	island archipelago river lake mountain valley species disease virus drug vaccine ship vessel aircraft plane method theory model technique
	institute foundation agency committee commission council board ministry department bank newspaper magazine station network
	event ceremony festival conference summit meeting election vote referendum trial case ruling decision patient participant device machine system
	victim suspect murderer brother sister father mother son daughter wife husband family child man woman boy girl army fleet force troops regime side
	area territory front camp garrison rebellion revolution uprising conflict coup crisis strike project series role position post title tour trip season squad fort fortress capital
	colony settlement railway factory plant verdict crime shooting explosion fire storm flood operation fighting assault advance retreat withdrawal offer order request demand decision`)

// leans finds what in l the card would not explain, from left to right. What is
// shown as other words has been explained already.
func (m *maker) leans(l line, answer []bool) []lean {
	var out []lean
	var before antecedents
	seen := map[string]bool{}
	lead := l.leading()
	if o, ok := m.opening(l, answer); ok {
		out = append(out, o)
		seen[o.head] = true
	}
	for q, i := range l.keep {
		if _, changed := l.swap[i]; changed {
			if !l.p.dated[i] { // "On [5 August 1915] they" tells of nobody
				before = antecedents{true, true, true}
			}
			continue
		}
		if !answer[i] && !l.quoted(q) {
			known := before
			if l.behindLead(q) || l.object(q) {
				known = antecedents{} // "At 300 m, it": the height is not it; "Poisson asked him"
			}
			if q < lead.end {
				known = antecedents{before.named || lead.named, before.noun || lead.noun, before.plural || lead.plural}
			}
			if s, ok := m.leanAt(l, q, known); ok && (s.sort != leanDefinite || !seen[s.head]) {
				out = append(out, s)
			}
		}
		before.see(l.p, i)
		if l.p.noun(i) && !l.p.dated[i] {
			seen[singular(l.p.lower(i))] = true
		}
	}
	return out
}

func (m *maker) leanAt(l line, q int, known antecedents) (lean, bool) {
	i := l.keep[q]
	w, tag := l.p.lower(i), l.p.tag(i)
	switch {
	case strings.HasPrefix(tag, "PRP"):
		switch {
		case speakers[w]:
			return lean{at: q, sort: leanSpeaker}, true
		case persons[w] && !known.named:
			return lean{at: q, sort: leanPerson}, true
		case things[w] && (!known.noun || several[w] && !known.plural) && !l.expletive(q):
			return lean{at: q, sort: leanThing}, true
		}
	case tag == "DT" && w == "the":
		if last, ok := l.definite(q); ok {
			head := singular(l.p.lower(l.keep[last]))
			if topics[head] || m.metBefore(head, l.p.index) {
				return lean{q, leanDefinite, head, last}, true
			}
			if timeUnits[l.p.lower(l.keep[last])] && sameTime[l.p.lower(l.keep[q+1])] {
				return lean{at: q, sort: leanMoment}, true
			}
		}
		if l.word(q+1) == "weekend" && !l.nearDate(q) {
			return lean{at: q, sort: leanMoment}, true
		}
		if l.word(q+1) == "same" && timeUnits[l.word(q+2)] && l.word(q+3) != "as" && !l.p.dated[i] {
			return lean{at: q, sort: leanMoment}, true
		}
		if q == 0 && orders[l.word(1)] && (l.word(2) == "," || len(l.keep) > 2 && l.p.finite(l.keep[2])) {
			return lean{at: q, sort: leanPointing}, true // "The first, an attack, failed"
		}
		if next := l.word(q + 1); (next == "former" || next == "latter") && (q+2 >= len(l.keep) || !l.p.opens(l.keep[q+2])) || next == "two" && !l.pairBefore(q) || next == "others" {
			return lean{at: q, sort: leanPointing}, true
		}
	case w == "this" && ownWork[l.word(q+1)]:
		return lean{at: q, sort: leanSpeaker}, true
	case tag == "DT" && (w == "this" || w == "that" || w == "these" || w == "those") && (w != "those" || !l.described(q+1)) && !l.repeats(q),
		w == "such" && l.word(q+1) != "as" && tag != "IN",
		(w == "there" || w == "here") && tag == "RB", (w == "nearby" || w == "elsewhere") && q == 0,
		w == "both" && q > 0 && q+1 < len(l.keep) && l.p.tag(l.keep[q+1]) == "NNS" && !l.pairBefore(q) && l.word(q+2) != "and",
		(w == "another" || w == "others" || w == "both" && tag == "DT") && q == 0,
		w == "aforementioned":
		return lean{at: q, sort: leanPointing}, true
	case (deictic[w] || weekdays[w] && q > 0 && l.word(q-1) == "on") && !l.p.dated[i] && !l.nearDate(q), (w == "now" || w == "currently") && (l.word(q-1) == "is" || l.word(q-1) == "are"):
		return lean{at: q, sort: leanMoment}, true
	case stretches[w] && tag != "VB" && l.stretch(q):
		return lean{at: q, sort: leanMoment}, true
	case answering[w] && l.answers(q):
		return lean{at: q, sort: leanPointing}, true
	case replies[w] && l.p.finite(i) && l.bare(q):
		return lean{at: q, sort: leanPointing}, true
	case moments[w] && strings.HasPrefix(tag, "RB") && !l.p.dated[i] && (q == 0 || !l.anchored(q)) && (w != "then" || l.word(q-1) != "and"):
		return lean{at: q, sort: leanMoment}, true
	}
	return lean{}, false
}

// opening finds the common noun that l opens with as if it were known: "The withdrawal
// began", "The only condition is". What the card is about is told by the text before.
func (m *maker) opening(l line, answer []bool) (lean, bool) {
	if l.p.index == 0 || len(l.keep) < 3 || l.word(0) != "the" || l.p.tag(l.keep[0]) != "DT" {
		return lean{}, false
	}
	if _, changed := l.swap[l.keep[0]]; changed {
		return lean{}, false
	}
	last := -1
	for q := 1; q < len(l.keep) && q < 6; q++ {
		i := l.keep[q]
		_, changed := l.swap[i]
		switch tag := l.p.tag(i); {
		case q == 1 && strings.HasPrefix(tag, "NN") && bodies[l.p.lower(i)] && l.p.finite(l.keep[2]) && !answer[i] && !changed:
			return lean{0, leanOpening, singular(l.p.lower(i)), 1}, true // "The Assembly set"
		case answer[i] || changed || l.p.named[i] || l.p.dated[i] || isUpper(l.p.tokens[i].Form) || demonym(l.p.tokens[i].Form) || tag == "JJS" || tag == "RBS":
			return lean{}, false
		case tag == "NN" || tag == "NNS" || orders[l.p.lower(i)]:
			last = q
		case l.p.finite(i) && last > 0:
			head := singular(l.p.lower(l.keep[last]))
			return lean{0, leanOpening, head, last}, !lone[head]
		case tag != "JJ" && tag != "JJR" && tag != "CD" && tag != "$" && tag != "HYPH" && tag != "VBN" && tag != "VBG" && tag != "RB":
			return lean{}, false
		}
	}
	return lean{}, false
}

// stretch reports whether the word at q counts a time from one that the line does not
// name: "the next few months", "last week".
func (l line) stretch(q int) bool {
	for k := q + 1; k < len(l.keep) && k <= q+2; k++ {
		if l.p.dated[l.keep[k]] || l.p.dated[l.keep[q]] {
			return false
		}
		if w := l.word(k); timeUnits[w] && w != "moment" && w != "time" && w != "point" && w != "day" {
			return !l.nearDate(q) && l.word(k+1) != "of"
		}
	}
	return false
}

// answers reports whether the noun at q says that something follows from what is not
// said: "as a prelude.", "in response,".
func (l line) answers(q int) bool {
	before := l.word(q - 1)
	if before != "in" && (before != "a" || l.word(q-2) != "as") {
		return false
	}
	next := l.word(q + 1)
	return next != "to" && next != "of" && next != "for" && next != "with"
}

// bare reports whether the verb at q says nothing of what it is about: "disagreed, and".
func (l line) bare(q int) bool {
	next := l.word(q + 1)
	return next == "," || next == "." || next == ";" || next == "and" || next == "but" || next == "" && q+1 >= len(l.keep)
}

// repeats reports whether the noun behind the word at q stands in the line before: "made
// experiments with venom and saw dogs immune to this venom".
func (l line) repeats(q int) bool {
	if q+1 >= len(l.keep) || !l.p.noun(l.keep[q+1]) || q+2 < len(l.keep) && l.p.noun(l.keep[q+2]) {
		return false
	}
	head := singular(l.word(q + 1))
	for _, i := range l.keep[:q] {
		if l.p.noun(i) && singular(l.p.lower(i)) == head {
			return true
		}
	}
	return false
}

// described reports whether what stands at q says which are meant: "those who", "those
// involving".
func (l line) described(q int) bool {
	if q >= len(l.keep) {
		return false
	}
	switch l.p.tag(l.keep[q]) {
	case "WP", "WDT", "VBG", "VBN", "IN":
		return true
	}
	return false
}

// pairBefore reports whether two things have been joined by "and" before q.
func (l line) pairBefore(q int) bool {
	for _, i := range l.keep[:q] {
		if l.p.lower(i) == "and" {
			return true
		}
	}
	return false
}

// nearDate reports whether a date stands within two words of q: "on Monday, 12 May".
func (l line) nearDate(q int) bool {
	for k := max(0, q-2); k < len(l.keep) && k <= q+2; k++ {
		if l.p.dated[l.keep[k]] {
			return true
		}
	}
	return false
}

// anchored reports whether the time word at q has its anchor beside it: "later than
// 1956", "earlier in 2014", "no later than May".
func (l line) anchored(q int) bool {
	for k := q + 1; k < len(l.keep) && k <= q+3; k++ {
		if l.p.dated[l.keep[k]] || l.word(k) == "than" {
			return true
		}
	}
	if l.p.dated[l.keep[q-1]] {
		return true
	}
	w := l.word(q)
	return w != "ago" && (w == "later" || w == "soon" || w == "now" || w == "today") && !timeUnits[l.word(q-1)] && q > 1
}

// word is the word at position q of l, in lower case; "" beyond its ends.
func (l line) word(q int) string {
	if q < 0 || q >= len(l.keep) {
		return ""
	}
	return l.p.lower(l.keep[q])
}

// expletive reports whether the "it" at q stands for nothing: "it is likely that".
func (l line) expletive(q int) bool {
	if l.word(q) != "it" {
		return false
	}
	if w := l.word(q + 2); (l.word(q+1) == "was" || l.word(q+1) == "is") && (w == "only" || w == "not" || l.p.tag(l.keep[min(q+2, len(l.keep)-1)]) == "IN") {
		return true // "It was only in 2022 that ..."
	}
	be, told := false, false
	for k := q + 1; k < len(l.keep) && k < q+8; k++ {
		switch w := l.word(k); {
		case w == "is" || w == "was" || w == "be" || w == "been" || w == "seems" || w == "appears" || w == "became":
			be = true
		case strings.HasPrefix(l.p.tag(l.keep[k]), "JJ") || l.p.tag(l.keep[k]) == "VBN":
			told = be
		case w == "that" || w == "to" || w == "for":
			return be && told
		}
	}
	return false
}

// bodies are institutions and offices that a text calls by their common noun, with a
// capital letter, once it has named them.
var bodies = wordSet(`assembly king queen emperor empress court convention parliament commission committee council party company university ministry department church senate congress board agency association
	society club bank army navy crown tsar pope president directory league union chancellor duke prince general academy institute foundation authority republic college school`)

// lone are nouns of which there is but one: "the sun".
var lone = wordSet(`sun moon earth sky universe world equator internet web public government economy weather climate brain heart body euro dollar pound human`)

var orders = wordSet(`first second third fourth fifth last only same sole main`)

// definite reports whether "the" at q opens a noun phrase of common words that
// nothing behind it makes definite, and where its noun stands.
func (l line) definite(q int) (last int, ok bool) {
	last = -1
	k := q + 1
scan:
	for ; k < len(l.keep); k++ {
		i := l.keep[k]
		tag := l.p.tag(i)
		switch {
		case l.p.named[i] || strings.HasPrefix(tag, "NNP") || isUpper(l.p.tokens[i].Form) || tag == "JJS" || tag == "RBS" || orders[l.p.lower(i)] || l.p.dated[i] && last < 0:
			return 0, false
		case tag == "NN" || tag == "NNS":
			last = k
		case tag == "JJ" || tag == "JJR" || tag == "CD" || tag == "$" || tag == "HYPH" || tag == "VBN" && last < 0 || tag == "VBG" && last < 0:
		default:
			break scan
		}
	}
	if last < 0 || linkedNoun[l.word(last+1)] || l.participle(last+1) {
		return 0, false
	}
	if k < len(l.keep) && l.word(last+1) == "to" && l.p.tag(l.keep[min(last+2, len(l.keep)-1)]) == "VB" {
		return 0, false
	}
	if places[l.word(last+1)] && (l.upper(last+2) || l.word(last+2) == "the" && l.upper(last+3)) {
		return 0, false // "the war in Ukraine"
	}
	if l.p.parsed {
		for _, i := range l.keep[last+1:] {
			if l.p.head(i) == l.keep[last] && strings.HasPrefix(l.p.tokens[i].Rel, "acl") || l.p.head(i) == l.keep[last] && l.p.tokens[i].Rel == "nmod" && l.p.tokens[i].Votes >= agreed {
				return 0, false
			}
		}
	}
	return last, true
}

// participle reports whether what stands at q says of the noun before it what was done to
// it: "the documents signed aboard the ship".
func (l line) participle(q int) bool {
	if q < len(l.keep) && l.p.tag(l.keep[q]) == "RB" {
		q++
	}
	return q+1 < len(l.keep) && l.p.tag(l.keep[q]) == "VBN" && (l.p.tag(l.keep[q+1]) == "IN" || l.p.tag(l.keep[q+1]) == "TO")
}

// upper reports whether the word at position q of l begins with a capital.
func (l line) upper(q int) bool {
	return q >= 0 && q < len(l.keep) && isUpper(l.p.tokens[l.keep[q]].Form)
}

// singular is the singular of a noun in lower case.
func singular(w string) string { return english.Singular(w) }

// metBefore reports whether the text has used the noun in the sentences before
// index, so that "the" points back to it, or has it in the title.
func (m *maker) metBefore(head string, index int) bool {
	for _, k := range m.nouns[head] {
		if k < index && k >= index-8 {
			return true
		}
	}
	return m.back.title[head]
}
