package extract

import (
	"strings"

	"recto/cards"
)

// quantities finds money, percentages, measures, durations, ages, fractions,
// ordinals, scores and counts. A quantity's span has its unit; a count's does not:
// what is counted stands in About.
func (r *reader) quantities(known *dossier) {
	for i := 0; i < len(r.Tokens); {
		if end := r.quantity(i, known); end > i {
			i = end
		} else {
			i++
		}
	}
}

// quantity tells the quantity that begins at i and returns the token after it; i
// if there is none.
func (r *reader) quantity(i int, known *dossier) int {
	if !mayBegin(r.low[i]) || r.dated[i] || r.footnote(i) {
		return i
	}
	if end := r.ordinal(i); end > i {
		return end
	}
	from := i
	code := ""
	if c := currencies[r.low[i]]; c != "" && (strings.ContainsAny(r.low[i], "$£€¥₹₽₩") || r.Tokens[i].Norm == strings.ToUpper(r.Tokens[i].Norm) || strings.HasPrefix(r.low[i], "rs")) {
		code, i = c, i+1
		if i >= len(r.Tokens) || !isDigit(r.low[i]) && !strings.HasPrefix(r.low[i], ".") {
			return from
		}
	}
	a, ok := r.number(i)
	if !ok {
		if end := r.singleSpan(i); end > i {
			return end
		}
		return r.wordOfNumber(from)
	}
	if r.anyDated(i, a.end) {
		return from
	}
	if code != "" {
		return r.sum(from, a, code)
	}
	return r.measured(i, a, known)
}

// beginnings are the words that a quantity may begin with.
var beginnings = func() map[string]bool {
	m := set(`a an half quarter`)
	for w := range smallNumbers {
		m[w] = true
	}
	for w := range ranks {
		m[w] = true
	}
	for w := range multiples {
		m[w] = true
	}
	for w := range currencies {
		m[w] = true
	}
	return m
}()

// mayBegin reports whether a quantity may begin with the word w: most words are
// told apart by this alone.
func mayBegin(w string) bool {
	return w != "" && (w[0] < 'a' || w[0] > 'z' || beginnings[w])
}

// footnote reports whether i stands in the mark of a footnote, "[3]".
func (r *reader) footnote(i int) bool {
	if r.inside[i] == 0 {
		return false
	}
	from, to := i-1, i+1
	for from >= 0 && i-from < 12 && (isDigit(r.low[from]) || r.low[from] == "," || dash(r.low[from])) {
		from--
	}
	for to < len(r.low) && to-i < 12 && (isDigit(r.low[to]) || r.low[to] == "," || dash(r.low[to])) {
		to++
	}
	return r.at(from) == "[" && r.at(to) == "]"
}

func (r *reader) anyDated(i, end int) bool {
	for ; i < end; i++ {
		if r.dated[i] {
			return true
		}
	}
	return false
}

// shortMagnitudes are letters that stand for a magnitude after a sum: "£3.5m".
var shortMagnitudes = map[string]float64{"m": 1e6, "b": 1e9, "k": 1e3, "t": 1e12}

// sum tells money whose sign stands before the number.
func (r *reader) sum(from int, a amount, code string) int {
	if by := shortMagnitudes[r.at(a.end)]; by > 0 {
		a.low, a.high, a.end = product(a.low, by), product(a.high, by), a.end+1
	}
	if dash(r.at(a.end)) || r.at(a.end) == "to" { // "$3 million to $5 million"
		if currencies[r.at(a.end+1)] == code {
			if b, ok := r.single(a.end + 2); ok && b.low > a.low && a.high == 0 {
				a.high, a.end = b.low, b.end
			}
		}
	}
	if r.at(a.end) == "usd" || r.at(a.end) == "dollars" && code == "USD" {
		a.end++
	}
	r.quantify("money", from, a.end, a.String()+" "+code, r.ofWhat(a.end))
	return a.end
}

// measured tells a number with the unit or the noun that follows it.
func (r *reader) measured(i int, a amount, known *dossier) int {
	if r.at(a.end) == "m" && r.tight(a.end-1) && a.scaled {
		return i
	}
	if r.marked(i) && a.part == "" {
		return a.end
	}
	u := r.unitAt(a.end, a)
	if r.capital(i) && !r.opens(i) && u.typ == "" {
		return i // part of a name: "the Three Principles"
	}
	switch {
	case u.typ == "age":
		r.quantify("age", i, a.end, a.String(), cards.Span{})
		return u.end
	case u.typ == "duration":
		return r.duration(i, a, u)
	case u.typ != "":
		value := a.String() + " " + u.name
		end := u.end
		if u.typ == "measure" {
			value, end = r.compound(value, end)
		}
		r.quantify(u.typ, i, end, value, r.about(u, end))
		return end
	case a.part != "":
		r.quantify("fraction", i, a.end, a.part, r.ofWhat(a.end))
		return a.end
	}
	return r.count(i, a, known)
}

