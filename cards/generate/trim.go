package generate

import (
	"strings"

	"recto/cards"
)

// openers that say how a sentence hangs together with others and nothing of its own.
var connectives = strings.Split(`nevertheless|however|further|furthermore|moreover|thus|therefore|hence|additionally|also|in addition|as a result|consequently|
for example|for instance|indeed|similarly|likewise|in fact|finally|eventually|subsequently|nonetheless|in contrast|by contrast|on the other hand|
accordingly|notably|interestingly|overall|and|but|so|yet|then|still|besides|in turn|in particular|in general|specifically|in other words|of course|
significantly|importantly|surprisingly|unsurprisingly|even then|to this end|meanwhile|ultimately|crucially|curiously|ironically|famously|today|on the contrary|after all|above all|in short|in all|remarkably|incidentally|
in response|in retaliation|in reply|in return|at the same time|at that time|instead|as expected|as planned|for this reason|for that reason|not surprisingly|in addition to this|as such|in the meantime|coincidentally|unfortunately|fortunately|predictably|conversely|by comparison|among other things`, "|")

var connective = func() map[string]bool {
	m := map[string]bool{}
	for _, c := range connectives {
		m[strings.TrimSpace(c)] = true
	}
	return m
}()

// trim is the passage cut down to the clause that holds answer: connecting words,
// brackets, footnote marks, relative clauses and clauses beside it are left out
// where that can be done safely.
func (p *passage) trim(answer cards.Span) line {
	l := p.whole()
	for _, cut := range []func(line, cards.Span) line{
		dropBrackets, dropConnective, dropInserted, dropBeyondStop, dropLeadingClause, dropRelative, dropSecondClause, dropSecondVerb, dropTail, dropLongEnd,
	} {
		if m := cut(l, answer); m.stands() && (!m.commands() || l.commands()) {
			l = m
		}
	}
	return l
}

// commanding are verbs that need to be told what they are about: "ordered him to leave".
var commanding = wordSet(`order ask tell persuade force urge allow convince instruct command permit require enable compel`)

// commands reports whether l ends behind a verb of commanding before it says what for.
func (l line) commands() bool {
	for q := l.end() - 1; q >= 0; q-- {
		i := l.keep[q]
		switch {
		case l.word(q) == "to" || l.word(q) == "that" || l.word(q) == "for" || l.word(q) == "out":
			return false
		case strings.HasPrefix(l.p.tag(i), "VB"):
			return commanding[l.base(i)] && l.p.finite(i)
		}
	}
	return false
}

// stands reports whether l can stand alone: a noun before a finite verb, in at
// least five words.
func (l line) stands() bool {
	noun := false
	for _, i := range l.keep {
		if l.p.finite(i) && noun {
			return len(l.keep) >= 5
		}
		noun = noun || l.p.noun(i) || l.p.tag(i) == "PRP" || l.p.tag(i) == "CD"
	}
	return false
}

// without leaves out l.keep[from:to], unless the answer stands there, or a word
// that stays depends on one that goes.
func (l line) without(from, to int, answer cards.Span) (line, bool) {
	if from >= to {
		return l, false
	}
	gone := map[int]bool{}
	for _, i := range l.keep[from:to] {
		t := l.p.tokens[i]
		if answer.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			return l, false
		}
		gone[i] = true
	}
	keep := append(append([]int(nil), l.keep[:from]...), l.keep[to:]...)
	if l.p.parsed {
		for _, i := range keep {
			if t := l.p.tokens[i]; t.UPOS != "PUNCT" && t.UPOS != "CCONJ" && gone[l.p.head(i)] {
				return l, false
			}
		}
	}
	return l.with(keep), true
}

var closing = map[string]string{"(": ")", "[": "]"}

func dropBrackets(l line, answer cards.Span) line {
	for a := 0; a < len(l.keep); a++ {
		end := closing[l.p.tokens[l.keep[a]].Norm]
		if end == "" {
			continue
		}
		for b := a + 1; b < len(l.keep); b++ {
			if l.p.tokens[l.keep[b]].Norm == end {
				if m, ok := l.without(a, b+1, answer); ok {
					l = m
					a--
				}
				break
			}
		}
	}
	return l
}

