package ask

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"recto/cards"
	"recto/cards/quiz"
)

// Mode is a way to ask.
type Mode string

// The modes. Mixed is a wish; a Question has one of the others.
const (
	Choice Mode = "choice"
	Typed  Mode = "typed"
	Cloze  Mode = "cloze"
	Match  Mode = "match"
	Truth  Mode = "truth"
	Order  Mode = "order"
	Mixed  Mode = "mixed"
)

// Modes are all of them, in the order in which they are offered.
var Modes = []Mode{Choice, Typed, Cloze, Match, Truth, Order, Mixed}

// Valid reports whether m is one of the modes.
func (m Mode) Valid() bool { return slices.Contains(Modes, m) }

// Part is what a question asks of one card.
type Part struct {
	Card     int64          `json:"card"`
	Prompt   string         `json:"prompt"` // the card's front; of an event to be put in order, what happened
	Context  string         `json:"context,omitempty"`
	Answer   string         `json:"answer"` // the right one, as it is shown
	Value    string         `json:"value,omitempty"`
	Kind     cards.FactKind `json:"kind,omitempty"`
	Type     string         `json:"type,omitempty"`
	Accept   []string       `json:"accept,omitempty"`
	Sentence string         `json:"sentence,omitempty"` // that proves it
	At       cards.Span     `json:"at"`                 // of the answer in Sentence
	Article  string         `json:"article,omitempty"`
}

// Other is an answer that is not asked for here, and whose it is.
type Other struct {
	Card  int64          `json:"card,omitempty"` // whose right answer it is, 0 for none's
	Text  string         `json:"text"`
	Value string         `json:"value,omitempty"`
	Kind  cards.FactKind `json:"kind,omitempty"`
	Type  string         `json:"type,omitempty"`
}

// Question is what is asked. It holds all that is needed to show it, to judge an
// answer and to prove the right one, so that it stays what it was when the cards
// change.
type Question struct {
	Mode    Mode     `json:"mode"`
	Parts   []Part   `json:"parts"`             // one; four to six of Match, four of Order
	Options []Option `json:"options,omitempty"` // of Choice the four, of Match the answers, of Truth the one that is claimed
	Right   []int    `json:"right,omitempty"`   // of Choice the option; of Match the option of each part; of Order the place of each part, 0 the earliest
	True    bool     `json:"true,omitempty"`    // of Truth: the claim is
	Others  []Other  `json:"others,omitempty"`  // of Typed and Cloze: other answers of the same article or deck
}

// Option is one answer that can be chosen.
type Option struct {
	Text string `json:"text"`
	Card int64  `json:"card,omitempty"` // whose right answer it is, 0 for none's
}

// Wish says what questions are to be made.
type Wish struct {
	Mode Mode
	N    int // how many; 0 for as many as there are
	Seed uint64
}

// Make makes questions of items. More are other answers of the same articles, which
// are not asked. It gives fewer than were wished for, or none, where the items make
// no good ones.
func Make(items, more []Item, w Wish) []Question {
	p := newPool(items, more)
	order := p.shuffled(w.Seed)
	if w.N <= 0 {
		w.N = len(items)
	}
	switch w.Mode {
	case Match:
		return p.matches(order, w)
	case Order:
		return p.orders(order, w)
	case Mixed:
		return p.mixed(order, w)
	}
	return p.singles(order, w)
}

// random is the generator of one question: the same seed and card give the same.
func random(seed uint64, card int64, mode Mode) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(mode))
	return rand.New(rand.NewPCG(seed, uint64(card)*0x9E3779B97F4A7C15^h.Sum64())) //nolint:gosec // a quiz is no secret
}

// shuffled are the items in the order in which they are asked: first one of each
// sentence, since the cards of one sentence tell each other's answers; of one fact, one
// alone.
func (p *pool) shuffled(seed uint64) []Item {
	rng := random(seed, 0, Mixed)
	all := append([]Item(nil), p.items...)
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var first, second []Item
	sentences, facts := map[string]bool{}, map[string]bool{}
	for _, it := range all {
		if it.Fact != "" && facts[it.From+it.Fact] {
			continue
		}
		facts[it.From+it.Fact] = true
		key := it.From + it.Sentence
		if it.Sentence != "" && sentences[key] {
			second = append(second, it)
			continue
		}
		sentences[key] = true
		first = append(first, it)
	}
	return append(first, second...)
}

// singles are questions of one card each.
func (p *pool) singles(order []Item, w Wish) []Question {
	var made []Question
	for _, it := range order {
		if len(made) == w.N {
			break
		}
		if q, ok := p.single(it, w.Mode, w.Seed); ok {
			made = append(made, q)
		}
	}
	return made
}

// single is one question of one card, unless it has a fault.
func (p *pool) single(it Item, mode Mode, seed uint64) (q Question, ok bool) {
	rng := random(seed, it.Card, mode)
	switch mode {
	case Choice:
		q, ok = p.choice(it, rng)
	case Typed:
		q, ok = p.typed(it)
	case Cloze:
		q, ok = p.cloze(it)
	case Truth:
		q, ok = p.truth(it, rng)
	}
	return q, ok && len(q.Faults()) == 0
}

