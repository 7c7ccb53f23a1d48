package quiz

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// quantity is a number with its unit; high is set for a range.
type quantity struct {
	value, high float64 // in the base unit
	plain       float64 // the number before its unit's factor
	ranged      bool
	share       bool     // a part of a whole: "half", "one in five"
	unit        string   // normal form: "usd", "%", "m", a noun in the singular, or ""
	rest        []string // words behind the unit
}

// units bring spellings of units to one form, with a factor to the base unit of
// their kind.
var units = map[string]struct {
	base   string
	factor float64
}{}

func init() {
	for base, forms := range map[string]string{
		"usd=0.01": "cent cents ¢", "gbp=0.01": "pence penny", "usd": "$ us$ usd dollar dollars us-dollar us-dollars buck bucks", "eur": "€ eur euro euros",
		"gbp": "£ gbp pound-sterling pounds-sterling sterling", "jpy": "¥ jpy yen", "inr": "₹ inr rupee rupees", "rub": "rouble roubles ruble rubles rub",
		"cny": "yuan renminbi rmb cny", "%": "% percent per-cent percentage pct", "pp": "percentage-point percentage-points",
		"m=1": "m metre metres meter meters", "m=1000": "km kilometre kilometres kilometer kilometers kms", "m=0.01": "cm centimetre centimetres centimeter centimeters",
		"m=0.001": "mm millimetre millimetres millimeter millimeters", "m=1609.344": "mi mile miles", "m=0.3048": "ft foot feet", "m=0.0254": "inch inches",
		"m=0.9144": "yd yard yards", "g=1": "g gram grams gramme grammes", "g=1000": "kg kilogram kilograms kilo kilos kgs", "g=1000000": "t tonne tonnes ton tons metric-tons metric-ton",
		"g=0.001": "mg milligram milligrams", "g=453.59237": "lb lbs", "l=1": "l ltr ltrs litre litres liter liters", "l=0.001": "ml millilitre millilitres milliliter milliliters",
		"s=1": "s sec secs second seconds", "s=60": "min mins minute minutes", "s=3600": "h hr hrs hour hours", "s=86400": "d day days", "s=604800": "week weeks wk wks",
		"mo=1": "month months", "mo=12": "year years yr yrs annum", "mo=120": "decade decades", "mo=1200": "century centuries",
		"m2=1000000": "km2 sq-km square-kilometres square-kilometers square-kilometre square-kilometer", "m2=10000": "ha hectare hectares", "m2=1": "m2 sq-m square-metres square-meters square-metre square-meter", "m3=1": "m3 cubic-metres cubic-meters cubic-metre cubic-meter", "m3=1000000000": "km3 cubic-kilometres cubic-kilometers",
		"m2=2589988": "square-miles sq-mi square-mile", "w=1": "w watt watts", "w=1000": "kw kilowatt kilowatts", "w=1000000": "mw megawatt megawatts", "w=1000000000": "gw gigawatt gigawatts",
		"c": "°c celsius centigrade degrees-celsius degree-celsius degrees-centigrade degrees-c deg-c", "f": "°f fahrenheit degrees-fahrenheit degree-fahrenheit degrees-f deg-f", "m/s=0.277777777777": "km/h kph kmh kmph kilometres-per-hour kilometers-per-hour kilometres-an-hour kilometers-an-hour", "m/s=0.44704": "mph miles-per-hour miles-an-hour",
		"m/s=1000": "km/s kilometres-per-second kilometers-per-second", "m/s=1": "m/s metres-per-second meters-per-second metres-a-second meters-a-second",
		"times": "time times", "b=1": "byte bytes", "b=1000000": "mb megabyte megabytes", "b=1000000000": "gb gigabyte gigabytes",
	} {
		name, f, ok := strings.Cut(base, "=")
		factor := 1.0
		if ok {
			factor, _ = strconv.ParseFloat(f, 64)
		}
		for _, form := range strings.Fields(forms) {
			units[form] = struct {
				base   string
				factor float64
			}{name, factor}
		}
	}
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100,
}

