package text

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// ErrBinary is the error of a file that is no text.
var ErrBinary = errors.New("this is not a text file: it holds bytes that no text has; choose the format that your program calls text, CSV or TSV when it exports")

// ErrEncoding is the error of an encoding by a name that nobody knows.
var ErrEncoding = errors.New("the encoding has a name that Recto does not know; try utf-8, utf-16le or windows-1252")

// Decode makes UTF-8 with line ends "\n" of the bytes of a text file and says in
// which encoding they were: "utf-8", "utf-16le", "utf-16be", or a name of the WHATWG
// encoding standard such as "windows-1252". In this order decide: name, unless it is
// ""; a byte order mark; zero bytes where UTF-16 has them; valid UTF-8; and the
// frequency of bytes, with Windows-1252, which Western spreadsheets write, in doubt.
// Bytes that the encoding cannot have become U+FFFD. The error is ErrBinary or
// ErrEncoding.
func Decode(data []byte, name string) (text, encodedIn string, err error) {
	enc, encodedIn := named(data, name)
	if enc == nil {
		return "", "", ErrEncoding
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", ErrBinary
	}
	text = strings.TrimPrefix(string(out), "\ufeff")
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\ufffd")
	}
	if binary(text) {
		return "", "", ErrBinary
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), encodedIn, nil
}

func named(data []byte, name string) (encoding.Encoding, string) {
	if name == "" {
		name = encodingOf(data)
	}
	switch strings.ToLower(name) {
	case "utf-8", "utf8":
		return encoding.Nop, "utf-8"
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le"
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be"
	}
	return charset.Lookup(name)
}

// encodingOf names the encoding that bytes are most likely in.
func encodingOf(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if order := byZeros(data); order != "" {
		return order
	}
	if utf8.Valid(data) || mostlyUTF8(data) {
		return "utf-8"
	}
	return byFrequency(data)
}

// byZeros tells UTF-16 without a mark by the zero bytes of its Latin letters, which
// stand on one side only.
func byZeros(data []byte) string {
	head := data[:min(len(data), 1<<13)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
	case zeros[1]*10 > half*3 && zeros[0]*20 < half:
		return "utf-16le"
	case zeros[0]*10 > half*3 && zeros[1]*20 < half:
		return "utf-16be"
	}
	return ""
}

// mostlyUTF8 reports whether text is UTF-8 with a few bytes broken, as where a file
// was cut or put together from two.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good >= 4*bad
}

// guessed are the encodings that the frequency of bytes may choose, by the names that
// chardet has for them; what it calls anything else is Windows-1252 more often than
// not. Spreadsheets write the code pages of Windows, not those of ISO.
var guessed = map[string]string{
	"windows-1250": "windows-1250", "ISO-8859-2": "windows-1250", "windows-1251": "windows-1251", "ISO-8859-5": "iso-8859-5", "KOI8-R": "koi8-r",
	"windows-1253": "windows-1253", "ISO-8859-7": "windows-1253", "windows-1254": "windows-1254", "ISO-8859-9": "windows-1254",
	"windows-1255": "windows-1255", "ISO-8859-8": "windows-1255", "ISO-8859-8-I": "windows-1255", "windows-1256": "windows-1256", "ISO-8859-6": "iso-8859-6",
	"Shift_JIS": "shift_jis", "EUC-JP": "euc-jp", "EUC-KR": "euc-kr", "GB-18030": "gb18030", "GB18030": "gb18030", "Big5": "big5",
	"windows-1252": "windows-1252", "ISO-8859-1": "windows-1252",
}

// byFrequency looks only at words with letters outside ASCII: in a list of vocabulary
// the other half is English. Words of Latin writing have single letters outside ASCII,
// those of others nothing else.
func byFrequency(data []byte) string {
	words, long := foreign(data[:min(len(data), 1<<16)])
	all, err := chardet.NewTextDetector().DetectAll(words)
	if err != nil {
		return "windows-1252"
	}
	const sureOfEast = 60 // the encodings with two bytes a letter have a grammar to check
	const before = 10     // by how much another Latin writing must be likelier than that of the West
	west := 0
	for _, guess := range all {
		if guessed[guess.Charset] == "windows-1252" {
			west = max(west, guess.Confidence)
		}
	}
	for _, guess := range all {
		name := guessed[guess.Charset]
		latin := name == "windows-1250" || name == "windows-1252" || name == "windows-1254"
		east := strings.HasSuffix(name, "jis") || strings.HasPrefix(name, "euc") || name == "gb18030" || name == "big5"
		switch {
		case latin && name != "windows-1252" && guess.Confidence < west+before:
		case name == "", latin && long, !latin && !long && !east, east && guess.Confidence < sureOfEast:
		case name == "windows-1254" && !turkish(words): // chardet takes many lists for Turkish
		default:
			return name
		}
	}
	return "windows-1252"
}

// foreign are the words that have bytes outside ASCII, and whether more than half of
// these bytes stand in runs of three and more.
func foreign(data []byte) (words []byte, long bool) {
	high, inRuns := 0, 0
	for _, w := range bytes.FieldsFunc(data, func(r rune) bool { return r < 'A' && r >= 0 }) {
		run, has := 0, false
		for _, b := range w {
			if b < 0x80 {
				run = 0
				continue
			}
			has = true
			high++
			if run++; run == 3 {
				inRuns += 3
			} else if run > 3 {
				inRuns++
			}
		}
		if has {
			words = append(append(words, w...), ' ')
		}
	}
	return words, inRuns*2 > high
}

// turkish reports whether words have the dotless i of Windows-1254, which in other
// Latin code pages is a letter of Iceland or a sign.
func turkish(words []byte) bool {
	return bytes.Count(words, []byte{0xfd})+bytes.Count(words, []byte{0xfe}) > len(words)/100
}

// binary reports whether a decoded text has more control characters than one letter
// in fifty, or a NUL, which a file cut from a database has at once.
func binary(text string) bool {
	n, all := 0, 0
	for _, r := range text {
		all++
		switch {
		case r == 0:
			n += 10
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1f && r != 0x1b:
			n++
		}
	}
	const few = 4
	return n > few && n*50 > all
}
