package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// monthNumber is the number of the month that a word in small letters names, 0 for
// none. Three letters and "sept" are known too.
func monthNumber(w string) int {
	for i, name := range monthNames {
		lower := strings.ToLower(name)
		if w == lower || w == lower[:3] || w == "sept" && i == 8 {
			return i + 1
		}
	}
	return 0
}

// monthLike writes month m as like is written: in full or short, in its capitals.
func monthLike(m int, like string) string {
	name := monthNames[m-1]
	if utf8.RuneCountInString(like) <= 4 && monthNumber(strings.ToLower(like)) > 0 && len(like) < len(monthNames[monthNumber(strings.ToLower(like))-1]) {
		name = name[:3]
	}
	return capitalsOf(name, like)
}

// capitalsOf writes s in the capitals of like.
func capitalsOf(s, like string) string {
	switch {
	case like == strings.ToUpper(like) && len(like) > 1:
		return strings.ToUpper(s)
	case unicode.IsLower(firstRune(like)):
		return strings.ToLower(s)
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

var (
	smallWords   = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tenWords     = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	ordinalWords = strings.Fields("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")
)

// numberOfWord reads "seven", "twenty", "third". Number words of several parts are
// read part by part.
func numberOfWord(w string) (int, bool) {
	for i, s := range smallWords {
		if s == w {
			return i, true
		}
	}
	for i, s := range tenWords {
		if s == w && i > 1 {
			return 10 * i, true
		}
	}
	for i, s := range ordinalWords {
		if s == w {
			return i, true
		}
	}
	return 0, false
}

// wordOfNumber writes a number from 1 to 99 in words: "seven", "twenty-one".
func wordOfNumber(n int) (string, bool) {
	switch {
	case n < 1 || n > 99:
		return "", false
	case n < 20:
		return smallWords[n], true
	case n%10 == 0:
		return tenWords[n/10], true
	}
	return tenWords[n/10] + "-" + smallWords[n%10], true
}

// ordinalSuffix is "st", "nd", "rd" or "th".
func ordinalSuffix(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
