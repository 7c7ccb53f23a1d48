package extract

import (
	"strings"

	"recto/cards"
	"recto/cards/edtf"
)

// lack is what a mention does not say itself.
type lack int

const (
	nothing    lack = iota
	itsYear         // "on 3 September"
	itsMonth        // "on the 20th"
	itsAnchor       // "the following month"
	itsDay          // "at 11 am"
	itsOrder        // "3/4/2022"
	itsCentury      // "the '60s"
)

// mention is a date as a sentence tells it.
type mention struct {
	first, last int    // atoms, both inclusive
	typ         string // of the fact; empty for the name of its precision
	value       edtf.Value
	lacks       lack
	rel         relative // of a mention that lacks its anchor
	era         bool     // a year that names its era, or takes it from one that does
	unsure      bool     // a year of three digits, whose era the document tells
	lone        bool     // of such a year, that nothing else can be meant
	order       int      // 1 where figures show that days stand first, -1 where months do
	derived     string   // how what it lacks was found

	leads bool       // it opens its sentence: "In 1945, ..."
	label bool       // a year that is part of a name: "the 1975 Algiers Agreement"
	far   bool       // what it was worked out from stands too far off to be sure of
	index int        // of its sentence
	block int        // of its sentence
	span  cards.Span // in the article
}

func (m *mention) date() *edtf.Date { return &m.value.Dates[0] }

// end is the last date of m.
func (m *mention) end() *edtf.Date { return &m.value.Dates[len(m.value.Dates)-1] }

// single is a mention of one date.
func single(first, last int, d edtf.Date) mention {
	m := mention{first: first, last: last, value: edtf.Value{Dates: []edtf.Date{d}}}
	if d.NoYear {
		m.lacks = itsYear
	}
	return m
}

// pair is a mention of two dates: all between them, or the two alone.
func pair(first, last int, shape edtf.Shape, a, b edtf.Date) mention {
	m := single(first, last, a)
	m.value.Shape, m.value.Dates = shape, append(m.value.Dates, b)
	if m.typ = "range"; shape == edtf.Set {
		m.typ = "set"
	}
	return m
}

// matchers try to read a date that begins at an atom; the first that can does.
// Each looks at a bounded number of atoms.
var matchers = []func(*line, int) (mention, bool){
	(*line).fiscal, (*line).numeric, (*line).dayMonth, (*line).monthDay, (*line).holiday, (*line).seasonOfYear, (*line).monthYear,
	(*line).quarter, (*line).century, (*line).decade, (*line).eraYear, (*line).year, (*line).clock, (*line).relative, (*line).bareDay,
}

// mentions are the dates that a line tells, in order.
func (l *line) mentions() []mention {
	var out []mention
	for i := 0; i < len(l.atoms); {
		next := i + 1
		for _, match := range matchers {
			if m, ok := match(l, i); ok {
				if d := m.date(); !m.era && !d.NoYear && d.Precision > edtf.Year && d.Year < 1000 {
					m.unsure = true
				}
				out = append(out, m)
				next = m.last + 1
				break
			}
		}
		i = next
	}
	return out
}

// day reads the number of a day, "21" or "21st"; next is the atom behind it.
func (l *line) day(i int) (day, next int) {
	if a := l.atom(i); a.digits > 0 && a.digits <= 2 && a.num >= 1 && a.num <= 31 {
		return a.num, i + 1
	}
	if v, n := l.ordinal(i); n > 0 && v <= 31 {
		return v, i + n
	}
	return 0, i
}

// skipWeekday steps over "Monday", "Monday," and "Monday the".
func (l *line) skipWeekday(i int) int {
	if l.weekday(i) < 0 {
		return i
	}
	i++
	if l.word(i) == "," {
		i++
	}
	if l.word(i) == "the" {
		i++
	}
	return i
}

// joint tells how two dates with the words of i between them belong together.
func (l *line) joint(i int) (edtf.Shape, bool) {
	switch w := l.word(i); {
	case dashes[w], w == "to", w == "until", w == "till", w == "through", w == "thru":
		return edtf.Interval, true
	case w == "and", w == "or", w == "&", w == "/":
		return edtf.Set, true
	}
	return edtf.Single, false
}