func (r *reader) about(u unit, end int) cards.Span {
	if u.about {
		return r.ofWhat(end)
	}
	return cards.Span{}
}

// compound joins "5 feet 10 inches" and "2 hours and 30 minutes" into one value.
func (r *reader) compound(value string, end int) (string, int) {
	k := end
	if r.at(k) == "and" || r.at(k) == "," {
		k++
	}
	b, ok := r.single(k)
	if !ok || b.scaled || r.dated[min(k, len(r.dated)-1)] {
		return value, end
	}
	u := r.unitAt(b.end, b)
	if u.typ != "measure" && u.typ != "duration" || !smallerUnit[u.name] || strings.HasSuffix(value, " "+u.name) || u.end <= b.end {
		return value, end
	}
	return value + " " + b.String() + " " + u.name, u.end
}

// smallerUnit are units that a larger one is divided into.
var smallerUnit = set(`inches oz lb minutes seconds months weeks days hours cm`)

// duration tells a length of time.
func (r *reader) duration(i int, a amount, u unit) int {
	value := a.String() + " " + u.name
	if a.String() == "1" {
		value = "1 " + oneSpan(u.name)
	}
	value, end := r.compound(value, u.end)
	if r.at(end) == "and" && r.at(end+1) == "a" && denominators[r.at(end+2)] > 0 && a.high == 0 { // "two years and a half"
		value, end = plain(a.low+1/float64(denominators[r.at(end+2)]))+" "+u.name, end+3
	}
	if r.anyDated(i, end) {
		return end
	}
	if u.name == "seconds" && a.low == 1 && a.spelt {
		return end
	}
	r.quantify("duration", i, end, value, cards.Span{})
	return end
}

// spanCues are words that make "a year" a length of time.
var spanCues = set(`for in within over after about nearly roughly almost just than every under once lasting lasted took takes last past only around approximately of during`)

// singleSpan tells "a decade", "half an hour", "an hour and a half" at i and returns
// the token after it; i if there is none.
func (r *reader) singleSpan(i int) int {
	k, v := i, 1.0
	if r.low[k] == "half" || r.low[k] == "quarter" && r.at(k+1) == "of" {
		v, k = 1/float64(denominators[r.low[k]]), k+1
		if r.at(k) == "of" {
			k++
		}
	}
	plural := spans[r.at(k+1)]
	if r.at(k) != "a" && r.at(k) != "an" || plural == "" || r.at(k+1) == plural || plural == "seconds" || r.anyDated(i, k+2) {
		return i
	}
	end, value := k+2, plain(v)+" "+plural
	if v == 1 {
		value = "1 " + oneSpan(plural)
	}
	if r.at(end) == "and" && r.at(end+1) == "a" && denominators[r.at(end+2)] > 0 && v == 1 {
		value, end = plain(1+1/float64(denominators[r.at(end+2)]))+" "+plural, end+3
	}
	after := r.at(end)
	if v == 1 && !spanCues[r.at(i-1)] && after != "later" && after != "earlier" && after != "before" && after != "after" && after != "ago" && after != "long" && after != "of" {
		return i
	}
	r.quantify("duration", i, end, value, cards.Span{})
	return end
}

// marked reports whether the number at i only labelWords what it follows: "Chapter 5",
// "page 12", "No. 10", or a time of the clock.
func (r *reader) marked(i int) bool {
	if labelWords[r.at(i-1)] && !r.capital(i-1) || labelWords[r.at(i-1)] && isDigit(r.low[i]) {
		return true
	}
	next := strings.ReplaceAll(r.at(i+1), ".", "")
	return next == "am" || next == "pm" || next == "o'clock" || strings.Contains(r.low[i], ":") || r.at(i-1) == "/" || r.at(i+1) == "/" && isDigit(r.at(i+2))
}

var labelWords = set(`chapter section article page pages figure fig. table volume vol. no. number nos. line verse paragraph part appendix note step item question lesson unit rule clause amendment room flight route highway version type phase stage grade level round act scene season episode channel # pp. p. resolution`)

