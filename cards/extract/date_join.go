package extract

import "recto/cards/edtf"

// join makes one mention of those that belong together: the two ends of a range,
// a month and "of that year". It gives a date the year that stands behind its
// neighbour: "in March and May 2014".
func (l *line) join(all []mention) []mention {
	for i := len(all) - 2; i >= 0; i-- {
		l.share(&all[i], &all[i+1])
	}
	out := all[:0]
	for _, m := range all {
		if n := len(out); n > 0 && l.merge(&out[n-1], m) {
			continue
		}
		out = append(out, m)
	}
	for i := range out {
		l.open(&out[i])
		l.article(&out[i])
		m := &out[i]
		m.index, m.block, m.span = l.index, l.s.Block, l.span(m.first, m.last)
		m.leads = l.opens(m.first)
	}
	return out
}

// opens reports whether the date at atom i opens its sentence.
func (l *line) opens(i int) bool {
	for k := range min(i, 6) {
		if w := l.word(k); !placing[w] && !parts[w] && w != "the" && w != "of" && w != "at" && w != "-" && w != "(" {
			return false
		}
	}
	return i < 6
}

// between are the words between two mentions, "the" left out, when they are few.
func (l *line) between(a, b *mention) (words []string) {
	for i := a.last + 1; i < b.first; i++ {
		if len(words) == 3 {
			return nil
		}
		if w := l.word(i); w != "the" {
			words = append(words, w)
		}
	}
	return words
}

// share gives a the year of b where a list or range joins them.
func (l *line) share(a, b *mention) {
	if a.lacks != itsYear || b.lacks != nothing || b.value.Shape == edtf.Interval && b.date().Year != b.end().Year || a.date().Precision < edtf.Month || b.date().Precision < edtf.Month {
		return
	}
	shape := edtf.Single
	switch words := l.between(a, b); {
	case len(words) == 1 && words[0] == ",", len(words) == 2 && words[0] == "," && (words[1] == "and" || words[1] == "or"):
	case len(words) == 1 || len(words) == 2 && parts[words[1]]:
		var joined bool
		if shape, joined = l.joint(a.last + 1); !joined {
			return
		}
	default:
		return
	}
	year := b.date().Year
	if shape == edtf.Interval && a.date().Month > b.date().Month {
		year-- // "from December to March 1942"
	}
	a.setYear(year)
	a.lacks = nothing
	a.derived = "the year is that of “" + l.text(b) + "”, which follows"
}

// setYear gives every date of m a year; the second of two goes into the next one
// when it would come first.
func (m *mention) setYear(year int) {
	for i := range m.value.Dates {
		d := &m.value.Dates[i]
		d.Year, d.NoYear = year, false
		if i > 0 && edtf.Compare(m.value.Dates[i-1], *d) > 0 {
			d.Year++
		}
	}
}

func (l *line) text(m *mention) string { return l.span(m.first, m.last).Of(l.body) }

// merge adds b to a where the two are one date, and reports whether they are.
func (l *line) merge(a *mention, b mention) bool {
	words := l.between(a, &b)
	if a.lacks == itsYear && b.lacks == itsAnchor && b.rel.unit == edtf.Year && b.rel.month == 0 && b.rel.n < 2 && a.value.Shape == edtf.Single && a.date().Precision >= edtf.Month &&
		(b.first == a.last+1 || len(words) == 1 && (words[0] == "of" || words[0] == ",")) && b.first-a.last <= 2 {
		a.last, a.lacks, a.rel = b.last, itsAnchor, b.rel
		a.rel.month = a.date().Month
		return true
	}
	if a.value.Shape != edtf.Single || b.value.Shape != edtf.Single || a.lacks > itsYear || b.lacks > itsYear || !l.ranged(a, &b, words) {
		return false
	}
	from, to := *a.date(), *b.date()
	switch {
	case from.NoYear && !to.NoYear && (from.Precision < edtf.Month || to.Precision < edtf.Month):
		return false
	case from.NoYear != to.NoYear && to.NoYear:
		if from.Precision < edtf.Month {
			return false
		}
		to.Year, to.NoYear = from.Year, false
		if edtf.Compare(from, to) > 0 {
			to.Year++
		}
	case b.era && to.Year <= 0 && !a.era && from.Year > 0 && !from.NoYear:
		from.Year = edtf.Era(from.Year, true)
	}
	if edtf.Compare(from, to) >= 0 && !from.NoYear {
		return false
	}
	derived := ""
	if a.lacks != b.lacks || a.derived != "" && b.lacks == itsYear {
		derived = a.derived
	}
	typ := "range"
	first, last, lacks, era, unsure, lone := a.first, b.last, min(a.lacks, b.lacks), a.era || b.era, a.unsure && b.unsure, a.lone || b.lone
	if from.NoYear {
		lacks = itsYear
	}
	*a = pair(first, last, edtf.Interval, from, to)
	a.typ, a.lacks, a.era, a.unsure, a.lone, a.derived = typ, lacks, era, unsure, lone, derived
	return true
}

// ranged reports whether words between two dates make a range of them.
func (l *line) ranged(a, b *mention, words []string) bool {
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && !parts[words[1]] && words[1] != "-" || a.last+1 >= b.first {
		return false
	}
	shape, ok := l.joint(a.last + 1)
	if !ok {
		return false
	}
	at := a.first - 1
	for at >= 0 && (l.word(at) == "the" || parts[l.word(at)] || l.word(at) == "-") {
		at--
	}
	if shape == edtf.Set {
		return l.word(a.last+1) == "and" && l.word(at) == "between"
	}
	return true
}

// open reads "2010–present".
func (l *line) open(m *mention) {
	if m.value.Shape != edtf.Single || m.lacks != nothing || m.date().Precision < edtf.Year {
		return
	}
	j := m.last + 1
	if !dashes[l.word(j)] && l.word(j) != "to" {
		return
	}
	dash := l.word(j) != "to"
	j++
	if l.word(j) == "the" {
		j++
	}
	if w := l.word(j); w == "present" && l.closes(j+1) || dash && (w == "now" || w == "today") {
		m.last, m.typ, m.value.Shape = j, "range", edtf.Interval
	}
}

// article takes in the "the" of a date that does not say something of a noun.
func (l *line) article(m *mention) {
	if l.word(m.first-1) != "the" || m.lacks >= itsAnchor && m.lacks < itsOrder || !l.closes(m.last+1) {
		return
	}
	if p := m.date().Precision; p == edtf.Year && m.typ != "decade" || p == edtf.Month && m.value.Shape == edtf.Single {
		return
	}
	m.first--
}
