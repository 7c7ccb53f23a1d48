package quiz

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Forms of numbers that are brought to a plain one before the number is read.
var (
	vulgar       = strings.NewReplacer("½", " 1/2", "¼", " 1/4", "¾", " 3/4", "⅓", " 1/3", "⅔", " 2/3", "⅕", " 1/5", "⅛", " 1/8", "⁄", "/", "²", "2", "³", "3", "×", "x")
	bounds       = regexp.MustCompile(`^[~≈<>≤≥±=]+\s*`)
	dottedGroups = regexp.MustCompile(`\b\d{1,3}(?:\.\d{3}){2,}`)
	indianGroups = regexp.MustCompile(`\b\d{1,2}(?:,\d{2})+,\d{3}\b`)
	commaPoint   = regexp.MustCompile(`^(\D*\d+),(\d{1,2})(\D.*)?$`)
	mixed        = regexp.MustCompile(`\b(\d+)[ -]+(\d+)/(\d+)`)
	powerOfTen   = regexp.MustCompile(`\b(?:(\d*\.?\d+) ?[x*] ?)?10 ?\^ ?(-?\d{1,2})\b`)
	feetInches   = regexp.MustCompile(`(\d) ?' ?(\d{1,2})(?: ?(?:"|''))?$`)
	hoursForm    = regexp.MustCompile(`^(\d+) ?h ?(\d{1,2})$`)
	timesForm    = regexp.MustCompile(`^(\d+(?:\.\d+)?|[a-z]+?)(?: ?x|[ -]?fold)$`)
	oneIn        = regexp.MustCompile(`^(.+?) (?:in|out of)(?: every)? ([a-z0-9-]+)( .*)?$`)
)

// plainForm writes fractions, powers, groups and heights in the way that parseOne reads.
func plainForm(s string) string {
	s = strings.TrimSpace(bounds.ReplaceAllString(strings.TrimSpace(vulgar.Replace(s)), ""))
	for _, groups := range []*regexp.Regexp{dottedGroups, indianGroups, grouped} {
		s = groups.ReplaceAllStringFunc(s, onlyDigits)
	}
	s = commaPoint.ReplaceAllString(s, "$1.$2$3")
	s = mixed.ReplaceAllStringFunc(s, func(m string) string {
		g := mixed.FindStringSubmatch(m)
		below := number(g[3])
		if below == 0 {
			return m
		}
		return decimalOf(float64(number(g[1])) + float64(number(g[2]))/float64(below))
	})
	s = powerOfTen.ReplaceAllStringFunc(s, func(m string) string {
		g := powerOfTen.FindStringSubmatch(m)
		times, err := strconv.ParseFloat(g[1], 64)
		if err != nil {
			times = 1
		}
		return decimalOf(times * math.Pow10(number(g[2])))
	})
	s = hoursForm.ReplaceAllString(s, "$1 h $2 min")
	s = feetInches.ReplaceAllString(s, "$1 feet $2 inches")
	return timesForm.ReplaceAllString(s, "$1 times")
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func decimalOf(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// parseProportion reads "one in five" and "3 out of 4 adults". "Two in 1998" is none.
func parseProportion(s string) (quantity, bool) {
	g := oneIn.FindStringSubmatch(s)
	if g == nil {
		return quantity{}, false
	}
	part, okPart := parseOne(g[1])
	whole, okWhole := parseOne(g[2])
	if !okPart || !okWhole || part.unit != "" || whole.unit != "" || part.value <= 0 || part.value >= whole.value || whole.value > 1000 && math.Mod(whole.value, 1000) != 0 {
		return quantity{}, false
	}
	share := part.value / whole.value
	return quantity{value: share, plain: share, share: true}, true
}

// further adds a smaller part in a unit of the same kind: "5 feet 10 inches". Words that
// are none are kept: a number in them says something else.
func (q quantity) further(words []string, factor float64) quantity {
	rest := words
	if len(rest) > 0 && rest[0] == "and" {
		rest = rest[1:]
	}
	if n := len(rest); n > 1 && rest[n-1] == "in" {
		rest = append(slices.Clone(rest[:n-1]), "inches")
	}
	if len(rest) == 1 && q.unit == "m" && factor == units["foot"].factor {
		rest = append(slices.Clone(rest), "inches") // "5 foot 10"
	}
	if len(rest) > 0 {
		if more, ok := parseOne(strings.Join(rest, " ")); ok && more.unit == q.unit && len(more.rest) == 0 && 0 < more.value && more.value < factor {
			q.value += more.value
			q.plain = q.value / factor
			return q
		}
	}
	q.rest = words
	return q
}

// otherNumber finds a number in the words behind what was typed that is not among those
// behind what was expected: "14 of 30" is not 14 of 20.
func otherNumber(want, got quantity) bool {
	return slices.ContainsFunc(got.rest, func(w string) bool {
		_, counts := small[w]
		return (counts && w != "no" && w != "one" || magnitudes[w] > 0 && len(w) > 2 || strings.ContainsAny(w, "0123456789")) && !slices.Contains(want.rest, w)
	})
}

// settled reads pounds as money or as a weight, where unit says which of them is meant.
func (q quantity) settled(unit string) quantity {
	switch {
	case q.unit != "pound":
	case unit == "gbp":
		q.unit = "gbp"
	case unit == "g":
		q.unit = "g"
		q.value *= units["lb"].factor
		q.high *= units["lb"].factor
	}
	return q
}