// count tells a number of things, a score, or a bare number in digits.
func (r *reader) count(i int, a amount, known *dossier) int {
	if end := r.score(i, a); end > a.end || end == a.end && a.high != 0 && r.scored(i) {
		return end
	}
	if r.partOfName(i, a, known) {
		return a.end
	}
	if r.capital(i) && hyphen(r.at(a.end)) && r.capital(a.end+1) {
		return i // "the Eight-Point Plan"
	}
	compoundNoun := hyphen(r.at(a.end)) && r.tight(a.end-1) && r.tight(a.end) && r.word(a.end+1)
	if compoundNoun {
		if a.low < 2 || r.at(a.end+1) == "year" {
			return a.end
		}
		about := r.span(a.end+1, a.end+1)
		if w := r.at(a.end + 1); w == "strong" || w == "plus" || w == "odd" {
			about = cards.Span{}
		}
		r.quantify("count", i, a.end, a.String(), about)
		return a.end
	}
	about, ok := r.counted(a.end)
	switch {
	case ok && a.low == 1 && a.spelt && a.high == 0 && !a.scaled:
		return a.end // "one day", "one of": seldom a count
	case ok:
		r.quantify("count", i, a.end, a.String(), about)
	case a.spelt && !a.scaled && !r.stands(i, a), r.yearLike(i, a), r.numbered(i, a), r.tight(i-1) && i > 0 && !brackets[r.low[i-1]]:
	default:
		r.quantify("count", i, a.end, a.String(), cards.Span{})
	}
	return a.end
}

var brackets = set("( [ \" “ ‘ '")

// stands reports whether a number in words stands for a count without its noun:
// "from three to four", "two of the ships".
func (r *reader) stands(i int, a amount) bool {
	if a.low < 2 {
		return false
	}
	return r.at(a.end) == "of" || r.at(i-1) == "to" || r.at(i-1) == "of" || r.at(i-1) == "from"
}

// numbered reports whether a bare number only numbers the noun before it: "day five".
func (r *reader) numbered(i int, a amount) bool {
	return a.low < 1000 && a.high == 0 && (r.tag(i-1) == "NN" || r.tag(i-1) == "NNP")
}

// yearLike reports whether a bare number of four digits is likelier a year.
func (r *reader) yearLike(i int, a amount) bool {
	return a.low >= 1000 && a.low < 2200 && len(r.low[i]) == 4 && a.high == 0 && isDigit(r.low[i])
}

// score tells a result, "3-1", and returns the token after it.
func (r *reader) score(i int, a amount) int {
	if a.high != 0 {
		if r.scored(i) && !a.scaled && a.high < 200 && !a.spelt {
			r.quantify("score", i, a.end, a.String(), cards.Span{})
			return a.end
		}
		return i
	}
	close := r.tight(a.end-1) && r.tight(a.end)
	apart := !r.tight(a.end-1) && !r.tight(a.end) && r.at(a.end) == "–"
	if !dash(r.at(a.end)) || !close && !apart || !isDigit(r.low[i]) {
		return i
	}
	b, ok := numeral(r.at(a.end + 1))
	if !ok || a.low >= 200 || b > a.low || dash(r.at(a.end+2)) && r.tight(a.end+1) || dash(r.at(i-1)) && r.tight(i-1) {
		return i
	}
	r.quantify("score", i, a.end+2, plain(a.low)+"-"+plain(b), cards.Span{})
	return a.end + 2
}

var scoreWords = set(`won win wins winning beat beating lost lose losing defeated defeat victory score scored draw drew tied tie vote voted lead led`)

// scored reports whether a word near i is of a contest.
func (r *reader) scored(i int) bool {
	for k := max(0, i-8); k < i; k++ {
		if scoreWords[r.low[k]] {
			return true
		}
	}
	return false
}

// partOfName reports whether the number at i ends a name: "Apollo 11".
func (r *reader) partOfName(i int, a amount, known *dossier) bool {
	if i == 0 || a.scaled || a.spelt || a.high != 0 || a.low >= 10000 || strings.Contains(r.low[i], ",") || !r.capital(i-1) || r.opens(i-1) && function(r.low[i-1]) || openers[r.low[i-1]] {
		return false
	}
	if months[r.low[i-1]] || function(r.low[i-1]) || known.place(r.Tokens[i-1].Norm) {
		return false
	}
	return !strings.HasSuffix(r.at(a.end), "s") || a.low < 20
}

// quantify adds a quantity of the tokens from i to before end.
func (r *reader) quantify(typ string, i, end int, value string, about cards.Span) {
	for k := i; k < end; k++ {
		r.held[k] = true
	}
	r.tell(cards.QuantityFact, typ, r.span(i, end-1), value, about)
}

// ofWhat is the noun phrase of "of GDP" at i.
func (r *reader) ofWhat(i int) cards.Span {
	if r.at(i) != "of" {
		return cards.Span{}
	}
	k := i + 1
	for articles[r.at(k)] || determiners[r.at(k)] {
		k++
	}
	if end := r.nounEnd(k); end >= k && r.at(end+1) != "and" && r.at(end+1) != "or" {
		return r.span(k, end)
	}
	return cards.Span{}
}
