package quiz

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"recto/cards/edtf"
)

// moment is a date as typed or expected: any part may be missing (0), a decade or
// century stands for its years, to is set for an interval.
type moment struct {
	year, month, day int // the year is astronomical: 44 BC is -43
	hasYear          bool
	decade, century  bool // year is the first of them; of a century before Christ, the last
	short            bool // the century was not typed, and may be the 20th or the 21st
	season           int  // 21 spring to 24 winter, as in EDTF
	to               *moment
}

func (m moment) years() bool { return m.hasYear }

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12, "sept": 9,
}

var seasons = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

// month reads a month's name, its abbreviation, or a slip of it.
func month(w string) int {
	if m, ok := months[w]; ok {
		return m
	}
	best, at := 3, 0
	for name, m := range months {
		if len(w) >= 3 && strings.HasPrefix(name, w) {
			return m
		}
		if len(w) < 5 || len(name) < 5 {
			continue
		}
		switch d := distance(w, name); {
		case d < best:
			best, at = d, m
		case d == best && m != at:
			at = 0 // as near to two months as to one
		}
	}
	if best <= 2 {
		return at
	}
	return 0
}

var (
	dateNoise   = regexp.MustCompile(`\b(on|in|at|the|of|about|around|approximately|year|month|anno|during|early|late|mid|from|between|since|by|ad|ce|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\b[.-]?`)
	isoDate     = regexp.MustCompile(`^(-?\d{4,})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$`)
	slashed     = regexp.MustCompile(`^(\d{1,4})(?: ?[/.\-] ?| )(\d{1,2})(?: ?[/.\-] ?| )(\d{1,4})$`)
	twoParts    = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})$`)
	monthYear   = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{4})$`)
	yearMonth   = regexp.MustCompile(`^(\d{4})[/.](\d{1,2})$`)
	yearsRange  = regexp.MustCompile(`^(\d{3,4})\s*(?:-|to|until|till|through|and|/)\s*'?(\d{2,4})$`)
	decadeForm  = regexp.MustCompile(`^(\d{2,4})'?s$`)
	centForm    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\s*(?:century|cent|c)$`)
	circa       = regexp.MustCompile(`\b(?:c|ca|circa)\.?\s*(\d)`)
	bareYear    = regexp.MustCompile(`^'?(\d{1,4})$`)
	ordinalEnd  = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	dotted      = regexp.MustCompile(`\b([abc])\.\s?([cde])(?:\.\s?(e))?(?:\.|\b)`)
	eraAtYear   = regexp.MustCompile(`(\d)(ad|bce?|ce)\b`)
	lastPair    = regexp.MustCompile(`(^|[ ,])(\d\d)$`)
	sinceEra    = regexp.MustCompile(`\b(ad|ce)(\s|$)`)
	beforeEra   = regexp.MustCompile(`\b(bce?|before christ)(\s|$)`)
	untilNow    = regexp.MustCompile(`\s*(?:-|to|till|until|through)\s*(?:the )?(?:present|now|today)(?: day)?$`)
	dayInWords  = regexp.MustCompile(`\b(?:(twenty|thirty)[ -])?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)\b`)
	tensInWords = regexp.MustCompile(`^(?:the )?([a-z]+)[ -](forties|fifties|sixties|seventies|eighties|nineties|twenties|thirties)$`)
	dayRange    = regexp.MustCompile(`^(\d{1,2})\s*(?:-|to|and)\s*(\d{1,2})\s+([a-z]+)\s*(\d{4})?$`)
	daysAfter   = regexp.MustCompile(`^([a-z]+)\.?\s+(\d{1,2}\s*(?:-|to|and)\s*\d{1,2})\b,?(\s*\d{4})?$`)
)

