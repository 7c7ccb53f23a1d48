// Package word turns a word into what the features of a classifier may look at:
// hashes of its form, its shape, its beginnings and ends.
package word

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards/english/linear"
)

// The number of ends and beginnings that Atoms has.
const (
	Suffixes = 5
	Prefixes = 4
)

// Bits of Atoms.Flags.
const (
	Capital  = 1 << iota // the first letter is upper case
	Initial              // it is the first word of its sentence
	AllCaps              // there are two letters or more, and none is lower case
	Digit                // there is a digit
	Hyphen               // there is a hyphen
	InCapped             // it stands in a sentence of capitals
)

// Atoms are the hashes of one word. Digits are all alike except in Form.
type Atoms struct {
	Form   uint32
	Low    uint32           // lower case
	Shape  uint32           // "Xx", "dd-x": kinds of characters, runs shortened
	Suffix [Suffixes]uint32 // the last 1 to 5 runes of the lower-case word
	Prefix [Prefixes]uint32 // the first 1 to 4
	Flags  uint32
}

// Pad is the word beyond either end of a sentence.
var Pad = Atoms{Form: 1, Low: 1, Shape: 1, Flags: 1 << 10}

// longest is how many bytes of a word are looked at.
const longest = 64

// Sentence returns the atoms of the words of one sentence.
func Sentence(forms []string) []Atoms {
	atoms := make([]Atoms, len(forms))
	capped, words := 0, 0
	for i, f := range forms {
		atoms[i] = Of(f)
		if atoms[i].Flags&AllCaps != 0 {
			capped++
		}
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsLetter(r) {
			words++
		}
	}
	first := true
	for i, f := range forms {
		if first {
			atoms[i].Flags |= Initial
		}
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsLetter(r) || unicode.IsDigit(r) {
			first = false
		}
		if capped > 2 && capped*4 > words*3 {
			atoms[i].Flags |= InCapped
		}
	}
	return atoms
}

// Of returns the atoms of a word that stands alone.
func Of(form string) Atoms {
	if len(form) > longest {
		cut := longest
		for cut > 0 && !utf8.RuneStart(form[cut]) {
			cut--
		}
		form = form[:cut]
	}
	low := Lower(form)
	a := Atoms{Form: linear.String(form), Low: linear.String(low), Shape: linear.String(shape(form)), Flags: flags(form)}
	end := len(low)
	for i := range a.Suffix {
		_, n := utf8.DecodeLastRuneInString(low[:end])
		end -= n
		a.Suffix[i] = linear.String(low[end:])
	}
	begin := 0
	for i := range a.Prefix {
		_, n := utf8.DecodeRuneInString(low[begin:])
		begin += n
		a.Prefix[i] = linear.String(low[:begin])
	}
	return a
}

// Lower returns the word in lower case with every digit a 0.
func Lower(form string) string {
	plain := true
	for i := 0; i < len(form); i++ {
		if c := form[i]; c < 'a' || c > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return form
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return unicode.ToLower(r)
	}, form)
}

func flags(form string) uint32 {
	var f uint32
	letters, lower := 0, 0
	for i, r := range form {
		switch {
		case unicode.IsUpper(r):
			letters++
			if i == 0 {
				f |= Capital
			}
		case unicode.IsLetter(r):
			letters++
			lower++
		case unicode.IsDigit(r):
			f |= Digit
		case r == '-':
			f |= Hyphen
		}
	}
	if letters > 1 && lower == 0 {
		f |= AllCaps
	}
	return f
}

// shape writes X, x, d or the character itself, at most two of a kind in a row.
func shape(form string) string {
	var b strings.Builder
	var last, run = rune(0), 0
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = 'd'
		}
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run <= 2 || r == 'd' && run <= 4 {
			b.WriteRune(r)
		}
	}
	return b.String()
}
