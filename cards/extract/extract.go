// Package extract finds the facts of an article: every date, quantity, name, term,
// acronym, list, cause and quotation, each with the exact bytes of its answer and
// of its sentence, and its normal form.
//
// Read analyses the article's blocks, furniture left out; Document.Facts then
// finds the facts. Neither words a card: that is the work of cards/generate.
package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"

	"recto/cards"
	"recto/cards/english"
)

// Sentence is a sentence of an article. Its offsets, and those of its tokens and
// entities, are bytes of the article's text.
type Sentence struct {
	english.Sentence
	Block int // index among the article's blocks
}

// Span is the sentence's place in the article's text.
func (s Sentence) Span() cards.Span { return cards.Span{Start: s.Start, End: s.End} }

// Document is an article with its sentences analysed, furniture and headings left out.
type Document struct {
	Article   cards.Article
	Sentences []Sentence
}

// Fact is a cards.Fact with the parts of the sentence that a card of it is worded with.
type Fact struct {
	cards.Fact
	Index int // of the sentence in Document.Sentences

	// About is what the answer is said of: of a term, its definition; of an acronym,
	// its long form; of a quotation, who says it; of a cause, its effect; of life
	// dates, the person; of an alias, what bears it; of a role, who holds it; of a
	// count, what is counted; of a list, the words that introduce it. Empty where
	// there is none.
	About cards.Span

	// Far says of a date that it was worked out from another paragraph or from more
	// than two sentences off, or that the years around it do not bear it out: the text
	// may have told of another year.
	Far bool

	// Doubt says of a name that nothing but the tagger speaks for its type: a person,
	// a place or an organisation.
	Doubt bool
}

// atOnce is how many sentences are analysed together: enough for speed, and a
// moment's work.
const atOnce = 64

// Read analyses a's blocks with m. It calls progress, unless that is nil, with the
// number of bytes done and of all, and ends early with ctx's error.
func Read(ctx context.Context, a cards.Article, m *english.Model, progress func(done, total int)) (*Document, error) {
	d := &Document{Article: a}
	var waiting []english.Sentence
	var blocks []int
	for i, b := range a.Blocks {
		if b.Kind != cards.Furniture && b.Kind != cards.Heading {
			for _, s := range english.Split(b.Span.Of(a.Text)) {
				waiting, blocks = append(waiting, shift(s, b.Span.Start)), append(blocks, i)
			}
		}
		if len(waiting) < atOnce && i+1 < len(a.Blocks) {
			continue
		}
		for some := range slices.Chunk(waiting, atOnce) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			m.Annotate(some)
		}
		for k, s := range waiting {
			d.Sentences = append(d.Sentences, Sentence{s, blocks[k]})
		}
		waiting, blocks = nil, nil
		if progress != nil {
			progress(b.Span.End, len(a.Text))
		}
	}
	return d, ctx.Err()
}

// shift moves a sentence's offsets by n bytes.
func shift(s english.Sentence, n int) english.Sentence {
	s.Start, s.End = s.Start+n, s.End+n
	for i := range s.Tokens {
		s.Tokens[i].Start += n
		s.Tokens[i].End += n
	}
	for i := range s.Entities {
		s.Entities[i].Start += n
		s.Entities[i].End += n
	}
	return s
}

// identify is the ID of a fact: it depends on the article's text, the kind and the
// answer's span alone.
func identify(article string, f cards.Fact) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d-%d", article, f.Kind, f.Span.Start, f.Span.End))
	return hex.EncodeToString(sum[:8])
}

// Facts are the facts of the document, by where their answers stand. The same span
// is never twice a fact of one kind; a date is no quantity, and what stands in a
// date, quantity or acronym is no name.
func (d *Document) Facts() []Fact {
	dates := d.dates()
	others := d.others(dates) // it says whose birth or death a date is
	all := make([]Fact, 0, len(dates)+len(others))
	all = append(append(all, dates...), others...)
	hash := d.Article.Hash()
	for i := range all {
		f := &all[i]
		f.Text = f.Span.Of(d.Article.Text)
		f.Sentence = d.Sentences[f.Index].Span()
		f.ID = identify(hash, f.Fact)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Span.Start < all[j].Span.Start })
	return all
}
