package revise_test

import (
	"strings"
	"testing"

	"recto/cards"
	"recto/cards/revise"
)

// version is a text whose facts are marked: "[12 May 1931]" is one, and a full stop
// with a space behind it ends a sentence.
func version(marked string) revise.Version {
	var text strings.Builder
	var spans []cards.Span
	for i := 0; i < len(marked); i++ {
		switch marked[i] {
		case '[':
			spans = append(spans, cards.Span{Start: text.Len()})
		case ']':
			spans[len(spans)-1].End = text.Len()
		default:
			text.WriteByte(marked[i])
		}
	}
	v := revise.Version{Article: cards.Article{Text: text.String()}}
	for _, s := range spans {
		sentence := cards.Span{End: len(v.Article.Text)}
		if i := strings.LastIndex(v.Article.Text[:s.Start], ". "); i >= 0 {
			sentence.Start = i + 2
		}
		if i := strings.Index(v.Article.Text[s.End:], ". "); i >= 0 {
			sentence.End = s.End + i + 1
		}
		answer := s.Of(v.Article.Text)
		f := cards.Fact{ID: answer, Kind: cards.DateFact, Text: answer, Value: value(answer), Span: s, Sentence: sentence}
		front := v.Article.Text[sentence.Start:s.Start] + "____" + v.Article.Text[s.End:sentence.End]
		v.Entries = append(v.Entries, cards.Entry{Fact: f, Proposals: []string{answer}})
		v.Proposals = append(v.Proposals, cards.Proposal{ID: answer, FactID: answer, Kind: f.Kind, Family: "gap", Front: front, Back: answer,
			Answer: cards.Answer{Text: answer, Value: f.Value}, Source: s, Sentence: sentence})
	}
	return v
}

