package sm2_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/sm2"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew from the exact rationals")

// unlimited are the published rules, without the setting for a longest interval.
var unlimited = sm2.Rules{MaxInterval: math.MaxInt32, DrillBelow: 4}

// step is one line of a vector: the state after a grade.
type step struct {
	Grade       cards.Grade   `json:"grade"`
	Repetitions int           `json:"repetitions"`
	EFactor     cards.EFactor `json:"e_factor"` // hundredths
	Interval    int           `json:"interval"` // days
	Drill       bool          `json:"drill"`
}

// TestVectors plays the vectors kept here, which exact rationals wrote.
func TestVectors(t *testing.T) {
	path := filepath.Join("testdata", "vectors.json")
	if *update {
		writeVectors(t, path)
	}
	var vectors map[string][]step
	readJSON(t, path, &vectors)
	if len(vectors) != len(sequences) {
		t.Fatalf("%s has %d vectors, want %d: run go test ./cards/sm2 -update", path, len(vectors), len(sequences))
	}
	for name, want := range vectors {
		play(t, name, want)
	}
}

// sequences are the grades of the vectors, from plain successes to every kind of lapse.
var sequences = []string{
	"555555", "444444444444", "333333333333", "0", "1", "2", "3", "4", "5", "00", "00000",
	"0055555", "5552555", "44440444", "441444", "21345", "5435435", "353535", "4324324",
	"444442444", "443", "445", "004444444", "5252525", "5555555555", "012345", "543210",
	"4440444044404444", "5353535353", "2222244444", "3030303",
}

