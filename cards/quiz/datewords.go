package quiz

import (
	"strconv"
	"strings"
)

// parseWords reads "21 march 2022", "march 21, 2022", "march 2022", "21 march",
// "mar '14", "spring 1945" and a year in words.
func parseWords(s string) []moment {
	var m moment
	var numbers []string
	short := 0 // a year of two digits, which may also be just that year
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == '.' || r == '/' }) {
		switch {
		case w[0] >= '0' && w[0] <= '9' || w[0] == '\'' && len(w) > 1:
			numbers = append(numbers, w)
		case seasons[w] > 0 && m.season == 0:
			m.season = seasons[w]
		case month(w) > 0 && m.month == 0:
			m.month = month(w)
		default:
			if y, ok := yearInWords(s); ok {
				return []moment{{year: y, hasYear: true}}
			}
			return nil
		}
	}
	for _, n := range numbers {
		v := number(strings.Trim(n, "'"))
		switch {
		case strings.HasPrefix(n, "'"):
			m.year, m.hasYear, m.short = fullYear(v), true, true
		case len(n) > 2 && !m.hasYear:
			m.year, m.hasYear = v, true
		case m.month > 0 && m.day == 0 && v <= 31:
			m.day = v
		case m.month > 0 && !m.hasYear && v > 31:
			m.year, m.hasYear, m.short, short = fullYear(v), true, true, v
		case m.month > 0 && m.day > 0 && !m.hasYear:
			m.year, m.hasYear, m.short = fullYear(v), true, true
		default:
			return nil
		}
	}
	if !m.hasYear && m.month == 0 {
		return nil
	}
	out := valid(m)
	if m.month > 0 && m.day > 0 && !m.hasYear && m.day >= 10 {
		// "march 14" may be the day or, typed short, the year.
		out = append(out, moment{year: fullYear(m.day), hasYear: true, short: true, month: m.month})
	}
	if short > 0 && len(out) == 1 {
		m.year, m.short = short, false
		out = append(out, m)
	}
	return out
}

// yearInWords reads "nineteen fifty six", "nineteen oh five", "twenty twenty-two", "two
// thousand and one".
func yearInWords(s string) (int, bool) {
	words := strings.Fields(strings.NewReplacer("-", " ", ",", " ").Replace(s))
	for cut := 1; cut < len(words); cut++ {
		a, okA := parseNumberWords(words[:cut])
		b, okB := parseNumberWords(words[cut:])
		if tail := words[cut:]; len(tail) == 2 && (tail[0] == "oh" || tail[0] == "o" || tail[0] == "aught") {
			if b = small[tail[1]]; a >= 10 && a <= 20 && b >= 1 && b <= 9 {
				return int(a*100 + b), true
			}
		}
		if okA && okB && a >= 10 && a <= 20 && b >= 10 && b <= 99 && a != 10 {
			return int(a*100 + b), true
		}
	}
	if n, ok := parseNumberWords(words); ok && n >= 1000 && n <= 2999 && n == float64(int(n)) {
		return int(n), true
	}
	return 0, false
}

// letters are those of the names of months.
const letters = "abcdefghijklmnopqrstuvwxyz"

var decadeWords = map[string]int{"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90, "noughties": 100}

// inDigits writes "twenty-first" as "21st".
func inDigits(words string) string {
	n := 0
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' }) {
		n += ordinals[w] + int(small[w])
	}
	return strconv.Itoa(n) + "th"
}

// romanNumeral reads "xix" as 19.
func romanNumeral(s string) (int, bool) {
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	total := 0
	for i := range len(s) {
		v := values[s[i]]
		if v == 0 {
			return 0, false
		}
		if i+1 < len(s) && values[s[i+1]] > v {
			v = -v
		}
		total += v
	}
	return total, total > 0
}
