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
	for i := range sentences {
		m.Annotate(&sentences[i])
	}
	return sentences
}

// Annotate fills in the tags, lemmas, tree and entities of a sentence whose tokens
// have Start, End, Form and Norm.
func (m *Model) Annotate(s *Sentence) {
	n := len(s.Tokens)
	if n == 0 {
		return
	}
	forms := make([]string, n)
	for i := range s.Tokens {
		forms[i] = s.Tokens[i].Norm
	}
	atoms := word.Sentence(forms)
	words := make([]dep.Word, n)
	names := make([]entity.Word, n)
	var work tag.Work
	for i, t := range m.tagger.Tag(atoms) {
		lemma := m.lemmas.Lemma(forms[i], &atoms[i], t, &work)
		s.Tokens[i].UPOS, s.Tokens[i].XPOS, s.Tokens[i].Lemma = t.UPOS, t.XPOS, lemma
		words[i] = dep.Word{Form: forms[i], Lemma: lemma, UPOS: t.UPOS, XPOS: t.XPOS}
		names[i] = entity.Word{Form: forms[i], UPOS: t.UPOS, XPOS: t.XPOS}
	}
	m.parse(s, words)
	s.Entities = nil
	for _, e := range m.entities.Tag(names, atoms) {
		s.Entities = append(s.Entities, Entity{
			First: e.First, Last: e.Last, Type: entity.Types[e.Type],
			Start: s.Tokens[e.First].Start, End: s.Tokens[e.Last].End,
		})
	}
}

func (m *Model) parse(s *Sentence, words []dep.Word) {
	prepared := dep.Prepare(words)
	trees := make([]dep.Tree, len(m.parsers))
	elected := trees[0]
	var cast []dep.Vote
	for i, p := range m.parsers {
		switch p := p.(type) {
		case *dep.Transition:
			v := p.Vote(prepared)
			cast = append(cast, v)
			trees[i], elected = v.Tree, cast[0].Tree
		case *dep.Graph:
			trees[i], elected = p.Elect(prepared, m.sieve, cast)
		}
	}
	tree, votes := dep.Agree(elected.Heads, trees, m.weights, m.base)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.Head, t.Rel, t.Votes = tree.Heads[i], m.relations[tree.Relations[i]], votes[i]
		if votes[i] == len(m.parsers) {
			t.Votes = Parsers
		}
	}
}
