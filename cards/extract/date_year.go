package extract

import "recto/cards/edtf"

// eraYear reads a year with its era or the word for "about": "44 BC", "AD 43",
// "c. 1850".
func (l *line) eraYear(i int) (mention, bool) {
	switch w := l.word(i); {
	case (w == "c" || w == "c." || w == "ca" || w == "circa") && l.atom(i+1).digits >= 3:
		m := single(i, i+1, yearOf(l.atom(i+1).num))
		if before, n := l.era(i + 2); n > 0 {
			m.date().Year, m.last, m.era = edtf.Era(l.atom(i+1).num, before), i+2, true
		} else if l.atom(i+1).num > 2199 {
			return mention{}, false
		}
		m.date().Approximate = true
		return m, true
	case w == "ad" && l.atom(i).norm[0] == 'A' && l.atom(i+1).digits > 0:
		m := single(i, i+1, yearOf(l.atom(i+1).num))
		m.era = true
		return m, l.atom(i+1).num > 0
	}
	a := l.atom(i)
	if a.digits == 0 || a.num == 0 {
		return mention{}, false
	}
	before, n := l.era(i + 1)
	if n == 0 {
		return mention{}, false
	}
	m := single(i, i+1, yearOf(edtf.Era(a.num, before)))
	m.era = true
	m.date().Approximate = l.about(i)
	return m, true
}

// about reports whether words before the year at i say that it is about right.
func (l *line) about(i int) bool { return approximate[l.word(i-1)] }

// year reads a bare year where the words about it say that it is one.
func (l *line) year(i int) (mention, bool) {
	a := l.atom(i)
	if w := a.word; len(w) == 3 && w[0] == '\'' && a.digits == 0 { // "in ’45"
		n, ok := number(w[1:])
		prev := l.word(i - 1)
		m := single(i, i, yearOf(fullYear(n)))
		m.lacks = itsCentury
		return m, ok && (prev == "in" || prev == "of" || prev == "since" || prev == "by" || prev == "until")
	}
	if a.digits < 3 {
		return mention{}, false
	}
	m := single(i, i, yearOf(a.num))
	if b := l.atom(i + 2); dashes[l.word(i+1)] && b.digits > 1 && b.digits <= a.digits && a.digits == 4 && a.num >= 1000 && a.num < 2200 {
		if to, ok := shortEnd(a.num, b.num, b.digits); ok && to < 2200 && to-a.num < 500 && l.looksYear(i, i+2) {
			if _, n := l.era(i + 3); n == 0 {
				return pair(i, i+2, edtf.Interval, m.value.Dates[0], yearOf(to)), true
			}
		}
	}
	if a.digits == 3 || a.num < 1000 {
		m.unsure, m.lone = true, l.loneYear(i)
		return m, l.earlyYear(i)
	}
	if !l.looksYear(i, i) {
		return mention{}, false
	}
	m.date().Approximate = l.about(i)
	m.label = l.word(i-1) == "the" && l.capital(i+1)
	if q := l.atom(i + 1); q.word == "?" && q.glued && l.closesBracket(i+2) {
		m.date().Uncertain, m.last = true, i+1
	}
	return m, true
}

// closesBracket reports whether atom i shows that the mark before it belongs to the
// year rather than to the sentence.
func (l *line) closesBracket(i int) bool {
	w := l.word(i)
	return w == ")" || w == "]" || w == "," || w == ";" || dashes[w]
}

// earlyYear reports whether a number of three digits stands where a year would.
func (l *line) earlyYear(i int) bool {
	n := l.atom(i).num
	if l.counts(i+1, n) || l.plural(i+1) || l.atom(i).digits == 4 {
		return false
	}
	if _, joined := l.joint(i + 1); joined && l.atom(i+2).digits == 3 {
		if _, era := l.era(i + 3); era > 0 {
			return true
		}
	}
	switch l.word(i - 1) {
	case "in", "since", "until", "till", "by", "from", "before", "after", "during", "early", "late", "of", "spring", "summer", "autumn", "winter":
	case "and", "to", "-", "–":
		if l.atom(i-2).digits != 3 || !l.earlyYear(i-2) {
			return false
		}
	case "about", "around":
		if l.word(i-2) != "in" && l.word(i-2) != "until" && l.word(i-2) != "from" {
			return false
		}
	default:
		return false
	}
	return l.closes(i+1) || l.capital(i+1)
}

// loneYear reports whether the number of three digits at i is a year whatever the
// document tells: "fell in 476."
func (l *line) loneYear(i int) bool {
	switch l.word(i - 1) {
	case "in", "since", "until", "during", "early", "late":
		next := l.word(i + 1)
		return (next == "" || next == "." || next == "," || next == ")" || next == ";") && l.atom(i).num%50 != 0
	}
	return false
}

func (l *line) capital(i int) bool {
	n := l.atom(i).norm
	return n != "" && n[0] >= 'A' && n[0] <= 'Z'
}

// yearScore is what the evidence for a bare year must reach.
const yearScore = 2

// looksYear weighs the evidence about the number at first; last is the last atom of
// the range it begins, or first.
func (l *line) looksYear(first, last int) bool {
	a := l.atom(first)
	if a.num < 1000 || a.num > 2199 || a.norm[0] == '0' {
		return false
	}
	score := 0
	switch {
	case a.num >= 1500 && a.num < 2051:
		score++
	case a.num > 2100:
		score--
	}
	if last > first {
		score++
	}
	return score+l.before(first)+l.behind(first, last) >= yearScore
}

