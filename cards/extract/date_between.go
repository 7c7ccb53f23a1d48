package extract

import "recto/cards/edtf"

// between settles for every date whose year was found before it how sure that is, by
// the stated years around it. One that the year stands on either side of is sure,
// however far off. One that the story has come back to, or gone past, is not: "in
// February 1945 ... by July ... in 1944", "in December 2005 ... in November ... in
// 2006". In WikiWars 97 % of 333 years that pass for sure are right, and 80 % of the
// others; before this rule it was 92 % of 202 (TestYearsOfWikiWars).
func between(told []mention) {
	next := make([]*mention, len(told)) // the first behind that states its year
	var found *mention
	for i := len(told) - 1; i >= 0; i-- {
		next[i] = found
		if told[i].statesYear() {
			found = &told[i]
		}
	}
	var before *mention
	for i := range told {
		m := &told[i]
		if m.statesYear() {
			before = m
		}
		if m.lacks != itsYear || m.derived == "" || m.date().NoYear || before == nil || next[i] == nil {
			continue
		}
		year, behind := m.date().Year, next[i].date().Year
		switch {
		case before.end().Year == year && behind == year:
			m.far = false
		case behind < year, behind == year+1 && before.end().Year == year && m.earlierThan(before):
			m.far = true
		}
	}
}

// statesYear reports whether m names one year itself.
func (m *mention) statesYear() bool {
	return m.lacks == nothing && !m.unsure && !m.label && m.date().Precision >= edtf.Year && m.date().Year == m.end().Year && !m.date().NoYear
}

// earlierThan reports whether m's month comes before that of other, in the same year.
func (m *mention) earlierThan(other *mention) bool {
	return m.date().Precision >= edtf.Month && other.end().Precision >= edtf.Month && m.date().Month < other.end().Month
}
