package cards

import (
	"crypto/sha256"
	"encoding/hex"
)

// Span is a half-open range [Start, End) of bytes in an Article's text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Of returns the part of text that s covers.
// It panics, like any slice expression, when s does not lie within text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// BlockKind says what a Block of an Article is.
type BlockKind string

// The kinds of block an Article's text is made of.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	ListItem  BlockKind = "item"
	Quotation BlockKind = "quotation" // a block quotation
	TableRow  BlockKind = "row"
	Furniture BlockKind = "furniture" // footnotes, references, share lines, captions: kept in the text, never made into cards
)

// Block is one paragraph-like unit of an Article.
type Block struct {
	Kind    BlockKind `json:"kind"`
	Span    Span      `json:"span"`
	Level   int       `json:"level,omitempty"`   // of a Heading, 1 to 6
	Heading string    `json:"heading,omitempty"` // the nearest heading above, "" at the top
}

// Article is a text to learn from. Text is valid UTF-8 with "\n" line ends and
// never changes once stored; Blocks are ordered and do not overlap.
type Article struct {
	Title     string  `json:"title"`
	Author    string  `json:"author,omitempty"`
	URL       string  `json:"url,omitempty"`
	Published string  `json:"published,omitempty"` // EDTF, "" when not known
	Language  string  `json:"language,omitempty"`  // BCP 47
	Text      string  `json:"text"`
	Blocks    []Block `json:"blocks"`
}

// Hash identifies the article's text: the first 32 hexadecimal digits of its SHA-256.
func (a Article) Hash() string {
	sum := sha256.Sum256([]byte(a.Text))
	return hex.EncodeToString(sum[:16])
}
