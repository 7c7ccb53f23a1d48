package article

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// ErrEncoding is the error of a text whose encoding cannot be told.
type ErrEncoding struct{}

func (ErrEncoding) Error() string {
	return "The letters of this text are written in an encoding that Recto does not know. Save it as UTF-8 and try again."
}

// decode makes valid UTF-8 of data. In this order decide: a byte order mark; valid
// UTF-8; zero bytes where UTF-16 has them; what the server and the page say; UTF-8
// with a few bytes broken; and Windows-1252, when what it gives looks like it.
// Files that are not text are refused.
func decode(data []byte, contentType string) (string, error) {
	if err := refuse(data); err != nil {
		return "", err
	}
	if order, body := utf16Mark(data); order != nil {
		return checked(decodeUTF16(body, order))
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if order := utf16Zeros(data); order != nil {
		return checked(decodeUTF16(data, order))
	}
	if utf8.Valid(data) {
		return checked(string(data))
	}
	if bytes.IndexByte(data, 0) >= 0 && controls(string(bytes.ToValidUTF8(data, nil))) {
		return "", ErrFormat{}
	}
	if e, name, certain := charset.DetermineEncoding(data, contentType); certain && name != "utf-8" {
		if text, err := decodeWith(e, data); err == nil {
			return checked(text)
		}
	}
	if mostlyUTF8(data) {
		return checked(strings.ToValidUTF8(string(data), "\ufffd"))
	}
	if !looksLike1252(data) {
		if controls(string(data)) {
			return "", ErrFormat{}
		}
		return "", ErrEncoding{}
	}
	text, err := decodeWith(charmap.Windows1252, data)
	if err != nil {
		return "", ErrEncoding{}
	}
	return checked(text)
}

func decodeWith(e encoding.Encoding, data []byte) (string, error) {
	text, err := e.NewDecoder().Bytes(data)
	return strings.ToValidUTF8(string(text), "\ufffd"), err
}

// checked refuses what decodes well but holds too many control characters for text.
func checked(text string) (string, error) {
	if controls(text) {
		return "", ErrFormat{}
	}
	return text, nil
}

// controls reports whether more than one character in fifty is a control character
// that no text has.
func controls(text string) bool {
	n, all := 0, 0
	for _, r := range text {
		all++
		if unicode.IsControl(r) && !unicode.IsSpace(r) && r != '\u001b' && r != '\b' {
			n++
		}
	}
	return n*50 > all
}

func utf16Mark(data []byte) (binary.ByteOrder, []byte) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian, data[2:]
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian, data[2:]
	}
	return nil, nil
}

// utf16Zeros tells UTF-16 that has no mark by the zero bytes of its Latin letters,
// which stand on one side only.
func utf16Zeros(data []byte) binary.ByteOrder {
	head := data[:min(len(data), 1<<12)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
	case zeros[1]*10 > half*7 && zeros[0]*20 < half:
		return binary.LittleEndian
	case zeros[0]*10 > half*7 && zeros[1]*20 < half:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// mostlyUTF8 reports whether the letters outside ASCII are nearly all valid UTF-8,
// as in a text that was cut or patched in the wrong place.
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

// looksLike1252 reports whether bytes are text in Windows-1252 or Latin-1: none of
// the five bytes that stand for nothing in it, and letters outside ASCII rare, as
// in English.
func looksLike1252(data []byte) bool {
	high := 0
	for _, b := range data {
		switch {
		case b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d || b == 0:
			return false
		case b >= 0x80:
			high++
		}
	}
	return high*4 < len(data)
}