func dropConnective(l line, answer cards.Span) line {
	for n := min(4, len(l.keep)-4); n >= 1; n-- {
		var ws []string
		for _, i := range l.keep[:n] {
			ws = append(ws, l.p.lower(i))
		}
		phrase := strings.Join(ws, " ")
		comma := l.p.lower(l.keep[n]) == ","
		if !connective[phrase] || !comma && l.p.tag(l.keep[0]) != "CC" && l.p.tag(l.keep[0]) != "RB" {
			continue
		}
		if !comma && n == 1 && (phrase == "so" || phrase == "still" || phrase == "further" || phrase == "yet" || phrase == "then" || phrase == "today") && l.p.tag(l.keep[0]) != "CC" {
			continue
		}
		to := n
		if comma {
			to++
		}
		if m, ok := l.without(0, to, answer); ok {
			return m
		}
	}
	return l
}

// insertions between commas that go, and adverbs that go anywhere.
var inserted = wordSet(`however therefore moreover furthermore nevertheless nonetheless though too then indeed instead thus also meanwhile consequently accordingly likewise`)

func dropInserted(l line, answer cards.Span) line {
	for a := 1; a+1 < len(l.keep); a++ {
		w := l.p.lower(l.keep[a])
		between := l.p.lower(l.keep[a-1]) == ","
		after := l.p.lower(l.keep[a+1])
		switch {
		case inserted[w] && between && (after == "," || after == "."):
			if m, ok := l.without(a-1, a+1, answer); ok {
				l = m
			}
		case (w == "soon" || w == "eventually" || w == "finally") && after != "after" && after != "as" && after != "before",
			w == "also" || w == "instead" && after != "of" || w == "thus" || w == "therefore" || w == "subsequently":
			if l.p.tag(l.keep[a]) == "RB" {
				if m, ok := l.without(a, a+1, answer); ok {
					l = m
				}
			}
		}
	}
	return l
}

// dropBeyondStop keeps the side of a semicolon, colon or dash that holds the answer.
func dropBeyondStop(l line, answer cards.Span) line {
	for a := 3; a < len(l.keep)-1; a++ {
		w := l.p.lower(l.keep[a])
		if w != ";" && w != ":" && w != "--" && w != "—" && (w != "–" || !l.p.tokens[l.keep[a-1]].SpaceAfter) {
			continue
		}
		if w == ":" && l.p.named[l.keep[a-1]] && (l.upper(a+2) || l.upper(a+1) && l.word(a+1) != "the") {
			continue // "Batman: The Animated Series"
		}
		if l.quoted(a) || l.p.tag(l.keep[a-1]) == "CD" && l.p.tag(l.keep[a+1]) == "CD" {
			continue
		}
		left, right := l.with(l.keep[:a]), l.with(l.keep[a+1:])
		if left.holds(answer) && left.stands() {
			return left
		}
		if w == ";" && right.holds(answer) && right.stands() && l.p.tag(right.keep[0]) != "PRP" {
			return dropBeyondStop(dropConnective(right, answer), answer)
		}
	}
	return l
}

func (l line) holds(s cards.Span) bool {
	for _, i := range l.keep {
		t := l.p.tokens[i]
		if s.Overlaps(cards.Span{Start: t.Start, End: t.End}) {
			return true
		}
	}
	return false
}

// quoted reports whether l.keep[at] stands inside quotation marks.
func (l line) quoted(at int) bool {
	open := false
	for _, i := range l.keep[:at] {
		switch l.p.tokens[i].Form {
		case `"`, "''", "``":
			open = !open
		case "“", "‘":
			open = true
		case "”":
			open = false
		}
	}
	return open
}

var subordinators = wordSet(`though although while whereas because since when after before if as once until unless despite unlike`)

// dropLeadingClause leaves out "Although ..., " before the clause that holds the answer.
func dropLeadingClause(l line, answer cards.Span) line {
	w := l.p.lower(l.keep[0])
	if !subordinators[w] && (w != "even" || !subordinators[l.word(1)]) || w == "since" || w == "after" || w == "before" || w == "until" {
		return l
	}
	finite := w == "despite" || w == "unlike" || w == "though" || w == "although" || w == "while" || w == "whereas"
	for a := 2; a < len(l.keep)-4; a++ {
		finite = finite || l.p.finite(l.keep[a])
		if l.p.lower(l.keep[a]) == "," && finite && l.p.opens(l.keep[a+1]) {
			if m, ok := l.without(0, a+1, answer); ok && m.stands() {
				if _, clear := m.clause(); clear {
					return m
				}
			}
		}
	}
	return l
}