func writeVectors(t *testing.T, path string) {
	vectors := map[string][]step{}
	for _, grades := range sequences {
		e := newExact()
		for _, c := range grades {
			g := cards.Grade(c - '0')
			e = e.next(g)
			factor := e.factor.Num().Int64() * 100 / e.factor.Denom().Int64()
			vectors[grades] = append(vectors[grades], step{g, e.n, cards.EFactor(factor), int(e.interval.Int64()), g < 4})
		}
	}
	var lines []string
	for _, grades := range slices.Sorted(maps.Keys(vectors)) {
		b, err := json.Marshal(vectors[grades])
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%q: %s", grades, b))
	}
	if err := os.WriteFile(path, []byte("{\n"+strings.Join(lines, ",\n")+"\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func play(t *testing.T, name string, want []step) {
	t.Helper()
	s := cards.NewSchedule(100)
	for i, w := range want {
		day := max(s.Due, s.Last+1)
		s = unlimited.Next(s, w.Grade, day)
		got := step{w.Grade, s.Repetitions, s.EFactor, s.Interval, s.Drill}
		if got != w {
			t.Errorf("%s, answer %d: Next = %+v, want %+v", name, i+1, got, w)
		}
		if s.Due != day+cards.Day(s.Interval) {
			t.Errorf("%s, answer %d: due on %v, want %d days after %v", name, i+1, s.Due, s.Interval, day)
		}
	}
}

// TestEverySequence compares every sequence of eight grades with exact rationals.
// Sequences that have reached the same state go on alike, so each state of a
// length is walked on from once.
func TestEverySequence(t *testing.T) {
	type state struct {
		repetitions, interval int
		factor                cards.EFactor
		seen                  bool
	}
	type pair struct {
		got  cards.Schedule
		want exact
		path string
	}
	level := []pair{{got: cards.NewSchedule(0), want: newExact()}}
	for length := 1; length <= 8; length++ {
		reached := map[state]bool{}
		var next []pair
		for _, p := range level {
			for g := cards.Grade(0); g <= 5; g++ {
				n := pair{unlimited.Next(p.got, g, max(p.got.Due, p.got.Last+1)), p.want.next(g), p.path + string(rune('0'+g))}
				if !n.want.agrees(n.got) {
					t.Fatalf("grades %s: Next = %+v, want n %d, EF %v, I %v", n.path, n.got, n.want.n, n.want.factor, n.want.interval)
				}
				if key := (state{n.got.Repetitions, n.got.Interval, n.got.EFactor, n.got.Seen}); !reached[key] {
					reached[key] = true
					next = append(next, n)
				}
			}
		}
		level = next
	}
}

// TestPublishedVectors plays the vectors of the research, where they are at hand.
func TestPublishedVectors(t *testing.T) {
	shared := os.Getenv("RECTO_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(shared, "data", "sm2_vectors.json")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the published vectors are not at hand (%s): set RECTO_SHARED", path)
	}
	type state struct {
		Q           cards.Grade   `json:"q"`
		Repetitions int           `json:"repetitions"`
		EFactor     cards.EFactor `json:"ef_hundredths"`
		Interval    int           `json:"interval_days"`
		Drill       bool          `json:"drill_again_today"`
	}
	var file struct {
		Vectors []struct {
			Name     string             `json:"name"`
			Expected map[string][]state `json:"expected"`
		} `json:"vectors"`
		Single []struct {
			Start    state            `json:"start"`
			Q        cards.Grade      `json:"q"`
			Expected map[string]state `json:"expected"`
		} `json:"single_step"`
	}
	readJSON(t, path, &file)
	if len(file.Vectors) == 0 || len(file.Single) == 0 {
		t.Fatalf("%s holds no vectors", path)
	}
	for _, v := range file.Vectors {
		var want []step
		for _, e := range v.Expected["source"] {
			want = append(want, step{e.Q, e.Repetitions, e.EFactor, e.Interval, e.Drill})
		}
		play(t, v.Name, want)
	}
	for _, v := range file.Single {
		from := cards.Schedule{Repetitions: v.Start.Repetitions, EFactor: v.Start.EFactor, Interval: v.Start.Interval, Seen: true, Due: 10, Last: 1}
		got, want := unlimited.Next(from, v.Q, 10), v.Expected["source"]
		if got.Repetitions != want.Repetitions || got.EFactor != want.EFactor || got.Interval != want.Interval {
			t.Errorf("Next(%+v, %d) = %+v, want %+v", from, v.Q, got, want)
		}
	}
}

// TestDrill: below 4 a card comes back the same day, and that answer changes
// nothing but whether it comes back once more.
func TestDrill(t *testing.T) {
	for _, first := range []cards.Grade{0, 1, 2, 3} {
		asked := sm2.Next(cards.NewSchedule(50), first, 50)
		if asked.Queue(50) != cards.QueueDrill {
			t.Errorf("after grade %d the card lies on pile %q today, want drill", first, asked.Queue(50))
		}
		for g := cards.Grade(0); g <= 5; g++ {
			want := asked
			want.Drill = g < 4
			if got := sm2.Next(asked, g, 50); got != want {
				t.Errorf("drill answer %d after %d: Next = %+v, want %+v", g, first, got, want)
			}
		}
		if got := asked.Queue(51); got != cards.QueueDue && asked.Due == 51 {
			t.Errorf("the day after grade %d the card lies on pile %q, want due", first, got)
		}
	}
	failed := sm2.Rules{MaxInterval: sm2.MaxInterval, DrillBelow: 3}
	if s := failed.Next(cards.NewSchedule(50), cards.Hard, 50); s.Drill {
		t.Error("with the drill kept to failures, Hard must not bring the card back today")
	}
	if s := failed.Next(cards.NewSchedule(50), cards.Again, 50); !s.Drill {
		t.Error("with the drill kept to failures, Again must bring the card back today")
	}
}

func TestMaxInterval(t *testing.T) {
	s := cards.Schedule{Repetitions: 9, EFactor: 250, Interval: 36000, Seen: true, Due: 5, Last: 1}
	if got := sm2.Next(s, cards.Good, 5).Interval; got != sm2.MaxInterval {
		t.Errorf("interval = %d, want the longest, %d", got, sm2.MaxInterval)
	}
	short := sm2.Rules{MaxInterval: 3, DrillBelow: 4}
	second := short.Next(short.Next(cards.NewSchedule(0), cards.Good, 0), cards.Good, 1)
	if second.Interval != 3 {
		t.Errorf("second interval = %d, want the longest, 3", second.Interval)
	}
}

func TestLapses(t *testing.T) {
	s := cards.NewSchedule(0)
	for i, g := range []cards.Grade{2, 4, 1, 0, 5, 2} {
		s = sm2.Next(s, g, s.Due+cards.Day(i))
	}
	if s.Lapses != 2 {
		t.Errorf("lapses = %d, want 2: a failure counts only after a pass", s.Lapses)
	}
}

func TestWhy(t *testing.T) {
	grade := func(before cards.Schedule, g cards.Grade, today cards.Day) string {
		return sm2.DefaultRules.Why(cards.Review{Kind: cards.EventOf(before, today), Day: today, Grade: g, Before: before, After: sm2.Next(before, g, today)})
	}
	known := cards.Schedule{Repetitions: 4, EFactor: 290, Interval: 45, Seen: true, Due: 19500, Last: 19455}
	drilled := sm2.Next(known, cards.Hard, 19500)
	for _, c := range []struct {
		got  string
		want []string
	}{
		{grade(cards.NewSchedule(19500), cards.Good, 19500), []string{"I(1) = 1 day", "2023-05-23 + 1 day = 2023-05-24", "leaves the E-Factor at 2.50"}},
		{grade(known, cards.Easy, 19500), []string{"I(5) = 45 days × 2.90 = 130 days", "2.90 + 0.10 = 3.00"}},
		{grade(known, cards.Again, 19500), []string{"below 3", "start again", "2.90 − 0.32 = 2.58"}},
		{grade(drilled, cards.Good, 19500), []string{"same day", "done for today", "stays 130 days"}},
		{grade(cards.Schedule{EFactor: 130, Interval: 1, Seen: true}, 0, 1), []string{"never below 1.30"}},
	} {
		for _, part := range c.want {
			if !strings.Contains(c.got, part) {
				t.Errorf("Why = %q, want it to say %q", c.got, part)
			}
		}
	}
	if got := sm2.DefaultRules.Why(cards.Review{Kind: cards.EventBury}); got != "" {
		t.Errorf("Why of a burial = %q, want nothing", got)
	}
}

// TestPure: Next leaves its argument alone and always answers alike.
func TestPure(t *testing.T) {
	s := cards.NewSchedule(7)
	a, b := sm2.Next(s, 3, 7), sm2.Next(s, 3, 7)
	if !reflect.DeepEqual(a, b) || s != cards.NewSchedule(7) {
		t.Errorf("Next answered %+v, then %+v, and left %+v", a, b, s)
	}
}

func BenchmarkNext(b *testing.B) {
	s := cards.NewSchedule(0)
	for b.Loop() {
		s = sm2.Next(s, cards.Good, s.Due)
		if s.Interval > 10000 {
			s = cards.NewSchedule(0)
		}
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
