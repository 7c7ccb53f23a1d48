package main

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"os"
	"slices"
	"strings"
	"time"

	"recto/cards/english"
	"recto/cards/english/dep"
	"recto/cards/english/tag"
)

// checker returns a function that measures one parser on the dev split with
// predicted tags.
func (t *trainer) checker(relations []string, lemmas *tag.Lemmatizer) (func(p dep.Parser) string, error) {
	dev, err := readSplit(t.data, "dev")
	if err != nil {
		return nil, err
	}
	tagger, _, err := tag.ReadTagger(t.sections[english.SectionTags])
	if err != nil {
		return nil, err
	}
	sentences := make([]*dep.Sentence, len(dev))
	for i, s := range dev {
		sentences[i] = dep.Prepare(wordsOf(s.forms, s.atoms, tagger.Tag(s.atoms), lemmas))
	}
	return func(p dep.Parser) string {
		begun := time.Now()
		words, heads, both := 0, 0, 0
		for i, s := range dev {
			tree := p.Parse(sentences[i])
			for k, h := range s.heads {
				words++
				if tree.Heads[k] == h {
					heads++
					if relations[tree.Relations[k]] == s.relations[k] {
						both++
					}
				}
			}
		}
		return fmt.Sprintf("dev UAS %s LAS %s, %.0f words/s, %s", percent(heads, words), percent(both, words),
			float64(words)/time.Since(begun).Seconds(), p)
	}, nil
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", 100*float64(part)/float64(whole))
}

// evaluate prints the accuracy of the model on the dev split.
func (o options) evaluate() error {
	file, err := os.ReadFile(o.out)
	if err != nil {
		return err
	}
	begun := time.Now()
	model, err := english.Decode(file)
	if err != nil {
		return err
	}
	fmt.Printf("model: %d bytes, decoded in %d ms\n\n", len(file), time.Since(begun).Milliseconds())
	dev, err := readSplit(o.data, "dev")
	if err != nil {
		return err
	}
	for _, set := range sets {
		part := set.of(dev)
		fmt.Printf("%s (%d sentences)\n", set.name, len(part))
		newScore(model, part).print()
		newRaw(model, part).print()
		fmt.Println()
	}
	return nil
}

// set is a part of the dev split.
type set struct {
	name string
	has  func(s *sentence) bool
}

func (s set) of(all []*sentence) []*sentence {
	var out []*sentence
	for _, x := range all {
		if s.has(x) {
			out = append(out, x)
		}
	}
	return out
}

// articles are the genres nearest to what cards are made of.
var articles = map[string]bool{"news": true, "bio": true, "academic": true, "textbook": true, "voyage": true}

var sets = []set{
	{"EWT", func(s *sentence) bool { return !hasMentions(s) }},
	{"GUM", hasMentions},
	{"GUM, article genres: academic, bio, news, textbook, voyage", func(s *sentence) bool { return articles[s.genre] }},
	{"all", func(*sentence) bool { return true }},
}

// score counts what a model gets right given the true tokens.
type score struct {
	words, upos, xpos, lemmas, heads, labelled int
	byVotes, rightByVotes                      [english.Parsers + 1]int
	names                                      map[string]*[3]int // gold, found, right
	took                                       time.Duration
	analyses                                   hash.Hash // of all that the model said
}

func newScore(model *english.Model, part []*sentence) *score {
	sc := &score{names: map[string]*[3]int{}, analyses: sha256.New()}
	analysed := make([]english.Sentence, len(part))
	for i, s := range part {
		analysed[i] = asSentence(s)
	}
	begun := time.Now()
	for some := range slices.Chunk(analysed, 64) {
		model.Annotate(some)
	}
	sc.took = time.Since(begun)
	for k, s := range part {
		e := analysed[k]
		fmt.Fprintf(sc.analyses, "%v\n", e)
		for i, t := range e.Tokens {
			sc.token(s, i, t)
		}
		if hasMentions(s) {
			sc.entities(s, e)
		}
	}
	return sc
}

func asSentence(s *sentence) english.Sentence {
	e := english.Sentence{Tokens: make([]english.Token, len(s.forms))}
	for i, f := range s.forms {
		e.Tokens[i] = english.Token{Form: f, Norm: f}
	}
	return e
}

func (sc *score) token(s *sentence, i int, t english.Token) {
	sc.words++
	count(&sc.upos, t.UPOS == s.tags[i].UPOS)
	count(&sc.xpos, t.XPOS == s.tags[i].XPOS)
	count(&sc.lemmas, t.Lemma == s.lemmas[i])
	right := t.Head == s.heads[i]
	count(&sc.heads, right)
	count(&sc.labelled, right && t.Rel == s.relations[i])
	sc.byVotes[t.Votes]++
	count(&sc.rightByVotes[t.Votes], right && short(t.Rel) == short(s.relations[i]))
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// short is a relation up to its colon.
func short(relation string) string {
	r, _, _ := strings.Cut(relation, ":")
	return r
}

func (sc *score) entities(s *sentence, e english.Sentence) {
	at := func(kind string) *[3]int {
		if sc.names[kind] == nil {
			sc.names[kind] = &[3]int{}
		}
		return sc.names[kind]
	}
	gold := map[english.Entity]bool{}
	for _, n := range namesIn(s) {
		kind := kinds[n.Type]
		gold[english.Entity{First: n.First, Last: n.Last, Type: kind}] = true
		at(kind)[0]++
	}
	for _, n := range e.Entities {
		at(n.Type)[1]++
		if gold[english.Entity{First: n.First, Last: n.Last, Type: n.Type}] {
			at(n.Type)[2]++
		}
	}
}

var kinds = []string{english.Person, english.Place, english.Organization, english.Event, english.Work, english.Other}

func (sc *score) print() {
	fmt.Printf("  true tokens: UPOS %s  XPOS %s  lemma %s  UAS %s  LAS %s  (%d words, %.0f a second)\n",
		percent(sc.upos, sc.words), percent(sc.xpos, sc.words), percent(sc.lemmas, sc.words),
		percent(sc.heads, sc.words), percent(sc.labelled, sc.words), sc.words, float64(sc.words)/sc.took.Seconds())
	fmt.Printf("  analyses: sha256 %.16x, the same as long as no tag, lemma, arc, vote or name changes\n", sc.analyses.Sum(nil))
	fmt.Print("  arcs by votes:")
	for v := english.Parsers; v >= 0; v-- {
		fmt.Printf("  %d: %s of %s %%", v, percent(sc.rightByVotes[v], sc.byVotes[v]), percent(sc.byVotes[v], sc.words))
	}
	fmt.Println()
	var all [3]int
	for _, kind := range kinds {
		n := sc.names[kind]
		if n == nil {
			continue
		}
		fmt.Printf("  %-14s %s\n", kind, f1(*n))
		for i := range all {
			all[i] += n[i]
		}
	}
	if all[0] > 0 {
		fmt.Printf("  %-14s %s\n", "all entities", f1(all))
	}
}

// f1 shows gold, found and right as precision, recall and F1.
func f1(n [3]int) string {
	f := "-"
	if n[0]+n[1] > 0 {
		f = percent(2*n[2], n[0]+n[1])
	}
	return fmt.Sprintf("P %s  R %s  F1 %s  (%d)", percent(n[2], n[1]), percent(n[2], n[0]), f, n[0])
}
