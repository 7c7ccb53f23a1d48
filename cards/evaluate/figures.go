package evaluate

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/generate"
)

// Figures are the measures of one article, or the sum over several.
type Figures struct {
	Words    int
	Gold     int            // facts that should be found
	Found    int            // of them, in the ledger
	Covered  int            // of them, with a card
	Dates    int            // gold facts that are dates
	DatesIn  int            // of them, in the ledger
	Cards    int            // proposed
	Default  int            // of them, ticked
	Exact    int            // of the proposed, whose answer is what its span says
	Judged   int            // default cards with a verdict
	Kept     int            // of them
	Dropped  int            // of them
	Tripped  map[string]int // rules broken by proposed cards, by name
	Whys     map[string]int // of the judged ones that were not kept
	Entries  int            // facts in the ledger
	Reasoned int            // of them, with a card or a reason
}

// Measure measures what was made of an article.
func Measure(a Article, r generate.Result, verdicts Verdicts) Figures {
	f := Figures{Words: len(strings.Fields(a.Text)), Gold: len(a.Gold), Cards: len(r.Proposals), Tripped: map[string]int{}, Whys: map[string]int{}, Entries: len(r.Entries)}
	for _, g := range a.Gold {
		f.gold(g, r)
	}
	for _, e := range r.Entries {
		if (len(e.Proposals) > 0) != (e.Reason != "") {
			f.Reasoned++
		}
	}
	for _, p := range r.Proposals {
		f.proposal(a, p, verdicts)
	}
	return f
}

// gold looks for one fact in the ledger: as a fact of its kind that shares most of
// its words, or within a list or another fact that has a card.
func (f *Figures) gold(g Gold, r generate.Result) {
	found, covered := false, false
	for _, e := range r.Entries {
		if !e.Fact.Span.Overlaps(g.Span) || 2*min(e.Fact.Span.End, g.Span.End)-2*max(e.Fact.Span.Start, g.Span.Start) < g.Span.Len() {
			continue
		}
		found = found || kin(e.Fact.Kind, g.Kind)
		covered = covered || kin(e.Fact.Kind, g.Kind) && len(e.Proposals) > 0
	}
	count(&f.Found, found)
	count(&f.Covered, covered)
	count(&f.Dates, g.Kind == cards.DateFact)
	count(&f.DatesIn, g.Kind == cards.DateFact && found)
}

// kin reports whether a fact of one kind may stand for a gold fact of the other.
func kin(found, gold cards.FactKind) bool {
	switch gold {
	case cards.NameFact, cards.AcronymFact, cards.TermFact:
		return found == cards.NameFact || found == cards.AcronymFact || found == cards.TermFact || found == cards.ListFact
	case cards.QuantityFact:
		return found == cards.QuantityFact || found == cards.TermFact
	}
	return found == gold
}

func count(n *int, is bool) {
	if is {
		*n++
	}
}

// longest is how many characters a question may have.
const longest = 400

func (f *Figures) proposal(a Article, p cards.Proposal, verdicts Verdicts) {
	exact := exactAnswer(a.Text, p)
	count(&f.Exact, exact)
	for name, broken := range map[string]bool{
		"the answer is not what its span says":  !exact,
		"the answer lies outside its sentence":  !p.Sentence.Contains(p.Source),
		"the question shows its answer":         shows(p),
		"there is no question":                  strings.TrimSpace(p.Front) == "",
		"there is no answer":                    strings.TrimSpace(p.Back) == "",
		"the question is too long":              utf8.RuneCountInString(p.Front) > longest,
		"the confidence is no probability":      p.Confidence < 0 || p.Confidence > 1,
		"the gap is missing from the statement": p.Family == "gap" && !strings.Contains(p.Front, "____"),
	} {
		if broken {
			f.Tripped[name]++
		}
	}
	if !p.Default {
		return
	}
	f.Default++
	v, ok := verdicts.Of(a.Name, p)
	if !ok {
		return
	}
	f.Judged++
	count(&f.Kept, v.Verdict == "keep")
	count(&f.Dropped, v.Verdict == "drop")
	if v.Verdict != "keep" {
		f.Whys[v.Why]++
	}
}

// exactAnswer reports whether an answer is what its span says, or is said to be a
// normal form of it.
func exactAnswer(text string, p cards.Proposal) bool {
	whole := cards.Span{End: len(text)}
	return whole.Contains(p.Source) && p.Source.Len() > 0 && (p.Source.Of(text) == p.Answer.Text || p.Normal != "")
}

// shows reports whether the question of a card, or the line above it, tells its
// answer. Answers of a letter or two stand in most questions by chance.
func shows(p cards.Proposal) bool {
	return p.Family == "gap" && len(p.Answer.Text) > 3 && strings.Contains(" "+p.Context+" "+p.Front+" ", " "+p.Answer.Text+" ")
}

// Add adds the figures of another article.
func (f *Figures) Add(o Figures) {
	f.Words += o.Words
	f.Gold += o.Gold
	f.Found += o.Found
	f.Covered += o.Covered
	f.Dates += o.Dates
	f.DatesIn += o.DatesIn
	f.Cards += o.Cards
	f.Default += o.Default
	f.Exact += o.Exact
	f.Judged += o.Judged
	f.Kept += o.Kept
	f.Dropped += o.Dropped
	f.Entries += o.Entries
	f.Reasoned += o.Reasoned
	f.Tripped, f.Whys = sum(f.Tripped, o.Tripped), sum(f.Whys, o.Whys)
}

func sum(a, b map[string]int) map[string]int {
	if a == nil {
		return maps.Clone(b)
	}
	for name, n := range b {
		a[name] += n
	}
	return a
}

// Percent is part of whole in percent, 0 of nothing.
func Percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// Per100 is how many default cards there are per 100 words.
func (f Figures) Per100() float64 {
	if f.Words == 0 {
		return 0
	}
	return 100 * float64(f.Default) / float64(f.Words)
}

// Names are the keys of a count, the most frequent first.
func Names(counts map[string]int) []string {
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	return names
}
