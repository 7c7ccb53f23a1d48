package extract

import (
	"strings"

	"recto/cards/edtf"
)

// holidays are days of the year known by a name.
var holidays = map[string][2]int{"christmas": {12, 25}, "christmas day": {12, 25}, "christmas eve": {12, 24}, "boxing day": {12, 26}, "new year's day": {1, 1}, "new year's eve": {12, 31}}

// holiday reads "Christmas Day 1963".
func (l *line) holiday(i int) (mention, bool) {
	a := l.atom(i)
	if a.norm != "Christmas" && a.norm != "New" && a.norm != "Boxing" {
		return mention{}, false
	}
	name := a.word
	for j := i; j < i+4; {
		j++
		if md, ok := holidays[name]; ok {
			if year, next, _ := l.yearBehind(j); next > j {
				return single(i, next-1, dayOf(year, md[0], md[1], false)), true
			}
		}
		if !l.atom(j).glued {
			name += " "
		}
		name += l.word(j)
	}
	return mention{}, false
}

// seasonOfYear reads "summer 1916", "the winter of 1941-42", "the summer".
func (l *line) seasonOfYear(i int) (mention, bool) {
	season := seasonNames[l.word(i)]
	if season == 0 {
		return mention{}, false
	}
	d := edtf.Date{Precision: edtf.Season, Month: season}
	j := i + 1
	if l.word(j) == "of" || l.word(j) == "," {
		j++
	}
	first := l.atom(j)
	if before, n := l.era(j + 1); n > 0 && first.digits > 0 {
		d.Year = edtf.Era(first.num, before)
		m := single(i, j+n, d)
		m.era = true
		return m, true
	}
	if first.digits == 4 && first.num >= 1000 && first.num < 2200 && !l.counts(j+1, first.num) {
		d.Year = first.num
		last := j
		if end := l.atom(j + 2); dashes[l.word(j+1)] && end.digits > 0 {
			if to, ok := shortEnd(first.num, end.num, end.digits); ok && to == first.num+1 {
				last = j + 2
			}
		}
		return single(i, last, d), true
	}
	if m, ok := yearPairAt(l, j); ok {
		d.Year = m.date().Year
		return single(i, j, d), true
	}
	d.NoYear = true
	return single(i, i, d), l.seasonAlone(i)
}

func yearPairAt(l *line, i int) (mention, bool) {
	m, ok := l.numeric(i)
	return m, ok && m.typ == "range"
}

// seasonAlone reports whether the name of a season that stands alone is one of a
// certain year: "in the summer", "by autumn".
func (l *line) seasonAlone(i int) bool {
	prev := l.word(i - 1)
	if _, joined := l.joint(i + 1); joined && seasonNames[l.word(i+2)] > 0 {
		return true
	}
	at := i - 1
	if prev == "early" || prev == "late" || prev == "mid" || prev == "-" && parts[l.word(i-2)] {
		return l.closes(i + 1)
	}
	if prev == "the" {
		at--
	}
	switch l.word(at) {
	case "in", "by", "during", "until", "since", "throughout", "through", "over":
		return l.closes(i+1) && l.word(i+1) != "of" && l.word(i+1) != "and" && l.word(i) != "fall"
	}
	return false
}

// fiscal reads "fiscal year 2022", "FY2021-22", "the 2021/22 financial year".
func (l *line) fiscal(i int) (mention, bool) {
	j := i
	switch {
	case l.atom(i).norm == "FY":
		j++
	case (l.word(i) == "fiscal" || l.word(i) == "financial") && l.word(i+1) == "year":
		j += 2
	case l.word(i) == "fiscal":
		j++
	case l.atom(i).digits == 4 || len(l.word(i)) == 7 && strings.Contains(l.word(i), "/"):
		return l.yearFiscal(i)
	default:
		return mention{}, false
	}
	m, ok := l.plainYears(j)
	m.first, m.typ = i, "fiscal year"
	return m, ok
}

