package search

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MostExpr is how long a regular expression may be, in characters.
const MostExpr = 500

// Operator is a word before a colon, for a page that lists them.
type Operator struct{ Name, Example, Meaning string }

// Operators are all there are.
var Operators = []Operator{
	{"deck", `deck:French  deck:French::Verbs  deck:*grammar*`, "in that deck or in one below it"},
	{"tag", `tag:verb  tag:none`, "with that tag or one below it; without any"},
	{"is", `is:due  is:new  is:learn  is:review  is:suspended  is:buried`, "how the card stands today"},
	{"prop", `prop:ivl>=10  prop:due=0  prop:ease<2.5  prop:lapses>3  prop:reps<10  prop:pos<50`, "interval in days, days until it is due, E-Factor, failures, answers, a new card’s place in the line that it came with"},
	{"rated", `rated:7  rated:7:1`, "answered in the last 7 days; with Again (1), Hard (2), Good (3) or Easy (4)"},
	{"added", `added:7`, "added in the last 7 days"},
	{"edited", `edited:7`, "edited in the last 7 days"},
	{"resched", `resched:7`, "given another day, or set back to new, by hand in the last 7 days"},
	{"introduced", `introduced:7`, "answered for the first time in the last 7 days"},
	{"flag", `flag:1  flag:0`, "with that flag (1 to 7); without one"},
	{"article", `article:Apollo  article:none`, "made of an article whose title has that; of none"},
	{"note", `note:Basic  note:*cloze*`, "of that note type"},
	{"card", `card:1  card:Reverse`, "the card’s number among those of its note, or its template’s name"},
	{"front", `front:dog  front:*dog*  front:  back:_*`, "a field by its name is exactly that, has that in it, is empty, is not empty"},
	{"dupe", `dupe:Basic,dog  "dupe:Basic,the dog"`, "of that note type, and its first field is exactly that"},
	{"re", `re:19[4-6]\d  front:re:^when`, "a regular expression in any field, or in one"},
	{"w", `w:dog  w:dog*`, "a whole word"},
	{"nid", `nid:12,13`, "a note by its number"},
	{"cid", `cid:12,13`, "a card by its number"},
}

