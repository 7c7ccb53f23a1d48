package generate

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// surface is what a reader sees of a card, and where in the article it comes from.
// Everything that score looks at can be worked out from it and the article, so that
// cards judged by people, whoever made them, can teach it.
type surface struct {
	family   string // how the card was made
	kind     string // of the fact
	typ      string // finer than kind: "year", "person", ...
	front    string
	answer   string
	shown    bool // the sentence before is shown above the front
	sentence int  // index of the sentence in the article
	rivals   int  // other answers of the same kind in the same sentence
	own      bool // worded by this package
	doubt    bool // hardly of the sort that it was taken for
	endCut   bool // the end of the sentence is left out
	startCut bool
	asSaid   bool   // the answer stands in its sentence as it is
	context  string // what the line above the front says behind the scene
	scene    string // with which that line begins
	strict   bool   // judged by the standard of a language model's cards
	analysis analysis
}

// background is what score needs to know about an article.
type background struct {
	title  map[string]bool  // the content words of the title, in lower case
	counts map[string]int   // how often each word occurs, in lower case
	places map[string][]int // and as the how-manieth words of the text
	words  int
}

func newBackground(title, text string) *background {
	b := &background{title: map[string]bool{}, counts: map[string]int{}, places: map[string][]int{}}
	for _, w := range words(strings.ToLower(title)) {
		if len(w) > 2 && !functionWords[w] {
			b.title[w] = true
		}
	}
	for _, w := range words(strings.ToLower(text)) {
		b.counts[w]++
		b.places[w] = append(b.places[w], b.words)
		b.words++
	}
	return b
}

// manyTimes is where occurrences stops counting.
const manyTimes = 50

// occurrences is how often the text has the words of phrase one after the other, in
// any case; at most manyTimes.
func (b *background) occurrences(phrase string) int {
	ws := words(strings.ToLower(phrase))
	if len(ws) == 0 {
		return 0
	}
	rarest := 0
	for i, w := range ws {
		if b.counts[w] < b.counts[ws[rarest]] {
			rarest = i
		}
	}
	n := 0
	for _, at := range b.places[ws[rarest]] {
		all := true
		for i, w := range ws {
			all = all && b.at(w, at-rarest+i)
		}
		if all {
			if n++; n == manyTimes {
				break
			}
		}
	}
	return n
}

// at reports whether w is the text's word number n.
func (b *background) at(w string, n int) bool {
	_, found := slices.BinarySearch(b.places[w], n)
	return found
}

// words splits s at everything that is neither letter, digit nor apostrophe.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
	})
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	functionWords = wordSet(`a an the of in on at to for and or nor but by with from as is was were are be been being has have had do does did
		will would can could may might shall should must not no his her its their our my your that this these those it he she they we i you him them us
		which who whom whose what when where why how than then so if into onto over under about between among during after before since until till
		up down out off through across against toward towards within without while also only both each all any some more most other such very`)
	leaning    = wordSet(`he she it they him her them his hers its their theirs this these those that such former latter another other others there here`)
	pronouns   = wordSet(`he she it they him them`)
	possessive = wordSet(`his her its their`)
	pointing   = wordSet(`this these those such former latter`)
)

// featureNames names the numbers that features returns, in order.
var featureNames = append(strings.Fields(`gap when event who set define how-many life acronym
	date quantity name term list quotation cause
	year month day century range duration person place organisation event-name thing count percent money measure ordinal unsure-type
	front-words very-long short answer-words long-answer answer-capital answer-digit answer-lower-start
	leaning leaning-first pronouns pointing possessive definites definites-unnamed unresolved-definites repeated-definites
	capitals no-capitals numbers commas quotes bracket
	answer-count answer-often answer-in-title answer-word-in-title title-words-in-front
	gap-position gap-first gap-last gap-after-the rivals sentence first-sentence
	ends-open reporting opening-preposition shouting number-before-month day-without-year rare-share proper-share negative hedge
	gap-before-name gap-after-name quoted-gap relative own doubt end-cut start-cut as-said small-number first-ordinal`), append(append(analysisNames, contextNames...), sceneNames...)...)

