package extract

import "strings"

// dossier is what an article as a whole says of its words and names: how often it
// writes a word small, which type a name has.
type dossier struct {
	text  string
	lower map[string]int            // words in lower case, beyond the start of a sentence and not
	upper map[string]int            // words with a capital letter where none is due
	votes map[string]map[string]int // name or surname -> type -> weight
	types map[string]string         // the winners of votes
	full  map[string]string         // surname -> the whole name, of persons
	known map[string]bool           // names that more than the tagger calls a person's
	proof map[[2]string]bool        // a name and a type for which more than the tagger speaks

	expansions map[string]string // acronym -> long form
}

func newDossier(text string, readers []*reader) *dossier {
	k := &dossier{text: text, lower: map[string]int{}, upper: map[string]int{}, votes: map[string]map[string]int{}, types: map[string]string{}, full: map[string]string{}, known: map[string]bool{}, proof: map[[2]string]bool{}, expansions: map[string]string{}}
	for _, r := range readers {
		first := true
		for i, t := range r.Tokens {
			if !r.word(i) {
				continue
			}
			if !r.capital(i) {
				k.lower[r.low[i]]++
			} else if !first && !r.afterStop(i) {
				k.upper[t.Norm]++
			}
			first = false
		}
	}
	return k
}

// place reports whether the gazetteer has name as a place of any kind.
func (k *dossier) place(name string) bool {
	switch gazetteer()[name] {
	case country, city, place:
		return true
	}
	return false
}

func (k *dossier) vote(name, typ string, weight int) {
	if name == "" || typ == "" {
		return
	}
	if k.votes[name] == nil {
		k.votes[name] = map[string]int{}
	}
	k.votes[name][typ] += weight
}

// settle lets every mention of a name vote for its type. A person's surname votes
// with the whole name, so that "Kishida" is who "Fumio Kishida" is.
func (k *dossier) settle(readers []*reader) {
	for _, r := range readers {
		for _, n := range r.names {
			name := r.form(n.first, n.last)
			weight := 2
			if n.sure {
				weight = 6
			}
			k.vote(name, n.typ, weight)
			typ, w := r.context(n)
			k.vote(name, typ, w)
			k.prove(name, n.typ, typ)
			if r.whereabouts(n) {
				k.prove(name, place)
			}
			k.known[name] = k.known[name] || n.title >= 0 || n.typ == person || typ == person
			for _, e := range r.Entities {
				if e.First == n.first && e.Last == n.last || n.first <= e.Last && e.First <= n.last && n.first < n.last && e.First < e.Last {
					k.vote(name, r.collective(n, entityType(e)), 3)
				}
			}
		}
	}
	for name, votes := range k.votes {
		k.types[name] = winner(votes)
	}
	k.shortForms(readers)
	k.neighbours(readers)
	k.surnames(readers)
}

// whereabouts reports whether the words before a name are such as stand before places:
// not enough to call it one, but enough to believe the tagger that does.
func (r *reader) whereabouts(n nameSpan) bool {
	prev := r.at(n.first - 1)
	if prev == "to" && strings.HasPrefix(r.tag(n.first), "VB") {
		return false // "the War to Resist America"
	}
	if w := r.at(n.first - 2); prev == "to" && (w == "according" || w == "due" || w == "thanks" || w == "owing") {
		return false
	}
	if prev == "the" {
		prev = r.at(n.first - 2)
		return placePrepositions[prev] || motions[prev]
	}
	return placePrepositions[prev] || motions[prev] || taken[prev] || r.at(n.last+1) == "fell"
}

var (
	motions = set(`to into toward towards between via through inside within north south east west near around outside reached entered occupied`)
	taken   = set(`capturing captured seized seizing besieged besieging occupying took taking recaptured invaded bombed reaching entering visited`)
)

// prove notes types for which more than the tagger speaks; a country or a city is a place.
func (k *dossier) prove(name string, types ...string) {
	for _, typ := range types {
		if typ != "" {
			k.proof[[2]string{name, typ}] = true
		}
	}
}

// doubts reports whether nothing but the tagger speaks for a name's being a person, a
// place or an organisation.
func (k *dossier) doubts(name, typ string) bool {
	switch typ {
	case person:
		return !k.known[name]
	case place:
		for _, t := range []string{place, city, country} {
			if k.proof[[2]string{name, t}] {
				return false
			}
		}
		return k.expansions[name] == ""
	case organisation:
		return !k.proof[[2]string{name, typ}] && k.expansions[name] == "" && !allCapitals(name)
	}
	return false
}

// collective is the type of a name that the tagger gives typ: "the Allies" are no person.
func (r *reader) collective(n nameSpan, typ string) string {
	if typ != person || r.at(n.first-1) != "the" || n.title >= 0 {
		return typ
	}
	if placePrepositions[r.at(n.first-2)] {
		return place
	}
	return organisation
}

// lone reports whether a word that could be a common noun stands for itself: the
// article writes it with a capital letter and no article, and never small.
func (k *dossier) lone(form string) bool {
	return k.lower[strings.ToLower(form)] == 0 && len(form) > 3 && k.upper[form] > 1 && !strings.Contains(k.text, "the "+form)
}

// shortForms gives the first word of a place or a body to it: "Etorofu" is what
// "Etorofu Island" is.
func (k *dossier) shortForms(readers []*reader) {
	for _, r := range readers {
		for _, n := range r.names {
			if n.first+1 != n.last || !n.sure || n.title >= 0 || headTypes[r.low[n.last]] != n.typ {
				continue
			}
			short := r.Tokens[n.first].Norm
			if k.types[short] != country && (n.typ == place || n.typ == organisation && k.types[short] == "") && len(short) > 3 && !demonyms[r.low[n.first]] && !gazetteerHas(short) {
				if _, said := k.votes[short]; said {
					k.types[short] = n.typ
					k.prove(short, n.typ)
				}
			}
		}
	}
}

