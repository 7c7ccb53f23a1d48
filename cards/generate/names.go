package generate

import (
	"strings"

	"recto/cards"
)

// name is a name of the article as it is first written in full.
type name struct {
	full     string
	person   bool
	article  bool // it is written with "the" before it
	index    int  // of the sentence
	start    int
	mentions int
}

// mention is one place where a name stands.
type mention struct {
	name  int // index among names.all
	index int // of the sentence
	block int
	span  cards.Span
}

// names are the names of an article, and where they stand, in order.
type names struct {
	all      []name
	mentions []mention
	byTail   map[string][]int // last word in lower case -> names
	hero     int              // the one person whom the title names, -1 if there is none
	starts   []int            // starts[i] is the first mention in sentence i or after
}

func gatherNames(m *maker) names {
	n := names{byTail: map[string][]int{}}
	known := map[string]int{}
	for _, f := range m.facts {
		if f.Kind != cards.NameFact || f.Type == "role" || f.Type == "alias" {
			continue
		}
		full := bareName(f.Text)
		tail := lastLower(full)
		if tail == "" {
			continue
		}
		id, ok := known[strings.ToLower(full)]
		if !ok && f.Type == "person" {
			id, ok = n.person(full, tail)
			if ok && m.back.title[tail] && !strings.ContainsRune(n.all[id].full, ' ') && strings.ContainsRune(full, ' ') && !m.back.titled(full) {
				id, ok = 0, false // of the family of whom the title names
			}
		}
		if !ok {
			id = len(n.all)
			n.all = append(n.all, name{full: full, person: f.Type == "person", index: f.Index, start: f.Span.Start})
			n.byTail[tail] = append(n.byTail[tail], id)
		}
		known[strings.ToLower(full)] = id
		if len(full) > len(n.all[id].full) && n.all[id].person {
			n.all[id].full = full
		}
		n.all[id].mentions++
		n.all[id].article = n.all[id].article || afterArticle(m.article.Text, f.Span.Start) || strings.HasPrefix(strings.ToLower(f.Text), "the ")
		n.mentions = append(n.mentions, mention{id, f.Index, m.passages[f.Index].block, f.Span})
	}
	n.hero = n.titled(m.back)
	n.starts = make([]int, len(m.passages)+1)
	k := 0
	for i := range n.starts {
		for k < len(n.mentions) && n.mentions[k].index < i {
			k++
		}
		n.starts[i] = k
	}
	return n
}

func (n *names) titled(b *background) int {
	found := -1
	for id, o := range n.all {
		if o.person && b.title[lastLower(o.full)] {
			if found >= 0 {
				return -1
			}
			found = id
		}
	}
	return found
}

// afterArticle reports whether "the" stands before offset at.
func afterArticle(text string, at int) bool {
	return at >= 4 && strings.EqualFold(text[at-4:at], "the ")
}

// person finds the person of the article whose name full is part of, or the other way round.
func (n *names) person(full, tail string) (int, bool) {
	for _, id := range n.byTail[tail] {
		if o := n.all[id]; o.person && (wordsWithin(full, o.full) || wordsWithin(o.full, full)) && sameInitials(full, o.full) {
			return id, true
		}
	}
	return 0, false
}

// sameInitials reports whether two names of a person have the same initials, or one has
// none: George W. Bush is not George H. W. Bush.
func sameInitials(a, b string) bool {
	x, y := initials(a), initials(b)
	return x == "" || y == "" || x == y
}

// initials are the letters of a name that stand alone.
func initials(name string) string {
	var out strings.Builder
	for _, w := range words(name) {
		if len(w) == 1 {
			out.WriteString(w)
		}
	}
	return out.String()
}

// bareName is a name without "the" before it and "’s" behind it.
func bareName(s string) string {
	s = plainText(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "the "), "The ")
	return strings.TrimSuffix(strings.TrimSuffix(s, "’s"), "'s")
}

func lastLower(s string) string {
	w := words(s)
	if len(w) == 0 {
		return ""
	}
	return strings.ToLower(w[len(w)-1])
}

// wordsWithin reports whether every word of a is one of b.
func wordsWithin(a, b string) bool {
	in := map[string]bool{}
	for _, w := range words(b) {
		in[w] = true
	}
	for _, w := range words(a) {
		if !in[w] {
			return false
		}
	}
	return true
}

// between are the mentions in the sentences from first up to before limit.
func (n *names) between(first, limit int) []mention {
	first, limit = max(0, first), min(limit, len(n.starts)-1)
	if first >= limit {
		return nil
	}
	return n.mentions[n.starts[first]:n.starts[limit]]
}

// called finds the one name, given before sentence index, whose last word is the
// common noun head: "the bridge" is the Harwick Bridge if there is no other bridge.
func (n *names) called(head string, index int) (name, bool) {
	found := -1
	for _, id := range n.byTail[head] {
		o := n.all[id]
		if o.person || !strings.ContainsRune(o.full, ' ') {
			continue
		}
		if found >= 0 {
			return name{}, false
		}
		found = id
	}
	if found < 0 || n.all[found].index >= index || !n.all[found].article {
		return name{}, false
	}
	return n.all[found], true
}

// titled reports whether every word of the answer stands in the title.
func (b *background) titled(answer string) bool {
	n := 0
	for _, w := range words(strings.ToLower(answer)) {
		if functionWords[w] {
			continue
		}
		if n++; !b.title[w] {
			return false
		}
	}
	return n > 0
}