// Known lists the operators' names.
func Known() string {
	names := make([]string, len(Operators))
	for i, o := range Operators {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// elsewhere are what Anki knows and Recto does not have, and why.
var elsewhere = map[string]string{
	"preset":   "Recto has no presets; limits are each deck’s own",
	"has-cd":   "Recto keeps no custom data",
	"mid":      "note types are found by name: note:Basic",
	"did":      "decks are found by name: deck:French",
	"filtered": "Recto has no filtered decks",
}

// leaf makes the condition of a term that stands at start.
func (p *parser) leaf(start, key, value string, colon bool) (Node, error) {
	if !colon {
		pattern, err := p.pattern(start, value)
		if err != nil || pattern.blank() {
			return And{}, err
		}
		return Text{Pattern: pattern}, nil
	}
	read, known := readers[strings.ToLower(key)]
	if known {
		return read(p, start, value)
	}
	if why, ok := elsewhere[strings.ToLower(key)]; ok {
		return nil, p.failAt(start, "%s", why)
	}
	return p.field(start, key, value)
}

// readers read what follows the colon of each operator.
var readers map[string]func(p *parser, start, value string) (Node, error)

func init() {
	readers = map[string]func(*parser, string, string) (Node, error){
		"deck": (*parser).deck, "tag": (*parser).tag, "is": (*parser).state, "flag": (*parser).flag, "prop": (*parser).prop,
		"re": (*parser).expr, "rated": (*parser).rated, "card": (*parser).card, "article": (*parser).article,
		"added": since(Added), "edited": since(Edited), "introduced": since(Introduced), "resched": since(Resched), "dupe": (*parser).dupe,
		"note": named("note", func(n Pattern) Node { return Type{n} }),
		"w":    named("w", func(n Pattern) Node { return Text{Pattern: n, Whole: true} }),
		"nc":   named("nc", func(n Pattern) Node { return Text{Pattern: n} }),
		"sc":   named("sc", func(n Pattern) Node { return Text{Pattern: n} }),
		"nid":  numbers(func(ids []int64) Node { return NotesIn{ids} }),
		"cid":  numbers(func(ids []int64) Node { return CardsIn{ids} }),
	}
}

// pattern reads a pattern, in which a backslash stands before what has a meaning.
func (p *parser) pattern(start, text string) (Pattern, error) {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		i++
		if r := firstRune(text[i:]); !strings.ContainsRune(`:"()-*_\`, r) && !isWord(text) {
			return Pattern{}, p.failAt(start, "a \\ stands before : \" ( ) - * _ and \\ alone, not before %q; for a regular expression, write re: in front", string(r))
		}
	}
	return patternOf(text), nil
}

// isWord reports whether text is an escaped "or" or "and".
func isWord(text string) bool {
	return strings.EqualFold(text, `\or`) || strings.EqualFold(text, `\and`)
}

// blank reports whether there is nothing in the pattern to look for.
func (p Pattern) blank() bool {
	return p.All() || !slices.ContainsFunc(p.parts, func(q part) bool { return q.wild != 0 || strings.TrimSpace(q.text) != "" })
}

// named reads an operator that takes a pattern.
func named(key string, make func(Pattern) Node) func(*parser, string, string) (Node, error) {
	return func(p *parser, start, value string) (Node, error) {
		n, err := p.pattern(start, value)
		if err == nil && n.Empty() {
			err = p.failAt(start, "%s: has nothing behind it", key)
		}
		if err != nil {
			return nil, err
		}
		if key != "note" && key != "article" && n.blank() {
			return And{}, nil
		}
		return make(n), nil
	}
}

func (p *parser) deck(start, value string) (Node, error) {
	switch strings.ToLower(value) {
	case "current":
		return nil, p.failAt(start, "deck:current means nothing here, where no deck is open; name the deck")
	case "filtered":
		return nil, p.failAt(start, "%s", elsewhere["filtered"])
	}
	return named("deck", func(n Pattern) Node { return Deck{n} })(p, start, value)
}

func (p *parser) tag(start, value string) (Node, error) {
	if strings.EqualFold(value, "none") {
		return Untagged{}, nil
	}
	if expr, ok := cutPrefixFold(value, "re:"); ok {
		n, err := p.expr(start, expr)
		if err != nil {
			return nil, err
		}
		return TagExpr{n.(Regexp).Expr}, nil
	}
	if rest, ok := cutPrefixFold(value, "nc:"); ok {
		value = rest
	}
	return named("tag", func(n Pattern) Node { return Tag{n} })(p, start, value)
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

func (p *parser) article(start, value string) (Node, error) {
	return named("article", func(n Pattern) Node { return Article{n} })(p, start, value)
}

func (p *parser) state(start, value string) (Node, error) {
	s := State(strings.ToLower(value))
	switch s {
	case Due, New, Learning, Reviewed, Suspended, Buried:
		return s, nil
	case "buried-manually":
		return Buried, nil
	case "buried-sibling":
		return nil, p.failAt(start, "Recto leaves out the siblings of what was asked without a mark; is:buried has the cards that were put off")
	}
	return nil, p.failAt(start, "a card is not %q; it can be due, new, learn, review, suspended or buried", value)
}

func (p *parser) flag(start, value string) (Node, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 7 {
		return nil, p.failAt(start, "a flag is a number from 1 to 7, or 0 for none")
	}
	return Flag{n}, nil
}

func (p *parser) card(start, value string) (Node, error) {
	if n, err := strconv.ParseUint(value, 10, 16); err == nil {
		return CardNo{int(n)}, nil
	}
	return named("card", func(n Pattern) Node { return Card{n} })(p, start, value)
}

// expr reads a regular expression. A backslash before a quotation mark was needed to
// keep it in; all others are the expression's own.
func (p *parser) expr(start, value string) (Node, error) {
	value = strings.ReplaceAll(value, `\"`, `"`)
	switch {
	case value == "":
		return nil, p.failAt(start, "re: has nothing behind it; put an expression with brackets or spaces between quotation marks")
	case len([]rune(value)) > MostExpr:
		return nil, p.failAt(start, "this regular expression is longer than %d characters", MostExpr)
	}
	if _, err := regexp.Compile("(?i)" + value); err != nil {
		return nil, p.failAt(start, "this is no regular expression: %s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return Regexp{Expr: value}, nil
}

// dupe reads a note type, and after a comma the text of a first field.
func (p *parser) dupe(start, value string) (Node, error) {
	kind, text, ok := strings.Cut(value, ",")
	if !ok || strings.TrimSpace(kind) == "" || text == "" {
		return nil, p.failAt(start, "dupe: takes a note type and the text of its first field, as in dupe:Basic,dog")
	}
	name, err := p.pattern(start, kind)
	if err != nil {
		return nil, err
	}
	plain, err := p.pattern(start, text)
	return Dupe{Type: name, Text: plain.Raw()}, err
}

// field reads a condition on a field that is named. Whether there is one is not known here.
func (p *parser) field(start, key, value string) (Node, error) {
	if strings.TrimSpace(key) == "" {
		return nil, p.failAt(start, "there is nothing before this colon; to look for it, write \"\\:\"")
	}
	name, err := p.pattern(start, key)
	if err != nil {
		return nil, err
	}
	if expr, ok := cutPrefixFold(value, "re:"); ok {
		n, err := p.expr(start, expr)
		if err != nil {
			return nil, err
		}
		r := n.(Regexp)
		r.Field = &name
		return r, nil
	}
	for _, prefix := range []string{"nc:", "sc:"} {
		value, _ = cutPrefixFold(value, prefix)
	}
	v, err := p.pattern(start, value)
	if err != nil {
		return nil, err
	}
	return Field{Name: name, Value: v, At: p.at(start)}, nil
}

// mostDays is further back than any card.
const mostDays = 100_000

func since(what Happening) func(*parser, string, string) (Node, error) {
	return func(p *parser, start, value string) (Node, error) {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return nil, p.failAt(start, "%s: takes a number of days, such as %s:7", what, what)
		}
		return Since{What: what, Days: min(max(n, 1), mostDays)}, nil
	}
}

func (p *parser) rated(start, value string) (Node, error) {
	days, button, both := strings.Cut(value, ":")
	n, err := since(Rated)(p, start, days)
	if err != nil || !both {
		return n, err
	}
	b, err := strconv.Atoi(button)
	if err != nil || b < 1 || b > 4 {
		return nil, p.failAt(start, "the answer behind the second colon is 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)")
	}
	return Since{What: Rated, Days: n.(Since).Days, Button: b}, nil
}

// propsElsewhere are properties that Anki has, and what Recto says of them.
var propsElsewhere = map[string]string{
	"s": "Recto keeps no stability", "d": "Recto keeps no difficulty", "r": "Recto keeps no retrievability",
	"rated": "answers are found by rated:1", "resched": "changes by hand are found by resched:1",
}

func (p *parser) prop(start, value string) (Node, error) {
	at := strings.IndexAny(value, "=<>!")
	if at < 0 {
		return nil, p.failAt(start, "prop: compares, as in prop:ivl>=10")
	}
	name, rest := Property(strings.ToLower(value[:at])), value[at:]
	op := rest[:len(rest)-len(strings.TrimLeft(rest, "=<>!"))]
	number := rest[len(op):]
	switch {
	case !slices.Contains([]Property{Interval, DueIn, Ease, Lapses, Reps, Place}, name):
		if what, ok := propsElsewhere[string(name)]; ok {
			return nil, p.failAt(start, "%s; a card has ivl, due, ease, lapses, reps and pos", what)
		}
		return nil, p.failAt(start, "a card has no %q; it has ivl, due, ease, lapses, reps and pos", string(name))
	case !slices.Contains([]string{"=", "!=", "<", ">", "<=", ">="}, op):
		return nil, p.failAt(start, "%q compares nothing; use = != < > <= or >=", op)
	}
	if name == Ease {
		f, err := strconv.ParseFloat(number, 64)
		if err != nil || !(math.Abs(f) < 1e6) {
			return nil, p.failAt(start, "prop:ease takes a number such as 2.5")
		}
		return Prop{name, op, int(math.Round(f * 100))}, nil
	}
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil {
		return nil, p.failAt(start, "prop:%s takes a whole number", name)
	}
	return Prop{name, op, int(n)}, nil
}

// mostIDs is how many numbers nid: and cid: take.
const mostIDs = 1000

func numbers(make func([]int64) Node) func(*parser, string, string) (Node, error) {
	return func(p *parser, start, value string) (Node, error) {
		var ids []int64
		for text := range strings.SplitSeq(value, ",") {
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil || id < 0 || len(ids) == mostIDs {
				return nil, p.failAt(start, "what stands here are numbers with commas between them, %d at most", mostIDs)
			}
			ids = append(ids, id)
		}
		return make(ids), nil
	}
}
