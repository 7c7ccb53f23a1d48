package ask

import (
	"math/rand/v2"
	"slices"
	"strings"

	"recto/cards"
	"recto/cards/quiz"
)

// option is one of the answers of a choice. Key orders options of one sort: days,
// months or years, units of a number, or letters of a name.
type option struct {
	Text  string
	Key   int64
	Card  int64 // whose right answer it is, 0 for none's
	right bool
}

// most is how many letters longer or shorter than the answer an option may be, as a
// share of the longer one.
const most = 0.55

// options are the four answers of a choice in the order in which they are shown, nil
// where there are no three good wrong ones.
func (p *pool) options(it Item, rng *rand.Rand) []option {
	var found []option
	switch s := it.sort(); {
	case s == "" || it.Kind == cards.NameFact && p.doubtful[it.From+"\x00"+fold(it.Answer)]:
		return nil
	case strings.HasPrefix(s, "date/"):
		found = p.dates(it, rng)
	case strings.HasPrefix(s, "quantity/"):
		found = p.numbers(it, rng)
	default:
		found = p.names(it, rng)
		rng.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	}
	if len(found) != 4 {
		return nil
	}
	return found
}

// draw finds three wrong options around the right one. How many of them are less is
// drawn first, each number being as likely; where that many cannot be found, another
// number is tried. Beside are options that exist already, of which most are taken at
// most; step makes the next one further on.
func draw(rng *rand.Rand, right option, beside []option, most int, good func(option) bool, step func(from int64, up bool) (option, bool)) []option {
	for _, below := range rng.Perm(4) {
		if got := drawWith(rng, below, right, beside, most, good, step); got != nil {
			return got
		}
	}
	return nil
}

func drawWith(rng *rand.Rand, below int, right option, beside []option, most int, good func(option) bool, step func(from int64, up bool) (option, bool)) []option {
	chosen, left := []option{right}, map[bool]int{false: below, true: 3 - below}
	take := func(o option) bool {
		up := o.Key > right.Key
		if left[up] == 0 || o.Key == right.Key || !good(o) || !apartFrom(o, chosen) {
			return false
		}
		chosen, left[up] = append(chosen, o), left[up]-1
		return true
	}
	for _, i := range rng.Perm(len(beside)) {
		if most > 0 && take(beside[i]) {
			most--
		}
	}
	for _, up := range []bool{false, true} {
		from := right.Key
		for tries := 0; left[up] > 0; tries++ {
			o, ok := step(from, up)
			if !ok || tries > 8 {
				return nil
			}
			from = o.Key
			take(o)
		}
	}
	slices.SortFunc(chosen, func(a, b option) int { return int(min(max(a.Key-b.Key, -1), 1)) })
	return chosen
}

// apartFrom reports whether o cannot be taken for one of the others.
func apartFrom(o option, others []option) bool {
	for _, x := range others {
		if x.Key == o.Key || fold(x.Text) == fold(o.Text) {
			return false
		}
	}
	return true
}

// wrongFor reports whether text is no answer to the item: neither may the judge take
// it for the answer, nor the answer for it; it does not stand in the question, nor
// beside the answer in its sentence.
func (p *pool) wrongFor(it Item, text, value string) bool {
	if stands(text, it.Front) || stands(text, it.Context) || stands(it.Answer, text) || stands(text, it.Answer) {
		return false
	}
	if it.Type == "person" && anyWordStands(text, it.Front+" "+it.Context) {
		return false // "Shinzo Abe" where the question speaks of Abe
	}
	if quiz.Judge(it.expected(), text).Verdict != quiz.Wrong {
		return false
	}
	turned := quiz.Expected{Kind: it.Kind, Type: it.Type, Text: text, Value: value}
	if quiz.Judge(turned, it.Answer).Verdict != quiz.Wrong {
		return false
	}
	for _, a := range it.Accept {
		if stands(a, text) || stands(text, a) {
			return false
		}
	}
	for _, other := range p.answers[fold(it.Context+" "+it.Front)] { // of the very same question
		if quiz.Judge(other.expected(), text).Verdict != quiz.Wrong {
			return false
		}
	}
	return true
}

// beside are the other answers of the item's sort that stand in another sentence: of
// one sentence, several may be true.
func (p *pool) beside(it Item) []Item {
	var found []Item
	for _, o := range p.bySort[it.sort()] {
		if o.Answer == it.Answer || it.Sentence != "" && o.Sentence == it.Sentence && o.From == it.From {
			continue
		}
		found = append(found, o)
	}
	return found
}

// names are four answers of one sort that are not drawn but found: as likely shorter
// than the right one as longer.
func (p *pool) names(it Item, rng *rand.Rand) []option {
	right := option{Text: it.Answer, Key: length(it.Answer), Card: it.Card, right: true}
	the, told := it.article()
	var near, far []option
	for _, o := range p.beside(it) {
		if p.doubtful[o.From+"\x00"+fold(o.Answer)] || tooLong(right.Key, length(o.Answer)) {
			continue
		}
		if its, known := o.article(); told && known && its != the && it.Kind == cards.NameFact {
			continue
		}
		if role := it.role(); role != "" && !p.roles[o.From+"\x00"+fold(o.Answer)][role] {
			continue
		}
		if it.sort() == "event" && !apart(it.When, o.When) || !p.wrongFor(it, o.Answer, o.Value) {
			continue
		}
		x := option{Text: o.Answer, Key: length(o.Answer), Card: o.Card}
		if o.From == it.From {
			near = append(near, x)
		} else {
			far = append(far, x)
		}
		if len(near)+len(far) >= 40 {
			break
		}
	}
	return threeOf(rng, right, near, far)
}

// threeOf takes three of the near ones, and of the far ones what is missing, so that
// the right one's length tells as little as can be.
func threeOf(rng *rand.Rand, right option, near, far []option) []option {
	rng.Shuffle(len(near), func(i, j int) { near[i], near[j] = near[j], near[i] })
	rng.Shuffle(len(far), func(i, j int) { far[i], far[j] = far[j], far[i] })
	all := append(near, far...)
	for _, shorter := range rng.Perm(4) {
		chosen, left := []option{right}, map[bool]int{false: shorter, true: 3 - shorter}
		for _, o := range all {
			longer := o.Key > right.Key
			if o.Key == right.Key { // as long: it stands on either side
				longer = left[true] > 0
			}
			if left[longer] == 0 || slices.ContainsFunc(chosen, func(x option) bool { return alike(x.Text, o.Text) }) {
				continue
			}
			chosen, left[longer] = append(chosen, o), left[longer]-1
			if len(chosen) == 4 {
				return chosen
			}
		}
	}
	return nil
}

// alike reports whether two names may name the same thing.
func alike(a, b string) bool {
	return stands(a, b) || stands(b, a) || quiz.Judge(quiz.Expected{Kind: cards.NameFact, Text: a, Value: a}, b).Verdict != quiz.Wrong
}

// anyWordStands reports whether a word of a name stands in a text.
func anyWordStands(name, text string) bool {
	return slices.ContainsFunc(strings.Fields(name), func(w string) bool { return len(w) > 2 && stands(w, text) })
}

func length(s string) int64 { return int64(len([]rune(s))) }

// tooLong reports whether one text is so much longer than the other that it is seen
// at once.
func tooLong(a, b int64) bool {
	long, short := max(a, b), min(a, b)
	return long-short > 6 && float64(short) < (1-most)*float64(long)
}
