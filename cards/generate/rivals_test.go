package generate

import (
	"context"
	"strings"
	"testing"
)

const (
	japanTreaty = "Japan/NNP signed/VBD a/DT treaty/NN of/IN commerce/NN in/IN %Y/CD ./."
	parisTalks  = "Talks/NNS with/IN Paris/NNP and/CC London/NNP opened/VBD in/IN Kyoto/NNP in/IN May/NNP 1955/CD ./."
)

func TestRivals(t *testing.T) {
	year := func(y string) tagged {
		return tagged{strings.ReplaceAll(japanTreaty, "%Y", y), []string{"date " + y + ": " + y}}
	}
	t.Run("two treaties that nothing tells apart are not asked for", func(t *testing.T) {
		r := made(t, build(t, "", []tagged{year("1956")}, []tagged{year("1965")}))
		for _, e := range r.Entries {
			if len(e.Proposals) > 0 || !strings.Contains(e.Reason, "would fit the same question") {
				t.Errorf("fact %q has %d cards and the reason %q; want a rival named", e.Fact.Text, len(e.Proposals), e.Reason)
			}
		}
	})
	t.Run("the sentence before tells them apart", func(t *testing.T) {
		m := build(t, "", []tagged{{parisTalks, nil}, year("1956")}, []tagged{year("1965")})
		c := chooser{m: m, faults: make([]string, len(m.facts))}
		for i, f := range m.facts {
			found, _ := m.candidates(f)
			for _, k := range found {
				k.fact = i
				c.all = append(c.all, k)
			}
		}
		c.guard()
		for _, k := range c.all {
			if k.answer.Text == "1956" && !strings.Contains(k.context, "Kyoto") {
				t.Errorf("%q has the context %q, want the sentence before", k.front, k.context)
			}
			if k.answer.Text == "1965" {
				t.Errorf("%q was kept, though 1956 fits it and nothing stands before it", k.front)
			}
		}
		if len(c.all) == 0 {
			t.Error("neither was kept")
		}
	})
	t.Run("other treaties are no rivals", func(t *testing.T) {
		r := made(t, build(t, "", []tagged{year("1956")}, []tagged{{annexed, []string{"date 2014-03: March 2014"}}}))
		for _, e := range r.Entries {
			if strings.Contains(e.Reason, "would fit") {
				t.Errorf("fact %q: %s", e.Fact.Text, e.Reason)
			}
		}
	})
}

func TestOneDefaultForAnAnswer(t *testing.T) {
	m := build(t, "", []tagged{
		{threeDocs, []string{"date 2022-12-16: 16 December 2022", "name organisation: National Security Strategy", "name city: Tokyo"}},
	})
	r, err := m.make(context.Background(), More)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, p := range r.Proposals {
		if p.Default {
			shown = append(shown, p.Front+" => "+p.Answer.Text)
		}
	}
	if len(shown) != 1 {
		t.Errorf("default cards of one statement:\n%s\nwant one, for each shows the others' answers", strings.Join(shown, "\n"))
	}
}
