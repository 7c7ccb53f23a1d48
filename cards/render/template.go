package render

import (
	"fmt"
	"strings"
)

// Fault is what keeps a template from being used, as a sentence for its author.
type Fault struct {
	Side     string // "front" or "back"
	Sentence string
}

// Error is the sentence with the side it is about.
func (f *Fault) Error() string {
	return fmt.Sprintf("the %s template has a problem: %s", f.Side, f.Sentence)
}

// part is a piece of a template: a text, a field with its filters, or a section.
type part struct {
	text    string // as it stands, if this is text
	field   string
	filters []string // the one nearest to the field first
	section bool     // shows parts if field is filled, or with not, if it is not
	not     bool
	parts   []part
	tag     bool // field or section, not text
}

// deepest is how many sections may stand in one another.
const deepest = 100

// parseTemplate reads a template. The error says in a sentence what is wrong.
func parseTemplate(template string) ([]part, error) {
	s := scanner{rest: template, opener: "{{", closer: "}}"}
	const legacy = "{{=<% %>=}}" // as templates of the first Anki begin
	if t := strings.TrimLeft(template, " \t\r\n"); strings.HasPrefix(t, legacy) {
		s = scanner{rest: t[len(legacy):], opener: "<%", closer: "%>"}
	}
	open := []part{{}} // the sections around this place; the first is the template
	add := func(p part) { open[len(open)-1].parts = append(open[len(open)-1].parts, p) }
	for s.rest != "" {
		text, tag, tagged := s.next()
		if text != "" {
			add(part{text: text})
		}
		if !tagged {
			continue
		}
		p := parseTag(tag)
		switch {
		case p.section:
			if len(open) > deepest {
				return nil, fmt.Errorf("its sections stand more than %d deep in one another", deepest)
			}
			open = append(open, p)
		case strings.HasPrefix(p.field, "/") && len(p.field) > 1 && len(p.filters) == 0:
			name := strings.TrimLeft(p.field[1:], " \t\r\n")
			last := open[len(open)-1]
			if len(open) == 1 {
				return nil, fmt.Errorf("{{/%s}} closes a section that was not opened by {{#%s}} or {{^%s}}", name, name, name)
			}
			if last.field != name {
				return nil, fmt.Errorf("{{/%s}} stands where {{/%s}} is needed", name, last.field)
			}
			open = open[:len(open)-1]
			add(last)
		default:
			add(p)
		}
	}
	if len(open) > 1 {
		return nil, fmt.Errorf("{{/%s}} is missing", open[len(open)-1].field)
	}
	return open[0].parts, nil
}

// scanner cuts a template into texts and tags.
type scanner struct {
	rest           string
	opener, closer string
	noComments     bool // none is closed in rest
}

// next cuts the text before the next tag and the tag without its braces. Comments
// are text, and so is an opener that nothing closes.
func (s *scanner) next() (text string, tag string, tagged bool) {
	for from := 0; ; {
		i := strings.Index(s.rest[from:], s.opener)
		if i < 0 {
			break
		}
		if c := strings.Index(s.rest[from:from+i], "<!--"); c >= 0 && !s.noComments {
			if end := strings.Index(s.rest[from+c:], "-->"); end >= 0 {
				from += c + end + len("-->")
				continue
			}
			s.noComments = true
		}
		i += from
		tag, rest, closed := strings.Cut(s.rest[i+len(s.opener):], s.closer)
		if !closed {
			break
		}
		text, s.rest = s.rest[:i], rest
		return text, tag, true
	}
	text, s.rest = s.rest, ""
	return text, "", false
}

func parseTag(inside string) part {
	inside = strings.TrimSpace(strings.TrimLeft(inside, "{"))
	if len(inside) > 1 {
		switch inside[0] {
		case '#', '^':
			return part{tag: true, section: true, not: inside[0] == '^', field: strings.TrimLeft(inside[1:], " \t\r\n")}
		case '/':
			return part{tag: true, field: inside}
		}
	}
	p := part{tag: true}
	for {
		i := strings.LastIndexByte(inside, ':')
		if i < 0 {
			break
		}
		if p.filters == nil {
			p.field = inside[i+1:]
			p.filters = []string{}
		} else {
			p.filters = append(p.filters, inside[i+1:])
		}
		inside = inside[:i]
	}
	if p.filters == nil {
		p.field = inside
	} else {
		p.filters = append(p.filters, inside)
	}
	return p
}
