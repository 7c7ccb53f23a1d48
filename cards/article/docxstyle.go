package article

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// style is what the style of a paragraph says of its kind.
type style struct {
	name, base                    string
	level                         int // of a heading, 1 to 6; 0 when it is none
	title, list, quote, furniture bool
}

// The names of styles. Word writes them in English whatever language it speaks.
var (
	headingStyle   = regexp.MustCompile(`^heading ([1-9])$`)
	listStyle      = regexp.MustCompile(`^list(?: bullet| number| continue)?(?: \d)?$`)
	quoteStyle     = regexp.MustCompile(`^(?:intense |block )?(?:quote|quotations?|block text)$`)
	furnitureStyle = regexp.MustCompile(`^(?:caption|toc(?: \d| heading)|(?:foot|end)note(?: text)?|header|footer|table of (?:figures|authorities)|index(?: \d| heading)|bibliography|macro|html preformatted|envelope (?:address|return))$`)
)

// readStyles reads the styles of a document by their ids. Without any the
// paragraphs are what they are by themselves.
func readStyles(z *archive, folder string) map[string]style {
	styles := map[string]style{}
	name := path.Join(folder, "styles.xml")
	if !z.has(name) {
		return styles
	}
	id, s := "", style{}
	_ = z.xmlWalk(name, func(e element) error { // what could be read is used
		switch {
		case e.name == "style" && !e.end:
			id, s = e.attr("styleId"), style{}
		case e.name == "style" && id != "":
			styles[id] = s
			id = ""
		case e.end || e.name == "":
		case e.name == "name" && id != "":
			s = s.named(strings.ToLower(e.attr("val")))
		case e.name == "basedOn":
			s.base = e.attr("val")
		case e.name == "outlineLvl":
			s.level = outline(e.attr("val"))
		case e.name == "numId":
			s.list = e.attr("val") != "0"
		}
		return nil
	})
	for id := range styles {
		styles[id] = inherited(styles, id)
	}
	return styles
}

// named fills in what a style's name says.
func (s style) named(name string) style {
	s.name = name
	if m := headingStyle.FindStringSubmatch(name); m != nil {
		n, _ := strconv.Atoi(m[1])
		s.level = min(n, 6)
	}
	s.title = name == "title"
	s.list = listStyle.MatchString(name)
	s.quote = quoteStyle.MatchString(name)
	s.furniture = furnitureStyle.MatchString(name)
	return s
}

// inherited is a style with the kind of the nearest style below it that has one.
func inherited(styles map[string]style, id string) style {
	s := styles[id]
	for at, n := s, 0; n < 10; n++ {
		if at.level > 0 || at.title || at.list || at.quote || at.furniture {
			at.name, at.base = s.name, s.base
			return at
		}
		below, ok := styles[at.base]
		if !ok {
			break
		}
		at = below
	}
	return s
}

// outline is the level of a heading whose outline level is written from 0; 9 is
// body text.
func outline(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return min(n+1, 6)
}
