// Package generate makes cards of an article's facts.
//
//	passage     a sentence with its tokens and the facts that stand in it
//	line        a passage as a card shows it: trimmed, some words shown as others
//	clause      a line taken apart into subject, verbs and the rest
//	candidate   a card that could be proposed for a fact
//	family      how a card was made: see below
//	lean        a word that only the text before explains: "he", "the agreement"
//	fault       what is wrong with a candidate that no reader would keep
//	rival       another answer of the article that would fit the same question
//	ledger      every fact, with its cards or the reason why it has none
//
// The families:
//
//	gap         a statement, its answer taken out and its sort named: "____ (year)"
//	when        a question for a date
//	event       the other way round: what happened on a date
//	how-many    a question for a count
//	who         a question for a person, country or organisation
//	acronym     what letters stand for, and the other way round
//	define      what a term means
//	set         a list of three to five, asked for as a whole
//	life        when a person was born or died
//	quotation   who said it
//	why         a question for a cause
//
// The work is choosing and wording. Every candidate passes the validators of
// fault or falls; what is left is scored by a forest that learnt from the verdicts
// of automatic readers (see the folder verdicts), and one threshold for all articles
// decides: a text rich in facts gets many cards, a thin one few. The same text always
// gives the same cards.
//
// A card is met far from its article: its line of context names what the article is
// about and, where the sentences around leave no other, the year (scene), and the
// sentence before where it leans on that (context).
//
// What to expect, measured on 4,474 cards of this package in articles that the forest
// had not seen (go run ./cards/generate/train): of the surest 1 card per 100 words
// readers kept 79 % as they were, of 1.5 per 100 words 75 %, of 2 per 100 words 71 %.
// Readers who are held to the standard of a language model's cards keep fewer: 63 %, 54 %
// and 50 %, and at first sight of ten encyclopedia articles 49 % at 1 and 42 % at 1.9 per
// 100 words, of the model's 97 % (see the folder verdicts). The others were right but
// wanted an edit: most often context, or they were long, or could be guessed.
package generate

import (
	"context"
	"fmt"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
)

// Budget says how sure a card must be to be proposed by default.
type Budget int

// The budgets. Usual is the zero value.
const (
	Fewer Budget = iota - 1 // only the surest
	Usual
	More // surer and less sure
)

// Options say how cards are made. The zero value is a good choice.
type Options struct {
	Budget     Budget
	Refinement Refinement // what the people who will read the cards keep

	// Progress, unless nil, is told how many bytes of the article's text are done,
	// of how many.
	Progress func(done, total int)
}

// Result is what an article gave. Proposals are ordered by where their answers
// stand; Entries are the ledger, in the same order: one for every fact found, each
// with the IDs of its proposals or a reason in a sentence.
type Result struct {
	Proposals []cards.Proposal
	Entries   []cards.Entry
}

// FromArticle finds the facts of a and makes cards of them. It ends early with
// ctx's error; other errors mean that the language model could not be loaded.
func FromArticle(ctx context.Context, a cards.Article, o Options) (Result, error) {
	model, err := english.Load()
	if err != nil {
		return Result{}, fmt.Errorf("generate cards: %w", err)
	}
	d, err := extract.Read(ctx, a, model, o.Progress)
	if err != nil {
		return Result{}, fmt.Errorf("generate cards: %w", err)
	}
	m := newMaker(a, d.Sentences, d.Facts())
	m.refined = o.Refinement
	r, err := m.make(ctx, o.Budget)
	if err != nil {
		return Result{}, fmt.Errorf("generate cards: %w", err)
	}
	if o.Progress != nil {
		o.Progress(len(a.Text), len(a.Text))
	}
	return r, nil
}

// maker makes the cards of one article.
type maker struct {
	article  cards.Article
	hash     string
	passages []*passage
	facts    []extract.Fact
	back     *background
	names    names
	nouns    map[string][]int // a noun in lower case and the singular -> the sentences that have it
	others   map[string]int   // a noun that "the" does not point back with -> the first sentence that has it so
	days     map[string]int   // an exact date -> how many facts give it
	acronyms []extract.Fact
	refined  Refinement
}

func newMaker(a cards.Article, sentences []extract.Sentence, facts []extract.Fact) *maker {
	m := &maker{article: a, hash: a.Hash(), facts: facts, nouns: map[string][]int{}, others: map[string]int{}, days: map[string]int{}}
	for i, s := range sentences {
		p := &passage{text: a.Text, tokens: withVerbs(s.Tokens), span: s.Span(), block: s.Block, index: i}
		n := len(p.tokens)
		p.dated, p.named, p.people, p.lifeless = make([]bool, n), make([]bool, n), make([]bool, n), make([]bool, n)
		for k, t := range p.tokens {
			p.parsed = p.parsed || t.Rel != ""
			if p.noun(k) {
				head := singular(p.lower(k))
				m.nouns[head] = append(m.nouns[head], i)
			}
		}
		m.passages = append(m.passages, p)
	}
	for _, f := range facts {
		p := m.passages[f.Index]
		p.facts = append(p.facts, f)
		for _, i := range p.inside(f.Span) {
			p.dated[i] = p.dated[i] || f.Kind == cards.DateFact
			p.named[i] = p.named[i] || f.Kind == cards.NameFact && f.Type != "role"
			p.lifeless[i] = p.lifeless[i] || f.Kind == cards.NameFact && !f.Doubt && lifeless[f.Type] && !alsoPersons[lastLower(f.Text)]
			p.people[i] = p.people[i] || f.Kind == cards.NameFact && f.Type == "person"
		}
		switch {
		case f.Kind == cards.DateFact && precision(f.Value) == "day":
			m.days[f.Value]++
		case f.Kind == cards.AcronymFact && f.About.Len() > 0:
			m.acronyms = append(m.acronyms, f)
		}
	}
	for _, p := range m.passages {
		m.noteOthers(p)
	}
	m.back = newBackground(a.Title, m.body())
	m.names = gatherNames(m)
	return m
}

// lifeless are the types of names that "he" and "she" never stand for.
var lifeless = wordSet(`place country city organisation event`)

// noteOthers notes the common nouns of p that speak of something for the first time,
// or of several: "a war", "wars", but not "the war".
func (m *maker) noteOthers(p *passage) {
	for i := range p.tokens {
		if !p.noun(i) || p.named[i] || isUpper(p.tokens[i].Form) || i > 0 && p.lower(i-1) == "the" {
			continue
		}
		head := singular(p.lower(i))
		if _, known := m.others[head]; !known {
			m.others[head] = p.index
		}
	}
}

// body is the text that cards are made of: the sentences, furniture left out.
func (m *maker) body() string {
	var b []byte
	for _, p := range m.passages {
		b = append(b, p.span.Of(m.article.Text)...)
		b = append(b, '\n')
	}
	return string(b)
}

// make works through the facts in order and chooses among their candidates.
func (m *maker) make(ctx context.Context, budget Budget) (Result, error) {
	c := chooser{m: m, faults: make([]string, len(m.facts))}
	for i := range m.facts {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		found, why := m.candidates(m.facts[i])
		c.faults[i] = why
		for _, k := range found {
			k.fact = i
			if why := m.fault(k); why != "" {
				c.faults[i] = why
				continue
			}
			k.undated = k.showsFar()
			k.scene = m.scene(k)
			k.scored = named(k, score(m.back.features(m.surface(k))))
			k.score = m.refined.Sure(k.kind, k.scored)
			c.all = append(c.all, k)
		}
	}
	c.guard()
	c.choose(budget)
	return c.result(), nil
}
