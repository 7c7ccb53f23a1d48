package views

import (
	"cmp"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/desk"
)

// Block is one paragraph of an article as it is shown.
type Block struct {
	Kind   cards.BlockKind
	Level  int
	Pieces []Piece
}

// Piece is a run of text that is evidence for the same proposals from end to end.
type Piece struct {
	Text  string
	For   []string // IDs of the proposals whose answer it belongs to, none for plain text
	First []string // those of them whose answer starts with this piece
	Sort  string   // how well the fact is known, "" where that is not shown
	Card  int64    // that asks for it, 0 where that is not shown
}

// Names is For as one attribute that scripts can search.
func (p Piece) Names() string { return strings.Join(p.For, " ") }

// Evidence is where the answer of a proposal stands in a text.
type Evidence struct {
	Proposal string
	Span     cards.Span
	Sort     string // how well the fact is known, "" where it has no card
	Card     int64
}

// Marked cuts the blocks of an article's text into pieces, so that every piece of
// evidence can be marked, also where they overlap. What lies in no block is left
// out; evidence outside the text is ignored.
func Marked(text string, blocks []cards.Block, evidence []Evidence) []Block {
	evidence = slices.DeleteFunc(slices.Clone(evidence), func(e Evidence) bool {
		return e.Span.Start < 0 || e.Span.End > len(text) || e.Span.Len() <= 0
	})
	slices.SortStableFunc(evidence, func(a, b Evidence) int {
		return cmp.Or(a.Span.Start-b.Span.Start, b.Span.End-a.Span.End)
	})
	anchored := map[string]bool{}
	out := make([]Block, 0, len(blocks))
	for _, b := range blocks {
		var here []Evidence
		for _, e := range evidence {
			if e.Span.Start >= b.Span.End {
				break
			}
			if e.Span.Overlaps(b.Span) {
				here = append(here, e)
			}
		}
		out = append(out, Block{Kind: b.Kind, Level: b.Level, Pieces: pieces(text, b.Span, here, anchored)})
	}
	return out
}

// pieces cuts the span of one block at every end of evidence. The proposals whose
// answer has begun are remembered in anchored.
func pieces(text string, span cards.Span, evidence []Evidence, anchored map[string]bool) []Piece {
	cuts := []int{span.Start, span.End}
	for _, e := range evidence {
		cuts = append(cuts, max(e.Span.Start, span.Start), min(e.Span.End, span.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Piece
	for i := range len(cuts) - 1 {
		s := cards.Span{Start: cuts[i], End: cuts[i+1]}
		p := Piece{Text: s.Of(text)}
		for _, e := range evidence {
			if !e.Span.Contains(s) {
				continue
			}
			p.For = append(p.For, e.Proposal)
			if e.Sort != "" && desk.Weakest(desk.Mastery(e.Sort), desk.Mastery(p.Sort)) == desk.Mastery(e.Sort) && (p.Sort != e.Sort || p.Card == 0) {
				p.Sort, p.Card = e.Sort, e.Card
			}
			if !anchored[e.Proposal] {
				anchored[e.Proposal] = true
				p.First = append(p.First, e.Proposal)
			}
		}
		out = append(out, p)
	}
	return out
}
