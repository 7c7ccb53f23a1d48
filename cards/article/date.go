package article

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms in which pages give the date of publication.
var (
	isoDate  = regexp.MustCompile(`^\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?\s*$`)
	slashes  = regexp.MustCompile(`^\s*(\d{4})/(\d{1,2})(?:/(\d{1,2}))?(?:\D.*)?$`)
	dayFirst = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(\p{L}{3,9})\.?,?\s+(\d{4})\b`)
	dayLater = regexp.MustCompile(`(?i)\b(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`)
	noDay    = regexp.MustCompile(`(?i)\b(\p{L}{3,9})\.?,?\s+(\d{4})\b`)
)

// edtf writes the date that a page gives in one of the usual forms in EDTF, at its
// precision. It is "" when the date is none, or could be two ("03/04/2021").
func edtf(s string) string {
	for _, re := range []*regexp.Regexp{isoDate, slashes} {
		if m := re.FindStringSubmatch(s); m != nil {
			return calendar(m[1], m[2], m[3])
		}
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil && month(m[2]) != "" {
		return calendar(m[3], month(m[2]), m[1])
	}
	if m := dayLater.FindStringSubmatch(s); m != nil && month(m[1]) != "" {
		return calendar(m[3], month(m[1]), m[2])
	}
	if m := noDay.FindStringSubmatch(s); m != nil && month(m[1]) != "" {
		return calendar(m[2], month(m[1]), "")
	}
	return ""
}

// calendar joins the parts of a date that exists; month and day may be empty.
func calendar(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	switch {
	case y < 1:
		return ""
	case month == "":
		return fmt.Sprintf("%04d", y)
	case m < 1 || m > 12:
		return ""
	case day == "":
		return fmt.Sprintf("%04d-%02d", y, m)
	}
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d || int(t.Month()) != m {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// month is the number of a month that is named in full or by three letters or more.
func month(name string) string {
	name = strings.ToLower(name)
	for m := time.January; m <= time.December; m++ {
		full := strings.ToLower(m.String())
		if strings.HasPrefix(full, name) || name == "sept" && m == time.September {
			return strconv.Itoa(int(m))
		}
	}
	return ""
}
