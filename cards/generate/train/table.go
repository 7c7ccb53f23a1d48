package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/generate/forest"
)

// fixed are the columns before those of the features. Spans are bytes of the
// article's text; words is how many words the article has.
var fixed = strings.Fields("article words own answer_start answer_end sentence_start sentence_end family kind type verdict why")

// row is a verdict on a card.
type row struct {
	article          string
	words            int
	own              bool
	answer, sentence cards.Span
	family, kind     string
	typ              string
	verdict, why     string
	x                []float64
}

// table is all verdicts.
type table struct {
	features []string
	rows     []row
}

// fits reports as an error that the table was collected for other features.
func (t table) fits(features []string) error {
	if !slices.Equal(t.features, features) {
		return errors.New("the table has other features than the score: run train -collect")
	}
	return nil
}

// samples are the rows that pick chooses, all if it is nil; a verdict on a card of
// this maker weighs as much as weight others.
func (t table) samples(weight float64, pick func(row) bool) []forest.Sample {
	var out []forest.Sample
	for _, r := range t.rows {
		if pick != nil && !pick(r) {
			continue
		}
		s := forest.Sample{X: r.x, Yes: r.verdict == "keep", Weight: 1}
		if r.own {
			s.Weight = weight
		}
		out = append(out, s)
	}
	return out
}

func (r row) cells() []string {
	own := "0"
	if r.own {
		own = "1"
	}
	out := []string{r.article, strconv.Itoa(r.words), own}
	for _, n := range []int{r.answer.Start, r.answer.End, r.sentence.Start, r.sentence.End} {
		out = append(out, strconv.Itoa(n))
	}
	out = append(out, r.family, r.kind, r.typ, r.verdict, r.why)
	for _, x := range r.x {
		out = append(out, strconv.FormatFloat(x, 'f', -1, 64))
	}
	return out
}

// write writes the table as tab-separated values, compressed, always the same bytes.
func (t table) write(path string) error {
	f, err := os.Create(path) //nolint:gosec // a file that the command line names
	if err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return errors.Join(fmt.Errorf("write the table: %w", err), f.Close())
	}
	out := bufio.NewWriter(z)
	lines := [][]string{append(slices.Clone(fixed), t.features...)}
	for _, r := range t.rows {
		lines = append(lines, r.cells())
	}
	for _, l := range lines {
		if _, err = out.WriteString(strings.Join(l, "\t") + "\n"); err != nil {
			break
		}
	}
	if err := errors.Join(err, out.Flush(), z.Close(), f.Close()); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// readTable reads what write wrote.
func readTable(path string) (table, error) {
	f, err := os.Open(path)
	if err != nil {
		return table{}, fmt.Errorf("read the table: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return table{}, fmt.Errorf("read the table: %w", err)
	}
	t, err := parseTable(z)
	if err != nil {
		return table{}, fmt.Errorf("read the table: %w", err)
	}
	return t, nil
}

func parseTable(in io.Reader) (table, error) {
	var t table
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		cells := strings.Split(lines.Text(), "\t")
		if n == 1 {
			if len(cells) < len(fixed) || !slices.Equal(cells[:len(fixed)], fixed) {
				return t, errors.New("line 1 does not name the columns")
			}
			t.features = cells[len(fixed):]
			continue
		}
		if len(cells) != len(fixed)+len(t.features) {
			return t, fmt.Errorf("line %d has %d columns, want %d", n, len(cells), len(fixed)+len(t.features))
		}
		r, err := parseRow(cells)
		if err != nil {
			return t, fmt.Errorf("line %d: %w", n, err)
		}
		t.rows = append(t.rows, r)
	}
	return t, lines.Err()
}

func parseRow(cells []string) (row, error) {
	var numbers [6]int
	for i, c := range []int{1, 3, 4, 5, 6} {
		n, err := strconv.Atoi(cells[c])
		if err != nil {
			return row{}, err
		}
		numbers[i] = n
	}
	r := row{
		article: cells[0], words: numbers[0], own: cells[2] == "1",
		answer: cards.Span{Start: numbers[1], End: numbers[2]}, sentence: cards.Span{Start: numbers[3], End: numbers[4]},
		family: cells[7], kind: cells[8], typ: cells[9], verdict: cells[10], why: cells[11],
	}
	for _, c := range cells[len(fixed):] {
		x, err := strconv.ParseFloat(c, 64)
		if err != nil {
			return row{}, err
		}
		r.x = append(r.x, x)
	}
	return r, nil
}
