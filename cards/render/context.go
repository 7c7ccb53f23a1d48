package render

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// context is what the templates of one card are filled with.
type context struct {
	fields   map[string]string
	ordinal  int
	template int
	cloze    bool
	question bool
	front    string  // what {{FrontSide}} is
	typed    *Typing // what the front asks to be typed
	out      strings.Builder
	work     int // bytes of fields that were looked at
}

// mostWork is how many bytes of fields the templates of a card may look at.
const mostWork = 64 << 20

// side renders a template.
func (c *context) side(name string, parts []part, problem error) (string, error) {
	if problem != nil {
		return "", &Fault{Side: name, Sentence: problem.Error()}
	}
	if problem := c.check(parts); problem != nil {
		return "", &Fault{Side: name, Sentence: problem.Error()}
	}
	c.out.Reset()
	if err := c.write(parts); err != nil {
		return "", err
	}
	return c.out.String(), nil
}

// check looks for names that no field has, also in sections that are not shown.
func (c *context) check(parts []part) error {
	for _, p := range parts {
		if !p.tag {
			continue
		}
		_, known := c.fields[p.field]
		switch {
		case p.section:
			if !known && !isClozeName(p.field) {
				sign := "#"
				if p.not {
					sign = "^"
				}
				return fmt.Errorf("{{%s%s}} stands in it, but there is no field called %q", sign, p.field, p.field)
			}
			if err := c.check(p.parts); err != nil {
				return err
			}
		case known || p.field == "FrontSide" || p.field == "" && len(p.filters) > 0:
		default:
			return fmt.Errorf("{{%s}} stands in it, but there is no field called %q", tagText(p), p.field)
		}
	}
	return nil
}

func tagText(p part) string {
	names := append([]string{p.field}, p.filters...)
	slices.Reverse(names)
	return strings.Join(names, ":")
}

// isClozeName reports whether a section is asked by the number of a gap: "c1".
func isClozeName(name string) bool {
	digits, found := strings.CutPrefix(name, "c")
	return found && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// filled says whether the section of a name is shown.
func (c *context) filled(name string) bool {
	if value, known := c.fields[name]; known {
		c.work += len(value)
		return Filled(value)
	}
	if value, known := c.fields[strings.TrimSpace(name)]; known { // of a template that check would refuse, of which a note still has cards
		return Filled(value)
	}
	return name == "c"+strconv.Itoa(c.ordinal+1)
}

func (c *context) write(parts []part) error {
	for _, p := range parts {
		switch {
		case !p.tag:
			c.out.WriteString(p.text)
		case p.section:
			if c.filled(p.field) != p.not {
				if err := c.write(p.parts); err != nil {
					return err
				}
			}
		case p.field == "FrontSide":
			c.out.WriteString(c.front)
		default:
			value := c.fields[p.field]
			c.work += len(value) * (1 + len(p.filters))
			c.out.WriteString(c.filter(value, p.field, p.filters))
		}
		if c.out.Len() > longest || c.work > mostWork {
			return ErrTooLong
		}
	}
	return nil
}

// shows reports whether parts show a field that is filled.
func (c *context) shows(parts []part) bool {
	for _, p := range parts {
		if c.work > mostWork {
			return false
		}
		switch {
		case !p.tag:
		case p.section:
			if c.filled(p.field) != p.not && c.shows(p.parts) {
				return true
			}
		case c.filled(p.field):
			return true
		}
	}
	return false
}

// blank is what a card says that has nothing to ask, as HTML; "" if it has.
func (c *context) blank(front []part) string {
	if !c.cloze {
		if c.shows(front) {
			return ""
		}
		return `<div class="blank">The front of this card is blank: none of the fields that its template shows is filled.</div>`
	}
	for _, value := range c.fields {
		if strings.Contains(value, "{{c") && slices.Contains(numbersOf(nil, parseClozes(value)), c.ordinal+1) {
			return ""
		}
	}
	n := strconv.Itoa(c.ordinal + 1)
	return `<div class="blank">There is no gap ` + n + ` in this note: mark one as {{c` + n + `::like this}}, or delete the card.</div>`
}

func faultHTML(err error) string {
	return `<div class="fault">` + html.EscapeString(strings.ToUpper(err.Error()[:1])+err.Error()[1:]) + ".</div>"
}
