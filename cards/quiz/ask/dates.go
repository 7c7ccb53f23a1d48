package ask

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"

	"recto/cards"
	"recto/cards/edtf"
)

// keyOf counts a date in units of its precision.
func keyOf(d edtf.Date) int64 {
	switch d.Precision {
	case edtf.Day:
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400
	case edtf.Month:
		return int64(d.Year)*12 + int64(d.Month) - 1
	case edtf.Decade:
		return int64(d.Year / 10)
	case edtf.Century:
		return int64(d.Year / 100)
	}
	return int64(d.Year)
}

// window is how far from a date, in its units, another one of the article is near.
var window = map[edtf.Precision]int64{edtf.Day: 3 * 365, edtf.Month: 60, edtf.Year: 15, edtf.Decade: 5, edtf.Century: 3}

// dates are four dates of one precision and form, the earliest first.
func (p *pool) dates(it Item, rng *rand.Rand) []option {
	v, err := edtf.Parse(it.Value)
	if err != nil {
		return nil
	}
	first := v.Dates[0]
	if first.Precision <= edtf.Decade && first.Year < 0 {
		return nil
	}
	right := option{Text: it.Answer, Key: keyOf(first), Card: it.Card, right: true}
	latest := p.latest(it, v)
	good := func(o option) bool {
		sure := !vague(first) || first.Precision != edtf.Year || max(o.Key-right.Key, right.Key-o.Key) > 2*circa
		return sure && o.Key <= latest && p.wrongFor(it, o.Text, "")
	}
	var near []option
	for _, o := range p.beside(it) {
		w, err := edtf.Parse(o.Value)
		if err != nil || o.From != it.From || fold(o.Front) == fold(it.Front) {
			continue
		}
		if key := keyOf(w.Dates[0]); max(key-right.Key, right.Key-key) <= window[first.Precision] {
			near = append(near, option{Text: o.Answer, Key: key, Card: o.Card})
		}
	}
	by := stepOf(first, rng)
	step := func(from int64, up bool) (option, bool) {
		n := by()
		if !up {
			n = -n
		}
		moved := moveAll(v.Dates, int(from-right.Key+n))
		text, ok := rewrite(it.Answer, v.Dates, moved)
		return option{Text: text, Key: keyOf(moved[0])}, ok
	}
	return draw(rng, right, near, 2, good, step)
}

// latest is the key that no option may pass: that of the article's day, unless the
// answer itself lies after it.
func (p *pool) latest(it Item, v edtf.Value) int64 {
	const never = 1 << 40
	limit, err := edtf.ParseDate(it.Limit)
	last := v.Dates[len(v.Dates)-1]
	if err != nil || limit.NoYear || limit.Precision < edtf.Year || edtf.Compare(last, limit) > 0 {
		return never
	}
	room := keyOf(limit.At(last.Precision)) - keyOf(last)
	if limit.Precision < last.Precision { // the whole year counts
		whole := edtf.Date{Precision: edtf.Day, Year: limit.Year, Month: 12, Day: 31}
		room = keyOf(whole.At(last.Precision)) - keyOf(last)
	}
	return keyOf(v.Dates[0]) + max(room, 0)
}

// stepOf draws by how much the options of one question differ, in units of the date.
// One size holds for all four, so that none stands nearer to the others than they do.
func stepOf(d edtf.Date, rng *rand.Rand) func() int64 {
	between := func(a, b int64) func() int64 { return func() int64 { return a + rng.Int64N(b-a+1) } }
	size := rng.IntN(3)
	switch d.Precision {
	case edtf.Day:
		return []func() int64{between(3, 18), between(19, 70), between(200, 500)}[size]
	case edtf.Month:
		return []func() int64{between(1, 5), between(2, 9), between(7, 19)}[size]
	case edtf.Decade, edtf.Century:
		return between(1, 1+int64(size/2))
	}
	unit, lowest := int64(1), int64(1)
	if vague(d) {
		for _, round := range []int{100, 50, 10, 5} {
			if valueOf(d, "year")%round == 0 && (round < 50 || d.Year < 1500) {
				unit = int64(round)
				break
			}
		}
		lowest = 2*circa/unit + 1
	}
	wide := int64(5)
	switch {
	case unit > 1:
		wide = 2
	case d.Year < 1000:
		wide = 12
	case d.Year < 1800:
		wide = 8
	}
	draw := between(lowest, lowest+wide-1)
	return func() int64 { return unit * draw() }
}

// moveAll moves dates by n units of the first one's precision.
func moveAll(dates []edtf.Date, n int) []edtf.Date {
	moved := make([]edtf.Date, len(dates))
	for i, d := range dates {
		switch {
		case d.Precision == dates[0].Precision && d.Precision != edtf.Season && d.Precision != edtf.Minute:
			moved[i] = d.Add(n)
		default:
			moved[i] = d
		}
	}
	return moved
}

var dateToken = regexp.MustCompile(`(\d+)(st|nd|rd|th)?\b|\d+|\p{L}+`)

// rewrite writes a text of dates anew for others of the same precision: what stands
// around the numbers and months stays. It fails where the text does not show what
// would have to change.
func rewrite(text string, was, is []edtf.Date) (string, bool) {
	w := rewriter{was: was, is: is, done: map[string]bool{}}
	out := dateToken.ReplaceAllStringFunc(text, w.token)
	for i := range was {
		if (was[i].Year <= 0) != (is[i].Year <= 0) {
			return "", false // the text says the era
		}
		for _, f := range fieldsOf(was[i]) {
			if !w.done[fmt.Sprint(i, f.name)] && f.value != valueOf(is[i], f.name) {
				return "", false
			}
		}
	}
	return out, out != text && !w.failed
}

