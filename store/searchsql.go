package store

import (
	"encoding/json"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"recto/cards"
	"recto/cards/search"
)

// where is a condition in SQL, of a card c, its note n and the user's schedule s, and
// what of those it looks at.
type where struct {
	sql                  string
	args                 []any
	card, note, schedule bool
	few                  bool // what is asked of schedules leaves few cards
	dear                 bool // it takes long to find out of a card
}

// idOf and deckOf stand for the card's id and its deck's, until it is known which table
// is read first.
const (
	idOf   = `@card@`
	deckOf = `@deck@`
)

// compile translates a query.
func (q *finder) compile(n search.Node) (*where, error) {
	w := &where{}
	text, err := q.condition(w, n)
	if err != nil {
		return nil, err
	}
	w.sql, w.few, w.dear = text, leavesFew(n), w.note || strings.Contains(text, "recto_") || strings.Contains(text, "count(*)")
	return w, nil
}

// leavesFew reports whether a query asks something of schedules that most do not fulfil.
func leavesFew(n search.Node) bool {
	switch n := n.(type) {
	case search.And:
		return slices.ContainsFunc(n, leavesFew)
	case search.State:
		return n != search.New && n != search.Reviewed
	case search.Flag:
		return n.Colour > 0
	case search.Prop:
		return n.Name == search.Lapses || n.Name == search.DueIn
	case search.Since:
		return n.What == search.Rated || n.What == search.Introduced || n.What == search.Resched
	}
	return false
}

// add notes an argument, and is its place.
func (w *where) add(arg any) string {
	w.args = append(w.args, arg)
	return "?"
}

func (q *finder) condition(w *where, n search.Node) (string, error) {
	switch n := n.(type) {
	case search.And:
		return q.list(w, n, " AND ", "1")
	case search.Or:
		return q.list(w, n, " OR ", "0")
	case search.Not:
		text, err := q.condition(w, n.Node)
		return "NOT coalesce(" + text + ", 0)", err
	case search.Field, search.Regexp, search.Type, search.Card, search.Dupe:
		if err := q.readTypes(); err != nil {
			return "", err
		}
		w.card, w.note = true, true
		return q.ofType(w, n)
	case search.State, search.Flag, search.Prop, search.Since:
		return q.ofSchedule(w, n), nil
	}
	return q.ofCard(w, n)
}

func (q *finder) list(w *where, list []search.Node, between, none string) (string, error) {
	if len(list) == 0 {
		return none, nil
	}
	parts := make([]string, len(list))
	for i, n := range list {
		text, err := q.condition(w, n)
		if err != nil {
			return "", err
		}
		parts[i] = text
	}
	return "(" + strings.Join(parts, between) + ")", nil
}

// textPart is the text of a card without its tags, tagPart its tags with what ends each.
const (
	textPart = `substr(c.folded, 1, instr(c.folded, char(31)) - 1)`
	tagPart  = `substr(c.folded, instr(c.folded, char(31)))`
)

// ofCard translates what is asked of a card and of where it lies.
func (q *finder) ofCard(w *where, n search.Node) (string, error) {
	was := w.card
	w.card = true
	switch n := n.(type) {
	case search.Text:
		return textSQL(w, n), nil
	case search.Deck:
		in := inDeck(n.Name)
		var ids []int64
		for _, d := range q.decks {
			if in(d.name) {
				ids = append(ids, d.id)
			}
		}
		w.card = was
		return deckOf + ` IN (` + idList(ids) + `)`, nil
	case search.Tag:
		return tagSQL(w, n.Name), nil
	case search.TagExpr:
		w.note = true
		return `(n.tags <> '[]' AND recto_field(n.tags, -1, ` + w.add("(?i)"+n.Expr) + `))`, nil
	case search.Untagged:
		return `instr(c.folded, char(31)) = length(c.folded)`, nil
	case search.CardNo:
		return fmt.Sprintf(`c.ordinal = %d`, n.N-1), nil
	case search.Article:
		w.note = true
		if plain, ok := n.Title.Plain(); ok && plain == "none" {
			return `n.article_title = ''`, nil
		}
		return `(n.article_title <> '' AND recto_folded(json_array(n.article_title), 0, ` + w.add("(?s)"+n.Title.Expr(".")) + `))`, nil
	case search.NotesIn:
		return `c.note_id IN (` + idList(n.IDs) + `)`, nil
	case search.CardsIn:
		w.card = was
		return idOf + ` IN (` + idList(n.IDs) + `)`, nil
	}
	return "", fmt.Errorf("nothing is known of a condition %T", n)
}