var small = map[string]float64{
	"zero": 0, "no": 0, "none": 0, "nil": 0, "nought": 0, "naught": 0, "double": 2, "triple": 3, "quadruple": 4, "both": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "once": 1, "twice": 2, "thrice": 3,
	"single": 1, "couple": 2, "pair": 2, "dozen": 12, "score": 20,
}

var magnitudes = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mio": 1e6, "mil": 1e6, "billion": 1e9, "bn": 1e9, "bln": 1e9, "milliard": 1e9, "b": 1e9,
	"trillion": 1e12, "tn": 1e12, "trn": 1e12, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12, "lakh": 1e5, "crore": 1e7,
}

var fractions = map[string]float64{"half": .5, "third": 1. / 3, "thirds": 1. / 3, "quarter": .25, "quarters": .25, "fourth": .25, "fourths": .25, "fifth": .2, "fifths": .2, "sixth": 1. / 6, "sixths": 1. / 6, "seventh": 1. / 7, "sevenths": 1. / 7, "ninth": 1. / 9, "ninths": 1. / 9, "eighth": .125, "eighths": .125, "tenth": .1, "tenths": .1}

// parseNumberWords reads "two hundred and fifty-one", "twenty five", "half a million".
func parseNumberWords(words []string) (float64, bool) {
	total, part, any := 0.0, 0.0, false
	for i, w := range words {
		v, isSmall := small[w]
		mag, isMag := magnitudes[w]
		switch {
		case w == "and" && any && i+1 < len(words):
		case w == "a" || w == "an":
			if i+1 < len(words) && (magnitudes[words[i+1]] > 0 || small[words[i+1]] > 0) && part == 0 {
				part = 1
				if small[words[i+1]] > 0 {
					part = 0
				}
			}
		case isSmall && w == "dozen" && part > 0:
			part *= 12
		case isSmall && (part == 0 || part >= 100 && math.Mod(part, 100) == 0 || math.Mod(part, 10) == 0 && math.Mod(part, 100) >= 20 && v < 10 && v > 0):
			part += v
			any = true
		case isMag && mag == 100 && (any || part == 1 || total == 0):
			part = max(part, 1) * 100
			any = true
		case isMag:
			if part == 0 {
				part = 1
			}
			total += part * mag
			part, any = 0, true
		default:
			return 0, false
		}
	}
	return total + part, any
}

var (
	approximate = regexp.MustCompile(`\b(by|for|about|around|over|more than|nearly|almost|roughly|approximately|approx|some|under|less than|fewer than|at least|at most|up to|up from|circa|ca|an estimated|estimated|exactly|just|only|slightly|a little|well|above|below|upwards of|in excess of|a total of|close to|worth|as many as|as much as)\b\.?`)
	grouped     = regexp.MustCompile(`\b\d{1,3}(?:[, \x{00a0}\x{202f}']\d{3})+`)
	shortMega   = regexp.MustCompile(`(\d)\s?m\b`)
	andPart     = regexp.MustCompile(`^(an?|[a-z]+|\d+)((?: [a-z]+)?) and (?:a|one) (half|quarter|third)\b`)
	article     = regexp.MustCompile(`^(?:the|number|no|nr|#)\.?\s+`)
	digits      = regexp.MustCompile(`^([-+]?\d*\.?\d+)(.*)$`)
	dashForm    = regexp.MustCompile(`^(.*\d[^-]*?)\s*-\s*(\D{0,4}\d.*)$`)
	toForm      = regexp.MustCompile(`^(.+?)\s+to\s+(.+)$`)
	betweenForm = regexp.MustCompile(`^between (.+?) and (.+)$`)
	slashForm   = regexp.MustCompile(`^(\d+)\s*/\s*(\d+)(.*)$`)
)

// parseQuantity reads a number as people type it, with its unit if there is one.
func parseQuantity(s string) (quantity, bool) {
	s = plainText(s)
	for _, sign := range []string{"minus ", "negative "} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			q, ok := parseQuantity(rest)
			q.value, q.plain = -q.value, -q.plain
			return q, ok && !q.ranged
		}
	}
	s = plainForm(s)
	s = andFraction(s)
	if q, ok := parseRange(s); ok {
		return q, true
	}
	if q, ok := parseProportion(s); ok {
		return q, true
	}
	return parseOne(s)
}

