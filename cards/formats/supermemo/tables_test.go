package supermemo_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"recto/cards/formats"
	"recto/cards/formats/formatstest"
)

func item(id, extra string) string {
	return "<SuperMemoElement><ID>" + id + "</ID><Type>Item</Type><Content><Question>q" + id + "</Question><Answer>a" + id + "</Answer></Content>" + extra + "</SuperMemoElement>"
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		told             int
	}{
		{"text", "Q: a\nQ: b\nA: c\nA: d\n\nQ: e\nA: f\n", `x["a<br>b" "c<br>d"] x["e" "f"]`, 0},
		{"text with concepts", "Q: a\nA: b\nI: REP=1 LAP=0 EF=2,5 UF=2.370 INT=4 LAST=27.01.06\nO: Languages\\Spanish\n\n", `Languages::Spanish["a" "b"]`, 0},
		{"text without blank lines", "Q: a\nA: b\nQ: c\nA: d\n", `x["a" "b"] x["c" "d"]`, 0},
		{"text with lines that go on", "Q: a\nb\nA: c\nd\n", `x["a<br>b" "c<br>d"]`, 0},
		{"a question without an answer", "Q: a\n\nQ: b\nA: c\n", `x["a<br>b" "c"]`, 0},
		{"an answer without a question", "A: a\n\nQ: b\nA: c\n", `x["b" "c"]`, 1},
		{"letters of HTML", "Q: 1 < 2 & 3\nA: <b>yes</b>\n", `x["1 &lt; 2 &amp; 3" "<b>yes</b>"]`, 0},
		{"an item below an item", "<SuperMemoCollection>" + strings.Replace(item("1", item("2", "")), "<Type>", "<Title>T</Title><Type>", 1) + "</SuperMemoCollection>", `x["q1" "a1"] T["q2" "a2"]`, 0},
		{"bare signs", "<SuperMemoCollection>" + strings.Replace(item("1", ""), "q1", "1 < 2 & AT&T", 1) + "</SuperMemoCollection>", `x["1 &lt; 2 &amp; AT&amp;T" "a1"]`, 0},
		{"HTML in XML", "<SuperMemoCollection>" + strings.Replace(item("1", ""), "q1", "&lt;b&gt;x&lt;/b&gt; &lt;img src=&quot;c:\\sm\\a.png&quot;&gt;", 1) + "</SuperMemoCollection>", `x["<b>x</b> <img src=\"a.png\">" "a1"]`, 0},
		{"control characters", "<SuperMemoCollection>" + strings.Replace(item("1", ""), "q1", "m\x03\x01s", 1) + "</SuperMemoCollection>", `x["mús" "a1"]`, 0},
		{"cut off", "<SuperMemoCollection>" + item("1", "") + item("2", "")[:70], `x["q1" "a1"]`, 1},
	} {
		d, err := try(formats.Bytes("x.txt", []byte(c.text)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		formatstest.Consistent(t, d)
		var got []string
		for i, n := range d.Notes {
			got = append(got, fmt.Sprintf("%s%q", d.Decks[d.Cards[i].Deck].Name, n.Fields))
		}
		if strings.Join(got, " ") != c.want || len(d.Troubles) != c.told {
			t.Errorf("%s: %s, want %s; %v", c.name, strings.Join(got, " "), c.want, d.Troubles)
		}
	}
}

func TestLearningData(t *testing.T) {
	data := func(s string) string { return "<LearningData>" + s + "</LearningData>" }
	for _, c := range []struct{ name, text, want string }{
		{"XML", "<SuperMemoCollection>" + item("1", data("<Interval>10</Interval><Repetitions>3</Repetitions><Lapses>1</Lapses><LastRepetition>19.09.2002</LastRepetition><AFactor>2,1</AFactor>")) + "</SuperMemoCollection>", "review 2002-09-29 10 2100 4 3 1"},
		{"never asked", "<SuperMemoCollection>" + item("1", data("<Interval>0</Interval><Repetitions>0</Repetitions><LastRepetition>19.09.2002</LastRepetition>")) + "</SuperMemoCollection>", "new 1970-01-01 0 0 0 0 0"},
		{"nonsense", "<SuperMemoCollection>" + item("1", data("<Interval>1e99</Interval><Repetitions>-5</Repetitions><LastRepetition>99.99.9999</LastRepetition><AFactor>NaN</AFactor>")) + "</SuperMemoCollection>", "new 1970-01-01 0 0 0 0 0"},
		{"text", "Q: a\nA: b\nI: REP=2 LAP=1 EF=1.3 UF=2.370 INT=6 LAST=27.01.2006\n", "review 2006-02-02 6 1300 3 2 1"},
		{"endless numbers", "Q: a\nA: b\nI: REP=9999999999999 LAP=99999999999 EF=1e400 INT=99999999999 LAST=27.01.2006\n", "review 2106-01-03 36500 2500 1000000 1000000 1000000"},
	} {
		d, err := try(formats.Bytes("x.txt", []byte(c.text)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		x := d.Cards[0]
		if got := fmt.Sprint(x.State, " ", x.Due, " ", x.Interval, " ", x.Ease, " ", x.Reps, " ", x.Passes, " ", x.Lapses); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, text string
		err        error
	}{
		{"nothing in it", "<SuperMemoCollection></SuperMemoCollection>", formats.ErrDamaged},
		{"elements in elements", "<SuperMemoCollection>" + strings.Repeat("<SuperMemoElement>", 100_000), formats.ErrTooLarge},
		{"entities", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "bbbb">]><SuperMemoCollection>` + strings.Replace(item("1", ""), "q1", "&a;", 1) + "</SuperMemoCollection>", nil},
		{"questions without end", strings.Repeat("Q: a\n", 9_000) + "A: b\n", nil},
		{"answers without end", "Q: a\n" + strings.Repeat("A: b\n", 9_000), nil},
		{"only ends", "<SuperMemoCollection>" + strings.Repeat("</a>", 1000), formats.ErrDamaged},
		{"attributes", "<SuperMemoCollection " + strings.Repeat("a='b' ", 10_000) + ">" + item("1", "") + "</SuperMemoCollection>", nil},
		{"titles without end", "<SuperMemoCollection>" + strings.Repeat("<SuperMemoElement><Title>"+strings.Repeat("a::", 100)+"</Title><Type>Topic</Type>", 50) + item("1", "") + "</SuperMemoCollection>", nil},
	} {
		d, err := try(formats.Bytes("x.xml", []byte(c.text)))
		switch {
		case c.err == nil && err != nil, c.err != nil && !errors.Is(err, c.err):
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
		case err == nil:
			formatstest.Consistent(t, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Q: a\nA: b\nI: REP=2 LAP=1 EF=1.3 UF=2.370 INT=6 LAST=27.01.2006\nO: a\\b\n")
	f.Add("<SuperMemoCollection>" + item("1", item("2", "<LearningData><Interval>10</Interval><Repetitions>3</Repetitions><LastRepetition>19.09.2002</LastRepetition></LearningData>")) + "</SuperMemoCollection>")
	f.Add(`<smconv_pl><cards><card category="a" commit="1"><card_fields><card_field idx="1">q</card_field><card_field idx="2">a</card_field></card_fields><card_other datenexttest="2008-10-08" difficulty="60" interval="472" lapses="8" recalls="22"/></card></cards><header name="N"/></smconv_pl>`)
	f.Fuzz(func(t *testing.T, in string) {
		if d, err := try(formats.Bytes("x.xml", []byte(in))); err == nil {
			formatstest.Consistent(t, d)
			for i, n := range d.Notes {
				if d.Cards[i].Note != i || n.Line < 1 {
					t.Fatalf("note %d in line %d has the card %+v", i, n.Line, d.Cards[i])
				}
			}
		}
	})
}
