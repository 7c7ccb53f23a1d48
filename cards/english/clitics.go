package english

import (
	"strings"
	"unicode/utf8"
)

// clitics returns the byte offsets inside word at which a new token begins:
// "don't" -> do n't, "Japan’s" -> Japan ’s, "cannot" -> can not, "10am" -> 10 am.
func clitics(word string) []int {
	if len(word) < 3 {
		return nil
	}
	if word[0] >= '0' && word[0] <= '9' {
		if k := unitAt(word); k > 0 {
			return []int{k}
		}
	}
	if len(word) == 6 && strings.EqualFold(word, "cannot") {
		return []int{3}
	}
	if len(word) == 5 {
		switch strings.ToLower(word) {
		case "gonna", "wanna", "gotta":
			return []int{3}
		}
	}
	// the last apostrophe is at most four letters and a quote from the end
	from := max(0, len(word)-8)
	for from > 0 && !utf8.RuneStart(word[from]) {
		from--
	}
	for i, r := range word[from:] {
		if r != '\'' && r != '’' && r != 'ʼ' && r != '´' {
			continue
		}
		i += from
		if i == 0 {
			continue
		}
		switch rest := strings.ToLower(word[i+utf8.RuneLen(r):]); rest {
		case "t":
			if c := word[i-1]; (c == 'n' || c == 'N') && i > 1 {
				return []int{i - 1}
			}
		case "s", "m", "d", "re", "ve", "ll":
			return []int{i}
		default:
			if strings.HasPrefix(rest, "t'") || strings.HasPrefix(rest, "t’") { // "couldn't've"
				if c := word[i-1]; (c == 'n' || c == 'N') && i > 1 {
					return append([]int{i - 1}, shift(clitics(word[i-1:]), i-1)...)
				}
			}
		}
	}
	return nil
}

func shift(offsets []int, by int) []int {
	for i := range offsets {
		offsets[i] += by
	}
	return offsets
}

// unitAt returns where the unit begins in a number written without a space before
// it, or 0.
func unitAt(word string) int {
	k := 0
	for k < len(word) && (word[k] >= '0' && word[k] <= '9' || word[k] == '.' || word[k] == ',' || word[k] == ':') {
		k++
	}
	if len(word)-k > 8 {
		return 0
	}
	switch strings.ToLower(word[k:]) {
	case "am", "pm", "a.m.", "p.m.", "km", "km²", "m", "cm", "mm", "kg", "g", "mg", "ml", "mi", "ft", "mph",
		"bn", "m²", "kw", "mw", "gw", "gb", "mb", "tb", "hz", "khz", "mhz", "ghz", "million", "billion":
		return k
	}
	return 0
}
