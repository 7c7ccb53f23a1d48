package extract

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/english"
)

// documentOf splits a text into blocks at blank lines, without tags.
func documentOf(text, published string) *Document {
	d := &Document{Article: cards.Article{Text: text, Published: published}}
	for start := 0; start < len(text); {
		end := len(text)
		if k := strings.Index(text[start:], "\n\n"); k >= 0 {
			end = start + k + 2
		}
		d.Article.Blocks = append(d.Article.Blocks, cards.Block{Kind: cards.Paragraph, Span: cards.Span{Start: start, End: end}})
		for _, s := range english.Split(text[start:end]) {
			d.Sentences = append(d.Sentences, Sentence{shift(s, start), len(d.Article.Blocks) - 1})
		}
		start = end
	}
	return d
}

// marked is an expression that the corpus marks.
type marked struct {
	span  cards.Span
	value string // EDTF; "" for what is no date: a duration, "now", "the same time"
	year  bool   // it names a year in figures
}

var (
	timexTag  = regexp.MustCompile(`(?s)<TIMEX3 ([^>]*)>(.*?)</TIMEX3>`)
	valueAttr = regexp.MustCompile(`value="([^"]*)"`)
	yearFigs  = regexp.MustCompile(`\b\d{3,4}(?:s|\b)`)
)

// corpus reads a document of WikiWars: its text without marks, and what was marked.
func corpus(t *testing.T, file string) (string, []marked) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(data), "<TEXT>")
	body, _, _ = strings.Cut(body, "</TEXT>")
	var text strings.Builder
	var all []marked
	for body != "" {
		m := timexTag.FindStringSubmatchIndex(body)
		if m == nil {
			text.WriteString(html.UnescapeString(body))
			break
		}
		text.WriteString(html.UnescapeString(body[:m[0]]))
		inner := html.UnescapeString(body[m[4]:m[5]])
		value := ""
		if v := valueAttr.FindStringSubmatch(body[m[2]:m[3]]); v != nil {
			value = ofTimex(v[1])
		}
		all = append(all, marked{cards.Span{Start: text.Len(), End: text.Len() + len(inner)}, value, yearFigs.MatchString(inner) && !strings.Contains(inner, ":")})
		text.WriteString(inner)
		body = body[m[1]:]
	}
	return text.String(), all
}

var (
	timexBC     = regexp.MustCompile(`^BC(\d{4})(.*)$`)
	timexTail   = regexp.MustCompile(`(-XX)+$|T(XX|NI|MO|AF|EV|DT|MI).*$`)
	timexSeason = strings.NewReplacer("-SP", "-21", "-SU", "-22", "-FA", "-23", "-WI", "-24", "-Q1", "-33", "-Q2", "-34", "-Q3", "-35", "-Q4", "-36", "-H1", "", "-H2", "")
)

// ofTimex turns a value of TIMEX2 into EDTF; "" when it says no date.
func ofTimex(v string) string {
	if m := timexBC.FindStringSubmatch(v); m != nil {
		n, _ := strconv.Atoi(m[1]) // the pattern lets digits alone through
		v = yearOf(edtf.Era(n, true)).String() + m[2]
	}
	v = timexTail.ReplaceAllString(timexTail.ReplaceAllString(timexSeason.Replace(v), ""), "")
	switch digits := strings.Trim(v, "0123456789"); {
	case digits == "" && len(v) == 3:
		v += "X"
	case digits == "" && len(v) == 2:
		v += "XX"
	case strings.HasSuffix(v, ":") || len(v) == 16 && v[10] == 'T':
		v += ":00"
	}
	if _, err := edtf.Parse(v); err != nil || strings.HasPrefix(v, "XXXX") {
		return ""
	}
	return v
}

// rates counts what was found.
type rates struct{ want, got, sound, strict, relaxed, right int }

func (r rates) String() string {
	p := float64(r.sound) / float64(max(r.got, 1))
	of := func(hit int) float64 { return float64(hit) / float64(max(r.want, 1)) }
	f1 := func(hit int) float64 { return 100 * 2 * p * of(hit) / max(p+of(hit), 1e-9) }
	return fmt.Sprintf("%d marked, %d found, P %.1f; relaxed R %.1f F1 %.1f; strict R %.1f F1 %.1f; value R %.1f F1 %.1f, right where found %.1f", r.want, r.got, 100*p,
		100*of(r.relaxed), f1(r.relaxed), 100*of(r.strict), f1(r.strict), 100*of(r.right), f1(r.right), 100*float64(r.right)/float64(max(r.relaxed, 1)))
}

func (r rates) recall() float64 { return float64(r.right) / float64(max(r.want, 1)) }

// says reports whether a fact says the value: as its own, or as one of its ends.
func says(f Fact, value string) bool {
	v, err := edtf.Parse(f.Value)
	if err != nil {
		return false
	}
	for _, d := range v.Dates {
		d.Approximate, d.Uncertain = false, false
		if d.String() == value {
			return true
		}
	}
	return f.Value == value
}

// bare is an expression without the words that a fact's answer leaves out.
func bare(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	for again := true; again; {
		again = false
		for _, w := range []string{"the ", "early ", "late ", "mid-", "mid ", "in ", "of ", "end of ", "start of ", "beginning of ", "middle of ", "around ", "about "} {
			if rest, ok := strings.CutPrefix(s, w); ok {
				s, again = rest, true
			}
		}
	}
	return s
}