// plainYears reads a year, or two years in sequence.
func (l *line) plainYears(i int) (mention, bool) {
	if m, ok := yearPairAt(l, i); ok {
		return m, true
	}
	a := l.atom(i)
	if a.digits != 4 || a.num < 1000 || a.num > 2199 {
		return mention{}, false
	}
	if b := l.atom(i + 2); dashes[l.word(i+1)] && b.digits >= 2 {
		if to, ok := shortEnd(a.num, b.num, b.digits); ok && to == a.num+1 {
			return pair(i, i+2, edtf.Interval, yearOf(a.num), yearOf(to)), true
		}
	}
	return single(i, i, yearOf(a.num)), true
}

func (l *line) yearFiscal(i int) (mention, bool) {
	m, ok := l.plainYears(i)
	if !ok || l.word(m.last+1) != "fiscal" && l.word(m.last+1) != "financial" || l.word(m.last+2) != "year" {
		return mention{}, false
	}
	m.last, m.typ = m.last+2, "fiscal year"
	return m, true
}

// quarter reads "Q3 2022", "3Q22", "the third quarter of 2022".
func (l *line) quarter(i int) (mention, bool) {
	w := l.word(i)
	d := edtf.Date{Precision: edtf.Season}
	if len(w) == 4 && w[1] == 'q' || len(w) == 6 && w[1] == 'q' {
		q, ok := number(w[:1])
		year, okYear := number(w[2:])
		if okYear && len(w) == 4 {
			year = fullYear(year)
		}
		d.Month, d.Year = 32+q, year
		m := single(i, i, d)
		m.typ = "quarter"
		return m, ok && okYear && d.Exists()
	}
	q, j := 0, i+1
	if len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4' {
		q = int(w[1] - '0')
	} else if v, n := l.ordinal(i); n > 0 && v <= 4 && (l.word(i+n) == "quarter" || l.word(i+n) == "-" && l.word(i+n+1) == "quarter") {
		q, j = v, i+n+1
		if l.word(i+n) == "-" {
			j++
		}
	}
	if q == 0 {
		return mention{}, false
	}
	if l.word(j) == "of" || l.word(j) == "," {
		j++
	}
	for l.word(j) == "fiscal" || l.word(j) == "year" || l.word(j) == "the" {
		j++
	}
	a := l.atom(j)
	if w := l.word(j); len(w) == 3 && w[0] == '\'' {
		if n, ok := number(w[1:]); ok {
			a.num, a.digits = fullYear(n), 4
		}
	}
	d.Month, d.Year = 32+q, a.num
	m := single(i, j, d)
	m.typ = "quarter"
	return m, a.digits == 4 && a.num >= 1000 && a.num < 2200 && d.Exists()
}

// century reads "19th century", "fifth century BC", "XIX century", and two of them:
// "19th and 20th centuries".
func (l *line) century(i int) (mention, bool) {
	first, j := l.centuryNumber(i)
	if first == 0 {
		return mention{}, false
	}
	second := 0
	if l.word(j) == "-" && l.word(j+1) != "century" {
		j++ // "19th- and 20th-century"
	}
	shape, joined := l.joint(j)
	if joined && l.word(j+1) != "century" {
		if l.word(j+1) == "the" {
			j++
		}
		for k := j + 1; k < j+4 && second == 0; k++ { // "early 20th"
			if second, _ = l.centuryNumber(k); second > 0 {
				_, j = l.centuryNumber(k)
			} else if !parts[l.word(k)] && l.word(k) != "-" {
				return mention{}, false
			}
		}
	}
	if l.word(j) == "-" {
		j++
	}
	if w := l.word(j); w != "century" && w != "centuries" {
		return mention{}, false
	}
	before, n := l.era(j + 1)
	if n == 0 && !l.centuryStated(i, j, first) {
		return mention{}, false
	}
	a, last := edtf.CenturyOf(first, before), j+n
	if second == 0 {
		m := single(i, last, a)
		m.era = n > 0
		return m, true
	}
	b := edtf.CenturyOf(second, before)
	if edtf.Compare(a, b) >= 0 {
		return mention{}, false
	}
	if second == first+1 || before && second == first-1 {
		shape = edtf.Interval
	}
	m := pair(i, last, shape, a, b)
	m.era = n > 0
	return m, true
}

