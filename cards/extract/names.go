package extract

import (
	"strings"

	"recto/cards"
	"recto/cards/english"
)

// nameSpan is a run of tokens that is a name. The title of a person stands before
// it and is no part of it.
type nameSpan struct {
	first, last int    // tokens, both inclusive
	title       int    // first token of the title; -1 if there is none
	typ         string // what the run itself says, "" if it says nothing
	sure        bool   // the type comes from the run or its title, not from a list of given names
	work        bool   // it stands in quotation marks
}

// chunk finds the names of the sentence: runs of capitalised tokens with the small
// words that join them, and short names in quotation marks.
func (r *reader) chunk(known *dossier) []nameSpan {
	var out []nameSpan
	for i := 0; i < len(r.Tokens); {
		if q, end := r.quotedName(i); end > i {
			out = append(out, q)
			i = end
			continue
		}
		if !r.proper(i, known) {
			i++
			continue
		}
		j := r.extend(i, known)
		if n, ok := r.named(i, j, known); ok {
			out = append(out, n...)
		}
		i = j + 1
	}
	return out
}

// proper reports whether the token at i may begin or go on a name.
func (r *reader) proper(i int, known *dossier) bool {
	if i >= len(r.Tokens) || r.held[i] || r.dated[i] {
		return false
	}
	w := r.low[i]
	if !r.capital(i) {
		return coded(r.Tokens[i].Norm)
	}
	if notNames[w] && (!titleWords[w] || !r.capital(i+1)) || len(w) == 1 && !r.initial(i) {
		return false
	}
	if !r.opens(i) && !r.afterStop(i) {
		if w == "us" || w == "who" {
			return allCapitals(r.Tokens[i].Norm)
		}
		common := openers[w] && !r.capital(i+1) && !r.hyphenated(i) && (!r.capital(i-1) || r.opens(i-1)) && (!possessive(r.at(i+1)) || !lordly[w])
		return (!function(w) || r.hyphenated(i)) && !common && !daysOfWeek[w] && !months[w]
	}
	return r.opening(i, known)
}

// afterStop reports whether i follows a colon or opens a quotation, where a capital
// letter says little.
func (r *reader) afterStop(i int) bool {
	p := r.at(i - 1)
	return p == ":" || p == "“" || p == "\"" && i > 0 && !r.Tokens[i-1].SpaceAfter && (i < 2 || r.Tokens[i-2].SpaceAfter)
}

// coded reports names such as "2+2" and "iPhone".
func coded(s string) bool {
	if len(s) >= 3 && isDigit(s) && strings.Contains(s, "+") && isDigit(s[len(s)-1:]) {
		return true
	}
	return len(s) > 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'A' && s[1] <= 'Z' && len(s) > 3
}

// initial reports whether the single letter at i is a person's initial or a numeral.
func (r *reader) initial(i int) bool {
	return r.capital(i-1) && !r.opens(i-1) && r.low[i] != "i" || r.capital(i-1) && r.capital(i+1) || r.low[i] == "v" && r.capital(i-1)
}

// opening reports whether the first word of a sentence is a name: because the
// article writes it with a capital elsewhere, a list knows it, or the tagger says so.
func (r *reader) opening(i int, known *dossier) bool {
	w, form := r.low[i], r.Tokens[i].Norm
	if function(w) || w == "there" {
		return false
	}
	if known.upper[form] > 0 && known.upper[form] >= known.lower[w] {
		return true
	}
	if openers[w] && !r.capital(i+1) && !r.hyphenated(i) {
		return false
	}
	if gazetteer()[form] != "" || givenNames[w] || allCapitals(form) || demonyms[w] && !openers[w] {
		return true
	}
	if len(w) == 2 && w[1] == '.' && r.capital(i+1) {
		return true // "J. R. R. Tolkien"
	}
	if isDigit(r.at(i+1)) && !labelWords[w] && (strings.HasPrefix(r.tag(i), "NN") || r.tag(i) == "UH") && known.lower[w] == 0 {
		return true // "Apollo 11"
	}
	if r.defined(i) {
		return false // "Photosynthesis is a process"
	}
	if r.tagged {
		return strings.HasPrefix(r.tag(i), "NNP") && known.lower[w] == 0 || titleWords[w] && (r.capital(i+1) || r.elect(i)) || r.hyphenated(i)
	}
	next := i + 1
	if hyphen(r.at(next)) && r.tight(i) {
		return r.hyphenated(i)
	}
	if r.capital(next) && !function(r.at(next)) && !months[r.at(next)] && !daysOfWeek[r.at(next)] {
		return !openers[w] || titleWords[w] || headTypes[r.at(next)] != ""
	}
	if headTypes[w] != "" || titleWords[w] || roleNouns[w] || pluralForm(w) || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || adverbial(w) {
		return false
	}
	return known.lower[w] == 0 && (possessive(r.at(next)) || finitePast(r.at(next)))
}

