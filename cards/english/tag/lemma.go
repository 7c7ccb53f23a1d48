package tag

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"recto/cards/english/linear"
	"recto/cards/english/pack"
	"recto/cards/english/word"
)

// Lemmatizer finds dictionary forms: it takes what the rules of inflection say, or
// another edit of the word where it has learnt that the rules err. It is read only
// and may be shared.
type Lemmatizer struct {
	rules      Rules
	edits      []edit // edits[0] is the rules' own answer
	exceptions map[string]string
	model      linear.Scorer
}

// Rules returns the lemma of a form by the rules of inflection.
type Rules func(form string, t Tag) string

// edit makes a lemma: it takes runes off the end and puts others there.
type edit struct {
	lower bool
	cut   int
	add   string
}

func (e edit) apply(form string) string {
	if e.lower {
		form = strings.ToLower(form)
	}
	for range e.cut {
		_, n := utf8.DecodeLastRuneInString(form)
		form = form[:len(form)-n]
	}
	return form + e.add
}

// editOf finds the edit that makes lemma of form.
func editOf(form, lemma string) edit {
	e := edit{lower: strings.ToLower(lemma) == lemma}
	if e.lower {
		form = strings.ToLower(form)
	}
	k := 0
	for k < len(form) && k < len(lemma) && form[k] == lemma[k] {
		k++
	}
	for k > 0 && (k < len(form) && !utf8.RuneStart(form[k]) || k < len(lemma) && !utf8.RuneStart(lemma[k])) {
		k--
	}
	e.cut, e.add = utf8.RuneCountInString(form[k:]), lemma[k:]
	return e
}

func (e edit) String() string { return fmt.Sprintf("%t %d %s", e.lower, e.cut, e.add) }

func parseEdit(s string) (edit, error) {
	parts := strings.SplitN(s, " ", 3)
	if len(parts) != 3 {
		return edit{}, pack.ErrDamaged
	}
	cut, err := strconv.Atoi(parts[1])
	if err != nil {
		return edit{}, pack.ErrDamaged
	}
	return edit{parts[0] == "true", cut, parts[2]}, nil
}

func exceptionKey(form string, t Tag) string { return strings.ToLower(form) + " " + t.XPOS }

// Lemma returns the dictionary form of a word with its tags; it is empty only if
// form is.
func (l *Lemmatizer) Lemma(form string, a *word.Atoms, t Tag, work *Work) string {
	if lemma, ok := l.exceptions[exceptionKey(form, t)]; ok {
		return lemma
	}
	hint := l.rules(form, t)
	work.features = lemmaFeatures(work.features[:0], form, hint, a, t)
	if len(work.scores) != len(l.edits) {
		work.scores = make([]int32, len(l.edits))
	}
	l.model.Score(work.features, work.scores)
	if k := best(work.scores); k > 0 {
		if lemma := l.edits[k].apply(form); lemma != "" {
			return lemma
		}
	}
	return hint
}

// Work is room that Lemma uses again from word to word; the zero value is ready.
type Work struct {
	features []uint32
	scores   []int32
}

func lemmaFeatures(fs []uint32, form, hint string, a *word.Atoms, t Tag) []uint32 {
	f := linear.Feature
	x := linear.String(t.XPOS)
	u := linear.String(t.UPOS)
	e := linear.String(editOf(form, hint).String())
	fs = append(fs, f(1, 0, 0, 0, 0), f(2, x, u, 0, 0), f(3, a.Low, x, u, 0), f(4, a.Low, 0, 0, 0), f(5, e, x, 0, 0), f(6, a.Flags, x, 0, 0), f(7, a.Form, x, 0, 0), f(8, a.Flags, u, e, 0))
	for k, s := range a.Suffix {
		fs = append(fs, f(uint32(10+k), s, x, 0, 0), f(uint32(20+k), s, x, e, 0), f(uint32(30+k), s, a.Flags, x, 0))
	}
	return append(fs, f(40, a.Prefix[1], x, 0, 0), f(41, a.Prefix[2], x, 0, 0), f(42, a.Shape, x, 0, 0))
}

// LemmaExample is a word with its lemma.
type LemmaExample struct {
	Form, Lemma string
	Atoms       word.Atoms
	Tag         Tag
}

// rareEdit is how often an edit or an exception must occur to be learnt.
const rareEdit = 2