// plainText is what was typed in small letters, without words such as "about".
func plainText(s string) string {
	s = strings.TrimSpace(special.Replace(strings.ToLower(s)))
	s = strings.TrimSpace(approximate.ReplaceAllString(s, " "))
	s = strings.TrimRight(s, ".!? ")
	return strings.TrimSpace(article.ReplaceAllString(s, ""))
}

// andFraction writes "an hour and a half" and "two and a half million" with a
// decimal: "1.5 hour", "2.5 million".
func andFraction(s string) string {
	g := andPart.FindStringSubmatchIndex(s)
	if g == nil {
		return s
	}
	part := func(i int) string { return s[g[2*i]:g[2*i+1]] }
	whole, ok := parseNumberWords([]string{part(1)})
	if part(1) == "a" || part(1) == "an" {
		whole, ok = 1, true
	} else if n, err := strconv.ParseFloat(part(1), 64); err == nil {
		whole, ok = n, true
	}
	if !ok {
		return s
	}
	return strconv.FormatFloat(whole+fractions[part(3)], 'f', -1, 64) + part(2) + s[g[1]:]
}

// parseRange reads "5 to 6 billion dollars", "20-30", "between 20 and 30".
func parseRange(s string) (quantity, bool) {
	var g []string
	for _, form := range []*regexp.Regexp{betweenForm, dashForm, toForm} {
		if g = form.FindStringSubmatch(s); g != nil {
			break
		}
	}
	if g == nil {
		return quantity{}, false
	}
	a, okA := parseOne(strings.TrimPrefix(g[1], "from "))
	b, okB := parseOne(g[2])
	if !okA || !okB || a.unit != "" && b.unit != "" && a.unit != b.unit {
		return quantity{}, false
	}
	if scale := magnitudeOf(g[2]); scale > 1 && magnitudeOf(g[1]) == 1 && a.value < b.value/scale {
		a.value *= scale // "5 to 6 billion" means billions on both sides
	}
	if a.unit == "" && b.unit != "" && b.plain != 0 {
		a.value *= b.value / b.plain
	}
	if a.unit != "" && b.unit == "" {
		b.unit = a.unit
	}
	if b.value <= a.value {
		return quantity{}, false
	}
	return quantity{value: a.value, high: b.value, plain: a.plain, ranged: true, unit: b.unit}, true
}

func magnitudeOf(s string) float64 {
	for _, w := range strings.Fields(s) {
		if m := magnitudes[w]; m > 0 {
			return m
		}
	}
	return 1
}

// parseOne reads one number and its unit.
func parseOne(s string) (quantity, bool) {
	var q quantity
	s, q.unit = leadingCurrency(strings.TrimSpace(s))
	scale := 1.0
	if g := slashForm.FindStringSubmatch(s); g != nil {
		a, _ := strconv.ParseFloat(g[1], 64)
		b, _ := strconv.ParseFloat(g[2], 64)
		if b == 0 {
			return q, false
		}
		q.value, q.share = a/b, a < b
		return q.with(strings.Fields(g[3]), 1)
	}
	if g := digits.FindStringSubmatch(s); g != nil {
		v, err := strconv.ParseFloat(g[1], 64)
		if err != nil {
			return q, false
		}
		q.value = v
		rest := strings.TrimSpace(g[2])
		if r, ok := strings.CutPrefix(rest, "th "); ok || rest == "th" || rest == "st" || rest == "nd" || rest == "rd" {
			rest = r
			if !ok {
				rest = ""
			}
		}
		words := strings.Fields(strings.TrimLeft(rest, "-"))
		if len(words) > 0 && words[0] == "dozen" {
			scale, words = 12, words[1:]
		}
		for len(words) > 0 {
			m := magnitudes[strings.TrimSuffix(words[0], ".")]
			if m == 0 {
				break
			}
			scale *= m
			words = words[1:]
		}
		return q.with(words, scale)
	}
	return q.fromWords(strings.Fields(strings.ReplaceAll(s, "-", " ")))
}