// parseTyped reads a date as people type it. Where day and month can be read both
// ways ("3/4/22") it gives both. It gives nothing for what is no date. With
// edtfForm, s is in EDTF rather than typed.
func parseTyped(s string, edtfForm bool) []moment {
	if edtfForm {
		v, err := edtf.Parse(strings.ToUpper(s))
		if err != nil || v.Shape == edtf.Set {
			return nil
		}
		return []moment{momentOf(v)}
	}
	s = strings.TrimRight(strings.ToLower(strings.TrimSpace(s)), ".!?")
	s = strings.NewReplacer("...", "-", "..", "-", "\u2026", "-").Replace(special.Replace(s))
	s = eraAtYear.ReplaceAllString(dotted.ReplaceAllString(s, "$1$2$3 "), "$1 $2")
	s = dayInWords.ReplaceAllStringFunc(untilNow.ReplaceAllString(s, ""), inDigits)
	since := sinceEra.MatchString(s)
	bc := beforeEra.MatchString(s)
	s = beforeEra.ReplaceAllString(s, " ")
	if bc {
		s = grouped.ReplaceAllStringFunc(s, onlyDigits)
	}
	if i := strings.IndexAny(s, "~?"); i >= 0 {
		s = strings.NewReplacer("~", "", "?", "").Replace(s)
	}
	s = circa.ReplaceAllString(s, "$1")
	s = strings.Join(strings.Fields(dateNoise.ReplaceAllString(s, " ")), " ")
	s = strings.Trim(s, " ,.")
	if bc || since { // a year with its era is written in full
		s = lastPair.ReplaceAllString(s, "${1}00$2")
	}
	out := parsePlain(s)
	if !bc {
		return out
	}
	if g := yearsRange.FindStringSubmatch(s); g != nil && len(out) == 0 {
		out = []moment{{year: number(g[1]), hasYear: true, to: &moment{year: number(g[2]), hasYear: true}}}
	}
	for i, m := range out {
		out[i] = m.beforeChrist(since)
	}
	return out
}

// beforeChrist is m read as years before Christ; with since, only its first end is.
func (m moment) beforeChrist(since bool) moment {
	switch {
	case m.century:
		m.year = min(-m.year, -1)
	case m.decade: // 489 to 480 BC, which is no decade of the astronomical count
		return moment{year: edtf.Era(m.year+9, true), hasYear: true, decade: true, to: &moment{year: edtf.Era(max(m.year, 1), true), hasYear: true}}
	default:
		m.year = edtf.Era(m.year, true)
	}
	if m.to != nil && !since {
		to := m.to.beforeChrist(true)
		m.to = &to
	}
	return m
}

// momentOf is a date of EDTF as a moment.
func momentOf(v edtf.Value) moment {
	d := v.Dates[0]
	m := moment{year: d.Year, month: d.Month, day: d.Day, hasYear: !d.NoYear, century: d.Precision == edtf.Century, decade: d.Precision == edtf.Decade}
	if d.Precision == edtf.Season {
		m.season, m.month = d.Month, 0
	}
	if len(v.Dates) > 1 {
		to := momentOf(edtf.Value{Dates: v.Dates[1:]})
		m.to = &to
	}
	return m
}

// parseISO reads "2022-3-21" and what is cut short of it.
func parseISO(s string) (moment, bool) {
	g := isoDate.FindStringSubmatch(s)
	if g == nil {
		return moment{}, false
	}
	m := moment{hasYear: true}
	m.year, _ = strconv.Atoi(g[1])
	m.month, _ = strconv.Atoi(g[2])
	m.day, _ = strconv.Atoi(g[3])
	if m.month >= 21 {
		m.season, m.month = m.month, 0
	}
	return m, true
}

// parsePlain reads a date whose noise words are gone.
func parsePlain(s string) []moment {
	if g := yearsRange.FindStringSubmatch(s); g != nil {
		a, b := number(g[1]), number(g[2])
		if len(g[2]) < len(g[1]) {
			scale := 1
			for range g[2] {
				scale *= 10
			}
			b += a / scale * scale
		}
		if b > a {
			return []moment{{year: a, hasYear: true, to: &moment{year: b, hasYear: true}}}
		}
	}
	if g := daysAfter.FindStringSubmatch(s); g != nil && month(g[1]) > 0 {
		s = g[2] + " " + g[1] + g[3]
	}
	if g := dayRange.FindStringSubmatch(s); g != nil && month(g[3]) > 0 {
		from, to := moment{day: number(g[1]), month: month(g[3])}, moment{day: number(g[2]), month: month(g[3])}
		if g[4] != "" {
			from.year, from.hasYear, to.year, to.hasYear = number(g[4]), true, number(g[4]), true
		}
		from.to = &to
		return []moment{from}
	}
	for _, sep := range []string{" to ", " - ", " until ", " till ", " through ", " and ", "/", "-"} {
		a, b, ok := strings.Cut(s, sep)
		switch sep {
		case "/":
			ok = ok && strings.Count(s, "/") == 1 && len(a) >= 4 && len(b) >= 4
		case "-": // "jun 1941-may 1945", and no "21-mar-2022"
			ok = ok && strings.Count(s, "-") == 1 && strings.ContainsAny(a, letters) && strings.ContainsAny(b, letters)
		}
		if ok {
			from, to := parsePlain(strings.TrimSpace(a)), parsePlain(strings.TrimSpace(b))
			if len(from) > 0 && len(to) > 0 {
				f, t := from[0], to[0]
				if !f.hasYear && t.hasYear {
					f.year, f.hasYear = t.year, true
				}
				f.to = &t
				return []moment{f}
			}
		}
	}
	return parseSingle(s)
}

