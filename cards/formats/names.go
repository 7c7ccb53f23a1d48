package formats

import (
	"html"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestName is how many bytes a medium's name may have.
const longestName = 120

// SafeName is a medium's name as a single path component, by Anki's rules: NFC,
// without the characters that some file system forbids, no name of a device of
// Windows, no space or dot at the end, at most 120 bytes. It is "" when nothing is
// left, or only dots.
func SafeName(name string) string {
	name = strings.Map(func(c rune) rune {
		switch {
		case strings.ContainsRune(`[]<>:"/?*^\|`, c), unicode.IsControl(c), c == utf8.RuneError, unassigned(c), Turning(c):
			return -1
		case c == '\u00a0':
			return ' '
		}
		return c
	}, norm.NFC.String(strings.ToValidUTF8(name, "")))
	name = norm.NFC.String(name) // what was taken out may have stood between a letter and its accent
	if strings.Trim(name, ". ") == "" {
		return ""
	}
	stem, _, _ := strings.Cut(name, ".")
	if device(stem) {
		name = stem + "_" + name[len(stem):]
	}
	if strings.HasSuffix(name, " ") || strings.HasSuffix(name, ".") {
		name += "_"
	}
	if len(name) <= longestName {
		return name
	}
	if name = shorten(name); strings.HasSuffix(name, " ") || strings.HasSuffix(name, ".") {
		name = name[:len(name)-1] + "_"
	}
	return name
}

// device reports whether Windows takes a name for a device.
func device(stem string) bool {
	stem = strings.ToUpper(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && '1' <= stem[3] && stem[3] <= '9'
}

// unassigned reports whether Unicode has no character there.
func unassigned(c rune) bool {
	return !unicode.In(c, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C) && c > unicode.MaxLatin1
}

// Turning reports whether c turns the direction of writing: "gpj.exe" must not
// look like "exe.jpg".
func Turning(c rune) bool {
	return '\u202a' <= c && c <= '\u202e' || '\u2066' <= c && c <= '\u2069' || c == '\u200e' || c == '\u200f'
}

// shorten cuts the stem of a name that is too long, between characters.
func shorten(name string) string {
	if len(name) <= longestName {
		return name
	}
	ending := path.Ext(name)
	if len(ending) > 20 {
		ending = ""
	}
	stem := strings.TrimSuffix(name, ending)
	for len(stem)+len(ending) > longestName || !utf8.ValidString(stem) {
		_, n := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-n]
	}
	return stem + ending
}

// WithSuffix puts suffix before the ending of a name.
func WithSuffix(name, suffix string) string {
	ending := path.Ext(name)
	return shorten(strings.TrimSuffix(name, ending)) + suffix + ending
}

// MediaRenamer returns a function that renames references to media in HTML: the sounds
// of [sound:NAME], and src and data in quotes or without. Names are looked for as
// they are, with entities, and percent-encoded.
func MediaRenamer(renamed map[string]string) func(string) string {
	var pairs []string
	for from, to := range renamed {
		for _, old := range unique(from, norm.NFC.String(from), html.EscapeString(from), (&url.URL{Path: from}).EscapedPath()) {
			pairs = append(pairs, "[sound:"+old+"]", "[sound:"+to+"]")
			for _, quote := range []string{`"`, `'`} {
				pairs = append(pairs, "="+quote+old+quote, "="+quote+html.EscapeString(to)+quote)
			}
			if !strings.ContainsAny(old, " >\"'") {
				pairs = append(pairs, "src="+old+">", `src="`+html.EscapeString(to)+`">`, "src="+old+" ", `src="`+html.EscapeString(to)+`" `)
			}
		}
	}
	return strings.NewReplacer(pairs...).Replace
}

func unique(list ...string) []string {
	var once []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			once = append(once, s)
		}
	}
	return once
}