// features describes a card by numbers; those that hold or do not are 1 and 0.
func (b *background) features(s surface) []float64 {
	f := make([]float64, 0, len(featureNames))
	num := func(x ...float64) { f = append(f, x...) }
	is := func(x ...bool) {
		for _, v := range x {
			if v {
				f = append(f, 1)
			} else {
				f = append(f, 0)
			}
		}
	}
	is(s.family == "gap" || s.family == "statement" || s.family == "item", s.family == "when", s.family == "event", s.family == "who" || s.family == "country",
		s.family == "set", s.family == "define", s.family == "how-many", s.family == "life", s.family == "acronym")
	for _, k := range []string{"date", "quantity", "name", "term", "list", "quotation", "cause"} {
		is(s.kind == k)
	}
	for _, t := range []string{"year", "month", "day", "century", "range", "duration", "person", "place", "organisation", "event", "thing", "count", "percent", "money", "measure", "ordinal", "unsure"} {
		is(s.typ == t)
	}
	front := words(s.front)
	lower := words(strings.ToLower(s.front))
	answer := words(strings.ToLower(s.answer))
	first, _ := utf8.DecodeRuneInString(s.answer)
	num(float64(len(front)))
	is(len(front) > 32, len(front) < 9)
	num(float64(len(answer)))
	is(len(answer) > 5, unicode.IsUpper(first), strings.ContainsAny(s.answer, "0123456789"), unicode.IsLower(first))
	b.leaningFeatures(s, front, lower, num, is)
	b.answerFeatures(s, lower, answer, num, is)
	b.placeFeatures(s, front, lower, num, is)
	s.analysis.features(num, is)
	b.contextFeatures(s, lower, num, is)
	is(sceneOf(s)...)
	return f
}

// sceneNames names what sceneOf returns, in order.
var sceneNames = strings.Fields(`scene scene-year timeless strict introduced`)

// introduced is a gap for what something is called.
var introduced = regexp.MustCompile(`\b(?:called|known as|termed|named|dubbed|nicknamed|referred to as|coined the term|abbreviated) (?:the |an? |a/an )?["“]?` + gapMark)

// sceneOf tells whether the card names what its article is about, whether it says when,
// how demanding its reader was, and whether it asks what something is called.
func sceneOf(s surface) []bool {
	said := s.front + " " + s.context + " " + s.scene
	dated := s.kind == "date" || hasYear(said+" "+s.answer) || decades.MatchString(said)
	return []bool{s.scene != "", hasYear(s.scene), s.analysis.past && !dated, s.strict, introduced.MatchString(s.front)}
}

// contextNames names the numbers of contextFeatures, in order.
var contextNames = strings.Fields(`context context-words context-year guessed one-word-name year-shown opens-definite compared joined-pair surname-known name-words`)

// contextFeatures tell what is above the front, and how well the front alone says what
// it is about.
func (b *background) contextFeatures(s surface, lower []string, num func(...float64), is func(...bool)) {
	name := s.kind == "name"
	n := len(strings.Fields(s.answer))
	is(s.context != "")
	num(float64(len(strings.Fields(s.context))))
	is(hasYear(s.context), name && guessed(s.answer), name && n == 1, hasYear(s.front),
		strings.HasPrefix(s.front, "The ") && len(lower) > 1 && isLower(strings.TrimPrefix(s.front, "The ")), containsAny(lower, comparing), containsAny(lower, pairing))
	is(s.typ == "person" && n == 1 && b.occurrences(s.answer) > 1)
	known := 0
	for i, w := range words(s.front) {
		if i > 0 && isUpper(w) && b.counts[strings.ToLower(w)] > 1 {
			known++
		}
	}
	num(float64(known))
}

var (
	comparing = wordSet(`more less fewer another other others same similar further additional remaining rest again instead later earlier back still`)
	pairing   = wordSet(`both neither either two former latter respectively`)
)

func (b *background) leaningFeatures(s surface, front, lower []string, num func(...float64), is func(...bool)) {
	var lean, pron, point, poss, definites, unresolved, repeated, capitals, numbers float64
	for i, w := range lower {
		if leaning[w] && (!s.shown || i >= 4) {
			lean++
			if pronouns[w] {
				pron++
			}
			if pointing[w] {
				point++
			}
			if possessive[w] {
				poss++
			}
		}
		if i > 0 && lower[i-1] == "the" && w == strings.TrimSpace(front[i]) && isLower(front[i]) {
			definites++
			if !s.shown && (i+1 >= len(lower) || !isUpper(front[min(i+1, len(front)-1)]) && lower[min(i+1, len(lower)-1)] != "of") {
				unresolved++
			}
			if b.counts[w] > 1 {
				repeated++
			}
		}
		if i > 0 && isUpper(front[i]) {
			capitals++
		}
		if strings.IndexFunc(w, unicode.IsDigit) >= 0 {
			numbers++
		}
	}
	num(lean)
	is(len(lower) > 0 && leaning[lower[0]] && !s.shown)
	num(pron, point, poss, definites)
	is(capitals == 0 && definites > 0)
	num(unresolved, repeated, capitals)
	is(capitals == 0)
	num(numbers, float64(strings.Count(s.front, ",")), float64(strings.Count(s.front, `"`)+strings.Count(s.front, "“")))
	is(strings.Contains(s.front, "["))
}

