package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync"

	"recto/cards"
	"recto/cards/generate/forest"
)

// densities are the default cards per 100 words at which choosing is measured.
var densities = []float64{0.5, 1, 1.5, 2, 2.5}

// measure prints what share of the cards chosen in articles that the forest has not
// seen was kept and dropped: of this maker's cards, and of the other's.
func (o options) measure(t table) {
	z := o.crossValidate(t)
	strict := slices.Index(t.features, "strict")
	for _, group := range []struct {
		name string
		has  func(row) bool
	}{
		{"our own cards", func(r row) bool { return r.own }},
		{"our own cards, by strict readers", func(r row) bool { return r.own && r.x[strict] == 1 }},
		{"the other maker's cards", func(r row) bool { return !r.own }},
	} {
		var rows []int
		words := map[string]int{}
		for i, r := range t.rows {
			if group.has(r) {
				rows = append(rows, i)
				words[r.article] = r.words
			}
		}
		sort.SliceStable(rows, func(a, b int) bool { return z[rows[a]] > z[rows[b]] })
		total := 0
		for _, n := range words {
			total += n
		}
		fmt.Printf("%s: %d verdicts, %d articles of %d words\n", group.name, len(rows), len(words), total)
		for _, d := range densities {
			fmt.Println("  " + t.chosen(rows, z, d, total))
		}
	}
}

// chosen says what became of the surest cards, one for an answer, at a density.
func (t table) chosen(rows []int, z []float64, density float64, words int) string {
	type place struct {
		article string
		answer  cards.Span
	}
	seen := map[place]bool{}
	want := int(density * float64(words) / 100)
	keep, drop, n, least := 0, 0, 0, 0.0
	why := map[string]int{}
	for _, i := range rows {
		r := t.rows[i]
		if n == want {
			break
		}
		if p := (place{r.article, r.answer}); seen[p] {
			continue
		} else {
			seen[p] = true
		}
		n++
		least = forest.Probability(z[i])
		switch r.verdict {
		case "keep":
			keep++
		case "drop":
			drop++
		default:
			why[r.why]++
		}
	}
	if n == 0 {
		return "no cards"
	}
	return fmt.Sprintf("%.1f cards per 100 words (%d): kept %.1f %%, dropped %.1f %%, P >= %.2f; to edit: %s", density, n, 100*float64(keep)/float64(n), 100*float64(drop)/float64(n), least, counts(why))
}

// counts lists how often each key was seen, the most frequent first.
func counts(m map[string]int) string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s %d", k, m[k])
	}
	return strings.Join(keys, ", ")
}

// crossValidate returns the log-odds of every row by a forest that never saw a card
// of its article.
func (o options) crossValidate(t table) []float64 {
	fold := map[string]int{}
	var articles []string
	for _, r := range t.rows {
		if _, known := fold[r.article]; !known {
			fold[r.article] = 0
			articles = append(articles, r.article)
		}
	}
	slices.Sort(articles)
	rng := rand.New(rand.NewPCG(o.growth.Seed, 1)) //nolint:gosec // the folds must come out the same again
	rng.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	for i, a := range articles {
		fold[a] = i % o.folds
	}
	z := make([]float64, len(t.rows))
	var all sync.WaitGroup
	for k := range o.folds {
		all.Go(func() {
			f := forest.Grow(t.samples(o.weight, func(r row) bool { return fold[r.article] != k }), o.growth)
			for i, r := range t.rows {
				if fold[r.article] == k {
					z[i] = f.Logit(r.x)
				}
			}
		})
	}
	all.Wait()
	return z
}

// used prints how often the forest asks for each feature.
func (o options) used(f forest.Forest, names []string) {
	n := map[string]int{}
	for _, t := range f.Trees {
		for _, d := range t {
			if d.Feature >= 0 {
				n[names[d.Feature]]++
			}
		}
	}
	fmt.Println("features by use:", counts(n))
}
