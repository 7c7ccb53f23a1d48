package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ulikunitz/xz"

	"recto/cards/english"
	"recto/cards/english/tag"
	"recto/cards/english/word"
)

// mention is an annotated mention: the tokens first to last, from 0.
type mention struct {
	first, last int
	kind        string // person, place, organization, event, time, object, abstract, ...
	known       bool   // it is linked to an article of an encyclopedia
}

// sentence is a sentence of a treebank.
type sentence struct {
	document, genre string
	paragraph       bool // it is the first of a paragraph
	forms           []string
	atoms           []word.Atoms
	lemmas          []string
	tags            []tag.Tag
	heads           []int // -1 for the root
	relations       []string
	spaces          []bool // white space follows the token
	mentions        []mention
}

// readTreebank reads a compressed treebank, one token a line: number, form, lemma
// ("=" for the form), UPOS, XPOS, number of the head, relation and, if no space
// follows, "N". Lines with # name documents (#d name genre), paragraphs (#p),
// words written as one (#m from to flag form) and mentions (#e from to kind flag);
// an empty line ends a sentence.
func readTreebank(folder, name string) ([]*sentence, error) {
	file, err := os.Open(filepath.Join(folder, name+".tsv.xz")) //nolint:gosec // a folder named on the command line
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unpacked, err := xz.NewReader(bufio.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file.Name(), err)
	}
	r := reader{}
	if err := r.read(unpacked); err != nil {
		return nil, fmt.Errorf("%s: line %d: %w", file.Name(), r.line, err)
	}
	return r.done, nil
}

type reader struct {
	line            int
	document, genre string
	paragraph       bool
	now             *sentence
	joined          [][2]int // words written as one
	done            []*sentence
}

func (r *reader) read(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		r.line++
		if err := r.take(lines.Text()); err != nil {
			return err
		}
	}
	r.end()
	return lines.Err()
}

func (r *reader) take(line string) error {
	if line == "" {
		r.end()
		return nil
	}
	if r.now == nil {
		r.now = &sentence{}
	}
	if line[0] == '#' && strings.Count(line, "\t") < 6 {
		return r.comment(strings.Fields(line))
	}
	f := strings.Split(line, "\t")
	if len(f) < 7 {
		return fmt.Errorf("%d columns, want 7", len(f))
	}
	head, err := strconv.Atoi(f[5])
	if err != nil {
		return err
	}
	s := r.now
	lemma := f[2]
	if lemma == "=" && f[1] != "=" {
		lemma = f[1]
	}
	s.forms = append(s.forms, english.Normalise(f[1]))
	s.lemmas = append(s.lemmas, english.Normalise(lemma))
	s.tags = append(s.tags, tag.Tag{UPOS: f[3], XPOS: f[4]})
	s.heads = append(s.heads, head-1)
	s.relations = append(s.relations, f[6])
	s.spaces = append(s.spaces, len(f) < 8)
	return nil
}

func (r *reader) comment(f []string) error {
	switch f[0] {
	case "#d":
		r.document, r.genre = f[1], f[2]
	case "#p":
		r.paragraph = true
	case "#m", "#e":
		first, err := strconv.Atoi(f[1])
		if err != nil {
			return err
		}
		last, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		if f[0] == "#m" {
			r.joined = append(r.joined, [2]int{first - 1, last - 1})
		} else {
			r.now.mentions = append(r.now.mentions, mention{first - 1, last - 1, f[3], f[4] == "w"})
		}
	}
	return nil
}

func (r *reader) end() {
	s := r.now
	r.now = nil
	if s == nil || len(s.forms) == 0 {
		return
	}
	s.document, s.genre, s.paragraph = r.document, r.genre, r.paragraph
	for _, j := range r.joined {
		for k := j[0]; k < j[1]; k++ {
			s.spaces[k] = false
		}
	}
	s.atoms = word.Sentence(s.forms)
	r.paragraph, r.joined = false, nil
	r.done = append(r.done, s)
}

// readSplit reads one split of both treebanks.
func readSplit(folder, split string) ([]*sentence, error) {
	var all []*sentence
	for _, bank := range []string{"ewt", "gum"} {
		s, err := readTreebank(folder, bank+"."+split)
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}
