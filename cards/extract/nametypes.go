package extract

import "strings"

var workNouns = set(`song single novel book film movie album poem essay article story play painting musical opera paper hymn ballad titled entitled episode game series column speech lecture track cover novella`)

// quotedType is the type of a name in quotation marks.
func (r *reader) quotedType(n nameSpan) (string, bool) {
	for k := max(0, n.first-5); k < n.first-1; k++ {
		if workNouns[r.low[k]] {
			return work, true
		}
	}
	if typ := headTypes[r.low[n.last]]; typ != "" {
		return typ, true
	}
	if r.at(n.last+2) == "is" || workNouns[r.at(n.last+2)] {
		return work, false
	}
	return thing, false
}

// ownType is the type that the words of a name give it, and whether they are sure.
func (r *reader) ownType(n nameSpan) (string, bool) {
	whole := r.form(n.first, n.last)
	if n.title >= 0 {
		return person, true
	}
	if typ := gazetteer()[whole]; typ != "" {
		return typ, true
	}
	if styles[r.low[n.first]] && n.first < n.last && r.stylesPerson(n) {
		return person, true
	}
	head := n.last
	for k := n.first + 1; k < n.last; k++ { // the head of "X of Y" is X
		if w := r.low[k]; w == "of" || w == "for" || w == "on" || w == "against" {
			head = k - 1
			break
		}
	}
	for head > n.first && (isDigit(r.low[head]) || romanNumeral(r.low[head])) {
		head--
	}
	switch last := r.low[n.last]; {
	case last == "front" && n.first < n.last && (compassAdjectives[r.low[n.first]]):
		return place, true // "the Western Front"
	case head < n.last && (last == "army" || last == "navy" || last == "government" || last == "party" || last == "police"):
		return organisation, true // "Republic of Korea Army"
	case n.first+1 < n.last && headTypes[r.low[n.first]] != "" && foreignOf[r.low[n.first+1]]:
		return headTypes[r.low[n.first]], true // "Plan de Ayala"
	}
	typ := headTypes[r.low[head]]
	given := givenNames[r.low[n.first]] && n.first < n.last
	switch {
	case given && n.last-n.first <= 3 && (typ == "" || typ == thing || typ == work || surnames[r.low[head]]) && head == n.last && !r.linked(n.first, n.last):
		return person, false
	case typ != "" && (n.first < n.last || !surnames[r.low[head]] && len(r.low[head]) > 4):
		return typ, n.first < n.last
	case (r.low[n.first] == "mount" || r.low[n.first] == "lake" || r.low[n.first] == "cape" || r.low[n.first] == "fort" || r.low[n.first] == "port") && n.first < n.last:
		return place, true
	case given:
		return person, false
	case n.first < n.last && gazetteer()[r.Tokens[n.last].Norm] == country:
		return place, true
	case n.first < n.last && gazetteer()[r.Tokens[n.last].Norm] == place:
		return place, false
	}
	return r.initials(n)
}

var (
	compassAdjectives = set(`western eastern northern southern italian russian balkan home`)
	foreignOf         = set(`de du des del di da`)
)

// surnames are head words that are family names too.
var surnames = set(`hill banks park rivers lake lakes bridges church house west field hall wall star page day king bishop march law stone cave marshall ford price post dean mason mills gates woods fields brooks bush rice wells cross temple castle young long french england ireland guard`)

// stylesPerson reports whether a style begins a person's name, not a place's:
// "Queen Victoria", but "King's Cross", "Saint Petersburg", "Prince Edward Island".
func (r *reader) stylesPerson(n nameSpan) bool {
	typ := headTypes[r.low[n.last]]
	if r.low[n.first] == "st" || r.low[n.first] == "st." || r.low[n.first] == "saint" {
		return givenNames[r.low[n.first+1]] && typ == ""
	}
	return (typ == "" || surnames[r.low[n.last]] || r.linked(n.first, n.last)) && !possessive(r.low[n.first+1])
}

// initials: "J. R. R. Tolkien" and "Donald J. Trump" are persons.
func (r *reader) initials(n nameSpan) (string, bool) {
	for k := n.first; k < n.last; k++ {
		if w := r.low[k]; len(w) == 2 && w[1] == '.' {
			return person, true
		}
	}
	if w := r.low[n.last]; n.first < n.last && (w == "jr." || w == "jr" || w == "sr.") {
		return person, true
	}
	return "", false
}

func romanNumeral(w string) bool {
	return w != "" && strings.Trim(w, "ivx") == "" && len(w) < 6
}
