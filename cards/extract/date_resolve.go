package extract

import (
	"fmt"
	"strconv"

	"recto/cards/edtf"
)

// resolver finds what mentions lack from the dates told before them.
type resolver struct {
	d         *Document
	published edtf.Date
	dated     bool // published is known
	order     int  // 1 where figures show that days stand first, -1 where months do
	witness   string

	exact  *mention // the last mention of a day, month or season
	year   *mention // the last mention of one year, or of a part of it
	last   *mention // the last mention of all that is resolved
	before *mention // the last that tells its era
}

func newResolver(d *Document) *resolver {
	r := &resolver{d: d}
	if v, err := edtf.Parse(d.Article.Published); err == nil && v.Shape == edtf.Single && !v.Dates[0].NoYear && v.Dates[0].Precision >= edtf.Year {
		r.published, r.dated = v.Dates[0], true
	}
	return r
}

func (r *resolver) text(m *mention) string { return m.span.Of(r.d.Article.Text) }

// quote names the mention that another one's year or day is taken from.
func (r *resolver) quote(m *mention) string { return "“" + r.text(m) + "”" }

// sentence resolves the mentions of one sentence, which come in order, and returns
// those that have a value.
func (r *resolver) sentence(all []mention) []mention {
	var out []mention
	for i := range all {
		m := &all[i]
		if !r.resolve(m, all[i+1:]) {
			continue
		}
		out = append(out, *m)
		r.remember(m)
	}
	return out
}

// remember keeps m for those that lean on it.
func (r *resolver) remember(m *mention) {
	if m.date().NoYear || m.date().Precision == edtf.Minute {
		return
	}
	if m.era {
		r.before = m
	}
	r.last = m
	if p := m.date().Precision; p >= edtf.Year && !m.label && m.date().Year == m.end().Year {
		r.year = m
		if p > edtf.Year {
			r.exact = m
		}
	}
}

// resolve gives m its value; behind are the mentions of its sentence that follow.
// It reports false where m stays no date.
func (r *resolver) resolve(m *mention, behind []mention) bool {
	switch m.lacks {
	case itsYear:
		return r.giveYear(m, behind)
	case itsMonth:
		return r.giveMonth(m)
	case itsAnchor:
		return r.giveAnchor(m, behind)
	case itsDay:
		return r.giveDay(m, behind)
	case itsOrder:
		return r.giveOrder(m)
	case itsCentury:
		r.giveCentury(m)
	}
	if m.unsure {
		return r.giveEra(m)
	}
	return true
}

// near is how many days from its publication an article speaks of without a year.
const near = 45

// giveYear finds the year of a date of which none is stated: that of the nearest
// date before it in its paragraph; behind it in its sentence; the year of
// publication when the date lies near it; that of the nearest date before at all.
func (r *resolver) giveYear(m *mention, behind []mention) bool {
	from := r.story(m)
	switch {
	case from != nil && from.block == m.block:
		r.yearFrom(m, from, "before it")
	case firstYear(behind) != nil:
		r.yearFrom(m, firstYear(behind), "behind it")
	case r.nearPublication(m):
		m.derived = "the year is that nearest to publication, " + r.published.String()
	case from != nil:
		r.yearFrom(m, from, "before it")
	case r.dated && m.date().Precision != edtf.Season:
		m.setYear(r.published.Year)
		m.far = true
		m.derived = "the year is that of publication, " + r.published.String()
	default:
		return m.date().Precision != edtf.Season
	}
	return exists(m)
}

// story is the date before m that tells which year the story has come to. A bare
// year in the middle of a sentence ("planned for 1976") does not move it on.
func (r *resolver) story(m *mention) *mention {
	y, e := r.year, r.exact
	if y == e || e == nil || y.index == m.index || y.leads || e.block != m.block && y.block == m.block {
		return y
	}
	return e
}

func exists(m *mention) bool {
	for _, d := range m.value.Dates {
		if !d.Exists() {
			return false
		}
	}
	return true
}

