package quiz_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/quiz"
)

type judgement struct {
	line     int
	expected quiz.Expected
	typed    string
	want     quiz.Verdict
}

// readTable reads testdata/judge.txt, whose first lines say how it is written.
func readTable(t testing.TB) []judgement {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "judge.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var table []judgement
	var e quiz.Expected
	scan := bufio.NewScanner(f)
	for n := 1; scan.Scan(); n++ {
		line := strings.TrimSpace(scan.Text())
		key, rest, _ := strings.Cut(line, ":")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "expect "):
			e = expected(strings.TrimPrefix(key, "expect "), rest)
		case key == "right" || key == "close" || key == "wrong":
			for _, typed := range strings.Split(rest, " | ") {
				table = append(table, judgement{n, e, strings.TrimSpace(typed), quiz.Verdict(key)})
			}
		default:
			t.Fatalf("judge.txt, line %d: %q is neither expect, right, close nor wrong", n, line)
		}
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return table
}

func expected(kind, rest string) quiz.Expected {
	var e quiz.Expected
	k, finer, _ := strings.Cut(kind, "/")
	e.Kind, e.Type = cards.FactKind(k), finer
	parts := strings.Split(rest, " ; ")
	text, value, _ := strings.Cut(parts[0], " =")
	e.Text, e.Value = strings.TrimSpace(text), strings.TrimSpace(value)
	for _, p := range parts[1:] {
		if list, ok := strings.CutPrefix(p, "others: "); ok {
			e.Others = strings.Split(list, " / ")
		}
		if front, ok := strings.CutPrefix(p, "front: "); ok {
			e.Front = front
		}
	}
	return e
}

// TestJudge judges every line of the table. No wrong answer may pass for a right one.
func TestJudge(t *testing.T) {
	table := readTable(t)
	if len(table) < 600 {
		t.Errorf("the table has %d cases, want 600 or more", len(table))
	}
	passed := map[string]int{}
	for _, c := range table {
		got := quiz.Judge(c.expected, c.typed)
		passed[fmt.Sprintf("%s judged %s", c.want, got.Verdict)]++
		if got.Verdict != c.want {
			t.Errorf("judge.txt:%d: %q for %q is %s (%s), want %s", c.line, c.typed, c.expected.Text, got.Verdict, got.Reason, c.want)
		}
		if got.Reason == "" {
			t.Errorf("judge.txt:%d: %q for %q is %s without a reason", c.line, c.typed, c.expected.Text, got.Verdict)
		}
	}
	t.Logf("%d cases: %v", len(table), passed)
}

func FuzzJudge(f *testing.F) {
	for _, c := range readTable(f) {
		f.Add(string(c.expected.Kind), c.expected.Text, c.expected.Value, c.typed)
	}
	f.Fuzz(func(t *testing.T, kind, text, value, typed string) {
		e := quiz.Expected{Kind: cards.FactKind(kind), Text: text, Value: value}
		j := quiz.Judge(e, typed)
		if j.Verdict != quiz.Right && j.Verdict != quiz.Close && j.Verdict != quiz.Wrong || j.Reason == "" {
			t.Errorf("Judge(%+v, %q) = %+v", e, typed, j)
		}
		if same := quiz.Judge(e, text); strings.TrimSpace(text) == typed && same.Verdict != j.Verdict {
			t.Errorf("Judge(%+v) of its own text is %s and %s", e, same.Verdict, j.Verdict)
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	table := readTable(b)
	i := 0
	for b.Loop() {
		quiz.Judge(table[i%len(table)].expected, table[i%len(table)].typed)
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "judgements/s")
}

// TestSignsAlone judges what has neither a word nor a number, such as a symbol.
func TestSignsAlone(t *testing.T) {
	symbol := quiz.Expected{Text: "≠", Accept: []string{"!="}}
	for typed, want := range map[string]quiz.Verdict{"≠": quiz.Right, " ≠ ": quiz.Right, "!=": quiz.Right, "=": quiz.Wrong, "?": quiz.Wrong, " ": quiz.Wrong} {
		if got := quiz.Judge(symbol, typed); got.Verdict != want {
			t.Errorf("%q for ≠ is %s (%s), want %s", typed, got.Verdict, got.Reason, want)
		}
	}
	person := quiz.Expected{Kind: cards.NameFact, Text: "Shinzo Abe", Accept: []string{"?"}}
	if got := quiz.Judge(person, "?"); got.Verdict != quiz.Right {
		t.Errorf("an accepted “?” is %s (%s)", got.Verdict, got.Reason)
	}
	person.Accept = nil
	if got := quiz.Judge(person, "?"); got.Verdict != quiz.Wrong {
		t.Errorf("“?” is %s (%s)", got.Verdict, got.Reason)
	}
}
