package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
	"recto/cards/generate"
)

// collector makes rows of verdicts and the texts they were given on.
type collector struct {
	model *english.Model
	dirs  []string // of the articles
	judge map[string]generate.Judge
	text  map[string]string
	rows  []row
	lost  int // cards whose answer stands in no sentence
}

// collect writes the table anew.
func (o options) collect(ctx context.Context) error {
	c, err := o.collector()
	if err != nil {
		return fmt.Errorf("collect: %w", err)
	}
	if err := errors.Join(c.foreign(ctx, o.shared), o.ours(ctx, &c)); err != nil {
		return fmt.Errorf("collect: %w", err)
	}
	return o.keep(table{generate.FeatureNames(), c.rows}, c.lost)
}

// add adds the verdicts on our own cards to the table.
func (o options) add(ctx context.Context) error {
	t, err := readTable(o.table())
	if err != nil {
		return err
	}
	if err := t.fits(generate.FeatureNames()); err != nil {
		return err
	}
	c, err := o.collector()
	if err != nil {
		return fmt.Errorf("add: %w", err)
	}
	if err := o.ours(ctx, &c); err != nil {
		return fmt.Errorf("add: %w", err)
	}
	have := map[string]bool{}
	for _, r := range t.rows {
		if r.own {
			have[r.article] = true
		}
	}
	for _, r := range c.rows {
		if have[r.article] {
			return fmt.Errorf("add: the table has verdicts on our cards of %s already", r.article)
		}
	}
	t.rows = append(t.rows, c.rows...)
	return o.keep(t, c.lost)
}

// collector reads articles from the folders that the options name.
func (o options) collector() (collector, error) {
	if o.judged == "" {
		return collector{}, errors.New("name the folders of judged cards with -judged")
	}
	model, err := english.Load()
	if err != nil {
		return collector{}, err
	}
	c := collector{model: model, dirs: []string{filepath.Join(o.shared, "articles")}, judge: map[string]generate.Judge{}, text: map[string]string{}}
	for _, dir := range strings.Split(o.judged, ",") {
		c.dirs = append(c.dirs, filepath.Join(dir, "articles"))
	}
	return c, nil
}

// ours collects the verdicts on our own cards.
func (o options) ours(ctx context.Context, c *collector) error {
	for _, dir := range strings.Split(o.judged, ",") {
		if err := c.own(ctx, dir); err != nil {
			return err
		}
	}
	return nil
}

// keep writes the table and says what is in it.
func (o options) keep(t table, lost int) error {
	own := 0
	for _, r := range t.rows {
		if r.own {
			own++
		}
	}
	fmt.Printf("%d verdicts, %d of them on our own cards; %d cards stand in no sentence\n", len(t.rows), own, lost)
	return t.write(o.table())
}

// article analyses an article once: its title, an empty line, its text.
func (c *collector) article(ctx context.Context, id string) (generate.Judge, error) {
	if j, ok := c.judge[id]; ok {
		return j, nil
	}
	data, err := c.read(id)
	if err != nil {
		return generate.Judge{}, err
	}
	title, body, _ := strings.Cut(string(data), "\n")
	a := cards.Article{Title: title, Text: strings.TrimLeft(body, "\n")}
	at := 0
	for _, block := range strings.SplitAfter(a.Text, "\n\n") {
		a.Blocks = append(a.Blocks, cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: at, End: at + len(block)}})
		at += len(block)
	}
	d, err := extract.Read(ctx, a, c.model, nil)
	if err != nil {
		return generate.Judge{}, err
	}
	j := generate.NewJudge(a, d.Sentences, d.Facts())
	c.judge[id], c.text[id] = j, a.Text
	return j, nil
}

// read returns the text of an article from the first folder that has it.
func (c *collector) read(id string) ([]byte, error) {
	for _, dir := range c.dirs {
		data, err := os.ReadFile(filepath.Join(dir, id+".txt")) //nolint:gosec // a file that the command line names
		if !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return nil, fmt.Errorf("article %s: %w", id, fs.ErrNotExist)
}

// add makes a row of a card.
func (c *collector) add(ctx context.Context, id string, card generate.Judged, verdict, why string) error {
	j, err := c.article(ctx, id)
	if err != nil {
		return err
	}
	x, sentence, ok := j.Features(card)
	if !ok {
		c.lost++
		return nil
	}
	if why == "-" {
		why = ""
	}
	c.rows = append(c.rows, row{
		article: id, words: j.Words(), own: card.Own, answer: card.Answer, sentence: sentence,
		family: card.Family, kind: card.Kind, typ: card.Type, verdict: verdict, why: why, x: x,
	})
	return nil
}

// lines reads a file of one JSON value a line.
func lines[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, v)
	}
	return out, in.Err()
}

