package help

import (
	"strings"
	"testing"

	"recto/cards"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		back string
		want []string
	}{
		{"Peru, Chile and Bolivia", []string{"Peru", "Chile", "Bolivia"}},
		{"Peru, Chile, and Bolivia", []string{"Peru", "Chile", "Bolivia"}},
		{"Peru; Chile", []string{"Peru", "Chile"}},
		{"1. Peru\n2. Chile\n\n- Bolivia", []string{"Peru", "Chile", "Bolivia"}},
		{"Peru\nperu\nChile", []string{"Peru", "Chile"}},
		{"Trinidad and Tobago", nil}, {"July 20, 1969", nil}, {"1,000,000", nil}, {"Lima", nil}, {"", nil},
		{strings.Repeat("a long sentence ", 10) + "\nanother", nil},
		{strings.Repeat("x\ny\nz\n", 1) + "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk", nil},
	} {
		var got []string
		for _, s := range Split("Which?", c.back) {
			got = append(got, s.Back)
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("Split(%q) = %q, want %q", c.back, got, c.want)
		}
	}
	if got := Split("Which?", "Peru, Chile and Bolivia")[1].Front; got != "Which?\nPeru, ____, Bolivia" {
		t.Errorf("the second question is %q", got)
	}
}

func TestContrast(t *testing.T) {
	got := Contrast(Side{"Capital of Peru?", "Lima"}, Side{"Capital of Chile?", "Santiago"})
	want := Side{"Tell them apart: Lima or Santiago?\nCapital of Peru?\nCapital of Chile?", "Capital of Peru? Lima\nCapital of Chile? Santiago"}
	if got != want {
		t.Errorf("the contrast is %+v, want %+v", got, want)
	}
	if got := Contrast(Side{"A?", "Lima"}, Side{"B?", "lima "}); got != (Side{}) {
		t.Errorf("two cards of one answer are told apart: %+v", got)
	}
}

func TestBefore(t *testing.T) {
	text := "Heading\n\nThe war ended in 1945. Peace came later. The treaty was signed in 1956.\n\nAlone here."
	at := func(s string) cards.Span {
		i := strings.Index(text, s)
		return cards.Span{Start: i, End: i + len(s)}
	}
	for sentence, want := range map[string]string{"The treaty was": "Peace came later.", "Peace came": "The war ended in 1945.", "The war ended": "", "Alone": "", "Heading": ""} {
		if got := Before(text, at(sentence)); got != want {
			t.Errorf("before %q stands %q, want %q", sentence, got, want)
		}
	}
	for _, at := range []cards.Span{{Start: -1}, {Start: 1 << 20}, {}} {
		if got := Before(text, at); got != "" {
			t.Errorf("before %v stands %q", at, got)
		}
	}
	if got := Before(strings.Repeat("é word ", 5000)+"End.", cards.Span{Start: 40001}); len(got) > 2100 {
		t.Errorf("a text without stops gives %d bytes", len(got))
	}
}
