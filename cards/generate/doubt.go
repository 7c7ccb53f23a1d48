package generate

import (
	"regexp"
	"strings"
	"unicode"

	"recto/cards"
	"recto/cards/extract"
)

// reasonsAgainst are reasons that the text around a fact gives against a card of it.
const (
	farReason       = "The text tells its year too far off to be sure of it."
	referenceReason = "It stands in a reference to a source."
)

var source = regexp.MustCompile(`^(?:e\.g\.,? |see |cf\. )*\p{Lu}[^()]*,? (?:1[5-9]|20)\d\d[a-z]?(?:[;,:][^()]*)?$`)

// cited reports whether f stands in brackets that name a source: "(Moretti, 2013)".
func (m *maker) cited(f extract.Fact) bool {
	text := m.article.Text
	open := strings.LastIndexByte(text[f.Sentence.Start:f.Span.Start], '(')
	shut := strings.IndexByte(text[f.Span.End:f.Sentence.End], ')')
	if open < 0 || shut < 0 {
		return false
	}
	inside := text[f.Sentence.Start+open+1 : f.Span.End+shut]
	return strings.Contains(inside, ",") && len(strings.Fields(inside)) < 12 && source.MatchString(inside)
}

// initialsOf reports whether short is the first letters of the words of long, small
// joining words counted or not: those who know the words know the letters.
func initialsOf(short, long string) bool {
	var all, main strings.Builder
	for _, w := range strings.FieldsFunc(long, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
	}) {
		first := string([]rune(w)[:1])
		all.WriteString(first)
		if !functionWords[strings.ToLower(w)] {
			main.WriteString(first)
		}
	}
	letters := strings.ReplaceAll(short, ".", "")
	return strings.EqualFold(letters, all.String()) || strings.EqualFold(letters, main.String())
}

var (
	picture      = regexp.MustCompile(`^\S+(?: \S+){0,4} (?:is|are) (?:holding|standing|sitting|wearing|posing|pictured|shown|seated)\b`)
	quoted       = regexp.MustCompile(`\b(?:that|:|said) (?:The|This|It|We|A|An|In|If|He|She|They|There|I|Every|All) [a-z]`)
	weekday      = regexp.MustCompile(`(?i)\b(?:on|by|last|until|since|this|next|late|early) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b`)
	halved       = regexp.MustCompile(`(\S+) [A-Z][.?]$`)
	initial      = regexp.MustCompile(`^\p{Lu}\S*(?: \p{Lu}\S*)* [A-Z]$|^[A-Z]\. ?[A-Z]$`)
	joined       = regexp.MustCompile(`\S (?:Mr|Mrs|Ms|Dr)\b`)
	counting     = regexp.MustCompile(`^(?:(?:Within|Only|Just|About|Some|Roughly|Nearly|Almost|Around|Approximately) )?` + gapMark + ` \(how long\)(?: later| earlier| before (?:in|on|that)\b|,| the| [A-Z])|^(?:After|Within) ` + gapMark + ` \(how long\),? (?:the|a|he|they|it|[A-Z])`)
	lettered     = wordSet(`group class plan type grade hepatitis block team section part appendix division league vitamin channel figure table world war`)
	countedAgain = regexp.MustCompile(`(?i)\ba/an ` + gapMark + ` \(ordinal\)`)
)

// faultOfSense finds captions, days of no known week and names cut in two.
func faultOfSense(c candidate) string {
	named := c.kind == cards.NameFact
	last := len(c.line.keep) - 1
	for last > 0 && c.line.p.tokens[c.line.keep[last]].UPOS == "PUNCT" {
		last--
	}
	switch m := halved.FindStringSubmatch(c.front); {
	case picture.MatchString(c.front):
		return "It says what a picture shows."
	case weekday.MatchString(c.front) && !hasYear(c.front+" "+c.context):
		return "The text does not say of which week the day is."
	case strings.HasSuffix(c.front, "respectively.") && c.line.cut():
		return "The sentence is cut before what it tells one by one."
	case last > 1 && c.line.cut() && strings.HasPrefix(c.line.p.tag(c.line.keep[last]), "JJ") && c.line.p.tag(c.line.keep[last-1]) == "DT":
		return "The sentence is cut before a noun."
	case counting.MatchString(c.front) && !c.shown:
		return "It counts from a moment that the card does not tell."
	case strings.Contains(c.front, "..."), strings.Contains(c.front, "…") && !strings.Contains(c.front, answerMask):
		return "A part of the sentence is left out in the text."
	case quoted.MatchString(c.front):
		return "Its words are quoted, which cannot be shown."
	case last > 0 && c.line.cut() && c.line.p.finite(c.line.keep[last]):
		return "The sentence is cut at its verb."
	case m != nil && isUpper(m[1]) && !lettered[strings.ToLower(m[1])]:
		return "The sentence is cut at an initial."
	case named && initial.MatchString(c.answer.Text) && !lettered[strings.ToLower(firstWord(c.answer.Text))]:
		return "The answer is cut off."
	case named && joined.MatchString(c.answer.Text):
		return "Two names are run together."
	case countedAgain.MatchString(c.front):
		return "How often it was could be guessed."
	case c.kind == cards.AcronymFact && (strings.ContainsAny(c.front, ":") || holds(c.answer.Text, "or")):
		return "The letters do not stand for these words alone."
	}
	return ""
}

