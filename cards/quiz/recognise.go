package quiz

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"recto/cards"
	"recto/cards/edtf"
)

// Recognised is what an answer of a card is, as far as its words tell.
type Recognised struct {
	Kind  cards.FactKind // "" when the words do not tell
	Type  string         // "day", "year", "percent", "count", "person", ...
	Value string         // EDTF of a date, number and unit of a quantity, else the text
}

var (
	asksDate   = regexp.MustCompile(`(?i)\b(when|date|year|month|decade|century|born|died)\b`)
	asksAmount = regexp.MustCompile(`(?i)\bhow (many|much|long|far|high|old|often|large|big|deep|tall|wide|fast|heavy)\b|\b(number|percentage|temperature|population|length|height|area)\b`)
	asksWhich  = regexp.MustCompile(`(?i)\b(?:which|what)\s+(?:is|are|was|were)?\s*(?:the\s+)?([a-z]{3,})\b`)
	roughly    = regexp.MustCompile(`(?i)^\s*(?:about|around|approximately|circa|ca?\.?|~)\s*(?:the\s+)?\d`)
	unsure     = regexp.MustCompile(`\?\s*$`)
	bareNumber = regexp.MustCompile(`^\d{3,4}$`)
)

// Recognise reads the answer of a card that did not come from an article: a date, a
// quantity, or a name of the sort that the question asks for ("Who" a person,
// "Which river" a river, "What is the capital of" a capital).
func Recognise(front, answer string) Recognised {
	answer = strings.TrimSpace(answer)
	if len(answer) == 0 || len(answer) > 200 || strings.Contains(answer, "\n") {
		return Recognised{}
	}
	if r, ok := recogniseDate(front, answer); ok {
		return r
	}
	if q, ok := parseQuantity(answer); ok && strings.ContainsFunc(answer, unicode.IsDigit) || ok && len(strings.Fields(answer)) < 4 {
		return recogniseQuantity(q)
	}
	if len(strings.Fields(answer)) > 7 || strings.ContainsAny(answer, ";:!?") {
		return Recognised{}
	}
	return recogniseName(front, answer)
}

func recogniseDate(front, answer string) (Recognised, bool) {
	if bareNumber.MatchString(answer) && !asksDate.MatchString(front) && (asksAmount.MatchString(front) || len(answer) < 4) {
		return Recognised{}, false
	}
	if !strings.ContainsFunc(answer, unicode.IsDigit) {
		return Recognised{}, false // "May" and "second" are words first
	}
	found := parseTyped(answer, false)
	if len(found) == 2 && found[0].decade { // "2000s" is a decade first, and then a century
		found = found[:1]
	}
	if len(found) != 1 || !found[0].hasYear || len(answer) < 3 {
		return Recognised{}, false
	}
	value, kind, ok := found[0].edtf()
	if mark := qualifier(answer); mark != "" {
		value = strings.ReplaceAll(value, "/", mark+"/") + mark
		_, err := edtf.Parse(value)
		ok = ok && err == nil
	}
	if !ok {
		return Recognised{}, false
	}
	return Recognised{cards.DateFact, kind, value}, true
}

// qualifier is EDTF's mark of a date that is said to be about right ("c. 1450") or
// perhaps right ("1450?"), or "".
func qualifier(answer string) string {
	switch {
	case roughly.MatchString(answer):
		return "~"
	case unsure.MatchString(answer):
		return "?"
	}
	return ""
}

// edtf writes m in EDTF, and names its precision.
func (m moment) edtf() (value, precision string, ok bool) {
	d := edtf.Date{Precision: edtf.Year, Year: m.year, Month: m.month, Day: m.day}
	switch {
	case m.century:
		d = edtf.Date{Precision: edtf.Century, Year: m.year}
	case m.decade:
		d = edtf.Date{Precision: edtf.Decade, Year: m.year}
	case m.season > 0:
		d.Precision, d.Month = edtf.Season, m.season
	case m.day > 0:
		d.Precision = edtf.Day
	case m.month > 0:
		d.Precision = edtf.Month
	}
	if !m.hasYear || !d.Exists() {
		return "", "", false
	}
	if m.to == nil {
		return d.String(), d.Precision.String(), true
	}
	last, _, ok := m.to.edtf()
	if !ok {
		return "", "", false
	}
	whole := d.String() + "/" + last
	if _, err := edtf.Parse(whole); err != nil {
		return "", "", false
	}
	return whole, "range", true
}

func recogniseQuantity(q quantity) Recognised {
	kind := "measure"
	switch {
	case q.unit == "%" || q.unit == "pp":
		kind = "percent"
	case q.unit == "" || !measured(q.unit):
		kind = "count"
	case q.unit == "s" || q.unit == "mo":
		kind = "duration"
	case len(q.unit) == 3 && q.unit == strings.ToLower(q.unit) && currencies[q.unit]:
		kind = "money"
	}
	value := strings.TrimSpace(strconv.FormatFloat(q.plain, 'f', -1, 64) + " " + q.unit)
	if q.plain == 0 && q.value != 0 {
		value = strings.TrimSpace(strconv.FormatFloat(q.value, 'f', -1, 64) + " " + q.unit)
	}
	return Recognised{cards.QuantityFact, kind, value}
}

var currencies = words("usd eur gbp jpy inr rub cny")

func recogniseName(front, answer string) Recognised {
	name := Recognised{Kind: cards.NameFact, Value: answer}
	lower := strings.ToLower(front)
	switch {
	case strings.HasPrefix(lower, "who ") || strings.Contains(lower, ", who ") || strings.Contains(lower, "(person)"):
		name.Type = "person"
	case countries[fold(answer)]:
		name.Type = "country"
	case strings.HasPrefix(lower, "where "):
		name.Type = "place"
	default:
		if g := asksWhich.FindStringSubmatch(lower); g != nil && !plainWords[g[1]] {
			name.Type = g[1]
		}
	}
	if name.Type == "" {
		name.Kind = ""
	}
	return name
}

// plainWords follow "what" without naming what is asked for.
var plainWords = words("did does the was were are has have had can could will would this that these those they about happened kind sort type one ones not and for name called meant other two three most first term word letters makes made each")
