package generate

import (
	"regexp"
	"strings"
)

// pattern is a regular expression of which every match holds one of some parts. A
// text without them, and most are, need not be searched.
type pattern struct {
	*regexp.Regexp
	parts []string
	fold  bool // parts are in lower case, the text may be in any
	end   bool // the part ends the text
}

// holding is a pattern whose matches hold one of parts, which are in lower case if
// it is for any case.
func holding(expression string, parts ...string) pattern {
	return pattern{Regexp: regexp.MustCompile(expression), parts: parts, fold: strings.HasPrefix(expression, "(?i)")}
}

// ending is a pattern whose matches end the text with one of parts.
func ending(expression string, parts ...string) pattern {
	return pattern{Regexp: regexp.MustCompile(expression), parts: parts, end: true}
}

// MatchString reports whether s has a match.
func (p pattern) MatchString(s string) bool { return p.may(s) && p.Regexp.MatchString(s) }

// may reports whether s has one of the parts where it must be.
func (p pattern) may(s string) bool {
	if p.fold {
		s = strings.ToLower(s)
	}
	for _, part := range p.parts {
		if p.end && strings.HasSuffix(s, part) || !p.end && strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// orphaned reports whether s has an empty bracket or quotation, a comma or an
// apostrophe with nothing to part, a dash before its end, or begins with a mark that
// closes.
func orphaned(s string) bool {
	const space = "\t\n\f\r "
	for i, r := range s {
		next, before := "", false
		switch r {
		case '(':
			next = ")"
		case '[':
			next = "]"
		case '“':
			next = "”"
		case '"', ',':
			next = string(r)
		case '\'', '-':
			before = i > 0 && strings.IndexByte(space, s[i-1]) >= 0
		default:
			continue
		}
		after := s[i+len(string(r)):]
		rest := strings.TrimLeft(after, space)
		switch {
		case next != "":
			if strings.HasPrefix(rest, next) {
				return true
			}
		case before && r == '\'' && len(rest) < len(after), before && r == '-' && rest != "" && (rest[0] == '.' || rest[0] == '?'):
			return true
		}
	}
	first := strings.IndexFunc(s, func(r rune) bool {
		return r == '_' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z'
	})
	if first < 0 {
		first = len(s)
	}
	return strings.ContainsAny(s[:first], ",;:)")
}
