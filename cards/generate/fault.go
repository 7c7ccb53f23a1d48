package generate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"recto/cards"
)

// Bounds of a card, in words.
const (
	maxFront  = 36
	minFront  = 6
	maxAnswer = 14
)

var (
	noteMark   = regexp.MustCompile(`\s?\[(?:\d{1,3}|[a-z]|note \d+|(?:\p{L}+ )*(?:source|citation|clarification|page|verification) needed|dubious|when\?|who\?|by whom\?|according to whom\?)\]|[¹²³⁰⁴-⁹]+$`)
	doubled    = regexp.MustCompile(`(?i)\b(the|a|an|of|in|to|and|was|is|by|for|on) (?:the|a|an|of|in|to|and|was|is|by|for|on)\b`)
	enumerated = regexp.MustCompile(`^(?:\d{1,2}|____ \(\w+\)) (?:In|The|A|An|On|At|For|By|It|This|We|As)\b`)
)

// foreign are pieces of links, references and share lines, in lower case.
var foreign = []string{"http:", "https:", "www.", "doi:", "isbn", "citation needed", "share this", "share on ", "facebook.com", "twitter.com", "click here", "read more", "et al", "ibid", "|"}

var (
	address   = regexp.MustCompile(`\S@\S+\.\w`)
	numbered  = regexp.MustCompile(`\[\d{1,3}\]`)
	telephone = regexp.MustCompile(`\b\d{8,}\b|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b`)
	reference = regexp.MustCompile(`\b(?:fig(?:ure)?\.? |pp?\. ?)\d`)
)

// alien reports whether s holds a note, a link, a reference or a share line.
func alien(s string) bool {
	s = strings.ToLower(s)
	for _, f := range foreign {
		if strings.Contains(s, f) {
			return true
		}
	}
	return digits(s) >= 8 && telephone.MatchString(s) || strings.Contains(s, "[") && numbered.MatchString(s) || strings.Contains(s, "@") && address.MatchString(s) ||
		(strings.Contains(s, "fig") || strings.Contains(s, "p.")) && reference.MatchString(s)
}

// digits counts the digits from 0 to 9 in s.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// fault says in a sentence what is wrong with c that no reader would keep, "" if
// nothing is. Every proposal has passed it.
func (m *maker) fault(c candidate) string {
	for _, check := range []func(candidate) string{
		m.faultOfAnswer, faultOfText, faultOfLength, faultOfShape, faultOfSense, faultOfClip, faultOfBracket, faultOfVagueness, faultOfMask, faultOfScript, faultOfPlay, m.faultOfEnds, m.faultOfLeak, faultOfKin,
	} {
		if why := check(c); why != "" {
			return why
		}
	}
	return ""
}