// value makes "May 12, 1931" and "12 May 1931" one.
func value(answer string) string { return strings.ReplaceAll(answer, "May 12, 1931", "12 May 1931") }

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what       string
		old, newer string
		want       []string // of each old fact: status and new answer
		fresh      string   // the new facts
	}{
		{"the same text", "It opened in [1931]. It is [412 metres] long.", "It opened in [1931]. It is [412 metres] long.", []string{"same 1931", "same 412 metres"}, ""},
		{"a sentence before", "It opened in [1931].", "First came plans. It opened in [1931].", []string{"same 1931"}, ""},
		{"sentences exchanged", "It opened in [1931]. It is [412 metres] long.", "It is [412 metres] long. It opened in [1931].", []string{"same 1931", "same 412 metres"}, ""},
		{"another value", "The bridge opened in [1931] to traffic.", "The bridge opened in [1932] to traffic.", []string{"changed 1932"}, ""},
		{"two facts, one of them changed", "The repairs of [2004] cost [38] million pounds.", "The repairs of [2004] cost [41] million pounds.", []string{"reworded 2004", "changed 41"}, ""},
		{"more words around", "The bridge opened in [1931] to traffic.", "After years the bridge at last opened in [1931] to traffic.", []string{"reworded 1931"}, ""},
		{"the same date in another form", "The bridge opened on [12 May 1931] to traffic.", "The bridge opened on [May 12, 1931] to traffic.", []string{"reworded May 12, 1931"}, ""},
		{"a longer answer", "The bridge was opened by [Alice] in summer.", "The bridge was opened by [Alice Morton] in summer.", []string{"changed Alice Morton"}, ""},
		{"the sentence has gone", "It opened in [1931]. Nobody came in [1932] to see it.", "It opened in [1931].", []string{"same 1931", "vanished "}, ""},
		{"the answer has gone", "The bridge was opened in [1931] by the mayor of [Harwick].", "The bridge was opened by the mayor of [Harwick].", []string{"vanished ", "reworded Harwick"}, ""},
		{"another text", "It opened in [1931].", "Whales eat [two tonnes] a day.", []string{"vanished "}, "two tonnes"},
		{"a new fact", "It opened in [1931].", "It opened in [1931]. The road came in [1940].", []string{"same 1931"}, "1940"},
		{"a sentence twice", "He won in [1931]. He lost. He won in [1931].", "He won in [1931]. He lost. He won in [1931].", []string{"same 1931", "same 1931"}, ""},
		{"nothing", "", "", nil, ""},
	} {
		old, newer := version(c.old), version(c.newer)
		got := revise.Compare(old, newer)
		for i, o := range got.Facts {
			if said := string(o.Status) + " " + o.Now; said != c.want[i] {
				t.Errorf("%s: %q has become %q, want %q", c.what, o.Was, said, c.want[i])
			}
			if o.Status != revise.Vanished && (o.Source.Of(newer.Article.Text) != o.Now || !o.Sentence.Contains(o.Source)) {
				t.Errorf("%s: %q is said to stand at %v, where there is %q", c.what, o.Now, o.Source, o.Source.Of(newer.Article.Text))
			}
			if p := got.Proposals[i]; p.Status != o.Status || p.Source != o.Source {
				t.Errorf("%s: the card of %q is %+v, and its fact %+v", c.what, o.Was, p, o)
			}
		}
		var fresh []string
		for _, i := range got.NewFacts {
			fresh = append(fresh, newer.Entries[i].Fact.Text)
		}
		if said := strings.Join(fresh, ", "); said != c.fresh {
			t.Errorf("%s: the new facts are %q, want %q", c.what, said, c.fresh)
		}
	}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	old, newer := version("The repairs of [2004] cost [38] million pounds."), version("The repairs of [2004] cost [41] million pounds.")
	c := revise.Compare(old, newer)
	for _, u := range []struct {
		what      string
		card      int
		now, want revise.Words
	}{
		{"a card as it was proposed", 1, revise.Words{Front: old.Proposals[1].Front, Back: "38"}, revise.Words{Front: newer.Proposals[1].Front, Back: "41"}},
		{"a question whose sentence told the other's answer", 0, revise.Words{Front: old.Proposals[0].Front, Back: "2004"}, revise.Words{Front: newer.Proposals[0].Front, Back: "2004"}},
		{"a question in the owner's words", 1, revise.Words{Front: "How dear?", Back: "38"}, revise.Words{Front: "How dear?", Back: "41"}},
		{"a card for two answers", 1, revise.Words{Front: "When, and how dear?", Back: "2004; 38"}, revise.Words{Front: "When, and how dear?", Back: "2004; 41"}},
	} {
		if got := revise.Update(u.now, old.Proposals[u.card], c.Proposals[u.card], newer.Proposals); got != u.want {
			t.Errorf("%s becomes %+v, want %+v", u.what, got, u.want)
		}
	}
	gone := revise.Compare(old, version("Whales eat [two tonnes] a day."))
	now := revise.Words{Front: "How dear?", Back: "38"}
	if got := revise.Update(now, old.Proposals[1], gone.Proposals[1], nil); got != now {
		t.Errorf("a card whose fact has vanished becomes %+v, want it as it was", got)
	}
}

// FuzzCompare: whatever two texts are, every answer that is said to be there stands
// where it is said to, within its sentence, and a text beside itself is the same.
func FuzzCompare(f *testing.F) {
	f.Add("It opened in [1931]. It is [412 metres] long.", "It is [410 metres] long. [É] opened in [1931].")
	f.Add("[a][b]", "[b][a]")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 2000 || !balanced(a) || !balanced(b) {
			t.Skip()
		}
		old, newer := version(a), version(b)
		for _, o := range revise.Compare(old, newer).Facts {
			if o.Status == revise.Vanished {
				continue
			}
			if o.Source.Start < 0 || o.Source.End > len(newer.Article.Text) || !o.Sentence.Contains(o.Source) || o.Source.Of(newer.Article.Text) != o.Now {
				t.Errorf("%q and %q: %+v", a, b, o)
			}
		}
		for _, o := range revise.Compare(old, old).Facts {
			if o.Status != revise.Same && o.Was != "" {
				t.Errorf("%q beside itself: %+v", a, o)
			}
		}
	})
}

// balanced reports whether every mark is closed before the next.
func balanced(marked string) bool {
	open := false
	for _, r := range marked {
		if r == '[' && open || r == ']' && !open {
			return false
		}
		open = r == '[' || open && r != ']'
	}
	return !open
}
