package generate

import (
	"strings"

	"recto/cards"
)

// guard finds candidates whose question another answer of the article would fit as
// well, and gives each the least context that tells them apart, or lets it fall.
func (c *chooser) guard() {
	fronts := make([]map[string]bool, len(c.all))
	where := map[string][]int{}
	for i, k := range c.all {
		fronts[i] = asked(k)
		for w := range fronts[i] {
			where[w] = append(where[w], i)
		}
	}
	kept := c.all[:0:0]
	for i, k := range c.all {
		r := c.rival(i, fronts, where)
		if r < 0 {
			kept = append(kept, k)
			continue
		}
		if fixed, ok := c.separate(k, c.all[r], fronts[r]); ok {
			kept = append(kept, fixed)
			continue
		}
		c.faults[k.fact] = "“" + c.all[r].answer.Text + "” would fit the same question."
	}
	c.all = kept
}

// asked are the words of a front that tell what it asks for.
func asked(k candidate) map[string]bool {
	front := k.front
	if at := strings.Index(front, gapMark); at >= 0 {
		if end := strings.Index(front[at:], ")"); strings.HasPrefix(front[at:], gapMark+" (") && end > 0 {
			front = front[:at] + front[at+end+1:]
		}
	}
	out := map[string]bool{}
	for _, w := range words(strings.ToLower(front)) {
		if !functionWords[w] && w != gapMark {
			out[w] = true
		}
	}
	return out
}

// rival is another candidate of the same sort whose front says all, or nearly all,
// that the front of i says, and whose answer is another; -1 if there is none.
func (c *chooser) rival(i int, fronts []map[string]bool, where map[string][]int) int {
	k := c.all[i]
	if k.turned && k.family != "event" {
		return -1
	}
	rarest, n := "", len(c.all)+1
	for w := range fronts[i] {
		if len(where[w]) < n || len(where[w]) == n && w < rarest {
			rarest, n = w, len(where[w])
		}
	}
	for _, j := range where[rarest] {
		o := c.all[j]
		if o.fact == k.fact || o.kind != k.kind || o.turned != k.turned || !sameSort(o.typ, k.typ) || sameAnswer(o, k) || o.p == k.p && holds(o.front, k.answer.Text) {
			continue
		}
		shared := 0
		for w := range fronts[i] {
			if fronts[j][w] {
				shared++
			}
		}
		if shared*100 >= len(fronts[i])*85 && (o.p != k.p || len(fronts[i]) == shared) {
			return j
		}
	}
	return -1
}

func sameSort(a, b string) bool {
	return a == b || a != "" && b != "" && (a == "place" || a == "country" || a == "city") && (b == "place" || b == "country" || b == "city")
}

func sameAnswer(a, b candidate) bool {
	return a.answer.Value == b.answer.Value || strings.EqualFold(a.answer.Text, b.answer.Text) || a.kind == cards.NameFact && wordsWithin(a.answer.Text, b.answer.Text)
}

// separate shows the sentence before k above it if that tells it from its rival.
func (c *chooser) separate(k, rival candidate, said map[string]bool) (candidate, bool) {
	if k.context != "" || k.p == rival.p || k.p.index == 0 {
		return k, false
	}
	prev := c.m.passages[k.p.index-1]
	if prev.block != k.p.block || prev == rival.p {
		return k, false
	}
	l, blocked := c.m.alone(prev)
	if blocked || !l.stands() {
		return k, false
	}
	text, ok := c.m.masked(l, k.p, k.source)
	if !ok || len(strings.Fields(text)) > maxContext {
		return k, false
	}
	news := 0
	for _, w := range words(text) {
		if isUpper(w) && !functionWords[strings.ToLower(w)] && !said[strings.ToLower(w)] {
			news++
		}
	}
	if news < 2 {
		return k, false
	}
	k.context, k.shown = text, true
	return k, c.m.fault(k) == ""
}