// notLetter is what stands beside a whole word.
const notLetter = `[^\p{L}\p{N}_]`

func textSQL(w *where, n search.Text) string {
	longest := n.Pattern.Longest()
	has := "1"
	if longest != "" {
		has = `instr(c.folded, ` + w.add(longest) + `) > 0`
	}
	plain, ok := n.Pattern.Plain()
	switch {
	case n.Whole:
		expr := `(?s)(?:\A|` + notLetter + `)` + n.Pattern.Expr(`[\p{L}\p{N}_]`) + `(?:` + notLetter + `|\z)`
		return `(` + has + ` AND recto_text(` + textPart + `, ` + w.add(expr) + `))`
	case ok:
		if longest != "" {
			w.args = w.args[:len(w.args)-1]
		}
		return `instr(c.folded, ` + w.add(plain) + `) BETWEEN 1 AND instr(c.folded, char(31))`
	}
	return `(` + has + ` AND ` + textPart + ` LIKE ` + w.add("%"+n.Pattern.Like()+"%") + ` ESCAPE '\')`
}

// tagSQL finds a tag, or one below it.
func tagSQL(w *where, name search.Pattern) string {
	if plain, ok := name.Plain(); ok {
		return `(instr(c.folded, ` + w.add(endOfText+plain+endOfText) + `) > 0 OR instr(c.folded, ` + w.add(endOfText+plain+"::") + `) > 0)`
	}
	has := `instr(c.folded, char(31)) < length(c.folded)`
	if longest := name.Longest(); longest != "" {
		has = `instr(c.folded, ` + w.add(longest) + `) > 0`
	}
	return `(` + has + ` AND recto_text(` + tagPart + `, ` + w.add(`(?s)\x1f`+name.Expr(`[^\x1f]`)+`(?:\x1f|::)`) + `))`
}