type rewriter struct {
	was, is []edtf.Date
	done    map[string]bool // fields that were found in the text
	failed  bool
}

type dateField struct {
	name  string
	value int
}

// fieldsOf are the parts of a date as people write them.
func fieldsOf(d edtf.Date) []dateField {
	f := []dateField{{"year", valueOf(d, "year")}}
	if d.Precision >= edtf.Month {
		f = append(f, dateField{"month", d.Month})
	}
	if d.Precision >= edtf.Day {
		f = append(f, dateField{"day", d.Day})
	}
	return f
}

func valueOf(d edtf.Date, name string) int {
	switch {
	case name == "month":
		return d.Month
	case name == "day":
		return d.Day
	case d.Precision == edtf.Century:
		return d.Year/100 + 1
	case d.Precision == edtf.Decade:
		return d.Year / 10 * 10
	case d.Year <= 0:
		return 1 - d.Year
	}
	return d.Year
}

// token writes one word or number of the text anew.
func (w *rewriter) token(s string) string {
	if m := monthNumber(strings.ToLower(s)); m > 0 {
		return w.replace("month", m, func(n int) string { return monthLike(n, s) }, s)
	}
	bare := strings.TrimRight(s, "stndrh")
	n, err := strconv.Atoi(bare)
	if err != nil {
		if at, ok := numberOfWord(strings.ToLower(s)); ok && w.was[0].Precision == edtf.Century {
			return w.replace("year", at, func(n int) string {
				if n >= len(ordinalWords) {
					w.failed = true
					return s
				}
				return capitalsOf(ordinalWords[n], s)
			}, s)
		}
		return s
	}
	write := func(n int) string {
		if bare != s {
			return strconv.Itoa(n) + ordinalSuffix(n)
		}
		return strconv.Itoa(n)
	}
	if len(bare) <= 2 {
		if out := w.replace("day", n, write, ""); out != "" {
			return out
		}
	}
	if out := w.replace("year", n, write, ""); out != "" {
		return out
	}
	if len(bare) == 2 && len(w.was) == 2 && valueOf(w.was[1], "year")%100 == n && w.was[0].Year/100 == w.is[1].Year/100 {
		w.done["1year"] = true
		return fmt.Sprintf("%02d", valueOf(w.is[1], "year")%100)
	}
	return s
}

// replace writes the first field of that name and value that was not found yet.
func (w *rewriter) replace(name string, value int, write func(int) string, otherwise string) string {
	for i := range w.was {
		key := fmt.Sprint(i, name)
		if !w.done[key] && valueOf(w.was[i], name) == value {
			w.done[key] = true
			return write(valueOf(w.is[i], name))
		}
	}
	return otherwise
}

// apart reports whether two dates in EDTF do not overlap, at the precision that is
// known of them.
func apart(a, b string) bool {
	x, ok := spanOf(a)
	y, fine := spanOf(b)
	return ok && fine && (x.last < y.first || y.last < x.first)
}

// days are the first and the last day that a date may mean.
type days struct{ first, last int64 }

// circa is by how many years a date that is "about" or "perhaps" may be off.
const circa = 10

// vague reports whether a date is said to be about or perhaps right.
func vague(d edtf.Date) bool { return d.Approximate || d.Uncertain }

// spanOf is the days from the first that a date in EDTF may mean to the last. It
// fails for dates that have no year, or no end.
func spanOf(value string) (days, bool) {
	v, err := edtf.Parse(value)
	if err != nil || v.Shape == edtf.Set || v.Shape == edtf.Interval && len(v.Dates) != 2 {
		return days{}, false
	}
	s, ok := spanOfDate(v.Dates[0])
	if len(v.Dates) == 2 {
		t, fine := spanOfDate(v.Dates[1])
		return days{s.first, t.last}, ok && fine
	}
	return s, ok
}

func spanOfDate(d edtf.Date) (days, bool) {
	day := func(year, month, n int) int64 {
		return time.Date(year, time.Month(month), n, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	var s days
	switch {
	case d.NoYear:
		return s, false
	case d.Precision == edtf.Century && d.Year < 0, d.Precision == edtf.Decade && d.Year < 0:
		return s, false
	case d.Precision == edtf.Century:
		y := d.Year / 100 * 100
		s = days{day(y, 1, 1), day(y+100, 12, 31)} // 1801 to 1900, or 1800 to 1899
	case d.Precision == edtf.Decade:
		y := d.Year / 10 * 10
		s = days{day(y, 1, 1), day(y+9, 12, 31)}
	case d.Precision == edtf.Season: // of either half of the earth, and winters begin in the year before
		s = days{day(d.Year-1, 12, 1), day(d.Year+1, 3, 31)}
		if d.Month >= 33 {
			from := (d.Month-33)*3 + 1
			s = days{day(d.Year, from, 1), day(d.Year, from+3, 0)}
		}
	case d.Precision == edtf.Year:
		s = days{day(d.Year, 1, 1), day(d.Year, 12, 31)}
	case d.Precision == edtf.Month:
		s = days{day(d.Year, d.Month, 1), day(d.Year, d.Month+1, 0)}
	default:
		s = days{day(d.Year, d.Month, d.Day), day(d.Year, d.Month, d.Day)}
	}
	if vague(d) {
		s.first, s.last = s.first-circa*366, s.last+circa*366
	}
	return s, true
}

// isDate reports whether the item's answer is a date.
func (it Item) isDate() bool { return it.Kind == cards.DateFact && it.Family != "event" }
