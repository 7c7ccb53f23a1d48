// Command train makes the model of package english from treebanks, or measures it:
//
//	go run ./cards/english/train -data ../shared/data/treebank
//	go run ./cards/english/train -data ../shared/data/treebank -eval
//
// The same data and seed give the same model, byte for byte. The taggers and
// parsers learn from tags that a tagger gave which had not seen the text (five
// folds of whole documents), since that is what they will meet; -cache keeps these
// tags from one run to the next and must be removed when the tagger changes.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	var o options
	flag.StringVar(&o.data, "data", "../shared/data/treebank", "folder of the treebanks: ewt.train.tsv.xz and so on")
	flag.StringVar(&o.out, "out", "cards/english/model/english.bin", "file of the model")
	flag.StringVar(&o.cache, "cache", "", "file to keep the jackknifed tags in")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the order of examples")
	flag.IntVar(&o.epochs, "epochs", 0, "epochs of the parsers; 0 for each one's own number")
	parts := flag.String("parts", "", "sections to train, with commas; the others stay as they are in -out (default all)")
	measure := flag.Bool("eval", false, "measure the model in -out on the dev split instead")
	flag.Parse()
	if *parts != "" {
		o.parts = strings.Split(*parts, ",")
	}
	run := o.train
	if *measure {
		run = o.evaluate
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	data, out, cache string
	seed             uint64
	epochs           int
	parts            []string
}

// started is when the command began; log lines tell the time since.
var started = time.Now()

func log(format string, args ...any) {
	fmt.Printf("%6.0fs  %s\n", time.Since(started).Seconds(), fmt.Sprintf(format, args...))
}
