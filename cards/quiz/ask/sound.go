package ask

import "slices"

// Sound reports whether a question that was read from a file can be shown and judged:
// its numbers speak of parts and options that are there.
func (q Question) Sound() bool {
	for _, p := range q.Parts {
		if p.At.Start < 0 || p.At.Start > p.At.End || p.At.End > len(p.Sentence) {
			return false
		}
	}
	below := func(n int) bool { return !slices.ContainsFunc(q.Right, func(i int) bool { return i < 0 || i >= n }) }
	switch q.Mode {
	case Choice:
		return len(q.Parts) == 1 && len(q.Right) == 1 && below(len(q.Options))
	case Typed, Cloze:
		return len(q.Parts) == 1
	case Truth:
		return len(q.Parts) == 1 && len(q.Options) == 1
	case Match:
		return len(q.Parts) > 0 && len(q.Right) == len(q.Parts) && below(len(q.Options))
	case Order:
		return len(q.Parts) > 0 && len(q.Right) == len(q.Parts) && below(len(q.Parts))
	}
	return false
}

// Renumbered is the question with other numbers for its cards.
func (q Question) Renumbered(card func(int64) int64) Question {
	q.Parts, q.Options, q.Others = slices.Clone(q.Parts), slices.Clone(q.Options), slices.Clone(q.Others)
	for i := range q.Parts {
		q.Parts[i].Card = card(q.Parts[i].Card)
	}
	for i := range q.Options {
		q.Options[i].Card = card(q.Options[i].Card)
	}
	for i := range q.Others {
		q.Others[i].Card = card(q.Others[i].Card)
	}
	return q
}

// Renumbered is the result with other numbers for its cards.
func (r Result) Renumbered(card func(int64) int64) Result {
	r.Parts = slices.Clone(r.Parts)
	for i := range r.Parts {
		r.Parts[i].Card, r.Parts[i].Belongs = card(r.Parts[i].Card), card(r.Parts[i].Belongs)
	}
	return r
}
