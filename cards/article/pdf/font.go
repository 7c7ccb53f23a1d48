package pdf

import (
	"strings"
	"unicode"

	corefont "github.com/pdfcpu/pdfcpu/pkg/font"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// glyph is what a code of a string paints.
type glyph struct {
	text  string  // "" when nobody says
	width float64 // in parts of the font's size
	blank bool
}

// font tells what codes mean (ISO 32000-1, 9.5 to 9.10).
type font struct {
	wide    bool // codes are of two bytes
	bold    bool
	unicode map[uint32]string
	widths  map[uint32]float64
	other   float64 // width of the codes that widths does not hold
}

// glyph reads the first code of raw, which is n bytes long.
func (f *font) glyph(raw string) (g glyph, n int) {
	code, n := uint32(raw[0]), 1
	if f.wide && len(raw) > 1 {
		code, n = code<<8|uint32(raw[1]), 2
	}
	width, ok := f.widths[code]
	if !ok {
		width = f.other
	}
	text := f.unicode[code]
	return glyph{text: text, width: width, blank: text != "" && strings.TrimFunc(text, unicode.IsSpace) == ""}, n
}

const mostCodes = 1 << 16 // of one font

// font is the font that resources call name; it is read once.
func (f *file) font(fonts types.Dict, name string) (*font, error) {
	o, ok := fonts.Find(name)
	if !ok {
		return nil, nil
	}
	at := -1
	if ref, ok := o.(types.IndirectRef); ok {
		at = ref.ObjectNumber.Value()
		if known := f.fonts[at]; known != nil {
			return known, nil
		}
	}
	d, err := f.x.DereferenceDict(o)
	if err != nil || d == nil {
		return nil, nil //nolint:nilerr // text in a font that is none is not shown
	}
	font, err := f.readFont(d)
	if err != nil {
		return nil, err
	}
	if at >= 0 && len(f.fonts) < 10_000 {
		f.fonts[at] = font
	}
	return font, nil
}

func (f *file) readFont(d types.Dict) (*font, error) {
	font := &font{unicode: map[uint32]string{}, widths: map[uint32]float64{}, other: 0.5}
	base := nameOf(f.get(d, "BaseFont"))
	low := strings.ToLower(base)
	font.bold = strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy") || strings.HasSuffix(low, "-bd") || strings.Contains(low, "cmbx")
	subtype := nameOf(f.get(d, "Subtype"))
	if subtype == "Type0" {
		f.compositeWidths(d, font)
	} else {
		f.encoding(d, font)
		f.simpleWidths(d, font, base, subtype == "Type3")
	}
	if ref, ok := d.Find("ToUnicode"); ok {
		cmap, err := f.stream(ref)
		if err != nil {
			return nil, err
		}
		readCMap(cmap, font)
	}
	return font, nil
}

func nameOf(o types.Object) string {
	if n, ok := o.(types.Name); ok {
		return n.Value()
	}
	return ""
}

// compositeWidths reads the widths of a font whose codes are of two bytes.
func (f *file) compositeWidths(d types.Dict, font *font) {
	font.wide, font.other = true, 1
	list, _ := f.get(d, "DescendantFonts").(types.Array)
	if len(list) == 0 {
		return
	}
	below, err := f.x.DereferenceDict(list[0])
	if err != nil || below == nil {
		return
	}
	if w, ok := number(f.get(below, "DW")); ok {
		font.other = w / 1000
	}
	widths, _ := f.get(below, "W").(types.Array)
	for i := 0; i+1 < len(widths) && len(font.widths) < mostCodes; {
		from, _ := number(f.direct(widths[i]))
		if list, ok := f.direct(widths[i+1]).(types.Array); ok {
			for j, o := range list[:min(len(list), mostCodes)] {
				w, _ := number(f.direct(o))
				font.widths[uint32(from)+uint32(j)] = w / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(widths) {
			return
		}
		to, _ := number(f.direct(widths[i+1]))
		w, _ := number(f.direct(widths[i+2]))
		for c := from; c <= to && c < mostCodes && c >= 0; c++ {
			font.widths[uint32(c)] = w / 1000
		}
		i += 3
	}
}

// simpleWidths reads the widths of a font whose codes are bytes. The standard fonts
// need not say theirs.
func (f *file) simpleWidths(d types.Dict, font *font, base string, type3 bool) {
	unit := 1.0 / 1000
	if m, ok := f.get(d, "FontMatrix").(types.Array); ok && type3 && len(m) == 6 {
		unit, _ = number(f.direct(m[0]))
	}
	widths, ok := f.get(d, "Widths").(types.Array)
	if !ok {
		core := standardFont(base)
		for code, text := range font.unicode {
			w, err := corefont.CharWidth(core, []rune(text)[0])
			if err == nil && w > 0 {
				font.widths[code] = float64(w) / 1000
			}
		}
		return
	}
	if descriptor := f.dict(d, "FontDescriptor"); descriptor != nil {
		if w, ok := number(f.get(descriptor, "MissingWidth")); ok {
			font.other = w * unit
		}
	}
	from, _ := number(f.get(d, "FirstChar"))
	for i, o := range widths[:min(len(widths), 256)] {
		if w, ok := number(f.direct(o)); ok {
			font.widths[uint32(from)+uint32(i)] = w * unit
		}
	}
}

// standardFont is that of the 14 standard fonts whose widths are nearest to those of
// a font that says none.
func standardFont(base string) string {
	if corefont.IsCoreFont(base) {
		return base
	}
	low := strings.ToLower(base)
	bold := strings.Contains(low, "bold")
	switch {
	case strings.Contains(low, "courier"):
		return "Courier"
	case strings.Contains(low, "times") && bold:
		return "Times-Bold"
	case strings.Contains(low, "times"):
		return "Times-Roman"
	case bold:
		return "Helvetica-Bold"
	}
	return "Helvetica"
}