func parseSingle(s string) []moment {
	if g := centForm.FindStringSubmatch(s); g != nil {
		return []moment{{year: (number(g[1]) - 1) * 100, hasYear: true, century: true}}
	}
	if words := strings.Fields(s); len(words) == 2 && strings.HasPrefix(words[1], "century") {
		n, ok := ordinals[words[0]]
		if !ok {
			n, ok = romanNumeral(strings.TrimSuffix(words[0], "th"))
		}
		if ok {
			return []moment{{year: (n - 1) * 100, hasYear: true, century: true}}
		}
	}
	if g := decadeForm.FindStringSubmatch(strings.TrimPrefix(s, "'")); g != nil {
		y := number(g[1])
		if y < 100 {
			y += 1900
		}
		if y%100 == 0 {
			return []moment{{year: y, hasYear: true, decade: true}, {year: y, hasYear: true, century: true}}
		}
		return []moment{{year: y, hasYear: true, decade: true}}
	}
	if g := tensInWords.FindStringSubmatch(s); g != nil {
		if n := int(small[g[1]]); n >= 10 && n <= 20 {
			return []moment{{year: 100*n + decadeWords[g[2]], hasYear: true, decade: true}}
		}
	}
	if words := strings.Fields(s); len(words) == 1 {
		if d, ok := decadeWords[s]; ok {
			return []moment{{year: 1900 + d, hasYear: true, decade: true}}
		}
	}
	if g := monthYear.FindStringSubmatch(s); g != nil {
		return valid(moment{year: number(g[2]), hasYear: true, month: number(g[1])})
	}
	if g := yearMonth.FindStringSubmatch(s); g != nil {
		return valid(moment{year: number(g[1]), hasYear: true, month: number(g[2])})
	}
	if g := twoParts.FindStringSubmatch(s); g != nil {
		a, b := number(g[1]), number(g[2])
		return slices.Concat(valid(moment{day: a, month: b}), valid(moment{day: b, month: a}), valid(moment{year: fullYear(b), hasYear: true, short: true, month: a}))
	}
	if g := slashed.FindStringSubmatch(s); g != nil {
		return parseSlashed(g)
	}
	if g := bareYear.FindStringSubmatch(s); g != nil {
		out := valid(moment{year: number(g[1]), hasYear: true})
		if len(g[1]) == 2 {
			out = append(out, moment{year: fullYear(number(g[1])), hasYear: true, short: true})
		}
		return out
	}
	if m, ok := parseISO(s); ok {
		return valid(m)
	}
	return parseWords(ordinalEnd.ReplaceAllString(s, "$1"))
}

// parseSlashed reads 2022/3/21, 21/3/2022, 3/21/22 in each way they can be read.
func parseSlashed(g []string) []moment {
	a, b, c := number(g[1]), number(g[2]), number(g[3])
	if len(g[1]) > 2 {
		return valid(moment{year: a, hasYear: true, month: b, day: c})
	}
	short := len(g[3]) < 3
	if short {
		c = fullYear(c)
	}
	out := valid(moment{year: c, hasYear: true, short: short, month: b, day: a})
	if a != b {
		out = append(out, valid(moment{year: c, hasYear: true, short: short, month: a, day: b})...)
	}
	return out
}

// fullYear reads a year of two digits: up to 39 of this century, else of the last. The
// other of the two is right as well, where the year is marked as short.
func fullYear(y int) int {
	if y < 40 {
		return 2000 + y
	}
	return 1900 + y
}

func valid(m moment) []moment {
	if m.month > 12 || m.hasYear && m.year == 0 && !m.century && !m.decade {
		return nil
	}
	if m.day > 0 && m.month > 0 {
		y := m.year
		if !m.hasYear {
			y = 2000
		}
		if d := time.Date(y, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC); d.Day() != m.day {
			return nil
		}
	}
	return []moment{m}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