func (b *background) answerFeatures(s surface, lower, answer []string, num func(...float64), is func(...bool)) {
	n := b.occurrences(s.answer)
	inTitle, shared := len(answer) > 0, false
	for _, w := range answer {
		if functionWords[w] {
			continue
		}
		shared = shared || b.title[w]
		inTitle = inTitle && b.title[w]
	}
	num(math.Min(float64(n), 6))
	is(n > 2, inTitle, shared)
	var titled float64
	for _, w := range lower {
		if b.title[w] {
			titled++
		}
	}
	num(titled)
}

func (b *background) placeFeatures(s surface, front, lower []string, num func(...float64), is func(...bool)) {
	at := strings.Index(s.front, gapMark)
	pos := 0.5
	if at >= 0 {
		pos = float64(at) / float64(len(s.front))
	}
	var before, after string
	if at >= 0 {
		before = strings.TrimRight(s.front[:at], " ")
		after = s.front[at+len(gapMark):]
		if i := strings.Index(after, ")"); i >= 0 && strings.HasPrefix(after, " (") {
			after = after[i+1:]
		}
	}
	prev := lastWord(before)
	next := firstWord(after)
	num(pos)
	is(at == 0 || strings.HasPrefix(s.front, "The "+gapMark), at >= 0 && len(strings.TrimSpace(after)) <= 1, prev == "the" || prev == "The")
	num(math.Min(float64(s.rivals), 5), math.Min(float64(s.sentence), 20))
	is(s.sentence == 0)
	tail := ""
	if len(lower) > 0 {
		tail = lower[len(lower)-1]
	}
	var rare, proper, content, negative, hedge, relative float64
	for i, w := range lower {
		if functionWords[w] {
			if w == "not" || w == "no" {
				negative = 1
			}
			if w == "which" || w == "who" {
				relative = 1
			}
			continue
		}
		content++
		if b.counts[w] <= 1 {
			rare++
		}
		if i > 0 && isUpper(front[i]) {
			proper++
		}
		if hedges[w] {
			hedge = 1
		}
	}
	head := ""
	if len(front) > 0 {
		head = front[0]
	}
	is(functionWords[tail], containsAny(lower, reporting), openers[head] && s.family != "when", strings.ToUpper(s.answer) == s.answer && isUpper(s.answer),
		s.typ == "count" && (months[strings.ToLower(next)] || months[strings.ToLower(prev)]), s.typ == "day" && !hasYear(s.answer) && !hasYear(s.front))
	num(rare/math.Max(content, 1), proper/math.Max(content, 1), negative, hedge)
	is(isUpper(next), isUpper(prev) && strings.Contains(strings.TrimSpace(before), " "), strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "‘"))
	num(relative)
	is(s.own, s.doubt, s.endCut, s.startCut, s.asSaid, small(s.answer), firstOrdinals[strings.ToLower(s.answer)])
}

var (
	hedges        = wordSet(`may might could likely perhaps possibly probably arguably seems seem appears appear unclear approximately`)
	reporting     = wordSet(`said says however also thus then therefore according argued claimed`)
	openers       = wordSet(`In On During After By From Since At Until Between`)
	firstOrdinals = wordSet(`first second third fourth 1st 2nd 3rd`)
	months        = wordSet(`january february march april may june july august september october november december`)
)

func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func containsAny(ws []string, set map[string]bool) bool {
	for _, w := range ws {
		if set[w] {
			return true
		}
	}
	return false
}

// hasYear reports whether s holds a number of four digits that reads like a year.
func hasYear(s string) bool {
	for _, w := range words(s) {
		if len(w) == 4 && (w[0] == '1' || w[0] == '2') && strings.Trim(w, "0123456789") == "" {
			return true
		}
	}
	return false
}

func lastWord(s string) string {
	if w := strings.Fields(s); len(w) > 0 {
		return w[len(w)-1]
	}
	return ""
}

func firstWord(s string) string {
	if w := strings.Fields(s); len(w) > 0 {
		return w[0]
	}
	return ""
}
