package english

import (
	_ "embed" // the model
	"fmt"
	"strings"
	"sync"

	"recto/cards/english/dep"
	"recto/cards/english/entity"
	"recto/cards/english/pack"
	"recto/cards/english/tag"
	"recto/cards/english/word"
)

// Parsers is how many parsers vote on a tree.
const Parsers = 3

// Model is a language model. It is read only once it is decoded, so one Model may
// be used by any number of goroutines at once.
type Model struct {
	tagger    *tag.Tagger
	lemmas    *tag.Lemmatizer
	entities  *entity.Tagger
	relations []string
	base      []uint8 // of each relation, the first one with the same name up to the colon
	parsers   []dep.Parser
	sieve     *dep.Sieve // of the arcs for the last parser
	weights   []int32    // of the parsers' votes on relations
}

//go:embed model/english.bin
var embedded []byte

// Load returns the embedded model, decoded once for the whole program.
func Load() (*Model, error) { return load() }

var load = sync.OnceValues(func() (*Model, error) { return Decode(embedded) })

// The sections of a model file. Those of the parsers are numbered from 1.
const (
	SectionTags      = "tags"
	SectionLemmas    = "lemmas"
	SectionEntities  = "entities"
	SectionRelations = "relations"
	SectionSieve     = "sieve"
	SectionParser    = "parser"
)

// Decode reads a model file. Its sections are decoded at the same time.
func Decode(file []byte) (*Model, error) {
	sections, err := pack.Read(file)
	if err != nil {
		return nil, fmt.Errorf("english: %w", err)
	}
	m := &Model{parsers: make([]dep.Parser, Parsers)}
	errs := make([]error, len(sections))
	var wait sync.WaitGroup
	for i, s := range sections {
		wait.Go(func() { errs[i] = m.decode(s) })
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("english: section %s: %w", sections[i].Name, err)
		}
	}
	for len(m.parsers) > 0 && m.parsers[len(m.parsers)-1] == nil {
		m.parsers = m.parsers[:len(m.parsers)-1]
	}
	if m.tagger == nil || m.lemmas == nil || m.entities == nil || len(m.relations) == 0 || len(m.parsers) == 0 {
		return nil, fmt.Errorf("english: %w: a section is missing", pack.ErrDamaged)
	}
	return m, nil
}

// decode reads one section into the field that it is for.
func (m *Model) decode(s pack.Section) error {
	b, err := s.Unpack()
	if err != nil {
		return err
	}
	switch s.Name {
	case SectionTags:
		m.tagger, _, err = tag.ReadTagger(b)
	case SectionLemmas:
		m.lemmas, _, err = tag.ReadLemmatizer(b, LemmaByRule)
	case SectionEntities:
		m.entities, err = entity.Read(b)
	case SectionSieve:
		m.sieve, err = dep.ReadSieve(b)
	case SectionRelations:
		if m.relations, b, err = pack.Strings(b); err != nil {
			return err
		}
		m.base = bases(m.relations)
		for range Parsers {
			var w uint64
			if w, b, err = pack.Uvarint(b); err != nil {
				return err
			}
			m.weights = append(m.weights, int32(w))
		}
	default:
		n := int(s.Name[len(s.Name)-1] - '1')
		if !strings.HasPrefix(s.Name, SectionParser) || n < 0 || n >= Parsers {
			return pack.ErrDamaged
		}
		m.parsers[n], err = dep.Read(b)
	}
	return err
}

func bases(relations []string) []uint8 {
	out := make([]uint8, 256)
	first := map[string]uint8{}
	for i, r := range relations {
		short, _, _ := strings.Cut(r, ":")
		if _, ok := first[short]; !ok {
			first[short] = uint8(i)
		}
		out[i] = first[short]
	}
	return out
}

// Analyze analyses one paragraph or block of text. Offsets are relative to text.
func (m *Model) Analyze(text string) []Sentence {
	sentences := Split(text)
	m.Annotate(sentences)
	return sentences
}

// draft is a sentence under analysis.
type draft struct {
	forms  []string
	atoms  []word.Atoms
	words  []dep.Word
	parsed *dep.Sentence
	trees  []dep.Tree
	cast   []dep.Vote
	heads  []int // as elected
}

// Annotate fills in the tags, lemmas, trees and entities of sentences whose tokens
// have Start, End, Form and Norm. A sentence's analysis does not depend on the
// others; but several at once are quicker, since every stage goes through all of
// them while its weights are in the processor's cache.
func (m *Model) Annotate(sentences []Sentence) {
	drafts := make([]draft, len(sentences))
	for i := range sentences {
		m.tag(&drafts[i], &sentences[i])
	}
	m.parse(drafts)
	for i := range sentences {
		if d := &drafts[i]; len(d.forms) > 0 {
			m.attach(d, &sentences[i])
			m.name(d, &sentences[i])
		}
	}
}

func (m *Model) tag(d *draft, s *Sentence) {
	d.forms = make([]string, len(s.Tokens))
	for i := range s.Tokens {
		d.forms[i] = s.Tokens[i].Norm
	}
	d.atoms, d.words = word.Sentence(d.forms), make([]dep.Word, len(s.Tokens))
	var work tag.Work
	for i, t := range m.tagger.Tag(d.atoms) {
		lemma := m.lemmas.Lemma(d.forms[i], &d.atoms[i], t, &work)
		s.Tokens[i].UPOS, s.Tokens[i].XPOS, s.Tokens[i].Lemma = t.UPOS, t.XPOS, lemma
		d.words[i] = dep.Word{Form: d.forms[i], Lemma: lemma, UPOS: t.UPOS, XPOS: t.XPOS}
	}
}

// parse lets one parser after the other go through all sentences.
func (m *Model) parse(drafts []draft) {
	for i, p := range m.parsers {
		for k := range drafts {
			d := &drafts[k]
			if len(d.words) == 0 {
				continue
			}
			if i == 0 {
				d.parsed = dep.Prepare(d.words)
			}
			var tree dep.Tree
			switch p := p.(type) {
			case *dep.Transition:
				v := p.Vote(d.parsed)
				d.cast = append(d.cast, v)
				tree, d.heads = v.Tree, d.cast[0].Heads
			case *dep.Graph:
				var elected dep.Tree
				tree, elected = p.Elect(d.parsed, m.sieve, d.cast)
				d.heads = elected.Heads
			}
			d.trees = append(d.trees, tree)
		}
	}
}

// attach gives the tokens the tree that is elected.
func (m *Model) attach(d *draft, s *Sentence) {
	tree, votes := dep.Agree(d.heads, d.trees, m.weights, m.base)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.Head, t.Rel, t.Votes = tree.Heads[i], m.relations[tree.Relations[i]], votes[i]
		if votes[i] == len(m.parsers) {
			t.Votes = Parsers
		}
	}
}

// name finds the entities.
func (m *Model) name(d *draft, s *Sentence) {
	words := make([]entity.Word, len(d.words))
	for i, w := range d.words {
		words[i] = entity.Word{Form: w.Form, UPOS: w.UPOS, XPOS: w.XPOS}
	}
	s.Entities = nil
	for _, e := range m.entities.Tag(words, d.atoms) {
		s.Entities = append(s.Entities, Entity{
			First: e.First, Last: e.Last, Type: entity.Types[e.Type],
			Start: s.Tokens[e.First].Start, End: s.Tokens[e.Last].End,
		})
	}
}