// leadingCurrency takes a sign or code before the number off.
func leadingCurrency(s string) (string, string) {
	for _, c := range []string{"us$", "us $", "$", "€", "£", "¥", "₹", "usd", "eur", "gbp", "jpy", "cny", "rmb", "inr", "rub"} {
		if rest, ok := strings.CutPrefix(s, c); ok {
			u := units[strings.ReplaceAll(c, " ", "")]
			if c == "£" {
				return strings.TrimSpace(rest), "gbp"
			}
			return strings.TrimSpace(rest), u.base
		}
	}
	return s, ""
}

// fromWords reads a number in words: the longest run of words at the start that is
// a number, then the unit.
func (q quantity) fromWords(words []string) (quantity, bool) {
	if len(words) == 0 {
		return q, false
	}
	n, ok := ordinals[strings.Join(words, "-")]
	if tens := small[words[0]]; len(words) == 2 && tens >= 20 && tens <= 90 && ordinals[words[1]] > 0 && ordinals[words[1]] < 10 {
		n, ok = int(tens)+ordinals[words[1]], true
	}
	if ok {
		q.value, q.plain = float64(n), float64(n)
		return q, true
	}
	for cut := len(words); cut > 0; cut-- {
		if v, ok := parseNumberWords(words[:cut]); ok {
			rest := words[cut:]
			if len(rest) > 0 && fractions[rest[0]] > 0 && v < 20 && rest[0] != "second" {
				q.value = v * fractions[rest[0]]
				return q.partOf(rest[1:])
			}
			if len(rest) > 2 && rest[0] == "and" && rest[1] == "a" && fractions[rest[2]] > 0 {
				v += fractions[rest[2]]
				rest = rest[3:]
			}
			if len(rest) > 1 && rest[0] == "point" {
				if d, ok := small[rest[1]]; ok && d < 10 {
					v += d / 10
					rest = rest[2:]
				}
			}
			scale := 1.0
			for len(rest) > 0 && magnitudes[rest[0]] > 0 {
				scale *= magnitudes[rest[0]]
				rest = rest[1:]
			}
			q.value = v
			return q.with(rest, scale)
		}
	}
	if words[0] == "a" || words[0] == "an" || words[0] == "one" {
		words = words[1:]
	}
	if len(words) == 0 {
		return q, false
	}
	if f := fractions[words[0]]; f > 0 {
		q.value = f
		return q.partOf(words[1:])
	}
	if u, ok := units[words[0]]; ok && (len(words) == 1 || words[1] == "and") { // "a decade", "an hour and ten minutes"
		q.value, q.plain = u.factor, 1
		q.unit = u.base
		return q.further(words[1:], u.factor), true
	}
	return q, false
}

// partOf gives a fraction what it is of: "of a million people".
func (q quantity) partOf(words []string) (quantity, bool) {
	for len(words) > 0 && (words[0] == "a" || words[0] == "of" || words[0] == "an" || words[0] == "one") {
		words = words[1:]
	}
	if len(words) > 0 && magnitudes[words[0]] > 0 {
		return q.with(words[1:], magnitudes[words[0]])
	}
	q.share = q.value < 1
	return q.with(words, 1)
}

// with gives the number its scale and its unit.
func (q quantity) with(words []string, scale float64) (quantity, bool) {
	q.value *= scale
	q.plain = q.value
	for len(words) > 0 && (words[0] == "of" || words[0] == "in") {
		words = words[1:]
	}
	if len(words) > 0 && magnitudes[words[0]] > 1e3 || len(words) > 0 && words[0] == "thousands" { // "hundreds of thousands"
		return q.with(words[1:], magnitudes[words[0]])
	}
	if len(words) == 0 {
		return q, true
	}
	for n := min(len(words), 3); n > 0; n-- {
		if u, ok := units[strings.ReplaceAll(strings.Join(words[:n], "-"), ".-", "-")]; ok {
			if q.unit == "" || q.unit == u.base {
				q.value *= u.factor
				q.unit = u.base
			}
			return q.further(words[n:], u.factor), true
		}
	}
	if q.unit == "" {
		q.unit = singular(words[len(words)-1])
	}
	q.rest = words
	return q, true
}

func singular(w string) string {
	w = strings.Trim(w, ".,;")
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return w[:len(w)-1]
	case w == "men":
		return "man"
	case w == "women":
		return "woman"
	case w == "people":
		return "person"
	case w == "children":
		return "child"
	}
	return w
}
