package extract

import (
	"strconv"
	"strings"

	"recto/cards"
)

var ranks = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
	"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
	"fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000,
}

// ordinalAt reads "third", "twenty-first", "25th" and returns the token after it.
func (r *reader) ordinalAt(i int) (value, end int, ok bool) {
	w := r.low[i]
	if v := ranks[w]; v > 0 {
		return v, i + 1, true
	}
	if tens := smallNumbers[w]; tens >= 20 && hyphen(r.at(i+1)) {
		if v := ranks[r.at(i+2)]; v > 0 && v < 10 {
			return int(tens) + v, i + 3, true
		}
	}
	if len(w) > 2 && len(w) < 8 && isDigit(w) {
		switch w[len(w)-2:] {
		case "st", "nd", "rd", "th":
			if v, err := strconv.Atoi(strings.ReplaceAll(w[:len(w)-2], ",", "")); err == nil {
				return v, i + 1, true
			}
		}
	}
	return 0, i, false
}

// ordinal tells a rank: "third largest source". What has it stands in About. An
// ordinal that only orders the text ("First, ..."), that belongs to a name, a unit
// of time or a fraction is none.
func (r *reader) ordinal(i int) int {
	v, end, ok := r.ordinalAt(i)
	if !ok || end > len(r.Tokens) || r.anyDated(i, end) {
		return i
	}
	if a, ok := r.number(i); ok && a.end > end {
		return i
	}
	next := r.at(end)
	if r.capital(i) && !r.opens(i) && r.capital(end) || end >= len(r.Tokens) && isDigit(r.low[i]) {
		return i
	}
	prev := r.at(i - 1)
	switch {
	case prev == "at" || prev == "for" && next == "time" || prev == "per" || prev == "a" && next == "," || numberBefore[prev] || next == "," && r.opens(i):
		return end
	case hyphen(next) && !r.word(end+1), hyphen(prev) && r.tight(i-1), next == "" || next == "of" && v == 1 && r.at(end+1) == "all":
		return end
	case (v == 1 || v == 2) && r.opens(i) && !r.capital(end) && !ordinalNoun(next):
		return end
	}
	about, ok := r.ranked(end)
	if !ok && !articles[prev] && !possessive(prev) && !determiners[prev] && !finishes[prev] && !isDigit(r.low[i]) {
		return end
	}
	r.quantify("ordinal", i, end, strconv.Itoa(v), about)
	return end
}

var numberBefore = set(`one two three four five six seven eight nine`)

// finishes are words before a bare rank: "finished third", "came in second".
var finishes = set(`finished finish finishing placed came ranked ranks ranking in`)

func ordinalNoun(w string) bool { return w != "" && !function(w) }

// ranked is what an ordinal before token i ranks.
func (r *reader) ranked(i int) (cards.Span, bool) {
	for hyphen(r.at(i)) || r.at(i) == ")" {
		i++
	}
	end := r.nounEnd(i)
	if end < i {
		return cards.Span{}, false
	}
	return r.span(i, end), true
}

var multiples = map[string]string{"twice": "2", "thrice": "3", "twofold": "2", "threefold": "3", "fourfold": "4", "fivefold": "5", "tenfold": "10", "hundredfold": "100"}

// wordOfNumber tells "twice", "thrice", "threefold" at i and returns the token
// after it; i if there is none.
func (r *reader) wordOfNumber(i int) int {
	v := multiples[r.low[i]]
	if v == "" {
		return i
	}
	r.quantify("count", i, i+1, v, cards.Span{})
	return i + 1
}
