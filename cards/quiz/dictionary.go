package quiz

import (
	"bytes"
	"compress/gzip"
	_ "embed" // of the words
	"io"
	"slices"
	"strings"
	"sync"
)

// The words of five letters and more that WordNet 3.0 (Princeton University) has, names left out, and
// those of them that are two spellings of one: a word in the same set of synonyms, no
// more than two letters away.
var (
	//go:embed words.txt.gz
	wordsFile []byte
	//go:embed variants.txt
	variantsFile string
)

// dictionary is loaded when the first slip is judged.
type dictionary struct {
	words    []string
	variants map[[2]string]bool
}

var english = sync.OnceValue(func() dictionary {
	d := dictionary{variants: map[[2]string]bool{}}
	in, err := gzip.NewReader(bytes.NewReader(wordsFile))
	if err != nil {
		panic("quiz: embedded words.txt.gz: " + err.Error())
	}
	text, err := io.ReadAll(in)
	if err != nil {
		panic("quiz: embedded words.txt.gz: " + err.Error())
	}
	d.words = strings.Fields(string(text))
	for line := range strings.Lines(variantsFile) {
		if a, b, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			d.variants[[2]string{a, b}], d.variants[[2]string{b, a}] = true, true
		}
	}
	return d
})

func (d dictionary) has(w string) bool {
	_, found := slices.BinarySearch(d.words, w)
	return found
}

// twoWords reports whether both are words of English, and not two spellings of one: who
// types "adapt" for "adopt" has typed another word, not made a slip.
func twoWords(a, b string) bool {
	d := english()
	if a, b = singular(a), singular(b); a == b || !d.has(a) || !d.has(b) {
		return false
	}
	return !d.variants[[2]string{a, b}]
}
