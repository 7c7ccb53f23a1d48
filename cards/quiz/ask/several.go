package ask

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"recto/cards/quiz"
)

// The pairs of a match, and the events of an order.
const (
	fewestPairs = 4
	mostPairs   = 6
	events      = 4
)

// matches are questions of several cards of one sort, whose answers are shuffled.
func (p *pool) matches(order []Item, w Wish) []Question {
	var made []Question
	groups := grouped(order, func(it Item) string {
		s := it.sort()
		if s == "" || s == "event" || p.doubtful[it.From+"\x00"+fold(it.Answer)] || length(it.Answer) > longestTyped {
			return ""
		}
		return it.From + "\x00" + coarse(s)
	})
	for _, g := range groups {
		for len(g) >= fewestPairs && len(made) < w.N {
			pairs, rest := fitting(g)
			g = rest
			if len(pairs) < fewestPairs {
				break
			}
			if q := matchOf(pairs, w.Seed); len(q.Faults()) == 0 {
				made = append(made, q)
			}
		}
	}
	return made
}

// coarse is a sort without its form: dates of one precision are matched, however
// they are written.
func coarse(sort string) string {
	parts := strings.SplitN(sort, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// grouped puts items of one key together, in the order in which keys first come.
func grouped(items []Item, key func(Item) string) [][]Item {
	var keys []string
	byKey := map[string][]Item{}
	for _, it := range items {
		k := key(it)
		if k == "" {
			continue
		}
		if byKey[k] == nil {
			keys = append(keys, k)
		}
		byKey[k] = append(byKey[k], it)
	}
	groups := make([][]Item, len(keys))
	for i, k := range keys {
		groups[i] = byKey[k]
	}
	return groups
}

// fitting takes up to six items of which each answer fits its own question alone, and
// returns the others as well.
func fitting(items []Item) (pairs, rest []Item) {
	for _, it := range items {
		if len(pairs) < mostPairs && !slices.ContainsFunc(pairs, func(o Item) bool { return confused(it, o) }) {
			pairs = append(pairs, it)
		} else {
			rest = append(rest, it)
		}
	}
	return pairs, rest
}

// confused reports whether the answer of one item could be that of the other, or is
// given away by it.
func confused(a, b Item) bool {
	return fold(a.Front) == fold(b.Front) || a.Sentence != "" && a.Sentence == b.Sentence ||
		stands(a.Answer, b.Front) || stands(b.Answer, a.Front) || stands(a.Answer, b.Answer) || stands(b.Answer, a.Answer) ||
		quiz.Judge(a.expected(), b.Answer).Verdict != quiz.Wrong || quiz.Judge(b.expected(), a.Answer).Verdict != quiz.Wrong
}

func matchOf(pairs []Item, seed uint64) Question {
	rng := random(seed, pairs[0].Card, Match)
	q := Question{Mode: Match, Right: make([]int, len(pairs)), Options: make([]Option, len(pairs))}
	for i, at := range rng.Perm(len(pairs)) {
		q.Right[i] = at
		q.Options[at] = Option{Text: pairs[i].Answer, Card: pairs[i].Card}
		q.Parts = append(q.Parts, pairs[i].part())
	}
	return q
}

// orders are questions of four events each, none of whose dates overlap.
func (p *pool) orders(order []Item, w Wish) []Question {
	var made []Question
	groups := grouped(order, func(it Item) string {
		if _, ok := spanOf(it.when()); !ok || p.happening(it) == "" {
			return ""
		}
		return it.From
	})
	for _, g := range groups {
		for len(g) >= events && len(made) < w.N {
			four, rest := p.inOrder(g)
			g = rest
			if len(four) < events {
				break
			}
			if q := p.orderOf(four, w.Seed); len(q.Faults()) == 0 {
				made = append(made, q)
			}
		}
	}
	return made
}

// when is the date of what the item asks about, in EDTF.
func (it Item) when() string {
	if it.isDate() {
		return it.Value
	}
	if it.Family == "event" {
		return it.When
	}
	return ""
}

// inOrder takes four items whose dates do not overlap, and returns the others as well.
func (p *pool) inOrder(items []Item) (four, rest []Item) {
	for _, it := range items {
		clash := func(o Item) bool {
			return !apart(it.when(), o.when()) || fold(p.happening(it)) == fold(p.happening(o)) || it.Sentence != "" && it.Sentence == o.Sentence
		}
		if len(four) < events && !slices.ContainsFunc(four, clash) {
			four = append(four, it)
		} else {
			rest = append(rest, it)
		}
	}
	return four, rest
}

// orderOf shows four events in another order than that of time.
func (p *pool) orderOf(four []Item, seed uint64) Question {
	rng := random(seed, four[0].Card, Order)
	byTime := slices.Clone(four)
	slices.SortFunc(byTime, func(a, b Item) int {
		x, _ := spanOf(a.when())
		y, _ := spanOf(b.when())
		return int(min(max(x.first-y.first, -1), 1))
	})
	perm := rng.Perm(len(four))
	for slices.IsSorted(perm) {
		perm = rng.Perm(len(four))
	}
	q := Question{Mode: Order}
	for _, place := range perm {
		it := byTime[place]
		part := it.part()
		part.Prompt, part.Value, part.Context = p.happening(it), it.when(), ""
		if it.Family == "event" {
			part.Answer = dateIn(it.Front)
		}
		q.Parts, q.Right = append(q.Parts, part), append(q.Right, place)
	}
	return q
}

var (
	asksEvent = regexp.MustCompile(`^What happened (?:on|in|during|at|from|between) (.*)\?$`)
	datedGap  = regexp.MustCompile(`(?i)[ ,]*\b(?:on|in|by|from|since|until|during|around|about|before|after|at|of|between|the|late|early|mid|circa|c\.)(?: (?:the|about|around|late|early|mid))?\s+_{3,}(?: \([^()]*\))?,?|_{3,}(?: \([^()]*\))?,?`)
	telltale  = regexp.MustCompile(`(?i)\b(\d{3,4}s?|january|february|march|april|june|july|august|september|october|november|december|century|later that|the same (year|day|month)|the (next|following|previous) (year|day|month)|(years?|months?|days?) (later|earlier|before|after))\b`)
)

// dateIn is the date that a question for an event names.
func dateIn(front string) string {
	if m := asksEvent.FindStringSubmatch(front); m != nil {
		return m[1]
	}
	return ""
}

// happening is what the item says happened, without its date: "" where it cannot be
// said without telling the time. A statement is better than the card's own question.
func (p *pool) happening(it Item) string {
	event, known := p.events[it.From+"\x00"+it.Fact]
	switch {
	case it.Family == "event":
		return undated(it.Answer)
	case !it.isDate():
		return ""
	case known && it.Fact != "" && event.When == it.Value:
		return undated(event.Answer)
	case it.Context != "" && !strings.HasPrefix(it.Article, it.Context): // the title explains nothing of when
		return ""
	case gap.MatchString(it.Front):
		return undated(datedGap.ReplaceAllString(it.Front, " "))
	}
	if s := it.Sentence; s != "" && it.At.Start >= 0 && it.At.Start < it.At.End && it.At.End <= len(s) && len(s) < 180 && !leaning.MatchString(s) {
		if said := undated(datedGap.ReplaceAllString(s[:it.At.Start]+"____"+s[it.At.End:], " ")); said != "" {
			return said
		}
	}
	return undated(it.Front)
}

// leaning begins a sentence that the one before it explains.
var leaning = regexp.MustCompile(`(?i)^(he|she|it|they|this|that|these|those|his|her|its|their|there|then|but|and|however|also|one|another|both|such)\b|\b(he|she|they|his|her|their|its) `)

// undated is s as the name of an event, "" where it tells when that was.
func undated(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.NewReplacer(" ,", ",", " .", ".", " ;", ";", ",,", ",").Replace(s)
	s = strings.TrimLeft(s, " ,;")
	if len([]rune(s)) < 12 || len([]rune(s)) > 200 || telltale.MatchString(s) {
		return ""
	}
	first := firstRune(s)
	return string(unicode.ToUpper(first)) + s[len(string(first)):]
}
