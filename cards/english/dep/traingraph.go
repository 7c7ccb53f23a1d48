package dep

import (
	"recto/cards/english/linear"
)

// trainGraph learns a graph-based parser by the averaged structured perceptron
// (Collins 2002): where the best tree is not the true one, the parts of the one
// lose what the parts of the other gain.
func trainGraph(examples []Example, c Course) *Graph {
	golds := make([]gold, len(examples))
	for i, e := range examples {
		golds[i] = projective(e.Tree)
	}
	parts, labels := linear.NewTrainer(1), linear.NewTrainer(c.Relations)
	g := &Graph{relations: c.Relations, parts: parts, labels: labels, reach: reach{}}
	for i, e := range examples {
		for d, h := range golds[i].heads() {
			if h != Root {
				g.reach.learn(e.Sentence, h, d)
			}
		}
	}
	freeze := func() *Graph {
		return &Graph{relations: c.Relations, parts: parts.Freeze(c.Pruning), labels: labels.Freeze(c.Labels), reach: g.reach}
	}
	order := c.Random.Perm(len(examples))
	for epoch := range c.Epochs {
		c.Random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			s, truth := examples[k].Sentence, golds[k].heads()
			learnLabels(labels, s, truth, golds[k].relation)
			if s.n > longestLesson {
				continue
			}
			guess := g.score(s, truth, nil, nil).decode()
			learnParts(parts, s, truth, guess)
			parts.Tick()
		}
		if c.Progress != nil {
			c.Progress(epoch, func() Parser { return freeze() })
		}
	}
	return freeze()
}

// longestLesson is how long a sentence may be to be learnt from: the work grows
// with the square and more of the length.
const longestLesson = 100

// heads returns the heads with Root for the root's.
func (g gold) heads() []int {
	out := make([]int, len(g.head))
	for d, h := range g.head {
		out[d] = int(h)
		if out[d] == len(g.head) {
			out[d] = Root
		}
	}
	return out
}

// learnParts moves the weights from the parts of the guess to the true ones.
func learnParts(parts *linear.Trainer, s *Sentence, truth, guess []int) {
	innerTrue, innerGuess := neighbours(truth), neighbours(guess)
	features := make([]uint32, 0, 128)
	update := func(h, d, inner int, delta int32, arc, pair bool) {
		if arc {
			features = appendArc(features[:0], s, headOrRoot(h, s.n), d)
			parts.Update(features, 0, delta)
		}
		if pair && h != Root {
			features = appendPair(features[:0], s, h, inner, d)
			parts.Update(features, 0, delta)
		}
	}
	for d := range truth {
		arc := truth[d] != guess[d]
		if pair := arc || innerTrue[d] != innerGuess[d]; pair {
			update(truth[d], d, innerTrue[d], 1, arc, pair)
			update(guess[d], d, innerGuess[d], -1, arc, pair)
		}
	}
}

func headOrRoot(h, n int) int {
	if h == Root {
		return n
	}
	return h
}

// neighbours returns for each word the next dependent of its head towards the
// head, the head itself if there is none.
func neighbours(heads []int) []int {
	n := len(heads)
	out := make([]int, n)
	last := make([]int, n) // of each head, the dependent seen last
	for i := range last {
		last[i] = i
	}
	for d := 0; d < n; d++ { // to the right of their heads
		if h := heads[d]; h != Root && h < d {
			out[d], last[h] = last[h], d
		}
	}
	for i := range last {
		last[i] = i
	}
	for d := n - 1; d >= 0; d-- { // to the left
		if h := heads[d]; h != Root && h > d {
			out[d], last[h] = last[h], d
		}
	}
	return out
}

// learnLabels teaches the relations of a true tree.
func learnLabels(labels *linear.Trainer, s *Sentence, heads []int, relations []uint8) {
	scores := make([]int32, labels.Labels())
	var features []uint32
	v := newLabelView(s, heads)
	for d := range heads {
		features = v.appendFeatures(features[:0], d)
		labels.Score(features, scores)
		guess := 0
		for r, x := range scores {
			if x > scores[guess] {
				guess = r
			}
		}
		if truth := int(relations[d]); guess != truth {
			labels.Update(features, truth, 1)
			labels.Update(features, guess, -1)
		}
		labels.Tick()
	}
}
