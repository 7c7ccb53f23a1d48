package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recto/cards/english"
	"recto/cards/english/dep"
	"recto/cards/english/entity"
	"recto/cards/english/linear"
	"recto/cards/english/pack"
	"recto/cards/english/tag"
	"recto/cards/english/word"
)

// The settings of the stages, found by trial on the dev split.
const (
	tagEpochs    = 8
	foldEpochs   = 6
	lemmaEpochs  = 5
	entityEpochs = 10
	sieveEpochs  = 3
	folds        = 5
)

var (
	tagPruning    = linear.Pruning{Changes: 2, Cut: 1, Steps: 4}
	lemmaPruning  = linear.Pruning{Changes: 1, Steps: 4}
	entityPruning = linear.Pruning{Changes: 2, Cut: 0.5, Steps: 4}
	sievePruning  = linear.Pruning{Changes: 4, Cut: 1, Steps: 2}
)

// courses are the parsers, in the order of their sections.
var courses = []dep.Course{
	{Epochs: 9, Pruning: linear.Pruning{Changes: 8, Cut: 1.875, Steps: 4}},
	{Epochs: 9, Backwards: true, Pruning: linear.Pruning{Changes: 8, Cut: 1.875, Steps: 4}},
	{Epochs: 8, Graph: true, Pruning: linear.Pruning{Changes: 4, Cut: 0.625, Steps: 4}, Labels: linear.Pruning{Changes: 3, Cut: 1, Steps: 4}},
}

// weights are those of the parsers' votes on relations.
var weights = [english.Parsers]uint64{11, 10, 10}