// firstYear is the first mention that states one year.
func firstYear(all []mention) *mention {
	for i := range all {
		m := &all[i]
		if m.lacks == nothing && !m.unsure && !m.label && m.date().Precision >= edtf.Year && m.date().Year == m.end().Year {
			return m
		}
	}
	return nil
}

// turned is how many months a story must go back for the year to have turned:
// "in December" and then "in April".
const turned = 8

// far reports whether from stands so far before m that it may tell of another year:
// in another paragraph, or more than reach sentences off; or was itself so found.
func (r *resolver) far(m, from *mention) bool {
	return from.far || from.block != m.block || m.index-from.index > reach
}

// yearFrom gives m the year of another mention, or the next one where the story
// has passed the turn of the year between the two.
func (r *resolver) yearFrom(m, from *mention, where string) {
	year := from.end().Year
	turn := false
	if where == "before it" && from.end().Precision >= edtf.Month && m.date().Precision >= edtf.Month {
		turn = from.end().Month-m.date().Month >= turned
	}
	if turn {
		year++
	}
	m.setYear(year)
	m.far = r.far(m, from)
	if turn {
		m.derived = fmt.Sprintf("the year is the one after that of %s, the date before it", r.quote(from))
		return
	}
	m.derived = fmt.Sprintf("the year is that of %s, the date %s", r.quote(from), where)
}

// nearPublication gives m the year that brings it nearest to publication, if it
// then lies near it.
func (r *resolver) nearPublication(m *mention) bool {
	if !r.dated || r.published.Precision < edtf.Day || m.date().Precision < edtf.Month {
		return false
	}
	for _, year := range []int{r.published.Year, r.published.Year - 1, r.published.Year + 1} {
		d := *m.date()
		d.Year, d.NoYear = year, false
		if d.Precision == edtf.Month {
			d.Precision, d.Day = edtf.Day, 15
		}
		if d.Exists() && edtf.Compare(d, r.published.Add(-near)) >= 0 && edtf.Compare(d, r.published.Add(near)) <= 0 {
			m.setYear(year)
			return true
		}
	}
	return false
}

// giveMonth finds the month of "the 20th": that of the last date before, if it has
// one and stands at most a sentence off.
func (r *resolver) giveMonth(m *mention) bool {
	from := r.last
	if from == nil || from.end().Precision < edtf.Month || m.index-from.index > 1 || from.block != m.block {
		return false
	}
	d := dayOf(from.end().Year, from.end().Month, m.date().Day, false)
	m.value.Dates = []edtf.Date{d}
	m.far = from.far
	m.derived = fmt.Sprintf("the month is that of %s, the date before it", r.quote(from))
	return d.Exists()
}

// giveOrder reads "3/4/2022" as the document's other dates in figures are read.
func (r *resolver) giveOrder(m *mention) bool {
	if r.order == 0 {
		return false
	}
	d := m.date()
	m.derived = "days stand before months, as in " + r.witness
	if r.order < 0 {
		d.Month, d.Day = d.Day, d.Month
		m.derived = "months stand before days, as in " + r.witness
	}
	return d.Exists()
}

// giveCentury gives a year or decade of two digits the century of a story that is
// older than the last century.
func (r *resolver) giveCentury(m *mention) {
	if r.year == nil || r.year.date().Year >= 1900 || r.year.date().Year < 1000 {
		return
	}
	d := m.date()
	for d.Year > r.year.date().Year+50 {
		d.Year -= 100
	}
	m.derived = "the century is that of " + r.quote(r.year)
}

// giveEra gives a year of three digits the era of the nearest date that names one.
func (r *resolver) giveEra(m *mention) bool {
	if r.before == nil {
		return m.date().Precision > edtf.Year || m.lone
	}
	if r.before.date().Year > 0 {
		return true
	}
	for i := range m.value.Dates {
		d := &m.value.Dates[i]
		d.Year = edtf.Era(d.Year, true)
	}
	m.derived = fmt.Sprintf("the era is that of %s", r.quote(r.before))
	return m.value.Shape == edtf.Single || edtf.Compare(*m.date(), *m.end()) < 0
}

