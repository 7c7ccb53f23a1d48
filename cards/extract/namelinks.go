package extract

import "strings"

// extend is the last token of the name that begins at i.
func (r *reader) extend(i int, known *dossier) int {
	j := i
	for j-i < 24 {
		k := r.step(i, j, known)
		if k <= j {
			return j
		}
		j = k
	}
	return j
}

// step is the token up to which the name from i to j goes on; j if it ends there.
func (r *reader) step(i, j int, known *dossier) int {
	k := j + 1
	if k >= len(r.Tokens) {
		return j
	}
	w := r.low[k]
	next := func(n int) bool { return r.proper(n, known) && !coded(r.Tokens[n].Norm) }
	switch {
	case next(k) && r.together(j, k):
		return k
	case hyphen(w) && r.tight(j) && r.tight(k) && (next(k+1) || r.capital(k+1)):
		return k + 1
	case particles[w] && hyphen(r.at(k+1)) && next(k+2):
		return k + 2
	case r.elect(j) && next(k+2):
		return k + 2
	case w == "&" && next(k+1):
		return k + 1
	case w == "the" && epithets[r.at(k+1)] && r.capital(k+1) && r.together(j, k):
		return k + 1 // "Peter the Great"
	case (w == "i" || w == "ii" || w == "iii" || w == "iv" || w == "vi" || w == "vii" || w == "viii") && r.capital(k) && r.together(j, k) && !r.opens(j) && givenNames[r.low[j]] && !r.capital(k+1):
		return k // "Tsar Aleksei I"
	case particles[w] && (next(k+1) || particles[r.at(k+1)] && next(k+2)) && (w != "la" || i < j):
		if next(k + 1) {
			return k + 1
		}
		return k + 2
	case possessive(w) && next(k+1) && (i == j && lordly[r.low[j]] || headTypes[r.at(k+1)] != "" && needsPossessive[r.low[j]]):
		return k + 1
	case possessive(w) && next(k+1) && r.together(k, k+1) && landmarks[r.at(k+1)] && !r.capital(k+2) && i == j && gazetteer()[r.Tokens[j].Norm] == "":
		return k + 1 // "Sayler's Creek"
	case w == "'s" && next(k+1) && r.low[j] == "people":
		return k + 1
	case isDigit(w) && !r.held[k] && r.together(j, k):
		return r.numberStep(j, k, known)
	}
	return r.linkStep(i, j, known)
}

// landmarks are the last words of places that are called after somebody.
var landmarks = set(`creek heights hill ridge farm bluff landing mill crossroads ferry gap run wharf wood court station church cross`)

// epithets are what rulers are called behind their names.
var epithets = set(`great elder younger fair bald bold terrible conqueror magnificent wise pious lionheart confessor unready`)

var lordly = set(`people st. saint mcdonald alzheimer parkinson halley murphy king queen women men children`)

var needsPossessive = set(`people workers women men king queen children farmers`)

var particles = set(`de des la von van der du al bin ibn del di da le el dos das den ter ten zu af av`)

// together reports whether only white space of a line stands between j and k.
func (r *reader) together(j, k int) bool {
	return r.Tokens[k].Start-r.Tokens[j].End <= 1
}

// numberStep takes a number into a name: "Arctic LNG 2", "NATO 2022 Strategic Concept".
func (r *reader) numberStep(j, k int, known *dossier) int {
	w := r.low[k]
	if len(w) == 4 && r.dated[k] {
		if r.proper(k+1, known) && !months[r.low[j]] && !function(r.low[j]) {
			return k + 1
		}
		return j
	}
	if _, ok := numeral(w); !ok || r.dated[k] || months[r.low[j]] || strings.ContainsAny(w, ",.") {
		return j
	}
	if r.at(k+1) == "%" || len(w) > 4 || gazetteer()[r.Tokens[j].Norm] == country {
		return j
	}
	return k
}

// linkStep takes "of", "for", "on" and "and" with what follows into a name.
func (r *reader) linkStep(i, j int, known *dossier) int {
	k := j + 1
	w, head := r.low[k], r.low[j]
	to := k + 1
	if w := r.at(to); w == "the" || r.low[k] == "of" && (w == "a" || w == "an") && i == j {
		to++
	}
	if to >= len(r.Tokens) || !r.proper(to, known) || coded(r.Tokens[to].Norm) {
		return j
	}
	form := r.Tokens[to].Norm
	switch w {
	case "of":
		if r.takesOf(i, j, to, form) {
			return to
		}
	case "for":
		if forHeads[head] {
			return to
		}
	case "on":
		if onHeads[head] {
			return to
		}
	case "and":
		if to != k+1 {
			return j
		}
		if r.linked(i, j) && subjects[r.low[to]] && !lastWords[r.at(to+1)] || i < j && r.capital(to+1) && lastWords[r.at(to+1)] && !lastWords[head] && headTypes[head] == "" && subjects[r.low[to]] {
			return to
		}
		if i < j && lastWords[r.at(to+1)] && r.capital(to+1) && headTypes[head] == "" && gazetteer()[form] == "" && !demonyms[r.low[to]] {
			return to
		}
	}
	return j
}

// takesOf reports whether the name from i to j needs the "of" that follows.
func (r *reader) takesOf(i, j, to int, form string) bool {
	head := r.low[j]
	typ := headTypes[head]
	known := gazetteer()[form]
	switch {
	case demonyms[r.low[to]] && !r.capital(to+1) && !givenNames[r.low[to]] && known == "": // "of the Nigerian army"
		return false
	case demonyms[head] || gazetteer()[r.Tokens[j].Norm] == country && j == i, givenNames[head] && typ == "" && !needsOf[head]:
		return false
	case needsOf[head] || styles[head] || lordly[head]:
		return !titleWords[head] || styles[head] || known != country && !demonyms[r.low[to]]
	case titleWords[head] || roleNouns[head]:
		return false
	case r.linked(i, j):
		return known != country || typ == organisation
	case known == country || known == city || known == place:
		return typ == organisation && i < j && head != "university" || typ == event && i == j
	}
	return typ != "" || i == j && !r.opens(i) && known == "" && gazetteer()[r.Tokens[j].Norm] == ""
}

// linked reports whether a linking word stands in the name from i to j.
func (r *reader) linked(i, j int) bool {
	for k := i + 1; k < j; k++ {
		switch r.low[k] {
		case "of", "for", "on":
			return true
		}
	}
	return false
}
