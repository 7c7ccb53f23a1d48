package extract

import (
	"time"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/english"
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
		all[i] = d.told(i, &d.Sentences[i])
		r.read(all[i])
	}
	var told []mention
	block := -1
	for i, mentions := range all {
		if at := d.Sentences[i].Block; at != block {
			r.enter(i, block+1, at)
			block = at
		}
		told = append(told, r.sentence(mentions)...)
	}
	between(told)
	facts := make([]Fact, len(told))
	for i := range told {
		facts[i] = told[i].fact()
	}
	return facts
}

// told are the dates of a sentence as it tells them.
func (d *Document) told(i int, s *Sentence) []mention {
	l := newLine(i, s, d.Article.Text)
	return l.join(l.mentions())
}

// enter begins block at, whose first sentence is i: a year in a heading between
// from and it is the year that its story has come to.
func (r *resolver) enter(i, from, at int) {
	for b := from; b < at; b++ {
		h := r.d.Article.Blocks[b]
		if h.Kind != cards.Heading {
			continue
		}
		for _, s := range english.Split(h.Span.Of(r.d.Article.Text)) {
			s := Sentence{shift(s, h.Span.Start), at}
			for _, m := range r.d.told(i, &s) {
				if m.lacks == nothing && !m.unsure {
					m.leads = true
					r.remember(&m)
				}
			}
		}
	}
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
		Index: m.index, Far: m.far,
	}
}

// weekdayOf is 1 for a Monday to 7 for a Sunday.
func weekdayOf(d edtf.Date) int {
	return (int(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Weekday())+6)%7 + 1
}