// centuryNumber reads "19th", "nineteenth", "XIX", "XIXth".
func (l *line) centuryNumber(i int) (value, next int) {
	if v, n := l.ordinal(i); n > 0 && v <= 30 {
		return v, i + n
	}
	a := l.atom(i)
	if len(a.norm) >= 2 && a.norm[0] >= 'A' && a.norm[0] <= 'Z' {
		if v := roman(strings.TrimSuffix(a.word, "th")); v > 0 && v <= 21 {
			return v, i + 1
		}
	}
	return 0, i
}

// centuryStated reports whether the nth century at i to j is one of our count:
// "its second century" and "the second century of Islam" are not.
func (l *line) centuryStated(i, j, n int) bool {
	if n > 21 || l.word(j+1) == "of" && l.atom(i).norm[0] > '9' && n <= 13 {
		return false
	}
	if l.word(j-1) == "-" && l.word(i-1) == "a" {
		return true // "a third-century copy", not "a second century"
	}
	switch l.word(i - 1) {
	case "its", "his", "her", "their", "a", "our", "my":
		return n > 13
	}
	return n > 1 || l.word(i-1) == "the" || l.word(i-1) == "-" || parts[l.word(i-1)]
}

// decade reads "1960s", "’60s", "the sixties"; "1800s" is a century.
func (l *line) decade(i int) (mention, bool) {
	a := l.atom(i)
	w := strings.TrimSuffix(a.word, "s")
	last := i
	if w == a.word && a.digits >= 2 && l.word(i+1) == "'s" && l.atom(i+1).glued && l.decadeApostrophe(i) {
		last = i + 1
	} else if w == a.word {
		return mention{}, false
	}
	if tens := decadeWords[a.word]; tens > 0 {
		return l.tens(i, i, tens)
	}
	if short, ok := strings.CutPrefix(w, "'"); ok || len(w) == 2 {
		n, isNumber := number(short)
		if !isNumber || n%10 != 0 || len(short) != 2 || !ok && n < 20 {
			return mention{}, false
		}
		if !ok {
			return l.tens(i, last, n)
		}
		return shortDecade(i, last, n), true
	}
	n, ok := number(w)
	if before, k := l.era(last + 1); ok && k > 0 && n%10 == 0 {
		return eraDecade(i, last+k, n, before), true
	}
	if !ok || len(w) != 4 || n%10 != 0 || n < 1000 || n > 2190 {
		return mention{}, false
	}
	if n%100 == 0 && n < 2000 {
		return single(i, last, edtf.Date{Precision: edtf.Century, Year: n}), true
	}
	return single(i, last, edtf.Date{Precision: edtf.Decade, Year: n}), true
}

// decadeApostrophe reports whether "1960's" is the decade rather than what belongs
// to a year.
func (l *line) decadeApostrophe(i int) bool {
	prev := l.word(i - 1)
	return l.atom(i).num%10 == 0 && (prev == "the" || parts[prev]) && l.closes(i+2)
}

// tens reads a decade named by its tens alone, which may be a person's age as well.
func (l *line) tens(i, last, n int) (mention, bool) {
	at := i - 1
	for parts[l.word(at)] || l.word(at) == "-" {
		at--
	}
	if l.word(at) != "the" || !placing[l.word(at-1)] && l.word(at-1) != "of" {
		return mention{}, false
	}
	return shortDecade(i, last, n), true
}

// shortDecade is a decade of the last century, or of one the document tells of.
func shortDecade(i, last, n int) mention {
	m := single(i, last, edtf.Date{Precision: edtf.Decade, Year: decadeOf(n)})
	m.lacks = itsCentury
	return m
}

func decadeOf(tens int) int {
	if tens < 20 {
		return 2000 + tens
	}
	return 1900 + tens
}

// eraDecade is a decade that names its era; those before Christ are intervals, as
// they end where the count of EDTF does not.
func eraDecade(i, last, n int, before bool) mention {
	m := single(i, last, edtf.Date{Precision: edtf.Decade, Year: n})
	if before {
		m = pair(i, last, edtf.Interval, yearOf(edtf.Era(n+9, true)), yearOf(edtf.Era(max(n, 1), true)))
		m.typ = "decade"
	}
	m.era = true
	return m
}
