package ask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"recto/cards"
	"recto/cards/edtf"
	"recto/cards/quiz"
)

// Item is a card as questions are made of it. Front, Context, Answer and Sentence are
// plain text.
type Item struct {
	Card     int64          // 0 for an answer of the article that is no card here
	Fact     string         // two cards of one fact are not asked in one quiz; "" for none
	From     string         // the article or deck whose other answers are looked at first
	Deck     int64          // in which the card lies
	Front    string         //
	Context  string         // a line above the front
	Answer   string         // as it is shown
	Kind     cards.FactKind // "" when not known: then Recognise reads the answer
	Type     string         // finer: "person", "year", ...
	Value    string         // normal form, see cards.Fact
	When     string         // EDTF of the fact's date where the answer is what happened then
	Family   string         // how the card was made, see package generate; "" for others
	Limit    string         // EDTF: no true answer lies after it; "" for none
	Sentence string         // that proves it, "" for none
	At       cards.Span     // of the answer in Sentence
	Article  string         // the title of the article, "" for none
	Accept   []string       // further right answers
}

var (
	gap       = regexp.MustCompile(`_{3,}(?: \(([^()]*)\))?`)
	digits    = regexp.MustCompile(`\d+`)
	wordsOnly = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

// hint is what the gap of a front says it wants: "person", "year"; "" without a gap.
func (it Item) hint() string {
	if g := gap.FindStringSubmatch(it.Front); g != nil {
		return g[1]
	}
	return ""
}

// known fills in kind, type and value of a card that did not come from an article.
func (it Item) known() Item {
	if it.Kind == "" {
		r := quiz.Recognise(it.Front, it.Answer)
		it.Kind, it.Type, it.Value = r.Kind, r.Type, r.Value
	}
	return it
}

// sort is what could be mistaken for the answer: kind, type, precision and form. It
// is "" for an answer that nothing can be set beside.
func (it Item) sort() string {
	switch it.Kind {
	case cards.DateFact:
		if it.Family == "event" {
			return "event"
		}
		return it.dateSort()
	case cards.QuantityFact:
		return "quantity/" + it.Type + "/" + shape(it.Answer)
	case cards.NameFact:
		return it.nameSort()
	case cards.TermFact:
		if it.Family == "define" {
			return "definition"
		}
	}
	return ""
}

// dateSort is the precision of a date with the form it is written in.
func (it Item) dateSort() string {
	v, err := edtf.Parse(it.Value)
	if err != nil || v.Shape == edtf.Set || v.Shape == edtf.Interval && len(v.Dates) != 2 {
		return ""
	}
	for _, d := range v.Dates {
		if d.NoYear || d.Precision == edtf.Minute || d.Precision == edtf.Season {
			return ""
		}
	}
	s := "date/" + v.Dates[0].Precision.String()
	if v.Shape == edtf.Interval {
		if v.Dates[0].Precision != v.Dates[1].Precision {
			return ""
		}
		s += " to " + v.Dates[1].Precision.String()
	}
	if v.Dates[0].Year <= 0 {
		s += " BC"
	}
	return s + "/" + shape(it.Answer)
}

// shape is the form of a text: what stays when numbers, and the names of months and
// numbers, are each taken for one another.
func shape(text string) string {
	text = digits.ReplaceAllString(strings.ReplaceAll(text, ",", ""), "9")
	return wordsOnly.ReplaceAllStringFunc(text, func(w string) string {
		lower := strings.ToLower(w)
		if monthNumber(lower) > 0 {
			return "M"
		}
		if _, ok := numberOfWord(lower); ok {
			return "N"
		}
		return lower
	})
}

// nameSort is the type of a name with the class of its words. Names whose type is a
// guess, and things that have nothing in common but being things, have none.
func (it Item) nameSort() string {
	if it.unsure() {
		return ""
	}
	kind := it.Type
	if kind == "" || kind == "thing" || kind == "unsure" || kind == "alias" || kind == "role" {
		return ""
	}
	return "name/" + kind + "/" + class(it.Answer, kind)
}

// unsure reports whether the front leaves open what kind of name it wants, which
// says that the type was a guess.
func (it Item) unsure() bool {
	return it.Kind == cards.NameFact && it.hint() == "name" && it.Type != "thing"
}

// heads are the last words of names of places, and what kind of place they name.
var heads = map[string]string{}

func init() {
	for kind, list := range map[string]string{
		"water":        "sea ocean strait straits gulf bay channel river lake canal falls sound basin reservoir",
		"land":         "island islands islets peninsula archipelago cape coast desert valley mountains mountain hills plateau ridge range forest",
		"building":     "palace castle cathedral church abbey bridge tower museum station airport hall theatre prison hospital hotel square street road park",
		"region":       "province state county region district territory territories republic kingdom empire colony federation union states",
		"organisation": "party ministry university college institute school company corporation bank council committee commission agency army navy force forces fleet corps society association club league union court parliament senate congress assembly",
		"fight":        "war battle siege campaign offensive operation revolt rebellion revolution uprising coup mutiny crisis",
		"meeting":      "conference summit congress forum meeting games olympics festival cup",
		"agreement":    "treaty agreement pact accord accords declaration convention protocol",
	} {
		for _, w := range strings.Fields(list) {
			if heads[w] == "" {
				heads[w] = kind
			}
		}
	}
}

// class tells names apart that are seen to be of different sorts: one word or
// several, letters alone, with a number, with a head that says what it is.
func class(name, kind string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	var parts []string
	last := strings.ToLower(strings.Trim(words[len(words)-1], ".,"))
	first := strings.ToLower(words[0])
	switch {
	case heads[last] != "":
		parts = append(parts, heads[last])
	case len(words) > 2 && heads[first] != "" && kind != "person":
		parts = append(parts, heads[first])
	case kind == "person" || kind == "organisation":
		parts = append(parts, map[bool]string{true: "one", false: "several"}[len(words) == 1])
	}
	if strings.ContainsFunc(name, unicode.IsDigit) {
		parts = append(parts, "number")
	}
	if name == strings.ToUpper(name) && utf8.RuneCountInString(name) <= 6 {
		parts = append(parts, "letters")
	}
	if !unicode.IsUpper(firstRune(name)) {
		parts = append(parts, "small")
	}
	return strings.Join(parts, " ")
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// article reports whether "the" stands before the answer in its sentence or front,
// and whether that can be told.
func (it Item) article() (the, told bool) {
	var before string
	switch {
	case gap.MatchString(it.Front):
		before = it.Front[:gap.FindStringIndex(it.Front)[0]]
	case it.Sentence != "" && it.At.Start >= 0 && it.At.Start <= len(it.Sentence):
		before = it.Sentence[:it.At.Start]
	default:
		return false, false
	}
	before = strings.ToLower(strings.TrimRight(before, " "))
	return before == "the" || strings.HasSuffix(before, " the"), true
}

// role is the title that stands right before a person's name: "Minister", "General".
// A distractor has to bear it too.
func (it Item) role() string {
	if it.Kind != cards.NameFact || it.Type != "person" {
		return ""
	}
	before := ""
	if at := gap.FindStringIndex(it.Front); at != nil {
		before = it.Front[:at[0]]
	} else if it.Card == 0 || it.Family != "who" {
		if it.At.Start > 0 && it.At.Start <= len(it.Sentence) {
			before = it.Sentence[:it.At.Start]
		}
	}
	words := strings.Fields(before)
	if len(words) == 0 || !strings.HasSuffix(before, " ") {
		return ""
	}
	last := words[len(words)-1]
	if len(words) == 1 && len(last) < 4 || !unicode.IsUpper(firstRune(last)) || strings.ContainsAny(last, ".,;:()[]\"") {
		return ""
	}
	return last
}

// expected is what a typed answer to the item is judged against.
func (it Item) expected() quiz.Expected {
	return quiz.Expected{Kind: it.Kind, Type: it.Type, Front: it.Front, Text: it.Answer, Value: it.Value, Accept: it.Accept}
}

// fold brings text to the form in which it is compared here: small letters and
// single blanks between words.
func fold(s string) string {
	return strings.Join(wordsOnly.FindAllString(strings.ToLower(s), -1), " ")
}

// stands reports whether the words of a stand together in b.
func stands(a, b string) bool {
	a = fold(a)
	return a != "" && strings.Contains(" "+fold(b)+" ", " "+a+" ")
}

// Proposed is the item of a card that was proposed from an article, as it was
// proposed. Sentence is the text that p.Sentence covers.
func Proposed(p cards.Proposal, f cards.Fact, sentence string) Item {
	it := Item{
		Fact: p.FactID, Front: p.Front, Context: p.Context, Answer: p.Back, Kind: p.Kind, Type: f.Type, Value: p.Answer.Value,
		Family: p.Family, Sentence: sentence, At: cards.Span{Start: p.Source.Start - p.Sentence.Start, End: p.Source.End - p.Sentence.Start},
	}
	switch {
	case p.Family == "event":
		it.When, it.Value = f.Value, ""
	case p.Kind == cards.QuotationFact:
		it.Kind, it.Type = cards.NameFact, "person"
	}
	return it
}

// hidden is how a card with gaps shows the one that it asks for.
var hidden = regexp.MustCompile(`\[(?:\.\.\.|…|[^\[\]\n]{1,40})\]`)

// Written is the item of a card that a person wrote or imported: its two sides as
// plain text. Of a card with a gap, "[...]", the answer is what the back has there.
func Written(front, back string) Item {
	it := Item{Front: strings.TrimSpace(front), Answer: strings.TrimSpace(back)}
	at := hidden.FindAllStringIndex(it.Front, -1)
	if len(at) != 1 {
		return it
	}
	before, after := it.Front[:at[0][0]], it.Front[at[0][1]:]
	rest, ok := strings.CutPrefix(it.Answer, before)
	if !ok {
		return it
	}
	end := len(rest)
	if line, _, _ := strings.Cut(after, "\n"); strings.TrimSpace(line) != "" {
		if end = strings.Index(rest, line); end < 0 {
			return it
		}
	} else if nl := strings.IndexByte(rest, '\n'); nl >= 0 {
		end = nl
	}
	if answer := strings.TrimSpace(rest[:end]); answer != "" {
		it.Front, it.Answer = before+"____"+after, answer
	}
	return it
}