// faultOfAnswer holds the answer to its proof in the text.
func (m *maker) faultOfAnswer(c candidate) string {
	switch {
	case c.source.Len() <= 0 || !c.p.span.Contains(c.source):
		return "The answer does not stand in its sentence."
	case c.answer.Text != c.source.Of(m.article.Text) && c.normal == "":
		return "The answer is not what stands in the text."
	case strings.IndexFunc(c.answer.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0:
		return "The answer has neither a letter nor a number."
	case c.kind == cards.DateFact && !c.turned && c.answer.Value == "":
		return "The date could not be worked out."
	case c.kind == cards.DateFact && !c.turned && c.typ != "time" && c.typ != "century" && c.typ != "decade" && !strings.ContainsAny(c.answer.Text, "0123456789"):
		return "The text does not say of which year it is."
	case c.kind == cards.DateFact && !c.turned && strings.HasPrefix(c.answer.Value, "XXXX") && !hasYear(c.front+" "+c.context):
		return "The text does not say of which year the day is."
	}
	return ""
}

func faultOfText(c candidate) string {
	for _, s := range []string{c.front, c.context, c.back} {
		switch {
		case alien(s):
			return "A note, a link or a reference stands in its sentence."
		case !balanced(s):
			return "A quotation mark or a bracket of its sentence has no partner."
		case orphaned(s), enumerated.MatchString(s), strings.Contains(s, ") / "), strings.Contains(s, "("+gapMark+" ("):
			return "The sentence cannot be cut down to one statement."
		}
	}
	return ""
}

// balanced reports whether brackets and quotation marks of s open and close.
func balanced(s string) bool {
	var open []rune
	pairs := map[rune]rune{')': '(', ']': '[', '”': '“', '}': '{', '»': '«'}
	for _, r := range s {
		switch r {
		case '(', '[', '“', '{', '«':
			open = append(open, r)
		case ')', ']', '”', '}', '»':
			if len(open) == 0 || open[len(open)-1] != pairs[r] {
				return false
			}
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0 && strings.Count(s, `"`)%2 == 0 && !shutFirst(s)
}

// shutFirst reports whether the first straight quotation mark of s closes a quotation.
func shutFirst(s string) bool {
	k := strings.IndexByte(s, '"')
	if k <= 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:k])
	after, _ := utf8.DecodeRuneInString(s[k+1:])
	return wordRune(before) && !wordRune(after)
}

func faultOfLength(c candidate) string {
	n := len(strings.Fields(c.front))
	answer := len(strings.Fields(c.answer.Text))
	switch {
	case n > maxFront || len(c.front) > 320 && c.family != "quotation":
		return "The sentence is too long to ask about."
	case n < minFront && (c.family == "gap" || c.family == "set" || c.family == "who"):
		return "The sentence is too short to ask about."
	case c.family == "event" && answer > 24, c.family == "set" && answer > 32, c.family == "define" && answer > 24:
		return "The answer is too long to be learnt."
	case answer > maxAnswer && c.family != "event" && c.family != "set" && c.family != "define" && c.family != "why":
		return "The answer is too long to be learnt."
	}
	return ""
}

// faultOfShape wants one gap in a statement with a verb, none in a question.
func faultOfShape(c candidate) string {
	gaps := strings.Count(c.front, gapMark)
	switch c.family {
	case "gap", "set":
		switch {
		case gaps != 1:
			return "The answer cannot be taken out of the sentence."
		case !c.line.stands() || c.line.dependent() || c.line.fragment() || c.line.cut() && c.line.hangs():
			return "It does not stand in a whole sentence."
		case strings.HasSuffix(strings.TrimRight(c.front, `”"')`), "?"):
			return "It stands in a question, which states nothing."
		case strings.Contains(c.front, gapMark+"s") || touching(c.front):
			return "It is part of a longer word."
		}
	default:
		if gaps != 0 || !strings.HasSuffix(c.front, "?") {
			return "No question could be made of the sentence."
		}
	}
	if m := doubled.FindString(c.front); m != "" {
		if w := strings.Fields(strings.ToLower(m)); w[0] == w[1] || (w[0] == "the" || w[0] == "a" || w[0] == "an") {
			return "The sentence cannot be cut down to one statement."
		}
	}
	return ""
}

// cut reports whether the end of the sentence is left out of l.
func (l line) cut() bool {
	end, whole := l.end(), l.p.whole()
	return end > 0 && l.keep[end-1] != whole.keep[max(1, whole.end())-1]
}

// dependent reports whether all finite verbs of l are those of clauses that modify
// something, as far as all parsers agree: what is left is no sentence.
func (l line) dependent() bool {
	if !l.p.parsed {
		return false
	}
	for _, i := range l.keep {
		if !l.p.finite(i) {
			continue
		}
		h := i
		if rel := l.p.tokens[i].Rel; (strings.HasPrefix(rel, "aux") || rel == "cop") && l.p.head(i) >= 0 {
			h = l.p.head(i)
		}
		if t := l.p.tokens[h]; t.Votes < agreed || t.Rel != "acl:relcl" && t.Rel != "advcl" && t.Rel != "acl" {
			return false
		}
	}
	return true
}

// touching reports whether a letter, a digit or a hyphen stands against the gap.
func touching(front string) bool {
	at := strings.Index(front, gapMark)
	before, _ := utf8.DecodeLastRuneInString(front[:at])
	after, _ := utf8.DecodeRuneInString(front[at+len(gapMark):])
	if strings.HasPrefix(front[at:], gapMark+" (") {
		end := strings.Index(front[at:], ")")
		after, _ = utf8.DecodeRuneInString(front[at+end+1:])
	}
	word := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '–' || r == '/' || r == '$' || r == '%'
	}
	return word(before) || word(after)
}

var (
	danglingStart = wordSet(`and but or nor which who whom whose that whereby than because although though while whereas if unless of as so`)
	danglingEnd   = wordSet(`a an the of and or nor but with by from for to at between into than that which who whose as its their his her is are was were be been has have had including such also very both either neither`)
	reportingEnd  = wordSet(`said says stated states noted notes recalled wrote writes added argued claimed declared replied explained remarked observed called named titled entitled announced told`)
	pronounStart  = wordSet(`he she it they this these those his her its their him them we i you our my your such`)
)

// faultOfEnds finds fronts cut at the wrong place, and pronouns at their start that
// nothing explains.
func (m *maker) faultOfEnds(c candidate) string {
	ws := words(c.front)
	if len(ws) == 0 {
		return "The sentence has no words."
	}
	first, last := strings.ToLower(ws[0]), strings.ToLower(ws[len(ws)-1])
	statement := c.family == "gap" || c.family == "set"
	switch {
	case statement && danglingStart[first] && !clauseOpens(c, first):
		return "Its part of the sentence cannot stand alone."
	case statement && reportingEnd[last], danglingEnd[last] && c.family != "acronym" && c.family != "define" && c.family != "quotation" && !strings.HasSuffix(strings.TrimRight(c.front, ".?!"), ")"):
		return "Its part of the sentence cannot stand alone."
	case statement && pronounStart[first] && !c.shown && !strings.HasPrefix(c.front, "["):
		return leansReason
	case statement && isLower(ws[0]) && !strings.HasPrefix(c.front, gapMark) && c.line.keep[0] == 0 && !isLower(c.p.tokens[0].Form):
		return "Its part of the sentence cannot stand alone."
	case pronounStart[strings.ToLower(firstWord(c.answer.Text))] && c.family != "event" && c.kind != cards.QuotationFact:
		return "The answer begins with a word that only the text before explains."
	case danglingEnd[lastLower(c.answer.Text)] && c.kind != cards.AcronymFact && !isUpper(lastWord(c.answer.Text)):
		return "The answer is cut off."
	}
	return ""
}

