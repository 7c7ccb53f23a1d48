package extract

import (
	"time"

	"recto/cards"
	"recto/cards/edtf"
)

// dates are the dates that the document tells, in order, each at its precision.
//
// A date of two ends is one fact. What a date does not say itself (its year, its
// month, what "the following month" follows) is taken from the dates around it, and
// Derived then says from which; where none is clear, a day or month stays without a
// year and a relative date is no fact.
func (d *Document) dates() []Fact {
	all := make([][]mention, len(d.Sentences))
	r := newResolver(d)
	for i := range d.Sentences {
		l := newLine(i, &d.Sentences[i], d.Article.Text)
		all[i] = l.join(l.mentions())
		r.read(all[i])
	}
	var facts []Fact
	for _, mentions := range all {
		for _, m := range r.sentence(mentions) {
			facts = append(facts, m.fact())
		}
	}
	return facts
}

// read takes from mentions what those before them may need: which of day and month
// stands first in figures, and the first era that is named.
func (r *resolver) read(all []mention) {
	for i := range all {
		m := &all[i]
		if r.order == 0 && m.order != 0 {
			r.order, r.witness = m.order, r.quote(m)
		}
		if r.before == nil && m.era && m.date().Year <= 0 {
			r.before = m
		}
	}
}

// fact is the fact that a resolved mention tells.
func (m *mention) fact() Fact {
	typ := m.typ
	if typ == "" {
		typ = m.date().Precision.String()
	}
	return Fact{
		Fact:  cards.Fact{Kind: cards.DateFact, Type: typ, Value: m.value.String(), Span: m.span, Derived: m.derived},
		Index: m.index,
	}
}

// weekdayOf is 1 for a Monday to 7 for a Sunday.
func weekdayOf(d edtf.Date) int {
	return (int(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Weekday())+6)%7 + 1
}