// before weighs what stands before the number at i.
func (l *line) before(i int) int {
	prev, p := l.word(i-1), l.atom(i-1)
	two := l.word(i - 2)
	switch {
	case i == 0:
		return 1
	case labels[prev], p.norm == "№" || p.norm == "#", prev == "/" || prev == "=" || prev == "_", money[prev]:
		return -9
	case counted[prev] && prev != "every" && prev != "all", prev == "by" && l.word(i-2) == "increased":
		return -4
	case approximate[prev] && prev != "circa":
		if placing[two] && !approximate[two] || two == "to" || two == "and" {
			return 3
		}
		if l.atom(i).num%100 != 0 && l.closes(i+1) {
			return 0
		}
		return -1
	case prev == "in" || prev == "since" || prev == "during" || prev == "circa" || prev == "early" || prev == "late" || prev == "mid":
		return 3
	case prev == "-" && l.atom(i).glued && (placing[two] || two == "pre" || two == "inter"):
		return 3
	case prev == "-" && l.atom(i).glued:
		if l.atom(i-2).digits == 4 {
			return 2
		}
		return -9
	case prev == "year", prev == "by" || prev == "until" || prev == "till" || prev == "before" || prev == "after" || prev == "from" || prev == "between" || prev == "throughout":
		return 2
	case prev == "(":
		return 2
	case prev == "as" && two == "late", prev == "as" && two == "early", prev == "as" && two == "recently":
		return 3
	case l.joinsYear(i):
		return 2
	case prev == "al", prev == "," && two == "al": // "Smith et al., 2005" is a source
		return -9
	case prev == "of", prev == "the", prev == "both", prev == "for", prev == "on", prev == "and", prev == "or", prev == "to", prev == "unlike", prev == "like", prev == "than":
		return 1
	case dashes[prev]:
		return 1
	case p.digits > 0:
		return -2
	case possessives[prev] && l.atom(i).num%100 != 0 && !countable[l.word(i+1)]:
		return 1
	case prev == "at" || prev == "with":
		return -2
	}
	return 0
}

// joinsYear reports whether the number at i ends a range or list whose other number
// stands where a year does: "between 1914 and 1918".
func (l *line) joinsYear(i int) bool {
	_, ok := l.joint(i - 1)
	return ok && l.atom(i-2).digits == 4 && placing[l.word(i-3)] && !approximate[l.word(i-3)]
}

var possessives = wordSet("a an its his her their our my your whose")

var money = wordSet("$ £ € ¥ us$ a$ c$ usd eur gbp rs rs. ₹ ₽")

// behind weighs what stands behind the number, or the range, that ends at last.
func (l *line) behind(first, last int) int {
	n, next := l.atom(first).num, l.atom(last+1)
	prev := l.word(first - 1)
	strong := l.joinsYear(first) || prev == "in" || prev == "since" || prev == "during" || prev == "by" || prev == "from" || prev == "until"
	if l.street(last+1) && (prev == "at" || !strong || l.capital(first-1)) {
		return -5
	}
	switch {
	case l.counts(last+1, n):
		if strong && n%100 != 0 && n >= 1500 && !units[next.word] {
			return -1
		}
		return -6
	case next.word == ":" && l.atom(last+2).digits > 0 && !strong: // "2000: 103", a page
		return -5
	case next.word == "in" && l.atom(last+2).digits == 4:
		return -3
	case l.plural(last + 1):
		switch {
		case strong || prev == "the" || possessives[prev] || last > first:
			return 0
		case n%10 == 0:
			return -4
		}
		return -1
	case next.glued && next.word == "-" && l.word(last+2) != "" && !dashes[l.word(last+2)] && l.atom(last+2).glued:
		if born := l.word(last + 2); born == "born" || born == "era" || born == "built" || born == "vintage" || born == "style" || born == "dated" || strong {
			return 1
		}
		return -1
	case n%100 == 0 && !strong && (next.word == "were" || next.word == "of" || next.word == "or" || next.word == "others"):
		return -3
	case n%100 == 0 && !strong && prev != "the" && prev != "(" && next.norm != "" && next.norm[0] >= 'a' && next.norm[0] <= 'z' && !functionWords[next.word]:
		return -1
	case next.norm == "" || l.closes(last+1), l.capital(last + 1):
		return 1
	}
	return 0
}

// units are measures, which follow a number whatever stands before it.
var units = wordSet("km kilometres kilometers miles metres meters feet ft tons tonnes kg acres hectares m mm cm rpm hz khz mhz degrees volts watts kw mw percent million billion dollars euros pounds lb lbs cc psi yards words pages °")

// street reports whether the name of a street begins at i.
func (l *line) street(i int) bool {
	for k := i; k < i+4 && l.capital(k); k++ {
		if streets[l.word(k)] {
			return true
		}
	}
	return false
}

// bareDay reads "the 20th", a day of the month spoken of.
func (l *line) bareDay(i int) (mention, bool) {
	if l.word(i-1) != "the" {
		return mention{}, false
	}
	switch l.word(i - 2) {
	case "on", "until", "till", "by", "of", "from", "since":
	default:
		return mention{}, false
	}
	v, n := l.ordinal(i)
	last := i + n - 1
	if l.word(last+1) == "of" && l.word(last+2) == "that" && l.word(last+3) == "month" {
		last += 3
	}
	if n == 0 || v > 31 || l.word(i)[0] > '9' || !l.closes(last+1) || l.word(last+1) == "and" || l.word(last+1) == "-" || l.word(last+1) == "of" {
		return mention{}, false
	}
	m := single(i, last, dayOf(0, 1, v, true))
	m.lacks = itsMonth
	return m, true
}
