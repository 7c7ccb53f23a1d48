package formats

import (
	"regexp"
	"slices"
	"strings"
)

// later are the formats of other programs that are not read yet, by what their texts
// alone have. All marks have to be there.
var later = []struct {
	name  string
	marks []*regexp.Regexp
}{
	{"questions in Moodle's GIFT format", []*regexp.Regexp{
		// A title, or a category, as nothing else has it; or, after white space, a block of
		// a truth, a number, a pair, or a right answer and a wrong one.
		regexp.MustCompile(`(?m)^::[^:\n]+::|^\$CATEGORY:|(?:^|\s)\{\s*(?:TRUE|FALSE|T|F|#\s*=?\s*-?\d[^{}]*|=[^{}]*(?:[^\\]~|->)[^{}]*|~[^{}]*[^\\]=[^{}]*)\}`),
	}},
	{"questions in Aiken format", []*regexp.Regexp{
		regexp.MustCompile(`(?m)^ANSWER:[ \t]*[A-Z][ \t]*\r?$`), regexp.MustCompile(`(?m)^A[.)][ \t]+\S`), regexp.MustCompile(`(?m)^B[.)][ \t]+\S`),
	}},
	{"questions in OpenTriviaQA format", []*regexp.Regexp{regexp.MustCompile(`(?m)^#Q \S`), regexp.MustCompile(`(?m)^\^ \S`)}},
	{"cards of Emacs' Org mode", []*regexp.Regexp{regexp.MustCompile(`(?m)^\*+ .*:(?:drill|fc):`)}},
	{"an export of RemNote", []*regexp.Regexp{regexp.MustCompile(`^\s*\{`), regexp.MustCompile(`"knowledgebaseId"\s*:`), regexp.MustCompile(`"docs"\s*:|"exportVersion"\s*:`)}},
}

// laterName says what a text holds that is in a format which is not read yet, "" for
// none. A table with tabs is none.
func laterName(text string) string {
	if tabs := strings.Count(text, "\t"); tabs > 0 && 2*tabs >= strings.Count(text, "\n") {
		return ""
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for _, l := range later {
		if !slices.ContainsFunc(l.marks, func(m *regexp.Regexp) bool { return !m.MatchString(text) }) {
			return l.name
		}
	}
	return ""
}