func finitePast(w string) bool {
	return pastForms[w] || auxiliaries[w] && w != "being" || len(w) > 4 && strings.HasSuffix(w, "ed")
}

func allCapitals(s string) bool {
	n := 0
	for _, c := range s {
		if c >= 'a' && c <= 'z' {
			return false
		}
		if c >= 'A' && c <= 'Z' {
			n++
		}
	}
	return n > 1
}

// named makes names of the run from i to j: titles and articles come off, two
// countries joined by a hyphen come apart, demonyms alone are none.
func (r *reader) named(i, j int, known *dossier) ([]nameSpan, bool) {
	for i <= j && (function(r.low[i]) && !r.hyphenated(i) && r.Tokens[i].Norm != "US" && r.Tokens[i].Norm != "WHO" || openers[r.low[i]] && i < j && r.opens(i) && !r.hyphenated(i) && known.upper[r.Tokens[i].Norm] == 0 && headTypes[r.at(i+1)] == "") {
		i++
	}
	if i > j {
		return nil, false
	}
	for k := i + 1; k < j; k++ { // "Japan-Russia relations"
		if hyphen(r.low[k]) && r.pairedNations(k) && !r.capital(j+1) && (j == k+1 || gazetteer()[r.form(k+1, j)] == country) {
			a, okA := r.named(i, k-1, known)
			b, okB := r.named(k+1, j, known)
			return append(a, b...), okA || okB
		}
	}
	if i == j && bareSeasons[r.low[i]] && !gazetteerHas(r.Tokens[i].Norm) {
		return nil, false // "the navy in Spring"
	}
	if i+1 < j && sides[r.low[i]] && (givenNames[r.low[i+1]] || titleWords[r.low[i+1]] || titleWords[strings.TrimSuffix(r.low[i+1], "s")]) && headTypes[r.low[j]] == "" {
		i++ // "Communist Ho Chi Minh"
	}
	n := nameSpan{first: i, last: j, title: -1}
	n = r.untitle(n)
	i = n.first
	if i > j || i == j && (titleWords[r.low[i]] || styles[r.low[i]] || honorifics[r.low[i]]) && n.title < 0 && !gazetteerHas(r.Tokens[i].Norm) {
		return nil, false
	}
	if minor := r.at(j + 1); minorHeads[minor] && !demonyms[r.low[j]] && gazetteer()[r.form(i, j)] != country && n.title < 0 {
		if headTypes[r.low[j]] == "" || headTypes[r.low[j]] == organisation {
			n.last = j + 1
		}
	}
	if n.first == n.last && n.title < 0 && (labelWords[r.low[i]] && isDigit(r.at(i+1)) || r.tag(i) == "JJ" && !gazetteerHas(r.Tokens[i].Norm)) {
		return nil, false // "Figure 1.2", "Mesoamerican"
	}
	if n.first == n.last && n.title < 0 && headTypes[r.low[i]] != "" && !gazetteerHas(r.Tokens[i].Norm) && !known.lone(r.Tokens[i].Norm) {
		return nil, false // "the Treaty"
	}
	if n.first == n.last && n.title < 0 && (demonyms[r.low[i]] || openers[r.low[i]]) && !gazetteerHas(r.Tokens[i].Norm) {
		return nil, false
	}
	if i < j && n.title < 0 && demonyms[r.low[j]] && (demonyms[r.low[i]] || compassNames[r.low[i]]) && i+1 == j && !gazetteerHas(r.form(i, j)) {
		return nil, false // "South Vietnamese"
	}
	if j+1 < len(r.Tokens) && hyphen(r.low[j+1]) && r.tight(j) && r.tight(j+1) && !r.capital(j+2) && r.word(j+2) && (i == j || demonyms[r.low[j]]) && n.title < 0 {
		return nil, false // "US-based"
	}
	if n.last == n.first+2 && hyphen(r.low[n.first+1]) && demonyms[r.low[n.last]] {
		return nil, false // "Anglo-American"
	}
	n.typ, n.sure = r.ownType(n)
	if n.typ == organisation && n.first > 0 && unitNumber(r.low[n.first-1]) && headTypes[r.low[n.last]] == organisation && r.together(n.first-1, n.first) {
		n.first-- // "the 1st Infantry Division"
		r.held[n.first] = false
	}
	return []nameSpan{n}, true
}