// train makes the sections that are asked for and writes the model.
func (o options) train() error {
	data, err := readSplit(o.data, "train")
	if err != nil {
		return err
	}
	t := &trainer{options: o, treebank: data, sections: map[string][]byte{}}
	if err := t.keep(); err != nil {
		return err
	}
	log("%d sentences", len(data))
	stages := []struct {
		name string
		run  func() error
	}{
		{english.SectionTags, t.tags}, {english.SectionLemmas, t.lemmas}, {english.SectionRelations, t.relations},
		{english.SectionEntities, t.entities}, {english.SectionSieve, t.sieve},
	}
	for i := range courses {
		stages = append(stages, struct {
			name string
			run  func() error
		}{fmt.Sprintf("%s%d", english.SectionParser, i+1), func() error { return t.parser(i) }})
	}
	for _, s := range stages {
		if len(o.parts) > 0 && !slices.Contains(o.parts, s.name) {
			continue
		}
		if err := s.run(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		log("%s: %d bytes before packing", s.name, len(t.sections[s.name]))
		if err := t.write(); err != nil {
			return err
		}
	}
	return nil
}

// trainer goes through the stages.
type trainer struct {
	options
	treebank  []*sentence
	predicted [][]tag.Tag // of data, by taggers that had not seen it
	sections  map[string][]byte
}

// keep reads the sections of the model that is there, if only some are trained.
func (t *trainer) keep() error {
	if len(t.parts) == 0 {
		return nil
	}
	file, err := os.ReadFile(t.out)
	if errors.Is(err, fs.ErrNotExist) || len(file) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	sections, err := pack.Read(file)
	if err != nil {
		return err
	}
	for _, s := range sections {
		if t.sections[s.Name], err = s.Unpack(); err != nil {
			return err
		}
	}
	return nil
}

func (t *trainer) write() error {
	var sections []pack.Section
	for name, b := range t.sections {
		sections = append(sections, pack.Section{Name: name, Bytes: b})
	}
	slices.SortFunc(sections, func(a, b pack.Section) int { return strings.Compare(a.Name, b.Name) })
	file, err := pack.Write(sections)
	if err != nil {
		return err
	}
	return os.WriteFile(t.out, file, 0o644) //nolint:gosec // a file of the repository
}

// random is the source of random numbers of one stage.
func (t *trainer) random(stage uint64) *rand.Rand { return rand.New(rand.NewPCG(t.seed, stage)) } //nolint:gosec // it must repeat

func (t *trainer) tags() error {
	var examples []tag.Example
	for _, s := range t.treebank {
		examples = append(examples, tag.Example{Atoms: s.atoms, Tags: s.tags})
	}
	t.sections[english.SectionTags] = tag.Train(examples, tagEpochs, t.random(1), tagPruning).Append(nil)
	return nil
}

func (t *trainer) lemmas() error {
	var examples []tag.LemmaExample
	for _, s := range t.treebank {
		for i, f := range s.forms {
			if s.relations[i] == "goeswith" || s.relations[i] == "reparandum" {
				continue
			}
			examples = append(examples, tag.LemmaExample{Form: f, Lemma: s.lemmas[i], Atoms: s.atoms[i], Tag: s.tags[i]})
		}
	}
	l := tag.TrainLemmatizer(examples, english.LemmaByRule, lemmaEpochs, t.random(2), lemmaPruning)
	t.sections[english.SectionLemmas] = l.Append(nil)
	return nil
}

// relations lists the relations of the treebanks.
func (t *trainer) relations() error {
	var list []string
	for _, s := range t.treebank {
		for _, r := range s.relations {
			if !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
	}
	slices.Sort(list)
	b := pack.AppendStrings(nil, list)
	for _, w := range weights {
		b = append(b, byte(w))
	}
	t.sections[english.SectionRelations] = b
	return nil
}

func (t *trainer) entities() error {
	if err := t.jackknife(); err != nil {
		return err
	}
	var examples []entity.Example
	for i, s := range t.treebank {
		if hasMentions(s) {
			examples = append(examples, entity.Example{Words: nameWords(s.forms, t.predicted[i]), Atoms: s.atoms, Spans: namesIn(s)})
		}
	}
	t.sections[english.SectionEntities] = entity.Train(examples, nameLists(), entityEpochs, t.random(3), entityPruning).Append(nil)
	return nil
}

func nameWords(forms []string, tags []tag.Tag) []entity.Word {
	out := make([]entity.Word, len(forms))
	for i, f := range forms {
		out[i] = entity.Word{Form: f, UPOS: tags[i].UPOS, XPOS: tags[i].XPOS}
	}
	return out
}

func (t *trainer) sieve() error {
	examples, _, _, err := t.lessons()
	if err != nil {
		return err
	}
	t.sections[english.SectionSieve] = dep.TrainSieve(examples, sieveEpochs, t.random(30), sievePruning).Append(nil)
	return nil
}

// lessons are the sentences with their trees, the relations and the lemmatizer.
func (t *trainer) lessons() ([]dep.Example, []string, *tag.Lemmatizer, error) {
	if err := t.jackknife(); err != nil {
		return nil, nil, nil, err
	}
	relations, _, err := pack.Strings(t.sections[english.SectionRelations])
	if err != nil {
		return nil, nil, nil, err
	}
	lemmas, _, err := tag.ReadLemmatizer(t.sections[english.SectionLemmas], english.LemmaByRule)
	if err != nil {
		return nil, nil, nil, err
	}
	examples := make([]dep.Example, len(t.treebank))
	for k, s := range t.treebank {
		examples[k] = dep.Example{Sentence: dep.Prepare(wordsOf(s.forms, s.atoms, t.predicted[k], lemmas)), Tree: treeOf(s, relations)}
	}
	return examples, relations, lemmas, nil
}

func (t *trainer) parser(i int) error {
	examples, relations, lemmas, err := t.lessons()
	if err != nil {
		return err
	}
	c := courses[i]
	c.Relations, c.Random = len(relations), t.random(uint64(10+i))
	if t.epochs > 0 {
		c.Epochs = t.epochs
	}
	check, err := t.checker(relations, lemmas)
	if err != nil {
		return err
	}
	c.Progress = func(epoch int, p func() dep.Parser) {
		if (epoch+1)%3 == 0 || epoch+1 == c.Epochs {
			log("parser %d epoch %d: %s", i+1, epoch+1, check(p()))
		} else {
			log("parser %d epoch %d", i+1, epoch+1)
		}
	}
	t.sections[fmt.Sprintf("%s%d", english.SectionParser, i+1)] = dep.Train(examples, c).Append(nil)
	return nil
}

func wordsOf(forms []string, atoms []word.Atoms, tags []tag.Tag, lemmas *tag.Lemmatizer) []dep.Word {
	out := make([]dep.Word, len(forms))
	var work tag.Work
	for i, f := range forms {
		out[i] = dep.Word{Form: f, Lemma: lemmas.Lemma(f, &atoms[i], tags[i], &work), UPOS: tags[i].UPOS, XPOS: tags[i].XPOS}
	}
	return out
}

func treeOf(s *sentence, relations []string) dep.Tree {
	tree := dep.Tree{Heads: s.heads, Relations: make([]uint8, len(s.heads))}
	for i, r := range s.relations {
		k, _ := slices.BinarySearch(relations, r)
		tree.Relations[i] = uint8(min(k, len(relations)-1))
	}
	return tree
}

// jackknife tags every document of the data by a tagger that learnt from the
// others.
func (t *trainer) jackknife() error {
	if t.predicted != nil {
		return nil
	}
	if ok, err := t.readCache(); ok || err != nil {
		return err
	}
	fold := map[string]int{}
	random := t.random(4)
	for _, s := range t.treebank {
		if _, ok := fold[s.document]; !ok {
			fold[s.document] = random.IntN(folds)
		}
	}
	t.predicted = make([][]tag.Tag, len(t.treebank))
	for k := range folds {
		var examples []tag.Example
		for _, s := range t.treebank {
			if fold[s.document] != k {
				examples = append(examples, tag.Example{Atoms: s.atoms, Tags: s.tags})
			}
		}
		tagger := tag.Train(examples, foldEpochs, t.random(uint64(20+k)), tagPruning)
		for i, s := range t.treebank {
			if fold[s.document] == k {
				t.predicted[i] = tagger.Tag(s.atoms)
			}
		}
		log("jackknife: fold %d of %d", k+1, folds)
	}
	return t.writeCache()
}

func (t *trainer) writeCache() error {
	if t.cache == "" {
		return nil
	}
	var b strings.Builder
	for _, tags := range t.predicted {
		for _, x := range tags {
			fmt.Fprintln(&b, x.UPOS, x.XPOS)
		}
	}
	if err := os.MkdirAll(filepath.Dir(t.cache), 0o755); err != nil { //nolint:gosec // no secret
		return err
	}
	return os.WriteFile(t.cache, []byte(b.String()), 0o644) //nolint:gosec // no secret
}

func (t *trainer) readCache() (bool, error) {
	file, err := os.Open(t.cache)
	if err != nil {
		return false, nil //nolint:nilerr // no cache is not an error
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	predicted := make([][]tag.Tag, len(t.treebank))
	for i, s := range t.treebank {
		predicted[i] = make([]tag.Tag, len(s.forms))
		for j := range predicted[i] {
			if !lines.Scan() {
				return false, fmt.Errorf("%s is of other data: remove it", t.cache)
			}
			predicted[i][j].UPOS, predicted[i][j].XPOS, _ = strings.Cut(lines.Text(), " ")
		}
	}
	t.predicted = predicted
	return true, lines.Err()
}