// wikiWars are the files of the corpus.
func wikiWars(t *testing.T) []string {
	t.Helper()
	root := os.Getenv("RECTO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", "wikiwars", "*.tml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

// TestWikiWars runs over 22 articles on wars in which every expression of time is
// marked (Mazur and Dale, 2010).
func TestWikiWars(t *testing.T) {
	shared(t, "data/wikiwars/01_WW2.tml")
	var years, rest, all rates
	for _, file := range wikiWars(t) {
		text, want := corpus(t, file)
		facts := documentOf(text, "").dates()
		score(t, filepath.Base(file), text, want, facts, &years, &rest, &all)
	}
	t.Logf("with a year: %s", years)
	t.Logf("without one: %s", rest)
	t.Logf("all dates:   %s", all)
	if got := years.recall(); got < 0.97 {
		t.Errorf("%.1f %% of the dates with a year are found with the right value, want 97", 100*got)
	}
	if got := all.recall(); got < 0.85 {
		t.Errorf("%.1f %% of the dates are found with the right value, want 85", 100*got)
	}
	if p := float64(all.sound) / float64(all.got); p < 0.97 {
		t.Errorf("%.1f %% of what is found is marked, want 97", 100*p)
	}
}

// TestYearsOfWikiWars checks the years of dates that do not state one: those that pass
// for sure, and the others.
func TestYearsOfWikiWars(t *testing.T) {
	shared(t, "data/wikiwars/01_WW2.tml")
	right, all := map[bool]int{}, map[bool]int{}
	for _, file := range wikiWars(t) {
		text, want := corpus(t, file)
		for _, f := range documentOf(text, "").dates() {
			if !strings.HasPrefix(f.Derived, "the year is") {
				continue
			}
			for _, w := range want {
				if w.value != "" && !w.year && w.span.Overlaps(f.Span) {
					all[f.Far]++
					right[f.Far] += count(says(f, w.value))
				}
			}
		}
	}
	t.Logf("sure: %d of %d right; unsure: %d of %d", right[false], all[false], right[true], all[true])
	if all[false] < 300 || float64(right[false]) < 0.96*float64(all[false]) {
		t.Errorf("%d of %d sure years are right, want 96 %% of 300 or more", right[false], all[false])
	}
}

func score(t *testing.T, file, text string, want []marked, facts []Fact, years, rest, all *rates) {
	verbose := os.Getenv("RECTO_MISSES") != ""
	hit := map[int]bool{}
	for _, w := range want {
		if w.value == "" {
			for i, f := range facts {
				hit[i] = hit[i] || f.Span.Overlaps(w.span) // "a year later", whose value the corpus does not give
			}
			continue
		}
		class := rest
		if w.year {
			class = years
		}
		overlap, strict, right := false, false, false
		got := ""
		for i, f := range facts {
			if !f.Span.Overlaps(w.span) {
				continue
			}
			hit[i], overlap = true, true
			strict = strict || bare(f.Span.Of(text)) == bare(w.span.Of(text))
			right = right || says(f, w.value)
			got += fmt.Sprintf(" %q=%s", f.Span.Of(text), f.Value)
		}
		for _, r := range []*rates{class, all} {
			r.want++
			r.strict += count(strict)
			r.relaxed += count(overlap)
			r.right += count(right)
		}
		if verbose && !right {
			t.Logf("%s %v: %q = %s, found%s | %s", file, w.year, w.span.Of(text), w.value, got, around(text, w.span))
		}
	}
	for i, f := range facts {
		class := rest
		if yearFigs.MatchString(f.Span.Of(text)) {
			class = years
		}
		for _, r := range []*rates{class, all} {
			r.got++
			r.sound += count(hit[i])
		}
		if verbose && !hit[i] {
			t.Logf("%s: false %q = %s (%s) | %s", file, f.Span.Of(text), f.Value, f.Derived, around(text, f.Span))
		}
	}
}

func around(text string, s cards.Span) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text[max(0, s.Start-50):min(len(text), s.End+30)], "")), " ")
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestDatesOfReference finds every date of the hand-made list.
func TestDatesOfReference(t *testing.T) {
	text := string(shared(t, "data/article/article.txt"))
	var list []struct {
		Start              int
		Answer, Normalized string
		Sentence, Kind     string
	}
	if err := json.Unmarshal(shared(t, "data/article/facts.json"), &list); err != nil {
		t.Fatal(err)
	}
	text = strings.ReplaceAll(text, "\n", "\n\n")
	facts := documentOf(text, "2024-11-25").dates()
	for _, ref := range list {
		if ref.Kind != "date" {
			continue
		}
		start := strings.Index(text, ref.Sentence)
		within := cards.Span{Start: start, End: start + len(ref.Sentence)}
		ok := false
		for _, f := range facts {
			ok = ok || within.Contains(f.Span) && f.Span.Of(text) == ref.Answer && f.Value == ref.Normalized
		}
		if !ok {
			t.Errorf("%q = %s is not found in %q", ref.Answer, ref.Normalized, ref.Sentence)
		}
	}
	if os.Getenv("RECTO_MISSES") != "" {
		for _, f := range facts {
			t.Logf("%q = %s %s %s | %s", f.Span.Of(text), f.Value, f.Type, f.Derived, around(text, f.Span))
		}
	}
}