var compassNames = set(`north south east west northern southern eastern western central`)

// sides are parties and beliefs that stand before the names of persons.
var sides = set(`communist confederate union republican nationalist democratic democrat loyalist royalist conservative labour liberal federalist patriot carthaginian bolshevik nazi fascist rebel`)

var bareSeasons = set(`spring summer autumn winter`)

// unitNumber reports whether w numbers a body of troops: "1st", "22nd".
func unitNumber(w string) bool {
	digits := strings.TrimRight(w, "stndrh")
	return len(w) > len(digits)+1 && len(digits) < 4 && isDigit(digits) && digits != ""
}

func gazetteerHas(s string) bool { return gazetteer()[s] != "" }

// pairedNations reports whether countries or their adjectives stand on both sides
// of the hyphen at k.
func (r *reader) pairedNations(k int) bool {
	nation := func(i int) bool {
		return gazetteer()[r.Tokens[i].Norm] == country || demonyms[r.low[i]] || i+1 < len(r.Tokens) && i > k && gazetteer()[r.form(i, i+1)] == country
	}
	return nation(k-1) && nation(k+1)
}

// untitle takes the title off: "US President-elect" of "US President-elect Donald J. Trump".
func (r *reader) untitle(n nameSpan) nameSpan {
	k := n.first
	nation := k < n.last && (gazetteer()[r.Tokens[k].Norm] == country || demonyms[r.low[k]])
	if nation && (titleWords[r.low[k+1]] || titleWords[r.low[k+1]+"-"]) {
		k++
	}
	from := k
	for k < n.last {
		w := r.low[k]
		switch {
		case titleWords[w] || honorifics[w]:
			k++
			if r.elect(k - 1) {
				k += 2
			}
			continue
		case w == "-" && k > from:
			k++
			continue
		}
		break
	}
	if k == from || k > n.last || prepositions[r.low[k]] || conjunctions[r.low[k]] {
		return n
	}
	if headTypes[r.low[n.last]] != "" && n.last-k < 1 && !givenNames[r.low[k]] && n.last > k || r.low[k] == "of" {
		return n
	}
	if n.last == k && (headTypes[r.low[k]] != "" && !givenNames[r.low[k]] || titleWords[r.low[k]]) { // "Prime Minister's Office"
		return n
	}
	if headTypes[r.low[k]] == organisation && n.last > k { // "Major League Baseball"
		return n
	}
	if headTypes[r.low[n.last]] == organisation || headTypes[r.low[n.last]] == place && n.last > k || headTypes[r.low[n.last]] == thing && n.last > k {
		return n
	}
	n.title, n.first = n.first, k
	return n
}