// readTypes reads the note types of everyone whose decks are searched.
func (q *finder) readTypes() error {
	if q.types != nil || len(q.decks) == 0 {
		return nil
	}
	ids := make([]int64, len(q.decks))
	for i, d := range q.decks {
		ids[i] = d.id
	}
	//nolint:gosec // they are numbers
	rows, err := q.tx.QueryContext(q.ctx, `SELECT t.id, t.name, t.definition FROM note_types t
		WHERE t.user_id IN (SELECT user_id FROM decks WHERE id IN (`+idList(ids)+`)) ORDER BY t.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var name, definition string
		if err := rows.Scan(&id, &name, &definition); err != nil {
			return err
		}
		t := &noteType{id: id, name: name}
		if err := json.Unmarshal([]byte(definition), &t.definition); err != nil {
			return fmt.Errorf("read note type %q: %w", name, err)
		}
		t.study = t.definition.Study()
		q.types = append(q.types, t)
	}
	return rows.Err()
}

// ofType translates what is asked of fields, types and templates by name.
func (q *finder) ofType(w *where, n search.Node) (string, error) {
	switch n := n.(type) {
	case search.Type:
		match := n.Name.Matcher()
		var ids []int64
		for _, t := range q.types {
			if match(t.name) {
				ids = append(ids, t.id)
			}
		}
		return `n.type_id IN (` + idList(ids) + `)`, nil
	case search.Dupe:
		match := n.Type.Matcher()
		var ids []int64
		for _, t := range q.types {
			if match(t.name) || n.Type.Raw() == strconv.FormatInt(t.id, 10) {
				ids = append(ids, t.id)
			}
		}
		return `(n.type_id IN (` + idList(ids) + `) AND instr(c.folded, ` + w.add(search.Fold(n.Text)) + `) > 0 AND recto_field(n.fields, 0, ` + w.add(`(?s)\A`+regexp.QuoteMeta(n.Text)+`\z`) + `))`, nil
	case search.Card:
		return q.templates(n.Name), nil
	case search.Regexp:
		if n.Field == nil {
			return exprSQL(w, n.Expr, -1), nil
		}
		return q.fields(*n.Field, func(i int) string { return exprSQL(w, n.Expr, i) }), nil
	}
	f := n.(search.Field)
	if len(q.decks) > 0 && !q.anyField(f.Name) {
		return "", &search.Error{At: f.At, Sentence: fmt.Sprintf("no note has a field %q, and %q is none of the words that are known before a colon: %s; to look for a colon, write \"\\:\"",
			f.Name.Raw(), f.Name.Raw(), search.Known())}
	}
	return q.fields(f.Name, func(i int) string { return fieldSQL(w, f.Value, i) }), nil
}

// fieldSQL is where field i is as value says.
func fieldSQL(w *where, value search.Pattern, i int) string {
	text := fmt.Sprintf(`trim(json_extract(n.fields, '$[%d]'))`, i)
	marked := ` GLOB '*[<&]*'` // it may have nothing to read in it all the same
	call := func() string {
		return fmt.Sprintf(`recto_folded(n.fields, %d, `, i) + w.add(`(?s)\A`+value.Expr(".")+`\z`) + `)`
	}
	switch {
	case value.All():
		return "1"
	case value.Empty():
		return `(` + text + ` = '' OR ` + text + marked + ` AND ` + call() + `)`
	case value.String() == "_*" && i == 0: // most begin with a letter
		return `(substr(n.fields, 3, 1) NOT IN ('<', '&', '"', '\', ' ') OR ` + text + ` <> '' AND (NOT ` + text + marked + ` OR ` + call() + `))`
	case value.String() == "_*":
		return `(` + text + ` <> '' AND (NOT ` + text + marked + ` OR ` + call() + `))`
	}
	has := ""
	if longest := value.Longest(); longest != "" {
		has = `instr(c.folded, ` + w.add(longest) + `) > 0 AND `
	}
	return has + call()
}

// exprSQL is where field i, or any for -1, matches an expression. What every match
// contains is looked for first.
func exprSQL(w *where, expr string, i int) string {
	has := ""
	if literal := literalOf(expr); literal != "" {
		has = `instr(c.folded, ` + w.add(literal) + `) > 0 AND `
	}
	return `(` + has + fmt.Sprintf(`recto_field(n.fields, %d, `, i) + w.add("(?i)"+expr) + `))`
}

// literalOf is the longest text that every match of an expression contains, folded, as
// far as it is ASCII; "" where there is none.
func literalOf(expr string) string {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	return literalIn(re.Simplify())
}

func literalIn(re *syntax.Regexp) (longest string) {
	switch re.Op {
	case syntax.OpLiteral:
		text := string(re.Rune)
		if strings.ContainsFunc(text, func(r rune) bool { return r > 126 || r < 32 }) {
			return ""
		}
		return search.Fold(text)
	case syntax.OpCapture, syntax.OpPlus:
		return literalIn(re.Sub[0])
	case syntax.OpConcat: // literals beside each other are one
		var run string
		for _, sub := range re.Sub {
			s := literalIn(sub)
			if run += s; sub.Op != syntax.OpLiteral || s == "" {
				run = s
			}
			if len(run) > len(longest) {
				longest = run
			}
			if sub.Op != syntax.OpLiteral {
				run = ""
			}
		}
	}
	return longest
}

// templates is where a card's template has a name.
func (q *finder) templates(name search.Pattern) string {
	match := name.Matcher()
	var parts []string
	for _, t := range q.types {
		for i, template := range t.study.Templates {
			switch {
			case !match(template.Name):
			case t.study.Cloze:
				parts = append(parts, fmt.Sprintf(`n.type_id = %d`, t.id))
			default:
				parts = append(parts, fmt.Sprintf(`n.type_id = %d AND c.ordinal = %d`, t.id, i))
			}
		}
	}
	return anyOf(parts)
}

func anyOf(parts []string) string {
	if len(parts) == 0 {
		return "0"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// anyField reports whether a note type has a field of that name.
func (q *finder) anyField(name search.Pattern) bool {
	match := name.Matcher()
	for _, t := range append(slices.Clone(q.types), &noteType{study: cards.BasicNote}) {
		if slices.ContainsFunc(t.study.Fields, match) {
			return true
		}
	}
	return false
}

// fields is where one of the fields of a name fulfils what condition says of its number.
func (q *finder) fields(name search.Pattern, condition func(i int) string) string {
	match := name.Matcher()
	types := map[int][]int64{} // by the field's number
	last := -1
	for _, t := range q.types {
		for i, f := range t.study.Fields {
			if match(f) {
				types[i] = append(types[i], t.id)
				last = max(last, i)
			}
		}
	}
	var parts []string
	for i := 0; i <= last; i++ {
		if len(types[i]) > 0 {
			parts = append(parts, `n.type_id IN (`+idList(types[i])+`) AND `+condition(i))
		}
	}
	return anyOf(parts)
}