// yearBehind reads the year that may follow a month or a day; next is the atom
// behind it, i when there is none.
func (l *line) yearBehind(i int) (year, next int, era bool) {
	j := i
	switch l.word(j) {
	case ",", "of":
		j++
	}
	if l.word(j) == "ad" && l.atom(j).norm[0] == 'A' && l.atom(j+1).digits > 0 {
		return l.atom(j + 1).num, j + 2, true
	}
	if w := l.word(j); j == i && len(w) == 3 && w[0] == '\'' { // "March ’45"
		if n, ok := number(w[1:]); ok {
			return fullYear(n), j + 1, false
		}
	}
	a := l.atom(j)
	if a.digits < 1 {
		return 0, i, false
	}
	if before, n := l.era(j + 1); n > 0 {
		return edtf.Era(a.num, before), j + 1 + n, true
	}
	early := a.digits == 3 && a.num >= 300 && j == i
	if a.digits < 4 && !early || a.digits == 4 && (a.num < 1000 || a.num > 2199) || l.counts(j+1, a.num) {
		return 0, i, false
	}
	return a.num, j + 1, false
}

// fullYear is the year of the twentieth century or of now that two digits mean.
func fullYear(n int) int {
	if n < 30 {
		return 2000 + n
	}
	return 1900 + n
}

// era reads "BC" or "AD"; n is how many atoms it takes.
func (l *line) era(i int) (before bool, n int) {
	a := l.atom(i)
	if a.norm == "" || a.norm[0] < 'A' || a.norm[0] > 'Z' {
		return false, 0
	}
	switch strings.ReplaceAll(a.word, ".", "") {
	case "bc", "bce":
		return true, 1
	case "ad", "ce":
		return false, 1
	}
	return false, 0
}

// counts reports whether the atom at i makes a count of the number n before it:
// "1500 men", "2000 ships were".
func (l *line) counts(i, n int) bool {
	w := l.word(i)
	if w == "-" && l.atom(i).glued {
		w = l.word(i + 1)
		return countable[w] || countable[w+"s"] || w == "strong" || w == "odd" || w == "seat"
	}
	if countable[w] {
		return n%10 == 0 || !placing[w]
	}
	return w == "%" || w == "°"
}

// dayMonth reads "21 March 2022", "Monday, 21st of March", "3–5 June 1942".
func (l *line) dayMonth(i int) (mention, bool) {
	j := l.skipWeekday(i)
	from, k := l.day(j)
	if from == 0 {
		return mention{}, false
	}
	worded := l.word(j)[0] > '9'
	to, at := 0, k
	shape, joined := l.joint(k)
	if joined {
		if l.word(k+1) == "the" {
			k++
		}
		if to, at = l.day(k + 1); to == 0 {
			return mention{}, false
		}
	}
	of := false
	for l.word(at) == "of" || l.word(at) == "day" && l.word(at+1) == "of" {
		of = true
		at++
	}
	month := l.month(at)
	if month == 0 || worded && !of {
		return mention{}, false
	}
	if l.counted(j) {
		return mention{}, false
	}
	year, next, era := l.yearBehind(at + 1)
	d := dayOf(year, month, from, next == at+1)
	if to == 0 {
		m := single(i, next-1, d)
		m.era = era
		return m, d.Exists()
	}
	e := dayOf(year, month, to, next == at+1)
	if to <= from || !d.Exists() || !e.Exists() {
		return mention{}, false
	}
	if shape == edtf.Set && l.word(i-1) == "between" {
		shape = edtf.Interval
	}
	m := pair(i, next-1, shape, d, e)
	m.era = era
	return m, true
}

// dayOf is a day; of no stated year when yearless.
func dayOf(year, month, day int, yearless bool) edtf.Date {
	return edtf.Date{Precision: edtf.Day, Year: year, Month: month, Day: day, NoYear: yearless}
}

// counted reports whether words before i say that the number there counts.
func (l *line) counted(i int) bool {
	switch l.word(i - 1) {
	case "least", "most", "nearly", "almost", "exactly":
		return true
	}
	return false
}

// monthDay reads "March 21, 2022", "Mar. 21st", "June 3–5, 1942".
func (l *line) monthDay(i int) (mention, bool) {
	j := l.skipWeekday(i)
	month := l.month(j)
	if l.word(j) == "" || month == 0 {
		return mention{}, false
	}
	at := j + 1
	if l.word(at) == "the" {
		if _, n := l.ordinal(at + 1); n > 0 {
			at++
		}
	}
	from, next := l.day(at)
	if from == 0 || l.word(at)[0] > '9' {
		return mention{}, false
	}
	if _, n := l.era(next); n > 0 || l.dayIsCount(i, next) {
		return mention{}, false
	}
	to, behind := 0, next
	shape, joined := l.joint(next)
	if joined && l.month(next+1) == 0 {
		if to, behind = l.day(next + 1); to <= from || shape == edtf.Set && !l.closes(behind) || l.month(behind) > 0 || l.dayIsCount(i, behind) {
			to, behind = 0, next
		}
	}
	year, end, era := l.yearBehind(behind)
	d := dayOf(year, month, from, end == behind)
	if to == 0 {
		m := single(i, end-1, d)
		m.era = era
		return m, d.Exists()
	}
	if shape == edtf.Set && l.word(i-1) == "between" {
		shape = edtf.Interval
	}
	e := dayOf(year, month, to, end == behind)
	m := pair(i, end-1, shape, d, e)
	m.era = era
	return m, d.Exists() && e.Exists()
}

