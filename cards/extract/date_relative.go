package extract

import "recto/cards/edtf"

// relative says where a date lies from another: n units after it, or before it when
// n is negative.
type relative struct {
	unit    edtf.Precision
	n       int
	deictic bool // counted from the day of publication
	weekday int  // 1 to 7, Monday to Sunday: the next such day; 0 for none
	month   int  // the number of a month or season in that year
	about   bool // the count is a round one
}

// unitWord is a unit by which time is counted, as n of a precision.
type unitWord struct {
	unit  edtf.Precision
	n     int
	about bool
}

var unitWords = map[string]unitWord{
	"day": {edtf.Day, 1, false}, "week": {edtf.Day, 7, true}, "fortnight": {edtf.Day, 14, true}, "month": {edtf.Month, 1, false},
	"year": {edtf.Year, 1, false}, "decade": {edtf.Year, 10, true}, "century": {edtf.Year, 100, true},
	"days": {edtf.Day, 1, false}, "weeks": {edtf.Day, 7, true}, "months": {edtf.Month, 1, false},
	"years": {edtf.Year, 1, false}, "decades": {edtf.Year, 10, true}, "centuries": {edtf.Year, 100, true},
}

// related is a relative mention, without what it is counted from.
func relatedTo(first, last int, r relative) mention {
	return mention{first: first, last: last, lacks: itsAnchor, rel: r, value: edtf.Value{Dates: []edtf.Date{{Precision: r.unit, NoYear: true}}}}
}

// relative reads "the following month", "two years later", "yesterday".
func (l *line) relative(i int) (mention, bool) {
	switch l.word(i) {
	case "yesterday":
		return relatedTo(i, i, relative{unit: edtf.Day, n: -1, deictic: true}), true
	case "tomorrow":
		return relatedTo(i, i, relative{unit: edtf.Day, n: 1, deictic: true}), true
	}
	if m, ok := l.countedUnits(i); ok {
		return m, true
	}
	if m, ok := l.related(i); ok {
		return m, true
	}
	return l.weekdayAlone(i)
}

// countedUnits reads "two years later", "a year earlier", "three days ago", "the day before".
func (l *line) countedUnits(i int) (mention, bool) {
	n := l.cardinal(i)
	the := l.word(i) == "the"
	if the {
		n = 1
	}
	u, ok := unitWords[l.word(i+1)]
	if n == 0 || !ok || n > 1 && l.word(i-1) == "-" {
		return mention{}, false
	}
	r := relative{unit: u.unit, n: n * u.n, about: u.about}
	switch l.word(i - 1) {
	case "than", "over", "least", "most", "and", "under", "to":
		return mention{}, false // "more than two years later" is no date
	case "about", "nearly", "some", "roughly", "almost", "around", "approximately":
		r.about = true
	}
	next := l.word(i + 2)
	switch next {
	case "later", "afterwards", "afterward":
	case "earlier", "previously":
		r.n = -r.n
	case "ago":
		r.n, r.deictic = -r.n, true
	case "before":
		r.n = -r.n
		if !l.stops(i + 3) {
			return mention{}, false
		}
	case "after":
		if !l.stops(i + 3) {
			return mention{}, false
		}
	default:
		return mention{}, false
	}
	if the && next != "before" && next != "after" || l.word(i+3) == "than" {
		return mention{}, false
	}
	return relatedTo(i, i+2, r), true
}

// stops reports whether a phrase ends before atom i.
func (l *line) stops(i int) bool {
	a := l.atom(i)
	return a.norm == "" || a.norm[0] < '0' && a.norm != "$" || a.word == ":" || a.word == ";" || a.word == "?" || a.word == "and"
}

// related reads "the following month", "that year", "last March", "next Friday".
func (l *line) related(i int) (mention, bool) {
	j, the := i, l.word(i) == "the"
	if the {
		j++
	}
	n, deictic, ok := l.side(j, the)
	if !ok {
		return mention{}, false
	}
	if (l.word(j) == "that" || l.word(j) == "this") && l.word(j+1) == "same" {
		j, deictic = j+1, false
	}
	j++
	switch l.word(j + 1) {
	case "of", "as", "that", "which", "when", "-":
		return mention{}, false
	}
	if m := l.month(j); m > 0 && monthNames[l.word(j)] > 0 && !l.capital(j+1) {
		return l.named(i, j, m, n, deictic)
	}
	if s := seasonNames[l.word(j)]; s > 0 && l.closes(j+1) {
		return l.named(i, j, s, n, deictic)
	}
	if d := l.weekday(j); d >= 0 {
		if n == 0 {
			return mention{}, false
		}
		return relatedTo(i, j, relative{unit: edtf.Day, n: n, weekday: (d+6)%7 + 1, deictic: deictic}), true
	}
	var unit edtf.Precision
	switch l.word(j) {
	case "day":
		unit, deictic = edtf.Day, false
		if l.word(j-1) == "this" || l.word(j-1) == "last" {
			return mention{}, false
		}
	case "month":
		unit = edtf.Month
	case "year":
		unit = edtf.Year
	case "decade":
		unit = edtf.Decade
	case "century":
		unit = edtf.Century
	default:
		return mention{}, false
	}
	if unit <= edtf.Decade && deictic {
		return mention{}, false
	}
	return relatedTo(i, j, relative{unit: unit, n: n, deictic: deictic}), true
}

// named is a month or season of the year n years from another.
func (l *line) named(i, j, month, n int, deictic bool) (mention, bool) {
	p := edtf.Month
	if month > 12 {
		p = edtf.Season
	}
	m := relatedTo(i, j, relative{unit: edtf.Year, n: n, month: month, deictic: deictic})
	m.value.Dates[0] = edtf.Date{Precision: p, Month: month, NoYear: true}
	return m, true
}

// side reads the word that says on which side of another date one lies.
func (l *line) side(i int, the bool) (n int, deictic, ok bool) {
	switch l.word(i) {
	case "following":
		return 1, false, the
	case "next":
		return 1, !the && l.word(i+1) != "day", true
	case "previous", "preceding":
		return -1, false, the
	case "same":
		return 0, false, the
	case "that":
		return 0, false, !the
	case "this":
		return 0, true, !the
	case "last":
		return -1, true, !the && l.word(i-1) != "'s" && l.word(i-1) != "his" && l.word(i-1) != "its" && l.word(i-1) != "their" && l.word(i-1) != "her"
	}
	return 0, false, false
}

// weekdayAlone reads "on Friday".
func (l *line) weekdayAlone(i int) (mention, bool) {
	d := l.weekday(i)
	if d < 0 || l.word(i-1) != "on" || !l.closes(i+1) && l.capital(i+1) || monthNames[l.word(i)] > 0 {
		return mention{}, false
	}
	n := -1
	for _, a := range l.atoms {
		if a.word == "will" || a.word == "'ll" || a.word == "due" || a.word == "scheduled" {
			n = 1
		}
	}
	return relatedTo(i, i, relative{unit: edtf.Day, n: n, weekday: (d+6)%7 + 1, deictic: true}), true
}
