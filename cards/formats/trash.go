package formats

import (
	"encoding/json"
	"slices"
)

// What was thrown away stands in a Draft behind all that was not: decks behind decks,
// cards behind cards, notes that have no other cards behind notes, articles behind
// articles. So the rest keeps its places when it is left out.

// InTrash reports whether card i was thrown away, by itself or with its deck.
func (d *Draft) InTrash(i int) bool {
	c := &d.Cards[i]
	return c.Trashed || d.Decks[c.Deck].Trashed
}

// CheckTrash makes everything count as kept where something that was thrown away does
// not stand behind the rest.
func (d *Draft) CheckTrash() {
	kept := d.WithoutTrash()
	inOrder := !slices.ContainsFunc(kept.Decks, func(k Deck) bool { return k.Trashed })
	for i := range kept.Cards {
		inOrder = inOrder && !d.InTrash(i)
	}
	for i := len(kept.Cards); i < len(d.Cards); i++ {
		inOrder = inOrder && d.InTrash(i)
	}
	if inOrder {
		return
	}
	for i := range d.Decks {
		d.Decks[i].Trashed = false
	}
	for i := range d.Cards {
		d.Cards[i].Trashed = false
	}
}

// WithoutTrash is the Draft without what was thrown away. It shares all else with d,
// which has to be closed.
func (d *Draft) WithoutTrash() *Draft {
	kept := *d
	kept.closers = nil
	for n := len(kept.Decks); n > 0 && kept.Decks[n-1].Trashed; n-- {
		kept.Decks = kept.Decks[:n-1]
	}
	for n := len(kept.Cards); n > 0 && d.InTrash(n-1); n-- {
		kept.Cards = kept.Cards[:n-1]
	}
	if len(kept.Cards) < len(d.Cards) {
		kept.Notes = d.keptNotes(kept.Cards)
		kept.Reviews = slices.DeleteFunc(slices.Clone(d.Reviews), func(r Review) bool { return r.Card >= len(kept.Cards) })
	}
	for n := len(kept.Articles); n > 0 && articleTrashed(kept.Articles[n-1]); n-- {
		kept.Articles = kept.Articles[:n-1]
	}
	return &kept
}

// keptNotes are the notes but for the last ones that have no card among some, and one
// among the others.
func (d *Draft) keptNotes(some []Card) []Note {
	thrown := make([]bool, len(d.Notes))
	for i := range d.Cards {
		thrown[d.Cards[i].Note] = i >= len(some)
	}
	for i := range some {
		thrown[some[i].Note] = false
	}
	n := len(thrown)
	for n > 0 && thrown[n-1] {
		n--
	}
	return d.Notes[:n]
}

// articleTrashed reports whether one of Recto's articles was thrown away.
func articleTrashed(article json.RawMessage) bool {
	var a struct {
		Trashed bool `json:"trashed"`
	}
	return json.Unmarshal(article, &a) == nil && a.Trashed
}
