package generate

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/english"
	"recto/cards/extract"
)

var fit = flag.Bool("fit", false, "fit score.json to the verdicts in $RECTO_SHARED/data/verdicts")

// shared is the path of a file beside the repository; the test is skipped where it is absent.
func shared(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no %s: set RECTO_SHARED to the folder that holds it", p)
	}
	return p
}

type verdict struct {
	Article string `json:"article"`
	Art     string `json:"art"` // of a candidate that was not judged
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

var verdictFamilies = map[string]string{"cloze": "gap", "when-inv": "when", "event-np": "event", "year-np": "event", "count-subj": "how-many", "count-obj": "how-many",
	"who-subj": "who", "enum": "set", "def": "define", "life": "life", "quote": "quotation", "enum-item": "item", "acronym": "acronym"}

var verdictKinds = map[string]string{"entity": "name", "term": "term", "enum": "list", "item": "list", "quote": "quotation", "ordinal": "quantity", "def": "term"}

var verdictTypes = map[string]string{"org": "organisation", "years": "range", "decade": "century", "person?": "unsure", "place?": "unsure", "number": "count", "fraction": "measure", "scorerange": "measure"}

func or(m map[string]string, k string) string {
	if v, ok := m[k]; ok {
		return v
	}
	return k
}

func (v verdict) surface() surface {
	return surface{family: or(verdictFamilies, v.Family), kind: or(verdictKinds, v.Kind), typ: or(verdictTypes, v.Sub), front: v.Front, answer: v.Answer, sentence: v.Sent}
}

func readLines[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

type sample struct {
	x       []float64
	keep    float64
	article string
	verdict verdict
}

func readSamples(t testing.TB) ([]sample, int) {
	dir := shared(t, "data", "verdicts")
	verdicts := readLines[verdict](t, filepath.Join(dir, "verdicts.jsonl"))
	type place struct {
		article, kind string
		sent          int
	}
	rivals := map[place]map[int]bool{}
	for _, c := range readLines[verdict](t, filepath.Join(dir, "candidates.jsonl")) {
		p := place{c.Art, c.Kind, c.Sent}
		if rivals[p] == nil {
			rivals[p] = map[int]bool{}
		}
		rivals[p][c.Offset] = true
	}
	backgrounds := map[string]*maker{}
	total := 0
	var out []sample
	for _, v := range verdicts {
		b := backgrounds[v.Article]
		if b == nil {
			text, err := os.ReadFile(filepath.Join(dir, "articles", v.Article+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			b = readJudged(t, string(text))
			backgrounds[v.Article] = b
			total += b.back.words
		}
		s := v.surface()
		if p := b.at(v.Offset); p != nil {
			s.analysis = b.analyse(p, cards.Span{Start: v.Offset, End: v.Offset + len(v.Answer)})
		}
		s.rivals = max(0, len(rivals[place{v.Article, v.Kind, v.Sent}])-1)
		keep := 0.0
		if v.Verdict == "keep" {
			keep = 1
		}
		out = append(out, sample{b.back.features(s), keep, v.Article, v})
	}
	return out, total
}

// readJudged analyses a judged article: its title, an empty line, its text.
func readJudged(t testing.TB, text string) *maker {
	t.Helper()
	title, body, _ := strings.Cut(text, "\n")
	a := cards.Article{Title: title, Text: strings.TrimLeft(body, "\n")}
	at := 0
	for _, block := range strings.SplitAfter(a.Text, "\n\n") {
		a.Blocks = append(a.Blocks, cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: at, End: at + len(block)}})
		at += len(block)
	}
	model, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := extract.Read(context.Background(), a, model, nil)
	if err != nil {
		t.Fatal(err)
	}
	return newMaker(a, d.Sentences, d.Facts())
}

// at is the passage at an offset of the text, nil if there is none.
func (m *maker) at(offset int) *passage {
	for _, p := range m.passages {
		if p.span.Start <= offset && offset < p.span.End {
			return p
		}
	}
	return nil
}

// growth says how a forest is grown.
type growth struct {
	rounds, depth, leaf int
	rate, share         float64
}

var chosen = growth{rounds: 500, depth: 3, leaf: 20, rate: 0.04, share: 0.2}

func grow(samples []sample, g growth, seed int64) forest {
	rng := rand.New(rand.NewSource(seed))
	n, m := len(samples), len(samples[0].x)
	mean := 0.0
	for _, s := range samples {
		mean += s.keep
	}
	mean /= float64(n)
	f := forest{Base: math.Log(mean / (1 - mean))}
	cuts := make([][]float64, m)
	for k := range cuts {
		cuts[k] = cutsOf(samples, k)
	}
	z := make([]float64, n)
	for i := range z {
		z[i] = f.Base
	}
	grad, hess := make([]float64, n), make([]float64, n)
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	for range g.rounds {
		for i := range samples {
			p := logistic(z[i])
			grad[i], hess[i] = samples[i].keep-p, p*(1-p)
		}
		ks := rng.Perm(m)[:max(8, int(float64(m)*g.share))]
		var t tree
		t.split(samples, all, grad, hess, cuts, ks, g, g.depth)
		for i := range samples {
			z[i] += t.value(samples[i].x)
		}
		f.Trees = append(f.Trees, t)
	}
	return f
}

func cutsOf(samples []sample, k int) []float64 {
	seen := map[float64]bool{}
	for _, s := range samples {
		seen[s.x[k]] = true
	}
	var v []float64
	for x := range seen {
		v = append(v, x)
	}
	sort.Float64s(v)
	if len(v) > 16 {
		var q []float64
		for i := 1; i < 16; i++ {
			q = append(q, v[i*len(v)/16])
		}
		return q
	}
	for i := 0; i+1 < len(v); i++ {
		v[i] = (v[i] + v[i+1]) / 2
	}
	return v[:max(0, len(v)-1)]
}

func (t *tree) split(samples []sample, ix []int, grad, hess []float64, cuts [][]float64, ks []int, g growth, depth int) int {
	me := len(*t)
	*t = append(*t, node{Feature: -1})
	var sg, sh float64
	for _, i := range ix {
		sg += grad[i]
		sh += hess[i]
	}
	sh++
	best, bestK, bestCut := 0.5, -1, 0.0
	if depth > 0 && len(ix) >= 2*g.leaf {
		for _, k := range ks {
			for _, c := range cuts[k] {
				var gl, hl float64
				n := 0
				for _, i := range ix {
					if samples[i].x[k] <= c {
						gl += grad[i]
						hl += hess[i]
						n++
					}
				}
				if n < g.leaf || len(ix)-n < g.leaf {
					continue
				}
				if gain := gl*gl/(hl+1) + (sg-gl)*(sg-gl)/(sh-hl) - sg*sg/sh; gain > best {
					best, bestK, bestCut = gain, k, c
				}
			}
		}
	}
	if bestK < 0 {
		(*t)[me].Value = math.Round(sg/sh*g.rate*1e5) / 1e5
		return me
	}
	var left, right []int
	for _, i := range ix {
		if samples[i].x[bestK] <= bestCut {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l := t.split(samples, left, grad, hess, cuts, ks, g, depth-1)
	r := t.split(samples, right, grad, hess, cuts, ks, g, depth-1)
	(*t)[me] = node{Feature: bestK, Cut: bestCut, Left: l, Right: r}
	return me
}

// crossValidate returns the log-odds of every sample by a forest that never saw its article.
func crossValidate(samples []sample, g growth) []float64 {
	names := map[string]bool{}
	for _, s := range samples {
		names[s.article] = true
	}
	var articles []string
	for a := range names {
		articles = append(articles, a)
	}
	sort.Strings(articles)
	rand.New(rand.NewSource(1)).Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	fold := map[string]int{}
	for i, a := range articles {
		fold[a] = i % 4
	}
	z := make([]float64, len(samples))
	done := make(chan bool)
	for k := range 4 {
		go func() {
			var train []sample
			for _, s := range samples {
				if fold[s.article] != k {
					train = append(train, s)
				}
			}
			f := grow(train, g, 1)
			for i, s := range samples {
				if fold[s.article] == k {
					z[i] = f.logit(s.x)
				}
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
	return z
}

// TestFit grows the forest of score.json when asked to, and prints what choosing
// by it would keep on articles it did not see.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("run with -fit to fit score.json anew")
	}
	samples, total := readSamples(t)
	z := crossValidate(samples, chosen)
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return z[order[a]] > z[order[b]] })
	type answer struct {
		article string
		offset  int
	}
	seen := map[answer]bool{}
	n, keep, drop := 0, 0.0, 0
	for _, i := range order {
		v := samples[i].verdict
		if a := (answer{v.Article, v.Offset}); seen[a] {
			continue
		} else {
			seen[a] = true
		}
		n++
		keep += samples[i].keep
		if v.Verdict == "drop" {
			drop++
		}
		if n%300 == 0 && n <= 2100 {
			t.Logf("%.1f cards per 100 words: kept %.0f %%, dropped %.0f %%, P >= %.2f", 100*float64(n)/float64(total), 100*keep/float64(n), 100*float64(drop)/float64(n), logistic(z[i]))
		}
	}
	f := grow(samples, chosen, 1)
	gain := make([]int, len(featureNames))
	for _, tr := range f.Trees {
		for _, nd := range tr {
			if nd.Feature >= 0 {
				gain[nd.Feature]++
			}
		}
	}
	var used []string
	for k, c := range gain {
		used = append(used, fmt.Sprintf("%04d %s", c, featureNames[k]))
	}
	sort.Sort(sort.Reverse(sort.StringSlice(used)))
	t.Log(strings.Join(used, "; "))
	out, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("score.json", append(out, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
