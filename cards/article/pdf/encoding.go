package pdf

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// encoding fills in what the bytes of a simple font mean, as far as it says. Its map
// to Unicode, which is read after, says it better.
func (f *file) encoding(d types.Dict, font *font) {
	o := f.get(d, "Encoding")
	table := charmap.Windows1252
	base := nameOf(o)
	dict, isDict := o.(types.Dict)
	if isDict {
		base = nameOf(f.get(dict, "BaseEncoding"))
	}
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for b := 32; b < 256; b++ {
		if r := table.DecodeByte(byte(b)); r != '\ufffd' && (r < 0x7f || r > 0x9f) {
			font.unicode[uint32(b)] = string(r)
		}
	}
	if base == "" || base == "StandardEncoding" {
		for b, text := range standard {
			font.unicode[uint32(b)] = text
		}
	}
	if !isDict {
		return
	}
	differences, _ := f.get(dict, "Differences").(types.Array)
	code := uint32(0)
	for _, o := range differences[:min(len(differences), 1024)] {
		switch o := f.direct(o).(type) {
		case types.Integer:
			code = uint32(o.Value()) & 0xff
		case types.Name:
			delete(font.unicode, code)
			if text := glyphText(o.Value()); text != "" {
				font.unicode[code] = text
			}
			code++
		}
	}
}

// standard is where the standard encoding of Adobe differs from that of Windows.
var standard = map[byte]string{
	0x27: "’", 0x60: "‘", 0xa4: "⁄", 0xa6: "ƒ", 0xa8: "¤", 0xa9: "'", 0xaa: "“", 0xac: "‹", 0xad: "›", 0xae: "fi", 0xaf: "fl",
	0xb1: "–", 0xb2: "†", 0xb3: "‡", 0xb4: "·", 0xb7: "•", 0xb8: "‚", 0xb9: "„", 0xba: "”", 0xbc: "…", 0xbd: "‰",
	0xd0: "—", 0xe1: "Æ", 0xe8: "Ł", 0xe9: "Ø", 0xea: "Œ", 0xf1: "æ", 0xf5: "ı", 0xf8: "ł", 0xf9: "ø", 0xfa: "œ", 0xfb: "ß",
}

// glyphNames are the names of glyphs besides those of letters, digits and accents
// that glyphText makes out; see the Adobe Glyph List for New Fonts.
var glyphNames = names(`space   exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' quoteright ’ quoteleft ‘ parenleft ( parenright ) asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ] asciicircum ^ underscore _ grave ` + "`" + ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª guillemotleft « logicalnot ¬ registered ® macron ¯ degree ° plusminus ± acute ´ mu µ paragraph ¶ periodcentered · cedilla ¸ ordmasculine º guillemotright » onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ OE Œ oe œ Oslash Ø oslash ø germandbls ß Eth Ð eth ð Thorn Þ thorn þ Lslash Ł lslash ł dotlessi ı Euro € florin ƒ quotesinglbase ‚ quotedblbase „ quotedblleft “ quotedblright ” ellipsis … dagger † daggerdbl ‡ perthousand ‰ guilsinglleft ‹ guilsinglright › bullet • endash – emdash — trademark ™ fraction ⁄ multiply × divide ÷ f_f ff f_i fi f_l fl f_f_i ffi f_f_l ffl ff ff fi fi fl fl ffi ffi ffl ffl nbspace   sfthyphen - Dcroat Đ dcroat đ hungarumlaut ˝ onesuperior ¹ twosuperior ² threesuperior ³ alpha α beta β gamma γ delta δ epsilon ε lambda λ pi π sigma σ omega ω Delta Δ Omega Ω infinity ∞ lessequal ≤ greaterequal ≥ notequal ≠ approxequal ≈`)

func names(list string) map[string]string {
	m := map[string]string{}
	list = strings.Replace(strings.Replace(list, "space   ", "", 1), "nbspace   ", "", 1)
	words := strings.Fields(list)
	for i := 0; i+1 < len(words); i += 2 {
		m[words[i]] = words[i+1]
	}
	m["space"], m["nbspace"] = " ", " "
	return m
}

// accents are the endings of names such as "eacute", as combining marks.
var accents = []struct{ name, mark string }{
	{"grave", "\u0300"}, {"acute", "\u0301"}, {"circumflex", "\u0302"}, {"tilde", "\u0303"}, {"macron", "\u0304"}, {"breve", "\u0306"},
	{"dotaccent", "\u0307"}, {"dieresis", "\u0308"}, {"ring", "\u030a"}, {"hungarumlaut", "\u030b"}, {"caron", "\u030c"}, {"cedilla", "\u0327"}, {"ogonek", "\u0328"},
}

// glyphText is the text of a glyph by its name, "" when the name says nothing.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".") // "a.sc" is another form of "a"
	if text, ok := glyphNames[name]; ok {
		return text
	}
	if len(name) == 1 {
		return name
	}
	hex := ""
	switch {
	case strings.HasPrefix(name, "uni") && len(name) >= 7:
		hex = name[3:7]
	case strings.HasPrefix(name, "u") && len(name) >= 5 && len(name) <= 7:
		hex = name[1:]
	}
	if n, err := strconv.ParseUint(hex, 16, 32); err == nil && n >= 32 && n < 0x110000 {
		return string(rune(n))
	}
	for _, a := range accents {
		if letter, ok := strings.CutSuffix(name, a.name); ok && len(letter) == 1 {
			return letter + a.mark
		}
	}
	return ""
}

// readCMap reads a map of codes to Unicode (ISO 32000-1, 9.10.3).
func readCMap(data []byte, font *font) {
	scan := scanner{data: data}
	var args []token
	depth := 0
	for len(font.unicode) < mostCodes {
		t := scan.next()
		switch t.kind {
		case tokenEnd:
			return
		case tokenOperator:
			switch t.text {
			case "endbfchar":
				for i := 0; i+1 < len(args); i += 2 {
					font.maps(code(args[i].text), utf16Text(args[i+1].text))
				}
			case "endbfrange":
				font.ranges(args)
			}
			args, depth = args[:0], 0
		case tokenNumber, tokenName:
		default:
			if depth++; depth < 4*mostOperands {
				args = append(args, t)
			}
		}
	}
}

func (f *font) maps(code uint32, text string) {
	if text != "" {
		f.unicode[code] = text
	}
}

// ranges reads triples: from, to, and what from means or an array of what each does.
func (f *font) ranges(args []token) {
	for i := 0; i+2 < len(args); {
		from, to := code(args[i].text), code(args[i+1].text)
		if args[i+2].kind == tokenArray {
			i += 3
			for c := from; i < len(args) && args[i].kind != tokenClose; i++ {
				f.maps(c, utf16Text(args[i].text))
				c++
			}
			i++
			continue
		}
		text := []rune(utf16Text(args[i+2].text))
		i += 3
		if len(text) == 0 {
			continue
		}
		last := len(text) - 1
		for c := from; c <= to && c-from < mostCodes && len(f.unicode) < 2*mostCodes; c++ {
			f.maps(c, string(text))
			text[last]++
		}
	}
}

func code(s string) uint32 {
	n := uint32(0)
	for i := range min(len(s), 4) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

func utf16Text(s string) string {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(utf16.Decode(units)), "\x00", ""), "\ufffd", "")
}
