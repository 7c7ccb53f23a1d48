package render

import (
	"html"
	"slices"
	"strconv"
	"strings"
)

// shape is a mask on a picture, which Anki writes as a gap:
// {{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}.
// Numbers are parts of the picture's width and height.
type shape struct {
	kind  string // rect, ellipse, polygon or text
	value map[string]string
}

const shapePrefix = "image-occlusion:"

// parseShape reads a gap that is a mask.
func parseShape(g gap) (shape, bool) {
	if len(g.inside) != 1 || g.inside[0].numbers != nil {
		return shape{}, false
	}
	text, found := strings.CutPrefix(g.inside[0].text, shapePrefix)
	if !found {
		return shape{}, false
	}
	s := shape{value: map[string]string{}}
	var words []string
	var word strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == ':':
			i++
			word.WriteByte(':')
		case text[i] == ':':
			words = append(words, word.String())
			word.Reset()
		default:
			word.WriteByte(text[i])
		}
	}
	words = append(words, word.String())
	s.kind = words[0]
	for _, w := range words[1:] {
		if key, value, found := strings.Cut(w, "="); found {
			s.value[key] = value
		}
	}
	return s, true
}

// mark is the shape as an element for the cleaner, which draws it on the picture. A
// mask of number 0 is drawn on every card; one that is not asked only if all are to
// be hidden; one that has been asked becomes a frame.
func (s shape) mark(active bool, numbers []int, question bool) string {
	var state string
	switch {
	case active && question:
		state = "active"
	case active:
		state = "shown"
	case slices.Contains(numbers, 0) || s.value["oi"] == "1":
		state = "inactive"
	default:
		return ""
	}
	style := s.style()
	if style == "" {
		return ""
	}
	return `<card-mask data-state="` + state + `" data-shape="` + s.kind + `" data-style="` + style + `">` + html.EscapeString(s.label()) + "</card-mask>"
}

func (s shape) label() string {
	if s.kind == "text" {
		return s.value["text"]
	}
	return ""
}

// style places the shape in a box as large as the picture; "" if it cannot be drawn.
func (s shape) style() string {
	left, top := s.percent("left"), s.percent("top")
	var b strings.Builder
	switch s.kind {
	case "rect":
		b.WriteString("left:" + left + ";top:" + top + ";width:" + s.percent("width") + ";height:" + s.percent("height"))
	case "ellipse":
		b.WriteString("left:" + left + ";top:" + top + ";width:" + percent(2*s.number("rx")) + ";height:" + percent(2*s.number("ry")) + ";border-radius:50%")
	case "text":
		b.WriteString("left:" + left + ";top:" + top)
	case "polygon":
		var points []string
		for p := range strings.FieldsSeq(s.value["points"]) {
			x, y, found := strings.Cut(p, ",")
			if !found || len(points) == 1000 {
				return ""
			}
			points = append(points, percent(float(x))+" "+percent(float(y)))
		}
		if len(points) < 3 {
			return ""
		}
		return "left:0;top:0;width:100%;height:100%;clip-path:polygon(" + strings.Join(points, ",") + ")"
	default:
		return ""
	}
	if angle := s.number("angle"); angle != 0 {
		b.WriteString(";transform-origin:0 0;transform:rotate(" + strconv.FormatFloat(angle, 'f', -1, 64) + "deg)")
	}
	return b.String()
}

func (s shape) number(key string) float64 { return float(s.value[key]) }
func (s shape) percent(key string) string { return percent(s.number(key)) }

// float reads a number, which must not be large; 0 otherwise.
func float(text string) float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f > -1000 && f < 1000) {
		return 0
	}
	return f
}

func percent(part float64) string {
	return strconv.FormatFloat(min(max(100*part, -100), 200), 'f', 3, 64) + "%"
}
