package extract

import "recto/cards"

// lives finds whose birth and death dates are told: "Marie Curie (1867-1934)",
// "born on 7 November 1867". It writes the person into About of the date's fact,
// and "life", "birth" or "death" into its Type.
func (r *reader) lives(known *dossier, dates []Fact) {
	for k := range dates {
		f := &dates[k]
		if f.Index != r.index || f.About.Len() > 0 {
			continue
		}
		i := r.tokenAt(f.Span.Start)
		if i < 0 {
			continue
		}
		typ, holder := r.life(i, r.tokenAt(f.Span.End-1), known, f.Value)
		if holder.Len() > 0 {
			f.Type, f.About = typ, holder
		}
	}
}

// life is whom the date of the tokens from i to j belongs to, and how.
func (r *reader) life(i, j int, known *dossier, value string) (string, cards.Span) {
	if r.inside[i] > 0 {
		open := i
		for open > 0 && r.low[open] != "(" && r.low[open] != "[" {
			open--
		}
		holder, ok := r.personBefore(open, known)
		if !ok {
			return "", cards.Span{}
		}
		switch p := r.at(i - 1); {
		case p == "born" || p == "b." || p == "b" || p == "in" && r.at(i-2) == "born" || p == "on" && r.at(i-2) == "born":
			return "birth", holder
		case p == "died" || p == "d." || p == "d" || p == "†" || p == "death":
			return "death", holder
		case isRange(value) && i == open+1 && r.at(j+1) == ")":
			return "life", holder
		case i == open+1 && dash(r.at(j+1)) && r.word(j+2) || i == open+1 && dash(r.at(j+1)) && isDigit(r.at(j+2)):
			return "birth", holder
		case dash(r.at(i-1)) && r.at(j+1) == ")" && r.dated[open+1]:
			return "death", holder
		}
		return "", cards.Span{}
	}
	for k := i - 1; k >= 0 && k >= i-7; k-- {
		typ := ""
		switch r.low[k] {
		case "born":
			typ = "birth"
		case "died":
			typ = "death"
		default:
			if clauseStops[r.low[k]] && r.low[k] != "," {
				break
			}
			continue
		}
		if holder, ok := r.personBefore(k, known); ok && r.at(k-1) != "to" {
			return typ, holder
		}
		break
	}
	return "", cards.Span{}
}

func isRange(value string) bool {
	for _, c := range value {
		if c == '/' {
			return true
		}
	}
	return false
}

// personBefore is the person named right before token i, but for an auxiliary, a
// comma or a bracket.
func (r *reader) personBefore(i int, known *dossier) (cards.Span, bool) {
	k := i - 1
	for k >= 0 && (auxiliaries[r.low[k]] || r.low[k] == "," || r.low[k] == "(" || r.low[k] == "who") {
		k--
	}
	for _, n := range r.names {
		if n.last == k && known.typeOf(r, n) == person {
			return r.span(n.first, n.last), true
		}
	}
	return cards.Span{}, false
}