// neighbours lets names that are joined by commas and "and" have one type, where
// the article says nothing surer of one of them.
func (k *dossier) neighbours(readers []*reader) {
	for _, r := range readers {
		for from := 0; from < len(r.names); {
			to := from + 1
			for to < len(r.names) && r.joined(r.names[to-1], r.names[to]) {
				to++
			}
			if to-from > 1 {
				k.level(r, r.names[from:to])
			}
			from = to
		}
	}
}

// level gives the weakly typed names of one row the row's type.
func (k *dossier) level(r *reader, row []nameSpan) {
	votes := map[string]int{}
	for _, n := range row {
		name := r.form(n.first, n.last)
		typ := k.types[name]
		if typ == country || typ == city {
			typ = place
		}
		if typ != "" && n.title < 0 {
			votes[typ] += k.votes[name][k.types[name]]
			if n.sure || k.types[name] != winner(k.votes[name]) {
				votes[typ] += 4
			}
		}
	}
	typ := winner(votes)
	if typ == "" || typ == thing {
		return
	}
	for _, n := range row {
		name := r.form(n.first, n.last)
		now := k.types[name]
		if n.title < 0 && !n.sure && now != typ && (typ != place || now != country && now != city) && k.votes[name][now] < 4 && n.typ == "" {
			k.types[name] = typ
			if votes[typ] >= 4 && r.at(n.first-1) != "the" {
				k.prove(name, typ)
			}
		}
	}
}

// joined reports whether only a comma, "and" or "or" stands between two names.
func (r *reader) joined(a, b nameSpan) bool {
	if b.title >= 0 || a.title >= 0 || b.first-a.last > 4 || b.first-a.last < 2 {
		return false
	}
	for k := a.last + 1; k < b.first; k++ {
		if w := r.low[k]; w != "," && w != "and" && w != "or" && w != "the" {
			return false
		}
	}
	return true
}

// order breaks ties among types, the more useful first.
var order = []string{person, country, city, place, organisation, event, work, thing}

func winner(votes map[string]int) string {
	best, most := "", 0
	for _, typ := range order {
		if votes[typ] > most {
			best, most = typ, votes[typ]
		}
	}
	return best
}

// surnames gives the last word of a person's name to that person, unless the
// article knows the word as something else.
func (k *dossier) surnames(readers []*reader) {
	for _, r := range readers {
		for _, n := range r.names {
			name := r.form(n.first, n.last)
			if n.first == n.last || k.types[name] != person {
				continue
			}
			last := n.last
			for last > n.first && (romanNumeral(r.low[last]) || strings.HasPrefix(r.low[last], "jr") || isDigit(r.low[last])) {
				last--
			}
			short := r.Tokens[last].Norm
			if last > n.first && gazetteer()[short] != country && (k.full[short] == "" || len(name) > len(k.full[short])) && !r.linked(n.first, n.last) {
				k.full[short] = name
				k.types[short] = person
				k.known[short] = k.known[short] || k.known[name]
			}
		}
	}
}

// typeOf is the type of a name.
func (k *dossier) typeOf(r *reader, n nameSpan) string {
	name := r.form(n.first, n.last)
	if n.title >= 0 {
		return person
	}
	if long := k.expansions[name]; long != "" {
		words := strings.Fields(strings.ToLower(long))
		if typ := headTypes[words[len(words)-1]]; typ != "" {
			return typ
		}
		return thing
	}
	if typ := k.types[name]; typ != "" {
		return typ
	}
	if n.typ != "" {
		return n.typ
	}
	if allCapitals(name) && len(name) <= 6 && n.first == n.last && !strings.ContainsAny(name, "0123456789") && (r.at(n.first-1) == "the" || possessive(r.at(n.last+1)) || r.finite(n.last+1)) {
		return organisation
	}
	return thing
}

var (
	placePrepositions = set(`in near at from across throughout around outside`)
	personVerbs       = set(`said says wrote writes argued told believed thought married born died studied graduated resigned retired painted composed invented sang starred murmured replied asked explained added recalled published attended moved returned grew visited met`)
	groupVerbs        = set(`announced reported released launched acquired merged hired employs sells`)
)

// context is the type that the words around a name speak for, and how loudly.
func (r *reader) context(n nameSpan) (string, int) {
	next, prev := r.at(n.last+1), r.at(n.first-1)
	switch {
	case personVerbs[next] || next == "was" && (r.at(n.last+2) == "born" || r.at(n.last+2) == "married"), next == "," && r.at(n.last+2) == "who", next == "who":
		return person, 3
	case next == "(" && (r.at(n.last+2) == "born" || r.at(n.last+2) == "b."):
		return person, 4
	case roleNouns[prev] && !r.capital(n.first-1) && n.first < n.last:
		return person, 4
	case groupVerbs[next] && n.first == n.last:
		return organisation, 1
	case prev == "of" && (r.at(n.first-2) == "city" || r.at(n.first-2) == "town" || r.at(n.first-2) == "village"):
		return city, 4
	case prev == "of" && (r.at(n.first-2) == "island" || r.at(n.first-2) == "islands" || r.at(n.first-2) == "province" || r.at(n.first-2) == "region"):
		return place, 4
	case placePrepositions[prev]:
		return place, 1
	case prev == "the" && n.first == n.last:
		return thing, 1
	}
	return "", 0
}
