package pdf

import (
	"math"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// matrix is [a b c d e f] of ISO 32000-1, 8.3.3: x' = ax + cy + e, y' = bx + dy + f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is m followed by n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// fragment is text painted on one base line without a wide gap.
type fragment struct {
	text        string
	x0, x1, y   float64
	size        float64
	bold        bool
	beforeSpace bool
	letters     int // glyphs
}

// state is what the operators of text and graphics set.
type state struct {
	ctm                     matrix
	font                    *font
	size, char, word, scale float64
	leading, rise           float64
	textMatrix, textLine    matrix
}

// shower runs the content of a page and collects the fragments that it paints.
type shower struct {
	file *file
	page page
	state
	saved []state
	forms []types.IndirectRef // being run, each within the one before
	open  fragment            // being painted
	text  strings.Builder     // of it
	end   float64             // x where its last glyph ends
}

const (
	mostSaved    = 512
	mostOperands = 4096
)

// run carries out content with the resources it names.
func (s *shower) run(content []byte, resources types.Dict, depth int) error {
	s.scale, s.textMatrix, s.textLine = 1, identity, identity
	scan := scanner{data: content}
	var args []token
	for n := 0; ; n++ {
		if n&0xfff == 0 {
			if err := s.file.ctx.Err(); err != nil {
				return err
			}
		}
		t := scan.next()
		switch t.kind {
		case tokenEnd:
			return nil
		case tokenOperator:
			if t.text == "BI" {
				scan.skipImage()
			} else if err := s.do(t.text, args, resources, depth); err != nil {
				return err
			}
			args = args[:0]
		default:
			if len(args) < mostOperands {
				args = append(args, t)
			}
		}
	}
}

// do carries out one operator. Operators with too few operands do nothing.
func (s *shower) do(op string, args []token, resources types.Dict, depth int) error {
	need := operands[op]
	if len(args) < need {
		return nil
	}
	if op != "TJ" {
		args = args[len(args)-need:]
	}
	switch op {
	case "q":
		if len(s.saved) < mostSaved {
			s.saved = append(s.saved, s.state)
		}
	case "Q":
		if n := len(s.saved); n > 0 {
			s.state, s.saved = s.saved[n-1], s.saved[:n-1]
		}
	case "cm":
		s.ctm = six(args).times(s.ctm)
	case "Do":
		return s.form(args[0].text, resources, depth)
	case "Tf":
		font, err := s.file.font(s.file.dict(resources, "Font"), args[0].text)
		if err != nil {
			return err
		}
		s.font, s.size = font, args[1].num
	default:
		return s.textOp(op, args)
	}
	return nil
}

// operands says how many operands the operators take that are carried out.
var operands = map[string]int{
	"cm": 6, "Do": 1, "Tf": 2, "Td": 2, "TD": 2, "Tm": 6, "TL": 1, "Tc": 1, "Tw": 1, "Tz": 1, "Ts": 1, "Tj": 1, "'": 1, "\"": 3,
}

func (s *shower) textOp(op string, args []token) error {
	switch op {
	case "BT":
		s.textMatrix, s.textLine = identity, identity
	case "Td":
		s.move(args[0].num, args[1].num)
	case "TD":
		s.leading = -args[1].num
		s.move(args[0].num, args[1].num)
	case "Tm":
		s.textMatrix = six(args)
		s.textLine = s.textMatrix
	case "T*":
		s.move(0, -s.leading)
	case "TL":
		s.leading = args[0].num
	case "Tc":
		s.char = args[0].num
	case "Tw":
		s.word = args[0].num
	case "Tz":
		s.scale = args[0].num / 100
	case "Ts":
		s.rise = args[0].num
	case "Tj":
		return s.show(args[0].text)
	case "'":
		s.move(0, -s.leading)
		return s.show(args[0].text)
	case "\"":
		s.word, s.char = args[0].num, args[1].num
		s.move(0, -s.leading)
		return s.show(args[2].text)
	case "TJ":
		for _, a := range args {
			switch a.kind {
			case tokenNumber:
				s.textMatrix = matrix{1, 0, 0, 1, -a.num / 1000 * s.size * s.scale, 0}.times(s.textMatrix)
			case tokenString:
				if err := s.show(a.text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func six(args []token) matrix {
	var m matrix
	for i := range m {
		m[i] = args[i].num
	}
	return m
}

func (s *shower) move(x, y float64) {
	s.textLine = matrix{1, 0, 0, 1, x, y}.times(s.textLine)
	s.textMatrix = s.textLine
}

// form runs a form, which is content with resources of its own.
func (s *shower) form(name string, resources types.Dict, depth int) error {
	o, ok := s.file.dict(resources, "XObject").Find(name)
	ref, isRef := o.(types.IndirectRef) // as every stream is
	if !ok || !isRef || depth >= mostForms || slices.Contains(s.forms, ref) {
		return nil
	}
	sd, _, err := s.file.x.DereferenceStreamDict(o)
	if err != nil || sd == nil {
		return nil //nolint:nilerr // a form that is none paints nothing
	}
	if kind := sd.NameEntry("Subtype"); kind == nil || *kind != "Form" {
		return nil
	}
	content, err := s.file.stream(o)
	if err != nil {
		return err
	}
	before, saved := s.state, s.saved
	s.saved = nil
	if m, ok := s.file.get(sd.Dict, "Matrix").(types.Array); ok && len(m) == 6 {
		var own matrix
		for i := range own {
			own[i], _ = number(s.file.direct(m[i]))
		}
		s.ctm = own.times(s.ctm)
	}
	own := s.file.dict(sd.Dict, "Resources")
	if own == nil {
		own = resources
	}
	s.forms = append(s.forms, ref)
	err = s.run(content, own, depth+1)
	s.forms = s.forms[:len(s.forms)-1]
	s.state, s.saved = before, saved
	return err
}

// show paints a string.
func (s *shower) show(raw string) error {
	if s.font == nil {
		return nil
	}
	if s.file.shown += len(raw); s.file.shown > mostGlyphs {
		return ErrTooMuch
	}
	for len(raw) > 0 {
		g, n := s.font.glyph(raw)
		space := n == 1 && raw[0] == ' '
		raw = raw[n:]
		if g.text == "" {
			s.file.unknown += n
		}
		advance := g.width*s.size + s.char
		if space {
			advance += s.word
		}
		s.paint(g, advance*s.scale)
		s.textMatrix = matrix{1, 0, 0, 1, advance * s.scale, 0}.times(s.textMatrix)
	}
	return nil
}

// paint adds a glyph to the fragment, or begins a new one where it stands elsewhere.
// Glyphs that do not stand upright are left out: they are marks beside the text.
func (s *shower) paint(g glyph, advance float64) {
	m := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.times(s.textMatrix).times(s.ctm)
	size := math.Hypot(m[2], m[3])
	if !(m[0] > 0) || math.Abs(m[1]) > 0.1*m[0] || !(m[3] > 0) || size < 1 || size > 400 || math.IsInf(size, 0) || !(math.Abs(m[4])+math.Abs(m[5]) < 1e5) {
		return
	}
	x, y := m[4], m[5]
	width := advance / math.Max(1e-9, s.size*s.scale) * m[0]
	if s.size < 0 || !(math.Abs(width) < 1e4) {
		width = 0
	}
	gap := x - s.end
	o := &s.open
	sameLine := math.Abs(y-o.y) < 0.15*o.size || math.Abs(y-o.y) < 0.6*o.size && size < 0.85*o.size || math.Abs(y-o.y) < 0.6*size && o.size < 0.85*size
	if s.text.Len() > 0 && (!sameLine || gap > 0.9*math.Max(size, o.size) || gap < -0.6*size) {
		s.flush()
	}
	if g.blank {
		if s.text.Len() > 0 { // a hidden hyphen may be painted as a blank, and what follows over it
			o.beforeSpace = true
			s.end = math.Max(s.end, x+width)
		}
		return
	}
	if s.text.Len() == 0 {
		*o = fragment{x0: x, y: y, size: size, bold: s.font.bold}
		s.end = x
		gap = 0
	}
	if o.beforeSpace && (gap > -0.12*size || x-o.x1 > 0.08*size) || gap > 0.17*size {
		s.text.WriteByte(' ')
	}
	o.beforeSpace = false
	s.text.WriteString(g.text)
	if size > o.size*1.2 { // after a small mark
		o.size, o.y = size, y
	}
	o.letters++
	o.bold = o.bold && s.font.bold
	s.end = math.Max(s.end, x+width)
	o.x1 = s.end
}

// flush ends the fragment.
func (s *shower) flush() {
	if text := strings.TrimSpace(s.text.String()); text != "" {
		s.open.text = text
		s.page.fragments = append(s.page.fragments, s.open)
	}
	s.text.Reset()
	s.open = fragment{}
}