// giveDay finds the day of a time: that of its sentence, or the last before it.
func (r *resolver) giveDay(m *mention, behind []mention) bool {
	from := r.last
	if len(behind) > 0 && behind[0].first-m.last <= 3 && behind[0].date().Precision == edtf.Day {
		if from = &behind[0]; from.lacks != nothing {
			return false // "9:34 pm, March 19", whose year is not found yet
		}
	} else if from == nil || from.index != m.index || from.end().Precision < edtf.Day {
		for i := range behind {
			if b := &behind[i]; b.lacks == nothing && b.date().Precision == edtf.Day {
				from = b
				break
			}
		}
	}
	if from == nil || from.end().Precision != edtf.Day || from.block != m.block || m.index-from.index > 1 {
		return false
	}
	d := m.date()
	d.Year, d.Month, d.Day, d.NoYear = from.end().Year, from.end().Month, from.end().Day, false
	m.far = from.far
	m.derived = "the day is that of " + r.quote(from)
	return d.Exists()
}

// reach is how many sentences a relative date may stand from the one it is
// counted from.
const reach = 2

// giveAnchor works out a relative date, if what it is counted from is clear: the
// last date before it, at least as exact as the unit that is counted.
func (r *resolver) giveAnchor(m *mention, behind []mention) bool {
	if len(behind) > 0 && behind[0].lacks == nothing && behind[0].first-m.last <= 2 {
		return false // "a year before, in April 2013"
	}
	from, name, ok := r.anchor(m)
	if !ok || from.Precision < m.rel.unit || from.Precision == edtf.Minute || from.NoYear || from.Precision == edtf.Season && m.rel.unit > edtf.Year {
		return false
	}
	m.far = !m.rel.deictic && r.last.far
	rel := m.rel
	if rel.weekday > 0 {
		return r.giveWeekday(m, from, name)
	}
	d := from.At(rel.unit).Add(rel.n)
	d.Approximate, d.Uncertain = rel.about, false
	if rel.month > 0 {
		told := *m.date()
		d.Precision, d.Month, d.Day = told.Precision, told.Month, told.Day
	}
	*m.date() = d
	m.derived = derivation(rel, name)
	return d.Exists()
}

// anchor is the date that a relative one is counted from, and its name.
func (r *resolver) anchor(m *mention) (edtf.Date, string, bool) {
	if m.rel.deictic {
		if !r.dated || r.otherTime(m) {
			return edtf.Date{}, "", false
		}
		return r.published, "publication, " + r.published.String(), true
	}
	from := r.last
	if from == nil || from.block != m.block || m.index-from.index > reach {
		return edtf.Date{}, "", false
	}
	return *from.end(), r.quote(from), true
}

// otherTime reports whether the paragraph of m tells of a time far from that of
// publication, so that "on Friday" is not counted from it.
func (r *resolver) otherTime(m *mention) bool {
	return m.rel.weekday > 0 && r.year != nil && r.year.block == m.block && r.year.end().Year != r.published.Year
}

// giveWeekday finds the first such weekday after or before another day.
func (r *resolver) giveWeekday(m *mention, from edtf.Date, name string) bool {
	if from.Precision != edtf.Day {
		return false
	}
	step := 1
	where := "after"
	if m.rel.n < 0 {
		step, where = -1, "before"
	}
	d := from
	d.Approximate, d.Uncertain = false, false
	for range 7 {
		d = d.Add(step)
		if weekdayOf(d) == m.rel.weekday {
			break
		}
	}
	*m.date() = d
	m.derived = fmt.Sprintf("the first such day %s %s", where, name)
	return d.Exists()
}

// derivation says in words how a relative date was counted.
func derivation(r relative, name string) string {
	unit := r.unit.String()
	where, n := "after", r.n
	if n < 0 {
		where, n = "before", -n
	}
	of := ""
	if r.month > 0 {
		of = "in "
	}
	switch n {
	case 0:
		return of + "the " + unit + " of " + name
	case 1:
		return of + "the " + unit + " " + where + " that of " + name
	}
	return of + strconv.Itoa(n) + " " + unit + "s " + where + " " + name
}