// clauseOpens reports whether a statement that begins like a dependent clause has a
// main clause behind a comma: "Although ..., Japan ...", "As of ____, ...".
func clauseOpens(c candidate, first string) bool {
	switch first {
	case "of":
		return true
	case "although", "though", "while", "whereas", "because", "if", "unless", "as", "so":
		return strings.Contains(c.front, ",")
	}
	return false
}

// faultOfLeak finds the answer, or a good part of it, in what is shown before it.
func (m *maker) faultOfLeak(c candidate) string {
	const leak = "The rest of the sentence would give the answer away."
	seen := c.front + "\n" + c.context
	if holds(seen, c.answer.Text) {
		return leak
	}
	switch c.kind {
	case cards.DateFact:
		if !c.turned && (dateShown(seen, c.answer.Value) || wordsWithin(c.answer.Text, seen)) {
			return leak
		}
	case cards.QuantityFact:
		if number := firstNumber(c.answer.Text); number != "" && holds(seen, number) {
			return leak
		}
	case cards.NameFact, cards.TermFact:
		if bare := unmarked(c.answer.Text); holds(unmarked(seen), bare) || sharesWord(seen, c.answer.Text) || m.shortened(seen, c.answer.Text) {
			return leak
		}
	case cards.AcronymFact:
		if c.turned && strings.Contains(strings.ToLower(c.front), strings.ToLower(c.answer.Text)) {
			return leak
		}
	}
	return ""
}

// unmarked is s without the marks on its letters: "Temüjin" and "Temujin" are one.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// dateShown reports whether text shows the year of a date whose year is all that is
// asked for.
func dateShown(text, edtf string) bool {
	return precision(edtf) == "year" && holds(text, strings.TrimRight(strings.TrimLeft(edtf, "-0"), "~?%"))
}

func firstNumber(s string) string {
	for _, w := range strings.Fields(s) {
		w = strings.Trim(w, "$£€%,.")
		if w != "" && unicode.IsDigit(rune(w[0])) {
			return w
		}
	}
	return ""
}

// sharesWord reports whether text shows a telling word of the answer: a capitalised
// one, or any of five letters or more.
func sharesWord(text, answer string) bool {
	in := map[string]bool{}
	for _, w := range words(text) {
		in[strings.ToLower(w)] = true
	}
	telling, shown := 0, 0
	named := 0
	for _, w := range words(answer) {
		low := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"))
		if functionWords[low] || len(low) < 2 {
			continue
		}
		telling++
		if in[low] || len(low) > 3 && in[low+"s"] {
			shown++
			if isUpper(w) && len(low) > 3 {
				named++
			}
		}
	}
	return telling > 0 && (shown*2 >= telling || named > 0 && telling <= 3)
}

// shortened reports whether text shows the abbreviation of the answer, or the long
// form of an answer that is one, as far as the article says.
func (m *maker) shortened(text, answer string) bool {
	for _, f := range m.acronyms {
		short, long := plainText(f.Text), m.aboutOf(f)
		if strings.EqualFold(answer, short) && holds(text, long) || holds(answer, long) && holds(text, short) {
			return true
		}
	}
	return false
}

// holds reports whether text contains phrase as whole words, whatever their case.
func holds(text, phrase string) bool { return whole(text, phrase) >= 0 }

// whole is where phrase stands first in the lower case of text as whole words, whatever
// their case, -1 if nowhere. A number is not whole within a longer one: "$8" in "$8.70".
func whole(text, phrase string) int {
	lower := strings.ToLower(text)
	phrase = strings.ToLower(strings.TrimSpace(phrase))
	if phrase == "" {
		return -1
	}
	for from := 0; ; {
		k := strings.Index(lower[from:], phrase)
		if k < 0 {
			return -1
		}
		at := from + k
		if end := at + len(phrase); edge(lower[:at], lower[at:]) && edge(lower[:end], lower[end:]) {
			return at
		}
		from = at + 1
		for from < len(lower) && !utf8.RuneStart(lower[from]) {
			from++
		}
	}
}

// edge reports whether a word or a number ends with a, or begins with b.
func edge(a, b string) bool {
	last, n := utf8.DecodeLastRuneInString(a)
	next, k := utf8.DecodeRuneInString(b)
	if wordRune(last) && wordRune(next) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(a[:len(a)-n])
	after, _ := utf8.DecodeRuneInString(b[k:])
	mark := func(r rune) bool { return r == '.' || r == ',' }
	within := unicode.IsDigit(last) && mark(next) && unicode.IsDigit(after) || unicode.IsDigit(before) && mark(last) && unicode.IsDigit(next)
	return !within
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
