package ask

import (
	"strings"
)

// longestAnswer is the longest answer that is typed in a review at all, in letters.
const longestAnswer = 200

// Review is the question of a review that is answered by typing: the first of the items
// is asked, the rest of them and more are the answers beside it. It is not offered for
// an answer that nobody types: an empty one, one of several lines, a cause, what
// happened on a day, and one that is too long to be typed in a quiz. Wished is a person's
// wish to type to this card whatever it is: then 200 letters are the only limit.
//
// The faults of a quiz are none here: the card is asked anyway, as it is.
func Review(items, more []Item, wished bool) (Question, bool) {
	if len(items) == 0 {
		return Question{}, false
	}
	it := items[0].known()
	switch answer := strings.TrimSpace(it.Answer); {
	case answer == "" || length(answer) > longestAnswer:
		return Question{}, false
	case !wished && (!it.typable() || strings.Contains(answer, "\n")):
		return Question{}, false
	}
	p := newPool(items, more)
	return Question{Mode: Typed, Parts: []Part{it.part()}, Others: p.others(it, 2*mostBeside)}, true
}