// dayIsCount reports whether the number before atom i counts what stands there,
// in a sentence such as "In June 12 divisions attacked".
func (l *line) dayIsCount(first, i int) bool {
	w := l.word(i)
	if w == "%" || w == "percent" || w == "per" || w == "million" || w == "billion" || w == "st" {
		return true
	}
	return l.word(first-1) == "in" && (countable[w] || l.plural(i))
}

// plural reports whether atom i is a noun in the plural, as far as its form and,
// where there is one, its tag tell.
func (l *line) plural(i int) bool {
	a := l.atom(i)
	if a.norm == "" || a.norm[0] < 'a' || a.norm[0] > 'z' {
		return false
	}
	if tag := l.s.Tokens[a.token].XPOS; tag != "" {
		return tag == "NNS"
	}
	w := a.word
	return len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' && w[len(w)-2] != '\'' && !noPlural[w] && !functionWords[w]
}

// closes reports whether a phrase may end before atom i: at the end, before
// punctuation, or before a word that is not described by what stands before it.
func (l *line) closes(i int) bool {
	a := l.atom(i)
	if a.norm == "" || functionWords[a.word] {
		return true
	}
	c := a.norm[0]
	return c < '0' || c > '9' && c < 'A' || c >= '[' && c < 'a' || c == '{' || c == '}' || c == '|' || dashes[a.norm] && a.norm != "-"
}

// monthYear reads "March 2014", "March of 2014", "Mar. ’14", or a month alone.
func (l *line) monthYear(i int) (mention, bool) {
	month := l.month(i)
	if month == 0 {
		return mention{}, false
	}
	d := edtf.Date{Precision: edtf.Month, Month: month}
	if year, next, era := l.yearBehind(i + 1); next > i+1 {
		d.Year = year
		m := single(i, next-1, d)
		m.era = era
		return m, true
	}
	d.NoYear = true
	return single(i, i, d), l.alone(i)
}

// alone reports whether the name of a month that stands alone is one, rather than
// the name of a person or an event, a verb, or half of one.
func (l *line) alone(i int) bool {
	prev, next := l.word(i-1), l.atom(i+1)
	if _, abbreviated := monthNames[l.word(i)]; !abbreviated && !strings.HasSuffix(l.atom(i).norm, ".") {
		return false
	}
	if _, joined := l.joint(i + 1); (joined || l.word(i+1) == "/") && l.month(i+2) > 0 {
		return true
	}
	of := i + 1
	if l.word(of) == "of" {
		of++
	}
	if r, ok := l.related(of); ok && r.rel.unit == edtf.Year {
		return true // "March of that year"
	}
	if next.glued && (next.word == "-" || next.word == "'s") && l.word(i+2) != "" && !dashes[next.norm[:1]] {
		return placing[prev] || prev == "of" || !namedMonths[l.word(i)]
	}
	capital := next.norm != "" && next.norm[0] >= 'A' && next.norm[0] <= 'Z'
	if next.digits > 0 && next.digits < 4 && l.month(i+2) > 0 {
		return false
	}
	switch {
	case placing[prev] && prev != "from" && prev != "after" && prev != "before" && prev != "about":
		return !capital || !namedMonths[l.word(i)] || prev == "in" || prev == "since" || prev == "early" || prev == "late" || prev == "mid"
	case placing[prev], prev == "of", prev == "last", prev == "next", prev == "this", prev == "to", prev == "-" && parts[l.word(i-2)]:
		return !capital && (!namedMonths[l.word(i)] || next.word != "'s") && (prev != "to" || l.closes(i+1))
	case prev == "and" || prev == "or" || dashes[prev]:
		return l.month(i-2) > 0 && !capital || !namedMonths[l.word(i)] && !capital
	}
	return !namedMonths[l.word(i)] && !capital
}