// otherCard is a card of the other maker, judged or not.
type otherCard struct {
	Article string `json:"article"`
	Art     string `json:"art"` // of a card that was not judged
	Front   string `json:"q"`
	Answer  string `json:"a"`
	Family  string `json:"family"`
	Kind    string `json:"kind"`
	Sub     string `json:"sub"`
	Offset  int    `json:"raw0"`
	Sent    int    `json:"sent"`
	Verdict string `json:"verdict"`
	Why     string `json:"why"`
}

// What this package calls the families, kinds and types of the other maker.
var (
	otherFamilies = map[string]string{"cloze": "gap", "when-inv": "when", "event-np": "event", "year-np": "event", "count-subj": "how-many", "count-obj": "how-many",
		"who-subj": "who", "enum": "set", "def": "define", "quote": "quotation", "enum-item": "item"}
	otherKinds = map[string]string{"entity": "name", "enum": "list", "item": "list", "quote": "quotation", "ordinal": "quantity", "def": "term"}
	otherTypes = map[string]string{"org": "organisation", "years": "range", "decade": "century", "person?": "unsure", "place?": "unsure", "number": "count", "fraction": "measure", "scorerange": "measure"}
)

func or(m map[string]string, k string) string {
	if v, ok := m[k]; ok {
		return v
	}
	return k
}

// foreign adds the verdicts on the other maker's cards.
func (c *collector) foreign(ctx context.Context, dir string) error {
	judged, err := lines[otherCard](filepath.Join(dir, "verdicts.jsonl"))
	if err != nil {
		return err
	}
	all, err := lines[otherCard](filepath.Join(dir, "candidates.jsonl"))
	if err != nil {
		return err
	}
	type place struct {
		article, kind string
		sentence      int
	}
	beside := map[place]map[int]bool{}
	for _, o := range all {
		p := place{o.Art, o.Kind, o.Sent}
		if beside[p] == nil {
			beside[p] = map[int]bool{}
		}
		beside[p][o.Offset] = true
	}
	for _, o := range judged {
		card := generate.Judged{
			Family: or(otherFamilies, o.Family), Kind: or(otherKinds, o.Kind), Type: strings.ReplaceAll(or(otherTypes, o.Sub), " ", "-"), Front: o.Front, Text: o.Answer,
			Answer: cards.Span{Start: o.Offset, End: o.Offset + len(o.Answer)}, Rivals: max(0, len(beside[place{o.Article, o.Kind, o.Sent}])-1),
		}
		if err := c.add(ctx, o.Article, card, o.Verdict, o.Why); err != nil {
			return err
		}
	}
	return nil
}

// ownCard is a card as `recto generate` prints it, its context above its front.
type ownCard struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Family string `json:"family"`
	Front  string `json:"front"`
	Answer struct {
		Text  string `json:"text"`
		Value string `json:"value"`
	} `json:"answer"`
	Source struct {
		Exact         string `json:"exact"`
		Start         int    `json:"start"`
		Sentence      string `json:"sentence"`
		SentenceStart int    `json:"sentence_start"`
	} `json:"source"`
}

type ownVerdict struct {
	ID      string `json:"id"`
	Verdict string `json:"v"`
	Why     string `json:"why"`
	Strict  bool   `json:"strict"`
}

// own adds the verdicts on this maker's cards.
func (c *collector) own(ctx context.Context, dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "verdicts*.jsonl"))
	if err != nil {
		return err
	}
	sort.Strings(files)
	made := map[string]map[string]ownCard{}
	for _, file := range files {
		verdicts, err := lines[ownVerdict](file)
		if err != nil {
			return err
		}
		for _, v := range verdicts {
			article, id, _ := strings.Cut(v.ID, "/")
			if made[article] == nil {
				all, err := lines[ownCard](filepath.Join(dir, "cand", article+".jsonl"))
				if err != nil {
					return err
				}
				made[article] = map[string]ownCard{}
				for _, k := range all {
					made[article][k.ID] = k
				}
			}
			if err := c.addOwn(ctx, article, made[article][id], v); err != nil {
				return fmt.Errorf("%s: %w", v.ID, err)
			}
		}
	}
	return nil
}

func (c *collector) addOwn(ctx context.Context, article string, k ownCard, v ownVerdict) error {
	if _, err := c.article(ctx, article); err != nil {
		return err
	}
	sentence := strings.Index(c.text[article], k.Source.Sentence)
	if k.ID == "" || sentence < 0 {
		c.lost++
		return nil
	}
	start := sentence + k.Source.Start - k.Source.SentenceStart
	card := generate.Judged{
		Family: k.Family, Kind: k.Kind, Front: k.Front, Text: k.Answer.Text, Answer: cards.Span{Start: start, End: start + len(k.Source.Exact)}, Own: true, Strict: v.Strict, Rivals: -1,
	}
	if context, front, above := strings.Cut(k.Front, "\n"); above {
		card.Context, card.Front = context, front
	}
	card.Type = generate.TypeOf(k.Kind, k.Answer.Value, card.Front)
	return c.add(ctx, article, card, v.Verdict, v.Why)
}
