package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is text as it is compared: small letters without accents, in their compatible
// forms, and single spaces where there was any white space.
func Fold(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			text = norm.NFC.String(strings.Map(bare, norm.NFKD.String(text)))
			text = letters.Replace(strings.ToLower(strings.ToUpper(text)))
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return foldASCII(text)
}

// foldASCII is Fold for ASCII.
func foldASCII(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for i := range len(text) {
		c := text[i]
		if c == ' ' || '\t' <= c && c <= '\r' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		b.WriteByte(c)
	}
	return b.String()
}

// bare takes away the marks that Latin, Greek, Cyrillic, Hebrew and Arabic letters can
// do without. Those of other scripts tell words apart.
func bare(r rune) rune {
	switch {
	case 0x300 <= r && r <= 0x36F, 0x591 <= r && r <= 0x5C7 && unicode.Is(unicode.Mn, r), 0x64B <= r && r <= 0x652, r == 0xAD, r == 0x200B:
		return -1
	case unicode.IsControl(r):
		return ' '
	}
	return r
}

// letters are those that have no decomposition, and are written otherwise for want of them.
var letters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "ħ", "h", "ı", "i", "ς", "σ")