// peoples are the ends of words for all who live in a place or hold a belief.
var peoples = regexp.MustCompile(`(?:ists|viks|[io]ans|acks|ites|ards|eans|ese|ders|ists|ers)$`)

// ranges are the last words of places that are several.
var ranges = wordSet(`islands mountains states hills alps netherlands philippines falls lakes heights plains rivers andes balkans indies straits gardens highlands lowlands springs
	territories provinces emirates americas pyrenees dardanelles angeles vegas highlands woods fields towers docks headquarters quarters barracks sisters flanders borders waters`)

// doubtful reports whether f is hardly of the sort of name that it is taken for, so
// that a gap must not say so: peoples, offices, nicknames, the group of a cup.
func (m *maker) doubtful(f extract.Fact) bool {
	p := m.passages[f.Index]
	ix := p.inside(f.Span)
	if len(ix) == 0 {
		return false
	}
	first, last := ix[0], ix[len(ix)-1]
	place := f.Type == "place" || f.Type == "city"
	head := p.lower(last)
	switch {
	case (place || f.Type == "country") && first == last && alsoPersons[head] && (first == 0 || !towards[p.lower(first-1)]):
		return true
	case nobles[p.lower(first)] && first < last:
		return true
	case (place || f.Type == "event") && last+1 < len(p.tokens) && p.noun(last+1) && !p.named[last+1] && !p.dated[last+1]:
		return true // "the Meiji period"
	case place && (offices[p.lower(first)] || armies[head] || writings[head]):
		return true
	case place && first == last && p.tag(last) == "NNPS" && peoples.MatchString(head) && !ranges[head]:
		return true
	case f.Type == "person" && first > 0 && firms[p.lower(first-1)]:
		return true
	case (place || f.Type == "person") && first > 0 && (strings.ContainsAny(p.tokens[first-1].Form, "“\"‘`") || p.tokens[first-1].Form == "'"):
		return true
	case (place || f.Type == "person") && len(head) == 1 && first < last:
		return true
	case place && first > 0 && p.lower(first-1) == "the" && strings.HasSuffix(head, "s") && !ranges[head] && (p.tag(last) == "NNPS" || peoples.MatchString(head)):
		return true
	case place && strings.Contains(f.Text, " of ") && peoplesBefore(f.Text):
		return true
	case f.Type == "organisation" && first == last && peoples.MatchString(head):
		return true
	case f.Type != "person":
		return false
	case p.tag(last) == "NNPS", offices[p.lower(first)] && strings.Contains(f.Text, " of "), offices[head]:
		return true
	case first > 1 && p.lower(first-2) == "the" && (strings.HasPrefix(p.tag(first-1), "JJ") || p.tag(first-1) == "VBN"):
		return true
	}
	return false
}

// alsoPersons are places that bear the names of persons more often than not in
// histories: "Washington hurriedly moved his troops".
var alsoPersons = wordSet(`washington lincoln jackson houston hamilton madison cleveland victoria austin lancaster wellington nelson stanley jordan chad carson lafayette columbus berkeley raleigh montgomery bismarck
	sydney melbourne darwin halifax york warwick cambridge buckingham norfolk suffolk essex sussex gloucester cornwallis orange gordon jefferson monroe pierce douglas carter ford clinton grant lee`)

// towards are words before the names of places.
var towards = wordSet(`in near at from across throughout around outside to toward towards into of through via inside within north south east west`)

// firms are words before names of firms and their goods that look like persons.
var firms = wordSet(`company firm retailer brand maker manufacturer publisher store chain label supermarket brewery bank bookseller airline carmaker group band`)

// armies and writings are what a name with a place in it can end in: "Army of the Po".
var (
	armies   = wordSet(`army navy guard guards division corps legion fleet regiment brigade cavalry squadron battalion militia troops forces soldiers`)
	writings = wordSet(`address speech report act treaty plan agreement convention declaration resolution constitution memorandum`)
)

// nobles are titles that take a place into a name: "Marquis de Lafayette".
var nobles = wordSet(`marquis marquess earl duke duchess count countess baron baroness viscount viscountess margrave elector landgrave`)

// peoplesBefore: "Mamertines of Messina".
func peoplesBefore(name string) bool {
	before, _, _ := strings.Cut(name, " of ")
	w := strings.ToLower(lastWord(before))
	return strings.HasSuffix(w, "s") && !ranges[w]
}

// showsFar reports whether c shows a day or month of which the text tells the year
// too far off or not at all, and no year beside it: no card to propose by default.
func (c candidate) showsFar() bool {
	for _, f := range c.p.facts {
		yearless := f.Far || strings.HasPrefix(f.Value, "XXXX-")
		if f.Kind == cards.DateFact && yearless && !f.Span.Overlaps(c.source) && strings.Contains(c.front, f.Text) && !hasYear(c.front+" "+c.context) {
			return true
		}
	}
	return false
}
