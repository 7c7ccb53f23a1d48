package ask

import "slices"

// Contrast are questions that ask two cards apart: each with both answers to choose
// from, and then each to be typed, where its answer can be. It gives none for cards of
// one answer.
func Contrast(a, b Item, seed uint64) []Question {
	a, b = a.known(), b.known()
	if fold(a.Answer) == fold(b.Answer) || fold(a.Answer) == "" || fold(b.Answer) == "" {
		return nil
	}
	p := newPool([]Item{a, b}, nil)
	order := []Item{a, b}
	rng := random(seed, a.Card, Choice)
	var made []Question
	for _, mode := range []Mode{Choice, Typed} {
		rng.Shuffle(2, func(i, j int) { order[i], order[j] = order[j], order[i] })
		options := []Option{{a.Answer, a.Card}, {b.Answer, b.Card}}
		for _, it := range order {
			if mode == Typed {
				if q, ok := p.typed(it); ok {
					made = append(made, q)
				}
				continue
			}
			rng.Shuffle(2, func(i, j int) { options[i], options[j] = options[j], options[i] })
			right := slices.IndexFunc(options, func(o Option) bool { return o.Card == it.Card })
			made = append(made, Question{Mode: Choice, Parts: []Part{it.part()}, Options: slices.Clone(options), Right: []int{right}})
		}
	}
	return made
}