// mixed takes the modes of single cards in turn, and now and then one of several. A
// card is asked once.
func (p *pool) mixed(order []Item, w Wish) []Question {
	rng := random(w.Seed, 1, Mixed)
	turns := []Mode{Choice, Typed, Truth, Choice, Cloze}
	rng.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	var several []Question
	for _, mode := range []Mode{Order, Match} {
		few := Wish{Mode: mode, N: max(1, w.N/10), Seed: w.Seed}
		if mode == Order {
			several = append(several, p.orders(order, few)...)
		} else {
			several = append(several, p.matches(unasked(order, several), few)...)
		}
	}
	several = several[:min(len(several), w.N/4)]
	var made []Question
	for _, it := range unasked(order, several) {
		if len(made) == w.N-len(several) {
			break
		}
		for try := range len(turns) { // a card that does not suit this turn's mode is asked in the next one's
			if q, ok := p.single(it, turns[(len(made)+try)%len(turns)], w.Seed); ok {
				made = append(made, q)
				break
			}
		}
	}
	for _, q := range several {
		at := rng.IntN(len(made) + 1)
		made = slices.Insert(made, at, q)
	}
	return made
}

// unasked are the items that no question has a part of.
func unasked(items []Item, questions []Question) []Item {
	asked := map[int64]bool{}
	for _, q := range questions {
		for _, part := range q.Parts {
			asked[part.Card] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(items), func(it Item) bool { return asked[it.Card] })
}

func (it Item) part() Part {
	return Part{Card: it.Card, Prompt: it.Front, Context: it.Context, Answer: it.Answer, Value: it.Value, Kind: it.Kind, Type: it.Type,
		Accept: it.Accept, Sentence: it.Sentence, At: it.At, Article: it.Article}
}

// choice is a question with four answers.
func (p *pool) choice(it Item, rng *rand.Rand) (Question, bool) {
	options := p.options(it, rng)
	if options == nil {
		return Question{}, false
	}
	q := Question{Mode: Choice, Parts: []Part{it.part()}}
	for i, o := range options {
		q.Options = append(q.Options, Option{Text: o.Text, Card: o.Card})
		if o.right {
			q.Right = []int{i}
		}
	}
	return q, true
}

// truth is a statement that is true, or has a near miss in it.
func (p *pool) truth(it Item, rng *rand.Rand) (Question, bool) {
	options := p.options(it, rng)
	if options == nil || it.sort() == "event" {
		return Question{}, false
	}
	q := Question{Mode: Truth, Parts: []Part{it.part()}, True: rng.IntN(2) == 0}
	at := slices.IndexFunc(options, func(o option) bool { return o.right })
	if !q.True {
		near := []int{at - 1, at + 1} // the next below or above
		if at == 0 || at < 3 && rng.IntN(2) == 0 {
			near[0] = at + 1
		}
		at = near[0]
	}
	q.Options = []Option{{Text: options[at].Text, Card: options[at].Card}}
	return q, true
}

// The longest answers that are asked to be typed, in letters: of a set, and others.
const (
	longestSet   = 120
	longestTyped = 60
)

// typable reports whether a person can be asked to type the answer.
func (it Item) typable() bool {
	switch {
	case it.Answer == "" || it.Family == "event" || it.Kind == cards.CauseFact:
		return false
	case it.Kind == cards.ListFact:
		return length(it.Answer) <= longestSet
	}
	return length(it.Answer) <= longestTyped
}

func (p *pool) typed(it Item) (Question, bool) {
	if !it.typable() {
		return Question{}, false
	}
	return Question{Mode: Typed, Parts: []Part{it.part()}, Others: p.others(it, mostOthers)}, true
}

// cloze is a sentence with a gap: the front, if it is one, or else the sentence that
// proves the answer.
func (p *pool) cloze(it Item) (Question, bool) {
	q, ok := p.typed(it)
	q.Mode = Cloze
	if !ok || gap.MatchString(it.Front) {
		return q, ok
	}
	if it.Sentence == "" || it.At.Start < 0 || it.At.End > len(it.Sentence) || it.At.Start >= it.At.End || it.At.Of(it.Sentence) != it.Answer {
		return q, false
	}
	before, after := it.Sentence[:it.At.Start], it.Sentence[it.At.End:]
	if stands(it.Answer, before+" "+after) || length(it.Sentence) > 300 {
		return q, false
	}
	q.Parts[0].Prompt = before + "____" + after
	return q, true
}

// mostOthers is how many other answers a question keeps.
const mostOthers = 60

// others are the answers that must not pass for the item's, and by which an answer
// that belongs to another card is known, most of them.
func (p *pool) others(it Item, most int) []Other {
	var found []Other
	seen := map[string]bool{fold(it.Answer): true}
	for _, near := range []bool{true, false} {
		for _, o := range p.typables(it.Kind) {
			if len(found) == most {
				return found
			}
			if (o.From == it.From) != near || seen[fold(o.Answer)] || it.Kind == cards.NameFact && alike(it.Answer, o.Answer) {
				continue
			}
			seen[fold(o.Answer)] = true
			found = append(found, Other{Card: o.Card, Text: o.Answer, Value: o.Value, Kind: o.Kind, Type: o.Type})
		}
	}
	return found
}

// texts are the other answers of a question as the judge wants them.
func (q Question) texts() []string {
	list := make([]string, len(q.Others))
	for i, o := range q.Others {
		list[i] = o.Text
	}
	return list
}

// Expected is what an answer to part i is judged against.
func (q Question) Expected(i int) quiz.Expected {
	part := q.Parts[i]
	return quiz.Expected{Kind: part.Kind, Type: part.Type, Front: part.Prompt, Text: part.Answer, Value: part.Value, Accept: part.Accept, Others: q.texts()}
}
