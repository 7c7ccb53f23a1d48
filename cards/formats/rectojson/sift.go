package rectojson

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"recto/cards/formats"
)

// sift passes a document on, except for the content of media: in place of each
// stands where in the file it begins and how long it is ("4711:128"), so that a
// document of any size is read in little memory. It also refuses what nests too
// deeply or has an element that is too long.
//
// It follows the shape {"media": [{"data": "..."}]} by counting brackets; that the
// rest is JSON is for the decoder to see.
type sift struct {
	in    *bufio.Reader
	at    int64 // bytes read of the file
	out   []byte
	err   error
	stack []byte
	depth int // allowed
	most  int // bytes of an element

	inString, escaped bool
	text              []byte // the string being read, up to some length
	key, top          string // the last key, and the last one of the outermost object
	last              string // the last string that ended
	element           int    // bytes since the last element of a list began

	counts map[string]int // elements of each list of the outermost object
}

func newSift(r io.Reader, l formats.Limits) *sift {
	return &sift{counts: map[string]int{}, in: bufio.NewReaderSize(r, 1<<16), depth: l.Depth, most: 4 * l.Field}
}

func (s *sift) Read(p []byte) (int, error) {
	for len(s.out) == 0 && s.err == nil {
		s.fill()
	}
	n := copy(p, s.out)
	s.out = s.out[n:]
	if n == 0 {
		return 0, s.err
	}
	return n, nil
}

// fill passes some bytes on.
func (s *sift) fill() {
	s.out = make([]byte, 0, 4096)
	for len(s.out) < 4000 {
		c, err := s.in.ReadByte()
		if err != nil {
			s.err = err
			return
		}
		s.at++
		s.out = append(s.out, c)
		if s.element++; s.element > s.most {
			s.err = formats.TooLarge("an element of its JSON is longer than %d MiB", s.most>>20)
			return
		}
		if s.inString {
			s.inside(c)
			continue
		}
		if s.outside(c); s.err != nil {
			return
		}
	}
}

// inside follows a string.
func (s *sift) inside(c byte) {
	switch {
	case s.escaped:
		s.escaped = false
	case c == '\\':
		s.escaped = true
	case c == '"':
		s.inString, s.last = false, string(s.text)
		return
	}
	const longestKey = 64
	if len(s.text) < longestKey {
		s.text = append(s.text, c)
	}
}

// outside follows what stands between strings.
func (s *sift) outside(c byte) {
	switch c {
	case '"':
		s.inString, s.text = true, s.text[:0]
		if s.key == "data" && s.top == "media" && string(s.stack) == "{[{" {
			s.skip()
		}
		s.key = ""
	case ':':
		s.key = s.last
		if len(s.stack) == 1 {
			s.top = s.last
		}
	case '{', '[':
		s.key = ""
		if len(s.stack) <= 2 {
			s.element = 0
		}
		if string(s.stack) == "{[" {
			s.counts[s.top]++
		}
		if s.stack = append(s.stack, c); len(s.stack) > s.depth {
			s.err = formats.TooLarge("its JSON is nested deeper than %d levels", s.depth)
		}
	case '}', ']':
		s.key = ""
		if len(s.stack) > 0 {
			s.stack = s.stack[:len(s.stack)-1]
		}
	case ',':
		s.key = ""
		if len(s.stack) <= 2 {
			s.element = 0
		}
	}
}

// skip reads to the end of the string of a medium and says where it was.
func (s *sift) skip() {
	start := s.at
	for {
		chunk, err := s.in.ReadSlice('"')
		s.at += int64(len(chunk))
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			s.err = io.ErrUnexpectedEOF
			return
		}
		break
	}
	s.out = fmt.Appendf(s.out, `%d:%d"`, start, s.at-1-start)
	s.inString, s.element = false, 0
}
