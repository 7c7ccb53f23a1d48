package ask

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"recto/cards"
)

// numeral is the number in an answer, and how it is written.
type numeral struct {
	before, after string
	written       string // as the answer has it
	word, ordinal bool
	grouped       bool  // a comma between thousands
	decimals      int   // behind the point
	zeros         int   // at the end, of a whole number: how round it is
	half          bool  // steps are of five instead of ten, for what begins with 1 to 3
	units         int64 // how many steps it is: the number without its zeros and point
}

var (
	figure    = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
	wordToken = regexp.MustCompile(`\p{L}+(?:-\p{L}+)?`)
)

// numeralOf finds the one number of an answer. It fails where there is none, where
// there are several, and for what cannot be written anew.
func numeralOf(text string) (numeral, bool) {
	found := figure.FindAllStringIndex(text, -1)
	if len(found) > 1 {
		return numeral{}, false
	}
	if len(found) == 0 {
		return wordNumeral(text)
	}
	at := found[0]
	n := numeral{before: text[:at[0]], after: text[at[1]:], written: text[at[0]:at[1]]}
	for _, w := range wordToken.FindAllString(strings.ToLower(n.before+" "+n.after), -1) {
		if _, ok := numberOfWord(w); ok && w != "second" {
			return n, false
		}
	}
	plain := strings.ReplaceAll(n.written, ",", "")
	n.grouped = plain != n.written
	if _, fraction, ok := strings.Cut(plain, "."); ok {
		n.decimals = len(fraction)
		plain = strings.ReplaceAll(plain, ".", "")
	} else {
		trimmed := strings.TrimRight(plain, "0")
		n.zeros = len(plain) - len(trimmed)
		plain = trimmed
	}
	var err error
	n.units, err = strconv.ParseInt(plain, 10, 64)
	if n.zeros > 0 && n.units <= 3 { // 10 has no rounder neighbour below it, so 5 and 15 are as round
		n.half, n.units, n.zeros = true, 2*n.units, n.zeros-1
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		n.ordinal = n.ordinal || strings.HasPrefix(n.after, suffix) && !strings.HasPrefix(n.after, suffix+"a")
	}
	return n, err == nil && n.units > 0 && len(plain) < 12
}

// wordNumeral finds a number that is written in one word.
func wordNumeral(text string) (numeral, bool) {
	var n numeral
	count := 0
	for _, at := range wordToken.FindAllStringIndex(text, -1) {
		w := strings.ToLower(text[at[0]:at[1]])
		value, ok := numberOfWord(w)
		if tens, ones, hyphen := strings.Cut(w, "-"); hyphen && !ok {
			a, okA := numberOfWord(tens)
			b, okB := numberOfWord(ones)
			value, ok = a+b, okA && okB && a >= 20 && b < 10
		}
		if !ok {
			continue
		}
		count++
		n = numeral{before: text[:at[0]], after: text[at[1]:], written: text[at[0]:at[1]], word: true, units: int64(value)}
		n.ordinal = value > 0 && value < len(ordinalWords) && ordinalWords[value] == w
	}
	lower := strings.ToLower(text)
	for _, w := range []string{"hundred", "half", "quarter", "dozen", "third of", "fifth of", "thirds", "fifths"} {
		if strings.Contains(lower, w) {
			return n, false
		}
	}
	return n, count == 1 && n.units > 0
}

// write is the answer with another number in it.
func (n numeral) write(units int64) (string, bool) {
	if units < 1 {
		return "", false
	}
	if n.word {
		w, ok := wordOfNumber(int(min(units, 100)))
		if n.ordinal {
			if ok = units < int64(len(ordinalWords)); ok {
				w = ordinalWords[units]
			}
		}
		if !ok {
			return "", false
		}
		return n.before + capitalsOf(w, n.written) + n.after, true
	}
	after := n.after
	if n.half {
		units *= 5
	}
	s := strconv.FormatInt(units, 10) + strings.Repeat("0", n.zeros)
	if n.decimals > 0 {
		for len(s) <= n.decimals {
			s = "0" + s
		}
		s = s[:len(s)-n.decimals] + "." + s[len(s)-n.decimals:]
	}
	if n.grouped {
		s = group(s)
	}
	if n.ordinal {
		after = ordinalSuffix(int(units)) + after[2:]
	}
	return n.before + s + after, true
}

// group puts commas between thousands.
func group(s string) string {
	whole, fraction, ok := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if ok {
		return whole + "." + fraction
	}
	return whole
}

// value is the number itself.
func (n numeral) value(units int64) float64 {
	if n.half {
		units *= 5
	}
	return float64(units) * math.Pow10(n.zeros-n.decimals)
}

// numbers are four numbers of one unit and form, the least first.
func (p *pool) numbers(it Item, rng *rand.Rand) []option {
	n, ok := numeralOf(it.Answer)
	if !ok || it.Type == "fraction" || it.Kind != cards.QuantityFact {
		return nil
	}
	small := n.decimals == 0 && n.value(n.units) <= 20
	if n.value(n.units) == 1 {
		return nil // "one" stands before a singular, and every other number before a plural
	}
	percent := it.Type == "percent" || strings.Contains(it.Answer, "%")
	right := option{Text: it.Answer, Key: n.units, Card: it.Card, right: true}
	ratio := 1.2 + 0.3*rng.Float64() // one for all four
	good := func(o option) bool {
		return !(percent && n.value(o.Key) >= 100 && n.value(n.units) < 100) && p.wrongFor(it, o.Text, "")
	}
	step := func(from int64, up bool) (option, bool) {
		to := n.step(from, up, ratio, small, percent, rng)
		text, ok := n.write(to)
		if small && n.value(to) == 1 {
			ok = false
		}
		return option{Text: text, Key: to}, ok
	}
	return draw(rng, right, nil, 0, good, step)
}

// step is the next number up or down, as round as n is.
func (n numeral) step(from int64, up bool, ratio float64, small, percent bool, rng *rand.Rand) int64 {
	by := int64(1)
	switch {
	case n.units < 10: // also sixty, and nine billion
		if n.units > 4 && rng.IntN(3) == 0 {
			by = 2
		}
	case small:
		by = 1 + rng.Int64N(3)
	case percent:
		by = max(1, int64(math.Round((0.03+0.04*rng.Float64())*100/math.Pow10(n.zeros-n.decimals)*(ratio-0.7))))
	default:
		spread := 1 + (ratio-1)*(0.75+0.5*rng.Float64())
		by = max(1, int64(math.Round(float64(from)*(spread-1))))
		if !up {
			by = max(1, int64(math.Round(float64(from)*(1-1/spread))))
		}
	}
	if !up {
		by = -by
	}
	return n.asRound(from+by, by)
}

// asRound moves a number on, in the direction of by, until it is neither rounder nor
// less round than n.
func (n numeral) asRound(units, by int64) int64 {
	if n.units < 10 || n.value(n.units) <= 20 && n.zeros == 0 {
		return units
	}
	sign := int64(1)
	if by < 0 {
		sign = -1
	}
	five := n.units%10 == 5
	for range 12 {
		if last := units % 10; last != 0 && (last == 5) == five {
			break
		}
		units += sign
	}
	return units
}
