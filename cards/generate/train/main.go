// Command train grows the forest that scores cards from the table of verdicts in
// cards/generate/verdicts, and prints what choosing by it keeps of articles that it
// has not seen:
//
//	go run ./cards/generate/train            # the table alone -> score.json
//	go run ./cards/generate/train -collect   # texts and verdicts -> the table
//	go run ./cards/generate/train -add       # texts and verdicts -> more rows of it
//
// The same table and seed give the same score.json, byte for byte. Collecting needs
// what the repository does not keep, the texts: -shared names the folder with the
// verdicts on cards of another maker, -judged one or several, parted by commas, with
// cards of this one: a file cand/ARTICLE.jsonl as `recto generate` prints them for
// every article, articles/ARTICLE.txt for each that -shared has not (its title, an
// empty line, its text), and files verdicts*.jsonl with lines {"id": "ARTICLE/CARD",
// "v": "keep", "why": ""}, with "strict": true where the reader was held to the
// standard of a language model's cards. It must be done again whenever the features change, and should
// be when the language model does. Adding takes the folders of -judged alone, and leaves
// the rows that are there as they are.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"recto/cards/generate"
	"recto/cards/generate/forest"
)

// options are what the command line says.
type options struct {
	dir            string // of package generate
	shared, judged string
	weight         float64 // of a verdict on a card of this maker
	folds          int
	growth         forest.Growth
}

// usual is how score.json is grown.
func usual() options {
	return options{weight: 2, growth: forest.Growth{Rounds: 300, Depth: 3, Leaf: 20, Rate: 0.04, Share: 0.2, Seed: 1}}
}

func main() {
	o := usual()
	flag.StringVar(&o.dir, "dir", "cards/generate", "folder of score.json and verdicts")
	flag.StringVar(&o.shared, "shared", "../shared/data/verdicts", "with -collect: folder of the verdicts on cards of another maker")
	flag.StringVar(&o.judged, "judged", "", "with -collect: folders, parted by commas, of cards of this maker and their verdicts")
	flag.Float64Var(&o.weight, "weight", o.weight, "how many other verdicts one on a card of this maker counts for")
	flag.IntVar(&o.folds, "folds", 5, "parts that the articles are split into to measure; 0 does not measure")
	flag.IntVar(&o.growth.Rounds, "rounds", o.growth.Rounds, "trees")
	flag.Uint64Var(&o.growth.Seed, "seed", o.growth.Seed, "seed of the choice of features")
	anew := flag.Bool("collect", false, "write the table instead")
	more := flag.Bool("add", false, "add to the table instead")
	flag.Parse()
	run := o.train
	switch {
	case *anew:
		run = func() error { return o.collect(context.Background()) }
	case *more:
		run = func() error { return o.add(context.Background()) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func (o options) table() string { return filepath.Join(o.dir, "verdicts", "verdicts.tsv.gz") }

// train grows score.json from the table.
func (o options) train() error {
	t, err := readTable(o.table())
	if err != nil {
		return err
	}
	if err := t.fits(generate.FeatureNames()); err != nil {
		return err
	}
	if o.folds > 1 {
		o.measure(t)
	}
	f := forest.Grow(t.samples(o.weight, nil), o.growth)
	o.used(f, t.features)
	out, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write the forest: %w", err)
	}
	if err := os.WriteFile(filepath.Join(o.dir, "score.json"), append(out, '\n'), 0o644); err != nil { //nolint:gosec // a file of the source tree
		return fmt.Errorf("write the forest: %w", err)
	}
	return nil
}
