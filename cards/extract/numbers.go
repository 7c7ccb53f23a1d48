package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// amount is a number, or a range of numbers, that the tokens from one index to
// another say.
type amount struct {
	low, high float64 // high is 0 unless the amount is a range
	end       int     // the token after it
	scaled    bool    // "million" or the like is part of it
	spelt     bool    // it is written in words
	part      string  // of a fraction, how it is written: "2/3"
}

var smallNumbers = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var magnitudes = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6, "tn": 1e12, "dozen": 12, "lakh": 1e5, "crore": 1e7,
}

var denominators = map[string]int{
	"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
	"seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "twentieth": 20, "hundredth": 100, "hundredths": 100,
}

var vulgar = map[rune]string{'½': "1/2", '⅓': "1/3", '⅔': "2/3", '¼': "1/4", '¾': "3/4", '⅕': "1/5", '⅖': "2/5", '⅗': "3/5", '⅘': "4/5", '⅙': "1/6", '⅛': "1/8", '⅜': "3/8", '⅝': "5/8", '⅞': "7/8"}

// plain writes v in digits, without the dust that binary fractions leave.
func plain(v float64) string {
	s := strconv.FormatFloat(v, 'g', 12, 64)
	if w, err := strconv.ParseFloat(s, 64); err == nil {
		v = w
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (a amount) String() string {
	switch {
	case a.part != "":
		return a.part
	case a.high != 0:
		return plain(a.low) + "-" + plain(a.high)
	}
	return plain(a.low)
}

// numeral reads "1,264", "5.5", "2½", "−40".
func numeral(s string) (float64, bool) {
	for _, minus := range []string{"−", "-"} {
		if rest, ok := strings.CutPrefix(s, minus); ok && isDigit(rest) {
			v, ok := numeral(rest)
			return -v, ok
		}
	}
	if !isDigit(s) && (len(s) < 2 || s[0] != '.' || !isDigit(s[1:])) || len(s) > 24 {
		return 0, false
	}
	extra := 0.0
	if c, n := utf8.DecodeLastRuneInString(s); n > 1 && vulgar[c] != "" {
		s, extra = s[:len(s)-n], ratio(vulgar[c])
	}
	whole, _, _ := strings.Cut(s, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for _, g := range groups[1:] {
			if len(g) != 3 && len(g) != 2 {
				return 0, false
			}
		}
		if len(groups[len(groups)-1]) != 3 {
			return 0, false
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	for i := range len(s) {
		if s[i] != '.' && (s[i] < '0' || s[i] > '9') {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v + extra, err == nil
}

// ratio is the value of "2/3".
func ratio(s string) float64 {
	a, b, _ := strings.Cut(s, "/")
	x, _ := strconv.ParseFloat(a, 64)
	y, err := strconv.ParseFloat(b, 64)
	if err != nil || y == 0 {
		return 0
	}
	return x / y
}

// number reads the number that begins at token i.
func (r *reader) number(i int) (amount, bool) {
	a, ok := r.fraction(i)
	if !ok {
		a, ok = r.single(i)
	}
	if !ok || a.part != "" {
		return a, ok
	}
	if k := r.rangeMark(a.end); k > 0 {
		if b, ok := r.single(k); ok && b.part == "" {
			if b.scaled && !a.scaled && a.low > 0 && a.low < 1000 { // "5 to 6 billion"
				if scaled := a.low * r.scale(k, b.end); scaled < b.low {
					a.low = scaled
				}
			}
			if b.low > a.low {
				a.high, a.end, a.scaled = b.low, b.end, a.scaled || b.scaled
			}
		}
	}
	return a, true
}

// rangeMark is the token after "to", a dash, or "or" that makes a range; 0 if none
// stands at i.
func (r *reader) rangeMark(i int) int {
	switch w := r.at(i); {
	case w == "to" || w == "or", dash(w):
		return i + 1
	}
	return 0
}

// scale is the product of the magnitudes among the tokens from i to end.
func (r *reader) scale(i, end int) float64 {
	v := 1.0
	for ; i < end; i++ {
		if m := magnitudes[r.low[i]]; m > 0 {
			v *= m
		}
	}
	return v
}

// single reads one number, in digits or words.
func (r *reader) single(i int) (amount, bool) {
	if i < 0 || i >= len(r.Tokens) {
		return amount{}, false
	}
	if v, ok := numeral(r.low[i]); ok {
		a := amount{low: v, end: i + 1}
		return r.andPart(r.magnified(a)), true
	}
	return r.spelled(i)
}

// magnified adds the magnitudes that follow a: "2.6 billion".
func (r *reader) magnified(a amount) amount {
	for {
		k := a.end
		if hyphen(r.at(k)) && r.tight(k-1) && r.tight(k) {
			k++
		}
		m := magnitudes[r.at(k)]
		if m == 0 || r.at(k) == "dozen" && a.scaled {
			return a
		}
		a.low = product(a.low, m)
		a.end, a.scaled = k+1, true
	}
}

// product multiplies in decimal, so that 2.6 billion has no dust.
func product(v, m float64) float64 {
	w, err := strconv.ParseFloat(strconv.FormatFloat(v*m, 'g', 14, 64), 64)
	if err != nil {
		return v * m
	}
	return w
}

// andPart adds "and a half", and the magnitude after it.
func (r *reader) andPart(a amount) amount {
	if r.at(a.end) != "and" || r.at(a.end+1) != "a" && r.at(a.end+1) != "one" {
		return a
	}
	d := denominators[r.at(a.end+2)]
	if d == 0 || a.low != float64(int64(a.low)) || a.low >= 1000 {
		return a
	}
	a.low += 1 / float64(d)
	a.end += 3
	return r.magnified(a)
}

// spelled reads "twenty-seven", "two hundred and fifty thousand", "a million".
func (r *reader) spelled(i int) (amount, bool) {
	total, part, k := 0.0, 0.0, i
	scaled, read := false, false
	if w := r.at(k); w == "a" || w == "an" {
		if m := magnitudes[r.at(k+1)]; m == 0 || len(r.at(k+1)) < 4 {
			return amount{}, false
		}
		part, k = 1, k+1
	}
	for k < len(r.low) {
		w := r.low[k]
		v, small := smallNumbers[w]
		m := magnitudes[w]
		switch {
		case small && fits(part, v, read):
			part, read, k = part+v, true, k+1
		case m > 0 && len(w) > 2 && (part > 0 || total > 0 && w != "hundred"):
			if m == 100 || m == 12 {
				part *= m
			} else {
				total, part = total+product(part, m), 0
			}
			scaled, read, k = true, true, k+1
		case read && hyphen(w) && r.tight(k-1) && r.tight(k) && r.numberWord(k+1):
			k++
			continue
		case read && scaled && w == "and" && smallNumbers[r.at(k+1)] > 0:
			k++
			continue
		default:
			a := amount{low: total + part, end: k, scaled: scaled, spelt: true}
			return r.andPart(r.withoutLink(a)), read
		}
	}
	return r.withoutLink(amount{low: total + part, end: k, scaled: scaled, spelt: true}), read
}

// withoutLink leaves out a hyphen or an "and" that turned out to link nothing.
func (r *reader) withoutLink(a amount) amount {
	for a.end > 0 && (hyphen(r.at(a.end-1)) || r.at(a.end-1) == "and") {
		a.end--
	}
	return a
}

func (r *reader) numberWord(i int) bool {
	_, small := smallNumbers[r.at(i)]
	return small || magnitudes[r.at(i)] > 0 && len(r.at(i)) > 2
}

// fits reports whether the small number v may follow part: 5 after 20, 27 after 100.
func fits(part, v float64, read bool) bool {
	if part == 0 {
		return !read || v > 0
	}
	rest := part - float64(int64(part/100)*100)
	return v > 0 && (rest == 0 || rest >= 20 && v < 10 && int64(rest)%10 == 0)
}

// fraction reads "two-thirds", "half a million", "one in five", "a quarter of", "¾".
func (r *reader) fraction(i int) (amount, bool) {
	w := r.at(i)
	if c, n := utf8.DecodeRuneInString(w); n > 1 && n == len(w) && vulgar[c] != "" {
		return amount{low: ratio(vulgar[c]), end: i + 1, part: vulgar[c]}, true
	}
	if a, b, ok := strings.Cut(w, "/"); ok && len(a) == 1 && len(b) < 3 && isDigit(a) && isDigit(b) && ratio(w) > 0 && ratio(w) < 1 {
		return amount{low: ratio(w), end: i + 1, part: w}, true
	}
	top, k, spelt := 1.0, i, false
	switch v, small := smallNumbers[w]; {
	case w == "half" && ranks[r.at(i-1)] == 0 && !otherHalf[r.at(i-1)] || w == "quarter" && r.at(i-1) == "the":
	case w == "a" || w == "an":
		k++
	case small && v > 0 && v < 10:
		top, k, spelt = v, i+1, true
		if hyphen(r.at(k)) {
			k++
		}
	default:
		return amount{}, false
	}
	return r.fractionOf(i, k, top, spelt)
}

// fractionOf reads the denominator at k of a fraction whose numerator is top.
func (r *reader) fractionOf(i, k int, top float64, spelt bool) (amount, bool) {
	if below, in := r.outOf(k); spelt && in && k == i+1 {
		if b, ok := r.single(below); ok && !b.scaled && b.low > top && b.low <= 1000 && r.proportion(i, b) {
			return amount{low: top / b.low, end: b.end, part: plain(top) + "/" + plain(b.low), spelt: true}, true
		}
	}
	d := denominators[r.at(k)]
	plural := strings.HasSuffix(r.at(k), "s")
	if d == 0 || top > 1 && !plural || top == 1 && plural || top >= float64(d)*2 {
		return amount{}, false
	}
	next := r.at(k + 1)
	switch {
	case (next == "a" || next == "of") && r.at(k+1+len(strings.Fields(next))) != "": // "half a million", "a quarter of a million"
		j := k + 1
		if next == "of" {
			j++
		}
		if m := magnitudes[r.at(j+1)]; r.at(j) == "a" && m > 0 {
			return amount{low: product(m, top/float64(d)), end: j + 2, scaled: true, spelt: true}, true
		}
	case next == "million" || next == "billion":
		return amount{low: product(magnitudes[next], top/float64(d)), end: k + 2, scaled: true, spelt: true}, true
	}
	ordinal := d != 2 && !plural && top == 1 && next != "of" && !hyphen(r.at(k-1)) && r.at(i) != "one"
	if ordinal || d == 2 && r.at(k-1) != "one" && !halfOf[next] {
		return amount{}, false
	}
	return amount{low: top / float64(d), end: k + 1, part: plain(top) + "/" + strconv.Itoa(d), spelt: true}, true
}

// halfOf are the words after "half" that make it half of something.
var halfOf = set(`of the its their his her all our this that these those as`)

// otherHalf are words before a "half" that is a part of a match or a century.
var otherHalf = set(`other latter better last former early late`)

// outOf is the token after "in" or "out of" at k.
func (r *reader) outOf(k int) (int, bool) {
	switch {
	case r.at(k) == "in":
		return k + 1, true
	case r.at(k) == "out" && r.at(k+1) == "of":
		return k + 2, true
	}
	return 0, false
}

// proportion reports whether "one in five" from i to b is a share: "two in 1998" is not.
func (r *reader) proportion(i int, b amount) bool {
	if b.high != 0 || r.dated[min(b.end, len(r.dated))-1] {
		return false
	}
	return r.low[i] == "one" || r.at(i+1) == "out" || b.spelt || b.low == 10 || b.low == 100
}