// TrainLemmatizer learns where the rules err and what to do instead.
func TrainLemmatizer(examples []LemmaExample, rules Rules, epochs int, random *rand.Rand, p linear.Pruning) *Lemmatizer {
	l := &Lemmatizer{rules: rules, exceptions: map[string]string{}}
	index := l.inventory(examples)
	learner := linear.NewTrainer(len(l.edits))
	scores := make([]int32, len(l.edits))
	var features []uint32
	order := random.Perm(len(examples))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			e := &examples[k]
			hint := rules(e.Form, e.Tag)
			truth, ok := 0, true
			if hint != e.Lemma {
				truth, ok = index[editOf(e.Form, e.Lemma)]
			}
			if !ok {
				continue
			}
			features = lemmaFeatures(features[:0], e.Form, hint, &e.Atoms, e.Tag)
			learner.Score(features, scores)
			if guess := best(scores); guess != truth {
				learner.Update(features, truth, 1)
				learner.Update(features, guess, -1)
			}
			learner.Tick()
		}
	}
	l.model = learner.Freeze(p)
	return l
}

// inventory collects the edits, and as exceptions the words whose lemma no common
// edit makes.
func (l *Lemmatizer) inventory(examples []LemmaExample) map[edit]int {
	edits := map[edit]int{}
	words := map[string]map[string]int{}
	for _, e := range examples {
		if l.rules(e.Form, e.Tag) == e.Lemma {
			continue
		}
		edits[editOf(e.Form, e.Lemma)]++
		key := exceptionKey(e.Form, e.Tag)
		if words[key] == nil {
			words[key] = map[string]int{}
		}
		words[key][e.Lemma]++
	}
	l.edits = []edit{{}}
	for e, n := range edits {
		if n > 3*rareEdit {
			l.edits = append(l.edits, e)
		}
	}
	rest := l.edits[1:]
	slices.SortFunc(rest, func(a, b edit) int {
		if edits[a] != edits[b] {
			return edits[b] - edits[a]
		}
		return strings.Compare(a.String(), b.String())
	})
	l.edits = l.edits[:min(len(l.edits), 250)]
	index := map[edit]int{}
	for i, e := range l.edits[1:] {
		index[e] = i + 1
	}
	for _, e := range examples {
		key := exceptionKey(e.Form, e.Tag)
		if _, known := index[editOf(e.Form, e.Lemma)]; !known && len(words[key]) == 1 && words[key][e.Lemma] >= rareEdit {
			l.exceptions[key] = e.Lemma
		}
	}
	for _, e := range examples { // an exception that is often none is none
		if key := exceptionKey(e.Form, e.Tag); l.exceptions[key] != "" && l.exceptions[key] != e.Lemma {
			delete(l.exceptions, key)
		}
	}
	return index
}

// Append writes the lemmatizer behind b. Its model must be a *linear.Model.
func (l *Lemmatizer) Append(b []byte) []byte {
	list := make([]string, len(l.edits))
	for i, e := range l.edits {
		list[i] = e.String()
	}
	var words []string
	for k := range l.exceptions {
		words = append(words, k)
	}
	slices.Sort(words)
	lemmas := make([]string, len(words))
	for i, k := range words {
		lemmas[i] = l.exceptions[k]
	}
	b = pack.AppendStrings(pack.AppendStrings(pack.AppendStrings(b, list), words), lemmas)
	return l.model.(*linear.Model).Append(b)
}

// ReadLemmatizer reads a lemmatizer that Append wrote and returns what follows it.
func ReadLemmatizer(b []byte, rules Rules) (*Lemmatizer, []byte, error) {
	var lists [3][]string
	var err error
	for i := range lists {
		if lists[i], b, err = pack.Strings(b); err != nil {
			return nil, nil, err
		}
	}
	if len(lists[1]) != len(lists[2]) {
		return nil, nil, pack.ErrDamaged
	}
	l := &Lemmatizer{rules: rules, edits: make([]edit, len(lists[0])), exceptions: make(map[string]string, len(lists[1]))}
	for i, s := range lists[0] {
		if l.edits[i], err = parseEdit(s); err != nil {
			return nil, nil, err
		}
	}
	for i, k := range lists[1] {
		l.exceptions[k] = lists[2][i]
	}
	m, b, err := linear.Read(b)
	if err != nil || m.Labels() != len(l.edits) {
		return nil, nil, pack.ErrDamaged
	}
	l.model = m
	return l, b, nil
}