// quotedName reads a short name in quotation marks at i: ‘Bastion missile system’.
func (r *reader) quotedName(i int) (nameSpan, int) {
	var closing string
	switch r.low[i] {
	case "‘", "'", "`":
		closing = "'"
	case "“", "\"":
		closing = "\""
	default:
		return nameSpan{}, i
	}
	if i+1 >= len(r.Tokens) || !r.capital(i+1) || r.Tokens[i].SpaceAfter || r.tight(i-1) && i > 0 && r.word(i-1) {
		return nameSpan{}, i
	}
	for k := i + 2; k < len(r.Tokens) && k <= i+7; k++ {
		w := r.low[k]
		if w == closing || w == "’" && closing == "'" || (w == "”" || w == "''") && closing == "\"" {
			last := k - 1
			if p := r.low[last]; p == "," || p == "." {
				last--
			}
			if last <= i || r.verbIn(i+1, last) || r.anyDated(i+1, last+1) || function(r.low[last]) {
				return nameSpan{}, i
			}
			n := nameSpan{first: i + 1, last: last, title: -1, work: true}
			n.typ, n.sure = r.quotedType(n)
			return n, k + 1
		}
		if !r.word(k) && !isDigit(w) && !hyphen(w) && w != "," && w != "." && w != "&" && w != "'s" {
			return nameSpan{}, i
		}
	}
	return nameSpan{}, i
}

func (r *reader) verbIn(i, j int) bool {
	for k := i; k <= j; k++ {
		if auxiliaries[r.low[k]] && !r.capital(k) {
			return true
		}
	}
	return false
}

// people adds the sentence's names as facts, each with the type that the article
// as a whole gives it.
func (r *reader) people(known *dossier) {
	for _, n := range r.names {
		if r.anyHeld(n.first, n.last) {
			continue
		}
		s := r.span(n.first, n.last)
		typ := known.typeOf(r, n)
		r.tell(cards.NameFact, typ, s, r.words(s), cards.Span{})
		r.found[len(r.found)-1].Doubt = n.title < 0 && known.doubts(r.form(n.first, n.last), typ)
	}
	for _, e := range r.Entities {
		if typ := entityType(e); typ != "" && !r.covered(e) && r.capital(e.First) && (!r.opens(e.First) || !r.defined(e.First)) && !function(r.low[e.First]) && !demonyms[r.low[e.Last]] && !r.anyHeld(e.First, e.Last) && !r.anyDated(e.First, e.Last+1) {
			s := r.span(e.First, e.Last)
			r.tell(cards.NameFact, typ, s, r.words(s), cards.Span{})
			r.found[len(r.found)-1].Doubt = typ == person || known.doubts(r.form(e.First, e.Last), typ)
		}
	}
}

func (r *reader) anyHeld(i, j int) bool {
	for ; i <= j; i++ {
		if r.held[i] {
			return true
		}
	}
	return false
}

// covered reports whether a name of the chunker shares a token with e.
func (r *reader) covered(e english.Entity) bool {
	for _, n := range r.names {
		if n.first <= e.Last && e.First <= n.last {
			return true
		}
	}
	return false
}

// entityType is the type of a fact that an entity's type stands for.
func entityType(e english.Entity) string {
	switch e.Type {
	case english.Person:
		return person
	case english.Place:
		return place
	case english.Organization:
		return organisation
	case english.Event:
		return event
	case english.Work:
		return work
	case english.Other:
		return thing
	}
	return ""
}

// hyphenated reports whether the token at i is joined to a capital letter by a hyphen.
func (r *reader) hyphenated(i int) bool {
	return r.tight(i) && hyphen(r.at(i+1)) && r.tight(i+1) && r.capital(i+2)
}

// elect reports whether the title at i goes on with "-elect" or the like.
func (r *reader) elect(i int) bool {
	if i < 0 || i >= len(r.low) || !titleWords[r.low[i]] || !hyphen(r.at(i+1)) {
		return false
	}
	w := r.at(i + 2)
	return w == "elect" || w == "general" || w == "designate"
}

// defined reports whether a sentence that begins with the word at i defines it, as
// one defines a common noun.
func (r *reader) defined(i int) bool {
	a := r.at(i + 2)
	switch r.at(i + 1) {
	case "is", "are", ",":
		return a == "a" || a == "an"
	case "means":
		return true
	case "refers":
		return a == "to"
	}
	return false
}
