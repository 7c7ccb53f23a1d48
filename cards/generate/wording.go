package generate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
)

// gapMark stands where the answer was taken out of a sentence.
const gapMark = "____"

// precision says how much of a date is known, read off its EDTF form: "day",
// "month", "year", "decade", "century", "range", or "time" for anything else.
func precision(edtf string) string {
	v := strings.TrimLeft(strings.TrimRight(edtf, "~?%"), "-")
	switch {
	case strings.Contains(v, "/"):
		return "range"
	case strings.HasSuffix(v, "XX") && len(v) == 4:
		return "century"
	case strings.HasSuffix(v, "X") && len(v) == 4:
		return "decade"
	case len(v) == 4:
		return "year"
	case len(v) == 7:
		if v[5:] > "12" {
			return "season"
		}
		return "month"
	case len(v) == 10:
		return "day"
	}
	return "time"
}

// precisionWords name a precision to the person who is asked.
var precisionWords = map[string]string{"day": "date", "month": "month and year", "year": "year", "decade": "decade", "century": "century", "range": "years", "season": "season and year", "time": "time"}

// dateHint names to the person who is asked what kind of date an EDTF value is.
func dateHint(edtf string) string {
	if from, _, ok := strings.Cut(edtf, "/"); ok && precision(from) != "year" || strings.HasPrefix(edtf, "{") {
		return "dates"
	}
	return precisionWords[precision(edtf)]
}

// askDate is the opening of a question for a date of the given precision that
// stood behind preposition; "" when there is no good way to ask.
func askDate(precision, preposition string) string {
	what := map[string]string{"day": "what date", "month": "which month and year", "year": "what year", "decade": "which decade", "century": "which century", "season": "which season and year"}[precision]
	if what == "" {
		return ""
	}
	switch p := strings.ToLower(preposition); p {
	case "by", "since", "until", "till", "from", "before", "after":
		return capitalise(p) + " " + what
	case "in", "on", "during", "at", "":
		if precision == "day" {
			return "On " + what
		}
		return "In " + what
	}
	return ""
}

// gapFor is what stands in a sentence instead of the fact: a gap that says which
// sort of answer it wants.
func gapFor(f cards.Fact) string {
	hint := ""
	switch f.Kind {
	case cards.DateFact:
		hint = dateHint(f.Value)
	case cards.QuantityFact:
		switch f.Type {
		case "money":
			hint = "amount"
		case "percent":
			hint = "percentage"
		case "duration":
			hint = "how long"
		case "ordinal":
			hint = "ordinal"
		case "measure":
			hint = "measurement"
		case "fraction":
			hint = "fraction"
		default:
			hint = "number"
		}
	case cards.NameFact:
		switch f.Type {
		case "person":
			hint = "person"
		case "place", "country", "city":
			hint = "place"
		case "organisation", "organization":
			hint = "organisation"
		case "unsure":
			hint = "name"
		case "event":
			if hint = "event"; bodyNouns[lastLower(f.Text)] || lastLower(f.Text) == "movement" {
				hint = "organisation"
			}
		default:
			hint = "name"
		}
	case cards.TermFact:
		hint = "term"
	}
	if w := strings.ToLower(firstWord(f.Text)); f.Kind == cards.NameFact && numberedParts[w] && strings.ContainsAny(f.Text, "0123456789") {
		hint = w
	}
	if hint == "" {
		return gapMark
	}
	return gapMark + " (" + hint + ")"
}

// numberedParts are what a law or a book is parted into: "Article 5".
var numberedParts = wordSet(`article section chapter part rule act clause paragraph amendment title volume book`)

// capitalise makes the first letter of s a capital, past brackets and quotation marks.
func capitalise(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) {
			return s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
		}
		if unicode.IsDigit(r) || r == '_' {
			break
		}
	}
	return s
}

// decapitalise makes the first letter of s small.
func decapitalise(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// sentenceEnd closes s with a full stop unless it is closed already.
func sentenceEnd(s string) string {
	s = strings.TrimRight(s, " ,;:–—-")
	t := strings.TrimRight(s, `"”’')`)
	if t == "" || strings.ContainsAny(t[len(t)-1:], ".?!") {
		return s
	}
	return s + "."
}

// questionEnd closes s with a question mark.
func questionEnd(s string) string { return strings.TrimRight(s, " ,;:–—-.") + "?" }

var monthNames = strings.Fields("January February March April May June July August September October November December")

// dateWords writes an EDTF date of a day, month, season or year in words: "21 March 2022".
// It returns "" for anything else.
func dateWords(edtf string) string {
	part := strings.Split(strings.TrimRight(edtf, "~?%"), "-")
	number := func(i int) int {
		if i >= len(part) {
			return 0
		}
		n, err := strconv.Atoi(part[i])
		if err != nil {
			return 0
		}
		return n
	}
	year, month, day := number(0), number(1), number(2)
	switch precision(edtf) {
	case "year":
		return edtf
	case "season":
		if year > 0 && month >= 21 && month <= 24 {
			return fmt.Sprintf("the %s of %d", [...]string{"spring", "summer", "autumn", "winter"}[month-21], year)
		}
		return ""
	case "month", "day":
	default:
		return ""
	}
	switch {
	case year <= 0 || month < 1 || month > 12:
		return ""
	case day == 0:
		return fmt.Sprintf("%s %d", monthNames[month-1], year)
	}
	return fmt.Sprintf("%d %s %d", day, monthNames[month-1], year)
}

// strandedComma is a comma between a subject and its verb, with none before it: what it
// closed has been taken out.
var strandedComma = regexp.MustCompile(`^(\p{Lu}[^,;:()“”"]*), ((?:is|was|are|were|has|had|became|began) )`)

// mended is a front without a stranded comma.
func mended(front string) string {
	if places[strings.ToLower(firstWord(front))] || datePrepositions[strings.ToLower(firstWord(front))] {
		return front
	}
	return strandedComma.ReplaceAllString(front, "$1 $2")
}