var relatives = wordSet(`which who whose whom where`)

// dropRelative leaves out ", which ..." up to the comma that closes it, or to the end.
func dropRelative(l line, answer cards.Span) line {
	for a := 3; a < len(l.keep)-2; a++ {
		if l.p.lower(l.keep[a]) != "," || l.quoted(a) {
			continue
		}
		next := a + 1
		if t := l.p.tag(l.keep[next]); t == "IN" && l.p.lower(l.keep[next+1]) == "which" {
			next++
		}
		if !relatives[l.p.lower(l.keep[next])] {
			continue
		}
		if !l.with(l.keep[:a]).stands() {
			if b := l.relativeEnd(next); b > 0 {
				if m, ok := l.without(a, b+1, answer); ok && m.stands() {
					l = m
				}
			}
			continue
		}
		if m, ok := l.without(a, l.end(), answer); ok {
			return m
		}
		if b := l.relativeEnd(next); b > 0 {
			if m, ok := l.without(a, b, answer); ok && m.stands() {
				l = m
			}
		}
	}
	return l
}

// relativeEnd is where the comma stands that closes the relative clause at l.keep[at]
// and is followed by a finite verb or the end of the clause; 0 if there is none.
func (l line) relativeEnd(at int) int {
	verb := false
	for b := at + 1; b+1 < len(l.keep); b++ {
		verb = verb || l.p.finite(l.keep[b])
		if l.p.lower(l.keep[b]) == "," && verb && l.p.finite(l.keep[b+1]) {
			return b
		}
	}
	return 0
}

// end is the position of the final punctuation of l.
func (l line) end() int {
	n := len(l.keep)
	for n > 0 && strings.Trim(l.p.tokens[l.keep[n-1]].Norm, `.?!"')`) == "" {
		n--
	}
	return n
}

// dropSecondClause keeps the clause that holds the answer of two joined by ", and".
func dropSecondClause(l line, answer cards.Span) line {
	for a := 4; a < len(l.keep)-4; a++ {
		i := l.keep[a]
		w := l.p.lower(i)
		if l.p.tag(i) != "CC" && w != "yet" && w != "while" && w != "whereas" && w != "although" && w != "though" || l.quoted(a) {
			continue
		}
		comma := l.p.lower(l.keep[a-1]) == ","
		left := l.with(l.keep[:a])
		if comma {
			left = l.with(l.keep[:a-1])
		}
		right := l.with(l.keep[a+1:])
		subject := l.p.tag(l.keep[a+1]) == "PRP"
		if !comma && !subject {
			continue
		}
		c, ok := right.clause()
		if !ok || len(c.subject) > 12 || !left.stands() {
			continue
		}
		if left.holds(answer) {
			if m, ok := l.without(len(left.keep), l.end(), answer); ok {
				return m
			}
			continue
		}
		if _, ok := left.clause(); ok && !subject {
			if m, ok := l.without(0, a+1, answer); ok {
				return dropSecondClause(m, answer)
			}
		}
	}
	return l
}

var tails = wordSet(`including although though while whereas indicating signalling underlying such leaving making causing`)

// dropTail leaves out a participle clause after the last fact that matters, when the line is long.
func dropTail(l line, answer cards.Span) line {
	if len(l.keep) < 18 {
		return l
	}
	for a := len(l.keep) - 3; a > 7; a-- {
		if l.p.lower(l.keep[a]) != "," || l.quoted(a) {
			continue
		}
		next := l.keep[a+1]
		if l.p.tag(next) != "VBG" && !tails[l.p.lower(next)] {
			continue
		}
		left := l.with(l.keep[:a])
		if !left.stands() || !left.holds(answer) {
			continue
		}
		if m, ok := l.without(a, l.end(), answer); ok {
			return m
		}
	}
	return l
}
